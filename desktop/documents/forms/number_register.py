"""发文字号登记簿: every serial of a year, the paper that bears it, and why one is borne by none."""

from desktop.documents.forms.blocks import Notes, Signatures
from desktop.documents.forms.lists import Rows, column
from desktop.documents.forms.sheet import form

KIND = form(
    "number-register",
    "发文字号登记簿",
    (
        Rows(
            "rows",
            "文号",
            (
                column("number", "发文字号", 54, needed=True),
                column("title", "标题", 56, wide=True),
                column("issued_on", "成文日期", 36, "date"),
                column("state", "状态", 20),
                column("note", "说明", 34, wide=True),
            ),
            10,
            height=9,
        ),
        Signatures(("登记人", "审核人"), 22),
        Notes(),
    ),
)
