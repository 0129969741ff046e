"""Files by content: kept once, read back checked, written whole."""

import pytest

from desktop.errors import BadInput, NotFound, StorageFault
from desktop.services import blobs, exchange, identity, integrity, store
from desktop.services.parcel import stick
from desktop.services.trust import enrolment
from tests.services.desks import make_desk, require_sound


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


def test_nothing_is_written_over_a_database_or_what_belongs_to_it(tmp_path):
    desk = make_desk(tmp_path, "甲县总工会")
    desk.workroom("甲工作室")
    copy = tmp_path / "备份.db"
    integrity.backup(desk.database, copy)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    beside = [path for path in tmp_path.iterdir() if path.is_file()]
    assert desk.path.with_name(desk.path.name + ".anchor") in beside
    for target in beside:
        for write in (blobs.write_whole, stick.write_safely):
            with pytest.raises(BadInput, match="数据库的文件，不能覆盖"):
                write(target, b"paper")
        with desk.database.reading() as session:
            for hand_over in (identity.write_identity, lambda *it: enrolment.enrol(*it, "草原上的工作室2026")):
                with pytest.raises(BadInput, match="数据库的文件，不能覆盖"):
                    hand_over(session, target)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before
    assert desk.value("SELECT name FROM workrooms") == "甲工作室"


def test_a_package_is_not_written_over_its_own_database(tmp_path):
    desk = make_desk(tmp_path, "甲县总工会")
    with pytest.raises(BadInput, match="换一个文件名"), desk.edit() as session:
        exchange.export_package(session, desk.path)
    desk.workroom("甲工作室")
    require_sound([desk])


def test_an_encrypted_database_is_known_as_one(tmp_path):
    path = tmp_path / "a.db"
    store.found(path, "甲县总工会", "县级", "某县", passphrase="草原上的工作室2026")
    with pytest.raises(BadInput, match="数据库的文件"):
        blobs.write_whole(path, b"paper")
    assert not blobs.is_database(tmp_path / "none.db")
    assert not blobs.is_database(tmp_path)


def test_a_backup_replaces_an_earlier_one_but_no_database_in_use(tmp_path):
    mine, other = make_desk(tmp_path, "甲县总工会"), make_desk(tmp_path, "乙县总工会")
    other.workroom("乙工作室")
    copy = tmp_path / "备份.db"
    integrity.backup(mine.database, copy)
    mine.workroom("甲工作室")
    integrity.backup(mine.database, copy)
    with pytest.raises(BadInput, match="正在使用的数据库"):
        integrity.backup(mine.database, other.path)
    assert other.value("SELECT name FROM workrooms") == "乙工作室"


def test_a_backup_never_replaces_a_file_that_is_none(tmp_path):
    mine = make_desk(tmp_path, "甲县总工会")
    letter = tmp_path / "通知.docx"
    letter.write_text("写了一半的通知", encoding="utf-8")
    with pytest.raises(BadInput, match="不是备份的文件"):
        integrity.backup(mine.database, letter)
    assert letter.read_text(encoding="utf-8") == "写了一半的通知"
    made = tmp_path / "先建好的空文件.db"
    made.touch()
    assert integrity.backup(mine.database, made)["bytes"] > 0
