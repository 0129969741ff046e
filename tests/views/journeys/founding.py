"""Founding a workroom in the register by hand: its fields, leader, honours, team, topics and outcomes."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from desktop.services import records
from desktop.views.registry.registry_changes import NEW_NAME
from tests.views.input_method import commit_text

LEADER_NAME = "秦建成"
TEAM = ("钱一", "孙二", "赵三", "周四", "吴五")
FIELDS = {"established_on": "2021-03-01", "industry": "机械", "named_levels": "单位级、县级"}
LEADER = {"title_rank": "正高级", "speciality": "机械", "skill_grade": "高级技师"}
HONOURS = (
    {"title": "自治区劳动模范", "kind": "劳动模范", "level": "省级", "awarded_on": "2019-04-28", "status": "有效"},
    {"title": "市职工技术创新能手", "kind": "职工技术创新能手", "level": "市级", "awarded_on": "2017-04-28"},
    {"title": "市劳动模范", "kind": "劳动模范", "level": "市级", "awarded_on": "2018-04-28", "status": "有效"},
)
TOPICS = (
    {"name": "智能截割", "started_on": "2023-02-01", "status": "进行中"},
    {"name": "快换夹具", "started_on": "2025-01-10"},
)
ACTIVITIES = tuple(
    {"kind": kind, "title": f"{year}年{kind}", "date": f"{year}-05-10"}
    for year in (2024, 2025, 2026)
    for kind in ("技能培训", "技术交流", "师带徒", "展示宣传")
)
PLANS = tuple({"year": year, "kind": kind} for year in (2025, 2026) for kind in ("年度计划", "年度总结"))
OUTCOMES = (
    {"name": "快换夹具", "kind": "工艺改进", "date": "2025-06-01", "form": "认定", "level": "市级"},
    {"name": "减振支架", "kind": "技术革新", "date": "2026-03-01", "form": "认定", "level": "市级"},
)


def enter(editor, value):
    """Type a value into a field and leave it."""
    control = editor.control
    if hasattr(control, "selectAll"):
        control.selectAll()
        commit_text(control, str(value))
        editor.commit()
    else:
        choose(editor, value)
    assert editor.error() == "", editor.error()


def choose(editor, value):
    """Choose a word from a field's list."""
    at = editor.control.findData(value)
    assert at >= 0, (value, editor.accessibleName())
    editor.control.setCurrentIndex(at)
    editor.commit()


def name_new(editor, text):
    """Type a name that the register does not know and add it."""
    editor.control.setFocus()
    editor.control.selectAll()
    commit_text(editor.control, text)
    editor.choose_first()
    assert editor.error() == "", editor.error()


def add_rows(child, rows):
    """Add rows to a table and fill their cells."""
    for row in rows:
        child.add_button.click()
        QTest.qWait(1)
        at = child.table.currentIndex().row()
        record_id = child.model.record(at)["id"]
        for key, value in row.items():
            column = next(number for number, one in enumerate(child.model.columns) if one.key == key)
            place = child.model.index(child.model.row_of(record_id), column)
            assert child.model.setData(place, value) or child.model.record(place.row())[key] == value


def fill_years(window, room):
    """Enter what the workroom did and planned, in its own ledgers."""
    window.desk.go.emit("registry", "workrooms", room)
    work = window.view("registry").page.work
    add_rows(work.activities, ACTIVITIES)
    add_rows(work.plans, PLANS)


def found_workroom(qtbot, window, name, unit):
    """Enter a workroom with Ctrl+N and return its id."""
    window.show_view("registry")
    registry = window.view("registry")
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: registry.page is not None and registry.page.title.text() == NEW_NAME)
    page = registry.page
    enter(page.basic.editors["name"], name)
    name_new(page.basic.editors["unit_id"], unit)
    name_new(page.leader_of.editors["leader_id"], LEADER_NAME)
    for field, value in FIELDS.items():
        enter(page.basic.editors[field], value)
    for field, value in LEADER.items():
        enter(page.leader.editors[field], value)
    for person in TEAM:
        name_new(page.members.person, person)
    add_rows(page.honours, HONOURS)
    add_rows(page.topics, TOPICS)
    add_rows(page.outcomes, OUTCOMES)
    return page.workroom_id


def set_back(window, room):
    """Correct the register so that nothing was achieved for years: what a ground to leave may rest on."""
    window.desk.go.emit("registry", "workrooms", room)
    page = window.view("registry").page
    enter(page.basic.editors["plaque_on"], "2021-05-01")
    model = page.outcomes.model
    column = next(number for number, one in enumerate(model.columns) if one.key == "date")
    for outcome in model.rows():
        assert model.setData(model.index(model.row_of(outcome["id"]), column), "2019-06-01")


def support(window, room):
    """Tell in the register that the region supports the workroom."""
    window.desk.go.emit("registry", "workrooms", room)
    editor = window.view("registry").page.funds.editors["supported_by_region"]
    if editor.value() is not True:
        editor.findChildren(QToolButton)[0].click()
    assert editor.value() is True


def name_only(session, level, day):
    """Let the sample's workroom be named at a level since a day, without plaque or assessment; return its id."""
    for noun in ("plaques", "assessments"):
        for row in records.list_records(session, noun):
            records.delete_record(session, noun, row["id"])
    found = next(row["id"] for row in records.list_records(session, "workrooms") if row["leader_id"])
    named = {"id": found, "state": "已命名", "level": level, "named_on": day, "plaque_on": day}
    records.put_records(session, "workrooms", named)
    return found
