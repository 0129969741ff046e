"""Receipts (回执): what an office above accepted of a package or returned with reasons, and how that shows below."""

import uuid
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotFound
from desktop.models import capture
from desktop.models.database import Database, translated
from desktop.models.receipt import Receipt, ReceiptItem
from desktop.services.journal import naming, outward
from desktop.services.journal.ledger import Ledger
from desktop.services.parcel import exporting, receipted
from desktop.services.parcel.receipted import ACCEPTED, RETURNED, Imported
from desktop.services.parcel.telling import Progress, no_progress

SPACE: Final = uuid.UUID("6f0b6f5e-6d0e-5d1a-9c35-2f6d6d0c7b11")
LONGEST_REASON: Final = 2_000


def items_of_import(session: Session, import_id: str) -> list[dict[str, Any]]:
    """Return what a receipt for an import says now: each record that it brought, its version, verdict and reason.

    NotFound for an import that is unknown, NotAllowed for one that was taken back or came from an office above.
    """
    ledger = Ledger(capture.driver(session.connection()))
    return _items(ledger, receipted.imported(ledger.raw, import_id))


def return_record(session: Session, import_id: str, noun: str, record_id: str, reason: str) -> dict[str, Any]:
    """Return a record of an import with a reason; it is told when the receipt is written (BadInput, NotFound)."""
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise BadInput(f"请写明退回的原因（不超过{LONGEST_REASON}字）。", "reason")
    ledger = Ledger(capture.driver(session.connection()))
    found = receipted.imported(ledger.raw, import_id)
    _require_item(ledger, found, noun, record_id)
    ledger.raw.execute(
        "INSERT INTO sync_return (import_id, noun, id, reason) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (import_id, noun, id) DO UPDATE SET reason = excluded.reason",
        (found.number, noun, record_id, reason.strip()),
    )
    return {"import_id": import_id, "noun": noun, "id": record_id, "verdict": RETURNED, "reason": reason.strip()}


def accept_record(session: Session, import_id: str, noun: str, record_id: str) -> dict[str, Any]:
    """Take back that a record of an import is returned (NotFound)."""
    ledger = Ledger(capture.driver(session.connection()))
    found = receipted.imported(ledger.raw, import_id)
    _require_item(ledger, found, noun, record_id)
    ledger.raw.execute(
        "DELETE FROM sync_return WHERE import_id = ? AND noun = ? AND id = ?", (found.number, noun, record_id)
    )
    return {"import_id": import_id, "noun": noun, "id": record_id, "verdict": ACCEPTED, "reason": ""}


def write_receipt(
    database: Database,
    out: Path,
    import_id: str,
    operator: str = "",
    *,
    encrypt: bool = False,
    report_progress: Progress = no_progress,
) -> dict[str, Any]:
    """Note the verdicts on an import as records of its maker and write the package that takes them there.

    Written again it says what is said now. NotFound, NotAllowed as `items_of_import`; StorageFault where the file
    cannot be written: the receipt then stands here and the next package to that office takes it along.
    """
    with translated(database.path), database.writing() as session, session.begin():
        if operator:
            session.info["operator"] = operator
        ledger = Ledger(capture.driver(session.connection()))
        found = receipted.imported(ledger.raw, import_id)
        items = _items(ledger, found)
        receipt_id = _put(session, found, items, operator)
    with translated(database.path), database.writing() as session, session.begin():
        made = exporting.export_package(session, out, [found.office], report_progress=report_progress, encrypt=encrypt)
    returned = sum(item["verdict"] == RETURNED for item in items)
    return {
        "path": made["path"],
        "number": made["number"],
        "bytes": made["bytes"],
        "receipt": receipt_id,
        "import_id": import_id,
        "office": found.office,
        "package_number": found.package_number,
        "accepted": len(items) - returned,
        "returned": returned,
        "items": items,
    }


def receipts_for(session: Session, noun: str, record_id: str) -> list[dict[str, Any]]:
    """Return the verdicts of offices above on a record, the latest first; empty where none was heard of.

    `version` is the hash of the record's last change that the verdict is about; `current` tells that nothing was
    changed since.
    """
    ledger = Ledger(capture.driver(session.connection()))
    return receipted.verdicts(ledger, (noun, record_id), receipted.all_receipts(ledger))


def latest_verdicts(session: Session, noun: str, ids: Iterable[str]) -> dict[str, str]:
    """Return the last verdict (接收, 退回) on the present version of each of some records, where there is one.

    It is read for all of them at once, as a list needs it.
    """
    ledger = Ledger(capture.driver(session.connection()))
    latest = receipted.latest(ledger, [(noun, row) for row in ids], receipted.all_receipts(ledger))
    return {key[1]: RETURNED if key in receipt.returned else ACCEPTED for key, receipt in latest.items()}


def answers(session: Session) -> dict[tuple[str, int, str], dict[str, Any]]:
    """Return what receipts say of whole packages (by maker, number and moment of making): who said it, how many
    records are returned.
    """
    ledger = Ledger(capture.driver(session.connection()))
    return {
        (one.addressed, one.package_number, one.made_at): {"office": one.office_name, "returned": len(one.returned)}
        for one in sorted(receipted.all_receipts(ledger), key=lambda one: one.order)
    }


def returned_records(session: Session) -> list[dict[str, Any]]:
    """Return the records that were returned and not changed since: what the office still has to put right."""
    ledger = Ledger(capture.driver(session.connection()))
    receipts = receipted.all_receipts(ledger)
    keys = dict.fromkeys(key for receipt in receipts for key in receipt.returned)
    found = []
    for key in keys:
        last = next(iter(receipted.verdicts(ledger, key, receipts)), None)
        if last is not None and last["verdict"] == RETURNED and last["current"]:
            label = naming.last_label(ledger, key)
            found.append(
                {"noun": key[0], "noun_title": outward.noun_title(key[0]), "id": key[1], "label": label, **last}
            )
    return found


def _items(ledger: Ledger, found: Imported) -> list[dict[str, Any]]:
    rows = ledger.raw.execute("SELECT noun, id, reason FROM sync_return WHERE import_id = ?", (found.number,))
    reasons = {(noun, row): reason for noun, row, reason in rows}
    return [
        {
            "noun": key[0],
            "noun_title": outward.noun_title(key[0]),
            "id": key[1],
            "label": naming.last_label(ledger, key),
            "version": ledger.name(version).hex(),
            "verdict": RETURNED if key in reasons else ACCEPTED,
            "reason": reasons.get(key, ""),
        }
        for key, version in receipted.versions(ledger, found.number).items()
    ]


def _require_item(ledger: Ledger, found: Imported, noun: str, record_id: str) -> None:
    if (noun, record_id) not in receipted.versions(ledger, found.number):
        raise NotFound("这次导入没有带来这条记录。请从导入的记录中选择。", f"{noun}.{record_id}")


def _put(session: Session, found: Imported, items: list[dict[str, Any]], operator: str) -> str:
    """Make the receipt and its items, or bring those of an earlier writing in line with what is said now."""
    raw = capture.driver(session.connection())
    own, named = raw.execute("SELECT office, operator FROM sync_identity").fetchone()
    # Two PCs of this office that took in the same package speak of it with one voice.
    receipt_id = str(uuid.uuid5(SPACE, f"{own}:{found.sha256}"))
    receipt = session.get(Receipt, receipt_id) or Receipt(id=receipt_id, office_id=found.office)
    values = {
        "package_number": found.package_number,
        "package_sha256": found.sha256,
        "package_made_at": found.made_at,
        "changes": found.changes,
        "received_on": date.fromisoformat(found.imported_at[:10]),
        "issued_by": operator or named,
    }
    stale = [name for name, value in values.items() if getattr(receipt, name) != value]
    wanted = {item["noun"] + ":" + item["id"]: item for item in items if item["verdict"] == RETURNED}
    if _put_items(session, receipt_id, wanted) or stale or receipt.issued_on is None:
        for name, value in values.items():
            setattr(receipt, name, value)
        receipt.issued_on = date.today()
        session.add(receipt)
    return receipt_id


def _put_items(session: Session, receipt_id: str, wanted: dict[str, dict[str, Any]]) -> bool:
    """Bring the returned items in line; tell whether anything changed."""
    kept = {
        item.subject_noun + ":" + item.subject_id: item
        for item in session.scalars(select(ReceiptItem).filter_by(receipt_id=receipt_id))
    }
    changed = False
    for name, item in wanted.items():
        row = kept.pop(name, None)
        if row is not None and (row.version, row.reason) == (item["version"], item["reason"]):
            continue
        changed = True
        row = row or ReceiptItem(id=str(uuid.uuid5(uuid.UUID(receipt_id), name)), receipt_id=receipt_id)
        row.subject_noun, row.subject_id = item["noun"], item["id"]
        row.version, row.reason = item["version"], item["reason"]
        session.add(row)
    for row in kept.values():
        changed = True
        session.delete(row)
    return changed
