"""成果发布登记表: which outcome was published where and when, and how it is used."""

from desktop.documents.forms.blocks import Entries, Notes, Signatures
from desktop.documents.forms.lists import Rows, column
from desktop.documents.forms.shared import ARTICLES, NAME
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "publication-register",
    "成果发布登记表",
    (
        Entries((NAME, Entry("unit_name", "所在单位"), Entry("leader_name", "领衔人"), ARTICLES)),
        Rows(
            "rows",
            "成果发布",
            (
                column("name", "成果名称", 52, wide=True, needed=True),
                column("kind", "种类", 28),
                column("platform", "发布平台", 44, wide=True),
                column("published_on", "发布日期", 34),
                column("link", "链接或编号", 32),
                column("conversion", "转化应用情况", 46, wide=True),
            ),
            6,
            height=11,
        ),
        Signatures(("登记人", "领衔人", "所在单位工会"), 22),
        Notes(),
    ),
    landscape=True,
)
