"""The findings that a new text would change, each old and new status with icon, word and colour."""

from typing import Any, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QIcon

from desktop.views import icons, theme
from desktop.views.record_table_model import Column, Display, Index, RecordTableModel

NONE: Final = "没有这一条"
SIDES: Final = ("before", "after")


def status_words(status: str) -> str:
    """Return the word of a status; an empty one stands for a rule that is not in that text."""
    return icons.STATUS_WORDS[status] if status else NONE


CHANGES: Final = (
    Column("name", "对象", 0),
    Column("title", "条", 0, show=lambda row: f"{row['article']} {row['title']}"),
    Column("before", "原来", 116, show=lambda row: status_words(row["before"])),
    Column("after", "以后", 116, show=lambda row: status_words(row["after"])),
)


class ImpactTableModel(RecordTableModel):
    """Rows are `Change` records as dicts."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(CHANGES, parent)

    def data(self, index: Index, role: int = Display) -> Any:
        """Return also icon and colour of a status, and the whole sentence as the tip of the row."""
        if not index.isValid():
            return None
        key, row = self.columns[index.column()].key, self.record(index.row())
        if role == Qt.ItemDataRole.ToolTipRole:
            return row["sentence"]
        if key in SIDES and role == Qt.ItemDataRole.DecorationRole:
            return _icon(row[key])
        if key in SIDES and role == Qt.ItemDataRole.ForegroundRole:
            return theme.status_color(row[key] or "n/a")
        return super().data(index, role)


def _icon(status: str) -> QIcon:
    color = theme.status_color(status or "n/a").name()
    image = icons.pixmap(icons.STATUS_ICONS[status or "n/a"], color, theme.px(16), 2.0)
    result = QIcon(image)
    # A selected row would tint the icon, and its colour means something.
    result.addPixmap(image, QIcon.Mode.Selected)
    return result
