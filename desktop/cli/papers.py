"""Commands that write papers, from plain data or from records."""

from argparse import SUPPRESS, Namespace
from pathlib import Path
from typing import Any

from desktop.cli.data import writing
from desktop.cli.parser import Commands, argument
from desktop.cli.seals import USE, use_of
from desktop.services import check, document, inspecting
from desktop.services.document import Finish
from desktop.services.paper import reissue as reissuing
from desktop.services.paper.finish import read_secret
from desktop.services.seal import setting

FINISH = (
    argument("--seal", type=Path, action="append", default=[], metavar="图片", help="印章图片；联合行文按顺序各一次"),
    argument("--seal-diameter", type=float, default=42.0, metavar="毫米", help="印章直径，默认 42"),
    argument("--fonts", type=Path, metavar="文件夹", help="本单位自有字体的文件夹"),
    argument("--sign", type=Path, metavar="证书", help="用 PKCS#12（.p12、.pfx）证书给 PDF 签名"),
    # The same name stands before the command, where it must not be lost when it is not given here.
    argument("--passphrase-file", type=Path, default=SUPPRESS, metavar="口令文件", help="签名证书的口令"),
)


def register(commands: Commands) -> None:
    """Add papers, paper, issue, reissue, void, batch, inspect-paper."""
    kind, out = argument("kind", metavar="文种", help="见 papers"), argument("out", type=Path, metavar="输出文件")
    data = argument("file", type=Path, metavar="数据文件")
    commands.add("papers", "全部文种及其字段", lambda _: {"papers": document.describe()})
    commands.add("paper", "由数据写一份公文（PDF、DOCX 或 XLSX，按输出文件的后缀）", paper, kind, data, out, *FINISH)
    commands.add(
        "issue",
        "由台账写一份公文：取下一个发文字号并归档",
        issue,
        kind,
        argument("noun", metavar="种类"),
        argument("id", metavar="编号"),
        out,
        argument("--data", type=Path, metavar="数据文件", help="补充或替换的字段"),
        *FINISH,
        *USE,
    )
    _register_filed(commands)
    commands.add(
        "batch",
        "由数组成批写公文",
        batch,
        kind,
        data,
        argument("folder", type=Path, metavar="文件夹"),
        argument("--merge", action="store_true", help="合成一个 PDF"),
        *FINISH,
    )
    commands.add(
        "inspect-paper",
        "按 GB/T 9704 逐条检查一份 PDF 或 DOCX：条款、实测、要求",
        lambda arguments: inspecting.inspect(arguments.file),
        argument("file", type=Path, metavar="文件", help="本程序或别处制作的公文"),
    )


def _register_filed(commands: Commands) -> None:
    """Add what is done with a paper that was issued: reissue, void."""
    out = argument("out", type=Path, metavar="输出文件")
    filed = argument("document", metavar="公文编号", help="见 list documents")
    why = argument("--reason", required=True, metavar="理由", help="为什么作废，留存备查")
    commands.add(
        "reissue",
        "作废一份已出的公文并重发：旧文原样留档，新文取新文号并写明旧文废止",
        reissue,
        filed,
        out,
        why,
        argument("--data", type=Path, metavar="数据文件", help="要改的字段"),
        *FINISH,
    )
    commands.add("void", "作废一份已出的公文，文件和文号原样留档", void, filed, why)


def _finish(arguments: Namespace) -> Finish:
    signs = arguments.sign is not None and arguments.passphrase_file is not None
    secret = read_secret(arguments.passphrase_file) if signs else ""
    return Finish(
        tuple(arguments.seal), arguments.seal_diameter, arguments.fonts, sign=arguments.sign, passphrase=secret
    )


def paper(arguments: Namespace) -> Any:
    """Write one paper from plain data."""
    data = check.read_json(arguments.file)
    return document.write_paper(arguments.kind, data, arguments.out, _finish(arguments))


def issue(arguments: Namespace) -> Any:
    """Write and file one paper from stored records."""
    given = check.read_json(arguments.data) if arguments.data else {}
    use, finish = use_of(arguments), _finish(arguments)
    what = (arguments.kind, arguments.noun, [arguments.id], arguments.out)
    with writing(arguments) as session:
        if use.keys:
            return setting.issue_sealed(session, *what, use, given, finish)
        return document.issue(session, *what, given, finish)


def reissue(arguments: Namespace) -> Any:
    """Issue a filed paper anew with what is amended; the old one is void."""
    given = check.read_json(arguments.data) if arguments.data else {}
    with writing(arguments) as session:
        return reissuing.reissue(
            session, arguments.document, arguments.out, arguments.reason, given, _finish(arguments)
        )


def void(arguments: Namespace) -> Any:
    """Mark a filed paper void."""
    with writing(arguments) as session:
        return reissuing.void(session, arguments.document, arguments.reason)


def batch(arguments: Namespace) -> Any:
    """Write a paper for each object of an array."""
    data = check.read_json(arguments.file)
    return document.write_batch(arguments.kind, data, arguments.folder, arguments.merge, _finish(arguments))
