from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit

from desktop.services import questions
from desktop.services.questions import FactInput
from desktop.views.choice_editors import ChoiceEditor, TruthEditor
from desktop.views.editors import DateEditor, NumberEditor, TextEditor, YuanEditor
from desktop.views.wizard.fact_row import FactRow, editor_of, plain, shown_words, source_words
from desktop.views.wizard.ticks_editor import TicksEditor
from tests.views.input_method import commit_text, compose_text

SYSTEMS = ("设备设施管理", "创新活动记录")


def asked(kind="text", **values):
    return FactInput(fact="fact", label="问题", type=kind, **values)


@pytest.mark.parametrize(
    ("wanted", "of"),
    [
        (TruthEditor, asked("bool")),
        (NumberEditor, asked("number")),
        (DateEditor, asked("date")),
        (YuanEditor, asked("money")),
        (TextEditor, asked("text")),
        (ChoiceEditor, asked("text", choices=("在职", "退休"))),
        (TicksEditor, asked("list", choices=SYSTEMS)),
        (type(None), asked("number", source="derived")),
        (type(None), asked("items")),
    ],
)
def test_each_kind_of_answer_has_its_editor(qtbot, wanted, of):
    editor = editor_of(of)
    if editor is not None:
        qtbot.addWidget(editor)
    assert type(editor) is wanted


def boxes(row):
    return {box.text(): box for box in row.findChildren(QCheckBox)}


def test_none_is_an_answer_and_no_tick_is_none_given(qtbot):
    row = FactRow(asked("list", choices=SYSTEMS))
    qtbot.addWidget(row)
    told = []
    row.committed.connect(lambda _fact, value: told.append(value))
    boxes(row)["无"].click()
    boxes(row)[SYSTEMS[0]].click()
    assert not boxes(row)["无"].isChecked()
    boxes(row)["无"].click()
    assert not boxes(row)[SYSTEMS[0]].isChecked()
    boxes(row)["无"].click()
    assert told == [[], [SYSTEMS[0]], [], None]
    row.show_input(asked("list", choices=SYSTEMS, source="attested", value=[]))
    assert boxes(row)["无"].isChecked()


def test_the_register_is_not_told_that_there_are_none(qtbot):
    row = FactRow(asked("list", choices=SYSTEMS, source="record"))
    qtbot.addWidget(row)
    assert boxes(row)["无"].isHidden()
    row.show_input(asked("list", choices=SYSTEMS, source="record", value=[]))
    assert not boxes(row)["无"].isChecked()


def test_an_entry_that_is_no_value_can_be_put_back(qtbot):
    row = FactRow(asked("date", value="2026-09-01"))
    qtbot.addWidget(row)
    assert row.half_typed() is None
    commit_text(row.editor.control, "不是")
    assert row.half_typed()[0].endswith("不是")
    again = FactRow(asked("date", value="2026-09-01"))
    qtbot.addWidget(again)
    again.show_half_typed("2026-9-", "不是日期")
    assert (again.editor.control.text(), again.editor.error(), again.editor.value()) == (
        "2026-9-",
        "不是日期",
        "2026-09-01",
    )
    again.show_input(asked("date", value="2026-10-01"))
    assert again.editor.control.text() == "2026-9-"


def test_an_emptied_answer_is_none_and_a_decimal_a_number():
    assert plain("") is None
    assert plain([]) is None
    assert plain(False) is False
    assert plain(Decimal("25.5")) == 25.5


def test_it_says_where_an_answer_came_from():
    assert "写回台账" in source_words(asked(source="record", value=True))
    assert "台账里还没有" in source_words(asked(source="record"))
    assert source_words(asked(source="derived")) == "由台账算出"
    given = asked(source="attested", attested_by="王敏", attested_on=date(2026, 9, 1))
    assert source_words(given) == "王敏 2026年9月1日确认"
    assert source_words(asked(hint="问一问？")) == "问一问？"


def test_listed_records_are_put_into_lines():
    value = [
        {"year": 2026, "name": "薄壁件焊接", "registered": True, "recognised": False},
        {"date": "2025-10-28", "year": 2025, "title": "快速对中工装", "level": "省级"},
    ]
    assert shown_words(asked("items", value=value)) == "薄壁件焊接　立项　2026年\n快速对中工装　2025年10月28日　省级"
    assert shown_words(asked("items", value=[])) == "台账里还没有"
    rewards = [
        {
            "name": name,
            "person_id": "6787850e-58c4-59e2-9b3f-2d443a6227ab",
            "role": "骨干成员",
            "amount_yuan": amount,
            "tax_withheld_yuan": tax,
            "result_ref": "b151d968-7693-52d5-ad53-0629e754a0e8",
        }
        for name, amount, tax in (("杨雷继", "10000.00", "12.50"), ("武霞", "0.00", "0.00"))
    ]
    assert (
        shown_words(asked("items", value=rewards))
        == "杨雷继　骨干成员　10,000.00元　代扣税12.50元\n武霞　骨干成员　0.00元"
    )
    grant = {"regulation": "nm-2026-fund", "track": "工作室", "amount_yuan": "50000.00", "same_year": False}
    assert shown_words(asked("items", value=[grant])) == "工作室　50,000.00元"
    # A reference that a person typed is said as it was typed.
    assert shown_words(asked("items", value=[{"name": "甲", "result_ref": "粤创〔2026〕3号"}])) == "甲　粤创〔2026〕3号"
    many = shown_words(asked("items", value=[{"name": str(number)} for number in range(9)]))
    assert many.endswith("……共9项")
    assert shown_words(asked("number", value=6, described="台账：6人")) == "台账：6人"


@pytest.fixture
def row(qtbot):
    def make(of):
        row = FactRow(of)
        qtbot.addWidget(row)
        row.show()
        row.told, row.saved = [], []
        row.edited.connect(lambda _fact, value: row.told.append(value))
        row.committed.connect(lambda _fact, value: row.saved.append(value))
        return row

    return make


def test_each_keystroke_is_told_and_saved_when_typing_rests(row, qtbot):
    made = row(asked("text"))
    control = made.editor.control
    qtbot.keyClicks(control, "ab")
    assert made.told == ["a", "ab"]
    assert made.saved == []
    qtbot.waitUntil(lambda: made.saved == ["ab"], timeout=3000)


def test_nothing_is_told_or_saved_while_an_input_method_composes(row, qtbot):
    made = row(asked("text"))
    compose_text(made.editor.control, "zhang")
    assert made.told == []
    commit_text(made.editor.control, "张𠮷")
    made.save_now()
    assert made.saved == ["张𠮷"]


def test_ticks_and_others_make_one_list(row, qtbot):
    made = row(asked("list", choices=SYSTEMS, value=["创新活动记录", "安全生产"]))
    assert made.findChild(QLineEdit).text() == "安全生产"
    qtbot.keyClick(made.findChildren(QCheckBox)[0], Qt.Key.Key_Space)
    assert made.saved == [["设备设施管理", "创新活动记录", "安全生产"]]
    for box in made.findChildren(QCheckBox):
        box.click()
    made.findChild(QLineEdit).clear()
    commit_text(made.findChild(QLineEdit), "甲")
    qtbot.keyClick(made.findChild(QLineEdit), Qt.Key.Key_Backspace)
    made.save_now()
    assert made.saved[-1] is None


def test_what_the_register_works_out_leads_to_the_register(row, qtbot):
    made = row(asked("items", source="derived", value=[{"name": "甲"}], record=("workrooms", "id-1", "")))
    asked_for = []
    made.open_record.connect(lambda *place: asked_for.append(place))
    made.take_focus()
    qtbot.mouseClick(made._open, Qt.MouseButton.LeftButton)
    assert asked_for == [("workrooms", "id-1", "")]


def test_a_newer_answer_does_not_replace_what_is_being_typed(row, qtbot):
    made = row(asked("text", value="旧"))
    made.activateWindow()
    made.take_focus()
    qtbot.waitUntil(made.has_focus)
    commit_text(made.editor.control, "新")
    made.show_input(asked("text", value="别处改的"))
    assert "新" in made.editor.control.text()


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [("50000.00", "元", "台账：50,000.00元"), (6, "人", "台账：6人"), (True, "", "台账：是"), (None, "元", "")],
)
def test_what_the_register_answers_is_described(value, unit, words):
    assert questions._described(value, unit) == words
