"""Asking for a name under which something is kept."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from desktop.views import theme
from desktop.views.arranging import ROOM, beside, stacked
from desktop.views.editors import TextEditor
from desktop.views.icons import Button


class NameBox(QDialog):
    """One field; `named(name)` follows 保存 with a name in it."""

    named = Signal(str)

    def __init__(self, title: str, words: str, proposed: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = (title, words, proposed)
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        title, words, proposed = self._texts
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name = TextEditor()
        self.name.setAccessibleName("名称")
        self.name.moves_on = False
        self.name.set_value(proposed)
        self.save = Button("保存", role="primary")
        self.save.setDefault(True)
        self.leave = Button("取消")
        buttons = beside(ROOM, self.leave, self.save)
        stacked(
            theme.label(words, "quiet", wrap=True), self.name, buttons, on=self, margins=(20, 16, 20, 16), spacing=12
        )
        self.setMinimumWidth(theme.px(380))

    def _connect_signals(self) -> None:
        self.name.entered.connect(self._take)
        self.save.clicked.connect(self._take)
        self.leave.clicked.connect(self.reject)

    def showEvent(self, event: QShowEvent) -> None:
        """Let what is typed take the place of the name proposed."""
        super().showEvent(event)
        self.name.control.setFocus()
        self.name.control.selectAll()

    def _take(self) -> None:
        self.name.commit()
        name = str(self.name.value() or "").strip()
        if not name:
            self.name.set_error("请写一个名称")
            self.name.setFocus()
            return
        self.named.emit(name)
        self.accept()
