"""The ledgers that the regulations have a workroom keep (成员、活动、成果台账), to print or as sheets."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop.documents.dossier import Listing, Part, Piece, bound, listing_pdf
from desktop.models.workroom import Workroom
from desktop.services import blobs, workroom
from desktop.services.derived.subject import get
from desktop.services.regulation import office_regulations
from desktop.services.workroom import WorkroomSheet
from desktop.spreadsheets.booklet import write_sheets
from desktop.spreadsheets.table import Column, Table

ARCHIVES: Final = "archives"
TAUGHT, SHARED = ("技能培训", "师带徒"), ("技术交流", "互学互鉴", "展示宣传")
Rows = list[dict[str, Any]]
PEOPLE: Final = (
    (Column("name", "姓名"), 2), (Column("role", "角色"), 2), (Column("division", "分工"), 3),
    (Column("skill_grade", "技能等级"), 2), (Column("professional_title", "职称"), 2), (Column("honours", "荣誉"), 3),
    (Column("joined_on", "加入", "date"), 2), (Column("left_on", "离开", "date"), 2),
)  # fmt: skip
DEEDS: Final = (
    (Column("date", "日期", "date"), 2), (Column("kind", "类别"), 2), (Column("title", "内容"), 6),
    (Column("people_count", "参加人数", "number"), 2), (Column("note", "备注"), 3),
)  # fmt: skip
RESULTS: Final = (
    (Column("date", "日期", "date"), 2), (Column("name", "成果"), 4), (Column("kind", "种类"), 2),
    (Column("form", "形式"), 2), (Column("level", "级别"), 1), (Column("recogniser", "认定部门"), 3),
    (Column("patent_number", "专利号"), 3), (Column("benefit_yuan", "经济效益（元）", "money"), 2),
    (Column("conversion", "转化应用"), 3),
)  # fmt: skip
TITLES: Final = (
    (Column("kind", "荣誉"), 3), (Column("level", "级别"), 2), (Column("authority", "授予机关"), 4),
    (Column("awarded_on", "日期", "date"), 2),
)  # fmt: skip
Layout = tuple[tuple[Column, int], ...]
PLAIN: Final = ("成员台账", "活动台账", "成果台账")
"""The ledgers where no regulation of the office names any."""


@dataclass(frozen=True)
class Ledger:
    """One ledger by the name that its regulation gives it, with its article, columns and lines."""

    name: str
    article: str
    layout: Layout
    rows: Sequence[Mapping[str, Any]]

    @property
    def heading(self) -> str:
        """The name with the article that asks for it."""
        return f"{self.name}（{self.article}）" if self.article else self.name


def _people(sheet: WorkroomSheet) -> Rows:
    return [
        {**(row.get("person") or {}), **row, "name": (row.get("person") or {}).get("name")} for row in sheet.members
    ]


def _activities(kinds: Sequence[str] = ()) -> Callable[[WorkroomSheet], Rows]:
    return lambda sheet: [row for row in sheet.activities if not kinds or row["kind"] in kinds]


# What a ledger holds, by a word of its name; the first that fits.
HELD: Final[tuple[tuple[str, Layout, Callable[[WorkroomSheet], Rows]], ...]] = (
    ("成员", PEOPLE, _people),
    ("人才", DEEDS, _activities(TAUGHT)),
    ("培训", DEEDS, _activities(TAUGHT)),
    ("交流", DEEDS, _activities(SHARED)),
    ("活动", DEEDS, _activities()),
    ("荣誉", TITLES, lambda sheet: sheet.honours),
    ("成果", RESULTS, lambda sheet: sheet.outcomes),
)


def ledgers(session: Session, workroom_id: str, year: int | None = None) -> list[Ledger]:
    """Return a workroom's ledgers under its office's regulations, of a year or of all; members by their time in it."""
    sheet = workroom.sheet(session, workroom_id)
    found = []
    for name, article in _named(session):
        held = next(((layout, rows) for word, layout, rows in HELD if word in name), None)
        if held is not None:
            lines = [row for row in held[1](sheet) if year is None or _of_year(row, year)]
            found.append(Ledger(name, article, held[0], sorted(lines, key=_day)))
    return found


def _named(session: Session) -> list[tuple[str, str]]:
    """Return the names of ledgers that the office's regulations write, each once, with the article."""
    found: dict[str, str] = {}
    for law in office_regulations(session):
        for rule in law.rules:
            if getattr(rule.check, "fact", "") == ARCHIVES:
                for name in getattr(rule.check, "all", None) or ():
                    found.setdefault(name, rule.article)
    known = [(name, article) for name, article in found.items() if any(word in name for word, *_ in HELD)]
    return known or [(name, "") for name in PLAIN]


def _of_year(row: Mapping[str, Any], year: int) -> bool:
    """Say whether a line belongs to a year; a member does in each year of his time in the workroom."""
    if "joined_on" in row:
        first, last = row.get("joined_on") or "", row.get("left_on") or "9999"
        return bool(first[:4] <= str(year) <= last[:4])
    day = row.get("date") or row.get("awarded_on") or ""
    return not day or str(day).startswith(str(year))


def _day(row: Mapping[str, Any]) -> str:
    return str(row.get("date") or row.get("awarded_on") or row.get("joined_on") or "")


def print_ledgers(session: Session, workroom_id: str, out: Path, year: int | None = None) -> int:
    """Write the ledgers as one PDF with contents and bookmarks; return how many lines they hold."""
    found = ledgers(session, workroom_id, year)
    parts = [Part(one.heading, (Piece(one.name, listing_pdf(one.heading, [_listing(one)])),)) for one in found]
    blobs.write_whole(out, bound(_title(session, workroom_id, year), parts))
    return sum(len(one.rows) for one in found)


def export_ledgers(session: Session, workroom_id: str, out: Path, year: int | None = None) -> int:
    """Write the ledgers as the sheets of a workbook; return how many lines they hold."""
    found = ledgers(session, workroom_id, year)
    return write_sheets(
        ((Table(ARCHIVES, one.name, tuple(column for column, _part in one.layout)), one.rows) for one in found), out
    )


def _title(session: Session, workroom_id: str, year: int | None) -> str:
    return f"{get(session, Workroom, workroom_id, '工作室').name}台账（{f'{year}年' if year else '全部年度'}）"


def _listing(one: Ledger) -> Listing:
    heads = tuple(column.head for column, _part in one.layout)
    rows = tuple(tuple(_words(row.get(column.name)) for column, _part in one.layout) for row in one.rows)
    return Listing(f"共{len(one.rows)}条", heads, rows, tuple(part for _column, part in one.layout))


def _words(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
