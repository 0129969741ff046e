"""Rows of lists whose names are too long for one line: they take two rather than be cut."""

from typing import Final

from desktop.views import theme
from desktop.views.table_view import ROW, TableView

NARROW: Final = 1000
"""The width in px of a page below which its lists leave their room to the names."""
TWO_LINES: Final = 52
MARGINS: Final = 20


def fit_names(table: TableView, column: int, names: list[str]) -> None:
    """Make the rows high enough for the names in a column, at the width it has now."""
    room = table.columnWidth(column) - theme.px(MARGINS)
    wraps = any(table.fontMetrics().horizontalAdvance(name) > room for name in names)
    table.setWordWrap(wraps)
    table.verticalHeader().setDefaultSectionSize(theme.px(TWO_LINES if wraps else ROW))
