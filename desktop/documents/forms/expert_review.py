"""专家评审意见表: one expert's marks and opinions on every candidate."""

from desktop.documents.forms.blocks import Entries, Notes, Signatures
from desktop.documents.forms.lists import Rows, column
from desktop.documents.forms.shared import ARTICLES
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "expert-review",
    "专家评审意见表",
    (
        Entries(
            (
                Entry("group", "专业组"),
                Entry("expert", "评审专家"),
                Entry("reviewed_on", "评审日期", "date"),
                Entry("place", "评审地点"),
                ARTICLES,
            )
        ),
        Rows(
            "rows",
            "评审对象",
            (
                column("name", "评审对象", 48, wide=True, needed=True),
                column("unit_name", "所在单位", 40, wide=True),
                column("person", "领衔人（完成人）", 27),
                column("grade", "评价（同意、不同意）", 24),
                column("opinion", "评审意见", 62, wide=True),
                column("recused", "是否回避", 16),
            ),
            6,
            height=12,
            small=False,
        ),
        Signatures(("评审专家（签字）", "专家组组长（签字）"), 22),
        Notes(("与评审对象有利害关系的，应当回避，不发表意见。",)),
    ),
    landscape=True,
)
