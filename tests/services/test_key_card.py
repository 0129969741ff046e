"""The key card: its words, and a QR code that reads back as the fingerprint."""

import io
import zlib
from datetime import date

import pypdfium2
import pytest
from PIL import Image
from reportlab.graphics.barcode.qr import QrCodeWidget

from desktop.documents.forms.quick_code import DOTS, QUIET_ZONE, code_picture
from desktop.services.trust import card
from tests.services.desks import make_desk


@pytest.fixture
def desk(tmp_path):
    made = make_desk(tmp_path, "甲市总工会", "市级")
    yield made
    made.database.close()


def test_the_card_carries_name_id_and_fingerprint(desk):
    with desk.database.reading() as session:
        pdf = card.key_card(session, date(2026, 9, 1))
        data = card.card_data(session, date(2026, 9, 1))
    text = pypdfium2.PdfDocument(io.BytesIO(pdf))[0].get_textpage().get_text_range()
    for words in ("甲市总工会", desk.document["fingerprint"][:19], desk.office[:18], "2026年9月1日", "核对人"):
        assert words in text, words
    assert data["code"] == ["甲市总工会", desk.office, desk.document["fingerprint"]]


def test_the_code_on_the_printed_page_is_the_code_of_the_words(desk):
    with desk.database.reading() as session:
        pdf = card.key_card(session, date(2026, 9, 1))
        words = card.card_data(session, date(2026, 9, 1))["code"]
    words = "\n".join(words)
    page = pypdfium2.PdfDocument(io.BytesIO(pdf))[0]
    image = page.render(scale=300 / 72).to_pil().convert("L")
    code = code_of(words)
    modules = code.getModuleCount() + 2 * QUIET_ZONE
    found = image.point(lambda value: 255 * (value < 128))
    left, top, side = square_of(image, modules)
    for row in range(modules):
        for place in range(modules):
            x, y = left + (place + 0.5) * side / modules, top + (row + 0.5) * side / modules
            assert (found.getpixel((round(x), round(y))) > 0) == dark(code, row, place), (row, place)


def square_of(image, modules):
    """Where the code stands on the page, by its size and place in the middle: left, top, side in dots."""
    side = 52 / 25.4 * 300
    left = (28 + (156 - 52) / 2) / 25.4 * 300
    column = round(left + (QUIET_ZONE + 0.5) * side / modules)
    run = 0
    for y in range(image.height):
        run = run + 1 if image.getpixel((column, y)) < 128 else 0
        if run > 6.5 * side / modules:
            return left, y - run + 1 - QUIET_ZONE * side / modules, side
    raise AssertionError("no finder pattern on the page")


def code_of(words):
    made = QrCodeWidget(words, barLevel="M").qr
    made.make()
    return made


def dark(code, row, place):
    inside = range(QUIET_ZONE, QUIET_ZONE + code.getModuleCount())
    return row in inside and place in inside and bool(code.isDark(row - QUIET_ZONE, place - QUIET_ZONE))


def test_the_picture_has_its_quiet_zone_and_three_corners():
    made = code_picture("指纹")
    pixels = Image.frombytes("RGB", (made.width, made.height), zlib.decompress(made.colours)).convert("L")
    edge = QUIET_ZONE * DOTS
    assert pixels.crop((0, 0, made.width, edge)).getextrema() == (255, 255)
    last = made.width - edge - 1
    for corner in ((edge, edge), (last, edge), (edge, last)):
        assert pixels.getpixel(corner) == 0
