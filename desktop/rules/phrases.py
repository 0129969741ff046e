"""Small pieces of Chinese that the messages are made of: money, counts, lists, bounds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

LONGEST_LIST = 6


def yuan(fen: int) -> str:
    """Return 分 as 50,000.00元."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // 100:,}.{fen % 100:02d}元"


def plain_yuan(fen: int) -> str:
    """Return 分 as a decimal text of 元 with two places, as JSON carries it."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // 100}.{fen % 100:02d}"


def figure(value: int | Decimal, unit: str, money: bool = False) -> str:
    """Return a number with its unit; money is given in 分."""
    if money:
        return yuan(int(value))
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text}{unit}"


def percent(part: int, whole: int) -> str:
    """Return a share in percent, cut (not rounded up) after two places, so that 59.99998% never reads 60%."""
    hundredths = int(Fraction(part * 10_000, whole))
    text = f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")
    exact = hundredths * whole == part * 10_000
    return f"{text}%" if exact else f"约{text}%"


def listed(words: Iterable[str]) -> str:
    """Join words with 、; long lists are cut and counted."""
    parts: Sequence[str] = tuple(words)
    if len(parts) > LONGEST_LIST:
        return f"{'、'.join(parts[:LONGEST_LIST])}等{len(parts)}项"
    return "、".join(parts)


def joined(sentences: Iterable[str]) -> str:
    """Join sentences with ；, leaving out empty and repeated ones."""
    return "；".join(dict.fromkeys(part for part in sentences if part))
