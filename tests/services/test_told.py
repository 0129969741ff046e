"""What a step waits to be told, and telling it on the way."""

import pytest

from desktop.errors import BadInput, NotAllowed
from desktop.services import course, identity, records
from desktop.services.road import granting
from tests.services.counties import DAY

BY = "王敏"


FILING = ("applications", "nm-build-support", "拟推荐")


def wanted(session, record_id, *rules):
    noun, flow, to = FILING
    return {one.fact: one for one in course.wanted(session, noun, record_id, flow, to, DAY, rules)}


def test_a_step_asks_what_the_rules_against_it_read(county, applied):
    with county.reading() as session:
        road = course.road_of(session, "applications", applied, "nm-build-support", DAY)
        (gate,) = (one for one in road.gates if one.transition.to == "拟推荐")
        asked = wanted(session, applied)
        missing = {fact for finding in gate.blocking for fact in finding.missing}
        assert missing
        assert missing <= set(asked)
        one = gate.blocking[0]
        alone = wanted(session, applied, one.rule)
        assert set(one.missing) <= set(alone)
        assert set(alone) < set(asked)
        assert "reference_date" not in asked
        with pytest.raises(NotAllowed, match="刷新"):
            course.wanted(session, "applications", applied, "nm-build-support", "推荐全国", DAY)


def test_an_answer_is_kept_where_the_register_keeps_it_or_as_the_persons_word(county, applied):
    with county.writing() as session:
        noun, flow, _to = FILING
        course.tell(session, noun, applied, flow, "venue_area_suitable", True, BY, DAY)
        course.tell(session, noun, applied, flow, "venue_fixed", False, BY, DAY)
        assert records.get_record(session, "applications", applied)["facts"]["venue_area_suitable"] is True
        assert records.get_record(session, "workrooms", county.ids["room"])["venue_fixed"] is False
        course.tell(session, noun, applied, flow, "venue_area_suitable", None, BY, DAY)
        assert "venue_area_suitable" not in records.get_record(session, "applications", applied)["facts"]
        with pytest.raises(BadInput):
            course.tell(session, noun, applied, flow, "venue_area_suitable", "大概", BY, DAY)


def test_what_was_answered_when_applying_waits_for_a_return(county, applied):
    noun, flow, _to = FILING
    with county.writing() as session:
        course.tell(session, noun, applied, flow, "venue_area_suitable", True, BY, DAY)
        records.put_records(session, "applications", {"id": applied, "state": "已提交"})
        with pytest.raises(NotAllowed, match="退回补正"):
            course.tell(session, noun, applied, flow, "venue_area_suitable", False, BY, DAY)
        # What was never answered may still be told.
        course.tell(session, noun, applied, flow, "orientation_confirmed", True, BY, DAY)
        course.send_back(session, noun, applied, {"": "场地"}, BY, DAY)
        course.tell(session, noun, applied, flow, "venue_area_suitable", False, BY, DAY)
        facts = records.get_record(session, "applications", applied)["facts"]
        assert (facts["venue_area_suitable"], facts["orientation_confirmed"]) == (False, True)


def test_the_grounds_of_an_exit_are_told_of_the_workroom(county):
    room = county.ids["room"]
    with county.writing() as session:
        asked = {one.fact: one for one in course.wanted(session, "workrooms", room, "nm-build-change", CHANGED, DAY)}
        assert asked["leader_status"].record == ("people", county.ids["leader"], "status")
        assert "退休" in asked["leader_status"].choices
        course.tell(session, "workrooms", room, "nm-build-change", "leader_status", "退休", BY, DAY)
        road = course.road_of(session, "workrooms", room, "nm-build-change", DAY)
        (gate,) = road.gates
        assert [one.rule for one in gate.opened_by] == ["nm-2026-build-13a"]


CHANGED = "触发（撤销荣誉、退休、调离、离职）"


def test_a_plan_is_told_of_its_workroom(county):
    made = county.put("plans", workroom_id=county.ids["room"], year=2026, kind="年度计划")
    with county.writing() as session:
        course.tell(session, "plans", made, "nm-build-year", "activity_normal", True, BY, DAY)
        assert records.get_record(session, "workrooms", county.ids["room"])["facts"]["activity_normal"] is True


def test_a_grant_is_entered_once_a_year_when_the_workroom_is_named(county):
    room = county.ids["room"]
    laws = ["hn-2024", "jy-2022", "nm-2026-build", "wx-2021-model"]
    with county.writing() as session:
        records.put_records(session, "offices", {"id": identity.own_office_id(session), "regulations": laws})
        records.put_records(session, "workrooms", {"id": room, "supported_by_region": False})
        assert granting.offers(session, room) == []
        with pytest.raises(NotAllowed, match="还没有命名"):
            granting.enter(session, room, "hn-2024", 2026, 3_000_000)
        named = {"id": room, "state": "已命名", "named_on": "2026-03-01", "level": "市级", "tags": ["示范性"]}
        records.put_records(session, "workrooms", named)
        found = {one.regulation: one for one in granting.offers(session, room)}
        sums = {law: one.amount_fen for law, one in found.items()}
        assert sums == {"hn-2024": 3_000_000, "jy-2022": None, "wx-2021-model": 4_000_000}
        assert "20,000.00元至30,000.00元" in found["jy-2022"].words
        assert next(iter(found)) == "hn-2024"
        records.put_records(session, "applications", {"workroom_id": room, "regulation": "jy-2022"})
        assert granting.offers(session, room)[0].regulation == "jy-2022"
        made = granting.enter(session, room, "wx-2021-model", 2026, 4_000_000)
        assert (made["state"], made["grant_total_yuan"], made["track"]) == ("新命名", "40000.00", "工作室")
        assert course.road_of(session, "grants", made["id"], "wxm-grant", DAY).state == "新命名"
        with pytest.raises(NotAllowed, match="已经登记"):
            granting.enter(session, room, "wx-2021-model", 2026, 4_000_000)
        with pytest.raises(NotAllowed, match="没有工作室补助"):
            granting.enter(session, room, "nm-2026-build", 2026, 1)
        with pytest.raises(BadInput, match="补助金额"):
            granting.enter(session, room, "hn-2024", 2026, 0)
        records.put_records(session, "workrooms", {"id": room, "state": "已撤销"})
        assert granting.offers(session, room) == []
        with pytest.raises(NotAllowed, match="已撤销，不能再登记补助"):
            granting.enter(session, room, "hn-2024", 2026, 3_000_000)
