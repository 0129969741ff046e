"""建议名单: what the experts propose, with their signatures."""

from desktop.documents.forms.blocks import Entries, Notes, Signatures
from desktop.documents.forms.shared import ARTICLES, workrooms
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "suggested-list",
    "建议名单",
    (
        Entries(
            (
                Entry("reviewed_on", "评审日期", "date"),
                Entry("count", "建议数量", "whole"),
                Entry("opinion", "评审情况", "paragraphs", height=24),
                ARTICLES,
            )
        ),
        workrooms(("recommended_by", "推荐单位", 30), ("reason", "建议理由", 24), least=6),
        Signatures(("专家组组长", "专家组成员"), 40),
        Notes(),
    ),
)
