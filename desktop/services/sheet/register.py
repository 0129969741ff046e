"""What an import looks up in the register, read once, and the records that it is going to put there."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cache
from itertools import islice
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.base import new_id
from desktop.models.workroom import Workroom
from desktop.services import identity
from desktop.services.record import checks as record_checks
from desktop.services.record import values as record_values
from desktop.services.record.fields import field_map, model_of, title_of, to_json_value
from desktop.services.record.insertion import insert_checked
from desktop.services.record.json import all_to_json
from desktop.services.records import store_records
from desktop.services.search.pinyin import name_reading
from desktop.services.sheet.comparing import same, words_of
from desktop.services.sheet.index import By, Index
from desktop.services.sheet.kinds import table_of
from desktop.services.sheet.report import Added, ImportReport, Line, Match, Similar
from desktop.spreadsheets.table import CellError

Row = dict[str, Any]
# Put in this order, so that what is referred to is there first.
AT_ONCE: Final = 6000
"""Records put between two reports of how far the work is."""
SHOWN_NEW: Final = 200
"""New rows that a preview shows."""
ORDER: Final = (
    "units", "people", "workrooms", "members", "outcomes", "allocations", "allocation_lines", "expenditures", "experts",
)  # fmt: skip


NONE: Final = frozenset[str]()
NO_IDS: Final[Sequence[str]] = ()


@cache
def _blank(noun: str) -> Row:
    """Return the values of a new record of which nothing is known, in JSON form."""
    return {name: to_json_value(spec, spec.fresh()) for name, spec in field_map(noun).items()}


@cache
def _dates_checked(noun: str) -> tuple[str, ...]:
    """Return the fields with a date that the entry checks look at, by their outside names."""
    specs = field_map(noun)
    return tuple(name for name in record_checks.CHECKED.get(noun, NONE) if specs[name].type == "date")


@dataclass(frozen=True)
class Choices:
    """What a person decided over the preview, by cell as the report names it.

    `left` are (cell of a match, title of a field) that stay as they are stored; `same` gives for the cell of a name the
    id of the record that it stands for.
    """

    left: Collection[tuple[str, str]] = ()
    same: Mapping[str, str] = field(default_factory=dict)

    def rows(self) -> frozenset[tuple[str, int, str]]:
        """Return (sheet, row from 0, title) of the fields that stay."""
        found = ((*cell.rpartition("!")[::2], title) for cell, title in self.left)
        return frozenset((sheet, int("".join(filter(str.isdigit, place))) - 1, title) for sheet, place, title in found)


@dataclass
class Register:
    """The register's records by what lists call them, together with those an import adds."""

    session: Session
    report: ImportReport
    office_id: str | None = None
    rows: dict[str, dict[str, Row]] = field(default_factory=dict)
    index: dict[str, dict[By, Index]] = field(default_factory=lambda: defaultdict(dict))
    planned: dict[str, dict[str, Row]] = field(default_factory=lambda: defaultdict(dict))
    new: dict[str, dict[str, Row]] = field(default_factory=lambda: defaultdict(dict))
    taken: set[str] = field(default_factory=set)
    seen: dict[tuple[Any, ...], Line] = field(default_factory=dict)
    choices: Choices = field(default_factory=Choices)
    row: tuple[str, int] = ("", 0)
    sounds: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.office_id = identity.office_id_if_any(self.session)
        self.stays = self.choices.rows()

    def all(self, noun: str) -> dict[str, Row]:
        """Return every record of a noun in JSON form by id, those planned included."""
        rows = self.rows.get(noun)
        if rows is None:
            found = self.session.scalars(select(model_of(noun)))
            rows = self.rows[noun] = {row["id"]: row for row in all_to_json(self.session, noun, list(found))}
        return rows

    def find(self, noun: str, by: By, value: Any) -> Sequence[str]:
        """Return the ids of records whose field (or fields) `by` has the value; names compare without spaces."""
        index = self.index[noun].get(by)
        if index is None:
            index = self.index[noun][by] = Index(by)
            for row in self.all(noun).values():
                index.enter(row)
        return index.ids.get(index.key(value), NO_IDS)

    def add(self, noun: str, values: Row, record_id: str = "") -> str:
        """Plan a new record and return its id; it can be found from now on."""
        made = record_id.lower() or new_id()
        row = _blank(noun) | values
        row["id"] = made
        if self.office_id and row.get("office_id", "") is None:
            row["office_id"] = self.office_id
        self.new[noun][made] = row
        self.all(noun)[made] = row
        for index in self.index[noun].values():
            index.enter(row)
        return made

    def change(self, noun: str, record_id: str, values: Row) -> list[tuple[str, str, str]]:
        """Plan the given values of a known record; return what differs as (title, stored, given)."""
        stored, specs = self.all(noun)[record_id], field_map(noun)
        different = {name: value for name, value in values.items() if not same(stored.get(name), value)}
        if self.stays and record_id not in self.new[noun]:
            different = {
                name: value for name, value in different.items() if (*self.row, specs[name].title) not in self.stays
            }
        differences = [
            (specs[name].title, words_of(stored.get(name)), words_of(value)) for name, value in different.items()
        ]
        if different:
            if record_id not in self.new[noun]:
                self.planned[noun].setdefault(record_id, {"id": record_id}).update(different)
            stored.update(different)
        return differences

    def holds(self, noun: str, record_id: str, values: Row) -> bool:
        """Tell whether a record has all the given values already."""
        stored = self.all(noun)[record_id]
        return all(same(stored.get(name), value) for name, value in values.items())

    def keep(
        self, noun: str, line: Line, values: Row, existing: str, cell: str, also: Iterable[tuple[str, str, str]] = ()
    ) -> str:
        """Plan a row of the list itself: a change of the record it stands for, or a new one; count it.

        `also` are differences of other records that the same row holds.
        """
        if not existing:
            self.report.created += 1
            if len(self.report.added) < SHOWN_NEW:
                self.report.added.append(_added(self.report.kind, line, cell))
            record_id = self.add(noun, values, line.get("id"))
            self._check(noun, line, record_id, values)
            return record_id
        self.taken.add(existing)
        differences = [*self.change(noun, existing, values), *also]
        self._check(noun, line, existing, values)
        if differences:
            self.report.updated += 1
        else:
            self.report.unchanged += 1
        words = f"已有这条{title_of(noun)}，将更新填写的内容" if differences else "与已有内容相同，不改动"
        self.report.matches.append(Match(line.cell(cell), existing, words, tuple(differences)))
        return existing

    def _check(self, noun: str, line: Line, record_id: str, changed: Collection[str]) -> None:
        check_row(self.report, noun, line, self.all(noun)[record_id], changed)

    def check_unplaced(self, noun: str, line: Line, values: Row) -> None:
        """Hold values against the entry checks although no record can be planned for them."""
        check_row(self.report, noun, line, {**_blank(noun), **values}, values)

    def own_id(self, noun: str, line: Line) -> str:
        """Return the id a row carries when the register has that record, else ""."""
        given = str(line.get("id")).lower()
        if given and not record_values.is_id(given):
            self.report.errors.append(line.error("id", "不是本程序的编号。新增的行请把这一格清空"))
            line.values.pop("id")
        return given if given in self.all(noun) else ""

    def like(self, noun: str, line: Line, cell: str, name: str, among: Iterable[str] | None = None) -> str:
        """Return the record that a person takes a new name for; tell of those kept whose names sound the same.

        `among` are the ids to compare with, every record kept before the import without it.
        """
        chosen = self.choices.same.get(line.cell(cell), "")
        if chosen in self.all(noun):
            return chosen
        ids = self._sounding(noun).get(name_reading(name).full, ()) if among is None else among
        new, rows = self.new[noun], self.all(noun)
        for one in ids:
            if one in new:
                continue
            kept = rows[one]["name"]
            if name_reading(kept).full == name_reading(name).full:
                self.report.similar.append(Similar(line.cell(cell), name, noun, one, kept, "读音相同"))
        return ""

    def _sounding(self, noun: str) -> dict[str, list[str]]:
        if noun not in self.sounds:
            sounds = self.sounds[noun] = defaultdict(list)
            for row in self.all(noun).values():
                if row["id"] not in self.new[noun]:
                    sounds[name_reading(row["name"]).full].append(row["id"])
        return self.sounds[noun]

    def repeated(self, line: Line, cell: str, *key: Any) -> bool:
        """Tell whether an earlier row of the file stands for the same thing, and report it."""
        earlier = self.seen.setdefault(key, line)
        if earlier is not line:
            place = f"“{earlier.sheet}”第{earlier.number}行" if earlier.sheet else f"第{earlier.number}行"
            self.report.errors.append(line.error(cell, f"与{place}重复，请合并为一行"))
        return earlier is not line

    def workroom(self, line: Line) -> str:
        """Return the id of the workroom a row names, or report that the register has none or several."""
        name = line.get("workroom")
        found = self.find("workrooms", "name", name) if name else []
        if len(found) == 1:
            return found[0]
        if name:
            self.report.errors.append(line.error("workroom", self._unknown_workroom(name, found)))
        return ""

    def _unknown_workroom(self, name: str, found: Sequence[str]) -> str:
        if found:
            return f"台账中有{len(found)}个同名的工作室，请先在台账中区分名称"
        names = [row["name"] for row in self.all(Workroom.__tablename__).values()]
        near = get_close_matches(name, names, n=1, cutoff=0.6)
        hint = f"，是不是“{near[0]}”" if near else ""
        return f"台账中没有这个工作室{hint}；请先导入工作室，或改成台账中的名称"

    def write(self, report: Callable[[int, int], None]) -> None:
        """Put everything planned, in an order in which every reference is there; `report` hears (done, total)."""
        total, done = sum(len(self.new[noun]) + len(self.planned[noun]) for noun in ORDER), 0
        for noun in ORDER:
            for put, rows in ((insert_checked, self.new[noun]), (store_records, self.planned[noun])):
                waiting = iter(rows.values())
                while part := list(islice(waiting, AT_ONCE)):
                    put(self.session, noun, part)
                    done += len(part)
                    report(done, total)

    def let_go(self, lines: list[Line]) -> None:
        """Give back what was read bit by bit: all at once it would hold up every other thread."""
        indexes = (index.ids for found in self.index.values() for index in found.values())
        held: list[dict[Any, Any]] = [
            *self.new.values(),
            *self.planned.values(),
            *self.rows.values(),
            self.seen,
            *indexes,
        ]
        for things in held:
            while things:
                things.popitem()
        while lines:
            lines.pop()

    def count_made(self, own: str) -> None:
        """Tell in the report what else is made besides the list's own records."""
        for noun in ORDER:
            if noun != own and self.new[noun]:
                self.report.made[noun] = len(self.new[noun])


def _added(kind: str, line: Line, cell: str) -> Added:
    titles = {column.name: column.title for column in table_of(kind).columns}
    said = [
        f"{titles[name]} {words_of(value)}" for name, value in line.values.items() if name in titles and name != cell
    ]
    return Added(line.cell(cell), str(line.get(cell)), "；".join(said))


def check_row(report: ImportReport, noun: str, line: Line, row: Row, changed: Collection[str]) -> None:
    """Hold a whole record against the entry checks: what forbids it is an error, the rest a warning."""
    checked = record_checks.CHECKED.get(noun, NONE)
    if checked.isdisjoint(changed):
        return
    # Only what the checks look at is wanted in stored form, not the whole record.
    stored = {name: row[name] for name in checked}
    for name in _dates_checked(noun):
        if stored[name]:
            stored[name] = date.fromisoformat(stored[name])
    for remark in record_checks.remarks(noun, stored, changed):
        found: list[CellError] = report.errors if remark.blocking else report.warnings
        found.append(line.error(remark.field, remark.message.split("”", 1)[-1]))
