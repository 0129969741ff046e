"""联盟支持建设任务书: an alliance, its members, its plan and its budget."""

from desktop.documents.forms.blocks import Box, Boxes, Entries, Sections
from desktop.documents.forms.lists import Rows, column
from desktop.documents.forms.shared import ARTICLES
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "alliance-task",
    "联盟支持建设任务书",
    (
        Entries(
            (
                Entry("name", "联盟名称", wide=True, needed=True),
                Entry("alliance_type", "联盟类型"),
                Entry("lead_name", "牵头工作室"),
                Entry("total_yuan", "补助总额（元）", "money"),
                Entry("established_on", "成立日期", "date"),
                ARTICLES,
            )
        ),
        Rows(
            "members",
            "成员工作室",
            (
                column("name", "成员工作室", 70, wide=True, needed=True),
                column("unit_name", "所在单位", 52, wide=True),
                column("person", "领衔人", 24),
            ),
            4,
        ),
        Sections(("目标任务", "实施计划", "预期成果")),
        Rows(
            "rows",
            "预算",
            (
                column("category", "预算项目", 40, needed=True),
                column("content", "主要内容", 74, wide=True),
                column("amount_yuan", "金额（元）", 32, "money"),
            ),
            4,
            "amount_yuan",
        ),
        Boxes((Box("牵头工作室所在单位意见"), Box("审核意见"))),
    ),
)
