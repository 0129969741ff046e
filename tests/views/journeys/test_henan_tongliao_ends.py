"""河南 and 通辽 in the window: what is put right stays, what is not is revoked, and only on the grounds of the text."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.services import records
from desktop.services.regulation import bundled
from tests.views.county import make_county
from tests.views.journeys.founding import name_only
from tests.views.journeys.walking import Walker

LEFT = Qt.MouseButton.LeftButton
LAWS = bundled()
FLOWS = {flow.id: flow for law in LAWS.values() for flow in law.workflows}
PUT_RIGHT = ("已公布", "作用发挥不明显", "整改", "整改到位", "已公布")
LATER = ("已命名", "评估考核", "连续3年无成果")


@pytest.fixture
def law(request):
    return request.param


@pytest.fixture
def county(tmp_path, law):
    return make_county(tmp_path / "county.db", workrooms=1, regulations=(law,))


@pytest.fixture
def room(window):
    """A named workroom without plaque and assessment, and with no outcome of the last ten years."""

    def put(session):
        for row in records.list_records(session, "outcomes"):
            records.put_records(session, "outcomes", {"id": row["id"], "date": "2015-06-01"})
        return name_only(session, "省级", "2023-03-01")

    found = []
    window.operations.run("命名", put, found.append)
    return found[0]


def walker(qtbot, window, flow, way, papers=True, **answers):
    law = next(law.id for law in LAWS.values() if FLOWS[flow] in law.workflows)
    made = Walker(qtbot, window, law, FLOWS[flow], way, papers=papers)
    made.answers = {**made.answers, **answers}
    return made


def state_of(window, room):
    return window.operations.read(lambda session: records.get_record(session, "workrooms", room))["state"]


def words(row):
    return " ".join(label.text() for label in row.findChildren(QLabel))


@pytest.mark.parametrize("law", ["hn-2024"], indirect=True)
def test_what_is_put_right_stays_and_what_is_not_may_be_revoked(qtbot, window, room):
    journey = walker(qtbot, window, "hn-dynamic", PUT_RIGHT)
    journey.go("workrooms", room)
    assert state_of(window, room) == "已命名"
    assert {"finding-record", "rectification-notice", "rectification-report", "look-back"} == set(journey.issued)
    again = walker(qtbot, window, "hn-dynamic", ("已公布", "作用发挥不明显", "整改", "撤销"), papers=False)
    again.go("workrooms", room)
    assert state_of(window, room) == "已撤销"


@pytest.mark.parametrize("law", ["hn-2024"], indirect=True)
@pytest.mark.parametrize("half", ["role_not_obvious", "rectification_insufficient"])
def test_article_seventeen_asks_for_both_halves(qtbot, window, room, half):
    both = {"role_not_obvious": False, "rectification_insufficient": False, half: True}
    journey = walker(qtbot, window, "hn-dynamic", ("已公布", "作用发挥不明显", "整改"), papers=False, **both)
    journey.go("workrooms", room)
    journey.answer("撤销")
    row = journey.row("撤销")
    assert not row.take.isEnabled()
    assert "没有查明的退出事由" in words(row)
    assert state_of(window, room) == "整改中"


@pytest.mark.parametrize("law", ["tl-2020"], indirect=True)
@pytest.mark.parametrize(("outcome_on", "opens"), [(None, True), (-2, False)])
def test_three_years_without_outcomes_are_counted_from_the_plaque_or_the_last_outcome(
    qtbot, window, room, outcome_on, opens
):
    if outcome_on is not None:
        day = date.today().replace(year=date.today().year + outcome_on, day=1)
        given = {"workroom_id": room, "name": "新夹具", "form": "认定", "level": "市级", "date": day.isoformat()}
        window.operations.run("登记成果", lambda session: records.put_records(session, "outcomes", given))
    journey = walker(qtbot, window, "tl-dynamic", LATER)
    journey.answers = {}
    journey.go("workrooms", room)
    assert journey.issued == ["assessment-sheet", "finding-record"]
    row = journey.row("按程序取消称号")
    assert row.take.isEnabled() is opens, words(row)
    if opens:
        journey.take("按程序取消称号")
        assert state_of(window, room) == "已撤销"
        assert journey.issued[-1] == "revocation"
    else:
        journey.take("已命名")
        assert state_of(window, room) == "已命名"
