"""Papers about a grant: quota notice, disbursement notice, reward table, signature sheet."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from desktop.documents.numerals import amount_text, capital_amount
from desktop.errors import BadInput
from desktop.models.grant import Grant
from desktop.models.workroom import Alliance
from desktop.rules.regulation import Regulation
from desktop.services.derived.subject import get
from desktop.services.office import own_office
from desktop.services.paper.composing import (
    Entry,
    Given,
    PaperDraft,
    cite,
    entry,
    head_fields,
    law_rules,
    overlaid,
    quotes,
)
from desktop.services.paper.wording import SMALL_PARTS, kept
from desktop.services.regulation import regulation


def keeper_of(session: Session, grant: Grant) -> str | None:
    """Return the workroom that keeps a grant: its own, or the one that leads the alliance."""
    alliance = session.get(Alliance, grant.alliance_id) if grant.alliance_id else None
    return grant.workroom_id or (alliance.lead_workroom_id if alliance is not None else None)


def grant_entries(session: Session, ids: Sequence[str]) -> tuple[Regulation, list[Entry]]:
    """Read grants for one paper; BadInput when they stand under different regulations."""
    grants = [get(session, Grant, one, "补助资金") for one in ids]
    if not grants:
        raise BadInput("还没有选择补助资金。请至少选择一笔。", "ids")
    if len({one.regulation for one in grants}) > 1:
        raise BadInput("所选补助依据的办法不同，不能写在同一份公文里。请按办法分别选择。", "ids")
    law = regulation(grants[0].regulation, session)
    return law, [entry(session, keeper_of(session, one), grant=one) for one in grants]


def _grant(one: Entry) -> Grant:
    assert one.grant is not None
    return one.grant


def disbursement_notice(session: Session, ids: Sequence[str], on: date, given: Given) -> PaperDraft:
    """Compose 拨付通知 to the grassroots union, with the uses and bans that the regulation names."""
    law, entries = grant_entries(session, ids[:1])
    one, office = entries[0], own_office(session)
    grant, unit = _grant(one), one.unit
    amount = grant.transferred_fen if grant.transferred_fen is not None else grant.grant_total_fen
    union = (unit.union_name or f"{unit.name}工会") if unit is not None else ""
    source = f"（指标文号：{grant.quota_number}）" if grant.quota_number else ""
    year = grant.year or on.year
    body = [
        f"根据{cite(law)}{_articles(law)}，现将{one.workroom.name}{year}年{_money(law)}{source}"
        f"{amount_text(amount)}元（大写：{capital_amount(amount)}）拨付至你会账户{_account(one)}，请查收，并做好以下工作。",
        *_use_paragraphs(law, grant.track),
        "收到款项后，请及时入账，并将收款凭证复印件报我会备查。",
    ]
    data: dict[str, Any] = {
        "issuer": office.name,
        "title": f"关于拨付{year}年创新工作室补助资金的通知",
        "to": [union] if union else [],
        "body": body,
        "date": on.isoformat(),
    }
    data = overlaid(data, given, ())
    return PaperDraft(
        "disbursement-notice", data, tuple(head_fields(data, numbered=True)), tuple(_payment_warnings(one, amount))
    )


def _articles(law: Regulation) -> str:
    """Return the articles on which a payment rests, as the regulation's entry of the notice names them."""
    return next((SMALL_PARTS.sub(kept, one.cite) for one in law.papers if "拨付通知" in one.name), "")


def _money(law: Regulation) -> str:
    """Return what the text calls the money."""
    text = "".join(rule.text for rule in law.rules)
    return next((word for word in ("支持建设补助资金", "补助工作经费") if word in law.title + text), "补助资金")


def _account(one: Entry) -> str:
    unit = one.unit
    if unit is None or not unit.account_name:
        return ""
    tail = f"，账号尾号{unit.account_number[-4:]}" if len(unit.account_number) >= 8 else ""
    return f"（户名：{unit.account_name}{tail}）"


USES = ("money_floor", "money_cap", "use_allowed")
BANS = ("use_prohibited",)
KEPT_APART = "单独核算"
"""How a text says that the money is kept by itself."""


def _use_paragraphs(law: Regulation, track: str) -> list[str]:
    """Return the regulation's own sentences on what the money is for and what it may not pay."""
    uses = law_rules(law, USES, ("分配", "支出"), track)
    stated = {rule.text for rule in uses}
    kept_apart = [rule for rule in law_rules(law, ("accounting",), ("支出", "拨付"), track) if KEPT_APART in rule.text]
    found = {rule.text: rule for rule in (*kept_apart, *law_rules(law, BANS, ("支出", "拨付"), track))}
    bans = [rule for rule in found.values() if rule.text not in stated]
    paragraphs: list[str] = []
    for heading, rules in (("资金用途", uses), ("严守支出纪律", bans)):
        if rules:
            number = "一二"[len(paragraphs) // 2]
            paragraphs += [f"{number}、{heading}", quotes(rules)]
    return paragraphs


def _payment_warnings(one: Entry, amount: int) -> list[str]:
    grant, found = _grant(one), []
    if grant.received_fen is not None and amount != grant.received_fen:
        found.append(f"拨付金额{amount_text(amount)}元与收到的{amount_text(grant.received_fen)}元不一致，应足额拨付。")
    if one.unit is not None and one.unit.payee_account_type != "基层工会账户":
        found.append(f"收款账户是“{one.unit.payee_account_type}”，应为基层工会账户。")
    if one.unit is None or not one.unit.account_number:
        found.append("所在单位还没有填写收款账号。")
    return found


def _receivers(entries: Sequence[Entry], own: str) -> list[str]:
    """Return the offices that the grants' workrooms belong to, else the units' own unions."""
    below = dict.fromkeys(one.office.name for one in entries if one.office and one.office.id != own)
    unions = (one.unit.union_name or f"{one.unit.name}工会" for one in entries if one.unit is not None)
    return list(below or dict.fromkeys(unions))


def quota_notice(session: Session, ids: Sequence[str], on: date, given: Given) -> PaperDraft:
    """Compose 补助资金指标下达通知 with the list of workrooms and the total."""
    law, entries = grant_entries(session, ids)
    office, year = own_office(session), _grant(entries[0]).year or on.year
    total = sum(_grant(one).grant_total_fen for one in entries)
    rows = [
        [str(n), one.workroom.name, one.unit_name, one.leader_name, amount_text(_grant(one).grant_total_fen)]
        for n, one in enumerate(entries, start=1)
    ]
    rows.append(["", "合计", "", "", amount_text(total)])
    body = [
        f"根据{cite(law)}和年度支持建设计划，现下达{year}年创新工作室支持建设补助资金指标，"
        f"共{len(entries)}家，合计{amount_text(total)}元（大写：{capital_amount(total)}），具体见附件。",
        *_use_paragraphs(law, _grant(entries[0]).track),
    ]
    table = {"columns": ["序号", "工作室名称", "所在单位", "领衔人", "补助金额（元）"], "rows": rows}
    data: dict[str, Any] = {
        "issuer": office.name,
        "title": f"关于下达{year}年创新工作室补助资金指标的通知",
        "to": _receivers(entries, office.id),
        "body": body,
        "attachments": [{"title": f"{year}年创新工作室补助资金分配表", "table": table}],
        "date": on.isoformat(),
    }
    data = overlaid(data, given, ())
    return PaperDraft("quota-notice", data, tuple(head_fields(data, numbered=True)))
