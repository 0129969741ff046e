"""Rows of a list that are no records: blank ones, totals, remarks beneath, the head once more."""

from collections.abc import Sequence
from typing import Any, Final

from desktop.spreadsheets.cells import is_empty
from desktop.spreadsheets.heads import Head

TOTALS: Final = ("合计", "总计", "小计", "共计")
REMARKS: Final = (
    "注",
    "说明",
    "填表",
    "审核",
    "制表",
    "备注:",
    "备注：",
    "单位负责人",
    "填报",
    "联系人",
    "（盖章",
    "(盖章",
)
BEGINNINGS: Final = frozenset(word[0] for word in (*TOTALS, *REMARKS))
FEW: Final = 2


class Aside:
    """Tells which rows are no records: blank, a total, a remark under the list, the head repeated on a new page."""

    def __init__(self, head: Head) -> None:
        self._columns = frozenset(head.columns)
        self._texts = head.texts
        self._words = frozenset(head.texts.values())

    def holds(self, raw: Sequence[Any]) -> bool:
        """Tell whether a row is none."""
        text, place = "", -1
        for index, value in enumerate(raw):
            if isinstance(value, str) and not is_empty(value):
                text, place = value.strip(), index
                break
        # Nearly every row ends here.
        if place in self._columns and text[0] not in BEGINNINGS and text not in self._words:
            return False
        width = len(raw)
        if all(index >= width or is_empty(raw[index]) for index in self._columns):
            # Only a serial number or a remark outside the list's columns.
            return True
        if text.replace(" ", "").startswith(TOTALS) or (text in self._words and self._repeats(raw)):
            return True
        if not text.startswith(REMARKS):
            return False
        filled = [str(value) for value in raw if not is_empty(value)]
        # “填表人：甲　审核人：乙　联系电话：丙” in cells of their own.
        return len(filled) <= FEW or all("：" in value or ":" in value for value in filled)

    def _repeats(self, raw: Sequence[Any]) -> bool:
        """Tell whether a row is the head once more."""
        filled = ((index, value) for index, value in enumerate(raw) if not is_empty(value))
        texts = self._texts
        return all(texts.get(index) == (value.strip() if isinstance(value, str) else value) for index, value in filled)
