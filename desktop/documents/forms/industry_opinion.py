"""行业咨询意见: what experts of the trade say of a project before it is awarded."""

from desktop.documents.forms.blocks import SIGNED, Box, Boxes, Entries
from desktop.documents.forms.shared import ARTICLES
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "industry-opinion",
    "行业咨询意见",
    (
        Entries(
            (
                Entry("name", "项目名称", wide=True, needed=True),
                Entry("award_kind", "奖项类别"),
                Entry("person", "第一完成人"),
                Entry("unit_name", "所在单位"),
                Entry("industry", "所属行业"),
                ARTICLES,
            )
        ),
        Boxes(
            (
                Box("是否符合行业发展方向", SIGNED, 32),
                Box("先进性、代表性", SIGNED, 32),
                Box("有无负面影响", SIGNED, 32),
            )
        ),
        Entries(
            (
                Entry("expert", "咨询专家"),
                Entry("expert_title", "职称、职务"),
                Entry("expert_unit", "工作单位", wide=True),
            )
        ),
    ),
)
