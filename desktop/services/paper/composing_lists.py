"""Papers over several workrooms: recommendation with summary table, publicity, naming decision."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.application import Application, Override
from desktop.models.office import Office
from desktop.models.outcome import Outcome
from desktop.rules.regulation import Regulation
from desktop.services.derived.subject import workroom_subject
from desktop.services.derived.team import team
from desktop.services.office import own_office
from desktop.services.paper.composing import (
    Entry,
    Given,
    PaperDraft,
    PaperField,
    application_entries,
    chinese_date,
    cite,
    head_fields,
    names,
    overlaid,
)
from desktop.services.paper.wording import names_itself, object_of, receivers_of

SUMMARY_COLUMNS = (
    "序号",
    "推荐单位",
    "工作室名称",
    "所在单位",
    "领衔人",
    "领衔人荣誉",
    "团队人数",
    "开始运行日期",
    "成果数",
    "联系人及电话",
)


FORMS = {
    "报告": ("recommendation", "现将有关情况报告如下。", "特此报告。"),
    "请示": ("recommendation-request", "现将有关情况请示如下。", "妥否，请批示。"),
    "函": ("recommendation-letter", "现将有关情况函告如下。", "特此函达。"),
}
"""Kind, opening and closing words: 报告 and 请示 go up, 函 goes to a body without a line of command."""


def recommendation(session: Session, ids: Sequence[str], on: date, given: Given, form: str = "报告") -> PaperDraft:
    """Compose 推荐报告（请示、函） with its ranked 汇总表, from this office to the one above it."""
    kind, opening, closing = FORMS[form]
    law, entries = application_entries(session, ids)
    office, year, what = own_office(session), entries[0].application_year(on), object_of(law)
    parent = session.get(Office, office.parent_id) if office.parent_id else None
    table = {"columns": list(SUMMARY_COLUMNS), "rows": _summary_rows(session, entries, office, on)}
    data: dict[str, Any] = {
        "issuer": office.name,
        "title": f"关于推荐{year}年{what}的{form}",
        "to": [parent.name] if parent is not None else [],
        "body": _recommendation_body(session, law, entries, year, (opening, closing)),
        "attachments": [{"title": f"{year}年{what}推荐汇总表", "table": table}],
        "signer": office.chair,
        "date": on.isoformat(),
        "note": _contact(office),
    }
    upward = form != "函"
    data = overlaid({name: value for name, value in data.items() if upward or name != "signer"}, given, ())
    return PaperDraft(kind, data, tuple(head_fields(data, numbered=True, signer=upward)))


def _recommendation_body(
    session: Session, law: Regulation, entries: Sequence[Entry], year: int, words: tuple[str, str]
) -> list[str]:
    filed = select(func.count()).select_from(Application).filter_by(regulation=law.id, year=year, stage="申报")
    received = session.scalar(filed.where(Application.state != "草稿"))
    body = [
        f"根据{cite(law)}，我会组织开展了{year}年{object_of(law)}推荐工作。{words[0]}",
        "一、申报和初审情况",
        f"本年度共收到申报材料{received or len(entries)}份。我会对照办法所列条件逐项审核，并核对了证明材料。",
        "二、推荐意见",
        f"经研究，推荐{names(entries)}等{len(entries)}家创新工作室，推荐顺序见附件。"
        if len(entries) > 1
        else f"经研究，推荐{names(entries)}，有关情况见附件。",
    ]
    reasons = _reasons(session, law, entries)
    if reasons:
        body += ["三、需要说明的事项", *reasons]
    return [*body, words[1]]


def _reasons(session: Session, law: Regulation, entries: Sequence[Entry]) -> list[str]:
    """Return a sentence for each condition that was passed with a recorded reason (原则上、一般)."""
    names_by_id = {one.application.id: one.workroom.name for one in entries if one.application is not None}
    rows = session.scalars(
        select(Override).where(Override.subject_id.in_(names_by_id)).order_by(Override.subject_id, Override.rule)
    )
    known = {rule.id: rule for rule in law.rules}
    return [
        f"{names_by_id[row.subject_id]}：{known[row.rule].article}“{known[row.rule].title}”，"
        f"实际情况为{row.actual or '与标准不一致'}，理由：{row.reason.rstrip('。')}。"
        for row in rows
        if row.rule in known
    ]


def _summary_rows(session: Session, entries: Sequence[Entry], office: Office, on: date) -> list[list[str]]:
    return [_summary_row(session, number, one, office, on) for number, one in enumerate(entries, start=1)]


def _summary_row(session: Session, number: int, one: Entry, office: Office, on: date) -> list[str]:
    workroom = one.workroom
    people = team(workroom_subject(session, workroom.id, "", on))
    outcomes = session.scalar(select(func.count()).select_from(Outcome).filter_by(workroom_id=workroom.id)) or 0
    return [
        str(number),
        one.office.name if one.office is not None else office.name,
        workroom.name,
        one.unit_name,
        one.leader_name,
        one.honours_text,
        str(len(people)),
        chinese_date(workroom.established_on) if workroom.established_on else "",
        str(outcomes),
        " ".join(part for part in (workroom.contact, workroom.phone) if part),
    ]


def publicity(session: Session, ids: Sequence[str], on: date, given: Given) -> PaperDraft:
    """Compose 公示 of what is to be named or recommended; the days are asked for, never assumed."""
    law, entries = application_entries(session, ids)
    office, year, what = own_office(session), entries[0].application_year(on), object_of(law)
    inputs, act = _publicity_inputs(given), "拟命名" if names_itself(law, office.level) else "拟推荐"
    body = [
        f"根据{cite(law)}，经申报、审核和研究，现将{year}年{act}的{what}名单予以公示。",
        f"公示时间：{_period(inputs)}。",
        f"公示期间，如有异议，请以书面形式向{office.name}反映，并写明真实姓名和联系方式。"
        "以单位名义反映的，应加盖单位公章。",
        *_where(office),
    ]
    table = {"columns": ["序号", "工作室名称", "所在单位", "领衔人"], "rows": _name_rows(entries)}
    data: dict[str, Any] = {
        "issuer": office.name,
        "title": f"关于{year}年{act}{what}的公示",
        "body": body,
        "attachments": [{"title": f"{year}年{act}{what}名单", "table": table}],
        "date": on.isoformat(),
    }
    data = overlaid(data, given, inputs)
    return PaperDraft("publicity", data, (*inputs, *head_fields(data, numbered=False)), _unwritten(law, "公示"))


def _unwritten(law: Regulation, name: str) -> tuple[str, ...]:
    """Return the warning that a regulation has no such paper: what a text does not ask for is never its demand."""
    if any(name in paper.name for paper in law.papers):
        return ()
    return (f"{cite(law)}没有写“{name}”，这份文书是按本单位做法制作的，不要写成办法的要求。",)


def _publicity_inputs(given: Given) -> tuple[PaperField, ...]:
    hint = "公示起止日期由本次公示决定；办法没有写天数的，不能照搬别处的天数"
    start, end = (given.get(name) for name in ("publicity_start", "publicity_end"))
    return (
        PaperField("publicity_start", "公示开始日期", "date", start, True, not start, hint),
        PaperField("publicity_end", "公示结束日期", "date", end, True, not end, hint),
    )


def _period(inputs: Sequence[PaperField]) -> str:
    days = [chinese_date(date.fromisoformat(one.value)) if one.value else "　　年　月　日" for one in inputs]
    return f"{days[0]}至{days[1]}"


def _where(office: Office) -> list[str]:
    parts = [("联系电话", office.phone), ("地址", office.address)]
    return (
        ["；".join(f"{label}：{value}" for label, value in parts if value) + "。"] if any(v for _, v in parts) else []
    )


def _name_rows(entries: Sequence[Entry]) -> list[list[str]]:
    return [[str(n), one.workroom.name, one.unit_name, one.leader_name] for n, one in enumerate(entries, start=1)]


def naming_decision(session: Session, ids: Sequence[str], on: date, given: Given) -> PaperDraft:
    """Compose 命名决定 for applications that passed."""
    law, entries = application_entries(session, ids)
    office, year, what = own_office(session), entries[0].application_year(on), object_of(law)
    body = [
        f"为充分发挥劳模和工匠人才的示范引领作用，根据{cite(law)}，经申报、审核和研究，"
        f"决定命名{names(entries)}{f'等{len(entries)}家创新工作室' if len(entries) > 1 else ''}"
        f"为{year}年{office.name}{what}。",
        "希望受到命名的创新工作室珍惜荣誉，加强团队建设，扎实开展创新攻关、技能传承和人才培养，取得更多创新成果。"
        "各级工会要加强指导和服务，所在单位要在场所、设备、经费等方面给予保障。",
    ]
    table = {"columns": ["序号", "工作室名称", "所在单位", "领衔人"], "rows": _name_rows(entries)}
    data: dict[str, Any] = {
        "issuer": office.name,
        "title": f"关于命名{year}年{what}的决定",
        "to": receivers_of(law, "命名决定", office.name) or _addressees(entries),
        "body": body,
        "attachments": [{"title": f"{year}年{what}名单", "table": table}],
        "date": on.isoformat(),
    }
    data = overlaid(data, given, ())
    warnings = tuple(
        f"{one.workroom.name}的申报还是“{one.application.state}”，请确认已经过规定程序。"
        for one in entries
        if one.application is not None and one.application.state in {"草稿", "已提交", "退回修改", "未通过", "已撤回"}
    )
    draft = PaperDraft("naming-decision", data, tuple(head_fields(data, numbered=True)))
    return replace(draft, warnings=(*warnings, *_unwritten(law, "命名决定")))


def _addressees(entries: Sequence[Entry]) -> list[str]:
    unions = [one.unit.union_name or f"{one.unit.name}工会" for one in entries if one.unit is not None]
    return list(dict.fromkeys(unions))


def _contact(office: Office) -> str:
    parts = [f"联系人：{office.contact}" if office.contact else "", f"联系电话：{office.phone}" if office.phone else ""]
    said = "，".join(part for part in parts if part)
    return f"（{said}）" if said else ""
