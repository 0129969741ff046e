"""The desk menu, the boxes it opens, and the cards of things to do."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from desktop.errors import StorageFault
from desktop.services import records
from desktop.settings import load
from desktop.views import theme
from desktop.views.arranging import stacked
from desktop.views.desk import View
from desktop.views.desk_menu import DeskMenu
from desktop.views.help_box import HelpBox
from desktop.views.task_list import ENTRY, TaskList
from tests.views.input_method import type_text


@dataclass(frozen=True)
class Task:
    title: str
    detail: str


@pytest.fixture
def menu(desk, qtbot):
    made = DeskMenu(desk)
    qtbot.addWidget(made)
    return made


def test_every_entry_has_its_own_letter(menu):
    for shown in (menu, menu.data):
        letters = [action.text().split("&")[1][0] for action in shown.actions() if not action.isSeparator()]
        assert len(letters) == len(set(letters))


def test_a_look_that_was_chosen_is_kept_on_this_pc(menu):
    try:
        menu.dark.setChecked(True)
        assert load().theme == "dark"
        assert theme.tokens() is theme.DARK
    finally:
        menu.dark.setChecked(False)
    assert load().theme == "light"
    assert theme.tokens() is theme.LIGHT


def test_backups_lie_beside_the_database_or_where_they_were_sent(menu, desk, tmp_path):
    assert menu.backup_folder() == desk.operations.path.parent / "backups"
    desk.remember(backups=str(tmp_path / "elsewhere"))
    assert menu.backup_folder() == tmp_path / "elsewhere"
    assert menu.last_backup() is None


@pytest.mark.parametrize(("days", "made"), [(0, 0), (1, 1), (40, 1), (-1, 1)])
def test_only_the_first_opening_of_a_day_makes_a_backup(menu, qtbot, days, made):
    folder = menu.backup_folder()
    folder.mkdir(parents=True)
    stem = menu._desk.operations.path.stem
    (folder / f"{stem}-{datetime.now() - timedelta(days=days):%Y%m%d-%H%M%S}.db").write_bytes(b"")
    menu.back_up_daily()
    qtbot.waitUntil(lambda: not menu._desk.operations.is_busy(), timeout=10_000)
    assert len(list(folder.glob(f"{stem}-每日-*.db"))) == made


def test_a_backup_is_a_database_and_its_moment_is_told(menu, qtbot):
    with qtbot.waitSignal(menu.backed_up, timeout=10_000) as told:
        menu.back_up_now()
    (copy,) = menu.backup_folder().glob("*.db")
    assert copy.read_bytes().startswith(b"SQLite format 3")
    assert abs(told.args[0] - datetime.now()) < timedelta(minutes=1)


def test_backups_are_listed_newest_first_and_one_is_chosen(menu, qtbot, tmp_path):
    folder, stem = tmp_path / "kept", menu._desk.operations.path.stem
    folder.mkdir()
    old, new = folder / f"{stem}-20260901-080000.db", folder / f"{stem}-每日-20260903-173000.db"
    for path in (old, new, folder / "another-20260902-080000.db"):
        path.write_bytes(b"x" * 2_000_000)
    menu._desk.remember(backups=str(folder))
    box = menu.show_backups()
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(box)
    listed = [box.backups.item(row) for row in range(box.backups.count())]
    assert [item.toolTip() for item in listed] == [str(new), str(old)]
    assert listed[0].text() == "2026年9月3日 17:30　每日　2.0 MB"
    assert not box.restore.isEnabled()
    box.offer(old)
    with qtbot.waitSignal(menu._desk.rework_wanted) as asked:
        box.restore.click()
    with pytest.raises(StorageFault) as refused:
        asked.args[0](menu._desk.operations.path)
    assert str(old) in refused.value.message


def test_without_backups_the_box_says_so_and_restores_nothing(menu, qtbot, tmp_path):
    menu._desk.remember(backups=str(tmp_path / "none"))
    box = menu.show_backups()
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(box)
    assert not box.none.isHidden()
    assert not box.restore.isEnabled()


def test_leaving_the_operators_box_changes_nobody(menu, desk, qtbot):
    box = menu.ask_operator()
    qtbot.addWidget(box)
    type_text(qtbot, box.name.control, "某人")
    box.leave.click()
    assert desk.operator == "王敏"


def test_the_help_says_keys_and_what_they_do(qtbot):
    box = HelpBox(None)
    qtbot.addWidget(box)
    box.show()
    said = [label.text() for label in box.findChildren(type(theme.label()))]
    assert {"Ctrl+K", "F1", "Esc"} <= set(said)
    assert all(said)
    assert "印章图片不是具有法律效力的电子印章" in box.manual.toPlainText()
    assert "数据交换" in box.manual.toPlainText()
    box.show_keys()
    assert not box.manual.isVisible()


@pytest.fixture
def tasks(qtbot):
    made = TaskList("到期", "home", "没有到期的事。")
    qtbot.addWidget(made)
    made.resize(320, 240)
    made.show()
    return made


def test_a_card_counts_and_lists_or_says_there_is_nothing(tasks):
    tasks.show_entries([])
    assert tasks.count.text() == ""
    assert tasks.stack.currentWidget() is tasks.nothing
    tasks.show_entries([Task("甲", "一"), Task("乙", "二")])
    assert tasks.count.text() == "2"
    assert tasks.stack.currentWidget() is tasks.list
    assert tasks.list.item(1).toolTip() == "乙\n二"
    tasks.show_entries([Task("丙", "三")])
    assert [tasks.list.item(row).data(ENTRY).title for row in range(tasks.list.count())] == ["丙"]


def test_a_click_and_enter_open_the_very_entry(tasks, qtbot):
    entries = [Task("甲", "一"), Task("乙", "二")]
    tasks.show_entries(entries)
    opened = []
    tasks.opened.connect(opened.append)
    spot = tasks.list.visualItemRect(tasks.list.item(1)).center()
    qtbot.mouseClick(tasks.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert opened[0] is entries[1]
    tasks.list.setCurrentRow(0)
    qtbot.keyClick(tasks.list, Qt.Key.Key_Return)
    assert opened[-1] is entries[0]


def test_an_entry_under_focus_is_marked_in_the_colour_of_the_theme(tasks, qtbot):
    tasks.show_entries([Task("甲" * 80, "一")])
    tasks.activateWindow()
    tasks.list.setFocus()
    tasks.list.setCurrentRow(0)
    qtbot.waitUntil(tasks.list.hasFocus)
    rect = tasks.list.visualItemRect(tasks.list.item(0))
    image = tasks.list.viewport().grab().toImage()
    corner = image.pixelColor(rect.left() + 6, rect.top() + 3)
    assert corner == QColor(theme.tokens().selected)
    assert tasks.list.horizontalScrollBar().maximum() == 0 or not tasks.list.horizontalScrollBar().isVisible()


def test_an_entry_too_long_for_its_card_takes_more_lines_and_gives_them_back(tasks, qtbot):
    tasks.show_entries([Task("领衔人已到退休年龄：2025年8月4日", "苏木图旗蒙医医院高雪兰劳模工匠创新工作室")])
    narrow, wide = 170, 900
    tasks.resize(narrow, 240)
    qtbot.waitUntil(lambda: tasks.list.sizeHintForRow(0) > 80)
    high = tasks.list.visualItemRect(tasks.list.item(0)).height()
    tasks.resize(wide, 240)
    qtbot.waitUntil(lambda: tasks.list.visualItemRect(tasks.list.item(0)).height() < high)


def test_a_page_whose_record_is_gone_says_so_instead_of_failing(qtbot, desk):
    class Page(View):
        def _build_layout(self):
            stacked(self.strip, on=self)

        def _connect_signals(self):
            pass

        def _read(self):
            self.operations.read(lambda session: records.get_record(session, "workrooms", "gone-id"))

    page = Page(desk)
    qtbot.addWidget(page)
    for look in (page.arrive, lambda: page.refresh(frozenset({"workrooms"}))):
        page.strip.clear()
        look()
        assert "gone-id" in page.strip.text()
