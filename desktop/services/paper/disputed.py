"""Papers and disputes: a draft made from a disputed field says so; a dispute tells which papers used which value."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeAlias

from sqlalchemy.orm import Session

from desktop.models import capture
from desktop.models.base import canonical_json
from desktop.models.fields import nouns
from desktop.services.journal import conflicts, outward
from desktop.services.journal.ledger import Ledger
from desktop.services.record.fields import field_map

Key: TypeAlias = tuple[str, str]
Conflict: TypeAlias = Mapping[str, Any]

PARTS: Final = (
    ("members", "workroom_id", "workrooms"),
    ("topics", "workroom_id", "workrooms"),
    ("outcomes", "workroom_id", "workrooms"),
    ("activities", "workroom_id", "workrooms"),
    ("plans", "workroom_id", "workrooms"),
    ("honours", "person_id", "people"),
    ("alliance_members", "alliance_id", "alliances"),
    ("allocations", "grant_id", "grants"),
    ("allocation_lines", "allocation_id", "allocations"),
    ("expenditures", "grant_id", "grants"),
    ("award_payments", "award_id", "awards"),
)
"""What papers about a record also draw on: the rows of a noun that name it in a field."""
DEPTH: Final = 4
SHORTEST: Final = 2
"""A text shorter than this is found in nearly every paper, and says nothing."""


def disputed_fields(session: Session, noun: str, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Return the conflicts about the records that a paper on these would draw on."""
    raw = capture.driver(session.connection())
    found = conflicts.disputed(raw)
    if not found:
        return []
    used = dependencies(raw, [(noun, one) for one in ids])
    return conflicts.describe(Ledger(raw), [key for key in found if key[:2] in used])


def dispute_warnings(session: Session, noun: str, ids: Sequence[str], data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return a sentence for each disputed field that a draft is made from.

    A text of which the draft holds none of the values was not used in it and is left out.
    """
    raw = capture.driver(session.connection())
    text = canonical_json(data)
    return tuple(
        _sentence(one, raw, text)
        for one in disputed_fields(session, noun, ids)
        if not _is_text(one) or any(_stands_in(raw, one, value["value"], text) for value in one["values"])
    )


def _sentence(one: Conflict, raw: sqlite3.Connection, text: str) -> str:
    if one["kind"] == "delete":
        return f"{one['noun_title']}“{one['label']}”一方已删除、另一方仍在修改，还没有定下。请先到“数据交换”里定下。"
    said = "；".join(f"{value['office']}填“{_words(raw, one, value['value'])}”" for value in one["values"])
    used = [_words(raw, one, value["value"]) for value in one["values"] if _stands_in(raw, one, value["value"], text)]
    here = f"本文用的是“{used[0]}”，" if len(set(used)) == 1 else ""
    what = f"{one['noun_title']}“{one['label']}”的{one['title']}"
    return f"{what}两边填得不同（{said}），{here}还没有定下。请先到“数据交换”里定下。"


def _is_text(one: Conflict) -> bool:
    spec = field_map(one["noun"]).get(one["field"])
    return one["kind"] == "edit" and spec is not None and spec.type in ("text", "reference")


def dependencies(raw: sqlite3.Connection, subjects: Iterable[Key]) -> set[Key]:
    """Return the records that papers about `subjects` draw on: what they refer to and the rows that are their parts."""
    found = set(subjects)
    edge = set(found)
    for _ in range(DEPTH):
        edge = {key for one in edge for key in (*_targets(raw, one), *_parts(raw, one))} - found
        found |= edge
    return found


def _targets(raw: sqlite3.Connection, key: Key) -> Iterator[Key]:
    targets = {item.name: item.target for item in nouns()[key[0]].fields if item.target not in (None, "documents")}
    if targets:
        columns = ", ".join(f'"{name}"' for name in targets)
        row = raw.execute(f'SELECT {columns} FROM "{key[0]}" WHERE id = ?', (key[1],)).fetchone()
        for target, value in zip(targets.values(), row or (), strict=False):
            if target is not None and value:
                yield target, str(value)


def _parts(raw: sqlite3.Connection, key: Key) -> Iterator[Key]:
    for noun, name, owner in PARTS:
        if owner == key[0]:
            for (row,) in raw.execute(f'SELECT id FROM "{noun}" WHERE "{name}" = ?', (key[1],)):
                yield noun, row
    for noun in ("attestations", "overrides"):
        for (row,) in raw.execute(f"SELECT id FROM {noun} WHERE subject_id = ?", (key[1],)):
            yield noun, row


def papers_by_value(session: Session, conflict: Conflict) -> list[list[dict[str, Any]]]:
    """Return for each value of a conflict, in its order, the filed papers about its record that hold this value."""
    raw = capture.driver(session.connection())
    known: dict[str, set[Key]] = {}
    return [
        [paper for paper in _papers(raw, conflict, value["value"]) if _draws_on(raw, paper, conflict, known)]
        for value in conflict["values"]
    ]


def _papers(raw: sqlite3.Connection, conflict: Conflict, value: Any) -> list[dict[str, Any]]:
    forms = _forms(raw, conflict, value) if conflict["kind"] == "edit" else set()
    if not forms:
        return []
    where = " OR ".join("instr(data, ?)" for _ in forms)
    rows = raw.execute(
        "SELECT id, title, document_number, issued_on, subject_noun, subject_id, data FROM documents "
        f"WHERE {where} ORDER BY issued_on DESC, id",
        sorted(forms),
    )
    names = ("id", "title", "number", "issued_on", "noun", "subject", "data")
    return [dict(zip(names, row, strict=True)) for row in rows]


def _draws_on(raw: sqlite3.Connection, paper: dict[str, Any], conflict: Conflict, known: dict[str, set[Key]]) -> bool:
    """Tell whether the paper's subjects draw on the disputed record; drops its data, which nobody shows."""
    if paper["id"] not in known:
        listed = json.loads(paper["data"]).get("subjects") or [paper["subject"]]
        known[paper["id"]] = dependencies(
            raw, [(paper["noun"], str(one)) for one in listed if paper["noun"] in nouns()]
        )
    paper.pop("data", None)
    return (conflict["noun"], conflict["record"]) in known[paper["id"]]


def _stands_in(raw: sqlite3.Connection, conflict: Conflict, value: Any, text: str) -> bool:
    return any(form in text for form in _forms(raw, conflict, value))


def _forms(raw: sqlite3.Connection, conflict: Conflict, value: Any) -> set[str]:
    """Return how a value may stand in the data of a paper; none for what cannot be told apart (是 or 否, a digit)."""
    words = _words(raw, conflict, value)
    forms = {words, str(value)} if isinstance(value, str) else {words}
    if isinstance(value, str) and conflict["field"].endswith("_yuan"):
        forms |= {f"{value.partition('.')[0]}.{value.partition('.')[2] or '00'}", words}
    known = {canonical_json(form)[1:-1] for form in forms if form}
    return {form for form in known if len(form) >= SHORTEST and form not in ("True", "False")}


def _words(raw: sqlite3.Connection, conflict: Conflict, value: Any) -> str:
    """Return a value as papers write it: the name of what is referred to, a day, an amount, a list."""
    stored = next((item for item in nouns()[conflict["noun"]].fields if item.name == conflict["field"]), None)
    if stored is not None and stored.target is not None and value:
        return outward.label(raw, stored.target, str(value))
    if value in (None, "", []):
        return "空"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    if conflict["field"].endswith("_yuan"):
        whole, _, cents = str(value).partition(".")
        return f"{int(whole):,}.{cents or '00'}"
    return _day_words(str(value)) if conflict["field"].endswith("_on") else str(value)


def _day_words(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.year}年{day.month}月{day.day}日"
