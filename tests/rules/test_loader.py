"""Regulation files that break the format: each gives one clear error that names file, place and key."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from desktop.errors import BadRegulation
from desktop.paths import resource_folder
from desktop.rules.checks import OPS
from desktop.rules.loader import load, load_text
from desktop.rules.predicates import PREDICATES
from tests.rules.small_laws import HEAD, law, rule_text

FOLDER = resource_folder() / "regulations"
FUND = FOLDER / "nm-2026-fund.toml"
GOOD = '{ op = "attest", facts = ["venue_fixed"] }'


def refused(text: str, name: str = "某办法.toml") -> BadRegulation:
    with pytest.raises(BadRegulation) as caught:
        load_text(text, name)
    error = caught.value
    assert name in error.message
    assert name in error.where
    assert "\n" not in error.message
    assert "Traceback" not in error.message
    assert re.search("[一-鿿]", error.message)
    return error


def test_the_31_conditions_are_closed_and_each_is_evaluated() -> None:
    assert len(OPS) == 31
    assert set(OPS.values()) == set(PREDICATES)


def test_the_bundled_files_load() -> None:
    for path in sorted(FOLDER.glob("*-*.toml")):
        assert load(path).id == path.stem


BROKEN_CHECKS = [
    ('{ op = "magic", facts = ["venue_fixed"] }', "op", "没有“magic”这种判断方式"),
    ('{ facts = ["venue_fixed"] }', "op", "缺少必需的键“op”"),
    ('{ op = "attest" }', "facts", "缺少必需的键“facts”"),
    ('{ op = "attest", facts = [] }', "facts", "不能是空的一组"),
    ('{ op = "attest", facts = "venue_fixed" }', "facts", "应是一组文字"),
    ('{ op = "attest", facts = ["venue_fixed", "venue_fixed"] }', "facts", "重复"),
    ('{ op = "attest", facts = ["venue_fxied"] }', "facts", "事实词典里没有“venue_fxied”"),
    ('{ op = "attest", facts = ["leader_count"] }', "facts", "类型是 count"),
    ('{ op = "attest", facts = ["venue_fixed"], weight = 2 }', "weight", "有不认识的键“weight”"),
    ('{ op = "num", fact = "leader_count" }', "check", "至少要有 min"),
    ('{ op = "num", fact = "leader_count", min = "5" }', "min", "应是一个数"),
    ('{ op = "num", fact = "leader_count", min = true }', "min", "应是一个数"),
    ('{ op = "num", fact = "leader_count", min = nan }', "min", "不是实数"),
    ('{ op = "num", fact = "leader_count", max = inf }', "max", "不是实数"),
    ('{ op = "num", fact = "leader_count", min = 0.001 }', "min", "小数超过两位"),
    ('{ op = "num", fact = "leader_count", min = 99999999999999999999 }', "min", "太大"),
    ('{ op = "num", fact = "leader_count", min = 6, max = 5 }', "min", "大于 max"),
    ('{ op = "num", fact = "workroom_name", min = 1 }', "fact", "类型是 str"),
    ('{ op = "approx", fact = "leader_count", target = 5, tol = -1 }', "tol", "不能为负"),
    ('{ op = "has", fact = "tags" }', "check", "至少要有 all"),
    ('{ op = "has", fact = "tags", any = [1, 2] }', "any", "应是一组文字"),
    ('{ op = "in", fact = "track", set = ["甲"], negate = "yes" }', "negate", "true 或 false"),
    ('{ op = "honour", fact = "leader_honours", any = [] }', "any", "应是一组表"),
    ('{ op = "honour", fact = "leader_honours", any = [{ min_level = "省级" }] }', "any", "至少写明 kind"),
    (
        '{ op = "honour", fact = "leader_honours", any = [{ kind = ["工匠"], min_level = "盟市级" }] }',
        "min_level",
        "不在允许",
    ),
    ('{ op = "honour", fact = "leader_honours", any = [{ kind = ["工匠"], level = "省级" }] }', "level", "不认识的键"),
    ('{ op = "span", from = "established_on", to = "reference_date" }', "check", "要写明 years 或 months"),
    ('{ op = "span", from = "established_on", to = "reference_date", years = 1.5 }', "years", "应是整数"),
    ('{ op = "span", from = "established_on", to = "reference_date", years = -1 }', "years", "不能小于0"),
    ('{ op = "recent", list = "results", date = "date", to = "reference_date", years = 2 }', "min", "缺少必需"),
    (
        '{ op = "yearly", list = "results", from = "established_on", to = "reference_date", lookback = 2, min = 1 }',
        "check",
        "year 或 date",
    ),
    ('{ op = "cycle", fact = "naming_year", base = 2012, every = 0 }', "every", "不能小于1"),
    ('{ op = "not_after", fact = "plaque_on" }', "check", "not_after 要写 limit"),
    ('{ op = "not_after", fact = "plaque_on", year = "report_year", month_day = "13-01" }', "month_day", "月日"),
    ('{ op = "not_after", fact = "plaque_on", year = "report_year" }', "check", "not_after 要写 limit"),
    ('{ op = "period_days", start = "plaque_on", end = "named_on", min = 5, unit = "weeks" }', "unit", "不在允许"),
    ('{ op = "steps", fact = "steps_done", order = "公示" }', "order", "应是一组文字"),
    ('{ op = "capacity", base = "grant_total_yuan", min_pct = 60, caps = {} }', "caps", "上限表不能为空"),
    (
        '{ op = "capacity", base = "grant_total_yuan", min_pct = 60, caps = { leader_count = -1 } }',
        "caps",
        "不能有负数",
    ),
    ('{ op = "capacity", base = "grant_total_yuan", min_pct = 60, caps = { heads = 1 } }', "heads", "事实词典里没有"),
    (
        '{ op = "role_cap", list = "rewards", amount = "amount_yuan", for_role = "甲", cap = 1, precedence = ["乙"] }',
        "for_role",
        "不在 precedence",
    ),
    ('{ op = "uses", list = "expenses", mode = "forbidden", set = ["接待费"] }', "mode", "不在允许"),
    ('{ op = "none", list = "payments", where = { field = "bank_receipt" } }', "where", "之一"),
    ('{ op = "none", list = "payments", where = { eq = true } }', "field", "要写 field"),
    ('{ op = "none", list = "payments", where = { field = "x", eq = true, ne = false } }', "where", "只写明"),
    ('{ op = "none", list = "payments", where = { all = [] } }', "all", "应是一组表"),
    (
        '{ op = "none", list = "payments", where = { field = "x", all = [{ field = "y", eq = 1 }] } }',
        "field",
        "不写 field",
    ),
    ('{ op = "template", fact = "workroom_name", template = "{leader_nmae}室" }', "template", "不是文字类的事实"),
    ('{ op = "template", fact = "workroom_name", template = "{leader_name室" }', "template", "花括号"),
    ('{ op = "rules_hold", ids = ["small-9"] }', "ids", "没有规则“small-9”"),
    ('{ op = "rules_hold", ids = ["small-1"] }', "ids", "绕成了圈"),
    ('{ op = "all", of = [] }', "of", "应是一组表"),
    ('{ op = "not", of = [{ op = "attest", facts = ["venue_fixed"] }] }', "of", "应是一张表"),
    (
        '{ op = "tiers", of = [{ result = "pass", check = { op = "attest", facts = ["venue_fixed"] } }] }',
        "else",
        "缺少必需",
    ),
    ('{ op = "tiers", else = "fail", of = [{ result = "good", check = { op = "magic" } }] }', "result", "不在允许"),
    ('{ op = "same", a = "lead_workroom", b = 5 }', "b", "应是一段文字"),
    ('"num"', "check", "应是一张表"),
]


@pytest.mark.parametrize(("check", "key", "said"), BROKEN_CHECKS)
def test_a_broken_check_is_refused_naming_rule_and_key(check: str, key: str, said: str) -> None:
    error = refused(HEAD + rule_text(check))
    assert said in error.message
    assert "small-1" in error.where
    assert key in error.where
    assert re.search("第[0-9]+行", error.where)


BROKEN_RULES = [
    ('polarity = "reverse"', "polarity", "不在允许"),
    ('derived = "yes"', "derived", "true 或 false"),
    ("weight = 3", "weight", "不认识的键"),
    ('tool_setting = ["tol"]', "tool_setting", "不是判断条件的参数"),
    ('hint_at = ["考核"]', "hint_at", "不在 stage 之内"),
    ('when = [{ fact = "track" }]', "when", "只写明"),
    ('when = [{ fact = "track", is = "甲", in = ["乙"] }]', "when", "只写明"),
    ('when = [{ fact = "trakc", is = "甲" }]', "fact", "事实词典里没有"),
    ('when = [{ fact = "track", is = true }]', "is", "不符"),
    ('when = [{ fact = "track", after = "2026-01-01" }]', "after", "不是日期"),
    ('when = [{ fact = "plaque_on", after = "2026-02-30" }]', "after", "没有“2026-02-30”这一天"),
    ('when = [{ fact = "plaque_on", after = "2026/02/01" }]', "after", "日期应写成"),
    ('when = { fact = "track", is = "甲" }', "when", "应是一组表"),
    ('unless = [{ check = { op = "magic" } }]', "op", "没有“magic”"),
    ('unless = [{ fact = "track", is = "甲", note = 5 }]', "note", "应是一段文字"),
    ('options = [{ key = "一" }]', "text", "缺少必需"),
    ("pinpoint = 5", "pinpoint", "应是一段文字"),
]


@pytest.mark.parametrize(("line", "key", "said"), BROKEN_RULES)
def test_a_broken_rule_is_refused_naming_the_key(line: str, key: str, said: str) -> None:
    error = refused(HEAD + rule_text(GOOD, line))
    assert said in error.message
    assert key in error.where


FLOW = """
[[workflow]]
id = "w"
title = "流程"
initial = "甲"
states = ["甲", "乙"]
transition = [{ from = "甲", to = "乙", actor = "人", paper = "", limit = "", cite = "第一条" }]
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('initial = "甲"', 'initial = "丙"', "起始状态“丙”"),
        ('to = "乙"', 'to = "丁"', "状态“丁”"),
        ('cite = "第一条"', 'cite = ""', "要写明 cite"),
        ('cite = "第一条"', 'cite = "第一条", source = "convention"', "不得引用条文"),
        ('cite = "第一条"', 'cite = "第一条", source = "rumour"', "不在允许"),
        ('cite = "第一条"', 'cite = "第一条", requires = ["small-7"]', "没有规则“small-7”"),
        ('cite = "第一条"', 'cite = "第一条", ensures = ["small-7"]', "没有规则“small-7”"),
        ('cite = "第一条"', 'cite = "第一条", opened_by = ["small-1"]', "不是退出事由"),
        ('cite = "第一条"', 'cite = "第一条", after = ["丙"]', "状态“丙”"),
        ('cite = "第一条"', 'cite = "第一条", requires = ["small-1"], ensures = ["small-1"]', "既是前提又是结果"),
        ('cite = "第一条"', 'cite = "第一条", gate = true', "不认识的键"),
        ('actor = "人", ', "", "缺少必需的键“actor”"),
        ('states = ["甲", "乙"]', 'states = ["甲", "甲"]', "重复"),
        ('title = "流程"', 'title = "流程"\nnoun = "things"', "不在允许"),
        (
            "transition = [",
            'transition = [{ from = "甲", to = "乙", actor = "人", paper = "", limit = "", cite = "x" }, ',
            "写了两次",
        ),
        ("[[workflow]]", '[[workflow]]\nid = "v"\n[[workflow]]', "缺少必需"),
    ],
)
def test_a_broken_workflow_is_refused(old: str, new: str, said: str) -> None:
    load_text(HEAD + rule_text(GOOD) + FLOW)
    assert said in refused(HEAD + rule_text(GOOD) + FLOW.replace(old, new, 1)).message


def test_grounds_open_and_never_gate() -> None:
    ground = rule_text(GOOD, 'polarity = "ground"')
    load_text(HEAD + ground + FLOW.replace('cite = "第一条"', 'cite = "第一条", opened_by = ["small-1"]'))
    error = refused(HEAD + ground + FLOW.replace('cite = "第一条"', 'cite = "第一条", requires = ["small-1"]'))
    assert "不能作为前提或结果" in error.message


PAGE = '\n[[criterion]]\nid = "p"\nstage = "申报"\ntitle = "页"\narticle = "第一条"\nrules = ["small-1"]\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PAGE.replace("small-1", "small-3"), "没有规则“small-3”"),
        (PAGE.replace('"申报"', '"考核"'), "不在“考核”阶段判断"),
        (PAGE + PAGE, "出现了两次"),
        (PAGE + PAGE.replace('"p"', '"q"'), "放进了两页"),
        (PAGE + "order = 3\n", "不认识的键"),
        (rule_text(GOOD), "出现了两次"),
        ('\n[[grant]]\ntrack = "甲"\ncite = "x"\n', "要写 amount_yuan"),
        ('\n[[grant]]\ntrack = "甲"\ncite = "x"\namount_yuan = 1\namount_min_yuan = 1\n', "要写 amount_yuan"),
        ('\n[[grant]]\ntrack = "甲"\ncite = "x"\namount_yuan = -1\n', "不能为负"),
        ('\n[[grant]]\ntrack = "甲"\ncite = "x"\namount_yuan = 0.005\n', "小数超过两位"),
        ('\n[[reward_role]]\nname = "甲"\ncap_yuan = 1\nsoft = 1\ncite = "x"\n', "true 或 false"),
        (
            '\n[[reward_role]]\nname = "甲"\ncap_yuan = 1\nsoft = true\ncite = "x"\ncount_fact = "heads"\n',
            "没有名为“heads”的人数",
        ),
        ('\n[[ledger_entry]]\nwho = "甲"\nwhen = "乙"\naccount = ""\ncite = "x"\n', "不能为空"),
        (
            '\n[[paper]]\nname = "甲"\nissuer = "乙"\naddressee = ""\ncite = "x"\nsource = "x"\nfields = []\n',
            "不在允许",
        ),
        ('\n[[fact]]\nname = "venue_fixed"\ntype = "bool"\nlabel = "甲"\n', "已经有这个事实"),
        ('\n[[fact]]\nname = "新"\ntype = "flag"\nlabel = "甲"\n', "不在允许"),
        ('\n[[fact]]\nname = "a b"\ntype = "bool"\nlabel = "甲"\n', "只能用英文字母"),
        ("\n[settings]\nx = 1\n", "不认识的键“settings”"),
        ('\n[levels]\n"盟市级" = "市级"\n', "重复写了两次"),
        ("\nrule = 5\n", "不认识的键“rule”"),
        ("\n[actors]\nunit = 5\n", "应是一段文字"),
        ('\n[home]\nowner = "x"\n', "不认识的键"),
        ("\n[[rule]]\n", "缺少必需"),
        ("\nx = ", "TOML"),
        ("\nx = " + "1" * 5000 + "\n", "太长"),
        ("\nx = " + "[" * 3000, "嵌套过深"),
    ],
)
def test_broken_tables_are_refused(text: str, said: str) -> None:
    assert said in refused(HEAD + rule_text(GOOD) + text).message


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "small"\n', "", "缺少必需的键“id”"),
        ('id = "small"', "id = 5", "应是一段文字"),
        ('issued_on = "2026-05-26"', 'issued_on = "2026-5-26"', "日期应写成"),
        ('issued_on = "2026-05-26"', "issued_on = 2026-05-26", "应是一段文字"),
        ('objects = ["工作室"]', "objects = []", "不能是空的一组"),
        ("supersedes = []", 'supersedes = ["a", 1]', "应是一组文字"),
        ('"盟市级" = "市级"', '"盟市级" = "厅级"', "不在允许"),
        ("[regulation]", "[regulations]", "缺少必需的键“regulation”"),
        ('region = "某地"', 'region = "某地"\ncolour = "红"', "不认识的键“colour”"),
    ],
)
def test_a_broken_head_is_refused(old: str, new: str, said: str) -> None:
    assert said in refused(HEAD.replace(old, new, 1) + rule_text(GOOD)).message


def test_a_date_not_known_may_be_left_empty() -> None:
    assert load_text(HEAD.replace("2026-05-26", "") + rule_text(GOOD)).effective_on is None


def test_a_regulation_may_bring_facts_of_its_own() -> None:
    text = HEAD + rule_text('{ op = "attest", facts = ["solar_roof"] }')
    assert "事实词典里没有" in refused(text).message
    regulation = load_text(text + '\n[[fact]]\nname = "solar_roof"\ntype = "bool"\nlabel = "有光伏屋顶"\n')
    assert regulation.own_facts[0].label == "有光伏屋顶"


def test_circles_over_several_rules_are_found() -> None:
    first = rule_text('{ op = "rules_hold", ids = ["small-2"] }')
    second = rule_text('{ op = "not", of = { op = "rules_hold", ids = ["small-1"] } }', rule_id="small-2")
    assert "small-1 → small-2 → small-1" in refused(HEAD + first + second).message


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    missing, latin, empty = (tmp_path / name for name in ("missing.toml", "latin.toml", "empty.toml"))
    latin.write_bytes("# 办法".encode("gb18030"))
    empty.write_bytes(b"")
    for path, said in ((missing, "读不到"), (latin, "不是 UTF-8"), (empty, "缺少必需"), (tmp_path, "读不到")):
        with pytest.raises(BadRegulation, match=said):
            load(path)
    marked = tmp_path / "bom.toml"
    marked.write_bytes(b"\xef\xbb\xbf" + (HEAD + rule_text(GOOD)).encode())
    assert load(marked).id == "small"


def test_a_small_law_is_whole() -> None:
    small = law(GOOD)
    assert small.rule("small-1").stage == ("申报",)
    with pytest.raises(KeyError):
        small.rule("small-2")
    with pytest.raises(KeyError):
        small.workflow("w")


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key)
            yield from _places(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            if isinstance(inner, dict):
                yield from _places(inner, (*path, number))


def _misspell(table: Any, key: Any) -> None:
    table[f"{key}_"] = table.pop(key)


def _retype(table: Any, key: Any) -> None:
    table[key] = 10**15 if isinstance(table[key], (str, bool, list, dict)) else {"x": "y"}


def _extra(table: Any, key: Any) -> None:
    table["unheard_of"] = "x"


MUTATIONS: list[Callable[[Any, Any], None]] = [_misspell, _retype, _extra]
# Tables whose keys are free words: a new or changed key there is no error.
FREE = {"levels", "actors", "caps"}


@pytest.mark.parametrize("name", ["nm-2026-build", "nm-2026-fund", "wx-2021-model", "jy-2022"])
def test_two_hundred_spoilt_files_are_each_refused_with_one_sentence(name: str) -> None:
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    chance = random.Random(name)
    places = [path for path in _places(tomllib.loads(text)) if not FREE & set(map(str, path[:-1]))]
    whole = tomllib.loads(text)
    for path in chance.sample(places, 17):
        for mutate in MUTATIONS:
            data = deepcopy(whole)
            table: Any = data
            for step in path[:-1]:
                table = table[step]
            mutate(table, path[-1])
            error = refused(tomli_w.dumps(data), f"{name}.toml")
            assert len(error.message) < 400, (path, error.message)
