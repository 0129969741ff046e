"""Issued documents and attachments by content hash."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from desktop.models.base import Base, Synced, field, reference


class Document(Synced, Base):
    """A filed paper (公文): its kind, number, data and the hash of the file as issued.

    Never changed after issue but to say that it is void.
    """

    __tablename__ = "documents"

    office_id: Mapped[str | None] = reference("发文工会", "offices")
    kind: Mapped[str] = field("种类")
    title: Mapped[str] = field("标题", default="")
    number_code: Mapped[str] = field("机关代字", default="")
    number_year: Mapped[int | None] = field("文号年份")
    number_serial: Mapped[int | None] = field("文号顺序")
    document_number: Mapped[str] = field("发文字号", default="")
    issued_on: Mapped[date | None] = field("成文日期")
    subject_noun: Mapped[str] = field("对象种类", default="")
    subject_id: Mapped[str] = field("对象", default="", index=True)
    data: Mapped[dict[str, Any]] = field("内容数据", default=dict)
    sha256: Mapped[str] = field("文件校验值", default="")
    short_code: Mapped[str] = field("短码", default="")
    pages: Mapped[int | None] = field("页数")
    state: Mapped[str] = field("状态", choices=("已签发", "已作废"), default="已签发")
    replaces_id: Mapped[str | None] = reference("替换的公文", "documents")
    voided_on: Mapped[date | None] = field("作废日期")
    void_reason: Mapped[str] = field("作废理由", default="")


class Attachment(Synced, Base):
    """A file kept with a record (附件), named by the SHA-256 of its content."""

    __tablename__ = "attachments"

    owner_noun: Mapped[str] = field("所属种类")
    owner_id: Mapped[str] = field("所属记录", index=True)
    name: Mapped[str] = field("文件名")
    media_type: Mapped[str] = field("类型", default="application/octet-stream")
    size: Mapped[int] = field("大小", unit="字节", default=0)
    sha256: Mapped[str] = field("校验值", default="")
    note: Mapped[str] = field("说明", default="")
