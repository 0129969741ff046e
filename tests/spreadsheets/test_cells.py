"""Cells as offices fill them in."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.spreadsheets.cells import BadCellError, is_empty, read_cell
from desktop.spreadsheets.table import KINDS, BrokenCell, Column

ROLES = ("领衔人", "骨干成员", "其他参与人员")
LEVELS = Column("level", "级别", "choice", choices=("单位级", "县级", "市级"), synonyms={"盟市级": "市级"})


def column(kind: str, **more: object) -> Column:
    return Column("x", "某列", kind, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("text", " 某厂 ", "某厂"),
        ("text", 12.0, "12"),
        ("text", 12.5, "12.5"),
        ("text", True, "是"),
        ("text", datetime(2026, 9, 1), "2026-09-01"),
        ("name", "张　三", "张三"),
        ("name", "张 三 丰", "张三丰"),
        ("name", "阿拉坦 · 乌拉", "阿拉坦·乌拉"),
        ("name", "John  Smith", "John Smith"),
        ("name", "𠮷 珺", "𠮷珺"),
        ("code", "１５０５０２ 1980 0101 001x", "150502198001010 01x".replace(" ", "")),
        ("code", "'13800000001", "13800000001"),
        ("code", 13800000001.0, "13800000001"),
        ("date", date(2026, 9, 1), "2026-09-01"),
        ("date", datetime(2026, 9, 1, 8, 30), "2026-09-01"),
        ("date", 46266.0, "2026-09-01"),
        ("date", "46266", "2026-09-01"),
        ("date", 20260901.0, "2026-09-01"),
        ("date", "20260901", "2026-09-01"),
        ("date", "2026-9-1", "2026-09-01"),
        ("date", "2026/09/01", "2026-09-01"),
        ("date", "2026.9.1", "2026-09-01"),
        ("date", "２０２６年９月１日", "2026-09-01"),
        ("date", " 2026 年 9 月 1 日 ", "2026-09-01"),
        ("date", "2026-09-01 00:00:00", "2026-09-01"),
        ("money", 50000.0, "50000.00"),
        ("money", "50,000.00", "50000.00"),
        ("money", "￥５万", "50000.00"),
        ("money", "3.5万元", "35000.00"),
        ("money", "人民币50000元整", "50000.00"),
        ("money", 0.1 + 0.2, "0.30"),
        ("money", "-500", "-500.00"),
        ("decimal", "85.5㎡", "85.50"),
        ("decimal", "85.5 平方米", "85.50"),
        ("decimal", 20, "20.00"),
        ("number", "12人", 12),
        ("number", 12.0, 12),
        ("number", "1,200", 1200),
        ("number", "3.0", 3),
        ("bool", "√", True),
        ("bool", "有", True),
        ("bool", "Ｎ", False),
        ("bool", 1.0, True),
        ("bool", 0, False),
        ("bool", "否", False),
        ("list", "甲、乙，丙；丁\n戊", ["甲", "乙", "丙", "丁", "戊"]),
        ("code", "138-0013-8000", "13800138000"),
        ("code", "0470-8221234", "0470-8221234"),
        ("bool", "一线", True),
        ("bool", "非一线", False),
        ("month", "2019年5月", "2019-05-01"),
        ("month", "2019.05", "2019-05-01"),
        ("month", "2019/5", "2019-05-01"),
        ("month", 2019.05, "2019-05-01"),
        ("month", 2019.12, "2019-12-01"),
        ("month", "2019-05-17", "2019-05-17"),
        ("month", datetime(2019, 5, 17), "2019-05-17"),
        ("month", 46266.0, "2026-09-01"),
    ],
)
def test_what_people_write_is_understood(kind: str, cell: object, value: object):
    assert read_cell(column(kind), cell) == value


@pytest.mark.parametrize(
    ("kind", "cell", "words"),
    [
        ("code", 150502198001010010.0, "已经丢失"),
        ("code", 1.5e17, "已经丢失"),
        ("code", "1.50502E+17", "科学记数法"),
        ("name", 1e20, "已经丢失"),
        ("date", "2026年9月", "没有写明是哪一天"),
        ("date", "2026.09", "没有写明是哪一天"),
        ("date", 2026.09, "没有写明是哪一天"),
        ("date", "2026", "只写到年"),
        ("date", "2025-02-29", "不是存在的日期"),
        ("date", 20261301.0, "不是存在的日期"),
        ("date", "去年", "不是日期"),
        ("date", 12.0, "不是日期"),
        ("date", True, "不是日期"),
        ("month", 2019.1, "分不清"),
        ("month", "2019年13月", "不是存在的日期"),
        ("month", "2019年", "只写到年"),
        ("month", 2019, "只写到年"),
        ("text", BrokenCell("#REF!"), "公式出错"),
        ("money", BrokenCell("#DIV/0!"), "公式出错"),
        ("date", BrokenCell("=TODAY()"), "还没有算出结果"),
        ("money", "五万", "不是金额"),
        ("money", "约5万", "不是金额"),
        ("money", 1.234, "两位小数"),
        ("money", "0.123", "两位小数"),
        ("money", True, "数字"),
        ("decimal", "约20", "数字"),
        ("decimal", 20.123, "两位小数"),
        ("number", 12.5, "整数"),
        ("number", "十二", "整数"),
        ("number", True, "整数"),
        ("bool", "大概", "是"),
        ("bool", 2.0, "是"),
    ],
)
def test_what_cannot_be_understood_says_why(kind: str, cell: object, words: str):
    with pytest.raises(BadCellError, match=words):
        read_cell(column(kind), cell)


def test_the_head_says_what_a_plain_number_counts():
    assert read_cell(column("money"), 5.0, 10_000) == "50000.00"
    assert read_cell(column("money"), "5", 10_000) == "50000.00"
    assert read_cell(column("money"), 3.65, 10_000) == "36500.00"
    assert read_cell(column("money"), "5万", 10_000) == "50000.00"
    assert read_cell(column("money"), "50000元", 10_000) == "50000.00"


@pytest.mark.parametrize(
    ("word", "choice"),
    [("县级", "县级"), ("县 级", "县级"), ("盟市级", "市级"), ("县", "县级"), ("市级优秀", "市级")],
)
def test_choices_by_synonym_and_beginning(word: str, choice: str):
    assert read_cell(LEVELS, word) == choice


def test_an_ambiguous_choice_is_refused():
    with pytest.raises(BadCellError, match="骨干成员"):
        read_cell(column("choice", choices=ROLES), "成员")
    assert read_cell(column("choice", choices=ROLES), "骨干") == "骨干成员"
    assert read_cell(column("choice", choices=("大专", "本科", "硕士")), "大学本科") == "本科"
    assert read_cell(column("list", choices=("县级", "市级")), "县、市级") == ["县级", "市级"]


@pytest.mark.parametrize("cell", [None, "", "  ", "—", "/", "-", "　"])
def test_dashes_say_nothing(cell: object):
    assert is_empty(cell)


@pytest.mark.parametrize("cell", ["无", 0, 0.0, False, "0"])
def test_these_say_something(cell: object):
    assert not is_empty(cell)


@given(st.dates(date(1920, 1, 1), date(2099, 12, 31)))
def test_every_way_of_writing_a_day_gives_that_day(day: date):
    ways = [day, f"{day:%Y-%m-%d}", f"{day:%Y/%m/%d}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}"]
    ways += [float((day - date(1899, 12, 30)).days), float(f"{day:%Y%m%d}")]
    assert {read_cell(column("date"), way) for way in ways} == {day.isoformat()}


@given(st.integers(0, 10**12))
def test_money_never_gains_or_loses_a_fen(fen: int):
    text = f"{fen // 100}.{fen % 100:02d}"
    assert read_cell(column("money"), text) == text
    if fen < 10**11:
        assert read_cell(column("money"), float(text)) == text
    assert read_cell(column("money"), str(Decimal(fen) / 1_000_000) + "万") == text


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes()))
def test_anything_in_a_cell_is_read_or_refused_in_words(cell: object):
    for kind in KINDS:
        words = ""
        try:
            read_cell(column(kind, choices=ROLES if kind == "choice" else ()), cell)
        except BadCellError as error:
            words = str(error)
        assert not words or any("一" <= letter <= "鿿" for letter in words)


@pytest.mark.parametrize(
    ("kind", "text", "value"), [("decimal", "'100", "100.00"), ("money", "' 1,200", "1200.00"), ("number", "'12人", 12)]
)
def test_the_mark_that_makes_a_text_of_a_number_is_no_part_of_it(kind, text, value):
    assert read_cell(Column("x", "某栏", kind), text) == value
