"""The three task views in the real window: the road from one to the next, the small screen, names for every control."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
)

from desktop.services import allocation, application
from desktop.views import theme
from desktop.views.allocation.allocation_table_model import AMOUNT
from desktop.views.allocation.allocation_view import AllocationView
from desktop.views.field_editor import FieldEditor
from desktop.views.icons import Button
from desktop.views.operation import Operations
from tests.views.county import make_county
from tests.views.killing import type_until_killed

LEFT = Qt.MouseButton.LeftButton
DRAFT = ("草稿", "nm-2026-build")
VIEWS = ("wizard", "allocation", "document")


def open_first(window, name):
    """Show a view with something in it."""
    window.show_view(name)
    view = window.current()
    if name == "wizard":
        view.open_application(view.operations.read(application.drafts)[0]["id"])
    if name == "allocation":
        view.open_grant(view.picker.itemData(0))
    return view


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_fits_a_small_screen(window, name):
    view = open_first(window, name)
    assert view.minimumSizeHint().width() <= 1366
    assert view.minimumSizeHint().height() <= 768 - 90


@pytest.mark.parametrize("name", VIEWS)
def test_every_control_has_a_name(window, name, qtbot):
    view = open_first(window, name)
    qtbot.wait(1)
    buddies = {label.buddy() for label in view.findChildren(QLabel) if label.buddy() is not None}
    for kind in (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView):
        for control in view.findChildren(kind):
            if not control.isVisibleTo(view) or control.focusPolicy() == Qt.FocusPolicy.NoFocus:
                continue
            inner = isinstance(control.parentWidget(), QComboBox)
            words = control.accessibleName() or getattr(control, "text", str)()
            assert words or inner or control in buddies, f"{name}: {type(control).__name__} {control.objectName()}"


def test_the_views_are_drawn_in_the_dark(window, qapp):
    views = [open_first(window, name) for name in VIEWS]
    light = [view.grab().toImage().pixelColor(3, 3) for view in views]
    theme.apply(qapp, dark=True)
    try:
        dark = [view.grab().toImage().pixelColor(3, 3) for view in views]
    finally:
        theme.apply(qapp)
    assert all(before.lightness() > 200 > 60 > after.lightness() for before, after in zip(light, dark, strict=True))


def _fails(view, application_id):
    return view.operations.read(lambda session: application.verdict(session, application_id)).counts["fail"] > 0


def test_from_the_application_to_its_printed_form(window, qtbot):
    view = open_first(window, "wizard")
    drafts = [row for row in view.operations.read(application.drafts) if (row["state"], row["regulation"]) == DRAFT]
    draft = next(row for row in drafts if not _fails(view, row["id"]))
    view.open_application(draft["id"])
    for page in list(view.page.live.pages()):
        row = [step.id for step in view.page.steps.steps()].index(page.id)
        view.page.step_list.setCurrentIndex(view.page.steps.index(row))
        for asked in view.page.form.rows():
            if asked.asked.type == "bool" and asked.editor is not None and asked.asked.value is not True:
                qtbot.mouseClick(asked.findChildren(QToolButton)[0], LEFT)
    if not view.page.can_submit():
        pytest.fail(str(view.page.live.blockers()))
    qtbot.mouseClick(view.page._submit, LEFT)
    offered = next(button for button in view.strip.findChildren(Button) if button.text() == "去打印")
    offered.click()
    papers = window.current()
    assert papers is window.view("document")
    assert papers.chooser.ids() == [draft["id"]]
    assert papers.draft().kind == "application-form"


def test_undo_in_the_window_takes_an_answer_back(window, qtbot):
    view = open_first(window, "wizard")
    draft = next(row for row in view.operations.read(application.drafts) if (row["state"], row["regulation"]) == DRAFT)
    view.open_application(draft["id"])
    row = next(row for row in view.page.form.rows() if row.asked.type == "bool")
    before = row.asked.value
    answers = row.findChildren(QToolButton)
    qtbot.mouseClick(answers[1 if before is True else 0], LEFT)
    changed = next(shown for shown in view.page.form.rows() if shown.asked.fact == row.asked.fact)
    assert changed.asked.value is not before
    window.undo()
    restored = next(shown for shown in view.page.form.rows() if shown.asked.fact == row.asked.fact)
    assert restored.asked.value == before


def test_an_allocation_is_walked_by_keys_alone(window, qtbot):
    view = open_first(window, "allocation")
    grants = view.operations.read(allocation.grants_to_allot)
    for grant in grants:
        view.open_grant(grant["id"])
        if not view.rewards.model.read_only:
            break
    table, model = view.rewards.table, view.rewards.model
    table.setFocus()
    table.setCurrentIndex(model.index(0, AMOUNT))
    for row in range(model.rowCount()):
        if table.state() != table.State.EditingState:
            qtbot.keyClick(table, Qt.Key.Key_Return)
        control = next(e.control for e in table.findChildren(FieldEditor) if not e.property("ended"))
        control.selectAll()
        qtbot.keyClicks(control, "1500")
        qtbot.keyClick(control, Qt.Key.Key_Return)
        assert model.lines()[row].amount_fen == 150_000
    stored = view.operations.read(lambda session: allocation.worksheet(session, view._grant_id))
    assert {line.amount_fen for line in stored.lines} == {150_000}


TYPING = """
from desktop.views.field_editor import FieldEditor
view.open_grant(sys.argv[2])
table, model = view.rewards.table, view.rewards.model
table.setFocus()
table.setCurrentIndex(model.index(0, 3))
table.edit(model.index(0, 3))
control = next(editor.control for editor in table.findChildren(FieldEditor))
control.selectAll()
"""


def test_an_amount_is_there_after_a_kill(tmp_path):
    path = make_county(tmp_path / "desk.db")
    operations = Operations(path, operator="王敏")
    operations.open_now()
    open_grants = [
        grant["id"]
        for grant in operations.read(allocation.grants_to_allot)
        if (operations.read(lambda s, g=grant: allocation.worksheet(s, g["id"])).allocation or {}).get("state")
        in (None, "草稿")
        and operations.read(lambda s, g=grant: allocation.worksheet(s, g["id"])).allows_rewards
    ]
    operations.close()
    type_until_killed(AllocationView, path, open_grants[0], TYPING, "4321.09")
    again = Operations(path, operator="王敏")
    again.open_now()
    sheet = again.read(lambda session: allocation.worksheet(session, open_grants[0]))
    again.close()
    assert sheet.lines[0].amount_fen == 432_109
