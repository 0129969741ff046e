"""Which facts a rule reads and which words it offers for them, so that a form can ask for what is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from functools import lru_cache

from desktop.rules.check_base import Check, Filter
from desktop.rules.checks_plain import Has, In, Template
from desktop.rules.checks_time import PeriodDays
from desktop.rules.references import parts
from desktop.rules.regulation import Rule


@lru_cache(maxsize=4096)
def facts_read(rule: Rule) -> tuple[str, ...]:
    """Return the names of the facts a rule reads, guards first, in the order of reading."""
    names: dict[str, None] = {}
    for guard in (*rule.when, *rule.unless):
        if guard.fact:
            names[guard.fact] = None
        if guard.check is not None:
            names.update(dict.fromkeys(_facts_of(guard.check)))
    names.update(dict.fromkeys(_facts_of(rule.check)))
    return tuple(names)


def _facts_of(check: Check) -> Iterator[str]:
    for part in parts(check):
        for spec in fields(part):
            value = getattr(part, spec.name)
            if not value:
                continue
            match spec.metadata["read"]:
                case "fact":
                    yield value
                case "facts" | "caps":
                    yield from value
                case "filter":
                    yield from _filter_facts(value)
        if isinstance(part, Template):
            yield from re.findall(r"\{([^{}]*)\}", part.template)
        if isinstance(part, PeriodDays) and part.unit == "workday":
            yield from ("holidays", "extra_workdays")


def _filter_facts(where: Filter) -> Iterator[str]:
    if where.same_as:
        yield where.same_as
    for part in (*(where.all or ()), *(where.any or ())):
        yield from _filter_facts(part)


def choices_of(rule: Rule) -> dict[str, tuple[str, ...]]:
    """Return, for each fact a rule compares with words, the words it names (the options of a form)."""
    found: dict[str, tuple[str, ...]] = {}
    for guard in (*rule.when, *rule.unless):
        named = tuple(str(word) for word in guard.in_ or ())
        if named:
            found[guard.fact] = named
    for part in parts(rule.check):
        if isinstance(part, Has):
            found[part.fact] = (*found.get(part.fact, ()), *(part.all or part.any or part.none or ()))
        if isinstance(part, In) and not part.negate:
            found[part.fact] = (*found.get(part.fact, ()), *part.set)
    return {name: tuple(dict.fromkeys(words)) for name, words in found.items()}
