"""Which unit and which person a row of a list names: one that is kept, or one to be made."""

from typing import Any

from desktop.services.sheet.comparing import key_of
from desktop.services.sheet.register import Register, check_row
from desktop.services.sheet.report import Line


def find_unit(register: Register, line: Line) -> str:
    """Return the unit of a row: by credit code, else by name, else a new one; contradictions are reported."""
    code, name = line.get("credit_code"), line.get("unit_name")
    by_code = register.find("units", "credit_code", code) if code else []
    by_name = register.find("units", "name", name) if name else []
    if by_code:
        known = register.all("units")[by_code[0]]
        if name and key_of(known["name"]) != key_of(name):
            register.report.errors.append(line.error("credit_code", f"是“{known['name']}”的信用代码，与所填单位不一致"))
        return by_code[0]
    if len(by_name) > 1:
        register.report.errors.append(
            line.error("unit_name", f"台账中有{len(by_name)}个同名单位，请填统一社会信用代码")
        )
        return ""
    if by_name:
        stored = register.all("units")[by_name[0]]
        if code and stored["credit_code"] and stored["credit_code"] != code:
            register.report.errors.append(line.error("credit_code", f"与台账中该单位的{stored['credit_code']}不一致"))
        elif code:
            register.change("units", by_name[0], {"credit_code": code})
        return by_name[0]
    return _new_unit(register, line, name, code)


def _new_unit(register: Register, line: Line, name: str, code: str) -> str:
    if not name:
        if code:
            register.report.errors.append(line.error("credit_code", "台账中没有这个单位，请同时填写单位名称"))
        return ""
    alike = register.like("units", line, "unit_name", name)
    if alike:
        return alike
    made = register.add("units", {"name": name, **({"credit_code": code} if code else {})})
    check_row(register.report, "units", line, register.all("units")[made], {"credit_code"} if code else ())
    return made


def new_person(register: Register, name: str, unit_id: str, **more: Any) -> str:
    """Plan a new person of a unit and return the id."""
    return register.add("people", {"name": name, **({"unit_id": unit_id} if unit_id else {}), **more})


def person_of_unit(register: Register, line: Line, cell: str, name: str, unit_id: str) -> str:
    """Return the person of that name in a unit, "" when there is none; several are reported."""
    found = register.find("people", ("unit_id", "name"), (unit_id or None, name))
    if len(found) > 1:
        register.report.errors.append(
            line.error(cell, f"该单位有{len(found)}人叫“{name}”，请填身份证号或先在台账中区分")
        )
    return found[0] if found else ""


def known_person(register: Register, line: Line, room: str, unit_id: str, id_number: str) -> str:
    """Return the person a row of a team names: by identity number, else by name in team or unit; "" for none."""
    people, name = register.all("people"), line.get("name")
    by_number = register.find("people", "id_number", id_number) if id_number else []
    if by_number:
        known = people[by_number[0]]["name"]
        if key_of(known) != key_of(name):
            register.report.errors.append(line.error("id_number", f"是“{known}”的身份证号，与所填姓名不一致"))
        return by_number[0]
    own = register.own_id("members", line)
    if own and key_of(people[register.all("members")[own]["person_id"]]["name"]) == key_of(name):
        return str(register.all("members")[own]["person_id"])
    found = _in_team(register, room, name) or person_of_unit(register, line, "name", name, unit_id)
    if not found:
        members = register.all("members")
        team = [members[one]["person_id"] for one in register.find("members", "workroom_id", room)]
        return register.like("people", line, "name", name, team)
    # The same name under another identity number is another person.
    other = bool(id_number and people[found]["id_number"] and people[found]["id_number"] != id_number)
    return "" if other else found


def _in_team(register: Register, room: str, name: str) -> str:
    """Return the member of a workroom who has that name."""
    for person_id in register.find("people", "name", name):
        if register.find("members", ("workroom_id", "person_id"), (room, person_id)):
            return person_id
    return ""
