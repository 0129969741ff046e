"""Commands over the records: listing, reading and changing them, and their history."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desktop.cli.parser import Commands, argument, condition
from desktop.services import check, records, store
from desktop.services.journal import history


def register(commands: Commands) -> None:
    """Add nouns, list, get, put, delete, history."""
    noun, record = argument("noun", metavar="种类", help="见 nouns"), argument("id", metavar="编号")
    commands.add("nouns", "各种类及其字段（JSON Schema）", lambda _: records.nouns())
    commands.add(
        "list",
        "列出记录",
        list_records,
        noun,
        argument("--where", action="append", type=condition, default=[], metavar="字段=值", help="可多次使用"),
        argument("--search", default="", metavar="文字", help="同台账的搜索：名称、单位、领衔人、拼音首字母"),
        argument("--lines", action="store_true", help="每条输出一行"),
    )
    commands.add("get", "查看一条记录", get, noun, record)
    commands.add("put", "新建或修改记录，全部成功或全部不改", put, noun, argument("file", type=Path, metavar="文件"))
    commands.add("delete", "删除一条记录", delete, noun, record)
    commands.add("history", "一条记录的全部修改", show_history, noun, record)


@contextmanager
def reading(arguments: Namespace) -> Iterator[Any]:
    """Open the chosen database to read."""
    with store.opened(arguments.database) as database, store.reading(database) as session:
        yield session


@contextmanager
def writing(arguments: Namespace) -> Iterator[Any]:
    """Open the chosen database to write; what is done is committed whole or not at all."""
    with store.opened(arguments.database) as database, store.writing(database, arguments.operator) as session:
        yield session


def list_records(arguments: Namespace) -> Any:
    """List records by filter and search."""
    with reading(arguments) as session:
        found = records.list_records(session, arguments.noun, records.conditions(arguments.where), arguments.search)
    return iter(found) if arguments.lines else {arguments.noun: found}


def get(arguments: Namespace) -> Any:
    """Show one record."""
    with reading(arguments) as session:
        return records.get_record(session, arguments.noun, arguments.id)


def put(arguments: Namespace) -> Any:
    """Create or update records."""
    data = check.read_json(arguments.file)
    with writing(arguments) as session:
        return {arguments.noun: records.put_records(session, arguments.noun, data)}


def delete(arguments: Namespace) -> Any:
    """Delete one record."""
    with writing(arguments) as session:
        records.delete_record(session, arguments.noun, arguments.id)
    return {"deleted": arguments.id}


def show_history(arguments: Namespace) -> Any:
    """Show every change of one record, one that was deleted included."""
    records.title_of(arguments.noun)
    with reading(arguments) as session:
        changes = history.history(session, arguments.noun, arguments.id)
        if not changes:
            records.get_record(session, arguments.noun, arguments.id)
        return {"changes": [change.as_dict() for change in changes]}
