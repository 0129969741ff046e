"""What an office above says to a package: the receipt for it, and the records that it returned with reasons."""

from datetime import date

from sqlalchemy.orm import Mapped

from desktop.models.base import Base, Synced, field, reference


class Receipt(Synced, Base):
    """The word of an office above on one package: everything that it brought was accepted, but for the items.

    `changes` names the changes that the package brought, each chain of a stream as `hash of the last:how many`.
    """

    __tablename__ = "receipts"

    office_id: Mapped[str] = reference("报送工会", "offices", nullable=False)
    package_number: Mapped[int] = field("数据包编号", default=0)
    package_sha256: Mapped[str] = field("数据包校验值", default="")
    package_made_at: Mapped[str] = field("数据包制作时间", default="")
    changes: Mapped[list[str]] = field("收到的修改", default=list)
    received_on: Mapped[date | None] = field("收到日期")
    issued_on: Mapped[date | None] = field("回执日期")
    issued_by: Mapped[str] = field("经办人", default="")


class ReceiptItem(Synced, Base):
    """A record that was returned: which, in which version (the hash of its last change), and why."""

    __tablename__ = "receipt_items"

    receipt_id: Mapped[str] = reference("回执", "receipts", nullable=False)
    subject_noun: Mapped[str] = field("记录种类", default="")
    subject_id: Mapped[str] = field("记录", index=True)
    version: Mapped[str] = field("版本", default="")
    reason: Mapped[str] = field("退回原因", default="")
