"""专家抽取记录: who was drawn from which pool, by which repeatable method, who stood aside, who witnessed."""

from desktop.documents.forms.blocks import Entries, Notes, Signatures
from desktop.documents.forms.lists import Rows, column
from desktop.documents.forms.shared import ARTICLES
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "expert-draw",
    "专家抽取记录",
    (
        Entries(
            (
                Entry("purpose", "抽取事由", wide=True),
                Entry("drawn_at", "抽取时间"),
                Entry("place", "抽取地点"),
                Entry("pool", "专家库人数", "whole"),
                Entry("senior", "其中正高级职称"),
                Entry("recused", "回避人员", wide=True),
                Entry("wanted", "应抽人数", "whole"),
                Entry("seed", "随机种子"),
                Entry("method", "抽取方法", wide=True, height=14),
                Entry("witnesses", "监督人", wide=True),
                ARTICLES,
            )
        ),
        Rows(
            "rows",
            "抽中专家",
            (
                column("name", "姓名", 20, needed=True),
                column("unit_name", "单位", 44, wide=True),
                column("title_rank", "职称级别", 22),
                column("speciality", "专业", 26),
                column("answer", "能否参加", 18),
                column("note", "备注", 16),
            ),
            5,
            small=False,
        ),
        Rows(
            "pool_rows",
            "抽取时的专家名单",
            (
                column("name", "姓名", 24, needed=True),
                column("expert_id", "专家编号", 70),
                column("result", "抽取结果", 20),
            ),
            heading=True,
            optional=True,
        ),
        Signatures(("抽取人", "监督人", "见证人")),
        Notes(("按同一专家名单、回避人员和随机种子重新抽取，结果相同。",)),
    ),
)
