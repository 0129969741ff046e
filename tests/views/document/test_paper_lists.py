import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView

from desktop.services import document
from desktop.services.document import PaperSubject
from desktop.views.document.kind_list_model import KIND_ROLE, STEP_ROLE, KindDelegate, KindListModel
from desktop.views.document.record_chooser import RecordChooser
from desktop.views.document.subject_list_model import AT_ONCE, SubjectListModel

SUBJECTS = [PaperSubject(str(n), f"{name}创新工作室", "2026　草稿") for n, name in enumerate(("甲", "乙", "丙"))]


def test_kinds_stand_in_the_order_of_the_journey(qtmodeltester):
    model = KindListModel()
    qtmodeltester.check(model)
    model.set_kinds(document.kinds())
    qtmodeltester.check(model)
    steps = [model.index(row).data(int(STEP_ROLE)) for row in range(model.rowCount())]
    assert [step for step in steps if step][:5] == ["申报", "推荐", "评审", "公示", "命名"]
    row = model.row_of("signature-sheet")
    assert model.index(row).data(int(KIND_ROLE)) == "signature-sheet"
    assert model.index(row).data(int(Qt.ItemDataRole.AccessibleTextRole)) == "分配：奖励签领表"
    assert model.row_of("") == -1


def test_kinds_are_painted(qtbot):
    view, model = QListView(), KindListModel()
    qtbot.addWidget(view)
    model.set_kinds(document.kinds())
    view.setModel(model)
    view.setItemDelegate(KindDelegate(view))
    view.setCurrentIndex(model.index(1))
    view.show()
    image = view.viewport().grab().toImage()
    assert len({image.pixel(x, y) for x in range(0, 200, 2) for y in range(0, 100, 2)}) > 10


@pytest.mark.parametrize("many", [False, True])
def test_subjects_keep_the_rules_of_models(qtmodeltester, many):
    model = SubjectListModel()
    model.set_subjects(SUBJECTS, many=many)
    qtmodeltester.check(model)
    model.search("乙")
    qtmodeltester.check(model)
    assert model.rowCount() == 1


def test_ticks_are_kept_while_one_searches(qtbot):
    model = SubjectListModel()
    model.set_subjects(SUBJECTS, many=True)
    check = Qt.ItemDataRole.CheckStateRole
    assert model.setData(model.index(2), Qt.CheckState.Checked.value, check)
    model.search("甲")
    assert model.setData(model.index(0), Qt.CheckState.Checked.value, check)
    assert model.ticked() == ["0", "2"]
    model.search("")
    model.setData(model.index(0), Qt.CheckState.Unchecked.value, check)
    assert model.ticked() == ["2"]
    model.set_subjects(SUBJECTS[:2], many=True)
    assert model.ticked() == []


@pytest.fixture
def chooser(qtbot):
    made = RecordChooser()
    qtbot.addWidget(made)
    made.show()
    made.told = []
    made.chosen.connect(made.told.append)
    return made


def test_one_record_is_chosen_by_the_cursor(chooser, qtbot):
    chooser.show_subjects(SUBJECTS, many=False)
    assert chooser.ids() == ["0"]
    qtbot.keyClick(chooser.list, Qt.Key.Key_Down)
    assert chooser.told[-1] == ["1"]
    chooser.show_subjects(list(reversed(SUBJECTS)), many=False)
    assert chooser.ids() == ["1"]
    assert chooser.all_button.isHidden()


def test_several_are_chosen_by_ticks_and_the_cursor_only_walks(chooser, qtbot):
    chooser.show_subjects(SUBJECTS, many=True)
    assert chooser.ids() == []
    chooser.list.setCurrentIndex(chooser.model.index(1))
    assert chooser.told == []
    qtbot.keyClick(chooser.list, Qt.Key.Key_Space)
    assert chooser.told == [["1"]]
    qtbot.mouseClick(chooser.all_button, Qt.MouseButton.LeftButton)
    assert chooser.ids() == ["0", "1", "2"]
    qtbot.mouseClick(chooser.none_button, Qt.MouseButton.LeftButton)
    assert chooser.ids() == []
    assert chooser._count.text() == "已选 0 / 3"


def test_records_of_one_name_are_told_apart_in_the_list():
    model = SubjectListModel()
    same = [PaperSubject(kind, "甲创新工作室", f"2026 {kind}") for kind in ("年度考核", "周期考核")]
    model.set_subjects([*same, PaperSubject("c", "乙创新工作室", "2026 年度考核")], many=False)
    assert [model.data(model.index(row)) for row in range(3)] == [
        "甲创新工作室　2026 年度考核",
        "甲创新工作室　2026 周期考核",
        "乙创新工作室",
    ]


MANY = [PaperSubject(str(n), f"{n}号创新工作室", "2026　草稿") for n in range(950)]


@pytest.mark.parametrize("many", [False, True])
def test_a_long_list_shows_more_as_one_scrolls(qtbot, qtmodeltester, many):
    model, view = SubjectListModel(), QListView()
    qtbot.addWidget(view)
    view.setModel(model)
    model.set_subjects(MANY, many=many)
    assert model.rowCount() == AT_ONCE < 950
    view.resize(300, 300)
    view.show()
    while model.canFetchMore(model.index(-1)):
        before = model.rowCount()
        view.scrollToBottom()
        qtbot.waitUntil(lambda before=before: model.rowCount() > before)
    assert model.rowCount() == 950
    qtmodeltester.check(model)


def test_a_record_far_down_is_shown_when_it_is_asked_for(qtbot):
    chooser = RecordChooser()
    qtbot.addWidget(chooser)
    chooser.show_subjects(MANY, many=False)
    chooser.choose(["701"])
    assert chooser.ids() == ["701"]
    assert chooser.model.row_of("nowhere") == -1


def test_all_means_all_that_match_not_only_those_scrolled_to(qtbot):
    chooser = RecordChooser()
    qtbot.addWidget(chooser)
    chooser.show_subjects(MANY, many=True)
    chooser.line.setText("9")
    chooser.all_button.click()
    assert chooser.ids() == [one.id for one in MANY if "9" in one.title]
    chooser.line.clear()
    chooser.all_button.click()
    assert len(chooser.ids()) == 950


def test_showing_records_tells_of_a_choice_only_where_it_takes_anothers_place(qtbot):
    chooser, told = RecordChooser(), []
    qtbot.addWidget(chooser)
    chooser.chosen.connect(told.append)
    chooser.show_subjects(SUBJECTS, many=False)
    assert (chooser.ids(), told) == (["0"], [])
    chooser.show_subjects(SUBJECTS[1:], many=False)
    assert told[-1] == ["1"]
    count = len(told)
    chooser.show_subjects(SUBJECTS[1:2], many=False)
    assert len(told) == count
