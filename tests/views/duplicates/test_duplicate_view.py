"""查重与合并 by hand: pairs found, fields chosen, united, undone, swapped, told apart for good."""

from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt

from desktop.services import records
from desktop.views.background import Progress
from desktop.views.duplicates import duplicate_view
from desktop.views.duplicates.duplicate_view import FIRST, SECOND, DuplicateView
from tests.views.showing import shown


@contextmanager
def view_of(qtbot, desk, put):
    """Store what `put` makes and show the pairs; `made` of the view are its ids."""
    made = []
    desk.operations.run("新增", put, made.extend)

    def settle(_view):
        qtbot.waitUntil(lambda: not desk.operations.is_busy(), timeout=10_000)

    with shown(qtbot, DuplicateView(desk), settle) as opened:
        opened.made = made
        qtbot.waitUntil(lambda: opened.pairs.rowCount() > 0, timeout=10_000)
        yield opened


@pytest.fixture
def view(desk, qtbot):
    def put(session):
        unit = records.put_records(session, "units", {"name": "双胞有限公司", "region": "某旗"})[0]
        twin = records.put_records(
            session, "units", {"name": "双胞 有限公司", "address": "某街1号", "contact": "张三"}
        )[0]
        room = records.put_records(session, "workrooms", {"name": "双胞工作室", "unit_id": twin["id"]})[0]
        return unit["id"], twin["id"], room["id"]

    with view_of(qtbot, desk, put) as opened:
        yield opened


def ours(view):
    return next(row for row, pair in enumerate(view.pairs.rows()) if pair["name"].startswith("双胞"))


def get(view, noun, record_id):
    return view.operations.read(lambda session: records.get_record(session, noun, record_id))


def has(view):
    return any(pair["name"].startswith("双胞") for pair in view.pairs.rows())


def test_a_pair_is_united_and_taken_back(view, qtbot):
    view.pair_table.selectRow(ours(view))
    pair = view.pair()
    assert pair["reason"] == "名称相同"
    choices = {row["id"]: row["choice"] for row in view.fields.rows()}
    assert choices["name"] == FIRST
    before = {one: get(view, "units", one) for one in view.made[:2]}
    qtbot.mouseClick(view.unite, Qt.MouseButton.LeftButton)
    assert "已把" in view.strip.text()
    kept = get(view, "units", pair["keep"])
    assert (kept["region"], kept["address"], kept["contact"]) == ("某旗", "某街1号", "张三")
    assert get(view, "workrooms", view.made[2])["unit_id"] == pair["keep"]
    qtbot.waitUntil(lambda: not has(view), timeout=10_000)
    view.operations.undo()
    assert {one: get(view, "units", one) for one in view.made[:2]} == before
    qtbot.waitUntil(lambda: has(view), timeout=10_000)


def test_the_other_one_may_be_kept_with_chosen_fields(view, qtbot):
    view.pair_table.selectRow(ours(view))
    pair = dict(view.pair())
    qtbot.mouseClick(view.swap, Qt.MouseButton.LeftButton)
    assert (view.pair()["keep"], view.pair()["other"]) == (pair["other"], pair["keep"])
    name = next(row for row, field in enumerate(view.fields.rows()) if field["id"] == "name")
    view.fields.edited.emit(name, "choice", SECOND)
    qtbot.mouseClick(view.unite, Qt.MouseButton.LeftButton)
    assert get(view, "units", pair["other"])["name"] == pair["name"]


def test_two_that_are_two_are_not_listed_again(view, qtbot):
    view.pair_table.selectRow(ours(view))
    qtbot.mouseClick(view.part, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not has(view), timeout=10_000)
    view.refresh(frozenset({"units"}))
    qtbot.waitUntil(lambda: not view.operations.is_busy(), timeout=10_000)
    assert not has(view)
    assert len(view.desk.settings.apart) == 1


def test_the_tables_stand_one_under_the_other_where_it_is_narrow(desk, qtbot):
    view = DuplicateView(desk)
    qtbot.addWidget(view, before_close_func=lambda _view: qtbot.waitUntil(lambda: not desk.operations.is_busy()))
    view.show()
    for width, orientation in ((1334, Qt.Orientation.Horizontal), (880, Qt.Orientation.Vertical)):
        view.resize(width, 500)
        assert view.splitter.orientation() == orientation


@pytest.fixture
def rooms(desk, qtbot):
    """One workroom of two lists: the county's with its leader and a member, the city's with the same member."""

    def put(session):
        one = lambda noun, **values: records.put_records(session, noun, values)[0]["id"]  # noqa: E731
        unit = one("units", name="合一有限公司")
        leader = one("people", name="周建成", unit_id=unit, id_number="11010519491231002X")
        person = one("people", name="李四", unit_id=unit)
        county = one("workrooms", name="周建成劳模创新工作室", unit_id=unit, leader_id=leader, level="县级")
        city = one(
            "workrooms", name="周建成劳模创新工作室", unit_id=unit, leader_id=leader, level="市级", region="某旗"
        )
        one("members", workroom_id=county, person_id=person, division="焊接")
        one("members", workroom_id=city, person_id=person, division="质检")
        for year in (2025, 2025):
            one("grants", workroom_id=city, year=year, regulation="nm-2026-fund", grant_total_yuan="50000.00")
        return county, city

    with view_of(qtbot, desk, put) as opened:
        yield opened


def test_a_workroom_of_two_lists_becomes_one_with_a_members_conflict_shown(rooms, qtbot):
    (place,) = [row for row, pair in enumerate(rooms.pairs.rows()) if pair["name"] == "周建成劳模创新工作室"]
    rooms.pair_table.selectRow(place)
    pair = dict(rooms.pair())
    assert (pair["noun"], pair["reason"]) == ("workrooms", "名称和所在单位相同")
    assert pair["keep"] == rooms.made[1], "the city's says more"
    qtbot.mouseClick(rooms.swap, Qt.MouseButton.LeftButton)
    assert "两条都叫“周建成劳模创新工作室”" in rooms.words.text()
    shown_fields = {row["title"]: row for row in rooms.fields.rows()}
    assert {title: row["choice"] for title, row in shown_fields.items()} == {
        "级别": SECOND,
        "所在地区": SECOND,
        "成员“李四”的分工": FIRST,
    }
    division = shown_fields["成员“李四”的分工"]
    assert (division["keep"], division["other"]) == ("焊接", "质检")
    row = [field["id"] for field in rooms.fields.rows()].index(division["id"])
    rooms.fields.edited.emit(row, "choice", SECOND)
    qtbot.mouseClick(rooms.unite, Qt.MouseButton.LeftButton)
    assert "2025年的补助有不止一笔" in rooms.strip.text()
    county, city = rooms.made
    kept = get(rooms, "workrooms", county)
    assert (kept["level"], kept["region"]) == ("市级", "某旗")
    team = rooms.operations.read(lambda session: records.list_records(session, "members", {"workroom_id": county}))
    assert [member["division"] for member in team] == ["质检"]
    rooms.operations.undo()
    assert get(rooms, "workrooms", city)["level"] == "市级"
    assert get(rooms, "workrooms", county)["level"] == "县级"


def test_of_very_many_pairs_the_first_are_listed_and_those_united_go_at_once(view, qtbot, monkeypatch):
    monkeypatch.setattr(duplicate_view, "SHOWN", 1)
    view.operations.run("新增", lambda s: records.put_records(s, "units", [{"name": "三胞公司"}] * 3) and None)
    qtbot.waitUntil(lambda: "先列出最要紧的 1 对" in view.count.text() or not view.look())
    qtbot.waitUntil(lambda: not view.operations.is_busy())
    assert view.pairs.rowCount() == 1
    assert view.count.text().startswith("4 对")
    pair = view.pair()
    qtbot.mouseClick(view.unite, Qt.MouseButton.LeftButton)
    assert pair not in view.pairs.rows()


def test_looking_is_told_cancelled_and_begun_again(view, qtbot, monkeypatch):
    told, report = [], Progress.report

    def hear(progress, done, total, words=""):
        report(progress, done, total, words)
        told.append(words)
        progress.cancel()

    before = view.pairs.rows()
    with monkeypatch.context() as patched:
        patched.setattr(Progress, "report", hear)
        view.look()
        qtbot.waitUntil(lambda: not view.operations.is_busy())
    assert told == ["查重：工作室"]
    assert view.pairs.rows() == before
    view.look()
    view.look()
    qtbot.waitUntil(lambda: not view.operations.is_busy())
    assert view.pairs.rows() == before
    assert not view._is_looking
