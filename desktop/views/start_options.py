"""What the window is started with."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class StartOptions(NamedTuple):
    """What the window was started with."""

    database: str | None = None
    smoke: bool = False
    walk: Path | None = None


def start_options(arguments: Sequence[str]) -> StartOptions:
    """Read what follows the program's name; what cannot be read ends the program with an explanation."""
    # The usual starts are told apart without the parser, which costs more than the rest of this module.
    if not arguments:
        return StartOptions()
    if len(arguments) == 2 and arguments[0] == "--database":
        return StartOptions(database=arguments[1])
    import argparse

    parser = argparse.ArgumentParser(prog="workroom-desk", description="创新工作室管理（窗口程序）")
    parser.add_argument("--database", metavar="文件", help="数据库文件；默认在用户的数据文件夹")
    parser.add_argument("--smoke", action="store_true", help="打开窗口，画出第一页后自行关闭")
    parser.add_argument("--walk", type=Path, metavar="文件夹", help="在示例县上把主要路径走一遍，把产物放进文件夹")
    return StartOptions(**vars(parser.parse_args(list(arguments))))
