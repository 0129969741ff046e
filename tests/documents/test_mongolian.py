"""The Mongolian mark: joined glyphs in columns from left to right, as large as its room allows."""

import io

import pikepdf
import pytest

from desktop.documents.kind import typesetter
from desktop.documents.measured_page import open_pdf
from desktop.documents.mongolian import COLUMN, LARGEST, SMALLEST, set_mongolian, shape
from desktop.documents.page import Book
from desktop.documents.styles import MM, Role
from desktop.errors import Unprintable

WORDS = "ᠵᠡᠭᠦᠨ ᠭᠣᠤᠯ ᠤᠨ ᠬᠣᠰᠢᠭᠤᠨ ᠤ ᠶᠡᠷᠦᠩᠬᠡᠢ ᠦᠢᠯᠡᠳᠪᠦᠷᠢᠴᠢᠨ ᠦ ᠡᠪᠯᠡᠯ"
FONTS = typesetter().fonts


def placed(height=26.0, width=39.0, text=WORDS):
    return set_mongolian(text, FONTS, height, width)


@pytest.mark.parametrize("height", [20, 26, 40])
@pytest.mark.parametrize("width", [30, 39, 60])
def test_a_mark_keeps_to_its_room(height, width):
    mark = placed(height, width)
    assert mark.height <= height + 0.01
    assert mark.width <= width + 0.01
    assert SMALLEST <= mark.size <= LARGEST


def test_more_room_makes_it_larger():
    sizes = [placed(height, width).size for height, width in ((20, 30), (26, 39), (40, 50), (60, 80))]
    assert sizes == sorted(sizes)
    assert sizes[-1] == LARGEST


def test_words_stand_whole_in_their_order():
    mark = placed()
    assert " ".join(column.text for column in mark.columns) == WORDS


def test_columns_count_in_the_width():
    mark = placed()
    assert mark.width == pytest.approx(len(mark.columns) * COLUMN * mark.size / MM)


@pytest.mark.parametrize(("height", "width"), [(26, 3), (2, 39)])
def test_what_has_no_room_is_refused(height, width):
    with pytest.raises(Unprintable, match="放不下") as refused:
        placed(height, width)
    assert refused.value.where == "mongolian_mark"


def test_a_letter_that_the_font_lacks_is_named():
    with pytest.raises(Unprintable, match="U\\+18AF"):
        placed(text="ᠵᠡ\u18af")


def test_letters_join_into_other_glyphs_than_they_have_alone():
    """Shaping: a letter in the middle of a word is another glyph than the same letter alone."""
    font = FONTS.chain(Role.MONGOLIAN)[0]
    word = [glyph for glyph, _ in shape("ᠪᠠᠪᠠᠪᠠ", font).glyphs]
    alone = [glyph for letter in "ᠪᠠ" for glyph, _ in shape(letter, font).glyphs]
    assert set(word) != set(alone)
    assert all(advance >= 0 for _, advance in shape(WORDS, font).glyphs)


def test_columns_are_drawn_downwards_from_the_left():
    book = Book("蒙文")
    mark = placed()
    mark.draw(book.new_page(), 28, 72)
    page = open_pdf(book.finish())[0]
    ink = page.ink(page.red)
    assert 28 - 0.05 <= ink.x0 <= 30
    assert ink.x1 <= 28 + mark.width + mark.overhang
    assert ink.y0 == pytest.approx(72, abs=2)
    assert ink.y1 <= 72 + mark.height + 1


def test_its_words_come_out_as_they_were_written():
    book = Book("蒙文")
    placed().draw(book.new_page(), 28, 72)
    with pikepdf.open(io.BytesIO(book.finish())) as file:
        said = []
        for operands, operator in pikepdf.parse_content_stream(file.pages[0]):
            if str(operator) == "BDC" and str(operands[0]) == "/Span":
                said.append(str(operands[1].ActualText))
    assert " ".join(said) == WORDS
