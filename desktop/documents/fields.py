"""Reading plain data into papers: unknown fields, wrong types and unprintable characters are refused by name."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from desktop.errors import BadInput

FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
BLANKS = " \u3000\u00a0\ufeff"
LONGEST_LINE = 300
LONGEST_TEXT = 20000


class Fields:
    """One object of a paper's data; each reader takes a field once, and `done` refuses what nobody asked for."""

    def __init__(self, data: Any, path: str = "") -> None:
        if not isinstance(data, Mapping):
            raise BadInput(f"{path or '数据'}应是一个对象（字段名和值）。", path)
        self._data, self._path = data, path
        self._known: set[str] = set()

    def path(self, name: str) -> str:
        """Return a field's full name, as errors give it."""
        return f"{self._path}.{name}" if self._path else name

    def has(self, name: str) -> bool:
        """Tell whether a field is given and not null."""
        self._known.add(name)
        return self._data.get(name) is not None

    def raw(self, name: str) -> Any:
        """Return a field as it came, None where it is absent."""
        self._known.add(name)
        return self._data.get(name)

    def text(self, name: str, default: str | None = None, longest: int = LONGEST_LINE) -> str:
        """Return a text of at most `longest` characters; a field without default must be given and not be blank."""
        value = self.raw(name)
        if value is None and default is not None:
            return default
        if value is None:
            raise BadInput(f"缺少字段“{self.path(name)}”。", self.path(name))
        return clean_text(value, self.path(name), longest, blank=default is not None)

    def texts(self, name: str, longest: int = LONGEST_LINE, required: bool = False) -> tuple[str, ...]:
        """Return an array of texts; one text alone counts as an array of one."""
        value = self.raw(name)
        if value is None and not required:
            return ()
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, Sequence):
            raise BadInput(f"“{self.path(name)}”应是文字或文字的列表。", self.path(name))
        if required and not items:
            raise BadInput(f"“{self.path(name)}”不能为空。", self.path(name))
        return tuple(clean_text(item, f"{self.path(name)}[{index}]", longest) for index, item in enumerate(items))

    def day(self, name: str) -> date | None:
        """Return a date written YYYY-MM-DD, or None where it is absent."""
        value = self.raw(name)
        if value is None or isinstance(value, date):
            return value
        try:
            if isinstance(value, str) and len(value) == 10:
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise BadInput(f"“{self.path(name)}”不是日期，应写作2026-09-03，现在是“{value}”。", self.path(name))

    def whole(self, name: str) -> int:
        """Return a whole number."""
        value = self.raw(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise BadInput(f"“{self.path(name)}”应是整数。", self.path(name))
        return value

    def flag(self, name: str, default: bool) -> bool:
        """Return true or false."""
        value = self.raw(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise BadInput(f"“{self.path(name)}”应是 true 或 false。", self.path(name))
        return value

    def choice(self, name: str, choices: Collection[str]) -> str:
        """Return one of the given words, or nothing where the field is absent."""
        value = self.text(name, "")
        if value and value not in choices:
            raise BadInput(f"“{self.path(name)}”只能是{'、'.join(choices)}，现在是“{value}”。", self.path(name))
        return value

    def parts(self, name: str, required: bool = False) -> list["Fields"]:
        """Return an array of objects."""
        value = self.raw(name)
        if value is None and required:
            raise BadInput(f"缺少字段“{self.path(name)}”。", self.path(name))
        if value is None:
            return []
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise BadInput(f"“{self.path(name)}”应是列表。", self.path(name))
        return [Fields(item, f"{self.path(name)}[{index}]") for index, item in enumerate(value)]

    def part(self, name: str) -> "Fields | None":
        """Return an object, or None where the field is absent."""
        value = self.raw(name)
        return None if value is None else Fields(value, self.path(name))

    def done(self) -> None:
        """Refuse the fields that no reader asked for."""
        unknown = [name for name in self._data if name not in self._known]
        if unknown:
            raise BadInput(
                f"不认识的字段“{self.path(str(unknown[0]))}”，可用的有：{'、'.join(sorted(self._known))}。",
                self.path(str(unknown[0])),
            )


def clean_text(value: Any, field: str, longest: int, blank: bool = False) -> str:
    """Return a text without the blanks around it; refuse other types, control marks and overlong text."""
    if not isinstance(value, str):
        raise BadInput(f"“{field}”应是文字。", field)
    text = value.strip(BLANKS)
    if not text and not blank:
        raise BadInput(f"“{field}”是空的，请填写。", field)
    if len(text) > longest:
        raise BadInput(f"“{field}”有{len(text)}个字，最多{longest}个字。", field)
    for char in text:
        if unicodedata.category(char) in FORBIDDEN:
            raise BadInput(_forbidden(char, field), field)
    return text


def _forbidden(char: str, field: str) -> str:
    if char in "\r\n\u2028\u2029":
        return f"“{field}”里有换行，请分成几段填写。"
    return f"“{field}”里有不能印的字符（U+{ord(char):04X} {unicodedata.name(char, '控制字符')}），请删去。"
