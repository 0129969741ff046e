"""Commands that encrypt the database file, change its passphrase, and decrypt it."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from desktop.cli.keeping import passphrase
from desktop.cli.parser import Commands, argument
from desktop.services import check, store


def register(commands: Commands) -> None:
    """Add encrypt, decrypt."""
    commands.add(
        "encrypt",
        "用 --passphrase-file 里的口令加密数据库；已加密的，凭它换成新口令。请先关闭窗口",
        encrypt,
        argument("--new-passphrase-file", type=Path, metavar="文件", help="新口令（更换口令时用）"),
    )
    commands.add("decrypt", "去掉数据库的加密。请先关闭窗口", decrypt)


def encrypt(arguments: Namespace) -> Any:
    """Encrypt the database, or give it another passphrase."""
    secret = passphrase(arguments)
    if arguments.new_passphrase_file is not None:
        secret = check.read_passphrase(arguments.new_passphrase_file)
    return store.encrypt(arguments.database, secret)


def decrypt(arguments: Namespace) -> Any:
    """Take the encryption away."""
    passphrase(arguments)
    return store.decrypt(arguments.database)
