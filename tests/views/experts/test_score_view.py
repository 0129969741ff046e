"""The experts' points by hand: a cell saved at once, the order that follows, a wrong number told."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.services import application, draw, records
from desktop.views.experts.score_view import ScoreView
from tests.views.county import make_county
from tests.views.showing import shown

DAY = date(2026, 9, 1)


@pytest.fixture
def county(tmp_path):
    return make_county(tmp_path / "county.db", regulations=("jy-2022",))


@pytest.fixture
def made(desk):
    """A draw of two experts over two applications."""

    def put(session):
        rooms = records.list_records(session, "workrooms")[:2]
        subjects = [application.start(session, room["id"], "jy-2022", DAY)["id"] for room in rooms]
        records.put_records(session, "experts", [{"name": "钱一"}, {"name": "孙二"}])
        pool = {row["name"]: row["id"] for row in records.list_records(session, "experts")}
        out = {who: "不参加" for name, who in pool.items() if name not in ("钱一", "孙二")}
        return draw.draw(session, "2026年评审", 2, "王敏", DAY, subjects=subjects, recusals=out)

    found = []
    desk.operations.run("抽取", put, found.append)
    return found[0]


@pytest.fixture
def view(qtbot, desk, made):
    with shown(qtbot, ScoreView(desk)) as found:
        yield found


def give(view, name, title, value):
    """Enter a value in the row of an expert, in the column of a title."""
    model = view.scores
    row = next(row for row, one in enumerate(model.rows()) if one["name"] == name)
    column = next(number for number, one in enumerate(model.columns) if one.title == title)
    view.score_table.model().setData(model.index(row, column), value)


def test_without_a_draw_the_page_leads_to_the_experts(qtbot, view):
    assert view.stack.currentWidget() is view.nothing
    with qtbot.waitSignal(view.desk.go) as gone:
        qtbot.mouseClick(view.nothing.action, Qt.MouseButton.LeftButton)
    assert gone.args[0] == "experts"


def test_points_by_the_regulations_items_make_the_order(view, made):
    view.show_record("expert_draws", made["id"])
    items = view.operations.read(lambda session: draw.items_for(session, "applications", made["subjects"][0]))
    titles = [column.title for column in view.scores.columns]
    assert titles == ["专家", *items, "得分", "意见", "评审意见"]
    first = view.chosen()["id"]
    give(view, "钱一", items[0], 20)
    give(view, "钱一", items[1], 10.5)
    give(view, "孙二", items[0], 25)
    row = next(one for one in view.ranked.rows() if one["id"] == first)
    assert (row["place"], row["mean"], row["scores"]) == (1, "27.75", 2)
    other = next(row for row, one in enumerate(view.ranked.rows()) if one["id"] != first)
    view.ranked_table.selectRow(other)
    give(view, "钱一", items[0], 90)
    assert [one["place"] for one in view.ranked.rows()] == [1, 2]
    assert view.ranked.record(0)["id"] != first
    stored = view.operations.read(lambda session: draw.tally(session, first))
    assert str(stored.mean) == "27.75"


def test_who_recuses_counts_for_nothing_else(view, made):
    view.show_record("applications", made["subjects"][0])
    assert view.shown_record() == ("expert_draws", made["id"])
    item = view.scores.columns[1].title
    give(view, "钱一", item, 50)
    give(view, "孙二", item, 99)
    give(view, "孙二", "意见", "回避")
    row = next(one for one in view.ranked.rows() if one["id"] == view.chosen()["id"])
    assert (row["mean"], row["votes"]) == ("50.00", "0 / 0 / 1")
    view.operations.undo()
    row = next(one for one in view.ranked.rows() if one["id"] == view.chosen()["id"])
    assert row["mean"] == "74.50"


def test_a_wrong_number_is_told_and_not_kept(view, made):
    view.show_record("expert_draws", made["id"])
    item = view.scores.columns[1].title
    give(view, "钱一", item, -3)
    assert "0至1000" in view.strip.text()
    assert view.scores.record(0).get(f"item.{item}") is None


def test_the_order_leads_to_the_papers_and_the_road(qtbot, view, made):
    view.show_record("expert_draws", made["id"])
    for button, kind in ((view.suggested, "suggested-list"), (view.opinions, "expert-review")):
        with qtbot.waitSignal(view.desk.go) as gone:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert gone.args[:2] == ["document", f"applications.{kind}"]
    with qtbot.waitSignal(view.desk.go) as gone:
        view.ranked_table.opened.emit(0)
    assert gone.args[:2] == ["course", "applications"]
