"""工作室台账 of an office that has only begun: nothing to show, and the first step in the middle."""

import pytest

from desktop.services import identity


@pytest.fixture
def county(tmp_path):
    path = tmp_path / "county.db"
    identity.initialise(path, "某某县总工会", "县级", "某某县", operator="王敏").close()
    return path


def test_the_first_step_has_the_whole_width_until_there_is_a_workroom(window, qtbot):
    view = window.view("registry")
    qtbot.waitUntil(lambda: view.lists.currentWidget() is view.empty)
    assert view.detail.isHidden()
    assert view.left.width() == view.splitter.width()
    view.add()
    assert view.lists.currentWidget() is view.table
    assert view.detail.isVisible()
    qtbot.waitUntil(lambda: view.detail.width() > view.left.width() >= 360)
    window.undo()
    qtbot.waitUntil(lambda: view.lists.currentWidget() is view.empty)
    assert view.detail.isHidden()
