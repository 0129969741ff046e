"""The long acceptance runs of the exchange: histories, previews and undos, mutants, orders, kills, a full disk.

Each takes how many and a first seed, so that a run can be done in portions with fresh seeds, and returns one line.
"""

import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path

from benchmarks.exchange import fill, offices
from benchmarks.measure import ROOT, median
from desktop.errors import BadPackage
from desktop.services import identity, integrity
from tests.services import histories, import_stories
from tests.services.desks import Desk, pack, state_of, tables_of, take
from tests.services.test_convergence import CHILD, copy_of, deltas, fault_of, limit_pages
from tests.sync.test_package import mutants

EACH, STEPS = 10, 60
"""Histories in one set of offices, and steps of a history."""
MEMORY = Path("/dev/shm")
"""Histories do not ask whether a disk keeps what it was given, so where there is one they use a disk in memory."""
ROWS = 300
OVERRUN = 1.15
"""Kills fall at random within the time of an import and a little longer, so that some come after the commit."""


def many_histories(count: int = 5_000, seed: int = 0) -> str:
    """Run random histories in fresh offices every ten: a third with copies set back, a quarter with a second PC."""
    started, done = time.perf_counter(), 0
    diverged: list[int] = []
    for number in range(-(-count // EACH)):
        folder = Path(tempfile.mkdtemp(prefix="history-", dir=MEMORY if MEMORY.is_dir() else None))
        try:
            place = seed + number
            done += histories.run(folder, place, EACH, STEPS, set_back=place % 3 == 2, second_pc=place % 4 == 1)
        except Exception:
            # The others are run all the same, so that one sees whether one seed fails or many.
            diverged.append(seed + number)
            sys.stderr.write(f"\nseed {seed + number}, files left in {folder}:\n{traceback.format_exc()}")
        told = f"{done // STEPS} histories, {len(diverged)} seeds diverged, {time.perf_counter() - started:.0f} s"
        sys.stderr.write(f"\r{told}")
        sys.stderr.flush()
    found = f"divergences with the seeds {diverged}" if diverged else "0 divergences"
    return f"{done // STEPS} histories, {done} steps: {found}"


def many_imports(count: int = 1_000, seed: int = 0) -> str:
    """Preview, take in and take back imports until `count` of each were checked."""
    total = import_stories.Tally()
    while min(total.previews, total.last + total.earlier) < count:
        found = import_stories.run(Path(tempfile.mkdtemp(prefix="imports-")), seed, histories=4, steps=40)
        seed += 1
        for name in vars(total):
            setattr(total, name, getattr(total, name) + getattr(found, name))
        sys.stderr.write(f"\r{total}")
    return (
        f"{total.previews} previews equal to the outcome, {total.last} imports taken back exactly, "
        f"{total.earlier} earlier ones sparing later edits, {total.refused} refused in words"
    )


def many_mutants(count: int = 10_000, seed: int = 1) -> str:
    """Offer mutants of a package; none may be taken and no byte of the database change."""
    with offices() as (folder, city, county):
        county.workroom("焊接", leader_id=county.person(id_number="1"))
        data = pack(county, city, folder).read_bytes()
        city.database.close()
        before = city.path.read_bytes()
        taken = 0
        for mutant in mutants(data, count, seed):
            if mutant != data:
                (folder / "mutant").write_bytes(mutant)
                try:
                    take(city, folder / "mutant")
                    taken += 1
                except BadPackage:
                    pass
        city.database.close()
        return f"{count} mutants: {taken} taken, bytes unchanged: {city.path.read_bytes() == before}"


def all_orders(_count: int = 720, _seed: int = 0) -> str:
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


@contextmanager
def importing(replica: Desk, parcel: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that takes a package into a closed file; entered when it is about to begin."""
    command = [sys.executable, "-c", CHILD, str(replica.path), str(parcel)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as child:
        assert child.stdout is not None
        child.stdout.readline()
        yield child


def _duration(city: Desk, folder: Path, parcel: Path) -> float:
    times = []
    for number in range(3):
        replica = copy_of(city, folder, f"whole{number}")
        replica.database.close()
        with importing(replica, parcel) as child:
            started = time.perf_counter()
            assert child.stdout is not None
            child.stdout.readline()
            times.append(time.perf_counter() - started)
    return median(times)


def many_kills(count: int = 500, seed: int = 1) -> str:
    """Kill an importing process at random instants; the file holds all of it or nothing, and the retry all."""
    torn, whole, healed = 0, 0, 0
    with offices() as (folder, city, county):
        fill(county, ROWS, apart=False)
        parcel = pack(county, city, folder)
        span, seeded = _duration(city, folder, parcel) * OVERRUN, random.Random(seed)
        for number in range(count):
            replica = copy_of(city, folder, f"kill{number}")
            replica.database.close()
            with importing(replica, parcel) as child:
                time.sleep(seeded.random() * span)
                child.send_signal(signal.SIGKILL)
            replica = Desk(replica.path, identity.open_desk(replica.path))
            held = replica.value("SELECT count(*) FROM workrooms")
            torn += held not in (0, ROWS) or not integrity.verify(replica.database)["ok"]
            whole += held == ROWS
            take(replica, parcel)
            healed += replica.value("SELECT count(*) FROM workrooms") == ROWS
            replica.database.close()
            shutil.rmtree(folder / f"kill{number}")
    return f"{count} kills: {torn} partial, {whole} after the commit, {healed} retries complete"


def full_disk(most: int = 200, _seed: int = 0) -> str:
    """Let the disk be full after each page that an import adds; nothing changes, and the retry takes in everything."""
    refused, changed, healed = 0, 0, 0
    with offices() as (folder, city, county):
        for number in range(5):
            county.workroom(f"工作室{number}", note="长" * 3000)
        parcel = pack(county, city, folder)
        for room in range(most):
            replica = copy_of(city, folder, f"full{room}")
            before = tables_of(replica), replica.rows("SELECT id, hash FROM sync_commit")
            limit_pages(replica, replica.value("PRAGMA page_count") + room)
            fault = fault_of(replica, parcel)
            refused += bool(fault)
            after = tables_of(replica), replica.rows("SELECT id, hash FROM sync_commit")
            changed += bool(fault) and after != before
            limit_pages(replica, 1 << 30)
            take(replica, parcel)
            healed += replica.value("SELECT count(*) FROM workrooms") == 5
            replica.database.close()
            shutil.rmtree(folder / f"full{room}")
            if not fault:
                break
    return f"full disk at {refused} pages: {changed} changed anything, {healed} of {room + 1} retries complete"


LONG: Mapping[str, Callable[[int, int], str]] = {
    "mutants": many_mutants,
    "orders": all_orders,
    "kills": many_kills,
    "full": full_disk,
    "imports": many_imports,
    "histories": many_histories,
}


def main(asked: Sequence[str], sizes: Mapping[str, Callable[[], str]]) -> None:
    """Run what was asked, or everything; `name=count:seed` runs a portion."""
    for word in asked or [*sizes, *LONG]:
        name, _, portion = word.partition("=")
        if name in sizes:
            print(sizes[name](), flush=True)
            continue
        count, _, seed = portion.partition(":")
        given = {"count": int(count)} if count and name not in ("full", "orders") else {}
        run: Callable[..., str] = LONG[name]
        print(run(**given, **({"seed": int(seed)} if seed else {})), flush=True)
