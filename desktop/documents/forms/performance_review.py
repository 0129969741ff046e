"""绩效评价表: budget against spending, rewards, publications and results of a year's grant."""

from desktop.documents.forms.blocks import SIGNED_AND_STAMPED, Box, Boxes, Entries
from desktop.documents.forms.lists import Rows, column
from desktop.documents.forms.shared import ARTICLES
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "performance-review",
    "绩效评价表",
    (
        Entries(
            (
                Entry("name", "评价对象", wide=True, needed=True),
                Entry("unit_name", "所在单位"),
                Entry("leader_name", "领衔人"),
                Entry("year", "年度", "whole"),
                Entry("total_yuan", "补助总额（元）", "money"),
                Entry("spent_yuan", "实际支出（元）", "money"),
                Entry("left_yuan", "结余（元）", "money"),
                Entry("reward_share", "奖励占比"),
                Entry("published", "发布成果", "whole"),
                ARTICLES,
            )
        ),
        Rows(
            "rows",
            "评价内容",
            (
                column("title", "评价内容", 62, wide=True, needed=True),
                column("article", "依据", 22),
                column("actual", "完成情况", 40, wide=True),
                column("comment", "评价", 22, wide=True),
            ),
            6,
            height=11,
        ),
        Boxes((Box("自评意见", SIGNED_AND_STAMPED, 32), Box("评价结论", SIGNED_AND_STAMPED, 36))),
    ),
)
