"""Keeps a database as this version writes it: `python -m tests.services.released`, once for each release.

Later versions are tested against every file kept, because such files lie on the offices' disks.
"""

import gzip
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import text

from desktop import VERSION
from desktop.models.database import Database
from desktop.models.tables import NOUNS
from desktop.services import identity, integrity, sample, store

FOLDER = Path(__file__).resolve().parent.parent / "data" / "released"
OPERATOR = "王敏"


def told(database: Database) -> dict[str, Any]:
    """Return what must still be there after any upgrade: the rows of each noun, the commits, the workrooms' names."""
    with store.reading(database) as session:
        counts = {noun: session.execute(text(f'SELECT count(*) FROM "{noun}"')).scalar() for noun in sorted(NOUNS)}
        names = sorted(session.execute(text("SELECT name FROM workrooms")).scalars())
        return {
            "counts": {noun: count for noun, count in counts.items() if count},
            "commits": session.execute(text("SELECT count(*) FROM sync_commit")).scalar(),
            "workrooms": names,
        }


def keep(folder: Path = FOLDER, version: str = VERSION) -> Path:
    """Write a sample county of this version into the folder, with what must be found in it beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "desk.db"
        database = identity.initialise(path, "示例旗总工会", "县级", "内蒙古自治区", operator=OPERATOR)
        with store.writing(database, OPERATOR) as session:
            sample.fill_sample(session, 12)
        found = told(database)
        # A copy by the backup's way holds all, whatever still lies beside the live file.
        integrity.backup(database, Path(place) / "copy.db")
        database.close()
        (folder / f"{version}.db.gz").write_bytes(gzip.compress((Path(place) / "copy.db").read_bytes(), mtime=0))
    (folder / f"{version}.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return folder / f"{version}.db.gz"


if __name__ == "__main__":
    sys.stdout.write(f"{keep()}\n")
