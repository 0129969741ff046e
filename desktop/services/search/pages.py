"""The list's columns, and its values page by page: all that the first paint asks of the register.

Plain `sqlite3` on purpose: the first page must be on the screen before anything heavy is imported.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from desktop.errors import StorageFault
from desktop.models import cipher

Rows = Sequence[int]


class Column(NamedTuple):
    """A column of the registry: `kind` is text, date, area or count; `width` in pixels at 100 %."""

    key: str
    title: str
    width: int
    kind: str
    sql: str
    sort: str
    shown: bool = True


_MEMBERS = "(SELECT count(*) FROM members m WHERE m.workroom_id = w.id AND m.left_on IS NULL)"
_OUTCOMES = "(SELECT count(*) FROM outcomes o WHERE o.workroom_id = w.id)"
COLUMNS: Final = (
    Column("name", "工作室名称", 300, "text", "w.name", "k.name_sort"),
    Column("unit", "所在单位", 220, "text", "u.name", "k.unit_sort"),
    Column("leader", "领衔人", 84, "text", "p.name", "k.leader_sort"),
    Column("level", "级别", 72, "text", "w.level", "instr('单位级县级市级省级国家级', w.level)"),
    Column("state", "状态", 84, "text", "w.state", "w.state"),
    Column("kind", "类型", 84, "text", "w.kind", "w.kind"),
    Column("established_on", "开始运行", 108, "date", "w.established_on", "w.established_on"),
    Column("members", "成员", 60, "count", _MEMBERS, _MEMBERS),
    Column("outcomes", "成果", 60, "count", _OUTCOMES, _OUTCOMES),
    Column("industry", "行业", 110, "text", "w.industry", "w.industry"),
    Column("region", "所在地区", 110, "text", "w.region", "w.region"),
    Column("named_on", "命名日期", 108, "date", "w.named_on", "w.named_on", shown=False),
    Column("venue_area_sqm", "场地面积", 90, "area", "w.venue_area_sqm / 100.0", "w.venue_area_sqm", shown=False),
    Column("office", "所属工会", 180, "text", "f.name", "f.name", shown=False),
    Column("contact", "联系人", 84, "text", "w.contact", "w.contact", shown=False),
    Column("phone", "联系电话", 120, "text", "w.phone", "w.phone", shown=False),
    Column("note", "备注", 200, "text", "w.note", "w.note", shown=False),
    Column("id", "编号", 280, "text", "w.id", "w.id", shown=False),
)
BY_KEY: Final = {column.key: column for column in COLUMNS}
JOINED: Final = (
    " FROM workroom_keys k JOIN workrooms w ON w.id = k.workroom_id LEFT JOIN units u ON u.id = w.unit_id"
    " LEFT JOIN people p ON p.id = w.leader_id LEFT JOIN offices f ON f.id = w.office_id"
)


@contextmanager
def connected(source: Path | sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Lend a connection that only reads: the one given, or one to a file for as long as it is needed."""
    if not isinstance(source, Path):
        yield source
        return
    with closing(open_reader(source)) as connection:
        yield connection


def open_reader(path: Path) -> sqlite3.Connection:
    """Return a connection that only reads; keep one open for paging."""
    return cipher.connect(path, read_only=True, check_same_thread=False, timeout=10)


def first_page(
    source: Path | sqlite3.Connection, columns: Sequence[str], limit: int = 60
) -> tuple[int, list[tuple[Any, ...]]]:
    """Return how many workrooms there are and the first rows in the order of names, for the first paint.

    StorageFault where the file cannot be read like this: damaged, locked, or of an older program.
    """
    try:
        with connected(source) as connection:
            (total,) = connection.execute("SELECT count(*) FROM workroom_keys").fetchone()
            found = connection.execute("SELECT row FROM workroom_keys ORDER BY name_sort, row LIMIT ?", (limit,))
            rows = [row for (row,) in found]
            return total, page(connection, rows, columns)
    except cipher.errors("Error") as error:
        raise StorageFault(f"现在还读不出台账：{error}。请等数据库打开，或检查数据库文件。", "registry") from error


def page(source: Path | sqlite3.Connection, rows: Rows, columns: Sequence[str] | None = None) -> list[tuple[Any, ...]]:
    """Return the shown values of some rows, in the order asked; a row deleted meanwhile is left out."""
    found = values_by_row(source, rows, columns)
    return [found[row] for row in rows if row in found]


def values_by_row(
    source: Path | sqlite3.Connection, rows: Rows, columns: Sequence[str] | None = None
) -> dict[int, tuple[Any, ...]]:
    """Return the shown values of some rows, each by its row's number; a row deleted meanwhile is left out."""
    names = columns if columns is not None else [column.key for column in COLUMNS if column.shown]
    selected = ", ".join(BY_KEY[name].sql for name in names)
    marks = ", ".join("?" * len(rows))
    query = f"SELECT k.row, {selected}{JOINED} WHERE k.row IN ({marks})"
    with connected(source) as connection:
        return {row: tuple(values) for row, *values in connection.execute(query, tuple(rows))}
