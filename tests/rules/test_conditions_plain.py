"""Conditions on single facts, words, honours and rows: both sides of each boundary, none known, nothing said."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.errors import BadInput
from tests.rules.small_laws import find, status

TEAM = '{ op = "num", fact = "team_total_incl_leader", min = 5 }'
GRANT = '{ op = "num", fact = "grant_total_yuan", eq = 50000 }'
BETWEEN = '{ op = "num", fact = "grant_total_yuan", min = 20000, max = 30000 }'
TWO = '{ op = "attest", facts = ["venue_fixed", "venue_function_clear"] }'


@pytest.mark.parametrize(("value", "expected"), [(0, "fail"), (4, "fail"), (5, "pass"), (6, "pass"), (None, "fail")])
def test_a_lower_bound_includes_its_figure(value: int | None, expected: str) -> None:
    assert status(TEAM, {"team_total_incl_leader": value}) == expected


def test_a_fact_that_was_not_given_is_asked_for() -> None:
    finding = find(TEAM, {})
    assert (finding.status, finding.missing) == ("unknown", ("team_total_incl_leader",))
    assert finding.message == "待补：团队人数（含领衔人）。"


def test_a_shortage_is_said_with_number_and_unit() -> None:
    finding = find(TEAM, {"team_total_incl_leader": 4})
    assert (finding.actual, finding.required) == ("4人", "不少于5人")
    assert "团队人数（含领衔人）4人，还差1人：应不少于5人" in finding.message
    assert finding.cure == "增加1人即符合"


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (49999.99, "fail"),
        (50000, "pass"),
        ("50000", "pass"),
        ("50000.0", "pass"),
        ("50000.00", "pass"),
        (50000.0, "pass"),
        (50000.01, "fail"),
        ("50000.01", "fail"),
    ],
)
def test_money_is_the_same_in_every_spelling(amount: object, expected: str) -> None:
    assert status(GRANT, {"grant_total_yuan": amount}) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("19999.99", "fail"), (20000, "pass"), (25000, "pass"), (30000, "pass"), ("30000.01", "fail")],
)
def test_a_range_includes_both_ends(amount: object, expected: str) -> None:
    assert status(BETWEEN, {"grant_total_yuan": amount}) == expected


def test_a_cent_too_much_is_said_as_a_cent() -> None:
    finding = find(GRANT, {"grant_total_yuan": "50000.01"})
    assert (finding.actual, finding.required) == ("50,000.01元", "50,000.00元")
    assert "多出0.01元" in finding.message


@pytest.mark.parametrize(
    ("bound", "at", "beyond"),
    [
        ("gt = 50", "fail", "pass"),
        ("lt = 50", "fail", "fail"),
        ("max = 50", "pass", "fail"),
        ("min = 50", "pass", "pass"),
    ],
)
def test_open_and_closed_bounds(bound: str, at: str, beyond: str) -> None:
    check = f'{{ op = "num", fact = "frontline_share_pct", {bound} }}'
    assert status(check, {"frontline_share_pct": 50}) == at
    assert status(check, {"frontline_share_pct": 50.01}) == beyond


@pytest.mark.parametrize(
    ("value", "expected"), [(44, "warn"), (45, "pass"), (50, "pass"), (55, "pass"), (56, "warn"), (None, "warn")]
)
def test_about_fifty_has_a_band_that_is_only_a_setting(value: int | None, expected: str) -> None:
    check = '{ op = "approx", fact = "supported_workrooms_this_year", target = 50, tol = 5 }'
    finding = find(check, {"supported_workrooms_this_year": value}, 'tool_setting = ["tol"]', strength="ref")
    assert finding.status == expected
    assert "工具提示" in finding.hint


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (True, True, "pass"),
        (True, False, "fail"),
        (False, False, "fail"),
        (True, None, "fail"),
        (None, None, "fail"),
    ],
)
def test_everything_must_be_confirmed(first: bool | None, second: bool | None, expected: str) -> None:
    assert status(TWO, {"venue_fixed": first, "venue_function_clear": second}) == expected


def test_one_denial_decides_although_the_other_is_missing() -> None:
    assert status(TWO, {"venue_fixed": False}) == "fail"
    waiting = find(TWO, {"venue_fixed": True})
    assert (waiting.status, waiting.missing) == ("unknown", ("venue_function_clear",))


SIGNS = '{ op = "has", fact = "venue_signs", all = ["牌匾", "工作职责（上墙）"] }'


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        (["牌匾", "工作职责（上墙）"], "pass"),
        (["牌匾", "牌匾", "工作职责(上墙)", "别的"], "pass"),
        ([" 牌匾 ", "工作职责 （上墙）"], "pass"),
        (["牌匾"], "fail"),
        ([], "fail"),
        (None, "fail"),
    ],
)
def test_all_words_of_a_list(signs: list[str] | None, expected: str) -> None:
    assert status(SIGNS, {"venue_signs": signs}) == expected


def test_the_lacking_words_are_named() -> None:
    assert "缺1项：工作职责（上墙）" in find(SIGNS, {"venue_signs": ["牌匾"]}).message


@pytest.mark.parametrize(
    ("key", "words", "expected"),
    [
        ("any", ["甲", "丙"], "pass"),
        ("any", ["丙"], "fail"),
        ("any", None, "fail"),
        ("none", ["丙"], "pass"),
        ("none", ["甲"], "fail"),
        ("none", None, "pass"),
    ],
)
def test_some_or_none_of_the_words(key: str, words: list[str] | None, expected: str) -> None:
    assert status(f'{{ op = "has", fact = "tags", {key} = ["甲", "乙"] }}', {"tags": words}) == expected


@pytest.mark.parametrize(
    ("negate", "value", "expected"),
    [
        ("", "基层工会账户", "pass"),
        ("", "单位行政账户", "fail"),
        ("", None, "fail"),
        (", negate = true", "基层工会账户", "fail"),
        (", negate = true", "单位行政账户", "pass"),
        (", negate = true", None, "pass"),
    ],
)
def test_a_word_of_a_set(negate: str, value: str | None, expected: str) -> None:
    check = f'{{ op = "in", fact = "payee_account_type", set = ["基层工会账户"]{negate} }}'
    assert status(check, {"payee_account_type": value}) == expected


HOME = '[home]\ncontains = ["内蒙古"]\nbegins = ["自治区"]\n'
MODEL = (
    '{ op = "honour", fact = "leader_honours", any = [{ kind = ["劳动模范"], min_level = "省级", home = true },'
    ' { title = ["大国工匠"] }] }'
)


def honour(**fields: Any) -> dict[str, object]:
    return {"leader_honours": [fields]}


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ({"kind": "劳动模范", "level": "自治区级"}, "pass"),
        ({"kind": "劳动模范", "level": "省级"}, "pass"),
        ({"kind": "劳动模范", "level": "省部级"}, "pass"),
        ({"kind": "劳动模范", "level": "国家级"}, "pass"),
        ({"kind": "先进工作者", "level": "自治区级"}, "pass"),
        ({"kind": "劳模", "level": "全国"}, "pass"),
        ({"kind": "劳动模范", "level": "盟市级"}, "fail"),
        ({"kind": "劳动模范", "level": None}, "fail"),
        ({"kind": "五一劳动奖章", "level": "自治区级"}, "fail"),
        ({"kind": "劳动模范", "level": "自治区级", "status": "已撤销"}, "fail"),
        ({"kind": "劳动模范", "level": "自治区级", "status": "有效"}, "pass"),
        ({"kind": "劳动模范", "level": "自治区级", "status": None}, "pass"),
        ({"kind": "工匠", "level": "国家级", "title": "大国工匠"}, "pass"),
        ({"kind": "大国工匠", "level": "国家级"}, "pass"),
        ({"kind": "工匠", "level": "国家级", "title": "大国工匠提名"}, "fail"),
        ({"kind": "劳动模范", "level": "省级", "authority": "内蒙古自治区人民政府"}, "pass"),
        ({"kind": "劳动模范", "level": "省级", "authority": "中共内蒙古自治区委员会"}, "pass"),
        ({"kind": "劳动模范", "level": "自治区级", "authority": "自治区总工会"}, "pass"),
        ({"kind": "劳动模范", "level": "省级", "authority": "陕西省人民政府"}, "fail"),
        ({"kind": "劳动模范", "level": "自治区级", "authority": "广西壮族自治区人民政府"}, "fail"),
        ({"kind": "劳动模范", "level": "省部级", "authority": "水利部"}, "fail"),
        ({"kind": "劳动模范", "level": "国家级", "authority": "国务院"}, "pass"),
    ],
)
def test_honours_by_kind_rank_title_and_authority(held: dict[str, object], expected: str) -> None:
    assert status(MODEL, honour(**held), head=HOME) == expected


def test_one_fitting_honour_among_others_is_enough() -> None:
    held = [{"kind": "工匠", "level": "县级"}, {"kind": "劳动模范", "level": "自治区级"}, {"kind": "劳动模范"}]
    assert status(MODEL, {"leader_honours": held}, head=HOME) == "pass"


def test_no_honour_known_is_not_the_same_as_none_said() -> None:
    assert status(MODEL, {"leader_honours": []}) == "fail"
    assert status(MODEL, {"leader_honours": None}) == "fail"
    assert status(MODEL, {}) == "unknown"


def test_a_rank_that_was_not_given_or_nobody_knows_is_asked_for() -> None:
    assert find(MODEL, honour(kind="劳动模范")).missing == ("leader_honours[1].level",)
    odd = find(MODEL, honour(kind="劳动模范", level="火星级"))
    assert (odd.status, odd.missing) == ("unknown", ("leader_honours[1].level",))
    assert odd.message == "待补：领衔人荣誉第1行的级别。"


def test_any_other_honour_but_not_mere_skill() -> None:
    other = '{ op = "honour", fact = "leader_honours", any = [{ not_kind = ["高技能人才"] }] }'
    for kind, expected in (("三八红旗手", "pass"), ("技术能手", "pass"), ("高技能人才", "fail"), ("高级技师", "fail")):
        assert status(other, honour(kind=kind, level="市级")) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("甲室", "甲室", "pass"),
        (" 甲室", "甲室 ", "pass"),
        ("甲室", "乙室", "fail"),
        (3, "3", "pass"),
        (3, 3.0, "pass"),
        ("03", "3", "fail"),
        (None, None, "fail"),
        (None, "甲室", "fail"),
    ],
)
def test_two_facts_that_should_agree(a: object, b: object, expected: str) -> None:
    check = '{ op = "same", a = "fund_manager_workroom", b = "lead_workroom" }'
    assert status(check, {"fund_manager_workroom": a, "lead_workroom": b}) == expected


def test_money_agrees_as_text_and_number() -> None:
    check = '{ op = "same", a = "transferred_yuan", b = "received_yuan" }'
    assert status(check, {"transferred_yuan": "50000.00", "received_yuan": 50000}) == "pass"
    assert status(check, {"transferred_yuan": "49999.99", "received_yuan": 50000}) == "fail"
    assert find(check, {"received_yuan": 50000}).missing == ("transferred_yuan",)


RECEIPT = '{ op = "none", list = "payments", where = { field = "bank_receipt", eq = false } }'


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], "pass"),
        (None, "pass"),
        ([{"bank_receipt": True}], "pass"),
        ([{"bank_receipt": True}, {"bank_receipt": False}], "fail"),
        ([{"bank_receipt": None}], "fail"),
        ([{"name": "甲"}], "unknown"),
        ([{"name": "甲"}, {"bank_receipt": False}], "fail"),
    ],
)
def test_no_row_may_match_and_a_silent_row_is_asked(rows: object, expected: str) -> None:
    assert status(RECEIPT, {"payments": rows}) == expected


def test_the_silent_row_is_named() -> None:
    assert find(RECEIPT, {"payments": [{"bank_receipt": True}, {}]}).missing == ("payments[2].bank_receipt",)


FILTERS = [
    ('{ field = "level", min_level = "市级" }', {"level": "盟市级"}, True),
    ('{ field = "level", min_level = "市级" }', {"level": "县级"}, False),
    ('{ field = "level", min_level = "市级" }', {"level": None}, False),
    ('{ field = "level", in = ["市级", "省级"] }', {"level": "省级"}, True),
    ('{ field = "level", in = ["市级"] }', {"level": None}, False),
    ('{ field = "role", ne = "领衔人" }', {"role": "骨干成员"}, True),
    ('{ field = "role", ne = "领衔人" }', {"role": "领衔人"}, False),
    ('{ field = "role", ne = "领衔人" }', {"role": None}, True),
    ('{ field = "amount_yuan", min = 100 }', {"amount_yuan": "100.00"}, True),
    ('{ field = "amount_yuan", min = 100 }', {"amount_yuan": "99.99"}, False),
    ('{ field = "amount_yuan", eq = 0.01 }', {"amount_yuan": "0.01"}, True),
    ('{ field = "year", eq = 2026 }', {"year": 2026}, True),
    ('{ field = "form", eq = "国家专利" }', {}, False),
    ('{ all = [{ field = "form", eq = "奖励" }, { field = "level", min_level = "市级" }] }', {"form": "认定"}, False),
    (
        '{ any = [{ field = "form", eq = "国家专利" }, { field = "level", min_level = "县级" }] }',
        {"form": "国家专利"},
        True,
    ),
    ('{ field = "regulation", eq = "small" }', {"regulation": "small"}, True),
    ('{ field = "track", same_as = "track", if_absent = true }', {}, True),
    ('{ field = "track", same_as = "track", if_absent = true }', {"track": "联盟"}, False),
    ('{ field = "track", same_as = "track", if_absent = true }', {"track": "工作室"}, True),
    ('{ field = "track", same_as = "track" }', {"track": None}, False),
]


@pytest.mark.parametrize(("where", "row", "hit"), FILTERS)
def test_item_filters(where: str, row: dict[str, object], hit: bool) -> None:
    check = f'{{ op = "none", list = "prior_grants", where = {where} }}'
    assert status(check, {"prior_grants": [row], "track": "工作室"}) == ("fail" if hit else "pass")


@pytest.mark.parametrize(
    ("mode", "name", "expected"),
    [
        ("equals", "张三创新工作室", "pass"),
        ("equals", "张 三创新工作室", "pass"),
        ("equals", "张三创新工作室（一）", "fail"),
        ("equals", None, "fail"),
        ("contains", "某公司张三创新工作室联合体", "pass"),
        ("contains", "某公司创新工作室", "fail"),
    ],
)
def test_names_by_template(mode: str, name: str | None, expected: str) -> None:
    check = f'{{ op = "template", fact = "workroom_name", template = "{{leader_name}}创新工作室", mode = "{mode}" }}'
    assert status(check, {"workroom_name": name, "leader_name": "张三"}) == expected
    assert find(check, {"workroom_name": "张三创新工作室"}).missing == ("leader_name",)


def test_a_name_of_nobody_never_fits() -> None:
    check = '{ op = "template", fact = "workroom_name", template = "{leader_name}", mode = "contains" }'
    assert status(check, {"workroom_name": "某室", "leader_name": None}) == "fail"
    assert status(check, {"workroom_name": "某室", "leader_name": ""}) == "fail"
    assert "［领衔人姓名］" in find(check, {"workroom_name": None}).message


@pytest.mark.parametrize("value", ["5", 5.5, True, [5], {"n": 5}, -1, float("nan"), float("inf"), 10**13])
def test_a_count_of_the_wrong_type_is_refused(value: object) -> None:
    with pytest.raises(BadInput) as caught:
        find(TEAM, {"team_total_incl_leader": value})
    assert caught.value.where == "team_total_incl_leader"
