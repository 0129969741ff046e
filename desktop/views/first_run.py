"""The first page of a new installation: make this office's identity, or try a sample county."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.errors import DesktopError
from desktop.views import theme
from desktop.views.arranging import ROOM, beside
from desktop.views.background import Background, Progress
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.editors import TextEditor
from desktop.views.field_editor import FieldEditor
from desktop.views.icons import Button
from desktop.views.message_strip import MessageStrip
from desktop.views.panes import lone_card, set_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.rules.regulation import Regulation
    from desktop.views.second_pc import JoinBox

LEVELS: Final = (
    ("基层", "基层（企业、事业单位工会）"),
    ("县级", "县级（旗县区、行业工会）"),
    ("市级", "市级（盟市）"),
    ("省级", "省级（自治区）"),
)
INNER_PX: Final = 496
WELCOME: Final = "第一次使用，请写明这是哪一个工会的电脑。数据只存在这台电脑上，不联网；与上下级用U盘交换数据包。"
SAMPLE_OFFICE: Final = ("示例县总工会", "县级", "示例县")
SAMPLE_OPERATOR: Final = "示例操作员"


class FirstRun(QWidget):
    """`made(operator)` follows when the database is there; nothing is written before one of the two buttons."""

    made = Signal(str)

    def __init__(self, path: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._path = path
        self._background = Background(self)
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.strip = MessageStrip()
        self.office = TextEditor()
        self.office.set_placeholder("全称，如 某某县总工会")
        self.level = ChoiceEditor(LEVELS)
        self.level.set_value("县级")
        self.region = TextEditor()
        self.region.set_placeholder("行政区划名称")
        self.operator = TextEditor()
        self.operator.set_placeholder("您的姓名，记在每一次修改上")
        self.start = Button("开始使用", role="primary")
        self.sample = Button("先用示例县试一试", "sample")
        self.join = Button("本工会已有一台电脑在用…", role="link", tip="从那台电脑写出的加入文件开始")
        self._fill(lone_card(self, INNER_PX))

    def _fill(self, layout: QVBoxLayout) -> None:
        layout.addWidget(theme.label("创新工作室管理", "title"))
        layout.addWidget(set_words(WELCOME, INNER_PX))
        layout.addWidget(self.strip)
        layout.addLayout(self._fields())
        buttons = beside(self.sample, self.join, ROOM, self.start, spacing=8)
        layout.addSpacing(4)
        layout.addLayout(buttons)
        self.progress = theme.label(role="small")
        layout.addWidget(self.progress)

    def _fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        rows: tuple[tuple[str, str, FieldEditor], ...] = (
            ("工会名称", "工会名称(&N)", self.office),
            ("层级", "层级(&L)", self.level),
            ("地区", "地区(&R)", self.region),
            ("操作人", "操作人(&P)", self.operator),
        )
        for row, (name, words, editor) in enumerate(rows):
            label = theme.label(words, "quiet")
            label.setTextFormat(Qt.TextFormat.AutoText)
            label.setBuddy(editor.control)
            editor.setAccessibleName(name)
            grid.addWidget(label, row, 0)
            grid.addWidget(editor, row, 1)
        self.laws = theme.label(role="small")
        grid.addWidget(self.laws, len(rows), 0, 1, 2)
        return grid

    def _connect_signals(self) -> None:
        self.start.clicked.connect(self._start)
        self.sample.clicked.connect(self._sample)
        self.join.clicked.connect(self.ask_to_join)
        self.operator.entered.connect(self._start)
        for editor in (self.office, self.region):
            editor.edited.connect(lambda _value: self._tell_laws())
        self._background.working.connect(
            lambda words, _done, _total: self.progress.setText(f"{words}…" if words else "")
        )
        self._background.rested.connect(self._rest)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Wait for the end of what is being read."""
        self._background.close()
        super().closeEvent(event)

    def _tell_work(self, words: str, _done: int, _total: int) -> None:
        self.progress.setText(f"{words}…" if words else "")

    def _tell_laws(self) -> None:
        """Say by which regulations the office will work: those of its region. Reading them takes a second thread."""
        place = str(self.office.value() or ""), str(self.region.value() or "")
        self._background.start("", lambda _progress: laws_of(*place), self._show_laws, self._refused, writes=False)

    def _show_laws(self, laws: "Sequence[Regulation]") -> None:
        numbers = "、".join(dict.fromkeys(law.doc_no for law in laws))
        self.laws.setText(f"按{numbers}办理，以后可在“本工会的资料”里改" if laws else "")

    def _start(self) -> None:
        for editor in (self.office, self.region, self.operator):
            editor.commit()
        if not self.office.value():
            self.office.set_error("请填写工会名称")
            self.office.setFocus()
            return
        if not self.operator.value():
            self.operator.set_error("请填写您的姓名")
            self.operator.setFocus()
            return
        self._make(
            (self.office.value(), self.level.value(), self.region.value() or ""), self.operator.value(), workrooms=0
        )

    def _sample(self) -> None:
        self._make(SAMPLE_OFFICE, self.operator.value() or SAMPLE_OPERATOR, workrooms=37)

    def ask_to_join(self) -> "JoinBox":
        """Ask for the file that this office's first PC wrote."""
        from desktop.views.second_pc import JoinBox

        box = JoinBox(Path(self._path), self)
        box.made.connect(self.made)
        box.open()
        return box

    def _make(self, office: tuple[str, str, str], operator: str, workrooms: int) -> None:
        self._enable(False)

        def work(_progress: Progress) -> None:
            make_office(self._path, office, operator, workrooms)

        words = "建立示例县" if workrooms else "建立数据库"
        self._background.start(words, work, lambda _value: self.made.emit(operator), self._refused, writes=True)

    def _refused(self, error: DesktopError) -> None:
        self.strip.show_error(error)

    def _rest(self) -> None:
        self.progress.setText("")
        self._enable(True)

    def _enable(self, enabled: bool) -> None:
        for button in (self.start, self.sample, self.join):
            button.setEnabled(enabled)


def laws_of(office: str, region: str) -> "list[Regulation]":
    """Return the regulations that an office of this name and region begins with."""
    from desktop.services import regulation

    return regulation.of_place(f"{region}{office}", date.today())


def make_office(path: Any, office: tuple[str, str, str], operator: str, workrooms: int = 0) -> None:
    """Make the database of an office (name, level, region) that works under the regulations of its region.

    When `workrooms` is not 0 it has a sample county and works under its regulations.
    """
    from desktop.services import identity, sample, store

    name, level, region = office
    laws = sample.regulations() if workrooms else [law.id for law in laws_of(name, region)]
    made = identity.initialise(path, name, level, region, regulations=laws, operator=operator)
    try:
        if workrooms:
            with store.writing(made, operator) as session:
                sample.fill_sample(session, workrooms)
    finally:
        made.close()
