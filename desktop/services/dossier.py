"""一室一档: one workroom's dossier, of a year or of its whole life, and the audit pack of a grant, each as one PDF."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.documents.dossier import Listing, Part, Piece, attachment_pdf, bound, listing_pdf
from desktop.errors import DesktopError
from desktop.models.document import Attachment, Document
from desktop.rules.calendar import chinese
from desktop.rules.reading import choices_of, facts_read
from desktop.rules.regulation import Regulation
from desktop.services import blobs, records, workroom
from desktop.services.money import fen, grouped_yuan
from desktop.services.regulation import bundled, catalogue, office_regulations
from desktop.services.workroom import WorkroomSheet

SECTIONS_FACT: Final = "dossier_sections"
LEADER: Final = "领衔人"
PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "组成情况": ("workroom", "members", "honours"),
    "愿景目标": ("topics",),
    "管理制度": ("systems",),
    "计划方案": ("plans", "applications"),
    "成果项目": ("outcomes", "publications", "activities"),
    "效益效能": ("benefits", "assessments", "grants", "expenditures"),
}
# Columns of each listing: key, head, share of the line.
COLUMNS: Final[Mapping[str, tuple[str, tuple[tuple[str, str, int], ...]]]] = {
    "members": ("成员", (("name", "姓名", 2), ("role", "角色", 3), ("division", "分工", 3), ("honours", "荣誉", 4))),
    "honours": (
        "领衔人荣誉",
        (("awarded_on", "日期", 3), ("title", "称号", 4), ("level", "级别", 2), ("authority", "授予机关", 4)),
    ),
    "topics": ("课题", (("name", "课题", 6), ("started_on", "开始", 4), ("status", "进展", 2))),
    "plans": (
        "计划和总结",
        (("year", "年度", 2), ("kind", "类别", 3), ("filed_on", "提交", 4), ("content", "内容", 6)),
    ),
    "applications": ("申报", (("year", "年度", 2), ("regulation", "办法", 7), ("state", "状态", 3))),
    "outcomes": ("成果", (("date", "日期", 4), ("name", "成果", 5), ("form", "形式", 2), ("level", "级别", 2))),
    "publications": ("成果发布", (("published_on", "日期", 4), ("platform", "平台", 4), ("title", "标题", 5))),
    "activities": ("活动", (("date", "日期", 4), ("kind", "类别", 3), ("title", "内容", 6))),
    "benefits": ("效益", (("name", "成果", 4), ("benefit_yuan", "经济效益（元）", 3), ("benefit_note", "说明", 5))),
    "assessments": (
        "考核",
        (("year", "年度", 2), ("kind", "类别", 3), ("grade", "等次", 2), ("conclusion", "结论", 5)),
    ),
    "grants": ("补助", (("year", "年度", 2), ("grant_total_yuan", "金额（元）", 3), ("state", "进度", 5))),
    "expenditures": (
        "支出",
        (("paid_on", "日期", 4), ("category", "用途", 4), ("amount_yuan", "金额（元）", 3), ("source", "来源", 3)),
    ),
}
DATES: Final = ("date", "paid_on", "published_on", "started_on", "filed_on", "issued_on")
SPANS: Final = (("joined_on", "left_on"), ("started_on", "ended_on"), ("awarded_on", ""))
"""From when and until when a row belongs to the years: a member, a topic, an honour that is held."""


@dataclass(frozen=True)
class Made:
    """A dossier that was written: where, how many papers and attachments it holds, and what could not be bound."""

    file: str
    papers: int
    attachments: int
    problems: tuple[str, ...]


def sections(laws: Sequence[Regulation]) -> tuple[str, ...]:
    """Return the parts of a dossier in the order of the regulation that writes them; the first that writes any."""
    for law in laws:
        for rule in law.rules:
            if rule.kind == "archive" and SECTIONS_FACT in facts_read(rule):
                return choices_of(rule).get(SECTIONS_FACT, ())
    return ()


def make(session: Session, workroom_id: str, out: Path, year: int | None = None) -> Made:
    """Write a workroom's dossier of a year, or of its whole life; BadInput or NotFound in words."""
    sheet = workroom.sheet(session, workroom_id)
    order = sections(office_regulations(session)) or sections(list(bundled().values()))
    lists = {name: [row for row in rows if _of_year(row, year)] for name, rows in _lists(sheet).items()}
    titles = {law.id: law.title for law in catalogue(session).values()}
    lists["applications"] = [
        {**row, "regulation": titles.get(row["regulation"], row["regulation"])} for row in lists["applications"]
    ]
    bound_in: set[str] = set()
    attached: list[Piece] = []
    parts = []
    for number, title in enumerate(order, start=1):
        listed, own = _part(number, title, sheet, lists), _ids(title, sheet, lists)
        files = _attachments(session, [one for one in own if one not in bound_in])
        bound_in.update(own)
        attached += files
        parts.append(Part(listed.title, (*listed.pieces, *files)))
    ids = [workroom_id, *(row["id"] for rows in lists.values() for row in rows)]
    papers = _papers(session, ids, year)
    left = _attachments(session, [one for one in ids if one not in bound_in])
    parts += [Part("公文", tuple(papers)), Part("附件", tuple(left))]
    when = f"{year}年" if year else "全部年度"
    blobs.write_whole(out, bound(f"{sheet.workroom['name']}档案（{when}）", parts))
    return _made(out, papers, [*attached, *left])


def years(session: Session, workroom_id: str) -> list[int]:
    """Return the years in which anything about a workroom is on record, the latest first."""
    sheet = workroom.sheet(session, workroom_id)
    found = {year for rows in _lists(sheet).values() for row in rows for year in _years_of(row)}
    established = sheet.workroom["established_on"]
    return sorted(found | ({int(established[:4])} if established else set()), reverse=True)


def _years_of(row: Mapping[str, Any]) -> set[int]:
    days = [row[name] for name in DATES if row.get(name)]
    return {int(row["year"])} if row.get("year") is not None else {int(days[0][:4])} if days else set()


def _ids(title: str, sheet: WorkroomSheet, lists: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[str]:
    """Return the records that a part of the dossier speaks of: their attachments stand in it."""
    names = PLACES.get(title, ())
    own = [sheet.workroom["id"]] if "workroom" in names else []
    return own + [row["id"] for name in names for row in lists.get(name, ())]


def _made(out: Path, papers: Sequence[Piece], attached: Sequence[Piece]) -> Made:
    problems = tuple(f"{one.title}：{one.problem}" for one in (*papers, *attached) if one.problem)
    bound_in = [sum(not one.problem for one in pieces) for pieces in (papers, attached)]
    return Made(str(out), bound_in[0], bound_in[1], problems)


def _lists(sheet: WorkroomSheet) -> dict[str, list[dict[str, Any]]]:
    lists = {name: list(getattr(sheet, name)) for name in COLUMNS if hasattr(sheet, name)}
    honours = [{**row, "title": row["title"] or row["kind"]} for row in sheet.honours]
    leader = [{**sheet.leader, "role": LEADER, "honours": [row["title"] for row in honours]}] if sheet.leader else []
    members = [row for row in sheet.members if not leader or row["role"] != LEADER]
    benefits = [{**row, "benefit_note": row["benefit_note"] or _benefit(row)} for row in sheet.outcomes]
    told = [row for row in benefits if row["benefit_yuan"] or row["benefit_note"]]
    return {**lists, "members": [*leader, *members], "honours": honours, "benefits": told}


def _benefit(row: Mapping[str, Any]) -> str:
    """Return which benefit an outcome is known to have, where nobody wrote more."""
    known = (("benefit_economic", "有经济效益"), ("benefit_social", "有社会效益"))
    return "、".join(words for name, words in known if row[name])


def _part(number: int, title: str, sheet: WorkroomSheet, lists: Mapping[str, Sequence[Mapping[str, Any]]]) -> Part:
    found = []
    for name in PLACES.get(title, ()):
        if name in ("workroom", "systems"):
            found.append(_plain(name, sheet))
        else:
            rows = lists.get(name, ())
            found += [_listing(name, rows)] if rows else []
    heading = f"第{number}部分　{title}"
    return Part(heading, (Piece(title, listing_pdf(heading, found)),) if found else ())


def _of_year(row: Mapping[str, Any], year: int | None) -> bool:
    if year is None:
        return True
    if row.get("year") is not None:
        return int(row["year"]) == year
    for start, end in SPANS:
        if start in row:
            begun = not row[start] or int(row[start][:4]) <= year
            return begun and (not row.get(end) or int(row[end][:4]) >= year)
    days = [row[name] for name in DATES if row.get(name)]
    return not days or days[0].startswith(str(year))


def _plain(name: str, sheet: WorkroomSheet) -> Listing:
    room = sheet.workroom
    wanted: tuple[tuple[str, Any], ...] = (
        ("工作室名称", room["name"]),
        ("所在单位", (sheet.unit or {}).get("name")),
        ("领衔人", (sheet.leader or {}).get("name")),
        ("级别", room["level"]),
        ("开始运行日期", _shown("established_on", room["established_on"])),
        ("命名日期", _shown("named_on", room["named_on"])),
        ("授牌日期", _shown("plaque_on", room["plaque_on"])),
    )
    if name == "systems":
        wanted = (("工作制度", "、".join(room["systems"])), ("场地", room["venue_address"]))
    rows = tuple((title, str(value or "")) for title, value in wanted)
    return Listing("基本情况" if name == "workroom" else "制度与场地", ("项目", "内容"), rows, (1, 3))


def _listing(name: str, rows: Sequence[Mapping[str, Any]]) -> Listing:
    title, columns = COLUMNS[name]
    body = tuple(tuple(_words(row, key) for key, _head, _share in columns) for row in rows)
    return Listing(title, tuple(head for _key, head, _share in columns), body, tuple(share for *_, share in columns))


def _words(row: Mapping[str, Any], key: str) -> str:
    value = row["person"]["name"] if key == "name" and "person" in row else row.get(key)
    return "、".join(map(str, value)) if isinstance(value, list) else _shown(key, value)


def _shown(key: str, value: Any) -> str:
    """Return a value as papers write it: days and sums of money in the words of people."""
    if value in (None, ""):
        return ""
    if key == "date" or key.endswith("_on"):
        return chinese(date.fromisoformat(value))
    return grouped_yuan(fen(value)) if key.endswith("_yuan") else str(value)


def _papers(session: Session, ids: Sequence[str], year: int | None) -> list[Piece]:
    query = select(Document).where(Document.subject_id.in_(ids), Document.state == "已签发")
    rows = session.scalars(query.order_by(Document.issued_on, Document.id))
    where = blobs.folder(session)
    wanted = [row for row in rows if year is None or row.issued_on is None or row.issued_on.year == year]
    return [_kept(f"{row.title or row.kind}　{row.document_number}".strip(), where, row.sha256, "") for row in wanted]


def _attachments(session: Session, ids: Sequence[str]) -> list[Piece]:
    query = select(Attachment).where(Attachment.owner_id.in_(ids)).order_by(Attachment.owner_noun, Attachment.name)
    where = blobs.folder(session)
    return [_kept(row.name, where, row.sha256, row.media_type) for row in session.scalars(query)]


def _kept(title: str, where: Path, digest: str, media_type: str) -> Piece:
    """Return a kept file as a piece; one that is not on this PC or was damaged is named with its problem."""
    try:
        content = blobs.read(where, digest)
    except DesktopError as error:
        return Piece(title, problem=error.message.split("。")[0])
    found = attachment_pdf(content, media_type)
    return Piece(title, found.pdf, found.problem)


def audit_pack(session: Session, grant_id: str, out: Path, title: str, ledger: Sequence[Listing]) -> Made:
    """Write everything about one grant as one PDF with bookmarks: its ledger, its papers, its receipts."""
    spent = records.list_records(session, "expenditures", {"grant_id": grant_id})
    ids = [grant_id, *(one["id"] for one in spent)]
    papers, attached = _papers(session, ids, None), _attachments(session, ids)
    parts = [
        Part("台账", (Piece("资金台账", listing_pdf("资金台账", ledger)),)),
        Part("公文", tuple(papers)),
        Part("票据和附件", tuple(attached)),
    ]
    blobs.write_whole(out, bound(title, parts))
    return _made(out, papers, attached)
