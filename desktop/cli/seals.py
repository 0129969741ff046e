"""Commands over seals, the register of their use, and what a file's signature and our filing tell of it."""

from argparse import SUPPRESS, Namespace
from pathlib import Path
from typing import Any

from desktop.cli.data import reading, writing
from desktop.cli.parser import Commands, UsageError, argument
from desktop.services import check
from desktop.services.paper import signing, verifying
from desktop.services.paper.finish import read_secret
from desktop.services.seal import keeping, setting, vault
from desktop.services.seal import register as entries

SECRET = argument("--seal-passphrase-file", type=Path, required=True, metavar="口令文件", help="保管人的口令")
NEW_SECRET = argument("--new-passphrase-file", type=Path, required=True, metavar="口令文件", help="新的口令")
SEAL = argument("id", metavar="印章编号", help="见 list seals")

USE = (
    argument("--seal-id", action="append", default=[], metavar="印章编号", help="已登记的印章；联合行文按顺序各一次"),
    argument(
        "--seal-passphrase-file",
        type=Path,
        action="append",
        default=[],
        metavar="口令文件",
        help="保管人的口令，与 --seal-id 依次对应",
    ),
    argument("--purpose", default="", metavar="用途", help="记入用印登记，默认为标题"),
    argument("--approved-by", default="", metavar="姓名", help="批准用印的人，记入用印登记"),
)


def register_seals(commands: Commands) -> None:
    """Add the commands of the group `seal`."""
    out = argument("out", type=Path, metavar="输出文件")
    commands.add(
        "keep",
        "登记一枚印章：图像清理后用保管人的口令加锁保存。图片不是法律意义上的电子印章",
        keep,
        argument("image", type=Path, metavar="图片", help="PNG 或 JPEG，红色、圆形"),
        argument("--issuer", required=True, metavar="机关", help="与公文署名一致"),
        argument("--keeper", required=True, metavar="姓名", help="保管人"),
        argument("--diameter", type=float, default=42.0, metavar="毫米", help="默认 42"),
        argument("--name", default="", metavar="名称"),
        SECRET,
    )
    commands.add("passphrase", "更换口令", passphrase, SEAL, SECRET, NEW_SECRET)
    to = argument("--keeper", required=True, metavar="姓名", help="接收人")
    commands.add("hand-over", "移交给另一位保管人，由其另设口令", hand_over, SEAL, to, SECRET, NEW_SECRET)
    commands.add(
        "stop", "停用：删除加锁的图像，登记仍在", stop, SEAL, argument("--reason", required=True, metavar="原因")
    )
    commands.add("carry", "带出加锁的图像，供本工会另一台电脑带入", carry, SEAL, out)
    commands.add("bring", "带入另一台电脑带出的图像", bring, SEAL, argument("file", type=Path, metavar="文件"), SECRET)
    commands.add("set", "给已出的公文用印，另存一份并登记", set_on, argument("document", metavar="公文编号"), out, *USE)
    commands.add(
        "uses",
        "用印登记；可另存为 xlsx 或 pdf",
        uses,
        argument("--seal", default="", metavar="印章编号"),
        argument("--year", type=int, metavar="年份", help="只印这一年（pdf）"),
        argument("--out", type=Path, metavar="文件"),
    )


def use_of(arguments: Namespace) -> setting.Use:
    """Return the seals that a call names, each with its passphrase."""
    ids, files = arguments.seal_id, arguments.seal_passphrase_file
    if len(ids) != len(files):
        raise UsageError("命令写法不对：每个 --seal-id 要有一个 --seal-passphrase-file")
    keys = [(seal, check.read_passphrase(file)) for seal, file in zip(ids, files, strict=True)]
    return setting.Use(keys, arguments.purpose, arguments.approved_by)


def register(commands: Commands) -> None:
    """Add seal, sign-paper and verify-paper."""
    register_seals(commands.group("seal", "印章与用印登记"))
    commands.add(
        "sign-paper",
        "给一份做好的 PDF 签名，另存一份",
        sign_paper,
        argument("file", type=Path, metavar="文件"),
        argument("out", type=Path, metavar="输出文件"),
        argument("--sign", type=Path, required=True, metavar="证书", help="PKCS#12（.p12、.pfx）"),
        argument("--passphrase-file", type=Path, default=SUPPRESS, metavar="口令文件", help="证书的口令"),
    )
    commands.add(
        "verify-paper",
        "核验一份文件：数字签名是否完好（intact、altered、unsigned），是否本机归档的那一份",
        verify_paper,
        argument("file", type=Path, metavar="文件", help="PDF、DOCX 或 XLSX"),
    )


def sign_paper(arguments: Namespace) -> Any:
    """Sign a finished PDF."""
    secret = read_secret(arguments.passphrase_file) if arguments.passphrase_file else ""
    return signing.sign_file(arguments.file, arguments.sign, secret, arguments.out)


def keep(arguments: Namespace) -> Any:
    """Enter a seal."""
    secret = check.read_passphrase(arguments.seal_passphrase_file)
    with writing(arguments) as session:
        return keeping.keep_seal(
            session,
            arguments.image,
            secret,
            arguments.issuer,
            arguments.keeper,
            arguments.diameter,
            arguments.name,
        )


def passphrase(arguments: Namespace) -> Any:
    """Change a seal's passphrase."""
    with writing(arguments) as session:
        return keeping.change_passphrase(session, arguments.id, *_both(arguments))


def hand_over(arguments: Namespace) -> Any:
    """Hand a seal to another keeper."""
    with writing(arguments) as session:
        return keeping.hand_over(session, arguments.id, arguments.keeper, *_both(arguments))


def stop(arguments: Namespace) -> Any:
    """Take a seal out of use."""
    with writing(arguments) as session:
        return keeping.stop(session, arguments.id, arguments.reason)


def carry(arguments: Namespace) -> Any:
    """Write a seal's locked image for another PC."""
    with reading(arguments) as session:
        vault.carry(session, arguments.id, arguments.out)
    return {"file": str(arguments.out)}


def bring(arguments: Namespace) -> Any:
    """Take in a seal's locked image from another PC."""
    secret = check.read_passphrase(arguments.seal_passphrase_file)
    with writing(arguments) as session:
        vault.bring(session, arguments.id, arguments.file, secret)
    return {"id": arguments.id, "here": True}


def set_on(arguments: Namespace) -> Any:
    """Set seals on a filed paper."""
    use = use_of(arguments)
    with writing(arguments) as session:
        return setting.seal_filed(session, arguments.document, arguments.out, use)


def uses(arguments: Namespace) -> Any:
    """List the register, or write it."""
    with reading(arguments) as session:
        if arguments.out is None:
            return {"uses": entries.uses(session, arguments.seal)}
        return {"file": str(arguments.out), "entries": entries.write(session, arguments.out, arguments.year)}


def verify_paper(arguments: Namespace) -> Any:
    """Verify a file; where there is no database it is not compared with filed papers."""
    if not arguments.database.exists():
        return verifying.verify_file(arguments.file)
    with reading(arguments) as session:
        return verifying.verify_file(arguments.file, session)


def _both(arguments: Namespace) -> tuple[str, str]:
    files = (arguments.seal_passphrase_file, arguments.new_passphrase_file)
    old, new = (check.read_passphrase(file) for file in files)
    return old, new
