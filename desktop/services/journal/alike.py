"""Conflicts that are alike, settled together: the same field, edited by the same offices, in many records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from desktop.services.journal.conflicts import conflicts, resolve

Conflict: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Alike:
    """Conflicts about one field of one kind of record between the same offices (id and name, sorted by name)."""

    noun_title: str
    title: str
    kind: str
    offices: tuple[tuple[str, str], ...]
    ids: tuple[str, ...]


def alike(found: Sequence[Conflict]) -> list[Alike]:
    """Return the groups of two and more conflicts that one decision can settle, the largest first."""
    groups: dict[tuple[Any, ...], list[Conflict]] = {}
    for one in found:
        groups.setdefault((one["noun"], one["field"], one["kind"], _offices(one)), []).append(one)
    listed = [
        Alike(ones[0]["noun_title"], ones[0]["title"], ones[0]["kind"], key[3], tuple(one["id"] for one in ones))
        for key, ones in groups.items()
        if len(ones) > 1 and len(key[3]) > 1
    ]
    return sorted(listed, key=lambda group: (-len(group.ids), group.noun_title, group.title))


def _offices(conflict: Conflict) -> tuple[tuple[str, str], ...]:
    parties = {(value["office_id"], value["office"]) for value in conflict["values"]}
    return tuple(sorted(parties, key=lambda party: (party[1], party[0])))


def resolve_alike(session: Session, ids: Sequence[str], office: str) -> int:
    """Settle these conflicts by what one office wrote in each; the caller commits one transaction.

    Those settled already, or in which the office wrote nothing, are left as they are. Returns how many were settled.
    """
    wanted, settled = set(ids), 0
    for one in conflicts(session):
        writes = [value["write"] for value in one["values"] if value["office_id"] == office]
        if one["id"] in wanted and writes:
            # The values stand with the prevailing one first.
            resolve(session, one["id"], take=writes[0])
            settled += 1
    return settled
