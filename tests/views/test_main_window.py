"""The frame: tabs, keys, search, status line, undo, names for those who cannot see the icons."""

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from desktop.errors import BadInput
from desktop.services import identity, records
from desktop.views.catalogue import PAGES, TABS
from desktop.views.help_box import HelpBox
from desktop.views.office_box import OfficeBox
from desktop.views.status_line import moment_text
from tests.views.input_method import type_text

LEFT = Qt.MouseButton.LeftButton
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier

CHECKED = Qt.CheckState.Checked


def unnamed(root):
    """Return the widgets under `root` that say nothing to a screen reader."""
    buddies = {label.buddy() for label in root.findChildren(QLabel) if label.buddy()}
    found = []
    for widget in root.findChildren(QAbstractButton):
        if not (widget.text() or widget.accessibleName()) and not widget.objectName().startswith("qt_"):
            found.append(widget)
    for kind in (QLineEdit, QComboBox, QPlainTextEdit):
        for widget in root.findChildren(kind):
            inside = isinstance(widget.parent(), QComboBox)
            if not inside and not widget.accessibleName() and widget not in buddies:
                found.append(widget)
    return [(type(widget).__name__, widget.parent()) for widget in found if widget.isVisible()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.view)
def test_every_page_without_a_tab_opens_with_a_way_back(window, settled, qtbot, page):
    window.go(page.view, "", "")
    settled(window)
    assert unnamed(window) == []
    assert window.way_back.button.text() == "返回工作室台账"
    qtbot.mouseClick(window.way_back.button, LEFT)
    assert window.current() is window.view("registry")
    assert not window.way_back.isVisible()
    assert not window.navigation.back.isVisible()


def test_the_way_back_goes_through_every_jump(window, settled, qtbot):
    registry = window.view("registry")
    first = registry.current_id()
    leader = window.operations.read(lambda session: records.get_record(session, "workrooms", first))["leader_id"]
    window.go("people", "people", leader)
    settled(window)
    other = registry.model.record_id(1)
    window.go("registry", "workrooms", other)
    settled(window)
    assert registry.current_id() == other
    assert window.navigation.back.toolTip() == "返回人员（Alt+←）"
    qtbot.mouseClick(window.navigation.back, LEFT)
    assert window.current().shown_record() == ("people", leader)
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    settled(window)
    assert window.current() is registry
    assert registry.current_id() == first
    assert not window.navigation.back.isVisible()


def test_a_tab_leads_out_of_a_page_and_ends_the_way_back(window, qtbot):
    window.go("duplicates", "", "")
    bar = window.navigation.bar
    qtbot.mouseClick(bar, LEFT, pos=bar.tabRect(1).center())
    assert window.current() is window.view("registry")
    assert not window.way_back.isVisible()
    window.go_back()
    assert window.current() is window.view("registry")


def test_a_page_opened_first_has_its_way_back_too(window):
    window.show_view("duplicates")
    window.go_back()
    assert window.current() is window.view("registry")


def dropped(window, *files):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    entering = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, mime, LEFT, Qt.KeyboardModifier.NoModifier)
    window.dragEnterEvent(entering)
    assert entering.isAccepted()
    place = QPointF(9, 9)
    window.dropEvent(QDropEvent(place, Qt.DropAction.CopyAction, mime, LEFT, Qt.KeyboardModifier.NoModifier))


@pytest.mark.parametrize("name", ["名册.xlsx", "名册.XLSM", "名册.xls", "名册.et", "名册.csv", "名册.ods"])
def test_a_list_dropped_anywhere_on_the_window_is_imported(window, settled, tmp_path, name):
    (tmp_path / name).write_bytes(b"no workbook")
    dropped(window, tmp_path / name)
    settled(window)
    assert window.current() is window.view("imports")
    assert name in window.current().strip.text()


def test_a_package_dropped_on_the_window_still_goes_to_the_exchange(window, settled, tmp_path):
    (tmp_path / "数据包.gzs").write_bytes(b"no package")
    dropped(window, tmp_path / "数据包.gzs")
    settled(window)
    assert window.current() is window.view("exchange")


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.view)
def test_every_view_opens_and_everything_in_it_has_a_name(window, settled, tab):
    window.show_view(tab.view)
    settled(window)
    assert window.navigation.bar.tabText(window.navigation.bar.currentIndex()) == tab.title
    assert unnamed(window) == []


def test_nothing_flashes_as_a_window_of_its_own(window, settled, qapp):
    shown = []

    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(watched)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    try:
        for tab in TABS:
            window.show_view(tab.view)
            settled(window)
    finally:
        qapp.removeEventFilter(watch)
    assert [widget for widget in shown if widget is not window] == []


def test_alt_and_a_number_changes_the_tab(window, qtbot):
    for number, tab in enumerate(TABS[:2]):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_1 + number), ALT)
        assert window.current() is window.view(tab.view)


def test_search_goes_to_a_workroom_and_to_a_page(window, qtbot):
    window.activateWindow()
    registry = window.view("registry")
    wanted = registry.model.record_id(7)
    name = registry.model.index(7, 0).data()
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    box = window.search_box
    assert box.isVisible()
    type_text(qtbot, box.field, name)
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert not box.isVisible()
    assert registry.current_id() == wanted
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    type_text(qtbot, box.field, "首页")
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert window.current() is window.view("home")


def test_search_says_when_it_finds_nothing_and_goes_away(window, qtbot):
    window.activateWindow()
    box = window.search_box
    box.open_box()
    qtbot.waitUntil(box.field.hasFocus)
    type_text(qtbot, box.field, "没有这样的")
    qtbot.waitUntil(lambda: "没有找到" in box.answers.item(0).text())
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert box.isVisible()
    qtbot.keyClick(box.field, Qt.Key.Key_Down)
    qtbot.keyClick(box.field, Qt.Key.Key_Escape)
    assert not box.isVisible()


def test_the_status_line_tells_office_operator_and_saving(window):
    assert window.status.office.text() == "左旗总工会"
    assert window.status.operator.text() == "王敏"
    room = window.view("registry").model.record_id(0)
    window.operations.run("改", lambda session: records.put_records(session, "workrooms", {"id": room, "note": "x"}))
    assert window.status.saved.text().startswith("已保存")
    assert window.navigation.undo.isEnabled()
    assert "改" in window.navigation.undo.toolTip()


def test_long_work_is_shown_with_its_way_out(window, qtbot):
    window.status.show_working("制作数据包", 30, 100)
    qtbot.waitUntil(window.status.bar.isVisible)
    assert window.status.bar.value() == 30
    with qtbot.waitSignal(window.status.cancel_requested):
        qtbot.mouseClick(window.status.cancel, Qt.MouseButton.LeftButton)
    window.status.show_rested()
    assert not window.status.bar.isVisible()


def test_a_view_behind_is_brought_up_to_date_when_it_comes_forward(window, settled):
    window.show_view("home")
    registry = window.view("registry")
    room = registry.current_id()
    window.operations.run(
        "改名", lambda session: records.put_records(session, "workrooms", {"id": room, "name": "换了名字"})
    )
    assert registry.page.title.text() != "换了名字"
    window.show_view("registry")
    assert registry.page.title.text() == "换了名字"


def test_refusals_are_told_in_the_view_in_front(window):
    window.operations.failed.emit(BadInput("这样不行。"))
    assert window.current().strip.text() == "这样不行。"
    window.current().strip.clear()
    assert window.current().strip.text() == ""


def test_the_operator_is_asked_and_signs_from_then_on(window, qtbot):
    box = window.menu.ask_operator()
    box.name.control.selectAll()
    type_text(qtbot, box.name.control, "李出纳")
    qtbot.mouseClick(box.save, Qt.MouseButton.LeftButton)
    assert window.operations.operator == "李出纳"
    assert window.desk.settings.operator == "李出纳"
    assert window.status.operator.text() == "李出纳"


def test_the_keys_are_listed_and_do_not_hold_anything_up(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    boxes = window.findChildren(HelpBox)
    assert len(boxes) == 1
    assert not boxes[0].isModal()
    boxes[0].close()


def test_dark_and_large_print_are_remembered(window):
    try:
        window.menu.dark.setChecked(True)
        window.menu.large.setChecked(True)
        assert (window.desk.settings.theme, window.desk.settings.large_print) == ("dark", True)
    finally:
        window.menu.dark.setChecked(False)
        window.menu.large.setChecked(False)
    assert QGuiApplication.font().pixelSize() == 14


def test_a_backup_is_made_once_a_day(window, settled, qtbot):
    window.menu.back_up_daily()
    settled(window)
    folder = window.menu.backup_folder()
    assert len(list(folder.glob("*.db"))) == 1
    window.menu.back_up_daily()
    settled(window)
    assert len(list(folder.glob("*.db"))) == 1
    assert "今天" in window.status.backup.text()


def test_moments_are_told_as_a_clerk_says_them():
    from datetime import date, datetime

    today = date(2026, 9, 3)
    told = [
        moment_text(moment, today)
        for moment in (
            None,
            datetime(2026, 9, 3, 8, 1),
            datetime(2026, 9, 2, 17, 20),
            datetime(2026, 8, 1),
            datetime(2025, 8, 1),
        )
    ]
    assert told == ["从未", "今天 08:01", "昨天 17:20", "8月1日", "2025年8月1日"]


def test_the_offices_own_record_is_kept_from_the_menu(window, qtbot):
    box = OfficeBox(window.desk, window)
    qtbot.addWidget(box)
    box.show()
    assert box.form.editors["name"].value() == "左旗总工会"
    chair = box.form.editors["chair"]
    type_text(qtbot, chair.control, "陈志远")
    chair.commit()
    before = box.chosen()
    for row in range(box.laws.count()):
        box.laws.item(row).setCheckState(Qt.CheckState.Unchecked)
    box.laws.item(0).setCheckState(Qt.CheckState.Checked)
    office = window.operations.read(lambda session: records.get_record(session, "offices", window.desk.office_id))
    assert office["chair"] == "陈志远"
    assert office["regulations"] == box.chosen() != before
    assert unnamed(box) == []


def test_a_chosen_regulation_that_is_not_in_force_stays_chosen(window, qtbot):
    office = {"id": window.desk.office_id, "regulations": ["jy-2022"]}
    window.operations.run("选", lambda session: records.put_records(session, "offices", office))
    box = OfficeBox(window.desk, window)
    qtbot.addWidget(box)
    assert box.chosen() == ["jy-2022"]
    (chosen,) = (item for row in range(box.laws.count()) if (item := box.laws.item(row)).checkState() == CHECKED)
    assert chosen.text().endswith("（原文没有写施行日期）")
    other = next(item for row in range(box.laws.count()) if (item := box.laws.item(row)).checkState() != CHECKED)
    other.setCheckState(CHECKED)
    kept = window.operations.read(lambda session: records.get_record(session, "offices", window.desk.office_id))
    assert len(kept["regulations"]) == 2
    assert "jy-2022" in kept["regulations"]


@pytest.mark.parametrize("chosen", ["jy-2022", "hn-2024"])
def test_the_view_in_front_offers_by_the_regulations_just_chosen(window, settled, chosen):
    """The office's own record is kept in a box above the view: what stands beneath must not go on with the old laws."""
    window.show_view("wizard")
    settled(window)
    window.operations.run(
        "选办法",
        lambda session: records.put_records(
            session, "offices", {"id": identity.own_office_id(session), "regulations": [chosen]}
        ),
    )
    settled(window)
    assert window.view("wizard").chooser.card.regulation.value() == chosen
