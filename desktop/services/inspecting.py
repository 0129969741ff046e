"""Measuring a finished paper, ours or one made elsewhere, by the clauses of the standard."""

from pathlib import Path
from typing import Any

from desktop.documents.measure import Check, Status, check_pdf
from desktop.documents.measure_word import check_word
from desktop.errors import BadInput

CHECKERS = {".pdf": check_pdf, ".docx": check_word}


def inspect(file: Path) -> dict[str, Any]:
    """Return every check of a PDF or .docx with clause, found and required, and how many failed or warned."""
    checker = CHECKERS.get(file.suffix.lower())
    if checker is None:
        raise BadInput(f"只能检查 .pdf 和 .docx，现在是“{file.name}”。", "file")
    try:
        content = file.read_bytes()
    except OSError as error:
        raise BadInput(f"打不开文件：{file}。请检查文件名和位置。", "file") from error
    checks = checker(content)
    return {
        "file": str(file),
        "checks": [check.as_dict() for check in checks],
        "failed": _count(checks, Status.FAIL),
        "warned": _count(checks, Status.WARN),
        "passed": _count(checks, Status.PASS),
    }


def _count(checks: list[Check], status: Status) -> int:
    return sum(1 for check in checks if check.status is status)
