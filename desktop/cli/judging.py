"""Commands that judge plain facts, without a database."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from desktop.cli.parser import Commands, UsageError, argument
from desktop.services import check as checking
from desktop.services.law import carried


def register(commands: Commands) -> None:
    """Add regulations, check, plan."""
    commands.add(
        "regulations", "列出办法，或一部办法的全部条款", regulations, argument("id", nargs="?", metavar="办法")
    )
    commands.add(
        "check",
        "按一部办法检查一组事实；加 --lines 时逐例检查",
        check,
        argument("file", type=Path, metavar="事实文件", help="JSON；加 --lines 时为数组或每行一例"),
        argument("--regulation", metavar="办法", help="办法的编号，如 nm-2026-build"),
        argument("--stage", metavar="环节", help="只检查这一环节，如 申报"),
        argument("--on", metavar="日期", help="认定基准日，如 2026-09-01；代替事实里的 reference_date"),
        argument("--lines", action="store_true", help="逐例检查，每例输出一行；例中没写办法、环节、日期的用上面的"),
    )
    commands.add(
        "plan",
        "奖励分配测算：能否在上限内达到比例，差多少，怎么办",
        plan,
        argument("file", type=Path, metavar="事实文件"),
        argument("--regulation", required=True, metavar="办法"),
    )


def regulations(arguments: Namespace) -> Any:
    """List the regulations, or show one whole."""
    return {"regulations": carried.summaries()} if arguments.id is None else carried.describe(arguments.id)


def check(arguments: Namespace) -> Any:
    """Judge one set of facts, or each case of a file."""
    if arguments.lines:
        named = {"regulation": arguments.regulation, "stage": arguments.stage, "on": arguments.on}
        return checking.check_lines(arguments.file, named)
    if not arguments.regulation:
        raise UsageError("命令写法不对：请用 --regulation 写明按哪部办法检查，如 --regulation nm-2026-build")
    facts = checking.read_json(arguments.file)
    return checking.check(facts, arguments.regulation, arguments.stage, arguments.on)


def plan(arguments: Namespace) -> Any:
    """Run the reward planner."""
    return checking.plan(checking.read_json(arguments.file), arguments.regulation)
