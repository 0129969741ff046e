"""核查（核实、查证、登记）记录: a fact about a workroom or award, its evidence and the conclusion."""

from desktop.documents.forms.blocks import Box, Boxes, Entries, Signatures
from desktop.documents.forms.shared import ARTICLES
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "finding-record",
    "核查记录",
    (
        Entries(
            (
                Entry("name", "核查对象", wide=True, needed=True),
                Entry("unit_name", "所在单位"),
                Entry("person", "领衔人（完成人）"),
                Entry("source", "线索来源"),
                Entry("checked_on", "核查日期", "date"),
                Entry("latest_outcome", "最近成果日期", "date"),
                Entry("plaque_on", "挂牌日期", "date"),
                Entry("grounds", "所涉情形", "paragraphs", height=22),
                ARTICLES,
                Entry("facts", "核查事实", "paragraphs", height=32),
                Entry("evidence", "证据材料", "paragraphs", height=18),
            )
        ),
        Boxes(
            (Box("核查结论", ("□情形成立　　□情形不成立", "（盖章）", "　　　　年　　月　　日"), 36),),
            name="conclusions",
        ),
        Signatures(("核查人", "复核人")),
    ),
)
