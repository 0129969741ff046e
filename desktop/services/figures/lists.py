"""The records behind a number, as a list to read and to write as a workbook."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.person import Person
from desktop.models.workroom import Workroom
from desktop.services.figures.groups import group_of
from desktop.services.record.json import all_to_json
from desktop.spreadsheets.table import Column, Table
from desktop.spreadsheets.writer import write_table

AT_ONCE: Final = 900
"""So many names are asked for one by one; of more, all are read."""
COLUMNS: Final[dict[str, tuple[Column, ...]]] = {
    "workrooms": (Column("workroom_name", "工作室"), Column("level", "级别"), Column("state", "状态"),
                  Column("industry", "行业"), Column("region", "地区"), Column("named_on", "命名日期", "date")),
    "members": (Column("person_name", "姓名"), Column("role", "角色"), Column("workroom_name", "工作室"),
                Column("joined_on", "加入日期", "date")),
    "outcomes": (Column("name", "成果"), Column("kind", "种类"), Column("level", "级别"),
                 Column("date", "日期", "date"), Column("benefit_yuan", "经济效益", "money", unit="元"),
                 Column("workroom_name", "工作室")),
    "publications": (Column("title", "成果"), Column("platform", "平台"), Column("published_on", "日期", "date"),
                     Column("workroom_name", "工作室")),
    "activities": (Column("title", "内容"), Column("kind", "类别"), Column("date", "日期", "date"),
                   Column("people_count", "人数", "number"), Column("workroom_name", "工作室")),
    "grants": (Column("workroom_name", "工作室"), Column("year", "年度", "number"), Column("state", "进度"),
               Column("grant_total_yuan", "补助总额", "money", unit="元")),
    "expenditures": (Column("category", "用途"), Column("amount_yuan", "金额", "money", unit="元"),
                     Column("paid_on", "日期", "date"), Column("source", "来源"), Column("workroom_name", "工作室")),
    "assessments": (Column("workroom_name", "工作室"), Column("year", "年度", "number"), Column("kind", "类别"),
                    Column("grade", "等次"), Column("conclusion", "结论")),
    "awards": (Column("project_name", "项目"), Column("award_kind", "奖项"), Column("person_name", "第一完成人"),
               Column("award_yuan", "奖励金额", "money", unit="元")),
}  # fmt: skip


def columns_of(key: str) -> tuple[Column, ...]:
    """Return the columns of the list that a breakdown's numbers open."""
    return COLUMNS[group_of(key).family.model.__tablename__]


def records_of(session: Session, key: str, words: str, on: date, most: int | None = None) -> list[dict[str, Any]]:
    """Return the records that one figure counts, in JSON form, with `workroom_name` and `person_name` where known.

    At most so many where `most` is given: a list of tens of thousands is for the workbook, not for the eye.
    """
    group = group_of(key)
    model: Any = group.family.model
    query = (
        select(model)
        .where(group.family.condition(on), group.words.expression(on) == words)
        .order_by(model.id)
        .limit(most)
    )
    if group.family.joined is not None:
        query = query.outerjoin(*group.family.joined)
    rows = all_to_json(session, model.__tablename__, list(session.scalars(query)))
    rooms = {} if model is Workroom else _names(session, Workroom, (row.get("workroom_id") for row in rows))
    people = _names(session, Person, (row.get("person_id") for row in rows))
    return [
        {
            **row,
            "workroom_name": row["name"] if model is Workroom else rooms.get(row.get("workroom_id") or "", ""),
            "person_name": people.get(row.get("person_id") or "", ""),
        }
        for row in rows
    ]


def _names(session: Session, model: Any, ids: Iterable[str | None]) -> dict[str, str]:
    """Return the names of some records; of all where they are many."""
    wanted = {one for one in ids if one}
    if not wanted:
        return {}
    query = select(model.id, model.name)
    if len(wanted) <= AT_ONCE:
        query = query.where(model.id.in_(wanted))
    return dict(session.execute(query).all())


def export_list(session: Session, key: str, words: str, on: date, out: Path) -> int:
    """Write the records that a figure counts as a workbook; return how many."""
    group = group_of(key)
    table = Table(group.family.model.__tablename__, f"{group.title}：{words}", columns_of(key))
    return write_table(table, records_of(session, key, words, on), out)
