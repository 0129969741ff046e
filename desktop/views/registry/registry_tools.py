"""The head of the register: title and count, the search field, the filters, and what can be done with the list."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from desktop.views import theme
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.icons import Button, IconButton


class RegistryTools(QWidget):
    """`changed` follows each keystroke of the search and each choice of a filter."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.count = theme.label(role="quiet")
        self.field = QLineEdit()
        self.field.setPlaceholderText("名称、单位、人员、文号，或拼音首字母")
        self.field.setAccessibleName("查找工作室")
        self.field.setClearButtonEnabled(True)
        for clear in self.field.findChildren(QToolButton):
            clear.setAccessibleName("清除查找")
        self.field.setFixedWidth(theme.px(300))
        self.level = self._filter("全部级别", "按级别筛选")
        self.state = self._filter("全部状态", "按状态筛选")
        self.columns = IconButton("columns", "选择显示的列")
        self.export = Button("导出", "export", tip="把现在列出的工作室导出为表格文件")
        self.add = Button("新增工作室", "add", "primary", "新增一个工作室（Ctrl+N）")
        head = QHBoxLayout(self)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(theme.label("工作室台账", "title"))
        head.addWidget(self.count)
        head.addStretch(1)
        for widget in (self.field, self.level, self.state, self.columns, self.export, self.add):
            head.addWidget(widget)

    def _filter(self, words: str, name: str) -> ChoiceEditor:
        choice = ChoiceEditor([("", words)])
        choice.setAccessibleName(name)
        choice.setFixedWidth(theme.px(112))
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

    def clear(self) -> None:
        """Ask for everything again."""
        for choice in (self.level, self.state):
            choice.set_value("")
        self.field.clear()
        self.changed.emit()

    def show_count(self, found: int, total: int) -> None:
        """Say how many are listed."""
        self.count.setText(f"{total} 个" if found == total else f"找到 {found} 个，共 {total} 个")
        self.export.setEnabled(found > 0)
