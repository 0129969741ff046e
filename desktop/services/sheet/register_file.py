"""A register as a file: a workbook to go on counting in, or ruled paper to print and file, as its ending says."""

from collections.abc import Callable
from pathlib import Path

from desktop.errors import BadInput

Writer = Callable[[Path], int]


def write_register(title: str, out: Path, workbook: Writer, paper: Writer) -> int:
    """Write a register with the writer of the file's ending and return its entries; BadInput names both endings."""
    writer = {".xlsx": workbook, ".pdf": paper}.get(out.suffix.lower())
    if writer is None:
        raise BadInput(f"{title}可存为 .xlsx 或 .pdf，现在是“{out.name}”。", "out")
    return writer(out)
