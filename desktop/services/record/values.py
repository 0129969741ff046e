"""Reading the values that people and programs give for fields; every refusal names the field and the value."""

import json
import math
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from desktop.errors import BadInput
from desktop.services.record.fields import DATE_PATTERN, MONEY_PATTERN, UUID_PATTERN, FieldSpec

GREATEST_NUMBER: Final = 2**53 - 1
YEARS: Final = range(1850, 2201)
USUAL_ID: Final = re.compile(UUID_PATTERN.strip("^$"), re.ASCII | re.IGNORECASE)
PLAIN_DATE: Final = re.compile(DATE_PATTERN, re.ASCII)
PLAIN_MONEY: Final = re.compile(MONEY_PATTERN, re.ASCII)
# Control characters break papers, workbooks and packages; lone surrogates cannot be stored.
UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

LINE_BREAK: Final = re.compile("[\n\u0085\u2028\u2029]")


def refuse(spec: FieldSpec, value: Any, reason: str) -> BadInput:
    """Return the refusal of a value, naming its field."""
    return BadInput(f"“{spec.title}”（{spec.name}）{reason}；给出的是{shown(value)}。", f"{spec.noun}.{spec.name}")


def shown(value: Any) -> str:
    """Return a value as it is quoted in a message, cut to a readable length."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "…"


def read(spec: FieldSpec, value: Any) -> Any:
    """Return the stored form of a JSON value; raises BadInput naming field, value and what was expected."""
    if value is None or (value == "" and spec.type not in {"text", "json"}):
        return _read_nothing(spec, value)
    result = READERS[spec.type](spec, value)
    if spec.choices and spec.type != "list" and result not in spec.choices:
        raise refuse(spec, value, f"应为以下之一：{'、'.join(choice or '（空）' for choice in spec.choices)}")
    if spec.required and result == "":
        raise refuse(spec, value, "不能为空")
    return result


def _read_nothing(spec: FieldSpec, value: Any) -> Any:
    if spec.required:
        raise refuse(spec, value, "不能为空")
    return None if spec.nullable else spec.fresh()


def read_text(spec: FieldSpec, value: Any) -> str:
    """Return text without space around it; a name is one line, and no text longer than its field takes."""
    if not isinstance(value, str):
        raise refuse(spec, value, "应为文字")
    text = value.replace("\r\n", "\n").strip()
    if UNPRINTABLE.search(text):
        raise refuse(spec, value, "含有不能打印的控制字符，请删去后再填")
    if spec.one_line and LINE_BREAK.search(text):
        raise refuse(spec, value, "里有换行，请写成一行")
    if spec.longest and len(text) > spec.longest:
        raise refuse(spec, value, f"有{len(text)}个字，最多{spec.longest}个字，请缩短")
    return text


def read_date(spec: FieldSpec, value: Any) -> date:
    """Return the date in `YYYY-MM-DD`."""
    if not isinstance(value, str) or not PLAIN_DATE.fullmatch(value):
        raise refuse(spec, value, "应为日期，写成 2026-09-01 的样子")
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise refuse(spec, value, "不是存在的日期") from error
    if day.year not in YEARS:
        raise refuse(spec, value, f"年份应在{YEARS.start}至{YEARS.stop - 1}之间")
    return day


def read_money(spec: FieldSpec, value: Any) -> int:
    """Return 分 from 元 given as a decimal string or a number with at most two places."""
    fen = _hundredths(spec, value, "应为金额（元），最多两位小数，如 50000.00")
    if fen < 0 and not spec.signed:
        raise refuse(spec, value, "不能小于0")
    return fen


def read_decimal(spec: FieldSpec, value: Any) -> Decimal:
    """Return a decimal of at most two places, not below zero."""
    hundredths = _hundredths(spec, value, "应为数字，最多两位小数")
    if hundredths < 0:
        raise refuse(spec, value, "不能小于0")
    return Decimal(hundredths) / 100


def _hundredths(spec: FieldSpec, value: Any, reason: str) -> int:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise refuse(spec, value, reason)
    if isinstance(value, str) and not PLAIN_MONEY.fullmatch(value):
        raise refuse(spec, value, reason)
    try:
        scaled = Decimal(str(value)) * 100
        exact = int(scaled.to_integral_exact())
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise refuse(spec, value, reason) from error
    if scaled != exact:
        raise refuse(spec, value, reason)
    if abs(exact) > GREATEST_NUMBER:
        raise refuse(spec, value, "数值过大")
    return exact


def read_number(spec: FieldSpec, value: Any) -> int:
    """Return a whole number, not below zero."""
    whole = isinstance(value, int) or (isinstance(value, float) and math.isfinite(value) and value.is_integer())
    if isinstance(value, bool) or not whole:
        raise refuse(spec, value, "应为整数")
    number = int(value)
    if not 0 <= number <= GREATEST_NUMBER:
        raise refuse(spec, value, "不能小于0，也不能过大")
    if (spec.name == "year" or spec.name.endswith("_year")) and number not in YEARS:
        raise refuse(spec, value, "应为四位年份，如 2026")
    return number


def read_bool(spec: FieldSpec, value: Any) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise refuse(spec, value, "应为是（true）或否（false）")
    return value


def read_list(spec: FieldSpec, value: Any) -> list[str]:
    """Return a list of words, each one of the choices when there are any."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise refuse(spec, value, "应为文字的列表")
    words = [read_text(spec, item) for item in value]
    wrong = [word for word in words if spec.choices and word not in spec.choices]
    if wrong:
        raise refuse(spec, wrong[0], f"各项应为以下之一：{'、'.join(spec.choices)}")
    return [word for word in words if word]


def read_reference(spec: FieldSpec, value: Any) -> str:
    """Return a record id in its usual form; whether it exists is asked later."""
    if not isinstance(value, str) or not is_id(value):
        raise refuse(spec, value, "应为所指记录的编号（UUID）")
    return value.lower()


def is_id(value: str) -> bool:
    """Tell whether a text is a UUID in its usual form of 36 characters."""
    return USUAL_ID.fullmatch(value) is not None


def read_json(spec: FieldSpec, value: Any) -> Any:
    """Return JSON as it is; numbers that JSON cannot carry are refused."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise refuse(spec, str(value), "不是可以保存的内容") from error
    if UNPRINTABLE.search(text):
        raise refuse(spec, "…", "含有不能保存的字符")
    if spec.default == {} and not isinstance(value, dict):
        raise refuse(spec, value, "应为对象")
    return value


READERS: Final[dict[str, Callable[[FieldSpec, Any], Any]]] = {
    "text": read_text,
    "date": read_date,
    "money": read_money,
    "decimal": read_decimal,
    "number": read_number,
    "bool": read_bool,
    "list": read_list,
    "reference": read_reference,
    "json": read_json,
}
