"""牌匾登记表: which plaques were given out, when, and to whom."""

from desktop.documents.forms.blocks import Notes, Signatures
from desktop.documents.forms.lists import Rows, column
from desktop.documents.forms.sheet import form

KIND = form(
    "plaque-register",
    "牌匾登记表",
    (
        Rows(
            "rows",
            "牌匾",
            (
                column("name", "工作室名称", 64, wide=True, needed=True),
                column("unit_name", "所在单位", 52, wide=True),
                column("person", "领衔人", 27),
                column("plaque_on", "挂牌日期", 34),
                column("taken_by", "领取人签字", 30),
                column("note", "备注", 18),
            ),
            10,
            height=11,
            small=False,
        ),
        Signatures(("登记人", "审核人"), 22),
        Notes(),
    ),
    landscape=True,
)
