"""The PDF file itself: objects, streams, fonts, metadata, structure."""

import io
import re
import zlib

import pikepdf
import pytest

from desktop.documents.embedding import FontStore
from desktop.documents.fonts import font_book
from desktop.documents.kind import Setting, typesetter
from desktop.documents.kinds import KINDS
from desktop.documents.measured_page import open_pdf
from desktop.documents.mongolian import set_mongolian, shape
from desktop.documents.page import Book, Picture, Placed
from desktop.documents.pdf import number, pack, text_string
from desktop.documents.styles import BLACK, LEFT, MM, RED, TEXT, Role, Style
from desktop.errors import Unprintable
from tests.documents.samples import sample
from tests.documents.test_papers import MONGOLIAN, text_of


def book_with(text="正文", style=TEXT, store=None):
    book = Book("样张 <&> “引号”", store)
    page = book.new_page()
    with page.tagged(book.root.child("P")):
        page.glyphs(LEFT, 37.0, typesetter().single(text, style, "text").placed, style)
    return book


@pytest.mark.parametrize(
    ("value", "text"), [(1.0, "1"), (0.25, "0.25"), (-0.00001, "0"), (12.34567, "12.3457"), (100.0, "100")]
)
def test_numbers_are_short(value, text):
    assert number(value) == text


def test_packed_data_unpacks_to_the_same():
    assert zlib.decompress(pack(b"data" * 100)) == b"data" * 100


def test_text_strings_hold_characters_outside_the_basic_plane():
    assert bytes.fromhex(text_string("李𠮷")[5:-1]).decode("utf-16-be") == "李𠮷"


def test_a_file_has_a_sound_cross_reference():
    data = book_with().finish()
    start = int(re.search(rb"startxref\s+(\d+)", data).group(1))
    assert data[start:].startswith(b"xref")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_the_identity_changes_with_the_content():
    ids = []
    for text in ("甲", "乙", "甲"):
        with pikepdf.open(io.BytesIO(book_with(text).finish())) as pdf:
            ids.append(bytes(pdf.trailer.ID[0]))
    assert ids[0] == ids[2] != ids[1]


def test_titles_with_markup_are_kept_in_the_metadata():
    with pikepdf.open(io.BytesIO(book_with().finish())) as pdf:
        assert pdf.open_metadata()["dc:title"] == "样张 <&> “引号”"


def test_subsets_hold_only_what_was_drawn():
    small, large = book_with("一二三"), book_with("".join(chr(code) for code in range(0x4E00, 0x4E40)))
    assert len(small.finish()) < len(large.finish())
    assert len(small.finish()) < 12_000


def test_every_font_is_embedded_and_declares_its_widths():
    with pikepdf.open(io.BytesIO(book_with("李左A1").finish())) as pdf:
        (font,) = pdf.pages[0].Resources.Font.values()
        descendant = font.DescendantFonts[0]
        assert [float(width) for width in descendant.W[1]][:2] == [1000.0, 1000.0]
        assert len(descendant.CIDToGIDMap.read_bytes()) == 2 * (1 + 4)
        assert re.match(r"/[A-Z]{6}\+FandolFang-Regular", str(font.BaseFont))


def test_two_characters_with_one_glyph_extract_apart():
    book = book_with("—―")
    assert text_of(book.finish()) == "—―"


def test_a_shared_store_gives_the_same_text_as_separate_files():
    store = FontStore()
    books = [book_with(text, store=store) for text in ("左河旗总工会", "创新工作室", "李喆𠮷")]
    files = [book.finish() for book in books]
    assert [text_of(file) for file in files] == ["左河旗总工会", "创新工作室", "李喆𠮷"]


def test_a_store_that_grew_is_built_again():
    store = FontStore()
    first = book_with("甲", store=store).finish()
    second = book_with("乙丙丁", store=store).finish()
    assert text_of(first) == "甲"
    assert text_of(second) == "乙丙丁"


def test_kinds_take_a_shared_store():
    store = FontStore()
    data = sample("notice", attachments=None)
    alone, shared = KINDS["notice"].pdf(data, Setting()), KINDS["notice"].pdf(data, Setting(store=store))
    assert text_of(alone) == text_of(shared)


def test_positions_are_exact_to_a_hundredth_of_a_millimetre():
    book = Book("位置")
    page = book.new_page()
    placed = [
        Placed(glyph.char, glyph.font, index * 40.0)
        for index, glyph in enumerate(typesetter().single("一二三", TEXT, "t").placed)
    ]
    page.glyphs(50.0, 100.0, placed, TEXT)
    (measured,) = open_pdf(book.finish())
    for index, char in enumerate(measured.lines[0].chars):
        assert char.x0 == pytest.approx(50.0 + index * 40.0 / MM, abs=0.01)
        assert char.baseline == pytest.approx(100.0 + 0.88 * 16 / MM, abs=0.01)


def test_colours_and_rules_are_drawn():
    book = Book("线")
    page = book.new_page()
    page.rule(28, 50, 184, 50, 0.5, RED)
    page.rule(28, 60, 184, 60, 0.35, BLACK)
    page.box(40, 80, 50, 20, 0.2)
    (measured,) = open_pdf(book.finish())
    assert len(measured.rules(measured.red, 30, 180)) == 1
    assert len(measured.rules(measured.dark, 30, 180)) == 1
    box = measured.ink(measured.dark, measured.ink(measured.dark).__class__(35, 75, 100, 110))
    assert (box.x0, box.y0, box.x1, box.y1) == pytest.approx((39.9, 79.9, 90.1, 100.1), abs=0.15)


def test_one_picture_placed_twice_is_stored_once():
    book = Book("图")
    page = book.new_page()
    picture = Picture(1, 1, pack(b"\xff\0\0"))
    page.picture(50, 50, 20, 20, picture)
    page.picture(90, 50, 20, 20, picture)
    with pikepdf.open(io.BytesIO(book.finish())) as pdf:
        assert len(pdf.pages[0].Resources.XObject) == 1
        assert pdf.pages[0].Group.S == "/Transparency"
        states = pdf.pages[0].Resources.ExtGState.values()
        assert "/Multiply" in [state.get("/BM") for state in states]


def test_mongolian_is_joined_and_fits_its_place():
    font = font_book().chain(Role.MONGOLIAN)[0]
    word = shape("ᠮᠣᠩᠭᠣᠯ", font)
    apart = [shape(char, font).glyphs[0][0] for char in "ᠮᠣᠩᠭᠣᠯ"]
    assert [glyph for glyph, _ in word.glyphs] != apart
    mark = set_mongolian(MONGOLIAN, font_book(), 26.0, 39.0)
    assert mark.width <= 39.0
    assert mark.height <= 26.0
    assert " ".join(column.text for column in mark.columns) == MONGOLIAN


def test_mongolian_extracts_as_it_was_written():
    book = Book("蒙文")
    set_mongolian(MONGOLIAN, font_book(), 26.0, 39.0).draw(book.new_page(), LEFT, 72.0)
    with pikepdf.open(io.BytesIO(book.finish())) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
    texts = [
        bytes.fromhex(found.decode()).decode("utf-16-be") for found in re.findall(rb"ActualText<FEFF(\w+)>", content)
    ]
    assert " ".join(texts) == MONGOLIAN


def test_too_much_mongolian_is_refused():
    with pytest.raises(Unprintable, match="蒙古文"):
        set_mongolian(" ".join([MONGOLIAN] * 4), font_book(), 26.0, 39.0)


def test_styles_of_other_sizes_measure_by_their_em():
    assert typesetter().width("四字宽度", Style(size=10.5), "t") == pytest.approx(42.0)
