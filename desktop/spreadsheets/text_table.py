"""Reading lists kept as text, values between commas or tabs, in the encodings that office programs write."""

import csv
from io import StringIO
from pathlib import Path
from typing import Final

from desktop.errors import BadInput

ENCODINGS: Final = ("utf-8-sig", "gb18030")
BYTE_ORDER_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
SEPARATORS: Final = "\t,;"
LONGEST_FIELD: Final = 1 << 20


def read_text_table(path: Path) -> list[list[str | None]]:
    """Return the rows of a text file; every value is text, an empty one None. BadInput when it is no text.

    Digits stand in such a file as they were written, so nothing of a long number is lost by reading it here.
    """
    text = _decoded(path)
    csv.field_size_limit(LONGEST_FIELD)
    start = text[:4000]
    separator = max(SEPARATORS, key=start.count)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise BadInput(
            f"{path.name}：读不出这个文本的行列，请用 WPS 或 Excel 另存为 .xlsx 后再导入。", str(path)
        ) from error
    # Programs write ="0123" so that a spreadsheet keeps the zeros.
    return [[_plain(value) or None for value in row] for row in rows]


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    encodings = ("utf-16",) if data.startswith(BYTE_ORDER_MARKS) else ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise BadInput(f"{path.name}：这不是文本，或所用的编码不认识。请用 WPS 或 Excel 另存为 .xlsx 后再导入。", str(path))


def _plain(value: str) -> str:
    value = value.strip()
    return value[2:-1] if len(value) > 2 and value.startswith('="') and value.endswith('"') else value
