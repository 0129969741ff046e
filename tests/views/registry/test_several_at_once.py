"""Several workrooms at once, filters and columns kept under names, why a workroom is found, what can be written."""

from time import process_time

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.services import records, registry
from desktop.services.search.text import terms
from desktop.views.background import Progress
from desktop.views.name_box import NameBox
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.registry import bulk_panel, registry_source
from desktop.views.registry.export import LISTS, write_list
from desktop.views.registry.filter_menu import Question, question_of
from desktop.views.registry.found_table_model import WHY
from desktop.views.table_view import TableView
from tests.views.input_method import type_text

LEFT = Qt.MouseButton.LeftButton
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def view(window):
    return window.view("registry")


def click_row(qtbot, view, row, modifier=Qt.KeyboardModifier.NoModifier):
    place = view.table.visualRect(view.model.index(row, 0)).center()
    qtbot.mouseClick(view.table.viewport(), LEFT, modifier, place)


@pytest.fixture
def panel(view, qtbot):
    click_row(qtbot, view, 1)
    click_row(qtbot, view, 4, SHIFT)
    qtbot.waitUntil(lambda: view.menus.has_bulk() and view.menus.bulk.isVisible())
    return view.menus.bulk


def values(view, name):
    return {room["id"]: room[name] for room in view.operations.read(lambda s: records.list_records(s, "workrooms"))}


def choose(panel, name, value):
    panel.field.set_value(name)
    panel.field.edited.emit(name)
    panel.value.set_value(value)
    panel.value.edited.emit(value)


def test_one_workroom_needs_no_panel(view, qtbot):
    click_row(qtbot, view, 2)
    qtbot.wait(120)
    assert not view.menus.has_bulk()


def test_a_field_is_set_in_all_selected_and_undone_in_one_step(window, view, panel, qtbot):
    before = values(view, "industry")
    ids = [view.model.record_id(row) for row in range(1, 5)]
    assert panel.count.text() == "已选 4 个"
    assert not panel.apply.isEnabled()
    choose(panel, "industry", "")
    type_text(qtbot, panel.value.control, "新行业")
    assert "“行业”改为新行业" in panel.words.text()
    assert panel.apply.text() == "修改 4 个"
    qtbot.mouseClick(panel.apply, LEFT)
    qtbot.waitUntil(lambda: "已修改 4 个工作室" in view.strip.text(), timeout=10_000)
    assert values(view, "industry") == before | dict.fromkeys(ids, "新行业")
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert values(view, "industry") == before


def test_what_is_so_already_is_told_and_not_counted(view, panel):
    ids, levels = panel.ids, values(view, "level")
    wanted = levels[ids[0]]
    same = sum(levels[one] == wanted for one in ids)
    choose(panel, "level", wanted)
    if same == len(ids):
        assert "已经都是" in panel.words.text()
    else:
        assert f"另有 {same} 个已经是这样" in panel.words.text()
        assert panel.apply.text() == f"修改 {len(ids) - same} 个"


def test_a_value_that_cannot_be_is_told_before_anything_changes(view, panel):
    before = values(view, "phone")
    choose(panel, "phone", "1\x07")
    assert "不能打印" in panel.words.text()
    assert not panel.apply.isEnabled()
    assert values(view, "phone") == before


def test_escape_leaves_one_and_puts_the_panel_away(view, panel, qtbot):
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not panel.isVisible())
    assert len(view.table.selected_rows()) == 1


def test_the_selected_are_exported_alone(view, panel, qtbot, tmp_path, monkeypatch):
    out = tmp_path / "选中.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    qtbot.mouseClick(panel.export, LEFT)
    qtbot.waitUntil(lambda: "已导出 4 个工作室" in view.strip.text(), timeout=10_000)
    ids = [row[-1].value for row in load_workbook(out).worksheets[0].iter_rows(min_row=2)]
    assert ids == [view.model.record_id(row) for row in range(1, 5)]


def test_a_question_is_kept_under_a_name_and_asked_again(window, view, qtbot):
    level = view.source.registry.level_names[0]
    view.tools.ask("", level, "")
    found = view.model.rowCount()
    assert 0 < found < 12
    menu = view.menus.filters
    menu.show_kept()
    menu.save.trigger()
    box = menu.parentWidget().findChild(NameBox)
    assert level in box.name.value()
    box.name.control.clear()
    type_text(qtbot, box.name.control, "本级的")
    qtbot.keyClick(box.name.control, Qt.Key.Key_Return)
    assert menu.kept() == {"本级的": Question("", level, "")}
    view.tools.clear()
    assert view.model.rowCount() == 12
    menu.show_kept()
    next(action for action in menu.actions() if action.text() == "本级的").trigger()
    assert view.tools.question() == ("", level, "")
    assert view.model.rowCount() == found
    menu.forget.actions()[0].trigger()
    assert menu.kept() == {}


def test_a_name_is_needed(view, qtbot):
    view.tools.ask("王", "", "")
    view.menus.filters.ask_name()
    box = view.findChild(NameBox)
    box.name.set_value("")
    qtbot.mouseClick(box.save, LEFT)
    assert box.name.error() == "请写一个名称"
    assert view.menus.filters.kept() == {}
    qtbot.mouseClick(box.leave, LEFT)


@pytest.mark.parametrize("kept", ["", "{}", '["a"]', '["a", "b", 3]', "no json", '[["a"], "", ""]'])
def test_a_damaged_filter_is_left_out(kept):
    assert question_of(kept) is None


def test_a_set_of_columns_is_kept_and_shown_again(window, view):
    menu = view.menus.columns
    view.show_columns(("name", "phone", "contact"))
    menu.keep("通讯录")
    menu.usual.trigger()
    assert "level" in view.model.chosen_keys()
    menu.show_choice()
    next(action for action in menu.sets.actions() if action.text() == "通讯录").trigger()
    assert view.model.chosen_keys() == ("name", "phone", "contact")
    window.desk.remember(column_sets=window.desk.settings.column_sets | {"旧的": "gone", "半旧": "name gone"})
    assert menu.kept() == {"通讯录": ("name", "phone", "contact"), "半旧": ("name",)}
    menu.show_choice()
    for action in menu.forget.actions():
        action.trigger()
    assert menu.kept() == {}


def why(view):
    assert view.model.columns[1] is WHY
    return [view.model.index(row, 1).data() for row in range(view.model.rowCount())]


def test_a_member_an_outcome_a_number_and_a_phone_say_why_a_workroom_is_found(window, view):
    room = view.current_id()
    window.operations.run(
        "准备",
        lambda session: (
            records.put_records(session, "people", {"id": person, "name": "欧阳无双"}),
            records.put_records(session, "members", {"workroom_id": room, "person_id": person, "role": "骨干成员"}),
            records.put_records(
                session, "outcomes", {"workroom_id": room, "name": "无双牌夹具", "patent_number": "ZL2026倚天"}
            ),
        ),
    )
    view.source.reload_now()
    for text, reason in (
        ("欧阳无双", "成员 欧阳无双"),
        ("oyws", "成员 欧阳无双"),
        ("牌夹具", "成果 无双牌夹具"),
        ("倚天", "专利号 ZL2026倚天"),
        ("zl2026倚", "专利号 ZL2026倚天"),
        ("欧阳 牌夹具", "成员 欧阳无双、成果 无双牌夹具"),
    ):
        view.tools.field.setText(text)
        assert why(view) == [reason], text
    view.tools.field.setText("")
    assert WHY not in view.model.columns


person = "11111111-2222-4333-8444-555555555555"


@pytest.mark.parametrize("text", ["王", "z", "13", "138", "有限", "ll", "工作室", "a 公司"])
def test_each_row_shows_or_says_by_what_it_is_found(view, text):
    """Every word stands in what the row shows, in its reason, or is read from one of them."""
    from desktop.services.search.pinyin import name_reading, reading

    view.tools.field.setText(text)
    for reason, values in zip(why(view), view.source.page(view.model.rows(), ("name", "unit", "leader")), strict=True):
        shown = [part for part in (*values, *reason.split("、"), reason) if part]
        said = [each for part in shown for each in (*reading(part).words, *name_reading(part).name_words, part.lower())]
        said += [each for part in reason.split() for each in (*reading(part).words, *name_reading(part).name_words)]
        assert all((len(word) == 1 and word.isascii()) or any(word in one for one in said) for word in terms(text))


@pytest.mark.parametrize("kind", LISTS)
def test_every_list_of_what_is_shown_can_be_written(view, qtbot, tmp_path, kind):
    view.tools.ask("", view.source.registry.level_names[0], "")
    names = [view.model.index(row, 0).data() for row in range(view.model.rowCount())]
    out = tmp_path / f"{kind}.xlsx"
    write_list(view, out, kind)
    qtbot.waitUntil(lambda: "已导出" in view.strip.text(), timeout=10_000)
    rows = list(load_workbook(out).worksheets[0].iter_rows(values_only=True))
    if kind == "workrooms":
        assert [row[0] for row in rows[1:]] == names
    elif kind == "summary":
        assert [row[2] for row in rows[3:-1]] == names
        assert [row[0] for row in rows[3:-1]] == list(range(1, len(names) + 1))
    else:
        assert {row[0] for row in rows[1:]} <= set(names)


def test_an_empty_form_is_written_from_the_menu(view, qtbot, tmp_path, monkeypatch):
    out = tmp_path / "成员名册模板.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    view.menus.more.templates["members"].trigger()
    qtbot.waitUntil(lambda: "已写好空白模板" in view.strip.text(), timeout=10_000)
    assert load_workbook(out).worksheets[0]["B1"].value == "姓名"


def test_the_menu_and_the_keys_lead_to_the_import_and_the_duplicates(window, view, qtbot):
    view.menus.more.duplicates.trigger()
    assert window.current() is window.view("duplicates")
    window.go_back()
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_I, CONTROL)
    assert window.current() is window.view("imports")
    window.go_back()
    assert window.current() is view


def test_fields_and_members_lead_to_the_pages_of_people_and_units(window, view, qtbot):
    page = view.page
    page.basic.editors["unit_id"].setFocus()
    qtbot.keyClick(page.basic.editors["unit_id"].control, Qt.Key.Key_F4)
    assert window.current().title.text() == page.basic.editors["unit_id"].control.text()
    window.go_back()
    page.members.table.setCurrentIndex(page.members.model.index(0, 0))
    qtbot.keyClick(page.members.table, Qt.Key.Key_Return)
    assert window.current().title.text() == page.members.model.record(0)["person"]["name"]
    window.go_back()
    page.members.table.selectRow(1)
    qtbot.mouseClick(page.members.page, LEFT)
    assert window.current().title.text() == page.members.model.record(1)["person"]["name"]
    window.go_back()
    assert window.current() is view


def test_all_of_very_many_are_selected_within_a_frame(qtbot):
    table = TableView()
    qtbot.addWidget(table)
    table.setModel(RecordTableModel([Column("name", "名称")]))
    table.model().set_rows([{"id": str(number), "name": "某"} for number in range(150_000)])
    table.show()
    qtbot.waitExposed(table)
    begun = process_time()
    table.selectAll()
    table.grab()
    rows = table.selected_rows()
    # Asking for an index of each takes some hundred times as long.
    assert process_time() - begun < 0.5
    assert rows == list(range(150_000))
    table.clearSelection()
    assert table.selected_rows() == []


def test_very_many_are_looked_through_beside_the_window(view, panel, qtbot, monkeypatch):
    monkeypatch.setattr(bulk_panel, "AT_ONCE", 1)
    read = []
    panel.show_selection(3, lambda: read.append(1) or [view.model.record_id(row) for row in range(3)])
    assert panel.count.text() == "已选 3 个"
    assert read == []
    choose(panel, "industry", "旧行业")
    choose(panel, "industry", "新行业")
    assert not panel.apply.isEnabled()
    qtbot.waitUntil(panel.apply.isEnabled)
    assert "“行业”改为新行业" in panel.words.text()
    assert panel.apply.text() == "修改 3 个"
    assert read == [1]
    # What is selected meanwhile is not what is changed.
    qtbot.mouseClick(panel.apply, LEFT)
    panel.show_selection(2, lambda: [view.model.record_id(row) for row in (7, 8)])
    ids = [view.model.record_id(row) for row in range(3)]
    qtbot.waitUntil(lambda: "已修改 3 个工作室" in view.strip.text(), timeout=10_000)
    changed = {one for one, industry in values(view, "industry").items() if industry == "新行业"}
    assert changed == set(ids)


def cancelled(monkeypatch, at):
    """Press 取消 when so much of the work is done; return what it told until then."""
    told, report = [], Progress.report

    def hear(progress, done, total, words=""):
        report(progress, done, total, words)
        told.append((done, total))
        if total and done >= total * at:
            progress.cancel()

    monkeypatch.setattr(Progress, "report", hear)
    return told


def test_a_long_change_of_many_is_cancelled_and_changes_nothing(view, panel, qtbot, monkeypatch):
    before = values(view, "industry")
    choose(panel, "industry", "新行业")
    monkeypatch.setattr("desktop.services.bulk.AT_ONCE", 1)
    told = cancelled(monkeypatch, 0.25)
    qtbot.mouseClick(panel.apply, LEFT)
    qtbot.waitUntil(lambda: not view.operations.is_busy(), timeout=10_000)
    assert values(view, "industry") == before
    assert told == [(0, 8), (1, 8), (2, 8)]


def test_the_one_of_several_that_cannot_be_deleted_is_named(window, view, qtbot):
    before = values(view, "name")
    view.table.selectAll()
    view.changes.delete_rows(view.table.selected_rows())
    qtbot.waitUntil(lambda: "不能删除" in view.strip.text(), timeout=10_000)
    assert any(f"“{name}”" in view.strip.text() for name in before.values())
    assert values(view, "name") == before


@pytest.mark.parametrize("count", [2, 5])
def test_several_are_deleted_and_brought_back(window, view, settled, qtbot, monkeypatch, count):
    """More than three go beside the window, and of a long list only those rows."""
    monkeypatch.setattr(registry_source, "READ_AT_ONCE", 0)
    rooms = [{"name": f"阿尔法创新工作室{number}"} for number in range(count)]
    view.operations.run("新增", lambda session: records.put_records(session, "workrooms", rooms))
    qtbot.waitUntil(lambda: view.model.rowCount() == 12 + count)
    before = set(values(view, "name"))
    click_row(qtbot, view, 0)
    click_row(qtbot, view, count - 1, SHIFT)
    gone = {view.model.record_id(row) for row in range(count)}
    qtbot.keyClick(view.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: f"已删除{count}个工作室" in view.strip.text(), timeout=10_000)
    assert set(values(view, "name")) == before - gone
    assert view.model.rowCount() == len(before) - count
    settled(window)
    view.operations.undo()
    qtbot.waitUntil(lambda: view.model.rowCount() == len(before), timeout=10_000)
    assert set(values(view, "name")) == before


def test_a_new_workroom_in_a_long_list_is_seen_at_once_and_then_in_its_place(window, view, settled, qtbot, monkeypatch):
    monkeypatch.setattr(registry_source, "READ_AT_ONCE", 0)
    view.add()
    assert view.model.rowCount() == 13
    added = view.current_id()
    assert values(view, "name")[added] == "新工作室"
    assert view.table.currentIndex().row() == 0
    read = view.source.registry
    qtbot.waitUntil(lambda: view.source.registry is not read)
    assert view.current_id() == added
    assert list(view.source.registry.rows) == list(registry.load_registry(view.operations.path).rows)


@pytest.mark.parametrize("kind", LISTS)
def test_a_long_export_tells_how_far_it_is_and_is_cancelled(view, qtbot, tmp_path, monkeypatch, kind):
    monkeypatch.setattr("desktop.services.sheet.export.AT_ONCE", 2)
    monkeypatch.setattr("desktop.services.sheet.summary.AT_ONCE", 2)
    told = cancelled(monkeypatch, 0.5)
    write_list(view, tmp_path / "out.xlsx", kind)
    qtbot.waitUntil(lambda: not view.operations.is_busy(), timeout=10_000)
    assert told == [(done, 12) for done in range(0, 7, 2)]
    assert list(tmp_path.glob("out*")) == []
    assert "已导出" not in view.strip.text()


def test_the_list_is_put_in_order_by_keys_alone(view, qtbot):
    menu = view.menus.columns
    menu.show_choice()
    assert [action.text() for action in menu.order.actions()] == [column.title for column in view.model.columns]
    for descending in (False, True):
        menu.show_choice()
        next(action for action in menu.order.actions() if action.text() == "领衔人").trigger()
        qtbot.waitUntil(lambda: not view.operations.is_busy())
        assert (view.source.sort, view.source.descending) == ("leader", descending)
    loaded = registry.load_registry(view.operations.path, "leader", descending=True)
    assert list(view.source.registry.rows) == list(loaded.rows)


def test_a_proposed_name_is_replaced_by_what_is_typed(view, qtbot):
    view.tools.field.setText("王")
    menu = view.menus.filters
    menu.show_kept()
    menu.save.trigger()
    box = menu.parentWidget().findChild(NameBox)
    qtbot.waitExposed(box)
    assert box.name.control.selectedText() == box.name.control.text() != ""
    type_text(qtbot, box.name.control, "姓王的")
    qtbot.keyClick(box.name.control, Qt.Key.Key_Return)
    assert list(menu.kept()) == ["姓王的"]
