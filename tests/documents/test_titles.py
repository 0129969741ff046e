import random

import pytest

from desktop.documents.titles import KINDS_OF_PAPER, break_label, break_title, segment, width_of
from tests.documents.samples import TITLE_WORDS


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于命名2026年度劳模创新工作室的决定", ["关于命名2026年度劳模创新工作室的决定"]),
        (
            "关于下达2026年度劳模和工匠人才创新工作室补助资金指标的通知",
            ["关于下达2026年度劳模和工匠人才", "创新工作室补助资金指标的通知"],
        ),
        (
            "关于同意更换李明劳模创新工作室领衔人和变更所在单位的批复",
            ["关于同意更换李明劳模创新工作室", "领衔人和变更所在单位的批复"],
        ),
    ],
)
def test_titles_break_where_the_sense_allows(title, lines):
    assert list(break_title(title)) == lines


@pytest.mark.parametrize(
    ("label", "width", "lines"),
    [
        ("第一完成人承诺", 6.4, ["第一完成人", "承诺"]),
        ("所在单位党组织意见", 6.4, ["所在单位", "党组织意见"]),
        ("统一社会信用代码", 6.4, ["统一", "社会信用代码"]),
        ("补助总额（元）", 6.4, ["补助总额", "（元）"]),
        ("检查结论和整改要求", 6.4, ["检查结论", "和整改要求"]),
    ],
)
def test_labels_of_forms_break_between_words(label, width, lines):
    assert list(break_title(label, width)) == lines


def test_brackets_that_fit_on_a_line_are_not_torn():
    assert list(break_title("关于撤销奖励（综采工作面智能截割成套技术）的决定")) == [
        "关于撤销奖励",
        "（综采工作面智能截割成套技术）的决定",
    ]
    long = "关于印发《内蒙古自治区劳模工匠创新工作室补助资金管理使用办法（试行）》的通知"
    assert max(map(width_of, break_title(long))) <= 20


def test_no_line_begins_or_ends_with_the_blank_it_was_broken_at():
    lines = break_title("关于ABB(China) Co., Ltd. PLC-S7-1500 项目的函")
    assert len(lines) > 1
    assert all(line == line.strip() for line in lines)
    assert break_title("甲 乙" * 12, 5.0)[0] == "甲 乙甲 乙"


def test_quoted_names_and_numbers_stay_whole():
    assert segment("转发《管理办法》的通知2026年度") == ("转发", "《管理办法》", "的", "通知", "2026年度")


def test_random_titles_keep_words_shape_and_text():
    source = random.Random(9)
    for _ in range(200):
        title = "关于" + "".join(source.choice(TITLE_WORDS) for _ in range(source.randint(2, 7))) + "的通知"
        lines = break_title(title)
        assert "".join(lines) == title
        assert all(width_of(line) <= 20 for line in lines)
        assert not any(line[0] in "的、，》）" for line in lines)
        assert lines[-1] not in KINDS_OF_PAPER
        assert lines[-1] != "的通知"
        widths = [width_of(line) for line in lines]
        peak = widths.index(max(widths))
        assert widths[: peak + 1] == sorted(widths[: peak + 1])
        assert widths[peak:] == sorted(widths[peak:], reverse=True)


def test_a_title_without_known_words_still_fits():
    lines = break_title("甲" * 70)
    assert "".join(lines) == "甲" * 70
    assert max(map(len, lines)) <= 20


@pytest.mark.parametrize(
    "title",
    [
        "关于开展2026年度劳模创新工作室专项检查的通知",
        "关于报送劳模和工匠人才创新工作室成果推荐材料的通知",
    ],
)
def test_two_lines_are_no_rectangle_where_the_words_allow(title):
    first, second = map(width_of, break_title(title))
    assert abs(first - second) >= 1
    assert first + second == width_of(title)


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("揭阳市总工会意见", ["揭阳市", "总工会意见"]),
        ("基层单位工会意见", ["基层单位", "工会意见"]),
        ("统一社会信用代码", ["统一社会", "信用代码"]),
        ("领衔人（完成人）", ["领衔人", "（完成人）"]),
        ("考核结论", ["考核结论"]),
    ],
)
def test_labels_are_broken_between_words_into_even_lines(label, lines):
    assert list(break_label(label, 7.4)) == lines


def test_every_label_that_fits_four_lines_keeps_its_words_and_width():
    long = "各省辖市、济源示范区相关产业工会，省教科文卫体工会直属基层工会，省教科文卫体工会各委员单位意见"
    assert "".join(break_label(long, 7.4)) == long
    for end in range(1, 29):
        lines = break_label(long[:end], 7.4)
        assert "".join(lines) == long[:end]
        assert max(map(width_of, lines)) <= 7.4
