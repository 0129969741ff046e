"""Papers that put things right or end a title: rectification, findings, revocation, recovery, changes."""

from typing import Any

from sqlalchemy import select

from desktop.models.document import Document
from desktop.models.outcome import Outcome
from desktop.models.plaque import Plaque
from desktop.models.rectification import Rectification
from desktop.rules.regulation import Rule, shown_text
from desktop.services.money import yuan
from desktop.services.paper.case import Case, Item
from desktop.services.paper.composing import ITEM_NUMBER, PaperDraft, PaperField, chinese_date, cite, quote_paragraphs
from desktop.services.paper.composing_decisions import official_draft
from desktop.services.paper.drafts import form_draft, present


def _head(item: Item) -> dict[str, Any]:
    return {"workroom_name": item.name, "unit_name": item.unit_name, "leader_name": item.person_name}


def _order(one: Case) -> Rectification | None:
    """Return the latest rectification ordered of the workroom."""
    query = select(Rectification).filter_by(workroom_id=one.one.record.id).order_by(Rectification.ordered_on.desc())
    return one.session.scalars(query).first()


def _order_lines(one: Case, order: Rectification | None) -> dict[str, Any]:
    if order is None:
        return {}
    notice = one.session.get(Document, order.document_id) if order.document_id else None
    due = order.due_on.isoformat() if order.due_on else None
    return {"notice_number": notice.document_number if notice else "", "deadline": due}


def _problems(order: Rectification | None) -> list[str]:
    return [part.strip() for part in order.problem.split("；") if part.strip()] if order is not None else []


MISSING_ORDER = "还没有登记整改事项，可先登记，或在这里填写。"


def rectification_notice(one: Case) -> PaperDraft:
    """Compose 整改通知书: the problems, the deadline, what is to be handed in."""
    item, order = one.one, _order(one)
    problems = one.given.get("problems") or _problems(order)
    due = one.given.get("deadline") or (order.due_on.isoformat() if order is not None and order.due_on else "")
    inputs = (
        PaperField("problems", "存在的问题", "paragraphs", problems, True, not problems, MISSING_ORDER),
        PaperField("deadline", "整改期限", "date", due, True, not due, "期限由本通知定，办法没有写天数的不能照搬别处"),
    )
    day = _chinese(due) if due else "　　年　月　日"
    body = [
        f"根据{one.basis}，经检查，{item.name}存在以下问题。",
        *[f"{number}.{text.rstrip('。')}。" for number, text in enumerate(problems, start=1)],
        *one.sentences(anywhere=True),
        f"请你单位制定整改方案，落实责任和措施，于{day}前完成整改，并书面报告整改结果。",
    ]
    return official_draft(
        one,
        "rectification-notice",
        title=f"关于{item.name}限期整改的通知",
        to=[item.union_name] if item.union_name else [],
        body=body,
        inputs=inputs,
    )


def _chinese(day: str) -> str:
    year, month, number = (int(part) for part in day.split("-"))
    return f"{year}年{month}月{number}日"


def rectification_plan(one: Case) -> PaperDraft:
    """Fill 整改方案 with the problems ordered to be put right."""
    item, order = one.one, _order(one)
    due = chinese_date(order.due_on) if order is not None and order.due_on else ""
    rows = [present({"problem": text, "due": due}) for text in _problems(order)]
    if rows and order is not None and order.measures:
        rows[0]["measure"] = order.measures
    data = {**_head(item), **_order_lines(one, order), "articles": one.sentences(), "rows": rows}
    return form_draft(one, "rectification-plan", data, warnings=() if order else (MISSING_ORDER,))


def rectification_report(one: Case) -> PaperDraft:
    """Fill 整改报告 with what was done."""
    item, order = one.one, _order(one)
    rows: list[dict[str, Any]] = [{"problem": text} for text in _problems(order)]
    if rows and order is not None and order.measures:
        rows[0]["measure"] = order.measures
    lines = {name: value for name, value in _order_lines(one, order).items() if name != "deadline"}
    finished = order.reported_on.isoformat() if order is not None and order.reported_on else None
    data = {**_head(item), **lines, "finished_on": finished, "articles": one.sentences(), "rows": rows}
    return form_draft(one, "rectification-report", data, warnings=() if order else (MISSING_ORDER,))


def look_back(one: Case) -> PaperDraft:
    """Fill “回头看”（验收、核验）记录."""
    item, order = one.one, _order(one)
    data: dict[str, Any] = {**_head(item), **_order_lines(one, order), "articles": one.sentences()}
    if order is not None:
        data["checked_on"] = order.second_look_on.isoformat() if order.second_look_on else None
        data["checkers"] = order.second_look_by
    data["rows"] = [{"problem": text} for text in _problems(order)]
    return form_draft(one, "look-back", data, warnings=() if order else (MISSING_ORDER,))


def grounds(one: Case) -> list[Rule]:
    """Return the grounds on which the regulation ends a title, in the text's order; each sentence once."""
    found = {rule.text: rule for rule in one.law.rules if rule.polarity == "ground" and "撤销" in rule.stage}
    return list(found.values())


def _ground_field(one: Case) -> tuple[PaperField, Rule | None]:
    listed = {f"{rule.article}　{rule.title}": rule for rule in grounds(one)}
    wanted = one.given.get("ground", next(iter(listed)) if len(listed) == 1 else "")
    chosen = next((rule for words, rule in listed.items() if wanted in (words, rule.id, rule.article)), None)
    hint = "由人认定，程序只列出办法写明的情形"
    return PaperField("ground", "情形", "choice", wanted, True, chosen is None, hint, ("", *listed)), chosen


def revocation(one: Case) -> PaperDraft:
    """Compose 摘牌（撤销命名、取消称号、撤销奖励）决定 on a ground that a person chose, with the facts found."""
    item = one.one
    ground, rule = _ground_field(one)
    facts = one.given.get("facts") or []
    inputs = (ground, PaperField("facts", "查明的事实", "paragraphs", facts, True, not facts))
    law = quote_paragraphs([rule] if rule is not None else [])
    act, things = _act(one), "奖金、奖牌和证书" if one.noun == "awards" else "牌匾"
    body = [
        f"经查，{facts[0] if facts else '　　　　'}",
        *facts[1:],
        f"上述情况属于《{one.law.title}》规定的情形。{''.join(law)}",
        f"根据{cite(one.law) + rule.article if rule is not None else one.basis}，经研究，决定{act}。",
        f"请于本决定印发后，将{things}交回{one.office.name}，并办理收回登记。",
    ]
    return official_draft(
        one,
        "award-revocation" if one.noun == "awards" else "revocation",
        title=f"关于{act}的决定",
        to=[item.union_name] if item.union_name else [],
        body=body,
        inputs=inputs,
    )


def _act(one: Case) -> str:
    """Return what the decision does, in the regulation's own word for it."""
    name = one.one.name
    title = one.paper_name.removesuffix("决定")
    if one.noun == "awards":
        return f"{(title or '撤销奖励').removesuffix('奖励')}“{name}”奖励"
    return {"摘牌": f"对{name}予以摘牌", "取消": f"取消{name}称号", "取消称号": f"取消{name}称号"}.get(
        title, f"撤销{name}{'命名' if '命名' in title else '称号'}"
    )


def listed_grounds(one: Case) -> list[str]:
    """Return the grounds to tick, each with its article, whose item's number the sentence does not repeat."""
    return [f"□{rule.article}：{ITEM_NUMBER.sub('', shown_text(rule.text).strip())}" for rule in grounds(one)]


def finding_record(one: Case) -> PaperDraft:
    """Fill 核查（核实、查证、动态管理）记录 with the grounds that the regulation lists."""
    item = one.one
    data = _concerned(one) | {"articles": one.sentences()}
    if item.workroom is not None:
        latest = select(Outcome.date).filter_by(workroom_id=item.workroom.id).order_by(Outcome.date.desc())
        day = next((found for found in one.session.scalars(latest) if found), None)
        data["latest_outcome"] = day.isoformat() if day else None
        data["plaque_on"] = item.workroom.plaque_on.isoformat() if item.workroom.plaque_on else None
    return form_draft(one, "finding-record", data)


def report_register(one: Case) -> PaperDraft:
    """Fill 举报（情况）登记: who is concerned, and the grounds that the regulation lists, before anything is found."""
    return form_draft(one, "finding-record", _concerned(one))


def _concerned(one: Case) -> dict[str, Any]:
    """Return who is concerned, and the grounds to tick."""
    item = one.one
    return {
        "name": item.name,
        "unit_name": item.unit_name,
        "person": item.person_name,
        "grounds": listed_grounds(one),
    }


def recovery_register(one: Case) -> PaperDraft:
    """Fill 牌匾（奖金、奖牌、证书）收回登记表 from the plaque ledger or the award."""
    item = one.one
    decision = select(Document).filter_by(subject_id=item.record.id, state="已签发")
    decided = one.session.scalars(decision.where(Document.kind.in_(("revocation", "award-revocation")))).first()
    if one.noun == "awards":
        amount = item.record.award_fen
        quantity = f"{yuan(amount)}元" if amount else ""
        rows = [present({"item": "奖金", "quantity": quantity}), {"item": "奖牌"}, {"item": "证书"}]
    else:
        rows = [_plaque_row(row) for row in plaques(one)] or [{"item": "牌匾"}]
    data = {
        "name": item.name,
        "unit_name": item.unit_name,
        "person": item.person_name,
        "decision_number": decided.document_number if decided else "",
        "decided_on": decided.issued_on.isoformat() if decided and decided.issued_on else None,
        "articles": one.sentences(),
        "rows": rows,
    }
    return form_draft(one, "recovery-register", data)


def plaques(one: Case) -> list[Plaque]:
    """Return the plaques of the workrooms, in the order they were handed out."""
    ids = [item.record.id for item in one.items]
    query = select(Plaque).where(Plaque.workroom_id.in_(ids)).order_by(Plaque.awarded_on, Plaque.id)
    return list(one.session.scalars(query))


def _plaque_row(row: Plaque) -> dict[str, Any]:
    return present(
        {
            "item": row.title,
            "quantity": "1块",
            "recovered_on": chinese_date(row.recovered_on) if row.recovered_on else "",
            "taken_by": row.recovered_by,
            "note": row.number,
        }
    )
