"""Setting seals on papers: while issuing, or on a paper issued before; each use is entered in the register."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed, NotFound
from desktop.models.document import Document
from desktop.models.seal import Seal
from desktop.services import blobs, document
from desktop.services.derived.subject import get
from desktop.services.paper import storing
from desktop.services.paper.finish import Finish
from desktop.services.paper.kinds import layout
from desktop.services.seal import register
from desktop.services.seal.keeping import open_seal, seals


@dataclass(frozen=True)
class Use:
    """What a person gives to use seals: each with its keeper's passphrase, in the issuers' order, and what for."""

    keys: Sequence[tuple[str, str]]
    purpose: str = ""
    approved_by: str = ""


@dataclass(frozen=True)
class Choice:
    """An organ of a paper and its seals in use whose images are on this PC."""

    issuer: str
    seals: Sequence[dict[str, Any]]


def choices(session: Session, kind: str, data: Mapping[str, Any]) -> list[Choice]:
    """Return for each organ of a paper the seals to choose from; BadInput without a place, NotFound without a seal."""
    if not layout(kind).seals or data.get("sealed") is False:
        raise BadInput("这种文书没有套印印章的位置，请打印后加盖实物印章。", "seal")
    found = [Choice(issuer, [one for one in seals(session, issuer) if one["here"]]) for issuer in _issuers(data)]
    without = next((choice.issuer for choice in found if not choice.seals), None)
    if without is not None:
        raise NotFound(f"本机没有“{without}”可用的印章。请先在“用印管理”里登记或带入。", "seal")
    return found


def _issuers(data: Mapping[str, Any]) -> list[str]:
    return [str(name) for name in data.get("issuers") or [data.get("issuer", "")]]


def issue_sealed(
    session: Session,
    kind: str,
    noun: str,
    ids: Sequence[str],
    out: Path,
    use: Use,
    given: Mapping[str, Any] | None = None,
    finish: Finish | None = None,
    on: date | None = None,
) -> dict[str, Any]:
    """Issue a paper with its organs' seals and enter their use; as `document.issue`, with `seal_uses` added.

    BadInput for a wrong passphrase or a seal that is not the paper's organ's; nothing is issued then.
    """
    draft = document.paper_data(session, kind, noun, ids, given, on)
    found, finish = _opened(session, draft.data, use, finish)
    filed = document.issue(session, kind, noun, ids, out, given, finish, on)
    return {**filed, "seal_uses": _enter(session, found, filed, use)}


def seal_filed(session: Session, document_id: str, out: Path, use: Use, finish: Finish | None = None) -> dict[str, Any]:
    """Write a filed paper with its seals and enter their use; the filed copy stays as it is, the sealed one joins it.

    NotAllowed for a voided paper; a warning tells where today's layout is not that of the filed copy.
    """
    filed = get(session, Document, document_id, "公文")
    if filed.state == "已作废":
        raise NotAllowed("这份公文已经作废，不能再用印。", f"documents.{document_id}")
    data = {name: value for name, value in filed.data.items() if name != "subjects"}
    found, finish = _opened(session, data, use, finish)
    content = document.render(filed.kind, data, document.format_of(out), finish, filed.short_code)
    plain = document.render(filed.kind, data, "pdf", replace(finish, opened=(), sign=None), filed.short_code)
    digest = storing.store(session, content)
    blobs.write_whole(out, content)
    paper = {
        "id": filed.id,
        "document_number": filed.document_number,
        "title": filed.title,
        "short_code": filed.short_code,
        "sha256": digest,
    }
    same = hashlib.sha256(plain).hexdigest() == filed.sha256
    warnings = [] if same else ["版面与归档的那一份不尽相同（归档时已有印章、签名，或程序已更新），请核对后再用。"]
    return {**paper, "file": str(out), "warnings": warnings, "seal_uses": _enter(session, found, paper, use)}


def _opened(session: Session, data: Mapping[str, Any], use: Use, finish: Finish | None) -> tuple[list[Seal], Finish]:
    """Open every seal for the paper's organs, in their order."""
    issuers = _issuers(data)
    if len(use.keys) != len(issuers):
        raise BadInput(f"这份公文有{len(issuers)}个发文机关，给了{len(use.keys)}枚印章。请每个机关给一枚。", "seal")
    opened = [open_seal(session, seal_id, passphrase) for seal_id, passphrase in use.keys]
    for (seal, _), issuer in zip(opened, issuers, strict=True):
        if seal.issuer != issuer:
            raise BadInput(f"“{seal.name}”是“{seal.issuer}”的印章，不能盖在“{issuer}”的署名上。", "seal")
    return [seal for seal, _ in opened], replace(finish or Finish(), opened=tuple(image for _, image in opened))


def _enter(session: Session, found: Sequence[Seal], paper: Mapping[str, Any], use: Use) -> list[str]:
    given = {"purpose": use.purpose.strip() or str(paper.get("title", "")), "approved_by": use.approved_by.strip()}
    return [register.enter(session, seal, register.USED, paper, **given).id for seal in found]
