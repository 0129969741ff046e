"""Which office's data a record is, and of which kind: that decides to whom it travels."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from desktop.errors import NotAllowed
from desktop.models.fields import Noun, Value, nouns
from desktop.services.journal import outward
from desktop.services.journal.ledger import Ledger
from desktop.sync import commit

PUBLIC_NOUNS: Final = frozenset(
    {"offices", "experts", "regulation_texts", "tool_settings", "calendar_days"}
    | {"declarations", "quotas"}
    | {"number_ranges"}
)
PUBLIC_PAPERS: Final = frozenset(
    {"notice", "publicity", "social-publicity", "unit-publicity", "decision", "naming-decision", "name-list"}
    | {"commendation", "award-call"}
)
"""Kinds of documents that are published and so travel downward to every office beneath."""
SUBJECTS: Final = {
    "attestations": "subject_id",
    "overrides": "subject_id",
    "steps": "subject_id",
    "holds": "subject_id",
    "publicities": "subject_id",
    "expert_scores": "subject_id",
    "attachments": "owner_id",
}
CONCERNING: Final = frozenset({"workroom_id", "grant_id", "allocation_id"})
"""Fields that name what a record is about: it belongs to the same office, whoever wrote it."""
PUBLIC, LISTED, INTERNAL, SENSITIVE = "public", commit.LISTED, "internal", "sensitive"
"""Kinds of data; `listed` is an office's own entry in the list of offices, which its siblings receive too."""


class Owners:
    """Decides the scope of new records within one transaction, and whether this office may write in it."""

    def __init__(self, ledger: Ledger, office: str) -> None:
        self.ledger = ledger
        self.office = office
        self._new: dict[tuple[str, str], int] = {}
        self._writable: set[str] | None = None
        self._reach: dict[str, tuple[set[str], set[str]]] = {}

    def of_new(self, noun: Noun, row: str, values: Mapping[str, Value]) -> int:
        """Return the scope of a record that is being created; it never changes afterwards."""
        office, kind = self._decide(noun, row, values)
        if office is None or not self.may_write(office):
            office = self.office
        scope = self.ledger.scope_id(office, kind)
        self._new[noun.name, row] = scope
        return scope

    def sensitive(self, scope: int) -> int:
        """Return the scope of the sensitive fields of records in `scope`."""
        return self.ledger.scope_id(self.ledger.scope(scope)[0], SENSITIVE)

    def may_write(self, office: str) -> bool:
        """Tell whether this office may write records of `office`: its own, its subtree's, and its named peers'."""
        if office == self.office:
            return True
        if self._writable is None:
            self._writable = subtree(self.ledger.raw, self.office) | peers(self.ledger.raw)
        return office in self._writable

    def require_write(self, scope: int, noun: str) -> None:
        """Refuse (NotAllowed) a change of a record that belongs to an office above or beside this one."""
        office, _ = self.ledger.scope(scope)
        if not self.may_write(office):
            name = self.ledger.raw.execute("SELECT name FROM offices WHERE id = ?", (office,)).fetchone()
            owner = name[0] if name else office
            title = outward.noun_title(noun)
            raise NotAllowed(f"这条记录（{title}）归“{owner}”管理，本级只能查看。请联系该工会修改。", noun)

    def _decide(self, noun: Noun, row: str, values: Mapping[str, Value]) -> tuple[str | None, str]:
        if noun.name == "offices":
            lister = self._lister(row, values)
            return lister, LISTED if lister == row else PUBLIC
        subject = SUBJECTS.get(noun.name)
        if subject is not None:
            return self._with_subject(values.get(subject)) or (None, INTERNAL)
        office = str(values.get("office_id") or "") or None
        if noun.name in PUBLIC_NOUNS or (noun.name == "documents" and values.get("kind") in PUBLIC_PAPERS):
            return office, PUBLIC
        if noun.name == "documents":
            return self._with_subject(values.get("subject_id")) or (office, INTERNAL)
        # What an upper office writes about a lower one's workroom belongs to the lower one, and so reaches it.
        concerned = self._parent_scope(noun, values) if office is None or _concerns(noun.name) else None
        if concerned is None:
            return office, INTERNAL
        found = self.ledger.scope(concerned)
        return found if self._is_whole_at(found[0], noun, values) else (None, INTERNAL)

    def _lister(self, row: str, values: Mapping[str, Value]) -> str:
        """Return whose list an office stands on: its own where it founded itself, else that of the office above it.

        An office that has no place in the tree yet stands on the list of this one.
        """
        above = str(values.get("parent_id") or "")
        if row != self.office and above and self.may_write(above):
            return above
        return row if self.may_write(row) else self.office

    def _with_subject(self, row: Value) -> tuple[str | None, str] | None:
        """Return the scope of what is about a record: that record's, but for an office, whose entry others see too."""
        entry = self.scope_of("offices", str(row)) if row else None
        if entry is not None:
            return self.ledger.scope(entry)[0], INTERNAL
        found = self._any_scope(row)
        return None if found is None else self.ledger.scope(found)

    def _parent_scope(self, noun: Noun, values: Mapping[str, Value]) -> int | None:
        for name, target in _links(noun.name):
            value = values.get(name)
            if value is not None:
                return self.scope_of(target, str(value))
        return None

    def _is_whole_at(self, office: str, noun: Noun, values: Mapping[str, Value]) -> bool:
        """Tell whether an office has all that a record cannot be without: it would wait there for good otherwise."""
        if office == self.office:
            return True
        named = [(item.target, values.get(item.name)) for item in noun.fields if item.target and item.required]
        scopes = [self.scope_of(target, str(value)) for target, value in named if value is not None]
        return all(self.has(office, *self.ledger.scope(scope)) for scope in scopes if scope is not None)

    def has(self, office: str, owner: str, kind: str) -> bool:
        """Tell whether an office has the data of a scope: its own, its subtree's, and what is public above it."""
        if office not in self._reach:
            raw = self.ledger.raw
            self._reach[office] = (subtree(raw, office), {*ancestors(raw, office)})
        beneath, above = self._reach[office]
        return owner in beneath or kind == LISTED or (kind == PUBLIC and owner in above)

    def _any_scope(self, row: Value) -> int | None:
        found = (self.scope_of(noun, str(row)) for noun in nouns()) if row else iter(())
        return next((scope for scope in found if scope is not None), None)

    def scope_of(self, noun: str, row: str) -> int | None:
        """Return the scope of a record that is here or that this transaction made; None for any other."""
        if (noun, row) not in self._new:
            found = self.ledger.raw.execute(
                "SELECT scope FROM sync_record WHERE noun = ? AND id = ?", (noun, row)
            ).fetchone()
            if found is None:
                return None
            self._new[noun, row] = found[0]
        return self._new[noun, row]


@cache
def _concerns(noun: str) -> bool:
    return not CONCERNING.isdisjoint(nouns()[noun].names)


@cache
def _links(noun: str) -> tuple[tuple[str, str], ...]:
    """Return the fields that name other records than offices, with what they name; what it concerns goes first."""
    links = [(field.name, field.target) for field in nouns()[noun].fields if field.target not in (None, "offices")]
    return tuple((name, target or "") for name, target in sorted(links, key=lambda link: link[0] not in CONCERNING))


def subtree(raw: sqlite3.Connection, office: str) -> set[str]:
    """Return the ids of `office` and every office beneath it; beneath this office, those accepted as its children."""
    own = raw.execute("SELECT 1 FROM sync_identity WHERE office = ?", (office,)).fetchone() is not None
    rows = raw.execute(
        "WITH RECURSIVE below(id) AS (VALUES (?) "
        "UNION SELECT office FROM sync_trust WHERE relation = 'child' AND ? "
        "UNION SELECT o.id FROM offices o JOIN below b ON o.parent_id = b.id) SELECT id FROM below",
        (office, own),
    )
    return {row[0] for row in rows}


def ancestors(raw: sqlite3.Connection, office: str) -> list[str]:
    """Return the ids of the offices above `office`, the nearest first."""
    rows = raw.execute(
        "WITH RECURSIVE above(id, depth) AS (SELECT parent_id, 1 FROM offices WHERE id = ? "
        "UNION SELECT o.parent_id, a.depth + 1 FROM offices o JOIN above a ON o.id = a.id WHERE a.depth < 20) "
        "SELECT id FROM above WHERE id IS NOT NULL ORDER BY depth",
        (office,),
    )
    return [row[0] for row in rows]


def children(raw: sqlite3.Connection, offices: Iterable[str]) -> set[str]:
    """Return the ids of the offices directly beneath any of `offices`."""
    rows = raw.execute(
        "SELECT id FROM offices WHERE parent_id IN (SELECT value FROM json_each(?))", (json.dumps(sorted(offices)),)
    )
    return {row[0] for row in rows}


def peers(raw: sqlite3.Connection) -> set[str]:
    """Return the ids of the offices accepted as peers."""
    rows = raw.execute("SELECT office FROM sync_trust WHERE relation = 'peer' AND revoked_at IS NULL")
    return {row[0] for row in rows}
