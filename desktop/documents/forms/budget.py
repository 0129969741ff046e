"""资金使用预算: what a grant is to pay, item by item, with the share for rewards."""

from desktop.documents.forms.blocks import Box, Boxes, Entries, Notes
from desktop.documents.forms.lists import Rows, column
from desktop.documents.forms.shared import ARTICLES
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "budget",
    "资金使用预算表",
    (
        Entries(
            (
                Entry("name", "预算单位", wide=True, needed=True),
                Entry("unit_name", "所在单位"),
                Entry("leader_name", "领衔人"),
                Entry("year", "年度", "whole"),
                Entry("total_yuan", "资金总额（元）", "money"),
                Entry("reward_yuan", "奖励合计（元）", "money"),
                Entry("reward_share", "奖励占比"),
                ARTICLES,
            )
        ),
        Rows(
            "rows",
            "预算项目",
            (
                column("category", "预算项目", 36, needed=True),
                column("content", "主要内容和测算依据", 60, wide=True),
                column("amount_yuan", "金额（元）", 26, "money"),
                column("note", "备注", 22),
            ),
            6,
            "amount_yuan",
        ),
        Boxes((Box("编制单位"), Box("基层工会审核意见"))),
        Notes(),
    ),
)
