"""档案目录: the papers of a workroom's file, part by part, with dates and pages."""

from desktop.documents.forms.blocks import Entries, Notes, Signatures
from desktop.documents.forms.lists import Rows, column
from desktop.documents.forms.shared import ARTICLES, workroom
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "archive-catalogue",
    "档案目录",
    (
        workroom(Entry("year", "年度", "whole"), Entry("file_number", "档号")),
        Entries((ARTICLES,)),
        Rows(
            "rows",
            "卷内目录",
            (
                column("part", "类别", 24),
                column("title", "材料名称", 56, wide=True, needed=True),
                column("number", "文号或编号", 40),
                column("dated", "日期", 37),
                column("pages", "页数", 15),
                column("note", "备注", 16),
            ),
            12,
        ),
        Signatures(("立卷人", "检查人"), 24),
        Notes(),
    ),
)
