"""Statistics: every number opens exactly the records it counts, sums are exact, lists and reports are exported."""

from datetime import date

import pytest
from openpyxl import load_workbook

from desktop.errors import BadInput
from desktop.services import identity, records, statistics, store
from desktop.services.sample import fill_sample

ON = date(2026, 9, 1)


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    made = identity.initialise(tmp_path_factory.mktemp("s") / "s.db", "左旗总工会", "县级", "左旗")
    with store.writing(made, "王敏") as session:
        fill_sample(session, 40)
    yield made
    made.close()


@pytest.mark.parametrize("key", list(statistics.GROUPS))
def test_every_number_opens_exactly_the_records_it_counts(county, key):
    with store.reading(county) as session:
        found = statistics.breakdown(session, key, ON)
        seen = []
        for figure in found.figures:
            rows = statistics.records_of(session, key, figure.words, ON)
            assert len(rows) == figure.count
            seen += [row["id"] for row in rows]
        assert len(seen) == len(set(seen))
        assert {row["id"] for row in records.list_records(session, found.noun)} >= set(seen)


def test_the_groups_of_a_breakdown_count_every_record_once(county):
    with store.reading(county) as session:
        whole = {one.key: sum(figure.count for figure in one.figures) for one in statistics.breakdowns(session, ON)}
        assert whole["state"] == len(records.list_records(session, "workrooms"))
        assert whole["outcome_kind"] == whole["outcome_year"] == len(records.list_records(session, "outcomes"))
        living = [row for row in records.list_records(session, "workrooms") if row["state"] not in statistics.ENDED]
        assert whole["level"] == whole["industry"] == whole["region"] == len(living)
        assert whole["age"] == whole["role"] == whole["education"]


def test_money_is_summed_to_the_last_fen(county):
    with store.reading(county) as session:
        grants = records.list_records(session, "grants")
        fen = sum(int(row["grant_total_yuan"].replace(".", "")) for row in grants)
        assert sum(one.fen for one in statistics.breakdown(session, "grant_year", ON).figures) == fen


def test_levels_stand_in_their_order_and_years_in_theirs(county):
    with store.reading(county) as session:
        levels = [one.words for one in statistics.breakdown(session, "level", ON).figures]
        years = [one.words for one in statistics.breakdown(session, "named", ON).figures]
    assert levels == [rank for rank in statistics.RANKS if rank in levels]
    assert years == sorted(years)


def test_a_figures_list_and_the_whole_report_are_workbooks(county, tmp_path):
    with store.reading(county) as session:
        first = statistics.breakdown(session, "level", ON).figures[0]
        listed = statistics.export_list(session, "level", first.words, ON, tmp_path / "list.xlsx")
        lines = statistics.export_report(session, ON, tmp_path / "report.xlsx")
        expected = sum(len(one.figures) for one in statistics.breakdowns(session, ON))
    assert listed == first.count
    assert lines == expected
    assert load_workbook(tmp_path / "list.xlsx").active.max_row == first.count + 1
    assert load_workbook(tmp_path / "report.xlsx").active.max_row == expected + 1


def test_an_unknown_breakdown_is_refused(county):
    with store.reading(county) as session, pytest.raises(BadInput, match="没有这种统计"):
        statistics.breakdown(session, "weather", ON)


def test_targets_are_those_of_the_regulations_and_only_the_authority_can_tell(county, tmp_path):
    with store.reading(county) as session:
        assert all(one.status != "pass" for one in statistics.targets(session, ON))
    city = identity.initialise(tmp_path / "c.db", "通辽市总工会", "市级", "通辽", regulations=["tl-2020"])
    with store.writing(city, "王敏") as session:
        records.put_records(session, "workrooms", [{"name": f"甲{n}", "state": "已命名"} for n in range(3)])
    with store.reading(city) as session:
        found = statistics.targets(session, date(2020, 12, 1))
    city.close()
    assert any("120" in one.title + one.text for one in found)
