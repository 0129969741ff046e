"""Assessment rounds by hand: opening one, results by items and grades, its progress and its end."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.services import records
from desktop.services import round as rounds
from desktop.services.regulation import regulation
from desktop.views.rounds.round_view import RoundView
from tests.views.county import make_county
from tests.views.showing import shown

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def county(tmp_path):
    return make_county(tmp_path / "county.db", regulations=("jy-2022", "tl-2020"))


@pytest.fixture
def view(qtbot, desk):
    desk.operations.run("清空", _empty)
    with shown(qtbot, RoundView(desk)) as found:
        yield found


def _empty(session):
    for row in records.list_records(session, "assessments"):
        records.delete_record(session, "assessments", row["id"])
    for row in records.list_records(session, "assessment_rounds"):
        records.delete_record(session, "assessment_rounds", row["id"])


def named(view):
    return view.operations.read(rounds.reached)


def open_round(qtbot, view, kind="周期考核", law="jy-2022", only=()):
    qtbot.mouseClick(view.open_round, LEFT)
    form = view.form
    form.editors["regulation"].set_value(law)
    form.editors["kind"].set_value(kind)
    form.editors["year"].set_value(2026)
    form.editors["only"].set_value(list(only))
    qtbot.mouseClick(form.accept, LEFT)


def give_result(qtbot, view, grade="", words="健全"):
    qtbot.mouseClick(view.record, LEFT)
    form = view.form
    for name, editor in form.editors.items():
        if name.startswith("item."):
            editor.set_value(words)
    if grade:
        form.editors["grade"].set_value(grade)
    qtbot.mouseClick(form.accept, LEFT)


def test_a_round_reaches_every_named_workroom(qtbot, view):
    open_round(qtbot, view)
    assert view.rooms.rowCount() == len(named(view))
    held = view.chosen_round()
    assert held["grades"] == ["优秀", "合格", "不合格"]
    assert "、".join(rounds.items_of(regulation("jy-2022"), "周期考核")) in view.progress.text()
    assert not view.finish.isEnabled()
    open_round(qtbot, view)
    assert "已经开始" in view.strip.text()


def test_results_by_items_and_grades_end_the_round(qtbot, view):
    rooms = [name for _, name in named(view)][:2]
    open_round(qtbot, view, only=rooms)
    assert view.rooms.rowCount() == 2
    give_result(qtbot, view, "优秀")
    assert "已考核 1 个（优秀 1）" in view.progress.text()
    # Those still open stand first; the one in hand stays the one in hand.
    row = next(row for row, one in enumerate(view.rooms.rows()) if not one["assessed_on"])
    view.room_table.selectRow(row)
    give_result(qtbot, view, "不合格")
    qtbot.mouseClick(view.finish, LEFT)
    assert view.chosen_round()["state"] == "已办结"
    assert not view.finish.isEnabled()
    stored = view.operations.read(lambda session: records.list_records(session, "assessments"))
    assert {one["assessed_on"] for one in stored} == {date.today().isoformat()}
    assert set(stored[0]["items"]) == set(rounds.items_of(regulation("jy-2022"), "周期考核"))


def test_a_name_that_means_no_workroom_is_told(qtbot, view):
    open_round(qtbot, view, only=["没有这个名字"])
    assert "没有这样的工作室" in view.strip.text()
    assert view.form is not None
    view.form.editors["only"].set_value(["工作室"])
    qtbot.mouseClick(view.form.accept, LEFT)
    assert "请写全" in view.strip.text()


def test_no_grade_is_borrowed_where_the_regulation_gives_none(qtbot, view):
    open_round(qtbot, view, "专项考核", "tl-2020")
    assert "没有规定等次" in view.progress.text()
    qtbot.mouseClick(view.record, LEFT)
    assert "grade" not in view.form.editors


def test_an_assessment_leads_to_its_road_and_its_paper(qtbot, view):
    open_round(qtbot, view)
    one = view.chosen()
    for button, where in (
        (view.road, ["course", "assessments"]),
        (view.sheet, ["document", "assessments.assessment-sheet"]),
    ):
        with qtbot.waitSignal(view.desk.go) as gone:
            qtbot.mouseClick(button, LEFT)
        assert gone.args == [*where, one["id"]]
    view.show_record("assessments", view.rooms.record(1)["id"])
    assert view.chosen()["id"] == view.rooms.record(1)["id"]
