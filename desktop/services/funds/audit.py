"""The audit pack of one grant: every ledger as the sheets of one workbook beside the PDF of all its papers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.assessment import Plan
from desktop.models.document import Attachment, Document
from desktop.models.grant import Grant
from desktop.services import dossier, records
from desktop.services.derived.subject import get
from desktop.services.dossier import MONEY, Made
from desktop.services.funds.balance import Balance, balance
from desktop.services.funds.entries import entries
from desktop.services.funds.trail import trail
from desktop.services.money import yuan
from desktop.spreadsheets.booklet import Sheet, write_sheets
from desktop.spreadsheets.table import Column, Table

USES: Final = {"listed": "列明", "unlisted": "未列明", "banned": "禁止", "own": "非补助资金"}
YUAN: Final = "元"


@dataclass(frozen=True)
class Pack:
    """What was written: the PDF with what it holds, the workbook, and how many lines that has."""

    pdf: Made
    workbook: str
    lines: int


def audit_pack(session: Session, grant_id: str, out: Path, today: date) -> Pack:
    """Write a grant's audit pack: the PDF to `out`, the workbook beside it under the same name."""
    made = dossier.audit_pack(session, grant_id, out)
    workbook = out.with_suffix(".xlsx")
    lines = write_sheets(sheets(session, grant_id, today), workbook)
    return Pack(made, str(workbook), lines)


def sheets(session: Session, grant_id: str, today: date) -> list[Sheet]:
    """Return the ledgers of a grant: money, its way, shares, spending, accounts, budget, papers, attachments."""
    held = balance(session, grant_id)
    found = [
        _money(session, grant_id, held),
        _way(session, grant_id, today),
        _shares(session, grant_id),
        _spending(session, grant_id, held),
        _accounts(session, grant_id, today),
        _plans(session, grant_id),
        _papers(session, grant_id),
        _attachments(session, grant_id, held),
    ]
    return [(table, rows) for table, rows in found if rows]


def _money(session: Session, grant_id: str, held: Balance) -> Sheet:
    grant = records.get_record(session, "grants", grant_id)
    rows: list[dict[str, Any]] = [{"what": title, "value": grant[key]} for key, title in MONEY]
    rows += [
        {"what": "奖励合计（元）", "value": yuan(held.rewards_fen)},
        {"what": "其他支出合计（元）", "value": yuan(held.spent_fen)},
        {"what": "结余（元）", "value": yuan(held.left_fen)},
        {"what": "没有票据的支出（笔）", "value": held.without_receipt},
    ]
    return Table("money", "资金情况", (Column("what", "项目"), Column("value", "内容"))), rows


def _way(session: Session, grant_id: str, today: date) -> Sheet:
    columns = (Column("name", "环节"), Column("actor", "办理单位"), Column("on", "日期", "date"),
               Column("days", "距上一环节天数", "number"), Column("amount_yuan", "金额", "money", unit=YUAN),
               Column("limit", "时限"), Column("cite", "依据"))  # fmt: skip
    rows = [
        {
            "name": hop.name,
            "actor": hop.actor,
            "on": hop.on,
            "days": hop.days,
            "amount_yuan": yuan(hop.amount_fen) if hop.amount_fen is not None else None,
            "limit": hop.limit,
            "cite": hop.cite,
        }
        for hop in trail(session, grant_id, today).hops
    ]
    return Table("way", "资金去向", columns), rows


def _shares(session: Session, grant_id: str) -> Sheet:
    columns = (Column("name", "姓名"), Column("role", "角色"), Column("amount_yuan", "金额", "money", unit=YUAN),
               Column("tax_withheld_yuan", "代扣税额", "money", unit=YUAN), Column("result", "奖励的成果"),
               Column("signed_on", "签领日期", "date"))  # fmt: skip
    rows: list[dict[str, Any]] = []
    for allocation in records.list_records(session, "allocations", {"grant_id": grant_id}):
        for line in records.list_records(session, "allocation_lines", {"allocation_id": allocation["id"]}):
            rows.append(
                {**line, "name": _named(session, "people", line["person_id"]), "result": _result(session, line)}
            )
    return Table("shares", "奖励分配", columns), sorted(rows, key=lambda row: row["position"])


def _result(session: Session, line: Mapping[str, Any]) -> str:
    return _named(session, "outcomes", line["outcome_id"]) or str(line["result_ref"])


def _named(session: Session, noun: str, record_id: str | None) -> str:
    return str(records.get_record(session, noun, record_id)["name"]) if record_id else ""


def _spending(session: Session, grant_id: str, held: Balance) -> Sheet:
    columns = (Column("paid_on", "日期", "date"), Column("category", "用途"),
               Column("amount_yuan", "金额", "money", unit=YUAN), Column("source", "资金来源"),
               Column("use", "用途核对"), Column("cite", "依据"), Column("payee", "收款方"),
               Column("voucher_number", "凭证号", "code"), Column("receipts", "票据数", "number"),
               Column("note", "摘要"))  # fmt: skip
    kept = {row["id"]: row for row in records.list_records(session, "expenditures", {"grant_id": grant_id})}
    rows = [
        {**kept[line.expense_id], "use": USES[line.use], "cite": line.cite, "receipts": line.receipts}
        for line in held.lines
    ]
    return Table("spending", "支出台账", columns), rows


def _accounts(session: Session, grant_id: str, today: date) -> Sheet:
    columns = (Column("who", "记账单位"), Column("when", "业务"), Column("account", "科目"),
               Column("on", "日期", "date"), Column("amount_yuan", "金额", "money", unit=YUAN),
               Column("cite", "依据"))  # fmt: skip
    rows = [
        {"who": one.who, "when": one.when, "account": one.account, "on": one.on, "amount_yuan": yuan(one.amount_fen),
         "cite": one.cite}
        for one in entries(session, grant_id, today)
    ]  # fmt: skip
    return Table("accounts", "记账科目", columns), rows


def _plans(session: Session, grant_id: str) -> Sheet:
    grant = get(session, Grant, grant_id, "补助资金")
    columns = (Column("year", "年度", "number"), Column("kind", "类别"), Column("filed_on", "提交日期", "date"),
               Column("content", "内容"))  # fmt: skip
    query = select(Plan).where(Plan.workroom_id == grant.workroom_id, Plan.kind.in_(("资金预算", "绩效评价")))
    kept = [records.to_json(row) for row in session.scalars(query.order_by(Plan.year, Plan.kind))]
    return Table("plans", "预算和绩效", columns), [row for row in kept if row["year"] == grant.year]


def _papers(session: Session, grant_id: str) -> Sheet:
    columns = (Column("title", "公文"), Column("document_number", "发文字号"), Column("issued_on", "日期", "date"),
               Column("state", "状态"), Column("sha256", "校验值", "code"))  # fmt: skip
    query = select(Document).where(Document.subject_id == grant_id).order_by(Document.issued_on, Document.id)
    return Table("papers", "公文", columns), _json(session, query)


def _attachments(session: Session, grant_id: str, held: Balance) -> Sheet:
    columns = (Column("owner_noun", "所属"), Column("name", "文件名"), Column("size", "字节", "number"),
               Column("sha256", "校验值", "code"), Column("note", "说明"))  # fmt: skip
    ids = [grant_id, *(line.expense_id for line in held.lines)]
    query = select(Attachment).where(Attachment.owner_id.in_(ids)).order_by(Attachment.owner_noun, Attachment.name)
    words = {"grants": "补助资金", "expenditures": "支出"}
    rows = [{**row, "owner_noun": words.get(row["owner_noun"], row["owner_noun"])} for row in _json(session, query)]
    return Table("attachments", "票据和附件", columns), rows


def _json(session: Session, query: Any) -> Sequence[dict[str, Any]]:
    return [records.to_json(row) for row in session.scalars(query)]
