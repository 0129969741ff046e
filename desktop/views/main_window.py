"""The window: tabs over a stack of views, the status line, undo, search, and the news of changes to each view."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import DesktopError
from desktop.views import catalogue
from desktop.views.desk import Desk, View
from desktop.views.navigation import Navigation
from desktop.views.operation import EVERYTHING
from desktop.views.shell import TITLE as TITLE
from desktop.views.status_line import StatusLine
from desktop.views.way_back import KEY, Place, Trail, WayBack

if TYPE_CHECKING:
    from desktop.views.desk_menu import DeskMenu
    from desktop.views.search_box import SearchBox

JUDGED_BY: Final = frozenset({"offices", "regulation_texts", "tool_settings"})
"""What every view judges and offers by, whatever else it shows: the office, its regulations and their settings."""
SETTLE_MS: Final = 400
"""How long changes gather before what waits to be carried away is counted again, in milliseconds."""


class MainWindow(QMainWindow):
    """Builds each view when it is first shown and tells it, only while it is in front, what changed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.operations = desk.operations
        self._views: dict[str, View] = {}
        self._stale: dict[str, frozenset[str]] = {}
        self._trail = Trail()
        self._is_painted = False
        self._waiting_timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.setWindowTitle(TITLE)
        self.setAcceptDrops(True)
        self.navigation = Navigation(catalogue.TABS)
        self.stack = QStackedWidget()
        self.status = StatusLine()
        self.way_back = WayBack()
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.navigation)
        layout.addWidget(self.way_back)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(page)
        self.navigation.show_history("", "")
        self.resize(1280, 720)

    def _connect_signals(self) -> None:
        operations = self.operations
        self.navigation.chosen.connect(self._choose)
        self.navigation.back.clicked.connect(self.go_back)
        self.way_back.wanted.connect(self.go_back)
        self.navigation.undo.clicked.connect(self.undo)
        self.navigation.redo.clicked.connect(self.redo)
        self.navigation.search.clicked.connect(self.open_search)
        self.navigation.settings.clicked.connect(lambda: self.menu.open_under(self.navigation.settings))
        self.navigation.help.clicked.connect(lambda: self.menu.show_help())
        self.desk.go.connect(self.go)
        operations.ready.connect(self._ready)
        operations.changed.connect(self._changed)
        operations.failed.connect(self.tell)
        operations.saved.connect(self.status.show_saved)
        operations.working.connect(self.status.show_working)
        operations.rested.connect(self.status.show_rested)
        operations.history_changed.connect(self._history_changed)
        self.status.cancel_requested.connect(operations.cancel)
        self.status.waiting_clicked.connect(lambda: self.show_view("exchange"))
        self.status.operator_clicked.connect(lambda: self.menu.ask_operator())
        self.status.backup_clicked.connect(lambda: self.menu.back_up_now())
        self.desk.settings_changed.connect(self._show_office)
        self._waiting_timer.timeout.connect(self._show_waiting)
        self._connect_keys()

    def _connect_keys(self) -> None:
        keys: dict[str | QKeySequence.StandardKey, Callable[[], object]] = {
            "Ctrl+K": self.open_search,
            KEY: self.go_back,
            "F1": lambda: self.menu.show_help(),
            "Ctrl+F": lambda: self.current().search(),
            "Ctrl+N": lambda: self.current().add(),
            "Ctrl+Z": self.undo,
            "Ctrl+Y": self.redo,
            "Ctrl+Shift+Z": self.redo,
            "F5": lambda: self.current().refresh(EVERYTHING),
        }
        for key, action in keys.items():
            QShortcut(QKeySequence(key), self, action)
        for number, tab in enumerate(catalogue.TABS):
            QShortcut(QKeySequence(f"Alt+{number + 1}"), self, lambda view=tab.view: self._choose(view))

    # Menu and search are built when first used: the first paint does not wait for them.

    @cached_property
    def menu(self) -> "DeskMenu":
        """What belongs to this PC: look, operator, backups, keys."""
        from desktop.views.desk_menu import DeskMenu

        menu = DeskMenu(self.desk, self)
        menu.backed_up.connect(self.status.show_backup)
        return menu

    @cached_property
    def search_box(self) -> "SearchBox":
        """The search over everything."""
        from desktop.views.search_box import SearchBox

        return SearchBox(self.desk, self)

    def open_search(self) -> None:
        """Open the search over everything (Ctrl+K)."""
        self.search_box.open_box()

    # -- views -----------------------------------------------------------------------------------------------------

    def view(self, name: str) -> View:
        """Return a view, built on first use."""
        if name not in self._views:
            built = catalogue.build(name, self.desk)
            self._views[name] = built
            self.stack.addWidget(built)
        return self._views[name]

    def current(self) -> View:
        """Return the view in front."""
        widget = self.stack.currentWidget()
        assert isinstance(widget, View)
        return widget

    def show_view(self, name: str) -> None:
        """Bring a view to the front, up to date."""
        try:
            view = self.view(name)
        except DesktopError as error:
            self.tell(error)
            return
        self.navigation.show_view(name)
        if self.stack.currentWidget() is not view or name not in self._stale:
            self.stack.setCurrentWidget(view)
            self._stale.setdefault(name, frozenset())
            view.arrive()
        self._bring_up_to_date(name)

    def _bring_up_to_date(self, name: str) -> None:
        nouns = self._stale.get(name, frozenset())
        if nouns:
            self._stale[name] = frozenset()
            self._views[name].refresh(nouns)

    def _choose(self, name: str) -> None:
        """Go to a tab, from which there is no way back to what was left."""
        self._trail.clear()
        self.show_view(name)
        self._show_way_back()

    def go(self, name: str, noun: str, record_id: str) -> None:
        """Show one record in a view; the way back leads to where this was asked."""
        here, places = self._place(), list(self._trail.places)
        self.show_view(name)
        if record_id and name in self._views:
            self._views[name].show_record(noun, record_id)
        self._trail.places = places
        self._trail.leave(here, self._place())
        self._show_way_back()

    def go_back(self) -> None:
        """Go back to where the last jump began; out of a page without a tab at least to the tab that is marked."""
        place, places = self._trail.take(), list(self._trail.places)
        if place is None and self._front() in catalogue.TAB_VIEWS:
            return
        place = place or Place(self.navigation.current())
        self.show_view(place.view)
        view = self._views[place.view]
        if place.record_id and view.shown_record() != (place.noun, place.record_id):
            view.show_record(place.noun, place.record_id)
        self._trail.places = places
        self._show_way_back()

    def _front(self) -> str:
        return next((name for name, view in self._views.items() if view is self.stack.currentWidget()), "")

    def _place(self) -> Place:
        name = self._front()
        return Place(name, *self._views[name].shown_record()) if name else Place(name)

    def _show_way_back(self) -> None:
        place = self._trail.last()
        has_tab = self._front() in catalogue.TAB_VIEWS
        title = catalogue.TITLES[place.view if place else self.navigation.current()]
        self.way_back.lead_to("" if has_tab else title)
        self.navigation.show_way_back(title if has_tab and place else "")

    def _changed(self, nouns: frozenset[str]) -> None:
        for name, view in self._views.items():
            if nouns & (view.nouns | JUDGED_BY) or EVERYTHING & (nouns | view.nouns):
                self._stale[name] = self._stale.get(name, frozenset()) | nouns
        if self._front():
            self._bring_up_to_date(self._front())
        self._waiting_timer.start()

    def tell(self, error: DesktopError) -> None:
        """Show a refusal in the strip of the view in front."""
        self.current().tell(error)

    # -- undo ------------------------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take the last change back and say so, with the way forward again."""
        self._reverse(self.operations.undo_words, self.operations.undo, "已撤销", "重做", self.redo)

    def redo(self) -> None:
        """Do again what was undone and say so."""
        self._reverse(self.operations.redo_words, self.operations.redo, "已重做", "撤销", self.undo)

    def _reverse(
        self, words: str, action: Callable[[], object], said: str, back: str, other: Callable[[], object]
    ) -> None:
        if words:
            self.current().strip.clear()
            action()
            if not self.current().strip.text():
                self.current().strip.show_message(f"{said}：{words}", "info", back, other)

    def _history_changed(self) -> None:
        self.navigation.show_history(self.operations.undo_words, self.operations.redo_words)

    # -- the status line -------------------------------------------------------------------------------------------

    def _ready(self) -> None:
        if self.operations.read_only:
            self.status.show_read_only()
        self._show_office()
        self.status.show_backup(self.menu.last_backup())
        self._show_waiting()

    def _show_office(self) -> None:
        if self.operations.is_ready:
            self.status.show_office(self.desk.office_name(), self.desk.operator)

    def _show_waiting(self) -> None:
        if self.operations.is_ready:
            self.status.show_waiting(self.desk.waiting_count())

    # -- painting, dropping and closing ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and after the first time tell the desk once the whole page is drawn."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.desk.note_painted)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept a file."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the import of a dropped list, or of a package, with its preview."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            is_list = paths[0].lower().endswith(catalogue.LISTS)
            self.go("imports" if is_list else "exchange", "file", paths[0])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the field being typed in save itself, remember the window's place, release the database."""
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()
        self.desk.remember(window=bytes(self.window().saveGeometry().toBase64().data()).decode())
        self.desk.registry.close()
        self.operations.close()
        super().closeEvent(event)
