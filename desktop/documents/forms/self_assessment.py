"""周期考核自评报告: a workroom's own account of an assessment period."""

from desktop.documents.forms.blocks import SIGNED, Box, Boxes, Sections
from desktop.documents.forms.shared import ARTICLES, workroom
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "self-assessment",
    "周期考核自评报告",
    (
        workroom(Entry("period", "考核期间"), Entry("named_on", "命名日期", "date"), ARTICLES),
        Sections(("规范化运作", "创新创效", "示范引领", "存在的不足")),
        Boxes((Box("自评意见", ("领衔人签字：　　　　　　　", SIGNED[-1]), 36), Box("所在单位工会意见"))),
    ),
)
