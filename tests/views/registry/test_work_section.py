"""A workroom's page: publications by period, activities, plans carried over, and its dossier by year."""

from datetime import date

import pikepdf
import pytest
from PySide6.QtCore import Qt

from desktop.services import records
from desktop.views.message_strip import MessageStrip
from desktop.views.registry.workroom_page import WorkroomPage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot, desk):
    strip = MessageStrip()
    qtbot.addWidget(strip)
    made = WorkroomPage(desk, strip)
    qtbot.addWidget(made)
    made.strip_shown = strip
    desk.operations.changed.connect(made.refresh)
    plans = desk.operations.read(lambda session: records.list_records(session, "plans", {"kind": "年度计划"}))
    made.show_workroom(plans[0]["workroom_id"])
    made.resize(900, 700)
    made.show()
    return made


def put(page, noun, **values):
    made = []
    given = {"workroom_id": page.workroom_id, **values}
    page._desk.operations.run("试", lambda session: made.append(records.put_records(session, noun, given)))
    return made[0][0]


def test_every_section_is_in_the_index_and_on_the_page(page):
    titles = [page.index.item(row).text() for row in range(page.index.count())]
    assert {"成果发布", "活动", "计划总结"} <= set(titles)
    for section in ("publications", "activities", "plans"):
        page.go_to(section)


def test_an_activity_is_added_and_typed_in_place(page):
    before = page.work.activities.count()
    page.work.activities.add()
    assert page.work.activities.count() == before + 1
    row = page.work.activities.model.record(0)
    page.work.activities.model.edited.emit(0, "people_count", 31)
    kept = page._desk.operations.read(lambda session: records.get_record(session, "activities", row["id"]))
    assert kept["people_count"] == 31


def test_a_publication_is_added_with_the_first_platform(page):
    page.work.publications.add()
    row = page.work.publications.model.record(0)
    assert (row["platform"], row["published_on"]) == ("职工之家APP", date.today().isoformat())


def test_periods_are_told_for_a_supported_workroom_alone(page):
    page._desk.operations.run("试", lambda session: _support(session, page.workroom_id, None))
    assert not page.work.periods.isVisibleTo(page)
    last = f"{date.today().year - 1}-01-05"
    page._desk.operations.run("试", lambda session: _support(session, page.workroom_id, last))
    assert page.work.periods.isVisibleTo(page)
    assert "应不少于3项（第九条）" in page.work.periods.text()


def _support(session, room, day):
    from desktop.services import identity

    own = identity.own_office_id(session)
    records.put_records(session, "offices", {"id": own, "regulations": ["nm-2026-fund"]})
    records.put_records(session, "workrooms", {"id": room, "supported_on": day, "supported_by_region": bool(day)})


def test_last_years_summary_is_carried_over_once_and_undone(qtbot, page):
    year = date.today().year
    button = page.work.carry["年度总结"]
    assert button.isVisibleTo(page)
    qtbot.mouseClick(button, LEFT)
    rows = [page.work.plans.model.record(row) for row in range(page.work.plans.count())]
    (made,) = [row for row in rows if row["kind"] == "年度总结" and row["year"] == year]
    assert f"{year}年" in made["content"]
    assert not button.isVisibleTo(page)
    page._desk.operations.undo()
    assert button.isVisibleTo(page)


def test_a_refused_carry_over_is_said_in_the_strip(page):
    put(page, "plans", year=date.today().year, kind="年度总结")
    page.work.carry_over("年度总结")
    assert "已经有了" in page.strip_shown.text()


def test_the_dossier_of_a_chosen_year_is_bound(qtbot, page, tmp_path):
    choices = page.dossier_button.choices
    choices.fill(page.dossier_button._workroom_id, "甲")
    words = [action.text() for action in choices.actions()]
    assert words[0] == "全部年度…"
    assert f"{date.today().year}年…" in words
    out = tmp_path / "档案.pdf"
    choices.write("一室一档", out, date.today().year)
    qtbot.waitUntil(lambda: "已存" in page.strip_shown.text(), timeout=20_000)
    with pikepdf.Pdf.open(out) as found, found.open_outline() as outline:
        assert outline.root[0].title == "目录"
