"""Strict reading of TOML tables: every key is expected, every value has its type, errors name file, line and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from desktop.errors import BadRegulation

T = TypeVar("T")
LIMIT = 10**12
MAX_BYTES = 4_000_000


class Source:
    """The text a table came from, for finding the line of a key; `name` is the file's name."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self._lines = text.splitlines()

    def refuse(self, message: str, owner: str = "", key: str = "") -> NoReturn:
        """Raise BadRegulation for a key of one entry (`owner` is the entry's id or heading)."""
        line = self._line(owner, key)
        place = "·".join(part for part in (owner, key) if part)
        where = f"{self.name}" + (f" 第{line}行" if line else "") + (f" {place}" if place else "")
        raise BadRegulation(f"办法文件“{self.name}”有误：{place + '：' if place else ''}{message}", where)

    def _line(self, owner: str, key: str) -> int:
        start = self._find(re.compile(rf'"{re.escape(owner)}"'), 0) if owner else 0
        if owner and not start:
            start = self._find(re.compile(re.escape(owner)), 0)
        if not key:
            return start
        last = key.rsplit(".", 1)[-1].split("[")[0]
        return self._find(re.compile(rf'(?:^|[\s{{,\[."]){re.escape(last)}"?\s*[=\]]'), max(start - 1, 0)) or start

    def _find(self, pattern: re.Pattern[str], start: int) -> int:
        for number, line in enumerate(self._lines[start:], start + 1):
            if pattern.search(line):
                return number
        return 0


def parse(name: str, text: str) -> tuple[dict[str, Any], Source]:
    """Parse TOML text (decimals stay exact) or raise BadRegulation naming the file and line."""
    source = Source(name, text)
    try:
        return tomllib.loads(text, parse_float=Decimal), source
    except RecursionError:
        source.refuse("层层嵌套过深，无法读取。")
    except ValueError as error:
        source.refuse(_syntax(str(error)))


def _syntax(error: str) -> str:
    place = re.search(r"at line (\d+), column (\d+)", error)
    where = f"第{place[1]}行第{place[2]}列" if place else ""
    if "overwrite" in error or "declare" in error or "redefin" in error:
        return f"{where}的键或表重复写了两次，请删去一处。"
    if "digit" in error and not place:
        return "其中有一个数字太长，请改为实际数额。"
    return f"{where or '某处'}不合 TOML 格式，请对照格式说明改正。"


def read_text(path: Path) -> str:
    """Return the UTF-8 text of a file or raise BadRegulation."""
    try:
        data = path.read_bytes()
    except OSError:
        raise BadRegulation(f"读不到办法文件“{path.name}”，请检查文件是否存在、是否有权限。", path.name) from None
    if len(data) > MAX_BYTES:
        raise BadRegulation(f"办法文件“{path.name}”超过 4 MB，不像是办法文件。", path.name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadRegulation(f"办法文件“{path.name}”不是 UTF-8 编码，请另存为 UTF-8。", path.name) from None


class Table:
    """One table under strict reading: keys are taken one by one, `done` refuses whatever is left."""

    def __init__(self, source: Source, data: object, owner: str, prefix: str = "") -> None:
        self.source, self.owner, self.prefix = source, owner, prefix
        if not isinstance(data, dict):
            source.refuse("这里应是一张表（键 = 值）。", owner, prefix)
        self._data: dict[str, Any] = data
        self._taken: set[str] = set()

    def refuse(self, message: str, key: str = "") -> NoReturn:
        """Raise BadRegulation for one key of this table."""
        self.source.refuse(message, self.owner, self.path(key))

    def path(self, key: str) -> str:
        """Return a key with the path of the tables around it."""
        return ".".join(part for part in (self.prefix, key) if part)

    def has(self, key: str) -> bool:
        """Say whether the key is written in the file."""
        return key in self._data

    def names(self) -> tuple[str, ...]:
        """Return the keys written in the file."""
        return tuple(self._data)

    def take(self, key: str) -> Any:
        """Return a required value unread; refuse when the key is missing."""
        self._taken.add(key)
        if key not in self._data:
            self.refuse(f"缺少必需的键“{key}”。", key)
        return self._data[key]

    def done(self) -> None:
        """Refuse keys that nobody asked for."""
        for key in self._data:
            if key not in self._taken:
                self.refuse(f"有不认识的键“{key}”，请检查拼写。", key)

    def word(self, key: str, default: str | None = None) -> str:
        """Return a non-empty text; a `default` makes the key optional and allows an empty text."""
        if default is not None and not self.has(key):
            return default
        value = self.take(key)
        if not isinstance(value, str) or (default is None and not value.strip()):
            self.refuse("这里应是一段文字（不能为空）。" if default is None else "这里应是一段文字。", key)
        return str(value)

    def choice(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """Return a text that is one of the allowed words."""
        value = self.word(key, default)
        if value not in allowed:
            self.refuse(f"“{value}”不在允许的取值之内，应为：{'、'.join(allowed)}。", key)
        return value

    def words(self, key: str, default: tuple[str, ...] | None = None, empty: bool = False) -> tuple[str, ...]:
        """Return a list of distinct non-empty texts; required lists must not be empty unless `empty`."""
        if default is not None and not self.has(key):
            return default
        value = self.take(key)
        if not isinstance(value, list) or not all(isinstance(part, str) and part.strip() for part in value):
            self.refuse("这里应是一组文字，如 [“甲”, “乙”]。", key)
        if not value and not empty:
            self.refuse("这里不能是空的一组。", key)
        if len(set(value)) != len(value):
            self.refuse("这一组里有重复的词。", key)
        return tuple(value)

    def flag(self, key: str, default: bool | None = None) -> bool:
        """Return true or false."""
        if default is not None and not self.has(key):
            return default
        value = self.take(key)
        if not isinstance(value, bool):
            self.refuse("这里应是 true 或 false。", key)
        return bool(value)

    def number(self, key: str) -> Decimal:
        """Return an exact number of at most two decimal places within ±10¹²."""
        value = self.take(key)
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            self.refuse("这里应是一个数。", key)
        number = Decimal(value)
        if not number.is_finite() or abs(number) > LIMIT:
            self.refuse("这个数太大或不是实数，请改为实际数额。", key)
        if number != round(number, 2):
            self.refuse("这个数的小数超过两位。", key)
        return number

    def count(self, key: str, least: int = 0) -> int:
        """Return a whole number of at least `least`."""
        number = self.number(key)
        if number != int(number) or isinstance(self._data[key], Decimal):
            self.refuse("这里应是整数。", key)
        if number < least:
            self.refuse(f"这里不能小于{least}。", key)
        return int(number)

    def fen(self, key: str) -> int:
        """Return an amount of 元 as 分; negative amounts are refused."""
        number = self.number(key)
        if number < 0:
            self.refuse("金额不能为负。", key)
        return int(number * 100)

    def day(self, key: str, default: date | None = None, empty: bool = False) -> date | None:
        """Return a date written "2026-05-26"; an empty text means unknown where `empty` allows it."""
        if not self.has(key) and default is not None:
            return default
        value = self.word(key, "" if empty and self.has(key) else None)
        if empty and not value:
            return None
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            self.refuse("日期应写成“2026-05-26”的样子。", key)
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.refuse(f"没有“{value}”这一天。", key)

    def table(self, key: str) -> Table:
        """Return a required inner table."""
        return Table(self.source, self.take(key), self.owner, self.path(key))

    def tables(self, key: str, required: bool = False) -> list[Table]:
        """Return an array of tables; empty when an optional key is missing."""
        if not required and not self.has(key):
            return []
        value = self.take(key)
        if not isinstance(value, list) or (required and not value):
            self.refuse("这里应是一组表。", key)
        return [Table(self.source, part, self.owner, f"{self.path(key)}[{n}]") for n, part in enumerate(value, 1)]

    def mapping(self, key: str) -> Mapping[str, str]:
        """Return an optional table of texts."""
        if not self.has(key):
            return {}
        inner = self.table(key)
        return {name: inner.word(name) for name in inner.names()}


def each(tables: list[Table], read: Callable[[Table], T]) -> tuple[T, ...]:
    """Read every table of an array with one reader."""
    return tuple(read(table) for table in tables)
