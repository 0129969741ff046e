"""A view in a process of its own, typed into and killed the moment it says that it saved."""

import os
import signal
import subprocess
import sys
from pathlib import Path

OPENED = """
import os, signal, sys
from importlib import import_module
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from desktop.settings import Settings
from desktop.views.desk import Desk
from desktop.views.operation import Operations

app = QApplication([])
operations = Operations(Path(sys.argv[1]), operator="王敏")
operations.open_now()
view = getattr(import_module(sys.argv[3]), sys.argv[4])(Desk(operations, Settings(operator="王敏")))
operations.changed.connect(view.refresh)
view.show()
view.arrive()
"""
KILLED = """
operations.saved.connect(lambda _moment: os.kill(os.getpid(), signal.SIGKILL))
QTest.keyClicks(control, typed)
sys.exit(app.exec())  # typing rests, the field saves itself while it is still open, and then the process is killed
"""


def type_until_killed(view: type, path: Path, record_id: str, steps: str, typed: str) -> None:
    """Open a view over a database, do `steps`, which leave `control`, and type into it until the process is killed.

    The steps find `view`, `Qt`, `QTest` and the record's id in `sys.argv[2]`.
    """
    code = f"{OPENED}{steps}\ntyped = {typed!r}\n{KILLED}"
    killed = subprocess.run(
        [sys.executable, "-c", code, str(path), record_id, view.__module__, view.__name__],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
