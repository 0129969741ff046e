"""整改报告: what was done about each problem and what came of it."""

from desktop.documents.forms.blocks import Box, Boxes
from desktop.documents.forms.lists import Rows, column
from desktop.documents.forms.shared import ARTICLES, workroom
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "rectification-report",
    "整改报告",
    (
        workroom(Entry("notice_number", "整改通知书"), Entry("finished_on", "完成日期", "date"), ARTICLES),
        Rows(
            "rows",
            "整改情况",
            (
                column("problem", "问题", 42, wide=True, needed=True),
                column("measure", "整改措施", 46, wide=True),
                column("result", "整改结果", 40, wide=True),
                column("evidence", "佐证材料", 26, wide=True),
            ),
            5,
            height=14,
        ),
        Boxes((Box("所在单位意见"), Box("上级工会核验意见"))),
    ),
)
