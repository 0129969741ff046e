"""Offices, units and people of the sample county."""

from datetime import date
from typing import Any, Final

from desktop.models.person import EDUCATIONS
from desktop.services.samples.stock import Drawer, Row, bank_account, credit_code, id_number, reference_on, stock

RARE_SURNAME: Final = 0.06
RARE_GIVEN: Final = 0.08
WHOLE_NAME: Final = 0.08
GRADES: Final = ("中级工", "高级工", "技师", "高级技师")
TITLES: Final = (("助理工程师", "初级"), ("工程师", "中级"), ("高级工程师", "副高级"), ("正高级工程师", "正高级"))
POLITICS: Final = ("中共党员", "群众", "共青团员", "中共党员")
PUBLIC_INDUSTRY: Final = "教科文卫"


def add_offices(draw: Drawer, own: Row | None) -> list[Row]:
    """Add the offices above the county, and the county itself when the database has none; lowest last."""
    chain: list[Row] = []
    for place in stock()["office"]:
        if own is not None and place["level"] == own["level"]:
            break
        parent = chain[-1]["id"] if chain else None
        chain.append(
            draw.add(
                "offices",
                place["level"],
                name=place["name"],
                level=place["level"],
                region=place["region"],
                parent_id=parent,
                document_code=place["code"],
                regulations=stock()["regulations"],
            )
        )
    return chain


def add_unit(draw: Drawer, number: int, office_id: str | None) -> tuple[Row, dict[str, Any]]:
    """Add a unit of one of the industries; the first round takes the firms' plain names, later ones name the town."""
    draw.turn_to(f"unit/{number}")
    industries = stock()["industry"]
    industry: dict[str, Any] = industries[number % len(industries)]
    later, place = divmod(number // len(industries), len(industry["firms"]))
    town = draw.one(stock()["names"]["towns"])
    name = industry["firms"][place] if not later else f"{town}{_ordinal(later)}{industry['firms'][place]}"
    public = industry["name"] == PUBLIC_INDUSTRY
    row = draw.add(
        "units",
        str(number),
        office_id=office_id,
        name=name,
        credit_code=credit_code(number, "12" if public else "91"),
        unit_type="事业单位" if public else "企业",
        unit_class="机关事业单位" if public else draw.one(("国有企业", "国有企业", "非公企业", "专精特新中小企业")),
        industry=industry["name"],
        region=stock()["office"][-1]["region"],
        address=f"{town}街{draw.number(1, 180)}号",
        unit_is_legal_person=True,
        unit_union_sound=True,
        union_name=f"{name}工会委员会",
        account_name=f"{name}工会委员会",
        account_number=bank_account(90_000_000 + number),
        account_bank=stock()["bank"],
        contact=_full_name(draw, "女")[0],
        phone=f"0400-{8_000_000 + number}",
    )
    return row, industry


def _ordinal(number: int) -> str:
    return "" if number == 1 else f"第{number}"


def add_person(draw: Drawer, place: str, unit: Row, industry: dict[str, Any], age: tuple[int, int]) -> Row:
    """Add a person of a unit, of an age in years between the two."""
    gender = "男" if draw.chance(0.68) else "女"
    name, ethnicity = _full_name(draw, gender)
    today = reference_on()
    born = draw.day(date(today.year - age[1], 1, 1), date(today.year - age[0], 12, 28))
    number = draw.number(0, 9_999_999)
    title, rank = draw.one(TITLES) if draw.chance(0.45) else ("", "无")
    return draw.add(
        "people",
        place,
        office_id=unit["office_id"],
        unit_id=unit["id"],
        name=name,
        gender=gender,
        birth_date=born,
        id_number=id_number(draw, born, gender),
        phone=f"1380{number:07d}",
        ethnicity=ethnicity,
        education=draw.one(EDUCATIONS[1:5]),
        politics=draw.one(POLITICS),
        post=draw.one(industry["posts"]),
        professional_title=title,
        title_rank=rank,
        skill_grade="无" if title else draw.one(GRADES),
        speciality=draw.one(industry["specialities"]),
        frontline=draw.chance(0.8),
        high_skill=draw.chance(0.4),
        bank_name=stock()["bank"],
        bank_account=bank_account(number),
    )


def _full_name(draw: Drawer, gender: str) -> tuple[str, str]:
    names = stock()["names"]
    if draw.chance(WHOLE_NAME):
        return draw.one(names["whole"]), "蒙古族"
    surname = draw.one(names["rare_surnames"]) if draw.chance(RARE_SURNAME) else draw.one(names["surnames"])
    pool = names["male"] if gender == "男" else names["female"]
    given = draw.one(pool) + (draw.one(pool) if draw.chance(0.7) else "")
    if draw.chance(RARE_GIVEN):
        given = draw.one(names["rare_given"]) if draw.chance(0.5) else given[0] + draw.one(names["rare_given"])
    return surname + given, draw.one(("汉族", "汉族", "汉族", "蒙古族", "满族"))


def add_honour(draw: Drawer, place: str, person: Row, honour: dict[str, Any]) -> Row:
    """Add one of the county's honours to a person."""
    year = draw.number(2012, 2024)
    return draw.add(
        "honours",
        place,
        person_id=person["id"],
        kind=honour["kind"],
        title=honour["title"],
        level=honour["level"],
        authority=honour["authority"],
        awarded_on=date(year, 4, 28),
        certificate_number=f"{year}-{draw.number(1, 400):03d}",
    )


def add_experts(draw: Drawer, office_id: str | None, count: int = 12) -> None:
    """Add the office's pool of experts."""
    draw.turn_to("experts")
    for number in range(count):
        industry = draw.one(stock()["industry"])
        draw.add(
            "experts",
            str(number),
            office_id=office_id,
            name=_full_name(draw, draw.one(("男", "女")))[0],
            unit_name=draw.one(industry["firms"]),
            speciality=draw.one(industry["specialities"]),
            title_rank=draw.one(("副高级", "正高级", "正高级")),
            phone=f"1380{draw.number(0, 9_999_999):07d}",
        )
