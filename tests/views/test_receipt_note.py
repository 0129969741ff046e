"""What the office above said shows on a workroom and on the road of every record; nothing shows before."""

import pytest

from desktop.services import exchange, identity, receipts, records
from desktop.views.first_run import make_office
from desktop.views.operation import Operations


@pytest.fixture
def city(tmp_path, window):
    """The office above, which has accepted the county and is accepted by it."""
    path = tmp_path / "city.db"
    make_office(path, ("某市总工会", "市级", "某市"), "李处长")
    made = Operations(path, operator="李处长")
    made.open_now()
    for one, other, relation in ((window.operations, made, "parent"), (made, window.operations, "child")):
        document = other.read(identity.identity_document)
        one.run("认可", lambda session, d=document, r=relation: identity.trust(session, d, r))
    yield made
    made.close()


def answer(window, city, tmp_path, noun, row, reason):
    """Report upward, bring the receipt back that returns one record."""
    up, down = tmp_path / "上报.wrpack", tmp_path / "回执.wrpack"
    above = city.read(identity.own_office_id)
    window.operations.run("带走", lambda session: exchange.export_package(session, up, [above]))
    import_id = exchange.import_package(city.database, up)["import_id"]
    if reason:
        city.run("退回", lambda session: receipts.return_record(session, import_id, noun, row, reason))
    receipts.write_receipt(city.database, down, import_id, "李处长")
    exchange.import_package(window.operations.database, down)


def first(window, noun):
    return window.operations.read(lambda session: records.list_records(session, noun))[0]["id"]


def test_a_workroom_shows_that_it_was_returned_and_why(window, city, tmp_path, settled):
    room = first(window, "workrooms")
    window.go("registry", "workrooms", room)
    settled(window)
    note = window.view("registry").page.receipt
    assert note.isHidden()
    answer(window, city, tmp_path, "workrooms", room, "场地照片不清楚")
    window.view("registry").page.refresh(frozenset({"receipts"}))
    assert note.isVisible()
    assert "退回，原因：场地照片不清楚" in note.words.text()
    assert note.property("role") == "strip-warn"


def test_the_road_of_an_application_shows_that_it_was_accepted(window, city, tmp_path, settled):
    applied = first(window, "applications")
    answer(window, city, tmp_path, "applications", applied, "")
    window.go("course", "applications", applied)
    settled(window)
    note = window.view("course").road.receipt
    assert note.isVisible()
    assert "某市总工会于" in note.words.text()
    assert note.words.text().endswith("接收。")
    assert note.property("role") == "strip-pass"


@pytest.mark.parametrize(("reason", "verdict"), [("材料不全", "退回"), ("", "接收")])
def test_the_lists_say_in_a_word_what_was_said_above(window, city, tmp_path, settled, reason, verdict):
    window.go("wizard", "", "")
    settled(window)
    drafts = window.view("wizard").chooser.drafts
    waiting = window.view("course").list.entries
    column = [one.key for one in drafts.columns].index("state")
    told = lambda row: drafts.index(drafts.row_of(row), column).data()  # noqa: E731
    applied = first(window, "applications")
    before = told(applied)
    assert verdict not in before
    answer(window, city, tmp_path, "applications", applied, reason)
    window.view("wizard").refresh(frozenset({"receipts"}))
    assert told(applied) == f"{before} · {verdict}"
    window.go("course", "", "")
    settled(window)
    grants = [one for one in map(waiting.entry, range(waiting.rowCount())) if one.noun == "grants"]
    assert grants
    assert all("回执：接收" in waiting.index(waiting.row_of(one.record_id)).data() for one in grants)
