"""数据交换: 带走 and 带回 as two large cards, the last exchanges under them; preview, conflicts, receipts on demand."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from desktop.views import theme
from desktop.views.arranging import Wide, stacked
from desktop.views.desk import Desk, View
from desktop.views.exchange.bringing import Bringing
from desktop.views.exchange.carry_page import CarryPage
from desktop.views.exchange.conflict_list import ConflictList
from desktop.views.exchange.front_page import FrontPage
from desktop.views.exchange.key_keeping import KeyKeeping
from desktop.views.exchange.key_page import KeyPage
from desktop.views.exchange.packing import Packing
from desktop.views.exchange.paperwork import Paperwork
from desktop.views.exchange.preview_page import PreviewPage
from desktop.views.exchange.receipt_page import ReceiptPage
from desktop.views.exchange.receipting import Receipting
from desktop.views.exchange.settling import Settling
from desktop.views.exchange.stick_watch import StickWatch
from desktop.views.exchange.trusting import accept_identity, hand_over_identity
from desktop.views.operation import EVERYTHING
from desktop.views.value_words import value_words


class ExchangeView(View):
    """The stick's desk: its pages, and the helpers that join them to the services."""

    nouns = EVERYTHING

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._partners: list[dict[str, Any]] = []
        super().__init__(desk, parent)

    # -- layout ----------------------------------------------------------------------------------------------------

    def _build_layout(self) -> None:
        self.watch = StickWatch(self)
        self.packing, self.bringing, self.settling = Packing(self), Bringing(self), Settling(self)
        self.receipting, self.paperwork, self.key_keeping = Receipting(self), Paperwork(self), KeyKeeping(self)
        self.front = FrontPage()
        self.carry_page = CarryPage()
        self.preview = PreviewPage(self._describe)
        self.conflicts = ConflictList(self.settling.editor)
        self.receipt_page, self.key_page = ReceiptPage(), KeyPage()
        self.stack = QStackedWidget()
        pages = (self.front, self.carry_page, self.preview, self.conflicts, self.receipt_page, self.key_page)
        for page in pages:
            self.stack.addWidget(page)
        stacked(
            theme.label("数据交换", "title"), self.strip, Wide(self.stack), on=self, margins=(16, 12, 16, 12), spacing=8
        )

    def _connect_signals(self) -> None:
        for part in (self.packing.connect_page, self.bringing.connect_pages, self.settling.connect_list):
            part()
        self.receipting.connect_pages()
        self.key_keeping.connect_page()
        self.front.carry.clicked.connect(self.packing.begin)
        self.front.hand_over.clicked.connect(lambda: hand_over_identity(self))
        self.front.accept.clicked.connect(lambda: accept_identity(self))
        self.front.disputes.clicked.connect(lambda: self.stack.setCurrentWidget(self.conflicts))
        self.conflicts.left.connect(self.go_front)
        self.front.key_card.clicked.connect(
            lambda: self._choose_paper(self.front.key_card, "密钥卡", self.paperwork.print_key_card, self._save_card)
        )
        self.preview.printed.connect(lambda: self._report(self.preview.print, self.bringing.result))
        self.front.log.report_requested.connect(
            lambda import_id: self.bringing.with_past(
                import_id, lambda result: self._report(self.front.log.report_button, result)
            )
        )

    # -- papers ----------------------------------------------------------------------------------------------------

    def _report(self, button: QWidget, result: dict[str, Any] | None) -> None:
        if result is not None:
            self._choose_paper(
                button,
                "带回情况报告",
                lambda: self.paperwork.print_result(result),
                lambda out: self.paperwork.save_result(result, out),
            )

    def _save_card(self, out: Path) -> None:
        self.paperwork.save_key_card(out)

    def _choose_paper(
        self, button: QWidget, words: str, print_it: Callable[[], object], save_it: Callable[[Path], object]
    ) -> None:
        """Ask under the button whether to print or to save."""
        menu = QMenu(self)
        printing, saving = menu.addAction("打印…"), menu.addAction("存为 PDF…")
        chosen = menu.exec(button.mapToGlobal(button.rect().bottomLeft()))
        if chosen is printing:
            print_it()
        elif chosen is saving:
            out = self.paperwork.ask(self, words, "pdf")
            if out is not None:
                save_it(out)

    # -- showing ---------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Look for sticks while the view is seen."""
        super().showEvent(event)
        self.operations.when_ready(self.watch.start)

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no more."""
        self.watch.stop()
        super().hideEvent(event)

    def _read(self) -> None:
        from desktop.services import exchange, receipts

        def look(session: Any) -> tuple[Any, ...]:
            disputes, groups = self.settling.read(session)
            returned = receipts.returned_records(session)
            return exchange.partners(session), exchange.exchanges(session), disputes, groups, returned

        self._partners, log, disputes, groups, returned = self.operations.read(look)
        own = self.desk.office_id
        # What this office returned itself, or one beneath it, is for others to put right.
        returned = [
            one for one in returned if one["office_id"] != own and self.relation_of(one["office_id"]) != "child"
        ]
        names = {own: "本工会的另一台电脑", **{partner["id"]: partner["name"] for partner in self._partners}}
        self.front.show_partners(self._partners, self.desk.waiting_by_office(), own)
        self.front.log.show_exchanges(log, names)
        self.front.show_duties(self.settling.total, len(returned))
        self.conflicts.show_conflicts(disputes, groups, self.settling.total)
        self.receipting.show_returned(returned)
        self._warn()

    def _warn(self) -> None:
        """Say what a person must know about copied files, until it was read."""
        from desktop.services.trust import alarms

        waiting = self.operations.read(alarms.unseen)
        if waiting:
            self.strip.show_message(waiting[0]["text"], "fail", "知道了", lambda: self._seen(waiting))

    def _seen(self, waiting: Sequence[dict[str, Any]]) -> None:
        from desktop.services.trust import alarms

        number = waiting[0]["id"]
        self.operations.run("看过提醒", lambda session: alarms.see(session, number), undoable=False)
        self._warn()

    def show_packages(self, found: Sequence[dict[str, Any]]) -> None:
        """Show the packages on the sticks; the red action is the one that is due."""
        self.front.show_packages(found)
        due = any(one["ours"] and not one["taken_at"] for one in found)
        for button, is_first in ((self.front.bring, due), (self.front.carry, not due)):
            theme.set_role(button, "primary" if is_first else "")

    def relation_of(self, office: str) -> str:
        """Return how another office stands to this one; "" where it is not accepted."""
        return next((str(one["relation"]) for one in self._partners if one["id"] == office), "")

    def go_front(self) -> None:
        """Go back to the two cards."""
        self.stack.setCurrentWidget(self.front)

    def show_record(self, noun: str, record_id: str) -> None:
        """Open the preview of a package file that was dropped on the window."""
        if noun == "file":
            self.inspect(Path(record_id))

    def _describe(self, noun: str, field: str, value: Any) -> str:
        return str(self.operations.read(lambda session: value_words(session, noun, field, value)))

    def inspect(self, path: Path) -> None:
        """Show what a package would change."""
        self.bringing.inspect(path)

    def export_to(self, out: Path, to: list[str]) -> None:
        """Make a package for these offices."""
        self.packing.export(out, to)
