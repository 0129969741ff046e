"""What receipts speak of: the records and versions that an import brought, and the verdicts on a record."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from desktop.errors import NotAllowed, NotFound
from desktop.services.journal import head_store
from desktop.services.journal.head_store import Key
from desktop.services.journal.history import writers
from desktop.services.journal.ledger import Ledger
from desktop.services.journal.ownership import ancestors, peers, subtree

ACCEPTED: Final = "接收"
RETURNED: Final = "退回"
SILENT: Final = frozenset({"receipts", "receipt_items", "declarations"})
"""Records that nobody judges: the receipts themselves and declarations."""


@dataclass(frozen=True)
class Imported:
    """An import for which a receipt may be written; `changes` as the receipt names them."""

    number: int
    office: str
    package_number: int
    made_at: str
    imported_at: str
    sha256: str
    changes: list[str]


@dataclass(frozen=True)
class Chain:
    """Changes of one stream that a receipt is about: from place `first` to the commit `last` at place `end`."""

    stream: int
    first: int
    end: int
    last: int


@dataclass(frozen=True)
class Received:
    """A receipt that counts: who issued it to whom, when, about which changes, what it returns with which reasons.

    `made_at` is when the package was made of which it speaks.
    """

    id: str
    office: str
    office_name: str
    operator: str
    at: str
    order: int
    package_number: int
    chains: tuple[Chain, ...]
    returned: dict[Key, str]
    addressed: str
    made_at: str


def imported(raw: sqlite3.Connection, import_id: str) -> Imported:
    """Return an import by its id (NotFound; NotAllowed where no receipt is due)."""
    row = raw.execute(
        "SELECT id, office, number, made_at, imported_at, sha256, undone_at FROM sync_import WHERE uuid = ?",
        (import_id,),
    ).fetchone()
    if row is None:
        raise NotFound("没有这次导入。请从导入列表中选择。", import_id)
    if row[6] is not None:
        raise NotAllowed("这次导入已经撤销，不能出具回执。请重新导入后再办。", import_id)
    own = raw.execute("SELECT office FROM sync_identity").fetchone()[0]
    if row[1] == own or row[1] not in subtree(raw, own) | peers(raw):
        raise NotAllowed("回执由上级出具给报送的工会：这个数据包来自上级或本工会自己，不需要回执。", import_id)
    number, office, package_number, made_at, imported_at, sha256, _ = row
    return Imported(number, office, package_number, made_at, imported_at, sha256, _changes(raw, number))


def _changes(raw: sqlite3.Connection, number: int) -> list[str]:
    """Return what an import brought, each unbroken chain of a stream by its last hash and length."""
    rows = raw.execute(
        "SELECT hash, previous FROM sync_commit WHERE import_id = ? AND applied IS NOT NULL ORDER BY stream, seq, hash",
        (number,),
    )
    lengths: dict[bytes, int] = {}
    for name, previous in rows:
        lengths[name] = lengths.pop(previous, 0) + 1
    return sorted(f"{name.hex()}:{length}" for name, length in lengths.items())


def versions(ledger: Ledger, number: int) -> dict[Key, int]:
    """Return the records that an import brought, with the number of its last commit that wrote each."""
    found: dict[Key, int] = {}
    rows = ledger.raw.execute(
        "SELECT id FROM sync_commit WHERE import_id = ? AND applied IS NOT NULL ORDER BY applied, id", (number,)
    ).fetchall()
    for (commit,) in rows:
        content = ledger.commit(commit)
        for block in content.created:
            if block.table not in SILENT:
                found.update(dict.fromkeys(((block.table, str(row[0])) for row in block.rows), commit))
        found.update({(one.table, one.row): commit for one in content.changed if one.table not in SILENT})
    return found


def all_receipts(ledger: Ledger) -> list[Received]:
    """Return the receipts known here that an office above (or an agreed peer) of the addressed office issued."""
    raw = ledger.raw
    names = dict(raw.execute("SELECT office, name FROM sync_trust").fetchall())
    names.update(raw.execute("SELECT id, name FROM offices").fetchall())
    rows = raw.execute(
        "SELECT id, office_id, package_number, changes, issued_by, package_made_at FROM receipts"
    ).fetchall()
    found = []
    for receipt, office, number, changes, operator, made_at in rows:
        issuer = _issuer(ledger, ("receipts", receipt))
        if issuer is None or not _may_judge(raw, issuer[0], office):
            continue
        chains = tuple(chain for text in json.loads(changes) if (chain := _chain(raw, text)) is not None)
        returned = _returned(ledger, receipt, issuer[0])
        name = names.get(issuer[0], issuer[0])
        who = (receipt, issuer[0], name, operator, issuer[1], issuer[2])
        found.append(Received(*who, number, chains, returned, office, made_at))
    return found


def _issuer(ledger: Ledger, key: Key) -> tuple[str, str, int] | None:
    """Return who wrote a record, when and in which order; None when several offices did: then nobody stands for it."""
    kept = head_store.load(ledger, [key]).get(key)
    commits = [ledger.commit(number) for number in sorted(kept.heads.commits())] if kept else []
    if len({commit.office for commit in commits}) != 1 or kept is None:
        return None
    return commits[0].office, max(commit.time for commit in commits), max(kept.heads.commits())


def _may_judge(raw: sqlite3.Connection, issuer: str, office: str) -> bool:
    return issuer != office and (issuer in ancestors(raw, office) or office in _judged_by(raw, issuer))


def _judged_by(raw: sqlite3.Connection, issuer: str) -> set[str]:
    """Where the tree is only known by accepted keys: beneath this office, and between agreed peers."""
    own = raw.execute("SELECT office FROM sync_identity").fetchone()[0]
    if issuer == own:
        return subtree(raw, own) | peers(raw)
    parent = raw.execute("SELECT 1 FROM sync_trust WHERE office = ? AND relation IN ('parent', 'peer')", (issuer,))
    return {own} if parent.fetchone() is not None else set()


def _chain(raw: sqlite3.Connection, text: str) -> Chain | None:
    name, _, length = text.partition(":")
    try:
        digest, count = bytes.fromhex(name), int(length)
    except ValueError:
        return None
    row = raw.execute("SELECT stream, seq, id FROM sync_commit WHERE hash = ?", (digest,)).fetchone()
    return Chain(row[0], row[1] - count + 1, row[1], row[2]) if row is not None and count > 0 else None


def _returned(ledger: Ledger, receipt: str, issuer: str) -> dict[Key, str]:
    rows = ledger.raw.execute(
        "SELECT id, subject_noun, subject_id, reason FROM receipt_items WHERE receipt_id = ?", (receipt,)
    ).fetchall()
    found = {}
    for item, noun, subject, reason in rows:
        author = _issuer(ledger, ("receipt_items", item))
        if author is not None and author[0] == issuer:
            found[noun, subject] = reason
    return found


def verdicts(ledger: Ledger, key: Key, receipts: Sequence[Received]) -> list[dict[str, Any]]:
    """Return the verdicts of these receipts on a record, the latest first."""
    kept = head_store.load(ledger, [key]).get(key) if receipts else None
    if kept is None:
        return []
    written = writers(ledger, key, kept.heads)
    found = []
    for receipt in sorted(receipts, key=lambda one: one.order, reverse=True):
        covered = [number for number in written if _covers(ledger, receipt, number)]
        if covered:
            found.append(_verdict(ledger, key, receipt, covered[-1], written[-1]))
    return found


def latest(ledger: Ledger, keys: Sequence[Key], receipts: Sequence[Received]) -> dict[Key, Received]:
    """Return for each record the latest of these receipts that is about its last change, where one is."""
    covered: dict[int, Received] = {}
    for receipt in sorted(receipts, key=lambda one: one.order):
        covered.update(dict.fromkeys(_covered(ledger.raw, receipt), receipt))
    if not covered:
        return {}
    heads = {
        key: kept.heads.commits() | set(kept.heads.presence) for key, kept in head_store.load(ledger, keys).items()
    }
    numbers = json.dumps(sorted(set().union(*heads.values())))
    rows = ledger.raw.execute(
        "SELECT id, applied FROM sync_commit WHERE id IN (SELECT value FROM json_each(?))", (numbers,)
    )
    places = {number: (applied, number) for number, applied in rows}
    # The last change of a record replaced others and was replaced by none: it is among the heads.
    last = {key: max(found, key=lambda number: places[number]) for key, found in heads.items() if found}
    return {key: covered[number] for key, number in last.items() if number in covered}


def _covered(raw: sqlite3.Connection, receipt: Received) -> list[int]:
    """Return the commits that a receipt is about: back from the end of each of its chains."""
    found: list[int] = []
    for chain in receipt.chains:
        rows = raw.execute(
            "WITH RECURSIVE back(id, previous, seq) AS (SELECT id, previous, seq FROM sync_commit WHERE id = ? "
            "UNION ALL SELECT c.id, c.previous, c.seq FROM sync_commit c JOIN back b ON c.hash = b.previous "
            "WHERE b.seq > ?) SELECT id FROM back",
            (chain.last, chain.first),
        )
        found += [number for (number,) in rows]
    return found


def _covers(ledger: Ledger, receipt: Received, number: int) -> bool:
    stream, seq = ledger.raw.execute("SELECT stream, seq FROM sync_commit WHERE id = ?", (number,)).fetchone()
    return any(
        chain.stream == stream and chain.first <= seq <= chain.end and _leads_to(ledger.raw, chain, number, seq)
        for chain in receipt.chains
    )


def _leads_to(raw: sqlite3.Connection, chain: Chain, number: int, seq: int) -> bool:
    """Tell whether a commit lies on a chain: beside it there may be another of its place, made on a copied file."""
    twins = raw.execute("SELECT count(*) FROM sync_commit WHERE stream = ? AND seq = ?", (chain.stream, seq)).fetchone()
    if twins[0] == 1:
        return True
    row = raw.execute(
        "WITH RECURSIVE back(id, previous, seq) AS (SELECT id, previous, seq FROM sync_commit WHERE id = ? "
        "UNION ALL SELECT c.id, c.previous, c.seq FROM sync_commit c JOIN back b ON c.hash = b.previous "
        "WHERE b.seq > ?) SELECT 1 FROM back WHERE id = ?",
        (chain.last, seq, number),
    ).fetchone()
    return row is not None


def _verdict(ledger: Ledger, key: Key, receipt: Received, version: int, last: int) -> dict[str, Any]:
    returned = key in receipt.returned
    return {
        "receipt": receipt.id,
        "office_id": receipt.office,
        "office": receipt.office_name,
        "operator": receipt.operator,
        "at": receipt.at,
        "verdict": RETURNED if returned else ACCEPTED,
        "reason": receipt.returned.get(key, ""),
        "version": ledger.name(version).hex(),
        "package_number": receipt.package_number,
        "current": version == last,
    }
