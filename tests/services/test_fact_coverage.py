"""Every fact of the dictionary is derived, attested by a person, or given with the record; and has its own type."""

import ast
from pathlib import Path

import pytest

from desktop.errors import BadInput
from desktop.rules.facts import check_facts, dictionary
from desktop.rules.reading import facts_read
from desktop.services.derived.fact import ABSENT, DERIVATIONS, EDITED_IN
from desktop.services.derived.tallies import TALLIED
from desktop.services.facts import DERIVED, GIVEN, plain, sheet_of
from desktop.services.regulation import catalogue
from tests.services.full_subject import whole_award, whole_workroom

LISTED = Path(__file__).parents[1] / "data" / "attested_facts.txt"
ATTESTED = frozenset(line for line in LISTED.read_text("utf-8").splitlines() if line and not line.startswith("#"))
BOOLEANS = {"county_workroom_exists": True, "award_round_held": True, "non_state_covered": True}


def answers() -> dict[str, object]:
    """What the register answers in the fullest case, for each derived fact."""
    found: dict[str, object] = {}
    for subject in (whole_award(), whole_workroom(grant=None), whole_workroom()):
        subject.counts.update({name: value for name, value in BOOLEANS.items() if subject.counts})
        for name, derive in DERIVATIONS.items():
            value = derive(subject)
            if value is not ABSENT:
                found[name] = plain(value)
    return found


def test_every_fact_is_derived_or_attested_or_given_and_only_one_of_them():
    known = frozenset(dictionary().facts)
    assert known - DERIVED - ATTESTED - GIVEN == set(), "neither derived nor attested nor given"
    assert (DERIVED | ATTESTED | GIVEN) - known == set(), "not in the dictionary"
    assert not DERIVED & ATTESTED
    assert not GIVEN & (DERIVED | ATTESTED)


def test_every_fact_that_a_rule_reads_is_known():
    read = {name for law in catalogue().values() for rule in law.rules for name in facts_read(rule)}
    assert read <= DERIVED | ATTESTED | GIVEN
    assert len(read & DERIVED) >= 130


def test_every_derivation_has_an_answer_for_full_records():
    assert set(DERIVED) - set(answers()) == set()


@pytest.mark.parametrize("name", sorted(DERIVED))
def test_a_derived_value_has_the_type_of_the_dictionary(name):
    value = answers()[name]
    assert check_facts({name: value}).get(name) is not None
    with pytest.raises(BadInput):
        check_facts({name: object()})


def test_every_attested_fact_can_be_asked():
    """A question in words, never a bare name."""
    silent = {name for name in ATTESTED if not dictionary().facts[name].question}
    assert silent == set()


def test_an_attested_fact_is_not_asked_where_the_register_has_it():
    sheet = sheet_of(whole_workroom())
    assert sheet.sources["in_alliance"].kind == "record"
    assert sheet.facts["unit_affiliation"] == "旗县"
    assert sheet.facts["recommender"] == "某公司工会"


def test_columns_that_answer_are_edited_where_they_stand():
    assert set(EDITED_IN) <= DERIVED
    assert not set(EDITED_IN) & TALLIED


def test_the_modules_of_derivations_are_all_loaded():
    folder = Path(__file__).parents[2] / "desktop" / "services"
    marked = {
        node.name
        for path in folder.glob("derived*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(mark, ast.Name) and mark.id == "derives" for mark in node.decorator_list)
    }
    assert marked <= DERIVED
