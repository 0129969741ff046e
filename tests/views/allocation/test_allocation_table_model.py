import pytest
from PySide6.QtCore import Qt

from desktop.services import allocation
from desktop.views.allocation.allocation_table_model import (
    AMOUNT,
    CAP,
    NAME,
    NOTE,
    OUTCOME,
    OVER_ROLE,
    ROLE,
    SHARE_ROLE,
    AllocationTableModel,
)

EDIT = Qt.ItemDataRole.EditRole


@pytest.fixture
def model(allotting, grant_id):
    made = AllocationTableModel()
    made.show_sheet(allotting.operations.read(lambda session: allocation.worksheet(session, grant_id)))
    return made


def words(model, row, column):
    return model.index(row, column).data()


def test_the_model_keeps_the_rules_of_models(model, qtmodeltester):
    qtmodeltester.check(AllocationTableModel())
    qtmodeltester.check(model)
    model.type_amount(0, 1_200_000)
    qtmodeltester.check(model)


def test_the_whole_team_is_offered_with_roles_and_caps(model):
    rows = [(words(model, row, NAME), words(model, row, ROLE), words(model, row, CAP)) for row in range(6)]
    assert rows[0] == ("张𠮷", "领衔人", "10,000.00")
    assert {row[1:] for row in rows[1:5]} == {("骨干成员", "5,000.00")}
    assert rows[5][1:] == ("其他参与人员", "2,000.00")
    assert words(model, 0, AMOUNT) == ""


def test_an_amount_at_the_cap_is_within_and_one_fen_more_asks_for_a_reason(model):
    model.type_amount(0, 1_000_000)
    assert model.index(0, AMOUNT).data(int(OVER_ROLE)) == 0
    assert model.index(0, AMOUNT).data(int(SHARE_ROLE)) == (1_000_000, 1_000_000)
    assert words(model, 0, NOTE) == ""
    model.type_amount(0, 1_000_001)
    assert model.over_fen(0) == 1
    assert words(model, 0, NOTE) == "超出上限 0.01 元，请写明理由"


@pytest.mark.parametrize(("each_fen", "reached"), [(749_999, False), (750_000, True)])
def test_the_floor_is_reached_to_the_fen(model, each_fen, reached):
    for row in range(4):
        model.type_amount(row, each_fen)
    assert model.state.floor_fen == 3_000_000
    assert model.state.floor_reached is reached


def test_typing_tells_the_figures_and_saves_nothing(model):
    told, saved = [], []
    model.state_changed.connect(lambda: told.append(model.state.total_fen))
    model.line_given.connect(saved.append)
    model.type_amount(1, 300_000)
    model.type_amount(1, 300_000)
    assert told == [300_000]
    assert saved == []
    model.put_back(1)
    assert model.state.total_fen == 0


def test_a_finished_cell_tells_its_line(model):
    saved = []
    model.line_given.connect(saved.append)
    assert model.setData(model.index(1, AMOUNT), "3000", EDIT)
    assert not model.setData(model.index(1, NAME), "别人", EDIT)
    assert [line.amount_fen for line in saved] == [300_000]
    outcome = model.sheet.outcomes[0]
    assert model.setData(model.index(1, OUTCOME), outcome[0], EDIT)
    assert words(model, 1, OUTCOME) == "快换工具"


def test_a_fixed_allocation_cannot_be_edited(model):
    model.read_only = True
    assert not model.flags(model.index(0, AMOUNT)) & Qt.ItemFlag.ItemIsEditable
    assert not model.setData(model.index(0, AMOUNT), "1", EDIT)


def test_a_role_decides_the_cap(model):
    model.setData(model.index(5, ROLE), "骨干成员", EDIT)
    assert words(model, 5, CAP) == "5,000.00"


def test_rows_keep_their_places_when_saved_again(model, allotting, grant_id):
    names = [words(model, row, NAME) for row in range(model.rowCount())]
    reset = []
    model.modelReset.connect(lambda: reset.append(True))
    line = model.lines()[3]
    allotting.operations.run("填写", lambda session: allocation.save_line(session, grant_id, line))
    model.show_sheet(allotting.operations.read(lambda session: allocation.worksheet(session, grant_id)))
    assert [words(model, row, NAME) for row in range(model.rowCount())] == names
    assert reset == []
