"""The plaque ledger by hand: handing out, taking back, losing, and the way to the register and the paper."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.services import records
from desktop.views.ledgers.plaque_view import PlaqueView
from tests.views.showing import shown

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot, desk):
    desk.operations.run("清空", lambda session: _empty(session))
    with shown(qtbot, PlaqueView(desk)) as found:
        yield found


def _empty(session):
    for row in records.list_records(session, "plaques"):
        records.delete_record(session, "plaques", row["id"])


@pytest.fixture
def rooms(view):
    return view.operations.read(lambda session: records.list_records(session, "workrooms"))


def hand_out(qtbot, view, room, number="", title=""):
    qtbot.mouseClick(view.hand_out, LEFT)
    form = view.form
    form.editors["workroom_id"].set_value(room["id"])
    form.editors["number"].set_value(number)
    form.editors["title"].set_value(title)
    form.editors["received_by"].set_value("周建成")
    qtbot.mouseClick(form.accept, LEFT)


def test_an_empty_ledger_offers_the_first_step(qtbot, view):
    assert view.stack.currentWidget() is view.nothing
    qtbot.mouseClick(view.nothing.action, LEFT)
    assert view.form is not None
    qtbot.keyClick(view.form, Qt.Key.Key_Escape)
    qtbot.mouseClick(view.form.cancel, LEFT)
    assert view.form is None


def test_a_plaque_is_handed_out_taken_back_and_undone(qtbot, view, rooms):
    hand_out(qtbot, view, rooms[0], "〔2026〕001")
    assert view.form is None
    assert "已登记颁发" in view.strip.text()
    assert view.model.record(0)["title"] == rooms[0]["name"]
    assert view.count.text() == "共 1 块"
    qtbot.mouseClick(view.recover, LEFT)
    view.form.editors["by"].set_value("李四")
    qtbot.mouseClick(view.form.accept, LEFT)
    one = view.model.record(0)
    assert (one["state"], one["recovered_by"], one["recovered_on"]) == ("已收回", "李四", date.today().isoformat())
    assert not view.recover.isEnabled()
    assert not view.lose.isEnabled()
    view.operations.undo()
    assert view.model.record(0)["state"] == "在用"


def test_a_number_used_twice_is_refused_and_the_form_stays(qtbot, view, rooms):
    hand_out(qtbot, view, rooms[0], "〔2026〕001")
    hand_out(qtbot, view, rooms[1], "〔2026〕001")
    assert "已经用过" in view.strip.text()
    assert view.form.editors["number"].value() == "〔2026〕001"
    assert view.model.rowCount() == 1


def test_a_form_without_its_workroom_says_so(qtbot, view):
    qtbot.mouseClick(view.hand_out, LEFT)
    qtbot.mouseClick(view.form.accept, LEFT)
    assert "工作室" in view.strip.text()
    assert view.form is not None


def test_a_lost_plaque_says_what_is_known(qtbot, view, rooms):
    hand_out(qtbot, view, rooms[0])
    qtbot.mouseClick(view.lose, LEFT)
    qtbot.mouseClick(view.form.accept, LEFT)
    assert "遗失情况" in view.strip.text()
    view.form.editors["note"].set_value("搬迁时丢失，已登报")
    qtbot.mouseClick(view.form.accept, LEFT)
    assert (view.model.record(0)["state"], view.model.record(0)["note"]) == ("遗失", "搬迁时丢失，已登报")


def test_those_to_be_taken_back_stand_first_and_can_be_shown_alone(qtbot, view, rooms):
    for number in range(2):
        hand_out(qtbot, view, rooms[number], title=f"甲{number}")
    one = next(row for row in view.model.rows() if row["title"] == "甲0")
    view.operations.run(
        "撤销", lambda session: records.put_records(session, "plaques", {"id": one["id"], "state": "待收回"})
    )
    assert view.model.record(0)["title"] == "甲0"
    assert "待收回 1 块" in view.count.text()
    view.states.set_value("待收回")
    view.states.edited.emit("待收回")
    assert view.model.rowCount() == 1
    view.states.set_value("遗失")
    view.states.edited.emit("遗失")
    assert view.model.rowCount() == 0
    assert view.none_of_state.isVisible()


def test_the_ledger_leads_to_the_register_and_the_paper(qtbot, view, rooms):
    hand_out(qtbot, view, rooms[0])
    with qtbot.waitSignal(view.desk.go) as gone:
        view.table.opened.emit(0)
    assert gone.args == ["registry", "workrooms", rooms[0]["id"]]
    with qtbot.waitSignal(view.desk.go) as gone:
        qtbot.mouseClick(view.print_register, LEFT)
    assert gone.args == ["document", "workrooms.plaque-register", rooms[0]["id"]]


def test_a_jump_with_a_workroom_shows_its_plaque_or_begins_one(qtbot, view, rooms):
    view.show_record("workrooms", rooms[1]["id"])
    assert view.form.editors["workroom_id"].value() == rooms[1]["id"]
    view.put_form_away()
    hand_out(qtbot, view, rooms[0])
    hand_out(qtbot, view, rooms[1])
    view.show_record("workrooms", rooms[1]["id"])
    assert view.chosen()["workroom_id"] == rooms[1]["id"]
    assert view.form is None


def test_what_was_filled_in_is_given_up_only_at_the_second_stroke(qtbot, view, rooms):
    qtbot.mouseClick(view.nothing.action, LEFT)
    form = view.form
    form.editors["received_by"].set_value("周建成")
    qtbot.mouseClick(form.cancel, LEFT)
    assert view.form is form
    assert "放弃" in form.cancel.text()
    assert form.editors["received_by"].value() == "周建成"
    qtbot.mouseClick(form.cancel, LEFT)
    assert view.form is None
