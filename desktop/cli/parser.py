"""The commands and their arguments, explained in Chinese."""

import argparse
import importlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from desktop.paths import default_database

Handler = Callable[[argparse.Namespace], Any]


class UsageError(Exception):
    """A call that the command line does not understand."""


# argparse speaks English; what it can say to a user is put in Chinese here.
PHRASES = (
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)", r"\1 不能是 \2，可选：\3"),
    (r"argument (.*?): expected one argument", r"\1 后面要有一个值"),
    (r"argument (.*?): expected at least one argument", r"\1 后面至少要有一个值"),
    (r"argument (.*?): invalid (\w+) value: (.*)", r"\1 的值不对：\3"),
    (r"argument (.*?): not allowed with argument (.*)", r"\1 不能和 \2 同时用"),
    (r"one of the arguments (.*) is required", r"要给出其中之一：\1"),
    (r"argument (.*?): (.*)", r"\1 \2"),
)


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese and raises UsageError instead of leaving the process."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": _Formatter, "add_help": False, "allow_abbrev": False, **options})
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Raise UsageError in Chinese with the usage line."""
        for pattern, words in PHRASES:
            message = re.sub(f"^{pattern}$", words, message)
        raise UsageError(f"命令写法不对：{message}\n{self.format_usage()}")


class Commands:
    """Adds commands to a parser, each with its words, arguments and handler."""

    def __init__(self, parser: Parser, title: str) -> None:
        self._commands = parser.add_subparsers(title=title, metavar="命令", required=True, parser_class=Parser)

    def add(self, name: str, words: str, handler: Handler, *arguments: tuple[tuple[str, ...], dict[str, Any]]) -> None:
        """Add a command; each of `arguments` is what add_argument takes."""
        parser = self._commands.add_parser(name, help=words, description=words)
        for names, options in arguments:
            parser.add_argument(*names, **options)
        parser.set_defaults(run=handler)

    def group(self, name: str, words: str) -> "Commands":
        """Add a command that has commands of its own."""
        return Commands(self._commands.add_parser(name, help=words, description=words), words)


def argument(*names: str, **options: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
    """Describe one argument, as add_argument takes it."""
    return names, options


def condition(text: str) -> str:
    """Take a --where as it stands; what names no field makes the call itself wrong."""
    if not text.partition("=")[0].strip() or "=" not in text:
        raise argparse.ArgumentTypeError(f"应写成 字段=值，给出的是“{text}”")
    return text


# Which module of this package holds a command: only that one is imported, so that no call waits for the others.
HOLDERS = {
    "keeping": ("init", "enrol", "demo", "verify", "backup", "restore"),
    "judging": ("regulations", "check", "plan"),
    "packs": ("regulation",),
    "data": ("nouns", "list", "get", "put", "delete", "history"),
    "roads": ("judge", "advance"),
    "papers": ("papers", "paper", "issue", "reissue", "void", "batch", "inspect-paper"),
    "numbers": ("numbers",),
    "seals": ("seal", "sign-paper", "verify-paper"),
    "sheets": ("sheet",),
    "exchange": ("identity", "trust", "package", "conflicts", "resolve", "state"),
    "keys": ("keys",),
    "protection": ("encrypt", "decrypt"),
}


def build_parser(words: Sequence[str] = ()) -> Parser:
    """Return the parser for a call: of the command it names, or of all where it names none that is known.

    The version is told without any.
    """
    parser = Parser(prog="workroom-desk", description="创新工作室管理：不带命令时打开窗口。")
    parser.add_argument("--version", action="version", version=_version(), help="显示版本")
    parser.add_argument("--database", type=Path, default=default_database(), metavar="文件", help="数据库文件")
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="文件",
        help="口令文件：打开加密的数据库；也用于 init、enrol、init --join",
    )
    parser.add_argument("--operator", default="命令行", metavar="姓名", help="经办人，记入修改历史")
    commands = Commands(parser, "命令")
    for holder in _holders(words):
        importlib.import_module(f"desktop.cli.{holder}").register(commands)
    return parser


def _holders(words: Sequence[str]) -> list[str]:
    named = [holder for holder, commands in HOLDERS.items() if set(commands) & set(words)]
    return named or ([] if "--version" in words else list(HOLDERS))


def _version() -> str:
    from desktop import VERSION

    return f"workroom-desk {VERSION}"
