"""Showing one view by itself as the window does."""

from collections.abc import Iterator
from contextlib import contextmanager

from desktop.views.desk import View


@contextmanager
def shown(qtbot, view: View) -> Iterator[View]:
    """Show a view: it is refreshed by what changes, and no failure goes unseen."""
    failures = []
    view.operations.failed.connect(failures.append)
    view.operations.changed.connect(view.refresh)
    qtbot.addWidget(view)
    view.resize(1330, 640)
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    view.arrive()
    yield view
    assert failures == []
