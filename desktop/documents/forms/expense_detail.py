"""支出明细表: what was paid out of a grant, voucher by voucher, with what is left."""

from desktop.documents.forms.blocks import Entries, Notes, Signatures
from desktop.documents.forms.lists import Rows, column
from desktop.documents.forms.shared import workroom
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "expense-detail",
    "补助资金支出明细表",
    (
        workroom(
            Entry("year", "年度", "whole"),
            Entry("total_yuan", "补助总额（元）", "money"),
            Entry("spent_yuan", "已支出（元）", "money"),
            Entry("left_yuan", "结余（元）", "money"),
        ),
        Rows(
            "rows",
            "支出明细",
            (
                column("paid_on", "日期", 32),
                column("category", "用途类别", 26, needed=True),
                column("note", "摘要", 31, wide=True),
                column("payee", "收款方", 31, wide=True),
                column("amount_yuan", "金额（元）", 26, "money"),
                column("voucher", "凭证号", 29),
            ),
            10,
            "amount_yuan",
        ),
        Entries((Entry("bans", "禁用项自查", "paragraphs", height=20),)),
        Signatures(("制表人", "财务负责人", "基层工会（盖章）")),
        Notes(),
    ),
)
