"""Setting seals on the paper in front: asking its organs' keepers, then issuing it sealed, or sealing a filed one."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop.errors import DesktopError, NotFound
from desktop.services.paper.composing import PaperDraft
from desktop.services.paper.filed import FiledPaper
from desktop.services.seal import setting
from desktop.services.seal.setting import Use
from desktop.views.desk import View
from desktop.views.operation import Operations
from desktop.views.seals.use_form import UseForm

Change = Callable[[Any, Path, Use], dict[str, Any]]


class Stamping(QObject):
    """Shows the card of seals in `place`.

    `done` carries the sealed paper, `failed` a refusal, `missing` that a seal has to be entered first.
    """

    done = Signal(dict)
    failed = Signal(object)
    missing = Signal(str)

    def __init__(self, operations: Operations, window: View) -> None:
        super().__init__(window)
        self._desk = window.desk
        self._operations = operations
        self.place = QVBoxLayout()
        self.form: UseForm | None = None

    def ask(self, paper: str, draft: PaperDraft, ask_out: Callable[[], Path | None], change: Change) -> None:
        """Ask for the seals of a paper; `change` sets them and writes the file that `ask_out` names."""
        self.put_away()
        try:
            found = self._operations.read(lambda session: setting.choices(session, draft.kind, draft.data))
        except NotFound as error:
            self.missing.emit(error.message)
            return
        except DesktopError as error:
            self.failed.emit(error)
            return
        form = UseForm(paper, "用印", found)
        form.given.connect(lambda given: self._set(paper, form.use(given), ask_out, change))
        form.put_away.connect(self.put_away)
        self.form = form
        self.place.addWidget(form)
        form.begin()

    def ask_for(
        self, paper: str, draft: PaperDraft, ask_out: Callable[[], Path | None], what: tuple[str, str, Any, Any]
    ) -> None:
        """Ask for the seals of a filed paper, or of one that is issued with them: `what` is kind, noun, ids, given."""
        if isinstance(draft, FiledPaper):
            filed = draft.id
            self.ask(paper, draft, ask_out, lambda session, out, use: setting.seal_filed(session, filed, out, use))
            return
        kind, noun, ids, given = what
        today = date.today()
        self.ask(
            paper,
            draft,
            ask_out,
            lambda session, out, use: setting.issue_sealed(session, kind, noun, ids, out, use, given, on=today),
        )

    def leave(self) -> None:
        """Go to the page of seals."""
        self._desk.go.emit("seals", "", "")

    def put_away(self) -> None:
        """Ask no more; what was typed is forgotten."""
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def _set(self, paper: str, use: Use, ask_out: Callable[[], Path | None], change: Change) -> None:
        out = ask_out()
        if out is not None:
            self._operations.run(
                f"用印：{paper}",
                lambda session: change(session, out, use),
                self._finished,
                self.failed.emit,
                undoable=False,
            )

    def _finished(self, filed: dict[str, Any]) -> None:
        self.put_away()
        self.done.emit(filed)
