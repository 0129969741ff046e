import pytest

from desktop.errors import BadInput
from desktop.views.wizard.entry import read_value, write_value


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("date", "2026年9月1日", "2026-09-01"),
        ("date", "2026-9-1", "2026-09-01"),
        ("date", "20260901", "2026-09-01"),
        ("date", "２０２６．９．１", "2026-09-01"),
        ("count", " 5 ", 5),
        ("count", "５", 5),
        ("number", "25.50", 25.5),
        ("number", "1,200", 1200),
        ("money", "50,000.00元", 50000),
        ("list<str>", "设备设施管理、创新活动记录，技能培训台账", ["设备设施管理", "创新活动记录", "技能培训台账"]),
        ("list<date>", "2026-1-2、2026年3月4日", ["2026-01-02", "2026-03-04"]),
        ("str", "张𠮷", "张𠮷"),
        ("date", "   ", None),
        ("count", "", None),
    ],
)
def test_reads_what_people_type(kind, typed, value):
    assert read_value(kind, typed) == value


@pytest.mark.parametrize(
    ("kind", "typed", "word"),
    [
        ("date", "去年九月", "2026年9月1日"),
        ("date", "2026-2-30", "没有"),
        ("count", "5.5", "整数"),
        ("number", "很多", "数字"),
        ("number", "NaN", "太大"),
        ("money", "9" * 13, "太大"),
    ],
)
def test_refuses_in_words(kind, typed, word):
    with pytest.raises(BadInput, match=word):
        read_value(kind, typed)


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("date", "2026-09-01", "2026年9月1日"),
        ("count", 5, "5"),
        ("number", 25.5, "25.5"),
        ("list<str>", ["甲", "乙"], "甲、乙"),
        ("str", None, ""),
    ],
)
def test_writes_back_what_reads_the_same(kind, value, text):
    assert write_value(kind, value) == text
    assert read_value(kind, text) == value
