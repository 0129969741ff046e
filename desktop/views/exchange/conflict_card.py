"""One conflict: its values side by side, each with who, where, when and which papers used it; take one, or another."""

from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.arranging import ROOM, beside, stacked
from desktop.views.exchange.change_rows import author_words
from desktop.views.field_editor import FieldEditor
from desktop.views.icons import Button

ABREAST: Final = 3
MOST_PAPERS: Final = 3


class ConflictCard(QFrame):
    """`taken(id, write)` follows 取这个, `given(id, value)` a new value, `opened(noun, record)` the record's name.

    `editor` edits a new value; None where only the values listed can be taken.
    """

    taken = Signal(str, str)
    given = Signal(str, object)
    opened = Signal(str, str)

    def __init__(self, conflict: dict[str, Any], editor: FieldEditor | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.conflict = conflict
        self.other = editor
        self.buttons: list[tuple[Button, str]] = []
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.setProperty("role", "card")
        conflict = self.conflict
        self.open_button = Button(f"{conflict['noun_title']}“{conflict['label']}”", role="link", tip="到台账里看这一条")
        head = beside(self.open_button, theme.label(conflict["title"], "strong"), ROOM, spacing=4)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        abreast = min(ABREAST, len(conflict["values"]))
        for place, value in enumerate(conflict["values"]):
            grid.addWidget(self._value(value), place // abreast, place % abreast)
            grid.setColumnStretch(place % abreast, 1)
        stacked(head, grid, self._new_value(), on=self, margins=(12, 8, 12, 12), spacing=8)

    def _value(self, value: dict[str, Any]) -> QWidget:
        """One party's value: the words large, under them where, who and when, and the papers that used it."""
        box = QFrame()
        box.setProperty("role", "inset")
        button = Button("取这个")
        button.setAccessibleName(f"取 {value['office']} 的：{value['words']}")
        self.buttons.append((button, value["write"]))
        column = QVBoxLayout(box)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        column.addWidget(theme.label(value["words"], "strong", wrap=True))
        column.addWidget(theme.label(value["office"], wrap=True))
        column.addWidget(theme.label(author_words(value), "small", wrap=True))
        column.addWidget(theme.label(papers_words(value.get("papers", [])), "small", wrap=True))
        column.addStretch(1)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return box

    def _new_value(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.give = Button("用这个新值")
        self.give.setEnabled(False)
        if self.other is not None:
            self.other.setAccessibleName("另填一个值")
            row.addWidget(theme.label("都不对？另填", "quiet"))
            row.addWidget(self.other, 1)
            row.addWidget(self.give)
            row.addStretch(1)
        else:
            self.give.setParent(self)
            self.give.hide()
        return row

    def _connect_signals(self) -> None:
        number = self.conflict["id"]
        for button, write in self.buttons:
            button.clicked.connect(lambda _checked=False, write=write: self.taken.emit(number, write))
        self.open_button.clicked.connect(lambda: self.opened.emit(self.conflict["noun"], self.conflict["record"]))
        self.give.clicked.connect(self._give)
        if self.other is not None:
            self.other.edited.connect(lambda _value: self.give.setEnabled(True))
            self.other.entered.connect(self._give)

    def _give(self) -> None:
        # What nobody typed is no decision for an empty field.
        if self.other is None or not self.give.isEnabled() or not self.other.is_readable():
            return
        self.other.commit()
        self.given.emit(self.conflict["id"], self.other.value())


def papers_words(papers: list[dict[str, Any]]) -> str:
    """Return which papers used a value."""
    if not papers:
        return "还没有公文用过"
    named = "、".join(paper["number"] or paper["title"] or "公文" for paper in papers[:MOST_PAPERS])
    return f"用过的公文：{named}" + (f"等 {len(papers)} 份" if len(papers) > MOST_PAPERS else "")
