"""Why a search finds a workroom when neither its name, its unit nor its leader says so.

Plain `sqlite3`, as the registry's list itself: it is asked for each page that is painted.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from desktop.services.search.text import folded, latin_key, terms

# Where a row of the list shows what it is found by, and needs no reason: name, unit and leader.
SEEN: Final = (
    "SELECT w.id, w.name, u.name, p.name FROM workrooms w LEFT JOIN units u ON u.id = w.unit_id"
    " LEFT JOIN people p ON p.id = w.leader_id WHERE w.id IN ({marks})"
)
_OUTCOME: Final = "FROM outcomes o WHERE o.workroom_id IN ({marks}) ORDER BY o.rowid"
# (what it is called, whether it is also read in pinyin, the query), the surest sign first.
PLACES: Final = (
    ("成员", True,
     "SELECT m.workroom_id, p.name FROM members m JOIN people p ON p.id = m.person_id"
     " WHERE m.workroom_id IN ({marks}) ORDER BY m.id"),
    ("成果", True, "SELECT o.workroom_id, o.name " + _OUTCOME),
    ("证书号", False, "SELECT o.workroom_id, o.certificate_number " + _OUTCOME),
    ("专利号", False, "SELECT o.workroom_id, o.patent_number " + _OUTCOME),
    ("文号", False, "SELECT d.subject_id, d.document_number FROM documents d WHERE d.subject_id IN ({marks})"),
    ("联系人", False, "SELECT w.id, w.contact FROM workrooms w WHERE w.id IN ({marks})"),
    ("联系电话", False, "SELECT w.id, w.phone FROM workrooms w WHERE w.id IN ({marks})"),
    ("领衔人电话", False,
     "SELECT w.id, p.phone FROM workrooms w JOIN people p ON p.id = w.leader_id WHERE w.id IN ({marks})"),
)  # fmt: skip
# A single letter or digit is found in nearly everything: a reason would say nothing.
SHORTEST_LATIN: Final = 2


class _Text(NamedTuple):
    text: str
    called: str = ""
    spoken: bool = True


def reasons(connection: sqlite3.Connection, ids: Sequence[str], text: str) -> dict[str, str]:
    """Return, for those workrooms that need it, what a search text was found in, as 成员 李四、文号 某工发…"""
    words = [word for word in terms(text) if not word.isascii() or len(word) >= SHORTEST_LATIN]
    waiting = {room: _unseen(words, texts) for room, *texts in _asked(connection, SEEN, ids)} if words else {}
    waiting = {room: left for room, left in waiting.items() if left}
    found: dict[str, list[str]] = {room: [] for room in waiting}
    for called, spoken, query in PLACES:
        if not waiting:
            break
        for room, value in _asked(connection, query, list(waiting)):
            _take(found, waiting, room, _Text(value or "", called, spoken))
    return {room: "、".join(parts) for room, parts in found.items() if parts}


def _asked(connection: sqlite3.Connection, query: str, ids: Sequence[str]) -> Iterator[tuple[str, ...]]:
    yield from connection.execute(query.format(marks=", ".join("?" * len(ids))), tuple(ids))


def _unseen(words: Sequence[str], texts: Sequence[str | None]) -> list[str]:
    """Return the words that none of the texts on the screen holds."""
    return [word for word in words if not any(_holds(_Text(text), word) for text in texts if text)]


def _take(found: dict[str, list[str]], waiting: dict[str, list[str]], room: str, text: _Text) -> None:
    held = [word for word in waiting.get(room, ()) if text.text and _holds(text, word)]
    if held:
        found[room].append(f"{text.called} {text.text}")
        waiting[room] = [word for word in waiting[room] if word not in held]
        if not waiting[room]:
            del waiting[room]


def _holds(text: _Text, word: str) -> bool:
    if word in folded(text.text):
        return True
    if not word.isascii() or not text.spoken or text.text.isascii():
        return False
    # Only a search in Latin letters needs the readings.
    from desktop.services.search.pinyin import name_reading, reading

    return word in latin_key([text.text], [*reading(text.text).words, *name_reading(text.text).name_words])
