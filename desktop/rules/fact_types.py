"""What a fact is: its name, type, Chinese label, unit, and the question put to the clerk."""

from __future__ import annotations

from dataclasses import dataclass

FACT_TYPES = (
    "bool",
    "count",
    "number",
    "money",
    "str",
    "date",
    "year",
    "str|number",
    "list<str>",
    "list<honour>",
    "list<money>",
    "list<item>",
    "list<step>",
    "list<date>",
    "roster",
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry of the fact dictionary; `choices` are the words offered for a text or a list of words."""

    name: str
    type: str
    label: str
    unit: str = ""
    question: str = ""
    choices: tuple[str, ...] = ()
