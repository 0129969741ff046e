"""Rounds of assessment: whom one reaches, by which words a workroom is meant, how far it has come, when it is over."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import BadInput, NotAllowed, NotFound
from desktop.services import round as rounds

DAY = date(2026, 11, 1)
LAW = "nm-2026-build"
NAMES = st.lists(st.text(alphabet="焊接电工室", min_size=1, max_size=6), min_size=1, max_size=6, unique=True)


@given(NAMES)
def test_a_full_name_means_its_workroom_however_many_hold_it(names):
    rooms = [(f"id-{name}", name) for name in names]
    assert rounds.named_by(names, rooms) == tuple(f"id-{name}" for name in names)


@given(NAMES, st.text(alphabet="焊接电工室", min_size=1, max_size=3))
def test_words_mean_the_only_workroom_that_holds_them_or_are_refused(names, word):
    rooms = [(f"id-{name}", name) for name in names]
    holding = [name for name in names if word in name]
    if word in names or len(holding) == 1:
        assert rounds.named_by([word], rooms) == (f"id-{word if word in names else holding[0]}",)
    else:
        why = f"有{len(holding)}个" if holding else "没有这样的工作室"
        with pytest.raises(BadInput, match=f"“{word}”：{why}"):
            rounds.named_by([word], rooms)


def test_a_workroom_named_twice_is_reached_once():
    assert rounds.named_by(["焊", "焊接室"], [("1", "焊接室"), ("2", "电工室")]) == ("1",)
    assert rounds.named_by([], [("1", "焊接室")]) == ()


@pytest.fixture
def named(county):
    """A county with three named workrooms and one that is only being built."""
    county.put("workrooms", id=county.ids["room"], state="已命名")
    county.rooms = {
        name: county.put("workrooms", name=name, unit_id=county.ids["unit"], state=state)
        for name, state in (("焊接工作室", "已命名"), ("电工工作室", "已命名"), ("筹建工作室", "筹建"))
    }
    return county


def opened(county, kind="专项考核", **given):
    with county.writing() as session:
        return rounds.open_round(session, LAW, kind, 2026, **given)


def test_a_round_reaches_the_named_and_a_sample_only_itself(named):
    with named.reading() as session:
        reached = dict(rounds.reached(session))
    assert named.rooms["筹建工作室"] not in reached
    assert set(reached) == {named.ids["room"], named.rooms["焊接工作室"], named.rooms["电工工作室"]}
    one = opened(named, only=(named.rooms["焊接工作室"], named.rooms["筹建工作室"]))
    with named.reading() as session:
        assert [row["workroom_name"] for row in rounds.assessments_of(session, one["id"])] == ["焊接工作室"]


def test_a_round_is_held_once_a_year_and_of_a_kind_that_there_is(named):
    one = opened(named)
    with pytest.raises(NotAllowed, match="2026年的专项考核已经开始") as refused:
        opened(named)
    assert refused.value.where == one["id"]
    with pytest.raises(BadInput, match="类别应为"):
        opened(named, kind="抽查")
    assert opened(named, kind="年度考核")["grades"] == []


def test_a_round_comes_on_by_each_assessment_and_is_over_with_the_last(named):
    one = opened(named)
    with named.reading() as session:
        waiting = rounds.progress(session, one["id"]).open
    assert len(waiting) == 3
    for number, (assessment, name) in enumerate(waiting):
        with named.writing() as session, pytest.raises(NotAllowed, match=f"还有{3 - number}个工作室没有考核"):
            rounds.close_round(session, one["id"])
        with named.writing() as session:
            done = rounds.record(session, assessment, DAY, {"作用发挥": "好", "成果": ""}, conclusion=f" {name}合格 ")
        assert (done["items"], done["conclusion"]) == (["作用发挥"], f"{name}合格")
        with named.reading() as session:
            (told,) = rounds.all_rounds(session)
        assert (told["total"], told["assessed"]) == (3, number + 1)
    with named.writing() as session:
        assert rounds.close_round(session, one["id"])["state"] == "已办结"


def test_a_grade_that_the_regulation_does_not_know_is_refused_and_nothing_written(named):
    one = opened(named)
    with named.reading() as session:
        (assessment, _name), *_ = rounds.progress(session, one["id"]).open
    with named.writing() as session, pytest.raises(BadInput, match="等次应为") as refused:
        rounds.record(session, assessment, DAY, {}, grade="凑合")
    assert refused.value.where == "grade"
    assert named.get("assessments", assessment)["assessed_on"] is None


def test_the_regulations_that_know_an_assessment_are_offered(named):
    named.set_office(regulations=["nm-2026-fund", LAW])
    with named.reading() as session:
        assert LAW in dict(rounds.laws_with_assessments(session))


def test_an_order_to_put_right_is_reported_with_its_measures(named):
    order = named.put(
        "rectifications", workroom_id=named.rooms["焊接工作室"], problem="无活动", ordered_on="2026-09-01"
    )
    with named.writing() as session, pytest.raises(BadInput, match="整改措施"):
        rounds.report_rectification(session, order, "  ", DAY)
    with named.writing() as session:
        told = rounds.report_rectification(session, order, " 每月活动一次 ", DAY)
    assert (told["measures"], told["reported_on"]) == ("每月活动一次", "2026-11-01")
    with named.writing() as session, pytest.raises(NotFound):
        rounds.report_rectification(session, "none", "x", DAY)
