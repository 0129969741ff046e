"""No column of the register's table is cut at the edge where names can give way."""

import pytest

from desktop.views import theme
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.registry.registry_table import BEYOND, NARROWEST, RegistryTable

COLUMNS = (Column("name", "名称", 300), *(Column(f"c{number}", f"列{number}", 80) for number in range(5)))


@pytest.fixture
def table(qtbot):
    made = RegistryTable()
    qtbot.addWidget(made)
    made.setModel(RecordTableModel(COLUMNS))
    made.show()
    return made


def edges(table):
    ends, end = [], 0
    for number in range(len(COLUMNS)):
        end += table.columnWidth(number)
        ends.append(end)
    return ends


@pytest.mark.parametrize("width", range(300, 760, 23))
def test_a_column_ends_where_the_table_ends(table, width):
    table.resize(width, 400)
    room, first = table.viewport().width(), table.columnWidth(0)
    most = theme.px(300 + BEYOND)
    assert theme.px(NARROWEST) <= first <= most
    fits = any(theme.px(NARROWEST) <= room - theme.px(80) * count <= most for count in range(1, 6))
    if fits:
        assert room in edges(table)
    else:
        assert first == (theme.px(300) if room > theme.px(380) else theme.px(NARROWEST))


def test_a_width_that_somebody_set_stays(table):
    table.resize(500, 400)
    table.setColumnWidth(0, 333)
    table.resize(560, 400)
    assert table.columnWidth(0) == 333
    table.lay_out_columns()
    assert table.columnWidth(0) != 333


def test_a_table_without_columns_is_left_alone(qtbot):
    made = RegistryTable()
    qtbot.addWidget(made)
    made.setModel(RecordTableModel(COLUMNS[:1]))
    made.resize(700, 300)
    assert made.columnWidth(0) == theme.px(300)
