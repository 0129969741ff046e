"""Money between 分 inside and 元 outside: there and back without loss, and nothing finer than a 分."""

from datetime import date

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import BadInput
from desktop.services import records, statistics, store
from desktop.services.journal import outward
from desktop.services.money import fen, grouped_yuan, yuan

AMOUNTS = st.integers(min_value=-(10**15), max_value=10**15)


@pytest.fixture
def desk_of_grant(county):
    return county.database, county.add_grant(grant_total_yuan="50000")


@given(AMOUNTS)
def test_what_is_written_is_read_back(amount):
    assert fen(yuan(amount)) == fen(grouped_yuan(amount)) == amount
    assert yuan(amount) == grouped_yuan(amount).replace(",", "") == outward.value("grants", "grant_total_fen", amount)


@pytest.mark.parametrize(
    ("amount", "plain", "grouped"),
    [
        (0, "0.00", "0.00"),
        (5, "0.05", "0.05"),
        (-5, "-0.05", "-0.05"),
        (-15_050, "-150.50", "-150.50"),
        (123_456_789, "1234567.89", "1,234,567.89"),
    ],
)
def test_the_sign_stands_before_the_whole(amount, plain, grouped):
    assert (yuan(amount), grouped_yuan(amount)) == (plain, grouped)


@pytest.mark.parametrize(("text", "amount"), [("5000", 500_000), (" 1,000.5 ", 100_050), (12, 1_200), ("-0.01", -1)])
def test_amounts_are_read_as_people_write_them(text, amount):
    assert fen(text) == amount


@pytest.mark.parametrize("text", ["", "五千", "1.005", "0.001", "NaN", "Infinity", None, "1e-3"])
def test_what_is_no_amount_is_refused_with_its_place(text):
    with pytest.raises(BadInput, match="金额写法不对") as refused:
        fen(text)
    assert refused.value.where == "amount_yuan"


def test_a_reversal_keeps_its_sum_in_the_printed_statistics(desk_of_grant, tmp_path):
    database, grant = desk_of_grant
    with store.writing(database, "王敏") as session:
        line = {"grant_id": grant, "category": "材料费", "amount_yuan": "-150.50", "paid_on": "2026-05-01"}
        records.put_records(session, "expenditures", line)
        statistics.print_report(session, date(2026, 9, 1), tmp_path / "r.pdf")
    book = pypdfium2.PdfDocument(tmp_path / "r.pdf")
    words = "".join(page.get_textpage().get_text_range() for page in book)
    book.close()
    assert "-150.50" in words
    assert "-151.50" not in words
