"""Showing one view by itself as the window does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication

from desktop.views.desk import View


@contextmanager
def shown(qtbot, view: View, settle: Callable[[View], object] | None = None) -> Iterator[View]:
    """Show a view: it is refreshed by what changes, no failure goes unseen; `settle` ends its work before it closes."""
    failures = []
    view.operations.failed.connect(failures.append)
    view.operations.changed.connect(view.refresh)
    qtbot.addWidget(view, before_close_func=settle)
    view.resize(1330, 640)
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    view.arrive()
    # What a view sets only after its first frame (the road of the first entry) is part of its opening.
    QApplication.processEvents()
    yield view
    assert failures == []
