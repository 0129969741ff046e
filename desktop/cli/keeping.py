"""Commands over the database file: making it, filling a sample, checking, saving and restoring it."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from desktop.cli.data import writing
from desktop.cli.parser import Commands, UsageError, argument
from desktop.services import check, identity, integrity, sample, store
from desktop.services.trust import enrolment


def register(commands: Commands) -> None:
    """Add init, enrol, demo, verify, backup, restore."""
    commands.add(
        "init",
        "建立数据库和本工会的身份，或凭加入文件成为本工会的又一台电脑；不会覆盖已有的数据库",
        init,
        argument("--office", metavar="名称"),
        argument("--level", choices=("基层", "县级", "市级", "省级")),
        argument("--region", metavar="地区"),
        argument("--join", type=Path, metavar="加入文件", help="由本工会另一台电脑用 enrol 生成，凭口令加入"),
        argument("--parent", type=Path, metavar="身份文件", help="上级工会的身份文件"),
        argument("--regulations", default="", metavar="编号,编号", help="本工会适用的办法"),
    )
    commands.add(
        "demo",
        "在空数据库里放入一个示例旗县",
        demo,
        argument("--workrooms", type=int, default=37, metavar="个数"),
        argument("--seed", type=int, default=1, metavar="数字"),
        argument("--years", type=int, default=0, metavar="年数", help="每个工作室另有几年的历史"),
    )
    file = argument("file", type=Path, metavar="文件")
    commands.add("enrol", "为本工会的另一台电脑生成加入文件，用 --passphrase-file 里的口令锁住", enrol, file)
    commands.add("verify", "检查数据文件、修改记录和附件是否完好", verify)
    commands.add("backup", "备份正在使用的数据库", backup, file)
    commands.add("restore", "从备份恢复，并留下被替换的数据库", restore, file)


def init(arguments: Namespace) -> Any:
    """Make the database and this office's identity, or join an office that has one."""
    if arguments.join:
        return store.joined(arguments.database, arguments.join, passphrase(arguments), arguments.operator)
    missing = [f"--{name}" for name in ("office", "level", "region") if not getattr(arguments, name)]
    if missing:
        raise UsageError(f"命令写法不对：缺少参数：{'、'.join(missing)}")
    parent = identity.load_identity(arguments.parent) if arguments.parent else None
    chosen = [name.strip() for name in arguments.regulations.split(",") if name.strip()]
    secret = passphrase(arguments) if arguments.passphrase_file is not None else ""
    place = (arguments.office, arguments.level, arguments.region)
    return store.found(arguments.database, *place, parent, chosen, arguments.operator, secret)


def enrol(arguments: Namespace) -> Any:
    """Write the file from which another PC of this office starts."""
    secret = passphrase(arguments)
    with writing(arguments) as session:
        return enrolment.enrol(session, arguments.file, secret)


def passphrase(arguments: Namespace) -> str:
    """Return the passphrase of the file that the call names."""
    if arguments.passphrase_file is None:
        raise UsageError("命令写法不对：请在命令前用 --passphrase-file 给出存有口令的文件")
    return check.read_passphrase(arguments.passphrase_file)


def demo(arguments: Namespace) -> Any:
    """Fill an empty database with a sample county."""
    with writing(arguments) as session:
        return sample.fill_sample(session, workrooms=arguments.workrooms, seed=arguments.seed, years=arguments.years)


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
