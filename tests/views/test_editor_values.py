"""Editors over stored values: what is stored and what is typed are one value; nothing is redrawn in vain."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from desktop.views import editors, formats
from desktop.views.choice_editors import ChoiceEditor, TruthEditor, make_editor
from tests.views.input_method import commit_text, compose_text, type_text


@given(st.integers(-(10**14), 10**14))
def test_the_json_form_of_money_has_two_places(fen):
    text = formats.yuan_of_fen(fen)
    assert text[-3] == "."
    assert Decimal(text) * 100 == fen


@pytest.mark.parametrize(
    ("kind", "stored"),
    [
        ("money", "50000.00"),
        ("money", "0.00"),
        ("money", "0.05"),
        ("number", 88.1),
        ("number", 0.07),
        ("number", 60),
        ("date", "2026-09-01"),
        ("list", ["甲", "乙"]),
        ("text", "甲"),
    ],
)
def test_what_was_not_changed_is_not_saved(placed, kind, stored):
    field = placed(make_editor(kind))
    field.set_value(stored)
    field.commit()
    assert field.told == []
    text = field.control.text()
    field.control.setText("")
    field.control.textEdited.emit("")
    field.control.setText(text)
    field.control.textEdited.emit(text)
    field.commit()
    assert field.told == []


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [("money", "1200", "1200.00"), ("money", "0.5万", "5000.00"), ("number", "88.1", 88.1), ("text", "甲乙", "甲乙")],
)
def test_what_comes_back_from_saving_does_not_disturb_typing(placed, qtbot, kind, typed, stored):
    field = placed(make_editor(kind))
    type_text(qtbot, field.control, typed)
    field.commit()
    field.control.setCursorPosition(1)
    field.set_value(stored)
    assert field.control.text() == typed
    assert field.control.cursorPosition() == 1
    field.commit()
    assert len(field.told) == 1


@pytest.mark.parametrize(
    ("typed", "words"), [("五千", "不是金额"), ("1.234", "两位小数"), ("99999999999999999", "过大")]
)
def test_bad_money_is_told_when_it_is_left(placed, qtbot, typed, words):
    field = placed(editors.YuanEditor())
    field.set_value("5.00")
    field.control.selectAll()
    type_text(qtbot, field.control, typed)
    assert field.error() == ""
    field.control.clearFocus()
    assert words in field.error()
    assert field.control.property("invalid") is True
    assert words in field.control.accessibleDescription()
    assert field.told == []
    assert field.value() == "5.00"
    field.set_value("6.00")
    assert field.error() == ""
    assert field.control.text() == "6.00"


def test_money_is_shown_with_separators_once_it_is_left(placed, qtbot):
    field = placed(editors.MoneyEditor())
    type_text(qtbot, field.control, "1234567.8")
    assert field.control.text() == "1234567.8"
    field.control.clearFocus()
    assert field.control.text() == "1,234,567.80"
    assert field.told == [123_456_780]


@pytest.mark.parametrize("kind", ["money", "number", "date"])
def test_an_emptied_field_is_nothing_and_not_zero(placed, qtbot, kind):
    field = placed(make_editor(kind))
    field.set_value({"money": "5.00", "number": 5, "date": "2026-09-01"}[kind])
    field.control.selectAll()
    qtbot.keyClick(field.control, Qt.Key.Key_Delete)
    field.commit()
    assert field.told == [None]


def test_half_a_word_is_neither_saved_nor_told(placed, qtbot):
    field = placed(editors.TextEditor())
    live = []
    field.edited.connect(live.append)
    compose_text(field.control, "zhou")
    compose_text(field.control, "zhoujian")
    assert live == []
    commit_text(field.control, "周建")
    assert live == ["周建"]
    field.commit()
    assert field.told == ["周建"]


def test_enter_while_composing_belongs_to_the_input_method(placed, qtbot):
    field = placed(editors.ParagraphEditor())
    compose_text(field.control, "di yi")
    commit_text(field.control, "第一")
    qtbot.keyClick(field.control, Qt.Key.Key_Return)
    commit_text(field.control, "第二")
    field.commit()
    assert field.told == ["第一\n第二"]


def test_rare_names_are_kept_whole(placed, qtbot):
    field = placed(editors.TextEditor())
    commit_text(field.control, "𠮷㵘·阿依古丽")
    field.commit()
    assert field.told == ["𠮷㵘·阿依古丽"]
    field.set_value("𠮷")
    qtbot.keyClick(field.control, Qt.Key.Key_End)
    qtbot.keyClick(field.control, Qt.Key.Key_Backspace)
    field.commit()
    assert field.told[-1] == ""


def test_escape_gives_back_what_was_saved(placed, qtbot):
    field = placed(editors.TextEditor())
    field.set_value("旧")
    gone = []
    field.abandoned.connect(lambda: gone.append(field.value()))
    type_text(qtbot, field.control, "x")
    qtbot.keyClick(field.control, Qt.Key.Key_Escape)
    assert field.control.text() == "旧"
    assert gone == ["旧"]
    field.commit()
    assert field.told == []


def test_a_choice_that_is_empty_can_be_chosen(placed):
    field = placed(ChoiceEditor(("", "县级")))
    field.set_value("县级")
    field.control.setCurrentIndex(0)
    field.control.activated.emit(0)
    assert field.told == [""]
    assert field.control.currentText() == "（未填）"


def test_a_choice_of_pairs_holds_the_value_and_shows_the_words(placed):
    field = placed(ChoiceEditor(((1, "一"), (2, "二"))))
    field.set_value(2)
    assert field.control.currentText() == "二"
    assert field.value() == 2
    field.set_value(None)
    assert field.control.currentIndex() == -1


@pytest.mark.parametrize("answer", [True, False, None])
def test_an_answer_is_shown_as_it_is(placed, answer):
    field = placed(TruthEditor())
    field.set_value(answer)
    assert field.value() is answer
    assert [button.isChecked() for button in field._buttons.values()] == [answer is True, answer is False]
    field.commit()
    assert field.told == []


@given(st.decimals(-(10**9), 10**9, places=2))
def test_numbers_survive_being_shown(value):
    assert formats.parse_number(formats.number_text(value)) == value


@pytest.mark.parametrize(
    ("fen", "words"), [(0, "0"), (1_000_000, "1"), (1_005_000, "1"), (1_015_000, "1.02"), (-500_000, "-0.5")]
)
def test_ten_thousands(fen, words):
    assert formats.ten_thousands(fen) == words


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        (False, "bool", "否"),
        (0, "number", "0"),
        (Decimal("100"), "number", "100"),
        ([], "list", ""),
        ("0.00", "money", "0.00"),
        ("-1234.50", "money", "-1,234.50"),
        ("", "date", ""),
        (1e6, "number", "1000000"),
    ],
)
def test_values_at_their_edges(value, kind, words):
    assert formats.value_text(value, kind) == words
