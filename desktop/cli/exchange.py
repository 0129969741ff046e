"""Commands that exchange packages and keys with other offices."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from desktop.cli.data import reading, writing
from desktop.cli.parser import Commands, UsageError, argument
from desktop.services import compaction, exchange, identity, receipts, records, store


def register(commands: Commands) -> None:
    """Add identity, trust, package, conflicts, resolve, state."""
    _register_keys(commands)
    _register_packages(commands.group("package", "数据包：导出、查看、导入、撤销、回执"))
    _register_conflicts(commands)
    commands.add("state", "数据状态的校验值", state)


def _register_keys(commands: Commands) -> None:
    file = argument("file", type=Path, metavar="文件")
    commands.add(
        "identity",
        "本工会的身份：编号、名称、公钥和指纹；给出文件名时另存一份",
        show_identity,
        argument("out", nargs="?", type=Path),
    )
    commands.add(
        "trust",
        "认可另一工会的身份文件；请核对打印出的指纹",
        trust,
        file,
        argument(
            "--as", dest="relation", choices=("parent", "child", "peer"), default="peer", help="对方是上级、下级或同级"
        ),
    )


def _register_packages(packages: Commands) -> None:
    file = argument("file", type=Path, metavar="文件")
    packages.add(
        "export",
        "导出对方还没有的内容",
        export,
        argument("out", type=Path, metavar="文件"),
        argument(
            "--to",
            action="append",
            default=[],
            metavar="工会编号",
            help="接收工会，可多次；多个时只装各家都可收到的",
        ),
        argument("--full", action="store_true", help="导出全部"),
        argument("--encrypt", action="store_true", help="加密，只有接收工会能读"),
    )
    packages.add("inspect", "查看数据包是谁做的、给谁、何时、有什么；不写入数据库", inspect, file)
    packages.add(
        "import",
        "导入数据包，全部成功或全部不改",
        import_package,
        file,
        argument("--preview", action="store_true", help="只看结果，不写入"),
    )
    packages.add("undo", "撤销一次导入", undo, argument("id", metavar="导入编号"))
    packages.add(
        "retire",
        "对方的一台电脑不再使用：归档时不再等它确认（编号见 compact --preview）",
        retire,
        argument("device", metavar="电脑编号"),
    )
    _register_receipts(packages)
    packages.add(
        "compact",
        "把各方都已收到的旧修改写入归档文件，并在数据库中归并",
        compact,
        argument("out", type=Path, metavar="归档文件"),
        argument("--keep-days", type=int, default=compaction.KEEP_DAYS, metavar="天数", help="不归并最近这些天的修改"),
        argument(
            "--erase-deleted", action="store_true", help="连同已删除记录的内容一起从数据库中清除（归档文件里仍有）"
        ),
        argument("--preview", action="store_true", help="只看能归并多少、在等谁"),
    )


def _register_receipts(packages: Commands) -> None:
    packages.add(
        "return",
        "退回一次导入中的一条记录，写明原因；出回执时告知对方",
        return_record,
        argument("id", metavar="导入编号"),
        argument("noun", metavar="种类"),
        argument("record", metavar="记录编号"),
        argument("--reason", metavar="原因", help="退回的原因"),
        argument("--withdraw", action="store_true", help="改为接收"),
    )
    packages.add(
        "receipt",
        "出具回执：逐条说明接收或退回及原因，写成给对方的数据包",
        receipt,
        argument("out", type=Path, metavar="文件"),
        argument("--for", dest="import_id", required=True, metavar="导入编号"),
        argument("--encrypt", action="store_true", help="加密，只有对方能读"),
    )
    packages.add(
        "receipts",
        "一条记录收到的回执；不指明记录时列出被退回而未改的记录",
        show_receipts,
        argument("noun", nargs="?", metavar="种类"),
        argument("record", nargs="?", metavar="记录编号"),
    )


def _register_conflicts(commands: Commands) -> None:
    commands.add("conflicts", "两边都改过、等人决定的内容", conflicts)
    commands.add(
        "resolve",
        "决定一处冲突",
        resolve,
        argument("id", metavar="冲突编号"),
        argument("--take", metavar="修改编号", help="采用其中一个"),
        argument("--value", metavar="内容", help="写一个新的内容"),
    )


def show_identity(arguments: Namespace) -> Any:
    """Show this office's identity, and write it to a file when one is named."""
    with reading(arguments) as session:
        if arguments.out:
            return identity.write_identity(session, arguments.out)
        return identity.identity_document(session)


def trust(arguments: Namespace) -> Any:
    """Accept another office's key."""
    document = identity.load_identity(arguments.file)
    with writing(arguments) as session:
        return identity.trust(session, document, arguments.relation)


def export(arguments: Namespace) -> Any:
    """Write a package of what the receivers do not have."""
    with writing(arguments) as session:
        made = exchange.export_package(session, arguments.out, arguments.to, arguments.full, encrypt=arguments.encrypt)
    if made["left_out"]:
        sys.stderr.write(
            f"这个数据包给多个工会，只装入了每一家都可以收到的内容；另有{made['left_out']}项修改只能给其中某一家，没有装入。"
            "请用 --to 给每个工会各导出一个数据包。\n"
        )
    return made


def inspect(arguments: Namespace) -> Any:
    """Say who made a package and what is in it; a sealed one is opened with the key of the database, if it has it."""
    found = exchange.inspect(arguments.file)
    if found["readable"] or not arguments.database.is_file():
        return found
    with reading(arguments) as session:
        return exchange.inspect(arguments.file, session)


def import_package(arguments: Namespace) -> Any:
    """Bring in a package, or show what it would change."""
    with store.opened(arguments.database) as database:
        return exchange.import_package(database, arguments.file, preview=arguments.preview)


def undo(arguments: Namespace) -> Any:
    """Take one import back."""
    with store.opened(arguments.database) as database:
        return exchange.undo_import(database, arguments.id)


def compact(arguments: Namespace) -> Any:
    """Archive and fold old changes, or tell how many could be."""
    if arguments.preview:
        with reading(arguments) as session:
            return compaction.foldable(session, arguments.keep_days)
    with store.opened(arguments.database) as database:
        return compaction.compact(database, arguments.out, arguments.keep_days, erase_deleted=arguments.erase_deleted)


def retire(arguments: Namespace) -> Any:
    """Wait no longer for the confirmations of a partner's PC."""
    with writing(arguments) as session:
        compaction.retire(session, arguments.device)
    return {"retired": arguments.device}


def return_record(arguments: Namespace) -> Any:
    """Return one record of an import, or take that back."""
    if not arguments.withdraw and not arguments.reason:
        raise UsageError("命令写法不对：缺少参数：--reason")
    with writing(arguments) as session:
        if arguments.withdraw:
            return receipts.accept_record(session, arguments.id, arguments.noun, arguments.record)
        return receipts.return_record(session, arguments.id, arguments.noun, arguments.record, arguments.reason)


def receipt(arguments: Namespace) -> Any:
    """Write the receipt for an import."""
    with store.opened(arguments.database) as database:
        return receipts.write_receipt(
            database, arguments.out, arguments.import_id, arguments.operator, encrypt=arguments.encrypt
        )


def show_receipts(arguments: Namespace) -> Any:
    """Show the verdicts on one record, or all records that were returned and not changed since."""
    with reading(arguments) as session:
        if arguments.noun is None or arguments.record is None:
            return {"returned": receipts.returned_records(session)}
        records.title_of(arguments.noun)
        return {"receipts": receipts.receipts_for(session, arguments.noun, arguments.record)}


def conflicts(arguments: Namespace) -> Any:
    """List what was changed on two sides."""
    with reading(arguments) as session:
        return {"conflicts": exchange.conflicts(session)}


def resolve(arguments: Namespace) -> Any:
    """Settle one conflict, by exactly one of --take and --value."""
    if (arguments.take is None) == (arguments.value is None):
        raise UsageError("命令写法不对：--take 和 --value 要给出一个，也只能给一个")
    with writing(arguments) as session:
        if arguments.take:
            return exchange.resolve(session, arguments.id, take=arguments.take)
        return exchange.resolve(session, arguments.id, value=arguments.value)


def state(arguments: Namespace) -> Any:
    """Show the hash by which two replicas compare."""
    with reading(arguments) as session:
        return exchange.state(session)
