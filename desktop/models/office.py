"""Offices: the union organisations that run this program, a tree."""

from sqlalchemy.orm import Mapped

from desktop.models.base import Base, Synced, field, reference

OFFICE_LEVELS = ("基层", "县级", "市级", "省级")


class Office(Synced, Base):
    """A union office (工会): 基层, 旗县, 盟市, 自治区 or industry."""

    __tablename__ = "offices"

    name: Mapped[str] = field("名称")
    level: Mapped[str] = field("层级", choices=OFFICE_LEVELS)
    region: Mapped[str] = field("地区", default="")
    parent_id: Mapped[str | None] = reference("上级工会", "offices")
    document_code: Mapped[str] = field("机关代字", default="", hint="发文字号的开头，如 左中工发")
    chair: Mapped[str] = field("主席", default="", hint="上行文的签发人")
    regulations: Mapped[list[str]] = field("适用办法", default=list)
    address: Mapped[str] = field("地址", default="")
    contact: Mapped[str] = field("联系人", default="")
    phone: Mapped[str] = field("电话", default="")
