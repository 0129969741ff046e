"""Records as rows of a list, other records called by their names."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.grant import Grant
from desktop.services.record.fields import field_map, fields, model_of
from desktop.services.record.json import all_to_json
from desktop.services.record.search import ORDER, listed
from desktop.services.records import list_records
from desktop.services.sheet.kinds import KINDS, PERSON_COLUMNS
from desktop.services.sheet.stages import no_report

Row = dict[str, Any]
Rows = list[Row]
AT_ONCE: Final = 500
"""Records read and named in one go."""
BY_ROOM: Final = frozenset({"members", "outcomes"})
"""Lists that are kept together by workroom, in the order of the workrooms' names."""


def rows_of(
    session: Session,
    kind: str,
    where: Mapping[str, str],
    search: str = "",
    rooms: Sequence[str] | None = None,
    tell: Callable[[int, int], None] = no_report,
) -> Iterator[Row]:
    """Yield the rows of a list as its columns name them; `where` filters as `list` does.

    `rooms` keeps only these workrooms (ids), in their order, or what belongs to them. The rows are read as they are
    taken, some hundred at a time; `tell` hears (done, total).
    """
    if kind == "allocations":
        yield from _allocation_rows(session, where)
        return
    made = ROWS.get(kind, partial(_plain_rows, noun=kind))
    if rooms is not None and not where and not search:
        parts = _parts_of_rooms(session, KINDS.get(kind, kind), rooms, tell)
    else:
        parts = _parts_found(session, KINDS.get(kind, kind), where, search, rooms, tell)
    for records in parts:
        yield from made(session, records)


def _parts_of_rooms(
    session: Session, noun: str, rooms: Sequence[str], tell: Callable[[int, int], None]
) -> Iterator[Rows]:
    model: Any = model_of(noun)
    of = "id" if noun == "workrooms" else "workroom_id"
    order = [getattr(model, name) for name in ORDER if name in field_map(noun)]
    for start in range(0, len(rooms), AT_ONCE):
        tell(start, len(rooms))
        part = rooms[start : start + AT_ONCE]
        place = {room: number for number, room in enumerate(part)}
        found = session.scalars(select(model).where(getattr(model, of).in_(part)).order_by(*order, model.id))
        yield all_to_json(session, noun, sorted(found, key=lambda one: place[getattr(one, of)]))


def _parts_found(
    session: Session,
    noun: str,
    where: Mapping[str, str],
    search: str,
    rooms: Sequence[str] | None,
    tell: Callable[[int, int], None],
) -> Iterator[Rows]:
    found: list[Any] = list(listed(session, noun, dict(where), search))
    if rooms is not None:
        place = {room: number for number, room in enumerate(rooms)}
        of = "id" if noun == "workrooms" else "workroom_id"
        found = sorted((one for one in found if getattr(one, of) in place), key=lambda one: place[getattr(one, of)])
    elif noun in BY_ROOM:
        names = _names(session, "workrooms", (one.workroom_id for one in found))
        found.sort(key=lambda one: names.get(one.workroom_id, ""))
    for start in range(0, len(found), AT_ONCE):
        tell(start, len(found))
        yield all_to_json(session, noun, found[start : start + AT_ONCE])


def _found(session: Session, noun: str, ids: Iterable[str | None], *columns: str) -> Iterator[Any]:
    """Yield some columns of records, or the records themselves, by their ids."""
    model: Any = model_of(noun)
    wanted = sorted({one for one in ids if one})
    for start in range(0, len(wanted), AT_ONCE):
        part = model.id.in_(wanted[start : start + AT_ONCE])
        if columns:
            yield from session.execute(select(*(getattr(model, name) for name in columns)).where(part))
        else:
            yield from session.scalars(select(model).where(part))


def _names(session: Session, noun: str, ids: Iterable[str | None]) -> dict[str, str]:
    return {row.id: row.name for row in _found(session, noun, ids, "id", "name")}


def _by_id(session: Session, noun: str, ids: Iterable[str | None]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in all_to_json(session, noun, list(_found(session, noun, ids)))}


def _plain_rows(session: Session, records: Rows, noun: str) -> Rows:
    references = [spec for spec in fields(noun) if spec.type == "reference" and "name" in field_map(spec.target)]
    names = {spec.name: _names(session, spec.target, (row[spec.name] for row in records)) for spec in references}
    return [{**row, **{name: of.get(row[name] or "", "") for name, of in names.items()}} for row in records]


def _workroom_rows(session: Session, records: Rows) -> Rows:
    units = _by_id(session, "units", (row["unit_id"] for row in records))
    leaders = _names(session, "people", (row["leader_id"] for row in records))
    rows = []
    for row in records:
        unit = units.get(row["unit_id"] or "", {})
        leader = leaders.get(row["leader_id"] or "", "")
        codes = {"unit_name": unit.get("name"), "credit_code": unit.get("credit_code")}
        rows.append({**row, **codes, "leader_name": leader})
    return rows


def _member_rows(session: Session, records: Rows) -> Rows:
    people = _by_id(session, "people", (row["person_id"] for row in records))
    units = _names(session, "units", (person["unit_id"] for person in people.values()))
    rooms = _names(session, "workrooms", (row["workroom_id"] for row in records))
    rows = []
    for row in records:
        person = people[row["person_id"]]
        own = {name: person[name] for name in PERSON_COLUMNS}
        place = {"workroom": rooms.get(row["workroom_id"], ""), "unit_name": units.get(person["unit_id"] or "", "")}
        rows.append({**own, **row, **place})
    return rows


def _outcome_rows(session: Session, records: Rows) -> Rows:
    rooms = _names(session, "workrooms", (row["workroom_id"] for row in records))
    return [{**row, "workroom": rooms.get(row["workroom_id"], "")} for row in records]


def _expenditure_rows(session: Session, records: Rows) -> Rows:
    grants = _by_id(session, "grants", (row["grant_id"] for row in records))
    given = [grants.get(row["grant_id"] or "", {}) for row in records]
    places = [row["workroom_id"] or grant.get("workroom_id") or "" for row, grant in zip(records, given, strict=True)]
    rooms = _names(session, "workrooms", places)
    return [
        {**row, "workroom": rooms.get(place, ""), "year": grant.get("year")}
        for row, place, grant in zip(records, places, given, strict=True)
    ]


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
    found = [row for row in list_records(session, "allocation_lines", lines) if row["allocation_id"] in allotted]
    people = _names(session, "people", (row["person_id"] for row in found))
    rooms = _names(session, "workrooms", (grant["workroom_id"] for grant in allotted.values()))
    rows = [
        {
            **row,
            "name": people.get(row["person_id"] or "", ""),
            "workroom": rooms.get(allotted[row["allocation_id"]]["workroom_id"] or "", ""),
            "year": allotted[row["allocation_id"]]["year"],
        }
        for row in found
    ]
    return sorted(rows, key=lambda row: (row["workroom"], row["year"] or 0))


def grants_of(session: Session, workroom_id: str, year: int | None) -> list[str]:
    """Return the ids of a workroom's grants, of one year if given."""
    query = select(Grant.id).where(Grant.workroom_id == workroom_id)
    return list(session.scalars(query if year is None else query.where(Grant.year == year)))


ROWS: Final[dict[str, Callable[[Session, Rows], Rows]]] = {
    "workrooms": _workroom_rows,
    "members": _member_rows,
    "outcomes": _outcome_rows,
    "expenditures": _expenditure_rows,
}
