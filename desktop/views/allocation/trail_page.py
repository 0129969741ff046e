"""资金去向: a grant's money hop by hop, the accounts to book, spending by source with receipts, the audit pack."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QScrollArea, QWidget

from desktop.views import formats, theme
from desktop.views.arranging import ROOM, stacked
from desktop.views.desk import Desk
from desktop.views.icons import Button
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.saving import ask_for_file
from desktop.views.table_view import TableView

STATUS: Final = {"done": "已办", "now": "在办", "ahead": "未到"}
USES: Final = {"listed": "列明的用途", "unlisted": "没有列明", "banned": "禁止的用途", "own": "不用补助资金"}
WAY: Final = (
    Column("name", "环节", 190),
    Column("status", "状态", 64),
    Column("on", "日期", 124, "date"),
    Column("days", "距上一环节", 100, show=lambda row: "" if row["days"] is None else f"{row['days']}天"),
    Column("amount", "金额（元）", 110, show=lambda row: formats.money_text(row["amount"])),
    Column("actor", "办理单位", 0),
    Column("limit", "时限", 150),
    Column("cite", "依据", 110),
)
ACCOUNTS: Final = (
    Column("who", "记账单位", 150),
    Column("when", "业务", 180),
    Column("account", "科目", 0),
    Column("on", "日期", 124, "date"),
    Column("amount", "金额（元）", 110, show=lambda row: formats.money_text(row["amount"])),
    Column("cite", "依据", 110),
)
SPENT: Final = (
    Column("source", "资金来源", 110),
    Column("category", "用途", 0),
    Column("amount", "金额（元）", 110, show=lambda row: formats.money_text(row["amount"])),
    Column("use", "用途核对", 130),
    Column("cite", "依据", 110),
    Column("receipts", "票据", 96, show=lambda row: f"{row['receipts']} 件" if row["receipts"] else "还没有"),
)
ROW_PX: Final = 30
MOST_ROWS: Final = 9


class Listed(QFrame):
    """A card with a heading, a sentence and a table as high as its rows."""

    def __init__(self, title: str, columns: Sequence[Column]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.words = theme.label("", "quiet", wrap=True)
        self.model = RecordTableModel(columns, self)
        self.table = TableView(dense=True)
        self.table.setModel(self.model)
        self.table.setAccessibleName(title)
        self.head = QHBoxLayout()
        self.head.addWidget(theme.label(title, "heading"), 1)
        stacked(
            self.head, self.words, self.table, on=self, margins=(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        )

    def show_rows(self, rows: list[dict[str, Any]], words: str) -> None:
        """Show rows and what is said of them."""
        self.model.set_rows(rows)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.table.setVisible(bool(rows))
        self.table.setFixedHeight(theme.px(ROW_PX) * (min(max(len(rows), 1), MOST_ROWS) + 1) + theme.px(6))


class TrailPage(QScrollArea):
    """Shows one grant's money; `done` tells what was written, `failed` what could not be."""

    done = Signal(str)
    failed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._grant_id = desk, ""
        self.way, self.accounts = Listed("资金去向", WAY), Listed("记账科目", ACCOUNTS)
        self.spent = Listed("支出和票据", SPENT)
        self.course = Button("去办理", "handling")
        self.receipt = Button("附票据", "paperclip")
        self.pack = Button("审计资料", "folder", tip="把这笔补助的全部台账和文件编成一个 PDF 和一个 Excel")
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.way.head.addWidget(self.course)
        self.way.head.addWidget(self.pack)
        self.spent.head.addWidget(self.receipt)
        inside = QWidget()
        inside.setObjectName("page")
        stacked(
            self.way, self.accounts, self.spent, ROOM, on=inside, margins=(0, 0, theme.px(8), 0), spacing=theme.px(12)
        )
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(inside)

    def _connect_signals(self) -> None:
        self.course.clicked.connect(lambda: self._desk.go.emit("course", "grants", self._grant_id))
        self.pack.clicked.connect(self._ask_pack)
        self.receipt.clicked.connect(self._ask_receipt)
        self.spent.table.opened.connect(lambda _row: self._ask_receipt())

    def show_grant(self, grant_id: str) -> None:
        """Read and show a grant's money as it stands today."""
        from desktop.services.funds import balance, entries, trail

        self._grant_id, today = grant_id, date.today()
        way, booked, held = self._desk.operations.read(
            lambda session: (
                trail.trail(session, grant_id, today),
                entries.entries(session, grant_id, today),
                balance.balance(session, grant_id),
            )
        )
        self.way.show_rows([_hop_row(place, hop) for place, hop in enumerate(way.hops)], way.sentence)
        self.accounts.setVisible(bool(booked))
        self.accounts.show_rows([_entry_row(place, one) for place, one in enumerate(booked)], "")
        self.spent.show_rows([_spent_row(line) for line in held.lines], _balance_words(held))
        self.receipt.setVisible(bool(held.lines))

    # -- receipts and the audit pack -------------------------------------------------------------------------------

    def _ask_receipt(self) -> None:
        rows = self.spent.table.selected_rows() or ([0] if self.spent.model.rowCount() == 1 else [])
        if not rows:
            self.done.emit("先在表里选中一笔支出，再附它的票据。")
            return
        files, _filter = QFileDialog.getOpenFileNames(self, "附票据", "", "票据 (*.pdf *.jpg *.jpeg *.png)")
        if files:
            self.attach(self.spent.model.record(rows[0])["id"], [Path(file) for file in files])

    def attach(self, expense_id: str, files: Sequence[Path]) -> None:
        """Keep files as the receipts of an expense."""
        from desktop.services import attachments

        folder = attachments.attachment_folder(self._desk.operations.path)

        def change(session: Any) -> None:
            for file in files:
                attachments.attach(session, folder, "expenditures", expense_id, file, "票据")

        self._desk.operations.run("附票据", change, lambda _value: self.show_grant(self._grant_id), self.failed.emit)

    def _ask_pack(self) -> None:
        out = ask_for_file(self, "补助资金审计资料", "pdf", title="编制审计资料")
        if out is not None:
            self.write_pack(out)

    def write_pack(self, out: Path) -> None:
        """Write the audit pack beside the living window: the PDF, and the workbook next to it."""
        from desktop.services.funds import audit

        grant_id, today = self._grant_id, date.today()

        def told(pack: Any) -> None:
            left = f"。没有并入：{'；'.join(pack.pdf.problems)}" if pack.pdf.problems else ""
            self.done.emit(f"已存审计资料：{pack.pdf.file} 和同名的 Excel（{pack.lines} 行）{left}")

        self._desk.operations.read_long(
            "编制审计资料",
            lambda session, _progress: audit.audit_pack(session, grant_id, out, today),
            told,
            self.failed.emit,
        )


def _hop_row(place: int, hop: Any) -> dict[str, Any]:
    return {
        "id": str(place),
        "name": hop.name,
        "status": STATUS[hop.status],
        "on": hop.on.isoformat() if hop.on else None,
        "days": hop.days,
        "amount": hop.amount_fen,
        "actor": hop.actor,
        "limit": hop.limit or "原文没写天数",
        "cite": hop.cite,
    }


def _entry_row(place: int, one: Any) -> dict[str, Any]:
    day = one.on.isoformat() if one.on else None
    given = {"who": one.who, "when": one.when, "account": one.account, "cite": one.cite}
    return {"id": str(place), **given, "on": day, "amount": one.amount_fen}


def _spent_row(line: Any) -> dict[str, Any]:
    return {
        "id": line.expense_id,
        "source": line.source,
        "category": line.category,
        "amount": line.amount_fen,
        "use": USES[line.use],
        "cite": line.cite,
        "receipts": line.receipts,
    }


def _balance_words(held: Any) -> str:
    money = formats.money_text
    words = f"补助 {money(held.total_fen)} 元，奖励 {money(held.rewards_fen)} 元，其他支出 {money(held.spent_fen)} 元，"
    words += f"结余 {money(held.left_fen)} 元。"
    others = [f"{source} {money(fen)} 元" for source, _count, fen in held.by_source if source != "补助资金"]
    words += f"另有{'、'.join(others)}。" if others else ""
    return words + (f"{held.without_receipt} 笔补助支出还没有票据。" if held.without_receipt else "")
