"""Taking records along their workflows: gates, order of days, joins, and what stands in the way."""

from datetime import date

import pytest

from desktop.errors import BadInput, NotAllowed
from desktop.services import application, course, records
from tests.services.counties import DAY
from tests.services.test_application import CONFIRMED

LETTER = "上级来文〔2026〕8号"


def advance(county, noun, record_id, to, on=DAY, reason=""):
    with county.writing() as session:
        return course.advance(session, noun, record_id, to, "王敏", on, reason)


def road(county, noun, record_id, workflow, on=DAY):
    with county.reading() as session:
        return next(one for one in course.roads(session, noun, record_id, on) if one.workflow.id == workflow)


def test_a_new_record_stands_at_the_beginning_with_its_next_steps(county, applied):
    found = road(county, "applications", applied, "nm-build-support")
    assert found.state == "已建成"
    assert "拟推荐" in [step.transition.to for step in found.gates]
    assert list(found.done) == []


def test_a_failed_or_missing_requirement_stops_the_step_and_changes_nothing(county, applied):
    with pytest.raises(NotAllowed, match="还不能到“拟推荐”"):
        advance(county, "applications", applied, "拟推荐")
    with county.reading() as session:
        assert records.list_records(session, "steps") == []


def test_a_step_is_recorded_with_day_person_and_source(county, applied):
    with county.writing() as session:
        for fact in CONFIRMED:
            application.set_fact(session, applied, fact, True, "王敏", DAY)
    taken = advance(county, "applications", applied, "拟推荐", reason=LETTER)
    assert (taken["from"], taken["to"], taken["on"], taken["by"]) == ("已建成", "拟推荐", "2026-09-01", "王敏")
    found = road(county, "applications", applied, "nm-build-support")
    assert found.state == "拟推荐"
    assert [step.by for step in found.done] == ["王敏"]


def test_a_warning_among_the_requirements_passes_with_its_reason(county, applied):
    with county.writing() as session:
        for fact in CONFIRMED:
            application.set_fact(session, applied, fact, True, "王敏", DAY)
    second = county.put("people", name="第二领衔人", frontline=True)
    county.put("members", workroom_id=county.ids["room"], person_id=second, role="领衔人")
    with pytest.raises(NotAllowed, match="需说明理由"):
        advance(county, "applications", applied, "拟推荐")
    assert advance(county, "applications", applied, "拟推荐", reason="两人共同领衔")["to"] == "拟推荐"
    with county.reading() as session:
        assert "两人共同领衔" in application.reasons(session, applied).values()


def test_an_unlawful_step_names_the_lawful_ones(county, applied):
    with pytest.raises(NotAllowed, match="可以到：") as refusal:
        advance(county, "applications", applied, "推荐全国")
    assert "拟推荐" in refusal.value.message


def test_the_grants_road_follows_the_money(county):
    grant = county.add_grant(planned_on="2026-06-01", quota_issued_on="2026-06-10")
    assert advance(county, "grants", grant, "指标已下达", date(2026, 6, 10), LETTER)["article"] == "第八条"
    assert county.get("grants", grant)["state"] == "指标已下达"
    with pytest.raises(NotAllowed, match="不能早于上一步"):
        advance(county, "grants", grant, "盟市或产业工会已收款", date(2026, 6, 9), LETTER)
    advance(county, "grants", grant, "盟市或产业工会已收款", date(2026, 6, 10), LETTER)
    assert [step.to_state for step in road(county, "grants", grant, "nm-fund-grant").done] == [
        "指标已下达",
        "盟市或产业工会已收款",
    ]


def test_a_convention_prints_no_article(county):
    with county.reading() as session:
        for law in course.laws_of(session, object()):
            for workflow in law.workflows:
                for step in workflow.transition:
                    assert bool(step.cite) is (step.source == "text")


def test_the_history_shows_the_step(county, applied):
    with county.writing() as session:
        for fact in CONFIRMED:
            application.set_fact(session, applied, fact, True, "王敏", DAY)
    advance(county, "applications", applied, "拟推荐", reason=LETTER)
    with county.reading() as session:
        (step,) = records.list_records(session, "steps")
    assert step["subject_id"] == applied
    assert step["regulation"] == "nm-2026-build"


def confirm(county, application_id):
    with county.writing() as session:
        for fact in CONFIRMED:
            application.set_fact(session, application_id, fact, True, "王敏", DAY)


def test_a_step_of_an_office_above_wants_its_basis(county, applied):
    confirm(county, applied)
    with pytest.raises(NotAllowed, match="盟市工会、自治区产业工会办理"):
        advance(county, "applications", applied, "拟推荐")
    assert advance(county, "applications", applied, "拟推荐", reason=LETTER)["to"] == "拟推荐"


def test_filing_keeps_the_text_and_the_record_says_submitted(county, applied):
    confirm(county, applied)
    advance(county, "applications", applied, "拟推荐", reason=LETTER)
    stored = county.get("applications", applied)
    assert (stored["state"], stored["submitted_on"], stored["submitted_by"]) == ("已提交", "2026-09-01", "王敏")
    assert len(stored["regulation_version"]) == 64


def test_a_step_taken_back_puts_back_what_it_changed(county, applied):
    confirm(county, applied)
    before = county.get("applications", applied)
    step = advance(county, "applications", applied, "拟推荐", reason=LETTER)["step"]
    with county.writing() as session:
        found = course.take_back(session, step, "李红", DAY, "误点")
    assert found == {"step": step, "state": "已建成", "kept": []}
    assert county.get("applications", applied) == before
    back = road(county, "applications", applied, "nm-build-support")
    assert back.done == ()
    assert [one.corrected for one in back.chain.taken_back] == ["误点"]
    with county.writing() as session, pytest.raises(NotAllowed, match="已经撤回"):
        course.take_back(session, step, "李红", DAY, "再来")


def test_what_was_changed_since_stays_and_is_named(county, applied):
    confirm(county, applied)
    step = advance(county, "applications", applied, "拟推荐", reason=LETTER)["step"]
    county.put("applications", id=applied, submitted_by="赵强")
    with county.writing() as session:
        assert course.take_back(session, step, "李红", DAY, "误点")["kept"] == ["提交人"]
    assert county.get("applications", applied)["submitted_by"] == "赵强"


def test_only_the_last_step_is_taken_back_and_days_stay_in_order(county):
    grant = county.add_grant(planned_on="2026-06-01")
    first = advance(county, "grants", grant, "指标已下达", date(2026, 6, 10), LETTER)["step"]
    second = advance(county, "grants", grant, "盟市或产业工会已收款", date(2026, 6, 20), LETTER)["step"]
    stored = county.get("grants", grant)
    assert (stored["quota_issued_on"], stored["received_on"]) == ("2026-06-10", "2026-06-20")
    with county.writing() as session:
        with pytest.raises(NotAllowed, match="请先更正后面的"):
            course.take_back(session, first, "李红", DAY, "误点")
        with pytest.raises(NotAllowed, match="前后两步"):
            course.amend(session, first, "李红", DAY, "写错", date(2026, 6, 21))
        course.amend(session, first, "李红", DAY, "写错", date(2026, 6, 12))
    found = road(county, "grants", grant, "nm-fund-grant")
    assert [(one.on, one.corrected) for one in found.done] == [(date(2026, 6, 12), "写错"), (date(2026, 6, 20), "")]
    with county.writing() as session:
        course.take_back(session, second, "李红", DAY, "误点")
    assert county.get("grants", grant)["received_on"] is None
    assert road(county, "grants", grant, "nm-fund-grant").state == "指标已下达"


def test_a_correction_wants_a_reason(county):
    grant = county.add_grant(planned_on="2026-06-01")
    step = advance(county, "grants", grant, "指标已下达", date(2026, 6, 10), LETTER)["step"]
    with county.writing() as session, pytest.raises(BadInput, match="理由"):
        course.take_back(session, step, "李红", DAY, " ")


def test_sent_back_with_reasons_per_field_and_answered(county, applied):
    confirm(county, applied)
    advance(county, "applications", applied, "拟推荐", reason=LETTER)
    reasons = {"场地面积": "没有填写", "": "照片不清楚"}
    with county.writing() as session:
        course.send_back(session, "applications", applied, reasons, "王敏", DAY, due_on=date(2026, 9, 20))
    stored = county.get("applications", applied)
    assert (stored["state"], stored["returned_reason"]) == ("退回修改", "场地面积：没有填写；照片不清楚")
    with pytest.raises(NotAllowed, match="退回补正"):
        advance(county, "applications", applied, "列入年度支持计划", reason=LETTER)
    with county.writing() as session:
        with pytest.raises(NotAllowed, match="不能早于"):
            course.close(session, applied, "已补", "王敏", date(2026, 8, 31))
        course.close(session, applied, "已补", "王敏", DAY)
    stored = county.get("applications", applied)
    assert (stored["state"], stored["returned_reason"]) == ("已提交", "")
    assert advance(county, "applications", applied, "列入年度支持计划", reason=LETTER)["to"] == "列入年度支持计划"
    room = county.get("workrooms", county.ids["room"])
    assert (room["supported_by_region"], room["supported_on"]) == (True, "2026-09-01")


def test_a_held_record_may_be_refused_and_a_withdrawn_one_taken_up_again(county, applied):
    confirm(county, applied)
    advance(county, "applications", applied, "拟推荐", reason=LETTER)
    with county.writing() as session:
        course.withdraw(session, "applications", applied, "单位撤回", "王敏", DAY)
        with pytest.raises(NotAllowed, match="已经撤回"):
            course.send_back(session, "applications", applied, {"": "x"}, "王敏", DAY)
    assert county.get("applications", applied)["state"] == "已撤回"
    with county.writing() as session:
        course.close(session, applied, "继续申报", "王敏", DAY)
        course.send_back(session, "applications", applied, {"": "缺照片"}, "王敏", DAY)
    assert advance(county, "applications", applied, "未列入", reason=LETTER)["to"] == "未列入"
    assert county.get("applications", applied)["state"] == "未通过"


def test_a_refusal_ends_what_was_waited_for_and_taking_it_back_waits_again(county, applied):
    confirm(county, applied)
    advance(county, "applications", applied, "拟推荐", reason=LETTER)
    with county.writing() as session:
        course.send_back(session, "applications", applied, {"": "照片不清"}, "王敏", DAY)
    refused = advance(county, "applications", applied, "未列入", reason=LETTER)
    stored = county.get("applications", applied)
    assert (stored["state"], stored["returned_reason"]) == ("未通过", "")
    with county.reading() as session:
        assert course.open_hold(session, applied) is None
        (held,) = course.holds(session, applied)
        assert (held.closed_on, held.answer) == (DAY, "已办理到“未列入”")
    with county.writing() as session:
        course.withdraw(session, "applications", applied, "单位撤回", "王敏", DAY)
    with pytest.raises(NotAllowed, match="办结以后才能更正“未列入”"), county.writing() as session:
        course.take_back(session, refused["step"], "王敏", DAY, "误点")
    with county.writing() as session:
        course.close(session, applied, "恢复", "王敏", DAY)
        course.take_back(session, refused["step"], "王敏", DAY, "误点")
    stored = county.get("applications", applied)
    assert (stored["state"], stored["returned_reason"]) == ("退回修改", "照片不清")
    with county.reading() as session:
        assert course.open_hold(session, applied).closed_on is None


@pytest.mark.parametrize("kind", ["退回补正", "撤回"])
def test_a_step_taken_back_while_its_record_is_held_is_not_what_the_record_returns_to(county, applied, kind):
    confirm(county, applied)
    before = county.get("applications", applied)
    step = advance(county, "applications", applied, "拟推荐", reason=LETTER)["step"]
    with county.writing() as session:
        if kind == "撤回":
            course.withdraw(session, "applications", applied, "单位撤回", "王敏", DAY)
        else:
            course.send_back(session, "applications", applied, {"": "缺照片"}, "王敏", DAY)
    held = county.get("applications", applied)["state"]
    with county.writing() as session:
        assert course.take_back(session, step, "李红", DAY, "误点")["kept"] == []
    assert county.get("applications", applied)["state"] == held, "it is still held"
    with county.writing() as session:
        course.close(session, applied, "恢复", "王敏", DAY)
    assert county.get("applications", applied) == before


def test_two_offices_that_record_the_same_step_agree_and_different_ones_are_shown(county):
    grant = county.add_grant(planned_on="2026-06-01")
    advance(county, "grants", grant, "指标已下达", date(2026, 6, 10), LETTER)
    same = {"subject_noun": "grants", "subject_id": grant, "regulation": "nm-2026-fund", "workflow": "nm-fund-grant"}
    county.put("steps", **same, from_state="年度支持建设计划", to_state="指标已下达", taken_on="2026-06-11", position=1)
    other = county.put("steps", **same, from_state="支出完毕", to_state="绩效评价完成", position=1)
    found = road(county, "grants", grant, "nm-fund-grant")
    assert found.state == "指标已下达"
    assert [one.id for one in found.chain.disputed] == [other]
    with county.writing() as session:
        course.take_back(session, other, "王敏", DAY, "与本会办理不一致")
    assert road(county, "grants", grant, "nm-fund-grant").chain.disputed == ()
