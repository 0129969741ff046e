"""Statistics: every number opens exactly the records it counts, sums are exact, lists and reports are exported."""

from datetime import date

import pypdfium2
import pytest
from openpyxl import load_workbook

from desktop.errors import BadInput
from desktop.models.person import RANKS
from desktop.models.workroom import OVER
from desktop.services import identity, records, statistics, store
from desktop.services.figures import groups
from desktop.services.sample import fill_sample

ON = date(2026, 9, 1)


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    made = identity.initialise(tmp_path_factory.mktemp("s") / "s.db", "左旗总工会", "县级", "左旗")
    with store.writing(made, "王敏") as session:
        fill_sample(session, 40, years=3)
        # What nobody filled in, what is over, and what lies at the edge of an age group.
        rooms = records.list_records(session, "workrooms")
        records.put_records(
            session, "workrooms", [{"id": rooms[0]["id"], "industry": "", "state": "已撤销"}, {"name": "空"}]
        )
        people = records.list_records(session, "people")
        born = ("1996-12-31", "1997-01-01", "1967-01-01", "1966-12-31", None)
        records.put_records(
            session,
            "people",
            [{"id": row["id"], "birth_date": day, "id_number": ""} for row, day in zip(people, born, strict=False)],
        )
    yield made
    made.close()


@pytest.mark.parametrize("key", [*statistics.GROUPS, *groups.LISTS])
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
        living = [row for row in records.list_records(session, "workrooms") if row["state"] not in OVER]
        assert whole["level"] == whole["industry"] == whole["region"] == len(living)
        assert whole["age"] == whole["role"] == whole["education"]


def test_money_is_summed_to_the_last_fen(county):
    with store.reading(county) as session:
        grants = records.list_records(session, "grants")
        fen = sum(int(row["grant_total_yuan"].replace(".", "")) for row in grants)
        assert sum(one.amount for one in statistics.breakdown(session, "grant_year", ON).figures) == fen


def test_levels_stand_in_their_order_and_years_in_theirs(county):
    with store.reading(county) as session:
        levels = [one.words for one in statistics.breakdown(session, "level", ON).figures]
        years = [one.words for one in statistics.breakdown(session, "named", ON).figures]
    assert levels == [rank for rank in RANKS if rank in levels]
    assert years == sorted(years)


def test_a_figures_list_and_the_whole_report_are_workbooks(county, tmp_path):
    with store.reading(county) as session:
        first = statistics.breakdown(session, "level", ON).figures[0]
        listed = statistics.export_list(session, "level", first.words, ON, tmp_path / "list.xlsx")
        lines = statistics.export_report(session, ON, tmp_path / "report.xlsx")
        expected = sum(len(one.figures) + 1 for one in statistics.breakdowns(session, ON))
        expected += len(statistics.targets(session, ON)) + len(statistics.coverage(session))
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


def test_one_reading_counts_what_each_breakdown_counts_alone(county):
    with store.reading(county) as session:
        for one in statistics.breakdowns(session, ON):
            assert one == statistics.breakdown(session, one.key, ON)


def test_ages_are_told_by_the_year_of_birth(county):
    year = date(2026, 6, 1)
    told = {born: groups._age().fold(str(born), year) for born in (1996, 1997, 1967, 1966, 2020, 1900)}
    assert told == {
        1996: "30—39岁",
        1997: "30岁以下",
        1967: "50—59岁",
        1966: "60岁及以上",
        2020: "30岁以下",
        1900: "60岁及以上",
    }


def test_sums_tell_what_they_are_of(county):
    with store.reading(county) as session:
        found = {one.key: one for one in statistics.breakdowns(session, ON)}
        people = sum(row["people_count"] or 0 for row in records.list_records(session, "activities"))
    assert (found["activity"].unit, found["activity"].total.amount) == ("人次", people)
    assert found["spent"].unit == "元"
    assert found["level"].total.amount is None


def test_coverage_counts_each_unit_once_and_opens_its_list(county):
    with store.reading(county) as session:
        for one in statistics.coverage(session):
            assert 0 <= one.count <= one.whole
            assert statistics.group_of(one.key)
        app = next(one for one in statistics.coverage(session) if "APP" in one.title)
        assert len(statistics.records_of(session, app.key, app.words, ON)) == app.count
        units = next(one for one in statistics.coverage(session) if one.title == "有工作室的单位")
        living = statistics.records_of(session, "all", groups.WHOLE, ON)
        assert units.count == len({row["unit_id"] for row in living if row["unit_id"]})


def test_only_marks_that_the_office_s_own_texts_ask_for_are_covered(tmp_path):
    city = identity.initialise(tmp_path / "c.db", "无锡市总工会", "市级", "江苏省无锡市", regulations=["wx-2021-model"])
    with store.writing(city, "王敏") as session:
        fill_sample(session, 3)
    with store.reading(city) as session:
        titles = {one.title for one in statistics.coverage(session)}
    assert "列入经费审计范围" in titles
    assert "入驻职工之家APP" not in titles
    city.close()


def test_a_target_opens_the_workrooms_it_counts(tmp_path):
    region = identity.initialise(
        tmp_path / "r.db", "内蒙古自治区总工会", "省级", "内蒙古自治区", regulations=["nm-2026-build"]
    )
    with store.writing(region, "王敏") as session:
        rooms = [{"name": f"甲{n}", "state": "已命名", "supported_by_region": n < 2} for n in range(5)]
        records.put_records(session, "workrooms", [*rooms, {"name": "旧", "state": "已撤销"}])
    with store.reading(region) as session:
        total, supported = statistics.targets(session, ON)
        assert (total.wanted, total.held, total.is_whole) == (5000, 5, True)
        assert (supported.wanted, supported.held) == (600, 2)
        assert len(statistics.records_of(session, total.key, groups.WHOLE, ON)) == 5
        assert len(statistics.records_of(session, supported.key, groups.WHOLE, ON)) == 2
    region.close()


def test_a_county_is_told_that_it_holds_only_its_own_part(tmp_path):
    own = identity.initialise(tmp_path / "o.db", "左旗总工会", "县级", "左旗", regulations=["nm-2026-build"])
    with store.reading(own) as session:
        assert [one.is_whole for one in statistics.targets(session, ON)] == [False, False]
    own.close()


def test_a_long_list_is_cut_for_the_eye_alone(county):
    with store.reading(county) as session:
        assert len(statistics.records_of(session, "all", groups.WHOLE, ON, most=7)) == 7


def test_the_report_is_printed_with_every_chart_and_its_numbers(county, tmp_path):
    with store.reading(county) as session:
        charts = statistics.print_report(session, ON, tmp_path / "r.pdf")
        found = statistics.breakdowns(session, ON)
    assert charts >= len(found)
    book = pypdfium2.PdfDocument(tmp_path / "r.pdf")
    words = "".join(page.get_textpage().get_text_range() for page in book).replace(" ", "")
    book.close()
    for one in found:
        assert one.title in words
        for figure in one.figures:
            assert figure.words[:6] in words, figure
