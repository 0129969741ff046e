"""The wizard's pages: what each condition asks, what the register already answers, and where to fill in the rest."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from desktop.rules.fact_types import Fact
from desktop.rules.facts import Dictionary, dictionary
from desktop.rules.reading import choices_of, facts_read
from desktop.rules.regulation import Criterion, Regulation
from desktop.services.facts import GIVEN, FactSheet, Source

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
# What an application is for, where a regulation knows several: it decides which pages there are.
KINDS = ("application_level", "award_kind")


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


def pages_of(law: Regulation, stage: str, sheet: FactSheet, leaving: Collection[str] = ()) -> list[CriterionPage]:
    """Return the pages of a stage in the regulation's order; rules on no page come last as 其他条件.

    Pages for another kind of application than the one chosen are left out; until one is chosen all are shown. So are
    the rules of `leaving`, and a page of such rules alone.
    """
    every = [left for page in law.pages(stage) if (left := _without(page, leaving)).rules]
    criteria = [page for page in every if _wanted(law, page, sheet)]
    placed = {rule for criterion in every for rule in criterion.rules}
    rest = tuple(rule.id for rule in law.rules if stage in rule.stage and rule.id not in {*placed, *leaving})
    if rest:
        criteria.append(Criterion(id=f"{law.id}-rest", stage=stage, title="其他条件", article="", rules=rest))
    words = dictionary().with_facts(law.own_facts)
    return [_page(law, criterion, sheet, words) for criterion in criteria]


def _without(page: Criterion, leaving: Collection[str]) -> Criterion:
    kept = tuple(rule for rule in page.rules if rule not in leaving)
    return page if kept == page.rules else replace(page, rules=kept)


def _wanted(law: Regulation, page: Criterion, sheet: FactSheet) -> bool:
    chosen = {str(sheet.facts[name]) for name in KINDS if sheet.facts.get(name)}
    # Only rules that do not apply to the kind chosen may go out of sight.
    guarded = all(any(guard.fact in KINDS for guard in law.rule(name).when) for name in page.rules)
    return not page.tracks or not chosen or bool(chosen & set(page.tracks)) or not guarded


def kinds_of(law: Regulation) -> tuple[str, ...]:
    """Return the kinds of application that a regulation tells apart (市级, 示范性, 十佳金点子 …), in its order.

    Words that the rules never tell apart (旗县级, 县级) are one kind, called by the first of them.
    """
    guards = [guard for rule in law.rules for guard in (*rule.when, *rule.unless) if guard.fact in KINDS]
    named: dict[str, list[int]] = {}
    for place, guard in enumerate(guards):
        for word in guard.in_ or ((guard.is_,) if guard.is_ else ()):
            named.setdefault(str(word), []).append(place)
    first = {tuple(places): word for word, places in reversed(named.items())}
    return tuple(word for word, places in named.items() if first[tuple(places)] == word)


def _page(law: Regulation, criterion: Criterion, sheet: FactSheet, words: Dictionary) -> CriterionPage:
    inputs = inputs_of(law, criterion.rules, sheet, words)
    return CriterionPage(criterion.id, criterion.title, criterion.article, criterion.rules, inputs)


def inputs_of(
    law: Regulation, rule_ids: Iterable[str], sheet: FactSheet, words: Dictionary | None = None
) -> tuple[FactInput, ...]:
    """Return what rules ask, in the order in which they read it, with what is known of it."""
    known = words or dictionary().with_facts(law.own_facts)
    rules = [law.rule(rule_id) for rule_id in rule_ids]
    choices: dict[str, tuple[str, ...]] = {}
    for rule in rules:
        for name, named in choices_of(rule).items():
            choices[name] = tuple(dict.fromkeys((*choices.get(name, ()), *named)))
    choices |= dict.fromkeys(KINDS, kinds_of(law))
    asked = dict.fromkeys(name for rule in rules for name in facts_read(rule) if name not in GIVEN)
    return tuple(_input(known.facts[name], choices.get(name, ()), sheet) for name in asked)


def _input(entry: Fact, choices: tuple[str, ...], sheet: FactSheet) -> FactInput:
    name, source = entry.name, sheet.sources.get(entry.name)
    value = sheet.facts.get(name)
    return FactInput(
        fact=name,
        label=entry.label,
        type=INPUT_TYPES.get(entry.type, "items"),
        value=value,
        source=_source_word(source, name in sheet.facts),
        choices=_choices(entry, choices),
        unit=entry.unit,
        record=(source.noun, source.record_id, source.field) if source and source.kind == "record" else None,
        attested_by=source.by if source else "",
        attested_on=source.on if source else None,
        hint=entry.question,
        described=_described(value, entry.unit) if source and source.kind == "record" and not source.field else "",
    )


def _choices(entry: Fact, named: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words to choose from: of a single word also those that no rule names, for they are answers too."""
    if entry.type == "str" and named and entry.name not in KINDS:
        return tuple(dict.fromkeys((*entry.choices, *named)))
    return named or entry.choices


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
    if unit == "元" and value is not None:
        return f"台账：{Decimal(str(value)):,.2f}元"
    return "" if value is None else f"台账：{value}{unit}"
