import pytest

from desktop.documents.grid import MOST_SLACK, meet_grid
from desktop.documents.imprint import ROW, draw_imprint, set_imprint
from desktop.documents.kind import typesetter
from desktop.documents.measured_page import open_pdf
from desktop.documents.official import from_json
from desktop.documents.page import Book, Node
from desktop.documents.paragraphs import (
    EM,
    addressee_lines,
    attachment_lines,
    body_lines,
    heading_length,
    level_of,
    paragraph_spans,
)
from desktop.documents.styles import BOTTOM, HEADLINE, LEFT, PITCH, RIGHT, TITLE_PITCH, TOP, Role
from tests.documents.samples import PLAIN, sample


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("一、总体要求", 1),
        ("十二、附则", 1),
        ("（一）加强领导", 2),
        ("1.落实场地", 3),
        ("12．落实", 3),
        ("（1）面积", 4),
        ("1.5万元", 0),
        ("一是要", 0),
        ("普通", 0),
    ],
)
def test_levels_are_read_from_the_beginning(text, level):
    assert level_of(text) == level


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("一、总体要求", 6),
        ("（一）加强领导。各单位要落实。", 8),
        ("（一）" + "很" * 50 + "。后文", 3),
        ("普通的一段。", 0),
    ],
)
def test_the_heading_is_the_first_sentence_unless_it_is_long(text, length):
    assert heading_length(text) == length


def test_headings_take_the_faces_of_their_levels():
    roles = [
        [span.style.role for span in paragraph_spans(text)]
        for text in ("一、要求", "（一）领导。各单位。", "1.场地", "（1）面积", "正文")
    ]
    assert roles == [[Role.HEI], [Role.KAI, Role.FANGSONG], [Role.FANGSONG], [Role.FANGSONG], [Role.FANGSONG]]


def test_paragraphs_are_indented_by_two_cells_and_turn_over_flush():
    lines = body_lines(typesetter(), [PLAIN], "body", Node("Document"))
    assert lines[0].line.indent == pytest.approx(2 * EM)
    assert {line.line.indent for line in lines[1:]} == {0.0}


def test_structure_names_headings_and_paragraphs():
    root = Node("Document")
    body_lines(typesetter(), ["一、要求", "（一）领导。", "正文"], "body", root)
    assert [kid.kind for kid in root.kids] == ["H2", "H3", "P"]


def test_attendance_of_minutes_hangs_behind_its_colon_after_one_blank_line():
    lines = body_lines(
        typesetter(), ["议定事项。", "出席：" + "张三、" * 20 + "李四", "请假：王五"], "body", Node("D"), minutes=True
    )
    assert lines[1].line is None
    assert lines[2].line.indent == pytest.approx(2 * EM)
    assert lines[3].line.indent == pytest.approx(5 * EM)
    assert sum(line.line is None for line in lines) == 1


def test_attendance_is_plain_text_outside_of_minutes():
    lines = body_lines(typesetter(), ["出席：张三"], "body", Node("D"))
    assert len(lines) == 1


def test_addressees_end_with_one_full_width_colon():
    (line,) = addressee_lines(typesetter(), ["各旗县总工会", "各产业工会："], Node("D"))
    assert line.line.text == "各旗县总工会，各产业工会："
    assert line.line.indent == 0
    assert addressee_lines(typesetter(), [], Node("D")) == []


def test_one_attachment_has_no_number_and_no_final_mark():
    blank, line = attachment_lines(typesetter(), ["名单。"], Node("D"))
    assert blank.line is None
    assert line.line.text == "附件：名单"


def test_attachment_names_turn_over_under_their_first_character():
    lines = attachment_lines(typesetter(), ["很长的附件名称" * 6, "名单"], Node("D"))[1:]
    start = lines[0].line.placed[5].x
    assert lines[0].line.text.startswith("附件：1.很长")
    assert lines[1].line.indent == pytest.approx(start, abs=0.6)
    assert lines[-1].line.text == "2.名单"
    assert lines[-1].line.placed[0].x == pytest.approx(lines[0].line.placed[3].x, abs=0.6)


@pytest.mark.parametrize("lines", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("top", [57.9, 120.3, 131.1, 144.7])
def test_titles_meet_the_grid(lines, top):
    for gaps in (1, 2, 3):
        meeting = meet_grid(top, lines, gaps)
        bottom = top + (lines - 1) * meeting.title_pitch + HEADLINE.em
        body = TOP + (meeting.row - 1) * PITCH
        assert body - bottom == pytest.approx(PITCH + gaps * meeting.slack)
        assert meeting.slack >= -1e-6
        assert abs(meeting.title_pitch - TITLE_PITCH) <= 1.5
        if gaps == 3:
            assert meeting.slack <= MOST_SLACK


def imprint_page(**changes):
    paper = from_json("notice", sample("notice", **changes))
    book = Book("版记")
    imprint = set_imprint(typesetter(), paper)
    draw_imprint(book.new_page(), imprint)
    return imprint, open_pdf(book.finish())[0]


def test_the_imprint_has_two_heavy_rules_and_a_thin_one():
    imprint, page = imprint_page()
    rules = page.rules(page.dark, LEFT + 1, RIGHT - 1)
    assert len(rules) == 3
    assert imprint.height == pytest.approx(2 * ROW)
    assert rules[2].y1 == pytest.approx(BOTTOM, abs=0.15)
    weights = [rule.y1 - rule.y0 for rule in rules]
    assert weights[1] < weights[0]
    assert [line.text for line in page.lines] == ["抄送：市总工会、旗委办公室。", "左河旗总工会办公室2026年9月4日印发"]


def test_copies_turn_over_behind_the_colon():
    _, page = imprint_page(copy_to=[f"第{number}基层工会委员会" for number in range(9)])
    first, second = page.lines[:2]
    assert second.x0 == pytest.approx(first.chars[3].x0, abs=0.2)
    assert page.lines[-2].text.endswith("。")


def test_an_imprint_of_the_printer_alone_has_no_middle_rule():
    _, page = imprint_page(copy_to=None)
    assert len(page.rules(page.dark, LEFT + 1, RIGHT - 1)) == 2


def test_a_paper_may_have_no_imprint():
    paper = from_json("notice", sample("notice", copy_to=None, printed_by=None, printed_on=None))
    assert set_imprint(typesetter(), paper) is None


def test_a_letters_imprint_has_neither_rules_nor_printer():
    imprint = set_imprint(typesetter(), from_json("letter", sample("letter")))
    assert imprint.printer is None
    assert not imprint.ruled
