"""Commands over regulation packs and tool settings: check a file, weigh it, take it into use."""

from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import Any

from desktop.cli.data import reading, writing
from desktop.cli.parser import Commands, argument
from desktop.services import check as checking
from desktop.services.law import impact as regulation_impact
from desktop.services.law import pack as regulation_pack
from desktop.services.law import tool_settings


def register(commands: Commands) -> None:
    """Add regulation check, impact, adopt, adopted, settings, set."""
    group = commands.group("regulation", "办法文件：检查、影响分析、采用；工具设置")
    file = argument("file", type=Path, metavar="办法文件.toml", help="随包收到的文本可写版本号的开头")
    on = argument("--on", metavar="日期", help="从哪一天起看，默认今天")
    group.add("check", "检查一份办法文件，并与现在的文本比较（不用数据库）", check, file)
    lines = argument("--lines", action="store_true", help="每处变化输出一行")
    group.add("impact", "采用前看影响：哪些工作室和申报的结论会变", impact, file, on, lines)
    group.add("adopt", "采用一份办法文件；此前的决定仍按原文本", adopt, file, on, argument("--note", default=""))
    group.add("adopted", "列出本数据库保存的办法文本", adopted)
    group.add(
        "settings",
        "列出工具设置（条文没有写的界限）",
        settings,
        argument("id", nargs="?", default="", metavar="办法"),
        on,
    )
    group.add(
        "set",
        "修改一项工具设置；不写取值则恢复为程序自带的",
        change,
        argument("rule", metavar="规则"),
        argument("parameter", metavar="参数", help="见 regulation settings"),
        argument("value", nargs="?", metavar="取值"),
    )


def _day(arguments: Namespace) -> date:
    return checking.parse_day(arguments.on) or date.today()


def check(arguments: Namespace) -> Any:
    """Check a file of rules."""
    return regulation_pack.report(regulation_pack.read_pack(arguments.file)).as_dict()


def impact(arguments: Namespace) -> Any:
    """Say whose findings a file of rules would change."""
    with reading(arguments) as session:
        pack = regulation_pack.named_pack(session, arguments.file)
        found = regulation_impact.impact(session, pack.law, _day(arguments)).as_dict()
    return iter(found["changes"]) if arguments.lines else found


def adopt(arguments: Namespace) -> Any:
    """Take a file of rules into use."""
    with writing(arguments) as session:
        pack = regulation_pack.named_pack(session, arguments.file)
        return regulation_pack.adopt(session, pack, arguments.operator, _day(arguments), arguments.note)


def adopted(arguments: Namespace) -> Any:
    """List the texts that the database keeps."""
    with reading(arguments) as session:
        return {"texts": regulation_pack.adopted(session)}


def settings(arguments: Namespace) -> Any:
    """List the tool settings as they hold in the database."""
    with reading(arguments) as session:
        found = tool_settings.settings(session, arguments.id, _day(arguments))
    return {"settings": [one.as_dict() for one in found]}


def change(arguments: Namespace) -> Any:
    """Change one tool setting."""
    with writing(arguments) as session:
        found = tool_settings.change(
            session, arguments.rule, arguments.parameter, arguments.value, arguments.operator, date.today()
        )
    return found.as_dict()
