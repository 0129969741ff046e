"""Forms filled from records: application form, reward table, signature sheet."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from desktop.documents.numerals import amount_text
from desktop.errors import BadInput
from desktop.models.allocation import Allocation
from desktop.models.outcome import Outcome
from desktop.models.person import Person
from desktop.models.workroom import MEMBER_ROLES, Member, Topic
from desktop.rules.evaluator import Verdict
from desktop.rules.regulation import Regulation, shown_text
from desktop.services.allocation import worksheet
from desktop.services.allotment import AllocationSheet, verdict
from desktop.services.application import reasons
from desktop.services.derived.subject import Subject, application_subject, get
from desktop.services.facts import plain, sheet_of
from desktop.services.judged import judge_sheet
from desktop.services.money import yuan
from desktop.services.paper.composing import (
    Given,
    PaperDraft,
    PaperField,
    chinese_date,
    cite,
    honour_text,
    overlaid,
)
from desktop.services.paper.composing_review import finding_rows, gaps
from desktop.services.paper.wording import object_in_region, object_of
from desktop.services.regulation import regulation


def application_form(session: Session, ids: Sequence[str], on: date, given: Given) -> PaperDraft:
    """Fill 申报表 from the register, with the verdict of each condition."""
    subject = application_subject(session, _one(ids, "申报"), on)
    assert subject.application is not None
    law = subject.law or regulation(subject.regulation)
    found = judge_sheet(sheet_of(subject), law, subject.application.stage)
    data: dict[str, Any] = {
        "title": f"{object_in_region(law)}申报表",
        "basis": cite(law),
        "applicant": _applicant(subject),
        "date": (subject.application.submitted_on or subject.on).isoformat(),
        "workroom": _workroom(subject),
        "leader": _leader(subject),
        "members": [_member(one.role, one.division, person, subject.on) for one, person in _in_roles(subject)],
        "topics": [
            _topic(topic) for topic in sorted(subject.topics, key=lambda one: (one.started_on or date.max, one.name))
        ],
        "outcomes": [
            _outcome(outcome) for outcome in sorted(subject.outcomes, key=lambda one: (one.date or date.max, one.name))
        ],
        "criteria": finding_rows(found, law),
        "reasons": _reasons(found, law, reasons(session, subject.application.id)),
        "opinions": _opinions(law),
    }
    data = overlaid(data, given, ())
    fields = (
        _text_field(data, "title", "标题"),
        _text_field(data, "applicant", "申报单位"),
        PaperField("date", "申报日期", "date", data["date"], True, not data["date"]),
        PaperField("opinions", "意见栏", "names", data["opinions"]),
    )
    return PaperDraft("application-form", data, fields, tuple(gaps(found)))


def _one(ids: Sequence[str], what: str) -> str:
    if len(ids) != 1:
        raise BadInput(f"这种表一次只填一份{what}，现在选了{len(ids)}份。请只选一份，或用成批输出。", "ids")
    return ids[0]


def _applicant(subject: Subject) -> str:
    unit = subject.unit
    return (unit.union_name or f"{unit.name}工会") if unit is not None else ""


def _text_field(data: dict[str, Any], name: str, title: str) -> PaperField:
    return PaperField(name, title, "text", data.get(name), True, not data.get(name))


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _workroom(subject: Subject) -> dict[str, Any]:
    room, unit = subject.workroom, subject.unit
    if room is None:
        return {}
    area = plain(room.venue_area_sqm) if room.venue_area_sqm is not None else None
    return _present(
        {
            "name": room.name,
            "unit_name": unit.name if unit is not None else "",
            "credit_code": unit.credit_code if unit is not None else "",
            "unit_type": unit.unit_type if unit is not None else "",
            "industry": room.industry or (unit.industry if unit is not None else ""),
            "level": room.level,
            "established_on": room.established_on.isoformat() if room.established_on else "",
            "venue_area": f"{area}㎡" if area is not None else "",
            "venue_address": room.venue_address,
            "equipment": room.equipment_note,
            "systems": "；".join(room.systems),
            "contact": room.contact,
            "phone": room.phone,
        }
    )


def _leader(subject: Subject) -> dict[str, Any]:
    leader = subject.leader
    if leader is None:
        return {}
    born = leader.birth_date
    held = [
        honour_text(honour) + (f"（{honour.awarded_on.year}年）" if honour.awarded_on else "")
        for honour in subject.honours
        if honour.status == "有效"
    ]
    columns = ("name", "gender", "ethnicity", "education", "politics", "post", "professional_title", "speciality")
    filled = {name: getattr(leader, name) for name in (*columns, "skill_grade", "phone")}
    return _present({**filled, "born": f"{born.year}年{born.month}月" if born else "", "honours": held})


def _in_roles(subject: Subject) -> list[tuple[Member, Person]]:
    """Return the team in the order of its roles, then of names."""
    order = {role: place for place, role in enumerate(MEMBER_ROLES)}
    return sorted(subject.members, key=lambda pair: (order.get(pair[0].role, 9), pair[1].name, pair[0].id))


def _member(role: str, division: str, person: Person, on: date) -> dict[str, Any]:
    grade = person.skill_grade if person.skill_grade != "无" else ""
    title = " ".join(part for part in (person.professional_title, grade) if part)
    return _present(
        {
            "name": person.name,
            "gender": person.gender,
            "age": str(age(person.birth_date, on)) if person.birth_date else "",
            "education": person.education,
            "title": title,
            "role": role,
            "division": division,
        }
    )


def age(born: date, on: date) -> int:
    """Return full years of age on a day (周岁)."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _topic(topic: Topic) -> dict[str, Any]:
    ends = [f"{day.year}年{day.month}月" if day else "" for day in (topic.started_on, topic.ended_on)]
    return _present({"name": topic.name, "period": "至".join(end for end in ends if end), "status": topic.status})


def _outcome(outcome: Outcome) -> dict[str, Any]:
    level = f"（{outcome.level}）" if outcome.recogniser and outcome.level else outcome.level
    by = outcome.recogniser + level
    return _present(
        {
            "name": outcome.name,
            "kind": outcome.kind,
            "date": chinese_date(outcome.date) if outcome.date else "",
            "recognised": by or outcome.form,
            "benefit": f"{amount_text(outcome.benefit_fen)}元" if outcome.benefit_fen else outcome.benefit_note,
        }
    )


def _reasons(found: Verdict, law: Regulation, given: Any) -> list[dict[str, Any]]:
    return [
        _present(
            {
                "article": finding.article,
                "title": finding.title,
                "actual": finding.actual,
                "reason": given[finding.rule],
            }
        )
        for finding in found.findings
        if finding.rule in given and finding.status == "warn"
    ]


def _opinions(law: Regulation) -> list[str]:
    """Return the opinion boxes in the order of the regulation's actors, the unit first."""
    order = ("unit", "unit_union", "district", "recommender", "authority")
    named = [law.actors[key].removeprefix(object_of(law)) for key in order if key in law.actors]
    return [f"{name}意见" for name in dict.fromkeys(named)] or ["所在单位意见", "推荐工会意见"]


def _grant_sheet(session: Session, noun: str, ids: Sequence[str], on: date) -> AllocationSheet:
    chosen = _one(ids, "补助资金")
    grant_id = get(session, Allocation, chosen, "分配方案").grant_id if noun == "allocations" else chosen
    sheet = worksheet(session, grant_id, on)
    if sheet.ban is not None:
        raise BadInput(sheet.ban.sentence, "regulation")
    if not any(line.amount_fen for line in sheet.lines):
        raise BadInput("还没有填写奖励金额。请先在“奖励分配”里填写。", "rows")
    return sheet


def reward_table(session: Session, noun: str, ids: Sequence[str], on: date, given: Given) -> PaperDraft:
    """Fill 奖励分配表 from the allocation of a grant."""
    sheet = _grant_sheet(session, noun, ids, on)
    caps = {role.name: role.cap_fen for role in sheet.regulation.reward_roles}
    outcomes = dict(sheet.outcomes)
    rows = [
        _present(
            {
                "name": line.name,
                "role": line.role,
                "result": outcomes.get(line.outcome_id or "", line.result_ref),
                "amount_yuan": yuan(line.amount_fen),
                "cap_yuan": yuan(caps[line.role]) if line.role in caps else None,
                "note": line.note,
            }
        )
        for line in sheet.lines
        if line.kind == "reward" and line.amount_fen
    ]
    operating = sum(line.amount_fen or 0 for line in sheet.lines if line.kind == "operating")
    data = overlaid({**_sheet_head(sheet, on), "rows": rows, "reasons": _allotment_reasons(sheet)}, given, ())
    data |= {"grant_total_yuan": sheet.grant["grant_total_yuan"], "operating_yuan": yuan(operating)}
    found = verdict(sheet, sheet.lines)
    return PaperDraft("reward-table", data, _sheet_fields(data), tuple(gaps(found)))


def _sheet_head(sheet: AllocationSheet, on: date) -> dict[str, Any]:
    year = sheet.grant.get("year")
    unit = sheet.unit_name
    return _present(
        {
            "workroom_name": sheet.workroom_name,
            "unit_name": unit,
            "year": year,
            "basis": cite(sheet.regulation) + _cap_article(sheet.regulation),
            "date": on.isoformat(),
        }
    )


def _cap_article(law: Regulation) -> str:
    return law.reward_roles[0].cite if law.reward_roles else ""


def _allotment_reasons(sheet: AllocationSheet) -> list[str]:
    known = {rule.id: rule for rule in sheet.regulation.rules}
    return [
        f"{known[rule].article}“{known[rule].title}”，理由：{reason}"
        for rule, reason in sheet.reasons.items()
        if rule in known
    ]


def _sheet_fields(data: dict[str, Any]) -> tuple[PaperField, ...]:
    day = data.get("date")
    return (PaperField("date", "制表日期", "date", day, True, not day),)


def signature_sheet(session: Session, noun: str, ids: Sequence[str], on: date, given: Given) -> PaperDraft:
    """Fill 奖励签领表: amounts in hand, tails of ID and bank numbers, the sentence on tax of the regulation."""
    sheet = _grant_sheet(session, noun, ids, on)
    rows = []
    for line in sheet.lines:
        if line.kind == "reward" and line.amount_fen:
            person = session.get(Person, line.person_id)
            rows.append(_recipient(line.name, line.role, line.amount_fen, person))
    head = {name: value for name, value in _sheet_head(sheet, on).items() if name != "unit_name"}
    notice = {"tax_notice": tax_notice(sheet.regulation), "union_name": sheet.union_name}
    data = overlaid({**head, **_present(notice), "rows": rows}, given, ())
    missing = [row["name"] for row in rows if "bank_tail" not in row]
    warnings = (f"{'、'.join(missing)}还没有登记银行账号。",) if missing else ()
    return PaperDraft("signature-sheet", data, _sheet_fields(data), warnings)


def _recipient(name: str, role: str, amount: int, person: Person | None) -> dict[str, Any]:
    return _present(
        {
            "name": name,
            "role": role,
            "id_tail": person.id_number[-4:] if person is not None else "",
            "bank_tail": person.bank_account[-4:] if person is not None else "",
            "amount_yuan": yuan(amount),
        }
    )


def tax_notice(law: Regulation) -> str:
    """Return the regulation's own sentence on income tax, empty where it has none."""
    return next((shown_text(rule.text) for rule in law.rules if "个人所得税" in rule.text), "")
