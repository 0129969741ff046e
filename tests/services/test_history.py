"""Capture, history and undo on a real file."""

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from desktop.errors import NotAllowed
from desktop.models import database as store
from desktop.models import refresh
from desktop.models.workroom import Workroom
from desktop.services.journal.history import history, undo
from desktop.services.journal.ledger import unpacked
from tests.services.desks import make_desk


@pytest.fixture
def desk(tmp_path):
    made = make_desk(tmp_path, "乙县总工会")
    yield made
    made.database.close()


def changes(desk, noun, record):
    with desk.database.reading() as session:
        return history(session, noun, record)


def undo_in(desk, sealed):
    with desk.edit("王五") as session:
        undo(session, *sealed.hashes)
    return session.info["sealed"]


def test_history_tells_who_when_and_both_values(desk):
    workroom = desk.workroom("焊接工作室", note="初稿")
    desk.run("UPDATE workrooms SET note = '定稿' WHERE id = :id", id=workroom)
    found = changes(desk, "workrooms", workroom)
    assert [(c.action, c.title, c.old, c.new) for c in found if c.field in ("name", "note")] == [
        ("新增", "工作室名称", None, "焊接工作室"),
        ("新增", "备注", None, "初稿"),
        ("修改", "备注", "初稿", "定稿"),
    ]
    assert {(c.operator, c.office_name) for c in found} == {("张三", "乙县总工会")}
    assert found[-1].as_dict()["at"][:2] == "20"


def test_every_way_of_writing_is_sealed(desk):
    with desk.edit() as session:
        session.execute(insert(Workroom), [{"name": "甲", "id": "a"}, {"name": "乙", "id": "b"}])
    assert set(session.info["sealed"].changed) == {("workrooms", "a"), ("workrooms", "b")}
    desk.run("UPDATE workrooms SET note = 'x'")
    desk.run("INSERT OR REPLACE INTO workrooms SELECT * FROM workrooms WHERE id = 'a'")
    with desk.database.engine.begin() as connection:
        connection.info["operator"] = "李四"
        connection.execute(text("DELETE FROM workrooms WHERE id = 'b'"))
    assert [c.operator for c in changes(desk, "workrooms", "b")][-1] == "李四"
    assert changes(desk, "workrooms", "b")[-1].action == "删除"
    assert desk.value("SELECT count(*) FROM sync_dirty") == 0


def test_one_transaction_is_one_commit_and_no_change_is_none(desk):
    workroom = desk.workroom()
    before = desk.value("SELECT count(*) FROM sync_commit")
    with desk.edit() as session:
        session.execute(text("UPDATE workrooms SET note = 'a', name = 'b'"))
        session.execute(text("UPDATE workrooms SET note = 'c'"))
    assert desk.value("SELECT count(*) FROM sync_commit") == before + 1
    with desk.edit() as session:
        session.execute(text("UPDATE workrooms SET note = 'other'"))
        session.execute(text("UPDATE workrooms SET note = 'c'"))
        session.execute(
            text("INSERT INTO topics (id, workroom_id, name, kind, status) VALUES ('t', :w, 'n', '', '进行中')"),
            {"w": workroom},
        )
        session.execute(text("DELETE FROM topics"))
    assert desk.value("SELECT count(*) FROM sync_commit") == before + 1


def test_a_rolled_back_change_leaves_no_trace(desk):
    workroom = desk.workroom(note="稳定")
    with pytest.raises(IntegrityError):
        desk.run("UPDATE workrooms SET note = 'x', unit_id = 'missing'")
    assert desk.value("SELECT note FROM workrooms WHERE id = :id", id=workroom) == "稳定"
    assert desk.value("SELECT count(*) FROM sync_dirty") == 0
    assert [c.new for c in changes(desk, "workrooms", workroom) if c.field == "note"] == ["稳定"]


def test_a_commit_without_a_sealer_is_refused(desk):
    workroom = desk.workroom()
    desk.database.close()
    bare = store.open_database(desk.path)
    with pytest.raises(RuntimeError), bare.engine.begin() as connection:
        connection.execute(text("UPDATE workrooms SET note = 'x'"))
    with bare.reading() as session:
        assert session.get(Workroom, workroom).note == ""
    bare.close()


def test_ids_never_change(desk):
    desk.workroom()
    with pytest.raises(IntegrityError):
        desk.run("UPDATE workrooms SET id = 'other'")


def test_secrets_stand_in_a_commit_of_their_own(desk):
    person = desk.person("李四", id_number="150102199001011234")
    raws = [unpacked(row[0]).decode() for row in desk.rows("SELECT raw FROM sync_commit")]
    assert sum("150102199001011234" in raw for raw in raws) == 1
    assert not any("150102199001011234" in raw and '"李四"' in raw for raw in raws)
    desk.run("UPDATE people SET id_number = 'x' WHERE id = :id", id=person)
    assert [(c.old, c.new) for c in changes(desk, "people", person) if c.field == "id_number"] == [
        (None, "150102199001011234"),
        ("150102199001011234", "x"),
    ]


def test_undo_and_redo_of_an_edit(desk):
    desk.workroom(note="初稿")
    sealed = desk.run("UPDATE workrooms SET note = '定稿', name = '新名'")
    undone = undo_in(desk, sealed)
    assert desk.rows("SELECT name, note FROM workrooms") == [("李四工作室", "初稿")]
    undo_in(desk, undone)
    assert desk.rows("SELECT name, note FROM workrooms") == [("新名", "定稿")]


def test_undo_of_insert_and_delete(desk):
    workroom, person = desk.workroom(), desk.person(id_number="1", phone="2")
    with desk.edit() as session:
        session.execute(
            text(
                "INSERT INTO members (id, workroom_id, person_id, role, core, division) "
                "VALUES ('m', :w, :p, '骨干成员', 1, '')"
            ),
            {"w": workroom, "p": person},
        )
    added = session.info["sealed"]
    removed = undo_in(desk, added)
    assert desk.value("SELECT count(*) FROM members") == 0
    undo_in(desk, removed)
    assert desk.value("SELECT person_id FROM members") == person
    desk.run("DELETE FROM members")
    gone = desk.run("DELETE FROM people")
    assert desk.value("SELECT count(*) FROM people") == 0
    undo_in(desk, gone)
    assert desk.rows("SELECT name, id_number, phone FROM people") == [("李四", "1", "2")]
    assert [c.action for c in changes(desk, "people", person) if not c.field] == ["删除", "恢复"]


def test_undo_refuses_what_was_changed_since(desk):
    desk.workroom()
    sealed = desk.run("UPDATE workrooms SET note = 'a', name = '甲室'")
    desk.run("UPDATE workrooms SET note = 'b'")
    with pytest.raises(NotAllowed, match="备注"), desk.edit() as session:
        undo(session, *sealed.hashes)
    assert desk.rows("SELECT name, note FROM workrooms") == [("甲室", "b")]


def test_undo_refuses_to_break_references(desk):
    with desk.edit() as session:
        session.add(Workroom(id="w", name="甲"))
    added = session.info["sealed"]
    desk.member("w", desk.person())
    with pytest.raises(NotAllowed, match="引用"), desk.edit() as session:
        undo(session, *added.hashes)


def test_papers_and_paid_money_are_not_undone(desk):
    issued = desk.run(
        "INSERT INTO documents (id, kind, title, number_code, document_number, subject_noun, subject_id, data, sha256, "
        "short_code, state, void_reason) VALUES ('d', 'notice', '', '', '', '', '', '{}', '', '', '已签发', '')"
    )
    desk.run(
        "INSERT INTO grants (id, regulation, track, grant_total_fen, state, quota_number, payee_account_type, note) "
        "VALUES ('g', 'r', '工作室', 100, '', '', '', '')"
    )
    paid = desk.run("UPDATE grants SET transferred_on = '2026-09-01', transferred_fen = 100")
    for sealed in (issued, paid):
        with pytest.raises(NotAllowed), desk.edit() as session:
            undo(session, *sealed.hashes)


def test_derived_data_is_refreshed_inside_the_transaction(desk):
    seen = []

    def note(connection, changed):
        seen.extend(changed)

    refresh.register(note)
    try:
        workroom = desk.workroom()
    finally:
        refresh._functions.remove(note)
    assert seen == [("workrooms", workroom)]


def test_a_large_transaction_is_cut_into_linked_parts(desk):
    desk.person()
    rows = [{"id": f"w{n}", "name": f"工作室{n}", "note": "长" * 50} for n in range(3000)]
    with desk.edit() as session:
        session.execute(insert(Workroom), rows)
    assert len(session.info["sealed"].hashes) > 1
    found = changes(desk, "workrooms", "w2999")
    assert {c.new for c in found} >= {"工作室2999", "长" * 50}
    undo_in(desk, session.info["sealed"])
    assert desk.value("SELECT count(*) FROM workrooms") == 0
