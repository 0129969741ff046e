"""Several regulations on one workroom, tool settings, counts over the register, and awards judged like applications."""

import json
from datetime import date

import pytest
from sqlalchemy import text

from desktop.cli import main
from desktop.errors import BadInput, NotAllowed, NotFound
from desktop.rules.tuning import read_setting, tuned
from desktop.services import application
from desktop.services.facts import application_facts, assessment_facts, award_facts
from desktop.services.judged import judged
from desktop.services.law import tool_settings
from desktop.services.questions import kinds_of
from desktop.services.regulation import catalogue, choosable, of_place, office_regulations, regulation
from tests.services.counties import DAY
from tests.services.desks import carry, make_desk

NM, FUND, CITY = "nm-2026-build", "nm-2026-fund", "tl-2020"
AWARD = "wx-2021-award"


def office_id(county) -> str:
    with county.reading() as session:
        return session.execute(text("SELECT office FROM sync_identity")).scalar_one()


def profile(county, *ids: str) -> None:
    county.put("offices", id=office_id(county), regulations=list(ids))


def begin(county, law: str = NM, **more):
    with county.writing() as session:
        return application.start(session, county.ids["room"], law, DAY, **more)["id"]


def beside(county, record_id: str) -> dict[str, dict]:
    with county.reading() as session:
        return {one["regulation"]: one for one in application.verdict_json(session, record_id, DAY)["also"]}


def test_a_city_title_and_a_regional_grant_are_judged_side_by_side(county):
    profile(county, CITY, NM, FUND)
    found = beside(county, begin(county, CITY))
    assert set(found) == {NM, FUND}
    assert found[NM]["title"] == "内蒙古自治区总工会加强劳模工匠创新工作室建设管理办法"
    for law, verdict in found.items():
        assert {finding["regulation"] for finding in verdict["findings"]} == {law}
    assert set(beside(county, begin(county, NM))) == {CITY, FUND}


def test_without_a_profile_only_what_the_regulation_names_itself_is_beside(county):
    assert set(beside(county, begin(county, NM))) == {FUND}
    assert beside(county, begin(county, CITY)) == {}


def test_two_titles_of_one_issuer_are_a_choice_and_awards_are_of_another_kind(county):
    profile(county, "wx-2021-model", "wx-2021-staff", AWARD, NM)
    assert set(beside(county, begin(county, "wx-2021-model"))) == {NM, FUND}
    assert "wx-2021-staff" not in beside(county, begin(county, NM))["wx-2021-model"]
    assert AWARD not in beside(county, begin(county, NM))


def test_an_issuers_two_titles_stand_beside_anothers_regulation(county):
    profile(county, "wx-2021-model", "wx-2021-staff", NM)
    assert {"wx-2021-model", "wx-2021-staff"} <= set(beside(county, begin(county, NM)))


def test_the_draft_names_what_stands_beside_and_what_it_is_about(county):
    profile(county, CITY, NM)
    with county.writing() as session:
        started = application.start(session, county.ids["room"], CITY, DAY)["id"]
        draft = application.draft(session, started, DAY)
    assert draft.title == "周建成劳模工匠创新工作室"
    assert [law.id for law in draft.beside] == [NM, FUND]


def test_an_alliance_applies_through_its_lead_workroom(county):
    alliance = county.put("alliances", name="装备联盟", alliance_type="产业联盟", lead_workroom_id=county.ids["room"])
    with county.writing() as session:
        started = application.start_alliance(session, alliance, FUND, DAY)["id"]
        assert application.start_alliance(session, alliance, FUND, DAY)["id"] == started
        draft = application.draft(session, started, DAY)
    assert (draft.title, draft.application["track"]) == ("装备联盟", "联盟")
    assert draft.sheet.facts["alliance_type"] == "产业联盟"
    assert draft.sheet.facts["lead_workroom"] == county.ids["room"]


def test_an_office_may_choose_what_is_in_force_undated_or_already_chosen(county):
    profile(county, "jy-2022")
    with county.reading() as session:
        notes = {law.id: note for law, note in choosable(session, date(2010, 1, 1))}
        today = {law.id: note for law, note in choosable(session, DAY)}
    assert notes == {"jy-2022": "（原文没有写施行日期）"}
    assert today[NM] == ""
    profile(county, NM)
    with county.reading() as session:
        early = {law.id: note for law, note in choosable(session, date(2010, 1, 1))}
    assert early[NM] == f"（{regulation(NM).effective_on}起施行）"


@pytest.mark.parametrize(
    ("region", "first"),
    [
        ("内蒙古", {NM, FUND, CITY}),
        ("通辽市", {CITY}),
        ("内蒙古自治区通辽市", {CITY}),
        ("无锡", {"wx-2021-model", "wx-2021-staff", AWARD}),
        ("揭阳市", {"jy-2022"}),
        ("广东省揭阳市榕城区", {"jy-2022"}),
        ("", {"hn-2024"}),
    ],
)
def test_an_office_that_chose_none_meets_those_of_its_region_first(county, region, first):
    county.put("offices", id=office_id(county), region=region)
    with county.reading() as session:
        found = [law.id for law in office_regulations(session, DAY)]
    assert set(found[: len(first)]) == first
    # Its text writes no day on which it takes effect: it is its own region's alone until chosen.
    assert ("jy-2022" in found) is ("揭阳" in region)


@pytest.mark.parametrize(
    ("place", "laws"),
    [
        ("揭阳市总工会", ["jy-2022"]),
        ("河南省教科文卫体工会委员会", ["hn-2024"]),
        ("内蒙古自治区总工会", [NM, FUND]),
        ("通辽市科尔沁区总工会", [CITY, NM, FUND]),
        ("无锡市滨湖区总工会", ["wx-2021-award", "wx-2021-model", "wx-2021-staff"]),
        ("广东省广州市总工会", []),
        ("某某县总工会", []),
        ("", []),
    ],
)
def test_a_place_has_its_own_regulations_and_those_around_it(place, laws):
    assert [law.id for law in of_place(place, DAY)] == laws


# tool settings


def test_every_tool_setting_of_the_eight_regulations_can_be_changed_and_no_figure_of_the_text():
    changed = 0
    for law in catalogue().values():
        for rule in law.rules:
            for parameter in rule.tool_setting:
                value = read_setting(rule, parameter, 7)
                again = tuned(law, [(rule.id, parameter, value)]).rule(rule.id)
                assert read_setting(again, parameter, 7) == 7
                assert repr(again.check) != repr(rule.check)
                changed += 1
    assert changed == 21
    law = regulation(NM)
    with pytest.raises(BadInput, match="条文里的数字不能改"):
        tuned(law, [("nm-2026-build-7.2a", "min", 3)])


@pytest.mark.parametrize("value", [True, "x", -1, None, [], 10**9, float("nan"), "1e400"])
def test_a_setting_takes_only_a_number_in_reason(value):
    rule = regulation(NM).rule("nm-2026-build-8a")
    with pytest.raises(BadInput):
        read_setting(rule, "tol", value)


def test_a_count_takes_no_fraction():
    rule = regulation(NM).rule("nm-2026-build-7.8a")
    with pytest.raises(BadInput, match="整数"):
        read_setting(rule, "lookback", "2.5")


def test_a_changed_setting_is_judged_by_and_the_finding_says_what_it_is(county):
    started = begin(county)
    with county.writing() as session:
        before = application.verdict(session, started, DAY).finding("nm-2026-build-2")
        done = tool_settings.change(session, "nm-2026-build-2", "min", 99, "王敏", DAY)
        after = application.verdict(session, started, DAY).finding("nm-2026-build-2")
    assert (done.bundled, done.value, done.as_dict()["changed"]) == (1, 99, True)
    assert before.status == "pass"
    assert after.status != "pass"
    assert "99" in after.required
    for finding in (before, after):
        assert "工具提示，非规定条文" in finding.message
        assert "工具提示，非规定条文" in finding.hint
    with county.writing() as session:
        back = tool_settings.change(session, "nm-2026-build-2", "min", None, "王敏", DAY)
        assert application.verdict(session, started, DAY).finding("nm-2026-build-2").status == "pass"
    assert not back.as_dict()["changed"]


def test_findings_of_figures_of_the_text_never_print_the_remark(county):
    started = begin(county)
    with county.reading() as session:
        for finding in application.verdict(session, started, DAY).findings:
            tool = bool(regulation(NM).rule(finding.rule).tool_setting)
            assert ("工具提示" in finding.hint) == tool
            assert tool or "工具提示" not in finding.message


def test_settings_are_listed_changed_only_by_name_and_only_where_there_are_any(county):
    with county.writing() as session:
        assert len(tool_settings.settings(session)) == 21
        assert {one.parameter for one in tool_settings.settings(session, CITY)} == {"lookback"}
        with pytest.raises(NotFound):
            tool_settings.change(session, "none", "min", 1, "王敏", DAY)
        with pytest.raises(BadInput, match="由谁"):
            tool_settings.change(session, "nm-2026-build-2", "min", 1, "", DAY)


def test_a_stored_setting_that_fits_no_more_is_passed_over(county):
    own = office_id(county)
    county.put("tool_settings", office_id=own, rule="nm-2026-build-7.2a", parameter="min", value=1)
    county.put("tool_settings", office_id=own, rule="nm-2026-build-2", parameter="min", value="viele")
    with county.reading() as session:
        assert regulation(NM, session, DAY).rule("nm-2026-build-7.2a").check.min == 5
        assert regulation(NM, session, DAY).rule("nm-2026-build-2").check.min == 1


def test_settings_hold_beneath_and_the_nearest_offices_word_counts(tmp_path):
    city = make_desk(tmp_path, "某市总工会", "市级")
    below = make_desk(tmp_path, "某县总工会", "县级", parent=city)
    with city.edit() as session:
        tool_settings.change(session, "nm-2026-fund-8d", "max", 10, "李主任", DAY)
    carry(city, below, tmp_path)
    with below.database.reading() as session:
        assert regulation(FUND, session, DAY).rule("nm-2026-fund-8d").check.max == 10
    with below.edit() as session:
        tool_settings.change(session, "nm-2026-fund-8d", "max", 15, "王敏", DAY)
        assert regulation(FUND, session, DAY).rule("nm-2026-fund-8d").check.max == 15
    carry(below, city, tmp_path)
    with city.database.reading() as session:
        assert regulation(FUND, session, DAY).rule("nm-2026-fund-8d").check.max == 10
    for desk in (city, below):
        desk.database.close()


def test_the_command_line_lists_and_sets(county, capsys):
    def run(*words):
        code = main(["--database", str(county.path), "--operator", "王敏", "regulation", *words])
        return code, json.loads(capsys.readouterr().out)

    assert len(run("settings", CITY)[1]["settings"]) == 1
    assert run("set", "nm-2026-build-8a", "tol", "8")[1]["value"] == 8
    assert run("set", "nm-2026-build-8a", "target", "8")[0] == 1
    assert run("set", "nm-2026-build-8a", "tol")[1]["changed"] is False


# counts over the register


def tally(county, name: str, law: str = "jy-2022"):
    record = begin(county, law)
    with county.reading() as session:
        return application_facts(session, record, DAY).facts.get(name)


def test_only_the_office_that_holds_the_whole_register_counts(county):
    assert tally(county, "named_this_year") is None
    assert tally(county, "unit_workroom_count") == 1
    county.put("offices", id=office_id(county), level="市级")
    county.put("workrooms", name="甲", level="市级", state="已命名", named_on="2026-02-01")
    county.put("workrooms", name="乙", level="县级", state="已命名", named_on="2026-02-01")
    county.put("workrooms", name="丙", level="市级", state="已命名", named_on="2025-02-01")
    county.put("workrooms", name="丁", level="市级", state="已退出", unit_id=county.ids["unit"])
    assert tally(county, "named_this_year") == 2
    assert tally(county, "city_workroom_total") == 4
    assert tally(county, "county_workroom_count") == 1
    assert tally(county, "county_workroom_exists") is True
    assert tally(county, "unit_workroom_count") == 1


def test_an_issuer_counts_though_an_office_stands_above_it(county):
    above = county.put("offices", name="某省总工会", level="省级")
    county.put("offices", id=office_id(county), name="揭阳市总工会", level="市级", parent_id=above)
    assert tally(county, "named_this_year") == 1
    assert tally(county, "named_this_year", NM) is None


# awards and assessments


def prize(county, kind: str = "十佳金点子") -> str:
    with county.writing() as session:
        return application.start_award(session, AWARD, DAY, kind, "节能改造", county.ids["leader"])["id"]


def test_an_award_is_judged_by_its_person_and_what_is_attested_to_it(county):
    award = prize(county)
    with county.writing() as session:
        sheet = award_facts(session, award, DAY)
        assert sheet.facts["award_kind"] == "十佳金点子"
        assert sheet.facts["first_person_frontline"] is True
        assert sheet.facts["applications_by_person_in_year"] == 1
        finding = application.verdict(session, award, DAY).finding("wx-2021-award-8.0")
        assert finding.status == "unknown"
        for fact in ("proposed_on", "implemented_on"):
            application.set_fact(session, award, fact, "2026-05-01", "王敏", DAY)
        assert application.verdict(session, award, DAY).finding("wx-2021-award-8.0").status == "pass"
        assert award_facts(session, award, DAY).sources["proposed_on"].by == "王敏"


def test_each_kind_of_award_has_its_own_pages(county):
    pages = {}
    for kind in kinds_of(regulation(AWARD)):
        award = prize(county, kind)
        with county.reading() as session:
            draft = application.draft(session, award, DAY)
        assert draft.title == "节能改造"
        pages[kind] = [page.title for page in draft.pages]
        asked = {one.fact: one for page in draft.pages for one in page.inputs}
        assert set(asked["award_kind"].choices) == set(kinds_of(regulation(AWARD)))
    assert set(pages) == {"十大科技创新成果", "十大先进操作法", "十大发明专利", "十佳金点子"}
    for kind, titles in pages.items():
        assert kind in titles
        assert not set(titles) & (set(pages) - {kind})


def test_an_award_is_put_with_its_facts_and_judged_from_outside(county, capsys):
    award = prize(county, "十大发明专利")
    county.put("awards", id=award, facts={"granted_on": "2025-03-01", "patent_type": "发明专利"})
    assert county.get("awards", award)["facts"]["patent_type"] == "发明专利"
    assert main(["--database", str(county.path), "judge", award]) == 0
    answer = json.loads(capsys.readouterr().out)
    found = {one["rule"]: one["status"] for one in answer["findings"]}
    assert (answer["award"], answer["stage"]) == (award, "申报")
    assert found["wx-2021-award-7.1"] == "pass"
    assert found["wx-2021-award-7.1b"] == "pass"


def test_an_award_waits_for_what_is_missing_and_is_closed_once_submitted(county):
    award = prize(county)
    with county.writing() as session, pytest.raises(NotAllowed, match="还不能提交"):
        application.submit(session, award, "王敏", DAY)
    county.put("awards", id=award, state="已提交")
    with county.writing() as session, pytest.raises(NotAllowed, match="已提交"):
        application.set_fact(session, award, "proposed_on", "2026-05-01", "王敏", DAY)


def test_the_years_number_of_an_award_counts_this_one_in(county):
    county.put("offices", id=office_id(county), level="市级")
    for _ in range(3):
        county.put("awards", id=prize(county), state="公布表扬")
    county.put("awards", id=prize(county, "十大发明专利"), state="公布表扬")
    with county.reading() as session:
        facts = award_facts(session, county_award(county), DAY).facts
    assert facts["awards_of_kind_this_year"] == 3
    assert award_facts_of_new(county)["awards_of_kind_this_year"] == 4


def county_award(county) -> str:
    with county.reading() as session:
        query = "SELECT id FROM awards WHERE award_kind = '十佳金点子' ORDER BY id"
        return session.execute(text(query)).scalars().first()


def award_facts_of_new(county):
    award = prize(county)
    with county.reading() as session:
        return award_facts(session, award, DAY).facts


def test_an_assessment_is_judged_on_its_own_day(county):
    values = {"regulation": NM, "year": 2026, "assessed_on": "2026-06-30", "activity_normal": False}
    made = county.put("assessments", workroom_id=county.ids["room"], **values)
    with county.reading() as session:
        one = judged(session, made, DAY)
        facts = assessment_facts(session, made, DAY).facts
        assert (one.stage, facts["reference_date"]) == ("考核", "2026-06-30")
        assert one.verdict().finding("nm-2026-build-9a").missing
    with pytest.raises(NotFound), county.reading() as session:
        judged(session, "none", DAY)


def test_a_workroom_begins_an_award_for_its_leader_and_goes_on_with_it(county):
    with county.writing() as session:
        begun = application.start(session, county.ids["room"], AWARD, DAY)
        assert (begun["person_id"], begun["project_name"]) == (county.ids["leader"], "节能改造")
        assert application.start(session, county.ids["room"], AWARD, DAY)["id"] == begun["id"]
        application.set_fact(session, begun["id"], "award_kind", "十佳金点子", "王敏", DAY)
        listed = [one for one in application.drafts(session) if one["id"] == begun["id"]]
    assert [(one["workroom_name"], one["stage"]) for one in listed] == [("节能改造", "申报")]
    assert county.get("awards", begun["id"])["award_kind"] == "十佳金点子"
    nobody = county.put("workrooms", name="无人工作室")
    with county.writing() as session, pytest.raises(NotAllowed, match="领衔人"):
        application.start(session, nobody, AWARD, DAY)


# pages


def test_pages_for_another_kind_are_left_out_once_a_kind_is_chosen(county):
    model = "wx-2021-model"
    chosen = begin(county, model, level="市级")
    with county.writing() as session:
        city = [page.id for page in application.draft(session, chosen, DAY).pages]
        application.set_fact(session, chosen, "application_level", "示范性", "王敏", DAY)
        model_pages = [page.id for page in application.draft(session, chosen, DAY).pages]
        application.set_fact(session, chosen, "application_level", "", "王敏", DAY)
        every = [page.id for page in application.draft(session, chosen, DAY).pages]
    assert set(model_pages) - set(city) == {f"{model}-page-8-{n}" for n in (1, 2, 3, 4)}
    assert every == model_pages
    assert kinds_of(regulation(model)) == ("市级", "示范性")


def test_the_day_of_an_application_chooses_the_regulations_beside(county):
    profile(county, CITY, NM)
    with county.writing() as session:
        early = application.start(session, county.ids["room"], CITY, date(2025, 1, 1))["id"]
        assert application.verdict_json(session, early, DAY)["also"] == []
