"""年度总结（报告）: what a workroom did in a year, by the parts that its regulation names."""

from desktop.documents.forms.blocks import SIGNED_AND_STAMPED, Box, Boxes, Entries, Sections
from desktop.documents.forms.shared import ARTICLES, workroom
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "annual-report",
    "年度工作总结",
    (
        workroom(
            Entry("year", "年度", "whole"),
            Entry("people", "团队人数", "whole"),
            Entry("topics", "课题数", "whole"),
            Entry("outcomes", "本年成果数", "whole"),
            Entry("activities", "培训和交流", "whole"),
            Entry("published", "发布成果", "whole"),
            ARTICLES,
        ),
        Sections(("主要工作", "创新成果", "人才培养", "经费使用", "下年打算")),
        Entries((Entry("sent_to", "报送单位"), Entry("copied_to", "抄送单位"))),
        Boxes((Box("所在单位意见", SIGNED_AND_STAMPED), Box("所在单位工会意见", SIGNED_AND_STAMPED))),
    ),
)
