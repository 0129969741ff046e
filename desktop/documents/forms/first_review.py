"""初审（考核）意见表: what the union in between found on each condition, and its opinion."""

from desktop.documents.forms.blocks import SIGNED_AND_STAMPED, Box, Boxes, Signatures
from desktop.documents.forms.shared import findings, workroom
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "first-review",
    "初审意见",
    (
        workroom(Entry("applied_title", "申报称号"), Entry("rank", "推荐排序")),
        findings(),
        Boxes((Box("初审意见", SIGNED_AND_STAMPED, 44),)),
        Signatures(("审核人", "部门负责人", "分管领导")),
    ),
)
