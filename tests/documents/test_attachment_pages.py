"""附件 pages: label, title and content in their places, upright or turned, numbered as stated (7.3.7, 8)."""

import re

import pytest

from desktop.documents.attachments import draw_attachments
from desktop.documents.kind import typesetter
from desktop.documents.measured_page import Box, open_pdf
from desktop.documents.official import Attachment, TableData
from desktop.documents.page import Book
from desktop.documents.styles import BOTTOM, HEIGHT, LEFT, PITCH, RIGHT, TOP, line_top
from desktop.errors import Unprintable

WIDE = TableData(tuple(f"第{n}列内容" for n in range(10)), (("某某有限责任公司创新工作室",) * 10,) * 4)
SMALL = TableData(("序号", "姓名"), (("1", "李喆"), ("2", "王㛃")))


def drawn(*attachments):
    book = Book("附件")
    flow = draw_attachments(book, typesetter(), attachments)
    return flow, open_pdf(book.finish()) if book.pages else []


def grid_row(line):
    """A line's place on the grid, from 1, by its baseline."""
    return (line.baseline - 0.88 * 16 / 72 * 25.4 - TOP) / PITCH + 1


def test_attachments_that_travel_apart_have_no_page():
    flow, pages = drawn(Attachment("名单"), Attachment("样表"))
    assert flow is None
    assert pages == []


def test_one_attachment_has_no_number_several_have_theirs():
    assert drawn(Attachment("名单", ("内容。",)))[1][0].lines[0].text == "附件"
    _, pages = drawn(Attachment("甲", ("一。",)), Attachment("乙"), Attachment("丙", ("三。",)))
    assert [page.lines[0].text for page in pages] == ["附件1", "附件3"]


def test_label_title_and_text_stand_on_their_lines():
    _, (page,) = drawn(Attachment("有关要求", ("各单位要认真落实。", "一、时间安排")))
    label, title, first, second = page.lines
    assert label.x0 == pytest.approx(LEFT, abs=0.2)
    assert grid_row(label) == pytest.approx(1, abs=0.02)
    assert title.baseline == pytest.approx(line_top(3) + 0.88 * 22 / 72 * 25.4, abs=1.6)
    assert title.centre == pytest.approx(106, abs=0.5)
    for line in (first, second):
        assert grid_row(line) == pytest.approx(round(grid_row(line)), abs=0.02)
    assert round(grid_row(first)) >= 5


def test_a_title_of_several_lines_pushes_the_text_down_the_grid():
    rows = []
    for words in (1, 3, 5):
        _, pages = drawn(Attachment("左河旗劳模和工匠人才创新工作室" * words + "名单", ("各单位要认真落实。",)))
        text = next(line for line in pages[0].lines if line.text.startswith("各单位"))
        assert grid_row(text) == pytest.approx(round(grid_row(text)), abs=0.02)
        rows.append(round(grid_row(text)))
    assert rows == sorted(set(rows))


def test_a_title_without_room_for_text_is_refused():
    with pytest.raises(Unprintable, match="附件标题太长") as refused:
        drawn(Attachment("左河旗劳模和工匠人才创新工作室" * 20, ("内容。",)))
    assert refused.value.where == "attachments[0].title"


def test_long_text_goes_on_at_the_top_of_further_pages():
    flow, pages = drawn(Attachment("要求", ("各单位要认真组织落实好有关工作。" * 90,)))
    assert len(pages) == 3
    assert [round(grid_row(page.lines[0])) for page in pages] == [1, 1, 1]
    assert len(pages[1].lines) == 22
    assert flow.y > TOP


@pytest.mark.parametrize("count", range(13, 20))
def test_headings_of_an_attachment_stay_with_their_text(count):
    body = ("情况说明。",) * count + ("一、基本要求", "（一）加强领导", "各单位要认真落实。")
    for page in drawn(Attachment("要求", body))[1]:
        assert page.lines[-1].text not in ("一、基本要求", "（一）加强领导")


def test_a_small_table_stands_upright_over_the_whole_width():
    flow, (page,) = drawn(Attachment("名单", (), SMALL))
    assert not flow.landscape
    ink = page.ink(page.dark, Box(0, 70, 210, 290))
    assert (ink.x0, ink.x1) == (pytest.approx(LEFT, abs=0.3), pytest.approx(RIGHT, abs=0.3))
    assert [line.text for line in page.lines][2:] == ["序号姓名", "1李喆", "2王㛃"]


def test_a_wide_table_is_turned_with_its_label_at_the_left_edge():
    flow, (page,) = drawn(Attachment("大表", (), WIDE))
    assert flow.landscape
    assert all(char.turned for char in page.chars)
    ink = page.ink(page.dark)
    assert LEFT - 0.3 <= ink.x0 <= LEFT + 2
    assert ink.x1 <= RIGHT + 0.3
    assert ink.y1 == pytest.approx(BOTTOM, abs=0.5)
    assert ink.y1 - ink.y0 <= HEIGHT + 0.5


def test_a_turned_table_goes_on_over_turned_pages():
    many = TableData(WIDE.columns, WIDE.rows * 12)
    _, pages = drawn(Attachment("大表", (), many))
    assert len(pages) >= 3
    for page in pages:
        said = "".join(char.char for char in page.chars)
        assert len(re.findall("第0列内容", said)) == 1
        assert page.ink(page.dark).x1 <= RIGHT + 0.3


def test_upright_pages_follow_turned_ones():
    flow, pages = drawn(Attachment("大表", (), WIDE), Attachment("要求", ("各单位要认真落实。",)))
    assert not flow.landscape
    assert [any(char.turned for char in page.chars) for page in pages] == [True, False]


def test_columns_that_no_page_holds_are_refused():
    columns = tuple(f"第{n}列ABCDEFGHIJKL" for n in range(40))
    with pytest.raises(Unprintable, match="列太多") as refused:
        drawn(Attachment("大表", (), TableData(columns, (columns,))))
    assert refused.value.where == "attachments[0].table"


def test_a_character_without_a_glyph_is_named_with_its_row():
    table = TableData(("序号", "姓名"), (("1", "李喆"), ("2", "\U0002ffff")))
    with pytest.raises(Unprintable) as refused:
        drawn(Attachment("名单", (), table))
    assert "attachments[0].table" in refused.value.where
