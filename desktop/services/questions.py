"""The wizard's pages: what each condition asks, what the register already answers, and where to fill in the rest."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.rules.facts import fact
from desktop.rules.reading import choices_of, facts_read
from desktop.rules.regulation import Criterion, Regulation, Rule
from desktop.services.facts import FactSheet, Source

INPUT_TYPES = {
    "bool": "bool",
    "count": "number",
    "number": "number",
    "year": "number",
    "money": "money",
    "date": "date",
    "str": "text",
    "str|number": "text",
    "list<str>": "list",
}
# Facts that come with the application itself and are never asked.
GIVEN = frozenset({"reference_date", "regulation_effective_on", "holidays", "extra_workdays"})


@dataclass(frozen=True)
class FactInput:
    """One field of a page: what is asked, how it is entered, its value and where that came from.

    `source` is record (edited in `record`), derived (built from the register, shown only), attested or missing.
    """

    fact: str
    label: str
    type: str
    value: Any = None
    source: str = "missing"
    choices: tuple[str, ...] = ()
    unit: str = ""
    record: tuple[str, str, str] | None = None
    attested_by: str = ""
    attested_on: date | None = None
    hint: str = ""
    described: str = ""


@dataclass(frozen=True)
class CriterionPage:
    """One condition (“有”) with its rules and fields."""

    id: str
    title: str
    article: str
    rules: tuple[str, ...]
    inputs: tuple[FactInput, ...]


def pages_of(law: Regulation, stage: str, sheet: FactSheet) -> list[CriterionPage]:
    """Return the pages of a stage in the regulation's order; rules on no page come last as 其他条件."""
    kind = {str(sheet.facts.get(name)) for name in ("award_kind", "application_level", "track")}
    criteria = [c for c in law.pages(stage) if not c.tracks or kind & set(c.tracks)]
    placed = {rule for criterion in law.pages(stage) for rule in criterion.rules}
    rest = tuple(rule.id for rule in law.rules if stage in rule.stage and rule.id not in placed)
    if rest:
        criteria.append(Criterion(id=f"{law.id}-rest", stage=stage, title="其他条件", article="", rules=rest))
    return [_page(law, criterion, sheet) for criterion in criteria]


def _page(law: Regulation, criterion: Criterion, sheet: FactSheet) -> CriterionPage:
    rules = [law.rule(rule_id) for rule_id in criterion.rules]
    choices: dict[str, tuple[str, ...]] = {}
    for rule in rules:
        choices |= choices_of(rule)
    asked = dict.fromkeys(name for rule in rules for name in facts_read(rule) if name not in GIVEN)
    inputs = tuple(_input(name, choices.get(name, ()), sheet) for name in asked)
    return CriterionPage(criterion.id, criterion.title, criterion.article, criterion.rules, inputs)


def _input(name: str, choices: tuple[str, ...], sheet: FactSheet) -> FactInput:
    entry, source = fact(name), sheet.sources.get(name)
    value = sheet.facts.get(name)
    return FactInput(
        fact=name,
        label=entry.label,
        type=INPUT_TYPES.get(entry.type, "items"),
        value=value,
        source=_source_word(source, name in sheet.facts),
        choices=choices or entry.choices,
        unit=entry.unit,
        record=(source.noun, source.record_id, source.field) if source and source.kind == "record" else None,
        attested_by=source.by if source else "",
        attested_on=source.on if source else None,
        hint=entry.question,
        described=_described(value, entry.unit) if source and source.kind == "record" and not source.field else "",
    )


def _source_word(source: Source | None, known: bool) -> str:
    if source is None:
        return "missing"
    if source.kind == "record":
        return "record" if source.field else "derived"
    return "attested" if known else "missing"


def _described(value: Any, unit: str) -> str:
    if isinstance(value, bool):
        return "台账：" + ("是" if value else "否")
    if isinstance(value, list):
        return f"台账：{len(value)}项"
    return "" if value is None else f"台账：{value}{unit}"


def rules_reading(law: Regulation, stage: str, name: str) -> list[Rule]:
    """Return the rules of a stage that read a fact, so that a field can name what it decides."""
    return [rule for rule in law.rules if stage in rule.stage and name in facts_read(rule)]
