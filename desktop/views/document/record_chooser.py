"""Choosing the record, or the several records, that a paper is made for."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView, QWidget

from desktop.services.paper.subjects import PaperSubject
from desktop.views import theme
from desktop.views.arranging import Wide, beside, stacked
from desktop.views.document.subject_list_model import SubjectListModel
from desktop.views.icons import Button


class RecordChooser(QWidget):
    """A search line over a list; `chosen` carries the ids whenever they change, `batch` those of the whole list."""

    chosen = Signal(list)
    batch = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.model = SubjectListModel(self)
        self.line = QLineEdit()
        self.line.setPlaceholderText("查找")
        self.line.setAccessibleName("查找对象")
        self.line.setClearButtonEnabled(True)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setAccessibleName("出文对象")
        # Names begin and end alike: the whole of each must be read, so long ones take two lines.
        self.list.setWordWrap(True)
        self.list.setSpacing(theme.px(2))
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.all_button = Button("全选", role="link")
        self.none_button = Button("全不选", role="link")
        self.batch_button = Button("成批…", role="link", tip="为列表里的每一件各制一份，可先查找缩小范围")
        self._count = theme.label(role="small")
        row = beside(Wide(self._count), self.all_button, self.none_button, self.batch_button, spacing=theme.px(4))
        stacked(self.line, Wide(self.list), row, on=self, margins=0, spacing=theme.px(6))

    def _connect_signals(self) -> None:
        self.line.textChanged.connect(self.model.search)
        self.line.installEventFilter(self)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._tell(by_cursor=True))
        self.model.ticks_changed.connect(lambda: self._tell(by_cursor=False))
        self.all_button.clicked.connect(self._tick_all)
        self.none_button.clicked.connect(lambda: self.model.tick([]))
        self.batch_button.clicked.connect(lambda: self.batch.emit(self.model.matching()))

    def show_subjects(self, subjects: Sequence[PaperSubject], *, many: bool) -> None:
        """Offer records; where one is taken the first is chosen, which is told only where it takes another's place."""
        kept, self._is_showing = self.ids(), True
        self.model.set_subjects(subjects, many=many)
        self.all_button.setVisible(many)
        self.none_button.setVisible(many)
        self.batch_button.setVisible(not many and len(subjects) > 1)
        if not many and subjects:
            row = self.model.row_of(kept[0]) if kept else 0
            self.list.setCurrentIndex(self.model.index(max(row, 0)))
        self._is_showing = False
        self._show_count()
        if not many and kept and self.ids() != kept:
            self.chosen.emit(self.ids())

    _is_showing = False

    def choose(self, ids: Sequence[str]) -> None:
        """Choose these records."""
        self.line.clear()
        if self.model.many:
            self.model.tick(ids)
        elif ids:
            self.list.setCurrentIndex(self.model.index(max(self.model.row_of(ids[0]), 0)))

    def ids(self) -> list[str]:
        """Return the chosen records' ids."""
        if self.model.many:
            return self.model.ticked()
        current = self.list.currentIndex()
        return [self.model.subject(current.row()).id] if current.isValid() else []

    def what_to_do(self) -> str:
        """Return what a person should do while nothing is chosen."""
        return (
            "先在左下选择出文对象"
            if self.model.count() or self.line.text()
            else "还没有可以出这种文的对象，先办理相应的业务"
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys walk the list while the cursor stays in the line."""
        arrows = (Qt.Key.Key_Down, Qt.Key.Key_Up)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in arrows:
            self.list.setFocus()
            return True
        return super().eventFilter(watched, event)

    def _tick_all(self) -> None:
        self.model.tick(list(dict.fromkeys([*self.model.ticked(), *self.model.matching()])))

    def _tell(self, *, by_cursor: bool) -> None:
        # Where several are taken the cursor only walks: ticks decide.
        if self._is_showing or (by_cursor and self.model.many):
            return
        self._show_count()
        self.chosen.emit(self.ids())

    def _show_count(self) -> None:
        total = self.model.count()
        self._count.setText(f"已选 {len(self.ids())} / {total}" if self.model.many else f"共 {total} 件")
