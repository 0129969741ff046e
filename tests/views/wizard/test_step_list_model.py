from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView

from desktop.views.wizard.step_delegate import StepDelegate
from desktop.views.wizard.step_list_model import COUNT_ROLE, STATUS_ROLE, Step, StepListModel

STEPS = [Step("a", "有活动场地", "unknown", "1/2"), Step("b", "有设备设施", "pass", "1/1")]


def test_the_model_keeps_the_rules_of_models(qtmodeltester):
    model = StepListModel()
    qtmodeltester.check(model)
    model.set_steps(STEPS)
    qtmodeltester.check(model)
    model.set_steps([])
    qtmodeltester.check(model)


def test_only_rows_that_changed_are_told(qtbot):
    model = StepListModel()
    model.set_steps(STEPS)
    rows = []
    model.dataChanged.connect(lambda first, _last: rows.append(first.row()))
    model.modelReset.connect(lambda: rows.append("reset"))
    model.set_steps([Step("a", "有活动场地", "pass", "2/2"), STEPS[1]])
    assert rows == [0]
    model.set_steps([STEPS[1]])
    assert rows == [0, "reset"]


def test_status_is_said_in_words(qtbot):
    model = StepListModel()
    model.set_steps(STEPS)
    index = model.index(0)
    assert index.data(int(STATUS_ROLE)) == "unknown"
    assert index.data(int(COUNT_ROLE)) == "1/2"
    assert index.data(int(Qt.ItemDataRole.AccessibleTextRole)) == "有活动场地，待补，1/2"


def test_rows_are_painted_and_tall_enough_to_hit(qtbot):
    view, model = QListView(), StepListModel()
    qtbot.addWidget(view)
    model.set_steps(STEPS)
    view.setModel(model)
    view.setItemDelegate(StepDelegate(view))
    view.resize(220, 200)
    view.setCurrentIndex(model.index(0))
    view.show()
    assert view.visualRect(model.index(1)).height() >= 36
    image = view.viewport().grab().toImage()
    colors = {image.pixel(x, y) for x in range(0, 200, 2) for y in range(0, 80, 2)}
    assert len(colors) > 10
