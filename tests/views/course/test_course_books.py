"""What the road keeps in other books: publicities begun by hand, rectifications, the pages a state is kept in."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton

from desktop.services import application, course, publicity, records
from desktop.views.allocation.allocation_view import AllocationView
from desktop.views.course.course_view import CourseView
from desktop.views.course.step_rows import NowRow
from tests.views.county import make_county
from tests.views.showing import shown

LEFT = Qt.MouseButton.LeftButton
DAY = date(2026, 9, 1)
WALKED = ("具备条件", "单位工会申请", "初审推荐", "审核", "专家评审", "集体研究", "社会公示")


@pytest.fixture
def county(tmp_path):
    return make_county(tmp_path / "county.db", regulations=("jy-2022",))


@pytest.fixture
def view(qtbot, desk):
    with shown(qtbot, CourseView(desk)) as found:
        yield found


def stand_at(view, state):
    """Put an application to a state of its naming and show its road."""

    def put(session):
        room = records.list_records(session, "workrooms", {"state": "已命名"})[0]
        made = application.start(session, room["id"], "jy-2022", DAY)["id"]
        records.put_records(session, "applications", {"id": made, "state": "已推荐"})
        way = WALKED[: WALKED.index(state) + 1]
        for number, (start, end) in enumerate(zip(way, way[1:], strict=False), 1):  # noqa: RUF007
            step = {"subject_noun": "applications", "subject_id": made, "regulation": "jy-2022"}
            moved = {"workflow": "jy-naming", "from_state": start, "to_state": end, "position": number}
            records.put_records(session, "steps", {**step, **moved, "taken_on": "2026-09-01", "taken_by": "王敏"})
        return made

    found = []
    view.operations.run("准备", put, found.append)
    view.show_record("applications", found[0])
    return found[0]


def button(view, words):
    return next(one for one in view.road.findChildren(QPushButton) if one.text() == words)


def test_a_publicity_is_begun_on_the_road_and_its_clock_runs(qtbot, view):
    record_id = stand_at(view, "社会公示")
    qtbot.mouseClick(button(view, "登记公示…"), LEFT)
    form = view.road.form
    qtbot.mouseClick(form.accept, LEFT)
    assert "公示天数" in view.strip.text()
    form.editors["days"].set_value(5)
    form.editors["starts_on"].set_value("2026-09-07")
    qtbot.mouseClick(form.accept, LEFT)
    # The form is gone: where the record stands, with its clock, comes into sight again.
    qtbot.waitUntil(lambda: view.road.area.verticalScrollBar().value() > 0)
    (one,) = view.road.way().publicities
    assert (one.record["ends_on"], one.record["at_state"]) == ("2026-09-14", "社会公示")
    assert one.clock.counted_after_first == 5
    facts = view.operations.read(lambda session: application.draft(session, record_id, DAY).sheet.facts)
    assert facts["publicity_end"] == "2026-09-14"
    assert not [one for one in view.road.findChildren(QPushButton) if one.text() == "登记公示…" and one.isVisible()]


def test_a_year_without_its_calendar_leads_to_where_it_is_entered(qtbot, view):
    stand_at(view, "社会公示")
    qtbot.mouseClick(button(view, "登记公示…"), LEFT)
    form = view.road.form
    form.editors["days"].set_value(5)
    form.editors["starts_on"].set_value("2041-03-01")
    qtbot.mouseClick(form.accept, LEFT)
    assert "2041年" in view.strip.text()
    with qtbot.waitSignal(view.desk.go) as gone:
        next(one for one in view.strip.findChildren(QAbstractButton) if one.text() == "去录入").click()
    assert gone.args == ["calendar", "", "2041"]
    # Once a day of the year is entered, the same form is taken.
    view.operations.run("录入", lambda session: publicity.set_day(session, date(2041, 3, 4), "放假"))
    qtbot.mouseClick(form.accept, LEFT)
    assert len(view.road.way().publicities) == 1


@pytest.mark.parametrize(
    ("state", "words", "where"), [("审核", "抽取专家", "experts"), ("专家评审", "评审打分", "scores")]
)
def test_a_state_at_review_leads_to_the_books_of_the_review(qtbot, view, state, words, where):
    record_id = stand_at(view, state)
    with qtbot.waitSignal(view.desk.go) as gone:
        qtbot.mouseClick(button(view, words), LEFT)
    assert gone.args == [where, "applications", record_id]


def ordered(view, **given):
    def put(session):
        room = records.list_records(session, "workrooms", {"state": "已命名"})[0]
        made = records.put_records(
            session,
            "assessments",
            {"workroom_id": room["id"], "regulation": "jy-2022", "kind": "周期考核", "year": 2026},
        )[0]
        order = {"workroom_id": room["id"], "subject_noun": "assessments", "subject_id": made["id"]}
        records.put_records(session, "rectifications", {**order, "problem": "没有活动记录", **given})
        return made["id"]

    found = []
    view.operations.run("责令整改", put, found.append)
    view.show_record("assessments", found[0])
    return found[0]


def test_what_was_done_about_an_order_is_entered_on_the_road(qtbot, view):
    due = date.today() + timedelta(days=10)
    ordered(view, ordered_on=date.today().isoformat(), due_on=due.isoformat())
    (card,) = view.road.orders
    assert any("还有10天" in label.text() for label in card.findChildren(QLabel))
    qtbot.mouseClick(card.report, LEFT)
    form = view.road.form
    qtbot.mouseClick(form.accept, LEFT)
    assert "整改措施" in view.strip.text()
    form.editors["measures"].set_value("补记活动，专人管理")
    qtbot.mouseClick(form.accept, LEFT)
    (one,) = view.operations.read(lambda session: records.list_records(session, "rectifications"))
    assert (one["measures"], one["reported_on"]) == ("补记活动，专人管理", date.today().isoformat())
    assert view.road.page().rectifications[0]["measures"] == "补记活动，专人管理"


def test_an_order_that_is_overdue_or_settled_says_so(view):
    ordered(view, due_on=(date.today() - timedelta(days=3)).isoformat())
    (card,) = view.road.orders
    assert any("已过3天" in label.text() for label in card.findChildren(QLabel))
    one = view.road.page().rectifications[0]
    settled = {"id": one["id"], "result": "整改到位"}
    view.operations.run("办结", lambda session: records.put_records(session, "rectifications", settled))
    (card,) = view.road.orders
    assert card.report.isHidden()
    assert any("整改到位" in label.text() for label in card.findChildren(QLabel))


@pytest.mark.parametrize("name", ["experts", "rounds", "plaques", "alliances", "calendar"])
def test_the_books_are_gone_to_from_the_head(qtbot, view, name):
    with qtbot.waitSignal(view.desk.go) as gone:
        qtbot.mouseClick(view.books[name], LEFT)
    assert gone.args == [name, "", ""]


def test_a_long_road_opens_where_the_record_stands(qtbot, view):
    stand_at(view, "社会公示")
    road = view.road
    qtbot.waitUntil(lambda: road.area.verticalScrollBar().value() > 0)
    now = next(row for row in road.findChildren(NowRow) if row.isVisible())
    top = now.mapTo(road.area.viewport(), now.rect().topLeft()).y()
    assert 0 <= top < road.area.viewport().height() // 2
    assert road.done_rows[-1].mapTo(road.area.viewport(), QPoint(0, 0)).y() >= 0


def test_a_road_that_is_held_opens_at_what_it_waits_for(qtbot, view):
    record_id = stand_at(view, "社会公示")
    by = {"by": "王敏", "on": DAY, "workflow": "jy-naming", "state": "社会公示"}
    view.operations.run(
        "退回", lambda session: course.send_back(session, "applications", record_id, {"": "缺材料"}, **by)
    )
    other = view.operations.read(lambda session: records.list_records(session, "workrooms"))[0]["id"]
    view.show_record("workrooms", other)
    view.show_record("applications", record_id)
    bar = view.road.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert view.road.way().holds
    assert bar.value() == 0


def test_the_road_of_an_award_tells_whose_it_is_and_leads_to_its_prize(qtbot, view):
    def put(session):
        person = records.list_records(session, "people")[0]
        unit = records.list_records(session, "units")[0]
        given = {
            "regulation": "wx-2021-award",
            "award_kind": "十佳金点子",
            "award_year": 2026,
            "project_name": "甲点子",
        }
        more = {"person_id": person["id"], "unit_id": unit["id"], "state": "专家评审"}
        (made,) = records.put_records(session, "awards", {**given, **more})
        return made["id"], f"2026年十佳金点子　{person['name']}　{unit['name']}"

    found = []
    view.operations.run("试", put, found.append)
    ((award, about),) = found
    view.show_record("awards", award)
    assert view.road.about.text() == about
    assert not [one for one in view.road.findChildren(QPushButton) if one.text() == "奖金台账"]
    change = {"id": award, "state": "公布表扬"}
    view.operations.run("试", lambda session: records.put_records(session, "awards", change))
    with qtbot.waitSignal(view.desk.go) as gone:
        qtbot.mouseClick(button(view, "奖金台账"), LEFT)
    assert gone.args == ["allocation", "awards", award]
    with shown(qtbot, AllocationView(view.desk)) as money:
        money.show_record("awards", award)
        assert money.list.prizes.isVisible()
        assert money.list.prizes._award() == award
