"""奖励分配表 and 奖励签领表: sums to the fen, shares never rounded over a limit, and what is refused."""

import itertools

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.forms.reward_table import percent, read
from desktop.documents.kind import Setting
from desktop.documents.kinds import KINDS
from desktop.documents.measured_page import open_pdf
from desktop.documents.numerals import amount_text, capital_amount
from desktop.errors import BadInput


def reward_data(**changes):
    data = {
        "workroom_name": "李喆劳模创新工作室",
        "unit_name": "左河旗机械有限公司",
        "year": 2026,
        "grant_total_yuan": "50000.00",
        "operating_yuan": "20000",
        "basis": "《管理办法》（内工办发〔2026〕12号）第六条",
        "rows": [
            {"name": "李喆", "role": "领衔人", "amount_yuan": "10000", "cap_yuan": 10000, "result": "智能截割"},
            {"name": "王㛃", "role": "骨干成员", "amount_yuan": "5000.01", "note": "超出"},
        ],
        "reasons": ["成果获国家专利。"],
        "date": "2026-09-03",
    }
    data.update(changes)
    return {name: value for name, value in data.items() if value is not None}


def sheet_data(count=3, **changes):
    rows = [{"name": f"成员{n}", "role": "骨干成员", "id_tail": "12X4", "amount_yuan": 4700.5} for n in range(count)]
    return {"workroom_name": "李喆劳模创新工作室", "year": 2026, "rows": rows, **changes}


def shown(kind, data):
    """The form's pages, and its words in the order in which they are drawn."""
    content = KINDS[kind].pdf(data, Setting())
    with pypdfium2.PdfDocument(content) as book:
        said = "".join(page.get_textpage().get_text_range() for page in book)
    return open_pdf(content), "".join(said.split())


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(3, 5, "60%"), (1, 3, "33.33%"), (2, 3, "66.66%"), (59999, 100000, "59.99%"), (1, 1, "100%"), (0, 5, "0%"),
     (5, 0, "0%"), (605, 1000, "60.5%"), (1, 100000, "0%")],
)  # fmt: skip
def test_shares_are_cut_off(part, whole, said):
    assert percent(part, whole) == said


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_share_is_never_said_to_be_more_than_it_is(part, whole):
    said = float(percent(part, whole).rstrip("%"))
    assert said <= part / whole * 100 + 1e-9
    assert part / whole * 100 - said < 0.01 + 1e-9


def test_the_table_is_read_to_the_fen():
    table = read(reward_data())
    assert table.title == "2026年创新工作室补助资金奖励分配表"
    assert (table.grant_total_fen, table.operating_fen, table.total_fen) == (5000000, 2000000, 1500001)
    assert [reward.cap_fen for reward in table.rewards] == [1000000, None]
    assert table.date == "2026年9月3日"


def test_a_table_without_year_has_a_title_without_one():
    assert read(reward_data(year=None)).title == "创新工作室补助资金奖励分配表"
    assert read(reward_data(title="奖励方案")).title == "奖励方案"


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"workroom_name": None}, "workroom_name"),
        ({"grant_total_yuan": None}, "grant_total_yuan"),
        ({"rows": None}, "rows"),
        ({"year": "2026"}, "year"),
        ({"rows": [{"name": "李喆", "role": "领衔人"}]}, "rows[0].amount_yuan"),
        ({"rows": [{"name": "李喆", "role": "领衔人", "amount_yuan": "1.001"}]}, "rows[0].amount_yuan"),
        ({"rows": [{"name": "李喆", "role": "领衔人", "amount_yuan": 1, "cap": 2}]}, "rows[0].cap"),
        ({"operating_yuan": -1}, "operating_yuan"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_wrong_data_is_refused_by_field(changes, where):
    with pytest.raises(BadInput) as refused:
        read(reward_data(**changes))
    assert refused.value.where == where


def test_sums_capitals_and_shares_are_printed():
    _, said = shown("reward-table", reward_data())
    assert f"15,000.01元（大写：{capital_amount(1500001)}）" in said
    assert "占补助总额的30%" in said
    assert "20,000.00元；未分配14,999.99元" in said
    assert f"50,000.00元（大写：{capital_amount(5000000)}）" in said
    assert "说明1：成果获国家专利。" in said


def test_what_is_spent_over_the_grant_shows_as_minus():
    _, said = shown("reward-table", reward_data(grant_total_yuan="30000"))
    assert f"未分配{amount_text(-500001)}元" in said


@pytest.mark.parametrize("count", [0, 1, 12, 60])
def test_tables_of_any_length_keep_their_heads_sums_and_boxes(count):
    rows = [{"name": f"成员{n}", "role": "骨干成员", "amount_yuan": 100} for n in range(count)]
    pages, said = shown("reward-table", reward_data(rows=rows, reasons=None))
    assert f"奖励合计{amount_text(count * 10000)}元" in said
    for page in pages:
        texts = [line.text for line in page.lines]
        if any(text.split("成员")[0].isdigit() and "骨干" in text for text in texts):
            assert any(text.startswith("序号姓名") for text in texts)
    last = [line.text for line in pages[-1].lines]
    assert any("创新工作室领衔人（签字）" in text and "基层工会（盖章）" in text for text in last)


def test_the_sheet_to_sign_sums_what_is_handed_out():
    pages, said = shown("signature-sheet", sheet_data(3, union_name="左河旗机械公司工会", date="2026-09-03"))
    assert len(pages) == 1
    assert f"合计14,101.50元（大写：{capital_amount(1410150)}）" in said
    assert "发放工会：左河旗机械公司工会" in said
    assert said.count("12X4") == 3
    assert "制表日期：2026年9月3日" in said


def test_the_tax_notice_stands_where_it_is_given():
    assert "提示：税后金额。" in shown("signature-sheet", sheet_data(tax_notice="税后金额。"))[1]
    assert "提示" not in shown("signature-sheet", sheet_data())[1]


def test_rows_to_sign_are_high_enough_for_a_hand():
    (page,) = shown("signature-sheet", sheet_data(6))[0]
    bases = [line.baseline for line in page.lines if line.text[:3].endswith("成员") or "骨干成员" in line.text]
    assert len(bases) == 6
    assert min(after - base for base, after in itertools.pairwise(bases)) >= 9


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ({"name": "李喆", "amount_yuan": 1, "id_tail": "12345"}, "rows[0].id_tail"),
        ({"name": "李喆", "amount_yuan": 1, "bank_tail": "62220000"}, "rows[0].bank_tail"),
        ({"amount_yuan": 1}, "rows[0].name"),
        ({"name": "李喆"}, "rows[0].amount_yuan"),
    ],
)
def test_whole_numbers_of_cards_and_persons_are_refused(row, where):
    """Only the last four figures ever stand on a paper that is passed around."""
    with pytest.raises(BadInput) as refused:
        KINDS["signature-sheet"].pdf({"workroom_name": "工作室", "rows": [row]}, Setting())
    assert refused.value.where == where
