"""What the checks say of a record while it is being typed: doubts beside its fields, nothing is refused here."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from desktop.errors import BadInput
from desktop.models.person import Person
from desktop.models.unit import Unit
from desktop.models.workroom import Member, Workroom
from desktop.services.record import values as record_values
from desktop.services.record.checks import CHECKED, Remark, remarks, tidied
from desktop.services.record.fields import field_map

TWINNED: Final = {
    "people": frozenset({"name", "id_number"}),
    "units": frozenset({"name", "credit_code"}),
    "workrooms": frozenset({"name", "leader_id"}),
    "members": frozenset({"person_id"}),
}
"""Nouns of which a second record of the same thing is told, and beside which fields."""
COMPARED: Final = frozenset({"name", "unit_id", "leader_id", "workroom_id", "person_id", "left_on"})
"""Fields by which a second record of the same thing is known."""


def is_checked(noun: str) -> bool:
    """Tell whether there is anything to say about records of a noun."""
    return noun in CHECKED or noun in TWINNED


def live_remarks(
    session: Session, noun: str, record: Mapping[str, Any], shown: Collection[str] | None = None
) -> list[Remark]:
    """Return what there is to say of a record in JSON form with its id, as it stands in its fields now.

    Only what is told beside the fields `shown`, if given, needs to be found out: a record may be shown in many parts.
    """
    given = _stored(noun, record)
    twins = shown is None or not TWINNED.get(noun, frozenset()).isdisjoint(shown)
    return [*remarks(noun, given), *(_twins(session, noun, str(record.get("id") or ""), given) if twins else ())]


def _stored(noun: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that can be read; what cannot is told by its own field."""
    specs, found = field_map(noun), {}
    for name in (CHECKED.get(noun, frozenset()) | COMPARED) & specs.keys() & record.keys():
        try:
            found[name] = tidied(noun, name, record_values.read(specs[name], record[name]))
        except BadInput:
            continue
    return found


def _twins(session: Session, noun: str, own: str, given: dict[str, Any]) -> list[Remark]:
    if noun not in TWINNED or not given.get("person_id" if noun == "members" else "name"):
        return []
    return list(TWINS[noun](session, own, given))


def _same(column: Any, value: Any) -> list[ColumnElement[bool]]:
    return [column == value] if value else []


def _people(session: Session, own: str, given: dict[str, Any]) -> list[Remark]:
    name, number, phone = given["name"], given.get("id_number"), given.get("phone")
    query = select(Person.name, Person.id_number, Person.phone, Person.unit_id).where(
        Person.id != own, or_(*_same(Person.name, name), *_same(Person.id_number, number))
    )
    found: dict[str, str] = {}
    for other, its_number, its_phone, its_unit in session.execute(query):
        if number and its_number == number:
            found["id_number"] = f"与“{other}”的身份证号相同，可能是同一个人"
        elif other == name and not (number and its_number):
            if phone and its_phone == phone:
                found["name"] = "另有一人姓名、电话都相同，可能是同一个人；是的话请在“查重与合并”里合并"
            elif its_unit and its_unit == given.get("unit_id"):
                found.setdefault("name", "同一单位另有一人同名；如是同一个人，请在“查重与合并”里合并")
    return [Remark("people", field, words, False) for field, words in found.items()]


def _units(session: Session, own: str, given: dict[str, Any]) -> list[Remark]:
    name, code = given["name"], given.get("credit_code")
    query = select(Unit.name, Unit.credit_code).where(
        Unit.id != own, or_(*_same(Unit.name, name), *_same(Unit.credit_code, code))
    )
    found: dict[str, str] = {}
    for other, its_code in session.execute(query):
        if code and its_code == code:
            found["credit_code"] = f"与“{other}”的信用代码相同，可能是同一个单位"
        elif not (code and its_code):
            found["name"] = "另有一个同名单位；如是同一个，请在“查重与合并”里合并"
    return [Remark("units", field, words, False) for field, words in found.items()]


def _workrooms(session: Session, own: str, given: dict[str, Any]) -> list[Remark]:
    name, leader = given["name"], given.get("leader_id")
    query = select(Workroom.name, Workroom.leader_id).where(
        Workroom.id != own, or_(Workroom.name == name, *_same(Workroom.leader_id, leader))
    )
    found: dict[str, str] = {}
    for other, its_leader in session.execute(query):
        if other == name:
            found["name"] = "台账中另有一个同名的工作室；如是同一个，请在“查重与合并”里合并"
        elif leader and its_leader == leader:
            found["leader_id"] = f"同时是“{other}”的领衔人，请核对"
    return [Remark("workrooms", field, words, False) for field, words in found.items()]


def _members(session: Session, own: str, given: dict[str, Any]) -> list[Remark]:
    if given.get("left_on"):
        return []
    query = select(Member.id).where(
        Member.id != own,
        Member.workroom_id == given.get("workroom_id"),
        Member.person_id == given["person_id"],
        Member.left_on.is_(None),
    )
    twin = session.scalars(query.limit(1)).first()
    return [Remark("members", "person_id", "此人已在这个工作室的成员名册里，请不要重复登记", False)] if twin else []


TWINS: Final = {"people": _people, "units": _units, "workrooms": _workrooms, "members": _members}
