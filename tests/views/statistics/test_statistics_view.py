"""统计 by hand and key: a number opens its list and the way back; lists and report are exported, saved and printed."""

import pypdfium2
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from desktop.services import statistics
from desktop.views.statistics.bar_list import LEAST_BAR, BarLine, BarList
from desktop.views.statistics.statistics_view import StatisticsView
from tests.views.showing import shown


@pytest.fixture
def view(qtbot, desk):
    with shown(qtbot, StatisticsView(desk)) as found:
        qtbot.waitUntil(lambda: bool(found.charts.cards), timeout=10_000)
        yield found


def card(view, title):
    return next(one for one in view.charts.cards if one.title == title)


def test_every_breakdown_is_a_card_with_a_name(view):
    titles = [one.list.accessibleName() for one in view.charts.cards]
    assert "覆盖情况" in titles
    assert "工作室（按级别）" in titles
    assert len(titles) == len(set(titles)) > 8


def test_enter_on_a_bar_opens_exactly_its_records_and_back(qtbot, view):
    levels = card(view, "工作室（按级别）")
    levels.list.setCurrentRow(0)
    levels.list.setFocus()
    qtbot.keyClick(levels.list, Qt.Key.Key_Return)
    count = view.table.model().rowCount()
    assert levels.lines[0].said == str(count)
    assert f"（{count}）" in view.title.text()
    with qtbot.waitSignal(view.desk.go) as gone:
        view.table.opened.emit(0)
    assert gone.args[:2] == ["registry", "workrooms"]
    assert not view.print.isVisible()
    qtbot.mouseClick(view.back, Qt.MouseButton.LeftButton)
    assert view.stack.currentIndex() == 0
    assert view.print.isVisible()


def test_every_bar_of_every_card_opens_a_list(view):
    for one in view.charts.cards:
        for line in one.lines:
            one.opened.emit(line.key, line.words)
            said = line.said.split("　")[0].split(" / ")[0].replace(",", "")
            if "单位" not in one.title + line.label and "工会" not in line.label and "非公" not in line.label:
                assert view.table.model().rowCount() == int(said), (one.title, line)


@pytest.mark.parametrize("listed", [False, True])
def test_the_list_and_the_report_are_exported(qtbot, view, tmp_path, listed):
    line = card(view, "工作室（按级别）").lines[0]
    if listed:
        view.show_list(line.key, line.words)
    out = tmp_path / "统计.xlsx"
    view.export_to(out)
    qtbot.waitUntil(lambda: "已导出" in view.strip.text(), timeout=10_000)
    rows = load_workbook(out).active.max_row - 1
    assert rows == int(line.said) if listed else rows > sum(len(one.lines) for one in view.charts.cards)


def test_the_report_is_saved_as_pdf(qtbot, view, tmp_path):
    out = tmp_path / "报表.pdf"
    view.save_paper(out)
    qtbot.waitUntil(lambda: "已存统计报表" in view.strip.text(), timeout=10_000)
    book = pypdfium2.PdfDocument(out)
    assert len(book) >= 2
    assert "工作室（按级别）" in "".join(page.get_textpage().get_text_range() for page in book).replace(" ", "")
    book.close()


def test_the_report_is_printed(qtbot, view, tmp_path):
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    view.print_on(printer)
    qtbot.waitUntil(lambda: "已送打印" in view.strip.text(), timeout=20_000)
    assert (tmp_path / "printed.pdf").stat().st_size > 10_000


def test_a_change_is_counted_where_one_looks(qtbot, view):
    line = card(view, "工作室（按级别）").lines[0]
    view.show_list(line.key, line.words)
    view.operations.run("添加", lambda session: _add(session, line.words))
    qtbot.waitUntil(lambda: f"（{int(line.said) + 1}）" in view.title.text(), timeout=10_000)


def _add(session, level):
    from desktop.services import records

    records.put_records(session, "workrooms", {"name": "新添工作室", "level": level, "state": "已建成"})


def test_a_long_list_says_that_it_goes_on(qtbot, view, monkeypatch):
    monkeypatch.setattr("desktop.views.statistics.statistics_view.MOST_LISTED", 3)
    line = max(card(view, "工作室（按级别）").lines, key=lambda one: int(one.said))
    view.show_list(line.key, line.words)
    assert view.table.model().rowCount() == 3
    assert f"（{line.said}）" in view.title.text()
    assert "前 3 条" in view.day.text()


def test_bars_are_as_long_as_their_amounts(qtbot):
    figures = (statistics.Figure("2024", 9, 100_00), statistics.Figure("2025", 1, 200_00))
    from desktop.views.statistics.bar_list import lines_of

    lines = lines_of(statistics.Breakdown("grant_year", "历年补助", "补助和使用", "grants", "元", figures))
    assert [line.share for line in lines] == [0.5, 1.0]
    assert lines[0].said.startswith("9")
    assert "万元" in lines[0].said


def test_a_card_shows_its_note(qtbot):
    one = BarList("办法", [BarLine("目标", "5 / 120", 0.04, "all", "全部")], "只有本级登记的部分")
    qtbot.addWidget(one)
    with qtbot.waitSignal(one.opened) as chosen:
        one.list.itemActivated.emit(one.list.item(0))
    assert chosen.args == ["all", "全部"]


@pytest.mark.parametrize("width", [760, 900, 1290])
def test_no_card_is_wider_than_its_column(qtbot, view, width):
    view.resize(width, 520)
    bar = view.charts.horizontalScrollBar()
    qtbot.waitUntil(lambda: view.charts.width() > width - 60 and bar.maximum() == 0)
    for _part, grid, cards in view.charts._parts:
        grid.activate()
        widths = {one.width() for one in cards}
        assert max(widths) - min(widths) <= 2


def test_a_long_title_is_folded(qtbot):
    made = BarList("某某自治区总工会加强劳模工匠创新工作室建设管理办法（第四条、第十四条）", [])
    qtbot.addWidget(made)
    assert made.minimumSizeHint().width() < 200


def test_labels_are_whole_as_long_as_the_bars_keep_their_least(qtbot):
    made = BarList("目标", [BarLine("2030年重点支持目标", "5 / 600", 0.01, "all", "全部")])
    qtbot.addWidget(made)
    delegate, metrics = made.list.itemDelegate(), made.list.fontMetrics()
    whole = metrics.horizontalAdvance("2030年重点支持目标")
    for width in (180, 260, 700):
        label, number = delegate.columns(metrics, width)
        assert number >= metrics.horizontalAdvance("5 / 600")
        assert width - label - number >= LEAST_BAR
        assert label >= min(whole, width - number - LEAST_BAR)
