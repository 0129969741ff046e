"""Files by content: kept once, read back checked, written whole."""

import pytest

from desktop.errors import NotFound, StorageFault
from desktop.services import blobs


def test_content_is_kept_once_and_read_back(tmp_path):
    first, second = blobs.keep(tmp_path, b"paper"), blobs.keep(tmp_path, b"paper")
    assert first == second
    assert blobs.read(tmp_path, first) == b"paper"
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_missing_and_damaged_content_is_said_so(tmp_path):
    digest = blobs.keep(tmp_path, b"paper")
    with pytest.raises(NotFound, match="附件待补"):
        blobs.read(tmp_path, "0" * 64)
    with pytest.raises(NotFound):
        blobs.read(tmp_path, "../x")
    blobs.path_of(tmp_path, digest).write_bytes(b"changed")
    with pytest.raises(StorageFault, match="损坏"):
        blobs.read(tmp_path, digest)


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path):
    (tmp_path / "taken").mkdir()
    with pytest.raises(StorageFault, match="写不了文件"):
        blobs.write_whole(tmp_path / "taken", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
