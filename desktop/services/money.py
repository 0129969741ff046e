"""Money between 分 inside and 元 outside."""

from decimal import Decimal, InvalidOperation

from desktop.errors import BadInput


def yuan(amount_fen: int) -> str:
    """Return 分 as a string of 元 with two places."""
    sign = "-" if amount_fen < 0 else ""
    return f"{sign}{abs(amount_fen) // 100}.{abs(amount_fen) % 100:02d}"


def fen(amount: object) -> int:
    """Return 元, given as text or number, as 分; BadInput when it is no amount or finer than a 分."""
    try:
        hundredths = Decimal(str(amount).replace(",", "").strip()) * 100
    except InvalidOperation as error:
        raise BadInput(f"金额写法不对：{amount}。应为 5000 或 5000.00 这样的写法。", "amount_yuan") from error
    if not hundredths.is_finite() or hundredths != hundredths.to_integral_value():
        raise BadInput(f"金额写法不对：{amount}。最多写到分（两位小数）。", "amount_yuan")
    return int(hundredths)
