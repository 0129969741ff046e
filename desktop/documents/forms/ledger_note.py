"""记账提示单: under which account each union books the money."""

from desktop.documents.forms.blocks import Entries, Notes, Signatures
from desktop.documents.forms.lists import Rows, column
from desktop.documents.forms.shared import ARTICLES, workroom
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "ledger-note",
    "记账提示单",
    (
        workroom(Entry("quota_number", "指标文号"), Entry("year", "年度", "whole")),
        Entries((Entry("amount_yuan", "金额（元）", "money"), Entry("amount_words", "大写"), ARTICLES)),
        Rows(
            "rows",
            "记账科目",
            (
                column("who", "记账单位", 36, wide=True, needed=True),
                column("when", "业务", 34, wide=True),
                column("account", "会计科目", 42, wide=True, needed=True),
                column("article", "依据", 28),
                column("booked_on", "记账日期", 32),
                column("voucher", "凭证号", 20),
            ),
            3,
            height=12,
        ),
        Signatures(("制单", "审核", "财务负责人")),
        Notes(),
    ),
)
