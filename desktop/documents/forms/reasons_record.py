"""理由记录: why a standard that says 原则上 or 一般 was departed from, sentence by sentence."""

from desktop.documents.forms.blocks import Box, Boxes, Entries, Notes
from desktop.documents.forms.lists import Rows, column
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "reasons-record",
    "超出“原则上”“一般”标准的说明",
    (
        Entries(
            (
                Entry("name", "对象", wide=True, needed=True),
                Entry("unit_name", "所在单位"),
                Entry("matter", "事项"),
            )
        ),
        Rows(
            "rows",
            "说明",
            (
                column("article", "条款", 24),
                column("text", "原文", 50, wide=True, needed=True),
                column("actual", "实际情况", 24, wide=True),
                column("reason", "理由", 36, wide=True),
                column("decided", "记录人和日期", 24),
            ),
            3,
            height=16,
        ),
        Boxes((Box("批准意见", ("批准人签字：　　　　　　　", "　　　　年　　月　　日"), 36),)),
        Notes(),
    ),
)
