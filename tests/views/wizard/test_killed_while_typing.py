"""A draft outlives the process: whatever was shown as saved is there after a kill."""

from contextlib import contextmanager

from desktop.services import application
from desktop.settings import Settings
from desktop.views.desk import Desk
from desktop.views.operation import Operations
from desktop.views.wizard.wizard_view import WizardView
from tests.views.county import make_county
from tests.views.killing import type_until_killed
from tests.views.showing import shown

DRAFT = ("草稿", "nm-2026-build")
TYPING = """
from PySide6.QtWidgets import QToolButton
view.open_application(sys.argv[2])
page = view.page
def step(title):
    row = [step.title for step in page.steps.steps()].index(title)
    page.step_list.setCurrentIndex(page.steps.index(row))
    return {row.asked.fact: row for row in page.form.rows()}
QTest.mouseClick(step("有活动场地")["venue_area_suitable"].findChildren(QToolButton)[1], Qt.MouseButton.LeftButton)
control = step("有创新团队")["established_on"].editor.control
control.selectAll()
"""


def test_what_was_typed_is_there_after_a_kill(tmp_path, qtbot):
    path = make_county(tmp_path / "desk.db")
    draft_id = _draft(path)
    type_until_killed(WizardView, path, draft_id, TYPING, "2020-03-04")
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
