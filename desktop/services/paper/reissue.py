"""Amending a filed paper: the old one stays on file and becomes void, a new one with its own number takes its place."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed, NotFound
from desktop.models.document import Document
from desktop.services import document, records
from desktop.services.office import own_office
from desktop.services.paper.finish import Finish
from desktop.services.paper.kinds import COMPOSERS, composer

VOID = "已作废"
LONGEST_REASON = 200


def void(session: Session, document_id: str, reason: str, on: date | None = None) -> dict[str, Any]:
    """Mark a filed paper void with the reason; its file, data and number stay as they were issued.

    BadInput without a reason, NotAllowed for a paper of another office or one that is void already.
    """
    paper = _standing(session, document_id)
    said = _reason(reason)
    paper.state, paper.voided_on, paper.void_reason = VOID, on or date.today(), said
    session.flush()
    return records.to_json(paper)


def reissue(
    session: Session,
    document_id: str,
    out: Path,
    reason: str,
    given: Mapping[str, Any] | None = None,
    finish: Finish | None = None,
    on: date | None = None,
) -> dict[str, Any]:
    """Issue a filed paper anew from its records with what is amended; the old one is void and the new one says so.

    A letterhead paper gets the next number and a sentence that ends the old one; a form refers to it in the register.
    """
    old = _standing(session, document_id)
    said, day = _reason(reason), on or date.today()
    _composable(old)
    ids = [str(one) for one in old.data.get("subjects", [old.subject_id])]
    typed = {**dict(given or {})}
    typed["body"] = _referring(session, old, ids, typed, day)
    made = document.issue(session, old.kind, old.subject_noun, ids, out, _present(typed), finish, day)
    new = session.get(Document, made["id"])
    assert new is not None
    new.replaces_id = old.id
    named = new.document_number or new.short_code or new.title
    old.state, old.voided_on, old.void_reason = VOID, day, f"{said}（由{named}替换）"
    session.flush()
    return {
        **records.to_json(new),
        "file": made["file"],
        "warnings": made["warnings"],
        "replaced": records.to_json(old),
    }


def ending_sentence(old: Document) -> str:
    """Return the sentence by which a paper ends the one that it replaces; empty for a paper without a number."""
    if not old.document_number:
        return ""
    return f"自本文印发之日起，《{old.title}》（{old.document_number}）废止。"


def _standing(session: Session, document_id: str) -> Document:
    paper = session.get(Document, document_id)
    if paper is None:
        raise NotFound("没有这份公文。它可能还没有从别的电脑带回来。", document_id)
    if paper.office_id != own_office(session).id:
        raise NotAllowed("这份公文是别的工会发的，不能由本会作废。请与发文单位联系。", document_id)
    if paper.state == VOID:
        raise NotAllowed(f"这份公文已经作废：{paper.void_reason or '没有写理由'}。", document_id)
    return paper


def _reason(reason: str) -> str:
    said = reason.strip().rstrip("。")
    if not said:
        raise BadInput("请写明作废的理由，档案里要留存。", "reason")
    if len(said) > LONGEST_REASON:
        raise BadInput(f"理由有{len(said)}个字，最多{LONGEST_REASON}个字。", "reason")
    return said


def _composable(old: Document) -> None:
    if old.kind not in COMPOSERS:
        raise NotAllowed("这份公文不是由台账生成的，不能重发。可以只作废，再另行制作。", old.id)


def _referring(session: Session, old: Document, ids: list[str], typed: Mapping[str, Any], day: date) -> Any:
    """Return the amended body with the sentence that ends the old paper, before a closing like 特此通知."""
    sentence = ending_sentence(old)
    if not sentence or not composer(old.kind).numbered:
        return typed.get("body")
    draft = document.paper_data(session, old.kind, old.subject_noun, ids, typed, day)
    body = [text for text in draft.data["body"] if text != sentence]
    closing = len(body) - 1 if body and len(body[-1]) <= 8 else len(body)
    return [*body[:closing], sentence, *body[closing:]]


def _present(typed: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in typed.items() if value not in (None, "", [])}
