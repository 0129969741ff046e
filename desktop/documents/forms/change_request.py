"""变更（更名、更换领衔人、退出）申请表: from what to what, why, and every office's opinion."""

from desktop.documents.forms.blocks import SIGNED_AND_STAMPED, Box, Boxes
from desktop.documents.forms.shared import ARTICLES, workroom
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "change-request",
    "变更申请表",
    (
        workroom(
            Entry("change", "变更种类", wide=True),
            Entry("cause", "变更原因", wide=True),
            Entry("new_name", "变更后名称", wide=True),
            Entry("new_leader", "新领衔人"),
            Entry("takes_effect", "生效日期", "date"),
            Entry("new_honours", "新领衔人荣誉", wide=True),
            Entry("summary", "情况说明", "paragraphs", height=34),
            ARTICLES,
        ),
        Boxes(
            (
                Box("所在单位（工会）意见", SIGNED_AND_STAMPED, 36),
                Box("审核单位意见", SIGNED_AND_STAMPED, 36),
                Box("审批单位意见", SIGNED_AND_STAMPED, 36),
            )
        ),
    ),
)
