"""Drawing the register's characters ahead of time: each once, in short slices, new ones when they come."""

from array import array

from PySide6.QtGui import QFont, QPainter

from desktop.services.registry import Registry
from desktop.views import glyphs
from desktop.views.glyphs import GlyphWarmer, characters


def a_register(keys):
    """Return a register in memory with these keys."""
    count = len(keys)
    return Registry(array("q", range(count)), bytearray(count), bytearray(count), [""], [""], list(keys), [""] * count)


def test_the_characters_are_those_of_the_keys_without_ascii():
    assert characters(a_register(["焊接 abc", "焊工\n12"])) == "工接焊"
    assert characters(a_register([])) == ""


def test_of_many_workrooms_an_even_part_is_looked_at(monkeypatch):
    monkeypatch.setattr(glyphs, "LOOKED_AT", 2)
    assert characters(a_register(["甲", "乙", "丙", "丁"])) == "丙甲"
    monkeypatch.setattr(glyphs, "AT_MOST", 1)
    assert characters(a_register(["甲", "乙", "丙", "丁"])) == "丙"


def test_each_character_is_drawn_once(qtbot, monkeypatch):
    drawn = []
    monkeypatch.setattr(glyphs, "QPainter", lambda device: Noting(device, drawn))
    warmer = GlyphWarmer(QFont("Desk Sans"))
    letters = [chr(0x4E00 + number) for number in range(100)]
    warmer.warm(letters)
    qtbot.waitUntil(lambda: not warmer.is_busy())
    assert sorted("".join(drawn)) == letters
    warmer.warm([*letters, "龙"])
    qtbot.waitUntil(lambda: not warmer.is_busy())
    assert "".join(drawn).count("龙") == 1
    assert len("".join(drawn)) == 101


def test_a_slice_ends_when_its_time_is_over(qtbot, monkeypatch):
    drawn = []
    monkeypatch.setattr(glyphs, "QPainter", lambda device: Noting(device, drawn))
    monkeypatch.setattr(glyphs, "SLICE_MS", 0)
    warmer = GlyphWarmer(QFont("Desk Sans"), 1.5)
    warmer.warm("一二三")
    assert warmer.is_busy()
    warmer._draw()
    assert drawn == []
    monkeypatch.setattr(glyphs, "SLICE_MS", 1000)
    warmer._draw()
    assert sorted("".join(drawn)) == sorted("一二三")
    assert not warmer.is_busy()


def test_the_register_is_followed(desk, qtbot):
    warmer = GlyphWarmer(QFont("Desk Sans"))
    warmer.follow(desk.registry)
    desk.registry.reload_now()
    assert warmer.is_busy()
    qtbot.waitUntil(lambda: not warmer.is_busy())
    assert set(characters(desk.registry.registry)) <= warmer._seen


class Noting(QPainter):
    """Notes what is drawn."""

    def __init__(self, device, drawn):
        super().__init__(device)
        self._drawn = drawn

    def drawText(self, place, flags, text):
        self._drawn.append(text)
        super().drawText(place, flags, text)
