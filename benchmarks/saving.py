"""Saving: one field of one record, durable and signed in the change log, as a share of one frame of the screen."""

import itertools
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from benchmarks.measure import FOLDER, Ratio, median, milliseconds, p95, table
from desktop.models.workroom import Workroom
from desktop.services import sample, store
from desktop.services.identity import initialise

ROUNDS = 200
FRAME_MS = 16.0
OPERATOR = "操作人"


def measure() -> list[Ratio]:
    """Change one field of a workroom in a sample county over and over."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        path = Path(folder, "desk.db")
        with closing(initialise(path, "示例县总工会", "县级", "示例县", operator=OPERATOR)) as database:
            with store.writing(database, OPERATOR) as session:
                sample.fill_sample(session)
            with store.reading(database) as session:
                room = session.scalars(select(Workroom.id)).first()
            words = (f"备注{number}" for number in itertools.count())

            def ours() -> None:
                with store.writing(database, OPERATOR) as session:
                    workroom = session.get(Workroom, room)
                    assert workroom is not None
                    workroom.note = next(words)

            taken = [milliseconds(ours) for _ in range(ROUNDS)]
    against = "one frame, 16 ms"
    return [
        Ratio("save one field, signed and durable, median", median(taken), FRAME_MS, "ms", 0.5, against),
        Ratio("save one field, signed and durable, p95", p95(taken), FRAME_MS, "ms", 1, against),
    ]


if __name__ == "__main__":
    print(table(measure()))
