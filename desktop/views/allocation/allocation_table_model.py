"""The reward table: a person a row, with amounts as typed and the caps that bind them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.rules.caps import AllocationState, LineState
from desktop.services import allotment
from desktop.services.allotment import AllocationSheet, Line
from desktop.views import formats
from desktop.views.record_table_model import RIGHT, VALUE_ROLE, Column, ColumnTableModel

Index = QModelIndex | QPersistentModelIndex
Display: Final = Qt.ItemDataRole.DisplayRole
SHARE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""How much of the cap a person's sum takes: (分 given, 分 cap), or None without a cap."""
OVER_ROLE: Final = Qt.ItemDataRole.UserRole + 2
"""分 above the cap, 0 within it."""
NAME, ROLE, OUTCOME, AMOUNT, CAP, NOTE = range(6)


class AllocationTableModel(ColumnTableModel):
    """Holds the lines of one grant; `state_changed` follows every keystroke, `line_given` what is to be saved."""

    state_changed = Signal()
    line_given = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[Column, ...] = ()
        self.sheet: AllocationSheet | None = None
        self.state: AllocationState | None = None
        self.read_only = False
        self._lines: list[Line] = []
        self._saved: list[Line] = []
        self._states: dict[int, LineState] = {}
        self._set_columns((), ())

    def _set_columns(self, roles: Sequence[str], outcomes: Sequence[tuple[str, str]]) -> None:
        offered: Any = (("", ""), *outcomes)
        self.columns = (
            Column("name", "姓名", 88),
            Column("role", "角色", 116, editable=True, choices=tuple(roles)),
            Column("outcome_id", "奖励成果", 180, editable=True, choices=offered),
            Column("amount_fen", "金额（元）", 124, "money", editable=True),
            Column("cap_fen", "上限（元）", 100, "money"),
            Column("note", "说明", 0, editable=True),
        )

    def show_sheet(self, sheet: AllocationSheet) -> None:
        """Show what is saved. Rows of the same people keep their places, so that nothing jumps under the cursor."""
        fresh = _in_order_of(self._lines, sheet.lines)
        same = self.sheet is not None and [_key(line) for line in fresh] == [_key(line) for line in self._lines]
        same = same and self.sheet is not None and self.sheet.grant["id"] == sheet.grant["id"]
        self.sheet = sheet
        if same:
            self._take(fresh)
            self._redraw()
        else:
            self.beginResetModel()
            self._set_columns(allotment.roles(sheet.regulation), sheet.outcomes)
            self._take(list(sheet.lines))
            self.endResetModel()
        self.state_changed.emit()

    def lines(self) -> list[Line]:
        """Return the lines as they stand on the screen."""
        return list(self._lines)

    def type_amount(self, row: int, amount_fen: int | None) -> None:
        """Take an amount (分) while it is being typed: every figure follows, nothing is saved yet."""
        if 0 <= row < len(self._lines) and self._lines[row].amount_fen != amount_fen:
            self._lines[row] = replace(self._lines[row], amount_fen=amount_fen)
            self._work_out()
            self._redraw()
            self.state_changed.emit()

    def put_back(self, row: int) -> None:
        """Let go of what was typed and not saved."""
        if 0 <= row < len(self._saved):
            self.type_amount(row, self._saved[row].amount_fen)

    def _take(self, lines: list[Line]) -> None:
        self._lines, self._saved = list(lines), list(lines)
        self._work_out()

    def _work_out(self) -> None:
        if self.sheet is not None and self.sheet.allows_rewards:
            self.state = allotment.live_state(self.sheet, self._lines)
            self._states = {line.index: line for line in self.state.lines}

    def _redraw(self) -> None:
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, len(self.columns) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Display) -> Any:
        """Return a cell's words, its raw value, alignment, or how it stands against the cap."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        column = index.column()
        if role in (Display, Qt.ItemDataRole.ToolTipRole):
            return self._words(index.row(), column) or (None if role != Display else "")
        if role in (Qt.ItemDataRole.EditRole, VALUE_ROLE):
            return self._raw(index.row(), column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column in (AMOUNT, CAP) else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == SHARE_ROLE:
            return self._share(index.row())
        return self.over_fen(index.row()) if role == OVER_ROLE else None

    def _raw(self, row: int, column: int) -> Any:
        """Return a cell's value as its editor takes it; money is a string of 元."""
        if column in (AMOUNT, CAP):
            return formats.yuan_of_fen(self._lines[row].amount_fen if column == AMOUNT else self._cap(row))
        return getattr(self._lines[row], self.columns[column].key)

    def _words(self, row: int, column: int) -> str:
        line = self._lines[row]
        if column == NAME:
            return line.name or line.category
        if column == AMOUNT:
            return formats.money_text(line.amount_fen)
        if column == CAP:
            return formats.money_text(self._cap(row))
        if column == OUTCOME:
            titles = dict(self.sheet.outcomes) if self.sheet is not None else {}
            return titles.get(line.outcome_id or "", line.result_ref)
        if column == NOTE and not line.note and self.over_fen(row):
            return f"超出上限 {formats.money_text(self.over_fen(row))} 元，请写明理由"
        return str(getattr(line, self.columns[column].key) or "")

    def _cap(self, row: int) -> int | None:
        return self._states[row].cap_fen if row in self._states else None

    def over_fen(self, row: int) -> int:
        """Return how far a row's person is above the cap, in 分."""
        return self._states[row].over_fen if row in self._states else 0

    def _share(self, row: int) -> tuple[int, int] | None:
        cap = self._cap(row)
        return (self._states[row].person_total_fen, cap) if cap else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a finished cell and tell the line that is to be saved."""
        if not index.isValid() or role != Qt.ItemDataRole.EditRole or self.read_only:
            return False
        row, key = index.row(), self.columns[index.column()].key
        value = formats.fen_of_yuan(value) if index.column() == AMOUNT else value
        if not self.columns[index.column()].editable or getattr(self._saved[row], key) == value:
            return False
        changed = replace(self._lines[row], **{key: value})
        self._lines[row] = changed
        self._work_out()
        self._redraw()
        self.state_changed.emit()
        self.line_given.emit(changed)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Tell which cells can be edited."""
        flags = super().flags(index)
        if index.isValid() and self.columns[index.column()].editable and not self.read_only:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags


def _key(line: Line) -> tuple[str, str, str]:
    return (line.kind, line.person_id, line.category) if line.kind == "reward" else (line.kind, line.id, "")


def _in_order_of(shown: Sequence[Line], fresh: Sequence[Line]) -> list[Line]:
    """Return the fresh lines in the order they had on the screen; new ones come last."""
    places = {_key(line): place for place, line in enumerate(shown)}
    return sorted(fresh, key=lambda line: places.get(_key(line), len(places)))
