"""Papers for every record of the list in one go: drafts into files or one file, numbered papers issued in turn."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.services.document import KindInfo
from desktop.services.paper.batch import Batch, issue_all, write_drafts
from desktop.views import saving, theme
from desktop.views.document.asked_row import AskedRow
from desktop.views.icons import Button
from desktop.views.operation import Operations

MOST_NAMED = 3
"""Records that were left out and are named; the others are counted."""


class BatchRow(QFrame):
    """What would be made, and how; Escape or 取消 puts it away."""

    def __init__(self, kind: KindInfo, count: int) -> None:
        super().__init__()
        filed = f"将为列表里的{count}件逐件出《{kind.title}》：依次占用文号并归档，不能撤销。全部办成才算数。"
        drafts = f"将为列表里的{count}件各制一份《{kind.title}》，存成 PDF。"
        self._words = theme.label(filed if kind.numbered else drafts, wrap=True)
        self.issue = Button(f"逐件出文（{count}件）", role="primary")
        self.apart = Button(f"分别存成{count}个文件", role="primary")
        self.together = Button("合成一个文件")
        self.cancel = Button("取消")
        self.cancel.setShortcut("Esc")
        self.setProperty("role", "strip-warn" if kind.numbered else "strip-info")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(8), theme.px(8), theme.px(8))
        row.setSpacing(theme.px(8))
        row.addWidget(self._words, 1)
        for button in (self.issue, self.apart, self.together, self.cancel):
            row.addWidget(button)
            button.setVisible(button is self.cancel or (button is self.issue) == kind.numbered)


class Batching(AskedRow):
    """Asks how, and does the work beside the window."""

    def __init__(self, operations: Operations, window: QWidget) -> None:
        super().__init__(window)
        self._operations, self._window = operations, window
        self.ask_folder: Callable[[QWidget], Path | None] = saving.ask_for_folder

    def ask(self, kind: KindInfo, noun: str, ids: Sequence[str]) -> None:
        """Ask how the papers of a kind are to be made for these records."""
        self.put_away()
        row = BatchRow(kind, len(ids))
        row.issue.clicked.connect(lambda: self._issue(kind, noun, ids))
        row.apart.clicked.connect(lambda: self._write(kind, noun, ids, merge=False))
        row.together.clicked.connect(lambda: self._write(kind, noun, ids, merge=True))
        row.cancel.clicked.connect(self.put_away)
        self.show_row(row, row.cancel)

    def _write(self, kind: KindInfo, noun: str, ids: Sequence[str], *, merge: bool) -> None:
        folder = self.ask_folder(self._window)
        if folder is not None:
            self.put_away()
            self._operations.read_long(
                f"成批制作：{kind.title}",
                lambda session, progress: write_drafts(
                    session, kind.id, noun, ids, folder, progress.report, merge=merge
                ),
                lambda made: self.done.emit(said(made, folder)),
                self.failed.emit,
            )

    def _issue(self, kind: KindInfo, noun: str, ids: Sequence[str]) -> None:
        folder = self.ask_folder(self._window)
        if folder is not None:
            self.put_away()
            self._operations.run_long(
                f"成批出文：{kind.title}",
                lambda session, progress: issue_all(session, kind.id, noun, ids, folder, progress.report),
                lambda made: self.done.emit(said(made, folder)),
                self.failed.emit,
                undoable=False,
            )


def said(made: Batch, folder: Path) -> str:
    """Return what came of a batch, in a sentence."""
    words = f"已制作{made.papers}份，在 {folder}。"
    if made.left_out:
        named = "；".join(made.left_out[:MOST_NAMED])
        words += f"有{len(made.left_out)}件没有制作：{named}{' 等' if len(made.left_out) > MOST_NAMED else ''}。"
    return words
