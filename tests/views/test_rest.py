"""What the first page did not need: loaded beside the window, and Qt's bindings touched by its own thread alone."""

import gc
import json
import subprocess
import sys
import threading

import pytest

from desktop.views import rest
from desktop.views.operation import Operations
from desktop.views.rest import LIBRARIES, Rest


def told(code: str) -> list[str]:
    command = [sys.executable, "-c", f"import json, sys\n{code}\nprint(json.dumps(found))"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return json.loads(done.stdout)


def test_no_library_touches_qt():
    code = f"""
from importlib import import_module
for name in {LIBRARIES!r}:
    import_module(name)
from desktop.services import regulation
regulation.bundled()
found = [name for name in sys.modules if name.startswith(("PySide6", "shiboken6", "desktop.views"))]
"""
    assert told(code) == []


def test_pages_find_their_services_loaded():
    """Otherwise the window would stand still for them."""
    code = """
from importlib import import_module
from desktop import app
from desktop.services import identity, store
from desktop.views import main_window, rest
from desktop.views.registry import registry_view
rest.load_libraries()
before = set(sys.modules)
for name in rest.pages():
    import_module(name)
found = sorted(name for name in set(sys.modules) - before if not name.startswith(("desktop.views", "PySide6")))
assert "desktop.views.wizard.wizard_view" in sys.modules
"""
    assert [name for name in told(code) if name.startswith(("desktop.", "reportlab", "sqlalchemy", "PIL"))] == []


@pytest.fixture
def imported(monkeypatch):
    """The names that were imported, and whether by the window's thread."""
    names = {}
    usual = rest.import_module

    def note(name):
        names[name] = threading.current_thread() is threading.main_thread()
        return usual(name)

    monkeypatch.setattr(rest, "import_module", note)
    return names


def test_only_the_windows_thread_loads_pages(qtbot, tmp_path, imported):
    loading = Rest(Operations(tmp_path / "any.db"))
    assert not loading.is_loaded
    try:
        loading.load()
        qtbot.waitUntil(lambda: loading.is_loaded, timeout=60_000)
    finally:
        gc.unfreeze()
    by_window = {name for name, mine in imported.items() if mine}
    assert set(imported) - by_window == set(LIBRARIES)
    assert {"PySide6.QtPrintSupport", "desktop.views.course.course_view", "desktop.views.home_view"} <= by_window
    assert not loading._timer.isActive()
