"""What a step changes beside the record's own road: the application, the workroom, its plaque, grant or assessment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInput
from desktop.models.application import Application
from desktop.models.base import Base
from desktop.models.person import RANKS, Person
from desktop.models.plaque import Plaque
from desktop.models.rectification import Rectification
from desktop.models.workroom import Member, Workroom
from desktop.rules.regulation import Regulation, Workflow
from desktop.services import identity, publicity
from desktop.services.derived.subject import OPEN_STATES, get, workroom_about
from desktop.services.law.keeping import keep_version
from desktop.services.road.asked import asked, hop_values

STANDING: Final = "已命名"
REVOKED, LEFT, RECTIFYING = "已撤销", "已退出", "整改中"
MIRRORED: Final = frozenset({"grants", "awards", "assessments"})
"""Nouns whose own state is the state of their road."""
MADE: Final = "+"


@dataclass
class Effects:
    """Writes the changes of one step and keeps what each replaced, so that a correction can put it back."""

    session: Session
    noun: str
    record: Any
    law: Regulation
    workflow: Workflow
    to: str
    by: str
    on: date
    details: Mapping[str, Any] = field(default_factory=dict)
    written: list[list[Any]] = field(default_factory=list)

    def write(self) -> dict[str, Any]:
        """Make every change that the state's marks ask for and return what was changed."""
        self._require_details()
        if self.noun in MIRRORED:
            self.put(self.record, "state", self.to)
        if self.to in self.workflow.names:
            self._named(self.workflow.names[self.to])
        for mark, effect in EFFECTS.items():
            if self.workflow.is_marked(self.to, mark):
                effect(self)
        return {"changes": self.written} if self.written else {}

    def _require_details(self) -> None:
        for one in asked(self.workflow, self.to):
            if one.required and not self.details.get(one.name):
                raise BadInput(f"到“{self.to}”要先填{one.title}。", one.name)

    def put(self, row: Base, name: str, value: Any) -> None:
        """Set a field, keeping what stood there."""
        old = getattr(row, name)
        if old != value:
            self.written.append([row.__tablename__, row.id, name, plain(old), plain(value)])  # type: ignore[attr-defined]
            setattr(row, name, value)

    def add(self, row: Base) -> None:
        """Add a row that a correction takes away again."""
        self.session.add(row)
        self.session.flush()
        self.written.append([row.__tablename__, row.id, "", None, MADE])  # type: ignore[attr-defined]

    @property
    def workroom(self) -> Workroom | None:
        """The workroom that the record is or is about."""
        return workroom_about(self.session, self.record)

    def _named(self, rank: str) -> None:
        if isinstance(self.record, Application):
            self.put(self.record, "state", "已命名")
        room = self.workroom
        if room is None:
            return
        self.put(room, "state", STANDING)
        self.put(room, "named_levels", [*dict.fromkeys((*room.named_levels, rank))])
        if RANKS.index(rank) >= RANKS.index(room.level) or room.named_on is None:
            self.put(room, "level", rank)
            self.put(room, "named_on", self.on)
        title = getattr(self.record, "application_level", "")
        if title and title not in RANKS:
            self.put(room, "tags", [*dict.fromkeys((*room.tags, title))])


def plain(value: Any) -> Any:
    """Return a stored value as JSON holds it."""
    return value.isoformat() if isinstance(value, date) else value


def _filed(step: Effects) -> None:
    record = step.record
    if not isinstance(record, Application):
        return
    if record.state in OPEN_STATES or not record.regulation_version:
        version = keep_version(step.session, record.regulation, record.reference_date or step.on)
        step.put(record, "regulation_version", version)
        step.put(record, "submitted_on", record.submitted_on or step.on)
        step.put(record, "submitted_by", record.submitted_by or step.by)
    step.put(record, "state", "已提交")


def _application_state(state: str) -> Any:
    def effect(step: Effects) -> None:
        if isinstance(step.record, Application):
            step.put(step.record, "state", state)

    return effect


def _supported(step: Effects) -> None:
    _application_state("已推荐")(step)
    if step.workroom is not None:
        step.put(step.workroom, "supported_by_region", True)
        step.put(step.workroom, "supported_on", step.on)


def _demonstration(step: Effects) -> None:
    room = step.workroom
    if room is not None:
        step.put(room, "tags", [*dict.fromkeys((*room.tags, "示范性"))])


def _plaque(step: Effects) -> None:
    room = step.workroom
    if room is None:
        return
    step.put(room, "plaque_on", step.on)
    step.add(
        Plaque(
            office_id=identity.own_office_id(step.session),
            workroom_id=room.id,
            title=room.name,
            level=room.level,
            number=str(step.details.get("plaque_number") or ""),
            received_by=str(step.details.get("received_by") or ""),
            awarded_on=step.on,
            state="在用",
        )
    )


def _publicity(step: Effects) -> None:
    """Begin the publicity when its days are given; otherwise the paper alone tells them."""
    if step.details.get("days"):
        first = day_of(step.details.get("starts_on")) or step.on
        kind = str(step.details.get("day_kind") or "工作日")
        made = publicity.prepared(step.session, first, int(step.details["days"]), kind)
        made.subject_noun, made.subject_id = step.noun, step.record.id
        made.workflow, made.at_state = step.workflow.id, step.to
        made.facts = publicity.facts_at(step.law, step.workflow, step.to)
        step.add(made)


def _dated(name: str) -> Any:
    def effect(step: Effects) -> None:
        if hasattr(step.record, name) and getattr(step.record, name) is None:
            step.put(step.record, name, step.on)
        if step.noun == "grants":
            for field, value in hop_values(step.workflow, step.to, step.details).items():
                step.put(step.record, field, value)

    return effect


def _graded(step: Effects) -> None:
    if hasattr(step.record, "grade"):
        step.put(step.record, "grade", step.to)


def _open_rectification(step: Effects) -> Rectification | None:
    room = step.workroom
    query = select(Rectification).filter_by(workroom_id=room.id if room else None, result="")
    return step.session.scalars(query.order_by(Rectification.ordered_on.desc(), Rectification.id)).first()


def _rectifying(step: Effects) -> None:
    room = step.workroom
    if room is None:
        return
    step.put(room, "state", RECTIFYING)
    if _open_rectification(step) is None:
        step.add(
            Rectification(
                office_id=identity.own_office_id(step.session),
                workroom_id=room.id,
                subject_noun=step.noun,
                subject_id=step.record.id,
                regulation=step.law.id,
                problem=str(step.details.get("problem") or ""),
                ordered_on=step.on,
                due_on=day_of(step.details.get("due_on")),
            )
        )


def day_of(value: Any) -> date | None:
    """Return a day given as a date or as its text."""
    return date.fromisoformat(value) if isinstance(value, str) and value else (value or None)


def _looked(step: Effects) -> None:
    found = _open_rectification(step)
    if found is not None:
        step.put(found, "second_look_on", step.on)
        step.put(found, "second_look_by", str(step.details.get("second_look_by") or step.by))


def _resumed(step: Effects) -> None:
    room = step.workroom
    if room is not None and room.state == RECTIFYING:
        step.put(room, "state", STANDING if room.named_on else "已建成")
    _close_rectification(step, "整改到位")


def _close_rectification(step: Effects, result: str) -> None:
    found = _open_rectification(step)
    if found is not None:
        step.put(found, "result", result)


def _leader(step: Effects) -> None:
    room = step.workroom
    assert room is not None
    successor = get(step.session, Person, step.details.get("leader_id"), "新领衔人")
    query = select(Member).filter_by(workroom_id=room.id, left_on=None)
    places = list(step.session.scalars(query.where(Member.person_id.in_({room.leader_id, successor.id}))))
    for member in places:
        step.put(member, "left_on", step.on)
    recorded = any(member.person_id == room.leader_id and member.role == "领衔人" for member in places)
    if room.leader_id and room.leader_id != successor.id and not recorded:
        step.add(Member(workroom_id=room.id, person_id=room.leader_id, role="领衔人", left_on=step.on))
    step.put(room, "leader_id", successor.id)
    if step.details.get("name"):
        step.put(room, "name", str(step.details["name"]).strip())


def _renamed(step: Effects) -> None:
    if step.workroom is not None:
        step.put(step.workroom, "name", str(step.details["name"]).strip())


def _ended(state: str, reason: str) -> Any:
    def effect(step: Effects) -> None:
        room = step.workroom
        if room is None:
            return
        step.put(room, "state", state)
        if state == REVOKED:
            _close_rectification(step, "整改不力")
        for plaque in step.session.scalars(select(Plaque).filter_by(workroom_id=room.id, state="在用")):
            step.put(plaque, "state", "待收回")
            step.put(plaque, "recover_from", step.on)
            step.put(plaque, "recover_reason", reason)

    return effect


EFFECTS: Final = {
    "filed": _filed,
    "recommended": _application_state("已推荐"),
    "refused": _application_state("未通过"),
    "supported": _supported,
    "demonstration": _demonstration,
    "plaque": _plaque,
    "publicity": _publicity,
    "quota": _dated("quota_issued_on"),
    "received": _dated("received_on"),
    "paid": _dated("transferred_on"),
    "assessed": _dated("assessed_on"),
    "graded": _graded,
    "rectifying": _rectifying,
    "looked": _looked,
    "resumed": _resumed,
    "leader": _leader,
    "renamed": _renamed,
    "revoked": _ended(REVOKED, "命名已撤销"),
    "exited": _ended(LEFT, "工作室已退出"),
}
