"""Alliances: founding, joining, leaving, the grant, and all of it on one sheet."""

from datetime import date

import pytest

from desktop.errors import BadInput, NotAllowed, NotFound
from desktop.services import alliance, application, course, records
from desktop.services.road import granting, page
from tests.services.counties import DAY


@pytest.fixture
def rooms(county):
    return [county.ids["room"], *(county.put("workrooms", name=f"第{n}工作室") for n in range(3))]


@pytest.fixture
def joined(county, rooms):
    with county.writing() as session:
        return alliance.found(session, " 装备制造联盟 ", rooms[0], DAY, "产业联盟", rooms[1:])["id"]


def test_an_alliance_is_founded_with_its_lead_among_the_members(county, rooms, joined):
    with county.reading() as session:
        found = alliance.sheet(session, joined)
        assert (found.alliance["name"], found.alliance["established_on"]) == ("装备制造联盟", "2026-09-01")
        assert found.lead["id"] == rooms[0]
        assert {one["workroom_id"]: one["lead"] for one in found.members} == {
            rooms[0]: True,
            rooms[1]: False,
            rooms[2]: False,
            rooms[3]: False,
        }
        (listed,) = alliance.alliances(session)
        assert (listed["lead_name"], listed["members"]) == ("周建成劳模工匠创新工作室", 4)


@pytest.mark.parametrize(("name", "words"), [(" ", "填写联盟名称"), ("装备制造联盟", "已有联盟")])
def test_an_alliance_without_a_name_of_its_own_is_refused(county, rooms, joined, name, words):
    with county.writing() as session:
        with pytest.raises(BadInput, match=words):
            alliance.found(session, name, rooms[1], DAY)
        with pytest.raises(NotFound, match="牵头工作室"):
            alliance.found(session, "另一联盟", "", DAY)


def test_a_member_joins_once_and_leaves_after_it_joined(county, rooms, joined):
    later = date(2027, 3, 1)
    with county.writing() as session:
        with pytest.raises(NotAllowed, match="已经在这个联盟"):
            alliance.join(session, joined, rooms[1], later)
        members = {one["workroom_id"]: one["id"] for one in alliance.sheet(session, joined).members}
        with pytest.raises(BadInput, match="不能早于"):
            alliance.leave(session, members[rooms[1]], date(2026, 8, 31))
        with pytest.raises(NotAllowed, match="牵头工作室不能退出"):
            alliance.leave(session, members[rooms[0]], later)
        assert alliance.leave(session, members[rooms[1]], later)["left_on"] == "2027-03-01"
        alliance.join(session, joined, rooms[1], date(2027, 9, 1))
        places = [one["left_on"] for one in alliance.sheet(session, joined).members if one["workroom_id"] == rooms[1]]
        assert places == ["2027-03-01", None]
        assert alliance.alliances(session)[0]["members"] == 4


def test_the_grant_is_managed_by_the_lead_workroom_once_a_year(county, rooms, joined):
    with county.writing() as session:
        (offer, *_others) = granting.alliance_offers(session)
        assert (offer.regulation, offer.amount_fen) == ("nm-2026-fund", 10_000_000)
        assert "第七条：100,000.00元" in offer.words
        with pytest.raises(BadInput, match="补助金额"):
            alliance.grant(session, joined, "nm-2026-fund", 2026, "0.00")
        made = alliance.grant(session, joined, "nm-2026-fund", 2026, "100000.00")
        assert (made["track"], made["workroom_id"], made["state"]) == ("联盟", rooms[0], "列入支持名单")
        lead = records.get_record(session, "workrooms", rooms[0])["name"]
        looked_for = [one.title for one in page.find(session, lead) if one.record_id == made["id"]]
        assert looked_for == [records.get_record(session, "alliances", joined)["name"]]
        with pytest.raises(NotAllowed, match="已经登记"):
            alliance.grant(session, joined, "nm-2026-fund", 2026, "100000.00")
        with pytest.raises(NotAllowed, match="没有联盟补助"):
            alliance.grant(session, joined, "jy-2022", 2026, "20000.00")
        assert course.road_of(session, "grants", made["id"], "nm-fund-alliance", DAY).state == "列入支持名单"
        records.put_records(session, "alliances", {"id": joined, "lead_workroom_id": None})
        with pytest.raises(NotAllowed, match="由牵头工作室管理"):
            alliance.grant(session, joined, "nm-2026-fund", 2027, "100000.00")


def test_the_sheet_tells_applications_and_plans(county, rooms, joined):
    with county.writing() as session:
        made = application.start_alliance(session, joined, "nm-2026-build", DAY)["id"]
        records.put_records(session, "plans", {"workroom_id": rooms[0], "year": 2026, "kind": "年度计划"})
        found = alliance.sheet(session, joined)
        assert [one["id"] for one in found.applications] == [made]
        assert [one["year"] for one in found.plans] == [2026]
        assert found.grants == []
