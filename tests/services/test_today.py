"""The front page: what waits is found among what is done, and told in one line where it is much."""

from datetime import date, timedelta

import pytest

from desktop.services import course, today
from desktop.services.tasks import Alarm
from tests.services.counties import County

ON = date(2026, 9, 1)


@pytest.fixture
def county(tmp_path):
    made = County(tmp_path)
    yield made
    made.database.close()


def read(county, reminder_days=30):
    with county.reading() as session:
        return today.today(session, ON, reminder_days)


def grant(county, received, transferred=None, state="已定"):
    made = county.add_grant(received_on=received, transferred_on=transferred)
    if transferred:
        county.put("allocations", grant_id=made, state=state)
    return made


def sentences(found):
    return [(task.record_id, task.title) for task in found if task.noun == "grants"]


def test_money_not_passed_on_in_time_is_told(county):
    for day in range(1, 6):
        grant(county, f"2026-05-0{day}", "2026-05-20")
    late = grant(county, (ON - timedelta(days=30)).isoformat())
    grant(county, (ON - timedelta(days=29)).isoformat())
    open_ = grant(county, "2026-08-30", "2026-08-31", "草稿")
    assert sentences(read(county).due) == [
        (late, "补助到账30天以上，还没有拨付"),
        (open_, "补助已拨付，奖励还没有分配"),
    ]


@pytest.mark.parametrize("law", ["jy-2022", "hn-2024", "tl-2020"])
def test_nobody_is_told_to_share_out_what_the_text_keeps_from_rewards(county, law):
    made = county.add_grant(received_on="2026-08-30", transferred_on="2026-08-31")
    assert [title for _id, title in sentences(read(county).due)] == ["补助已拨付，奖励还没有分配"]
    county.put("grants", id=made, regulation=law)
    assert sentences(read(county).due) == []


def test_of_papers_only_those_not_made_are_told(county):
    done = [grant(county, "2026-05-01", "2026-05-20") for _ in range(4)]
    waiting = grant(county, "2026-05-01", "2026-05-20")
    for one in done:
        county.put("documents", kind=today.REWARD_PAPER, subject_id=one)
    assert sentences(read(county).papers) == [(waiting, "分配方案已定，还没有出奖励分配表")]


def test_a_submitted_application_waits_for_its_form(county):
    room = county.ids["room"]
    rows = [
        county.put("applications", workroom_id=room, regulation="nm-2026-build", year=2026, state="已提交")
        for _ in range(5)
    ]
    for one in rows[:4]:
        county.put("documents", kind=today.APPLICATION_PAPER, subject_id=one)
    assert [task.record_id for task in read(county).papers if task.noun == "applications"] == rows[4:]


def test_many_alike_stand_in_one_line_each_with_its_own_day(county):
    for day in range(1, 4):
        grant(county, f"2026-05-0{day}", f"2026-05-2{day}", "草稿")
    for day in range(1, 4):
        grant(county, f"2026-07-0{day}")
    late, whole = [task for task in read(county).due if task.title.startswith("补助")]
    assert (late.title, late.detail[:4]) == ("补助到账30天以上，还没有拨付", "共3件：")
    assert [one.detail for one in late.members] == ["到账62天", "到账61天", "到账60天"]
    assert [one.detail for one in whole.members] == ["2026年5月21日拨付", "2026年5月22日拨付", "2026年5月23日拨付"]
    assert {one.view for one in (*late.members, *whole.members)} == {"allocation"}


def test_a_line_for_many_says_what_it_is_about_whatever_its_words(county, monkeypatch):
    alarms = [Alarm("整改：回头看", f"甲{n}", ON, "course", "workrooms", str(n)) for n in range(3)]
    monkeypatch.setattr(today.tasks, "waiting", lambda *_: alarms)
    (line,) = [task for task in read(county).due if task.members]
    assert (line.title, line.kind) == ("整改：回头看：2026年9月1日", "整改：回头看")


def test_whatever_was_sent_back_is_told_with_its_reasons_until_it_is_answered(county):
    room = county.ids["room"]
    plan = county.put("plans", workroom_id=room, year=2026, kind="年度计划")
    with county.writing() as session:
        course.send_back(
            session, "plans", plan, {"内容": "没有写目标", "": "请盖章"}, "王敏", ON, workflow="nm-build-year"
        )
    (task,) = [one for one in read(county).returned if one.record_id == plan]
    assert (task.view, task.noun, task.detail) == (
        "course",
        "plans.nm-build-year",
        "计划与总结　内容：没有写目标；请盖章",
    )
    with county.writing() as session:
        course.close(session, plan, "已补", "王敏", ON, "nm-build-year")
    assert not [one for one in read(county).returned if one.record_id == plan]
