"""Records as rows of a list, other records called by their names."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.grant import Grant
from desktop.services.record.fields import field_map, fields, model_of
from desktop.services.records import list_records
from desktop.services.sheet.kinds import KINDS, PERSON_COLUMNS

Rows = list[dict[str, Any]]


def rows_of(
    session: Session, kind: str, where: Mapping[str, str], search: str = "", rooms: Collection[str] | None = None
) -> Rows:
    """Return the rows of a list as its columns name them; `where` filters as `list` does.

    `rooms` keeps only these workrooms (ids), in their order, or what belongs to them.
    """
    if kind == "allocations":
        return _allocation_rows(session, where)
    records = list_records(session, KINDS.get(kind, kind), dict(where), search)
    if rooms is not None:
        place = {room: number for number, room in enumerate(rooms)}
        of = "id" if kind == "workrooms" else "workroom_id"
        records = sorted((row for row in records if row[of] in place), key=lambda row: place[row[of]])
    return ROWS[kind](session, records) if kind in ROWS else _plain_rows(session, kind, records)


def _names(session: Session, noun: str) -> dict[str, str]:
    model: Any = model_of(noun)
    return {row.id: row.name for row in session.execute(select(model.id, model.name))}


def _by_id(session: Session, noun: str, ids: Iterable[str | None]) -> dict[str, dict[str, Any]]:
    wanted = {record_id for record_id in ids if record_id}
    return {row["id"]: row for row in list_records(session, noun, {}) if row["id"] in wanted}


def _plain_rows(session: Session, noun: str, records: Rows) -> Rows:
    references = [spec for spec in fields(noun) if spec.type == "reference" and "name" in field_map(spec.target)]
    names = {spec.target: _names(session, spec.target) for spec in references}
    return [
        {**row, **{spec.name: names[spec.target].get(row[spec.name] or "", "") for spec in references}}
        for row in records
    ]


def _workroom_rows(session: Session, records: Rows) -> Rows:
    units = _by_id(session, "units", (row["unit_id"] for row in records))
    leaders = _names(session, "people")
    rows = []
    for row in records:
        unit = units.get(row["unit_id"] or "", {})
        leader = leaders.get(row["leader_id"] or "", "")
        codes = {"unit_name": unit.get("name"), "credit_code": unit.get("credit_code")}
        rows.append({**row, **codes, "leader_name": leader})
    return rows


def _member_rows(session: Session, records: Rows) -> Rows:
    people = _by_id(session, "people", (row["person_id"] for row in records))
    units, rooms = _names(session, "units"), _names(session, "workrooms")
    rows = []
    for row in records:
        person = people[row["person_id"]]
        own = {name: person[name] for name in PERSON_COLUMNS}
        place = {"workroom": rooms.get(row["workroom_id"], ""), "unit_name": units.get(person["unit_id"] or "", "")}
        rows.append({**own, **row, **place})
    return sorted(rows, key=lambda row: row["workroom"])


def _outcome_rows(session: Session, records: Rows) -> Rows:
    rooms = _names(session, "workrooms")
    rows = [{**row, "workroom": rooms.get(row["workroom_id"], "")} for row in records]
    return sorted(rows, key=lambda row: row["workroom"])


def _expenditure_rows(session: Session, records: Rows) -> Rows:
    rooms = _names(session, "workrooms")
    grants = _by_id(session, "grants", (row["grant_id"] for row in records))
    rows = []
    for row in records:
        grant = grants.get(row["grant_id"] or "", {})
        room = row["workroom_id"] or grant.get("workroom_id") or ""
        rows.append({**row, "workroom": rooms.get(room, ""), "year": grant.get("year")})
    return rows


def _allocation_rows(session: Session, where: Mapping[str, str]) -> Rows:
    """Return allocation lines; conditions may be on the line, its allocation (state) or its grant (year, workroom)."""
    lines = {name: text for name, text in where.items() if name in field_map("allocation_lines") or name == "person"}
    rest = {name: text for name, text in where.items() if name not in lines}
    allocations = {name: text for name, text in rest.items() if name in field_map("allocations") or name == "id"}
    grants = {name: text for name, text in rest.items() if name not in allocations}
    granted = {row["id"]: row for row in list_records(session, "grants", grants)}
    allotted = {
        row["id"]: granted[row["grant_id"]]
        for row in list_records(session, "allocations", allocations)
        if row["grant_id"] in granted
    }
    people, rooms = _names(session, "people"), _names(session, "workrooms")
    rows = [
        {
            **row,
            "name": people.get(row["person_id"] or "", ""),
            "workroom": rooms.get(allotted[row["allocation_id"]]["workroom_id"] or "", ""),
            "year": allotted[row["allocation_id"]]["year"],
        }
        for row in list_records(session, "allocation_lines", lines)
        if row["allocation_id"] in allotted
    ]
    return sorted(rows, key=lambda row: (row["workroom"], row["year"] or 0))


def grants_of(session: Session, workroom_id: str, year: int | None) -> list[str]:
    """Return the ids of a workroom's grants, of one year if given."""
    query = select(Grant.id).where(Grant.workroom_id == workroom_id)
    return list(session.scalars(query if year is None else query.where(Grant.year == year)))


ROWS = {
    "workrooms": _workroom_rows,
    "members": _member_rows,
    "outcomes": _outcome_rows,
    "expenditures": _expenditure_rows,
}
