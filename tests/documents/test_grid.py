"""The slack over the body: wherever a head ends, the body stands on the grid and the gaps stay in their bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.grid import MOST_SLACK, TITLE_PITCHES, meet_grid
from desktop.documents.styles import CELL, HEADLINE, LINES, PITCH, TITLE_PITCH, TOP, line_top

GAPS = st.integers(1, 3)


def bottom_of(title_top, lines, gaps, meeting):
    """Where the title ends when each gap over it has taken its slack; the last gap is under it."""
    return title_top + (gaps - 1) * meeting.slack + (lines - 1) * meeting.title_pitch + HEADLINE.em


@given(st.floats(TOP, 150), st.integers(1, 5), GAPS)
def test_the_body_begins_on_a_line_of_the_grid(title_top, lines, gaps):
    meeting = meet_grid(title_top, lines, gaps)
    body = bottom_of(title_top, lines, gaps, meeting) + PITCH + meeting.slack
    assert body == pytest.approx(line_top(meeting.row), abs=1e-6)


@given(st.floats(TOP, 150), st.integers(1, 5), GAPS)
def test_slack_only_ever_widens_gaps(title_top, lines, gaps):
    meeting = meet_grid(title_top, lines, gaps)
    assert meeting.slack >= -1e-6
    assert min(TITLE_PITCHES) <= meeting.title_pitch <= max(TITLE_PITCHES)


@given(st.floats(TOP, 150), st.integers(1, 5), st.integers(2, 3))
def test_with_two_gaps_none_is_more_than_a_tall_blank_line(title_top, lines, gaps):
    """A blank line may be 7/8 of a character taller than a line: the reference's upper bound."""
    meeting = meet_grid(title_top, lines, gaps)
    assert meeting.slack <= max(MOST_SLACK, PITCH / gaps) + 1e-6
    if gaps == 3:
        assert meeting.slack <= 7 / 8 * CELL


@given(st.floats(TOP, 150), GAPS)
def test_a_title_of_one_line_needs_no_other_pitch_and_no_later_row(title_top, gaps):
    meeting = meet_grid(title_top, 1, gaps)
    earliest = title_top + HEADLINE.em + PITCH
    assert line_top(meeting.row) - earliest < PITCH + 1e-6


def test_longer_titles_begin_the_body_lower():
    rows = [meet_grid(100, lines, 3).row for lines in range(1, 6)]
    assert rows == sorted(set(rows))
    assert all(1 < row <= LINES for row in rows)


def test_the_pitch_of_a_title_stays_near_what_it_should_be():
    for top in range(40, 140):
        meeting = meet_grid(top, 3, 3)
        assert meeting.title_pitch == pytest.approx(TITLE_PITCH, abs=1.41)


def test_a_grid_may_begin_elsewhere():
    """A turned page's type area begins at another height."""
    upright, turned = meet_grid(TOP + 20, 1, 1, TOP), meet_grid(28 + 20, 1, 1, 28)
    assert (upright.row, upright.slack) == (turned.row, pytest.approx(turned.slack))
