"""Loading what the first page did not need: libraries beside the window, its own pages between two events.

Only the window's thread touches Qt's bindings: they make their types when each is first asked for, and two threads that
ask at the same moment bring the program down.
"""

from __future__ import annotations

import gc
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from desktop.views.operation import Operations

LIBRARIES: Final = (
    "pypdfium2",
    "PIL.ImageFilter",
    "PIL.ImageStat",
    "desktop.services.beginning",
    "desktop.services.dossier",
    "desktop.services.expenses",
    "desktop.services.paper.batch",
    "desktop.services.paper.reissue",
    "desktop.services.paper.filed",
    "desktop.services.seal.keeping",
    "desktop.services.seal.register",
    "desktop.services.seal.setting",
    "desktop.services.statistics",
)
"""What the pages below need besides Qt; nothing of it may import the bindings."""
PAGES: Final = ("home_view", "allocation", "course", "document", "exchange", "registry", "statistics", "wizard")
SLICE_MS: Final = 8
PAUSE_MS: Final = 12


def load_libraries() -> None:
    """Import what the pages need besides Qt, map the records and read the regulations; may run beside the window."""
    for name in LIBRARIES:
        import_module(name)
    from desktop.services import regulation, store

    regulation.bundled()
    store.prepare()
    # None of this is ever garbage: looking through it again and again would hold the window up.
    gc.freeze()


def pages() -> Iterator[str]:
    """Name the modules of the pages, those that others of their folder need first where the alphabet has it so."""
    yield "PySide6.QtPrintSupport"
    for name in PAGES:
        page = import_module(f"desktop.views.{name}")
        for module in pkgutil.iter_modules(getattr(page, "__path__", ())):
            yield f"{page.__name__}.{module.name}"


class Rest(QObject):
    """Loads the rest while the first page is already in use."""

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._waiting = pages()
        self.is_loaded = False
        self._timer = QTimer(self, interval=PAUSE_MS)
        self._timer.timeout.connect(self._load_some)

    def load(self) -> None:
        """Begin: the libraries when the work before them is done, then the pages in slices of a few ms."""
        self._operations.in_background("准备", lambda _progress: load_libraries(), lambda _none: self._timer.start())

    def _load_some(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        while clock.elapsed() < SLICE_MS:
            name = next(self._waiting, "")
            if not name:
                self._timer.stop()
                self.is_loaded = True
                return
            import_module(name)
