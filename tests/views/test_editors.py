"""The field editors: what they commit and when, what they refuse, the input method, the keyboard."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views import editors
from desktop.views.choice_editors import ChoiceEditor, TruthEditor, make_editor
from desktop.views.field_editor import PAUSE_MS
from tests.views.input_method import commit_text, compose_text, type_text


class Form(QWidget):
    """Two editors, so that there is somewhere to go on to."""

    def __init__(self, *fields):
        super().__init__()
        layout = QVBoxLayout(self)
        self.told = []
        for field in fields:
            layout.addWidget(field)
            field.committed.connect(self.told.append)


@pytest.fixture
def form(qtbot):
    kept = []

    def make(*fields):
        shown = Form(*fields)
        kept.append(shown)
        qtbot.addWidget(shown)
        shown.show()
        shown.activateWindow()
        fields[0].setFocus()
        qtbot.waitUntil(fields[0].has_focus)
        return shown

    return make


def test_typing_is_told_at_once_and_saved_when_it_rests(qtbot, form):
    field = editors.TextEditor()
    shown, live = form(field), []
    field.edited.connect(live.append)
    type_text(qtbot, field.control, "abc")
    assert live == ["a", "ab", "abc"]
    assert shown.told == []
    qtbot.waitUntil(lambda: shown.told == ["abc"], timeout=PAUSE_MS + 1000)


def test_enter_saves_and_goes_on(qtbot, form):
    first, second = editors.MoneyEditor(), editors.TextEditor()
    shown = form(first, second)
    type_text(qtbot, first.control, "0.5万")
    qtbot.keyClick(first.control, Qt.Key.Key_Return)
    assert shown.told == [500_000]
    assert second.control.hasFocus()
    assert first.control.text() == "5,000.00"


def test_bad_text_keeps_the_old_value_and_says_why(qtbot, form):
    field, other = editors.DateEditor(), editors.TextEditor()
    shown = form(field, other)
    field.set_value("2026-09-01")
    assert field.control.text() == "2026年9月1日"
    field.control.selectAll()
    type_text(qtbot, field.control, "2026-2-30")
    qtbot.keyClick(field.control, Qt.Key.Key_Return)
    assert field.control.hasFocus()
    assert shown.told == []
    assert "没有2026年2月30日" in field.error()
    assert field.value() == "2026-09-01"
    qtbot.keyClick(field.control, Qt.Key.Key_Escape)
    assert field.error() == ""
    assert field.control.text() == "2026年9月1日"


def test_nothing_is_saved_during_pre_edit(qtbot, form):
    field = editors.TextEditor()
    shown = form(field)
    commit_text(field.control, "周")
    compose_text(field.control, "jian")
    qtbot.wait(PAUSE_MS + 200)
    assert shown.told == []
    commit_text(field.control, "建成𠮷")
    qtbot.waitUntil(lambda: shown.told == ["周建成𠮷"], timeout=PAUSE_MS * 3)


def test_a_value_from_elsewhere_does_not_disturb_typing(qtbot, form):
    field = editors.TextEditor()
    form(field)
    field.set_value("旧")
    type_text(qtbot, field.control, "x")
    field.set_value("旧")
    assert "x" in field.control.text()


@pytest.mark.parametrize(
    ("kind", "value", "typed", "result"),
    [
        ("text", "甲", " 乙 ", "乙"),
        ("money", "50000.00", "1200", "1200.00"),
        ("number", 25.5, "30.25", Decimal("30.25")),
        ("list", ["甲"], "乙、丙", ["乙", "丙"]),
        ("date", None, "20260901", "2026-09-01"),
    ],
)
def test_each_kind_reads_what_it_shows(qtbot, form, kind, value, typed, result):
    field = make_editor(kind)
    shown = form(field)
    field.set_value(value)
    assert field.value() == value
    field.control.selectAll()
    type_text(qtbot, field.control, typed)
    field.commit()
    got = shown.told[-1]
    assert (Decimal(got) == Decimal(result)) if kind == "money" else got == result


def test_a_choice_commits_at_once_and_keeps_an_unknown_value(qtbot, form):
    field = ChoiceEditor(("县级", "市级"))
    shown = form(field)
    field.set_value("国家级")
    assert field.value() == "国家级"
    assert field.control.currentText() == "国家级"
    field.control.setCurrentIndex(0)
    field.control.activated.emit(0)
    assert shown.told == ["县级"]
    field.set_choices([("省级", "省级")])
    assert field.control.currentText() in ("", "县级")


def test_yes_and_no_can_be_taken_back(qtbot, form):
    field = TruthEditor()
    shown = form(field)
    yes, no = field._buttons[True], field._buttons[False]
    for button in (yes, no, no):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert shown.told == [True, False, None]
    field.setAccessibleName("场地固定")
    assert yes.accessibleName() == "场地固定：是"
    yes.setFocus()
    qtbot.keyClick(yes, Qt.Key.Key_Right)
    assert no.hasFocus()


def test_paragraphs_keep_their_lines(qtbot, form):
    field = editors.ParagraphEditor()
    shown = form(field)
    type_text(qtbot, field.control, "一")
    qtbot.keyClick(field.control, Qt.Key.Key_Return)
    type_text(qtbot, field.control, "二")
    field.commit()
    assert shown.told == ["一\n二"]


def test_read_only_fields_do_not_take_typing(qtbot, form):
    field = editors.TextEditor()
    shown = form(field)
    field.set_value("甲")
    field.set_read_only(True)
    type_text(qtbot, field.control, "x")
    field.commit()
    assert field.control.text() == "甲"
    assert shown.told == []


def test_a_list_opens_below_its_box_whole_and_wide_enough(qtbot):
    laws = [f"某某自治区劳模工匠创新工作室支持建设补助资金使用管理办法（{number}）" for number in range(8)]
    field = ChoiceEditor(laws)
    qtbot.addWidget(field)
    field.setFixedWidth(240)
    field.show()
    field.control.showPopup()
    shown = field.control.view()
    qtbot.waitUntil(shown.isVisible)
    last = shown.visualRect(shown.model().index(7, 0))
    assert shown.viewport().rect().contains(last)
    assert shown.viewport().width() > shown.fontMetrics().horizontalAdvance(laws[0])
    assert shown.mapToGlobal(shown.rect().topLeft()).y() >= field.mapToGlobal(field.rect().bottomLeft()).y()
    field.control.hidePopup()


def test_a_list_of_short_words_is_as_wide_as_its_box(qtbot):
    field = ChoiceEditor(("县级", "市级"))
    qtbot.addWidget(field)
    field.setFixedWidth(240)
    field.show()
    field.control.showPopup()
    qtbot.waitUntil(field.control.view().isVisible)
    assert field.control.view().window().width() == field.control.width()
    field.control.hidePopup()


def test_a_choice_too_long_for_its_box_ends_in_dots(qtbot):
    field = ChoiceEditor(("无锡市职工创新成果奖励管理办法（试行）", "市级"))
    qtbot.addWidget(field)
    box = field.control
    assert box.shown_words(100).endswith("…")
    assert box.fontMetrics().horizontalAdvance(box.shown_words(100)) <= 100
    field.set_value("市级")
    assert box.shown_words(100) == "市级"
