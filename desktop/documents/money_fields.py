"""Amounts in a paper's data: 元 as text or number with at most two places, 分 inside."""

from decimal import Decimal, InvalidOperation

from desktop.documents.fields import Fields
from desktop.errors import BadInput

MONEY = {"type": ["string", "number"], "description": "金额，元，最多两位小数"}
LARGEST_FEN = 10**14


def money(fields: Fields, name: str, default: int | None = None) -> int:
    """Return an amount in 分; BadInput when it is missing without default, negative, or finer than a 分."""
    value = fields.raw(name)
    if value is None and default is not None:
        return default
    if value is None:
        raise BadInput(f"缺少字段“{fields.path(name)}”。", fields.path(name))
    try:
        if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
            raise InvalidOperation
        hundredths = Decimal(str(value).replace(",", "")) * 100
    except InvalidOperation as error:
        raise BadInput(f"“{fields.path(name)}”不是金额：{value}。", fields.path(name)) from error
    if not hundredths.is_finite() or hundredths != hundredths.to_integral_value() or not 0 <= hundredths <= LARGEST_FEN:
        raise BadInput(f"“{fields.path(name)}”应是不小于零、最多两位小数的金额，现在是{value}。", fields.path(name))
    return int(hundredths)
