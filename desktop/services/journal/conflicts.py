"""Conflicts: edits made apart, read from the heads, kept until a person decides."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotFound
from desktop.models import capture
from desktop.models.fields import Value, nouns
from desktop.services.journal import head_store, outward, settling
from desktop.services.journal.drafting import Decision
from desktop.services.journal.head_store import KEPT_FOR_OTHERS, SHOWN, Key, Stored
from desktop.services.journal.ledger import Ledger
from desktop.services.record.fields import fields
from desktop.services.record.values import read
from desktop.sync.commit import ROW_PRESENCE
from desktop.sync.merge import is_disputed

_UNSET = object()


def conflicts(session: Session) -> list[dict[str, Any]]:
    """Return every dispute: id, noun, record, field, and for each value who wrote it, where and in which commit."""
    ledger = Ledger(capture.driver(session.connection()))
    return describe(ledger, disputed(ledger.raw))


def disputed(raw: sqlite3.Connection, commits: Collection[int] | None = None) -> list[tuple[str, str, str]]:
    """Return the disputed (noun, id, field); with `commits` only those in which one of these takes part."""
    heads: dict[tuple[str, str, str], dict[int, Value]] = defaultdict(dict)
    for noun, row, name, commit, value in raw.execute(
        'SELECT h.noun, h.id, h.field, h."commit", h.value FROM sync_head h '
        "JOIN sync_record r ON r.noun = h.noun AND r.id = h.id WHERE r.state IN (?, ?) ORDER BY h.noun, h.id, h.field",
        (SHOWN, KEPT_FOR_OTHERS),
    ):
        # A field that only a newer program knows waits for the upgrade.
        if name == ROW_PRESENCE or (noun in nouns() and nouns()[noun].field(name) is not None):
            heads[noun, row, name][commit] = value
    found = [key for key, values in heads.items() if key[2] == ROW_PRESENCE or is_disputed(values)]
    return found if commits is None else [key for key in found if _takes_part(raw, key, heads[key], commits)]


def _takes_part(
    raw: sqlite3.Connection, key: tuple[str, str, str], values: dict[int, Value], commits: Collection[int]
) -> bool:
    if key[2] != ROW_PRESENCE:
        return not values.keys().isdisjoint(commits)
    heads = head_store.load(Ledger(raw), [key[:2]])[key[:2]].heads
    return not (heads.commits() | set(heads.presence)).isdisjoint(commits)


def describe(ledger: Ledger, keys: Iterable[tuple[str, str, str]]) -> list[dict[str, Any]]:
    """Return disputes in the form of the command line."""
    offices = dict(ledger.raw.execute("SELECT office, name FROM sync_trust").fetchall())
    offices.update(ledger.raw.execute("SELECT id, name FROM offices").fetchall())
    wanted = list(keys)
    records = head_store.load(ledger, {key[:2] for key in wanted})
    return [_describe(ledger, key[:2], records[key[:2]], key[2], offices) for key in wanted]


def _describe(ledger: Ledger, key: Key, kept: Stored, name: str, offices: dict[str, str]) -> dict[str, Any]:
    heads = list(kept.heads.deletions()) if name == ROW_PRESENCE else kept.heads.of(name)
    values = [_party(ledger, key, kept, name, head, offices) for head in sorted(heads, key=ledger.rank, reverse=True)]
    if name == ROW_PRESENCE:
        values += _editors(ledger, kept, offices)
    return {
        "id": ":".join((*key, name)),
        "noun": key[0],
        "noun_title": outward.noun_title(key[0]),
        "record": key[1],
        "label": outward.label(ledger.raw, *key),
        "field": "" if name == ROW_PRESENCE else outward.field_name(key[0], name),
        "title": "删除/修改冲突" if name == ROW_PRESENCE else outward.field_title(key[0], name),
        "kind": "delete" if name == ROW_PRESENCE else "edit",
        "values": values,
    }


def _party(ledger: Ledger, key: Key, kept: Stored, name: str, head: int, offices: dict[str, str]) -> dict[str, Any]:
    value = "删除" if name == ROW_PRESENCE else outward.value(key[0], name, kept.values[name, head])
    return {"value": value, **_author(ledger, head, offices)}


def _editors(ledger: Ledger, kept: Stored, offices: dict[str, str]) -> list[dict[str, Any]]:
    """Return the writes that the deleters had not seen."""
    covered = {commit for seen in kept.heads.deletions().values() for commit in seen}
    unseen = sorted(kept.heads.commits() - covered, key=ledger.rank, reverse=True)
    return [{"value": "保留", **_author(ledger, head, offices)} for head in unseen]


def _author(ledger: Ledger, head: int, offices: dict[str, str]) -> dict[str, Any]:
    commit = ledger.commit(head)
    return {
        "office": offices.get(commit.office, commit.office),
        "office_id": commit.office,
        "operator": commit.operator,
        "at": commit.time,
        "write": ledger.name(head).hex(),
    }


def resolve(session: Session, conflict_id: str, take: str | None = None, value: Any = _UNSET) -> dict[str, Any]:
    """Settle a dispute by one of its writes (its hash) or a new value; the caller commits a write that replaces all.

    NotFound when it is settled already; BadInput when the write or value does not fit. Of a dispute about a deletion
    the write taken decides, or the value 删除 or 保留.
    """
    session.flush()
    ledger = Ledger(capture.driver(session.connection()))
    noun, row, name = _parse(conflict_id)
    if (noun, row, name) not in disputed(ledger.raw):
        raise NotFound("这处冲突不存在，或已经有人处理过了。请刷新列表。", conflict_id)
    kept = head_store.load(ledger, [(noun, row)])[noun, row]
    if name == ROW_PRESENCE:
        _resolve_presence(session, ledger, (noun, row), kept, take, value)
    else:
        stored = _chosen(ledger, (noun, row), kept, name, take, value)
        _refuse_missing(ledger, noun, name, stored)
        ledger.raw.execute(f'UPDATE "{noun}" SET "{name}" = ? WHERE id = ?', (stored, row))
        _decide(session, Decision(noun, row, name))
    session.expire_all()
    return {"id": conflict_id, "noun": noun, "record": row, "field": outward.field_name(noun, name), "settled": True}


def _refuse_missing(ledger: Ledger, noun: str, name: str, value: Value) -> None:
    """Refuse a reference to a record that another office keeps for itself: nothing could be shown for it here."""
    item = nouns()[noun].field(name)
    target = item.target if item is not None else None
    if target is not None and isinstance(value, str) and not settling.stands(ledger.raw, (target, value)):
        raise BadInput(
            f"本机的台账里没有这个{outward.noun_title(target)}，不能采用它：它只在另一工会的台账里。"
            "请选另一个，或请对方决定。",
            "value",
        )


def _parse(conflict_id: str) -> tuple[str, str, str]:
    parts = conflict_id.split(":")
    if len(parts) != 3 or parts[0] not in nouns():
        raise NotFound("没有这处冲突。请从冲突列表中选择。", conflict_id)
    return parts[0], parts[1], parts[2]


def _decide(session: Session, decision: Decision) -> None:
    session.info.setdefault("decisions", []).append(decision)


def _chosen(ledger: Ledger, key: Key, kept: Stored, name: str, take: str | None, value: Any) -> Value:
    if take is not None:
        heads = [head for head in kept.heads.of(name) if ledger.name(head).hex() == take]
        if not heads:
            raise BadInput("这个修改不在冲突之中。请从列出的修改里选一个。", "take")
        return settling.head_value(ledger, key, kept, name, heads[0])
    if value is _UNSET:
        raise BadInput("请选择采用哪一个修改，或写一个新的内容。", "value")
    return _stored(key[0], name, value)


def _stored(noun: str, name: str, value: Any) -> Value:
    """Return the stored form of a value given from outside; text is read as the field's type asks."""
    spec = next(item for item in fields(noun) if item.attribute == name)
    if isinstance(value, str) and spec.type in ("bool", "list", "json", "number"):
        value = outward.parsed(value)
    given = read(spec, value)
    known = nouns()[noun].field(name)
    assert known is not None
    return known.store(given)


def _resolve_presence(session: Session, ledger: Ledger, key: Key, kept: Stored, take: str | None, value: Any) -> None:
    deletions = {ledger.name(head).hex() for head in kept.heads.deletions()}
    editors = {ledger.name(head).hex() for head in kept.heads.commits()}
    if take in deletions or value == "删除":
        _refuse_referred(ledger, key)
        ledger.raw.execute(f'DELETE FROM "{key[0]}" WHERE id = ?', (key[1],))
    elif take in editors or value == "保留":
        _decide(session, Decision(*key, ROW_PRESENCE))
    else:
        raise BadInput("请选择列出的一个修改，或写“删除”或“保留”。", "value")


def _refuse_referred(ledger: Ledger, key: Key) -> None:
    found = settling.referrers(ledger.raw, key)
    if found:
        what = "、".join(sorted({outward.noun_title(noun) for noun, _ in found}))
        raise BadInput(f"还有{len(found)}条{what}引用这条记录，不能删除。请先处理它们，或选择保留。", ":".join(key))
