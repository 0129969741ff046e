"""Dates of birth of which a list tells only the month: the identity number beside them tells the day."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from desktop.rules.identity_numbers import birth_date_in, id_number_fault
from desktop.services.sheet.report import ImportReport, Line
from desktop.spreadsheets.cells import BadCellError, read_cell
from desktop.spreadsheets.table import Column

MONTH: Final = Column("birth_date", "", "month")
DAY: Final = Column("birth_date", "", "date")


class Births:
    """Completes 出生年月 of the rows of a sheet with these columns, by index."""

    def __init__(self, columns: Mapping[int, Column]) -> None:
        self._place = next((index for index, column in columns.items() if column.name == "birth_date"), -1)

    def complete(self, line: Line, report: ImportReport, before: int) -> None:
        """Take the day from the identity number where it agrees with the month; what was told of the cell goes.

        `before` are the errors that were told before the row.
        """
        told = line.get("birth_date")
        if told and not told.endswith("-01"):
            # Nearly every row ends here.
            return
        number = line.get("id_number")
        raw = line.raw[self._place] if 0 <= self._place < len(line.raw) else None
        if not number or raw is None or id_number_fault(number, date.today()):
            return
        born = birth_date_in(number)
        if _tells_only(raw, born) and told in ("", born.replace(day=1).isoformat()):
            line.values["birth_date"] = born.isoformat()
            cell = line.cell("birth_date")
            report.errors[before:] = [error for error in report.errors[before:] if error.cell != cell]


def _tells_only(raw: Any, born: date) -> bool:
    """Tell whether a cell says the month of a birth and no day."""
    if isinstance(raw, float):
        # 1980.1 may be January or, with its nought lost, October.
        return raw in (float(f"{born.year}.{born.month}"), float(f"{born:%Y.%m}"))
    try:
        return bool(read_cell(MONTH, raw) == born.replace(day=1).isoformat() != _day(raw))
    except BadCellError:
        return False


def _day(raw: Any) -> str:
    try:
        return str(read_cell(DAY, raw))
    except BadCellError:
        return ""
