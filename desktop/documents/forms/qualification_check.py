"""资格审查（复查、审核）表: the authority checks each condition before experts or a meeting decide."""

from desktop.documents.forms.blocks import Box, Boxes, Entries, Signatures
from desktop.documents.forms.shared import findings
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "qualification-check",
    "资格审查表",
    (
        Entries(
            (
                Entry("name", "审查对象", wide=True, needed=True),
                Entry("unit_name", "所在单位"),
                Entry("person", "领衔人（完成人）"),
                Entry("recommended_by", "推荐单位"),
                Entry("checked_on", "审查日期", "date"),
            )
        ),
        findings(),
        Boxes((Box("审查结论", ("□合格　　□补充材料后再审　　□不合格",), 26),), name="conclusions"),
        Signatures(("审查人", "复核人")),
    ),
)
