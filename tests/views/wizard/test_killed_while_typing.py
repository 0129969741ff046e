"""A draft outlives the process: whatever was shown as saved is there after a kill."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from desktop.services import application
from desktop.settings import Settings
from desktop.views.desk import Desk
from desktop.views.operation import Operations
from desktop.views.wizard.wizard_view import WizardView
from tests.views.county import make_county
from tests.views.showing import shown

DRAFT = ("草稿", "nm-2026-build")
TYPING = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from desktop.services import application
from desktop.settings import Settings
from desktop.views.desk import Desk
from desktop.views.operation import Operations
from desktop.views.wizard.wizard_view import WizardView

app = QApplication([])
operations = Operations(Path(sys.argv[1]), operator="王敏")
operations.open_now()
view = WizardView(Desk(operations, Settings(operator="王敏")))
operations.changed.connect(view.refresh)
view.show()
view.arrive()
view.open_application(sys.argv[2])
page = view.page
def step(title):
    row = [step.title for step in page.steps.steps()].index(title)
    page.step_list.setCurrentIndex(page.steps.index(row))
    return {row.asked.fact: row for row in page.form.rows()}
QTest.mouseClick(step("有活动场地")["venue_area_suitable"].findChildren(QToolButton)[1], Qt.MouseButton.LeftButton)
control = step("有创新团队")["established_on"].editor.control
control.selectAll()
operations.saved.connect(lambda _moment: os.kill(os.getpid(), signal.SIGKILL))
QTest.keyClicks(control, "2020-03-04")
sys.exit(app.exec())  # typing rests, the field saves itself, and that moment the process is killed
"""


def test_what_was_typed_is_there_after_a_kill(tmp_path, qtbot):
    path = make_county(tmp_path / "desk.db")
    draft_id = _draft(path)
    killed = subprocess.run(
        [sys.executable, "-c", TYPING, str(path), draft_id],
        cwd=Path(__file__).parents[3],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    with _opened(path) as operations, shown(qtbot, WizardView(Desk(operations, Settings()))) as view:
        view.open_application(draft_id)
        draft = view.page.live.draft
        assert draft.sheet.facts["venue_area_suitable"] is False
        assert draft.sheet.sources["venue_area_suitable"].by == "王敏"
        assert draft.workroom["established_on"] == "2020-03-04"
        go_row = [step.title for step in view.page.steps.steps()].index("有创新团队")
        view.page.step_list.setCurrentIndex(view.page.steps.index(go_row))
        row = next(row for row in view.page.form.rows() if row.asked.fact == "established_on")
        assert row.editor.control.text() == "2020年3月4日"


@contextmanager
def _opened(path):
    operations = Operations(path, operator="王敏")
    operations.open_now()
    try:
        yield operations
    finally:
        operations.close()


def _draft(path):
    with _opened(path) as operations:
        return next(
            row["id"] for row in operations.read(application.drafts) if (row["state"], row["regulation"]) == DRAFT
        )
