"""工作室台账 by hand: search, filter, columns, adding, editing in place, deleting, undo."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.services import records
from tests.views.input_method import type_text

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def view(window, qtbot):
    shown = window.view("registry")
    qtbot.waitUntil(lambda: shown.page is not None and bool(shown.page.workroom_id))
    window.activateWindow()
    return shown


def stored(window, noun, record_id):
    return window.operations.read(lambda session: records.get_record(session, noun, record_id))


def all_of(window, noun, **where):
    return window.operations.read(lambda session: records.list_records(session, noun, where))


def names(view):
    return [view.model.index(row, 0).data() for row in range(view.model.rowCount())]


def type_over(qtbot, editor, text):
    editor.setFocus()
    qtbot.waitUntil(editor.has_focus)
    editor.control.selectAll()
    type_text(qtbot, editor.control, text)


def test_the_first_workroom_is_open_at_once(view):
    assert view.model.rowCount() == 12
    assert view.page.title.text() == names(view)[0]
    assert view.tools.count.text() == "12 个"


def test_search_narrows_as_one_types(window, view, qtbot):
    leader = view.model.index(5, 1).data()
    qtbot.keyClick(window, Qt.Key.Key_F, CONTROL)
    assert QGuiApplication.focusObject() is view.tools.field
    type_text(qtbot, view.tools.field, leader)
    assert 1 <= view.model.rowCount() < 12
    assert all(leader in name for name in names(view)) or view.model.index(0, 1).data() == leader
    assert view.tools.count.text() == f"找到 {view.model.rowCount()} 个，共 12 个"
    view.tools.field.setText("没有这样的")
    assert view.lists.currentWidget() is view.nothing
    qtbot.mouseClick(view.nothing.action, Qt.MouseButton.LeftButton)
    assert view.model.rowCount() == 12


def test_filters_by_level_and_state(window, view):
    rooms = all_of(window, "workrooms")
    for editor, key in ((view.tools.level, "level"), (view.tools.state, "state")):
        wanted = rooms[0][key]
        editor.set_value(wanted)
        view.tools.changed.emit()
        assert view.model.rowCount() == sum(room[key] == wanted for room in rooms)
        editor.set_value("")
        view.tools.changed.emit()


def test_a_new_workroom_from_the_keyboard(window, view, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_N, CONTROL)
    assert view.model.rowCount() == 13
    name = view.page.basic.editors["name"]
    qtbot.waitUntil(name.has_focus)
    type_text(qtbot, name.control, "赟赟劳模创新工作室")
    qtbot.keyClick(name.control, Qt.Key.Key_Return)
    room = stored(window, "workrooms", view.page.workroom_id)
    assert room["name"] == "赟赟劳模创新工作室"
    assert room["office_id"] == window.desk.office_id
    assert view.page.title.text() == "赟赟劳模创新工作室"
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert len(all_of(window, "workrooms")) == 12
    qtbot.keyClick(window, Qt.Key.Key_Y, CONTROL)
    qtbot.keyClick(window, Qt.Key.Key_Y, CONTROL)
    assert stored(window, "workrooms", room["id"])["name"] == "赟赟劳模创新工作室"


@pytest.mark.parametrize(
    ("form", "field", "typed", "value"),
    [
        ("basic", "industry", "装备制造", "装备制造"),
        ("basic", "established_on", "2020-3-5", "2020-03-05"),
        ("venue", "venue_area_sqm", "88.5", 88.5),
        ("venue", "systems", "例会、培训", ["例会", "培训"]),
        ("funds", "unit_funding_yuan", "1.2万", "12000.00"),
        ("basic", "note", "备注一行", "备注一行"),
    ],
)
def test_fields_are_saved_as_typed_and_undone(window, view, qtbot, form, field, typed, value):
    before = stored(window, "workrooms", view.page.workroom_id)[field]
    editor = getattr(view.page, form).editors[field]
    type_over(qtbot, editor, typed)
    with qtbot.waitSignal(window.operations.saved):
        editor.commit()
    assert stored(window, "workrooms", view.page.workroom_id)[field] == value
    assert "已保存" in window.status.saved.text()
    window.undo()
    assert stored(window, "workrooms", view.page.workroom_id)[field] == before
    assert "已撤销" in view.strip.text()


def test_ctrl_z_in_a_field_means_the_last_saved_change(window, view, qtbot):
    editor = view.page.basic.editors["industry"]
    before = editor.value()
    type_over(qtbot, editor, "风电")
    qtbot.keyClick(editor.control, Qt.Key.Key_Return)
    following = QGuiApplication.focusObject()
    assert following is not editor.control
    qtbot.keyClick(following, Qt.Key.Key_Z, CONTROL)
    assert stored(window, "workrooms", view.page.workroom_id)["industry"] == before
    assert editor.control.text() == before


def test_ctrl_z_while_typing_takes_back_letters(window, view, qtbot):
    editor = view.page.basic.editors["industry"]
    type_over(qtbot, editor, "abc")
    qtbot.keyClick(editor.control, Qt.Key.Key_Z, CONTROL)
    assert editor.control.text() != "abc"
    assert window.operations.undo_words == ""


def test_a_refused_value_is_told_beside_its_field(window, view, qtbot):
    editor = view.page.leader.editors["id_number"]
    before = stored(window, "people", view.page.leader.record_id)["id_number"]
    type_over(qtbot, editor, "123456")
    editor.commit()
    assert editor.error()
    assert stored(window, "people", view.page.leader.record_id)["id_number"] == before


def test_members_are_added_by_name(window, view, qtbot):
    page = view.page
    before = page.members.count()
    page.go_to("members")
    field = page.members.person
    type_over(qtbot, field, "钱䶮新")
    field.choose_first()
    assert page.members.count() == before + 1
    added = [row for row in page.members.model.rows() if row["person"]["name"] == "钱䶮新"]
    assert added[0]["role"] == "骨干成员"
    assert field.control.text() == ""
    window.undo()
    assert page.members.count() == before


def test_members_are_added_one_after_another_in_sight(view, qtbot):
    page = view.page
    page.go_to("members")
    field, before = page.members.person, page.members.count()
    for name in ("钱甲新", "钱乙新", "钱丙新", "钱丁新", "钱戊新", "钱己新"):
        type_over(qtbot, field, name)
        field.choose_first()
    assert page.members.count() == before + 6

    def in_sight():
        top = field.mapTo(page.area.viewport(), field.rect().topLeft()).y()
        return 0 <= top <= page.area.viewport().height() - field.height()

    qtbot.waitUntil(in_sight)
    assert field.has_focus()


def test_an_outcome_is_typed_into_its_row(window, view, qtbot):
    page = view.page
    before = page.outcomes.count()
    page.go_to("outcomes")
    qtbot.mouseClick(page.outcomes.add_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: (
            QGuiApplication.focusObject() is not None
            and page.outcomes.table.isAncestorOf(QGuiApplication.focusObject())
        )
    )
    editor = QGuiApplication.focusObject()
    editor.selectAll()
    type_text(qtbot, editor, "快换夹具")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    found = [row["name"] for row in all_of(window, "outcomes", workroom_id=page.workroom_id)]
    assert len(found) == before + 1
    assert "快换夹具" in found
    row = next(n for n, record in enumerate(page.outcomes.model.rows()) if record["name"] == "快换夹具")
    page.outcomes.table.selectRow(row)
    page.outcomes.table.delete_requested.emit([row])
    assert page.outcomes.count() == before
    assert "已删除1条成果" in view.strip.text()


def test_deleting_is_undone_from_the_strip(window, view, qtbot):
    room, name = view.page.workroom_id, names(view)[0]
    deletable = (
        window.operations.read(lambda session: records.list_records(session, "grants", {"workroom_id": room})) == []
    )
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Delete)
    if not deletable:
        assert view.strip.text()
        return
    assert name not in names(view)
    assert "已删除" in view.strip.text()
    qtbot.mouseClick(view.strip._button, Qt.MouseButton.LeftButton)
    assert stored(window, "workrooms", room)["name"] == name


def test_a_workroom_with_nothing_attached_is_deleted_and_comes_back(window, view, qtbot):
    view.add()
    room = view.page.workroom_id
    window.operations.run(
        "命名", lambda session: records.put_records(session, "workrooms", {"id": room, "name": "将要删除"})
    )
    view.changes.delete(room)
    assert "将要删除" not in names(view)
    assert "已删除“将要删除”" in view.strip.text()
    qtbot.mouseClick(view.strip._button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "将要删除" in names(view))


def test_columns_are_chosen_and_remembered(window, view, settled):
    view.menus.columns.aboutToShow.emit()
    view.menus.columns.choices["phone"].trigger()
    assert [column.key for column in view.model.columns][-1] == "phone"
    view.menus.columns.choices["level"].trigger()
    keys = tuple(column.key for column in view.model.columns)
    assert "level" not in keys
    assert window.desk.settings.registry_columns == keys
    view.menus.columns.usual.trigger()
    assert "level" in [column.key for column in view.model.columns]


def test_sorting_keeps_the_cursor_on_its_workroom(window, view, settled):
    view.table.selectRow(3)
    room = view.current_id()
    view.sort_by(view.model.columns[1].key)
    settled(window)
    assert view.current_id() == room
    once = names(view)
    view.sort_by(view.model.columns[1].key)
    settled(window)
    assert names(view) == once[::-1]


def test_the_index_leads_to_the_sections(view, qtbot):
    page = view.page
    for number in range(page.index.count()):
        page.index.setCurrentRow(number)
    bar = page.area.verticalScrollBar()
    assert bar.value() > 0
    bar.setValue(0)
    assert page.index.currentRow() == 0


def test_a_jump_goes_to_the_field(window, view, qtbot):
    other = view.model.record_id(4)
    window.desk.go.emit("registry", "workrooms.venue_area_sqm", other)
    assert view.page.workroom_id == other
    qtbot.waitUntil(view.page.venue.editors["venue_area_sqm"].has_focus)


def test_history_tells_what_was_done(window, view, qtbot):
    editor = view.page.basic.editors["industry"]
    type_over(qtbot, editor, "风电")
    editor.commit()
    newest = view.page.history._lines[0]
    assert "风电" in newest.words
    assert "王敏" in newest.who


def test_a_file_is_attached_and_found_again(window, view, qtbot, tmp_path, settled):
    file = tmp_path / "证书.pdf"
    file.write_bytes(b"%PDF-1.4 certificate")
    view.page.attachments.attach([file])
    settled(window)
    qtbot.waitUntil(lambda: view.page.attachments.count() == 1)
    record = view.page.attachments.model.record(0)
    assert (record["name"], record["size"]) == ("证书.pdf", 20)
    view.page.attachments.attach([tmp_path / "没有.pdf"])
    settled(window)
    assert "没有.pdf" in view.strip.text()


def test_a_record_is_never_cut_on_a_small_screen_with_large_print(window, view, settled):
    """1366×768 at 150 % leaves 910×512; the page scrolls up and down alone."""
    window.resize(910, 512)
    for row in range(view.model.rowCount()):
        view.table.selectRow(row)
        view.show_current()
        settled(window)
        inside = view.page.area.widget()
        assert inside.minimumSizeHint().width() <= view.page.area.viewport().width(), view.page.title.text()
    assert window.width() == 910
