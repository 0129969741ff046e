"""A report of figures: parts, and in each part charts of quiet bars with their numbers, down the 版心 of A4 pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.documents.elements import Flow, number_pages
from desktop.documents.embedding import FontStore
from desktop.documents.kind import Setting
from desktop.documents.numerals import date_text
from desktop.documents.page import Book, Node
from desktop.documents.styles import LABEL, MM, Role, Style
from desktop.documents.tables import Align
from desktop.documents.text import Typesetter

WORDS = Style(Role.FANGSONG, 12)
HEADS = Style(Role.HEI, 10.5, (0.33, 0.38, 0.43))
CHART = Style(Role.HEI, 13)
NOTE = Style(Role.FANGSONG, 10.5)
LINE = 7.2
"""Height of one bar's line, mm."""
BAR = 3.0
"""Thickness of a bar, mm."""
SHADE = (0.62, 0.66, 0.71)
HAIR = (0.82, 0.84, 0.87)
LABELS, COUNTS, AMOUNTS = 0.38, 0.18, 0.2
"""Shares of the line for a bar's words, its number and its amount."""
PART = 20.0
"""Room for a part's heading over its first chart, mm."""
LEAST = 4
"""A chart begins on a page that has room for its head and so many lines."""


@dataclass(frozen=True)
class Bar:
    """One line: words, number, the bar's length from 0 to 1 (0 for none), and an amount in words."""

    words: str
    count: str
    share: float
    amount: str = ""


@dataclass(frozen=True)
class Chart:
    """One chart of a part: its title, the heads of its columns, its lines, and a note under it."""

    part: str
    title: str
    heads: tuple[str, ...]
    bars: tuple[Bar, ...]
    note: str = ""


def report_pdf(title: str, office: str, on: date, charts: Sequence[Chart]) -> bytes:
    """Set a report of an office as it stands on a day."""
    setting = Setting(store=FontStore())
    setter, book = setting.setter(), Book(title, setting.store)
    flow = Flow(book, setter)
    flow.title(title)
    flow.text(f"{office}　　截至{date_text(on)}", "office", WORDS, indent=0, align=Align.CENTRE)
    part = ""
    for chart in charts:
        if chart.part != part:
            part = chart.part
            flow.space(5)
            flow.need(PART + LINE * (2 + min(LEAST, len(chart.bars))))
            flow.text(part, "part", LABEL, indent=0)
        _Set(flow, setter, chart).draw()
    number_pages(book, setter)
    return book.finish()


class _Set:
    """Sets one chart into the flow."""

    def __init__(self, flow: Flow, setter: Typesetter, chart: Chart) -> None:
        self.flow, self.setter, self.chart = flow, setter, chart
        self.node: Node = flow.node.child("Table")
        amounts = AMOUNTS if len(chart.heads) > 2 else 0.0
        self.label = flow.width * LABELS
        self.room = flow.width * (1 - LABELS - COUNTS - amounts)
        self.amount = flow.width * amounts

    def draw(self) -> None:
        """Draw title, head and lines; the head stands again on a further page."""
        self.flow.space(3)
        self.flow.need(LINE * (2 + min(LEAST, len(self.chart.bars))))
        if self.chart.title != self.chart.part:
            self.flow.text(self.chart.title, "title", CHART, indent=0, pitch=7.5)
        self._head()
        for bar in self.chart.bars:
            if self.flow.room < LINE:
                self.flow.new_page()
                self._head()
            self._line(bar)
        if self.chart.note:
            self.flow.text(self.chart.note, "note", NOTE, indent=0)

    def _head(self) -> None:
        heads = [*self.chart.heads, ""][:3]
        row = self.node.child("TR")
        self._text(heads[0], HEADS, 0.0, Align.START, row)
        self._numbers(heads[1], heads[2], HEADS, row)
        self._hair()
        self.flow.y += LINE

    def _line(self, bar: Bar) -> None:
        row = self.node.child("TR")
        self._text(self._fitting(bar.words), WORDS, 0.0, Align.START, row)
        self._numbers(bar.count, bar.amount, WORDS, row)
        length = self.room * min(max(bar.share, 0.0), 1.0)
        if length > 0:
            left, middle = self.flow.left + self.label, self.flow.y + LINE / 2 - 0.4
            self.flow.page.rule(left, middle, left + max(length, 0.6), middle, BAR, SHADE)
        self._hair()
        self.flow.y += LINE

    def _numbers(self, count: str, amount: str, style: Style, row: Node) -> None:
        self._text(count, style, self.amount, Align.END, row)
        if amount:
            self._text(amount, style, 0.0, Align.END, row)

    def _text(self, text: str, style: Style, from_right: float, align: Align, row: Node) -> None:
        """Set words at the left, or ending so many mm from the right."""
        if not text:
            return
        line = self.setter.single(text, style, "words")
        shift = self.flow.width - from_right - line.width / MM if align is Align.END else 0.0
        top = self.flow.y + (LINE - style.em) / 2 - 0.4
        with self.flow.page.tagged(row.child("TD")):
            self.flow.page.glyphs(self.flow.left + shift, top, line.placed, style)

    def _fitting(self, words: str) -> str:
        """Return the words cut with dots where they would run into the bar."""
        room = (self.label - 2) * MM
        shown = words
        while self.setter.width(shown, WORDS, "words") > room and len(shown) > 2:
            shown = shown.removesuffix("…")[:-1] + "…"
        return shown

    def _hair(self) -> None:
        bottom = self.flow.y + LINE - 0.4
        self.flow.page.rule(self.flow.left, bottom, self.flow.left + self.flow.width, bottom, 0.1, HAIR)
