"""Workrooms, their members, topics and alliances."""

from datetime import date
from decimal import Decimal

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desktop.models.base import Base, Synced, field, reference
from desktop.models.person import RANKS

WORKROOM_KINDS = ("劳模", "工匠", "劳模工匠", "职工")
STANDING = ("已命名", "整改中")
"""States of a workroom that bears its name and works."""
OVER = ("已退出", "已撤销")
"""States of a workroom whose life is over."""
WORKROOM_STATES = ("筹建", "已建成", "申报中", "已命名", "整改中", "已退出", "已撤销")
MEMBER_ROLES = ("领衔人", "骨干成员", "其他参与人员")


class Workroom(Synced, Base):
    """An innovation workroom (创新工作室). Fields that a regulation asks for carry the fact dictionary's words."""

    __tablename__ = "workrooms"

    office_id: Mapped[str | None] = reference("所属工会", "offices")
    unit_id: Mapped[str | None] = reference("所在单位", "units")
    leader_id: Mapped[str | None] = reference("领衔人", "people")
    name: Mapped[str] = field("工作室名称")
    kind: Mapped[str] = field("类型", choices=WORKROOM_KINDS, default="劳模工匠")
    workroom_category: Mapped[str] = field("类别", default="")
    level: Mapped[str] = field("级别", choices=RANKS, default="单位级")
    state: Mapped[str] = field("状态", choices=WORKROOM_STATES, default="已建成")
    established_on: Mapped[date | None] = field("开始运行日期")
    named_on: Mapped[date | None] = field("命名日期")
    plaque_on: Mapped[date | None] = field("授牌日期")
    named_levels: Mapped[list[str]] = field("已获命名级别", choices=RANKS, default=list)
    industry: Mapped[str] = field("行业", default="")
    region: Mapped[str] = field("所在地区", default="")
    venue_address: Mapped[str] = field("场地地址", default="")
    venue_area_sqm: Mapped[Decimal | None] = field("场地面积", unit="㎡")
    venue_fixed: Mapped[bool | None] = field("场地固定")
    venue_function_clear: Mapped[bool | None] = field("场地功能明确")
    venue_independent: Mapped[bool | None] = field("场地相对独立")
    venue_signs: Mapped[list[str]] = field("场地标志标识", default=list)
    equipment_ready: Mapped[bool | None] = field("设备设施齐备")
    equipment_note: Mapped[str] = field("主要设备设施", default="")
    systems: Mapped[list[str]] = field("工作制度", default=list)
    unit_funding_provided: Mapped[bool | None] = field("单位提供经费")
    unit_funding_fen: Mapped[int | None] = field("单位年度经费")
    unit_guides_rules: Mapped[bool | None] = field("单位指导完善制度")
    development_plan: Mapped[bool | None] = field("有发展规划")
    topics_defined: Mapped[bool | None] = field("有明确课题")
    goals_defined: Mapped[bool | None] = field("有创新目标")
    team_structure_reasonable: Mapped[bool | None] = field("团队结构相对合理")
    supported_by_region: Mapped[bool | None] = field("列入上级支持名单")
    supported_on: Mapped[date | None] = field("列入支持名单日期")
    is_existing_rd_body: Mapped[bool | None] = field("属原有建制研发机构或班组")
    app_registered: Mapped[bool | None] = field("已入驻职工之家APP")
    in_audit_scope: Mapped[bool | None] = field("列入经费审计范围")
    tags: Mapped[list[str]] = field("特色标签", default=list)
    contact: Mapped[str] = field("联系人", default="")
    phone: Mapped[str] = field("联系电话", default="")
    note: Mapped[str] = field("备注", default="")


# A second record of the same name is told of while one types.
Index("ix_workrooms_name", Workroom.name)


class Member(Synced, Base):
    """A person's place in a workroom's team, with role and dates."""

    __tablename__ = "members"

    workroom_id: Mapped[str] = reference("工作室", "workrooms", nullable=False)
    person_id: Mapped[str] = reference("人员", "people", nullable=False)
    role: Mapped[str] = field("角色", choices=MEMBER_ROLES, default="骨干成员")
    core: Mapped[bool] = field("核心团队成员", default=True)
    division: Mapped[str] = field("分工", default="")
    joined_on: Mapped[date | None] = field("加入日期")
    left_on: Mapped[date | None] = field("退出日期")


class Topic(Synced, Base):
    """A research topic or project (课题、攻关项目); one over several years counts in each."""

    __tablename__ = "topics"

    workroom_id: Mapped[str] = reference("工作室", "workrooms", nullable=False)
    name: Mapped[str] = field("课题名称")
    kind: Mapped[str] = field("类别", default="")
    started_on: Mapped[date | None] = field("开始日期")
    ended_on: Mapped[date | None] = field("结束日期")
    registered: Mapped[bool | None] = field("已立项")
    recognised: Mapped[bool | None] = field("获认定")
    host_id: Mapped[str | None] = reference("主持人", "people")
    status: Mapped[str] = field("进展", choices=("进行中", "已完成", "已中止"), default="进行中")


class Alliance(Synced, Base):
    """An alliance of workrooms (创新工作室联盟) led by one of them."""

    __tablename__ = "alliances"

    office_id: Mapped[str | None] = reference("所属工会", "offices")
    name: Mapped[str] = field("联盟名称")
    alliance_type: Mapped[str] = field("联盟类型", choices=("", "区域联盟", "产业联盟", "产业链联盟"), default="")
    lead_workroom_id: Mapped[str | None] = reference("牵头工作室", "workrooms")
    established_on: Mapped[date | None] = field("成立日期")
    note: Mapped[str] = field("备注", default="")


class AllianceMember(Synced, Base):
    """A workroom's place in an alliance."""

    __tablename__ = "alliance_members"

    alliance_id: Mapped[str] = reference("联盟", "alliances", nullable=False)
    workroom_id: Mapped[str] = reference("工作室", "workrooms", nullable=False)
    joined_on: Mapped[date | None] = field("加入日期")
    left_on: Mapped[date | None] = field("退出日期")
