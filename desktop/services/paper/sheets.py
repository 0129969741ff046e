"""The table of a paper as a workbook, for offices that go on calculating in it."""

import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from desktop.documents.kind import Kind, Setting
from desktop.errors import BadInput
from desktop.spreadsheets.table import Column, Table
from desktop.spreadsheets.writer import write_table

Rows = Sequence[Mapping[str, Any]]


def has_table(kind: Kind) -> bool:
    """Tell whether a kind may hold a table: its own rows, or those of an attachment."""
    return bool({"rows", "attachments"} & set(kind.fields["properties"]))


def sheet(kind: Kind, data: Mapping[str, Any]) -> bytes:
    """Return the paper's table as xlsx; BadInput names a wrong field, or says that this paper has no table."""
    kind.pdf(data, Setting())
    table, rows = _own_rows(kind, data) if "rows" in kind.fields["properties"] else _attached(kind, data)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "table.xlsx"
        write_table(table, rows, out)
        return out.read_bytes()


def _column(name: str, title: str, rows: Rows) -> Column:
    if name.endswith("_yuan"):
        return Column(name, title, "money", unit="元")
    # A paper may say 5月 or 2026年起 where others give the day.
    values = [str(row[name]) for row in rows if row.get(name)]
    days = name.endswith(("_on", "dated")) and all(map(_is_day, values))
    return Column(name, title, "date" if days else "text")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _own_rows(kind: Kind, data: Mapping[str, Any]) -> tuple[Table, Rows]:
    # A form without rows yet is printed with its heads alone; so it is as a workbook.
    given = data.get("rows") or ()
    properties = kind.fields["properties"]["rows"]["items"]["properties"]
    columns = tuple(_column(name, schema["title"], given) for name, schema in properties.items())
    rows = [{**row, **{name: str(row[name]) for name in row if name.endswith("_yuan")}} for row in given]
    return Table(kind.id, kind.name, columns), rows


def _attached(kind: Kind, data: Mapping[str, Any]) -> tuple[Table, Rows]:
    for attachment in data.get("attachments") or ():
        if attachment.get("table"):
            names = [str(name) for name in attachment["table"]["columns"]]
            columns = tuple(Column(f"c{index}", name) for index, name in enumerate(names))
            rows = [{f"c{index}": cell for index, cell in enumerate(row)} for row in attachment["table"]["rows"]]
            return Table(kind.id, str(attachment["title"]), columns), rows
    raise BadInput(f"这份“{kind.name}”没有表格，不能输出为 Excel。请输出为 PDF 或 Word。", "attachments")
