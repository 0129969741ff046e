"""Reports of figures: heads, bars of the right length, words that never run into them, heads again on each page."""

from datetime import date

import pytest

from desktop.documents.measured_page import open_pdf
from desktop.documents.report import LABELS, Bar, Chart, report_pdf
from desktop.documents.styles import LEFT, RIGHT, WIDTH

DAY = date(2026, 9, 3)


def chart(count=3, heads=("级别", "个数"), part="一、工作室", title="按级别", note="", share=0.5):
    bars = tuple(Bar(f"第{number}类", str(number), share, "1万元" if len(heads) > 2 else "") for number in range(count))
    return Chart(part, title, heads, bars, note)


def pages(*charts):
    return open_pdf(report_pdf("统计报告", "左河旗总工会", DAY, charts))


def test_the_report_names_office_and_day():
    said = [line.text.replace("\u3000", "") for line in pages(chart())[0].lines]
    assert said[:3] == ["统计报告", "左河旗总工会截至2026年9月3日", "一、工作室"]
    assert said[-1] == "—1—"


def test_a_part_is_named_once_and_each_chart_by_its_title():
    said = [
        line.text for line in pages(chart(), chart(title="按旗县"), chart(part="二、成果", title="二、成果"))[0].lines
    ]
    assert said.count("一、工作室") == 1
    assert [text for text in said if text in ("按级别", "按旗县")] == ["按级别", "按旗县"]
    # A chart of the part's own name is not headed twice.
    assert said.count("二、成果") == 1


def test_every_line_has_its_words_and_number():
    said = [line.text for line in pages(chart(3))[0].lines]
    assert [text for text in said if text.startswith("第")] == ["第0类0", "第1类1", "第2类2"]


def test_amounts_stand_at_the_right_and_push_the_numbers_in():
    with_amounts = next(
        line for line in pages(chart(1, ("级别", "个数", "金额")))[0].lines if line.text.startswith("第0")
    )
    without = next(line for line in pages(chart(1))[0].lines if line.text.startswith("第0"))
    assert with_amounts.text == "第0类01万元"
    assert with_amounts.x1 == pytest.approx(RIGHT, abs=0.6)
    assert without.x1 == pytest.approx(RIGHT, abs=0.6)


def test_long_words_end_in_dots_before_the_bars():
    long = Chart(
        "一", "按单位", ("单位", "个数"), (Bar("左河旗人力资源和社会保障事业服务中心工会委员会" * 2, "3", 1.0),)
    )
    line = next(line for line in pages(long)[0].lines if "…" in line.text)
    words = [char for char in line.chars if char.x0 < LEFT + WIDTH * LABELS]
    assert "".join(char.char for char in words).endswith("…")
    assert max(char.x1 for char in words) <= LEFT + WIDTH * LABELS - 1.5


def test_a_long_chart_goes_on_under_its_heads():
    found = pages(chart(70))
    assert len(found) >= 3
    for page in found:
        assert sum("级别个数" in line.text for line in page.lines) == 1
    said = [line.text for page in found for line in page.lines if line.text.startswith("第")]
    assert said == [f"第{number}类{number}" for number in range(70)]


def test_no_chart_begins_with_its_head_alone_at_a_page_foot():
    for before in range(18, 30):
        found = pages(chart(before), chart(6, title="按旗县"))
        page = next(page for page in found if any(line.text == "按旗县" for line in page.lines))
        place = [line.text for line in page.lines].index("按旗县")
        after = [line.text for line in page.lines][place + 1 :]
        assert sum(text.startswith("第") for text in after) >= 4, before


def test_a_note_stands_under_its_chart():
    said = [line.text for line in pages(chart(2, note="含已撤销的工作室。"))[0].lines]
    assert said[said.index("第1类1") + 1] == "含已撤销的工作室。"


@pytest.mark.parametrize("share", [-1.0, 0.0])
def test_nothing_is_drawn_for_nothing(share):
    blank = report_pdf("报告", "工会", DAY, [chart(1, share=share)])
    full = report_pdf("报告", "工会", DAY, [chart(1, share=1.0)])
    assert len(blank) < len(full)


def test_no_share_runs_over_the_line():
    assert report_pdf("报告", "工会", DAY, [chart(1, share=1.0)]) == report_pdf(
        "报告", "工会", DAY, [chart(1, share=7.5)]
    )


def test_a_report_without_charts_is_a_page():
    (page,) = pages()
    assert next(line.text for line in page.lines) == "统计报告"
