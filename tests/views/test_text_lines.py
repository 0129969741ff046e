"""Texts broken into lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QFontMetrics

from desktop.views.text_lines import lines_of

NAME = "苏木图旗蒙医医院高雪兰劳模工匠创新工作室"


@pytest.fixture(scope="module")
def font(qapp):
    made = QFont(qapp.font())
    made.setPixelSize(14)
    return made


def test_what_fits_is_one_line(font):
    assert lines_of(NAME, font, 1000, 2) == [NAME]


def test_a_longer_text_goes_on_and_only_what_is_too_much_is_cut(font):
    wide = QFontMetrics(font).horizontalAdvance(NAME)
    whole = lines_of(NAME, font, wide * 2 // 3, 2)
    assert len(whole) == 2
    assert "".join(whole) == NAME
    cut = lines_of(NAME, font, wide // 4, 2)
    assert len(cut) == 2
    assert cut[1].endswith("…")
    assert NAME.startswith(cut[0] + cut[1][:-1])


@given(st.text("工作室（）：2026年 ab", max_size=60), st.integers(30, 400), st.integers(1, 3))
def test_no_line_is_wider_than_it_may_be(font, text, width, most):
    lines = lines_of(text, font, width, most)
    assert 1 <= len(lines) <= most
    assert all(QFontMetrics(font).horizontalAdvance(line) <= width for line in lines)
