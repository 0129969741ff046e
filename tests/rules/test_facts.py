"""The fact dictionary and the checking of facts: names, types, rows, nothing guessed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.errors import BadInput, BadRegulation
from desktop.paths import resource_folder
from desktop.rules.catalogue import load_all
from desktop.rules.fact_types import FACT_TYPES
from desktop.rules.facts import ABSENT, ITEM_LABELS, check_facts, dictionary, fact, load_dictionary
from desktop.rules.reading import choices_of, facts_read
from desktop.rules.words import RANKS, common_words, fold

LAWS = load_all(resource_folder() / "regulations")


def test_every_fact_has_a_type_a_chinese_label_and_a_question_where_one_makes_sense() -> None:
    for entry in dictionary().facts.values():
        assert entry.type in FACT_TYPES
        assert re.search("[一-鿿]", entry.label), entry.name
        if entry.type in ("bool", "count", "number", "money", "date", "year", "str"):
            assert entry.question.endswith(("？", "?")), entry.name
        if entry.type in ("count", "money"):
            assert entry.unit, entry.name


def test_labels_are_not_used_twice_for_one_type() -> None:
    seen: dict[tuple[str, str], str] = {}
    for entry in dictionary().facts.values():
        twin = seen.setdefault((entry.label, entry.type), entry.name)
        assert twin == entry.name, (twin, entry.name)


def test_the_dictionary_knows_every_fact_the_regulations_read() -> None:
    for law in LAWS.values():
        for rule in law.rules:
            assert facts_read(rule), rule.id
            assert set(facts_read(rule)) <= set(dictionary().facts)
            assert set(choices_of(rule)) <= set(facts_read(rule))


def test_every_item_field_has_a_name() -> None:
    assert set(dictionary().item_fields) == set(ITEM_LABELS)


@pytest.mark.parametrize(
    ("name", "given", "parsed"),
    [
        ("grant_total_yuan", "50000.00", 5_000_000),
        ("grant_total_yuan", 50000, 5_000_000),
        ("grant_total_yuan", 50000.01, 5_000_001),
        ("grant_total_yuan", "0.1", 10),
        ("grant_total_yuan", " 7 ", 700),
        ("established_on", "2024-02-29", date(2024, 2, 29)),
        ("established_on", date(2024, 2, 29), date(2024, 2, 29)),
        ("leader_count", 1, 1),
        ("leader_count", 1.0, 1),
        ("venue_area_sqm", 24.9, Decimal("24.9")),
        ("assessment_year", 2026, 2026),
        ("venue_fixed", True, True),
        ("track", " 联盟 ", "联盟"),
        ("systems", ["甲", " 乙"], ("甲", "乙")),
        ("roster", ["甲", {"name": "乙", "role": "骨干成员"}], ({"name": "甲"}, {"name": "乙", "role": "骨干成员"})),
        ("holidays", ["2026-10-01"], (date(2026, 10, 1),)),
        ("assessor", "甲县总工会", "甲县总工会"),
        ("patentee_count", 3, Decimal(3)),
        ("projects", [{"year": 2024, "whatever": "kept"}], ({"year": 2024, "whatever": "kept"},)),
        ("projects", None, None),
    ],
)
def test_values_are_read_exactly(name: str, given: object, parsed: object) -> None:
    assert check_facts({name: given}).get(name) == parsed


@pytest.mark.parametrize(
    ("name", "given", "where"),
    [
        ("established_on", "2024-02-30", "established_on"),
        ("established_on", "2024-2-3", "established_on"),
        ("established_on", "20240203", "established_on"),
        ("established_on", "2024-W05-1", "established_on"),
        ("established_on", 20240203, "established_on"),
        ("established_on", "昨天", "established_on"),
        ("venue_fixed", "是", "venue_fixed"),
        ("venue_fixed", 1, "venue_fixed"),
        ("leader_count", "1", "leader_count"),
        ("leader_count", True, "leader_count"),
        ("leader_count", -1, "leader_count"),
        ("venue_area_sqm", "25", "venue_area_sqm"),
        ("assessment_year", 26, "assessment_year"),
        ("assessment_year", "2026", "assessment_year"),
        ("track", 5, "track"),
        ("systems", "甲", "systems"),
        ("systems", ["甲", 5], "systems[2]"),
        ("systems", {"甲": 1}, "systems"),
        ("holidays", ["2026-13-01"], "holidays[1]"),
        ("results", [{"date": "2024-02-30"}], "results[1].date"),
        ("results", [{"date": "2024-02-01"}, {"level": 3}], "results[2].level"),
        ("projects", [{"year": "2024"}], "projects[1].year"),
        ("projects", ["课题"], "projects[1]"),
        ("prior_grants", [{"same_year": "是"}], "prior_grants[1].same_year"),
        ("leader_honours", [{"kind": 5}], "leader_honours[1].kind"),
        ("leader_honours", "劳模", "leader_honours"),
        ("steps_done", [{"step": "公示", "date": "7月1日"}], "steps_done[1].date"),
        ("rewards", [{"name": "甲", "amuont_yuan": 5}], "rewards[1].amuont_yuan"),
        ("roster", [5], "roster[1]"),
        ("grant_total_yuan", "5万", "grant_total_yuan"),
        ("grant_total_yuan", "５００００", "grant_total_yuan"),
        ("grant_total_yuan", 10**15, "grant_total_yuan"),
        ("grant_total_yuan", [50000], "grant_total_yuan"),
    ],
)
def test_wrong_values_are_refused_naming_their_place(name: str, given: object, where: str) -> None:
    with pytest.raises(BadInput) as caught:
        check_facts({name: given})
    assert caught.value.where == where
    assert re.search("[一-鿿]", caught.value.message)
    assert len(caught.value.message) < 200


def test_an_unknown_fact_is_refused_and_the_likely_one_named() -> None:
    with pytest.raises(BadInput, match="team_total_incl_leader") as caught:
        check_facts({"team_total_incl_leadr": 5})
    assert caught.value.where == "team_total_incl_leadr"
    with pytest.raises(BadInput, match="事实词典"):
        check_facts({"zzz": 5})
    with pytest.raises(BadInput):
        check_facts({5: 5})  # type: ignore[dict-item]
    with pytest.raises(BadInput):
        check_facts([("leader_count", 5)])  # type: ignore[arg-type]


def test_null_and_absent_differ() -> None:
    facts = check_facts({"named_on": None})
    assert facts.get("named_on") is None
    assert facts.get("plaque_on") is ABSENT
    assert facts.given() == ("named_on",)
    assert check_facts(facts) is facts
    assert facts.raw == {"named_on": None}


def test_assumed_values_never_replace_given_ones() -> None:
    facts = check_facts({"reference_date": "2026-01-01", "plaque_on": None})
    more = facts.assuming(reference_date=date(2030, 1, 1), plaque_on=date(2031, 1, 1), named_on=None)
    assert more.get("reference_date") == date(2026, 1, 1)
    assert more.get("plaque_on") == date(2031, 1, 1)
    assert more.get("named_on") is ABSENT


def test_a_list_without_end_is_refused() -> None:
    with pytest.raises(BadInput, match="太多"):
        check_facts({"systems": ["甲"] * 20_001})


def test_one_fact_by_name() -> None:
    assert fact("venue_area_sqm").unit == "平方米"
    with pytest.raises(BadInput):
        fact("venue_area")


@pytest.mark.parametrize(
    "text",
    [
        '[item_field]\nyear = "years"\n[fact.a]\ntype = "bool"\nlabel = "甲"\n',
        '[item_field]\n[fact.a]\ntype = "boolean"\nlabel = "甲"\n',
        '[item_field]\n[fact.a]\ntype = "bool"\n',
        '[item_field]\n[fact.a]\ntype = "bool"\nlabel = "甲"\nhelp = "x"\n',
        "[item_field]\n",
    ],
)
def test_a_broken_dictionary_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "facts.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadRegulation):
        load_dictionary(path)


def test_everyday_words_lead_to_the_common_ones() -> None:
    words = common_words()
    assert [words.rank(level, {}) for level in ("单位级", "旗县级", "盟市级", "自治区级", "全国")] == [1, 2, 3, 4, 5]
    assert words.rank("盟市级", {"盟市级": "县级"}) == RANKS["县级"]
    assert words.rank("火星级", {}) is None
    assert words.honour("先进工作者") == words.honour("劳模") == "劳动模范"
    assert words.honour("三八红旗手") == "三八红旗手"
    assert {"食宿", "餐费"} <= set(words.category("误餐费"))
    assert words.category("量子计算") == ("量子计算",)
    assert words.role("骨干") == "骨干成员"
    assert fold("资金（经费） 使用") == fold("资金(经费)使用")


def test_every_word_of_rank_in_the_regulations_is_known() -> None:
    for law in LAWS.values():
        own = {fold(word): common for word, common in law.levels.items()}
        for word, common in law.levels.items():
            assert common_words().rank(word, own) == RANKS[common]
