"""Publication by period, and plans carried over from the year before."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import NotAllowed
from desktop.services import tasks
from desktop.services.regulation import regulation
from desktop.services.work import carrying_over, publishing


@pytest.fixture
def county(county):
    county.set_office(regulations=["nm-2026-build", "nm-2026-fund"])
    county.put("workrooms", id=county.ids["room"], supported_by_region=True, supported_on="2024-06-10")
    return county


def publish(county, day, platform="职工之家APP", outcome=True):
    own = {"outcome_id": county.put("outcomes", workroom_id=county.ids["room"], name=day)} if outcome else {}
    county.put("publications", workroom_id=county.ids["room"], platform=platform, published_on=day, title=day, **own)


def periods(county, on):
    with county.reading() as session:
        return publishing.periods(session, county.ids["room"], on)


def test_each_twelve_months_want_three_outcomes_on_the_platforms_named(county):
    for day in ("2024-06-10", "2025-06-09", "2025-06-10"):
        publish(county, day)
    publish(county, "2025-07-01", platform="本单位网站")
    first, second = periods(county, date(2025, 9, 1))
    assert (first.first, first.last, first.published, first.is_over) == (date(2024, 6, 10), date(2025, 6, 9), 2, True)
    assert (second.published, second.wanted, second.article, second.is_over) == (2, 3, "第九条", False)
    assert second.elsewhere == ("本单位网站",)
    assert first.sentence.endswith("少1项。")
    assert "还差1项；本单位网站不是列明的平台" in second.sentence


def test_one_outcome_on_two_platforms_counts_once(county):
    outcome = county.put("outcomes", workroom_id=county.ids["room"], name="甲")
    for platform in ("职工之家APP", "自治区职工素质提升管理平台"):
        county.put(
            "publications", workroom_id=county.ids["room"], outcome_id=outcome, platform=platform,
            published_on="2024-07-01",
        )  # fmt: skip
    (only,) = periods(county, date(2024, 8, 1))
    assert (only.published, only.elsewhere) == (1, ())


def test_full_periods_say_so_and_unsupported_rooms_have_none(county):
    for month in (7, 8, 9):
        publish(county, f"2024-0{month}-01")
    assert periods(county, date(2024, 12, 1))[0].sentence.endswith("已满。")
    assert periods(county, date(2024, 6, 9)) == []
    county.put("workrooms", id=county.ids["room"], supported_on=None)
    assert periods(county, date(2026, 1, 1)) == []


@pytest.mark.parametrize(
    ("platform", "named"), [("职工之家APP", True), ("“职工之家”app", True), ("职工之家 APP", True), ("微信群", False)]
)
def test_platforms_are_known_however_they_are_written(platform, named):
    assert publishing.is_named(regulation("nm-2026-fund"), platform) is named


def test_a_plan_is_carried_over_with_its_years_moved_on(county):
    room = county.ids["room"]
    words = "2024年攻关3项，2023年遗留1项，投入2025元"
    old = {"year": 2024, "kind": "年度计划", "sections": ["目标"], "filed_on": "2024-01-10"}
    county.put("plans", workroom_id=room, content=words, **old)
    with county.writing() as session:
        made = carrying_over.carry_over(session, room, 2026, "年度计划")
        assert made["content"] == "2026年攻关3项，2025年遗留1项，投入2025元"
        assert (made["year"], made["sections"], made["filed_on"]) == (2026, ["目标"], None)
        with pytest.raises(NotAllowed, match="已经有了"):
            carrying_over.carry_over(session, room, 2026, "年度计划")
        with pytest.raises(NotAllowed, match="还没有往年"):
            carrying_over.carry_over(session, room, 2026, "年度总结")


def test_a_later_years_plan_is_no_source(county):
    county.put("plans", workroom_id=county.ids["room"], year=2027, kind="年度计划", content="2027年")
    with county.writing() as session, pytest.raises(NotAllowed):
        carrying_over.carry_over(session, county.ids["room"], 2026, "年度计划")


@given(st.text(), st.integers(-5, 5))
def test_moving_years_on_and_back_gives_the_text_again(text, years):
    moved = carrying_over.moved_on(text, years)
    assert len(moved) == len(text)
    assert carrying_over.moved_on(moved, -years) == text or carrying_over.YEAR.search(text)
    if not carrying_over.YEAR.search(text):
        assert moved == text


def alarms(county, on):
    with county.reading() as session:
        return [one for one in tasks.waiting(session, on) if one.title == "成果发布期限"]


def test_the_end_of_a_period_is_told_ahead_while_outcomes_are_lacking(county):
    assert alarms(county, date(2025, 4, 1)) == []
    (one,) = alarms(county, date(2025, 4, 20))
    assert (one.day, one.record_id) == (date(2025, 6, 9), county.ids["room"])
    assert "已发布0项，应不少于3项" in one.detail
    for day in ("2024-06-10", "2025-01-01"):
        publish(county, day)
    assert "已发布2项" in alarms(county, date(2025, 4, 20))[0].detail
    publish(county, "2025-04-01")
    assert alarms(county, date(2025, 4, 20)) == []
    assert "已发布0项" in alarms(county, date(2026, 5, 1))[0].detail


@pytest.mark.parametrize("on", ["2024-06-10", "2025-06-09", "2025-06-10", "2026-02-28"])
def test_the_alarm_and_the_page_count_alike(county, on):
    publish(county, "2024-06-10")
    publish(county, "2025-06-10")
    day = date.fromisoformat(on)
    with county.reading() as session:
        last = publishing.periods(session, county.ids["room"], day)[-1]
        (short,) = publishing.short_of(session, day, date(2027, 1, 1))
    assert (short.last, short.published, short.wanted) == (last.last, last.published, last.wanted)
