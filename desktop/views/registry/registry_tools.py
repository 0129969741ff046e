"""The head of the register: title and count, the search field, the filters, and what can be done with the list."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from desktop.views import theme
from desktop.views.arranging import ROOM, Wide, beside
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.icons import Button, IconButton

IMPORT, EXPORT = "导入", "导出"
WIDE: Final = 1180
NARROW: Final = 1000
"""Widths in px at scale 1 from which the buttons have their words, and the page its title."""


class RegistryTools(QWidget):
    """`changed` follows each keystroke of the search and each choice of a filter."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self._full_count = self._short_count = ""
        self.count = theme.label(role="quiet")
        self.field = QLineEdit()
        self.field.setPlaceholderText("名称、单位、人员、文号，或拼音首字母")
        self.field.setAccessibleName("查找工作室")
        self.field.setClearButtonEnabled(True)
        for clear in self.field.findChildren(QToolButton):
            clear.setAccessibleName("清除查找")
        self.field.setMinimumWidth(theme.px(140))
        self.field.setMaximumWidth(theme.px(300))
        self.level = self._filter("全部级别", "按级别筛选")
        self.state = self._filter("全部状态", "按状态筛选")
        self.filters = IconButton("filter", "筛选：保存和取用")
        self.columns = IconButton("columns", "选择显示的列")
        self.take_in = Button(IMPORT, "import", tip="导入表格文件里的名册（也可以把文件拖到窗口里）")
        self.export = Button(EXPORT, "export", tip="把现在列出的导出为表格文件（Ctrl+E）")
        self.more = IconButton("more", "更多：空白模板、查重与合并")
        self.add = Button("新增工作室", "add", "primary", "新增一个工作室（Ctrl+N）")
        self.take_in.setAccessibleName(IMPORT)
        self.export.setAccessibleName(EXPORT)
        self.title = theme.label("工作室台账", "title")
        beside(
            self.title,
            self.count,
            ROOM,
            Wide(self.field, 2),
            self.level,
            self.state,
            self.filters,
            self.columns,
            self.take_in,
            self.export,
            self.more,
            self.add,
            on=self,
            margins=0,
            spacing=8,
        )

    def minimumSizeHint(self) -> QSize:
        """Ask for the room that is needed once the words have given way, however wide the window is now."""
        shown = super().minimumSizeHint()
        yielding: tuple[QLabel | QPushButton, ...] = (self.title, self.take_in, self.export)
        words = sum(one.fontMetrics().horizontalAdvance(one.text()) for one in yielding if one.isVisibleTo(self))
        metrics = self.count.fontMetrics()
        words += metrics.horizontalAdvance(self.count.text()) - metrics.horizontalAdvance(self._short_count)
        return QSize(shown.width() - words, shown.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let words that the icons and the tab say too give way in a narrow window."""
        super().resizeEvent(event)
        wide = event.size().width() >= theme.px(WIDE)
        self.take_in.setText(IMPORT if wide else "")
        self.export.setText(EXPORT if wide else "")
        self.title.setVisible(event.size().width() >= theme.px(NARROW))
        self._tell_count()

    def _filter(self, words: str, name: str) -> ChoiceEditor:
        choice = ChoiceEditor([("", words)])
        choice.setAccessibleName(name)
        choice.setFixedWidth(theme.px(116))
        choice.set_value("")
        return choice

    def _connect_signals(self) -> None:
        self.field.textChanged.connect(self.changed)
        self.level.edited.connect(self.changed)
        self.state.edited.connect(self.changed)

    def offer(self, levels: Sequence[str], states: Sequence[str]) -> None:
        """Offer the levels and states that occur."""
        self.level.set_choices([("", "全部级别"), *((name, name) for name in levels if name)])
        self.state.set_choices([("", "全部状态"), *((name, name) for name in states if name)])

    def question(self) -> tuple[str, str, str]:
        """Return search text, level and state."""
        return self.field.text(), self.level.value() or "", self.state.value() or ""

    def conditions(self) -> str:
        """Return what is asked, in words."""
        text, level, state = self.question()
        parts = [f"“{text.strip()}”" if text.strip() else "", level, state]
        return "、".join(part for part in parts if part)

    def ask(self, text: str, level: str, state: str) -> None:
        """Ask a question that was kept."""
        for choice, value in ((self.level, level), (self.state, state)):
            choice.set_value(value)
        blocked = self.field.blockSignals(True)
        self.field.setText(text)
        self.field.blockSignals(blocked)
        self.changed.emit()

    def clear(self) -> None:
        """Ask for everything again."""
        for choice in (self.level, self.state):
            choice.set_value("")
        self.field.clear()
        self.changed.emit()

    def show_count(self, found: int, total: int) -> None:
        """Say how many are listed."""
        self._short_count = f"{found:,} 个"
        self._full_count = self._short_count if found == total else f"找到 {found:,} 个，共 {total:,} 个"
        self._tell_count()
        self.export.setEnabled(found > 0)

    def _tell_count(self) -> None:
        # A count that grows while one types must never widen the window.
        self.count.setText(self._full_count if self.width() >= theme.px(NARROW) else self._short_count)
        self.count.setToolTip(self._full_count)
