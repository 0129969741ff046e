"""周期考核评价意见: what each office in turn says of a workroom's assessment period."""

from desktop.documents.forms.blocks import SIGNED_AND_STAMPED, Box, Boxes, Notes
from desktop.documents.forms.shared import ARTICLES, workroom
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "cycle-opinion",
    "周期考核评价意见",
    (
        workroom(
            Entry("period", "考核期间"),
            Entry("grade", "建议等次"),
            Entry("self_summary", "自评摘要", "paragraphs", height=28),
            ARTICLES,
        ),
        Boxes((Box("推荐单位评价", SIGNED_AND_STAMPED, 44), Box("初审推荐意见", SIGNED_AND_STAMPED, 44))),
        Notes(),
    ),
)
