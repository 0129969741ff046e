"""Databases of many workrooms to measure on: plausible, the same for the same size, made once and kept in build/."""

import hashlib
import random
import uuid
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

from benchmarks.measure import FOLDER, ROOT
from desktop.models.capture import install_triggers
from desktop.models.database import create_database
from desktop.models.office import Office
from desktop.models.person import Person
from desktop.models.unit import Unit
from desktop.models.workroom import Member, Workroom
from desktop.services import identity, sample, store
from desktop.services.search import keys as search_keys

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏单仇解朴"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英建国志文华海波玉兰春红宝山梅德福云龙玲晓东凤鹏飞雪松立新"
PLACES = ("东山", "西河", "南湖", "北岭", "白杨", "红柳", "金沙", "银川口", "双桥", "三江", "平原", "丰收", "向阳")
TRADES = ("机械", "电力", "铁路", "矿业", "化工", "建工", "邮电", "水务", "冶金", "农机", "食品", "医药", "热力")
FIELDS = ("焊接", "数控", "工务", "检修", "调度", "质检", "种植", "测量", "装配", "电气", "节能", "安全", "信息")
LEVELS, STATES = ("单位级", "县级", "市级", "省级"), ("筹建", "已建成", "申报中", "已命名", "整改中")
EACH = 3
"""People of each workroom, its leader among them."""
AT_ONCE = 20_000
KEYS = tuple(f"services/search/{name}.py" for name in ("keys", "pinyin", "syllables", "text"))
"""What makes the search keys."""


def workrooms(count: int) -> Path:
    """Return a database with `count` workrooms and their search keys; made on the first call, then reused."""
    path = FOLDER / f"workrooms-{count}-{_made_by(*KEYS)}.db"
    if not path.exists():
        _make(path.with_suffix(".part"), count).replace(path)
    return path


def long_life(count: int, years: int) -> Path:
    """Return an office's database of so many workrooms with so many years of life each, every change in its log."""
    made_by = _made_by(*KEYS, "services/samples", "services/sample.py")
    path = FOLDER / f"life-{count}-{years}-{made_by}.db"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        laws = ["nm-2026-build", "nm-2026-fund"]
        with closing(identity.initialise(part, "示例市总工会", "市级", "示例市", regulations=laws)) as database:
            with store.writing(database, "操作人") as session:
                sample.fill_sample(session, count, years=years)
            with database.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        part.replace(path)
    return path


def _made_by(*makers: str) -> str:
    """Return a word for what a database was made by: this file, the schema, and files or folders of the program."""
    files = [Path(__file__)]
    for name in ("models", *makers):
        path = ROOT / "desktop" / name
        files += [path] if path.is_file() else path.rglob("*.py")
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(files))).hexdigest()[:12]


def _make(path: Path, count: int) -> Path:
    path.unlink(missing_ok=True)
    database = create_database(path)
    with closing(database):
        with database.engine.begin() as connection:
            # The change log is another benchmark's matter.
            for (name,) in connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'capture!_%' ESCAPE '!'"
            ).fetchall():
                connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
            _fill(connection, count)
        with database.writing() as session:
            search_keys.refresh(session)
            session.commit()
        with database.engine.begin() as connection:
            install_triggers(connection)
        with database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def _fill(connection: Connection, count: int) -> None:
    chance = random.Random(count)
    office = str(uuid.UUID(int=chance.getrandbits(128), version=4))
    connection.execute(insert(Office), [{"id": office, "name": "示例市总工会", "level": "市级", "region": "示例市"}])
    units = list(_units(chance, office, max(1, count // 3)))
    people = list(_people(chance, office, count * EACH))
    rooms = list(_rooms(chance, office, units, people, count))
    members = _members(chance, rooms, people)
    for table, rows in ((Unit, units), (Person, people), (Workroom, rooms), (Member, members)):
        waiting: Iterator[dict[str, Any]] = iter(rows)
        while part := list(islice(waiting, AT_ONCE)):
            connection.execute(insert(table), part)


def _id(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))


def _units(chance: random.Random, office: str, count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        name = f"{chance.choice(PLACES)}{chance.choice(TRADES)}{number:05d}有限公司"
        yield {"id": _id(chance), "office_id": office, "name": name}


def _people(chance: random.Random, office: str, count: int) -> Iterator[dict[str, Any]]:
    for _ in range(count):
        name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))
        yield {"id": _id(chance), "office_id": office, "name": name, "phone": f"13{chance.randrange(10**9):09d}"}


def _rooms(
    chance: random.Random, office: str, units: list[dict[str, Any]], people: list[dict[str, Any]], count: int
) -> Iterator[dict[str, Any]]:
    for number in range(count):
        leader = people[number * EACH]
        yield {
            "id": _id(chance),
            "office_id": office,
            "unit_id": chance.choice(units)["id"],
            "leader_id": leader["id"],
            "name": f"{leader['name']}{chance.choice(FIELDS)}创新工作室",
            "level": chance.choice(LEVELS),
            "state": chance.choice(STATES),
            "established_on": date(2015, 1, 1) + timedelta(days=chance.randrange(4000)),
            "industry": chance.choice(TRADES),
            "region": chance.choice(PLACES),
        }


def _members(
    chance: random.Random, rooms: list[dict[str, Any]], people: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    for number, room in enumerate(rooms):
        for place in range(EACH):
            role = "骨干成员" if place else "领衔人"
            person = people[number * EACH + place]["id"]
            yield {"id": _id(chance), "workroom_id": room["id"], "person_id": person, "role": role}
