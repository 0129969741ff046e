"""整改方案: each problem found, its clause, the measure, who does it and by when."""

from desktop.documents.forms.blocks import Box, Boxes
from desktop.documents.forms.lists import Rows, column
from desktop.documents.forms.shared import ARTICLES, workroom
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "rectification-plan",
    "整改方案",
    (
        workroom(Entry("notice_number", "整改通知书"), Entry("deadline", "整改时限", "date"), ARTICLES),
        Rows(
            "rows",
            "整改事项",
            (
                column("problem", "查出的问题", 44, wide=True, needed=True),
                column("article", "条款", 26),
                column("measure", "整改措施", 46, wide=True),
                column("responsible", "责任人", 18),
                column("due", "完成时限", 34),
            ),
            5,
            height=14,
        ),
        Boxes((Box("所在单位意见"), Box("上级工会意见"))),
    ),
)
