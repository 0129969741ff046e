"""What is said while a record is typed: odd numbers, dates at odds with each other, one person twice."""

from datetime import date, timedelta

import pytest

from desktop.services import records
from desktop.services.record.live import is_checked, live_remarks

# Made up to fit the standard's check character.
MAN, WOMAN = "11010519491231001X", "11010519491231002X"


def put(session, noun, **values):
    return records.put_records(session, noun, {"name": "甲", **values})[0]


def said(session, noun, record):
    return {(one.field, one.blocking): one.message for one in live_remarks(session, noun, record)}


def words_of(session, noun, record, field):
    return "".join(message for (name, _), message in said(session, noun, record).items() if name == field)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (WOMAN, ""),
        ("810000199408230021", ""),
        ("820000199408230017", ""),
        ("830000199408230018", ""),
        ("11010519491231", "应为18位"),
        ("110105491231002", "15位旧号码"),
        ("990105194912310020", "地区码"),
        ("110105194913310025", "出生日期"),
        ("110105194912310021", "校验位"),
    ],
)
def test_identity_numbers(session, number, words):
    person = put(session, "people")
    told = words_of(session, "people", person | {"id_number": number}, "id_number")
    if words:
        assert words in told
    elif number == WOMAN:
        assert told == ""
    else:
        # Residents of 港澳台 have numbers of their own: the region is never the fault.
        assert "地区码" not in told


@pytest.mark.parametrize(
    ("noun", "values", "field", "words"),
    [
        ("people", {"id_number": WOMAN, "gender": "男"}, "gender", "所示的女不一致"),
        ("people", {"id_number": WOMAN, "birth_date": "1950-01-01"}, "birth_date", "1949-12-31不一致"),
        ("people", {"phone": "1380013800"}, "phone", "不像电话号码"),
        ("people", {"phone": "13800138000"}, "phone", ""),
        ("people", {"bank_account": "6222020000000000001"}, "bank_account", "校验位不符"),
        ("units", {"credit_code": "91150000MA00000029"}, "credit_code", "校验位不符"),
        ("units", {"credit_code": "9115000OMA00000029"}, "credit_code", "I、O、S、V、Z"),
        ("workrooms", {"established_on": "2022-01-01", "named_on": "2021-01-01"}, "named_on", "早于开始运行日期"),
        ("workrooms", {"named_on": "2022-01-01", "plaque_on": "2021-01-01"}, "plaque_on", "早于命名日期"),
        ("workrooms", {"named_on": "not a day"}, "named_on", ""),
    ],
)
def test_what_is_doubtful_is_said_of_its_field(session, noun, values, field, words):
    told = words_of(session, noun, put(session, noun) | values, field)
    assert words in told if words else told == ""


def test_the_same_person_twice(session):
    unit, other = put(session, "units", name="某公司")["id"], put(session, "units", name="别的公司")["id"]
    put(session, "people", name="张三", unit_id=unit, phone="13800138000", id_number=WOMAN)
    new = put(session, "people", name="李四")
    assert said(session, "people", new) == {}
    assert "“张三”的身份证号相同" in words_of(session, "people", new | {"id_number": WOMAN.lower()}, "id_number")
    assert "同一单位另有一人同名" in words_of(session, "people", new | {"name": "张三", "unit_id": unit}, "name")
    assert "姓名、电话都相同" in words_of(session, "people", new | {"name": "张三", "phone": "13800138000"}, "name")
    assert said(session, "people", new | {"name": "张三", "unit_id": other}) == {}
    another = new | {"name": "张三", "unit_id": unit, "id_number": "110105199001010016"}
    assert "同一单位" not in words_of(session, "people", another, "name")


def test_the_same_unit_and_workroom_twice(session):
    put(session, "units", name="某公司", credit_code="91150000MA00000028")
    new = put(session, "units", name="某集团")
    assert "“某公司”的信用代码相同" in words_of(
        session, "units", new | {"credit_code": "91150000MA00000028"}, "credit_code"
    )
    assert "同名单位" in words_of(session, "units", new | {"name": "某公司"}, "name")
    room = put(session, "workrooms", name="甲创新工作室")
    assert said(session, "workrooms", room) == {}
    twin = put(session, "workrooms", name="乙创新工作室")
    assert "同名的工作室" in words_of(session, "workrooms", twin | {"name": "甲创新工作室"}, "name")


def test_a_leader_of_two_workrooms_and_a_member_registered_twice(session):
    leader = put(session, "people", name="张三")["id"]
    first = put(session, "workrooms", name="甲创新工作室", leader_id=leader)
    second = put(session, "workrooms", name="乙创新工作室")
    assert "“甲创新工作室”的领衔人" in words_of(session, "workrooms", second | {"leader_id": leader}, "leader_id")
    assert said(session, "workrooms", first) == {}
    member = {"workroom_id": first["id"], "person_id": leader}
    kept = records.put_records(session, "members", member)[0]
    assert said(session, "members", kept) == {}
    assert "不要重复登记" in words_of(session, "members", {"id": "", **member}, "person_id")
    records.put_records(session, "members", {"id": kept["id"], "left_on": "2024-01-01"})
    assert said(session, "members", {"id": "", **member}) == {}


@pytest.mark.parametrize(
    ("noun", "field", "shift", "words"),
    [
        ("workrooms", "established_on", 1, "在今天之后"),
        ("workrooms", "named_on", 0, ""),
        ("outcomes", "date", 1, "在今天之后"),
        ("outcomes", "date", 0, ""),
        ("people", "birth_date", -16 * 366, ""),
        ("people", "birth_date", -16 * 365 + 30, "不满16周岁"),
        ("people", "birth_date", -102 * 365, "超过100岁"),
        ("people", "birth_date", 1, "在今天之后"),
    ],
)
def test_days_that_cannot_have_been_yet(session, noun, field, shift, words):
    record = {"id": "", "name": "甲", field: (date.today() + timedelta(shift)).isoformat()}
    told = words_of(session, noun, record, field)
    assert words in told if words else told == ""


def test_nouns_without_checks_say_nothing(session):
    assert not is_checked("documents")
    assert is_checked("people")
    assert is_checked("grants")
    assert live_remarks(session, "grants", {"id": "x", "received_on": "2026-02-01", "transferred_on": "2026-01-01"})
