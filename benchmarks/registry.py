"""The register of 5,000 and of 150,000 workrooms: first paint, memory, scrolling and search as you type."""

import json
import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QObject, QRegularExpression, Signal
from PySide6.QtWidgets import QApplication, QTableView

from benchmarks import peers
from benchmarks.dataset import workrooms
from benchmarks.measure import ROOT, Ratio, grown, median, milliseconds, p95, table
from desktop.services import registry
from desktop.views.registry.registry_source import RegistrySource
from desktop.views.registry.workroom_table_model import WorkroomTableModel

MANY, FEW = 150_000, 5_000
ROUNDS = {MANY: 1, FEW: 5}
"""How often all mapped objects are loaded; ours is painted more often."""
PAINTED = 7
LIMIT_MS = {FEW: 16.0, MANY: 50.0}
"""Within which a keystroke must be painted."""
TURNS, JUMPS = 5, 40
TYPED = ("焊接", "张伟", "wang", "北岭机", "138", "单")


class Operations(QObject):
    """Where the register's database lies, as far as the list asks."""

    changed = Signal(object)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path


def _view() -> QTableView:
    QApplication.instance() or QApplication(sys.argv[:1])
    view = QTableView()
    view.resize(1280, 720)
    view.show()
    QApplication.processEvents()
    return view


def _windowed(path: Path) -> WorkroomTableModel:
    """Make our model with its first page; the list behind it is not read yet."""
    model = WorkroomTableModel(RegistrySource(Operations(path)), peers.SHOWN)  # type: ignore[arg-type]
    model.show_first_page()
    return model


def _ours(path: Path) -> tuple[WorkroomTableModel, RegistrySource]:
    """Make our model with the whole list and its search keys in memory."""
    source = RegistrySource(Operations(path))  # type: ignore[arg-type]
    source.registry = registry.load_registry(path)
    model = WorkroomTableModel(source, peers.SHOWN)
    model.show_rows(source.registry.rows)
    return model, source


def _painted(view: QTableView, make: Callable[[Path], QAbstractItemModel], path: Path) -> float:
    def run() -> None:
        model = make(path)
        view.setModel(model)
        view.viewport().repaint()
        kept.append(model)

    kept: list[QAbstractItemModel] = []
    taken = milliseconds(run)
    view.setModel(None)
    return taken


def _resident(make: str, path: Path) -> float:
    """Return by how many MB a new process grows when it holds a model, its imports not counted."""
    code = f"from benchmarks import registry; registry.grow({make!r}, {str(path)!r})"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True)
    return float(json.loads(done.stdout))


def grow(make: str, path: str) -> None:
    """Print by how many MB this process grows when it makes and paints a model (run in a process of its own)."""
    view, makers = _view(), {"ours": lambda path: _ours(path)[0], "objects": peers.all_objects}
    few = makers[make](workrooms(FEW))  # whatever is imported or cached on first use
    view.setModel(few)
    view.viewport().repaint()
    before = _megabytes()
    model = makers[make](Path(path))
    view.setModel(model)
    view.viewport().repaint()
    print(json.dumps(_megabytes() - before))


def _megabytes() -> float:
    resident = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(resident) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _jumps(view: QTableView, model: QAbstractItemModel, seed: int) -> list[float]:
    """Jump to random places and scroll a page from each; return the time to the finished paint, in ms."""
    view.setModel(model)
    bar, chance, taken = view.verticalScrollBar(), random.Random(seed), []
    for _ in range(JUMPS):
        for place in (chance.randrange(bar.maximum()), bar.value() + bar.pageStep()):
            bar.setValue(place)
            taken.append(milliseconds(view.viewport().repaint))
    view.setModel(None)
    return taken


def _keystrokes(words: Sequence[str] = TYPED) -> Iterator[str]:
    for word in words:
        for length in range(1, len(word) + 1):
            yield word[:length]
        yield ""


def _typed(
    view: QTableView,
    model: QAbstractItemModel,
    search: Callable[[str], object],
    words: Sequence[str] = TYPED,
    warm: bool = True,
) -> list[float]:
    """Type the words; return the time from each keystroke to the finished paint, in ms (clearing not counted)."""

    def keystroke(text: str) -> None:
        search(text)
        view.viewport().repaint()

    view.setModel(model)
    # The first drawing of a character costs many times the next; the window draws those of the register ahead of time.
    for word in words if warm else ():
        keystroke(word)
    search("")
    taken = [(text, milliseconds(partial(keystroke, text))) for text in _keystrokes(words)]
    view.setModel(None)
    return [duration for text, duration in taken if text]


def _search_ours(path: Path) -> tuple[WorkroomTableModel, Callable[[str], object]]:
    model, source = _ours(path)
    read = source.registry
    assert read is not None

    def search(text: str) -> None:
        hits = source.search(text)
        assert hits is not None
        model.show_rows(hits.rows(read))

    return model, search


def _search_proxy(path: Path) -> tuple[QAbstractItemModel, Callable[[str], object]]:
    model = peers.proxied(path)
    return model, lambda text: model.setFilterRegularExpression(QRegularExpression.escape(text))


def _search_sql(path: Path) -> tuple[QAbstractItemModel, Callable[[str], object]]:
    connection = sqlite3.connect(path)
    model = peers.IdModel([], connection)

    def search(text: str) -> None:
        model.show([row for (row,) in connection.execute(peers.LIKE, {"word": f"%{text}%"})])

    return model, search


def _check_hits(path: Path) -> None:
    """Refuse to measure a search that finds anything else than the keys hold."""
    read = registry.load_registry(path)
    with sqlite3.connect(path) as connection:
        for text in filter(None, _keystrokes()):
            column = "latin" if text.isascii() else "native"
            query = f"SELECT row FROM workroom_keys WHERE instr({column}, ?) > 0"
            true = {row for (row,) in connection.execute(query, (text,))}
            found = {read.rows[place] for place in registry.search(read, text).positions}
            if found != true:
                raise RuntimeError(f"{text}: found {len(found)} of {len(true)}")


def _opening(view: QTableView, count: int, path: Path) -> Iterator[Ratio]:
    first = [_painted(view, _windowed, path) for _ in range(PAINTED + 1)][1:]
    base = [_painted(view, peers.all_objects, path) for _ in range(ROUNDS[count])]
    first += [_painted(view, _windowed, path) for _ in range(PAINTED)]
    against = "all mapped objects"
    yield Ratio(
        f"{count:,} rows: first paint", median(first), median(base), "ms", 1 / 30 if count == MANY else 1, against
    )
    if count == MANY and sys.platform == "linux":
        ours, objects = _resident("ours", path), _resident("objects", path)
        yield Ratio(f"{count:,} rows: memory, search keys included", ours, objects, "MB", 1 / 7, against)


def _moving(view: QTableView, count: int, path: Path) -> Iterator[Ratio]:
    ours, base = _ours(path)[0], peers.queried(path)
    taken: tuple[list[float], list[float]] = [], []
    for turn in range(TURNS):
        for model, durations in zip((ours, base), taken, strict=True):
            durations += _jumps(view, model, turn)
    work = f"{count:,} rows: jump or scroll → painted"
    for words, quantile in (("median", median), ("p95", p95)):
        yield Ratio(f"{work}, {words}", quantile(taken[0]), quantile(taken[1]), "ms", 1.75, "QSqlQueryModel")


def _typing(view: QTableView, count: int, path: Path) -> Iterator[Ratio]:
    _check_hits(path)
    ours, sql = (p95(_typed(view, *make(path))) for make in (_search_ours, _search_sql))
    # Seconds a keystroke at the larger size, and much the same for every word: fewer words tell as much.
    proxy = p95(_typed(view, *_search_proxy(path), TYPED[:1] if count == MANY else TYPED, warm=count == FEW))
    work = f"{count:,} rows: keystroke → painted, p95"
    yield Ratio(work, ours, LIMIT_MS[count], "ms", 1, f"the limit, {LIMIT_MS[count]:.0f} ms")
    yield Ratio(work, ours, sql, "ms", 0.2 if count == MANY else 1, "SQL LIKE over three columns")
    yield Ratio(work, ours, proxy, "ms", 0.01 if count == MANY else 0.12, "QSortFilterProxyModel")


def measure() -> list[Ratio]:
    """Measure both sizes, and how the cost grows between them."""
    view = _view()
    found: dict[int, list[Ratio]] = {}
    for count in (FEW, MANY):
        path = workrooms(count)
        found[count] = [ratio for part in (_opening, _moving, _typing) for ratio in part(view, count, path)]
    small = {_same(ratio): ratio for ratio in found[FEW]}
    large = [grown(small[_same(ratio)], ratio, MANY / FEW) if _same(ratio) in small else ratio for ratio in found[MANY]]
    first = Ratio("first paint: 150,000 rows", large[0].ours, found[FEW][0].ours, "ms", 2, "ours with 5,000 rows")
    return [*found[FEW], *large, first]


def _same(ratio: Ratio) -> tuple[str, str]:
    """Return what is the same in the measurements of both sizes."""
    return ratio.work.partition(":")[2], ratio.against.partition(",")[0]


if __name__ == "__main__":
    print(table(measure()))
