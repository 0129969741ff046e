"""What holds for every test: no screen is needed, and nothing is read from or written to the user's own folders."""

import os
from pathlib import Path

import pytest

# Before Qt is imported by anything: tests draw into memory.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKROOM_DESK_DATA", str(tmp_path / "data"))
