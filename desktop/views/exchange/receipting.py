"""Receipts from the window: verdicts on what was brought, written for its maker; and what came back to be put right."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desktop.views.exchange.packing import FORM
from desktop.views.saving import ask_for_file

if TYPE_CHECKING:
    from desktop.views.exchange.exchange_view import ExchangeView


class Receipting(QObject):
    """Joins the page of receipts to the services."""

    def __init__(self, view: "ExchangeView") -> None:
        super().__init__(view)
        self._view = view
        self._import: dict[str, Any] | None = None
        self._returned: list[dict[str, Any]] = []

    def connect_pages(self) -> None:
        """Connect the pages' signals."""
        page = self._view.receipt_page
        self._view.preview.receipted.connect(self.begin)
        self._view.front.returned.clicked.connect(self._open_returned)
        page.left.connect(self._view.go_front)
        page.returned.connect(self._return)
        page.accepted.connect(self._accept)
        page.written.connect(self._ask)
        page.opened.connect(lambda noun, record: self._view.desk.go.emit("registry", noun, record))

    def show_returned(self, returned: Sequence[dict[str, Any]]) -> None:
        """Take what the office above returned."""
        self._returned = list(returned)
        page = self._view.receipt_page
        if self._import is None and self._view.stack.currentWidget() is page:
            page.show_returned(self._returned)

    def _open_returned(self) -> None:
        self._import = None
        self._view.receipt_page.show_returned(self._returned)
        self._view.stack.setCurrentWidget(self._view.receipt_page)

    def begin(self) -> None:
        """Show the receipt on the import that is looked at."""
        self._import = self._view.bringing.result
        self._show()
        self._view.stack.setCurrentWidget(self._view.receipt_page)

    def _show(self) -> None:
        from desktop.services import receipts

        found = self._import
        if found is not None:
            items = self._view.operations.read(lambda session: receipts.items_of_import(session, found["import_id"]))
            self._view.receipt_page.show_items(items, found["maker"]["name"], found["number"])

    def _return(self, noun: str, record: str, reason: str) -> None:
        from desktop.services import receipts

        self._judge("退回", lambda session, number: receipts.return_record(session, number, noun, record, reason))

    def _accept(self, noun: str, record: str) -> None:
        from desktop.services import receipts

        self._judge("改为接收", lambda session, number: receipts.accept_record(session, number, noun, record))

    def _judge(self, words: str, change: Any) -> None:
        found = self._import
        if found is not None:
            self._view.operations.run(
                words,
                lambda session: change(session, found["import_id"]),
                lambda _value: self._show(),
                self._view.tell,
                undoable=False,
            )

    def _ask(self) -> None:
        name = f"回执-{datetime.now():%Y%m%d-%H%M%S}"
        sticks = self._view.watch.sticks
        out = ask_for_file(self._view, name, FORM, sticks[0].path if sticks else None, "回执：存到U盘")
        if out is not None:
            self.write(out)

    def write(self, out: Path) -> None:
        """Write the receipt as a package for the maker."""
        from desktop.services import receipts

        found, operator = self._import, self._view.desk.operator
        if found is None:
            return

        def done(made: dict[str, Any]) -> None:
            self._view.go_front()
            words = f"回执已写好：接收 {made['accepted']} 条，退回 {made['returned']} 条，读回核对无误：{out}。"
            self._view.strip.show_message(words, "pass", "知道了")

        self._view.operations.run_over_database(
            "写回执",
            lambda database, progress: receipts.write_receipt(
                database, out, found["import_id"], operator, report_progress=progress.report
            ),
            done,
            self._view.tell,
        )
