"""The folder of regulations, those in force on a day, and the document made of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.errors import BadInput, BadRegulation
from desktop.paths import resource_folder
from desktop.rules.catalogue import in_force, known_facts, load_all
from desktop.rules.evaluator import judge
from desktop.rules.facts import check_facts
from desktop.rules.rule_table import markdown
from tests.rules.small_laws import HEAD, rule_text

FOLDER = resource_folder() / "regulations"
LAWS = load_all(FOLDER)
GOOD = '{ op = "attest", facts = ["venue_fixed"] }'


def write(folder: Path, name: str, regulation_id: str, effective: str = "2026-05-26", supersedes: str = "") -> None:
    head = HEAD.replace('id = "small"', f'id = "{regulation_id}"').replace("2026-05-26", effective)
    head = head.replace("supersedes = []", f"supersedes = [{supersedes}]")
    (folder / f"{name}.toml").write_text(head + rule_text(GOOD, rule_id=f"{regulation_id}-1"), encoding="utf-8")


def test_all_eight_are_there_and_nothing_else() -> None:
    assert set(LAWS) == {path.stem for path in FOLDER.glob("*-*.toml")}
    assert len(LAWS) == 8


def test_what_is_in_force_on_a_day() -> None:
    in_2026 = {law.id for law in in_force(LAWS, date(2026, 9, 1))}
    assert in_2026 == set(LAWS) - {"jy-2022"}
    assert {law.id for law in in_force(LAWS, date(2026, 5, 25))} == in_2026 - {"nm-2026-build", "nm-2026-fund"}
    assert {law.id for law in in_force(LAWS, date(2020, 3, 2))} == {"tl-2020"}
    assert in_force(LAWS, date(2020, 3, 1)) == []


def test_a_newer_regulation_replaces_the_older_from_its_day(tmp_path: Path) -> None:
    write(tmp_path, "old", "old", "2020-01-01")
    write(tmp_path, "new", "new", "2026-01-01", '"old"')
    laws = load_all(tmp_path)
    assert [law.id for law in in_force(laws, date(2025, 12, 31))] == ["old"]
    assert [law.id for law in in_force(laws, date(2026, 1, 1))] == ["new"]


def test_two_files_of_one_id_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "one", "same")
    write(tmp_path, "two", "same")
    with pytest.raises(BadRegulation, match="又用了一次"):
        load_all(tmp_path)


def test_a_new_region_is_a_new_file(tmp_path: Path) -> None:
    write(tmp_path, "new-region", "new-region")
    text = (tmp_path / "new-region.toml").read_text(encoding="utf-8")
    own = '\n[[fact]]\nname = "has_drone"\ntype = "bool"\nlabel = "有无人机"\n'
    check = '{ op = "attest", facts = ["has_drone"] }'
    (tmp_path / "new-region.toml").write_text(text + rule_text(check, rule_id="new-region-2") + own, encoding="utf-8")
    laws = load_all(tmp_path)
    assert "has_drone" in known_facts(laws.values()).facts
    law = laws["new-region"]
    assert judge(law, {"has_drone": True}).finding("new-region-2").status == "pass"
    assert judge(law, check_facts({"venue_fixed": True})).finding("new-region-2").missing == ("has_drone",)
    with pytest.raises(BadInput):
        judge(LAWS["tl-2020"], {"has_drone": True})


def test_the_document_of_rules_is_up_to_date() -> None:
    document = FOLDER.parent.parent / "docs" / "regulations.md"
    assert document.read_text(encoding="utf-8") == markdown(LAWS.values())


def test_the_document_names_every_rule_and_its_article() -> None:
    text = markdown(LAWS.values())
    for law in LAWS.values():
        assert law.title in text
        for rule in law.rules:
            assert f"`{rule.id}`" in text
        for workflow in law.workflows:
            assert f"**{workflow.title}**" in text
