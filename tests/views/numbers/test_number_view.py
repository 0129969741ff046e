"""The register of document numbers by hand: every serial, gaps explained, ranges kept and taken, files written."""

from datetime import date

import openpyxl
import pytest
from PySide6.QtCore import Qt

from desktop.models.document import Document
from desktop.services import document, records
from desktop.services.numbering import register
from desktop.views.numbers.number_view import NumberView
from tests.views.showing import shown

LEFT = Qt.MouseButton.LeftButton
DAY = date(2026, 9, 1)


@pytest.fixture
def view(qtbot, desk):
    with shown(qtbot, NumberView(desk)) as found:
        yield found


def issue(view, folder, **given):
    grant = view.operations.read(lambda session: document.subjects(session, "quota-notice")[0].id)
    made = []
    view.operations.run(
        "出文",
        lambda session: document.issue(
            session, "quota-notice", "grants", [grant], folder / f"{len(list(folder.iterdir()))}.pdf", given, on=DAY
        ),
        made.append,
        undoable=False,
    )
    return made[0]


@pytest.fixture
def used(view, tmp_path):
    """Serials 1 and 4 of this year's sequence are used."""
    folder = tmp_path / "papers"
    folder.mkdir()
    first = issue(view, folder)
    number = {"code": first["number_code"], "year": first["number_year"], "serial": 4}
    issue(view, folder, number=number)
    return first["number_code"], first["number_year"], folder


def rows(view):
    return [(line["serial"], line["state"]) for line in view.model.rows()]


def fill(view, **values):
    for name, value in values.items():
        view.form.editors[name].control.setText(str(value))


def accept(qtbot, view):
    qtbot.mouseClick(view.form.accept, LEFT)


def test_every_serial_is_listed_with_its_paper(view, used):
    code, year, _ = used
    assert rows(view) == [(1, "已用"), (2, "空缺待说明"), (3, "空缺待说明"), (4, "已用")]
    assert view.sequence.value() == f"{code}〔{year}〕"
    assert "下一号 5" in view.figures.text()
    assert "空缺待说明 2" in view.figures.text()
    assert view.model.index(0, 0).data() == f"{code}〔{year}〕1号"


def test_gaps_are_explained_where_they_stand_and_it_can_be_undone(qtbot, view, used):
    view.table.selectRow(1)
    qtbot.mouseClick(view.explain, LEFT)
    assert [view.form.editors[name].value() for name in ("first", "last")] == [2, 2]
    accept(qtbot, view)
    assert "原因" in view.strip.text()
    fill(view, last=3, reason="打印错误")
    accept(qtbot, view)
    assert rows(view) == [(1, "已用"), (2, "空号"), (3, "空号"), (4, "已用")]
    assert view.model.index(1, 4).data() == "打印错误"
    view.operations.undo()
    assert rows(view)[1] == (2, "空缺待说明")


def test_numbers_used_before_the_program(qtbot, view, desk):
    office = view.operations.read(lambda session: records.list_records(session, "offices"))
    own = next(one for one in office if one["id"] == desk.office_id)
    view.operations.run(
        "代字", lambda session: records.put_records(session, "offices", {"id": own["id"], "document_code": "左中工发"})
    )
    assert view.stack.currentWidget() is view.nothing
    qtbot.mouseClick(view.nothing.action, LEFT)
    assert view.form.editors["code"].value() == "左中工发"
    fill(view, first=1, last=17, reason="上半年纸质发文")
    view.form.editors["by_hand"].set_value(True)
    accept(qtbot, view)
    assert rows(view)[-1] == (17, "手工用号")
    assert "下一号 18" in view.figures.text()


def test_a_range_is_kept_for_another_pc_and_taken(qtbot, view, used):
    code, year, folder = used
    qtbot.mouseClick(view.reserve, LEFT)
    assert [view.form.editors[name].value() for name in ("first", "last")] == [5, 54]
    fill(view, first=20, last=21, holder="二号电脑")
    accept(qtbot, view)
    assert rows(view)[-2:] == [(20, "预留"), (21, "预留")]
    assert issue(view, folder)["number_serial"] == 5
    view.table.selectRow(view.model.rowCount() - 1)
    assert view.take.isEnabled()
    qtbot.mouseClick(view.take, LEFT)
    assert issue(view, folder)["number_serial"] == 20
    fill_again = view.operations.read(lambda session: register.register(session, code, year))
    assert [line["state"] for line in fill_again if line["serial"] >= 20] == ["已用", "预留"]


def test_an_explanation_is_withdrawn(qtbot, view, used):
    code, year, _ = used
    view.operations.run("x", lambda session: register.explain(session, code, year, 2, 2, "写错了"))
    assert rows(view)[1] == (2, "空号")
    view.table.selectRow(0)
    assert not view.withdraw.isEnabled()
    view.table.selectRow(1)
    qtbot.mouseClick(view.withdraw, LEFT)
    assert rows(view)[1] == (2, "空缺待说明")
    view.operations.undo()
    assert rows(view)[1] == (2, "空号")


def test_what_cannot_be_kept_is_said(qtbot, view, used):
    for values, said in (
        ({"first": 4, "last": 6, "holder": "x"}, "已经用过"),
        ({"first": 9, "last": 6, "holder": "x"}, "止号不小于起号"),
        ({"holder": ""}, "哪台电脑"),
    ):
        view.ask_range()
        fill(view, **values)
        accept(qtbot, view)
        assert said in view.strip.text()
        assert view.form is not None
        qtbot.mouseClick(view.form.cancel, LEFT)


def test_two_sequences_are_chosen_from(qtbot, view, used, desk):
    _, year, folder = used
    view.operations.run(
        "代字",
        lambda session: records.put_records(session, "offices", {"id": desk.office_id, "document_code": "左中工办"}),
    )
    issue(view, folder)
    assert view.sequence.control.count() == 2
    view.sequence.control.setCurrentIndex(view.sequence.control.findData(f"左中工办〔{year}〕"))
    view.sequence.commit()
    view._choose(f"左中工办〔{year}〕")
    assert rows(view) == [(1, "已用")]


def test_the_register_is_written_out(qtbot, view, used, tmp_path):
    for button, name in ((view.export, "n.xlsx"), (view.print_register, "n.pdf")):
        view.ask_save = lambda *_, name=name: tmp_path / name
        qtbot.mouseClick(button, LEFT)
        qtbot.waitUntil(lambda: not view.operations.is_busy(), timeout=20_000)
        assert "共 4 号" in view.strip.text()
    assert openpyxl.load_workbook(tmp_path / "n.xlsx").active.max_row == 5
    assert (tmp_path / "n.pdf").read_bytes().startswith(b"%PDF")
    view.ask_save = lambda *_: None
    qtbot.mouseClick(view.export, LEFT)


def test_a_line_leads_to_its_paper(qtbot, view, used):
    with qtbot.waitSignal(view.desk.go) as gone:
        view.table.opened.emit(0)
    assert gone.args[:2] == ["document", "grants.quota-notice"]


def test_a_jump_shows_the_sequence_and_the_number_that_comes_twice(view, used):
    code, year, _ = used
    view.operations.run(
        "x",
        lambda session: session.add(Document(kind="notice", number_code=code, number_year=year, number_serial=4)),
        undoable=False,
    )
    view.show_record("sequence", f"{code}{year}")
    assert [line["state"] for line in view.chosen_lines()] == ["重号"]
    assert "重号" in view.strip.text()
