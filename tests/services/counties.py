"""A small office with one workroom that meets the building rules, made through the services."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from desktop.models.database import Database
from desktop.services import identity, records, store

DAY = date(2026, 9, 1)
SYSTEMS = ["创新成果评估奖励与转化推广", "设备设施管理", "资金（经费）使用", "创新活动记录", "技能培训台账"]


class County:
    """An office with a unit, a leader, members and a workroom; `ids` names what was made."""

    def __init__(self, folder: Path, backbone: int = 4, other: int = 1) -> None:
        self.path = folder / "county.db"
        self.database: Database = identity.initialise(self.path, "左翼中旗总工会", "县级", "左翼中旗")
        self.ids: dict[str, Any] = {}
        with self.writing() as session:
            self._add_people(session, backbone, other)
            self._add_workroom(session, backbone)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with store.writing(self.database, "王敏") as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with store.reading(self.database) as session:
            yield session

    def put(self, noun: str, **values: Any) -> str:
        with self.writing() as session:
            return put(session, noun, **values)

    def get(self, noun: str, record_id: str) -> dict[str, Any]:
        with self.reading() as session:
            return records.get_record(session, noun, record_id)

    def set_office(self, **values: Any) -> str:
        """Change this office's own record and return its id."""
        with self.writing() as session:
            return put(session, "offices", id=identity.own_office_id(session), **values)

    def _add_people(self, session: Session, backbone: int, other: int) -> None:
        account = {"account_name": "宏昌机械工会委员会", "account_number": "15050001040012345"}
        unit = put(session, "units", name="宏昌机械制造有限公司", union_name="宏昌机械制造有限公司工会", **account)
        names = ["周建成", *(f"骨干{n}" for n in range(backbone)), *(f"参与{n}" for n in range(other))]
        people = [put(session, "people", name=name, unit_id=unit, frontline=True) for name in names]
        honour = {"kind": "劳动模范", "level": "省级", "authority": "内蒙古自治区人民政府"}
        put(session, "honours", person_id=people[0], **honour)
        self.ids |= {"unit": unit, "people": people, "leader": people[0]}

    def _add_workroom(self, session: Session, backbone: int) -> None:
        marks = ("venue_fixed", "venue_function_clear", "equipment_ready", "unit_funding_provided", "unit_guides_rules")
        plans = ("development_plan", "topics_defined", "goals_defined", "team_structure_reasonable")
        room = put(
            session,
            "workrooms",
            name="周建成劳模工匠创新工作室",
            unit_id=self.ids["unit"],
            leader_id=self.ids["leader"],
            established_on="2022-03-01",
            systems=SYSTEMS,
            supported_by_region=True,
            **dict.fromkeys((*marks, *plans), True),
        )
        for number, person in enumerate(self.ids["people"][1:]):
            role = "骨干成员" if number < backbone else "其他参与人员"
            put(session, "members", workroom_id=room, person_id=person, role=role, core=True)
        put(session, "topics", workroom_id=room, name="智能截割", started_on="2024-01-01", status="进行中")
        outcome = {"name": "节能改造", "date": "2025-06-01", "form": "认定", "level": "市级"}
        self.ids |= {"room": room, "outcome": put(session, "outcomes", workroom_id=room, **outcome)}

    def add_grant(self, **values: Any) -> str:
        given = {"regulation": "nm-2026-fund", "year": 2026, "grant_total_yuan": "50000.00", **values}
        return self.put("grants", workroom_id=self.ids["room"], **given)


def put(session: Session, noun: str, **values: Any) -> str:
    return str(records.put_records(session, noun, values)[0]["id"])
