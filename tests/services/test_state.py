"""The state hash of several groups of scopes, read in one go; what the ledger remembers of commits."""

import random

import pytest

from desktop.models import capture
from desktop.services import exchange
from desktop.services.journal import ledger as ledgers
from desktop.services.journal.ledger import Ledger
from desktop.services.journal.state import state_hash, state_hashes
from tests.services.desks import Desk
from tests.services.histories import Story


@pytest.fixture
def desks(tmp_path) -> list[Desk]:
    """Offices after a short random history."""
    story = Story(tmp_path, seed=11)
    for _ in range(80):
        story.step()
    yield story.desks
    story.close()


def test_each_group_hashes_as_it_does_alone(desks):
    chance = random.Random(3)
    for desk in desks[:3]:
        with desk.database.reading() as session:
            raw = capture.driver(session.connection())
            every = [number for (number,) in raw.execute("SELECT id FROM sync_scope")]
            groups = [None, set(), set(every), *(set(chance.sample(every, 2)) for _ in range(6))]
            found = state_hashes(raw, groups)
            assert found == [state_hash(raw, group) for group in groups]
            assert found[0] == found[2] != found[1]


def test_the_hash_of_an_office_changes_with_its_own_records_alone(desks):
    desk = desks[2]
    with desk.database.reading() as session:
        before = exchange.state(session)
    desk.workroom("新建的工作室")
    with desk.database.reading() as session:
        after = exchange.state(session)
    changed = {office for office, found in after["offices"].items() if before["offices"].get(office) != found}
    assert changed == {desk.office}
    assert before["state_hash"] != after["state_hash"]


def test_the_ledger_remembers_commits_up_to_a_size(desks, monkeypatch):
    city = desks[1]
    with city.database.reading() as session:
        ledger = Ledger(capture.driver(session.connection()))
        numbers = [number for (number,) in city.rows("SELECT id FROM sync_commit ORDER BY id")]
        first = [ledger.commit(number) for number in numbers]
        assert all(ledger.commit(number) is kept for number, kept in zip(numbers, first, strict=True))
        monkeypatch.setattr(ledgers, "DECODED_BYTES", 1)
        again = Ledger(ledger.raw)
        assert [again.commit(number) for number in numbers] == first
        assert again.commit(numbers[-1]) is again.commit(numbers[-1])
        assert again.commit(numbers[0]) is not first[0]
