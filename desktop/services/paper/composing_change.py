"""Papers of a workroom's standing: change of name or leader, its file, its plaque, an alliance's task."""

from typing import Any

from sqlalchemy import select

from desktop.models.document import Attachment, Document
from desktop.models.grant import Grant
from desktop.models.outcome import Outcome
from desktop.models.person import Honour, Person
from desktop.models.unit import Unit
from desktop.models.workroom import Alliance, AllianceMember, Workroom
from desktop.services.money import yuan
from desktop.services.paper.case import Case
from desktop.services.paper.composing import PaperDraft, PaperField, chinese_date, honours_of
from desktop.services.paper.composing_decisions import official_draft
from desktop.services.paper.composing_rectify import plaques
from desktop.services.paper.composing_review import CHECKED, checking_sheet, head_of
from desktop.services.paper.drafts import form_draft, present

CHANGES = ("更换领衔人", "更名", "退出", "取消")


def _wanted(one: Case) -> dict[str, Any]:
    """Return what is to be changed, as typed, with the new leader's honours from the register."""
    name = one.given.get("new_leader", "")
    person = one.session.scalars(select(Person).filter_by(name=name)).first() if name else None
    query = select(Honour).where(Honour.person_id == (person.id if person is not None else None)).order_by(Honour.id)
    return {
        "change": one.given.get("change", ""),
        "new_leader": name,
        "new_name": one.given.get("new_name", ""),
        "cause": one.given.get("cause", ""),
        "new_honours": honours_of(one.session.scalars(query)),
    }


def _change_inputs(wanted: dict[str, Any]) -> tuple[PaperField, ...]:
    leads, renames = wanted["change"] == CHANGES[0], wanted["change"] == CHANGES[1]
    return (
        PaperField(
            "change", "变更种类", "choice", wanted["change"], True, not wanted["change"], choices=("", *CHANGES)
        ),
        PaperField("cause", "变更原因", "text", wanted["cause"], True, not wanted["cause"]),
        PaperField("new_leader", "新领衔人", "text", wanted["new_leader"], leads, leads and not wanted["new_leader"]),
        PaperField("new_name", "变更后名称", "text", wanted["new_name"], renames, renames and not wanted["new_name"]),
    )


def change_request(one: Case) -> PaperDraft:
    """Fill 变更申请表 (更名、更换领衔人、退出)."""
    item, wanted = one.one, _wanted(one)
    head = {"workroom_name": item.name, "unit_name": item.unit_name, "leader_name": item.person_name}
    draft = form_draft(one, "change-request", {**head, **wanted, "articles": one.sentences()})
    inputs = _change_inputs(wanted)
    named = {field.name for field in inputs}
    fields = (*inputs, *(field for field in draft.fields if field.name not in named))
    return PaperDraft(draft.kind, draft.data, fields, draft.warnings)


def change_reply(one: Case) -> PaperDraft:
    """Compose 变更（更名）批复, with what the regulation says of plaque and money after a change."""
    item, wanted = one.one, _wanted(one)
    act = _agreed(item.name, item.person_name, wanted)
    body = [
        f"你单位关于{item.name}{wanted['change'] or '变更'}的申请收悉。根据{one.basis}，经研究，批复如下。",
        f"同意{act}。",
        *one.sentences(),
        "请做好交接和档案更新工作。",
        "此复。",
    ]
    return official_draft(
        one,
        "change-reply",
        title=f"关于同意{item.name}{wanted['change'] or '变更'}的批复",
        to=[item.union_name] if item.union_name else [],
        body=body,
        inputs=_change_inputs(wanted),
    )


def change_refusal(one: Case) -> PaperDraft:
    """Compose 不同意变更告知 with the reasons that a person gives."""
    item, wanted = one.one, _wanted(one)
    reasons = one.given.get("reasons") or []
    inputs = (
        *_change_inputs(wanted)[:2],
        PaperField("reasons", "不同意的理由", "paragraphs", reasons, True, not reasons),
    )
    act = wanted["change"] or "变更"
    body = [
        f"你单位关于{item.name}{act}的申请收悉。根据{one.basis}，经审核，不同意{act}。理由如下。",
        *[f"{number}.{text.rstrip('。')}。" for number, text in enumerate(reasons, start=1)],
        *one.sentences(anywhere=True),
        "请按办法要求完善后再行申请。",
    ]
    return official_draft(
        one,
        "change-refusal",
        title=f"关于不同意{item.name}{act}的通知",
        to=[item.union_name] if item.union_name else [],
        body=body,
        inputs=inputs,
    )


def change_check(one: Case) -> PaperDraft:
    """Fill 变更审核（考核）表: what is to be changed, and the rules to be looked at for it.

    A text that has the new team assessed (变更考核表) goes through the naming conditions again; another is looked at
    by what it says of the change itself.
    """
    if "考核" in one.paper_name:
        return form_draft(one, "qualification-check", checking_sheet(one, _conditions(one)))
    wanted = _wanted(one)
    data = checking_sheet(one, _of_change(one, wanted))
    return form_draft(one, "qualification-check", data, inputs=_change_inputs(wanted))


def _conditions(one: Case) -> list[dict[str, Any]]:
    known = {rule.id: rule for rule in one.law.rules}
    return [
        {"group": head_of(page), "title": known[rule].title, "article": known[rule].article}
        for page in one.law.pages("申报")
        for rule in page.rules
        if known[rule].strength in CHECKED and not known[rule].title.startswith("施行")
    ]


def _of_change(one: Case, wanted: dict[str, Any]) -> list[dict[str, Any]]:
    told = (
        ("变更种类", wanted["change"]),
        ("变更原因", wanted["cause"]),
        ("新领衔人", wanted["new_leader"]),
        ("新领衔人荣誉", wanted["new_honours"]),
        ("变更后名称", wanted["new_name"]),
    )
    asked = [rule for rule in one.law.rules if "变更" in rule.stage and rule.strength in CHECKED]
    return [
        *(present({"group": "申请事项", "title": title, "article": "—", "actual": said}) for title, said in told),
        *({"group": "办法要求", "title": rule.title, "article": rule.article} for rule in asked),
    ]


def _agreed(name: str, leader: str, wanted: dict[str, Any]) -> str:
    said = []
    if wanted["new_leader"]:
        said.append(f"{name}领衔人由{leader or '　　　'}变更为{wanted['new_leader']}")
    if wanted["new_name"]:
        said.append(f"{name}更名为{wanted['new_name']}")
    if not said and wanted["change"] in {"退出", "取消"}:
        said.append(f"{name}{wanted['change']}")
    return "，".join(said) or f"{name}的变更申请"


def archive_catalogue(one: Case) -> PaperDraft:
    """Fill 档案目录: papers, attachments and outcomes on record, under the parts that the regulation names."""
    item, record = one.one, one.one.record
    rows: list[dict[str, Any]] = []
    documents = one.session.scalars(
        select(Document).filter_by(subject_id=record.id, state="已签发").order_by(Document.issued_on, Document.id)
    )
    rows += [
        present(
            {
                "part": "文书",
                "title": row.title or row.kind,
                "number": row.document_number or row.short_code,
                "dated": chinese_date(row.issued_on) if row.issued_on else "",
                "pages": str(row.pages or ""),
            }
        )
        for row in documents
    ]
    rows += [_outcome_row(row) for row in one.session.scalars(select(Outcome).filter_by(workroom_id=record.id))]
    attached = select(Attachment).filter_by(owner_id=record.id).order_by(Attachment.name)
    rows += [present({"part": "附件", "title": row.name, "note": row.note}) for row in one.session.scalars(attached)]
    found = one.recipe.paper(one.law)
    parts = [{"part": part, "title": "　"} for part in (found[1].fields if found else ())]
    data = {
        "workroom_name": item.name,
        "unit_name": item.unit_name,
        "leader_name": item.person_name,
        "year": one.given.get("year", one.on.year),
        "articles": one.sentences(anywhere=True),
        "rows": [{**part, "title": "（按办法立卷）"} for part in parts] + rows,
    }
    return form_draft(one, "archive-catalogue", data)


def _outcome_row(row: Outcome) -> dict[str, Any]:
    return present(
        {
            "part": "成果",
            "title": row.name,
            "number": row.patent_number or row.certificate_number,
            "dated": chinese_date(row.date) if row.date else "",
        }
    )


def plaque_register(one: Case) -> PaperDraft:
    """Fill 牌匾登记表 for one or many workrooms."""
    given = {row.workroom_id: row for row in plaques(one)}
    rows = []
    for item in one.items:
        row = given.get(item.record.id)
        day = row.awarded_on if row is not None else item.record.plaque_on
        rows.append(
            present(
                {
                    "name": item.name,
                    "unit_name": item.unit_name,
                    "person": item.person_name,
                    "plaque_on": chinese_date(day) if day else "",
                    "note": row.number if row is not None else "",
                }
            )
        )
    return form_draft(one, "plaque-register", {"rows": rows})


def plaque(one: Case) -> PaperDraft:
    """Compose the face of a workroom's plaque."""
    item = one.one
    given = plaques(one)
    day = given[-1].awarded_on if given else item.record.plaque_on or item.record.named_on
    title = given[-1].title if given else one.what
    data = {
        "title": title,
        "name": item.name,
        "issuer": one.office.name,
        "date": day.isoformat() if day else one.on.isoformat(),
        "width_mm": 600,
        "height_mm": 400,
    }
    return form_draft(one, "plaque", data, title=title)


def alliance_task(one: Case) -> PaperDraft:
    """Fill 联盟支持建设任务书 with the alliance's members and its grant."""
    alliance: Alliance = one.one.record
    joined = select(Workroom).join(AllianceMember, AllianceMember.workroom_id == Workroom.id)
    rooms = list(one.session.scalars(joined.where(AllianceMember.alliance_id == alliance.id).order_by(Workroom.name)))
    lead = one.one.workroom
    grant = one.session.scalars(select(Grant).filter_by(alliance_id=alliance.id)).first()
    amount = grant.grant_total_fen if grant is not None else _alliance_amount(one)
    data = {
        "name": alliance.name,
        "alliance_type": alliance.alliance_type,
        "lead_name": lead.name if lead is not None else "",
        "total_yuan": yuan(amount) if amount else None,
        "established_on": alliance.established_on.isoformat() if alliance.established_on else None,
        "articles": one.sentences(),
        "members": [_member(one, room) for room in rooms],
    }
    return form_draft(one, "alliance-task", data)


def _alliance_amount(one: Case) -> int | None:
    return next((grant.amount_fen for grant in one.law.grants if grant.track == "联盟"), None)


def _member(one: Case, room: Workroom) -> dict[str, Any]:
    unit = one.session.get(Unit, room.unit_id) if room.unit_id else None
    leader = one.session.get(Person, room.leader_id) if room.leader_id else None
    return present({"name": room.name, "unit_name": unit.name if unit else "", "person": leader.name if leader else ""})
