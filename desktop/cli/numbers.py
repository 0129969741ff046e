"""Commands over document numbers: the register of every serial, ranges for other PCs, gaps explained."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from desktop.cli.data import reading, writing
from desktop.cli.parser import Commands, argument
from desktop.services.numbering import register as entries
from desktop.services.numbering.sequence import cautions, next_serial

CODE = argument("code", metavar="机关代字", help="如 左中工发")
YEAR = argument("--year", type=int, default=None, metavar="年份", help="默认今年")
SPAN = (argument("first", type=int, metavar="起号"), argument("last", type=int, metavar="止号"))


def register(commands: Commands) -> None:
    """Add the group `numbers`."""
    group = commands.group("numbers", "发文字号登记：用了哪些号，空号为什么空，给每台电脑预留号段")
    group.add("sequences", "各机关代字和年份", sequences)
    group.add(
        "list",
        "逐号登记；可另存为 xlsx 或 pdf",
        listed,
        CODE,
        YEAR,
        argument("--out", type=Path, metavar="文件"),
    )
    group.add(
        "reserve",
        "预留一段号给本工会的一台电脑",
        reserve,
        CODE,
        *SPAN,
        YEAR,
        argument("--holder", required=True, metavar="名称", help="哪台电脑或哪个人用"),
        argument("--here", action="store_true", help="给本机；不写则由另一台电脑用 take 取用"),
    )
    group.add(
        "take", "取用另一台电脑预留的一段号", take, argument("id", metavar="号段编号", help="见 list number_ranges")
    )
    group.add("withdraw", "撤去一段没有用过的号段或说明", withdraw, argument("id", metavar="号段编号"))
    group.add(
        "explain",
        "说明一段号为什么没有公文",
        explain,
        CODE,
        *SPAN,
        YEAR,
        argument("--reason", required=True, metavar="原因"),
        argument("--by-hand", action="store_true", help="已用于本程序以外的发文"),
    )


def sequences(arguments: Namespace) -> Any:
    """List the sequences."""
    with reading(arguments) as session:
        return {"sequences": entries.sequences(session)}


def listed(arguments: Namespace) -> Any:
    """List every serial of a sequence, or write the register."""
    code, year = arguments.code, entries.year_of(arguments.year)
    with reading(arguments) as session:
        if arguments.out is not None:
            return {"file": str(arguments.out), "entries": entries.write(session, code, year, arguments.out)}
        lines = entries.register(session, code, year)
        return {
            "numbers": lines,
            "counts": entries.counts(lines),
            "next": next_serial(session, code, year),
            "warnings": list(cautions(session, code, year)),
        }


def reserve(arguments: Namespace) -> Any:
    """Reserve a range."""
    span = (arguments.code, entries.year_of(arguments.year), arguments.first, arguments.last)
    with writing(arguments) as session:
        return entries.reserve(session, *span, arguments.holder, arguments.here)


def take(arguments: Namespace) -> Any:
    """Take a reserved range for this PC."""
    with writing(arguments) as session:
        return entries.take_range(session, arguments.id)


def withdraw(arguments: Namespace) -> Any:
    """Take back a range or an explanation."""
    with writing(arguments) as session:
        return entries.withdraw(session, arguments.id)


def explain(arguments: Namespace) -> Any:
    """Explain serials without papers."""
    span = (arguments.code, entries.year_of(arguments.year), arguments.first, arguments.last)
    with writing(arguments) as session:
        return entries.explain(session, *span, arguments.reason, arguments.by_hand)
