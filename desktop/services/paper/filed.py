"""A filed paper looked at again: what is shown, printed and saved is the very file that was issued."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from desktop.errors import NotFound
from desktop.services import blobs, document
from desktop.services.paper.composing import PaperDraft


@dataclass(frozen=True)
class FiledPaper(PaperDraft):
    """A paper as it was issued; `content` is its PDF, empty where that was not PDF or has not arrived here."""

    id: str = ""
    content: bytes = b""
    code: str = ""


def filed_paper(session: Session, filed: dict[str, Any]) -> FiledPaper:
    """Return a filed paper from its record; StorageFault when its copy is damaged."""
    data = {key: value for key, value in filed["data"].items() if key != "subjects"}
    try:
        content = blobs.read(blobs.folder(session), filed["sha256"])
    except NotFound:
        content = b""
    pdf = content if content.startswith(b"%PDF-") else b""
    return FiledPaper(filed["kind"], data, id=filed["id"], content=pdf, code=filed["short_code"])


def content_of(draft: PaperDraft, form: str) -> bytes:
    """Return a draft set as pdf, docx or xlsx; a filed paper's PDF is the file that was filed."""
    if not isinstance(draft, FiledPaper):
        return document.render(draft.kind, draft.data, form)
    if form == "pdf" and draft.content:
        return draft.content
    return document.render(draft.kind, draft.data, form, code=draft.code)
