import pytest
from PySide6.QtCore import Qt

from desktop.services.paper.composing import PaperField
from desktop.services.paper.names import file_name
from desktop.views.document.paper_form import PaperForm
from tests.views.input_method import commit_text

FIELDS = (
    PaperField("title", "标题", "text", "关于公示的通知", True),
    PaperField("start", "公示开始日期", "date", None, True, True, "由本次公示决定"),
    PaperField("body", "正文", "paragraphs", ["第一段。", "第二段。"], True),
    PaperField("to", "主送", "names", ["甲工会", "乙工会"]),
    PaperField("form", "样式", "choice", "甲", choices=("甲", "乙")),
)


@pytest.fixture
def form(qtbot):
    made = PaperForm()
    qtbot.addWidget(made)
    made.show_fields(FIELDS)
    made.show()
    made.told = []
    made.edited.connect(lambda name, value: made.told.append((name, value)))
    return made


def test_what_is_missing_is_marked_beside_its_field(form):
    marked = [row.field.name for row in form.rows() if not row._missing.isHidden()]
    assert marked == ["start"]


def test_paragraphs_are_a_list_a_line_each(form):
    control = form.row("body").editor.control
    assert control.toPlainText() == "第一段。\n第二段。"
    control.setPlainText("改过。\n\n  二。 ")
    assert form.told[-1] == ("body", ["改过。", "二。"])


def test_names_dates_and_choices_are_told_as_they_are_typed(form, qtbot):
    qtbot.keyClicks(form.row("start").editor.control, "20260901")
    assert form.told[-1] == ("start", "2026-09-01")
    form.row("to").editor.control.end(False)
    commit_text(form.row("to").editor.control, "、丙工会")
    assert form.told[-1] == ("to", ["甲工会", "乙工会", "丙工会"])
    qtbot.keyClick(form.row("form").editor.control, Qt.Key.Key_Down)
    assert form.told[-1] == ("form", "乙")


def test_rows_stay_when_values_alone_change(form):
    kept = form.rows()
    form.row("form").editor.setFocus()
    form.show_fields([PaperField("title", "标题", "text", "新标题", True), *FIELDS[1:]])
    assert form.rows() == kept
    assert form.row("title").editor.control.text() == "新标题"
    form.show_fields(FIELDS[:2])
    assert [row.field.name for row in form.rows()] == ["title", "start"]


def test_warnings_stand_above_the_fields(form):
    form.show_warnings(["甲还是草稿。", "乙还是草稿。"])
    assert not form._warning.isHidden()
    form.show_warnings([])
    assert form._warning.isHidden()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("关于命名的决定", "关于命名的决定.pdf"),
        ('a/b\\c:d*e?f"g<h>i|j', "a_b_c_d_e_f_g_h_i_j.pdf"),
        ("  ", "公文.pdf"),
        ("字" * 200, "字" * 80 + ".pdf"),
    ],
)
def test_file_names_hold_nothing_that_windows_forbids(words, name):
    assert file_name(words, "pdf") == name
