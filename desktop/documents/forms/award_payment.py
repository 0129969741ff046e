"""奖金发放表: each winner's amount with the bank's receipt to be filed."""

from desktop.documents.forms.blocks import Notes, Signatures
from desktop.documents.forms.lists import Rows, column
from desktop.documents.forms.sheet import form

KIND = form(
    "award-payment",
    "奖金发放表",
    (
        Rows(
            "rows",
            "发放名单",
            (
                column("name", "项目名称", 44, wide=True, needed=True),
                column("award_kind", "奖项", 36),
                column("person", "获奖人", 26),
                column("unit_name", "所在单位", 40, wide=True),
                column("amount_yuan", "金额（元）", 26, "money"),
                column("paid_on", "发放日期", 34),
                column("receipt", "银行回执号", 26),
                column("signed", "签收", 20),
            ),
            8,
            "amount_yuan",
            height=10,
        ),
        Signatures(("制表人", "财务负责人", "分管领导"), 24),
        Notes(),
    ),
    landscape=True,
)
