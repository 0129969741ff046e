"""Reverting several transactions as one: back to before the first of them, whatever was done and undone since."""

import pytest

from desktop.errors import NotAllowed, NotFound
from desktop.services import records
from desktop.services.journal import history
from tests.services.desks import make_desk


@pytest.fixture
def desk(tmp_path):
    made = make_desk(tmp_path, "县总工会")
    yield made
    made.database.close()


def do(desk, change):
    """Run a change in one transaction and return its commits."""
    with desk.edit() as session:
        change(session)
    return session.info["sealed"].hashes


def put(**values):
    return lambda session: records.put_records(session, "workrooms", values)


def revert(*commits):
    return lambda session: history.undo(session, *commits)


def get(desk, room):
    with desk.database.reading() as session:
        return records.get_record(session, "workrooms", room)


def test_a_change_undone_does_not_hinder_undoing_the_one_before(desk):
    room = desk.workroom("原名")
    one = do(desk, put(id=room, name="一"))
    two = do(desk, put(id=room, name="二", note="注"))
    undone = do(desk, revert(*two))
    assert get(desk, room)["name"] == "一"
    do(desk, revert(*one, *two, *undone))
    assert (get(desk, room)["name"], get(desk, room)["note"]) == ("原名", "")


def test_a_record_deleted_and_brought_back_is_not_taken_for_new(desk):
    room = desk.workroom("原名")
    renamed = do(desk, put(id=room, name="改名"))
    deleted = do(desk, lambda session: records.delete_record(session, "workrooms", room))
    back = do(desk, revert(*deleted))
    assert get(desk, room)["name"] == "改名"
    do(desk, revert(*renamed, *deleted, *back))
    assert get(desk, room)["name"] == "原名"


def test_a_record_made_here_and_undone_and_redone_can_go_again(desk):
    made = do(desk, lambda session: records.put_records(session, "workrooms", {"name": "新"}))
    with desk.database.reading() as session:
        (room,) = [row["id"] for row in records.list_records(session, "workrooms")]
    gone = do(desk, revert(*made))
    with pytest.raises(NotFound):
        get(desk, room)
    again = do(desk, revert(*gone))
    assert get(desk, room)["name"] == "新"
    do(desk, revert(*made, *gone, *again))
    with pytest.raises(NotFound):
        get(desk, room)


def test_a_record_made_and_taken_away_in_between_does_not_hinder_undoing_its_owner(desk):
    made = do(desk, lambda session: records.put_records(session, "workrooms", {"name": "新"}))
    with desk.database.reading() as session:
        (room,) = [row["id"] for row in records.list_records(session, "workrooms")]
    added = do(desk, lambda session: records.put_records(session, "outcomes", {"workroom_id": room, "name": "成果"}))
    undone = do(desk, revert(*added))
    do(desk, revert(*made, *added, *undone))
    with pytest.raises(NotFound):
        get(desk, room)


def test_a_record_that_someone_else_took_away_is_not_undone_unasked(desk):
    made = do(desk, lambda session: records.put_records(session, "workrooms", {"name": "新"}))
    with desk.database.reading() as session:
        (room,) = [row["id"] for row in records.list_records(session, "workrooms")]
    do(desk, lambda session: records.delete_record(session, "workrooms", room))
    with pytest.raises(NotAllowed, match="后来又改过"):
        do(desk, revert(*made))
