from itertools import pairwise

import pytest

from desktop.documents.attachments import fit_table, share_width
from desktop.documents.elements import Flow, number_pages, print_code
from desktop.documents.kind import typesetter
from desktop.documents.measured_page import open_pdf
from desktop.documents.official import TableData
from desktop.documents.page import Book
from desktop.documents.styles import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH
from desktop.documents.tables import Align, Cell, Row, SetTable, Table
from desktop.errors import Unprintable


def pages_of(table, landscape=False, title=""):
    book = Book("表")
    flow = Flow(book, typesetter(), landscape)
    if title:
        flow.title(title)
    flow.table(table)
    number_pages(book, typesetter())
    return open_pdf(book.finish())


def plain_rows(count, height=9.0):
    return [Row([Cell(f"行{index}"), Cell("内容")], height) for index in range(count)]


def test_rows_fill_pages_and_the_head_leads_each():
    head = Row([Cell("序号"), Cell("名称")], 9.0)
    pages = pages_of(Table([30, 126], [head, *plain_rows(60)], head=1))
    assert len(pages) == 3
    assert [page.lines[0].text for page in pages] == ["序号名称"] * 3
    texts = [line.text for page in pages for line in page.lines if line.text.startswith("行")]
    assert texts == [f"行{index}内容" for index in range(60)]


def test_a_table_stays_inside_the_type_area():
    for page in pages_of(Table([30, 126], plain_rows(70))):
        rules = page.rules(page.dark, LEFT + 1, RIGHT - 1)
        assert rules[0].y0 >= TOP - 0.1
        assert rules[-1].y1 <= BOTTOM + 0.3
        assert rules[0].x0 == pytest.approx(LEFT, abs=0.3)


def test_spanned_rows_stay_together():
    group = [Row([Cell("组", rows=3), Cell("甲")], 20), Row([Cell("乙")], 20), Row([Cell("丙")], 20)]
    pages = pages_of(Table([30, 126], group * 5))
    for page in pages:
        texts = "".join(line.text for line in page.lines if not line.text.startswith("—"))
        assert texts.count("甲") == texts.count("乙") == texts.count("丙")


def test_a_cell_higher_than_its_spanned_rows_makes_room():
    table = SetTable(
        Table([12, 144], [Row([Cell("一二三四五六七八", vertical=True, rows=2), Cell("甲")]), Row([Cell("乙")])]),
        typesetter(),
    )
    assert table.height >= 8 * 12 / 72 * 25.4


def test_a_breakable_row_goes_on_line_by_line_and_loses_nothing():
    deeds = "工作室围绕生产难题开展技术攻关，成果显著。" * 120
    row = Row([Cell("事迹", vertical=True), Cell(deeds, align=Align.START, valign=Align.START)], breakable=True)
    pages = pages_of(Table([12, 144], [*plain_rows(3), row]))
    assert len(pages) >= 2
    text = "".join(line.text for page in pages for line in page.lines if not line.text.startswith("—"))
    assert text.count("成果显著") == 120


def test_a_row_higher_than_a_page_is_refused():
    with pytest.raises(Unprintable, match="一页放不下"):
        pages_of(Table([12, 144], [Row([Cell("一"), Cell("内容" * 3000)])]))


def test_a_column_too_narrow_for_a_character_is_refused():
    with pytest.raises(Unprintable, match="太窄"):
        pages_of(Table([3, 153], plain_rows(1)))


def test_more_cells_than_columns_are_refused():
    with pytest.raises(Unprintable, match="格数"):
        pages_of(Table([156], plain_rows(1)))


def test_the_foot_of_an_opinion_box_stands_at_its_lower_right():
    box = Cell("同意。", align=Align.START, valign=Align.START, foot=("（盖章）", "年　　月　　日"))
    (page,) = pages_of(Table([156], [Row([box], 60)]))
    opinion, seal, day = page.lines[:3]
    assert (seal.text, day.text) == ("（盖章）", "年月日")
    assert opinion.baseline < TOP + 10
    assert day.baseline > TOP + 48
    assert day.x1 == pytest.approx(seal.x1, abs=0.5)


def test_a_landscape_flow_is_turned_and_as_wide_as_the_page_is_high():
    flow = Flow(Book("表"), typesetter(), landscape=True)
    assert flow.width == HEIGHT
    (page,) = pages_of(Table([HEIGHT], [Row([Cell("横排")], 20)]), landscape=True)
    turned = [char for char in page.chars if char.turned]
    assert "".join(char.char for char in turned) == "横排"
    assert turned[1].baseline < turned[0].baseline


def test_a_forms_code_stands_in_the_foot_margin():
    book = Book("表")
    Flow(book, typesetter()).text("正文", "body")
    print_code(book, typesetter(), "A7K2-93QF")
    (page,) = open_pdf(book.finish())
    code = page.lines[-1]
    assert code.text == "A7K2-93QF"
    assert code.baseline > BOTTOM + 10


def test_widths_are_shared():
    assert share_width([20, 40], [10, 10], 120) == [40, 80]
    shared = share_width([100, 300], [20, 30], 156)
    assert sum(shared) == pytest.approx(WIDTH)
    assert shared[0] >= 20
    assert shared[1] >= 30


@pytest.mark.parametrize(("columns", "landscape"), [(3, False), (7, False), (8, True), (14, True)])
def test_wide_tables_turn(columns, landscape):
    data = TableData(tuple(f"列{n}" for n in range(columns)), (("某某有限责任公司",) * columns,))
    assert fit_table(typesetter(), data, "table")[1] is landscape


def test_a_row_to_keep_goes_on_with_the_row_after_it():
    rows = [*plain_rows(23), Row([Cell("一组", columns=2)], 9.0, keep=True), *plain_rows(3)]
    pages = pages_of(Table([30, 126], rows))
    assert [page.lines[0].text for page in pages][1] == "一组"


def test_a_cell_is_not_torn_apart_to_fill_its_width():
    (page,) = pages_of(
        Table([30, 126], [Row([Cell("8年（2018年8月12日至2026年9月1日）", align=Align.START), Cell("")])])
    )
    gaps = [
        after.x0 - before.x1
        for line in page.lines
        for before, after in pairwise(line.chars)
        if line.text.startswith("8年") or "日" in line.text
    ]
    assert max(gaps) < 3.0


def test_a_smaller_size_spares_a_table_its_turnovers():
    heads = ("序号", "项目名称", "奖项", "第一完成人", "所在单位")
    row = ("1", "十大科技创新成果项目", "十大科技创新成果", "周建成", "宏昌机械制造有限公司")
    fitted, landscape = fit_table(typesetter(), TableData(heads, (row,) * 4), "table")
    assert not landscape
    assert {cell.style.size for line in fitted.rows for cell in line.cells} == {10.5}
    ready = SetTable(fitted, typesetter())
    assert all(len(box.lines) == 1 for line in ready.rows for box in line.boxes)


def test_a_table_that_turns_over_at_both_sizes_keeps_the_larger():
    row = ("1", "左河旗人力资源和社会保障事业服务中心工会委员会" * 2, "李喆")
    fitted, _ = fit_table(typesetter(), TableData(("序号", "所在单位", "领衔人"), (row,)), "table")
    assert {cell.style.size for line in fitted.rows for cell in line.cells} == {12.0}
    assert sum(fitted.widths) == pytest.approx(WIDTH)


def test_a_table_with_room_fills_the_width_at_full_size():
    fitted, _ = fit_table(typesetter(), TableData(("序号", "姓名"), (("1", "李喆"),)), "table")
    assert {cell.style.size for line in fitted.rows for cell in line.cells} == {12.0}
    assert sum(fitted.widths) == pytest.approx(WIDTH)
