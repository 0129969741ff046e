import shutil
import unicodedata

import pytest

from desktop.documents.fonts import FontBook, bundled_folder, open_font
from desktop.documents.styles import Role


def gb2312():
    pairs = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return [text for pair in pairs if (text := pair.decode("gb2312", "ignore"))]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MONGOLIAN])
def test_every_role_has_all_of_gb2312_in_its_own_bundled_font(role):
    first = FontBook().chain(role)[0]
    assert [char for char in gb2312() if not first.glyph(char)] == []


def test_the_chain_has_all_of_gbk():
    book = FontBook()
    pairs = (bytes((row, cell)) for row in range(0x81, 0xFF) for cell in range(0x40, 0xFF))
    ideographs = [
        text for pair in pairs if len(text := pair.decode("gbk", "ignore")) == 1 and unicodedata.category(text) == "Lo"
    ]
    missing = [char for char in ideographs if char >= "\u4e00" and book.find(Role.FANGSONG, char) is None]
    assert len(ideographs) > 20000
    assert missing == []


def test_symbols_of_papers_are_there():
    book = FontBook()
    assert [char for char in "〔〕（）《》“”‘’—…·①⑩㎡℃％‰～□■★×÷≤≥" if book.find(Role.FANGSONG, char) is None] == []


def test_an_offices_own_font_comes_first(tmp_path):
    shutil.copy(bundled_folder() / "DeskSong.ttf", tmp_path / "simfang.ttf")
    chain = FontBook([tmp_path]).chain(Role.FANGSONG)
    assert [font.path.name for font in chain[:2]] == ["simfang.ttf", "FandolFang-Regular.ttf"]


def test_a_damaged_office_font_is_passed_over(tmp_path):
    (tmp_path / "simhei.ttf").write_bytes(b"no font at all")
    assert FontBook([tmp_path]).chain(Role.HEI)[0].path.name == "DeskSans.ttf"


def test_a_font_that_forbids_embedding_is_passed_over(tmp_path):
    data = bytearray((bundled_folder() / "DeskKai.ttf").read_bytes())
    count = int.from_bytes(data[4:6], "big")
    tables = {
        bytes(data[12 + 16 * i : 16 + 16 * i]): int.from_bytes(data[20 + 16 * i : 24 + 16 * i], "big")
        for i in range(count)
    }
    place = tables[b"OS/2"] + 8
    data[place : place + 2] = (2).to_bytes(2, "big")
    path = tmp_path / "simkai.ttf"
    path.write_bytes(data)
    assert open_font(path) is None


def test_every_bundled_font_has_its_licence_beside_it():
    for font in bundled_folder().glob("*.ttf"):
        assert (font.with_name(font.stem + ".LICENSE.txt")).stat().st_size > 1000
