"""Money between 分 inside and 元 outside."""

from decimal import Decimal, InvalidOperation

from desktop.errors import BadInput
from desktop.rules import phrases


def yuan(amount_fen: int) -> str:
    """Return 分 as a string of 元 with two places, as JSON carries it: 5000000 → 50000.00."""
    return phrases.plain_yuan(amount_fen)


def grouped_yuan(amount_fen: int) -> str:
    """Return 分 as a string of 元 with separators, as people read it: 5000000 → 50,000.00."""
    return phrases.yuan(amount_fen).removesuffix("元")


def fen(amount: object) -> int:
    """Return 元, given as text or number, as 分; BadInput when it is no amount or finer than a 分."""
    try:
        hundredths = Decimal(str(amount).replace(",", "").strip()) * 100
    except InvalidOperation as error:
        raise BadInput(f"金额写法不对：{amount}。应为 5000 或 5000.00 这样的写法。", "amount_yuan") from error
    if not hundredths.is_finite() or hundredths != hundredths.to_integral_value():
        raise BadInput(f"金额写法不对：{amount}。最多写到分（两位小数）。", "amount_yuan")
    return int(hundredths)
