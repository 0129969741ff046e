"""Alarms ahead of time."""

from datetime import date, timedelta

import pytest

from desktop.services import course, identity, publicity, records, tasks, today
from tests.services.counties import DAY


def alarms(county, title, on=DAY, ahead=60):
    with county.reading() as session:
        return [one for one in tasks.waiting(session, on, ahead) if one.title == title]


def test_three_years_run_from_the_later_of_plaque_and_outcome(county):
    room = county.ids["room"]
    county.put("workrooms", id=room, state="已命名", plaque_on="2022-05-01")
    assert alarms(county, "将满三年没有新成果", date(2028, 4, 1)) == []
    (one,) = alarms(county, "将满三年没有新成果", date(2028, 4, 2))
    assert (one.day, one.record_id) == (date(2028, 6, 1), room)
    (late,) = alarms(county, "已满三年没有新成果", date(2028, 6, 1))
    assert late.day == date(2028, 6, 1)
    county.put("outcomes", workroom_id=room, name="新", date="2027-01-01", form="认定")
    assert alarms(county, "将满三年没有新成果", date(2028, 4, 2)) == []
    county.put("workrooms", id=room, state="已撤销")
    assert alarms(county, "已满三年没有新成果", date(2035, 1, 1)) == []


# The ages of the State Council's table of 2024, each with the first and a later month.
RETIREMENTS = [
    ("1964-12-31", "男", "", "2024-12-31"),
    ("1965-01-10", "男", "", "2025-02-10"),
    ("1965-04-10", "男", "", "2025-05-10"),
    ("1965-05-10", "男", "", "2025-07-10"),
    ("1976-09-10", "男", "", "2039-09-10"),
    ("1990-03-05", "男", "", "2053-03-05"),
    ("1970-01-10", "女", "工程师", "2025-02-10"),
    ("1981-09-10", "女", "管理", "2039-09-10"),
    ("1975-01-10", "女", "操作工", "2025-02-10"),
    ("1975-03-10", "女", "操作工", "2025-05-10"),
    ("1984-11-10", "女", "操作工", "2039-11-10"),
]


@pytest.mark.parametrize(("born", "gender", "post", "day"), RETIREMENTS)
def test_the_retirement_day_follows_the_published_table(born, gender, post, day):
    assert tasks.retirement_day(date.fromisoformat(born), gender, post) == date.fromisoformat(day)


@pytest.mark.parametrize(("born", "gender", "post", "told_from"), [
    ("1964-02-29", "男", "", "2023-03-01"),
    ("1970-02-28", "女", "操作工", "2019-02-28"),
    ("1972-02-29", "女", "操作工", "2021-02-28"),
])  # fmt: skip
def test_a_leaders_retirement_is_told_from_a_year_before_its_day(county, born, gender, post, told_from):
    county.put("workrooms", id=county.ids["room"], state="已命名")
    county.put("people", id=county.ids["leader"], birth_date=born, gender=gender, post=post)
    first = tasks.retirement_day(date.fromisoformat(born), gender, post) - timedelta(days=tasks.RETIREMENT_AHEAD)
    assert first == date.fromisoformat(told_from)
    assert alarms(county, "领衔人将到退休年龄", first - timedelta(days=1)) == []
    assert len(alarms(county, "领衔人将到退休年龄", first)) == 1


def test_without_a_gender_no_day_is_guessed():
    assert tasks.retirement_day(date(1970, 1, 1), "") is None


def test_a_leader_near_retirement_is_told_a_year_ahead(county):
    county.put("workrooms", id=county.ids["room"], state="已命名")
    county.put("people", id=county.ids["leader"], birth_date="1966-09-10", gender="男")
    (one,) = alarms(county, "领衔人将到退休年龄")
    assert one.day == date(2027, 3, 10)
    assert alarms(county, "领衔人将到退休年龄", date(2025, 9, 1)) == []
    assert [one.day for one in alarms(county, "领衔人已到退休年龄", date(2027, 3, 10))] == [date(2027, 3, 10)]
    county.put("people", id=county.ids["leader"], status="退休")
    assert alarms(county, "领衔人将到退休年龄") == []


def test_terms_of_publicity_rectification_rounds_and_plaques_are_told_earliest_first(county):
    room = county.ids["room"]
    county.put("rectifications", workroom_id=room, due_on="2026-09-20")
    county.put("plaques", workroom_id=room, title="牌", state="待收回", recover_from="2026-08-01")
    county.put("assessment_rounds", regulation="jy-2022", year=2026, title="2026年年度考核", due_on="2026-10-01")
    county.put("holds", subject_noun="workrooms", subject_id=room, due_on="2026-09-05", opened_on="2026-09-01")
    with county.writing() as session:
        publicity.begin(session, "workrooms", room, DAY, 5, "工作日")
    with county.reading() as session:
        found = [(one.title, one.day.isoformat()) for one in tasks.waiting(session, DAY)]
    assert found == [
        ("牌匾待收回", "2026-08-01"),
        ("补正期限", "2026-09-05"),
        ("公示期满", "2026-09-08"),
        ("整改期限", "2026-09-20"),
        ("考核截止", "2026-10-01"),
    ]
    assert alarms(county, "考核截止", DAY, ahead=29) == []


def test_the_years_summary_is_asked_for_near_the_years_end_until_filed(county):
    room = county.ids["room"]
    county.put("workrooms", id=room, state="已命名")
    title = "2026年年度总结还没有报"
    assert alarms(county, title, date(2026, 10, 31)) == []
    assert [one.record_id for one in alarms(county, title, date(2026, 11, 1))] == [room]
    county.put("plans", workroom_id=room, year=2026, kind="年度总结", filed_on="2026-12-01")
    assert alarms(county, title, date(2026, 12, 15)) == []


@pytest.mark.parametrize(("law", "asked"), [("hn-2024", False), ("tl-2020", False), ("jy-2022", True)])
def test_the_years_summary_is_asked_for_only_where_a_text_does(county, law, asked):
    county.put("workrooms", id=county.ids["room"], state="已命名")
    with county.writing() as session:
        records.put_records(session, "offices", {"id": identity.own_office_id(session), "regulations": [law]})
    assert bool(alarms(county, "2026年年度总结还没有报", date(2026, 12, 1))) is asked


def test_a_report_handed_in_on_the_road_of_the_assessment_is_a_report(county):
    room = county.ids["room"]
    county.put("workrooms", id=room, state="已命名")
    own = {"regulation": "jy-2022", "workroom_id": room, "year": 2026, "kind": "年度考核"}
    made = county.put("assessments", **own)
    with county.writing() as session:
        records.put_records(session, "offices", {"id": identity.own_office_id(session), "regulations": ["jy-2022"]})
        step = course.advance(session, "assessments", made, "已报告", "王敏", DAY, workflow="jy-annual")["step"]
    assert alarms(county, "2026年年度总结还没有报", date(2026, 12, 1)) == []
    with county.writing() as session:
        course.take_back(session, step, "王敏", DAY, "点错了")
    assert len(alarms(county, "2026年年度总结还没有报", date(2026, 12, 1))) == 1


def test_a_round_in_which_everyone_is_assessed_is_not_told(county):
    made = county.put("assessment_rounds", regulation="jy-2022", year=2026, title="2026年年度考核", due_on="2026-10-01")
    one = county.put("assessments", workroom_id=county.ids["room"], regulation="jy-2022", year=2026, round_id=made)
    assert len(alarms(county, "考核截止", DAY)) == 1
    county.put("assessments", id=one, assessed_on="2026-09-01")
    assert alarms(county, "考核截止", DAY) == []


def test_what_many_workrooms_owe_is_one_line_with_its_day(county):
    rooms = [county.put("workrooms", name=f"{n}号创新工作室", state="已命名") for n in range(250)]
    with county.reading() as session:
        found = today.today(session, date(2026, 11, 21)).due
        early = today.today(session, date(2026, 6, 1)).due
    (line,) = [one for one in found if "年度总结" in one.title]
    assert line.title == "2026年年度总结还没有报：2026年12月31日"
    assert {one.record_id for one in line.members} >= set(rooms)
    assert line.detail.startswith(f"共{len(line.members)}件：")
    assert not [one for one in early if "年度总结" in one.title]


@pytest.mark.parametrize("status", ["退休", "已故", "调离", "荣誉被撤销"])
def test_a_leader_who_has_gone_is_told_until_another_leads(county, status):
    room, leader = county.ids["room"], county.ids["leader"]
    county.put("workrooms", id=room, state="已命名")
    title = "领衔人变动，还没有办理变更"
    assert alarms(county, title) == []
    county.put("people", id=leader, status=status)
    (one,) = alarms(county, title)
    assert (one.record_id, one.view, one.noun) == (room, "course", "workrooms")
    assert f"周建成（{status}）" in one.detail
    county.put("workrooms", id=room, leader_id=county.put("people", name="赵继任"))
    assert alarms(county, title) == []


def regulated(county, *laws):
    with county.writing() as session:
        own = identity.own_office_id(session)
        records.put_records(session, "offices", {"id": own, "regulations": list(laws)})


@pytest.mark.parametrize(("law", "years", "article"), [("jy-2022", 2, "第十条"), ("wx-2021-model", 3, "第十五条")])
def test_a_workroom_is_due_for_its_round_by_the_years_of_the_text(county, law, years, article):
    room, title = county.ids["room"], "周期考核到期"
    regulated(county, law)
    county.put("workrooms", id=room, state="已命名", level="市级", named_on="2022-09-20", named_levels=["市级"])
    first = date(2022 + years, 9, 20)
    assert alarms(county, title, first - timedelta(days=61)) == []
    (one,) = alarms(county, title, first - timedelta(days=60))
    assert (one.day, one.record_id) == (first, room)
    assert f"{article}每{years}年；上次2022年9月20日" in one.detail
    given = {"workroom_id": room, "regulation": law, "year": first.year}
    county.put("assessments", **given, kind="年度考核", assessed_on=first.isoformat())
    assert alarms(county, title, first)
    begun = county.put("assessments", **given, kind="周期考核")
    assert alarms(county, title, first) == []
    county.put("assessments", id=begun, assessed_on=first.isoformat())
    assert alarms(county, title, first) == []
    (again,) = alarms(county, title, date(2022 + 2 * years, 9, 1))
    assert again.day == date(2022 + 2 * years, 9, 20)


def test_no_round_is_due_where_the_text_writes_none_or_names_another_level(county):
    room = county.ids["room"]
    county.put("workrooms", id=room, state="已命名", level="县级", named_on="2015-01-01", named_levels=["县级"])
    for law in ("hn-2024", "tl-2020", "nm-2026-build", "jy-2022"):
        regulated(county, law)
        assert alarms(county, "周期考核到期") == []
