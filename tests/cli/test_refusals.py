"""Calls that cannot be done: one plain sentence that names the right thing, the right exit code, nothing changed."""

import sqlite3
from contextlib import closing

import pytest


@pytest.mark.parametrize("options", [(), ("--take", "a", "--value", "b")])
def test_a_conflict_is_settled_by_exactly_one_of_two(desk, options):
    answer = desk("resolve", "workrooms:x:name", *options)
    assert answer.code == 2
    assert answer.out == ""
    assert "--take" in answer.err


def test_a_backup_that_cannot_be_written_blames_its_own_place(desk, county, tmp_path):
    blocked, before = tmp_path / "不能写", desk("state").json
    (blocked / "a.bak.part").mkdir(parents=True)
    for target in (blocked / "a.bak", tmp_path / "county"):
        answer = desk("backup", target)
        assert answer.code == 1
        assert answer.json["error"]["where"] == str(target)
        assert str(county) not in answer.json["error"]["message"]
    assert desk("state").json == before


def test_a_database_that_another_writes_is_read_but_not_changed(desk, county, write):
    before = desk("state").json
    with closing(sqlite3.connect(county)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert desk("list", "workrooms").code == 0
        answer = desk("put", "workrooms", write("w.json", {"name": "新室"}))
        other.rollback()
    assert answer.code == 1
    assert answer.json["error"]["code"] == "storage"
    assert "另一个程序" in answer.json["error"]["message"]
    assert desk("state").json == before


@pytest.mark.parametrize(
    "text", ['{"name": "甲", "name": "乙"}', '{"name": "\\ud800"}', '[{"name": "好"}, {"nmae": "错"}]']
)
def test_what_cannot_be_put_changes_nothing(desk, write, text):
    before = desk("state").json
    answer = desk("put", "workrooms", write("w.json", text))
    assert answer.code == 1
    assert answer.err.strip() == answer.json["error"]["message"]
    assert desk("state").json == before


def test_a_folder_of_fonts_that_is_not_there_is_refused(run, write, tmp_path):
    data = {"issuer": "左翼中旗总工会", "title": "通知", "body": ["请知悉。"], "date": "2026-06-01"}
    paper = write("d.json", data)
    answer = run("paper", "notice", paper, tmp_path / "o.pdf", "--fonts", tmp_path / "没有")
    assert answer.code == 1
    assert answer.json["error"]["where"] == "fonts"
    assert not (tmp_path / "o.pdf").exists()


@pytest.mark.parametrize(
    ("received", "transferred"), [("2026-07-10", "2026-07-01"), ("2199-01-01", None), ("2199-01-01", "2198-01-01")]
)
def test_dates_at_odds_in_a_grant_do_not_lock_it(desk, write, received, transferred):
    grant = desk("list", "grants").json["grants"][0]
    changed = {"id": grant["id"], "received_on": received, "transferred_on": transferred}
    assert desk("put", "grants", write("g.json", changed)).code == 0
    answer = desk("advance", "grants", grant["id"], "--to", "没有这一步")
    assert answer.json["error"]["code"] == "not_allowed"
    assert "可以到" in answer.json["error"]["message"]


def test_a_topic_older_than_the_century_is_only_old(desk, write):
    application = desk("list", "applications").json["applications"][0]
    old = {"workroom_id": application["workroom_id"], "name": "老课题", "started_on": "1850-01-01"}
    assert desk("put", "topics", write("t.json", old)).code == 0
    assert desk("judge", application["id"]).code == 0


@pytest.mark.parametrize(
    ("noun", "record", "field", "reason"),
    [
        ("workrooms", {"name": "周建成\n劳模创新工作室"}, "workrooms.name", "写成一行"),
        ("workrooms", {"name": "长" * 100_000}, "workrooms.name", "最多300个字"),
        ("workrooms", {"name": "甲", "note": "长" * 20_001}, "workrooms.note", "最多20000个字"),
        ("units", {"name": "甲\u2028乙"}, "units.name", "写成一行"),
        ("people", {"name": "甲\u0085乙"}, "people.name", "写成一行"),
        ("grants", {"regulation": "nm-1999", "grant_total_yuan": "50000.00"}, "grants.regulation", "现有：hn-2024"),
        ("applications", {"regulation": "无此办法"}, "applications.regulation", "不是已有的办法"),
    ],
)
def test_names_of_many_lines_and_unknown_regulations_are_refused_at_the_door(desk, write, noun, record, field, reason):
    kept = len(desk("list", noun).json[noun])
    answer = desk("put", noun, write("r.json", record))
    assert answer.code == 1
    assert answer.json["error"]["where"] == field
    assert reason in answer.json["error"]["message"]
    assert len(desk("list", noun).json[noun]) == kept


def test_lines_of_a_note_and_the_longest_name_are_kept(desk, write):
    name, note = "长" * 300, "第一行\n第二行"
    made = desk("put", "workrooms", write("r.json", {"name": name, "note": note})).json
    stored = next(one for one in desk("list", "workrooms").json["workrooms"] if one["name"] == name)
    assert stored["note"] == note
    assert made
