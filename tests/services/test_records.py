"""Records by the one door: strict on the way in, complete on the way out, all or nothing."""

import json
import math
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect, update
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed, NotFound
from desktop.models.grant import Grant
from desktop.models.office import Office
from desktop.models.person import Person
from desktop.models.tables import NOUNS, Base
from desktop.services import identity, records
from desktop.services.attestations import attestation_id
from desktop.services.record.deletion import OWNED, OWNED_DRAFTS, references
from desktop.services.record.fields import NOUN_TITLES, yuan

GIVEN_ID = "0f8fad5b-d9cb-469f-a165-70867728950e"
UNIT = {"name": "北原宏昌机械有限公司", "credit_code": "91110000600037341L"}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    database = identity.initialise(tmp_path / "desk.db", "某旗总工会", "县级", "某旗")
    with database.writing() as opened:
        yield opened
    database.close()


def put(session: Session, noun: str, **fields: object) -> dict[str, object]:
    return records.put_records(session, noun, fields)[0]


def workroom(session: Session, **fields: object) -> dict[str, object]:
    unit = put(session, "units", **UNIT)
    leader = put(session, "people", name="周建成", unit_id=unit["id"])
    given = {"name": "周建成劳模创新工作室", "unit_id": unit["id"], "leader_id": leader["id"], **fields}
    return put(session, "workrooms", **given)


def refusal(session: Session, noun: str, data: object) -> BadInput:
    with pytest.raises(BadInput) as caught:
        records.put_records(session, noun, data)
    return caught.value


def test_every_noun_has_a_schema_and_a_chinese_name():
    schemas = records.nouns()["nouns"]
    assert set(schemas) == set(NOUNS) == set(NOUN_TITLES)
    json.dumps(schemas)
    for noun, schema in schemas.items():
        assert schema["additionalProperties"] is False
        assert all(field["title"] for field in schema["properties"].values()), noun


def test_the_schema_says_what_a_field_takes():
    properties = records.nouns()["nouns"]["workrooms"]["properties"]
    assert properties["level"]["enum"] == ["单位级", "县级", "市级", "省级", "国家级"]
    assert properties["unit_id"]["x-noun"] == "units"
    assert properties["established_on"]["type"] == ["string", "null"]
    assert properties["venue_area_sqm"]["x-unit"] == "㎡"
    assert records.nouns()["nouns"]["workrooms"]["required"] == ["name"]
    assert "grant_total_yuan" in records.nouns()["nouns"]["grants"]["required"]
    assert "facts" in records.nouns()["nouns"]["applications"]["properties"]


def test_field_types_and_names():
    types = {spec.name: spec.type for spec in records.fields("workrooms")}
    assert types["systems"] == "list"
    assert types["unit_funding_yuan"] == "money"
    assert types["venue_area_sqm"] == "decimal"
    assert types["venue_fixed"] == "bool"
    assert types["leader_id"] == "reference"
    assert {spec.name: spec.type for spec in records.fields("documents")}["data"] == "json"
    assert {spec.name: spec.type for spec in records.fields("attestations")}["value"] == "json"


def test_a_record_comes_back_as_it_was_given(session: Session):
    made = workroom(
        session, established_on="2021-03-01", venue_area_sqm=86.5, unit_funding_yuan="30000.5", systems=["甲", "乙"]
    )
    assert made["established_on"] == "2021-03-01"
    assert made["venue_area_sqm"] == 86.5
    assert made["unit_funding_yuan"] == "30000.50"
    assert made["systems"] == ["甲", "乙"]
    assert made["venue_fixed"] is None
    assert records.get_record(session, "workrooms", str(made["id"])) == made


def test_what_is_read_can_be_put_again_unchanged(session: Session):
    made = workroom(session, venue_area_sqm="20.25", tags=["数智"])
    assert records.put_records(session, "workrooms", made) == [made]


def test_only_given_fields_change(session: Session):
    made = workroom(session, contact="李某", venue_area_sqm=30)
    changed = put(session, "workrooms", id=made["id"], contact="王某")
    assert changed == {**made, "contact": "王某"}


def test_an_id_may_be_given(session: Session):
    assert put(session, "units", id=GIVEN_ID.upper(), name="某厂")["id"] == GIVEN_ID
    assert refusal(session, "units", {"id": "7", "name": "某厂"}).where == "units.id"


@pytest.mark.parametrize(
    ("given", "fen"), [("50000.00", 5000000), (50000, 5000000), (0.1, 10), ("0.07", 7), (19.99, 1999)]
)
def test_money_as_text_and_number_is_the_same(session: Session, given: object, fen: int):
    grant = put(session, "grants", regulation="nm-2026-fund", grant_total_yuan=given)
    assert grant["grant_total_yuan"] == yuan(fen)


@pytest.mark.parametrize(
    ("noun", "data", "where", "words"),
    [
        ("units", {}, "units.name", "缺少“单位名称”"),
        ("units", {"name": ""}, "units.name", "不能为空"),
        ("units", {"name": None}, "units.name", "不能为空"),
        ("units", {"name": 7}, "units.name", "应为文字"),
        ("units", {"name": "甲\x00"}, "units.name", "控制字符"),
        ("units", {"name": "甲\ud800"}, "units.name", "控制字符"),
        ("units", {"name": "甲", "nmae": "乙"}, "units.nmae", "没有“nmae”"),
        ("units", {"name": "甲", "unit_type": "公司"}, "units.unit_type", "企业、事业单位"),
        ("units", {"name": "甲", "unit_is_legal_person": "是"}, "units.unit_is_legal_person", "true"),
        ("units", {"name": "甲", "credit_code": "91110000600037341M"}, "units.credit_code", "校验位"),
        ("units", "甲", "units", "对象"),
        ("workrooms", {"name": "甲", "established_on": "2026-9-1"}, "workrooms.established_on", "2026-09-01"),
        ("workrooms", {"name": "甲", "established_on": "2025-02-29"}, "workrooms.established_on", "不是存在的日期"),
        ("workrooms", {"name": "甲", "established_on": "0001-01-01"}, "workrooms.established_on", "年份"),
        ("workrooms", {"name": "甲", "unit_funding_yuan": "1.234"}, "workrooms.unit_funding_yuan", "两位小数"),
        ("workrooms", {"name": "甲", "unit_funding_yuan": 1.005}, "workrooms.unit_funding_yuan", "两位小数"),
        ("workrooms", {"name": "甲", "unit_funding_yuan": "1,000"}, "workrooms.unit_funding_yuan", "金额"),
        ("workrooms", {"name": "甲", "unit_funding_yuan": True}, "workrooms.unit_funding_yuan", "金额"),
        ("workrooms", {"name": "甲", "unit_funding_yuan": -1}, "workrooms.unit_funding_yuan", "不能小于0"),
        ("workrooms", {"name": "甲", "unit_funding_yuan": math.inf}, "workrooms.unit_funding_yuan", "金额"),
        ("workrooms", {"name": "甲", "unit_funding_fen": 100}, "workrooms.unit_funding_fen", "没有"),
        ("workrooms", {"name": "甲", "venue_area_sqm": 20.123}, "workrooms.venue_area_sqm", "数字"),
        ("workrooms", {"name": "甲", "venue_area_sqm": -3}, "workrooms.venue_area_sqm", "不能小于0"),
        ("workrooms", {"name": "甲", "systems": "一、二"}, "workrooms.systems", "列表"),
        ("workrooms", {"name": "甲", "named_levels": ["盟级"]}, "workrooms.named_levels", "单位级"),
        ("workrooms", {"name": "甲", "unit_id": "某厂"}, "workrooms.unit_id", "编号"),
        ("workrooms", {"name": "甲", "unit_id": GIVEN_ID}, "workrooms.unit_id", GIVEN_ID),
        ("people", {"name": "甲", "id_number": "110105194912310021"}, "people.id_number", "校验位"),
        ("plans", {"workroom_id": GIVEN_ID, "year": 26}, "plans.year", "四位年份"),
        ("plans", {"workroom_id": GIVEN_ID, "year": "2026"}, "plans.year", "整数"),
        ("plans", {"workroom_id": GIVEN_ID, "year": 2026.5}, "plans.year", "整数"),
        ("applications", {"regulation": "x", "facts": []}, "applications.facts", "对象"),
        ("documents", {"kind": "notice", "data": []}, "documents.data", "对象"),
    ],
)
def test_a_wrong_value_is_refused_by_name(session: Session, noun: str, data: object, where: str, words: str):
    error = refusal(session, noun, data)
    assert error.where == where
    assert words in error.message


def test_an_unknown_noun_is_refused(session: Session):
    with pytest.raises(NotFound, match="flowers"):
        records.put_records(session, "flowers", {})


def test_an_array_is_all_or_nothing_and_says_which(session: Session):
    error = refusal(session, "units", [{"name": "甲"}, {"name": "乙", "phone": 5}])
    assert error.where == "units[1].phone"
    assert "第2条" in error.message
    assert records.list_records(session, "units", {}) == []


def test_an_array_keeps_its_order_and_mixes_old_and_new(session: Session):
    old = put(session, "units", name="甲")
    made = records.put_records(session, "units", [{"name": "乙"}, {"id": old["id"], "phone": "0475-8210000"}])
    assert [row["name"] for row in made] == ["乙", "甲"]
    assert made[1]["phone"] == "0475-8210000"


def test_records_of_one_array_may_refer_to_each_other(session: Session):
    above, below = str(uuid.uuid4()), str(uuid.uuid4())
    rows = [
        {"id": below, "name": "乙县总工会", "level": "县级", "parent_id": above},
        {"id": above, "name": "甲市总工会", "level": "市级"},
    ]
    assert records.put_records(session, "offices", rows)[0]["parent_id"] == above


def test_one_id_twice_is_refused(session: Session):
    assert "两次" in refusal(session, "units", [{"id": GIVEN_ID, "name": "甲"}, {"id": GIVEN_ID, "name": "乙"}]).message


def test_contradicting_dates_are_refused_also_across_saves(session: Session):
    room = workroom(session)
    topic = put(session, "topics", workroom_id=room["id"], name="某课题", started_on="2024-05-01")
    error = refusal(session, "topics", {"id": topic["id"], "ended_on": "2024-04-30"})
    assert error.where == "topics.ended_on"


def test_a_wrong_number_from_elsewhere_does_not_block_other_fields(session: Session):
    session.add(Person(id=GIVEN_ID, name="甲", id_number="1"))
    session.flush()
    assert put(session, "people", id=GIVEN_ID, phone="13800000001")["phone"] == "13800000001"


def test_identifying_numbers_are_written_one_way(session: Session):
    made = put(session, "people", name="甲", id_number="１１０１０５ 19491231 002x")
    assert made["id_number"] == "11010519491231002X"


def test_conditions(session: Session):
    room = workroom(session, level="县级", named_levels=["县级"], supported_by_region=True)
    workroom(session, name="乙工作室", level="市级")

    def names(**where: str) -> list[str]:
        return [str(row["name"]) for row in records.list_records(session, "workrooms", where)]

    assert names(level="县级") == names(named_levels="县级") == names(supported_by_region="是") == [room["name"]]
    assert names(level="县级", state="已命名") == []
    assert len(names(unit="北原宏昌机械有限公司")) == 2
    assert len(names(established_on="")) == 2
    assert names(named_levels="") == ["乙工作室"]
    assert names(id=str(room["id"])) == [room["name"]]
    with pytest.raises(BadInput, match="colour"):
        names(colour="红")
    with pytest.raises(BadInput):
        names(established_on="去年")


def test_conditions_are_read_from_the_command_line():
    assert records.conditions(["level=县级", "note=a=b"]) == {"level": "县级", "note": "a=b"}
    with pytest.raises(BadInput, match="字段=值"):
        records.conditions(["level"])


def test_money_conditions(session: Session):
    put(session, "grants", regulation="nm-2026-fund", grant_total_yuan=50000)
    assert len(records.list_records(session, "grants", {"grant_total_yuan": "50000"})) == 1
    assert records.list_records(session, "grants", {"grant_total_yuan": "50000.01"}) == []


def test_search_of_other_nouns_looks_at_names(session: Session):
    room = workroom(session)
    single = put(session, "people", name="单喆")
    put(session, "members", workroom_id=room["id"], person_id=single["id"])

    def found(noun: str, text: str) -> int:
        return len(records.list_records(session, noun, {}, text))

    assert found("people", "喆") == found("people", "sz") == found("people", "shanzhe") == 1
    assert found("members", "单喆") == found("members", "周建成 sz") == 1
    assert found("members", "王") == 0
    assert found("units", "HONGCHANG") == 1


def test_facts_are_attestations(session: Session):
    room = workroom(session)
    made = put(
        session,
        "applications",
        workroom_id=room["id"],
        regulation="nm-2026-fund",
        facts={"venue_fixed": True, "named_on": None},
    )
    assert made["facts"] == {"venue_fixed": True, "named_on": None}
    changed = put(session, "applications", id=made["id"], facts={"venue_fixed": False})
    assert changed["facts"] == {"venue_fixed": False, "named_on": None}
    rows = records.list_records(session, "attestations", {"subject_id": str(made["id"])})
    assert {row["id"] for row in rows} == {attestation_id(str(made["id"]), fact) for fact in made["facts"]}
    assert all(row["attested_on"] == date.today().isoformat() for row in rows)


def test_an_unknown_fact_is_refused(session: Session):
    error = refusal(session, "applications", {"regulation": "nm-2026-build", "facts": {"venue_fixd": True}})
    assert "venue_fixd" in error.message


def test_an_issued_paper_is_not_changed(session: Session):
    paper = put(session, "documents", kind="notice", title="通知")
    with pytest.raises(NotAllowed, match="标题"):
        put(session, "documents", id=paper["id"], title="另一通知")
    assert put(session, "documents", id=paper["id"], state="已作废")["state"] == "已作废"
    with pytest.raises(NotAllowed, match="作废"):
        records.delete_record(session, "documents", str(paper["id"]))


def test_deleting_takes_what_is_owned_and_can_be_taken_back(session: Session):
    room = workroom(session)
    person = put(session, "people", name="单喆")
    put(session, "members", workroom_id=room["id"], person_id=person["id"])
    outcome = put(session, "outcomes", workroom_id=room["id"], name="某成果")
    put(session, "publications", workroom_id=room["id"], outcome_id=outcome["id"], platform="职工之家APP")
    put(session, "applications", workroom_id=room["id"], regulation="nm-2026-fund", facts={"venue_fixed": True})
    removed = records.delete_record(session, "workrooms", str(room["id"]))
    assert sorted(removed) == ["applications", "attestations", "members", "outcomes", "publications", "workrooms"]
    for noun in removed:
        assert records.list_records(session, noun, {}) == []
    assert len(records.list_records(session, "people", {})) == 2
    records.restore_records(session, removed)
    for noun, rows in removed.items():
        assert records.list_records(session, noun, {}) == rows
    session.commit()


def test_deleting_is_refused_while_others_depend(session: Session):
    room = workroom(session)
    put(session, "grants", workroom_id=room["id"], regulation="nm-2026-fund", grant_total_yuan=50000)
    with pytest.raises(NotAllowed, match="1条补助资金（工作室）"):
        records.delete_record(session, "workrooms", str(room["id"]))
    with pytest.raises(NotAllowed, match="1条工作室（领衔人）"):
        records.delete_record(session, "people", str(room["leader_id"]))
    with pytest.raises(NotAllowed, match="1条人员（所在单位）、1条工作室"):
        records.delete_record(session, "units", str(room["unit_id"]))


def test_a_submitted_application_keeps_its_workroom(session: Session):
    room = workroom(session)
    put(session, "applications", workroom_id=room["id"], regulation="nm-2026-fund", state="已提交")
    with pytest.raises(NotAllowed, match="1条申报"):
        records.delete_record(session, "workrooms", str(room["id"]))


def test_signed_rewards_are_not_deleted(session: Session):
    grant = put(session, "grants", regulation="nm-2026-fund", grant_total_yuan=50000)
    allocation = put(session, "allocations", grant_id=grant["id"], state="已签领")
    with pytest.raises(NotAllowed, match="签领"):
        records.delete_record(session, "allocations", str(allocation["id"]))
    with pytest.raises(NotAllowed, match="1条奖励分配"):
        records.delete_record(session, "grants", str(grant["id"]))


def test_deleting_what_is_not_there(session: Session):
    with pytest.raises(NotFound):
        records.delete_record(session, "units", GIVEN_ID)
    with pytest.raises(NotFound):
        records.get_record(session, "units", GIVEN_ID)


def test_ownership_names_real_references():
    known = {(noun, field) for noun, field, _ in references()}
    assert {*OWNED, *OWNED_DRAFTS} <= known


def test_every_reference_is_a_foreign_key():
    keys = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.foreign_keys
    }
    assert {(noun, field) for noun, field, _ in references()} == {key for key in keys if key[0] in NOUNS}


def test_new_rows_carry_every_default(session: Session):
    person = put(session, "people", name="甲")
    stored = session.get(Person, person["id"])
    assert stored is not None
    assert stored.status == "在职"
    assert all(getattr(stored, column.key) is not None or column.nullable for column in inspect(Person).columns)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["name", "level", "established_on", "venue_area_sqm", "systems", "unit_funding_yuan", "x"]),
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(),
            st.floats(),
            st.text(max_size=6),
            st.lists(st.text(max_size=3), max_size=2),
        ),
    )
)
def test_anything_is_taken_whole_or_refused_by_name(session: Session, data: dict[str, object]):
    before = records.list_records(session, "workrooms", {})
    where, made = "", []
    try:
        made = records.put_records(session, "workrooms", data)
    except BadInput as error:
        where = error.where
    if where:
        assert where.startswith("workrooms.")
        assert records.list_records(session, "workrooms", {}) == before
    else:
        json.dumps(made, allow_nan=False)
        assert records.put_records(session, "workrooms", made) == made
        records.delete_record(session, "workrooms", made[0]["id"])


def test_a_grant_under_a_regulation_no_longer_known_can_be_changed_and_restored(session: Session):
    grant = put(session, "grants", regulation="nm-2026-fund", grant_total_yuan=50000)
    session.execute(update(Grant).values(regulation="gone-2020"))
    session.expire_all()
    whole = records.get_record(session, "grants", str(grant["id"]))
    assert put(session, "grants", **{**whole, "note": "来自数据包"})["regulation"] == "gone-2020"
    assert "不是已有的办法" in refusal(session, "grants", {"id": grant["id"], "regulation": "gone-2021"}).message
    removed = records.delete_record(session, "grants", str(grant["id"]))
    records.restore_records(session, removed)
    assert records.get_record(session, "grants", str(grant["id"]))["regulation"] == "gone-2020"


def test_an_office_works_only_under_regulations_that_are_known_here(session: Session):
    [own] = records.list_records(session, "offices")
    for laws in (["没有这部办法"], ["nm-2026-build", "gone-2021"]):
        found = refusal(session, "offices", {"id": own["id"], "regulations": laws})
        assert "不是已有的办法" in found.message
        assert found.where == "offices.regulations"
    several = [
        {"id": own["id"], "region": "别处"},
        {"name": "乙县", "level": "县级", "regulations": ["gone-2021"]},
    ]
    assert "不是已有的办法" in refusal(session, "offices", several).message
    assert [row["region"] for row in records.list_records(session, "offices")] == [own["region"]]
    session.execute(update(Office).values(regulations=["gone-2021"]))
    session.expire_all()
    # What a package brought from a newer program stays when others are chosen beside it.
    kept = put(session, "offices", id=own["id"], regulations=["nm-2026-build", "gone-2021"])
    assert kept["regulations"] == ["nm-2026-build", "gone-2021"]
    assert put(session, "offices", id=own["id"], regulations=[])["regulations"] == []
