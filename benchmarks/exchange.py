"""Exchange: imports against raw field rows, memory, package sizes; and by name the long acceptance runs.

`python -m benchmarks exchange` measures; `python -m benchmarks.exchange histories kills …` runs the long runs of
`benchmarks.endurance` and prints one line for each; `histories=2000:7` runs 2,000 from seed 7 on.
"""

import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from benchmarks.measure import ROOT, Ratio, median, milliseconds
from desktop.models.workroom import Workroom
from desktop.services import integrity
from tests.services import histories
from tests.services.desks import Desk, make_desk, pack, settle, take

SMALL, LARGE = 5_000, 50_000
MEMORY = (
    "import sys; from pathlib import Path; from desktop.services import exchange, identity; "
    "desk = identity.open_desk(Path(sys.argv[1])); exchange.import_package(desk, Path(sys.argv[2])); "
    # Not ru_maxrss: that includes what the parent held when it started this process.
    "print(int(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]) // 1024)"
)


def measure() -> list[Ratio]:
    """Import 5,000 workrooms of 20 fields beside raw field rows, from one transaction and from 5,000."""
    found = []
    for words, apart in (("one transaction", False), ("5,000 transactions", True)):
        with offices() as (folder, city, county):
            fill(county, SMALL, apart)
            parcel = pack(county, city, folder)
            raw = median([raw_field_rows(folder / f"raw{turn}.db", SMALL) for turn in range(3)])
            taken = milliseconds(partial(take, city, parcel))
            found.append(Ratio(f"import of 5,000 × 20 fields, {words}", taken, raw, "ms", 8, "raw field rows"))
            if not apart:
                size = parcel.stat().st_size / 1000
                found.append(Ratio("full package of them", size, zipped(county) / 1000, "kB", 3, "the zipped database"))
    return found


@contextmanager
def offices() -> Iterator[tuple[Path, Desk, Desk]]:
    """A city and a county beneath it, in a folder of their own."""
    folder = Path(tempfile.mkdtemp(prefix="exchange-"))
    city = make_desk(folder, "甲市总工会", "市级")
    county = make_desk(folder, "乙县总工会", "县级", city)
    try:
        yield folder, city, county
    finally:
        for desk in (city, county):
            desk.database.close()
        shutil.rmtree(folder)


def fill(desk: Desk, count: int, apart: bool) -> None:
    """Add workrooms with twenty filled fields, in one transaction or in one each."""
    rows = [workroom(desk.office, number) for number in range(count)]
    if not apart:
        with desk.edit() as session:
            session.execute(insert(Workroom), rows)
        return
    histories.hurry(desk)
    with desk.database.writing() as session:
        for row in rows:
            session.execute(insert(Workroom), [row])
            session.commit()


def workroom(office: str, number: int) -> dict[str, Any]:
    """Return one workroom's twenty fields, hardly two alike."""
    seeded = random.Random(number)
    words = ("焊接", "数控", "检修", "调度", "质检", "测量", "装配", "电气", "节能", "安全")
    text = [seeded.choice(words) + seeded.choice(words) + str(seeded.randrange(10_000)) for _ in range(9)]
    names = ("name", "industry", "region", "venue_address", "contact", "equipment_note", "note", "workroom_category")
    return {
        **dict(zip(names, text, strict=False)),
        "id": str(uuid.UUID(int=seeded.getrandbits(128), version=4)),
        "office_id": office,
        "phone": f"138{seeded.randrange(10**8):08d}",
        "kind": "劳模",
        "level": "县级",
        "state": "已建成",
        "venue_signs": [text[8]],
        "systems": ["例会制度"],
        "unit_funding_fen": seeded.randrange(10**7),
        "venue_fixed": True,
        "equipment_ready": True,
        "topics_defined": False,
        "goals_defined": True,
        "development_plan": True,
    }


def raw_field_rows(path: Path, count: int) -> float:
    """Write as many field rows with executemany, keyed as a log of fields must be; return the ms that this took."""
    rows = [
        ("workrooms", row["id"], name, "a" * 64, str(value))
        for row in (workroom("o", number) for number in range(count))
        for name, value in row.items()
        if name != "id"
    ]
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute("CREATE TABLE f (noun, id, field, hash, value, PRIMARY KEY (noun, id, field, hash)) WITHOUT ROWID")
        return milliseconds(partial(_write, raw, rows))


def _write(raw: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    raw.execute("BEGIN")
    raw.executemany("INSERT INTO f VALUES (?, ?, ?, ?, ?)", rows)
    raw.execute("COMMIT")


def zipped(desk: Desk) -> int:
    """Return the size of the zipped database file in bytes."""
    target = desk.path.with_suffix(".zip")
    integrity.backup(desk.database, desk.path.with_suffix(".copy"))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(desk.path.with_suffix(".copy"))
    return target.stat().st_size


def large_import() -> str:
    """Import 50,000 workrooms in a process of its own and tell seconds and peak memory."""
    with offices() as (folder, city, county):
        fill(county, LARGE, apart=False)
        parcel = pack(county, city, folder)
        city.database.close()
        started = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", MEMORY, str(city.path), str(parcel)], cwd=ROOT, stdout=subprocess.PIPE, check=True
        )
        seconds = time.perf_counter() - started
        size = parcel.stat().st_size / 1e6
        return f"50,000 workrooms: {seconds:.1f} s, peak {int(done.stdout)} MB, package {size:.1f} MB"


def settled(city: Desk, county: Desk, folder: Path) -> int:
    """Return the bytes of a package of 50 edits between offices that know each other's state."""
    rows = [county.workroom(f"工作室{number}") for number in range(50)]
    settle([city, county], folder)
    for number, row in enumerate(rows):
        county.run("UPDATE workrooms SET note = :note WHERE id = :id", note=f"第{number}次修改", id=row)
    return pack(county, city, folder).stat().st_size


def fifty_edits() -> str:
    """Measure the package of 50 edits."""
    with offices() as (folder, city, county):
        return f"50 edits: {settled(city, county, folder)} bytes"


SIZES: dict[str, Callable[[], str]] = {"edits": fifty_edits, "memory": large_import}


if __name__ == "__main__":
    from benchmarks import endurance

    endurance.main(sys.argv[1:], SIZES)
