"""Dividing a sum among people in 分, never above anybody's cap."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.rules.allocation import REWARD, AllocationLine, PersonCap, floor_of, person_caps
from desktop.rules.regulation import Regulation

YUAN = 100
ROUND = (100 * YUAN, YUAN, 1)
FINE = (YUAN, 1)


def even_split(lines: Sequence[AllocationLine], total_fen: int, regulation: Regulation) -> list[int]:
    """Return an amount for each line so that people get equal sums (to a 元) within their caps.

    A person's sum stands on the person's first line; operating lines keep theirs. What the caps do not hold is left.
    """
    people = person_caps(lines, regulation)
    return _placed(lines, people, pour(total_fen, [1] * len(people), _caps(people, total_fen), FINE))


def weighted_split(
    lines: Sequence[AllocationLine], weights: Sequence[int], total_fen: int, regulation: Regulation
) -> list[int]:
    """Return an amount for each line in proportion to the weights (one a line, a person's are added) within the caps.

    Without any weight the split is even.
    """
    people = person_caps(lines, regulation)
    shares = [sum(max(weights[row], 0) for row in person.rows) for person in people]
    if not any(shares):
        return even_split(lines, total_fen, regulation)
    return _placed(lines, people, pour(total_fen, shares, _caps(people, total_fen), ROUND))


def fill_to_floor(lines: Sequence[AllocationLine], grant_total_fen: int, regulation: Regulation) -> list[int]:
    """Return the amounts raised, in proportion to the room under each cap, until the floor is reached.

    Nothing is lowered; where the caps cannot hold the floor everybody stands at the cap.
    """
    people = person_caps(lines, regulation)
    now = sum(line.amount_fen + line.tax_fen for line in lines if line.kind == REWARD)
    lacking = max(floor_of(regulation, grant_total_fen) - now, 0)
    rooms = [person.room_fen for person in people]
    amounts = [line.amount_fen for line in lines]
    for person, more in zip(people, pour(lacking, rooms, rooms, ROUND), strict=True):
        amounts[person.rows[0]] += more
    return amounts


def _caps(people: Sequence[PersonCap], total_fen: int) -> list[int]:
    return [person.cap_fen if person.cap_fen is not None else max(total_fen, 0) for person in people]


def _placed(lines: Sequence[AllocationLine], people: Sequence[PersonCap], sums: Sequence[int]) -> list[int]:
    amounts = [0 if line.kind == REWARD else line.amount_fen for line in lines]
    for person, amount in zip(people, sums, strict=True):
        amounts[person.rows[0]] = amount
    return amounts


def pour(total: int, weights: Sequence[int], rooms: Sequence[int], units: Sequence[int]) -> list[int]:
    """Divide a sum by weight into rooms: first in the largest unit, what is left in the smaller ones (all in 分)."""
    amounts = [0] * len(weights)
    for unit in units:
        left = [room - amount for room, amount in zip(rooms, amounts, strict=True)]
        for index, more in enumerate(_pour_units((total - sum(amounts)) // unit, weights, left, unit)):
            amounts[index] += more * unit
    return amounts


def _pour_units(left: int, weights: Sequence[int], rooms: Sequence[int], unit: int) -> list[int]:
    given = [0] * len(weights)
    active = [i for i, weight in enumerate(weights) if weight > 0 and rooms[i] >= unit]
    while left > 0 and active:
        whole = sum(weights[i] for i in active)
        full = [i for i in active if left * weights[i] // whole >= rooms[i] // unit]
        if not full:
            return _shared(left, whole, weights, rooms, active, given, unit)
        for i in full:
            given[i] = min(rooms[i] // unit, left)
            left -= given[i]
        active = [i for i in active if i not in full]
    return given


def _shared(
    left: int,
    whole: int,
    weights: Sequence[int],
    rooms: Sequence[int],
    active: Sequence[int],
    given: list[int],
    unit: int,
) -> list[int]:
    for i in active:
        given[i] = left * weights[i] // whole
    over = left - sum(given[i] for i in active)
    # The units that do not divide go to the largest remainders, the earlier person first.
    by_remainder = sorted(active, key=lambda i: (-(left * weights[i] % whole), i))
    for i in [i for i in by_remainder if given[i] < rooms[i] // unit][:over]:
        given[i] += 1
    return given
