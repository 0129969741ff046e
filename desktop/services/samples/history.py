"""The years that a workroom of the sample has behind it: plans, work, assessments, namings, grants and their papers."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from desktop.models.person import RANKS
from desktop.services.samples.grant_life import add_past_grant
from desktop.services.samples.people import add_person
from desktop.services.samples.rooms import Room
from desktop.services.samples.stock import Drawer, Row, reference_on, stock

BUILD: Final = "nm-2026-build"
NAMING: Final = (("已建成", "拟推荐"), ("拟推荐", "列入年度支持计划"), ("列入年度支持计划", "已支持"))
FLOW: Final = "nm-build-support"
GRANT_EVERY: Final = 4
OPEN_EVERY: Final = 20
"""One workroom in so many has an application under way."""


@dataclass(frozen=True)
class _Year:
    draw: Drawer
    room: Room
    industry: dict[str, Any]
    year: int

    def place(self, what: str) -> str:
        return f"{self.room.number}/past/{self.year}/{what}"

    def day(self, first_month: int, last_month: int) -> date:
        return date(self.year, self.draw.number(first_month, last_month), self.draw.number(1, 28))


def add_history(draw: Drawer, room: Room, industry: dict[str, Any], years: int) -> None:
    """Add what happened in each of the years before the day on which the sample stands; drawn apart from the rest."""
    draw.turn_to(f"past/{room.number}")
    room.row["region"] = draw.one(stock()["names"]["towns"]) + "镇"
    first = max(room.row["established_on"].year, reference_on().year - years)
    for year in range(first, reference_on().year):
        _add_year(_Year(draw, room, industry, year))
    _add_former_member(draw, room, industry)
    if room.apt:
        for number, year in enumerate(range(first + 1, reference_on().year, GRANT_EVERY)):
            _add_naming(_Year(draw, room, industry, year), number)
            add_past_grant(draw, room, year)
        if room.number % OPEN_EVERY == 0:
            _add_open_application(draw, room)


def _add_year(at: _Year) -> None:
    room, draw = at.room, at.draw
    own = {"workroom_id": room.row["id"]}
    if at.year < 2022 and (room.apt or draw.chance(0.6)):
        _add_topic(at)
    for number in range(draw.number(1, 2) if room.apt else draw.number(0, 1)):
        _add_outcome(at, number)
    for number in range(2):
        kind = draw.one(("技能培训", "技术交流", "师带徒", "展示宣传"))
        words, count = draw.one(stock()["rooms"]["activities"]), draw.number(8, 60)
        draw.add("activities", at.place(f"activity/{number}"), kind=kind, title=words, date=at.day(1, 12),
                 people_count=count, **own)  # fmt: skip
    _add_plans(at)
    if at.year < reference_on().year - 1 and at.year > room.row["established_on"].year:
        _add_assessment(at)


def _add_topic(at: _Year) -> None:
    at.draw.add(
        "topics",
        at.place("topic"),
        workroom_id=at.room.row["id"],
        name=at.draw.one(at.industry["topics"]),
        kind="技术攻关",
        started_on=max(at.day(1, 5), at.room.row["established_on"]),
        ended_on=date(at.year, 12, 20),
        registered=True,
        recognised=at.room.apt,
        host_id=at.room.leader["id"],
        status="已完成",
    )


def _add_outcome(at: _Year, number: int) -> None:
    draw, patent = at.draw, at.draw.chance(0.25)
    level = "国家级" if patent else draw.one(RANKS[:4])
    on = max(at.day(3, 12), at.room.row["established_on"])
    outcome = draw.add(
        "outcomes",
        at.place(f"outcome/{number}"),
        workroom_id=at.room.row["id"],
        name=f"{draw.one(at.industry['outcomes'])}（{at.year}年）",
        kind="实用新型专利" if patent else draw.one(("技术革新", "先进操作法", "合理化建议")),
        date=on,
        form="国家专利" if patent else "认定",
        level=level,
        recogniser=stock()["recognisers"][level],
        certificate_number="" if patent else f"〔{at.year}〕{draw.number(1, 90)}号",
        patent_number=f"ZL{at.year}2{draw.number(1000000, 9999999)}.{draw.number(0, 9)}" if patent else "",
        completed_by=at.room.leader["name"],
        benefit_fen=draw.number(2, 80) * 1_000_000 if draw.chance(0.7) else None,
        benefit_economic=True,
        conversion="已在本单位推广应用" if draw.chance(0.5) else "",
    )
    if at.room.apt:
        _add_publication(at, number, outcome)


def _add_publication(at: _Year, number: int, outcome: Row) -> None:
    at.draw.add(
        "publications",
        at.place(f"publication/{number}"),
        workroom_id=at.room.row["id"],
        outcome_id=outcome["id"],
        title=outcome["name"],
        platform=at.draw.one(stock()["rooms"]["platforms"]),
        published_on=min(outcome["date"] + timedelta(20), date(at.year, 12, 31)),
        link=f"{at.year}{at.draw.number(1000, 9999)}",
    )


def _add_plans(at: _Year) -> None:
    """Add plan and summary; the last year's summary of an apt workroom is the sample's own."""
    ours = at.room.apt and at.year == reference_on().year - 1
    for kind, filed in (("年度计划", date(at.year, 1, 20)), ("年度总结", date(at.year, 12, 20))):
        if (kind == "年度总结" and ours) or (not at.room.apt and at.draw.chance(0.3)):
            continue
        content = f"{at.room.row['name']}{at.year}年{kind}"
        filed_on = max(filed, at.room.row["established_on"])
        given = {"workroom_id": at.room.row["id"], "year": at.year, "kind": kind}
        at.draw.add("plans", at.place(kind), filed_on=filed_on, content=content, **given)


def _add_assessment(at: _Year) -> None:
    apt = at.room.apt
    at.draw.add(
        "assessments",
        at.place("assessment"),
        office_id=at.room.row["office_id"],
        workroom_id=at.room.row["id"],
        regulation=BUILD,
        year=at.year,
        assessed_on=date(at.year, 12, 22),
        activity_normal=apt,
        output_not_obvious=not apt,
        role_not_obvious=False,
        conclusion="正常开展活动" if apt else "成果产出不明显，督促整改",
        state="已完成",
    )


def _add_former_member(draw: Drawer, room: Room, industry: dict[str, Any]) -> None:
    person = add_person(draw, f"{room.number}/former", room.unit, industry, (30, 58))
    joined = room.row["established_on"]
    left = draw.day(joined + timedelta(100), reference_on() - timedelta(30))
    given = {"workroom_id": room.row["id"], "person_id": person["id"], "role": "骨干成员", "core": True}
    draw.add("members", f"{room.number}/former", joined_on=joined, left_on=left, **given)


def _add_naming(at: _Year, number: int) -> None:
    """Add an application that was supported, with the steps it took."""
    row = _application(at.draw, at.room, at.place(f"application/{number}"), date(at.year, 3, 1), "已命名")
    for position, (before, after) in enumerate(NAMING):
        at.draw.add(
            "steps",
            at.place(f"step/{number}/{position}"),
            office_id=at.room.row["office_id"],
            subject_noun="applications",
            subject_id=row["id"],
            regulation=BUILD,
            workflow=FLOW,
            from_state=before,
            to_state=after,
            taken_on=date(at.year, 3 + position, 12),
            taken_by=at.room.leader["name"],
            position=position + 1,
        )


def _application(draw: Drawer, room: Room, place: str, on: date, state: str) -> Row:
    return draw.add(
        "applications",
        place,
        office_id=room.row["office_id"],
        workroom_id=room.row["id"],
        regulation=BUILD,
        year=on.year,
        application_level="省级",
        reference_date=on,
        state=state,
        submitted_on=on,
        submitted_by=room.leader["name"],
    )


def _add_open_application(draw: Drawer, room: Room) -> None:
    state = draw.one(("草稿", "已提交", "已推荐", "退回修改"))
    row = _application(draw, room, f"{room.number}/open", reference_on() - timedelta(draw.number(5, 60)), state)
    if state == "退回修改":
        row["returned_reason"] = "成果证明材料不全，请补齐后重新提交。"
