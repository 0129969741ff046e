"""Commands over the office's keys: listing, changing, voiding and recovering them, and declaring lost changes void."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from desktop.cli.data import reading, writing
from desktop.cli.keeping import passphrase
from desktop.cli.parser import Commands, argument
from desktop.services import identity, keyring, store


def register(commands: Commands) -> None:
    """Add keys, with its own commands."""
    keys = commands.group("keys", "密钥：清单、更换、作废、恢复份额；声明丢失的修改作废")
    reason = argument("--reason", required=True, metavar="原因")
    keys.add("list", "已登记的全部密钥，以及有效的作废声明", show)
    keys.add("rotate", "本工会换用新密钥；旧密钥为新密钥作保，对方收到下一个数据包时自动跟上", rotate)
    keys.add(
        "adopt",
        "本工会的另一台电脑已换新密钥：凭它生成的加入文件在本机换上",
        adopt,
        argument("file", type=Path, metavar="加入文件"),
    )
    keys.add("revoke", "声明本工会或下级工会的一把密钥作废", revoke, argument("key", metavar="公钥"), reason)
    keys.add("admit", "采用因密钥作废而隔离的修改（已与对方核对）", admit, argument("key", metavar="公钥"), reason)
    keys.add("void", "声明一项已丢失的修改作废，放行等待它的修改", void, argument("change", metavar="修改编号"), reason)
    keys.add(
        "shares",
        "把本工会的密钥分成几份恢复份额，分人保管；凑够份数可以恢复",
        write_shares,
        argument("folder", type=Path, metavar="文件夹"),
        argument("--needed", type=int, default=2, metavar="取用份数"),
        argument("--total", type=int, default=3, metavar="总份数"),
    )
    keys.add(
        "recover",
        "凭恢复份额重新建立本工会的数据库；数据从上级或下级的数据包中取回",
        recover,
        argument("shares", nargs="+", type=Path, metavar="份额文件"),
    )


def show(arguments: Namespace) -> Any:
    """List the keys and declarations."""
    with reading(arguments) as session:
        return {"keys": keyring.office_keys(session), "declarations": keyring.declarations(session)}


def rotate(arguments: Namespace) -> Any:
    """Change this office's key."""
    with writing(arguments) as session:
        return keyring.rotate(session)


def adopt(arguments: Namespace) -> Any:
    """Take on the key that another PC of the office changed to."""
    secret = passphrase(arguments)
    with writing(arguments) as session:
        return keyring.adopt(session, arguments.file, secret)


def revoke(arguments: Namespace) -> Any:
    """Declare a key void."""
    with store.opened(arguments.database) as database:
        return keyring.revoke(database, arguments.key, arguments.reason, arguments.operator)


def admit(arguments: Namespace) -> Any:
    """Let changes count that were kept apart."""
    with store.opened(arguments.database) as database:
        return keyring.admit_barred(database, arguments.key, arguments.reason, arguments.operator)


def void(arguments: Namespace) -> Any:
    """Declare a lost change void."""
    with store.opened(arguments.database) as database:
        return keyring.void(database, arguments.change, arguments.reason, arguments.operator)


def write_shares(arguments: Namespace) -> Any:
    """Write the recovery shares."""
    with reading(arguments) as session:
        return keyring.write_shares(session, arguments.folder, arguments.needed, arguments.total)


def recover(arguments: Namespace) -> Any:
    """Make the database anew from shares."""
    made = keyring.recover(arguments.database, arguments.shares, arguments.operator)
    try:
        with store.reading(made) as session:
            return identity.identity_document(session)
    finally:
        made.close()
