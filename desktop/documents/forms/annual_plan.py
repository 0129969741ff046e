"""年度创新工作计划: a year's topics, aims, training and money."""

from desktop.documents.forms.blocks import Box, Boxes, Sections
from desktop.documents.forms.lists import Rows, column
from desktop.documents.forms.shared import ARTICLES, workroom
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "annual-plan",
    "年度创新工作计划",
    (
        workroom(Entry("year", "年度", "whole"), Entry("people", "团队人数", "whole"), ARTICLES),
        Rows(
            "topics",
            "课题和攻关项目",
            (
                column("name", "课题或攻关项目", 64, wide=True, needed=True),
                column("period", "起止时间", 40),
                column("host", "主持人", 20),
                column("status", "进展", 20),
            ),
            3,
        ),
        Sections(("工作目标", "主要任务", "培训和交流", "经费安排")),
        Boxes((Box("所在单位意见"),)),
    ),
)
