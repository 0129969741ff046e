"""How values are shown to people and read back from what they type: money, dates, numbers, yes and no."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

WIDE: Final = str.maketrans("０１２３４５６７８９．，－／：（）　", "0123456789.,-/:() ")
YES_WORDS: Final = {True: "是", False: "否", None: ""}


def money_text(fen: int | None) -> str:
    """Return 分 as 元 with separators and two places: 5000000 → 50,000.00; None is an empty string."""
    if fen is None:
        return ""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def ten_thousands(fen: int) -> str:
    """Return 分 in 万元 with at most two places: 5000000 → 5."""
    return number_text((Decimal(fen) / 1_000_000).quantize(Decimal("0.01")))


def parse_money(text: str) -> int | None:
    """Return 分 from typed 元 (also 3万, 1.5万元, full-width digits); None when empty; ValueError in Chinese."""
    plain = text.translate(WIDE).replace(",", "").replace("，", "").replace("¥", "").replace("￥", "").strip()
    if not plain:
        return None
    match = re.fullmatch(r"(-?\d+(?:\.\d*)?|-?\.\d+)\s*(万)?\s*元?", plain)
    if match is None:
        raise ValueError(f"“{text.strip()}”不是金额，请填数字，单位元，例如 5000 或 0.5万")
    fen = Decimal(match[1]) * (1_000_000 if match[2] else 100)
    if fen != fen.to_integral_value():
        raise ValueError("金额最多两位小数（到分）")
    if abs(fen) >= 10**15:
        raise ValueError("金额过大，请检查是否多写了零")
    return int(fen)


def date_text(value: date | str | None) -> str:
    """Return a date as 2026年9月1日; None or an empty string stays empty."""
    if not value:
        return ""
    day = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{day.year}年{day.month}月{day.day}日"


def parse_date(text: str) -> date | None:
    """Return the date typed as 2026-9-1, 2026.9.1, 20260901 or 2026年9月1日; None when empty; ValueError in Chinese."""
    plain = text.translate(WIDE).replace(" ", "")
    if not plain:
        return None
    match = re.fullmatch(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?", plain) or re.fullmatch(
        r"(\d{4})(\d{2})(\d{2})", plain
    )
    if match is None:
        raise ValueError(f"“{text.strip()}”不是日期，请按 2026-9-1 或 20260901 填写")
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        raise ValueError(f"没有{match[1]}年{int(match[2])}月{int(match[3])}日这一天，请检查") from None


def parse_number(text: str) -> int | Decimal | None:
    """Return a whole number or a decimal of at most two places; None when empty; ValueError in Chinese."""
    plain = text.translate(WIDE).replace(",", "").strip()
    if not plain:
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise ValueError(f"“{text.strip()}”不是数字，请填写数字") from None
    if not number.is_finite() or abs(number) >= 10**12:
        raise ValueError("数字过大，请检查")
    if number * 100 != (number * 100).to_integral_value():
        raise ValueError("最多两位小数")
    return int(number) if number == number.to_integral_value() else number


def number_text(value: float | Decimal | None) -> str:
    """Return a number without needless zeros: 25.50 → 25.5."""
    if value is None:
        return ""
    return f"{Decimal(str(value)).normalize():f}"


def parse_words(text: str) -> list[str]:
    """Return the words of a list typed with 、 or commas or line ends between them."""
    return [word.strip() for word in re.split(r"[、，,；;\n]", text) if word.strip()]


def fen_of_yuan(yuan: str | float | None) -> int | None:
    """Return 分 from the JSON form of money (a string with two places)."""
    return None if yuan in (None, "") else int(Decimal(str(yuan)) * 100)


def yuan_of_fen(fen: int | None) -> str | None:
    """Return the JSON form of money, a string with two places: equal amounts are equal strings."""
    return None if fen is None else money_text(fen).replace(",", "")


def value_text(value: Any, kind: str = "text") -> str:
    """Return any record value as a table shows it; `kind` as in services' field specs."""
    if value is None or value == "":
        return ""
    if kind == "money":
        return money_text(fen_of_yuan(value))
    if kind == "date":
        return date_text(value)
    if isinstance(value, bool):
        return YES_WORDS[value]
    if isinstance(value, list):
        return "、".join(str(item) for item in value)
    return number_text(value) if kind == "number" else str(value)
