"""The windowed list: Qt's rules, pages, order, what is kept in memory."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop.services import registry
from desktop.views.registry import workroom_table_model
from desktop.views.registry.registry_source import RegistrySource
from desktop.views.registry.workroom_table_model import FIRST, WorkroomTableModel, default_columns


@pytest.fixture
def source(operations):
    made = RegistrySource(operations)
    yield made
    made.close()


@pytest.fixture
def model(source):
    source.reload_now()
    made = WorkroomTableModel(source)
    made.show_rows(source.registry.rows)
    return made


def column(model, key):
    return next(number for number, shown in enumerate(model.columns) if shown.key == key)


def test_the_model_keeps_qts_rules(qtmodeltester, source):
    model = WorkroomTableModel(source)
    qtmodeltester.check(model)
    model.show_first_page()
    qtmodeltester.check(model)
    source.reload_now()
    model.show_rows(source.registry.rows)
    qtmodeltester.check(model)
    model.set_columns(("name", "phone"))
    qtmodeltester.check(model)


def test_the_first_page_needs_no_list(source):
    model = WorkroomTableModel(source)
    model.show_first_page()
    assert source.registry is None
    assert model.rowCount() == 12
    assert model.index(0, 0).data()


def test_the_list_arrives_behind_the_first_page_without_a_reset(source, qtbot):
    model = WorkroomTableModel(source)
    model.show_first_page()
    before = [model.index(row, 0).data() for row in range(12)]
    source.reload_now()
    with qtbot.assertNotEmitted(model.modelReset):
        model.show_rows(source.registry.rows)
    assert [model.index(row, 0).data() for row in range(12)] == before


def test_every_row_is_its_own(model, source):
    ids = [model.record_id(row) for row in range(model.rowCount())]
    assert len(set(ids)) == 12
    for position, record_id in enumerate(ids):
        assert model.position_of(source.row_of(record_id)) == position
    assert model.record_id(99) == ""
    assert model.position_of(None) == model.position_of(-5) == -1


@pytest.fixture
def read(source, monkeypatch):
    """Rows that were asked of the register, a list for each time."""
    asked = []
    values = source.values
    monkeypatch.setattr(source, "values", lambda rows, keys: asked.append(list(rows)) or values(rows, keys))
    return asked


def test_few_rows_are_kept(model, monkeypatch):
    monkeypatch.setattr(workroom_table_model, "AHEAD", 2)
    monkeypatch.setattr(workroom_table_model, "KEPT", 4)
    model.forget_pages()
    forwards = [model.index(row, 0).data() for row in range(12)]
    backwards = [model.index(row, 0).data() for row in reversed(range(12))]
    assert forwards == backwards[::-1]
    assert len(model._words) <= 6


def test_rows_are_read_together_and_once(model, read, monkeypatch):
    monkeypatch.setattr(workroom_table_model, "AHEAD", 4)
    every = list(model._rows)
    for row in (6, 7, 8, 9, 5, 4, 3, 10, 11, 1):
        assert model.index(row, 0).data()
        assert model.record_id(row)
    assert read == [every[6:10], every[2:6], every[10:12], every[0:2]]


def test_a_row_deleted_meanwhile_is_empty_and_moves_no_other(model, source, read):
    names = [model.index(row, 0).data() for row in range(12)]
    rows = source.registry.rows[:]
    rows[4] = 99_999
    model.show_rows(rows)
    shown = [model.index(row, 0).data() for row in range(12)]
    assert shown == [*names[:4], "", *names[5:]]
    assert model.record_id(4) == ""
    assert len(read) == 2


def test_what_is_painted_is_what_the_model_says(model, qtbot, monkeypatch):
    """Words and side come to a painted cell by a shorter way than to everybody else."""
    view = QTableView()
    qtbot.addWidget(view)
    model.set_columns(("name", "members", "established_on"))
    view.setModel(model)
    drawn = {}

    class Painter(QStyledItemDelegate):
        def paint(self, painter, option, index):
            cell = QStyleOptionViewItem(option)
            self.initStyleOption(cell, index)
            drawn[index.row(), index.column()] = cell.text, int(cell.displayAlignment)

    view.setItemDelegate(Painter(view))
    view.resize(900, 600)
    view.grab()
    assert len(drawn) == 36
    for (row, place), (text, side) in drawn.items():
        index = model.index(row, place)
        assert text == index.data() != ""
        assert side == int(index.data(Qt.ItemDataRole.TextAlignmentRole))
    monkeypatch.setattr(workroom_table_model, "PAINTED", 99)
    short = dict(drawn)
    view.grab()
    assert drawn == short


def test_columns_begin_with_what_must_be_seen(model):
    assert default_columns()[: len(FIRST)] == FIRST
    model.set_columns(("unit", "nonsense", "venue_area_sqm"))
    assert [shown.key for shown in model.columns] == ["unit", "venue_area_sqm"]
    right = model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
    assert right & Qt.AlignmentFlag.AlignRight


def test_a_click_on_a_head_asks_for_another_order(model, qtbot):
    with qtbot.waitSignal(model.sort_wanted) as asked:
        model.sort(column(model, "level"), Qt.SortOrder.DescendingOrder)
    assert asked.args == ["level", True]


@pytest.mark.parametrize(
    "listed", [shown for shown in registry.COLUMNS if shown.key != "id"], ids=lambda shown: shown.key
)
def test_every_column_can_be_shown_and_sorted(source, listed):
    source.sort, source.descending = listed.key, False
    source.reload_now()
    model = WorkroomTableModel(source, (listed.key,))
    model.show_rows(source.registry.rows)
    assert model.rowCount() == 12
    assert all(isinstance(model.index(row, 0).data(), str) for row in range(12))
