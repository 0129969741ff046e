"""The register's table: names take a little less or more, so that no column is cut at the edge."""

from itertools import accumulate
from typing import Final

from PySide6.QtGui import QResizeEvent

from desktop.views import theme
from desktop.views.table_view import TableView

NARROWEST: Final = 200
"""The least width of the first column in px; the most is what it asks for."""
BEYOND: Final = 48
"""By how many px more it may be, where that keeps the next column from being cut."""


class RegistryTable(TableView):
    """A table whose first column gives way, until somebody sets its width."""

    _fitted = 0

    def lay_out_columns(self) -> None:
        """Give every column the width it asks for, and the first one what is left to the last that fits."""
        super().lay_out_columns()
        self._fitted = self.columnWidth(0)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the first column give way again."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        columns = self._columns()
        if len(columns) < 2 or self.columnWidth(0) != self._fitted:
            return
        asked, room = theme.px(columns[0].width), self.viewport().width()
        others = accumulate(self.columnWidth(number) for number in range(1, len(columns)))
        left = [room - taken for taken in others]
        fitting = [width for width in left if theme.px(NARROWEST) <= width <= asked + theme.px(BEYOND)]
        self._fitted = min(fitting, default=asked if left[0] > asked else theme.px(NARROWEST))
        self.setColumnWidth(0, self._fitted)
