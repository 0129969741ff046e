"""Regulation texts that an office adopted or keeps for old decisions, and the tool settings it changed."""

from datetime import date
from typing import Any

from sqlalchemy import Text
from sqlalchemy.orm import Mapped

from desktop.models.base import Base, CanonicalJson, Synced, field, reference

TEXT_STATES = ("施行", "存档")


class RegulationText(Synced, Base):
    """One version of a regulation: 施行 applies from `effective_on`, 存档 is only kept for decisions made by it."""

    __tablename__ = "regulation_texts"

    office_id: Mapped[str | None] = reference("采用的工会", "offices")
    regulation: Mapped[str] = field("办法编号")
    title: Mapped[str] = field("办法名称", default="")
    version: Mapped[str] = field("版本校验值", hint="办法文件的 SHA-256")
    text: Mapped[str] = field("办法文件", Text)
    issued_text: Mapped[str] = field("印发原文", Text, default="")
    state: Mapped[str] = field("状态", choices=TEXT_STATES, default="施行")
    effective_on: Mapped[date | None] = field("起用日期")
    adopted_on: Mapped[date | None] = field("采用日期")
    adopted_by: Mapped[str] = field("采用人", default="")
    note: Mapped[str] = field("备注", default="")


class ToolSetting(Synced, Base):
    """A limit that no regulation sets and an office chose for itself (工具设置)."""

    __tablename__ = "tool_settings"

    office_id: Mapped[str | None] = reference("所属工会", "offices")
    rule: Mapped[str] = field("规则")
    parameter: Mapped[str] = field("参数")
    value: Mapped[Any] = field("取值", CanonicalJson, nullable=True)
    set_by: Mapped[str] = field("设置人", default="")
    set_on: Mapped[date | None] = field("设置日期")
