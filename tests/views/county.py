"""A sample county in a file, as an office keeps it."""

from pathlib import Path

from desktop.services import identity, store
from desktop.services.sample import fill_sample

LAWS = ("nm-2026-build", "nm-2026-fund")
OPERATOR = "王敏"


def make_county(path: Path, workrooms: int = 12, regulations: tuple[str, ...] = LAWS) -> Path:
    """Make an office's database with a sample county (0.15 s)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = identity.initialise(path, "左旗总工会", "县级", "左旗", regulations=regulations, operator=OPERATOR)
    try:
        with store.writing(made, OPERATOR) as session:
            fill_sample(session, workrooms)
    finally:
        made.close()
    return path
