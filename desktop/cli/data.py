"""Commands over the records: listing, reading, changing, judging, advancing them, and their history."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from desktop.cli.parser import Commands, argument, condition
from desktop.services import application, check, course, records, store
from desktop.services.journal import history


def register(commands: Commands) -> None:
    """Add nouns, list, get, put, delete, judge, advance, history."""
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
    commands.add("judge", "检查一份已存的申报", judge, argument("id", metavar="申报编号"))
    commands.add(
        "advance",
        "把一条记录办到下一环节；条件不符、缺少事实或缺少理由时拒绝",
        advance,
        noun,
        record,
        argument("--to", required=True, metavar="环节"),
        argument("--on", metavar="日期", help="办理日期，默认今天"),
        argument("--reason", default="", metavar="理由", help="与“原则上”“一般”标准不一致时的理由"),
    )
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


def judge(arguments: Namespace) -> Any:
    """Judge a stored application by its records."""
    with reading(arguments) as session:
        return application.verdict_json(session, arguments.id, date.today())


def advance(arguments: Namespace) -> Any:
    """Take a record's next step."""
    on = check.parse_day(arguments.on) or date.today()
    with writing(arguments) as session:
        return course.advance_recorded(
            session, arguments.noun, arguments.id, arguments.to, arguments.operator, on, arguments.reason
        )


def show_history(arguments: Namespace) -> Any:
    """Show every change of one record, one that was deleted included."""
    records.title_of(arguments.noun)
    with reading(arguments) as session:
        changes = history.history(session, arguments.noun, arguments.id)
        if not changes:
            records.get_record(session, arguments.noun, arguments.id)
        return {"changes": [change.as_dict() for change in changes]}
