"""People and units that are in the register twice: found by number, name and reading, for a person to judge."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInput
from desktop.services.record.fields import model_of, title_of
from desktop.services.search.pinyin import name_reading, reading
from desktop.services.search.text import plain

Row = dict[str, Any]
NOUNS: Final = ("units", "people")
# A group of more than these is a common name or a number typed for everybody, not one person many times.
LARGEST_GROUP: Final = 8


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


SIGNS: Final = {
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
# Two records with different numbers of this kind are two people, two units.
NUMBERS: Final = {"units": "credit_code", "people": "id_number"}
READ: Final = {"units": ("name", "credit_code"), "people": ("name", "id_number", "phone", "unit_id")}


def duplicates(session: Session, noun: str, apart: Iterable[tuple[str, str]] = ()) -> list[Duplicate]:
    """Return the pairs of `units` or `people` that may be one, the certain ones first; BadInput for another noun.

    `apart` are pairs of ids that a person found to be two.
    """
    if noun not in NOUNS:
        raise BadInput(f"{title_of(noun)}不查重。可以查的有：{'、'.join(map(title_of, NOUNS))}。", noun)
    rows = _rows(session, noun)
    told = {frozenset(pair) for pair in apart}
    found: list[Duplicate] = []
    for sign in SIGNS[noun]:
        for first, second in _sharing(rows, sign):
            pair = frozenset((first["id"], second["id"]))
            if pair not in told and not _differ(noun, first, second):
                told.add(pair)
                keep, other = sorted((first, second), key=lambda row: (-row["filled"], row["id"]))
                names = keep["name"], other["name"]
                found.append(Duplicate(noun, keep["id"], other["id"], *names, sign.words, sign.certain))
    return sorted(found, key=lambda one: (not one.certain, one.name, one.keep))


def _rows(session: Session, noun: str) -> list[Row]:
    model: Any = model_of(noun)
    names = ("id", *READ[noun])
    wanted = [getattr(model, name) for name in names]
    rows = [dict(zip(names, values, strict=True)) for values in session.execute(select(*wanted))]
    whole = session.execute(select(model.__table__))
    filled = {row.id: sum(value not in (None, "", []) for value in row) for row in whole}
    return [{**row, "filled": filled[row["id"]]} for row in rows]


def _sharing(rows: Iterable[Row], sign: _Sign) -> Iterator[tuple[Row, Row]]:
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        key = sign.key(row)
        if key:
            groups[key].append(row)
    for group in groups.values():
        if len(group) <= LARGEST_GROUP:
            yield from combinations(group, 2)


def _differ(noun: str, first: Row, second: Row) -> bool:
    number = NUMBERS[noun]
    return bool(first[number] and second[number] and first[number] != second[number])
