"""What papers call things: objects and makers by the regulations, heads of conditions, points, joint kinds."""

import pytest

from desktop.errors import BadInput
from desktop.services.derived.papers import JOINT_PAPERS, papers_in_force
from desktop.services.paper.kinds import COMPOSERS
from desktop.services.paper.recipes import RECIPES, regulations_of
from desktop.services.paper.wording import by_unit, issuer_of, object_in_region, points_of
from tests.services.counties import DAY
from tests.services.paper_county import AWARD_LAW, LAWS, PaperCounty


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    made = PaperCounty(tmp_path_factory.mktemp("wording"))
    yield made
    made.database.close()


def test_the_region_stands_before_the_object_once():
    named = {law: object_in_region(LAWS[law]) for law in LAWS}
    assert named["hn-2024"] == "河南省教科文卫体系统劳模工匠创新工作室"
    assert named["jy-2022"] == "揭阳市劳模和工匠人才创新工作室"
    assert named["tl-2020"] == "通辽市职工创新工作室"
    assert named["wx-2021-model"] == "无锡市劳模创新工作室"
    assert named["nm-2026-build"] == "内蒙古自治区劳模工匠创新工作室"


def test_papers_of_unions_above_are_not_the_units():
    assert not by_unit("县级（市、区）总工会或市直基层工会")
    assert not by_unit("各市（县）区、经开区总工会，局（公司）、直属单位工会")
    assert by_unit("所在单位工会")
    assert by_unit("职工个人")


def test_an_entry_of_two_papers_names_the_maker_of_each():
    law = LAWS["nm-2026-build"]
    name, notice = RECIPES["rectification-notice"].paper(law)
    assert issuer_of(notice, name) == "盟市工会、自治区产业工会（通知）"
    name, report = RECIPES["rectification-report"].paper(law)
    assert issuer_of(report, name) == "所在单位（报告）"
    assert notice is report


def test_points_of_an_assessment_are_those_of_the_sentence():
    said = "考核内容包括工作室制度建设、经费保障、人员培训、成果转化、示范作用发挥等情况，考核情况年底前报。"
    assert points_of(said) == ["制度建设", "经费保障", "人员培训", "成果转化", "示范作用发挥"]
    assert points_of("市总工会每年进行抽查考核。") == []


@pytest.mark.parametrize("law", regulations_of("application-form", LAWS))
def test_conditions_of_an_application_stand_under_the_regulations_heads(county, law):
    rows = county.draft("application-form", law).data["criteria"]
    heads = list(dict.fromkeys(row["group"] for row in rows))
    pages = [page.title for page in LAWS[law].pages("申报")]
    found = [head.split("（")[0] for head in heads if head != "其他条件"]
    order = [title.split("（")[0] for title in pages]
    assert found
    assert [order.index(head) for head in found] == sorted(order.index(head) for head in found)
    groups = [row["group"] for row in rows]
    assert [head for place, head in enumerate(groups) if place == 0 or groups[place - 1] != head] == heads
    assert not [row for row in rows if row["title"].startswith("施行")]


def test_the_eight_conditions_of_the_autonomous_region_are_all_there(county):
    heads = {row["group"].split("（")[0] for row in county.draft("application-form", "nm-2026-build").data["criteria"]}
    eight = {"有劳模工匠领衔", "有创新团队", "有活动场地", "有设备设施"}
    eight |= {"有工作制度", "有经费保证", "有发展规划", "有创新成果"}
    assert heads >= eight


def test_every_kind_over_several_records_is_known_as_joint():
    assert {kind for kind, maker in COMPOSERS.items() if maker.many} <= set(JOINT_PAPERS)


def test_a_joint_paper_counts_for_each_record_that_it_names(county, tmp_path):
    from desktop.services import document

    awards = county.made["awards", AWARD_LAW][:2]
    with county.writing() as session:
        document.issue(session, "award-grant", "awards", awards, tmp_path / "a.pdf", {"to": ["某市总工会"]}, on=DAY)
    with county.reading() as session:
        for one in awards:
            assert [paper.kind for paper in papers_in_force(session, [one])] == ["award-grant"]
        assert papers_in_force(session, []) == []


def test_an_honour_is_granted_in_the_words_of_the_text(county):
    draft = county.filled("award-grant", AWARD_LAW)
    assert "“无锡市五一劳动奖章”" in draft.data["title"]
    assert any("第十三条规定：“原则上对符合条件的" in text for text in draft.data["body"])


def test_a_change_asks_for_what_it_changes(county):
    asked = {
        change: {field.name for field in county.draft("change-reply", "jy-2022", change=change, cause="退休").missing}
        for change in ("更换领衔人", "更名", "退出")
    }
    assert asked == {"更换领衔人": {"new_leader"}, "更名": {"new_name"}, "退出": set()}
    body = county.draft("change-reply", "jy-2022", change="更名", cause="转型", new_name="甲创新工作室").data["body"]
    assert any("更名为甲创新工作室" in text for text in body)


def test_a_report_on_money_asks_the_unit_for_its_own_check(county):
    draft = county.draft("expense-report", "jy-2022")
    assert [field.name for field in draft.missing if field.name == "self_check"] == ["self_check"]
    said = county.draft("expense-report", "jy-2022", self_check=["未发生禁用支出。"]).data["body"]
    assert said[-2:] == ["未发生禁用支出。", "特此报告。"]


def test_grounds_to_tick_do_not_repeat_their_number(county):
    grounds = county.draft("report-register", "jy-2022").data["grounds"]
    assert grounds[0].startswith("□第八条（一）：领衔人有违法违纪行为")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"date": "2026年9月1日"}, "“date”应是日期"),
        ({"publicity_start": "昨天"}, "“publicity_start”应是日期"),
        ({"body": 7}, "“body”应是一段或几段文字"),
        ({"body": [["一"]]}, "“body”应是一段或几段文字"),
    ],
)
def test_what_is_typed_wrongly_is_refused_naming_its_field(county, given, words):
    with pytest.raises(BadInput, match=words):
        county.draft("publicity", "jy-2022", **given)


def test_a_text_typed_for_a_list_is_split_at_its_lines(county):
    draft = county.draft("refusal", "jy-2022", reasons="团队不足。\n\n场地不固定。")
    assert [text for text in draft.data["body"] if text[:2] in ("1.", "2.")] == ["1.团队不足。", "2.场地不固定。"]


@pytest.mark.parametrize(
    ("kind", "given", "words"),
    [
        ("publicity", {"date": "2026-12-01"}, "成文日期2026年12月1日还没有到"),
        ("publicity", {"date": "2026-05-01"}, "成文日期2026年5月1日已过去123天"),
        ("publicity", {"publicity_start": "2026-09-08", "publicity_end": "2026-09-01"}, "早于开始日期2026年9月8日"),
        ("naming-decision", {"printed_by": "办公室", "printed_on": "2026-08-31"}, "印发日期2026年8月31日早于成文日期"),
        ("rectification-notice", {"deadline": "2026-09-01"}, "期限2026年9月1日不晚于成文日期"),
    ],
)
def test_unusual_days_are_told_beside_the_page(county, kind, given, words):
    assert any(words in warning for warning in county.draft(kind, "jy-2022", **given).warnings)


def test_usual_days_are_not_told(county):
    days = {"publicity_start": "2026-09-01", "publicity_end": "2026-09-08", "date": "2026-08-30"}
    assert not [warning for warning in county.draft("publicity", "jy-2022", **days).warnings if "请核对" in warning]
