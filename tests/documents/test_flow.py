"""A flow down the type area: new pages, rooms, turned pages, page numbers and short codes in their places."""

import pytest

from desktop.documents.elements import Flow, number_pages, print_code, title_lines
from desktop.documents.kind import typesetter
from desktop.documents.measured_page import Box, open_pdf
from desktop.documents.page import Book
from desktop.documents.styles import (
    BOTTOM,
    HEADLINE,
    HEIGHT,
    LEFT,
    MM,
    PITCH,
    RIGHT,
    SMALL,
    TEXT,
    TITLE_PITCH,
    TOP,
    WIDTH,
)  # fmt: skip
from desktop.documents.tables import Align, Cell, Row, Table


def flowing(landscape=False):
    return Flow(Book("表"), typesetter(), landscape)


def pages(flow):
    return open_pdf(flow.book.finish())


def test_a_flow_begins_at_the_top_with_the_whole_room():
    flow = flowing()
    assert (flow.y, flow.room, flow.width) == (TOP, HEIGHT, WIDTH)
    turned = flowing(landscape=True)
    assert (turned.room, turned.width) == (pytest.approx(WIDTH), HEIGHT)


def test_what_is_needed_and_not_there_begins_a_page():
    flow = flowing()
    flow.space(200)
    flow.need(HEIGHT - 200)
    assert len(flow.book.pages) == 1
    flow.need(HEIGHT - 199)
    assert len(flow.book.pages) == 2
    assert flow.y == TOP
    assert flow.blanks == [pytest.approx(HEIGHT - 200)]


def test_nothing_is_too_high_for_an_empty_page():
    flow = flowing()
    flow.need(HEIGHT * 3)
    assert len(flow.book.pages) == 1


@pytest.mark.parametrize(("scale", "most", "given"), [(1.0, 2.0, 40), (0.6, 2.0, 24), (2.0, 1.3, 52), (3.0, 2.0, 80)])
def test_room_for_hands_follows_the_scale_up_to_its_bound(scale, most, given):
    flow = flowing()
    flow.scale = scale
    assert flow.give(40, most) == pytest.approx(given)


def test_a_paragraph_runs_over_pages_on_the_grid():
    flow = flowing()
    flow.text("工作" * 700, "text")
    first, second = pages(flow)[:2]
    assert len(first.lines) == 22
    assert first.lines[0].x0 == pytest.approx(LEFT + 2 * WIDTH / 28, abs=0.1)
    assert first.lines[1].x0 == pytest.approx(LEFT, abs=0.1)
    assert second.lines[0].baseline == pytest.approx(first.lines[0].baseline, abs=0.01)
    assert first.lines[1].baseline - first.lines[0].baseline == pytest.approx(PITCH, abs=0.01)


def test_smaller_type_stands_closer():
    flow = flowing()
    flow.text("工作" * 60, "text", SMALL)
    (page,) = pages(flow)
    assert page.lines[1].baseline - page.lines[0].baseline == pytest.approx(SMALL.em * 1.6, abs=0.01)


@pytest.mark.parametrize(("align", "place"), [(Align.START, LEFT), (Align.CENTRE, 95), (Align.END, 161)])
def test_lines_stand_left_in_the_middle_or_right(align, place):
    flow = flowing()
    line = typesetter().single("工作室。", TEXT, "text")
    flow.line(line, TEXT, flow.node.child("P"), align=align)
    ((found,),) = [page.lines for page in pages(flow)]
    free = WIDTH - line.width / MM
    expected = {Align.START: LEFT, Align.CENTRE: LEFT + free / 2, Align.END: LEFT + free}[align]
    assert found.x0 == pytest.approx(expected, abs=0.1)
    assert found.x0 == pytest.approx(place, abs=1)


def test_titles_are_centred_and_go_down_by_their_pitch():
    flow = flowing()
    flow.title("关于印发左河旗劳模和工匠人才创新工作室补助资金使用管理办法的通知")
    (page,) = pages(flow)
    first, second = page.lines
    assert first.centre == pytest.approx(106, abs=0.5)
    assert second.baseline - first.baseline == pytest.approx(TITLE_PITCH, abs=0.01)
    assert flow.y == pytest.approx(TOP + 2 * TITLE_PITCH)


@pytest.mark.parametrize("width", [60, 90, 120, WIDTH])
def test_no_line_of_a_title_is_wider_than_its_room(width):
    text = "1" * 9 + "年拟推荐劳模和工匠人才创新工作室名单ABCDEFGHIJ（第二批）"
    lines = title_lines(typesetter(), text, width, HEADLINE, "title")
    assert "".join(lines) == text
    assert all(typesetter().width(line, HEADLINE, "title") / MM <= width + 0.01 for line in lines)


def test_a_table_goes_on_under_its_head_and_the_flow_after_it():
    flow = flowing()
    flow.space(180)
    rows = [Row([Cell("名称"), Cell("备注")], 9), *(Row([Cell(f"第{n}行"), Cell("")], 9) for n in range(10))]
    flow.table(Table((78.0, 78.0), rows, head=1))
    first, second = pages(flow)
    assert [line.text for line in first.lines] == ["名称备注", "第0行", "第1行", "第2行", "第3行"]
    assert [line.text for line in second.lines][:2] == ["名称备注", "第4行"]
    assert flow.y == pytest.approx(TOP + 7 * 9, abs=0.5)


def test_a_table_that_has_no_room_for_a_row_begins_on_the_next_page():
    flow = flowing()
    flow.space(HEIGHT - 12)
    flow.table(Table((156.0,), [Row([Cell("名称")], 9), Row([Cell("甲")], 9)], head=1))
    first, second = pages(flow)
    assert first.lines == []
    assert [line.text for line in second.lines] == ["名称", "甲"]


def test_turned_pages_read_upwards_from_the_left_edge():
    flow = flowing(landscape=True)
    flow.text("工作室", "text", indent=0)
    (page,) = pages(flow)
    assert all(char.turned for char in page.chars)
    ink = page.ink(page.dark)
    assert LEFT <= ink.x0 <= LEFT + 2
    assert ink.y1 == pytest.approx(BOTTOM, abs=1)


def test_the_canvas_turns_back():
    flow = flowing(landscape=True)
    with flow.canvas() as page:
        assert page.height == 210
    assert page.height == 297


def test_page_numbers_change_sides_and_can_be_left_out_or_begin_later():
    flow = flowing()
    for _ in range(3):
        flow.new_page()
    number_pages(flow.book, typesetter(), unnumbered={1}, first=5)
    found = [[line.text for line in page.lines] for page in pages(flow)]
    assert found == [["—5—"], [], ["—7—"], ["—8—"]]
    first, _, third, last = pages(flow)
    assert first.lines[0].x1 == third.lines[0].x1 == pytest.approx(RIGHT - 14 / MM, abs=0.4)
    assert last.lines[0].x0 == pytest.approx(LEFT + 14 / MM, abs=0.4)
    assert first.ink(first.dark, Box(160, 260, 170, 280)).y0 == pytest.approx(269, abs=0.15)


def test_the_short_code_stands_in_the_foot_margin_of_every_page():
    flow = flowing()
    flow.new_page()
    print_code(flow.book, typesetter(), "ABCD-2345")
    for page in pages(flow):
        (line,) = page.lines
        assert line.text == "ABCD-2345"
        assert line.centre == pytest.approx(106, abs=0.3)
        assert line.baseline > BOTTOM + 10
