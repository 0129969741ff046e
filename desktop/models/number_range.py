"""Serials of document numbers that the sequence passes over, and why: kept for a PC, used on paper, or left empty."""

from datetime import date

from sqlalchemy.orm import Mapped

from desktop.models.base import Base, Synced, field, reference

RANGE_KINDS = ("预留", "手工用号", "空号")


class NumberRange(Synced, Base):
    """Serials `first` to `last` of a 机关代字 in a year (号段).

    预留 gives them to one PC of the office (`device`), which takes its numbers from there alone; 手工用号 were used
    outside the program; 空号 were never used. The last two are explained by `reason`.
    """

    __tablename__ = "number_ranges"

    office_id: Mapped[str | None] = reference("所属工会", "offices")
    code: Mapped[str] = field("机关代字")
    year: Mapped[int] = field("年份")
    first: Mapped[int] = field("起号")
    last: Mapped[int] = field("止号")
    kind: Mapped[str] = field("类别", choices=RANGE_KINDS)
    holder: Mapped[str] = field("使用电脑或人员", default="")
    device: Mapped[str] = field("电脑编号", default="", hint="由程序填写")
    reason: Mapped[str] = field("说明", default="")
    noted_on: Mapped[date] = field("登记日期")
