"""Commands that take a record along its road: judging it, and its next step."""

from argparse import Namespace
from datetime import date
from typing import Any

from desktop.cli.data import reading, writing
from desktop.cli.parser import Commands, argument
from desktop.services import application, check, course


def register(commands: Commands) -> None:
    """Add judge, advance."""
    commands.add("judge", "检查一份已存的申报", judge, argument("id", metavar="申报编号"))
    commands.add(
        "advance",
        "把一条记录办到下一环节；条件不符、缺少事实或缺少理由时拒绝",
        advance,
        argument("noun", metavar="种类", help="见 nouns"),
        argument("id", metavar="编号"),
        argument("--to", required=True, metavar="环节"),
        argument("--on", metavar="日期", help="办理日期，默认今天"),
        argument("--reason", default="", metavar="理由", help="与“原则上”“一般”标准不一致时的理由"),
    )


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
