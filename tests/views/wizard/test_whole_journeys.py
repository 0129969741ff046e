"""Under each regulation there is: chosen, every page filled in as asked, judged complete, submitted."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QToolButton

from desktop.errors import BadInput
from desktop.services import application, records
from desktop.services.beginning import ALLIANCE, OUTCOME, WORKROOM
from desktop.services.regulation import catalogue
from desktop.views.wizard.live_draft import SUMMARY
from tests.views.county import make_county
from tests.views.input_method import commit_text

LEFT = Qt.MouseButton.LeftButton
ROOM = "北滩矿业有限责任公司蔡林德劳模创新工作室"
AWARDS = ("十大科技创新成果", "十大先进操作法", "十大发明专利", "十佳金点子")
JOURNEYS = [
    ("nm-2026-build", WORKROOM, ""),
    ("nm-2026-build", ALLIANCE, ""),
    ("nm-2026-fund", WORKROOM, ""),
    ("tl-2020", WORKROOM, "市级"),
    ("tl-2020", WORKROOM, "旗县级"),
    ("jy-2022", WORKROOM, ""),
    ("hn-2024", WORKROOM, ""),
    ("wx-2021-model", WORKROOM, "市级"),
    ("wx-2021-model", WORKROOM, "示范性"),
    ("wx-2021-staff", WORKROOM, "示范性"),
    *(("wx-2021-award", OUTCOME, kind) for kind in AWARDS),
]
TRIED = {
    "bool": (True, False),
    "number": (1, 2, 5, 100, 2025, 2026),
    "money": ("1000000.00",),
    "date": ("2026-08-01", "2026-08-08", "2024-01-05", "2025-06-01"),
    "text": ("甲",),
    "list": (["甲"],),
}


@pytest.fixture
def county(tmp_path):
    """A sample county whose office works under every regulation there is."""
    return make_county(tmp_path / "county.db", regulations=tuple(sorted(catalogue())))


@pytest.fixture
def room(wizard):
    """A workroom whose leader has what each regulation wants of one, and which leads an alliance."""
    rooms = wizard.operations.read(lambda session: records.list_records(session, "workrooms"))
    found = next(one for one in rooms if one["name"] == ROOM)
    honour = {"person_id": found["leader_id"], "kind": "职工技术创新能手", "level": "市级", "authority": "某市总工会"}
    alliance = {"name": "装备制造联盟", "alliance_type": "产业联盟", "lead_workroom_id": found["id"]}

    def put(session):
        records.put_records(session, "honours", honour)
        records.put_records(session, "alliances", alliance)

    wizard.operations.run("登记", put)
    wizard.refresh(frozenset({"alliances"}))
    return found


def choose(combo, value):
    combo.control.setCurrentIndex(combo.control.findData(value))


def begin(qtbot, wizard, room, law, subject, kind):
    card = wizard.chooser.card
    choose(card.regulation, law)
    if card.subject.isVisible():
        choose(card.subject, subject)
    if card.kind.isVisible():
        choose(card.kind, kind)
    words = {WORKROOM: ROOM, ALLIANCE: "装备制造", OUTCOME: room["name"][10:13]}[subject]
    commit_text(card.picker().line, words)
    assert card.picker().hits.currentItem() is not None
    if subject == OUTCOME:
        commit_text(card.project.control, "换刀提醒装置")
    card.on.set_value("2026-09-01")
    qtbot.mouseClick(card.start, LEFT)
    assert wizard._stack.currentWidget() is wizard.page, wizard.strip.text()


def grade(verdict):
    statuses = [finding.status for finding in verdict.findings]
    missing = sum(len(finding.missing) for finding in verdict.findings)
    return statuses.count("fail"), statuses.count("unknown"), missing, statuses.count("warn")


def answers_to(asked):
    if asked.choices:
        return (list(asked.choices), []) if asked.type == "list" else asked.choices
    return TRIED.get(asked.type, ())


def best_answer(live, asked):
    """Return the answer that leaves the least to do; None when what stands there is as good."""
    best, chosen = grade(live.verdict), None
    for value in answers_to(asked):
        try:
            sheet = live.sheet.with_fact(asked.fact, value)
            found = grade(application.judge_live(sheet, live.draft.regulation, live.draft.stage, live.draft.noun))
        except BadInput:
            continue
        if found < best:
            best, chosen = found, value
    return chosen


def give(qtbot, row, value):
    """Enter an answer as a person does."""
    control = row.editor.control
    if row.asked.type == "bool":
        qtbot.mouseClick(row.findChildren(QToolButton)[0 if value else 1], LEFT)
    elif row.asked.type == "list" and row.asked.choices:
        for box in row.findChildren(QCheckBox):
            if box.isChecked() is not (box.text() in (value or ["无"])):
                box.click()
    elif row.asked.choices:
        choose(row.editor, value)
        row.editor.commit()
    else:
        control.selectAll()
        commit_text(control, "、".join(value) if isinstance(value, list) else str(value))
        row.editor.commit()
    assert row.editor.error() == ""


def fill_in(qtbot, wizard):
    page = wizard.page
    for row_number in range(page.steps.rowCount() - 1):
        page.step_list.setCurrentIndex(page.steps.index(row_number))
        for row in page.form.rows():
            if row.editor is None or row.asked.fact in ("application_level", "award_kind"):
                continue
            value = best_answer(page.live, row.asked)
            if value is not None:
                give(qtbot, row, value)


def give_reasons(wizard):
    page = wizard.page
    for blocker in page.live.blockers():
        assert blocker.kind == "reason", blocker
        page.jump_to(blocker.rule)
        card = next(card for card in page.findings.cards() if card.finding.rule == blocker.rule)
        commit_text(card.reason.control, "已核实，情况属实")
        card.reason.commit()


@pytest.mark.parametrize(("law", "subject", "kind"), JOURNEYS)
def test_chosen_filled_in_judged_complete_and_submitted(qtbot, wizard, room, law, subject, kind):
    begin(qtbot, wizard, room, law, subject, kind)
    page, draft_id = wizard.page, wizard._application_id
    assert page.live.draft.regulation.id == law
    shown = {kind_shown for one in page.live.pages() for kind_shown in AWARDS if kind_shown == one.title}
    assert shown == ({kind} if kind in AWARDS else set())
    assert any(one.title.startswith("示范性") for one in page.live.pages()) is (kind == "示范性")
    fill_in(qtbot, wizard)
    give_reasons(wizard)
    page.step_list.setCurrentIndex(page.steps.index(page.steps.rowCount() - 1))
    assert page.current_step() == SUMMARY
    assert "可以提交" in page.summary._sentence.text()
    qtbot.mouseClick(page._submit, LEFT)
    assert wizard.strip.text().startswith("已提交")
    stored = wizard.operations.read(lambda session: application.draft(session, draft_id, date(2026, 9, 1)))
    assert stored.application["state"] == "已提交"
    assert stored.application["regulation_version"]
    assert application.judge_live(stored.sheet, stored.regulation, stored.stage, stored.noun).eligible
    listed = next(row for row in wizard.operations.read(application.drafts) if row["id"] == draft_id)
    assert (listed["noun"], listed["kind"]) == ("awards" if subject == OUTCOME else "applications", kind)


def test_the_journeys_go_by_every_regulation_kind_and_subject():
    walked = {(law, subject) for law, subject, _kind in JOURNEYS}
    conditions = {law.id: law for law in catalogue().values() if law.pages("申报")}
    assert {law for law, _subject in walked} == set(conditions)
    assert {kind for law, _subject, kind in JOURNEYS if law == "wx-2021-award"} == set(AWARDS)


def test_only_what_the_regulation_tells_apart_is_asked(wizard, room):
    card = wizard.chooser.card
    seen = {}
    for law in catalogue():
        choose(card.regulation, law)
        asked = (card.subject, card.kind, card.project)
        seen[law] = tuple(field.isVisible() for field in asked), card.kind.value()
    nothing, levels = (False, False, False), (False, True, False)
    assert seen == {
        "hn-2024": (nothing, None),
        "jy-2022": (nothing, None),
        "nm-2026-build": ((True, False, False), None),
        "nm-2026-fund": ((True, False, False), None),
        "tl-2020": (levels, "市级"),
        "wx-2021-award": ((False, True, True), "十大科技创新成果"),
        "wx-2021-model": (levels, "市级"),
        "wx-2021-staff": (levels, "市级"),
    }


def test_an_award_without_its_project_is_refused_beside_the_field(wizard, room, qtbot):
    card = wizard.chooser.card
    choose(card.regulation, "wx-2021-award")
    assert not card.start.isEnabled()
    card.picker().hits.setCurrentRow(0)
    qtbot.mouseClick(card.start, LEFT)
    assert "名称" in card.project.error()
    assert wizard._application_id == ""


def test_an_alliance_is_offered_from_elsewhere(wizard, room):
    alliances = wizard.operations.read(lambda session: records.list_records(session, "alliances"))
    alliance = next(one for one in alliances if one["name"] == "装备制造联盟")
    choose(wizard.chooser.card.regulation, "jy-2022")
    wizard.show_record("alliances", alliance["id"])
    assert wizard.chooser.card.subject.value() == ALLIANCE
    assert wizard.chooser.card.picker().record_id() == alliance["id"]
    assert wizard.chooser.card.start.isEnabled()


def test_an_award_is_opened_from_the_list_and_printed_as_an_award(wizard, room, qtbot):
    begin(qtbot, wizard, room, "wx-2021-award", OUTCOME, "十佳金点子")
    award_id = wizard._application_id
    wizard.show_chooser()
    assert wizard.chooser.card.project.value() in (None, "")
    wizard.chooser.table.opened.emit(wizard.chooser.drafts.row_of(award_id))
    assert wizard._application_id == award_id
    assert "十佳金点子" in wizard.page._law.text()
    fill_in(qtbot, wizard)
    give_reasons(wizard)
    places = []
    wizard.desk.go.connect(lambda *place: places.append(place))
    qtbot.mouseClick(wizard.page._submit, LEFT)
    next(one for one in wizard.strip.findChildren(QAbstractButton) if one.text() == "去打印").click()
    assert places == [("document", "awards", award_id)]


def test_a_second_outcome_of_the_same_person_is_one_too_many(wizard, room, qtbot):
    begin(qtbot, wizard, room, "wx-2021-award", OUTCOME, "十佳金点子")
    wizard.show_chooser()
    begin(qtbot, wizard, room, "wx-2021-award", OUTCOME, "十大发明专利")
    fill_in(qtbot, wizard)
    assert [blocker.rule for blocker in wizard.page.live.blockers()] == ["wx-2021-award-4.4b"]
    qtbot.mouseClick(wizard.page._submit, LEFT)
    assert wizard.page.current_step() == SUMMARY
    assert "还不能提交" in wizard.page.summary._sentence.text()
