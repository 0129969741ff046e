"""The dated copies of a database: which there are, the daily backup, and which old ones may go."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from desktop.models.database import Database

DAYS_KEPT: Final = 14
"""How many of the daily backups are kept, counted in backups and not by the clock, which may be wrong."""
MONTHS_KEPT: Final = 24
"""Beyond them, of how many months the last daily backup is kept."""
DAILY, BY_HAND = "每日", "手动"
BACKUPS: Final = (DAILY, BY_HAND)
NAME: Final = re.compile(r"-(?:(?P<kind>每日|升级前|恢复前)-)?(?P<moment>\d{8}-\d{6})\.db$")
MOMENT: Final = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, order=True)
class Backup:
    """One copy of a database: when it was made by its name, where it lies, and what it was made for.

    `kind` is 每日, 手动, or 升级前 and 恢复前, which the program keeps beside the database before it changes the file.
    """

    made: datetime
    path: Path
    kind: str

    @property
    def size(self) -> int:
        """The file's bytes; 0 when it has just been taken away."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0


def listed(folder: Path, database: Path) -> list[Backup]:
    """Return the copies of a database in a folder and beside it, the newest first; other databases' are left out."""
    paths = {*folder.glob("*.db"), *database.parent.glob("*.db")}
    found = (_read(path, database.stem) for path in paths)
    return sorted((one for one in found if one is not None), reverse=True)


def _read(path: Path, stem: str) -> Backup | None:
    # By the name, because copying a file to another disk and back may change its time.
    match = NAME.search(path.name)
    if match is None or path.name[: match.start()] != stem:
        return None
    try:
        made = datetime.strptime(match["moment"], MOMENT)
    except ValueError:
        return None
    return Backup(made, path, match["kind"] or BY_HAND)


def newest(folder: Path, database: Path) -> datetime | None:
    """Return when the newest backup was made, daily or by hand."""
    return next((one.made for one in listed(folder, database) if one.kind in BACKUPS), None)


def is_due(folder: Path, database: Path, now: datetime) -> bool:
    """Tell whether none was made today; on a PC whose clock was set back, a backup of a day to come does not count."""
    made = (one.made.date() for one in listed(folder, database) if one.kind in BACKUPS)
    return now.date() not in made


def make(desk: "Database", folder: Path, now: datetime, *, daily: bool = False) -> Path:
    """Write a checked copy of the live database into the folder and return its path (BadInput, StorageFault).

    A daily one makes way for itself: see `spare`. What the clerk asked for by hand is never taken away.
    """
    # The folder is looked at before the window shows, when the database's libraries are not loaded yet.
    from desktop.services import integrity

    kind = f"{DAILY}-" if daily else ""
    target = folder / f"{desk.path.stem}-{kind}{now:{MOMENT}}.db"
    integrity.backup(desk, target)
    if daily:
        for old in spare(listed(folder, desk.path)):
            old.path.unlink(missing_ok=True)
    return target


def spare(found: Iterable[Backup]) -> list[Backup]:
    """Return the daily backups that may go: all but the newest 14 and the last of each of the 24 months before."""
    daily = sorted((one for one in found if one.kind == DAILY), reverse=True)
    months: dict[tuple[int, int], Backup] = {}
    for one in daily[DAYS_KEPT:]:
        months.setdefault((one.made.year, one.made.month), one)
    kept = list(months.values())[:MONTHS_KEPT]
    return [one for one in daily[DAYS_KEPT:] if one not in kept]
