"""Reading one value of a fact: dates, money in 分, counts, words; a wrong value is refused naming where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NoReturn

from desktop.errors import BadInput

MONEY = re.compile(r"-?[0-9]{1,13}(?:\.[0-9]{1,2})?", re.ASCII)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
LIMIT = 10**12


def refuse(where: str, label: str, message: str) -> NoReturn:
    """Raise BadInput for one value; `where` is its path, e.g. rewards[2].amount_yuan (rows count from 1)."""
    raise BadInput(f"{label}（{where}）{message}", where)


def shown(value: object) -> str:
    """Return a wrong value as it may be quoted in a message: short, with its quotation marks."""
    text = str(value)
    return f"“{text if len(text) <= 30 else text[:30] + '…'}”"


def read_bool(value: object, where: str, label: str) -> bool:
    """Take true or false only."""
    if not isinstance(value, bool):
        refuse(where, label, f"应填是或否，现为{shown(value)}。")
    return value


def read_text(value: object, where: str, label: str) -> str:
    """Take a text, blanks at its ends removed."""
    if not isinstance(value, str):
        refuse(where, label, f"应填文字，现为{shown(value)}。")
    return value.strip()


def exact(value: object, where: str, label: str) -> Decimal:
    """Take a number (not a text), exactly as it is written."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        refuse(where, label, f"应填数，现为{shown(value)}。")
    if isinstance(value, int) and abs(value) > LIMIT:
        refuse(where, label, "数额太大，请核对。")
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite() or abs(number) > LIMIT:
        refuse(where, label, "数额太大或不是实数，请核对。")
    return number


def read_count(value: object, where: str, label: str) -> int:
    """Take a whole number, not negative."""
    number = exact(value, where, label)
    if number != int(number):
        refuse(where, label, f"应填整数，现为{shown(value)}。")
    if number < 0:
        refuse(where, label, f"不能为负，现为{shown(value)}。")
    return int(number)


def read_number(value: object, where: str, label: str) -> Decimal:
    """Take a number, not negative."""
    number = exact(value, where, label)
    if number < 0:
        refuse(where, label, f"不能为负，现为{shown(value)}。")
    return number


def read_money(value: object, where: str, label: str) -> int:
    """Take 元 as a number or a decimal text of at most two places; return 分; negative amounts are refused."""
    if isinstance(value, str):
        text = value.strip()
        if not MONEY.fullmatch(text):
            refuse(where, label, f"应填金额（元，最多两位小数，如 50000.00），现为{shown(value)}。")
        number = Decimal(text)
    else:
        number = exact(value, where, label)
    fen = number * 100
    if fen != int(fen):
        refuse(where, label, f"金额最多到分（两位小数），现为{shown(value)}。")
    if fen < 0 or abs(number) > LIMIT:
        refuse(where, label, f"金额不能为负或过大，现为{shown(value)}。")
    return int(fen)


@lru_cache(maxsize=4096)
def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def read_date(value: object, where: str, label: str) -> date:
    """Take a date written 2026-09-01 (or a date value)."""
    if type(value) is date:
        return value
    day = _day(value) if isinstance(value, str) else None
    if day is None:
        refuse(where, label, f"应填日期，如 2026-09-01，现为{shown(value)}。")
    return day


def read_year(value: object, where: str, label: str) -> int:
    """Take a year between 1850 and 2200, as the records do."""
    year = read_count(value, where, label)
    if not 1850 <= year <= 2200:
        refuse(where, label, f"应填四位年份，现为{shown(value)}。")
    return year


def read_either(value: object, where: str, label: str) -> str | Decimal:
    """Take a text or a number."""
    return read_text(value, where, label) if isinstance(value, str) else exact(value, where, label)


SIMPLE: Mapping[str, Callable[[object, str, str], Any]] = {
    "bool": read_bool,
    "count": read_count,
    "number": read_number,
    "money": read_money,
    "str": read_text,
    "date": read_date,
    "year": read_year,
    "str|number": read_either,
}
