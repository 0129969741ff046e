"""The audit pack of one grant: every ledger as the sheets of one workbook beside the PDF of all its papers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.documents.dossier import Listing
from desktop.models.assessment import Plan
from desktop.models.document import Attachment, Document
from desktop.models.grant import Grant
from desktop.rules.calendar import chinese
from desktop.services import dossier, records
from desktop.services.derived.subject import get
from desktop.services.dossier import Made
from desktop.services.funds.balance import Balance, balance
from desktop.services.funds.entries import entries
from desktop.services.funds.trail import basis, trail
from desktop.services.money import fen, grouped_yuan, yuan
from desktop.services.regulation import regulation
from desktop.services.road.road import roads
from desktop.services.road.waiting import titles
from desktop.spreadsheets.booklet import Sheet, write_sheets
from desktop.spreadsheets.table import Column, Table

USES: Final = {"listed": "列明", "unlisted": "未列明", "banned": "禁止", "own": "非补助资金"}
YUAN: Final = "元"
MONEY: Final = (
    ("grant_total_yuan", "补助总额（元）", "money"),
    ("quota_number", "指标文号", "text"),
    ("quota_issued_on", "指标下达日期", "date"),
    ("received_on", "收款日期", "date"),
    ("received_yuan", "收款金额（元）", "money"),
    ("transferred_on", "拨付日期", "date"),
    ("transferred_yuan", "拨付金额（元）", "money"),
    ("state", "进度", "text"),
)


@dataclass(frozen=True)
class Pack:
    """What was written: the PDF with what it holds, the workbook, and how many lines that has."""

    pdf: Made
    workbook: str
    lines: int


PRINTED: Final[Mapping[str, tuple[tuple[str, int], ...]]] = {
    "money": (("what", 2), ("value", 5)),
    "course": (("on", 3), ("state", 4), ("by", 2), ("cite", 2), ("reason", 4)),
    "way": (("name", 4), ("actor", 4), ("on", 3), ("days", 2), ("amount_yuan", 3)),
    "shares": (("name", 2), ("role", 2), ("amount_yuan", 2), ("result", 3), ("signed_on", 3)),
    "spending": (("paid_on", 3), ("category", 3), ("amount_yuan", 3), ("use", 2), ("payee", 3), ("receipts", 2)),
    "accounts": (("who", 4), ("account", 5), ("on", 3), ("amount_yuan", 3)),
    "plans": (("year", 2), ("kind", 3), ("filed_on", 3), ("content", 6)),
}
"""The columns of each ledger that stand in the PDF, with their share of the line; the workbook has them all."""


def audit_pack(session: Session, grant_id: str, out: Path, today: date) -> Pack:
    """Write a grant's audit pack: the PDF to `out`, the workbook beside it under the same name."""
    found, grant = sheets(session, grant_id, today), get(session, Grant, grant_id, "补助资金")
    ledger = [_printed(table, rows) for table, rows in found if table.kind in PRINTED]
    title = f"{_holder(session, grant)}{grant.year or today.year}年补助资金审计资料"
    made = dossier.audit_pack(session, grant_id, out, title, ledger)
    workbook = out.with_suffix(".xlsx")
    return Pack(made, str(workbook), write_sheets(found, workbook))


def _holder(session: Session, grant: Grant) -> str:
    """Return the name of the alliance, else of the workroom, to which the money was granted."""
    return titles(session, [("grants", grant.id)]).get(grant.id, "")


def _printed(table: Table, rows: Sequence[Mapping[str, Any]]) -> Listing:
    columns = {column.name: column for column in table.columns}
    kept = [columns[name] for name, _share in PRINTED[table.kind]]
    body = tuple(tuple(_said(row.get(column.name), column.kind) for column in kept) for row in rows)
    return Listing(table.title, tuple(one.head for one in kept), body, tuple(one[1] for one in PRINTED[table.kind]))


def _said(value: Any, kind: str) -> str:
    """Return a value as people read it: 2026年9月1日, 50,000.00."""
    if value in (None, ""):
        return ""
    if kind == "date":
        return chinese(value if isinstance(value, date) else date.fromisoformat(value))
    return grouped_yuan(fen(value)) if kind == "money" else str(value)


def sheets(session: Session, grant_id: str, today: date) -> list[Sheet]:
    """Return a grant's ledgers: money, steps, its way, shares, spending, accounts, budget, papers, attachments."""
    held = balance(session, grant_id)
    found = [
        _money(session, grant_id, held),
        _course(session, grant_id, today),
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
    row = get(session, Grant, grant_id, "补助资金")
    grant, law = records.to_json(row), regulation(row.regulation, session)
    rows: list[dict[str, Any]] = [
        {"what": "补助对象", "value": _holder(session, row)},
        {"what": "适用办法", "value": law.title},
        *({"what": title, "value": _said(grant[key], kind)} for key, title, kind in MONEY),
        {"what": "奖励合计（元）", "value": grouped_yuan(held.rewards_fen)},
        {"what": "其他支出合计（元）", "value": grouped_yuan(held.spent_fen)},
        {"what": "结余（元）", "value": grouped_yuan(held.left_fen)},
        {"what": "没有票据的支出（笔）", "value": held.without_receipt},
    ]
    return Table("money", "资金情况", (Column("what", "项目"), Column("value", "内容"))), rows


def _course(session: Session, grant_id: str, today: date) -> Sheet:
    """Return the steps that stand, each with its article, and those taken back with why."""
    columns = (Column("on", "日期", "date"), Column("state", "环节"), Column("by", "经办人"), Column("cite", "依据"),
               Column("reason", "说明"))  # fmt: skip
    rows: list[dict[str, Any]] = []
    for road in roads(session, "grants", grant_id, today):
        cites = {(one.from_, one.to): basis(one) for one in road.workflow.transition}
        rows += [
            {
                "on": one.on,
                "state": one.to_state,
                "by": one.by,
                "cite": cites.get((one.from_state, one.to_state), ""),
                "reason": "；".join(filter(None, (one.reason, one.corrected and f"更正：{one.corrected}"))),
            }
            for one in road.done
        ]
        rows += [
            {"on": one.on, "state": f"{one.to_state}（已撤回）", "by": one.by, "reason": one.corrected}
            for one in road.chain.taken_back
        ]
    return Table("course", "办理经过", columns), rows


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
