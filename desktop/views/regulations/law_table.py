"""The regulations as a table whose first column is ticked: which of them this office works under."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal

from desktop.services import identity, records, regulation
from desktop.services.law import law_texts
from desktop.services.law.text import ADOPTED, LawText
from desktop.views import formats
from desktop.views.record_table_model import Column, Display, Index, RecordTableModel
from desktop.views.transaction import Session

Checked: Final = Qt.ItemDataRole.CheckStateRole
ALWAYS: Final = "未写日期"


def _day(row: dict[str, Any]) -> str:
    return formats.date_text(row["effective_on"]) if row["effective_on"] else ALWAYS


LAWS: Final = (
    Column("title", "适用办法", 0),
    Column("rules", "规则", 48, "number"),
    Column("effective_on", "施行日期", 112, show=_day),
    Column("standing", "现在", 100),
)


def law_rows(session: Session, on: date) -> list[dict[str, Any]]:
    """Return every known regulation as it applies on a day, whether it is chosen, and how it stands here."""
    own = records.get_record(session, "offices", identity.own_office_id(session))
    texts = law_texts.applying(law_texts.texts(session), on)
    used = {law.id for law in regulation.office_regulations(session, on)}
    running = {law.id for law in regulation.current(on, session)}
    return [
        {
            "id": law.id,
            "title": law.title,
            "rules": len(law.rules),
            "effective_on": _iso(texts[law.id].effective_on),
            "chosen": law.id in own["regulations"],
            "standing": _standing(texts[law.id], on, law.id in used, law.id in running),
        }
        for law in regulation.catalogue(session, on).values()
    ]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _standing(text: LawText, on: date, used: bool, running: bool) -> str:
    words = "适用" if used else "现行，未选" if running else _why_not(text.effective_on, on)
    return f"{words}（采用）" if text.origin == ADOPTED else words


def _why_not(effective_on: date | None, on: date) -> str:
    if effective_on is None:
        return "日期未定"
    return "尚未施行" if effective_on > on else "已被替代"


class LawTableModel(RecordTableModel):
    """`ticked(id, on)` follows each tick; the model itself changes nothing."""

    ticked = Signal(str, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(LAWS, parent)

    def chosen(self) -> list[str]:
        """Return the ids of the ticked regulations."""
        return [row["id"] for row in self.rows() if row["chosen"]]

    def data(self, index: Index, role: int = Display) -> Any:
        """Return also the tick of the first column."""
        if role == Checked and index.isValid():
            chosen = self.record(index.row())["chosen"]
            return (Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked) if index.column() == 0 else None
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell of a tick."""
        if role != Checked or not index.isValid() or index.column():
            return super().setData(index, value, role)
        self.ticked.emit(self.record(index.row())["id"], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the first column be ticked."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.isValid() and not index.column() else flags


def choose(session: Session, law_id: str, on: bool, order: Sequence[str]) -> None:
    """Take a regulation into this office's profile or out of it; the others, unknown ones too, stay."""
    own = identity.own_office_id(session)
    before = records.get_record(session, "offices", own)["regulations"]
    wanted = {*before, law_id} if on else {*before} - {law_id}
    kept = [name for name in before if name in wanted and name not in order]
    records.put_records(
        session, "offices", {"id": own, "regulations": [*(name for name in order if name in wanted), *kept]}
    )
