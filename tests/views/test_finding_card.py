"""A finding as a card: the same card goes from state to state, offers what helps, and can be heard."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt

from desktop.views import theme
from desktop.views.finding_card import FindingCard
from desktop.views.icons import STATUS_WORDS
from tests.views.input_method import type_text

LEFT = Qt.MouseButton.LeftButton


@dataclass(frozen=True)
class Found:
    rule: str = "law-7.2"
    title: str = "团队人数"
    article: str = "第七条（二）"
    status: str = "fail"
    message: str = "团队4人，还差1人：应不少于5人。"
    text: str = "团队一般不少于5人。"


@pytest.fixture
def card(qtbot):
    made = FindingCard(Found())
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    return made


@pytest.mark.parametrize("status", list(STATUS_WORDS))
def test_a_status_is_said_with_word_icon_and_colour(card, status):
    card.show_finding(Found(status=status))
    assert card._status.text() == card._icon.accessibleName() == STATUS_WORDS[status]
    assert card.accessibleName().startswith(f"{STATUS_WORDS[status]}：团队人数。")
    assert "第七条（二）" in card.accessibleName()
    assert card.grab().toImage().pixelColor(2, card.height() // 2).name() == theme.status_color(status).name()


@pytest.mark.parametrize(
    ("status", "jumps", "reasons"),
    [
        ("pass", False, False),
        ("fail", True, False),
        ("warn", True, True),
        ("unknown", True, False),
        ("n/a", False, False),
    ],
)
def test_only_what_helps_is_offered(card, status, jumps, reasons):
    card.show_finding(Found(status=status), "")
    assert card.jump.isVisible() is jumps
    assert card.reason.isVisible() is reasons
    card.show_finding(Found(status=status), "", can_jump=False)
    assert not card.jump.isVisible()


def test_a_warning_whose_reason_is_not_asked_has_no_field(card):
    card.show_finding(Found(status="warn"))
    assert not card.reason.isVisible()


def test_the_reason_goes_to_the_rule_it_is_for(card, qtbot):
    card.show_finding(Found(status="warn", rule="law-9"), "")
    type_text(qtbot, card.reason.control, "正在补办")
    with qtbot.waitSignal(card.reason_given) as given:
        card.reason.commit()
    assert given.args == ["law-9", "正在补办"]


def test_a_reason_already_given_is_shown_and_not_given_again(card, qtbot):
    told = []
    card.reason_given.connect(lambda *args: told.append(args))
    card.show_finding(Found(status="warn"), "已有理由")
    card.reason.commit()
    assert card.reason.value() == "已有理由"
    assert told == []


def test_the_jump_names_its_rule(card, qtbot):
    card.show_finding(Found(rule="law-8"))
    with qtbot.waitSignal(card.jump_requested) as asked:
        qtbot.mouseClick(card.jump, LEFT)
    assert asked.args == ["law-8"]


def test_the_regulations_words_unfold_and_stay_unfolded(card, qtbot):
    assert not card._quote.isVisible()
    qtbot.mouseClick(card.fold, LEFT)
    assert card._quote.isVisible()
    card.show_finding(Found(status="pass", text="新的原文。"))
    assert card._quote.isVisible()
    assert card._quote.text() == "新的原文。"
    qtbot.mouseClick(card.fold, LEFT)
    assert not card._quote.isVisible()


def test_what_has_no_words_offers_none_to_unfold(card):
    card.show_finding(Found(text="", message=""))
    assert not card.fold.isVisible()
    assert not card._message.isVisible()
