"""A person's and a unit's page across workrooms, and one change of many records."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotFound
from desktop.services import records, sample
from desktop.services.across import person_sheet, unit_sheet
from desktop.services.bulk import bulk_fields, preview, set_in_all


def put(session: Session, noun: str, **values: Any) -> str:
    return str(records.put_records(session, noun, values)[0]["id"])


@pytest.fixture
def people(session: Session) -> dict[str, str]:
    unit = put(session, "units", name="甲公司", phone="12")
    person = put(session, "people", name="李四", unit_id=unit, phone="1380000")
    led = put(session, "workrooms", name="李四工作室", unit_id=unit, leader_id=person, level="县级")
    left, joined = (put(session, "workrooms", name=name) for name in ("旧工作室", "新工作室"))
    put(session, "members", workroom_id=led, person_id=person, role="领衔人")
    put(
        session,
        "members",
        workroom_id=left,
        person_id=person,
        role="其他参与人员",
        joined_on="2018-01-01",
        left_on="2020-01-01",
    )
    put(session, "members", workroom_id=joined, person_id=person, role="骨干成员", division="焊接")
    put(session, "outcomes", workroom_id=led, name="甲成果", completed_by="李四、张三")
    put(session, "outcomes", workroom_id=led, name="乙成果", completed_by="张三")
    put(session, "honours", person_id=person, kind="劳动模范", title="劳动模范", level="市级")
    grant = put(session, "grants", workroom_id=led, year=2026, grant_total_yuan="50000", regulation="nm-2026-fund")
    allocation = put(session, "allocations", grant_id=grant, state="草稿")
    put(session, "allocation_lines", allocation_id=allocation, person_id=person, kind="reward", amount_yuan="3000")
    return {"unit": unit, "person": person, "led": led, "left": left, "joined": joined}


def test_a_person_across_workrooms(session: Session, people: dict[str, str]):
    sheet = person_sheet(session, people["person"])
    assert [(place["id"], place["role"]) for place in sheet.places] == [
        (people["led"], "领衔人"), (people["joined"], "骨干成员"), (people["left"], "其他参与人员"),
    ]  # fmt: skip
    assert sheet.unit is not None
    assert sheet.unit["name"] == "甲公司"
    assert [outcome["name"] for outcome in sheet.outcomes] == ["甲成果"]
    assert [(one["amount_yuan"], one["year"], one["workroom"]) for one in sheet.rewards] == [
        ("3000.00", 2026, "李四工作室")
    ]
    assert [honour["level"] for honour in sheet.honours] == ["市级"]
    assert [remark.field for remark in sheet.remarks] == ["phone"]


def test_a_unit_across_workrooms(session: Session, people: dict[str, str]):
    sheet = unit_sheet(session, people["unit"])
    assert [(room["name"], room["leader"]) for room in sheet.workrooms] == [("李四工作室", "李四")]
    assert [person["name"] for person in sheet.people] == ["李四"]
    assert [(grant["year"], grant["workroom"]) for grant in sheet.grants] == [(2026, "李四工作室")]
    assert [remark.field for remark in sheet.remarks] == ["phone"]
    for read in (person_sheet, unit_sheet):
        with pytest.raises(NotFound):
            read(session, "00000000-0000-4000-8000-000000000000")


def test_every_page_of_a_county_can_be_read(session: Session):
    sample.fill_sample(session, 8)
    rooms = {room["leader_id"]: room["id"] for room in records.list_records(session, "workrooms")}
    for person in records.list_records(session, "people"):
        places = [place["id"] for place in person_sheet(session, person["id"]).places]
        assert person["id"] not in rooms or rooms[person["id"]] in places
    total = sum(len(unit_sheet(session, unit["id"]).workrooms) for unit in records.list_records(session, "units"))
    assert total == sum(room["unit_id"] is not None for room in records.list_records(session, "workrooms"))


def test_a_field_is_set_in_all_or_in_none(session: Session):
    ids = [put(session, "workrooms", name=f"工作室{number}") for number in range(5)]
    assert set_in_all(session, "workrooms", [*ids[:3], ids[0]], "industry", "电力") == 3
    stored = {row["id"]: row["industry"] for row in records.list_records(session, "workrooms")}
    assert [stored[one] for one in ids] == ["电力"] * 3 + [""] * 2
    with pytest.raises(BadInput, match="第1条"):
        set_in_all(session, "workrooms", ids, "level", "宇宙级")
    with pytest.raises(BadInput, match="不能成批修改"):
        set_in_all(session, "workrooms", ids, "name", "一样")
    with pytest.raises(BadInput, match="不能成批修改"):
        set_in_all(session, "workrooms", ids, "nothing", "一样")
    assert {"industry", "level", "established_on"} <= {spec.name for spec in bulk_fields("workrooms")}
    assert not {"name", "unit_id"} & {spec.name for spec in bulk_fields("workrooms")}


def test_what_a_change_of_many_would_do_is_told_first(session: Session):
    levels = ["县级", "县级", "市级", "单位级", "县级"]
    ids = [put(session, "workrooms", name=f"工作室{n}", level=level) for n, level in enumerate(levels)]
    told = preview(session, "workrooms", [*ids, ids[0], "gone"], "level", "市级")
    assert (told.title, told.total, told.same, told.changed) == ("级别", 5, 1, 4)
    assert told.old == (("县级", 3), ("单位级", 1))
    assert [row["level"] for row in records.list_records(session, "workrooms")] == levels
    assert preview(session, "workrooms", ids, "industry", "").changed == 0
    assert preview(session, "workrooms", ids, "industry", None).changed == 0
    set_in_all(session, "workrooms", ids[:2], "tags", ["甲", "乙"])
    set_in_all(session, "workrooms", ids[:3], "unit_funding_yuan", "1234.50")
    assert preview(session, "workrooms", ids, "tags", []).old == ((["甲", "乙"], 2),)
    assert preview(session, "workrooms", ids, "unit_funding_yuan", "1.00").old[0] == ("1234.50", 3)
    with pytest.raises(BadInput, match="以下之一"):
        preview(session, "workrooms", ids, "level", "宇宙级")
    with pytest.raises(BadInput, match="不能成批修改"):
        preview(session, "workrooms", ids, "name", "一样")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(
    before=st.lists(st.sampled_from(["", "电力", "铁路"]), min_size=1, max_size=6), value=st.sampled_from(["", "电力"])
)
def test_what_is_told_is_what_happens(session: Session, before: list[str], value: str):
    ids = [put(session, "workrooms", name="工作室", industry=industry) for industry in before]
    told = preview(session, "workrooms", ids, "industry", value)
    assert told.changed == sum(industry != value for industry in before) == sum(count for _, count in told.old)
    set_in_all(session, "workrooms", ids, "industry", value)
    assert preview(session, "workrooms", ids, "industry", value).changed == 0
