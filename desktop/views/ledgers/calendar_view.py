"""节假日安排: the days of a year that differ from the week, published or entered by this office."""

from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from desktop.errors import BadInput
from desktop.views import formats, theme
from desktop.views.arranging import Wide, stacked
from desktop.views.ask_form import AskForm
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.editors import DateEditor, TextEditor
from desktop.views.icons import Button
from desktop.views.ledgers.ledger_page import LedgerPage
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.table_view import TableView

KINDS: Final = ("放假", "调休上班")
WEEK: Final = "一二三四五六日"


def _weekday(row: dict[str, Any]) -> str:
    return f"星期{WEEK[date.fromisoformat(row['day']).weekday()]}"


COLUMNS: Final = (
    Column("day", "日期", 140, "date"),
    Column("weekday", "星期", 80, show=_weekday),
    Column("kind", "安排", 120, "choice", True, KINDS),
    Column("name", "节日或说明", 0, "text", True),
    Column("source", "依据", 220),
)
UNKNOWN: Final = "{}年的放假和调休安排还没有。通知公布后在这里录入；没有录入之前，按工作日计算的公示会先询问，不会猜。"


class CalendarView(LedgerPage):
    """One year; a cell edited makes the day this office's own, 恢复 takes the entry back."""

    title_words = "节假日安排"
    empty = ("calendar", "这一年的安排还没有录入", "按国务院办公厅的通知录入放假和调休上班的日子。", "录入一天")
    nouns = frozenset({"calendar_days"})

    def _actions(self) -> tuple[QWidget, ...]:
        self.year = ChoiceEditor([])
        self.year.setAccessibleName("年份")
        self.turn_to(date.today().year)
        self.take_back = Button("恢复通知的安排", tip="删去本会对选中日子的录入")
        self.enter = Button("录入一天…", "add", "primary")
        return self.year, self.take_back, self.enter

    def _content(self) -> QWidget:
        self.model = RecordTableModel(COLUMNS)
        self.table = TableView(dense=True)
        self.table.setModel(self.model)
        self.table.setAccessibleName("节假日和调休")
        self.words = theme.label("不在表里的日子，星期一至星期五上班，星期六、星期日休息。", "quiet", wrap=True)
        holder = QWidget()
        stacked(self.words, Wide(self.table), on=holder, margins=0, spacing=theme.px(8))
        return holder

    def _connect_signals(self) -> None:
        self.year.edited.connect(lambda _year: self._read())
        self.enter.clicked.connect(self.add)
        self.nothing.first.connect(self.add)
        self.take_back.clicked.connect(self.restore)
        self.model.edited.connect(self._edit)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_buttons())

    def _read(self) -> None:
        from desktop.services import publicity

        year = int(self.year.value())
        rows = self.operations.read(lambda session: publicity.calendar_of(session, year))
        self.model.set_rows([{**row, "id": row["day"]} for row in rows])
        off, worked = (sum(row["kind"] == kind for row in rows) for kind in KINDS)
        self.count.setText(f"放假 {off} 天（不含照常的周末），调休上班 {worked} 天" if rows else "")
        self.nothing.set_texts(f"{year}年的安排还没有录入", UNKNOWN.format(year))
        self.show_content(bool(rows))
        self._show_buttons()

    def _show_buttons(self) -> None:
        self.take_back.setEnabled(any(row["source"] == "本会录入" for row in self.chosen()))

    def chosen(self) -> list[dict[str, Any]]:
        """Return the days selected."""
        return [self.model.record(row) for row in self.table.selected_rows() if row < self.model.rowCount()]

    def show_record(self, noun: str, record_id: str) -> None:
        """Show a year (as text), or the year of a day."""
        if record_id[:4].isdigit():
            self.turn_to(int(record_id[:4]))
            self._read()

    def turn_to(self, year: int) -> None:
        """Choose a year; one beyond the usual ones is offered too."""
        this_year = date.today().year
        years = sorted({*range(this_year - 6, this_year + 3), year})
        self.year.set_choices([(one, f"{one}年") for one in years])
        self.year.set_value(year)

    def add(self) -> None:
        """Ask for a day and what it is."""
        form = AskForm("录入一天", "录入")
        form.add("day", "日期（必填）", DateEditor())
        form.add("kind", "安排", ChoiceEditor(KINDS), KINDS[0])
        form.add("name", "节日或说明", TextEditor())
        self.show_form(form, self._enter)

    def _enter(self, given: dict[str, Any]) -> None:
        if not given["day"]:
            self.tell(BadInput("请填写日期。", "day"))
            return
        day = date.fromisoformat(given["day"])
        self.turn_to(day.year)
        self._set(day, given["kind"] or KINDS[0], given["name"] or "", f"已录入{formats.date_text(given['day'])}")

    def _edit(self, row: int, key: str, value: Any) -> None:
        one = {**self.model.record(row), key: value or ""}
        self._set(date.fromisoformat(one["day"]), one["kind"], one["name"], "已修改")

    def _set(self, day: date, kind: str, name: str, said: str) -> None:
        from desktop.services import publicity

        self.run(f"录入{day.isoformat()}的安排", lambda session: publicity.set_day(session, day, kind, name), said)

    def restore(self) -> None:
        """Take this office's entries of the selected days back."""
        from desktop.services import publicity

        days = [date.fromisoformat(row["day"]) for row in self.chosen()]

        def change(session: Any) -> None:
            for day in days:
                publicity.set_day(session, day, "")

        self.run("恢复通知的安排", change, "已恢复")
