"""Signing a finished PDF file, ours or another program's, with the office's certificate."""

from pathlib import Path
from typing import Any

from desktop.errors import BadInput
from desktop.services import blobs
from desktop.services.paper.finish import Finish


def sign_file(file: Path, certificate: Path, passphrase: str, out: Path) -> dict[str, Any]:
    """Write a signed copy of a PDF; the file itself stays as it is.

    BadInput for a file that is no sound PDF or is signed already, a wrong passphrase, a certificate out of its dates.
    """
    from desktop.documents.verifying import Verdict, verify_pdf

    if out.suffix.lower() != ".pdf":
        raise BadInput(f"签名后的文件后缀应为 .pdf，现在是“{out.name}”。", "out")
    try:
        content = file.read_bytes()
    except OSError as error:
        raise BadInput(f"打不开文件：{file}。请检查文件名和位置。", "file") from error
    if verify_pdf(content).verdict is not Verdict.UNSIGNED:
        raise BadInput("这份PDF已经有签名，再签会使原来的签名失效。请用没有签名的那一份。", "file")
    signer = Finish(sign=certificate, passphrase=passphrase).signer
    assert signer is not None
    blobs.write_whole(out, signer.sign(content))
    return {"file": str(out), "signer": signer.name}
