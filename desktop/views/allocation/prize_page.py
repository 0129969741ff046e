"""成果奖奖金: a year's prizes with what is due, paid and recovered; payments with their receipts are entered here."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout

from desktop.views import formats, theme
from desktop.views.allocation.prize_payments import PrizePayments
from desktop.views.arranging import Wide, stacked
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.desk import Desk
from desktop.views.editors import DateEditor, MoneyEditor, TextEditor
from desktop.views.icons import Button
from desktop.views.message_strip import MessageStrip
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.table_view import TableView

if TYPE_CHECKING:
    from desktop.services.funds.prizes import Prize, PrizeSheet


def _money(key: str) -> Callable[[dict[str, Any]], str]:
    return lambda row: formats.money_text(row[key]) if row[key] else ""


COLUMNS: Final = (
    Column("project_name", "项目", 0),
    Column("award_kind", "奖项", 156),
    Column("person_name", "第一完成人", 98),
    Column("state", "状态", 140),
    Column("due", "应发", 84, "money", show=_money("due")),
    Column("paid", "已发", 84, "money", show=_money("paid")),
    Column("receipts", "回执", 52, show=lambda row: f"{row['receipts']}/{row['payments']}" if row["payments"] else ""),
    Column("recovered", "已追回", 84, "money", show=_money("recovered")),
)


SELECT_ROW: Final = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


class PrizePage(QFrame):
    """`left` asks to go back; `failed` tells what was refused."""

    left = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._sheet: PrizeSheet | None = None
        self.setProperty("role", "card")
        self.back = Button("返回", "chevron-left")
        self.year = ChoiceEditor([])
        self.year.setAccessibleName("评选年度")
        self.words = theme.label("", "quiet", wrap=True)
        self.model = RecordTableModel(COLUMNS, self)
        self.table = TableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName("成果奖奖金")
        self.strip = MessageStrip()
        self.payments = PrizePayments(desk, self.strip)
        self.payments.hide()
        self.amount, self.receipt_number, self.paid_on = MoneyEditor(), TextEditor(), DateEditor()
        self.amount.setAccessibleName("金额")
        self.paid_on.setAccessibleName("日期")
        self.paid_on.set_value(date.today().isoformat())
        self.receipt_number.setAccessibleName("银行回执号")
        self.receipt_number.set_placeholder("银行回执号")
        self.pay = Button("登记发放", "money", role="primary")
        self.recover = Button("登记追回", "undo")
        self.file = Button("附回执", "paperclip")
        self.paper = Button("奖金发放表", "document")
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        for row in (head, foot):
            row.setSpacing(theme.px(8))
        head.addWidget(self.back)
        head.addWidget(theme.label("成果奖奖金", "heading"))
        head.addWidget(self.year)
        head.addWidget(self.words, 1)
        head.addWidget(self.paper)
        self.amount.control.setMaximumWidth(theme.px(120))
        self.paid_on.control.setMaximumWidth(theme.px(140))
        foot.addWidget(theme.label("金额（元）", "quiet"))
        foot.addWidget(self.amount)
        foot.addWidget(theme.label("日期", "quiet"))
        foot.addWidget(self.paid_on)
        foot.addWidget(self.receipt_number, 1)
        for button in (self.file, self.recover, self.pay):
            foot.addWidget(button)
        stacked(
            head,
            self.strip,
            Wide(self.table),
            self.payments,
            foot,
            on=self,
            margins=(theme.px(20), theme.px(16), theme.px(20), theme.px(16)),
            spacing=theme.px(8),
        )

    def _connect_signals(self) -> None:
        self.back.clicked.connect(self.left)
        self.year.edited.connect(lambda _year: self._read())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._offer())
        self.pay.clicked.connect(lambda: self._enter("pay"))
        self.recover.clicked.connect(lambda: self._enter("recover"))
        self.file.clicked.connect(self._ask_receipt)
        self.paper.clicked.connect(self._go_to_paper)

    def show_years(self) -> bool:
        """Read the years of which there are prizes, and the chosen one; return whether there are any."""
        from desktop.services.funds import prizes

        years = self._desk.operations.read(prizes.years)
        kept = self.year.value()
        with QSignalBlocker(self.year):
            self.year.set_choices([(year, f"{year}年") for year in years])
            self.year.set_value(kept if kept in years else next(iter(years), None))
        self._read()
        return bool(years)

    def show_award(self, award_id: str) -> None:
        """Choose one prize, in its own year."""
        from desktop.services import records

        award = self._desk.operations.read(lambda session: records.get_record(session, "awards", award_id))
        if award["award_year"] != self.year.value():
            self.year.set_value(award["award_year"])
            self._read()
        self.table.clearSelection()
        self._select([award_id])

    def _read(self) -> None:
        from desktop.services.funds import prizes

        year, chosen = self.year.value(), self._awards()
        self._sheet = None
        if year is None:
            self.model.set_rows([])
            self.words.setText("还没有公布表扬的成果奖。公布后，在这里登记奖金发放和银行回执。")
            self._offer()
            return
        self._sheet = sheet = self._desk.operations.read(lambda session: prizes.year_sheet(session, int(year)))
        self.model.set_rows([_row(line) for line in sheet.lines])
        money = formats.money_text
        words = f"应发 {money(sheet.due_fen)} 元，已发 {money(sheet.paid_fen)} 元"
        words += f"，{sheet.without_receipt} 笔还没有回执" if sheet.without_receipt else ""
        words += f"，已追回 {money(sheet.recovered_fen)} 元" if sheet.recovered_fen else ""
        self.words.setText(f"{words}。")
        self._select(chosen)
        self._offer()

    def _select(self, awards: Sequence[str]) -> None:
        """Choose these awards again after the list was read."""
        for award in awards:
            if (row := self.model.row_of(award)) >= 0 and row not in self.table.selected_rows():
                self.table.selectionModel().select(self.model.index(row, 0), SELECT_ROW)

    def _awards(self) -> list[str]:
        rows = [row for row in self.table.selected_rows() if row < self.model.rowCount()]
        return [str(self.model.record(row)["id"]) for row in rows]

    def _award(self) -> str:
        """Return the one award chosen; none when several are."""
        found = self._awards()
        return found[0] if len(found) == 1 else ""

    def _offer(self) -> None:
        """Offer what is left to pay or to recover of the chosen award, or to pay all of several at once."""
        from desktop.services.funds import prizes

        chosen = self._sheet.of(self._awards()) if self._sheet is not None else []
        one = chosen[0] if len(chosen) == 1 else None
        revoked = any(each.is_revoked for each in chosen)
        self.pay.setEnabled(any(each.may_be_paid for each in chosen) and not revoked)
        self.pay.setText(f"登记发放 {len(chosen)} 项" if len(chosen) > 1 else "登记发放")
        self.recover.setEnabled(one is not None and revoked)
        self.file.setEnabled(one is not None and one.payments > 0)
        self.paper.setEnabled(self.model.rowCount() > 0)
        self.amount.setEnabled(one is not None)
        rest = prizes.rest_of(chosen)
        if rest != self.amount.value() or not chosen:
            self.amount.set_value(rest or None)
            self.receipt_number.set_value("")
        self.payments.show_award(one.award_id if one else "", one.project_name if one else "")

    # -- entering --------------------------------------------------------------------------------------------------

    def _enter(self, what: str) -> None:
        from desktop.services.funds import prizes

        awards, amount, number = self._awards(), self.amount.value() or 0, str(self.receipt_number.value() or "")
        day = date.fromisoformat(self.paid_on.value() or date.today().isoformat())

        def change(session: Any) -> Any:
            if len(awards) > 1:
                return prizes.pay_rest(session, awards, day, number)
            return (prizes.pay if what == "pay" else prizes.recover)(session, awards[0], amount, day, number)

        words = "登记奖金发放" if what == "pay" else "登记奖金追回"
        self._desk.operations.run(words, change, lambda _made: self._entered(words, len(awards)), self._refused)

    def _refused(self, error: object) -> None:
        # What went well before no longer stands beside what is refused now.
        self.strip.clear()
        self.failed.emit(error)

    def _entered(self, words: str, count: int) -> None:
        self._read()
        self.strip.show_message(f"已{words}，共{count}项（Ctrl+Z 可撤销）", "pass")

    def _ask_receipt(self) -> None:
        files, _filter = QFileDialog.getOpenFileNames(self, "附银行回执", "", "回执 (*.pdf *.jpg *.jpeg *.png)")
        if files:
            self.attach([Path(file) for file in files])

    def attach(self, files: Sequence[Path]) -> None:
        """Keep files as the receipt of the chosen award's last payment."""
        from desktop.services import attachments
        from desktop.services.derived.prize_rows import payments

        award, folder = self._award(), attachments.attachment_folder(self._desk.operations.path)

        def change(session: Any) -> None:
            last = payments(session, award)[-1]
            for file in files:
                attachments.attach(session, folder, "award_payments", last.id, file, "银行回执")

        self._desk.operations.run("附银行回执", change, lambda _value: self._read(), self.failed.emit)

    def _go_to_paper(self) -> None:
        ids = " ".join(self._awards() or [str(row["id"]) for row in self.model.rows()])
        self._desk.go.emit("document", "awards.award-payment", ids)


def _row(line: "Prize") -> dict[str, Any]:
    return {
        "id": line.award_id,
        "project_name": line.project_name,
        "award_kind": line.award_kind,
        "person_name": line.person_name,
        "state": line.state,
        "due": line.due_fen,
        "paid": line.paid_fen,
        "recovered": line.recovered_fen,
        "payments": line.payments,
        "receipts": line.receipts,
    }
