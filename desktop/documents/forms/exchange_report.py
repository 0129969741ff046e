"""带回情况报告: what a package of another office changed here, record by record and field by field."""

from desktop.documents.forms.blocks import Entries, Gap, Notes, Signatures
from desktop.documents.forms.lists import Rows, column
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "exchange-report",
    "数据包带回情况报告",
    (
        Entries(
            (
                Entry("maker", "制作工会", wide=True, needed=True),
                Entry("number", "数据包编号", "whole"),
                Entry("made_at", "制作时间"),
                Entry("state", "办理情况", wide=True),
                Entry("counts", "变化", wide=True),
                Entry("digest", "校验值", wide=True),
            )
        ),
        Gap(),
        Rows(
            "rows",
            "修改和删除的内容",
            (
                column("kind", "变化", 14),
                column("record", "内容", 44, wide=True, needed=True),
                column("title", "栏目", 28, wide=True),
                column("old", "带回前", 40, wide=True),
                column("new", "带回后", 40, wide=True),
            ),
            heading=True,
        ),
        Gap(),
        Rows(
            "added",
            "新增的内容",
            (
                column("noun", "种类", 18),
                column("record", "名称", 50, wide=True, needed=True),
                column("told", "各栏", 110, wide=True),
            ),
            heading=True,
        ),
        Gap(),
        Rows(
            "disputes",
            "两边都改过、待定下的内容",
            (
                column("record", "内容", 44, wide=True, needed=True),
                column("title", "栏目", 28, wide=True),
                column("values", "各方填写", 80, wide=True),
            ),
            heading=True,
        ),
        Gap(),
        Rows("waiting", "还在等待的内容", (column("text", "说明", 100, wide=True, needed=True),), heading=True),
        Signatures(("带回人", "审核人"), 22),
        Notes(),
    ),
    landscape=True,
)
