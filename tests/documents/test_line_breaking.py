"""Lines for any text: nothing lost, nothing wider than its room, no mark at the wrong end, no number or word torn."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.kind import typesetter
from desktop.documents.styles import CELL, LABEL, MM, SMALL, TEXT, WIDTH
from desktop.documents.text import CLOSING, OPENING, TOKEN, Span, is_full

SETTER = typesetter()
FULL = WIDTH * MM
EM = CELL * MM
WORDS = st.sampled_from(
    ["工作室", "创新", "，", "。", "、", "；", "：", "“", "”", "（", "）", "《", "》", "——", "……", "2026年9月3日",
     "1,234.50元", "98.6%", "ISO 9001:2015", "GB/T 9704", "QC", "〔2026〕12号", "第", "·", "𠮷", "㛃",
     "䶮", "～", "？", "！", " "]
)  # fmt: skip
TEXTS = st.lists(WORDS, min_size=1, max_size=70).map(lambda words: "工" + "".join(words).strip() + "作")


def lines_of(text, width=FULL, first=2 * EM, rest=0.0, justify=True):
    return SETTER.lines([Span(text, TEXT)], width, "body", first, rest, justify)


def squeezed(text):
    return text.replace(" ", "")


@given(TEXTS)
def test_nothing_is_lost_or_changed(text):
    assert squeezed("".join(line.text for line in lines_of(text))) == squeezed(text)


@given(TEXTS, st.floats(8, 28))
def test_no_line_is_wider_than_its_room(text, cells):
    for line in lines_of(text, cells * EM):
        assert line.indent + line.width <= cells * EM + 0.02


@given(TEXTS)
def test_glyphs_go_from_left_to_right_inside_the_line(text):
    for line in lines_of(text):
        # An opening mark without its blank half may begin within the blank before it.
        places = [glyph.x for glyph in line.placed if glyph.char != " "]
        assert places == sorted(places)
        assert places[0] >= line.indent - 0.01
        assert places[-1] <= FULL


@given(
    st.lists(st.sampled_from(["工作室", "创新", "人", "，", "。", "）", "（", "《", "》"]), min_size=20, max_size=80)
)
def test_marks_stand_at_the_right_ends(words):
    """Among plain marks one at a time: rows of opening or closing marks alone have no good end anyway."""
    text = "工"
    for word in words:
        text += word if text[-1] not in CLOSING | OPENING or word not in CLOSING | OPENING else "工" + word
    for line, after in pairwise(lines_of(text + "作")):
        assert after.text[0] not in CLOSING
        assert line.text[-1] not in OPENING


@given(TEXTS)
def test_numbers_dates_and_words_stay_on_one_line(text):
    lines = lines_of(text)
    ends = {len(squeezed("".join(line.text for line in lines[:count]))) for count in range(1, len(lines))}
    at = 0
    for token in TOKEN.findall(text):
        inside = range(at + 1, at + len(squeezed(token)))
        at += len(squeezed(token))
        if token.strip() and SETTER.width(token, TEXT, "body") <= 14 * 16:
            assert not ends & set(inside), token


@given(TEXTS)
def test_every_line_but_the_last_fills_its_room(text):
    *full, _ = lines_of(text)
    for line in full:
        stretchable = len(TOKEN.findall(line.text)) > 1
        assert not stretchable or line.indent + line.width == pytest.approx(FULL, abs=0.05)


@given(TEXTS)
def test_a_ragged_paragraph_is_never_stretched(text):
    for line in lines_of(text, justify=False):
        natural = sum(SETTER.width(token, TEXT, "body") for token in TOKEN.findall(line.text))
        assert line.width <= natural + 0.02


def test_a_full_line_holds_28_characters_in_their_cells():
    first, second, *_ = lines_of("工" * 80, first=0.0)
    assert len(first.text) == len(second.text) == 28
    steps = [after.x - glyph.x for glyph, after in pairwise(first.placed)]
    assert all(step == pytest.approx(EM, abs=1e-6) for step in steps)


def test_indents_are_those_of_first_and_further_lines():
    lines = lines_of("工" * 80, first=2 * EM, rest=5 * EM)
    assert [line.indent for line in lines] == [2 * EM, *[5 * EM] * (len(lines) - 1)]
    assert [len(line.text) for line in lines[:2]] == [26, 23]


def test_a_mark_is_squeezed_in_rather_than_pushed_on():
    """28 characters and a comma: the comma and another mark give up their empty halves."""
    text = "工" * 10 + "，" + "工" * 15 + "“工”，" + "作" * 5
    first, second = lines_of(text, first=0.0)
    assert first.text[-1] in "工”，"
    assert second.text[0] not in CLOSING
    assert first.width <= FULL + 0.01


def test_a_word_longer_than_a_line_is_broken_anywhere():
    address = "https://" + "a1b2c3" * 40
    lines = lines_of("见" + address)
    assert len(lines) > 2
    assert "".join(line.text for line in lines) == "见" + address


@pytest.mark.parametrize("char", "，。；：！？、）》」』】〕”’…—")
def test_no_line_begins_with_any_closing_mark(char):
    for lead in range(24, 30):
        for line in lines_of("工" * lead + char + "作" * 30, first=0.0)[1:]:
            assert line.text[0] != char


@pytest.mark.parametrize("char", "（《「『【〔“‘")
def test_no_line_ends_with_any_opening_mark(char):
    for lead in range(24, 30):
        for line in lines_of("工" * lead + char + "作" * 30, first=0.0)[:-1]:
            assert line.text[-1] != char


@pytest.mark.parametrize(
    ("char", "full"), [("工", True), ("，", True), ("“", True), ("·", True), ("a", False), ("3", False)]
)
def test_what_takes_a_whole_cell(char, full):
    assert is_full(char) is full


def test_a_heading_and_its_text_share_lines():
    spans = [Span("（一）加强领导。", LABEL), Span("各单位要把创新工作室建设摆上重要位置。" * 3, TEXT)]
    lines = SETTER.lines(spans, FULL, "body", 2 * EM)
    faces = {glyph.font for glyph in lines[0].placed}
    assert len(faces) >= 2
    assert "".join(line.text for line in lines) == "".join(span.text for span in spans)


def test_other_sizes_stand_in_their_own_em():
    line = SETTER.single("工作室", SMALL, "code")
    assert line.width == pytest.approx(3 * 10.5)
    spaced = SETTER.single("工作室", SMALL, "code", tracking=2.0)
    assert spaced.width == pytest.approx(3 * 10.5 + 2 * 2.0)


def test_lines_come_out_the_same_when_asked_again():
    text = "各单位要认真落实。" * 12
    assert lines_of(text) == lines_of(text)
    assert lines_of(text) is not lines_of(text)
