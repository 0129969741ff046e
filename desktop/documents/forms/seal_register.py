"""用印登记簿: which seal was set on which paper, when, who approved it and who set it."""

from desktop.documents.forms.blocks import Notes, Signatures
from desktop.documents.forms.lists import Rows, column
from desktop.documents.forms.sheet import form

KIND = form(
    "seal-register",
    "用印登记簿",
    (
        Rows(
            "rows",
            "用印",
            (
                column("used_on", "用印日期", 38, "date"),
                column("paper", "文件名称", 54, wide=True),
                column("document_number", "文号或短码", 44),
                column("purpose", "用途", 28, wide=True),
                column("seal", "印章", 40, wide=True),
                column("approved_by", "批准人", 18),
                column("keeper", "用印人", 18),
                column("hash", "文件校验值（前16位）", 44),
            ),
            12,
            height=11,
        ),
        Signatures(("保管人", "审核人"), 22),
        Notes(),
    ),
    landscape=True,
)
