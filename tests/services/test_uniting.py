"""Duplicates are found with their reason, united in one change, and nothing that was known is lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed, NotFound
from desktop.models.database import Database
from desktop.models.tables import NOUNS
from desktop.services import identity, records, sample, store, workroom
from desktop.services.duplicates import duplicates
from desktop.services.journal import history
from desktop.services.record.deletion import references
from desktop.services.uniting import differences, unite


def put(session: Session, noun: str, **values: Any) -> str:
    return str(records.put_records(session, noun, values)[0]["id"])


def told(session: Session, noun: str, **options: Any) -> list[tuple[str, str, str]]:
    return [(one.name, one.other_name, one.reason) for one in duplicates(session, noun, **options)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Database]:
    made = identity.initialise(tmp_path / "desk.db", "某旗总工会", "县级", "某旗")
    yield made
    made.close()


def test_units_are_found_by_code_name_and_reading(session: Session):
    put(session, "units", name="甲公司", credit_code="91110000600037341L", phone="0475-8200000")
    put(session, "units", name="甲有限公司", credit_code="91110000600037341L")
    put(session, "units", name="乙 公 司", phone="0475-8200001")
    put(session, "units", name="乙公司")
    put(session, "units", name="宏昌机械厂")
    put(session, "units", name="洪昌机械厂")
    found = told(session, "units")
    assert found[0] == ("甲公司", "甲有限公司", "统一社会信用代码相同")
    assert {(frozenset(names), reason) for *names, reason in found[1:]} == {
        (frozenset({"乙 公 司", "乙公司"}), "名称相同"),
        (frozenset({"宏昌机械厂", "洪昌机械厂"}), "名称读音相同"),
    }


def test_people_are_two_when_their_numbers_differ(session: Session):
    unit = put(session, "units", name="甲公司")
    put(session, "people", name="张伟", unit_id=unit, id_number="11010519491231002X")
    put(session, "people", name="张伟", unit_id=unit, id_number="440524188001010014")
    assert told(session, "people") == []
    put(session, "people", name="张玮", unit_id=unit)
    reasons = [reason for _, _, reason in told(session, "people")]
    assert reasons == ["同一单位，姓名读音相同"] * 2
    put(session, "people", name="张伟")
    assert len(told(session, "people")) == 2


def test_a_pair_told_apart_is_not_told_again(session: Session):
    first, second = (put(session, "units", name="甲公司") for _ in range(2))
    assert len(told(session, "units")) == 1
    assert told(session, "units", apart=[(second, first)]) == []
    with pytest.raises(BadInput, match="不查重"):
        duplicates(session, "grants")


def test_what_named_the_one_names_the_other(desk: Database):
    with store.writing(desk, "张三") as session:
        keep = put(session, "people", name="李四", phone="13800000000")
        gone = put(session, "people", name="李肆", education="本科")
        rooms = [put(session, "workrooms", name=name, leader_id=gone) for name in ("甲", "乙")]
        put(session, "members", workroom_id=rooms[0], person_id=keep, role="骨干成员")
        put(session, "members", workroom_id=rooms[0], person_id=gone, division="焊接", joined_on="2021-01-01")
        put(session, "members", workroom_id=rooms[1], person_id=gone)
        put(session, "honours", person_id=gone, kind="劳动模范", title="劳动模范", level="市级")
    with store.reading(desk) as session:
        proposed = {one.name: (one.keep, one.other, one.take) for one in differences(session, "people", keep, gone)}
    assert proposed == {"name": ("李四", "李肆", False), "education": ("", "本科", True)}
    with store.writing(desk, "张三") as session:
        united = unite(session, "people", keep, gone, ["education"])
        assert (united.moved, united.kept["education"], united.kept["name"]) == (5, "本科", "李四")
    hashes = session.info["sealed"].hashes
    with store.reading(desk) as session:
        sheet = workroom.sheet(session, rooms[0])
        assert [(m["person_id"], m["role"], m["division"]) for m in sheet.members] == [(keep, "骨干成员", "焊接")]
        assert sheet.leader is not None
        assert sheet.leader["id"] == keep
        assert [honour["level"] for honour in sheet.honours] == ["市级"]
        with pytest.raises(NotFound):
            records.get_record(session, "people", gone)
        past = history.history(session, "people", gone)
        assert {change.new for change in past} >= {"李肆", "本科"}
        assert past[-1].action == "删除"
    with store.writing(desk, "张三") as session:
        history.undo(session, *hashes)
    with store.reading(desk) as session:
        assert records.get_record(session, "people", gone)["name"] == "李肆"
        assert records.get_record(session, "people", keep)["education"] == ""
        assert len(workroom.sheet(session, rooms[0]).members) == 2
        assert records.get_record(session, "workrooms", rooms[1])["leader_id"] == gone


def test_uniting_refuses_what_makes_no_sense(session: Session):
    unit = put(session, "units", name="甲公司")
    for arguments in (("units", unit, unit), ("grants", unit, "x")):
        with pytest.raises(BadInput):
            unite(session, *arguments)
    with pytest.raises(NotFound):
        unite(session, "units", unit, "00000000-0000-4000-8000-000000000000")
    other = put(session, "units", name="甲公司")
    with pytest.raises(BadInput, match="没有“wrong”"):
        unite(session, "units", unit, other, ["wrong"])


def test_a_unit_with_an_issued_paper_stays(session: Session):
    keep, gone = (put(session, "units", name="甲公司") for _ in range(2))
    put(session, "documents", kind="notice", subject_noun="units", subject_id=gone, title="通知", state="已签发")
    with pytest.raises(NotAllowed, match="公文"):
        unite(session, "units", keep, gone)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noun=st.sampled_from(["people", "units", "workrooms"]), first=st.integers(0, 40), second=st.integers(0, 40))
def test_no_reference_is_ever_left_behind(session: Session, noun: str, first: int, second: int):
    if not records.list_records(session, "workrooms"):
        sample.fill_sample(session, 6)
    ids = sorted(row["id"] for row in records.list_records(session, noun))
    keep, gone = ids[first % len(ids)], ids[second % len(ids)]
    if keep == gone:
        return
    unite(session, noun, keep, gone)
    for child, name, target in references():
        if target == noun:
            outward = next(spec.name for spec in records.fields(child) if spec.attribute == name)
            assert gone not in {row[outward] for row in records.list_records(session, child)}
    assert gone not in {row["id"] for row in records.list_records(session, noun)}
    assert set(NOUNS) >= {child for child, _, _ in references()}


def room(session: Session, name: str, unit: str = "", leader: str = "", number: str = "", **values: Any) -> str:
    """Put a workroom, its unit and leader kept anew each time as separate lists do."""
    unit_id = put(session, "units", name=unit) if unit else None
    leader_id = put(session, "people", name=leader, id_number=number, unit_id=unit_id) if leader else None
    return put(session, "workrooms", name=name, unit_id=unit_id, leader_id=leader_id, **values)


ZHOU, LI = "11010519491231002X", "440524188001010014"


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (("甲工作室", "宏昌公司"), ("甲 工作室", "宏昌公司"), "名称和所在单位相同"),
        (("甲工作室", "宏昌公司", "周建成", ZHOU), ("甲工作室", "宏昌公司", "李四", LI), "名称和所在单位相同"),
        (("甲工作室", "", "周建成", ZHOU), ("乙工作室", "", "周建成", ZHOU), "领衔人是同一人"),
        (("甲工作室", "宏昌公司"), ("甲工作室", "大地公司"), "名称相同"),
        (("宏昌工作室",), ("洪昌工作室",), "名称读音相同"),
        (
            ("某市宏昌公司周建成劳模创新工作室", "某市宏昌公司", "周建成"),
            ("周建成创新工作室", "宏昌厂", "周建成"),
            "领衔人同名，工作室名称相近",
        ),
        (("甲工作室", "宏昌公司", "周建成", ZHOU), ("甲工作室", "大地公司", "周建成", LI), ""),
        (("周建成创新工作室", "甲厂", "周建成"), ("李四创新工作室", "乙厂", "李四"), ""),
        (("周建成创新工作室", "甲厂", "周建成"), ("周建成创新工坊", "乙厂", "王五"), ""),
    ],
)
def test_workrooms_are_found_by_name_unit_and_leader(session: Session, first: Any, second: Any, reason: str):
    room(session, *first)
    room(session, *second)
    assert [why for _, _, why in told(session, "workrooms")] == ([reason] if reason else [])


def test_of_two_workrooms_that_with_papers_is_kept_then_that_of_the_office_beneath(desk: Database):
    with store.writing(desk, "张三") as session:
        beneath = put(session, "offices", name="某镇工会", level="基层")
        ours = room(session, "甲工作室", region="某旗", industry="机械", phone="13800000000")
        theirs = room(session, "甲工作室", office_id=beneath)
    with store.reading(desk) as session:
        assert [(pair.keep, pair.other) for pair in duplicates(session, "workrooms")] == [(theirs, ours)]
    with pytest.raises(NotAllowed, match="归“某镇工会”管理"), store.writing(desk, "张三") as session:
        unite(session, "workrooms", ours, theirs)
    with store.writing(desk, "张三") as session:
        put(
            session, "documents", kind="notice", subject_noun="workrooms", subject_id=ours, title="通知", state="已签发"
        )
    with store.reading(desk) as session:
        assert [pair.keep for pair in duplicates(session, "workrooms")] == [ours]
    with pytest.raises(NotAllowed, match="已签发1件公文"), store.writing(desk, "张三") as session:
        unite(session, "workrooms", theirs, ours)


def test_a_workroom_of_two_lists_is_united_with_all_that_belongs_to_it(desk: Database):
    with store.writing(desk, "张三") as session:
        keep = room(session, "周建成工作室", named_levels=["县级"], level="县级")
        gone = room(session, "周建成工作室", named_levels=["市级"], level="市级", region="某旗")
        person, other = put(session, "people", name="李四"), put(session, "people", name="王五")
        twin = put(session, "members", workroom_id=keep, person_id=person, division="焊接")
        put(session, "members", workroom_id=gone, person_id=person, division="质检", joined_on="2021-01-01")
        put(session, "members", workroom_id=gone, person_id=other)
        made = put(session, "outcomes", workroom_id=keep, name="一种焊枪", date="2024-05-01")
        same = put(session, "outcomes", workroom_id=gone, name="一种 焊枪", date="2024-06-01", completed_by="李四")
        put(session, "publications", workroom_id=gone, outcome_id=same, platform="职工之家")
        for noun in ("plans", "assessments"):
            put(session, noun, workroom_id=gone, year=2025)
        for one in (keep, gone):
            put(session, "grants", workroom_id=one, year=2025, regulation="nm-2026-fund", grant_total_yuan="50000.00")
        put(session, "attachments", owner_noun="outcomes", owner_id=same, name="证书.jpg")
    with store.reading(desk) as session:
        found = {one.title: (one.keep, one.other, one.take) for one in differences(session, "workrooms", keep, gone)}
        before = everything(session)
    assert found == {
        "级别": ("县级", "市级", True),
        "已获命名级别": (["县级"], ["县级", "市级"], True),
        "所在地区": ("", "某旗", True),
        "成员“李四”的分工": ("焊接", "质检", False),
        "成果“一种焊枪”的认定或完成日期": ("2024-05-01", "2024-06-01", False),
        "成果“一种焊枪”的成果名称": ("一种焊枪", "一种 焊枪", False),
    }
    take = ["level", "named_levels", "region", f"members/{twin}/division"]
    with store.writing(desk, "张三") as session:
        united = unite(session, "workrooms", keep, gone, take)
    hashes = session.info["sealed"].hashes
    assert united.notices == ("2025年的补助有不止一笔，请核对是否重复登记",)
    assert (united.kept["level"], united.kept["named_levels"]) == ("市级", ["县级", "市级"])
    with store.reading(desk) as session:
        team = records.list_records(session, "members", {"workroom_id": keep})
        assert {(one["person_id"], one["division"], one["joined_on"]) for one in team} == {
            (person, "质检", "2021-01-01"),
            (other, "", None),
        }
        (outcome,) = records.list_records(session, "outcomes", {})
        assert (outcome["id"], outcome["date"], outcome["completed_by"]) == (made, "2024-05-01", "李四")
        (publication,) = records.list_records(session, "publications", {})
        assert (publication["workroom_id"], publication["outcome_id"]) == (keep, made)
        assert records.list_records(session, "attachments", {})[0]["owner_id"] == made
        assert {row["workroom_id"] for row in records.list_records(session, "grants", {})} == {keep}
        assert history.history(session, "workrooms", gone)[-1].action == "删除"
        assert duplicates(session, "workrooms") == []
    with store.writing(desk, "张三") as session:
        history.undo(session, *hashes)
    with store.reading(desk) as session:
        assert everything(session) == before


def everything(session: Session) -> dict[str, dict[str, Any]]:
    return {
        noun: {row["id"]: row for row in records.list_records(session, noun)}
        for noun in (
            "workrooms",
            "members",
            "outcomes",
            "publications",
            "plans",
            "grants",
            "assessments",
            "attachments",
        )
    }
