"""Adding up money by person: who is one person, which role counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.rules.facts import Item
from desktop.rules.words import common_words, fold


@dataclass(frozen=True, slots=True)
class PersonSum:
    """One person's money in 分 over all lines; `role` is the highest role (folded), `rows` the lines' positions."""

    name: str
    person_id: str
    role: str
    total_fen: int
    rows: tuple[int, ...]


def people_of(items: Sequence[Item], precedence: Sequence[str], amount: Callable[[Item], int]) -> list[PersonSum]:
    """Group lines by person; lines with a person's id belong to it, so that two of one name share nothing.

    A line without an id joins the one person of that name when there is just one, else stands for a person of its own
    name.
    """
    order = [fold(role) for role in precedence]
    ids: dict[str, set[str]] = {}
    for item in items:
        if item.get("person_id"):
            ids.setdefault(_name(item), set()).add(str(item["person_id"]))
    groups: dict[str, list[int]] = {}
    for position, item in enumerate(items):
        groups.setdefault(_key(item, ids), []).append(position)
    return [_summed(items, rows, order, amount) for rows in groups.values()]


def _name(item: Item) -> str:
    return fold(str(item.get("name") or ""))


def _key(item: Item, ids: dict[str, set[str]]) -> str:
    own, name = item.get("person_id"), _name(item)
    if own:
        return f"id:{own}"
    known = ids.get(name, set())
    return f"id:{next(iter(known))}" if len(known) == 1 else f"name:{name}"


def _summed(
    items: Sequence[Item], rows: Sequence[int], order: Sequence[str], amount: Callable[[Item], int]
) -> PersonSum:
    roles = {common_words().role(str(items[row].get("role") or "")) for row in rows}
    role = next((word for word in order if word in roles), next(iter(roles)))
    named = next((str(items[row]["name"]) for row in rows if items[row].get("name")), "")
    person = next((str(items[row]["person_id"]) for row in rows if items[row].get("person_id")), "")
    return PersonSum(named, person, role, sum(amount(items[row]) for row in rows), tuple(rows))
