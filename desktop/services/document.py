"""Papers: filling them from records, setting them, taking numbers and filing what was issued."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.documents.kinds import KINDS
from desktop.documents.merging import merged
from desktop.documents.numerals import document_number
from desktop.errors import BadInput
from desktop.models.base import canonical_json
from desktop.models.document import Document
from desktop.models.office import Office
from desktop.services import blobs, records
from desktop.services.numbering.sequence import cautions, next_serial, refuse_taken
from desktop.services.office import own_office
from desktop.services.paper import storing
from desktop.services.paper import subjects as paper_subjects
from desktop.services.paper.composing import PaperDraft, read_given
from desktop.services.paper.composing_calls import KIND as CALL
from desktop.services.paper.composing_calls import called
from desktop.services.paper.composing_meetings import DRAW, claim, drawn
from desktop.services.paper.days import unusual_days, unusual_period
from desktop.services.paper.disputed import dispute_warnings
from desktop.services.paper.finish import Finish as Finish
from desktop.services.paper.kinds import COMPOSERS, Composer, composer, layout
from desktop.services.paper.recipes import regulations_of
from desktop.services.paper.remarks import unprinted, unsigned
from desktop.services.paper.sheets import has_table, sheet
from desktop.services.paper.subjects import PaperSubject
from desktop.services.record.fields import title_of
from desktop.services.regulation import bundled, catalogue, office_regulations

FORMATS = ("pdf", "docx", "xlsx")
PRACTISED = frozenset({"publicity", "naming-decision"})
"""Papers that an office may make by its own practice where its regulation writes none; the draft then says so."""


@dataclass(frozen=True)
class KindInfo:
    """A kind as the window lists it."""

    id: str
    title: str
    step: str
    nouns: tuple[str, ...]
    many: bool
    numbered: bool


def describe() -> list[dict[str, Any]]:
    """Return every kind with its name, regulations, formats and fields, for the command line."""
    laws = bundled()
    plain = [{**kind.as_dict(), "formats": _listed(kind.id)} for kind in KINDS.values() if kind.id not in COMPOSERS]
    made = [
        {
            **layout(one.id).as_dict(),
            "id": one.id,
            "name": one.title,
            "regulations": regulations_of(one.id, laws),
            "nouns": list(one.nouns),
            "formats": _listed(one.id),
        }
        for one in COMPOSERS.values()
    ]
    return plain + made


def _listed(kind: str) -> list[str]:
    return [form.upper() for form in formats(kind)]


def kinds(session: Session | None = None) -> list[KindInfo]:
    """Return the kinds that records can fill, in the order of the journey; with a session, those of its regulations."""
    laws = None if session is None else {law.id: law for law in office_regulations(session)}
    common = PRACTISED if session is None or not drawn(session) else {*PRACTISED, DRAW}
    return [
        KindInfo(c.id, c.title, c.step, c.nouns, c.many, c.numbered)
        for c in COMPOSERS.values()
        if laws is None or c.id in common or regulations_of(c.id, laws)
        if session is None or c.id != CALL or called(session)
    ]


def subjects(session: Session, kind: str, noun: str = "") -> list[PaperSubject]:
    """Return the records of a noun, else of a kind's first, that it can be made for: those under a regulation of it."""
    using = None if kind in PRACTISED else {*regulations_of(kind, catalogue(session)), ""}
    return paper_subjects.listed(session, noun or composer(kind).nouns[0], using)


def paper_data(
    session: Session,
    kind: str,
    noun: str,
    ids: Sequence[str],
    given: Mapping[str, Any] | None = None,
    on: date | None = None,
) -> PaperDraft:
    """Compose a paper from records with what a person has typed over it; its number is only shown, not taken."""
    maker = composer(kind)
    _require_noun(maker, noun)
    today, typed = on or date.today(), read_given(given)
    draft = maker.compose(session, noun, list(ids), today, typed)
    disputes = dispute_warnings(session, noun, ids, draft.data)
    days = (*unusual_days(draft.data, today), *unusual_period(typed.values, draft.data))
    numbered = _with_number(session, maker, replace(draft, warnings=(*disputes, *days, *draft.warnings)))
    return replace(numbered, warnings=(*numbered.warnings, *unsigned(kind, numbered.data)))


def _require_noun(maker: Composer, noun: str) -> None:
    if noun not in maker.nouns:
        takes = "、".join(f"{title_of(one)}（{one}）" for one in maker.nouns)
        raise BadInput(f"“{maker.title}”由{takes}生成，不能由{title_of(noun)}（{noun}）生成。", "noun")


def _with_number(session: Session, maker: Composer, draft: PaperDraft) -> PaperDraft:
    if not maker.numbered or draft.data.get("number"):
        return draft
    office, warnings = own_office(session), draft.warnings
    code = office.document_code
    if not code:
        code = suggested_code(office)
        warnings = (*warnings, f"本工会还没有登记机关代字，暂用“{code}”。请核对，并在本工会信息里填写。")
    year = date.fromisoformat(draft.data["date"]).year
    number = {"code": code, "year": year, "serial": next_serial(session, code, year)}
    warnings = (*warnings, *cautions(session, code, year))
    return replace(draft, data={**draft.data, "number": number}, warnings=warnings)


def suggested_code(office: Office) -> str:
    """Return a 机关代字 made from the region's name: first and last character without 省市县旗区盟, and 工发."""
    place = (office.region or office.name.removesuffix("总工会")).rstrip("省市县旗区盟") or office.name[:2]
    return (place if len(place) <= 2 else place[0] + place[-1]) + "工发"


def render(kind: str, data: Mapping[str, Any], form: str, finish: Finish | None = None, code: str = "") -> bytes:
    """Set one paper as pdf, docx or xlsx; BadInput names a wrong field, Unprintable what cannot be set."""
    paper, finish = layout(kind), finish or Finish()
    finish.require(paper, form)
    setting = finish.setting(code)
    if form == "pdf":
        return finish.closed(paper.pdf(data, setting))
    if form == "docx" and paper.word is not None:
        return paper.word(data, setting)
    if form == "xlsx" and has_table(paper):
        return sheet(paper, data)
    raise BadInput(f"“{paper.name}”不能输出为 {form.upper()}。可用：{'、'.join(formats(kind)).upper()}。", "out")


def formats(kind: str) -> tuple[str, ...]:
    """Return the formats in which a kind can be saved: pdf, docx where its layout has it, xlsx where it has a table."""
    paper = layout(kind)
    return ("pdf", *(("docx",) if paper.word else ()), *(("xlsx",) if has_table(paper) else ()))


def number_words(draft: PaperDraft) -> str:
    """Return the number as printed, e.g. 左中工发〔2026〕18号; empty for a paper without one."""
    number = draft.data.get("number")
    return document_number(**number) if number else ""


def format_of(out: Path) -> str:
    """Return the format that a file's ending asks for."""
    form = out.suffix.lower().lstrip(".")
    if form not in FORMATS:
        raise BadInput(f"输出文件的后缀应为 .pdf、.docx 或 .xlsx，现在是“{out.name}”。", "out")
    return form


def write_paper(kind: str, data: Any, out: Path, finish: Finish | None = None) -> dict[str, Any]:
    """Write one paper from plain data; `warnings` tell what it should have and lacks."""
    form, finish = format_of(out), finish or Finish()
    content = render(kind, _object(data), form, finish)
    blobs.write_whole(out, content)
    digest = hashlib.sha256(content).hexdigest()
    warnings = [*unsigned(kind, data), *unprinted(kind, data, form, finish), *finish.notes]
    return {"file": str(out), "kind": kind, "sha256": digest, "warnings": warnings}


def write_batch(
    kind: str, data: Any, folder: Path, merge: bool = False, finish: Finish | None = None
) -> dict[str, Any]:
    """Write a PDF for each object of an array, or one PDF of all; all data is read before the first file is made."""
    if not isinstance(data, list) or not data:
        raise BadInput("成批输出要一个 JSON 数组，每个对象一份公文。", "data")
    for number, one in enumerate(data, start=1):
        if not isinstance(one, dict):
            raise BadInput(f"第{number}份：公文数据应是一个 JSON 对象。", f"[{number - 1}]")
    finish = finish or Finish()
    finish.require(layout(kind), "pdf")
    contents = list(layout(kind).pdfs(data, finish.setting()))
    warnings = [
        f"第{number}份：{words}"
        for number, one in enumerate(data, start=1)
        for words in (*unsigned(kind, one), *unprinted(kind, one, "pdf", finish))
    ] + list(finish.notes)
    if merge:
        blobs.write_whole(folder / f"{kind}.pdf", finish.closed(merged(contents)))
        return {"files": [str(folder / f"{kind}.pdf")], "papers": len(contents), "warnings": warnings}
    files = [folder / f"{kind}-{number:04d}.pdf" for number in range(1, len(contents) + 1)]
    for file, content in zip(files, finish.all_closed(contents), strict=True):
        blobs.write_whole(file, content)
    return {"files": [str(file) for file in files], "papers": len(contents), "warnings": warnings}


def _object(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise BadInput("公文数据应是一个 JSON 对象。", "data")
    return data


def short_code(kind: str, data: Mapping[str, Any]) -> str:
    """Return the code that matches a printed form with its record: eight letters and digits of the data's hash."""
    digest = hashlib.sha256(f"{kind}\n{canonical_json(data)}".encode()).digest()
    letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    code = "".join(letters[byte % 32] for byte in digest[:8])
    return f"{code[:4]}-{code[4:]}"


def issue(
    session: Session,
    kind: str,
    noun: str,
    ids: Sequence[str],
    out: Path,
    given: Mapping[str, Any] | None = None,
    finish: Finish | None = None,
    on: date | None = None,
) -> dict[str, Any]:
    """Issue a paper from records: take its number, write it, file a copy; BadInput lists what is still missing."""
    draft = paper_data(session, kind, noun, ids, given, on)
    if draft.missing:
        listed = "、".join(f"{one.title}（{one.name}）" for one in draft.missing)
        raise BadInput(f"还缺少：{listed}。请补齐后再出文。", draft.missing[0].name)
    code = short_code(kind, draft.data) if composer(kind).form else ""
    finish = finish or Finish()
    content = render(kind, draft.data, format_of(out), finish, code)
    if draft.data.get("number"):
        refuse_taken(session, **draft.data["number"])
    filed = _file(session, draft, noun, ids, code, content)
    blobs.write_whole(out, content)
    return {**records.to_json(filed), "file": str(out), "warnings": [*draft.warnings, *finish.cautions]}


def _file(session: Session, draft: PaperDraft, noun: str, ids: Sequence[str], code: str, content: bytes) -> Document:
    number, data = draft.data.get("number") or {}, draft.data
    filed = Document(
        office_id=own_office(session).id,
        kind=draft.kind,
        title=data.get("title", ""),
        number_code=number.get("code", ""),
        number_year=number.get("year"),
        number_serial=number.get("serial"),
        document_number=document_number(**number) if number else "",
        issued_on=date.fromisoformat(data["date"]) if data.get("date") else None,
        subject_noun=noun,
        subject_id=ids[0],
        data={**data, "subjects": list(ids)},
        sha256=storing.store(session, content),
        pages=storing.pages_of(content),
        short_code=code,
    )
    session.add(filed)
    session.flush()
    about = claim(session, filed, noun, ids)
    if about:
        filed.data = {**filed.data, "subjects": list(dict.fromkeys((*ids, *about)))}
    return filed


def issued(session: Session, noun: str, record_id: str) -> list[dict[str, Any]]:
    """Return the papers filed for a record, the latest first."""
    query = select(Document).filter_by(subject_noun=noun, subject_id=record_id)
    query = query.order_by(Document.issued_on.desc(), Document.number_serial.desc(), Document.id)
    return [records.to_json(row) for row in session.scalars(query)]
