"""The tables inside forms: the model, editing cell by cell, copying."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.views.record_table_model import VALUE_ROLE, Column, RecordTableModel
from desktop.views.table_view import TableView
from tests.views.input_method import type_text

COLUMNS = (
    Column("name", "名称", 0, editable=True),
    Column("amount", "金额", 110, "money", editable=True),
    Column("on", "日期", 120, "date", editable=True),
    Column("core", "核心", 60, "bool", editable=True),
    Column("level", "级别", 80, editable=True, choices=("县级", "市级")),
    Column("sum", "合计", 80, "number", show=lambda record: f"共{record['amount']}"),
)


def rows(count=3):
    return [
        {"id": str(n), "name": f"名{n}", "amount": "5000.00", "on": "2026-09-01", "core": n % 2 == 0, "level": "县级"}
        for n in range(count)
    ]


@pytest.fixture
def table(qtbot):
    view = TableView()
    model = RecordTableModel(COLUMNS)
    view.setModel(model)
    model.set_rows(rows())
    qtbot.addWidget(view)
    view.resize(800, 300)
    view.show()
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    # What the page does: the record comes back with what was saved.
    model.edited.connect(
        lambda row, key, value: model.set_rows(
            [{**r, key: value} if i == row else r for i, r in enumerate(model.rows())]
        )
    )
    return view, model


def test_the_model_keeps_qts_rules(qtmodeltester):
    model = RecordTableModel(COLUMNS)
    qtmodeltester.check(model)
    model.set_rows(rows())
    qtmodeltester.check(model)
    model.set_rows(rows(5))
    model.set_rows([])
    qtmodeltester.check(model)


def test_cells_are_shown_in_words(qtbot):
    model = RecordTableModel(COLUMNS)
    model.set_rows(rows(1))
    assert [model.index(0, n).data() for n in range(6)] == [
        "名0",
        "5,000.00",
        "2026年9月1日",
        "是",
        "县级",
        "共5000.00",
    ]
    assert model.index(0, 1).data(VALUE_ROLE) == "5000.00"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "金额"
    assert (
        model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    )
    assert not model.index(0, 5).flags() & Qt.ItemFlag.ItemIsEditable
    assert not model.setData(model.index(0, 5), "x")


def test_refreshing_the_same_rows_keeps_the_cursor(table):
    view, model = table
    view.selectRow(2)
    model.set_rows([{**row, "name": "改"} for row in rows()])
    assert view.selected_rows() == [2]
    assert model.row_of("2") == 2
    assert model.row_of("9") == -1


def test_enter_goes_from_cell_to_cell(qtbot, table):
    view, model = table
    view.setCurrentIndex(model.index(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    for typed in ("新名", "0.6万", "20261001"):
        editor = QGuiApplication.focusObject()
        editor.selectAll()
        type_text(qtbot, editor, typed)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    record = model.record(0)
    assert (record["name"], record["amount"], record["on"]) == ("新名", "6000.00", "2026-10-01")
    assert view.currentIndex().column() == 3


def test_escape_leaves_the_cell_as_it_was(qtbot, table):
    view, model = table
    view.setCurrentIndex(model.index(1, 0))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    editor = QGuiApplication.focusObject()
    type_text(qtbot, editor, "xx")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert model.record(1)["name"] == "名1"
    assert view.state() == TableView.State.NoState


def test_bad_text_in_a_cell_is_not_taken(qtbot, table):
    view, model = table
    view.setCurrentIndex(model.index(1, 2))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    editor = QGuiApplication.focusObject()
    editor.selectAll()
    type_text(qtbot, editor, "soon")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    view.setFocus()
    assert model.record(1)["on"] == "2026-09-01"


def test_delete_and_copy(qtbot, table):
    view, _model = table
    asked = []
    view.delete_requested.connect(asked.append)
    view.selectRow(0)
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert asked == [[0]]
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "名0\t5,000.00\t2026年9月1日\t是\t县级\t共5000.00"


def test_a_wide_column_takes_what_is_left(table):
    view, model = table
    view.resize(1000, 300)
    assert sum(view.columnWidth(n) for n in range(model.columnCount())) == view.viewport().width()
    view.resize(200, 300)
    assert view.columnWidth(0) >= 100


def test_the_list_of_a_choice_in_a_cell_opens_and_its_choice_is_kept(qtbot, table):
    """The list takes the focus from its box: the cell must not take that for being left."""
    view, model = table
    level = model.index(0, 4)
    view.setCurrentIndex(level)
    view.edit(level)
    editor = view.indexWidget(level)
    qtbot.waitUntil(editor.has_focus)
    qtbot.keyClick(editor.control, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    shown = editor.control.view()
    qtbot.waitUntil(shown.isVisible)
    assert view.state() == TableView.State.EditingState
    qtbot.keyClick(shown, Qt.Key.Key_End)
    qtbot.keyClick(shown, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: model.record(0)["level"] == "市级")
