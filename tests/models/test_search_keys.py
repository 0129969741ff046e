"""The search keys: one row a workroom, and every change of what it is found by marks it stale."""

import pytest

from desktop.models.search import FOUND_BY, TRIGGERS
from tests.models.rows import insert, least_row


@pytest.fixture
def keyed(raw):
    """Two workrooms with unit, leader, member, outcome and document, their keys made."""
    raw.execute("PRAGMA defer_foreign_keys=ON")
    for number in ("1", "2"):
        insert(raw, "units", least_row("units", f"u{number}"))
        insert(raw, "people", least_row("people", f"p{number}"))
        insert(raw, "people", least_row("people", f"m{number}"))
        insert(
            raw,
            "workrooms",
            least_row("workrooms", f"w{number}", unit_id=f"u{number}", leader_id=f"p{number}", level="县级"),
        )
        insert(raw, "members", least_row("members", f"s{number}", workroom_id=f"w{number}", person_id=f"m{number}"))
        insert(raw, "outcomes", least_row("outcomes", f"o{number}", workroom_id=f"w{number}"))
        insert(raw, "documents", least_row("documents", f"d{number}", subject_id=f"w{number}"))
    raw.execute("UPDATE workroom_keys SET stale = 0")
    return raw


def stale(raw):
    return [name for (name,) in raw.execute("SELECT workroom_id FROM workroom_keys WHERE stale = 1 ORDER BY 1")]


def test_a_workroom_has_one_key_from_the_beginning(raw):
    insert(raw, "workrooms", least_row("workrooms", "w", level="市级", state="已命名"))
    assert raw.execute("SELECT workroom_id, level, state, stale FROM workroom_keys").fetchall() == [
        ("w", "市级", "已命名", 1)
    ]


def test_a_workroom_gone_takes_its_key_along(keyed):
    keyed.execute("DELETE FROM workrooms WHERE id = 'w1'")
    assert [name for (name,) in keyed.execute("SELECT workroom_id FROM workroom_keys")] == ["w2"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE workrooms SET name = '新' WHERE id = 'w1'",
        "UPDATE workrooms SET unit_id = 'u2' WHERE id = 'w1'",
        "UPDATE workrooms SET leader_id = 'p2' WHERE id = 'w1'",
        "UPDATE workrooms SET contact = '某' WHERE id = 'w1'",
        "UPDATE workrooms SET phone = '1' WHERE id = 'w1'",
        "UPDATE units SET name = '新' WHERE id = 'u1'",
        "UPDATE people SET name = '新' WHERE id = 'p1'",
        "UPDATE people SET phone = '1' WHERE id = 'p1'",
        "UPDATE people SET name = '新' WHERE id = 'm1'",
        "UPDATE members SET role = '其他参与人员' WHERE id = 's1'",
        "DELETE FROM members WHERE id = 's1'",
        "UPDATE outcomes SET name = '新' WHERE id = 'o1'",
        "DELETE FROM outcomes WHERE id = 'o1'",
        "UPDATE documents SET title = '新' WHERE id = 'd1'",
        "DELETE FROM documents WHERE id = 'd1'",
    ],
)
def test_a_change_of_what_it_is_found_by_marks_the_one_workroom(keyed, change):
    keyed.execute(change)
    assert stale(keyed) == ["w1"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE workrooms SET note = '备注' WHERE id = 'w1'",
        "UPDATE workrooms SET venue_area_sqm = 6000 WHERE id = 'w1'",
        "UPDATE units SET address = '新' WHERE id = 'u1'",
        "UPDATE people SET birth_date = '1980-01-01' WHERE id = 'm1'",
    ],
)
def test_what_nobody_searches_for_marks_nothing(keyed, change):
    keyed.execute(change)
    assert stale(keyed) == []


@pytest.mark.parametrize(("table", "column"), FOUND_BY)
def test_what_moves_marks_the_place_it_left_and_the_place_it_came_to(keyed, table, column):
    keyed.execute(f"UPDATE {table} SET {column} = 'w2' WHERE {column} = 'w1'")
    assert stale(keyed) == ["w1", "w2"]


@pytest.mark.parametrize("table", ["members", "outcomes", "documents"])
def test_something_new_marks_its_workroom(keyed, table):
    owner = dict(FOUND_BY)[table]
    insert(keyed, table, least_row(table, "new", **{owner: "w2"}))
    assert stale(keyed) == ["w2"]


def test_a_unit_or_person_that_comes_later_marks_who_waited_for_it(keyed):
    insert(keyed, "workrooms", least_row("workrooms", "w3", unit_id="late", leader_id="later"))
    for noun, record in (("units", "late"), ("people", "later")):
        keyed.execute("UPDATE workroom_keys SET stale = 0")
        insert(keyed, noun, least_row(noun, record))
        assert stale(keyed) == ["w3"]


def test_level_and_state_in_the_list_are_never_behind(keyed):
    keyed.execute("UPDATE workrooms SET level = '省级', state = '已撤销' WHERE id = 'w1'")
    told = keyed.execute("SELECT level, state FROM workroom_keys WHERE workroom_id = 'w1'").fetchone()
    assert told == ("省级", "已撤销")


def test_row_numbers_stay_while_workrooms_come_and_go(keyed):
    numbers = dict(keyed.execute("SELECT workroom_id, row FROM workroom_keys"))
    insert(keyed, "workrooms", least_row("workrooms", "w0"))
    keyed.execute("DELETE FROM workrooms WHERE id = 'w1'")
    later = dict(keyed.execute("SELECT workroom_id, row FROM workroom_keys"))
    assert later["w2"] == numbers["w2"]
    assert len(set(later.values())) == 2


def test_a_workroom_has_no_second_key(keyed):
    with pytest.raises(Exception, match="UNIQUE"):
        keyed.execute("INSERT INTO workroom_keys (workroom_id) VALUES ('w1')")


def test_the_lists_first_page_is_read_from_an_index(keyed):
    plan = " ".join(
        row[3]
        for row in keyed.execute(
            "EXPLAIN QUERY PLAN SELECT row, level, state FROM workroom_keys ORDER BY name_sort, row LIMIT 60"
        )
    )
    assert "COVERING INDEX ix_workroom_keys_order" in plan
    assert "TEMP B-TREE" not in plan


def test_every_trigger_stands_in_the_file_and_none_besides(raw):
    found = {
        name
        for (name,) in raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'keys!_%' ESCAPE '!'"
        )
    }
    assert found == {f"keys_{name}" for name in TRIGGERS}
