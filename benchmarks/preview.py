"""From a click on a kind to its page on the desk: one notice, and one form, warm, against the time it may take."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.measure import FOLDER, Ratio, median, milliseconds, table
from desktop.settings import Settings
from desktop.views.document.document_view import DocumentView

ROUNDS, LIMIT_MS, PATIENCE_S = 7, 150.0, 30
CLICKED = (
    ("disbursement-notice", "a notice"),
    ("naming-decision", "a decision"),
    ("application-form", "an application form"),
)
AWAY = "publicity"
LEFT = Qt.MouseButton.LeftButton


def measure() -> list[Ratio]:
    """Click each kind in turn with another between them; the first click of each warms and is not counted."""
    os.environ.setdefault("WORKROOM_DESK_DATA", str(FOLDER / "data"))
    from desktop.app import import_the_rest
    from desktop.views.dressing import make_application

    application = make_application(Settings())
    import_the_rest()
    found = []
    with _view(application) as view:
        for kind, words in CLICKED:
            if kind not in {one.id for one in view.operations.read(_kinds)}:
                continue
            taken = []
            for _ in range(ROUNDS + 1):
                _clicked(application, view, AWAY)
                taken.append(milliseconds(partial(_clicked, application, view, kind)))
            found.append(
                Ratio(f"click to page: {words}, warm", median(taken[1:]), LIMIT_MS, "ms", 1, "the limit, 150 ms")
            )
    return found


def _kinds(session: object) -> list[object]:
    from desktop.services import document

    return list(document.kinds(session))  # type: ignore[arg-type]


@contextmanager
def _view(application: QApplication) -> Iterator[DocumentView]:
    """Yield the paper view over a sample county of 37 workrooms."""
    from desktop.services import identity, sample, store
    from desktop.views.desk import Desk
    from desktop.views.operation import Operations

    with TemporaryDirectory() as folder:
        path = Path(folder) / "county.db"
        database = identity.initialise(path, "左翼中旗总工会", "县级", "左翼中旗")
        with store.writing(database, "操作人") as session:
            sample.fill_sample(session, 37, 1)
        database.close()
        operations = Operations(path, operator="操作人")
        operations.open_now()
        view = DocumentView(Desk(operations, Settings()))
        view.resize(1366, 700)
        view.show()
        view.arrive()
        application.processEvents()
        yield view
        view.preview.clear()
        while operations.is_busy():
            application.processEvents()
        view.close()
        operations.close()


def _clicked(application: QApplication, view: DocumentView, kind: str) -> None:
    """Click a kind in the list and wait until its first page is painted."""
    index = view.page.kinds.index(view.page.kinds.row_of(kind))
    view.kind_list.scrollTo(index)
    place: QPoint = view.kind_list.visualRect(index).center()
    QTest.mouseClick(view.kind_list.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)
    if view.chooser.model.many:
        view.chooser.choose([view.chooser.model.matching()[0]])
    until = time.monotonic() + PATIENCE_S
    while view.preview.is_busy() or not view.page_desk.page_count():
        if time.monotonic() > until:
            raise TimeoutError(kind)
        application.processEvents()
        # The setting thread needs the interpreter too.
        time.sleep(0.001)
    application.processEvents()


if __name__ == "__main__":
    print(table(measure()))
