"""监督（审计）检查记录: how a grant was kept and spent, point by point."""

from desktop.documents.forms.blocks import Box, Boxes, Signatures
from desktop.documents.forms.lists import Rows, column
from desktop.documents.forms.shared import ARTICLES, workroom
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "inspection-record",
    "监督检查记录",
    (
        workroom(
            Entry("year", "检查年度", "whole"),
            Entry("inspected_on", "检查日期", "date"),
            Entry("total_yuan", "补助总额（元）", "money"),
            Entry("spent_yuan", "已支出（元）", "money"),
            ARTICLES,
        ),
        Rows(
            "rows",
            "检查内容",
            (
                column("title", "检查内容", 46, wide=True, needed=True),
                column("article", "依据", 26),
                column("actual", "检查情况", 50, wide=True),
                column("status", "结论", 22),
            ),
            6,
            height=11,
        ),
        Boxes((Box("检查结论和整改要求", height=36),), name="conclusions"),
        Signatures(("检查人", "被检查单位负责人")),
    ),
)
