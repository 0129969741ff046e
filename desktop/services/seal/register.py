"""The register of what was done with seals (用印登记): entries are only ever added."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.documents.kind import Setting
from desktop.documents.kinds import find_kind
from desktop.errors import NotFound
from desktop.models.seal import Seal, SealUse
from desktop.services import blobs, records
from desktop.services.derived.subject import get
from desktop.services.office import own_office
from desktop.services.sheet.register_file import write_register

USED, BEGUN, HANDED_OVER, RELOCKED, STOPPED = "用印", "启用", "移交", "更换口令", "停用"
COLUMNS = (
    "used_on",
    "used_at",
    "action",
    "seal_name",
    "keeper",
    "approved_by",
    "purpose",
    "document_number",
    "title",
    "short_code",
    "paper_sha256",
    "note",
    "id",
)


def enter(session: Session, seal: Seal, action: str, paper: Mapping[str, Any] | None = None, **given: str) -> SealUse:
    """Add an entry: what was done with a seal, now, by its keeper; `paper` is the filed paper it was set on."""
    now, filed = datetime.now().astimezone(), paper or {}
    made = SealUse(
        office_id=seal.office_id,
        seal_id=seal.id,
        seal_name=seal.name or seal.issuer,
        action=action,
        used_on=now.date(),
        used_at=now.isoformat(timespec="milliseconds"),
        keeper=seal.keeper,
        document_id=filed.get("id"),
        document_number=filed.get("document_number", ""),
        title=filed.get("title", ""),
        paper_sha256=filed.get("sha256", ""),
        short_code=filed.get("short_code", ""),
        **given,
    )
    session.add(made)
    session.flush()
    return made


def uses(session: Session, seal_id: str = "", action: str = "") -> list[dict[str, Any]]:
    """Return the entries, the latest first, of all seals or one, of all actions or one."""
    query = select(SealUse).order_by(SealUse.used_at.desc(), SealUse.id)
    query = query.where(SealUse.seal_id == seal_id) if seal_id else query
    query = query.where(SealUse.action == action) if action else query
    return records.all_to_json(session, "seal_uses", list(session.scalars(query)))


def sealed_copy(session: Session, use_id: str) -> bytes:
    """Return the very file that a seal was set on; NotFound where this PC does not have it, or the entry names none."""
    entry = get(session, SealUse, use_id, "用印登记")
    if not entry.paper_sha256:
        raise NotFound(f"这一条是“{entry.action}”，没有盖章的文件。", f"seal_uses.{use_id}")
    return blobs.read(blobs.folder(session), entry.paper_sha256)


def write(session: Session, out: Path, year: int | None = None) -> int:
    """Write the register as workbook (whole) or paper (of one year or all), as the file's ending says (BadInput)."""
    return write_register(
        "用印登记", out, lambda place: write_workbook(session, place), lambda place: write_paper(session, place, year)
    )


def write_workbook(session: Session, out: Path) -> int:
    """Write the whole register as a workbook and return how many entries it has."""
    # openpyxl is slow to import and only this road needs it.
    from desktop.services import spreadsheet

    return spreadsheet.export(session, "seal_uses", out, columns=COLUMNS)


def write_paper(session: Session, out: Path, year: int | None = None) -> int:
    """Write the uses, of one year or all, as a ruled register to print and file; return how many it has."""
    found = [
        one for one in reversed(uses(session, action=USED)) if year is None or one["used_on"].startswith(f"{year}-")
    ]
    rows = [
        {
            "used_on": one["used_on"],
            "paper": one["title"] or one["purpose"],
            "document_number": one["document_number"] or one["short_code"],
            "purpose": one["purpose"],
            "seal": one["seal_name"],
            "approved_by": one["approved_by"],
            "keeper": one["keeper"],
            "hash": one["paper_sha256"][:16],
        }
        for one in found
    ]
    data = {"filled_by": own_office(session).name, "rows": rows}
    data |= {"title": f"{year}年用印登记簿"} if year else {}
    blobs.write_whole(out, find_kind("seal-register").pdf(data, Setting()))
    return len(rows)
