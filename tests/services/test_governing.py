"""Which regulations govern a workroom: two titles of one issuer shut each other out, other texts stand side by side."""

from datetime import date

import pytest

from desktop.models.workroom import Workroom
from desktop.services import course, records
from desktop.services import round as rounds
from desktop.services.law.governing import governing, governs
from desktop.services.regulation import bundled
from desktop.services.road.granting import offers
from tests.services.counties import put

MODEL, STAFF = "wx-2021-model", "wx-2021-staff"
LAWS = [law for law in bundled().values() if law.id.startswith("wx")]
DAY = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("kind", "applied", "wanted"),
    [
        ("劳模", (), MODEL),
        ("劳模工匠", (), MODEL),
        ("职工", (), STAFF),
        ("劳模", (STAFF,), STAFF),
        ("职工", (MODEL,), MODEL),
    ],
)
def test_a_workroom_bears_the_title_it_was_named_by_else_the_one_of_its_kind(kind, applied, wanted):
    titles = [law.id for law in LAWS if law.id != "wx-2021-award" and governs(law, LAWS, kind, applied)]
    assert titles == [wanted]
    assert governs(bundled()["wx-2021-award"], LAWS, kind, applied), "it names no workrooms"


def test_where_neither_title_is_of_its_kind_both_may_be():
    assert {law.id for law in LAWS if governs(law, LAWS, "工匠", ())} >= {MODEL, STAFF}


def test_texts_of_different_issuers_never_shut_each_other_out():
    every = list(bundled().values())
    found = {law.id for law in every if governs(law, every, "劳模工匠", (STAFF,))}
    assert found == {law.id for law in every} - {MODEL}


@pytest.fixture
def city(county):
    """An office under both titles, with a named workroom of each and one that applies anew."""
    county.set_office(regulations=[MODEL, STAFF], level="市级")
    with county.writing() as session:
        given = {"state": "已命名", "level": "市级", "named_on": "2025-03-01"}
        put(session, "workrooms", id=county.ids["room"], kind="劳模", **given)
        staff = put(session, "workrooms", name="陈志远职工创新工作室", kind="劳模工匠", **given)
        put(session, "applications", workroom_id=staff, regulation=STAFF, state="已命名", year=2025)
        put(session, "applications", workroom_id=staff, regulation=MODEL, state="未通过", year=2024)
    county.ids["staff"] = staff
    return county


def test_a_round_opens_only_for_the_workrooms_of_its_own_title(city):
    with city.writing() as session:
        for law, room in ((MODEL, "room"), (STAFF, "staff")):
            opened = rounds.open_round(session, law, "年度考核", 2026)
            found = records.list_records(session, "assessments", {"round_id": opened["id"]})
            assert [one["workroom_id"] for one in found] == [city.ids[room]]
        assert len(rounds.reached(session)) == 2


def test_those_whom_a_person_names_are_assessed_whatever_their_title(city):
    with city.writing() as session:
        opened = rounds.open_round(session, MODEL, "专项考核", 2026, only=(city.ids["staff"],))
        (one,) = records.list_records(session, "assessments", {"round_id": opened["id"]})
        assert one["workroom_id"] == city.ids["staff"]


def test_a_workroom_walks_only_the_roads_of_its_own_title_and_is_granted_under_it(city):
    with city.reading() as session:
        for name, flows, law in (("room", {"wxm-change"}, MODEL), ("staff", {"wxs-upgrade"}, STAFF)):
            roads = course.roads(session, "workrooms", city.ids[name], DAY)
            assert {road.workflow.id for road in roads} == flows
            assert {one.regulation for one in offers(session, city.ids[name])} == {law}


def test_the_governing_laws_keep_the_order_of_the_office(city):
    with city.reading() as session:
        room = session.get(Workroom, city.ids["staff"])
        assert [law.id for law in governing(session, room)] == [STAFF]
