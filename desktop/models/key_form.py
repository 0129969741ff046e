"""In which form the search keys of a file are, and up to which row they have been made anew in it."""

from typing import Final

CURRENT: Final = 2
"""Raised whenever keys come to be made otherwise: those of files from before are then made again."""
PLACES: Final = 24
ALL: Final = (1 << PLACES) - 1
"""Stands for every row, as in a file that never held keys of an earlier form."""
READ: Final = "PRAGMA user_version"
"""Nothing else of the file uses this number; it is part of each copy and of each transaction."""


def done(version: int) -> int:
    """Return up to which row the keys are in the current form, by the number that the file carries."""
    return version & ALL if version >> PLACES == CURRENT else 0


def write(row: int = ALL) -> str:
    """Return the statement that notes up to which row the keys are in the current form."""
    return f"PRAGMA user_version = {CURRENT << PLACES | min(row, ALL)}"
