"""The three panes of 公文生成: kinds and records, the page on its desk, fields and issued papers."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView, QSplitter, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.document.issued_list import IssuedList
from desktop.views.document.kind_list_model import KindDelegate, KindListModel
from desktop.views.document.page_desk import PageDesk
from desktop.views.document.paper_form import PaperForm
from desktop.views.document.preview_bar import PreviewBar
from desktop.views.document.record_chooser import RecordChooser
from desktop.views.panes import pane_width

SIDE = 264
FORM = 344


class PaperPage(QWidget):
    """Holds the panes in a splitter; the view joins them."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds, self.kind_list = KindListModel(self), QListView()
        self.chooser, self.page_desk, self.form, self.issued = RecordChooser(), PageDesk(), PaperForm(), IssuedList()
        self._build_layout()

    def _build_layout(self) -> None:
        self.kind_list.setModel(self.kinds)
        self.kind_list.setItemDelegate(KindDelegate(self.kind_list))
        self.kind_list.setMouseTracking(True)
        self.kind_list.setAccessibleName("公文种类")
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setChildrenCollapsible(False)
        panes.setHandleWidth(theme.px(16))
        for position, pane in enumerate((self._left(), self._middle(), self._right())):
            panes.addWidget(pane)
            panes.setStretchFactor(position, int(position == 1))
        panes.setSizes([pane_width(SIDE), 700, pane_width(FORM)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panes)

    def _left(self) -> QWidget:
        pane, column = _pane(8)
        column.addWidget(self.kind_list, 1)
        column.addWidget(theme.label("出文对象", "strong"))
        column.addWidget(self.chooser, 1)
        return pane

    def _middle(self) -> QWidget:
        pane, column = _pane(4)
        column.addWidget(PreviewBar(self.page_desk))
        column.addWidget(self.page_desk, 1)
        return pane

    def _right(self) -> QWidget:
        pane, column = _pane(8)
        column.addWidget(theme.label("公文要素", "heading"))
        column.addWidget(self.form, 1)
        column.addWidget(self.issued)
        # With no paper both are hidden, and the heading must not sink to the middle.
        column.addStretch()
        return pane


def _pane(spacing: int) -> tuple[QWidget, QVBoxLayout]:
    pane = QWidget()
    column = QVBoxLayout(pane)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(spacing))
    return pane, column
