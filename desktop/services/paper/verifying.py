"""Telling of a file whether its signature holds, and whether it is the paper that this office filed."""

import hashlib
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInput
from desktop.models.document import Document
from desktop.models.seal import SealUse
from desktop.services import records

CODE = re.compile(r"(?<![0-9A-Z])[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}(?![0-9A-Z])")
NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}〔20\d\d〕[1-9]\d*号")
SHOWN = ("id", "kind", "title", "document_number", "short_code", "issued_on", "state", "sha256")
MOST_PAGES = 60
SAME, SEALED, SIGNED, CHANGED, UNKNOWN = "same", "sealed", "signed", "changed", "unknown"
END = b"%%EOF"


def verify_file(file: Path, session: Session | None = None) -> dict[str, Any]:
    """Return what the signature of a file tells, and with a session how it compares with the filed papers.

    `verdict` is intact, altered or unsigned, `signature` why; `filed` says same, sealed, signed, changed or unknown.
    BadInput when the file cannot be read.
    """
    content = _read(file)
    signature = _signature(content)
    found: dict[str, Any] = {
        "file": str(file),
        "verdict": signature["verdict"],
        "sha256": hashlib.sha256(content).hexdigest(),
        "signature": signature,
        "filed": None if session is None else match(session, content),
    }
    return {**found, "message": _message(found)}


def match(session: Session, content: bytes) -> dict[str, Any]:
    """Compare a file with the filed papers: by its hash, else by the short code or number that it bears."""
    found = _kept(session, content)
    if found is not None:
        verdict, paper, words = found
        return _answer(verdict, f"{words}，{_standing(paper)}。", [paper])
    before = next((kept for part in _before_signing(content) if (kept := _kept(session, part)) is not None), None)
    if before is not None:
        _, paper, words = before
        return _answer(SIGNED, f"去掉签名{words}，{_standing(paper)}。", [paper])
    papers = _borne(session, content)
    if papers:
        named = "、".join(_named(one) for one in papers)
        return _answer(CHANGED, f"带有{named}的短码或文号，但与归档的那一份不同：可能被改动，或另行排印过。", papers)
    return _answer(UNKNOWN, "本机没有归档这份文件，也没有找到它的短码或文号。", [])


def _kept(session: Session, content: bytes) -> tuple[str, Document, str] | None:
    """Return the paper whose filed copy, or whose sealed copy, a file is byte for byte."""
    digest = hashlib.sha256(content).hexdigest()
    same = session.scalars(select(Document).filter_by(sha256=digest).order_by(Document.issued_on)).first()
    if same is not None:
        return SAME, same, f"与归档的{_named(same)}逐字节相同"
    sealed = session.scalars(select(SealUse).filter_by(paper_sha256=digest)).first()
    paper = session.get(Document, sealed.document_id) if sealed is not None and sealed.document_id else None
    if sealed is None or paper is None:
        return None
    return SEALED, paper, f"是{_named(paper)}在{sealed.used_at[:10]}用印的那一份，与登记的逐字节相同"


def _before_signing(content: bytes) -> list[bytes]:
    """Return what a file was before its last addition, where that is a signature that holds; else nothing."""
    from desktop.documents.verifying import Verdict, verify_pdf

    cut = content.rfind(END, 0, max(content.rfind(END), 0))
    if cut < 0:
        return []
    end = cut + len(END)
    try:
        holds = verify_pdf(content).verdict is Verdict.INTACT
    except BadInput:
        return []
    return [content[:end], content[: end + 1]] if holds else []


def _borne(session: Session, content: bytes) -> list[Document]:
    """Return the papers whose short code or number stands in the file's text."""
    text = _text(content)
    codes = sorted(set(CODE.findall(text)))
    if codes:
        found = session.scalars(select(Document).where(Document.short_code.in_(codes)).order_by(Document.id))
        if papers := list(found):
            return papers
    first = NUMBER.search(re.sub(r"\s", "", text))
    if first is None:
        return []
    query = select(Document).where(Document.document_number != "").order_by(Document.id)
    # What stands before the 机关代字 on the page may run into it: the number is matched from its end.
    return [one for one in session.scalars(query) if first.group().endswith(one.document_number)]


def _text(content: bytes) -> str:
    """Return the text of a PDF's pages; nothing where it cannot be read."""
    import pypdfium2

    if b"%PDF-" not in content[:1024]:
        return ""
    try:
        with pypdfium2.PdfDocument(io.BytesIO(content)) as book:
            pages = range(min(len(book), MOST_PAGES))
            return "\n".join(book[index].get_textpage().get_text_bounded() for index in pages)
    except pypdfium2.PdfiumError:
        return ""


def _signature(content: bytes) -> dict[str, Any]:
    # pyHanko takes most of a second to import: only where a file is verified.
    from desktop.documents.verifying import Verdict, verify_pdf

    if b"%PDF-" not in content[:1024] and content[:2] == b"PK":
        words = "Word和Excel文件不能由本程序签名，不能由文件本身看出是否被改动。"
        return {"verdict": str(Verdict.UNSIGNED), "words": words, "signatures": ()}
    return verify_pdf(content).as_dict()


def _message(found: dict[str, Any]) -> str:
    filed = found["filed"]
    return str(found["signature"]["words"]) + (str(filed["words"]) if filed else "")


def _answer(verdict: str, words: str, papers: Sequence[Document]) -> dict[str, Any]:
    shown = [records.to_json(one) for one in papers]
    return {"verdict": verdict, "words": words, "documents": [{name: one[name] for name in SHOWN} for one in shown]}


def _named(paper: Document) -> str:
    return f"《{paper.title or paper.kind}》{paper.document_number or paper.short_code}"


def _standing(paper: Document) -> str:
    return "已作废，不再有效" if paper.state == "已作废" else "未被改动"


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(f"打不开文件：{file}。请检查文件名和位置。", "file") from error
