"""Workrooms of the sample county, each with its team, topics, outcomes, activities and plans."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from desktop.models.person import RANKS
from desktop.services.samples.people import add_honour, add_person
from desktop.services.samples.stock import Drawer, Row, reference_on, stock

LEVELS: Final = ("单位级", "县级", "县级", "单位级", "市级", "县级", "省级")
KIND_OF_HONOUR: Final = {"劳动模范": "劳模", "五一劳动奖章": "劳模工匠", "工匠": "工匠"}


@dataclass
class Room:
    """A workroom of the sample with the rows around it; `apt` marks one that meets every criterion."""

    number: int
    apt: bool
    row: Row
    unit: Row
    leader: Row
    members: list[Row]
    people: list[Row]
    outcomes: list[Row]


def add_room(
    draw: Drawer, number: int, unit: Row, industry: dict[str, Any], *, full: bool = True, years: int = 0
) -> Room:
    """Add a workroom and its leader; `full` adds team, topics, outcomes, activities and plans.

    An apt workroom runs for `years` where they are given, else since some day of the sample's own years.
    """
    draw.turn_to(f"room/{number}")
    apt = number % 3 != 1
    honours = stock()["honour"]
    honour = honours[number % 2] if apt else draw.one(honours)
    leader = add_person(draw, f"{number}/leader", unit, industry, (36, 58))
    leader |= {"frontline": True, "high_skill": True, "skill_grade": "高级技师"}
    ends = (date(2016, 1, 1), date(2023, 12, 31) if apt else reference_on() - timedelta(120))
    if years and apt:
        begun = reference_on().year - years
        ends = (date(begun, 1, 1), date(begun, 6, 30))
    row = _add_row(draw, number, unit, industry, leader, KIND_OF_HONOUR[honour["kind"]], apt, ends)
    room = Room(number, apt, row, unit, leader, [], [], [])
    if full:
        add_honour(draw, str(number), leader, honour)
        _add_team(draw, room, industry)
        _add_topics(draw, room, industry)
        _add_outcomes(draw, room, industry)
        _add_activities(draw, room)
    return room


def _add_row(
    draw: Drawer,
    number: int,
    unit: Row,
    industry: dict[str, Any],
    leader: Row,
    kind: str,
    apt: bool,
    ends: tuple[date, date],
) -> Row:
    words, today = stock()["rooms"], reference_on()
    level = LEVELS[number % len(LEVELS)] if apt else "单位级"
    established = draw.day(*ends)
    named = level != "单位级"
    named_on = min(established + timedelta(draw.number(400, 900)), today - timedelta(60)) if named else None
    return draw.add(
        "workrooms",
        str(number),
        office_id=unit["office_id"],
        unit_id=unit["id"],
        leader_id=leader["id"],
        name=f"{unit['name']}{leader['name']}{kind}创新工作室",
        kind=kind,
        level=level,
        state="已命名" if named else draw.one(("已建成", "已建成", "筹建")) if not apt else "已建成",
        established_on=established,
        named_on=named_on,
        plaque_on=named_on + timedelta(20) if named_on else None,
        named_levels=list(RANKS[: RANKS.index(level) + 1]) if named else [],
        industry=industry["name"],
        region=unit["region"],
        venue_address=unit["address"],
        venue_area_sqm=Decimal(draw.number(18, 160)) + (Decimal("0.5") if draw.chance(0.2) else 0),
        venue_signs=draw.some(words["signs"], 6 if apt else draw.number(2, 5)),
        equipment_note=draw.one(words["equipment"]),
        systems=words["systems"][: 6 if apt else draw.number(3, 5)],
        unit_funding_fen=draw.number(1, 12) * 500_000,
        tags=draw.some(words["tags"], draw.number(0, 2)),
        contact=leader["name"],
        phone=leader["phone"],
        **_confirmed(draw, apt),
    )


def _confirmed(draw: Drawer, apt: bool) -> dict[str, Any]:
    """Return what was confirmed of the workroom; one that is not apt has some left open or denied."""
    names = (
        "venue_fixed", "venue_function_clear", "venue_independent", "equipment_ready", "unit_funding_provided",
        "unit_guides_rules", "development_plan", "topics_defined", "goals_defined", "team_structure_reasonable",
    )  # fmt: skip
    found: dict[str, Any] = {name: True if apt else draw.one((True, True, None, False)) for name in names}
    found |= {"is_existing_rd_body": False, "app_registered": draw.chance(0.6), "in_audit_scope": True}
    return found


def _add_team(draw: Drawer, room: Room, industry: dict[str, Any]) -> None:
    joined = room.row["established_on"]
    count = draw.number(6, 12) if room.apt else draw.number(2, 5)
    people = [room.leader]
    people += [add_person(draw, f"{room.number}/{n}", room.unit, industry, (23, 55)) for n in range(count)]
    for place, person in enumerate(people):
        role = "领衔人" if place == 0 else "骨干成员" if place <= 4 or draw.chance(0.3) else "其他参与人员"
        room.people.append(person)
        room.members.append(
            draw.add(
                "members",
                f"{room.number}/{place}",
                workroom_id=room.row["id"],
                person_id=person["id"],
                role=role,
                core=place <= 6,
                division="主持全面工作" if place == 0 else person["speciality"],
                joined_on=joined if place < 5 else draw.day(joined, reference_on() - timedelta(30)),
            )
        )


def _add_topics(draw: Drawer, room: Room, industry: dict[str, Any]) -> None:
    first = max(room.row["established_on"].year, 2022)
    years = range(first, reference_on().year + 1)
    for year in years:
        if not room.apt and draw.chance(0.4):
            continue
        started = max(date(year, draw.number(1, 5), draw.number(1, 28)), room.row["established_on"])
        done = year < reference_on().year
        draw.add(
            "topics",
            f"{room.number}/{year}",
            workroom_id=room.row["id"],
            name=draw.one(industry["topics"]),
            kind="技术攻关",
            started_on=started,
            ended_on=date(year, 12, draw.number(1, 28)) if done else None,
            registered=True if room.apt else draw.one((True, None)),
            recognised=True if done and room.apt else None,
            host_id=room.leader["id"],
            status="已完成" if done else "进行中",
        )


def _add_outcomes(draw: Drawer, room: Room, industry: dict[str, Any]) -> None:
    today = reference_on()
    for place, name in enumerate(draw.some(industry["outcomes"], draw.number(3, 5) if room.apt else draw.number(0, 2))):
        recent = room.apt and place < 2
        level = draw.one(("市级", "省级")) if recent else draw.one(RANKS[:3])
        # Two of an apt workroom's outcomes lie within the last 24 months.
        latest = today - timedelta(90)
        on = draw.day(today - timedelta(600), latest) if recent else draw.day(room.row["established_on"], latest)
        patent = draw.chance(0.25)
        room.outcomes.append(
            draw.add(
                "outcomes",
                f"{room.number}/{place}",
                workroom_id=room.row["id"],
                name=name,
                kind="实用新型专利" if patent else draw.one(("技术革新", "先进操作法", "合理化建议")),
                date=on,
                form="国家专利" if patent else "认定",
                level="国家级" if patent else level,
                recogniser=stock()["recognisers"]["国家级" if patent else level],
                certificate_number="" if patent else f"〔{on.year}〕{draw.number(1, 90)}号",
                patent_number=f"ZL{on.year}2{draw.number(1000000, 9999999)}.{draw.number(0, 9)}" if patent else "",
                completed_by=room.leader["name"],
                benefit_fen=draw.number(2, 80) * 1_000_000 if draw.chance(0.7) else None,
                benefit_economic=True,
                benefit_social=draw.one((True, None)),
            )
        )


def _add_activities(draw: Drawer, room: Room) -> None:
    today = reference_on()
    first = max(room.row["established_on"], date(2025, 1, 1))
    for place in range(draw.number(2, 4) if room.apt else draw.number(0, 1)):
        draw.add(
            "activities",
            f"{room.number}/{place}",
            workroom_id=room.row["id"],
            kind=draw.one(("技能培训", "技术交流", "师带徒", "展示宣传")),
            title=draw.one(stock()["rooms"]["activities"]),
            date=draw.day(first, today),
            people_count=draw.number(8, 60),
        )
    if not room.apt:
        return
    for year, kind, filed in (
        (today.year, "年度计划", date(today.year, 1, draw.number(8, 28))),
        (today.year - 1, "年度总结", date(today.year - 1, 12, draw.number(10, 28))),
    ):
        content = f"{room.row['name']}{year}年{kind}"
        where = f"{room.number}/{kind}"
        draw.add("plans", where, workroom_id=room.row["id"], year=year, kind=kind, filed_on=filed, content=content)
