"""What the pages of an office's books share: a head with its actions, a form asked in place, one road for saving."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.ask_form import AskForm
from desktop.views.desk import View
from desktop.views.empty_state import EmptyState
from desktop.views.icons import Button


class LedgerPage(View):
    """A page with a title, a count and a few actions; a subclass gives `_actions` and `_content` and reads itself."""

    title_words = ""
    empty = ("table", "", "", "")
    """Icon, title, words and first action of the page while it holds nothing."""

    def _build_layout(self) -> None:
        self.form: AskForm | None = None
        self.title = theme.label(self.title_words, "title")
        self.count = theme.label("", "quiet")
        self.place = QVBoxLayout()
        icon, title, words, action = self.empty
        self.nothing = EmptyState(icon, title, words, action)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.nothing)
        self.stack.addWidget(self._content())
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(self.title)
        head.addWidget(self.count)
        head.addStretch(1)
        for button in self._actions():
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 12, 24, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.strip)
        layout.addLayout(self.place)
        layout.addWidget(self.stack, 1)

    def _actions(self) -> tuple[QWidget, ...]:
        raise NotImplementedError

    def _content(self) -> QWidget:
        raise NotImplementedError

    def _read(self) -> None:
        raise NotImplementedError

    def arrive(self) -> None:
        """Read the page."""
        self.operations.when_ready(self._read)

    def refresh(self, nouns: frozenset[str]) -> None:
        """Read it again."""
        self._read()

    def show_content(self, holds_any: bool) -> None:
        """Show the content, or what belongs here while there is none."""
        self.stack.setCurrentIndex(1 if holds_any else 0)

    # -- asking and saving -----------------------------------------------------------------------------------------

    def show_form(self, form: AskForm, done: Callable[[dict[str, Any]], object]) -> None:
        """Show a form under the head; `done` takes its answers."""
        self.put_form_away()
        self.form = form
        form.given.connect(done)
        form.put_away.connect(self.put_form_away)
        self.place.addWidget(form)
        form.begin()

    def put_form_away(self) -> None:
        """Take the form away."""
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def run(
        self,
        words: str,
        change: Callable[[Any], Any],
        said: str,
        then: Callable[[Any], object] | None = None,
        *,
        undoable: bool = True,
    ) -> bool:
        """Run a short change; once it is saved the form goes away and `said` tells. A refusal keeps what was typed."""

        def saved(value: Any) -> None:
            self.put_form_away()
            self.strip.show_message(said + ("（Ctrl+Z 可撤销）" if undoable else ""), "pass")
            if then is not None:
                then(value)

        return self.operations.run(words, change, saved, self.tell, undoable=undoable)


def pane(*widgets: QWidget, title: str = "", stretch: int = -1) -> QWidget:
    """Return widgets under each other with a heading, the one at `stretch` taking what is left."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(6))
    if title:
        column.addWidget(theme.label(title, "heading"))
    for number, widget in enumerate(widgets):
        column.addWidget(widget, 1 if number == stretch else 0)
    if stretch < 0:
        column.addStretch(1)
    return holder


def button_row(*buttons: Button) -> QWidget:
    """Return buttons in a line, the first at the left."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(8))
    for button in buttons:
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
    row.addStretch(1)
    return holder
