"""Sharing a paper over its pages: closings that stay with text, headings that move on, pages that fill."""

import pytest

from desktop.documents.composer import Row, compose_book, receivers_move
from desktop.documents.composer import _carried as carried
from desktop.documents.composer import _carry_over as carry_over
from desktop.documents.composer import _carry_statement as carry_statement
from desktop.documents.composer import _fill as fill
from desktop.documents.kind import Setting, typesetter
from desktop.documents.official import from_json
from desktop.documents.page import Node
from desktop.documents.paragraphs import BLANK, TextLine
from desktop.documents.seal import load_seal
from desktop.documents.styles import BOTTOM, LINES, PITCH, TEXT, TOP, line_top
from desktop.errors import BadInput, Unprintable
from tests.documents.samples import ORGANS, PLAIN, sample, seal_image

SETTER = typesetter()
SEAL = load_seal(seal_image(), 42.0)
CLOSING = 48.0
"""Depth of a usual sealed closing, mm."""


def text(words="工作", body=True, heading=False):
    return TextLine(SETTER.single(words, TEXT, "body"), Node("P"), body, heading)


def lines(count, **changes):
    return [text(**changes) for _ in range(count)]


def statement(count):
    return [BLANK, *lines(count, body=False)]


def sizes(pages):
    return [len(page) for page in pages]


def test_pages_fill_to_22_lines():
    assert sizes(fill(lines(50), TOP)) == [22, 22, 6]
    assert sizes(fill(lines(22), TOP)) == [22]
    assert sizes(fill(lines(23), line_top(10))) == [13, 10]


def test_rows_stand_on_the_grid():
    first, second = fill(lines(30), line_top(12))
    assert [round((row.top - TOP) / PITCH, 6) for row in first] == list(range(11, LINES))
    assert [round((row.top - TOP) / PITCH, 6) for row in second] == list(range(19))
    assert first[-1].top + TEXT.em <= BOTTOM + 0.05


def test_no_page_begins_or_ends_blank():
    pages = fill([*lines(22), BLANK, *lines(3), BLANK], TOP)
    assert sizes(pages) == [22, 3]
    assert all(page[0].text.line and page[-1].text.line for page in pages)


def test_headings_at_a_foot_move_on_with_their_text():
    pages = fill([*lines(20), *lines(2, heading=True), *lines(5)], TOP)
    assert sizes(pages) == [20, 7]
    assert [row.text.heading for row in pages[1][:3]] == [True, True, False]
    assert [row.top for row in pages[1][:2]] == pytest.approx([line_top(1), line_top(2)])


def test_headings_stay_where_nothing_else_would_be_left():
    assert carried([Row(TOP, text(heading=True))]) == []
    only = [Row(line_top(index), text(body=False, heading=True)) for index in range(1, 3)]
    assert carried([*only]) == []


@pytest.mark.parametrize("count", range(10, 45))
def test_the_closing_finds_text_on_its_page_without_crowding(count):
    pages = carry_over(lines(count), line_top(12), CLOSING)
    assert pages is not None
    assert sum(sizes(pages)) == count
    assert pages[-1][-1].top + TEXT.em + CLOSING <= BOTTOM + 0.05
    assert len(pages[-1]) >= 2 or count < 3
    assert pages[0]


def test_two_lines_go_with_the_closing_where_two_can():
    assert sizes(carry_over(lines(11), line_top(12), CLOSING)) == [9, 2]


def test_no_heading_is_left_behind_by_what_is_carried_over():
    content = [*lines(8), text(heading=True), *lines(2)]
    pages = carry_over(content, line_top(12), CLOSING)
    assert pages is not None
    assert not pages[0][-1].text.heading


def test_a_statement_goes_with_the_closing_and_the_body():
    pages = carry_over([*lines(12), *statement(3)], line_top(12), CLOSING)
    assert pages is not None
    assert sum(row.text.body for row in pages[-1]) == 2
    assert sum(not row.text.body and row.text.line is not None for row in pages[-1]) == 3


@pytest.mark.parametrize("count", [16, 18, 20, 30])
def test_a_long_statement_is_shared_and_keeps_two_lines_for_the_closing(count):
    content = [*lines(12), *statement(count)]
    assert carry_over(content, line_top(12), CLOSING) is None
    pages = carry_statement(content, line_top(12), CLOSING)
    assert pages is not None
    assert sum(sizes(pages)) >= 12 + count
    assert len(pages[-1]) >= 2
    assert not any(row.text.body for row in pages[-1])
    assert any(row.text.body for row in pages[0])
    assert pages[-1][-1].top + TEXT.em + CLOSING <= BOTTOM + 0.05


def test_a_statement_is_parted_between_its_entries_and_late():
    entry = Node("P")
    title = [TextLine(SETTER.single("名单", TEXT, "body"), entry, body=False) for _ in range(3)]
    pages = carry_statement([*lines(12), *statement(16), *title], line_top(12), CLOSING)
    assert pages is not None
    assert [row.text.node for row in pages[-1]] == [entry] * 3
    assert sum(sizes(pages)) == 12 + 1 + 16 + 3


def test_without_body_on_the_first_page_nothing_is_shared():
    assert carry_statement(statement(20), TOP, CLOSING) is None
    assert carry_statement(lines(5), TOP, CLOSING) is None


def test_a_closing_that_no_page_holds_is_refused():
    assert carry_over(lines(30), TOP, 230) is None


def paper(**changes):
    return from_json("notice", sample("notice", attachments=None, note=None, **changes))


@pytest.mark.parametrize(("count", "moved"), [(1, False), (6, False), (40, True)])
def test_receivers_move_only_where_they_leave_the_text_no_line(count, moved):
    to = [f"第{number}号基层工会委员会及其所属各分会" for number in range(count)]
    assert receivers_move(paper(to=to), Setting()) is moved


def test_seals_are_one_for_each_organ_or_none():
    with pytest.raises(BadInput, match="2个发文机关，给了1枚"):
        compose_book(paper(issuer=None, issuers=ORGANS[:2]), Setting(seals=(SEAL,)))
    with pytest.raises(BadInput, match="不加盖印章"):
        compose_book(paper(sealed=False), Setting(seals=(SEAL,)))


def test_a_title_that_fills_the_page_is_refused():
    with pytest.raises(Unprintable, match="标题太长") as refused:
        compose_book(paper(title="关于印发办法的通知和有关要求" * 20), Setting())
    assert refused.value.where == "title"


@pytest.mark.parametrize(("paragraphs", "pages"), [(1, 2), (4, 2), (12, 4)])
def test_a_ruled_imprint_makes_the_pages_even(paragraphs, pages):
    assert len(compose_book(paper(body=[PLAIN] * paragraphs), Setting()).pages) == pages


def test_a_paper_without_imprint_may_have_any_number_of_pages():
    bare = {"copy_to": None, "printed_by": None, "printed_on": None}
    assert len(compose_book(paper(body=["请认真落实。"], **bare), Setting()).pages) == 1
