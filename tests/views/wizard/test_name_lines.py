"""Names too long for their line: they take two, and columns that say nothing leave them their room."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QListView, QStyleOptionViewItem

from desktop.services.beginning import Candidate
from desktop.views import theme
from desktop.views.table_view import ROW
from desktop.views.wizard.chooser import DRAFT_COLUMNS, Chooser
from desktop.views.wizard.name_lines import TWO_LINES
from desktop.views.wizard.picker import LINE, CandidatePicker
from desktop.views.wizard.picker import TWO_LINES as TWO
from desktop.views.wizard.step_delegate import ROW as STEP_ROW
from desktop.views.wizard.step_delegate import StepDelegate
from desktop.views.wizard.step_list_model import Step, StepListModel

LONG = "河南省科学院高新技术研究中心周建成劳模工匠创新工作室"


def draft(number, name="甲创新工作室", **more):
    made = {"id": str(number), "noun": "applications", "workroom_name": name, "regulation": "hn-2024", "kind": ""}
    return {**made, "reference_date": date(2026, 9, 1), "state": "草稿", **more}


@pytest.fixture
def chooser(qtbot):
    made = Chooser()
    qtbot.addWidget(made)
    made.resize(1330, 640)
    made.show()
    return made


def shown_columns(chooser):
    return [one.key for at, one in enumerate(DRAFT_COLUMNS) if not chooser.table.isColumnHidden(at)]


def test_columns_that_tell_nothing_apart_are_not_shown(chooser):
    chooser.show_drafts([draft(1), draft(2)], {})
    assert shown_columns(chooser) == ["workroom_name", "reference_date", "state"]
    chooser.show_drafts([draft(1), draft(2, regulation="jy-2022")], {})
    assert "regulation_title" in shown_columns(chooser)
    chooser.show_drafts([draft(1), draft(2, kind="市级")], {})
    assert "kind" in shown_columns(chooser)


def test_names_take_two_lines_only_where_one_is_too_short(chooser):
    height = chooser.table.verticalHeader().defaultSectionSize
    chooser.show_drafts([draft(1, LONG)], {})
    assert height() == theme.px(ROW)
    chooser.resize(700, 480)
    QApplication.processEvents()
    assert height() == theme.px(TWO_LINES)
    assert chooser.table.wordWrap()
    chooser.show_drafts([draft(1, "甲")], {})
    assert height() == theme.px(ROW)


def test_long_hits_take_two_lines(qtbot):
    picker = CandidatePicker("联盟", "联盟")
    qtbot.addWidget(picker)
    picker.resize(240, 300)
    picker.show()
    picker.set_finder(lambda _text: [Candidate("1", "甲联盟", ""), Candidate("2", LONG, "周建成")])
    heights = [picker.hits.item(row).sizeHint().height() for row in range(2)]
    assert heights == [theme.px(LINE), theme.px(TWO)]
    picker.resize(900, 300)
    QApplication.processEvents()
    assert picker.hits.item(1).sizeHint().height() == theme.px(LINE)


@pytest.mark.parametrize(("width", "more"), [(400, False), (140, True)])
def test_a_long_step_takes_more_lines_beside_its_count(qtbot, width, more):
    view, model = QListView(), StepListModel()
    qtbot.addWidget(view)
    view.setModel(model)
    delegate = StepDelegate(view)
    view.setItemDelegate(delegate)
    view.resize(width, 300)
    title = "场所、设施、课题、经费、制度、活动"
    model.set_steps([Step("a", title, "pass", "0/2"), Step("b", "领衔人", "pass", "3/6")])
    option = QStyleOptionViewItem()
    option.initFrom(view)
    long, short = (delegate.sizeHint(option, model.index(row)).height() for row in range(2))
    assert short == theme.px(STEP_ROW)
    assert (long > short) is more
