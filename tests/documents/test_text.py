import random
from itertools import pairwise

import pytest

from desktop.documents.kind import typesetter
from desktop.documents.styles import CELL, MM, TEXT, Role, Style
from desktop.documents.text import CLOSING, OPENING, Span, is_full
from desktop.errors import Unprintable
from tests.documents.samples import PLAIN, WORDS

FULL = 28 * CELL * MM


def lines_of(text, first=2):
    return typesetter().lines([Span(text, TEXT)], FULL, "body", first=first * CELL * MM)


def test_a_full_line_holds_28_characters_on_the_grid():
    line = lines_of("工" * 60)[1]
    assert len(line.text) == 28
    assert line.placed[27].x == pytest.approx(27 * CELL * MM)


def test_lines_keep_the_text_and_the_edges():
    source = random.Random(1)
    for _ in range(100):
        text = "各" + "".join(source.choice(WORDS) for _ in range(60))
        lines = lines_of(text)
        assert "".join("".join(line.text for line in lines).split()) == "".join(text.split())
        for line in lines[:-1]:
            assert line.indent + line.width == pytest.approx(FULL, abs=0.01)
        assert all(glyph.x >= -0.01 for line in lines for glyph in line.placed)


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one():
    source = random.Random(2)
    for _ in range(100):
        text = "各单位" + "".join(source.choice("工会职工劳模，。、《》“”（）2026") for _ in range(200))
        lines = lines_of(text.replace("，，", "，"))
        starts = [line.text[0] for line in lines[1:]]
        # A run of marks longer than a line can take has to break somewhere.
        assert sum(char in CLOSING for char in starts) <= sum(len(line.text) < 3 for line in lines)
        assert not any(line.text[-1] in OPENING for line in lines[:-1])


@pytest.mark.parametrize("whole", ["2026年", "9月3日", "185.50万元", "〔2026〕12号", "37个", "100%", "workroom-desk"])
def test_numbers_and_words_stay_on_one_line(whole):
    for before in range(20, 30):
        lines = lines_of("工" * before + whole + "工" * 20)
        assert any(whole in line.text for line in lines), before


def test_an_overlong_word_is_broken_rather_than_overflowing():
    lines = lines_of("http://" + "a" * 200)
    assert all(line.indent + line.width <= FULL + 0.01 for line in lines)


def test_rare_characters_come_from_the_last_fonts():
    setter = typesetter()
    names = {char: setter.glyph(char, TEXT, "name").font.path.name for char in "李䶮𠮷𬱖喆珺昇赟"}
    assert names["李"] == "FandolFang-Regular.ttf"
    assert names["𠮷"] == names["䶮"] == "DeskRare.ttf"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MONGOLIAN])
def test_every_role_prints_rare_names(role):
    assert typesetter().width("喆珺昇赟䶮𠮷𬱖堃㛃", Style(role, 12), "name") == pytest.approx(9 * 12)


def test_a_character_without_a_glyph_names_itself_and_its_field():
    with pytest.raises(Unprintable, match=r"“leader”里的字“😀”（U\+1F600") as refusal:
        typesetter().width("李😀", TEXT, "leader")
    assert refusal.value.where == "leader"


def test_plain_text_is_squeezed_not_shifted():
    for line in lines_of(PLAIN * 3)[:-1]:
        pairs = [(before, after) for before, after in pairwise(line.placed) if is_full(before.char)]
        assert min(after.x - before.x for before, after in pairs) >= 0.45 * CELL * MM
