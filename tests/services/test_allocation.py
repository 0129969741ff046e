"""Sharing out a grant: the offered team, live caps and floor, saving, reasons, the decision and its bans."""

from dataclasses import replace

import pytest

from desktop.errors import NotAllowed
from desktop.services import allocation, allotment
from tests.services.counties import DAY, County


@pytest.fixture
def grant(county):
    return county.add_grant()


def sheet_of(county, grant):
    with county.reading() as session:
        return allocation.worksheet(session, grant, DAY)


def save(county, grant, lines):
    with county.writing() as session:
        allocation.save_lines(session, grant, lines)


def test_the_whole_team_is_offered_in_its_roles(county, grant):
    lines = sheet_of(county, grant).lines
    assert [line.role for line in lines] == ["领衔人", *["骨干成员"] * 4, "其他参与人员"]
    assert lines[0].name == "周建成"
    assert all(line.amount_fen is None for line in lines)


def test_caps_floor_and_remainder_are_live(county, grant):
    sheet = sheet_of(county, grant)
    amounts = [1_000_001, 500_000, 500_000, 500_000, 500_000, 0]
    lines = [replace(line, amount_fen=amount) for line, amount in zip(sheet.lines, amounts, strict=True)]
    state = allotment.live_state(sheet, lines)
    assert state.total_fen == 3_000_001
    assert state.floor_fen == 3_000_000
    assert state.remainder_fen == 1_999_999
    over = [(lines[one.index].name, one.over_fen) for one in state.lines if one.over_fen > 0]
    assert over == [("周建成", 1)]


@pytest.mark.parametrize("mode", ["even", "weighted", "floor"])
def test_every_proposal_reaches_the_floor_inside_the_caps(county, grant, mode):
    sheet = sheet_of(county, grant)
    lines = allotment.proposed(sheet, sheet.lines, mode)
    state = allotment.live_state(sheet, lines)
    assert state.total_fen >= state.floor_fen
    assert all(one.over_fen <= 0 for one in state.lines)
    assert {one.status for one in allotment.verdict(sheet, lines).findings if one.strength == "must"} <= {"pass", "n/a"}


def test_a_small_team_cannot_reach_the_floor_and_the_planner_says_what_helps(tmp_path):
    made = County(tmp_path, backbone=3, other=2)
    sheet = sheet_of(made, made.add_grant())
    plan = sheet.plan.as_json()
    assert (plan["capacity"], plan["floor"], plan["floor_reachable"]) == ("29000.00", "30000.00", False)
    assert plan["shortfall"] == "1000.00"
    made.database.close()


def test_lines_are_saved_and_keep_their_place(county, grant):
    sheet = sheet_of(county, grant)
    lines = allotment.proposed(sheet, sheet.lines, "floor")
    save(county, grant, lines)
    again = sheet_of(county, grant)
    assert [(line.person_id, line.amount_fen) for line in again.lines if line.amount_fen] == [
        (line.person_id, line.amount_fen) for line in lines if line.amount_fen
    ]
    assert [line.name for line in again.lines] == [line.name for line in sheet.lines]


def test_a_soft_cap_passes_with_the_notes_of_everyone_over_it(county, grant):
    sheet = sheet_of(county, grant)
    lines = allotment.proposed(sheet, sheet.lines, "floor")
    save(county, grant, lines)
    result = [replace(line, outcome_id=county.ids["outcome"]) for line in sheet_of(county, grant).lines]
    save(county, grant, result)
    leader = replace(sheet_of(county, grant).lines[0], amount_fen=1_200_000)
    with county.writing() as session:
        allocation.note_excess(session, grant, leader, "王敏", DAY)
        with pytest.raises(NotAllowed, match="领衔人"):
            allocation.decide(session, grant, "王敏", DAY)
        allocation.note_excess(session, grant, replace(leader, note="攻关贡献突出"), "王敏", DAY)
    sheet = sheet_of(county, grant)
    assert "周建成：攻关贡献突出" in sheet.reasons.values()
    with county.writing() as session:
        assert allocation.decide(session, grant, "王敏", DAY)["state"] == "已定"
    with county.writing() as session, pytest.raises(NotAllowed, match="已定"):
        allocation.save_lines(session, grant, lines)


def test_a_reason_goes_when_the_excess_goes(county, grant):
    leader = replace(sheet_of(county, grant).lines[0], amount_fen=1_200_000, note="贡献突出")
    with county.writing() as session:
        line_id = allocation.note_excess(session, grant, leader, "王敏", DAY)
    assert sheet_of(county, grant).reasons
    with county.writing() as session:
        allocation.note_excess(session, grant, replace(leader, id=line_id, amount_fen=1_000_000), "王敏", DAY)
    assert not sheet_of(county, grant).reasons


def test_more_than_the_grant_is_refused(county, grant):
    sheet = sheet_of(county, grant)
    save(county, grant, [replace(line, amount_fen=900_000) for line in sheet.lines])
    with county.writing() as session, pytest.raises(NotAllowed, match=r"超过补助总额4000\.00元"):
        allocation.decide(session, grant, "王敏", DAY)


def test_nothing_typed_is_no_plan(county, grant):
    with county.writing() as session, pytest.raises(NotAllowed, match="还没有填写"):
        allocation.decide(session, grant, "王敏", DAY)


def test_reopening_wants_a_reason(county, grant):
    sheet = sheet_of(county, grant)
    lines = [replace(one, outcome_id=county.ids["outcome"]) for one in allotment.proposed(sheet, sheet.lines, "floor")]
    save(county, grant, lines)
    with county.writing() as session:
        allocation.decide(session, grant, "王敏", DAY)
        with pytest.raises(Exception, match="理由"):
            allocation.reopen(session, grant, " ")
        allocation.reopen(session, grant, "成员调整")
    assert sheet_of(county, grant).allocation["state"] == "草稿"


@pytest.mark.parametrize(
    ("regulation", "article"), [("jy-2022", "第十三条"), ("wx-2021-model", "第二十条"), ("wx-2021-staff", "第十二条")]
)
def test_where_rewards_are_banned_the_article_is_named(county, regulation, article):
    sheet = sheet_of(county, county.add_grant(regulation=regulation, grant_total_yuan="20000"))
    assert not sheet.allows_rewards
    assert article in sheet.ban.article
    assert sheet.ban.text
    assert sheet.plan is None


def test_where_the_text_is_silent_no_article_is_named(county):
    sheet = sheet_of(county, county.add_grant(regulation="hn-2024", grant_total_yuan="30000"))
    assert not sheet.allows_rewards
    assert sheet.ban.article == ""


def test_the_list_of_grants(county, grant):
    with county.reading() as session:
        (row,) = allocation.grants_to_allot(session)
    assert row["workroom_name"] == "周建成劳模工匠创新工作室"
    assert row["allocation_state"] == ""
    assert "补助资金" in row["regulation_title"]
