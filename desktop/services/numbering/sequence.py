"""Taking document numbers in sequence: never one twice, never one that another PC of the office may take."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from desktop.documents.numerals import document_number
from desktop.errors import NotAllowed
from desktop.models.document import Document
from desktop.models.number_range import NumberRange

RESERVED, BY_HAND, EMPTY = "预留", "手工用号", "空号"


@dataclass(frozen=True)
class Span:
    """Serials from `first` to `last`, both included."""

    first: int
    last: int

    def __contains__(self, serial: int) -> bool:
        return self.first <= serial <= self.last


def own_device(session: Session) -> str:
    """Return the name of this PC's copy of the database; it changes when the file is copied or restored."""
    return str(session.execute(text("SELECT device FROM sync_identity")).scalar() or "")


def next_serial(session: Session, code: str, year: int) -> int:
    """Return the next serial of a 机关代字 in a year.

    A PC with a reserved range takes from there; others go on after the greatest serial taken, past every range that
    is reserved, used by hand or left empty. A voided paper keeps its number.
    """
    used = set(taken(session, code, year))
    own, closed = _ranges(session, code, year)
    for span in own:
        free = next((serial for serial in range(span.first, span.last + 1) if serial not in used), None)
        if free is not None:
            return free
    serial = max((one for one in used if not any(one in span for span in closed + own)), default=0) + 1
    return _past(serial, used, closed + own)


def _past(serial: int, used: set[int], closed: Sequence[Span]) -> int:
    while True:
        blocking = next((span for span in closed if serial in span), None)
        if blocking is not None:
            serial = blocking.last + 1
        elif serial in used:
            serial += 1
        else:
            return serial


def taken(session: Session, code: str, year: int) -> list[int]:
    """Return the serials of filed papers, voided ones too, in order."""
    query = select(Document.number_serial).filter_by(number_code=code, number_year=year)
    return sorted(serial for serial in session.scalars(query) if serial is not None)


def refuse_taken(session: Session, code: str, year: int, serial: int) -> None:
    """Refuse (NotAllowed) a number that a filed paper bears, or that is not this PC's to take."""
    words = document_number(code, year, serial)
    bearer = session.scalars(
        select(Document).filter_by(number_code=code, number_year=year, number_serial=serial).limit(1)
    ).first()
    if bearer is not None:
        raise NotAllowed(
            f"文号{words}已经用于《{bearer.title or bearer.kind}》，一个文号只用一次。请改用下一个文号。", "number"
        )
    device = own_device(session)
    for one in ranges(session, code, year):
        if one.first <= serial <= one.last and not (one.kind == RESERVED and one.device == device):
            what = f"预留给“{one.holder}”" if one.kind == RESERVED else f"登记为{one.kind}（{one.reason}）"
            raise NotAllowed(f"文号{words}已{what}，不能在这里用。请改用下一个文号。", "number")


def cautions(session: Session, code: str, year: int) -> tuple[str, ...]:
    """Return what a person should know before taking the next number: another PC at work, a number borne twice."""
    said = []
    twice = sorted(_standing(session, code, year))
    if twice:
        words = "、".join(document_number(code, year, serial) for serial in twice)
        said.append(f"{words}重号：两台电脑各用了一次。请作废一份，用新文号重发（见“发文字号登记”）。")
    said += [
        f"号段{first.first}至{first.last}与{second.first}至{second.last}重叠，两台电脑可能重号。请撤去一段，另行预留。"
        for first, second in pairwise(ranges(session, code, year))
        if second.first <= first.last
    ]
    own, _ = _ranges(session, code, year)
    if exhausted(session, code, year):
        said.append("本机预留的号段已用完，再取号可能与另一台电脑重号。请在“发文字号登记”里再预留一段。")
    elif not own and other_pcs(session):
        said.append("本工会不止一台电脑在用，本机没有预留号段，可能重号。请在“发文字号登记”里给每台电脑预留一段。")
    return tuple(said)


def _standing(session: Session, code: str, year: int) -> set[int]:
    """Return the serials that more than one paper in force bears."""
    query = select(Document.number_serial).filter_by(number_code=code, number_year=year)
    counted = Counter(session.scalars(query.where(Document.state != "已作废")))
    return {int(serial) for serial, count in counted.items() if serial is not None and count > 1}


def exhausted(session: Session, code: str, year: int) -> bool:
    """Tell whether this PC had a reserved range and has used it up, so that its next number may meet another PC's."""
    own, _ = _ranges(session, code, year)
    used = set(taken(session, code, year))
    return bool(own) and all(serial in used for span in own for serial in range(span.first, span.last + 1))


def other_pcs(session: Session) -> int:
    """Return from how many other PCs of this office changes have come, without those this file was itself before."""
    query = text(
        "SELECT count(DISTINCT p.device) FROM sync_peer p JOIN sync_identity i ON p.office = i.office "
        "WHERE p.device != i.device AND p.device != i.former AND NOT p.retired"
    )
    return int(session.execute(query).scalar() or 0)


def ranges(session: Session, code: str, year: int) -> list[NumberRange]:
    """Return the ranges of a sequence in their order."""
    query = select(NumberRange).filter_by(code=code, year=year).order_by(NumberRange.first, NumberRange.id)
    return list(session.scalars(query))


def _ranges(session: Session, code: str, year: int) -> tuple[list[Span], list[Span]]:
    """Return this PC's reserved spans, and all others."""
    device = own_device(session)
    own: list[Span] = []
    closed: list[Span] = []
    for one in ranges(session, code, year):
        is_own = one.kind == RESERVED and one.device == device and bool(device)
        (own if is_own else closed).append(Span(one.first, one.last))
    return own, closed
