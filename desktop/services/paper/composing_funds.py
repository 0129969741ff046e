"""Forms about money: booking, budget, spending, performance, inspection, reasons for going past a standard."""

from typing import Any

from sqlalchemy import select

from desktop.documents.forms.reward_table import percent
from desktop.documents.numerals import capital_amount
from desktop.models.allocation import Allocation, AllocationLine
from desktop.models.application import Override
from desktop.models.grant import Expenditure
from desktop.models.outcome import Outcome, Publication
from desktop.rules.regulation import shown_text
from desktop.services.application import verdict
from desktop.services.money import yuan
from desktop.services.paper.case import Case, Item
from desktop.services.paper.composing import PaperDraft, chinese_date, quoted
from desktop.services.paper.drafts import form_draft, present

REWARDS = "成员奖励"


def spent(one: Case) -> list[Expenditure]:
    """Return what was paid out of the grant, by day."""
    query = select(Expenditure).filter_by(grant_id=one.one.record.id, source="补助资金")
    return list(one.session.scalars(query.order_by(Expenditure.paid_on, Expenditure.id)))


def rewards_fen(one: Case) -> int:
    """Return the sum of the rewards allotted out of the grant, 分."""
    query = select(AllocationLine).join(Allocation).where(Allocation.grant_id == one.one.record.id)
    return sum(line.amount_fen or 0 for line in one.session.scalars(query) if line.kind == "reward")


def used_fen(one: Case) -> int:
    """Return what went out of the grant with the rewards allotted, unless payments already hold them, 分."""
    rows = spent(one)
    return sum(row.amount_fen for row in rows) + _unbooked_fen(one, rows)


def _unbooked_fen(one: Case, rows: list[Expenditure]) -> int:
    return 0 if any(row.category == REWARDS for row in rows) else rewards_fen(one)


def totals(one: Case) -> dict[str, Any]:
    """Return the grant's total, what is spent with its rewards, and what is left."""
    total = one.one.record.grant_total_fen
    used = used_fen(one)
    return {
        "total_yuan": yuan(total),
        "spent_yuan": yuan(used),
        "left_yuan": yuan(total - used) if used <= total else None,
    }


def _head(item: Item, year: int) -> dict[str, Any]:
    return {"workroom_name": item.name, "unit_name": item.unit_name, "leader_name": item.person_name, "year": year}


def _named(item: Item, year: int) -> dict[str, Any]:
    return {"name": item.name, "unit_name": item.unit_name, "leader_name": item.person_name, "year": year}


def ledger_note(one: Case) -> PaperDraft:
    """Fill 记账提示单: the accounts that the regulation names for each union."""
    item = one.one
    amount = item.record.transferred_fen or item.record.grant_total_fen
    data = {
        **_head(item, one.year),
        "quota_number": item.record.quota_number,
        "amount_yuan": yuan(amount),
        "amount_words": capital_amount(amount),
        "articles": one.sentences(anywhere=True),
        "rows": [
            {"who": entry.who, "when": entry.when, "account": entry.account, "article": entry.cite}
            for entry in one.law.ledger_entries
        ],
    }
    return form_draft(one, "ledger-note", data)


def budget(one: Case) -> PaperDraft:
    """Fill 资金使用预算: the rewards allotted, and a line for each use that the regulation lists."""
    item = one.one
    reward = rewards_fen(one)
    total = item.record.grant_total_fen
    rows = [{"category": REWARDS, "content": "见奖励分配表", "amount_yuan": yuan(reward)}] if reward else []
    listed = {rule.title: rule.article for rule in one.law.rules if rule.kind == "use_allowed" and not rule.derived}
    data = {
        **_named(item, one.year),
        "total_yuan": yuan(total),
        "reward_yuan": yuan(reward) if reward else None,
        "reward_share": percent(reward, total) if reward else "",
        "articles": one.sentences(anywhere=True),
        "rows": rows,
        "notes": [f"{article}：{title}。" for title, article in listed.items()],
    }
    return form_draft(
        one, "budget", data, warnings=() if rows else ("预算项目还没有填写，请填写后再印，或印空白表手填。",)
    )


def expense_detail(one: Case) -> PaperDraft:
    """Fill 补助资金支出明细表: every payment, and the bans to be checked against."""
    item = one.one
    rows = [
        present(
            {
                "paid_on": chinese_date(row.paid_on) if row.paid_on else "",
                "category": row.category,
                "note": row.note,
                "payee": row.payee,
                "amount_yuan": yuan(row.amount_fen),
                "voucher": row.voucher_number,
            }
        )
        for row in spent(one)
    ]
    reward = _unbooked_fen(one, spent(one))
    if reward:
        rows.append({"category": REWARDS, "note": "见奖励签领表", "amount_yuan": yuan(reward)})
    checks = [f"{said}自查情况：□未发生　□有发生（另附说明）" for said in bans(one)]
    data = {**_head(item, one.year), **totals(one), "rows": rows, "bans": checks}
    return form_draft(one, "expense-detail", data, warnings=_overspent(one))


def _overspent(one: Case) -> list[str]:
    used = used_fen(one)
    return ["支出和奖励合计超过了补助总额，请核对。"] if used > one.one.record.grant_total_fen else []


def bans(one: Case) -> list[str]:
    """Return the regulation's own sentences on what the money may not pay."""
    kinds = ("use_prohibited",)
    rules = {rule.text: rule for rule in one.law.rules if rule.kind in kinds and not rule.derived}
    return [f"{rule.article}：{quoted(rule)}。" for rule in rules.values()]


def performance(one: Case) -> PaperDraft:
    """Fill 绩效评价表: money, publications, and the findings of the year's rules."""
    item = one.one
    reward, total = rewards_fen(one), item.record.grant_total_fen
    data = {
        **_named(item, one.year),
        **totals(one),
        "reward_share": percent(reward, total),
        "published": len(_published(one, item)),
        "articles": one.sentences(),
        "rows": _judged(one, ("分配", "支出", "年度")),
    }
    return form_draft(one, "performance-review", data)


def _published(one: Case, item: Item) -> list[Publication]:
    if item.workroom is None:
        return []
    return list(one.session.scalars(select(Publication).filter_by(workroom_id=item.workroom.id)))


def _judged(one: Case, stages: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return what was found under the rules of some stages of the grant, for a person to weigh."""
    known = {rule.id: rule for rule in one.law.rules}
    return [
        present({"title": finding.title, "article": finding.article, "actual": finding.actual})
        for finding in verdict(one.session, one.one.record.id, one.on).findings
        if finding.status != "n/a" and finding.strength in {"must", "should"}
        if finding.rule in known and any(stage in known[finding.rule].stage for stage in stages)
    ]


def inspection(one: Case) -> PaperDraft:
    """Fill 监督（审计）检查记录: the points that the regulation's entry lists, else what was found under its rules."""
    item = one.one
    found = one.recipe.paper(one.law)
    points = [point for point in (found[1].fields if found else ()) if point not in {"年度", "结论"}]
    data = {
        **_head(item, one.year),
        **{name: value for name, value in totals(one).items() if name != "left_yuan"},
        "articles": one.sentences(),
        "rows": [{"title": point} for point in points] or _judged(one, ("支出", "拨付")),
    }
    return form_draft(one, "inspection-record", data)


def reasons_record(one: Case) -> PaperDraft:
    """Fill 理由记录: each standard departed from, its sentence word for word, and the reason given."""
    item = one.one
    known = {rule.id: rule for rule in one.law.rules}
    query = select(Override).filter_by(subject_id=item.record.id).order_by(Override.rule)
    rows = [_reason(known[row.rule], row) for row in one.session.scalars(query) if row.rule in known]
    allocation = one.session.scalars(select(Allocation).filter_by(grant_id=item.record.id)).first()
    if allocation is not None:
        more = select(Override).filter_by(subject_id=allocation.id).order_by(Override.rule)
        rows += [_reason(known[row.rule], row) for row in one.session.scalars(more) if row.rule in known]
    data = {
        "name": item.name,
        "unit_name": item.unit_name,
        "matter": {"applications": "申报", "grants": "补助资金", "awards": "成果奖励"}[one.noun],
        "rows": rows,
    }
    return form_draft(one, "reasons-record", data, warnings=() if rows else ("这份记录还没有登记理由。",))


def _reason(rule: Any, row: Override) -> dict[str, Any]:
    day = chinese_date(row.decided_on) if row.decided_on else ""
    return present(
        {
            "article": rule.article,
            "text": shown_text(rule.text),
            "actual": row.actual,
            "reason": row.reason,
            "decided": f"{row.decided_by} {day}".strip(),
        }
    )


def publication_register(one: Case) -> PaperDraft:
    """Fill 成果发布登记表 from the publications of a workroom."""
    item = one.one
    outcomes = {row.id: row for row in one.session.scalars(select(Outcome).filter_by(workroom_id=item.record.id))}
    rows = []
    for row in sorted(_published(one, item), key=lambda row: (row.published_on is None, row.published_on, row.id)):
        outcome = outcomes.get(row.outcome_id or "")
        rows.append(
            present(
                {
                    "name": row.title or (outcome.name if outcome is not None else "（未填）"),
                    "kind": outcome.kind if outcome is not None else "",
                    "platform": row.platform,
                    "published_on": chinese_date(row.published_on) if row.published_on else "",
                    "link": row.link,
                    "conversion": row.conversion or (outcome.conversion if outcome is not None else ""),
                }
            )
        )
    data = {
        "workroom_name": item.name,
        "unit_name": item.unit_name,
        "leader_name": item.person_name,
        "articles": one.sentences(),
        "rows": rows,
    }
    return form_draft(one, "publication-register", data)
