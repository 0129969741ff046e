"""The 版记: 抄送, 印发机关 and 印发日期 between rules at the foot of the last page (clause 7.4)."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.documents.numerals import date_text
from desktop.documents.official import Form, OfficialPaper, joined
from desktop.documents.page import Page
from desktop.documents.styles import BOTTOM, HEAVY_RULE, HEIGHT, IMPRINT_TEXT, LEFT, MM, RIGHT, THIN_RULE, WIDTH
from desktop.documents.text import Line, Span, Typesetter
from desktop.errors import Unprintable

ROW = IMPRINT_TEXT.em * 1.7
EM = IMPRINT_TEXT.size
INNER = (WIDTH - 2 * IMPRINT_TEXT.em) * MM
"""Width between the blanks of one character at both sides, pt."""


@dataclass(frozen=True)
class Imprint:
    """A 版记 measured: lines of 主送 and 抄送, 印发机关 and the date at its last line's end, whether it has rules."""

    receivers: Sequence[Line]
    printer: tuple[Sequence[Line], Line] | None
    ruled: bool

    @property
    def lines(self) -> int:
        """How many lines of text it has."""
        return len(self.receivers) + (len(self.printer[0]) if self.printer else 0)

    @property
    def height(self) -> float:
        """Height from the first rule to the last, mm."""
        return self.lines * ROW

    @property
    def printed_height(self) -> float:
        """Height of the part below the middle rule, mm."""
        return len(self.printer[0]) * ROW if self.printer else 0.0


def set_imprint(setter: Typesetter, paper: OfficialPaper, moved: Sequence[str] = ()) -> Imprint | None:
    """Set the 版记, or None where the paper has none; `moved` are the 主送机关 that found no room on the first page."""
    receivers = _receivers(setter, "主送：", moved, "to") + _receivers(setter, "抄送：", paper.copy_to, "copy_to")
    letter = paper.form is Form.LETTER
    printer = None
    if paper.printed_by and paper.printed_on and not letter:
        day = setter.single(f"{date_text(paper.printed_on)}印发", IMPRINT_TEXT, "printed_on")
        room = INNER - day.width - EM
        office = setter.lines([Span(paper.printed_by, IMPRINT_TEXT)], room, "printed_by", 0.0, 0.0, justify=False)
        printer = (office, day)
    if not receivers and not printer:
        return None
    imprint = Imprint(receivers, printer, ruled=not letter)
    if imprint.height > HEIGHT:
        raise Unprintable("主送和抄送机关太多，版记一页放不下，请改用同类型机关统称。", "to" if moved else "copy_to")
    return imprint


def _receivers(setter: Typesetter, label: str, names: Sequence[str], field: str) -> list[Line]:
    if not names:
        return []
    text = label + joined(names) + "。"
    hang = setter.width(label, IMPRINT_TEXT, field)
    return setter.lines([Span(text, IMPRINT_TEXT)], INNER, field, 0.0, hang, justify=False)


def draw_imprint(page: Page, imprint: Imprint) -> None:
    """Draw the 版记 with its last rule on the 版心's lower edge."""
    top = BOTTOM - imprint.height
    left = LEFT + IMPRINT_TEXT.em
    inset = (ROW - IMPRINT_TEXT.em) / 2
    root = page.book.root
    if imprint.receivers:
        with page.tagged(root.child("P")):
            for index, line in enumerate(imprint.receivers):
                page.glyphs(left, top + index * ROW + inset, line.placed, IMPRINT_TEXT)
    if imprint.printer:
        office, day = imprint.printer
        first = BOTTOM - imprint.printed_height
        with page.tagged(root.child("P")):
            for index, line in enumerate(office):
                page.glyphs(left, first + index * ROW + inset, line.placed, IMPRINT_TEXT)
            page.glyphs(RIGHT - IMPRINT_TEXT.em - day.width / MM, BOTTOM - ROW + inset, day.placed, IMPRINT_TEXT)
    if imprint.ruled:
        _rules(page, imprint, top)


def _rules(page: Page, imprint: Imprint, top: float) -> None:
    page.rule(LEFT, top - HEAVY_RULE / 2, RIGHT, top - HEAVY_RULE / 2, HEAVY_RULE)
    page.rule(LEFT, BOTTOM - HEAVY_RULE / 2, RIGHT, BOTTOM - HEAVY_RULE / 2, HEAVY_RULE)
    if imprint.receivers and imprint.printer:
        middle = BOTTOM - imprint.printed_height
        page.rule(LEFT, middle, RIGHT, middle, THIN_RULE)
