"""The rows of a road: a step taken, where the record stands, a step ahead with what stands against it."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.views import formats, theme
from desktop.views.arranging import stacked
from desktop.views.icons import Button, StatusIcon

RAIL: Final = 34
SHOWN: Final = 5
"""How many rules against a step are shown before 全部."""
CONVENTION: Final = "约定"
BY: Final = {"own": "本级办理", "below": "下级办理，本级可代为登记", "above": "上级办理，凭来文登记"}
TAKE: Final = {"own": "办理到这一步", "below": "代为登记…", "above": "凭来文登记…"}
"""What is said of a step by whose turn it is, and on its button."""


def basis(cite: str, source: str) -> str:
    """Return what a step rests on: its article, or 约定 where the text writes none."""
    return cite if source == "text" else CONVENTION


class RailRow(QWidget):
    """A row with the rail of the timeline at its left: `mark` is done, now or next."""

    def __init__(self, mark: str, first: bool = False, last: bool = False) -> None:
        super().__init__()
        self._mark, self._first, self._last = mark, first, last
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(theme.px(RAIL), theme.px(6), theme.px(4), theme.px(8))
        self.body.setSpacing(theme.px(3))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rail and the mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens()
        x, y = theme.px(RAIL) / 2 - 2, theme.px(17)
        ends = (y if self._first else 0, y if self._last else self.height())
        style = Qt.PenStyle.DashLine if self._mark == "next" else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(tokens.edge), 1.5, style))
        painter.drawLine(QPointF(x, ends[0]), QPointF(x, ends[1]))
        fill = {"done": tokens.passed, "now": tokens.focus, "next": tokens.surface}[self._mark]
        painter.setPen(QPen(QColor(tokens.edge if self._mark == "next" else fill), 1.5))
        painter.setBrush(QColor(fill))
        radius = theme.px(7 if self._mark == "now" else 5)
        painter.drawEllipse(QPointF(x, y), radius, radius)


def line(*widgets: QWidget, stretch: int) -> QHBoxLayout:
    """Return widgets in a row; the one at `stretch` takes what is left."""
    row = QHBoxLayout()
    row.setSpacing(theme.px(8))
    for number, widget in enumerate(widgets):
        row.addWidget(widget, 1 if number == stretch else 0, Qt.AlignmentFlag.AlignTop)
    return row


class DoneRow(RailRow):
    """A step taken: `correct_requested(step id)` asks to correct it."""

    correct_requested = Signal(str)

    def __init__(self, behind: Any, *, first: bool) -> None:
        super().__init__("done", first=first)
        done = behind.done
        title = theme.label(done.to_state, "strong", wrap=True)
        self.correct = Button("更正…", role="link")
        self.correct.setAccessibleName(f"更正“{done.to_state}”")
        self.correct.clicked.connect(lambda: self.correct_requested.emit(done.id))
        words = (formats.date_text(done.on), done.by, basis(behind.cite, behind.source), behind.document)
        self.body.addLayout(line(title, self.correct, stretch=0))
        self.body.addWidget(theme.label("　".join(word for word in words if word), "small", wrap=True))
        told = (("认定的事由：", "；".join(behind.grounds)), ("理由：", done.reason), ("已更正：", done.corrected))
        for prefix, text in told:
            if text:
                self.body.addWidget(theme.label(prefix + text, "quiet", wrap=True))


class NowRow(RailRow):
    """Where the record stands."""

    def __init__(self, state: str, words: str, *, first: bool, last: bool) -> None:
        super().__init__("now", first, last)
        self.body.addWidget(theme.label(f"现在：{state}", "heading", wrap=True))
        if words:
            self.body.addWidget(theme.label(words, "quiet", wrap=True))


class AheadRow(RailRow):
    """A step ahead; its signals ask to take it, to make its paper (kind, noun), to tell what a rule asks ("" all)."""

    take_requested = Signal()
    paper_requested = Signal(str, str)
    facts_requested = Signal(str)

    def __init__(self, ahead: Any, turn_words: str, *, last: bool) -> None:
        super().__init__("next", last=last)
        self.ahead = ahead
        self.links: list[Button] = []
        self._build()

    def _build(self) -> None:
        ahead, step = self.ahead, self.ahead.gate.transition
        ready = can_take(ahead.gate) and not ahead.stopped
        urged = ahead.usual and ahead.turn != "above" and ready
        self.take = Button(TAKE[ahead.turn], role="primary" if urged else "")
        self.take.setAccessibleName(f"{TAKE[ahead.turn]}：{words_of(ahead)}")
        self.take.clicked.connect(self.take_requested)
        self.take.setEnabled(ready)
        words = (f"由{step.actor}办理（{BY[ahead.turn]}）", basis(step.cite, step.source), step.limit)
        said = theme.label("　".join(word for word in words if word), "small", wrap=True)
        left = stacked(theme.label(words_of(ahead), "strong", wrap=True), said, spacing=theme.px(3))
        head = QHBoxLayout()
        head.addLayout(left, 1)
        head.addWidget(self.take, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        if ahead.stopped:
            self.body.addWidget(theme.label(f"已{ahead.stopped}，办结以后才能办理到这一步", "warn", wrap=True))
        self._add_papers()
        self._add_hindrances()

    def _add_papers(self) -> None:
        papers = self.ahead.papers
        if not papers:
            return
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        others = "、".join(paper.name for paper in papers if not paper.kind)
        row.addWidget(theme.label(f"文书：{others}", "small"))
        for paper in (paper for paper in papers if paper.kind):
            button = Button(paper.name, "document", role="link", tip="到“公文生成”做这份文书")
            button.clicked.connect(lambda _checked=False, one=paper: self.paper_requested.emit(one.kind, one.noun))
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)

    def _add_hindrances(self) -> None:
        gate = self.ahead.gate
        against = [*gate.blocking, *gate.needs_reason]
        if gate.unmet:
            self.body.addWidget(theme.label(f"应先办理：{'、'.join(gate.unmet)}", "fail", wrap=True))
        if gate.grounds and not gate.opened_by:
            self._add_inquiry()
        rows = [self._finding(finding, finding.status) for finding in against]
        # A ground made out stands against nothing: it is what the step rests on.
        rows += [self._finding(finding, "warn", "已查明的事由　") for finding in gate.opened_by]
        for number, row in enumerate(rows):
            # Shown before it has a place, it would be a window of its own for a moment.
            self.body.addWidget(row)
            row.setHidden(number >= SHOWN)
        if len(gate.blocking) > 1:
            self._add_link("逐项填写…", "")
        if len(rows) > SHOWN:
            more = Button(f"全部 {len(rows)} 项", role="link")
            more.clicked.connect(lambda: _unfold(rows, more))
            self.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_inquiry(self) -> None:
        self.body.addWidget(theme.label(self.ahead.gate.closed, "missing", wrap=True))
        self._add_link("查明事由…", "")

    def _add_link(self, words: str, rule: str) -> None:
        link = Button(words, "edit", role="link")
        link.setAccessibleName(f"{words.rstrip('…')}：{self.ahead.gate.transition.to}")
        link.clicked.connect(lambda: self.facts_requested.emit(rule))
        self.links.append(link)
        self.body.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def _finding(self, finding: Any, status: str, about: str = "") -> QWidget:
        holder = QWidget()
        icon = StatusIcon(status)
        words = theme.label(f"{about}{finding.article}　{finding.title}：{finding.message}", wrap=True)
        words.setToolTip(finding.text)
        go = Button("填写…", role="link")
        go.setAccessibleName(f"填写：{finding.title}")
        go.clicked.connect(lambda: self.facts_requested.emit(finding.rule))
        row = line(icon, words, go, stretch=1)
        row.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(row)
        return holder


def clear(layout: QLayout) -> None:
    """Take every widget out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def top_of(rows: Sequence[DoneRow], area: QScrollArea) -> int | None:
    """Return how far to scroll for the last step taken to head the view; None until the rows have their places."""
    placed = rows and (rows[-1].y() > 0 or len(rows) == 1) and area.verticalScrollBar().maximum() > 0
    if not placed:
        return None
    return rows[-1].y() if rows[-1].geometry().bottom() > area.viewport().height() // 2 else 0


def _unfold(rows: list[QWidget], more: QWidget) -> None:
    more.hide()
    for row in rows:
        row.show()


def words_of(ahead: Any) -> str:
    """Return where a step leads, in words that tell one back from one ahead."""
    to = ahead.gate.transition.to
    return f"回到“{to}”" if ahead.back else str(to)


def can_take(gate: Any) -> bool:
    """Say whether the step's form may be opened: nothing stands against it but reasons still to be written."""
    doubtful = any(finding.status == "warn" for finding in gate.grounds)
    opened = not gate.grounds or bool(gate.opened_by) or doubtful
    return opened and not gate.blocking and not gate.unmet


def held_at(way: Any) -> bool:
    """Say whether a publicity of the state at hand is on record."""
    return any(one.record["at_state"] in ("", way.road.state) for one in way.publicities)
