"""Small parts of the frame by themselves: message strip, navigation, status line, empty state, undo, the picture."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.errors import NotAllowed
from desktop.views import message_strip, status_line, theme
from desktop.views.catalogue import BUILDERS, PAGES, TABS
from desktop.views.empty_state import EmptyState
from desktop.views.help_box import KEYS
from desktop.views.message_strip import MessageStrip
from desktop.views.navigation import NARROW, SEARCH, WIDE, Navigation
from desktop.views.status_line import StatusLine, moment_text
from desktop.views.undo_stack import DEPTH, UndoStack
from desktop.views.way_back import FARTHEST, Place, Trail
from desktop.views.year_bars import Bar, YearBars

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def strip(qtbot):
    made = MessageStrip()
    qtbot.addWidget(made)
    return made


def test_a_strip_without_a_message_is_not_there(strip):
    assert strip.isHidden()
    assert strip.text() == ""


@pytest.mark.parametrize(
    ("kind", "status", "stays"),
    [("info", "待补", False), ("pass", "符合", False), ("warn", "提示", True), ("fail", "不符合", True)],
)
def test_good_news_goes_by_itself_and_bad_news_stays(strip, kind, status, stays):
    strip.show_message("已导入 3 条。", kind)
    assert strip.text() == strip.accessibleName() == "已导入 3 条。"
    assert strip.property("role") == f"strip-{kind}"
    assert strip._icon.accessibleName() == status
    assert strip._icon.isHidden() is (kind == "info")
    assert strip._timer.isActive() is not stays


def test_news_with_something_to_do_waits_for_it(strip, qtbot):
    done = []
    strip.show_message("有新版办法。", "info", "查看", lambda: done.append(strip.isHidden()))
    assert not strip._timer.isActive()
    qtbot.mouseClick(strip._button, LEFT)
    qtbot.mouseClick(strip._button, LEFT)
    assert done[0] is True
    assert strip.text() == ""


def test_good_news_is_gone_after_its_time(strip, qtbot):
    strip.show_message("小心。", "warn")
    strip._timer.setInterval(10)
    with qtbot.waitSignal(strip.closed):
        strip.show_message("好了。", "pass")
    assert strip.text() == ""
    assert message_strip.FADE_MS >= 5000


def test_good_news_leaves_its_room_until_the_page_is_left(qtbot):
    page, strip, below = QWidget(), MessageStrip(), QLineEdit()
    column = QVBoxLayout(page)
    column.addWidget(strip)
    column.addWidget(below)
    column.addStretch(1)
    qtbot.addWidget(page)
    page.show()
    empty = below.y()
    strip.show_message("小心。", "warn")
    strip._timer.setInterval(10)
    with qtbot.waitSignal(strip.closed):
        strip.show_message("好了。", "pass")
    column.activate()
    assert strip.text() == ""
    assert below.y() > empty
    page.hide()
    page.show()
    column.activate()
    assert below.y() == empty
    strip.show_message("不行。", "fail")
    strip.clear()
    column.activate()
    assert below.y() == empty
    # News that ends while the page is out of sight moves nothing, and so leaves no gap behind.
    page.hide()
    with qtbot.waitSignal(strip.closed):
        strip.show_message("好了。", "pass")
    page.show()
    column.activate()
    assert below.y() == empty


def test_a_warning_after_good_news_is_not_taken_away_with_it(strip, qtbot):
    strip.show_message("小心。", "warn")
    strip._timer.setInterval(20)
    strip.show_message("好了。", "pass")
    strip.show_message("不行。", "fail")
    qtbot.wait(60)
    assert strip.text() == "不行。"


def test_a_refusal_is_told_in_its_own_words(strip, qtbot):
    strip.show_error(NotAllowed("不能删除这条单位：还有 2 条工作室。"))
    assert strip.text() == "不能删除这条单位：还有 2 条工作室。"
    assert strip._button.isHidden()
    with qtbot.waitSignal(strip.closed):
        qtbot.mouseClick(strip._close, LEFT)
    assert strip.isHidden()


def test_an_old_action_does_not_stand_beside_a_new_message(strip):
    strip.show_message("一", action="做", on_action=pytest.fail)
    strip.show_message("二")
    assert strip._button.isHidden()
    strip._act()


@pytest.fixture
def navigation(qtbot):
    made = Navigation(TABS)
    qtbot.addWidget(made)
    made.resize(1366, 48)
    made.show()
    return made


def test_every_tab_has_words_icon_tip_and_builder(navigation):
    assert navigation.bar.count() == len(TABS)
    assert [tab.view for tab in (*TABS, *PAGES)] == list(BUILDERS)
    for number, tab in enumerate(TABS):
        assert navigation.bar.tabText(number) == tab.title
        assert not navigation.bar.tabIcon(number).isNull()
        assert f"Alt+{number + 1}" in navigation.bar.tabToolTip(number)
    assert f"Alt+{len(TABS)}" in KEYS[1][0]


def test_going_to_a_tab_is_told_once(navigation, qtbot):
    told = []
    navigation.chosen.connect(told.append)
    qtbot.mouseClick(navigation.bar, LEFT, pos=navigation.bar.tabRect(3).center())
    navigation.show_view(TABS[3].view)
    navigation.show_view("home")
    assert told == [TABS[3].view, "home"]


def test_a_page_without_a_tab_leaves_the_mark_and_the_tab_leads_out(navigation, qtbot):
    navigation.show_view(TABS[1].view)
    told = []
    navigation.chosen.connect(told.append)
    for page in PAGES:
        navigation.show_view(page.view)
    assert navigation.current() == TABS[1].view
    assert told == []
    qtbot.mouseClick(navigation.bar, LEFT, pos=navigation.bar.tabRect(1).center())
    assert told == [TABS[1].view]


def test_the_way_back_is_named_or_not_there(navigation):
    navigation.show_way_back("工作室台账")
    assert navigation.back.isVisibleTo(navigation)
    assert navigation.back.accessibleName() == "返回工作室台账"
    navigation.show_way_back("")
    assert not navigation.back.isVisibleTo(navigation)


def test_a_trail_keeps_each_place_once_and_not_too_many():
    trail = Trail()
    first, second = Place("registry", "workrooms", "1"), Place("people", "people", "2")
    trail.leave(Place(""), first)
    trail.leave(first, first)
    assert trail.last() is None
    trail.leave(first, second)
    trail.leave(first, second)
    trail.leave(second, first)
    assert [trail.take(), trail.take(), trail.take()] == [second, first, None]
    for number in range(FARTHEST + 5):
        trail.leave(Place("people", "people", str(number)), first)
    assert len(trail.places) == FARTHEST
    assert trail.last() == Place("people", "people", str(FARTHEST + 4))


@pytest.mark.parametrize(
    ("width", "words", "icons"), [(WIDE, True, True), (WIDE - 1, False, True), (NARROW - 1, False, False)]
)
def test_words_and_icons_give_way_in_a_narrow_window(navigation, width, words, icons):
    navigation.resize(width, 48)
    assert (navigation.search.text() == SEARCH) is words
    assert (navigation.bar.iconSize().width() > 0) is icons
    assert "Ctrl+K" in navigation.search.toolTip()


def test_what_can_be_taken_back_is_said(navigation):
    navigation.show_history("修改名称", "")
    assert navigation.undo.isEnabled()
    assert navigation.undo.toolTip() == "撤销：修改名称（Ctrl+Z）"
    assert not navigation.redo.isEnabled()
    assert "没有可重做" in navigation.redo.toolTip()


def test_the_tabs_follow_the_theme(navigation, qapp):
    def ink():
        image = navigation.bar.tabIcon(1).pixmap(20, 20).toImage()
        spots = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
        return {spot.name().upper() for spot in spots if spot.alpha() == 255}

    assert theme.LIGHT.quiet in ink()
    try:
        theme.apply(qapp, dark=True)
        assert theme.DARK.quiet in ink()
    finally:
        theme.apply(qapp)


@pytest.fixture
def line(qtbot):
    made = StatusLine()
    qtbot.addWidget(made)
    made.resize(1366, 28)
    made.show()
    return made


def test_short_work_is_never_shown(line, qtbot):
    line.show_working("备份", 0, 10)
    assert not line.bar.isVisible()
    line.show_rested()
    qtbot.wait(status_line.SHOW_WORK_AFTER_MS + 50)
    assert not line.bar.isVisible()
    assert not line.cancel.isVisible()


def test_the_time_left_is_told_once_it_can_be(line, monkeypatch):
    line.show_working("导入", 10, 100)
    assert line.work.text() == "导入…"
    line._began = datetime.now() - timedelta(seconds=10)
    line.show_working("导入", 50, 100)
    assert line.work.text() == "导入… 50%，约还需10秒"
    line._began = datetime.now() - timedelta(seconds=10)
    line.show_working("导入", 100, 100)
    assert line.work.text().endswith("约还需1秒")


def test_other_work_begins_its_own_time(line):
    line.show_working("导入", 50, 100)
    line._began = datetime.now() - timedelta(seconds=60)
    line.show_working("备份", 0, 0)
    line.show_working("备份", 50, 100)
    assert line.work.text() == "备份…"
    line._began = datetime.now() - timedelta(seconds=60)
    line.show_working("备份", 10, 100)
    assert line.work.text() == "备份…"


def test_the_stages_of_one_work_share_its_time(line):
    """Which work a stage belongs to is told by its measure, never read from its words."""
    line.show_working("导入", 0, 0)
    line.show_working("导入：核对", 250, 1000)
    line._began = datetime.now() - timedelta(seconds=30)
    line.show_working("记入历程", 750, 1000)
    assert line.work.text() == "记入历程… 75%，约还需10秒"
    line.show_working("导入", 0, 0)
    line.show_working("导入：读取表格", 800, 1000)
    assert line.work.text() == "导入：读取表格…"


def test_a_stage_of_its_own_measure_begins_its_own_time(line):
    line.show_working("制作数据包：打包", 40, 50)
    line._began = datetime.now() - timedelta(seconds=60)
    line.show_working("制作数据包：写入", 41, 4000)
    assert line.work.text() == "制作数据包：写入…"


def test_work_of_unknown_length_is_shown_as_such(line):
    line.show_working("核对", 3, 0)
    assert (line.bar.minimum(), line.bar.maximum()) == (0, 0)
    assert line.work.text() == "核对…"


@pytest.mark.parametrize(
    ("part", "signal"),
    [
        ("operator", "operator_clicked"),
        ("backup", "backup_clicked"),
        ("waiting", "waiting_clicked"),
    ],
)
def test_each_part_of_the_status_line_leads_on(line, qtbot, part, signal):
    line.show_office("左旗总工会", "")
    line.show_backup(None)
    line.show_waiting(3)
    assert line.operator.text() == "填写操作人"
    assert line.backup.text() == "上次备份 从未"
    assert line.waiting.text() == "待带走 3 条"
    with qtbot.waitSignal(getattr(line, signal)):
        qtbot.mouseClick(getattr(line, part), LEFT)


def test_read_only_is_said_with_a_sign(line):
    line.show_read_only()
    assert line.saved.text() == "只读"
    assert line.saved_icon.isVisible()
    assert line.saved_icon.accessibleName() == "提示"
    line.show_waiting(0)
    assert "没有" in line.waiting.text()


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 1, 1, 0, 0), "今天 00:00"),
        (datetime(2025, 12, 31, 23, 59), "昨天 23:59"),
        (datetime(2025, 12, 30, 12, 0), "2025年12月30日"),
        (datetime(2026, 1, 2, 12, 0), "1月2日"),
    ],
)
def test_moments_at_the_turn_of_the_year(moment, words):
    assert moment_text(moment, datetime(2026, 1, 1).date()) == words


def test_an_empty_state_offers_only_what_it_was_given(qtbot):
    bare, full = EmptyState("home", "没有内容", "说明"), EmptyState("home", "没有", "说明", "新增", "导入")
    for shown in (bare, full):
        qtbot.addWidget(shown)
        shown.show()
    assert bare.action.isHidden()
    assert bare.other.isHidden()
    told = []
    full.first.connect(lambda *_: told.append("first"))
    full.second.connect(lambda *_: told.append("second"))
    qtbot.mouseClick(full.other, LEFT)
    qtbot.mouseClick(full.action, LEFT)
    assert told == ["second", "first"]
    full.set_texts("没有找到", "换一个词")
    assert (full._title.text(), full._words.text()) == ("没有找到", "换一个词")


def test_undo_goes_back_the_way_it_came():
    stack = UndoStack()
    assert stack.undo_words == stack.redo_words == ""
    assert stack.take() is stack.take(redo=True) is None
    for number in "12":
        stack.remember(f"第{number}步", (number,))
    step = stack.take()
    assert step.words == "第2步"
    stack.reversed(step, ("-2",))
    assert (stack.undo_words, stack.redo_words) == ("第1步", "第2步")
    first = stack.take()
    assert first.commits == ("1", "2", "-2")
    stack.reversed(first, ("-1",))
    again = stack.take(redo=True)
    assert (again.words, again.commits) == ("第1步", ("-1",))
    stack.reversed(again, ("+1",), redo=True)
    assert stack.take(redo=True).commits == ("-2", "-1", "+1")


def test_a_new_change_ends_what_could_be_redone():
    stack = UndoStack()
    stack.remember("一", ("1",))
    stack.reversed(stack.take(), ("-1",))
    assert stack.redo_words == "一"
    stack.remember("二", ("2",))
    assert stack.redo_words == ""
    assert stack.undo_words == "二"


def test_only_so_many_steps_are_kept():
    stack = UndoStack()
    for number in range(DEPTH + 5):
        stack.remember(str(number), (str(number),))
    taken = []
    while step := stack.take():
        taken.append(step.words)
    assert taken == [str(number) for number in range(DEPTH + 4, 4, -1)]


@pytest.fixture
def bars(qtbot):
    made = YearBars("各年命名（个）")
    qtbot.addWidget(made)
    made.resize(300, 200)
    return made


def heights(picture, count):
    """Measure the bars of a picture: how many of its pixels down the middle of each are of the bar's colour."""
    image = picture.grab().toImage()
    ratio = image.width() / picture.width()
    color = QColor(theme.tokens().edge)
    step = image.width() / count
    return [
        round(
            sum(image.pixelColor(QPoint(int(step * (number + 0.5)), y)) == color for y in range(image.height())) / ratio
        )
        for number in range(count)
    ]


def test_bars_are_as_high_as_their_values(bars):
    bars.show_bars([Bar("2024", 0, "0"), Bar("2025", 5, "5"), Bar("2026", 10, "10")])
    nothing, half, whole = heights(bars, 3)
    assert nothing == 0
    assert whole > 60
    assert half == pytest.approx(whole / 2, abs=2)


def test_the_picture_can_be_heard(bars):
    bars.show_bars([Bar("2025", 5, "5个"), Bar("2026", 10, "10个")])
    assert bars.accessibleName() == "各年命名（个）"
    assert bars.accessibleDescription() == bars.toolTip() == "2025 5个；2026 10个"


@pytest.mark.parametrize("values", [(), (0,), (0, 0, 0)])
def test_a_picture_of_nothing_is_drawn_without_bars(bars, values):
    bars.show_bars([Bar(str(value), value, "0") for value in values])
    assert sum(heights(bars, max(len(values), 1))) == 0
    assert not bars.grab().isNull()


def test_where_bars_have_no_room_their_words_stand_alone(bars):
    bars.show_bars([Bar("2025", 19, "19"), Bar("2026", 3, "3")])
    assert max(heights(bars, 2)) > 50
    bars.resize(300, int(bars.fontMetrics().height() * 3))
    assert heights(bars, 2) == [0, 0]
