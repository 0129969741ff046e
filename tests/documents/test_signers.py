"""签发人 of 上行文: names beside the number where they fit, one a line where they would meet it (clause 7.2.6)."""

from itertools import pairwise

import pytest

from desktop.documents.kind import typesetter
from desktop.documents.measured_page import open_pdf
from desktop.documents.official import from_json
from desktop.documents.signers import arrange, number_rows
from desktop.documents.styles import CELL, LEFT, PITCH, RIGHT
from tests.documents.samples import sample
from tests.documents.test_papers import render

LONG = "阿拉坦其其格巴雅尔图雅"


def paper_of(*names, kind="request", **changes):
    return from_json(kind, sample(kind, signer=list(names), **changes))


@pytest.mark.parametrize(
    ("names", "columns", "rows"),
    [
        (["张三"], 1, 1),
        (["张三", "李四"], 2, 1),
        (["张三", "李四", "王五"], 2, 2),
        (["欧阳兰花", "乌兰其木格"], 2, 1),
        ([LONG, "乌兰"], 1, 2),
        ([LONG, LONG, LONG], 1, 3),
        ([LONG + "娜仁托娅"], 1, 2),
        (["某" * 20], 1, 2),
    ],
)
def test_names_share_a_line_only_where_they_fit_beside_the_number(names, columns, rows):
    found = arrange(typesetter(), paper_of(*names))
    assert (found.columns, found.rows) == (columns, rows)
    assert number_rows(typesetter(), paper_of(*names)) == rows


def test_other_papers_have_none():
    assert arrange(typesetter(), from_json("notice", sample("notice", signer="张三"))) is None
    assert arrange(typesetter(), from_json("request", sample("request", signer=None))) is None
    assert number_rows(typesetter(), from_json("notice", sample("notice"))) == 1


@pytest.mark.parametrize("many", [1, 2, 3, 4])
@pytest.mark.parametrize("length", [2, 4, 7, 9, 11, 14, 20])
def test_names_and_number_stand_inside_the_margins_and_apart(many, length):
    names = [f"{'甲乙丙丁'[index]}{'某' * (length - 1)}" for index in range(many)]
    page = open_pdf(render("request", sample("request", signer=names, attachments=None)))[0]
    number = next(line for line in page.lines if "〔2026〕" in line.text)
    head = [line for line in page.lines if any(name in line.text for name in names) or line is number]
    assert sum(line.text.count(name) for line in head for name in names) == many
    assert all(line.x0 >= LEFT + CELL - 0.2 and line.x1 <= RIGHT - CELL + 0.2 for line in head)
    # The number ends the block, and whatever shares its line stands a character or more away.
    assert number is head[-1]
    gaps = [after.baseline - before.baseline for before, after in pairwise(head)]
    assert gaps == pytest.approx([PITCH] * len(gaps), abs=0.1)
    digits = [char for char in number.chars if not char.char.isspace()]
    end = next(index for index, char in enumerate(digits) if char.char == "号")
    if end + 1 < len(digits):
        assert digits[end + 1].x0 - digits[end].x1 >= CELL - 0.3
