"""What a person types for a fact, read into the value that the rules judge, and written back as text."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from desktop.errors import BadInput

MOST = Decimal(10) ** 12
SEPARATORS = re.compile(r"[、，,；;\n]+")
FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－／", "0123456789.,-/")
WRITTEN_DATE = re.compile(r"^\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?\s*$")
PACKED_DATE = re.compile(r"^\s*(\d{4})(\d{2})(\d{2})\s*$")


def read_value(kind: str, text: str) -> Any:
    """Return the fact's value for what was typed, None when nothing was; BadInput says what to type instead."""
    text = text.strip()
    if not text:
        return None
    if kind == "date":
        return read_date(text).isoformat()
    if kind in ("count", "year"):
        return _whole(text)
    if kind in ("number", "money"):
        return _number(text)
    if kind in ("list<str>", "list<date>"):
        words = [word.strip() for word in SEPARATORS.split(text) if word.strip()]
        return [read_date(word).isoformat() for word in words] if kind == "list<date>" else words
    return text


def write_value(kind: str, value: Any) -> str:
    """Return a fact's value as a person would type it."""
    if value is None:
        return ""
    if kind == "date":
        return written_date(str(value))
    if isinstance(value, list):
        words = (written_date(str(item)) if kind == "list<date>" else str(item) for item in value)
        return "、".join(words)
    return str(value)


def read_date(text: str) -> date:
    """Read 2026-9-1, 2026/9/1, 2026.9.1, 20260901 or 2026年9月1日."""
    found = PACKED_DATE.match(text.translate(FULL_WIDTH)) or WRITTEN_DATE.match(text.translate(FULL_WIDTH))
    if found is None:
        raise BadInput("日期写成 2026年9月1日 或 2026-9-1。")
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        raise BadInput(f"没有“{text.strip()}”这一天，请核对年月日。") from None


def written_date(iso: str) -> str:
    """Write 2026-09-01 as 2026年9月1日; anything else stays as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.year}年{day.month}月{day.day}日"


def _whole(text: str) -> int:
    value = _number(text)
    if value != int(value):
        raise BadInput("这里填整数，例如 5。")
    return int(value)


def _number(text: str) -> int | float:
    plain = text.translate(FULL_WIDTH).replace(",", "").removesuffix("元").strip()
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise BadInput("这里填数字，例如 25 或 25.5。") from None
    if not value.is_finite() or abs(value) > MOST:
        raise BadInput("数字太大，请核对单位。")
    return int(value) if value == value.to_integral_value() else float(value)
