"""Units: the enterprises and institutions where workrooms are."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desktop.models.base import Base, Synced, field, reference

UNIT_TYPES = ("企业", "事业单位", "机关", "社会组织", "其他")
UNIT_CLASSES = ("国有企业", "链主企业", "头部企业", "非公企业", "专精特新中小企业", "机关事业单位", "其他")


class Unit(Synced, Base):
    """A unit (所在单位) with its grassroots union and the union's account."""

    __tablename__ = "units"

    office_id: Mapped[str | None] = reference("所属工会", "offices")
    name: Mapped[str] = field("单位名称")
    credit_code: Mapped[str] = field("统一社会信用代码", default="")
    unit_type: Mapped[str] = field("单位性质", choices=UNIT_TYPES, default="企业")
    unit_class: Mapped[str] = field("单位类别", choices=UNIT_CLASSES, default="其他")
    industry: Mapped[str] = field("行业", default="")
    region: Mapped[str] = field("所在地区", default="")
    address: Mapped[str] = field("地址", default="")
    unit_is_legal_person: Mapped[bool | None] = field("具有法人资格")
    unit_union_sound: Mapped[bool | None] = field("工会组织健全")
    union_name: Mapped[str] = field("基层工会名称", default="")
    account_name: Mapped[str] = field("收款户名", default="")
    account_number: Mapped[str] = field("收款账号", default="", sensitive=True)
    account_bank: Mapped[str] = field("开户银行", default="")
    payee_account_type: Mapped[str] = field(
        "账户类别", choices=("基层工会账户", "行政账户", "个人账户"), default="基层工会账户"
    )
    contact: Mapped[str] = field("联系人", default="")
    phone: Mapped[str] = field("电话", default="")


# A second record of the same name is told of while one types.
Index("ix_units_name", Unit.name)
