"""Shares of a key: any `needed` of them give it back, fewer tell nothing (Shamir's scheme over GF(2^8))."""

import hashlib
import secrets
from collections.abc import Sequence
from typing import Final

from desktop.errors import BadInput

KEY_BYTES: Final = 32
CHECK_BYTES: Final = 4
MOST: Final = 16
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so that what is read off paper is read right."""
_LOOKALIKES: Final = str.maketrans({"I": "1", "L": "1", "O": "0"})
_REDUCER: Final = 0x11B


def split(secret: bytes, needed: int, total: int) -> list[bytes]:
    """Return `total` shares of a 32-byte secret, each of them 35 bytes: needed, place, value (BadInput)."""
    if len(secret) != KEY_BYTES or not 2 <= needed <= total <= MOST:
        raise BadInput(f"份数不对：至少分两份、取两份，最多{MOST}份，取用份数不能多于总份数。", "shares")
    tag = secrets.randbelow(256)
    rows = [[byte, *secrets.token_bytes(needed - 1)] for byte in secret]
    return [bytes([tag, needed, place]) + bytes(_value_at(row, place) for row in rows) for place in range(1, total + 1)]


def combine(shares: Sequence[bytes]) -> bytes:
    """Return the secret of which these are shares (BadInput where they are too few, or not of one splitting).

    Shares that are of one splitting but altered give a wrong secret: the caller checks it against the public key.
    """
    distinct = {share[2]: share for share in shares if len(share) == KEY_BYTES + 3}
    if not distinct or len({share[:2] for share in distinct.values()}) != 1:
        raise BadInput("这些恢复份额不是同一次分出来的。请核对份额上的编号和日期。", "shares")
    needed = next(iter(distinct.values()))[1]
    if len(distinct) < needed:
        raise BadInput(f"恢复份额不够：需要{needed}份不同的份额，现在只有{len(distinct)}份。", "shares")
    chosen = [distinct[place] for place in sorted(distinct)[:needed]]
    return bytes(_at_zero([(share[2], share[byte + 3]) for share in chosen]) for byte in range(KEY_BYTES))


def to_text(share: bytes) -> str:
    """Return a share as groups of five characters to print, to copy by hand and to read back."""
    data = share + hashlib.sha256(b"workroom-desk share\0" + share).digest()[:CHECK_BYTES]
    number = int.from_bytes(data, "big")
    length = -(-len(data) * 8 // 5)
    digits = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))
    return "-".join(digits[start : start + 5] for start in range(0, length, 5))


def from_text(text: str) -> bytes:
    """Read a printed share; small letters, spaces and lookalikes are forgiven, a wrong character is not (BadInput)."""
    digits = "".join(text.split()).replace("-", "").upper().translate(_LOOKALIKES)
    size = KEY_BYTES + 3 + CHECK_BYTES
    refusal = BadInput("恢复份额抄写有误：请逐组核对字符（没有字母 I、L、O、U）。", "share")
    if len(digits) != -(-size * 8 // 5) or set(digits) - set(ALPHABET):
        raise refusal
    number = 0
    for digit in digits:
        number = number << 5 | ALPHABET.index(digit)
    if number >> size * 8:
        raise refusal
    data = number.to_bytes(size, "big")
    share, check = data[:-CHECK_BYTES], data[-CHECK_BYTES:]
    if hashlib.sha256(b"workroom-desk share\0" + share).digest()[:CHECK_BYTES] != check:
        raise refusal
    return share


def _times(left: int, right: int) -> int:
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left & 0x100:
            left ^= _REDUCER
        right >>= 1
    return product


def _inverse(value: int) -> int:
    """Every value but 0 to the 254th power is its inverse."""
    result, power = 1, value
    for bit in range(8):
        if 254 >> bit & 1:
            result = _times(result, power)
        power = _times(power, power)
    return result


def _value_at(row: Sequence[int], place: int) -> int:
    value = 0
    for coefficient in reversed(row):
        value = _times(value, place) ^ coefficient
    return value


def _at_zero(points: Sequence[tuple[int, int]]) -> int:
    value = 0
    for place, found in points:
        weight = 1
        for other, _ in points:
            if other != place:
                weight = _times(weight, _times(other, _inverse(other ^ place)))
        value ^= _times(found, weight)
    return value
