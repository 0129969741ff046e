"""推荐排序 by button and key: the order is saved as one moves, the quota is told, and undo puts it back."""

import pytest
from PySide6.QtCore import Qt

from desktop.services import records
from desktop.services.recommending import ranking
from desktop.views.wizard.wizard_view import WizardView
from tests.views.showing import shown

LEFT = Qt.MouseButton.LeftButton
LAW = "nm-2026-build"


@pytest.fixture
def view(qtbot, desk):
    with shown(qtbot, WizardView(desk)) as found:
        found.operations.run("试", _three)
        qtbot.mouseClick(found.chooser.ranking, LEFT)
        yield found


def _three(session):
    for row in records.list_records(session, "applications"):
        records.put_records(session, "applications", {"id": row["id"], "state": "草稿", "rank": None})
    rooms = records.list_records(session, "workrooms")[:3]
    given = {"regulation": LAW, "year": 2026, "state": "已提交", "reference_date": "2026-09-01"}
    for room in rooms:
        records.put_records(session, "applications", {**given, "workroom_id": room["id"]})


def names(view):
    model = view.ranking.model
    return [(model.record(row)["name"], model.record(row)["rank"]) for row in range(model.rowCount())]


def choose(view, row):
    view.ranking.table.selectRow(row)


def test_records_are_ranked_moved_and_taken_off(qtbot, view):
    page = view.ranking
    assert page.isVisible()
    assert [rank for _name, rank in names(view)] == [None, None, None]
    first, second, third = (name for name, _rank in names(view))
    choose(view, 2)
    page.table.opened.emit(2)
    assert names(view)[0] == (third, 1)
    choose(view, 1)
    qtbot.mouseClick(page.down, LEFT)
    assert names(view)[:2] == [(third, 1), (first, 2)]
    choose(view, 1)
    qtbot.keyClick(page.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names(view)[:2] == [(first, 1), (third, 2)]
    kept = view.operations.read(lambda session: ranking.ranking(session, "applications", LAW, 2026))
    assert [place.name for place in kept.places] == [first, third, second]
    choose(view, 0)
    qtbot.mouseClick(page.out, LEFT)
    assert names(view)[0] == (third, 1)
    view.operations.undo()
    assert names(view)[:2] == [(first, 1), (third, 2)]


def test_the_quota_is_recorded_and_what_is_beyond_it_is_told(view):
    page = view.ranking
    for row in range(3):
        choose(view, row)
        page.table.opened.emit(row)
    page.quota.committed.emit(2)
    assert "名额2个，已排序3个，超出1个" in page.words.text()
    assert page.model.record(2)["standing"].startswith("超出名额")
    assert page.model.record(0)["standing"] == ""


def test_the_printed_list_is_one_step_away_and_so_is_the_way_back(qtbot, view):
    page = view.ranking
    for row in range(2):
        choose(view, row)
        page.table.opened.emit(row)
    assert len(page.ranked()) == 2
    with qtbot.waitSignal(view.desk.go) as gone:
        qtbot.mouseClick(page.paper, LEFT)
    assert gone.args == ["document", "applications.recommendation", " ".join(page.ranked())]
    qtbot.mouseClick(page.back, LEFT)
    assert view.chooser.isVisible()


def test_nothing_chosen_moves_nothing(view):
    view.ranking.table.clearSelection()
    view.ranking.shift(1)
    view.ranking.take_out()
    assert view.ranking.ranked() == []


def test_without_submitted_applications_the_page_says_what_belongs_here(view):
    def drafts(session):
        for row in records.list_records(session, "applications"):
            records.put_records(session, "applications", {"id": row["id"], "state": "草稿"})

    view.operations.run("试", drafts)
    assert "还没有提交的申报" in view.ranking.words.text()
    assert not view.ranking.up.isEnabled()
