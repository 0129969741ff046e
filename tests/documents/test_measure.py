"""Each check must fail on a page that breaks its clause: papers are redrawn with one thing wrong."""

import re
from dataclasses import replace

import pytest

from desktop.documents import composer, imprint, letterhead
from desktop.documents.elements import number_pages
from desktop.documents.fonts import font_book
from desktop.documents.grid import Meeting
from desktop.documents.kind import Seal, Setting, typesetter
from desktop.documents.kinds import KINDS
from desktop.documents.measure import Status, check_pdf
from desktop.documents.measure_head import well_shaped
from desktop.documents.measured_page import open_pdf
from desktop.documents.page import Book
from desktop.documents.seal import load_seal
from desktop.documents.styles import CELL, LEFT, RED, TEXT, Style, line_top
from desktop.errors import BadInput
from tests.documents.samples import PLAIN, sample, seal_image


def failed(data):
    return {check.title for check in check_pdf(data) if check.status is Status.FAIL}


def render(kind="notice", seals=0, **changes):
    seal = load_seal(seal_image(), 42.0)
    return KINDS[kind].pdf(sample(kind, attachments=None, **changes), Setting(seals=(seal,) * seals))


def drawn(*lines, size=16.0):
    """A page with lines of text at (x, em-top, text), and a page number."""
    setter, book = typesetter(), Book("样张")
    page = book.new_page()
    for x, top, text in lines:
        style = Style(size=size)
        page.glyphs(x, top, setter.single(text, style, "text").placed, style)
    number_pages(book, setter)
    return book


def test_a_file_that_is_no_pdf_is_refused():
    with pytest.raises(BadInput, match="打不开"):
        check_pdf(b"not a PDF")


def test_checks_tell_clause_found_and_required():
    check = next(check for check in check_pdf(render()) if check.title == "发文机关标志上边缘")
    listed = check.as_dict()
    assert float(str(listed.pop("found")).removesuffix("mm")) == pytest.approx(72.0, abs=0.15)
    assert listed.pop("required") == "71.00—73.00mm"
    assert listed == {"clause": "7.2.4", "title": "发文机关标志上边缘", "status": "pass", "page": 1}


def test_a_good_paper_is_measured_in_all_its_parts():
    titles = {check.title for check in check_pdf(render(seals=1))}
    assert {
        "页宽", "文字右边缘", "标志下空二行", "发文字号居中", "红线在发文字号下", "标题上空二行", "标题下空一行",
        "主送机关顶格", "段首空二字", "成文日期", "印章顶端距正文", "版记末线与版心下边缘重合", "页码一字线上边缘",
    } <= titles  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "title"),
    [
        ("RULE_GAP", 7.0, "红线在发文字号下"),
        ("MARK_TOP", dict.fromkeys(letterhead.MARK_TOP, 60.0), "发文机关标志上边缘"),
        ("RIGHT", 170.0, "红线右端"),
    ],
)
def test_a_misplaced_head_is_found(monkeypatch, name, value, title):
    monkeypatch.setattr(letterhead, name, value)
    assert title in failed(render())


def test_a_misplaced_letter_is_found(monkeypatch):
    monkeypatch.setattr(letterhead, "LETTER_FOOT", 270.0)
    monkeypatch.setattr(letterhead, "LETTER_RULES", 160.0)
    assert {"下双线距下页边20毫米", "双线长"} <= failed(render("letter"))


def test_a_title_too_near_its_text_is_found(monkeypatch):
    monkeypatch.setattr(composer, "meet_grid", lambda *_: Meeting(0.0, 12.6, 11))
    assert "标题下空一行" in failed(render())


def test_an_imprint_above_the_edge_is_found(monkeypatch):
    monkeypatch.setattr(imprint, "BOTTOM", 255.0)
    assert "版记末线与版心下边缘重合" in failed(render())


def test_a_seal_off_its_axis_and_over_the_text_is_found(monkeypatch):
    solve = composer.solve_closing

    def shifted(*arguments):
        closing = solve(*arguments)
        return replace(closing, seals=[replace(seal, x=seal.x - 15, drop=seal.drop - 12) for seal in closing.seals])

    monkeypatch.setattr(composer, "solve_closing", shifted)
    assert {"最后一印与日期同轴", "印章顶端距正文"} <= failed(render(seals=1))


def test_seals_that_touch_are_found(monkeypatch):
    solve = composer.solve_closing

    def crowded(*arguments):
        closing = solve(*arguments)
        first, second = closing.seals
        return replace(closing, seals=[replace(first, x=second.x - 30), second])

    monkeypatch.setattr(composer, "solve_closing", crowded)
    file = render(seals=2, issuer=None, issuers=["左河旗总工会", "左河旗财政局"])
    assert failed(file)


def test_text_over_the_edge_and_below_the_foot_is_found():
    book = drawn((LEFT, 37.0, "工" * 29), (LEFT, 260.0, "越过版心"))
    assert {"文字右边缘", "版心最低墨迹"} <= failed(book.finish())


def test_a_wrong_indent_is_found():
    book = drawn((LEFT + 1.4 * CELL, 37.0, "只空了一个字"), (LEFT, line_top(2), "第二行"))
    assert "段首空二字" in failed(book.finish())


def test_a_line_that_begins_with_a_comma_is_found():
    book = drawn((LEFT, 37.0, "第一行"), (LEFT, line_top(2), "，第二行"))
    assert "行首标点" in failed(book.finish())


def test_a_wrong_pitch_is_a_warning():
    book = drawn(*((LEFT, 37.0 + index * 9.0, "各单位要认真落实") for index in range(5)))
    found = [check for check in check_pdf(book.finish()) if check.title == "最大行距"]
    assert [check.status for check in found] == [Status.WARN]


@pytest.mark.parametrize("date", ["2026年09月3日", "2026年2月31日"])
def test_a_wrong_date_is_found(date):
    book = drawn((LEFT + 90, 60.0, "左河旗总工会"), (LEFT + 90, line_top(4), date))
    assert "成文日期" in failed(book.finish())


def test_a_page_number_in_the_wrong_place_is_found():
    setter, book = typesetter(), drawn((LEFT, 37.0, "正文"))
    moved = Book("样张")
    page = moved.new_page()
    line = setter.single("— 1 —", Style(size=14.0), "页码")
    page.glyphs(100.0, 272.0, line.placed, Style(size=14.0))
    assert {"页码一字线上边缘", "单页码右边缘"} <= failed(moved.finish())
    assert failed(book.finish()) == set()


def test_title_shapes():
    assert well_shaped([100, 120])
    assert well_shaped([80, 120, 90])
    assert well_shaped([120, 100, 60])
    assert not well_shaped([120, 80, 120])
    assert not well_shaped([120, 8])


def test_seals_are_measured_to_a_tenth_of_a_millimetre():
    file = KINDS["publicity"].pdf(
        sample(
            "publicity", number=None, attachments=None, body=[PLAIN], copy_to=None, printed_by=None, printed_on=None
        ),
        Setting(seals=(load_seal(seal_image(), 42.0),)),
    )
    page = open_pdf(file)[0]
    seal = page.ink(page.red)
    assert seal is not None
    assert seal.x1 - seal.x0 == pytest.approx(42.0, abs=0.2)
    assert seal.y1 - seal.y0 == pytest.approx(42.0, abs=0.2)


def test_characters_report_their_face_and_size():
    page = open_pdf(render())[0]
    faces = {char.font for char in page.chars if char.char in "一、基本要求"}
    assert any("DeskSans" in face for face in faces)
    line = next(line for line in page.lines if re.match("为深入", line.text))
    assert line.size == 16.0
    assert {char.font for char in line.chars} == {font_book().chain(TEXT.role)[0].name}
    assert TEXT.colour != RED


def test_a_seal_is_an_overlay_that_leaves_the_text_readable():
    seal: Seal = load_seal(seal_image(), 42.0)
    assert seal.diameter == 42.0
    assert "2026年9月3日" in "".join(line.text for page in open_pdf(render(seals=1)) for line in page.lines)
