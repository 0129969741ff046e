import itertools
from datetime import date

import pytest

from desktop.documents.closing import BETWEEN_SEALS, seal_gap, solve_closing
from desktop.documents.kind import typesetter
from desktop.documents.official import from_json
from desktop.documents.styles import CELL, LEFT, MM, PITCH, RIGHT, TEXT, WIDTH
from desktop.errors import Unprintable
from tests.documents.samples import ORGANS, sample

EM = TEXT.em


def closing_of(diameters=(42.0,), **changes):
    paper = from_json("notice", sample("notice", **{"note": None, **changes}))
    return solve_closing(typesetter(), paper, diameters)


def middle(line):
    return line.x + line.line.width / MM / 2


def test_a_sealed_date_stands_four_cells_from_the_right():
    organ, day = closing_of().lines
    assert RIGHT - day.x - day.line.width / MM == pytest.approx(4 * CELL)
    assert middle(organ) == pytest.approx(middle(day))
    assert day.drop - organ.drop == pytest.approx(PITCH)


def test_two_blank_lines_stand_above_the_signature():
    organ, _ = closing_of().lines
    assert organ.drop == pytest.approx(3 * PITCH - EM)


def test_the_seal_presses_both_lines_which_lie_below_its_middle():
    closing = closing_of()
    organ, day = closing.lines
    (seal,) = closing.seals
    assert seal.x == pytest.approx(middle(day))
    assert seal.drop - 21 == pytest.approx(seal_gap(42, 2))
    assert (organ.drop + day.drop + EM) / 2 > seal.drop
    assert day.drop + EM < seal.drop + 21


@pytest.mark.parametrize(
    ("diameter", "blanks", "low", "high"),
    [(38, 1, 0.5, 4.3), (38, 2, 3.8, 10.4), (42, 1, 0.5, 2.3), (42, 2, 0.5, 10.4), (42, 3, 9.8, 10.4),
     (45, 2, 0.5, 10.4), (46, 3, 6.2, 10.4), (50, 2, 0.5, 8.8), (50, 3, 2.2, 10.4)],
)  # fmt: skip
def test_gaps_stay_inside_the_reference_ranges(diameter, blanks, low, high):
    gap = seal_gap(diameter, blanks)
    assert gap is None or low - 0.6 <= gap <= high + 0.6


@pytest.mark.parametrize(("diameter", "blanks"), [(38, 3), (50, 0), (30, 3), (42, 4)])
def test_impossible_pairs_are_known(diameter, blanks):
    assert seal_gap(diameter, blanks) is None


def test_a_long_organ_pushes_the_date_in_and_stays_inside_the_edge():
    organ, day = closing_of(issuer="左河旗人力资源和社会保障事业服务中心工会委员会").lines
    assert organ.x + organ.line.width / MM <= RIGHT + 0.01
    assert middle(organ) == pytest.approx(middle(day))
    assert RIGHT - day.x - day.line.width / MM > 4 * CELL


def test_a_very_long_organ_takes_several_lines_in_one_seal():
    closing = closing_of(issuer="左河旗人力资源和社会保障局机关工会委员会与左河旗教育体育局机关工会委员会联合工作组")
    assert len(closing.lines) == 3
    bottom = closing.lines[-1].drop + EM
    (seal,) = closing.seals
    assert bottom <= seal.drop + 21


def test_an_endless_organ_is_refused():
    with pytest.raises(Unprintable, match="署名太长"):
        closing_of(issuer="左河旗总工会" * 20)


@pytest.mark.parametrize("diameter", [10, 19.9, 60.1, 100])
def test_odd_diameters_are_refused(diameter):
    with pytest.raises(Unprintable, match="直径"):
        closing_of((diameter,))


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6])
@pytest.mark.parametrize("diameter", [38.0, 42.0, 46.0, 50.0])
def test_joint_seals_are_apart_level_and_inside(count, diameter):
    closing = closing_of([diameter] * count, issuer=None, issuers=ORGANS[:count])
    assert [seal.organ for seal in closing.seals] == list(range(count))
    rows = {}
    for seal in closing.seals:
        rows.setdefault(round(seal.drop, 3), []).append(seal)
        assert seal.x - diameter / 2 >= LEFT - 0.01
        assert seal.x + diameter / 2 <= RIGHT + 0.01
    for row in rows.values():
        for first, second in itertools.pairwise(row):
            assert second.x - first.x >= diameter + BETWEEN_SEALS - 0.01
    heights = sorted(rows)
    assert all(below - above >= diameter + BETWEEN_SEALS - 0.01 for above, below in itertools.pairwise(heights))


def test_joint_names_stand_side_by_side_and_the_last_over_the_date():
    closing = closing_of([42.0] * 2, issuer=None, issuers=ORGANS[:2])
    first, second, day = closing.lines
    assert first.drop == second.drop
    assert first.x + first.line.width / MM < second.x
    assert middle(second) == pytest.approx(middle(day))
    assert closing.seals[1].x == pytest.approx(middle(day))
    assert closing.seals[0].x == pytest.approx(middle(first))


def test_seals_of_different_sizes_share_a_middle_line():
    closing = closing_of([42.0, 38.0], issuer=None, issuers=ORGANS[:2])
    assert closing.seals[0].drop == closing.seals[1].drop
    assert [seal.diameter for seal in closing.seals] == [42.0, 38.0]


def test_names_wider_than_the_page_are_refused():
    with pytest.raises(Unprintable, match="联合行文"):
        closing_of([42.0] * 2, issuer=None, issuers=["左河旗总工会" * 5, "左河旗财政局" * 5])


def test_unsealed_the_date_starts_two_cells_after_the_organ():
    organ, day = closing_of(sealed=False, issuer="左河旗职工技术协会办公室").lines
    assert organ.x + organ.line.width / MM == pytest.approx(RIGHT - 2 * CELL)
    assert day.x - organ.x == pytest.approx(2 * CELL)
    assert organ.drop == pytest.approx(2 * PITCH - EM)


def test_unsealed_a_longer_date_stands_two_cells_from_the_right():
    organ, day = closing_of(sealed=False, issuer="旗工会", date="2026-12-31").lines
    assert day.x + day.line.width / MM == pytest.approx(RIGHT - 2 * CELL)
    assert organ.x < day.x


def test_unsealed_joint_organs_stand_one_under_another():
    lines = closing_of(sealed=False, issuer=None, issuers=ORGANS[:3]).lines
    assert [line.line.text for line in lines] == [*ORGANS[:3], "2026年9月3日"]
    assert [round(line.drop, 3) for line in lines] == sorted({round(line.drop, 3) for line in lines})


def test_the_note_follows_the_date():
    lines = closing_of(note="联系人：李喆").lines
    assert lines[-1].line.text == "（联系人：李喆）"
    assert lines[-1].drop - lines[-2].drop == pytest.approx(PITCH)
    assert lines[-1].line.indent == pytest.approx(2 * CELL * MM)


def test_a_long_note_turns_over_flush_left():
    lines = closing_of(note="联系人：李喆，电话：0475-3212345，" * 3).lines
    notes = [line for line in lines if line.x == LEFT]
    assert len(notes) >= 2
    assert notes[1].line.indent == 0
    assert all((line.line.indent + line.line.width) / MM <= WIDTH + 0.01 for line in notes)


def test_dates_are_never_padded():
    lines = closing_of(date="2026-01-05").lines
    assert lines[-1].line.text == "2026年1月5日"
    assert from_json("notice", sample("notice")).date == date(2026, 9, 3)
