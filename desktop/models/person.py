"""People and their honours."""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desktop.models.base import Base, Synced, field, reference

RANKS = ("单位级", "县级", "市级", "省级", "国家级")
HONOUR_KINDS = (
    "劳动模范",
    "先进工作者",
    "五一劳动奖章",
    "工匠",
    "职业技能带头人",
    "职工技术创新能手",
    "政府特殊津贴",
    "科技进步奖",
    "学术技术带头人",
    "其他",
)
PERSON_STATUSES = ("在职", "退休", "调离", "离职", "荣誉被撤销", "已故", "违法违纪", "其他")
TITLE_RANKS = ("无", "初级", "中级", "副高级", "正高级")
SKILL_GRADES = ("无", "初级工", "中级工", "高级工", "技师", "高级技师", "特级技师", "首席技师")
EDUCATIONS = ("初中及以下", "高中或中专", "大专", "本科", "硕士", "博士")


class Person(Synced, Base):
    """A person: leader, member, expert or recipient."""

    __tablename__ = "people"

    office_id: Mapped[str | None] = reference("所属工会", "offices")
    unit_id: Mapped[str | None] = reference("所在单位", "units")
    name: Mapped[str] = field("姓名")
    gender: Mapped[str] = field("性别", choices=("", "男", "女"), default="")
    birth_date: Mapped[date | None] = field("出生日期")
    id_number: Mapped[str] = field("身份证号", default="", sensitive=True)
    phone: Mapped[str] = field("电话", default="", sensitive=True)
    ethnicity: Mapped[str] = field("民族", default="")
    education: Mapped[str] = field("学历", choices=("", *EDUCATIONS), default="")
    politics: Mapped[str] = field("政治面貌", default="")
    post: Mapped[str] = field("职务或岗位", default="")
    professional_title: Mapped[str] = field("职称", default="")
    title_rank: Mapped[str] = field("职称级别", choices=("", *TITLE_RANKS), default="")
    skill_grade: Mapped[str] = field("技能等级", choices=("", *SKILL_GRADES), default="")
    speciality: Mapped[str] = field("专业特长", default="")
    frontline: Mapped[bool | None] = field("一线职工")
    high_skill: Mapped[bool | None] = field("高技能人才")
    status: Mapped[str] = field("状态", choices=PERSON_STATUSES, default="在职")
    bank_name: Mapped[str] = field("开户银行", default="", sensitive=True)
    bank_account: Mapped[str] = field("银行账号", default="", sensitive=True)


# A second record of the same name is told of while one types.
Index("ix_people_name", Person.name)


class Honour(Synced, Base):
    """An honour (荣誉) of a person, with its level and the authority that gave it."""

    __tablename__ = "honours"

    person_id: Mapped[str] = reference("获得者", "people", nullable=False)
    kind: Mapped[str] = field("种类", choices=HONOUR_KINDS)
    title: Mapped[str] = field("称号", default="")
    level: Mapped[str] = field("级别", choices=RANKS)
    authority: Mapped[str] = field("授予机关", default="")
    awarded_on: Mapped[date | None] = field("授予日期")
    certificate_number: Mapped[str] = field("证书编号", default="")
    status: Mapped[str] = field("状态", choices=("有效", "已撤销"), default="有效")
