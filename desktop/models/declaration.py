"""What an office declares of keys and lost changes, for every office that holds its data to follow."""

from datetime import date

from sqlalchemy.orm import Mapped

from desktop.models.base import Base, Synced, field, reference

REVOKED, VOIDED = "密钥作废", "修改作废"
DECLARATION_KINDS = (REVOKED, VOIDED)


class Declaration(Synced, Base):
    """A key that counts no more beyond the changes named, or changes that are lost for good.

    For a key, `changes` holds the hashes up to which each of its streams stands; for lost changes their own hashes.
    """

    __tablename__ = "declarations"

    office_id: Mapped[str | None] = reference("声明的工会", "offices")
    kind: Mapped[str] = field("声明种类", choices=DECLARATION_KINDS)
    about_office: Mapped[str] = field("所涉工会", default="")
    key: Mapped[str] = field("密钥", default="")
    changes: Mapped[list[str]] = field("修改", default=list)
    reason: Mapped[str] = field("原因", default="")
    declared_on: Mapped[date | None] = field("声明日期")
    declared_by: Mapped[str] = field("经办人", default="")
