"""Undoing a transaction by a new one that writes back what it replaced."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy.orm import Session

from desktop.errors import NotAllowed, NotFound
from desktop.models import capture
from desktop.models.fields import Noun, Value, nouns
from desktop.services.journal import head_store, settling
from desktop.services.journal.drafting import Decision
from desktop.services.journal.folding import is_folded
from desktop.services.journal.head_store import GONE, KEPT_FOR_OTHERS, SHOWN, Key, Stored
from desktop.services.journal.ledger import Ledger
from desktop.sync.commit import KEPT, ROW_PRESENCE
from desktop.sync.merge import winner

NEVER_TABLES: Final = {
    "documents": "已签发的公文不能撤销；如有错误请作废后重新签发。",
    "seals": "印章的启用、移交和停用不能撤销；请另行办理。",
    "seal_uses": "用印登记只增不改，不能撤销。",
}
NEVER_FIELDS: Final = {
    ("grants", "transferred_on"): "补助资金已拨付，拨付记录不能撤销；如有错误请另作更正记录。",
    ("grants", "transferred_fen"): "补助资金已拨付，拨付记录不能撤销；如有错误请另作更正记录。",
}


@dataclass
class _Undoing:
    """What is being undone: commits by number, and which records they brought into being (or back)."""

    ledger: Ledger
    commits: set[int]
    strict: bool
    decisions: list[Decision] = field(default_factory=list)
    records: dict[Key, Stored] = field(default_factory=dict)
    created: set[Key] = field(default_factory=set)
    deleted_first: set[Key] = field(default_factory=set)
    touched: list[Key] = field(default_factory=list)
    spared: set[Key] = field(default_factory=set)


def undo(session: Session, *hashes: str) -> None:
    """Write back what the transaction of these commits replaced; the caller commits, and may undo that in turn.

    NotAllowed, and nothing written, when something was changed since, is referred to, was issued or was paid.
    """
    ledger = Ledger(capture.driver(session.connection()))
    numbers = ledger.numbers(hashes)
    if not numbers:
        raise NotFound("找不到要撤销的修改：它可能已随导入被撤销。请刷新后再试。")
    if is_folded(ledger.raw, numbers):
        raise NotAllowed("这项修改已经归档，不能撤销。请查看归档文件中的修改记录后手工更正。")
    marks = ",".join(map(str, numbers))
    rows = ledger.raw.execute(
        f"SELECT id FROM sync_commit WHERE applied IN (SELECT applied FROM sync_commit WHERE id IN ({marks}))"
    ).fetchall()
    revert(session, ledger, {row[0] for row in rows}, strict=True)


def revert(session: Session, ledger: Ledger, commits: set[int], *, strict: bool) -> int:
    """Take back the writes of `commits` that still stand; return how many records changed.

    With `strict` anything changed since refuses the whole (NotAllowed); without, later edits are left alone.
    """
    session.flush()
    work = _Undoing(ledger, commits, strict)
    fields = _fields_written(work)
    work.records = head_store.load(ledger, fields)
    if not strict:
        work.spared = _held(work, fields)
    ledger.raw.execute("SAVEPOINT undoing")
    try:
        for key in sorted(fields, key=_creation_last):
            _revert_record(work, key, fields[key])
        _refuse_broken_references(work)
    except BaseException:
        ledger.raw.execute("ROLLBACK TO undoing")
        raise
    finally:
        ledger.raw.execute("RELEASE undoing")
    session.info.setdefault("decisions", []).extend(work.decisions)
    session.expire_all()
    return len(work.touched)


def _held(work: _Undoing, fields: Iterable[Key]) -> set[Key]:
    """Return the records that the commits made but that must stay: what is never undone, and all that it refers to."""
    made = {key for key in fields if _stands_as_made(work, key)}
    referrers = {key: settling.referrers(work.ledger.raw, key) for key in made}
    held = {key for key in made if _never_removed(work, key)}
    while more := {key for key in made - held if any(one in held or one not in made for one in referrers[key])}:
        held |= more
    return held


def _stands_as_made(work: _Undoing, key: Key) -> bool:
    kept = work.records.get(key)
    shown = kept is not None and kept.state in (SHOWN, KEPT_FOR_OTHERS)
    return kept is not None and shown and key in work.created and kept.heads.commits() <= work.commits


def _never_removed(work: _Undoing, key: Key) -> bool:
    return key[0] in NEVER_TABLES or any(_filled(work, key, name) for table, name in NEVER_FIELDS if table == key[0])


def _filled(work: _Undoing, key: Key, name: str) -> bool:
    row = work.ledger.raw.execute(f'SELECT "{name}" FROM "{key[0]}" WHERE id = ?', (key[1],)).fetchone()
    return row is not None and row[0] is not None


def _creation_last(key: Key) -> int:
    return -list(nouns()).index(key[0]) if key[0] in nouns() else 0


Written = dict[str, tuple[int, list[int]]]


def _fields_written(work: _Undoing) -> dict[Key, Written]:
    """Return for each record the fields that the commits wrote: the last commit, and what the first replaced."""
    found: dict[Key, Written] = {}
    for number in sorted(work.commits):
        commit = work.ledger.commit(number)
        refs = [work.ledger.number(bytes.fromhex(name)) or 0 for name in commit.refs]
        for block in commit.created:
            for row in block.rows:
                key = (block.table, str(row[0]))
                work.created.add(key)
                found.setdefault(key, {}).update({name: (number, []) for name in block.fields})
        for change in commit.changed:
            target = found.setdefault((change.table, change.row), {})
            _note_presence(work, (change.table, change.row), change.values)
            for name in change.values:
                replaced = [refs[place] for place in change.replaced.get(name, ())]
                outside = [head for head in replaced if head not in work.commits]
                target[name] = (number, (target[name][1] if name in target else []) + outside)
    return found


def _note_presence(work: _Undoing, key: Key, values: dict[str, Value]) -> None:
    """Note what a commit did to a record's being there; the commits come in their order.

    A record that they deleted before they brought it back was there before all of them, so it is not theirs to remove.
    """
    if ROW_PRESENCE not in values:
        return
    if values[ROW_PRESENCE] != KEPT:
        if key not in work.created:
            work.deleted_first.add(key)
    elif len(values) > 1 and key not in work.deleted_first:
        work.created.add(key)


def _revert_record(work: _Undoing, key: Key, fields: Written) -> None:
    noun = nouns().get(key[0])
    kept = work.records.get(key)
    if noun is None or kept is None or (key[0] in NEVER_TABLES and not _refused(work, NEVER_TABLES[key[0]], noun.name)):
        return
    shown = kept.state in (SHOWN, KEPT_FOR_OTHERS)
    if key in work.created:
        if kept.state == GONE and kept.heads.deletions() and set(kept.heads.deletions()) <= work.commits:
            return  # They made it and took it away again themselves: there is nothing to take back.
        if key in work.spared:
            return
        if shown and kept.heads.commits() <= work.commits:
            _remove(work, noun, key)
        else:
            _refused(work, _changed_since(work, noun, key), noun.name)
    elif ROW_PRESENCE not in fields or (shown and key in work.deleted_first):
        _write_back(work, noun, key, kept, fields)
    elif fields[ROW_PRESENCE][0] in kept.heads.deletions():
        _bring_back(work, noun, key, kept)
    else:
        _refused(work, _changed_since(work, noun, key), noun.name)


def _bring_back(work: _Undoing, noun: Noun, key: Key, kept: Stored) -> None:
    values = settling.row_values(work.ledger, noun, key, kept)
    if kept.state != GONE or values is None:
        _refused(work, _changed_since(work, noun, key), noun.name)
        return
    columns = ", ".join(f'"{name}"' for name in noun.names)
    marks = ", ".join("?" * len(noun.names))
    work.ledger.raw.execute(f'INSERT INTO "{noun.name}" (id, {columns}) VALUES (?, {marks})', (key[1], *values))
    work.touched.append(key)


def _remove(work: _Undoing, noun: Noun, key: Key) -> None:
    for (table, name), reason in NEVER_FIELDS.items():
        if table == noun.name and _filled(work, key, name) and not _refused(work, reason, name):
            return
    work.ledger.raw.execute(f'DELETE FROM "{noun.name}" WHERE id = ?', (key[1],))
    work.touched.append(key)


def _write_back(work: _Undoing, noun: Noun, key: Key, kept: Stored, fields: Written) -> None:
    values: dict[str, Value] = {}
    for name, (number, before) in fields.items():
        item = noun.field(name)
        if item is None:
            continue
        if (noun.name, name) in NEVER_FIELDS and not _refused(work, NEVER_FIELDS[noun.name, name], name):
            continue
        heads = kept.heads.of(name)
        if number not in heads or kept.state not in (SHOWN, KEPT_FOR_OTHERS):
            _refused(work, _changed_since(work, noun, key, item.title), name)
            continue
        others = [head for head in heads if head not in work.commits] or before
        values[name] = _value_before(work.ledger, key, kept, name, others) if others else item.default
        if len(heads) > 1:
            mine = tuple(head for head in heads if head in work.commits)
            work.decisions.append(Decision(noun.name, key[1], name, mine))
    if values:
        settings = ", ".join(f'"{name}" = ?' for name in values)
        work.ledger.raw.execute(f'UPDATE "{noun.name}" SET {settings} WHERE id = ?', (*values.values(), key[1]))
        work.touched.append(key)


def _value_before(ledger: Ledger, key: Key, kept: Stored, name: str, heads: list[int]) -> Value:
    return settling.head_value(ledger, key, kept, name, winner(heads, ledger.rank))


def _refused(work: _Undoing, reason: str, where: str) -> bool:
    """Refuse the whole when strict; otherwise say that this part is left as it is."""
    if work.strict:
        raise NotAllowed(reason, where)
    return False


def _changed_since(work: _Undoing, noun: Noun, key: Key, title: str = "") -> str:
    label = "name" if "name" in noun.names else "id"
    row = work.ledger.raw.execute(f'SELECT "{label}" FROM "{noun.name}" WHERE id = ?', (key[1],)).fetchone()
    what = f"“{row[0]}”" if row else "这条记录"
    part = f"的“{title}”" if title else ""
    return f"{what}{part}后来又改过，不能直接撤销。请查看修改记录后手工更正。"


def _refuse_broken_references(work: _Undoing) -> None:
    raw = work.ledger.raw
    for key in work.touched:
        settling.leave_blank(raw, key)
        if settling.missing_targets(raw, key):
            raise NotAllowed("要恢复的记录引用了已删除的记录，不能撤销。请先恢复被引用的记录。", f"{key[0]}.{key[1]}")
        gone = raw.execute(f'SELECT 1 FROM "{key[0]}" WHERE id = ?', (key[1],)).fetchone() is None
        if gone and settling.referrers(raw, key):
            raise NotAllowed(
                "要撤销的新增记录后来已被其他记录引用，不能撤销。请先处理引用它的记录。", f"{key[0]}.{key[1]}"
            )
