"""Forms fitted to their pages: room for hands shrinks before a remnant makes a page, and stretches to fill one."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from desktop.documents.elements import Flow
from desktop.documents.forms.fitting import LARGEST, MOST_BLANK, SMALLEST, fitted
from desktop.documents.forms.form_kinds import FORM_KINDS
from desktop.documents.forms.lists import FEWEST
from desktop.documents.kind import Setting, typesetter
from desktop.documents.measured_page import open_pdf
from desktop.documents.page import Book
from desktop.documents.styles import BOTTOM, HEIGHT
from tests.documents.form_samples import least

KINDS = {kind.id: kind for kind in FORM_KINDS}
COMPOSED = Path(__file__).resolve().parent.parent / "data" / "papers" / "composed"


def drawn(fixed: float, giving: float, boxes: int = 1):
    """A drawing step of a fixed height and boxes that give way, mm; it keeps the scales that were tried."""
    tried = []

    def draw(scale: float) -> Flow:
        tried.append(scale)
        flow = Flow(Book("表"), typesetter())
        flow.scale = scale
        flow.need(fixed)
        flow.space(fixed)
        for _ in range(boxes):
            flow.need(flow.give(giving))
            flow.space(flow.give(giving))
        return flow

    return draw, tried


def test_a_remnant_is_drawn_in_rather_than_given_a_page():
    draw, _ = drawn(150.0, 45.0, 2)
    flow = fitted(draw)
    assert len(draw(1.0).book.pages) == 2
    assert len(flow.book.pages) == 1
    assert SMALLEST <= flow.scale < 1.0
    # As large as the page allows, to one step of the search.
    assert flow.room < 90 * 0.4 / 16


def test_a_short_form_is_stretched_to_fill_its_page():
    draw, _ = drawn(100.0, 80.0)
    flow = fitted(draw)
    assert 1.4 < flow.scale <= LARGEST
    assert 0 <= flow.room < 5


def test_stretching_ends_at_the_largest_scale():
    draw, tried = drawn(20.0, 10.0)
    flow = fitted(draw)
    assert flow.scale == LARGEST
    assert flow.room > HEIGHT / 2
    assert len(tried) == 2


def test_what_cannot_be_drawn_in_keeps_its_pages():
    draw, _ = drawn(200.0, 60.0, 3)
    flow = fitted(draw)
    assert len(flow.book.pages) == 2
    assert flow.scale >= 1.0
    assert max(flow.blanks) <= max(MOST_BLANK, HEIGHT - 200.0)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"plaque"}))
def test_no_blank_form_ends_with_a_page_of_signatures_alone(kind):
    """A form without data fits a page or two; its last page is not nearly empty unless it is the only one."""
    pages = open_pdf(KINDS[kind].pdf(least(KINDS[kind].fields), Setting()))
    assert len(pages) <= 2, kind
    last = pages[-1].ink(pages[-1].dark)
    foot = max(box.y1 for box in [last] if box is not None)
    assert foot <= BOTTOM + 20
    rules = [rule for rule in pages[-1].rules(pages[-1].dark, 40, 170) if rule.y1 < BOTTOM + 1]
    if len(pages) == 2 and rules:
        assert rules[-1].y1 - rules[0].y0 > 60, f"{kind}: {rules[-1].y1 - rules[0].y0:.0f} mm on its last page"


def test_a_list_with_little_room_keeps_some_rows():
    shown = open_pdf(KINDS["budget"].pdf({"name": "工作室"}, Setting()))
    numbers = [line.text for page in shown for line in page.lines if line.text.isdigit()]
    assert len(numbers) >= FEWEST


def test_conditions_stand_under_their_heads_and_no_head_ends_a_page():
    rows = [
        {"group": f"第{group}有（第七条）", "title": f"条件{group}之{number}", "actual": "符合" * 20}
        for group in range(12)
        for number in range(3)
    ]
    pages = open_pdf(KINDS["first-review"].pdf({"workroom_name": "工作室", "rows": rows}, Setting()))
    heads = [line.text for page in pages for line in page.lines if "有（第七条）" in line.text]
    assert heads == [f"第{group}有（第七条）" for group in range(12)]
    for page in pages:
        texts = [line.text for line in page.lines if line.text[0] not in "—"]
        assert "有（第七条）" not in texts[-1]
        order = [text for text in texts if "有（第七条）" in text or "条件" in text]
        assert all(
            later.startswith(head[1:2]) or f"条件{head[1:-7]}" in later
            for head, later in pairwise(order)
            if "有（第七条）" in head
        )


def test_a_row_of_law_is_left_out_where_there_is_none():
    without = open_pdf(KINDS["look-back"].pdf({"workroom_name": "工作室"}, Setting()))
    with_law = open_pdf(KINDS["look-back"].pdf({"workroom_name": "工作室", "articles": ["第九条。"]}, Setting()))
    said = ["".join(line.text for page in pages for line in page.lines) for pages in (without, with_law)]
    assert "办法条文" not in said[0]
    assert "办法条文" in said[1]


def test_the_basis_breaks_between_title_and_number():
    basis = "《揭阳市劳模和工匠人才创新工作室命名管理实施细则》（揭工总〔2022〕39号）第六条、第十条"
    page = open_pdf(KINDS["first-review"].pdf({"workroom_name": "工作室", "basis": basis}, Setting()))[0]
    said = [line.text for line in page.lines if "细则" in line.text or "39号" in line.text]
    assert said == ["依据：《揭阳市劳模和工匠人才创新工作室命名管理实施细则》", "（揭工总〔2022〕39号）第六条、第十条"]


@pytest.mark.parametrize(
    ("kind", "law"),
    [("performance-review", "nm-2026-build"), ("budget", "nm-2026-build"), ("annual-report", "jy-2022")],
)
def test_an_ordinary_case_takes_one_page(kind, law):
    data = json.loads((COMPOSED / f"{kind}.json").read_text("utf-8"))[law]
    (page,) = open_pdf(KINDS[kind].pdf(data, Setting()))
    assert page.ink(page.dark).y1 <= BOTTOM + 15


def test_a_label_of_seven_characters_stands_on_one_line():
    data = {"name": "工作室", "total_yuan": "50000.00", "spent_yuan": "12000.50"}
    page = open_pdf(KINDS["performance-review"].pdf(data, Setting()))[0]
    said = [line.text for line in page.lines]
    assert any("补助总额（元）50,000.00" in line for line in said)
    assert any(line.startswith("实际支出（元）12,000.50") for line in said)
