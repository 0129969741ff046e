"""办理 by hand and key: what waits, a step through its form, a return, a correction, undo."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.services import course, records
from desktop.views.course.course_view import CourseView
from desktop.views.course.hold_card import HoldCard
from tests.views.showing import shown

LETTER = "上级来文〔2026〕8号"


@pytest.fixture
def view(qtbot, desk):
    with shown(qtbot, CourseView(desk)) as found:
        yield found


@pytest.fixture
def planned(view):
    """A grant that stands at the beginning of its road, its page in front."""
    room = view.operations.read(lambda session: records.list_records(session, "workrooms"))[0]["id"]
    given = {"workroom_id": room, "regulation": "nm-2026-fund", "year": 2026, "grant_total_yuan": "50000.00"}
    made = []
    view.operations.run("新增补助", lambda session: records.put_records(session, "grants", given), made.extend)
    view.show_record("grants", made[0]["id"])
    return made[0]["id"]


def ahead_of(view):
    return view.road.ahead_rows


def done_rows(view):
    return view.road.done_rows


def take(qtbot, view, reason=LETTER):
    row = next(row for row in ahead_of(view) if row.take.isEnabled())
    qtbot.mouseClick(row.take, Qt.MouseButton.LeftButton)
    view.road.form.editors["reason"].set_value(reason)
    qtbot.mouseClick(view.road.form.accept, Qt.MouseButton.LeftButton)


def test_what_waits_stands_left_with_state_next_step_and_turn(view):
    entries = view.list.entries
    assert entries.rowCount() > 3
    words = entries.index(0).data()
    assert "→" in words
    said, _role = entries.standing(entries.entry(0))
    assert said.endswith(entries.entry(0).flow), "what it is, not only where it stands"
    assert view.count.text().startswith("轮到本级")
    view.turns.set_value("above")
    view.turns.edited.emit("above")
    assert {entries.entry(row).turn for row in range(entries.rowCount())} == {"above"}


def test_the_search_also_finds_roads_that_do_not_wait(qtbot, view):
    room = view.operations.read(lambda session: records.list_records(session, "workrooms"))[0]
    qtbot.keyClicks(view.search_field.control, "")
    view.search_field.edited.emit(room["name"])
    entries = view.list.entries
    assert "workrooms" in {entries.entry(row).noun for row in range(entries.rowCount())}
    view.show_record("workrooms.nm-build-rectify", room["id"])
    assert view.road.way().road.workflow.id == "nm-build-rectify"
    assert view.road.flows.isVisible()


def test_a_step_is_taken_through_its_form_and_undone_with_the_same_road(qtbot, view, planned):
    take(qtbot, view)
    state = view.operations.read(lambda session: records.get_record(session, "grants", planned)["state"])
    assert state == "指标已下达"
    assert "已办理到“指标已下达”" in view.strip.text()
    assert view.road.form is None
    assert len(done_rows(view)) == 1
    view.operations.undo()
    state = view.operations.read(lambda session: records.get_record(session, "grants", planned)["state"])
    assert state == "年度支持建设计划"
    assert done_rows(view) == []


def test_a_refused_step_says_why_and_keeps_what_was_typed(qtbot, view, planned):
    take(qtbot, view, reason="")
    assert "自治区总工会办理" in view.strip.text()
    assert view.road.form is not None
    assert view.operations.read(lambda session: records.list_records(session, "steps")) == []


def test_escape_puts_the_form_away(qtbot, view, planned):
    row = next(row for row in ahead_of(view) if row.take.isEnabled())
    qtbot.mouseClick(row.take, Qt.MouseButton.LeftButton)
    assert view.road.form.editors["on"].value() == date.today().isoformat()
    qtbot.mouseClick(view.road.form.cancel, Qt.MouseButton.LeftButton)
    assert view.road.form is None


def test_a_step_is_corrected_with_its_reason(qtbot, view, planned):
    take(qtbot, view)
    qtbot.mouseClick(done_rows(view)[0].correct, Qt.MouseButton.LeftButton)
    form = view.road.form
    assert not form.editors["taken_on"].isVisible()
    qtbot.mouseClick(form.accept, Qt.MouseButton.LeftButton)
    assert "更正要写明理由" in view.strip.text()
    form.editors["reason"].set_value("误点")
    qtbot.mouseClick(form.accept, Qt.MouseButton.LeftButton)
    assert done_rows(view) == []
    steps = view.operations.read(lambda session: records.list_records(session, "steps"))
    assert sorted(bool(step["corrects_id"]) for step in steps) == [False, True]


def open_card(qtbot, view):
    """Return the card of the hold that is still open; cards put away are hidden, new ones are shown in a moment."""
    qtbot.wait(1)
    cards = [one for one in view.road.findChildren(HoldCard) if not one.isHidden()]
    return next(one for one in cards if hasattr(one, "done"))


def submitted(view):
    rows = view.operations.read(lambda session: records.list_records(session, "applications", {"state": "已提交"}))
    return rows[0]["id"]


def test_sent_back_with_reasons_per_field_then_answered(qtbot, view):
    record_id = submitted(view)
    view.show_record("applications", record_id)
    qtbot.mouseClick(view.road.send_back, Qt.MouseButton.LeftButton)
    form = view.road.form
    form.more.click()
    fields = view.road.way().parts
    for (which, why), (name, words) in zip(form._rows, ((fields[0], "没有填写"), ("", "照片不清楚")), strict=True):
        which.set_value(name)
        why.set_value(words)
    qtbot.mouseClick(form.accept, Qt.MouseButton.LeftButton)
    stored = view.operations.read(lambda session: records.get_record(session, "applications", record_id))
    assert stored["state"] == "退回修改"
    assert stored["returned_reason"] == f"{fields[0]}：没有填写；照片不清楚"
    assert view.road.send_back.isHidden()
    stopped = [row for row in view.road.ahead_rows if row.ahead.stopped]
    assert stopped
    assert not any(row.take.isEnabled() for row in stopped)
    qtbot.mouseClick(open_card(qtbot, view).done, Qt.MouseButton.LeftButton)
    view.road.form.editors["reason"].set_value("已补")
    qtbot.mouseClick(view.road.form.accept, Qt.MouseButton.LeftButton)
    stored = view.operations.read(lambda session: records.get_record(session, "applications", record_id))
    assert stored["state"] == "已提交"


def standing(view):
    """Return a named workroom with a leader."""
    rooms = view.operations.read(lambda session: records.list_records(session, "workrooms", {"state": "已命名"}))
    return next(room for room in rooms if room["leader_id"])


def status_of(view, room):
    return view.operations.read(lambda session: records.get_record(session, "people", room["leader_id"]))["status"]


def test_a_ground_is_found_out_in_place_and_opens_the_exit(qtbot, view):
    room = standing(view)
    view.show_record("workrooms.nm-build-change", room["id"])
    (row,) = ahead_of(view)
    assert not row.take.isEnabled()
    qtbot.mouseClick(row.links[0], Qt.MouseButton.LeftButton)
    form = view.road.form
    status = form.rows["leader_status"]
    before = status_of(view, room)
    control = status.editor.control
    control.setCurrentIndex(control.findText("退休"))
    control.activated.emit(control.currentIndex())
    assert status_of(view, room) == "退休"
    assert view.road.form is form, "the form stays for the other answers"
    assert form.rows["leader_status"].asked.value == "退休"
    qtbot.mouseClick(form.accept, Qt.MouseButton.LeftButton)
    assert view.road.form is None
    (row,) = ahead_of(view)
    assert row.take.isEnabled()
    view.operations.undo()
    assert status_of(view, room) == before


def test_a_refused_answer_is_told_beside_its_field(qtbot, view):
    room = standing(view)
    view.show_record("workrooms.nm-build-change", room["id"])
    view.told_forms.ask(view.road.way(), ahead_of(view)[0].ahead, "")
    form = view.road.form
    form.told.emit("leader_status", "升迁到月球")
    assert "leader_status" in form.rows
    assert form.rows["leader_status"].editor.error()
    assert view.strip.text()


def test_what_an_answer_comes_from_is_opened_in_the_register(qtbot, view):
    room = standing(view)
    view.show_record("workrooms.nm-build-change", room["id"])
    view.told_forms.ask(view.road.way(), ahead_of(view)[0].ahead, "")
    with qtbot.waitSignal(view.desk.go) as gone:
        view.road.form.open_record.emit("workrooms", room["id"], "activity_normal")
    assert gone.args == ["registry", "workrooms.activity_normal", room["id"]]


def test_a_paper_of_the_step_is_made_in_its_view(qtbot, view, planned):
    row = ahead_of(view)[0]
    with qtbot.waitSignal(view.desk.go) as gone:
        row.paper_requested.emit("quota-notice", "grants")
    assert gone.args == ["document", "grants.quota-notice", planned]


def test_enter_in_the_list_goes_over_to_the_road(qtbot, view):
    view.list.setFocus()
    view.list.setCurrentIndex(view.list.entries.index(0))
    qtbot.keyClick(view.list, Qt.Key.Key_Return)
    assert not view.list.hasFocus()


def test_an_objection_is_registered_and_settled(qtbot, view, planned):
    from desktop.services import publicity

    view.operations.run(
        "公示",
        lambda session: publicity.begin(
            session, "grants", planned, date(2026, 9, 14), 5, "工作日", workflow="nm-fund-grant"
        ),
    )
    one = view.road.way().publicities[0]
    view.publicity_forms.register(one.record["id"], {"content": "材料不实", "raised_by": "匿名", "contact": ""})
    objection = view.road.way().publicities[0].objections[0]
    view.publicity_forms.settle(objection["id"], {"finding": "不成立", "handling": "核查原件属实"})
    assert view.road.way().publicities[0].objections[0]["finding"] == "不成立"
    view.publicity_forms.close(one.record["id"])
    assert view.road.way().publicities[0].record["result"] == "无异议"


def test_the_list_of_waiting_agrees_with_the_service(view):
    found = view.operations.read(lambda session: course.waiting(session, date.today()))
    entries = view.list.entries
    assert [entries.entry(row).id for row in range(entries.rowCount())] == [one.id for one in found]


@pytest.mark.parametrize("noun", ["grants", "workrooms"])
def test_the_dossier_is_written_beside_the_living_window(qtbot, view, planned, tmp_path, noun):
    if noun == "workrooms":
        view.show_record("workrooms", view.elsewhere.workroom_of("grants", planned))
    out = tmp_path / "档案.pdf"
    if noun == "grants":
        view.dossiers.write_pack(out)
    else:
        view.dossiers.choices.fill(view.road.page().workroom_id, "甲")
        view.dossiers.choices.write("一室一档", out)
    qtbot.waitUntil(lambda: not view.operations.is_busy() and "已存" in view.strip.text(), timeout=10_000)
    assert out.read_bytes().startswith(b"%PDF")


def test_a_grant_is_entered_from_the_road_of_a_named_workroom(qtbot, view):
    room = standing(view)
    view.show_record("workrooms", room["id"])
    assert view.road.grant.isVisible()
    qtbot.mouseClick(view.road.grant, Qt.MouseButton.LeftButton)
    form = view.road.form
    assert form.editors["total"].value() == 5_000_000
    form.editors["year"].set_value(2031)
    qtbot.mouseClick(form.accept, Qt.MouseButton.LeftButton)
    page = view.road.page()
    assert page.noun == "grants"
    stored = view.operations.read(lambda session: records.get_record(session, "grants", page.record_id))
    assert (stored["year"], stored["grant_total_yuan"], stored["workroom_id"]) == (2031, "50000.00", room["id"])
    assert view.road.way().road.workflow.id == "nm-fund-grant"
    view.show_record("workrooms", room["id"])
    qtbot.mouseClick(view.road.grant, Qt.MouseButton.LeftButton)
    view.road.form.editors["year"].set_value(2031)
    qtbot.mouseClick(view.road.form.accept, Qt.MouseButton.LeftButton)
    assert "已经登记" in view.strip.text()


def test_the_choice_of_roads_stands_beside_what_the_record_is(view):
    view.show_record("workrooms", standing(view)["id"])
    road = view.road
    assert road.flows.isVisible()
    assert road.flows.geometry().left() > road.about.geometry().left()
    assert abs(road.flows.geometry().center().y() - road.about.geometry().center().y()) < 12
    assert view.minimumSizeHint().width() <= 860


def test_the_dossier_offers_the_years_on_record(qtbot, view, tmp_path, monkeypatch):
    room = standing(view)
    view.show_record("workrooms", room["id"])
    qtbot.mouseClick(view.road.dossier, Qt.MouseButton.LeftButton)
    view.dossiers.choices.hide()
    words = [action.text() for action in view.dossiers.choices.actions()]
    assert words[0] == "全部年度…"
    assert len(words) > 1
    asked = []
    monkeypatch.setattr(
        "desktop.views.saving.QFileDialog.getSaveFileName",
        lambda _parent, _title, name, _kinds: asked.append(name) or (str(tmp_path / "一年.pdf"), ""),
    )
    view.dossiers.choices.actions()[1].trigger()
    qtbot.waitUntil(lambda: not view.operations.is_busy() and "已存" in view.strip.text(), timeout=10_000)
    assert words[1].removesuffix("…") in asked[0]
    assert (tmp_path / "一年.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("wanted", "ending", "begins"), [("台账（打印）", "pdf", b"%PDF"), ("台账（Excel）", "xlsx", b"PK")]
)
def test_the_ledgers_of_a_workroom_are_printed_and_written(qtbot, view, tmp_path, monkeypatch, wanted, ending, begins):
    view.show_record("workrooms", standing(view)["id"])
    choices = view.dossiers.choices
    choices.fill(view.road.page().workroom_id, "甲")
    out = tmp_path / f"台账.{ending}"
    asked = []
    monkeypatch.setattr(
        "desktop.views.saving.QFileDialog.getSaveFileName",
        lambda _parent, _title, name, _kinds: asked.append(name) or (str(out), ""),
    )
    choices.lists[wanted].actions()[0].trigger()
    qtbot.waitUntil(lambda: not view.operations.is_busy() and "已存" in view.strip.text(), timeout=10_000)
    assert Path(asked[0]).name == f"甲-台账.{ending}"
    assert out.read_bytes().startswith(begins)


def test_the_first_road_is_set_only_after_the_list_is_there(qtbot, desk):
    view = CourseView(desk)
    qtbot.addWidget(view)
    view.show()
    view.arrive()
    assert view.list.currentIndex().isValid()
    assert view.right.currentWidget() is not view.road
    qtbot.waitUntil(lambda: view.right.currentWidget() is view.road)
    assert view.shown_record()[1] == view.list.entries.entry(0).record_id


def test_a_record_asked_for_while_the_view_opens_stays_in_front(qtbot, desk):
    view = CourseView(desk)
    qtbot.addWidget(view)
    view.show()
    view.arrive()
    last = view.list.entries.entry(view.list.entries.rowCount() - 1)
    view.show_record(last.noun, last.record_id)
    qtbot.waitUntil(lambda: view._opened)
    assert view.shown_record() == (last.noun, last.record_id)


def test_a_plan_is_sent_back_by_what_was_handed_in_and_withdrawn_and_taken_up_again(qtbot, view):
    room = standing(view)["id"]
    made = []
    given = {"workroom_id": room, "year": 2026, "kind": "年度计划"}
    view.operations.run("计划", lambda session: records.put_records(session, "plans", given), made.append)
    plan = made[0][0]["id"]
    view.show_record("plans.nm-build-year", plan)
    assert not view.road.send_back.isHidden()
    qtbot.mouseClick(view.road.send_back, Qt.MouseButton.LeftButton)
    which, why = view.road.form._rows[0]
    which.set_value("内容")
    why.set_value("没有写目标")
    qtbot.mouseClick(view.road.form.accept, Qt.MouseButton.LeftButton)
    assert not any(row.take.isEnabled() for row in view.road.ahead_rows)
    qtbot.mouseClick(open_card(qtbot, view).done, Qt.MouseButton.LeftButton)
    view.road.form.editors["reason"].set_value("已补")
    qtbot.mouseClick(view.road.form.accept, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(view.road.withdraw, Qt.MouseButton.LeftButton)
    view.road.form.editors["reason"].set_value("今年不报")
    qtbot.mouseClick(view.road.form.accept, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(open_card(qtbot, view).done, Qt.MouseButton.LeftButton)
    assert view.road.form.accept.text() == "恢复"
    view.road.form.editors["reason"].set_value("继续报")
    qtbot.mouseClick(view.road.form.accept, Qt.MouseButton.LeftButton)
    kept = view.operations.read(lambda session: records.list_records(session, "holds", {"subject_id": plan}))
    assert sorted((one["kind"], one["answer"]) for one in kept) == [("撤回", "继续报"), ("退回补正", "已补")]
    assert next(one for one in kept if one["kind"] == "退回补正")["reasons"] == {"内容": "没有写目标"}


def test_only_the_form_in_hand_urges_and_nothing_does_where_nothing_is_under_way(qtbot, view):
    rooms = view.operations.read(lambda session: records.list_records(session, "workrooms", {"state": "已命名"}))
    view.show_record("workrooms", rooms[0]["id"])
    assert not view.road.way().road.begun
    assert any(row.take.isEnabled() for row in view.road.ahead_rows)
    assert not any(row.take.property("role") == "primary" for row in view.road.ahead_rows)
    given = {"workroom_id": rooms[0]["id"], "year": 2026, "kind": "年度计划"}
    made = []
    view.operations.run("新增计划", lambda session: records.put_records(session, "plans", given), made.extend)
    view.show_record("plans.nm-build-year", made[0]["id"])
    (row,) = [one for one in view.road.ahead_rows if one.take.property("role") == "primary"]
    qtbot.mouseClick(row.take, Qt.MouseButton.LeftButton)
    # What is saved beside the form shows the road anew.
    noted = {"id": made[0]["id"], "content": "智能截割"}
    view.operations.run("改", lambda session: records.put_records(session, "plans", noted))
    view.refresh(frozenset({"plans"}))
    assert view.road.form is not None
    assert not any(one.take.property("role") == "primary" for one in view.road.ahead_rows)


def test_a_step_of_another_office_says_so_on_its_button_and_one_back_in_its_name(qtbot, view):
    rooms = view.operations.read(lambda session: records.list_records(session, "workrooms"))
    given = {"workroom_id": rooms[0]["id"], "regulation": "nm-2026-build", "year": 2026, "state": "已推荐"}
    made = []
    view.operations.run("新增申报", lambda session: records.put_records(session, "applications", given), made.extend)
    about = {"subject_noun": "applications", "subject_id": made[0]["id"], "regulation": "nm-2026-build", "position": 1}
    about |= {"workflow": "nm-build-support", "taken_on": "2026-01-05"}
    step = {**about, "from_state": "已建成", "to_state": "拟推荐"}
    view.operations.run("登记", lambda session: records.put_records(session, "steps", step))
    view.show_record("applications", made[0]["id"])
    rows = {row.ahead.gate.transition.to: row for row in view.road.ahead_rows}
    above = rows["列入年度支持计划"]
    assert (above.ahead.turn, above.take.text(), above.take.property("role")) == ("above", "凭来文登记…", "")
    assert "回到“已建成”" in [label.text() for label in rows["已建成"].findChildren(QLabel)]
    assert "未列入" in [label.text() for label in rows["未列入"].findChildren(QLabel)]


def test_a_refused_form_stays_with_the_cursor_in_the_field_at_fault(qtbot, view, planned):
    row = next(row for row in ahead_of(view) if row.take.isEnabled())
    qtbot.mouseClick(row.take, Qt.MouseButton.LeftButton)
    form = view.road.form
    qtbot.mouseClick(form.accept, Qt.MouseButton.LeftButton)
    assert "请写明依据" in view.strip.text()
    assert view.road.form is form
    assert form.editors["reason"].control.hasFocus()
    qtbot.mouseClick(form.cancel, Qt.MouseButton.LeftButton)
    assert view.road.form is None
    assert view.strip.text() == "", "what was said of a form goes with it"


def test_what_the_allocation_is_to_say_leads_there_from_the_question_and_from_the_road(qtbot, view, planned):
    """A reward is entered where the grant is shared out: “确认没有” is not the only way on."""
    way = ("年度支持建设计划", "指标已下达", "盟市或产业工会已收款", "已拨付基层工会账户")
    about = {"subject_noun": "grants", "subject_id": planned, "regulation": "nm-2026-fund", "workflow": "nm-fund-grant"}

    def walk(session):
        for number, (start, to) in enumerate(pairwise(way), 1):
            moved = {"from_state": start, "to_state": to, "position": number, "taken_on": "2026-01-05"}
            records.put_records(session, "steps", {**about, **moved})

    view.operations.run("办理", walk)
    view.show_record("grants", planned)
    (row,) = ahead_of(view)
    finding = next(one for one in row.ahead.gate.blocking if one.rule == "nm-2026-fund-6a")
    row.facts_requested.emit(finding.rule)
    form = view.road.form
    assert not form.enter["rewards"].isHidden()
    assert not form.none_held["rewards"].isHidden()
    with qtbot.waitSignal(view.desk.go) as gone:
        qtbot.mouseClick(form.enter["rewards"], Qt.MouseButton.LeftButton)
    assert gone.args == ["allocation", "grants", planned]
    view.road.put_form_away()
    book = next(one for one in view.road.findChildren(QPushButton) if one.text() == "分配与支出" and one.isEnabled())
    with qtbot.waitSignal(view.desk.go) as gone:
        book.click()
    assert gone.args == ["allocation", "grants", planned]


def test_a_ground_made_out_is_told_as_what_the_step_rests_on_and_the_record_looked_for_stays_chosen(qtbot, view):
    room = standing(view)
    view.search_field.set_value(room["name"])
    view.search_field.edited.emit(room["name"])
    view.show_record("workrooms.nm-build-change", room["id"])
    (row,) = ahead_of(view)
    assert row.links[-1].text() == "查明事由…"
    row.facts_requested.emit("")
    form = view.road.form
    form.told.emit("leader_status", "退休")
    qtbot.mouseClick(form.accept, Qt.MouseButton.LeftButton)
    (row,) = ahead_of(view)
    told = [label.text() for label in row.findChildren(QLabel) if "已查明的事由" in label.text()]
    assert len(told) == 1
    assert "第十三条" in told[0]
    qtbot.mouseClick(row.take, Qt.MouseButton.LeftButton)
    form = view.road.form
    qtbot.mouseClick(form.accept, Qt.MouseButton.LeftButton)
    assert "请选定据以办理的" in view.strip.text()
    for box in form.grounds.values():
        box.click()
    qtbot.mouseClick(form.accept, Qt.MouseButton.LeftButton)
    (done,) = done_rows(view)
    said = [label.text() for label in done.findChildren(QLabel) if label.text().startswith("认定的事由：")]
    assert len(said) == 1
    assert "第十三条" in said[0]
    chosen = view.list.currentIndex()
    assert view.list.entries.entry(chosen.row()).record_id == room["id"]
