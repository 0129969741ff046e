"""What every view is given: the operations over the database, this machine's settings, and the way to other views."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop import settings as machine
from desktop.errors import DesktopError
from desktop.settings import Settings
from desktop.views.message_strip import MessageStrip
from desktop.views.operation import Operations
from desktop.views.registry.registry_source import RegistrySource


@dataclass(frozen=True)
class Waiting:
    """What waits for one office, as an entry of the front page."""

    title: str
    detail: str
    view: str = "exchange"
    noun: str = ""
    record_id: str = ""


class Desk(QObject):
    """The window's common ground. `go(view, noun, id)` asks the window to show a record in a view.

    `rework_wanted(work)` asks whoever holds the window to close it, to do with the database's file what needs it alone
    (`work(path)` returns what to say afterwards), and to open it anew.
    """

    go = Signal(str, str, str)
    rework_wanted = Signal(object)
    settings_changed = Signal()
    painted = Signal()

    def __init__(self, operations: Operations, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.operations = operations
        self.settings = settings
        self.registry = RegistrySource(operations, self)
        self.is_painted = False

    def after_first_paint(self, callback: Callable[[], object]) -> None:
        """Call back once the window has been painted: what is not on the first page waits until it is seen."""
        if self.is_painted:
            callback()
        else:
            self.painted.connect(callback)

    def note_painted(self) -> None:
        """Tell that the window has been painted for the first time."""
        self.is_painted = True
        self.painted.emit()

    @property
    def operator(self) -> str:
        """The person at this PC, as commits and attestations name them."""
        return self.operations.operator

    def office_name(self) -> str:
        """Return the name of this PC's office, or what to do when it has none."""
        from desktop.services import identity, records

        return str(
            self.operations.read(
                lambda session: records.get_record(session, "offices", identity.own_office_id(session))["name"]
            )
        )

    @property
    def office_id(self) -> str:
        """The id of this PC's office."""
        from desktop.services import identity

        return str(self.operations.read(identity.own_office_id))

    def waiting_by_office(self) -> dict[str, int]:
        """Return how many changes wait to be carried to each accepted office."""
        from desktop.services.parcel import carrying

        return {row["id"]: row["count"] for row in self.operations.read(carrying.waiting)}

    def waiting_count(self) -> int:
        """Return how many changes wait to be carried to some office."""
        return max(self.waiting_by_office().values(), default=0)

    def waiting_tasks(self) -> list[Any]:
        """Return what waits to be carried away, one entry for each office it is for."""
        from desktop.services.parcel import carrying

        rows = self.operations.read(carrying.waiting)
        return [Waiting(f"{row['name']}", f"{row['count']} 处修改还没有带走") for row in rows if row["count"]]

    def set_operator(self, name: str) -> None:
        """Take the name that signs what is done from now on."""
        self.operations.operator = name
        self.remember(operator=name)

    def remember(self, **values: object) -> None:
        """Change this machine's settings and write them."""
        self.settings = self.settings.changed(**values)
        machine.save(self.settings)
        self.settings_changed.emit()


class View(QWidget):
    """One tab. The window calls `arrive` when it is shown, `refresh` when nouns it shows have changed meanwhile.

    A subclass builds its widgets in `_build_layout`, joins them in `_connect_signals`, reads what it shows in `_read`;
    it may override `nouns`, `arrive`, `refresh`, `show_record` and `search`. `strip` is the strip under its title.
    """

    nouns: frozenset[str] = frozenset()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.desk = desk
        self.operations = desk.operations
        self.strip = MessageStrip()
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        raise NotImplementedError

    def _connect_signals(self) -> None:
        raise NotImplementedError

    def arrive(self) -> None:
        """Come to the front for the first time or again; the database is open by then unless the view is the first."""
        self.operations.when_ready(self._read_or_tell)

    def refresh(self, nouns: frozenset[str]) -> None:
        """Show what changed; called only while the view is in front, else before its next `arrive`."""
        self._read_or_tell()

    def _read_or_tell(self) -> None:
        """Read again; what cannot be read any more, as a record that was undone meanwhile, is said in the strip."""
        try:
            self._read()
        except DesktopError as error:
            self.tell(error)

    def _read(self) -> None:
        """Read and show what the database holds; DesktopError when what was in front is gone."""

    def show_record(self, noun: str, record_id: str) -> None:
        """Show one record (from a jump, a search, another view)."""

    def shown_record(self) -> tuple[str, str]:
        """Return noun and id of the record that is shown, so that the way back leads to it; both "" for none."""
        return "", ""

    def search(self) -> None:
        """Take Ctrl+F: go to the view's own search field."""

    def add(self) -> None:
        """Take Ctrl+N: begin what this view adds."""

    def tell(self, error: DesktopError) -> None:
        """Show a refusal in the strip."""
        self.strip.show_error(error)
