"""Exchange: imports against raw field rows, memory, package sizes; and by name the long acceptance runs.

`python -m benchmarks exchange` measures; `python -m benchmarks.exchange long` runs 5,000 histories, 10,000 mutants, all
720 orders and 500 kills, and prints one line for each.
"""

import random
import shutil
import signal
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
from itertools import permutations
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from benchmarks.measure import ROOT, Ratio, median, milliseconds
from desktop.errors import BadPackage
from desktop.models.workroom import Workroom
from desktop.services import identity, integrity
from tests.services import histories
from tests.services.desks import Desk, make_desk, pack, settle, state_of, tables_of, take
from tests.services.test_convergence import CHILD, copy_of, deltas
from tests.sync.test_package import mutants

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


def many_mutants(count: int = 10_000) -> str:
    """Offer mutants of a package; none may be taken and no byte of the database change."""
    with offices() as (folder, city, county):
        county.workroom("焊接", leader_id=county.person(id_number="1"))
        data = pack(county, city, folder).read_bytes()
        city.database.close()
        before = city.path.read_bytes()
        taken = 0
        for mutant in mutants(data, count):
            if mutant != data:
                (folder / "mutant").write_bytes(mutant)
                try:
                    take(city, folder / "mutant")
                    taken += 1
                except BadPackage:
                    pass
        city.database.close()
        return f"{count} mutants: {taken} taken, bytes unchanged: {city.path.read_bytes() == before}"


def all_orders() -> str:
    """Take six packages in all 720 orders, each twice."""
    with offices() as (folder, city, county):
        parcels = deltas(folder, city, county, 6)
        found = set()
        for number, order in enumerate(permutations(parcels)):
            replica = copy_of(city, folder, f"order{number}")
            for parcel in [*order, *order]:
                take(replica, parcel)
            found.add((state_of(replica), repr(tables_of(replica))))
            replica.database.close()
            shutil.rmtree(folder / f"order{number}")
        return f"720 orders: {len(found)} state(s)"


def many_kills(count: int = 500) -> str:
    """Kill an importing process at random instants; the file must hold all of it or nothing."""
    torn, whole = 0, 0
    with offices() as (folder, city, county):
        fill(county, 300, apart=False)
        parcel = pack(county, city, folder)
        seeded = random.Random(1)
        for number in range(count):
            replica = copy_of(city, folder, f"kill{number}")
            replica.database.close()
            command = [sys.executable, "-c", CHILD, str(replica.path), str(parcel)]
            with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as child:
                assert child.stdout is not None
                child.stdout.readline()
                time.sleep(seeded.random() * 0.15)
                child.send_signal(signal.SIGKILL)
            replica = Desk(replica.path, identity.open_desk(replica.path))
            held = replica.value("SELECT count(*) FROM workrooms")
            torn += held not in (0, 300) or not integrity.verify(replica.database)["ok"]
            whole += held == 300
            replica.database.close()
            shutil.rmtree(folder / f"kill{number}")
    return f"{count} kills: {torn} partial, {whole} after the commit"


def many_histories(count: int = 5_000, each: int = 10, steps: int = 60) -> str:
    """Run random histories, a third of them with copies set back, in fresh offices every `each`."""
    started = time.perf_counter()
    done = 0
    for seed in range(count // each):
        folder = Path(tempfile.mkdtemp(prefix="history-"))
        done += histories.run(folder, seed, each, steps, set_back=seed % 3 == 2)
        sys.stderr.write(f"\r{(seed + 1) * each} histories, {time.perf_counter() - started:.0f} s")
    return f"{count} histories, {done} steps: 0 divergences"


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


LONG: dict[str, Callable[[], str]] = {
    "edits": fifty_edits,
    "memory": large_import,
    "mutants": many_mutants,
    "orders": all_orders,
    "kills": many_kills,
    "histories": many_histories,
}


if __name__ == "__main__":
    chosen = [name for name in sys.argv[1:] if name in LONG] or list(LONG)
    for name in chosen:
        print(LONG[name](), flush=True)
