"""Letterhead papers on a case: how they are finished, naming lists, refusals, notices of money spent."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from desktop.documents.numerals import amount_text
from desktop.models.outcome import Outcome
from desktop.services.application import verdict
from desktop.services.paper.case import Case
from desktop.services.paper.composing import PaperDraft, PaperField, head_fields, overlaid, quote_paragraphs
from desktop.services.paper.composing_funds import bans, rewards_fen, spent, used_fen
from desktop.services.paper.drafts import law_fields, present
from desktop.services.paper.wording import receivers_of

NAMED = ["序号", "工作室名称", "所在单位", "领衔人"]


def official_draft(
    one: Case,
    kind: str,
    *,
    title: str,
    body: Sequence[str],
    to: Sequence[str] = (),
    attachments: Sequence[dict[str, Any]] = (),
    signer: str | None = None,
    numbered: bool = True,
    inputs: Sequence[PaperField] = (),
    warnings: Sequence[str] = (),
    note: str = "",
) -> PaperDraft:
    """Finish a letterhead paper; one with `signer` (may be empty) goes up and asks for it."""
    data: dict[str, Any] = {
        "issuer": one.office.name,
        "title": title,
        "body": [text for text in body if text],
        "date": one.on.isoformat(),
        **present({"to": list(to), "attachments": list(attachments), "signer": signer, "note": note}),
    }
    feeding = (*inputs, *law_fields(one))
    data = overlaid(data, one.given, feeding)
    fields = head_fields(data, numbered=numbered, signer=signer is not None)
    return PaperDraft(kind, data, (*feeding, *fields), (*one.warnings, *warnings))


def names(one: Case) -> str:
    """Return the records' names for a running sentence, counted when there are several."""
    listed = "、".join(item.name for item in one.items)
    return f"{listed}等{len(one.items)}家创新工作室" if len(one.items) > 1 else listed


def name_table(one: Case) -> dict[str, Any]:
    """Return the list of the records as an attachment's table."""
    rows = [
        [str(number), item.name, item.unit_name, item.person_name] for number, item in enumerate(one.items, start=1)
    ]
    return {"columns": NAMED, "rows": rows}


def naming_list(one: Case) -> PaperDraft:
    """Compose 支持名单通知 or 公布名单通知, as the regulation names it."""
    supported = "支持" in one.paper_name
    verb = "支持建设" if supported else "公布"
    money = [text for text in _grant_sentences(one) if supported]
    body = [
        f"根据{one.basis}，经申报、推荐和审核，现公布{one.year}年"
        f"{'重点支持建设的' if supported else ''}{one.what}名单，共{len(one.items)}家，见附件。",
        *money,
        "请各有关单位加强组织领导和日常管理，在场所、设备、经费等方面给予保障，切实发挥创新工作室的示范引领作用。",
    ]
    return official_draft(
        one,
        "name-list",
        title=f"关于{verb}{one.year}年{one.what}{'名单' if not supported else ''}的通知",
        to=receivers_of(one.law, one.paper_name, one.office.name) or one.receivers,
        body=body,
        attachments=[{"title": f"{one.year}年{one.what}名单", "table": name_table(one)}],
    )


def _grant_sentences(one: Case) -> list[str]:
    found = {rule.text: rule for rule in one.law.rules if rule.kind == "money_amount" and not rule.derived}
    rules = [rule for rule in found.values() if not rule.when or any(guard.is_ == "工作室" for guard in rule.when)]
    return quote_paragraphs(rules)


def refusal(one: Case) -> PaperDraft:
    """Compose 不予命名（未予公布、未予推荐、未获奖）告知: which conditions were not met."""
    item = one.one
    found = verdict(one.session, item.record.id, one.on)
    failed = [finding for finding in found.findings if finding.status == "fail" and finding.strength == "must"]
    said = [f"{finding.article}“{finding.title}”：{finding.actual or finding.message}" for finding in failed]
    given = one.given.get("reasons") or said
    inputs = (PaperField("reasons", "未达到的条件或理由", "paragraphs", given, True, not given),)
    subject = f"你单位申报的“{item.name}”"
    outcome = one.paper_name.removesuffix("告知") or "未列入名单"
    numbered = [f"{index}.{text.rstrip('。')}。" for index, text in enumerate(given, start=1)]
    body = [
        f"{subject}，经对照{one.basis}审核，{outcome}。有关情况如下。",
        *numbered,
        "请继续加强建设，待条件具备后再行申报。",
    ]
    title = f"关于{item.name}{outcome}的通知"
    return official_draft(
        one, "refusal", title=title, to=[item.union_name] if item.union_name else [], body=body, inputs=inputs
    )


def upward(one: Case) -> PaperDraft:
    """Compose 向上一级推荐的报告 for workrooms that stand out, with their figures."""
    rows = []
    for number, item in enumerate(one.items, start=1):
        count = len(list(one.session.scalars(select(Outcome.id).filter_by(workroom_id=item.record.id))))
        rows.append([str(number), item.name, item.unit_name, item.person_name, item.honours_text, str(count)])
    table = {"columns": [*NAMED, "领衔人荣誉", "成果数"], "rows": rows}
    body = [
        f"根据{one.basis}，现推荐{names(one)}申报上一级创新工作室，有关情况报告如下。",
        *quote_paragraphs([rule for rule in one.rules(anywhere=True) if "推荐" in rule.stage]),
        "推荐名单和基本情况见附件。",
        "特此报告。",
    ]
    return official_draft(
        one,
        "upward-recommendation",
        title=f"关于推荐{one.on.year}年上一级创新工作室的报告",
        to=one.above,
        body=body,
        attachments=[{"title": "推荐名单", "table": table}],
        signer=one.office.chair,
    )


def _check_input(one: Case) -> tuple[PaperField, ...]:
    said = one.given.get("self_check") or []
    hint = "逐条对照禁用规定自查后填写，程序不代写结论"
    return (PaperField("self_check", "禁用项自查情况", "paragraphs", said, True, not said, hint),) if bans(one) else ()


def _checked(one: Case) -> list[str]:
    """Return the bans with what the unit itself found on checking them; room where it has not said so yet."""
    if not bans(one):
        return []
    return ["三、禁用项自查", *bans(one), *(one.given.get("self_check") or ["经自查，　　　　　　　　。"])]


def expense_report(one: Case) -> PaperDraft:
    """Compose 经费使用情况报告: spending by category, what is left, the bans checked."""
    item = one.one
    total = item.record.grant_total_fen
    sums: dict[str, int] = {}
    for row in spent(one):
        sums[row.category] = sums.get(row.category, 0) + row.amount_fen
    if rewards_fen(one) and "成员奖励" not in sums:
        sums["成员奖励"] = rewards_fen(one)
    used = used_fen(one)
    listed = "；".join(f"{category}{amount_text(amount)}元" for category, amount in sums.items())
    body = [
        f"根据{one.basis}，现将{item.name}{one.year}年补助资金使用情况报告如下。",
        "一、收入情况",
        f"补助资金{amount_text(total)}元。",
        "二、支出情况",
        f"累计支出{amount_text(used)}元，其中：{listed}。" if listed else "尚未支出。",
        f"结余{amount_text(max(total - used, 0))}元。",
        *_checked(one),
        "特此报告。",
    ]
    return official_draft(
        one,
        "expense-report",
        title=f"关于{item.name}{one.year}年补助资金使用情况的报告",
        to=one.parents,
        body=body,
        signer=one.office.chair,
        inputs=_check_input(one),
    )
