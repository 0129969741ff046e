"""Reading cells as offices fill them in; each reader returns a plain value or raises BadCellError with the reason."""

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from desktop.spreadsheets.table import BrokenCell, Column

# Numbers of more digits are not held exactly by a spreadsheet's number format.
EXACT_DIGITS: Final = 15
SERIAL_ZERO: Final = date(1899, 12, 30)
SERIALS: Final = range(7000, 80000)
DATE_TEXT: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
MONTH_TEXT: Final = re.compile(r"\d{4}(?:[-/.]\d{1,2}|年(?:\d{1,2}月?)?)")
ONLY_MONTH: Final = re.compile(r"(\d{4})(?:[-/.]|年)(\d{1,2})月?")
MONEY_TEXT: Final = re.compile(r"(?:人民币|[¥￥])?([-+]?[\d,]+(?:\.\d+)?)(亿|万|千)?元?整?")
FACTORS: Final = {"亿": 10**8, "万": 10**4, "千": 10**3, "": 1}
TRUE_WORDS: Final = frozenset({"是", "有", "√", "✓", "✔", "对", "y", "yes", "true", "1", "已", "具备", "健全", "一线"})
FALSE_WORDS: Final = frozenset(
    {"否", "无", "×", "✗", "✘", "错", "n", "no", "false", "0", "未", "不具备", "没有", "非一线"}
)
EMPTY_WORDS: Final = frozenset({"", "-", "—", "/", "\\", "无数据"})
LONGEST_EMPTY: Final = max(map(len, EMPTY_WORDS))
# Characters that are not seen: no-width spaces, marks of direction and byte order.
UNSEEN: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
HAN_DIGITS: Final = str.maketrans("〇○零一二三四五六七八九", "000123456789")
HAN_DATE: Final = re.compile(
    "([〇○零一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十廿卅]{1,3})日)?)?"
)
HAN_GAP: Final = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
MOBILE_IN_PARTS: Final = re.compile(r"1\d{2}-\d{4}-\d{4}")
SEPARATORS: Final = re.compile(r"[、，,;；\n]+")


NO_DAY: Final = "没有写明是哪一天。请补全，或返回勾选“只写到月的日期，按当月1日”"
ONLY_YEAR: Final = "只写到年，没有写明是哪一天。请补全，如 2026-09-01"
FAULTY: Final = "公式出错，没有结果。请改正公式，或直接填写内容"
UNCOUNTED: Final = "公式还没有算出结果。请用 WPS 或 Excel 打开这个文件，保存一次再导入"


class BadCellError(ValueError):
    """Why a cell cannot be taken, in words."""


class UnknownWordError(BadCellError):
    """A word that stands for none of a column's choices, or for several: a person can say which one is meant."""

    def __init__(self, word: str, choices: tuple[str, ...]) -> None:
        super().__init__(f"应为以下之一：{'、'.join(filter(None, choices))}")
        self.word = word


def is_empty(value: Any) -> bool:
    """Tell whether a cell says nothing: blank, or one of the dashes people put for nothing."""
    if not isinstance(value, str):
        return value is None
    text = value.strip()
    return len(text) <= LONGEST_EMPTY and folded(text) in EMPTY_WORDS


def folded(text: str) -> str:
    """Return text with full-width digits and letters made half-width and no space around."""
    return unicodedata.normalize("NFKC", text).strip()


def _tight(text: str) -> str:
    """Return what is written of a number: half-width, without spaces and the mark that made a text of it."""
    return re.sub(r"\s+", "", folded(text)).lstrip("'")


def read_cell(column: Column, value: Any, factor: int = 1) -> Any:
    """Return the value of a filled cell; `factor` is what the head says a plain number counts (万元 → 10000).

    Dates come out as `YYYY-MM-DD`, money and decimals as text with two places, the rest as text, int, bool or list.
    """
    if isinstance(value, float) and not math.isfinite(value):
        raise BadCellError("不是数字")
    if isinstance(value, BrokenCell):
        raise BadCellError(UNCOUNTED if value.startswith("=") else FAULTY)
    return READERS[column.kind](column, value, factor)


def read_text(_column: Column, value: Any, _factor: int = 1) -> str:
    """Return text as it stands; a number as it is written without a decimal point, a date as a date."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number_text(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    return UNSEEN.sub("", str(value)).strip()


def _number_text(value: float) -> str:
    if isinstance(value, float) and not value.is_integer():
        return repr(value)
    if abs(value) >= 10**EXACT_DIGITS:
        raise BadCellError(
            f"以数字格式存放，超过{EXACT_DIGITS}位，后面的数字已经丢失。请把这一列设为“文本”格式，重新填写原来的号码"
        )
    return str(int(value))


def read_name(column: Column, value: Any, _factor: int = 1) -> str:
    """Return a name without the spaces that align two-character names with three-character ones."""
    if isinstance(value, str) and value.isalnum() and unicodedata.is_normalized("NFC", value):
        return value
    text = HAN_GAP.sub("", unicodedata.normalize("NFC", read_text(column, value)))
    return re.sub(r"\s+", " ", text)


def read_code(column: Column, value: Any, _factor: int = 1) -> str:
    """Return an identifying number: half-width, no spaces; lost digits are refused."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        # Most numbers are written as they should be.
        return value
    text = re.sub(r"\s+", "", folded(read_text(column, value)))
    if re.fullmatch(r"[\d.]+E\+?\d+", text, re.IGNORECASE):
        raise BadCellError("是科学记数法，后面的数字已经丢失。请把这一列设为“文本”格式，重新填写原来的号码")
    text = text.lstrip("'")
    return text.replace("-", "") if MOBILE_IN_PARTS.fullmatch(text) else text


def read_date(_column: Column, value: Any, _factor: int = 1) -> str:
    """Return a date given as a date, a serial number, eight digits or text in any usual way."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _date_of_number(float(value))
    text = _in_digits(re.sub(r"(?<=\D)\s+|\s+(?=\D)", "", folded(UNSEEN.sub("", str(value)).lstrip("'"))))
    found = DATE_TEXT.fullmatch(text)
    if found:
        return _date(*map(int, found.groups()))
    if text.isascii() and text.isdigit() and len(text) <= 8:
        return _date_of_number(float(text))
    if MONTH_TEXT.fullmatch(text):
        only = ONLY_MONTH.fullmatch(text)
        if only is None:
            raise BadCellError(ONLY_YEAR)
        raise BadCellError(NO_DAY if 1 <= int(only[2]) <= 12 else "没有这个月份")
    raise BadCellError("不是日期。请写成 2026-09-01 或 2026年9月1日")


def _in_digits(text: str) -> str:
    """Return a date in Chinese figures (二〇二四年五月) with digits; any other text as it is."""
    found = HAN_DATE.fullmatch(text)
    if not found:
        return text
    year, *parts = found.groups()
    marks = zip((_han_number(part) for part in parts if part), "月日", strict=False)
    return year.translate(HAN_DIGITS) + "年" + "".join(f"{number}{mark}" for number, mark in marks)


def _han_number(text: str) -> int:
    tens, _, ones = text.replace("廿", "二十").replace("卅", "三十").rpartition("十")
    first = 10 * int((tens or "一").translate(HAN_DIGITS)) if "十" in text or "廿" in text or "卅" in text else 0
    return first + int((ones or "零").translate(HAN_DIGITS))


def read_month(column: Column, value: Any, factor: int = 1) -> str:
    """Return a date as `read_date` does; one that tells only the month stands for its first day."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 1850 <= value < 2201 and value % 1:
        # A decimal fraction cannot tell January (1949.1) from October (1949.10).
        text = repr(round(float(value), 2))
        if text.endswith(".1"):
            raise BadCellError("分不清是1月还是10月。请写成 2026-01 或 2026-10")
    else:
        text = _in_digits(re.sub(r"\s+", "", folded(UNSEEN.sub("", str(value)))))
    found = ONLY_MONTH.fullmatch(text)
    if found:
        return _date(int(found[1]), int(found[2]), 1)
    return read_date(column, value, factor)


def _date_of_number(number: float) -> str:
    whole = int(number)
    if whole in SERIALS:
        return (SERIAL_ZERO + timedelta(whole)).isoformat()
    if 18_500_101 <= whole <= 22_001_231:
        return _date(whole // 10000, whole // 100 % 100, whole % 100)
    if 1850 <= number < 2201:
        raise BadCellError(ONLY_YEAR if number == whole else NO_DAY)
    raise BadCellError("不是日期。请写成 2026-09-01 或 2026年9月1日")


def _date(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise BadCellError("不是存在的日期") from error


def read_money(_column: Column, value: Any, factor: int = 1) -> str:
    """Return 元 with two places; the cell's own 万 or 元 goes before what the head says."""
    if isinstance(value, str):
        found = MONEY_TEXT.fullmatch(_tight(value))
        if not found:
            raise BadCellError("不是金额。请只填数字，如 50000.00")
        own = value.rstrip().endswith(("元", "整")) or found[2]
        number, factor = found[1].replace(",", ""), FACTORS[found[2] or ""] if own else factor
        return _two_places(number, factor, "金额最多到分（两位小数）")
    return _two_places(_plain_number(value), factor, "金额最多到分（两位小数）")


def read_decimal(column: Column, value: Any, _factor: int = 1) -> str:
    """Return a number of at most two places, its unit dropped."""
    if isinstance(value, str):
        text = _tight(value).replace(",", "")
        text = re.sub(r"(?:平方米|平米|㎡|m²|m2)$", "", text.removesuffix(folded(column.unit)))
        return _two_places(text, 1, "最多两位小数")
    return _two_places(_plain_number(value), 1, "最多两位小数")


def _plain_number(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadCellError("应为数字")
    # A sum worked out by the spreadsheet carries noise far behind the places that it shows.
    return repr(round(value, 6))


def _two_places(text: str, factor: int, too_fine: str) -> str:
    try:
        amount = Decimal(text) * factor
        exact = amount.quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise BadCellError("应为数字") from error
    if exact != amount:
        raise BadCellError(too_fine)
    return str(exact)


def read_number(column: Column, value: Any, _factor: int = 1) -> int:
    """Return a whole number, its counting word dropped."""
    if isinstance(value, str):
        text = _tight(value).replace(",", "")
        text = re.sub(r"(?:\.0+)?(?:人|个|项|名|年|次|页)?$", "", text.removesuffix(folded(column.unit)))
        if not re.fullmatch(r"[-+]?\d{1,15}", text):
            raise BadCellError("应为整数")
        return int(text)
    if isinstance(value, bool) or not isinstance(value, int | float) or not float(value).is_integer():
        raise BadCellError("应为整数")
    return int(value)


def read_bool(_column: Column, value: Any, _factor: int = 1) -> bool:
    """Return yes or no from any of the words and ticks people use."""
    if isinstance(value, bool):
        return value
    word = folded(read_text(_column, value)).lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise BadCellError("应填“是”或“否”")


def read_choice(column: Column, value: Any, _factor: int = 1) -> str:
    """Return the choice that is meant: itself, a synonym, or the only one that begins so."""
    word = re.sub(r"\s+", "", read_text(column, value))
    if word in column.choices:
        return word
    if word in column.synonyms:
        return column.synonyms[word]
    begins = [choice for choice in column.choices if choice and (choice.startswith(word) or word.startswith(choice))]
    # 大学本科 is 本科; the other way round a part of a word may mean anything.
    holds = [choice for choice in column.choices if len(choice) > 1 and choice in word]
    for found in (begins, holds):
        if len(found) == 1:
            return found[0]
    raise UnknownWordError(word, column.choices)


def read_list(column: Column, value: Any, _factor: int = 1) -> list[str]:
    """Return the words between 、 commas or line breaks."""
    words = [word.strip() for word in SEPARATORS.split(read_text(column, value))]
    read = [read_choice(column, word) if column.choices else word for word in words if word]
    # A word may have been said to stand for nothing.
    return [word for word in read if word]


READERS: Final[dict[str, Callable[[Column, Any, int], Any]]] = {
    "text": read_text,
    "name": read_name,
    "code": read_code,
    "date": read_date,
    "month": read_month,
    "money": read_money,
    "decimal": read_decimal,
    "number": read_number,
    "bool": read_bool,
    "choice": read_choice,
    "list": read_list,
}
