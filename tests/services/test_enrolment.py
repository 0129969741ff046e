"""Several PCs of one office."""

import pytest

from desktop.errors import BadInput, BadPackage
from desktop.services import integrity
from desktop.services.trust import enrolment
from tests.services.desks import Desk, carry, conflicts_of, pack, settle, state_of, tables_of, take

WORDS = "一二三四五六七八"


@pytest.fixture
def first(county_desk):
    return county_desk


def second_of(first, folder, name="second"):
    with first.database.reading() as session:
        told = enrolment.enrol(session, folder / f"{name}.enrol", WORDS)
    assert told["fingerprint"] == first.document["fingerprint"]
    return Desk(folder / f"{name}.db", enrolment.join(folder / f"{name}.db", folder / f"{name}.enrol", WORDS, "王五"))


def test_two_pcs_of_an_office_exchange_everything(tmp_path, city, first):
    workroom = first.workroom("焊接", leader_id=first.person(id_number="150102199001011234", bank_account="6222"))
    second = second_of(first, tmp_path)
    assert second.office == first.office
    assert carry(first, second, tmp_path)["conflicts"] == []
    assert tables_of(second) == tables_of(first)
    second.run("UPDATE workrooms SET note = '第二台' WHERE id = :id", id=workroom)
    first.run("UPDATE workrooms SET contact = '第一台' WHERE id = :id", id=workroom)
    carry(second, first, tmp_path)
    carry(first, second, tmp_path)
    assert first.rows("SELECT note, contact FROM workrooms") == [("第二台", "第一台")]
    assert state_of(first) == state_of(second)
    assert integrity.verify(second.database)["ok"]
    second.database.close()


def test_both_pcs_report_to_the_office_above(tmp_path, city, first):
    second = second_of(first, tmp_path)
    workroom = first.workroom()
    carry(first, second, tmp_path)
    first.run("UPDATE workrooms SET note = '一' WHERE id = :id", id=workroom)
    second.run("UPDATE workrooms SET note = '二' WHERE id = :id", id=workroom)
    settle([city, first, second], tmp_path)
    for desk in (city, first, second):
        assert {party["value"] for party in conflicts_of(desk)[0]["values"]} == {"一", "二"}
    assert city.rows("SELECT kind FROM sync_alarm") == []
    second.database.close()


def test_a_package_for_the_office_above_is_none_for_the_other_pc_and_says_how_to_make_one(tmp_path, city, first):
    second = second_of(first, tmp_path)
    first.workroom()
    with pytest.raises(BadPackage, match=f"--to {first.office}"):
        take(second, pack(first, city, tmp_path))
    assert take(second, pack(first, second, tmp_path))["applied"] > 0
    assert state_of(first) == state_of(second)
    second.database.close()


def test_the_enrolment_is_locked(tmp_path, first):
    with first.database.reading() as session:
        with pytest.raises(BadInput, match="口令太短"):
            enrolment.enrol(session, tmp_path / "a", "short")
        enrolment.enrol(session, tmp_path / "a", WORDS)
    with first.database.reading() as session:
        private = session.connection().exec_driver_sql("SELECT private_key FROM sync_identity").scalar_one()
    data = (tmp_path / "a").read_bytes()
    assert private not in data
    assert first.office.encode() not in data
    (tmp_path / "b").write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    (tmp_path / "c").write_bytes(b"something else")
    for name, words in (("a", "wrong words"), ("b", WORDS), ("c", WORDS), ("none", WORDS)):
        with pytest.raises(BadInput):
            enrolment.join(tmp_path / "x.db", tmp_path / name, words)
    assert not (tmp_path / "x.db").exists()
