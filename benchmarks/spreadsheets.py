"""Workbooks: reading and writing a long list, and importing a whole region, against openpyxl and raw executemany."""

import itertools
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from benchmarks.dataset import FIELDS, GIVEN, LEVELS, PLACES, SURNAMES, TRADES
from benchmarks.measure import FOLDER, Ratio, alternating, median, milliseconds, table
from desktop.models.database import Database
from desktop.rules.identity_numbers import id_check_character
from desktop.services import spreadsheet, store
from desktop.services.identity import initialise, open_desk
from desktop.services.search import keys as search_keys
from desktop.services.search import pinyin, syllables
from desktop.services.sheet.kinds import table_of
from desktop.spreadsheets.reader import read_workbook
from desktop.spreadsheets.table import Column, Table
from desktop.spreadsheets.writer import write_table

ROWS, WIDTH = 60_000, 12
ROUNDS = 3
FEW, ROOMS, MEMBERS_EACH, OUTCOMES_EACH = 1_000, 5_000, 12, 6
LISTS = ("workrooms", "members", "outcomes")
WRITTEN = ("units", "people", "workrooms", "members", "outcomes")
OPERATOR = "操作人"


def region(folder: Path, rooms: int) -> dict[str, Path]:
    """Write the three lists of a region of `rooms` workrooms as workbooks, ID numbers and dates in them."""
    chance, numbers = random.Random(rooms), itertools.count()
    units = [f"{chance.choice(PLACES)}{chance.choice(TRADES)}{number:05d}有限公司" for number in range(rooms // 3)]
    made = [
        (f"{_name(chance)}{chance.choice(FIELDS)}创新工作室{number:05d}", chance.choice(units))
        for number in range(rooms)
    ]
    rows = {
        "workrooms": [_room(chance, name, unit) for name, unit in made],
        "members": [_member(chance, numbers, name, place) for name, _ in made for place in range(MEMBERS_EACH)],
        "outcomes": [_outcome(chance, name, place) for name, _ in made for place in range(OUTCOMES_EACH)],
    }
    files = {kind: folder / f"{kind}-{rooms}.xlsx" for kind in LISTS}
    for kind, file in files.items():
        write_table(table_of(kind), rows[kind], file)
    return files


def _name(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))


def _day(chance: random.Random, first: int = 2015, last: int = 2025) -> str:
    return f"{chance.randint(first, last)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"


def _room(chance: random.Random, name: str, unit: str) -> dict[str, Any]:
    return {
        "name": name, "unit_name": unit, "level": chance.choice(LEVELS), "established_on": _day(chance),
        "industry": chance.choice(TRADES), "region": chance.choice(PLACES), "venue_area_sqm": chance.randint(20, 200),
        "contact": _name(chance), "phone": f"13{chance.randrange(10**9):09d}",
    }  # fmt: skip


def _member(chance: random.Random, numbers: Iterator[int], room: str, place: int) -> dict[str, Any]:
    born = _day(chance, 1966, 2003)
    serial = next(numbers)
    first = f"1{serial // 1000 % 5 + 1}{serial // 5000:04d}{born.replace('-', '')}{serial % 1000:03d}"
    return {
        "workroom": room, "name": _name(chance) + "甲乙丙丁戊己庚辛壬癸子丑"[place],
        "id_number": first + id_check_character(first),
        "phone": f"13{chance.randrange(10**9):09d}", "birth_date": born, "education": "本科",
        "speciality": chance.choice(FIELDS), "role": "骨干成员" if place % 2 else "参与人员", "joined_on": _day(chance),
    }  # fmt: skip


def _outcome(chance: random.Random, room: str, place: int) -> dict[str, Any]:
    return {
        "workroom": room, "name": f"{chance.choice(TRADES)}{chance.choice(FIELDS)}改进{place}{chance.randrange(10**6)}",
        "date": _day(chance), "completed_by": _name(chance),
    }  # fmt: skip


def imported(folder: Path, files: dict[str, Path]) -> tuple[float, Path]:
    """Import the lists into a new office's file, checked, logged and signed; return the time in ms and the file."""
    path = folder / "import.db"
    _remove(path)
    with closing(initialise(path, "示例市总工会", "市级", "示例市", operator=OPERATOR)) as database:
        taken = sum(milliseconds(partial(_import, database, kind, files[kind])) for kind in LISTS)
        with database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return taken, path


def _import(database: Database, kind: str, file: Path) -> None:
    with store.writing(database, OPERATOR) as session:
        report = spreadsheet.import_rows(session, kind, file)
    if report.errors or report.created != report.rows:
        raise RuntimeError(f"{kind}: {report.created} of {report.rows}")


def poured(folder: Path, path: Path) -> float:
    """Put an import's rows into an empty file of the same tables and indexes with executemany, in one transaction."""
    with closing(sqlite3.connect(path)) as source:
        rows = {noun: source.execute(f"SELECT * FROM {noun}").fetchall() for noun in WRITTEN}
    copy = folder / "raw.db"
    _remove(copy)
    initialise(copy, "示例市总工会", "市级", "示例市", operator=OPERATOR).close()
    with closing(sqlite3.connect(copy, isolation_level=None)) as target:
        target.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
        for (name,) in target.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            target.execute(f"DROP TRIGGER {name}")
        return milliseconds(lambda: _pour(target, rows))


def _pour(target: sqlite3.Connection, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    target.execute("BEGIN IMMEDIATE")
    for noun, found in rows.items():
        target.executemany(f"INSERT INTO {noun} VALUES ({', '.join('?' * len(found[0]))})", found)
    target.execute("COMMIT")


def _remove(path: Path) -> None:
    for file in path.parent.glob(f"{path.name}*"):
        shutil.rmtree(file) if file.is_dir() else file.unlink()


def measure() -> list[Ratio]:
    """Read and write a long list, then import a region; the cost of a workroom is held against that of fewer."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as name:
        folder = Path(name)
        return [*_workbooks(folder), *_imports(folder)]


def _workbooks(folder: Path) -> list[Ratio]:
    columns = tuple(table_of("members").columns[:WIDTH])
    chance, numbers = random.Random(ROWS), itertools.count()
    rows = [_member(chance, numbers, "示例创新工作室", place % MEMBERS_EACH) for place in range(ROWS)]
    ours, theirs = folder / "ours.xlsx", folder / "theirs.xlsx"
    book = Table("members", "成员", columns)
    written = (
        milliseconds(lambda: write_table(book, rows, ours)),
        milliseconds(lambda: _write_all(columns, rows, theirs)),
    )
    read = alternating(
        ROUNDS, lambda: milliseconds(lambda: read_workbook(ours)), lambda: milliseconds(lambda: _read_all(ours))
    )
    our_reading, their_reading = map(median, read)
    size = f"{ROWS:,} × {WIDTH}"
    return [
        Ratio(f"write a workbook of {size}", *written, "ms", 1 / 1.5, "openpyxl"),
        Ratio(f"read a workbook of {size}", our_reading, their_reading, "ms", 1 / 8, "openpyxl"),
    ]


def _write_all(columns: tuple[Column, ...], rows: list[dict[str, Any]], out: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([column.title for column in columns])
    for row in rows:
        sheet.append([row.get(column.name) for column in columns])
    book.save(out)


def _read_all(file: Path) -> None:
    for row in load_workbook(file).worksheets[0].iter_rows(values_only=True):
        assert row


def _imports(folder: Path) -> list[Ratio]:
    taken = {}
    for rooms in (FEW, ROOMS):
        ours, path = imported(folder, region(folder, rooms))
        taken[rooms] = ours, poured(folder, path), keyed(path)
    (few, _, few_keys), (ours, raw, keys) = taken[FEW], taken[ROOMS]
    work = f"import {ROOMS:,} workrooms, {ROOMS * MEMBERS_EACH:,} members, {ROOMS * OUTCOMES_EACH:,} outcomes"
    times = ROOMS / FEW
    linear = f"{times:g} × those of {FEW:,}"
    return [
        Ratio(work, ours, raw, "ms", 8, "raw executemany"),
        Ratio(f"the same, growth from {FEW:,}", ours, few * times, "ms", 1.2, linear),
        Ratio(f"search keys of {ROOMS:,} workrooms, growth", keys, few_keys * times, "ms", 1.2, linear),
    ]


def keyed(path: Path) -> float:
    """Make every search key, no reading remembered; return the time in ms. A long import leaves them to be made after.

    A short import has made its keys within its commit: what it remembers of them would flatter the shorter list.
    """
    for remembered in (pinyin.name_reading, pinyin.reading, syllables.word_syllables, syllables.syllable):
        remembered.cache_clear()
    with closing(open_desk(path)) as database, store.writing(database, OPERATOR) as session:
        return milliseconds(lambda: search_keys.rebuild(session))


if __name__ == "__main__":
    print(table(measure()))
