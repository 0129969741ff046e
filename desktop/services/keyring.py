"""The office's keys through time: changing, voiding and recovering them, and declaring lost changes void."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed, NotFound, StorageFault
from desktop.models import capture, refresh
from desktop.models.database import Database, translated
from desktop.models.declaration import REVOKED, VOIDED, Declaration
from desktop.services import blobs
from desktop.services.journal import applying, declared
from desktop.services.journal.ledger import Ledger
from desktop.services.journal.ownership import subtree
from desktop.services.trust import anchor, enrolment, trusting
from desktop.services.trust.identity_document import document_of, own_card, read_identity
from desktop.sync import certificate, keys, shares

SHARE_FORMAT = 1


def office_keys(session: Session) -> list[dict[str, Any]]:
    """Return all keys known here: office, relation, key, fingerprint, since when, and when it was declared void."""
    raw = capture.driver(session.connection())
    rows = raw.execute(
        "SELECT office, name, relation, public_key, accepted_at, revoked_at FROM sync_trust "
        "ORDER BY relation != 'self', name, accepted_at"
    )
    return [
        {
            "office": office,
            "name": name,
            "relation": relation,
            "key": key.hex(),
            "fingerprint": keys.fingerprint(key),
            "accepted_at": accepted,
            "revoked_at": revoked,
        }
        for office, name, relation, key, accepted, revoked in rows
    ]


def declarations(session: Session) -> list[dict[str, Any]]:
    """Return the declarations that count: id, kind, who made it about which office, key, changes, reason, date."""
    ledger = Ledger(capture.driver(session.connection()))
    return [
        {
            "id": one.id,
            "kind": one.kind,
            "by": one.by,
            "about": one.about,
            "key": one.key.hex(),
            "fingerprint": keys.fingerprint(one.key) if one.key else "",
            "changes": sorted(name.hex() for name in one.changes),
            "reason": one.reason,
            "on": one.on,
        }
        for one in declared.declarations(ledger)
    ]


def rotate(session: Session) -> dict[str, Any]:
    """Change the office's key; the present one vouches for the new one, so that others follow with the next package.

    The earlier key is kept to open what was sealed for it. The other PCs of the office take the new key from an
    enrolment file (see `adopt`).
    """
    raw = capture.driver(session.connection())
    session.flush()
    if capture.has_dirty(raw):
        raise NotAllowed("还有没有保存的修改，不能更换密钥。请先保存。")
    card = trusting.succeed(raw, keys.new_private_key())
    public = bytes.fromhex(card.public_key)
    anchor.raise_alarm(raw, "rotated", f"本工会已换用新密钥，指纹 {keys.fingerprint(public)}。请把它登记到纸质台账。")
    return {"id": card.office, "public_key": card.public_key, "fingerprint": keys.fingerprint(public)}


def adopt(session: Session, enrolment_file: Path, passphrase: str) -> dict[str, Any]:
    """Take on the key that the office changed to on another PC, from that one's enrolment file (BadInput)."""
    raw = capture.driver(session.connection())
    found = enrolment.read_enrolment(enrolment_file, passphrase)
    card = read_identity(found.identity).card
    own = own_card(raw)
    chain = certificate.key_chain(card)
    public = keys.public_key(found.private_key)
    if card.office != own.office or bytes.fromhex(own.public_key) not in chain[:-1] or public != chain[-1]:
        raise BadInput("这个加入文件里没有本工会更新的密钥。请在已换用新密钥的电脑上重新生成。", str(enrolment_file))
    trusting.take_over(raw, card, found.private_key)
    return {"id": card.office, "public_key": card.public_key, "fingerprint": keys.fingerprint(public)}


def revoke(database: Database, key: str, reason: str, operator: str = "") -> dict[str, Any]:
    """Declare a key of this office, or of one beneath it, void: changes that are not here yet count no more.

    The declaration travels to every office that this one's public papers reach. NotAllowed for the key in use.
    """
    with translated(database.path), database.writing() as session, session.begin():
        raw = capture.driver(session.connection())
        row = raw.execute("SELECT office, name FROM sync_trust WHERE public_key = ?", (_key(key),)).fetchone()
        if row is None:
            raise NotFound("没有登记过这把密钥。请从密钥清单中选择。", "key")
        own = raw.execute("SELECT office, public_key FROM sync_identity").fetchone()
        if own[1] == _key(key):
            raise NotAllowed("这是本机正在使用的密钥。请先更换密钥，再声明旧密钥作废。", "key")
        _require_beneath(raw, own[0], row[0])
        ends = declared.frontier(raw, _key(key))
        made = _declare(session, REVOKED, row[0], ends, reason, key=_key(key).hex(), operator=operator)
    _follow(database)
    return {**made, "name": row[1], "fingerprint": keys.fingerprint(_key(key))}


def admit_barred(database: Database, key: str, reason: str, operator: str = "") -> dict[str, Any]:
    """Let those changes count after all that a void key signed and that are kept apart here; returns how many."""
    with translated(database.path), database.writing() as session, session.begin():
        raw = capture.driver(session.connection())
        row = raw.execute("SELECT office FROM sync_trust WHERE public_key = ?", (_key(key),)).fetchone()
        barred = [Ledger(raw).name(number).hex() for number, author in declared.barred(raw) if author == _key(key)]
        if row is None or not barred:
            raise NotFound("没有因这把密钥作废而隔离的修改。", "key")
        own = raw.execute("SELECT office FROM sync_identity").fetchone()[0]
        _require_beneath(raw, own, row[0])
        made = _declare(session, REVOKED, row[0], barred, reason, key=_key(key).hex(), operator=operator)
    _follow(database)
    return {**made, "admitted": len(barred)}


def void(database: Database, change: str, reason: str, operator: str = "") -> dict[str, Any]:
    """Declare a change lost for good, so that what waits for it waits no longer (NotFound where nothing does)."""
    with translated(database.path), database.writing() as session, session.begin():
        ledger = Ledger(capture.driver(session.connection()))
        name = _key(change)
        rows = ledger.raw.execute(
            'SELECT p.office FROM sync_need n JOIN sync_commit c ON c.id = n."commit" JOIN sync_stream s '
            "ON s.id = c.stream JOIN sync_scope p ON p.id = s.scope WHERE n.hash = ? AND c.hash != n.hash",
            (name,),
        ).fetchall()
        if not rows or ledger.number(name) is not None:
            raise NotFound("没有修改在等待这一项。请从等待清单中选择编号。", "change")
        own = ledger.raw.execute("SELECT office FROM sync_identity").fetchone()[0]
        for (office,) in rows:
            _require_beneath(ledger.raw, own, office)
        made = _declare(session, VOIDED, rows[0][0], [name.hex()], reason, operator=operator)
    return {**made, "released": _follow(database)}


def _declare(
    session: Session, kind: str, about: str, changes: list[str], reason: str, *, key: str = "", operator: str = ""
) -> dict[str, Any]:
    if not reason.strip():
        raise BadInput("请写明声明的原因。", "reason")
    raw = capture.driver(session.connection())
    own, named = raw.execute("SELECT office, operator FROM sync_identity").fetchone()
    if operator:
        session.info["operator"] = operator
    made = Declaration(
        office_id=own, kind=kind, about_office=about, key=key, changes=changes, reason=reason.strip(),
        declared_on=date.today(), declared_by=operator or named,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return {"id": made.id, "kind": kind, "about": about, "reason": made.reason, "changes": changes}


def _follow(database: Database) -> int:
    """Let a declaration made here take effect; return how many changes it released."""
    writing = database.engine.execution_options(immediate=True)
    with translated(database.path), writing.connect() as connection, connection.begin():
        raw = capture.driver(connection)
        taken = applying.take_in(raw, (), None, declared_anew=True)
        changed = raw.execute("SELECT noun, id FROM sync_dirty").fetchall()
        raw.execute("DELETE FROM sync_dirty")
        refresh.run(connection, changed)
    return len(taken.released)


def _key(text: str) -> bytes:
    try:
        found = bytes.fromhex("".join(text.split()))
    except ValueError:
        found = b""
    if len(found) != keys.KEY_BYTES:
        raise BadInput("编号不对：应为64位十六进制字符。请从清单中复制。", "key")
    return found


def _require_beneath(raw: Any, own: str, office: str) -> None:
    if office not in subtree(raw, own):
        raise NotAllowed("只能对本工会或下级工会的密钥和修改作出声明。请联系上级工会。", "office")


def write_shares(session: Session, folder: Path, needed: int = 2, total: int = 3) -> dict[str, Any]:
    """Split the office's key into share files for several holders (the chair, the safe, the office above …).

    Any `needed` of them bring the office back (see `recover`); fewer tell nothing. Each also bears the text to print.
    """
    raw = capture.driver(session.connection())
    (private,) = raw.execute("SELECT private_key FROM sync_identity").fetchone()
    document = document_of(raw)
    known = [(relation, msgspec.to_builtins(card)) for relation, card in enrolment.known_cards(raw)]
    written = []
    for place, share in enumerate(shares.split(private, needed, total), 1):
        content = {
            "format": SHARE_FORMAT,
            "office": document["name"],
            "fingerprint": document["fingerprint"],
            "share": place,
            "needed": needed,
            "total": total,
            "made_on": date.today().isoformat(),
            "text": shares.to_text(share),
            "identity": document,
            "known": known,
        }
        path = folder / f"{document['name']}-恢复份额{place}.json"
        text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        blobs.write_whole(path, text.encode())
        written.append({"path": str(path), "share": place, "text": content["text"]})
    return {"needed": needed, "total": total, "fingerprint": document["fingerprint"], "shares": written}


def recover(path: Path, files: Sequence[Path], operator: str = "") -> Database:
    """Make the database of an office anew from shares of its key (BadInput); its data comes from the other offices.

    A file may be a share file, or one that holds nothing but a printed share's text, beside at least one share file.
    """
    if path.exists():
        raise StorageFault(f"数据库文件已经存在：{path}。不会覆盖它；请换一个位置，或直接打开它。", str(path))
    read = [_read_share(file) for file in files]
    described = next((content for _, content in read if content), None)
    if described is None:
        raise BadInput("恢复需要至少一份恢复份额文件（其余可以是抄写的文字）。请再选一份。", "shares")
    private = shares.combine([share for share, _ in read])
    office = read_identity(described["identity"])
    if keys.public_key(private) != office.public_key:
        raise BadInput("这些份额合起来不是这个工会的密钥。请核对份额上的编号、日期和工会名称。", "shares")
    return enrolment.begin(path, enrolment.read_parts(private, described["identity"], described["known"]), operator)


def _read_share(file: Path) -> tuple[bytes, dict[str, Any]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"读不到恢复份额：{file}。请检查文件位置。", str(file)) from error
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return shares.from_text(text), {}
    if not isinstance(content, dict) or not isinstance(content.get("text"), str) or "known" not in content:
        raise BadInput(f"这不是恢复份额文件：{file}。请重新选择。", str(file))
    return shares.from_text(content["text"]), content
