"""Seals kept for an office, without their images (those lie locked beside the database), and the register of use."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from desktop.models.base import Base, Synced, field, reference

SEAL_STATES = ("在用", "已停用")
SEAL_ACTIONS = ("启用", "用印", "移交", "更换口令", "停用")


class Seal(Synced, Base):
    """A seal of an organ: its keeper opens the locked image with a passphrase that is written nowhere."""

    __tablename__ = "seals"

    office_id: Mapped[str | None] = reference("所属工会", "offices")
    issuer: Mapped[str] = field("用印机关", hint="印章上的机关名称，与发文机关署名一致")
    name: Mapped[str] = field("印章名称", default="")
    diameter_mm: Mapped[Decimal] = field("直径", unit="毫米", default=Decimal(42))
    keeper: Mapped[str] = field("保管人")
    state: Mapped[str] = field("状态", choices=SEAL_STATES, default="在用")
    note: Mapped[str] = field("备注", default="")


class SealUse(Synced, Base):
    """One entry of the register (用印登记): what was done with a seal, by whom, on which paper. Never changed."""

    __tablename__ = "seal_uses"

    office_id: Mapped[str | None] = reference("所属工会", "offices")
    seal_id: Mapped[str] = reference("印章", "seals", nullable=False)
    seal_name: Mapped[str] = field("印章名称", default="")
    action: Mapped[str] = field("事项", choices=SEAL_ACTIONS, default="用印")
    used_on: Mapped[date] = field("日期")
    used_at: Mapped[str] = field("时间", default="", hint="如 2026-09-03T14:05:00.000+08:00")
    keeper: Mapped[str] = field("保管人", default="")
    approved_by: Mapped[str] = field("批准人", default="")
    purpose: Mapped[str] = field("用途", default="")
    document_id: Mapped[str | None] = reference("公文", "documents")
    document_number: Mapped[str] = field("发文字号", default="")
    title: Mapped[str] = field("文件标题", default="")
    paper_sha256: Mapped[str] = field("文件校验值", default="")
    short_code: Mapped[str] = field("短码", default="")
    note: Mapped[str] = field("备注", default="")
