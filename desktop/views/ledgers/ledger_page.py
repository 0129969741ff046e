"""What the pages of an office's books share: a head with its actions, a form asked in place, one road for saving."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.ask_form import AskForm
from desktop.views.desk import View
from desktop.views.empty_state import EmptyState
from desktop.views.icons import Button

LEAST: Final = 160
"""The height in px at scale 1 to which the content gives way to a form."""
HEAD: Final = 96
"""The height in px at scale 1 of head and strip."""


class LedgerPage(View):
    """A page with a title, a count and a few actions; a subclass gives `_actions` and `_content` and reads itself."""

    title_words = ""
    empty = ("table", "", "", "")
    """Icon, title, words and first action of the page while it holds nothing."""

    def _build_layout(self) -> None:
        self.form: AskForm | None = None
        self.title = theme.label(self.title_words, "title")
        self.count = theme.label("", "quiet")
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.hide()
        icon, title, words, action = self.empty
        self.nothing = EmptyState(icon, title, words, action)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.nothing)
        self.stack.addWidget(self._content())
        # What does not fit scrolls or is cut inside the page; it never makes the window grow.
        self.stack.setMinimumHeight(theme.px(LEAST))
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(self.title)
        head.addWidget(self.count)
        head.addStretch(1)
        self.head_actions = self._actions()
        for button in self.head_actions:
            head.addWidget(button)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 12, 24, 12)
        self.column.setSpacing(8)
        self.column.addLayout(head)
        self.column.addWidget(self.strip)
        self.column.addWidget(self.area)
        self.column.addWidget(self.stack, 1)
        self.column.addStretch(0)

    def _actions(self) -> tuple[QWidget, ...]:
        raise NotImplementedError

    def _content(self) -> QWidget:
        raise NotImplementedError

    def _read(self) -> None:
        raise NotImplementedError

    def show_content(self, holds_any: bool) -> None:
        """Show the content, or what belongs here while there is none."""
        self.stack.setCurrentIndex(1 if holds_any else 0)
        if self.form is None:
            self.stack.show()

    # -- asking and saving -----------------------------------------------------------------------------------------

    def show_form(self, form: AskForm, done: Callable[[dict[str, Any]], object]) -> None:
        """Show a form under the head; `done` takes its answers."""
        self.put_form_away()
        self.form = form
        form.given.connect(done)
        form.put_away.connect(self.put_form_away)
        self.area.setWidget(form)
        self._show_primary(shown=False)
        self._make_room(form)
        form.begin()

    def _make_room(self, form: AskForm) -> None:
        """Show the form above the content, or alone where there is none yet or both would not fit."""
        needed = form.sizeHint().height() + 2
        alone = self.stack.currentIndex() == 0 or needed + theme.px(LEAST) > self.height() - theme.px(HEAD)
        self.stack.setHidden(alone)
        self.column.setStretchFactor(self.area, int(alone))
        self.area.setMinimumHeight(0 if alone else needed)
        self.area.setMaximumHeight(needed)
        self.area.show()

    def _show_primary(self, *, shown: bool) -> None:
        """Leave the one red action to the form while it is open."""
        for button in self.head_actions:
            if button.property("role") == "primary":
                button.setVisible(shown)

    def put_form_away(self) -> None:
        """Take the form away."""
        if self.form is not None:
            self.area.hide()
            self.area.takeWidget()
            self.form.hide()
            self.form.deleteLater()
            self.form = None
            self._show_primary(shown=True)
            self.stack.show()

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


def scrolling(inside: QWidget) -> QScrollArea:
    """Return a pane that scrolls where it does not fit."""
    inside.setObjectName("page")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inside)
    return area


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
