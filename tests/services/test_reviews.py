"""Publicity clocks, objections, random draws, scores, plaques and assessment rounds."""

from datetime import date
from decimal import Decimal

import pytest

from desktop.errors import BadInput, NotAllowed
from desktop.models.assessment import Expert
from desktop.rules.calendar import UnknownYear, WorkdayTable
from desktop.services import application, draw, plaque, publicity, records
from desktop.services import round as rounds
from desktop.services.regulation import regulation
from tests.services.counties import DAY

TABLE = WorkdayTable()


# Published by the State Council for each year: first and last day, working days with both ends.
PERIODS = [
    ("2021-09-14", "2021-09-18", 5),
    ("2021-10-01", "2021-10-11", 3),
    ("2022-01-29", "2022-02-07", 3),
    ("2023-04-28", "2023-05-06", 4),
    ("2024-02-09", "2024-02-18", 2),
    ("2025-10-01", "2025-10-11", 3),
    ("2026-02-14", "2026-02-24", 2),
]


@pytest.mark.parametrize(("first", "last", "days"), PERIODS)
def test_working_days_by_the_published_calendar(first, last, days):
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    assert publicity.counted(start, end, "工作日", TABLE) == days
    assert publicity.counted(start, end, "自然日", TABLE) == (end - start).days + 1


def test_the_last_day_counts_whole_days_after_the_first():
    assert publicity.last_day(date(2021, 9, 13), 5, "工作日", TABLE) == date(2021, 9, 18)
    assert publicity.last_day(date(2021, 9, 13), 5, "自然日", TABLE) == date(2021, 9, 18)
    assert publicity.last_day(date(2021, 9, 30), 1, "工作日", TABLE) == date(2021, 10, 8)


def test_a_year_that_is_not_known_is_asked_for(county, applied):
    far = date(2035, 3, 1)
    assert publicity.last_day(far, 5, "工作日", TABLE) == UnknownYear(2035)
    with county.writing() as session:
        with pytest.raises(NotAllowed, match="2035年的放假"):
            publicity.begin(session, "applications", applied, far, 5, "工作日")
        publicity.set_day(session, date(2035, 3, 5), "放假", "测试")
        made = publicity.begin(session, "applications", applied, far, 5, "工作日")
        assert made["ends_on"] == "2035-03-09"
        publicity.set_day(session, date(2035, 3, 4), "调休上班")
        assert publicity.last_day(far, 5, "工作日", publicity.workday_table(session)) == date(2035, 3, 8)
        listed = publicity.calendar_of(session, 2035)
        assert [(one["day"], one["kind"]) for one in listed] == [("2035-03-04", "调休上班"), ("2035-03-05", "放假")]
        publicity.set_day(session, date(2035, 3, 4), "")
        publicity.set_day(session, date(2035, 3, 5), "")
        assert publicity.calendar_of(session, 2035) == []


def test_the_office_corrects_the_published_calendar(county):
    with county.writing() as session:
        publicity.set_day(session, date(2021, 9, 18), "放假", "本地")
        table = publicity.workday_table(session)
    assert publicity.counted(date(2021, 9, 14), date(2021, 9, 18), "工作日", table) == 4


def test_a_publicity_is_closed_after_its_last_day_and_with_its_objections_settled(county, applied):
    with county.writing() as session:
        one = publicity.begin(session, "applications", applied, date(2026, 9, 7), 5, "工作日")["id"]
        found = publicity.of_record(session, applied)[0]
        clock = publicity.clock(session, found, date(2026, 9, 9))
        assert (clock.counted, clock.counted_after_first, clock.left, clock.over) == (6, 5, 4, False)
        raised = publicity.register_objection(session, one, "材料不实", "王敏", date(2026, 9, 10))["id"]
        with pytest.raises(NotAllowed, match="期满后"):
            publicity.close(session, one, "王敏", date(2026, 9, 14))
        with pytest.raises(NotAllowed, match="没有办结"):
            publicity.close(session, one, "王敏", date(2026, 9, 15))
        with pytest.raises(BadInput, match="核实结论"):
            publicity.settle_objection(session, raised, "也许", "查", "王敏", date(2026, 9, 11))
        with pytest.raises(BadInput, match="不能早于"):
            publicity.settle_objection(session, raised, "成立", "查", "王敏", date(2026, 9, 9))
        publicity.settle_objection(session, raised, "成立", "材料已更换", "王敏", date(2026, 9, 11))
        assert publicity.close(session, one, "王敏", date(2026, 9, 15))["result"] == "有异议"


@pytest.mark.parametrize("words", ["", "  "])
def test_an_empty_objection_is_refused(county, applied, words):
    with county.writing() as session:
        one = publicity.begin(session, "applications", applied, date(2026, 9, 7), 3, "自然日")["id"]
        with pytest.raises(BadInput):
            publicity.register_objection(session, one, words, "王敏", DAY)


@pytest.fixture
def pool(county):
    with county.writing() as session:
        made = [Expert(name=f"专家{n}", title_rank="正高级", speciality="机械" if n % 2 else "电气") for n in range(12)]
        session.add_all(made)
        session.flush()
        return [one.id for one in made]


def test_the_same_seed_gives_the_same_people_whoever_draws(county, applied, pool):
    with county.writing() as session:
        made = draw.draw(session, "2026年评审", 5, "王敏", DAY, subjects=[applied], witnesses=["赵强"], seed="一二三")
        assert len(set(made["drawn"])) == 5
        found = draw.check(session, made["id"])
        assert found.same
        assert list(found.drawn) == made["drawn"]
        session.get(Expert, made["drawn"][0]).active = False
        assert draw.check(session, made["id"]).same
    assert draw.chosen(list(reversed(pool)), {}, "一二三", 5) == made["drawn"]
    assert draw.chosen(pool, {}, "四五六", 12) != draw.chosen(pool, {}, "一二三", 12)


def test_a_recorded_draw_that_was_tampered_with_is_found_out(county, pool):
    with county.writing() as session:
        made = draw.draw(session, "评审", 3, "王敏", DAY)
        other = next(one for one in pool if one not in made["drawn"])
        records.put_records(session, "expert_draws", {"id": made["id"], "drawn": [*made["drawn"][:2], other]})
        assert not draw.check(session, made["id"]).same


def test_whoever_recuses_is_never_drawn_and_says_why(county, pool):
    with county.writing() as session:
        with pytest.raises(BadInput, match="写明原因"):
            draw.draw(session, "评审", 3, "王敏", DAY, recusals={pool[0]: " "})
        made = draw.draw(session, "评审", 11, "王敏", DAY, recusals={pool[0]: "同一单位"})
        assert pool[0] not in made["drawn"]
        with pytest.raises(NotAllowed, match="只有11名"):
            draw.draw(session, "评审", 12, "王敏", DAY, recusals={pool[0]: "同一单位"})
        with pytest.raises(NotAllowed, match="只有6名"):
            draw.draw(session, "评审", 7, "王敏", DAY, speciality="机械")


def test_the_next_of_the_same_order_takes_the_place_of_one_who_cannot_come(county, pool):
    with county.writing() as session:
        made = draw.draw(session, "评审", 4, "王敏", DAY, seed="种子")
        again = draw.replace_one(session, made["id"], made["drawn"][1], "生病", "王敏", DAY)
        order = draw.order(pool, "种子")
        assert again["drawn"] == [one for one in order if one != made["drawn"][1]][:4]
        assert again["replaces_id"] == made["id"]
        with pytest.raises(BadInput, match="不在抽中"):
            draw.replace_one(session, again["id"], made["drawn"][1], "生病", "王敏", DAY)


def test_the_records_under_review_are_told_how_experts_were_found(county, applied, pool):
    with county.writing() as session:
        draw.draw(session, "评审", 3, "王敏", DAY, subjects=[applied])
        facts = records.get_record(session, "applications", applied)["facts"]
        assert facts["expert_draw_method"] == "随机抽取"
        assert [one["title"] for one in draw.draws_of(session, applied)] == ["评审"]


def test_every_expert_is_drawn_about_as_often_as_any_other(pool):
    counts = dict.fromkeys(pool, 0)
    for number in range(2400):
        for one in draw.chosen(pool, {}, str(number), 3):
            counts[one] += 1
    assert all(500 < count < 700 for count in counts.values())


def test_scores_are_summed_without_those_who_recused(county, applied, pool):
    with county.writing() as session:
        draw.score(session, "applications", applied, pool[0], DAY, items={"创新": "40.5", "效益": "50"}, vote="同意")
        draw.score(session, "applications", applied, pool[1], DAY, items={"创新": "30", "效益": "40.01"}, vote="不同意")
        draw.score(session, "applications", applied, pool[2], DAY, items={"创新": "1"}, vote="回避")
        draw.score(session, "applications", applied, pool[0], DAY, items={"创新": "41", "效益": "50"}, vote="同意")
        found = draw.tally(session, applied)
        assert found == draw.Tally(2, Decimal("80.50"), 1, 1, 1)
        for items in ({"创新": "-1"}, {"创新": "1.005"}, {"创新": "x"}, {"创新": "NaN"}):
            with pytest.raises(BadInput):
                draw.score(session, "applications", applied, pool[3], DAY, items=items)
        with pytest.raises(BadInput):
            draw.score(session, "applications", applied, pool[3], DAY)


def test_plaques_are_numbered_once_taken_back_once(county):
    room = county.ids["room"]
    with county.writing() as session:
        one = plaque.hand_out(session, room, DAY, "〔2026〕001", "周建成")["id"]
        with pytest.raises(BadInput, match="已经用过"):
            plaque.hand_out(session, room, DAY, "〔2026〕001")
        assert records.get_record(session, "workrooms", room)["plaque_on"] == "2026-09-01"
        assert plaque.recover(session, one, "王敏", DAY)["state"] == "已收回"
        with pytest.raises(NotAllowed, match="已收回"):
            plaque.lose(session, one, "找不到")
        assert records.get_record(session, "workrooms", room)["facts"]["plaque_returned"] is True
        (row,) = plaque.ledger(session)
        assert row["workroom_name"] == "周建成劳模工匠创新工作室"


def test_a_round_opens_one_assessment_for_each_named_workroom_once_a_year(county):
    with county.writing() as session:
        fill = county.put
    named = [fill("workrooms", name=f"甲{n}", state="已命名") for n in range(3)]
    fill("workrooms", name="乙", state="已撤销")
    with county.writing() as session:
        made = rounds.open_round(session, "jy-2022", "周期考核", 2026, date(2026, 12, 31))
        assert made["grades"] == ["优秀", "合格", "不合格"]
        with pytest.raises(NotAllowed, match="已经开始"):
            rounds.open_round(session, "jy-2022", "周期考核", 2026)
        found = rounds.progress(session, made["id"])
        assert (found.total, found.assessed) == (3, 0)
        first = found.open[0][0]
        with pytest.raises(BadInput, match="等次应为"):
            rounds.record(session, first, DAY, {"制度建设": "健全"}, "良好")
        rounds.record(session, first, DAY, {"制度建设": "健全", "人员培训": ""}, "优秀", "运行良好")
        found = rounds.progress(session, made["id"])
        assert (found.assessed, found.grades, len(found.open)) == (1, {"优秀": 1}, 2)
        assert records.get_record(session, "assessments", first)["items"] == ["制度建设"]
    assert len(named) == 3


def test_grades_and_items_are_those_of_the_regulation_and_never_borrowed():
    assert rounds.grades_of(regulation("tl-2020")) == ()
    assert rounds.grades_of(regulation("hn-2024")) == ()
    assert {"达标", "不达标"} <= set(rounds.grades_of(regulation("wx-2021-model")))
    five = ("制度建设", "经费保障", "人员培训", "成果转化", "示范作用发挥")
    assert rounds.items_of(regulation("jy-2022"), "年度考核") == five
    # 第十条: what the round of two years looks at is not the five items of 第九条.
    assert rounds.items_of(regulation("jy-2022"), "周期考核") == ("规范化运作", "创新创效", "示范引领")
    assert rounds.items_of(regulation("jy-2022"), "专项考核") == rounds.items_of(regulation("jy-2022")) == five
    assert rounds.items_of(regulation("wx-2021-model"), "周期考核") == ()
    assert rounds.items_of(regulation("tl-2020")) == ()


def test_the_order_under_one_review_shares_places_and_puts_those_without_score_last(county, applied, pool):
    rooms = [county.put("workrooms", name=f"甲{n}") for n in range(3)]
    with county.writing() as session:
        made = [application.start(session, room, "nm-2026-build", DAY) for room in rooms]
        ids = [applied, *(one["id"] for one in made)]
        for record_id, points in zip(ids, ("80", "90", "80"), strict=False):
            draw.score(session, "applications", record_id, pool[0], DAY, items={"创新": points})
        draw.score(session, "applications", ids[3], pool[0], DAY, vote="回避", items={"创新": "99"})
        found = draw.ranking(session, "applications", ids)
        places = {one.record_id: one.place for one in found}
        assert places == {ids[0]: 2, ids[1]: 1, ids[2]: 2, ids[3]: 0}
        assert [one.place for one in found] == [1, 2, 2, 0]
        assert found[0].scores[pool[0]]["items"] == {"创新": "90"}
        assert draw.ranking(session, "applications", ids, draw_id="另一次")[0].tally.scores == 0


def test_what_experts_look_at_are_the_conditions_or_the_items_of_the_regulation(county, applied):
    with county.writing() as session:
        found = draw.items_for(session, "applications", applied)
        pages = application.draft(session, applied, DAY).pages
        assert list(found) == [page.title for page in pages if page.article]
        assert {"有劳模工匠领衔", "有创新团队", "有活动场地"} <= set(found)
        opened = rounds.open_round(session, "jy-2022", "周期考核", 2026)
        room = county.ids["room"]
        one = records.put_records(
            session,
            "assessments",
            {"workroom_id": room, "regulation": "jy-2022", "round_id": opened["id"], "year": 2026, "kind": "周期考核"},
        )
        assert draw.items_for(session, "assessments", one[0]["id"]) == ("规范化运作", "创新创效", "示范引领")
        assert opened["items"] == ["规范化运作", "创新创效", "示范引领"]


def test_a_round_is_closed_when_every_workroom_in_it_is_assessed(county):
    for number in range(2):
        county.put("workrooms", name=f"甲{number}", state="已命名")
    with county.writing() as session:
        made = rounds.open_round(session, "jy-2022", "周期考核", 2026)["id"]
        first, second = rounds.assessments_of(session, made)
        rounds.record(session, first["id"], DAY, {"制度建设": "健全"}, "合格")
        assert [one["workroom_name"] for one in rounds.assessments_of(session, made)] == ["甲1", "甲0"]
        with pytest.raises(NotAllowed, match="还有1个"):
            rounds.close_round(session, made)
        rounds.record(session, second["id"], DAY, {"制度建设": "健全"}, "优秀")
        assert rounds.close_round(session, made)["state"] == "已办结"
        (listed,) = rounds.all_rounds(session)
        assert (listed["total"], listed["assessed"]) == (2, 2)


def test_only_records_at_a_review_are_under_review(county):
    from desktop.services.review import candidates

    with county.writing() as session:
        room = county.ids["room"]
        reviewed = application.start(session, room, "jy-2022", DAY)["id"]
        records.put_records(session, "applications", {"id": reviewed, "state": "已提交"})
        assert candidates.under_review(session, DAY) == []
        at_review = {"subject_noun": "applications", "subject_id": reviewed, "regulation": "jy-2022"}
        for number, (start, end) in enumerate(
            [("具备条件", "单位工会申请"), ("单位工会申请", "初审推荐"), ("初审推荐", "审核")]
        ):
            step = {**at_review, "workflow": "jy-naming", "from_state": start, "to_state": end, "position": number + 1}
            records.put_records(session, "steps", {**step, "taken_on": "2026-09-01", "taken_by": "王敏"})
        assert [one.record_id for one in candidates.under_review(session, DAY)] == [reviewed]


def test_draws_are_listed_with_who_was_drawn_and_what_is_reviewed(county, applied, pool):
    from desktop.services.review import candidates

    with county.writing() as session:
        made = draw.draw(session, "评审", 2, "王敏", DAY, subjects=[applied])
        draw.replace_one(session, made["id"], made["drawn"][0], "生病", "王敏", DAY)
        listed = {one["id"]: one for one in candidates.draws(session)}
        assert listed[made["id"]]["replaced"] is True
        names = {one: session.get(Expert, one).name for one in pool}
        assert listed[made["id"]]["people"] == "、".join(names[one] for one in made["drawn"])
        assert {one["reviewed"] for one in listed.values()} == {"周建成劳模工匠创新工作室"}


def test_publicities_and_objections_of_one_day_stand_as_they_were_entered(county):
    room, told = county.ids["room"], []
    for place in "甲乙丙丁":
        given = {"subject_noun": "workrooms", "subject_id": room, "starts_on": "2026-03-02", "ends_on": "2026-03-06"}
        told.append(county.put("publicities", **given, days=5, place=place))
    for content in "一二三四":
        county.put("objections", publicity_id=told[0], received_on="2026-03-03", content=content)
    with county.reading() as session:
        assert [one.place for one in publicity.of_record(session, room)] == list("甲乙丙丁")
        assert [one.content for one in publicity.objections(session, told[0])] == list("一二三四")
