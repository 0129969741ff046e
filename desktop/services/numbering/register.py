"""The register of document numbers (发文字号登记): every serial, what bears it, and why one is not borne by a paper."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.documents.kind import Setting
from desktop.documents.kinds import find_kind
from desktop.documents.numerals import NUMBER_YEARS, document_number
from desktop.errors import BadInput, NotAllowed
from desktop.models.document import Document
from desktop.models.number_range import NumberRange
from desktop.services import blobs, records
from desktop.services.derived.subject import get
from desktop.services.numbering.sequence import BY_HAND, EMPTY, RESERVED, own_device, ranges, taken
from desktop.services.office import own_office
from desktop.services.sheet.register_file import write_register

USED, VOIDED, TWICE, KEPT, GAP = "已用", "已作废", "重号", "预留", "空缺待说明"
LAST, LONGEST = 99_999, 1_000
"""The greatest serial, and the most serials of one range."""


def sequences(session: Session) -> list[dict[str, Any]]:
    """Return each 机关代字 and year that has papers or ranges, the latest year first."""
    papers = session.execute(select(Document.number_code, Document.number_year).where(Document.number_code != ""))
    spans = session.execute(select(NumberRange.code, NumberRange.year))
    found = {(str(code), int(year)) for code, year in (*papers, *spans) if year is not None}
    return [{"code": code, "year": year} for code, year in sorted(found, key=lambda one: (-one[1], one[0]))]


def own_sequence(session: Session) -> tuple[str, int]:
    """Return the 机关代字 of this office (empty when it has none yet) and this year."""
    return own_office(session).document_code, date.today().year


def year_of(year: int | None) -> int:
    """Return the year whose numbers are meant: the one named, else this year; BadInput where no number can bear it."""
    found = date.today().year if year is None else year
    if found not in NUMBER_YEARS:
        raise BadInput(f"年份应是四位数，如 2026，现在是{found}。", "year")
    return found


def register(session: Session, code: str, year: int) -> list[dict[str, Any]]:
    """Return every serial up to the last one taken, and every kept one: its state, its paper or the reason for none.

    A number that two PCs took apart stands once for each paper, as 重号, with what to do.
    """
    papers: dict[int, list[Document]] = {}
    query = select(Document).filter_by(number_code=code, number_year=year).order_by(Document.issued_on, Document.id)
    for paper in session.scalars(query):
        if paper.number_serial is not None:
            papers.setdefault(paper.number_serial, []).append(paper)
    spans = ranges(session, code, year)
    kept = {serial for one in spans for serial in range(one.first, one.last + 1)}
    last = max((serial for serial in papers if serial not in kept), default=0)
    lines: list[dict[str, Any]] = []
    for serial in sorted({*range(1, last + 1), *kept, *papers}):
        span = next((one for one in spans if one.first <= serial <= one.last), None)
        base = {"serial": serial, "number": document_number(code, year, serial)}
        lines += [{**base, **line} for line in _lines(papers.get(serial, []), span)]
    return lines


def _lines(papers: Sequence[Document], span: NumberRange | None) -> list[dict[str, Any]]:
    if not papers:
        return [_without_paper(span)]
    standing = [one for one in papers if one.state != VOIDED]
    found = []
    for paper in papers:
        twice = len(standing) > 1 and paper.state != VOIDED
        state = TWICE if twice else VOIDED if paper.state == VOIDED else USED
        said = "两台电脑各用了一次。请保留一份，另一份作废后用新文号重发。" if twice else paper.void_reason
        found.append({"state": state, "reason": said, **_shown(paper)})
    return found


def _shown(paper: Document) -> dict[str, Any]:
    shown = records.to_json(paper)
    return {name: shown[name] for name in ("title", "kind", "issued_on", "sha256")} | {"document_id": paper.id}


def _without_paper(span: NumberRange | None) -> dict[str, Any]:
    empty = {"title": "", "kind": "", "issued_on": None, "sha256": "", "document_id": None}
    if span is None:
        return {"state": GAP, "reason": "", **empty}
    said = f"预留给{span.holder}" if span.kind == RESERVED else span.reason
    return {"state": KEPT if span.kind == RESERVED else span.kind, "reason": said, "range_id": span.id, **empty}


def reserve(session: Session, code: str, year: int, first: int, last: int, holder: str, here: bool) -> dict[str, Any]:
    """Keep serials for one PC of the office: this one (`here`), or another that takes them with `take_range`.

    BadInput for serials out of order, NotAllowed where one is used or kept already.
    """
    return _add(session, RESERVED, code, year, first, last, holder=holder, device=own_device(session) if here else "")


def take_range(session: Session, range_id: str) -> dict[str, Any]:
    """Make a range that was reserved on another PC this one's own; NotAllowed when a PC has it already."""
    span = get(session, NumberRange, range_id, "号段")
    device = own_device(session)
    if span.kind != RESERVED:
        raise NotAllowed("只有预留的号段才能取用。", f"number_ranges.{range_id}")
    if span.device and span.device != device:
        raise NotAllowed(f"这一段已由“{span.holder}”取用。请另行预留。", f"number_ranges.{range_id}")
    span.device = device
    session.flush()
    return records.to_json(span)


def withdraw(session: Session, range_id: str) -> dict[str, Any]:
    """Take back a range or an explanation none of whose serials a paper bears; return what it was."""
    span = get(session, NumberRange, range_id, "号段")
    used = next((one for one in taken(session, span.code, span.year) if span.first <= one <= span.last), None)
    if used is not None:
        number = document_number(span.code, span.year, used)
        raise NotAllowed(f"这一段里的{number}已经用过，不能撤去。", f"number_ranges.{range_id}")
    gone = records.to_json(span)
    session.delete(span)
    session.flush()
    return gone


def explain(
    session: Session, code: str, year: int, first: int, last: int, reason: str, by_hand: bool = False
) -> dict[str, Any]:
    """Say why serials are borne by no paper here: left empty, or used outside the program (`by_hand`)."""
    if not reason.strip():
        raise BadInput("请写明原因，例如“上半年已用于纸质发文”。", "reason")
    return _add(session, BY_HAND if by_hand else EMPTY, code, year, first, last, reason=reason.strip())


def _add(session: Session, kind: str, code: str, year: int, first: int, last: int, **given: str) -> dict[str, Any]:
    document_number(code, year, first)
    if not 1 <= first <= last <= LAST or last - first >= LONGEST:
        raise BadInput(f"号段应从1起，止号不小于起号，一次最多{LONGEST}个号，现在是{first}至{last}。", "first")
    if kind == RESERVED and not given["holder"].strip():
        raise BadInput("请写明这一段给哪台电脑或哪个人用。", "holder")
    used = next((serial for serial in taken(session, code, year) if first <= serial <= last), None)
    if used is not None:
        raise NotAllowed(f"文号{document_number(code, year, used)}已经用过，这一段不能登记。", "first")
    over = next((one for one in ranges(session, code, year) if one.first <= last and first <= one.last), None)
    if over is not None:
        raise NotAllowed(f"与已登记的{over.first}至{over.last}号（{over.kind}）重叠。", "first")
    made = NumberRange(
        office_id=own_office(session).id,
        code=code,
        year=year,
        first=first,
        last=last,
        kind=kind,
        noted_on=date.today(),
        **given,
    )
    session.add(made)
    session.flush()
    return records.to_json(made)


def counts(lines: Sequence[dict[str, Any]]) -> dict[str, int]:
    """Return how many serials are in each state."""
    states = (USED, VOIDED, TWICE, KEPT, BY_HAND, EMPTY, GAP)
    return {state: sum(line["state"] == state for line in lines) for state in states}


def write(session: Session, code: str, year: int, out: Path) -> int:
    """Write the register as workbook or paper, as the file's ending says (BadInput); return how many lines it has."""
    return write_register(
        "发文字号登记",
        out,
        lambda place: write_workbook(session, code, year, place),
        lambda place: write_paper(session, code, year, place),
    )


def write_paper(session: Session, code: str, year: int, out: Path) -> int:
    """Write the register as a ruled form to print and file; return how many lines it has."""
    lines = register(session, code, year)
    rows = [
        {
            "number": line["number"],
            "title": line["title"],
            **({"issued_on": line["issued_on"]} if line["issued_on"] else {}),
            "state": line["state"],
            "note": line["reason"],
        }
        for line in lines
    ]
    data = {"title": f"{year}年发文字号登记簿", "filled_by": own_office(session).name, "rows": rows}
    blobs.write_whole(out, find_kind("number-register").pdf(data, Setting()))
    return len(lines)


def write_workbook(session: Session, code: str, year: int, out: Path) -> int:
    """Write the register as a workbook; return how many lines it has."""
    # openpyxl is slow to import and only this road needs it.
    from desktop.spreadsheets.table import Column, Table
    from desktop.spreadsheets.writer import write_table

    titles = {"number": "发文字号", "title": "标题", "issued_on": "成文日期", "state": "状态", "reason": "说明"}
    lines = register(session, code, year)
    rows = [{name: line[name] or "" for name in titles} for line in lines]
    kinds = {"issued_on": "date"}
    columns = tuple(Column(name, title, kinds.get(name, "text")) for name, title in titles.items())
    write_table(Table("numbers", "发文字号登记", columns), rows, out)
    return len(lines)
