"""The pool of experts and its draws by hand: seed, recusals, witnesses, redrawing, a replacement."""

from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt

from desktop.services import application, draw, records
from desktop.views.experts.expert_view import ExpertView
from tests.views.county import make_county
from tests.views.showing import shown

LEFT = Qt.MouseButton.LeftButton
UNIT = "乙研究院"
DAY = date(2026, 9, 1)


@pytest.fixture
def county(tmp_path):
    return make_county(tmp_path / "county.db", regulations=("jy-2022",))


@pytest.fixture
def reviewed(desk):
    """An application at 审核, whose next step is the review by experts."""

    def put(session):
        for row in records.list_records(session, "experts"):
            records.delete_record(session, "experts", row["id"])
        room = records.list_records(session, "workrooms")[0]
        made = application.start(session, room["id"], "jy-2022", DAY)["id"]
        records.put_records(session, "applications", {"id": made, "state": "已推荐"})
        walked = ("具备条件", "单位工会申请", "初审推荐", "审核")
        for number, (start, end) in enumerate(pairwise(walked), 1):
            step = {"subject_noun": "applications", "subject_id": made, "regulation": "jy-2022"}
            moved = {"workflow": "jy-naming", "from_state": start, "to_state": end, "position": number}
            records.put_records(session, "steps", {**step, **moved, "taken_on": "2026-09-01", "taken_by": "王敏"})
        return made, room

    found = []
    desk.operations.run("准备", put, found.append)
    return found[0]


@pytest.fixture
def view(qtbot, desk, reviewed):
    with shown(qtbot, ExpertView(desk)) as found:
        yield found


def fill_pool(view, count=8):
    unit = view.operations.read(lambda session: unit_of(session))

    def put(session):
        given = [
            {"name": f"专家{n}", "unit_name": UNIT, "speciality": "机械", "title_rank": "正高级"} for n in range(count)
        ]
        given[0]["unit_name"] = unit
        given[1]["speciality"] = "电气"
        return [row["id"] for row in records.put_records(session, "experts", given)]

    made = []
    view.operations.run("登记", put, made.extend)
    return made


def unit_of(session):
    room = records.list_records(session, "workrooms")[0]
    return records.get_record(session, "units", room["unit_id"])["name"]


def test_the_first_expert_is_added_from_the_empty_page(qtbot, view):
    assert view.stack.currentWidget() is view.nothing
    assert not view.draw.isEnabled()
    qtbot.mouseClick(view.nothing.action, LEFT)
    qtbot.waitUntil(lambda: view.pool.count() == 1)
    stored = view.operations.read(lambda session: records.list_records(session, "experts"))
    assert stored[0]["name"] == "新专家"
    assert stored[0]["office_id"] == view.desk.office_id


def begin(qtbot, view, reviewed):
    view.show_record("applications", reviewed[0])
    assert view.form.chosen() == (reviewed[0],)
    return view.form


def test_a_draw_is_made_recorded_and_gives_the_same_people_again(qtbot, view, reviewed):
    pool = fill_pool(view)
    form = begin(qtbot, view, reviewed)
    # The expert of the unit under review is proposed for recusal, with the reason.
    box, why = form.recusals[pool[0]]
    assert box.isChecked()
    assert "来自" in why.value()
    other, reason = form.recusals[pool[2]]
    other.setChecked(True)
    qtbot.mouseClick(form.accept, LEFT)
    assert "回避要写明原因" in view.strip.text()
    reason.set_value("出差")
    form.editors["count"].set_value(3)
    form.editors["witnesses"].set_value(["赵强", "李纪"])
    form.editors["seed"].set_value("38 17 05")
    qtbot.mouseClick(form.accept, LEFT)
    one = view.chosen_draw()
    assert len(one["drawn"]) == 3
    assert not {pool[0], pool[2]} & set(one["drawn"])
    assert (one["seed"], one["witnesses"]) == ("38 17 05", ["赵强", "李纪"])
    assert one["drawn"] == draw.chosen(one["pool"], one["recusals"], "38 17 05", 3)
    facts = view.operations.read(lambda session: records.get_record(session, "applications", reviewed[0])["facts"])
    assert facts["expert_draw_method"] == "随机抽取"
    shown_words = {key: label.text() for key, label in view.sheet.labels.items()}
    assert shown_words["drawn"] == one["people"]
    assert "出差" in shown_words["recusals"]
    qtbot.mouseClick(view.sheet.check, LEFT)
    assert "结果相同" in view.sheet.verdict.text()


def test_a_record_that_was_changed_is_found_out(qtbot, view, reviewed):
    pool = fill_pool(view)
    form = begin(qtbot, view, reviewed)
    form.editors["count"].set_value(2)
    qtbot.mouseClick(form.accept, LEFT)
    one = view.chosen_draw()
    other = next(who for who in pool[1:] if who not in one["drawn"])
    changed = {"id": one["id"], "drawn": [one["drawn"][0], other]}
    view.operations.run("改", lambda session: records.put_records(session, "expert_draws", changed))
    qtbot.mouseClick(view.sheet.check, LEFT)
    assert "不一致" in view.sheet.verdict.text()


def test_one_who_cannot_come_is_replaced_by_the_next_of_the_same_order(qtbot, view, reviewed):
    fill_pool(view)
    form = begin(qtbot, view, reviewed)
    form.editors["count"].set_value(3)
    form.editors["seed"].set_value("种子")
    qtbot.mouseClick(form.accept, LEFT)
    first = view.chosen_draw()
    qtbot.mouseClick(view.sheet.replace, LEFT)
    qtbot.mouseClick(view.form.accept, LEFT)
    assert "写明原因" in view.strip.text()
    view.form.editors["why"].set_value("生病")
    qtbot.mouseClick(view.form.accept, LEFT)
    second = view.chosen_draw()
    assert second["replaces_id"] == first["id"]
    assert second["drawn"][:2] == first["drawn"][1:]
    view.show_record("expert_draws", first["id"])
    assert not view.sheet.replace.isEnabled()
    assert "替补" in view.sheet.title.text()


def test_too_few_experts_of_a_field_are_told(qtbot, view, reviewed):
    fill_pool(view)
    form = begin(qtbot, view, reviewed)
    form.editors["speciality"].set_value("电气")
    form.editors["count"].set_value(2)
    qtbot.mouseClick(form.accept, LEFT)
    assert "只有1名" in view.strip.text()
    assert view.form is form


def test_the_sheet_leads_to_its_paper_and_to_the_scores(qtbot, view, reviewed):
    fill_pool(view)
    form = begin(qtbot, view, reviewed)
    form.editors["count"].set_value(2)
    qtbot.mouseClick(form.accept, LEFT)
    one = view.chosen_draw()
    with qtbot.waitSignal(view.desk.go) as gone:
        qtbot.mouseClick(view.sheet.print, LEFT)
    assert gone.args == ["document", "expert_draws.expert-draw", one["id"]]
    with qtbot.waitSignal(view.desk.go) as gone:
        qtbot.mouseClick(view.sheet.score, LEFT)
    assert gone.args == ["scores", "expert_draws", one["id"]]


def test_a_draw_for_nothing_yet_has_its_sheet_too(qtbot, view):
    fill_pool(view)
    qtbot.mouseClick(view.draw, LEFT)
    form = view.form
    form.editors["title"].set_value("2026年成果奖评审")
    form.editors["count"].set_value(2)
    form.editors["witnesses"].set_value(["纪检张"])
    qtbot.mouseClick(form.accept, LEFT)
    one = view.chosen_draw()
    assert one["subjects"] == []
    assert not view.sheet.score.isEnabled()
    with qtbot.waitSignal(view.desk.go) as gone:
        qtbot.mouseClick(view.sheet.print, LEFT)
    assert gone.args == ["document", "expert_draws.expert-draw", one["id"]]
