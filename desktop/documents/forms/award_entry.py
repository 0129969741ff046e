"""职工创新成果奖申报表: a person's project for one award, its conditions and the offices' opinions."""

from desktop.documents.forms.blocks import SIGNED, SIGNED_AND_STAMPED, Box, Boxes, Entries, Sections
from desktop.documents.forms.lists import Rows, column
from desktop.documents.forms.shared import findings
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "award-entry",
    "职工创新成果奖申报表",
    (
        Entries(
            (
                Entry("name", "项目名称", wide=True, needed=True),
                Entry("award_kind", "申报奖项"),
                Entry("award_year", "评选年度", "whole"),
                Entry("person", "第一完成人"),
                Entry("gender", "性别"),
                Entry("born", "出生年月"),
                Entry("frontline", "是否一线职工"),
                Entry("professional_title", "职称"),
                Entry("skill_grade", "技能等级"),
                Entry("unit_name", "所在单位"),
                Entry("phone", "联系电话"),
            )
        ),
        Rows(
            "people",
            "主要完成人",
            (
                column("name", "姓名", 24, needed=True),
                column("post", "职务或岗位", 40),
                column("title", "职称或技能等级", 40),
                column("part", "主要贡献", 42, wide=True),
            ),
            2,
        ),
        Sections(("项目简介", "创新点", "应用情况和效益", "已获奖励和知识产权"), height=34),
        findings(4, "申报条件"),
        Boxes(
            (
                Box("第一完成人承诺", ("本人承诺所填内容真实。签字：　　　　　　", SIGNED[-1]), 28),
                Box("基层工会推荐意见", SIGNED_AND_STAMPED, 36),
                Box("上级工会初评意见", SIGNED_AND_STAMPED, 36),
            )
        ),
    ),
)
