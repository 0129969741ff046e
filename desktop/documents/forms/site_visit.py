"""实地验证（专项考核）记录: each point seen on the spot, whether it agrees with the application."""

from desktop.documents.forms.blocks import Box, Boxes, Signatures
from desktop.documents.forms.lists import Rows, column
from desktop.documents.forms.shared import ARTICLES, workroom
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "site-visit",
    "实地验证记录",
    (
        workroom(
            Entry("visited_on", "验证日期", "date"),
            Entry("visitors", "验证人员"),
            Entry("place", "验证地点", wide=True),
            ARTICLES,
        ),
        Rows(
            "rows",
            "验证内容",
            (
                column("title", "验证内容", 36, needed=True),
                column("declared", "申报情况", 44, wide=True),
                column("seen", "实地情况", 44, wide=True),
                column("status", "是否相符", 20),
            ),
            6,
            height=13,
        ),
        Boxes((Box("验证结论", ("□与申报条件相符　　□与申报条件不符",), 34),), name="conclusions"),
        Signatures(("验证人", "工作室领衔人", "所在单位工会")),
    ),
)
