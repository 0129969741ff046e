"""考核（评估）表: the points of an assessment, what was found, the conclusion or grade."""

from desktop.documents.forms.blocks import SIGNED_AND_STAMPED, Box, Boxes, Signatures
from desktop.documents.forms.lists import Rows, column
from desktop.documents.forms.shared import ARTICLES, workroom
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "assessment-sheet",
    "考核表",
    (
        workroom(
            Entry("named_on", "命名（授牌）日期", "date"),
            Entry("assessed_on", "考核日期", "date"),
            Entry("year", "考核年度"),
            Entry("kind", "考核类别"),
            ARTICLES,
        ),
        Rows(
            "rows",
            "考核内容",
            (
                column("title", "考核内容", 44, wide=True, needed=True),
                column("actual", "考核情况", 62, wide=True),
                column("status", "评价", 30),
            ),
            5,
            height=13,
            small=False,
        ),
        Boxes((Box("考核结论", SIGNED_AND_STAMPED, 40),)),
        Signatures(("考核人", "复核人", "工作室领衔人")),
    ),
)
