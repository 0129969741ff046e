"""Commands over the database file: making it, filling a sample, checking, saving and restoring it."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from desktop.cli.data import writing
from desktop.cli.parser import Commands, argument
from desktop.services import identity, integrity, sample, store


def register(commands: Commands) -> None:
    """Add init, demo, verify, backup, restore."""
    commands.add(
        "init",
        "建立数据库和本工会的身份；不会覆盖已有的数据库",
        init,
        argument("--office", required=True, metavar="名称"),
        argument("--level", required=True, choices=("基层", "县级", "市级", "省级")),
        argument("--region", required=True, metavar="地区"),
        argument("--parent", type=Path, metavar="身份文件", help="上级工会的身份文件"),
        argument("--regulations", default="", metavar="编号,编号", help="本工会适用的办法"),
    )
    commands.add(
        "demo",
        "在空数据库里放入一个示例旗县",
        demo,
        argument("--workrooms", type=int, default=37, metavar="个数"),
        argument("--seed", type=int, default=1, metavar="数字"),
    )
    file = argument("file", type=Path, metavar="文件")
    commands.add("verify", "检查数据文件、修改记录和附件是否完好", verify)
    commands.add("backup", "备份正在使用的数据库", backup, file)
    commands.add("restore", "从备份恢复，并留下被替换的数据库", restore, file)


def init(arguments: Namespace) -> Any:
    """Make the database and this office's identity."""
    parent = identity.load_identity(arguments.parent) if arguments.parent else None
    chosen = [name.strip() for name in arguments.regulations.split(",") if name.strip()]
    return store.found(
        arguments.database, arguments.office, arguments.level, arguments.region, parent, chosen, arguments.operator
    )


def demo(arguments: Namespace) -> Any:
    """Fill an empty database with a sample county."""
    with writing(arguments) as session:
        return sample.fill_sample(session, workrooms=arguments.workrooms, seed=arguments.seed)


def verify(arguments: Namespace) -> Any:
    """Check file, change log and attachments."""
    with store.opened(arguments.database) as database:
        return integrity.verify(database)


def backup(arguments: Namespace) -> Any:
    """Copy the live database."""
    with store.opened(arguments.database) as database:
        return integrity.backup(database, arguments.file)


def restore(arguments: Namespace) -> Any:
    """Put a backup in the database's place."""
    return integrity.restore(arguments.database, arguments.file)
