"""“回头看”（整改验收、核验）记录: whether each problem is really solved."""

from desktop.documents.forms.blocks import Box, Boxes, Signatures
from desktop.documents.forms.lists import Rows, column
from desktop.documents.forms.shared import ARTICLES, workroom
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "look-back",
    "“回头看”记录",
    (
        workroom(
            Entry("notice_number", "整改通知书"),
            Entry("deadline", "整改时限", "date"),
            Entry("checked_on", "核验日期", "date"),
            Entry("checkers", "核验人员"),
            ARTICLES,
        ),
        Rows(
            "rows",
            "核验内容",
            (
                column("problem", "整改事项", 44, wide=True, needed=True),
                column("seen", "核验情况", 56, wide=True),
                column("status", "是否到位", 22),
            ),
            5,
            height=13,
        ),
        Boxes(
            (Box("核验结论", ("□整改到位　　□仍不达标", "（盖章）", "　　　　年　　月　　日"), 40),), name="conclusions"
        ),
        Signatures(("核验人", "工作室领衔人", "所在单位工会")),
    ),
)
