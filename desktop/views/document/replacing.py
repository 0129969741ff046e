"""Voiding a filed paper, or issuing it anew in its place: a row that names the old paper and asks why."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFrame, QLineEdit

from desktop.services.paper import reissue
from desktop.views import theme
from desktop.views.arranging import Wide, beside, stacked
from desktop.views.document.asked_row import AskedRow
from desktop.views.icons import Button
from desktop.views.operation import Operations


class ReplaceRow(QFrame):
    """The old paper's name, a line for the reason, and what can be done; Escape or 取消 puts it away."""

    def __init__(self, paper: dict[str, Any]) -> None:
        super().__init__()
        self.paper = paper
        number = paper["document_number"] or paper["short_code"]
        words = (
            f"《{paper['title']}》　{number}：旧文原样留档并标作废。重发按右侧现在的内容另取新文号，文中写明旧文废止。"
        )
        self._words = theme.label(words, wrap=True)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("作废的理由（必填，留存备查）")
        self.reason.setAccessibleName("作废的理由")
        self.reason.setMaxLength(reissue.LONGEST_REASON)
        self.again = Button("作废并重发", role="primary")
        self.only_void = Button("只作废")
        self.cancel = Button("取消")
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.setProperty("role", "strip-warn")
        self.cancel.setShortcut("Esc")
        row = beside(Wide(self.reason), self.again, self.only_void, self.cancel, spacing=theme.px(8))
        stacked(
            self._words,
            row,
            on=self,
            margins=(theme.px(12), theme.px(8), theme.px(8), theme.px(8)),
            spacing=theme.px(8),
        )
        self._allow("")

    def _connect_signals(self) -> None:
        self.reason.textChanged.connect(self._allow)

    def _allow(self, reason: str) -> None:
        for button in (self.again, self.only_void):
            button.setEnabled(bool(reason.strip()))


class Replacing(AskedRow):
    """Asks why, and voids or issues anew."""

    def __init__(
        self, operations: Operations, given: Callable[[], dict[str, Any]], ask_out: Callable[[], Path | None]
    ) -> None:
        super().__init__()
        self._operations, self._given, self._ask_out = operations, given, ask_out

    def ask(self, paper: dict[str, Any]) -> None:
        """Ask why a filed paper is to be void."""
        self.put_away()
        row = ReplaceRow(paper)
        row.again.clicked.connect(self._reissue)
        row.only_void.clicked.connect(self._void)
        row.cancel.clicked.connect(self.put_away)
        self.show_row(row, row.reason)

    def _reissue(self) -> None:
        out = self._ask_out() if self.row is not None else None
        if self.row is None or out is None:
            return
        old, reason, given = self.row.paper, self.row.reason.text(), self._given()
        self._operations.run(
            f"作废并重发：{old['title']}",
            lambda session: reissue.reissue(session, old["id"], out, reason, given),
            self._reissued,
            self.failed.emit,
            undoable=False,
        )

    def _void(self) -> None:
        if self.row is None:
            return
        old, reason = self.row.paper, self.row.reason.text()
        self._operations.run(
            f"作废：{old['title']}",
            lambda session: reissue.void(session, old["id"], reason),
            self._voided,
            self.failed.emit,
            undoable=False,
        )

    def _reissued(self, made: dict[str, Any]) -> None:
        self.put_away()
        old = made["replaced"]["document_number"] or made["replaced"]["short_code"]
        new = made["document_number"] or made["short_code"]
        self.done.emit(f"{old}已作废，重发为{new}。文件在 {made['file']}")

    def _voided(self, paper: dict[str, Any]) -> None:
        self.put_away()
        self.done.emit(f"{paper['document_number'] or paper['title']}已作废，文件和文号原样留档。")


def replaceable(paper: dict[str, Any] | None) -> bool:
    """Tell whether a filed paper can be voided: one in force."""
    return paper is not None and paper["state"] != reissue.VOID
