"""The checks of GB/T 9704-2012 on any finished PDF: clause, what was found, what is required."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from desktop.documents.measured_page import Box, MeasuredLine, MeasuredPage, open_pdf
from desktop.documents.numerals import DATE, DOCUMENT_NUMBER, read_date_text
from desktop.documents.styles import BOTTOM, CELL, LEFT, PITCH, RIGHT, TOP, WIDTH
from desktop.documents.titles import width_of
from desktop.errors import BadInput

FOLIO = re.compile(r"—\s*\d+\s*—")
CLOSING_MARKS = frozenset("、。，．；：？！）」』】〕》〉”’")
ATTACHMENT = re.compile(r"附件\d*")
CENTRE = LEFT + WIDTH / 2


class Status(StrEnum):
    """The outcome of a check; what a recommendation misses is a warning."""

    PASS = "pass"
    FAIL = "fail"
    WARN = "warn"


@dataclass(frozen=True)
class Check:
    """One check: clause, what it is about, found, required, outcome, and the page (from 1, 0 for the whole file)."""

    clause: str
    title: str
    found: str
    required: str
    status: Status
    page: int = 0

    def as_dict(self) -> dict[str, str | int]:
        """Return the check as the command line prints it."""
        return {
            "clause": self.clause,
            "title": self.title,
            "found": self.found,
            "required": self.required,
            "status": str(self.status),
            "page": self.page,
        }


def check_pdf(data: bytes) -> list[Check]:
    """Measure a PDF by every check that applies to what it shows; BadInput where it is no readable PDF."""
    return list(_run(Sheets(open_pdf(data))))


class Sheets:
    """A paper's pages with the elements of the standard found on them."""

    def __init__(self, pages: Sequence[MeasuredPage]) -> None:
        if not pages:
            raise BadInput("这个PDF没有页面。", "file")
        self.pages = pages
        self.first = pages[0]

    @cached_property
    def mark(self) -> list[MeasuredLine]:
        """The red lines of the 发文机关标志."""
        return [line for line in self.first.lines if line.chars[0].red and line.size > 22]

    @cached_property
    def letter(self) -> bool:
        """Whether the first page bears a letter's wide red rules."""
        return len(self.first.rules(self.first.red, 22, 188)) >= 2

    @cached_property
    def number(self) -> MeasuredLine | None:
        """The line with the 发文字号 under the mark."""
        below = self.mark[-1].baseline if self.mark else 0.0
        lines = [line for line in self.first.lines if line.baseline > below and re.search(r"\d号", line.text)]
        return lines[0] if self.mark and lines and lines[0].baseline < 160 else None

    @cached_property
    def title(self) -> list[MeasuredLine]:
        """The black lines of the title on the first page."""
        return [line for line in self.first.lines if 20.5 <= line.size <= 23 and not line.chars[0].red]

    @cached_property
    def rule(self) -> Box | None:
        """The red rule under the 发文字号."""
        rules = self.first.rules(self.first.red, LEFT + 30, RIGHT - 30)
        return rules[0] if rules else None

    def body(self, page: MeasuredPage) -> list[MeasuredLine]:
        """Return a page's lines of body size between title and page number."""
        top = self.title[-1].baseline if page.index == 0 and self.title else 0.0
        return [line for line in page.lines if line.baseline > top + 1 and 15.5 <= line.size <= 16.5]

    @cached_property
    def date(self) -> tuple[MeasuredPage, MeasuredLine] | None:
        """The 成文日期 with its page: the first line that is a date alone, or ends with one beside other organs."""
        for page in self.pages:
            for line in self.body(page):
                if re.fullmatch(r".{0,6}年.{1,3}月.{1,3}日", line.text):
                    return page, line
        return None

    @cached_property
    def text_pages(self) -> list[MeasuredPage]:
        """The pages of the paper itself, before its first 附件."""
        pages = []
        for page in self.pages:
            if page.lines and ATTACHMENT.fullmatch(page.lines[0].text):
                break
            pages.append(page)
        return pages


def judge(
    clause: str, title: str, found: float, low: float, high: float, page: int = 0, must: bool = True, unit: str = "mm"
) -> Check:
    """Return a check of a number against its bounds."""
    good = low <= found <= high
    status = Status.PASS if good else Status.FAIL if must else Status.WARN
    required = f"{low:.2f}—{high:.2f}{unit}" if high < 9999 else f"不少于{low:.0f}{unit}"
    return Check(clause, title, f"{found:.2f}{unit}", required, status, page)


def judge_text(
    clause: str, title: str, found: str, good: bool, required: str, page: int = 0, must: bool = True
) -> Check:
    """Return a check of a wording or shape."""
    return Check(clause, title, found, required, Status.PASS if good else Status.FAIL if must else Status.WARN, page)


def _run(sheets: Sheets) -> Iterator[Check]:
    from desktop.documents.measure_closing import closing_checks
    from desktop.documents.measure_head import head_checks

    groups: tuple[Callable[[Sheets], Iterator[Check]], ...] = (
        _page_checks, head_checks, _body_checks, closing_checks, _folio_checks,
    )  # fmt: skip
    for group in groups:
        yield from group(sheets)


def _page_checks(sheets: Sheets) -> Iterator[Check]:
    for page in sheets.pages:
        number = page.index + 1
        yield judge("5.1", "页宽", page.width, 209.5, 210.5, number)
        yield judge("5.1", "页高", page.height, 296.5, 297.5, number)
        lines = [line for line in page.lines if not FOLIO.search(line.text)]
        if not lines:
            continue
        hanging = max((line.x1 for line in lines if line.chars[-1].char not in CLOSING_MARKS), default=LEFT)
        yield judge("5.2.1", "文字右边缘", hanging, LEFT, 184.5, number)
        dark = page.ink(page.dark, Box(0, 0, page.width, 266))
        if dark:
            yield judge("5.2.1", "版心最低墨迹", dark.y1, TOP, 262.5, number)
        if page.index and dark:
            yield judge("5.2.1", "版心最高墨迹", dark.y0, 36.95, 38.5 if _begins_full(page) else 262.5, number)


def _begins_full(page: MeasuredPage) -> bool:
    """Tell whether a page begins with text of body size, not with a table or a 版记."""
    return bool(page.lines) and 15.5 <= page.lines[0].size <= 16.5


def _body_checks(sheets: Sheets) -> Iterator[Check]:
    if sheets.title and any(sheets.body(page) for page in sheets.pages):
        yield judge("7.3.2", "首页正文行数", len(sheets.body(sheets.first)), 1, 9999, 1, unit="行")
    for page in sheets.text_pages:
        number = page.index + 1
        lines = sheets.body(page)
        flush = [line for line in lines if abs(line.x0 - LEFT) < 4]
        for line in flush:
            if abs(line.x0 - LEFT) > 1:
                yield judge("5.2.1", f"“{line.text[:8]}”左边缘", line.x0, 27.0, 29.0, number)
        for line in lines:
            if line.text[0] in CLOSING_MARKS:
                yield judge_text("7.3.3", "行首标点", line.text[:6], False, "行首不用句末标点", number)
        yield from _grid_checks(lines, number)


def _grid_checks(lines: Sequence[MeasuredLine], page: int) -> Iterator[Check]:
    """Check line distance, indents and the width of full lines on one page."""
    steps = [after.baseline - line.baseline for line, after in pairwise(lines)]
    close = [step for step in steps if step < 1.5 * PITCH]
    if close:
        yield judge("5.2.3", "最大行距", max(close) * 72 / 25.4, 29.46, 29.76, page, must=False, unit="pt")
        yield judge("5.2.3", "最小行距", min(close) * 72 / 25.4, 29.46, 29.76, page, must=False, unit="pt")
    indents = [line.x0 - LEFT for line in lines if 4 <= line.x0 - LEFT < 16.3 and "附件" not in line.text[:3]]
    for indent in indents[:1]:
        yield judge("7.3.3", "段首空二字", indent, 2 * CELL - 0.5, 2 * CELL + 0.5, page)
    for line in lines:
        if len(line.chars) == 28 and all(width_of(char.char) == 1 for char in line.chars) and line.x0 < LEFT + 1:
            yield judge("5.2.3", "28字行宽", line.x1 - line.x0, WIDTH - 1.0, WIDTH + 0.6, page, must=False)
            break
    yield judge("5.2.3", "每面行数", len(lines), 0, 22, page, unit="行")


def _folio_checks(sheets: Sheets) -> Iterator[Check]:
    for page in sheets.pages:
        folios = [line for line in page.lines if FOLIO.fullmatch(line.text)]
        if not folios:
            if sheets.letter and page.index == 0:
                yield judge_text("10.1", "首页页码", "无", True, "信函首页不显示页码", 1)
            continue
        line, number = folios[-1], page.index + 1
        dash = page.ink(page.dark, Box(line.x0, 264, line.x0 + 4.5, 275))
        if dash:
            yield judge("7.5", "页码一字线上边缘", dash.y0, 268.5, 269.5, number)
        if number % 2:
            yield judge("7.5", "单页码右边缘", line.x1, 178.2, 179.3, number)
        else:
            yield judge("7.5", "双页码左边缘", line.x0, 32.7, 33.8, number)


def valid_date(text: str) -> bool:
    """Tell whether a 成文日期 is written as the standard wants."""
    try:
        return bool(DATE.fullmatch(text)) and read_date_text(text).year >= 1949
    except BadInput:
        return False


def valid_number(text: str) -> bool:
    """Tell whether a text is a 发文字号."""
    return bool(DOCUMENT_NUMBER.fullmatch(text))


__all__ = ["BOTTOM", "CENTRE", "Check", "Sheets", "Status", "check_pdf", "judge", "judge_text"]
