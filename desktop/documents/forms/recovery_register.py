"""牌匾（奖金、奖牌、证书）收回登记表: what was taken back, when, by whom."""

from desktop.documents.forms.blocks import Entries, Notes, Signatures
from desktop.documents.forms.lists import Rows, column
from desktop.documents.forms.shared import ARTICLES
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "recovery-register",
    "牌匾收回登记表",
    (
        Entries(
            (
                Entry("name", "被收回对象", wide=True, needed=True),
                Entry("unit_name", "所在单位"),
                Entry("person", "领衔人（完成人）"),
                Entry("decision_number", "决定文号"),
                Entry("decided_on", "决定日期", "date"),
                ARTICLES,
            )
        ),
        Rows(
            "rows",
            "收回物品",
            (
                column("item", "物品", 36, needed=True),
                column("quantity", "数量或金额", 28),
                column("recovered_on", "收回日期", 34),
                column("handed_by", "交回人", 24),
                column("taken_by", "经手人", 24),
                column("note", "备注", 20),
            ),
            4,
            height=13,
            small=False,
        ),
        Signatures(("交回单位（盖章）", "收回单位（盖章）"), 36),
        Notes(),
    ),
)
