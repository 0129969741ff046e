"""The four figures above the reward table."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop.rules.caps import AllocationState
from desktop.rules.regulation import Grant
from desktop.views import formats, theme
from desktop.views.arranging import Wide, beside
from desktop.views.icons import STATUS_WORDS, StatusIcon

BAR = 12


class FloorBar(QWidget):
    """A bar of the reward's share in the grant, with a mark where the floor lies."""

    def __init__(self) -> None:
        super().__init__()
        self._share = self._floor = 0.0
        self._status = "unknown"
        self.setFixedHeight(theme.px(BAR))

    def show_share(self, share: float, floor: float, status: str) -> None:
        """Show shares between 0 and 1."""
        if (share, floor, status) != (self._share, self._floor, self._status):
            self._share, self._floor, self._status = share, floor, status
            self.update()

    def sizeHint(self) -> QSize:
        """Ask for a thin strip."""
        return QSize(theme.px(160), theme.px(BAR))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw groove, filling and mark."""
        tokens, thick = theme.tokens(), theme.px(6)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        groove = QRectF(0, (self.height() - thick) / 2, self.width(), thick)
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(groove, thick / 2, thick / 2)
        if self._share > 0:
            painter.setBrush(theme.status_color(self._status))
            filled = QRectF(groove)
            filled.setWidth(max(groove.width() * min(self._share, 1.0), thick))
            painter.drawRoundedRect(filled, thick / 2, thick / 2)
        if self._floor > 0:
            painter.setBrush(QColor(tokens.text))
            painter.drawRect(QRectF(self.width() * self._floor - 1, 0, 2, self.height()))
        painter.end()


class Figure(QFrame):
    """One figure: its name, the amount, a status and a line of words."""

    def __init__(self, name: str, bar: FloorBar | None = None) -> None:
        super().__init__()
        self._name = name
        self.bar = bar
        self._icon = StatusIcon()
        self._amount = theme.label(role="figure")
        self._words = theme.label(role="small")
        self._build_layout()

    def _build_layout(self) -> None:
        self.setProperty("role", "card")
        head = beside(Wide(theme.label(self._name, "quiet")), self._icon, spacing=theme.px(6))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(10))
        column.setSpacing(theme.px(2))
        column.addLayout(head)
        column.addWidget(self._amount)
        if self.bar is not None:
            column.addWidget(self.bar)
        else:
            column.addSpacing(theme.px(BAR))
        column.addWidget(self._words)
        column.addStretch(1)
        self._icon.hide()

    def show_figure(self, amount: str, words: str, status: str | None = None) -> None:
        """Show an amount with its words; a status (pass, warn, fail …) adds icon and colour."""
        self._amount.setText(amount)
        self._words.setText(words)
        _color(self._amount, status)
        self._icon.setVisible(status is not None)
        if status is not None:
            self._icon.show_status(status)
        said = f"，{STATUS_WORDS[status]}" if status is not None else ""
        self.setAccessibleName(f"{self._name} {amount} 元{said}。{words}")

    def amount(self) -> str:
        """Return the amount as shown."""
        return self._amount.text()

    def words(self) -> str:
        """Return the words under the amount."""
        return self._words.text()


class Figures(QWidget):
    """补助总额, 奖励合计, 人均上限余量, 运行经费."""

    def __init__(self) -> None:
        super().__init__()
        self.total = Figure("补助总额（元）")
        self.rewards = Figure("奖励合计（元）", FloorBar())
        self.headroom = Figure("人均上限余量（元）")
        self.operating = Figure("运行经费（元）")
        beside(
            Wide(self.total),
            Wide(self.rewards),
            Wide(self.headroom),
            Wide(self.operating),
            on=self,
            margins=0,
            spacing=theme.px(12),
        )

    def show_state(self, state: AllocationState, basis: str) -> None:
        """Show how the lines stand against the grant, its floor and the caps; `basis` says where the sum comes from."""
        grant_fen = state.grant_fen
        self.total.show_figure(formats.money_text(grant_fen), basis)
        self._show_rewards(state, grant_fen)
        self._show_headroom(state)
        left = state.remainder_fen
        words = "其余用于建设与运行" if left >= 0 else f"超出补助总额 {formats.money_text(-left)}"
        self.operating.show_figure(formats.money_text(state.operating_fen + left), words, "fail" if left < 0 else None)

    def _show_rewards(self, state: AllocationState, grant_fen: int) -> None:
        status = "pass" if state.floor_reached else "warn"
        self.rewards.show_figure(formats.money_text(state.total_fen), floor_words(state), status)
        if self.rewards.bar is not None and grant_fen:
            self.rewards.bar.show_share(state.total_fen / grant_fen, state.floor_fen / grant_fen, status)

    def _show_headroom(self, state: AllocationState) -> None:
        over = [line for line in state.lines if line.over_fen > 0]
        words = f"{len(over)} 人超出上限" if over else "上限内还可奖励"
        self.headroom.show_figure(formats.money_text(state.room_fen), words, "warn" if over else None)


def floor_words(state: AllocationState) -> str:
    """Say which share the rewards take, and how far it is to the floor."""
    words = f"占 {state.reached_bp // 100}.{state.reached_bp % 100:02d}%"
    if not state.floor_fen:
        return words
    percent = floor_percent(state)
    if state.floor_reached:
        return f"{words}，已达到 {percent}%"
    return f"{words}，距 {percent}% 差 {formats.money_text(state.floor_fen - state.total_fen)}"


def floor_percent(state: AllocationState | None) -> int:
    """Return the floor as the whole percentage by which people call it; 0 where there is none."""
    return state.floor_fen * 100 // state.grant_fen if state is not None and state.grant_fen else 0


def basis_words(grants: Sequence[Grant], grant: Mapping[str, Any]) -> str:
    """Say by which article the sum is given."""
    given = next((one for one in grants if one.track == grant.get("track")), None)
    return "　".join(word for word in (str(grant.get("track") or ""), given.times, given.cite) if word) if given else ""


def _color(label: QLabel, status: str | None) -> None:
    """Colour a figure by its status; the size stays that of a figure."""
    color = theme.status_color(status).name() if status in ("warn", "fail") else theme.tokens().text
    label.setStyleSheet(f"color: {color};")
