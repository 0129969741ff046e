"""From the lines of each list to the records they stand for: found in the register, or planned anew."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from desktop.services.record.fields import field_map
from desktop.services.sheet.comparing import key_of, only
from desktop.services.sheet.export import grants_of
from desktop.services.sheet.kinds import MEMBER_COLUMNS, PERSON_COLUMNS
from desktop.services.sheet.naming import find_unit, known_person, new_person, person_of_unit
from desktop.services.sheet.register import Register, check_row
from desktop.services.sheet.report import Line

TOLD_EVERY: Final = 200
LEADER_ROLE: Final = "领衔人"
SEVERAL: Final = re.compile(r"[、，,;；/／\n]")
DRAFT: Final = "草稿"


def build(register: Register, kind: str, lines: list[Line], report: Callable[[int, int], None]) -> None:
    """Plan the records of every line; what cannot be is reported with its cell. `report` hears (done, total)."""
    for number, line in enumerate(lines):
        if number % TOLD_EVERY == 0:
            report(number, len(lines))
        register.row = (line.sheet, line.row)
        BUILDERS[kind](register, line)


def _own_values(noun: str, line: Line) -> dict[str, Any]:
    return only(line.values, field_map(noun))


def build_workroom(register: Register, line: Line) -> None:
    """A workroom with its unit and leader; one of the same name is the same workroom."""
    name = line.get("name")
    if not name or register.repeated(line, "name", "workroom", key_of(name)):
        return
    unit_id = find_unit(register, line)
    existing = register.own_id("workrooms", line) or _only_one(register, line, register.find("workrooms", "name", name))
    existing = existing or register.like("workrooms", line, "name", name)
    leader_id = _leader(register, line, unit_id, existing)
    values = _own_values("workrooms", line) | ({"unit_id": unit_id} if unit_id else {})
    values |= {"leader_id": leader_id} if leader_id else {}
    made = register.keep("workrooms", line, values, existing, "name")
    if leader_id and not existing:
        joined = only({"joined_on": line.get("established_on", None)}, ["joined_on"])
        register.add("members", {"workroom_id": made, "person_id": leader_id, "role": LEADER_ROLE, **joined})


def _only_one(register: Register, line: Line, found: Sequence[str]) -> str:
    if len(found) > 1:
        register.report.errors.append(
            line.error("name", f"台账中有{len(found)}个同名的工作室，请保留“编号”列以便认出是哪一个")
        )
    return found[0] if len(found) == 1 else ""


def _leader(register: Register, line: Line, unit_id: str, existing: str) -> str:
    name = line.get("leader_name")
    if not name:
        return ""
    if SEVERAL.search(name):
        register.report.errors.append(line.error("leader_name", "只能填一名领衔人；其余的请在成员名册里登记"))
        return ""
    if existing:
        stored = register.all("workrooms")[existing]["leader_id"]
        if stored and key_of(register.all("people")[stored]["name"]) == key_of(name):
            return str(stored)
    found = person_of_unit(register, line, "leader_name", name, unit_id)
    if not found and unit_id:
        found = register.like("people", line, "leader_name", name, register.find("people", "unit_id", unit_id))
    return found or new_person(register, name, unit_id)


def build_member(register: Register, line: Line) -> None:
    """A member with the person: known by identity number, else by name in the team or the unit."""
    room, name = register.workroom(line), line.get("name")
    if not room or not name:
        # What is wrong with the person is told all the same, so that everything can be put right at once.
        register.check_unplaced("people", line, only(line.values, PERSON_COLUMNS))
        return
    person_id, also = _member_person(register, line, room)
    if register.repeated(line, "name", "member", room, person_id):
        return
    own = register.own_id("members", line)
    same = register.find("members", ("workroom_id", "person_id"), (room, person_id))
    values = only(line.values, MEMBER_COLUMNS) | {"workroom_id": room, "person_id": person_id}
    register.keep("members", line, values, own or (same[0] if same else ""), "name", also)


def _member_person(register: Register, line: Line, room: str) -> tuple[str, list[tuple[str, str, str]]]:
    """Return the person of a row, and what the row changes of one already known."""
    values = only(line.values, PERSON_COLUMNS)
    place = find_unit(register, line) if line.get("unit_name") else ""
    unit_id = place or register.all("workrooms")[room]["unit_id"] or ""
    found = known_person(register, line, room, unit_id, values.get("id_number", ""))
    also: list[tuple[str, str, str]] = []
    if found:
        also = register.change("people", found, values)
    else:
        found = new_person(register, values.pop("name"), unit_id, **values)
    check_row(register.report, "people", line, register.all("people")[found], values)
    return found, also


def build_outcome(register: Register, line: Line) -> None:
    """An outcome of a workroom; one of the same name there is the same outcome."""
    room, name = register.workroom(line), line.get("name")
    if not room or not name or register.repeated(line, "name", "outcome", room, key_of(name)):
        return
    same = register.find("outcomes", ("workroom_id", "name"), (room, name))
    existing = register.own_id("outcomes", line) or (same[0] if same else "")
    register.keep("outcomes", line, _own_values("outcomes", line) | {"workroom_id": room}, existing, "name")


def build_allocation_line(register: Register, line: Line) -> None:
    """A line of the draft allocation of a workroom's grant; one that is decided is not touched."""
    room = register.workroom(line)
    grant = _grant(register, line, room, needed=True) if room else ""
    person_id = _rewarded(register, line, room) if grant and line.get("name") else ""
    if not grant or (line.get("name") and not person_id):
        return
    allocation, state = _allocation(register, grant)
    values = _own_values("allocation_lines", line) | {"allocation_id": allocation}
    values |= {"person_id": person_id, "kind": "reward"} if person_id else {"kind": "operating"}
    existing = register.own_id("allocation_lines", line) or _same_line(register, allocation, values)
    if state != DRAFT and not (existing and register.holds("allocation_lines", existing, values)):
        register.report.errors.append(line.error("workroom", f"该补助的分配方案{state}，不能再导入；请先退回草稿"))
        return
    key = ("line", allocation, person_id, values.get("category"), values.get("result_ref"))
    if not existing and person_id and register.repeated(line, "name", *key):
        return
    register.keep("allocation_lines", line, values, existing, "name")


def _grant(register: Register, line: Line, room: str, *, needed: bool) -> str:
    year = line.get("year", None)
    found = grants_of(register.session, room, year)
    if len(found) == 1:
        return found[0]
    words = f"{year}年" if year else ""
    if found:
        register.report.errors.append(line.error("year", f"该工作室有{len(found)}笔{words}补助，请写明年度"))
    elif needed or year:
        register.report.errors.append(line.error("year", f"该工作室没有{words}补助资金，请先登记补助"))
    return ""


def _allocation(register: Register, grant: str) -> tuple[str, str]:
    """Return the allocation of a grant and its state; a grant without one gets a draft."""
    known = register.find("allocations", "grant_id", grant)
    if not known:
        return register.add("allocations", {"grant_id": grant, "state": DRAFT}), DRAFT
    return known[0], register.all("allocations")[known[0]]["state"]


def _rewarded(register: Register, line: Line, room: str) -> str:
    people, members = register.all("people"), register.all("members")
    team = {members[one]["person_id"] for one in register.find("members", "workroom_id", room)}
    found = [one for one in team if key_of(people[one]["name"]) == key_of(line.get("name"))]
    if len(found) > 1:
        found = _person_of_line(register, line, found) or found
    if len(found) == 1:
        return str(found[0])
    reason = (
        "不在该工作室的成员名册中，请先登记成员" if not found else f"该工作室有{len(found)}名同名成员，请先在台账中区分"
    )
    register.report.errors.append(line.error("name", reason))
    return ""


def _person_of_line(register: Register, line: Line, among: list[str]) -> list[str]:
    """Return which of several members of one name a row means that carries the id of its line, else nobody."""
    own = register.own_id("allocation_lines", line)
    meant = register.all("allocation_lines")[own]["person_id"] if own else ""
    return [one for one in among if one == meant]


def _same_line(register: Register, allocation: str, values: dict[str, Any]) -> str:
    """Return the stored line for the same person, or of the same use and amount; each is taken once."""
    lines = register.all("allocation_lines")
    same = ("person_id",) if values.get("person_id") else ("person_id", "category", "amount_yuan")
    for one in register.find("allocation_lines", "allocation_id", allocation):
        known = one not in register.taken and one not in register.new["allocation_lines"]
        if known and all((lines[one][name] or None) == (values.get(name) or None) for name in same):
            return one
    return ""


def build_expenditure(register: Register, line: Line) -> None:
    """An expense of a workroom's grant or of its own money; one with the same voucher and amount is the same."""
    room = register.workroom(line)
    if not room:
        return
    ours = line.get("source", "补助资金") == "补助资金"
    grant = _grant(register, line, room, needed=False) if ours else ""
    values = _own_values("expenditures", line) | {"workroom_id": room} | ({"grant_id": grant} if grant else {})
    voucher = line.get("voucher_number")
    key = ("expenditure", room, voucher, values.get("amount_yuan"), values.get("category"))
    if voucher and register.repeated(line, "voucher_number", *key):
        return
    existing = register.own_id("expenditures", line) or _same_expense(register, room, voucher, values)
    register.keep("expenditures", line, values, existing, "amount_yuan")


def _same_expense(register: Register, room: str, voucher: str, values: dict[str, Any]) -> str:
    stored = register.all("expenditures")
    for one in register.find("expenditures", "voucher_number", voucher) if voucher else []:
        row = stored[one]
        if (row["workroom_id"], row["amount_yuan"]) == (room, values.get("amount_yuan")):
            return one
    return ""


def build_expert(register: Register, line: Line) -> None:
    """An expert; one of the same name and unit is the same expert."""
    name, unit = line.get("name"), line.get("unit_name")
    if not name or register.repeated(line, "name", "expert", key_of(name), key_of(unit)):
        return
    experts = register.all("experts")
    found = [
        one for one in register.find("experts", "name", name) if key_of(experts[one]["unit_name"] or "") == key_of(unit)
    ]
    existing = register.own_id("experts", line) or (found[0] if found else "")
    register.keep("experts", line, _own_values("experts", line), existing, "name")


BUILDERS: Final[dict[str, Callable[[Register, Line], None]]] = {
    "workrooms": build_workroom,
    "members": build_member,
    "outcomes": build_outcome,
    "allocations": build_allocation_line,
    "expenditures": build_expenditure,
    "experts": build_expert,
}
