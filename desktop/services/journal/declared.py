"""What offices declared of keys and lost changes: whom to believe no more, and what will never come."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.models.declaration import REVOKED, VOIDED
from desktop.services.journal import head_store
from desktop.services.journal.ledger import Ledger
from desktop.services.journal.ownership import ancestors
from desktop.sync.commit import author_key

BEYOND = "revoked"


@dataclass(frozen=True)
class Declared:
    """A declaration that counts: the office that made it was entitled to."""

    id: str
    kind: str
    by: str
    about: str
    key: bytes
    changes: frozenset[bytes]
    reason: str
    on: str


def declarations(ledger: Ledger) -> list[Declared]:
    """Return the declarations known here that count, in a stable order."""
    rows = ledger.raw.execute(
        "SELECT id, kind, about_office, key, changes, reason, declared_on FROM declarations ORDER BY id"
    ).fetchall()
    return [found for row in rows if (found := _read(ledger, row)) is not None]


def _read(ledger: Ledger, row: tuple[str, ...]) -> Declared | None:
    number, kind, about, key, changes, reason, on = row
    kept = head_store.load(ledger, [("declarations", number)]).get(("declarations", number))
    commits = [ledger.commit(head) for head in kept.heads.commits()] if kept else []
    authors = {commit.office for commit in commits}
    try:
        names = frozenset(bytes.fromhex(name) for name in json.loads(changes))
        public = bytes.fromhex(key)
    except (ValueError, TypeError):
        return None
    by = next(iter(authors), "")
    # Nobody's word on his own key counts when it is signed with that very key: a thief could give it.
    signed_by_itself = any(author_key(commit.stream) == public for commit in commits)
    if len(authors) != 1 or signed_by_itself or not _entitled(ledger.raw, by, about):
        return None
    return Declared(number, kind, by, about, public, names, reason, on or "")


def _entitled(raw: sqlite3.Connection, by: str, about: str) -> bool:
    """An office may speak of its own keys and changes, one above of those beneath it."""
    if by == about or by in ancestors(raw, about):
        return True
    relation = raw.execute(
        "SELECT t.relation FROM sync_trust t JOIN sync_identity i WHERE t.office = ? AND i.office = ?", (by, about)
    ).fetchone()
    own = raw.execute("SELECT 1 FROM sync_identity WHERE office = ?", (by,)).fetchone()
    beneath = raw.execute("SELECT 1 FROM sync_trust WHERE office = ? AND relation = 'child'", (about,)).fetchone()
    return bool(relation and relation[0] == "parent") or bool(own and beneath)


def voided(ledger: Ledger) -> set[bytes]:
    """Return the hashes of the changes that were declared lost for good."""
    if ledger.raw.execute("SELECT 1 FROM declarations LIMIT 1").fetchone() is None:
        return set()
    return {name for one in declarations(ledger) if one.kind == VOIDED for name in one.changes}


def revoked(ledger: Ledger) -> dict[bytes, Declared]:
    """Return the keys that count no more, each with its declaration; several together leave what any of them leaves."""
    found: dict[bytes, Declared] = {}
    for one in declarations(ledger):
        if one.kind == REVOKED:
            earlier = found[one.key].changes if one.key in found else frozenset()
            found[one.key] = replace(one, changes=one.changes | earlier)
    return found


def follow(ledger: Ledger) -> None:
    """Mark the keys that declarations call void, and raise an alarm where one had made changes that were taken in."""
    keys = revoked(ledger)
    known = dict(ledger.raw.execute("SELECT public_key, revoked_at FROM sync_trust").fetchall())
    own = ledger.raw.execute("SELECT public_key FROM sync_identity").fetchone()
    for key, one in keys.items():
        if key in known and known[key] is None:
            moment = one.on or datetime.now().astimezone().isoformat(timespec="seconds")
            ledger.raw.execute("UPDATE sync_trust SET revoked_at = ? WHERE public_key = ?", (moment, key))
            _tell(ledger, key, one, own is not None and own[0] == key)
    for key, moment in known.items():
        if moment is not None and key not in keys:
            ledger.raw.execute("UPDATE sync_trust SET revoked_at = NULL WHERE public_key = ?", (key,))


def _tell(ledger: Ledger, key: bytes, one: Declared, own: bool) -> None:
    beyond = len(_applied_by(ledger.raw, key) - covered(ledger.raw, one.changes))
    name = ledger.raw.execute("SELECT name FROM sync_trust WHERE public_key = ?", (key,)).fetchone()[0]
    words = f"“{name}”的一把密钥已声明作废（{one.reason or '未写原因'}）：以后用它签署的修改不再采用。"
    if own:
        words = (
            f"本机正在使用的密钥已声明作废（{one.reason or '未写原因'}），别的工会不再接受本机的数据包。请更换密钥。"
        )
    if beyond:
        words += f"在声明之前，本机已收下它在作废界限之后的{beyond}项修改，请与该工会核对。"
    moment = datetime.now().astimezone().isoformat(timespec="seconds")
    ledger.raw.execute("INSERT INTO sync_alarm (kind, raised_at, detail) VALUES (?, ?, ?)", (BEYOND, moment, words))


def _applied_by(raw: sqlite3.Connection, key: bytes) -> set[int]:
    rows = raw.execute(
        "SELECT c.id FROM sync_commit c JOIN sync_stream s ON s.id = c.stream WHERE substr(s.name, 1, 64) = ? "
        "AND c.applied IS NOT NULL",
        (key.hex(),),
    )
    return {row[0] for row in rows}


def covered(raw: sqlite3.Connection, ends: Iterable[bytes]) -> set[int]:
    """Return the commits here at or beneath the named ones in their streams, whether they are applied or wait."""
    found: set[int] = set()
    for end in ends:
        name: bytes | None = end
        while name is not None:
            row = raw.execute("SELECT id, previous FROM sync_commit WHERE hash = ?", (name,)).fetchone()
            if row is None or row[0] in found:
                break
            found.add(row[0])
            name = row[1]
    return found


def frontier(raw: sqlite3.Connection, key: bytes) -> list[str]:
    """Return up to where the streams of a key stand here: the hashes that none of its applied commits follows."""
    rows = raw.execute(
        "SELECT c.hash FROM sync_commit c JOIN sync_stream s ON s.id = c.stream WHERE substr(s.name, 1, 64) = ? "
        "AND c.applied IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sync_commit n WHERE n.stream = c.stream "
        "AND n.previous = c.hash AND n.applied IS NOT NULL) ORDER BY c.hash",
        (key.hex(),),
    )
    return [name.hex() for (name,) in rows]


def bar(ledger: Ledger, numbers: Iterable[tuple[int, bytes]]) -> None:
    """Let commits (number, hash) wait for themselves, that is for good, until a declaration lets them go."""
    ledger.raw.executemany('INSERT OR IGNORE INTO sync_need ("commit", hash) VALUES (?, ?)', numbers)


def let_go(ledger: Ledger) -> None:
    """Take away what waiting commits need no more: lost changes, and the bar of those that a declaration leaves."""
    raw = ledger.raw
    lost = voided(ledger)
    raw.executemany("DELETE FROM sync_need WHERE hash = ?", [(name,) for name in lost if not _held(raw, name)])
    apart = dict(barred(raw))
    if not apart:
        return
    keys = revoked(ledger)
    for number, key in apart.items():
        name = ledger.name(number)
        free = key not in keys or number in covered(raw, keys[key].changes)
        if free and name not in lost:
            raw.execute('DELETE FROM sync_need WHERE "commit" = ? AND hash = ?', (number, name))


def _held(raw: sqlite3.Connection, name: bytes) -> bool:
    """Tell whether a change is applied here: declared lost or not, what builds on it goes on building on it."""
    row = raw.execute("SELECT 1 FROM sync_commit WHERE hash = ? AND applied IS NOT NULL", (name,)).fetchone()
    return row is not None


def barred(raw: sqlite3.Connection) -> Iterator[tuple[int, bytes]]:
    """Yield the commits that are kept apart, by number, with their authors' keys."""
    rows = raw.execute(
        "SELECT c.id, substr(s.name, 1, 64) FROM sync_need n "
        'JOIN sync_commit c ON c.id = n."commit" AND c.hash = n.hash JOIN sync_stream s ON s.id = c.stream'
    )
    for number, key in rows.fetchall():
        yield number, bytes.fromhex(key)


def is_barred(raw: sqlite3.Connection, number: int) -> bool:
    """Tell whether a waiting commit is kept apart: signed with a void key, or declared lost."""
    row = raw.execute(
        'SELECT 1 FROM sync_need n JOIN sync_commit c ON c.id = n."commit" AND c.hash = n.hash WHERE c.id = ?',
        (number,),
    ).fetchone()
    return row is not None
