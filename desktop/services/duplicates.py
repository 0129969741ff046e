"""Workrooms, people and units that are in the register twice: found by what they share, for a person to judge."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.errors import BadInput
from desktop.models.document import Document
from desktop.models.person import Person
from desktop.models.unit import Unit
from desktop.services import identity
from desktop.services.record.fields import model_of, title_of
from desktop.services.search.pinyin import name_reading, reading
from desktop.services.search.text import plain

Row = dict[str, Any]
NOUNS: Final = ("workrooms", "units", "people")
# A group of more than these is a common name or a number typed for everybody, not one person many times.
LARGEST_GROUP: Final = 8
# What the names of workrooms say one time and leave out another; the rest is what tells them apart.
COMMON_WORDS: Final = re.compile(
    "工作室|创新|劳动模范|劳模|工匠人才|工匠|职工|技能人才|示范性|示范|人才|和|与|（.*?）|[(].*?[)]"
)
SHORTEST_CORE: Final = 2
TOLD_EVERY: Final = 2000


@dataclass(frozen=True)
class Duplicate:
    """Two records that may be the same: `keep` has more filled in; `reason` says what they share."""

    noun: str
    keep: str
    other: str
    name: str
    other_name: str
    reason: str
    certain: bool


@dataclass(frozen=True)
class _Sign:
    """What two records may share: its words, how it is read from a record, and whether it settles the question."""

    words: str
    key: Callable[[Row], Any]
    certain: bool = False


def _key(text: str) -> str:
    return plain(text).replace(" ", "")


def _in_unit(row: Row, value: str) -> Any:
    return (row["unit_id"], value) if row["unit_id"] and value else None


def _spoken(text: str) -> str:
    # Letter by letter: quick for many long names, and the same characters always read the same.
    return "".join(reading(letter).full for letter in _key(text))


def _core(row: Row) -> Any:
    """Return the leader's name with what a workroom's name says besides its unit and the common words."""
    name = _key(row["name"])
    core = COMMON_WORDS.sub("", name.removeprefix(row["unit"]) if row["unit"] else name)
    return (row["leader_name"], core) if row["leader_name"] and len(core) >= SHORTEST_CORE else None


SIGNS: Final = {
    "workrooms": (
        _Sign(
            "名称和所在单位相同", lambda row: (_key(row["name"]), row["unit"]) if row["unit"] else None, certain=True
        ),
        _Sign("领衔人是同一人", lambda row: row["leader"]),
        _Sign("名称相同", lambda row: _key(row["name"])),
        _Sign("名称读音相同", lambda row: _spoken(row["name"])),
        _Sign("领衔人同名，工作室名称相近", _core),
    ),
    "units": (
        _Sign("统一社会信用代码相同", lambda row: row["credit_code"], certain=True),
        _Sign("名称相同", lambda row: _key(row["name"])),
        _Sign("名称读音相同", lambda row: reading(row["name"]).full),
    ),
    "people": (
        _Sign("身份证号相同", lambda row: row["id_number"], certain=True),
        _Sign("姓名和电话相同", lambda row: (_key(row["name"]), row["phone"]) if row["phone"] else None),
        _Sign("同一单位，姓名相同", lambda row: _in_unit(row, _key(row["name"]))),
        _Sign("同一单位，姓名读音相同", lambda row: _in_unit(row, name_reading(row["name"]).full)),
    ),
}
# Two records with different numbers of this kind are two people, two units, two leaders' workrooms.
NUMBERS: Final = {"workrooms": "leader_number", "units": "credit_code", "people": "id_number"}
READ: Final = {
    "workrooms": ("name", "unit_id", "leader_id", "office_id"),
    "units": ("name", "credit_code"),
    "people": ("name", "id_number", "phone", "unit_id"),
}


def no_report(_done: int, _total: int) -> None:
    """Tell nobody how far the work is."""


def duplicates(
    session: Session,
    noun: str,
    apart: Iterable[tuple[str, str]] = (),
    report: Callable[[int, int], None] = no_report,
) -> list[Duplicate]:
    """Return the pairs of NOUNS' records that may be one, the certain ones first; BadInput for another noun.

    `apart` are pairs of ids that a person found to be two. Of two workrooms the one to keep is first that with issued
    papers, then that of an office beneath this one, then the one that says more. `report` hears (done, total) and may
    raise to stop.
    """
    if noun not in NOUNS:
        raise BadInput(f"{title_of(noun)}不查重。可以查的有：{'、'.join(map(title_of, NOUNS))}。", noun)
    report(0, 0)
    rows = _rows(session, noun)
    told = {frozenset(pair) for pair in apart}
    found: list[Duplicate] = []
    whole = len(rows) * len(SIGNS[noun])
    for number, sign in enumerate(SIGNS[noun]):
        for first, second in _sharing(_counted(rows, report, number * len(rows), whole), sign):
            pair = frozenset((first["id"], second["id"]))
            if pair not in told and (sign.certain or not _differ(noun, first, second)):
                told.add(pair)
                keep, other = sorted((first, second), key=lambda row: (*row["rank"], -row["filled"], row["id"]))
                names = keep["name"], other["name"]
                found.append(Duplicate(noun, keep["id"], other["id"], *names, sign.words, sign.certain))
    while rows:
        # Let go in parts: to free very many at once would hold every thread up.
        del rows[-TOLD_EVERY:]
    return sorted(found, key=lambda one: (not one.certain, one.name, one.keep))


def _rows(session: Session, noun: str) -> list[Row]:
    model: Any = model_of(noun)
    names = ("id", *READ[noun])
    places = {column.name: place for place, column in enumerate(model.__table__.columns)}
    rows = []
    for values in session.execute(select(model.__table__).execution_options(yield_per=TOLD_EVERY)):
        filled = sum(value not in (None, "", []) for value in values)
        rows.append({**{name: values[places[name]] for name in names}, "filled": filled, "rank": ()})
    if noun == "workrooms":
        _look_around(session, rows)
    return rows


def _look_around(session: Session, rows: Iterable[Row]) -> None:
    """Add to workrooms what their units and leaders are called, and which of two is to be kept."""
    units = {row.id: _key(row.name) for row in session.execute(select(Unit.id, Unit.name))}
    people = {row.id: row for row in session.execute(select(Person.id, Person.name, Person.id_number))}
    papers = Counter(dict(tuple(row) for row in session.execute(_papers())))
    own = identity.office_id_if_any(session)
    for row in rows:
        leader = people.get(row["leader_id"] or "")
        row["unit"] = units.get(row["unit_id"] or "", "")
        row["leader_number"] = leader.id_number if leader else ""
        row["leader_name"] = _key(leader.name) if leader else ""
        row["leader"] = row["leader_number"] or row["leader_id"]
        row["rank"] = (-papers[row["id"]], row["office_id"] in (None, own))


def _papers() -> Any:
    return select(Document.subject_id, func.count()).where(Document.subject_noun == "workrooms").group_by("subject_id")


def _counted(rows: Sequence[Row], report: Callable[[int, int], None], before: int, whole: int) -> Iterator[Row]:
    for start in range(0, len(rows), TOLD_EVERY):
        report(before + start, whole)
        yield from rows[start : start + TOLD_EVERY]


def _sharing(rows: Iterable[Row], sign: _Sign) -> Iterator[tuple[Row, Row]]:
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        key = sign.key(row)
        if key:
            groups[key].append(row)
    while groups:
        _key_of_all, group = groups.popitem()
        if len(group) <= LARGEST_GROUP:
            yield from combinations(group, 2)


def _differ(noun: str, first: Row, second: Row) -> bool:
    number = NUMBERS[noun]
    return bool(first[number] and second[number] and first[number] != second[number])
