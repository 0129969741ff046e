"""集体研究: the meeting, its step for every record it decided on, what holds afterwards, and its minutes."""

from datetime import timedelta

import pytest

from desktop.errors import BadInput, NotAllowed
from desktop.services import course, document, draw, records
from desktop.services.journal import history
from desktop.services.regulation import bundled
from desktop.services.review import collective, decided
from tests.services.counties import DAY, put
from tests.services.journeys import LETTER, Journey, paths

LAWS = bundled()
FLOWS = {flow.id: (law, flow) for law in LAWS.values() for flow in law.workflows}
SAT = ["王主席", "李副主席", "赵部长"]


def before(county, flow_id, state):
    """Walk a record to the step before the meeting."""
    law, flow = FLOWS[flow_id]
    way = next(way for way in paths(flow) if state in way)
    journey = Journey(county, law.id, flow, way)
    for to in way[1 : way.index(state)]:
        journey.take(to)
    return journey


def asked(county, journey):
    with county.reading() as session:
        return collective.sitting(session, journey.flow.noun, journey.record_id, journey.flow.id, journey.on)


def meet(county, journey, state, conclusion, **more):
    given = {"workflow": journey.flow.id, "state": state, "met_on": journey.on, "chair": "王主席", "present": SAT}
    opinions = {journey.record_id: {"conclusion": conclusion, **more.pop("votes", {})}}
    with county.writing() as session:
        meeting = collective.Meeting(**{**given, "opinions": opinions, **more})
        return collective.decide(session, journey.flow.noun, meeting, "王敏")


def state_of(county, journey):
    with county.reading() as session:
        return course.road_of(session, journey.flow.noun, journey.record_id, journey.flow.id, journey.on).state


def test_the_texts_name_three_meetings():
    """揭阳 第六条 and 第十条, 无锡 奖励 第十一条; no text asks for a meeting on the use of money."""
    found = {flow.id: decided.meeting_states(flow) for _law, flow in FLOWS.values()}
    assert {flow: states for flow, states in found.items() if states} == {
        "jy-naming": ("集体研究",),
        "jy-cycle": ("集体研究",),
        "wxa-award": ("主席研究",),
    }
    assert decided.ways_on(FLOWS["jy-cycle"][1], "集体研究") == ("优秀", "合格", "不合格", "缓议")
    assert decided.ways_on(FLOWS["wxa-award"][1], "主席研究") == ("社会公示", "未获奖", "缓议")


@pytest.mark.parametrize(
    ("flow_id", "state", "conclusion"),
    [("jy-naming", "集体研究", "社会公示"), ("jy-cycle", "集体研究", "优秀"), ("wxa-award", "主席研究", "社会公示")],
)
def test_the_meeting_takes_its_step_and_prints_its_minutes(county, tmp_path, flow_id, state, conclusion):
    journey = before(county, flow_id, state)
    wanted = asked(county, journey)
    assert (wanted.state, wanted.usual) == (state, decided.ways_on(journey.flow, state)[0])
    assert wanted.records[0][0] == journey.record_id
    assert wanted.cite
    votes = {"agreed": 2, "opposed": 0, "abstained": 0}
    more = {"place": "三楼会议室", "absent": ["钱委员"], "recusals": {"赵部长": "曾任该单位工会主席"}, "votes": votes}
    made = meet(county, journey, state, conclusion, **more)
    assert state_of(county, journey) == state
    with county.writing() as session:
        (step,) = records.list_records(session, "steps", {"to_state": state})
        assert step["reason"] == f"{state}结论：{conclusion}（同意2票、反对0票、弃权0票）"
        out = tmp_path / "minutes.pdf"
        paper = document.issue(
            session, "meeting-minutes", "collective_decisions", [made["id"]], out, {}, None, journey.on
        )
        text = "".join(paper["data"]["body"])
        for said in (
            "在三楼会议室召开会议",
            "王主席主持会议",
            "请假：钱委员",
            "同意2票",
            "赵部长（曾任该单位工会主席）",
        ):
            assert said in text
        assert "王主席、李副主席、赵部长" in text
        assert paper["subject_id"] == made["id"]
        assert paper["data"]["subjects"] == [made["id"], journey.record_id]
        assert records.get_record(session, "collective_decisions", made["id"])["document_id"] == paper["id"]
    assert out.read_bytes().startswith(b"%PDF")


def test_the_next_meeting_remembers_who_sat_in_the_last(county):
    journey = before(county, "jy-naming", "集体研究")
    assert asked(county, journey).present == ()
    meet(county, journey, "集体研究", "社会公示", place="三楼会议室")
    found = asked(county, journey)
    assert (found.place, found.chair, found.present) == ("三楼会议室", "王主席", tuple(SAT))


def test_what_is_put_off_stays_where_it_stood(county):
    journey = before(county, "jy-naming", "集体研究")
    meet(county, journey, "集体研究", "缓议")
    assert state_of(county, journey) == "专家评审"
    with county.reading() as session:
        (one,) = collective.listed(session, journey.record_id)
    assert one["said"] == "集体研究结论：缓议"


def test_a_conclusion_is_kept_to_unless_a_reason_is_given(county):
    journey = before(county, "jy-naming", "集体研究")
    meet(county, journey, "集体研究", "不予命名")
    with county.writing() as session:
        given = (session, "applications", journey.record_id, "社会公示", "王敏", journey.on)
        with pytest.raises(NotAllowed, match="集体研究的结论是“不予命名”"):
            course.advance(*given, workflow="jy-naming")
        course.advance(*given, LETTER, workflow="jy-naming")
    assert state_of(county, journey) == "社会公示"


def test_the_later_meeting_counts(county):
    journey = before(county, "jy-naming", "集体研究")
    meet(county, journey, "集体研究", "不予命名")
    meet(county, journey, "集体研究", "社会公示", met_on=journey.on + timedelta(days=1))
    with county.writing() as session:
        day = journey.on + timedelta(days=1)
        course.advance(session, "applications", journey.record_id, "社会公示", "王敏", day, workflow="jy-naming")
    assert state_of(county, journey) == "社会公示"


FAULTS = [
    ({"present": []}, "主持人和出席人员"),
    ({"chair": "外人"}, "外人不在出席人员里"),
    ({"absent": ["赵部长"]}, "既在出席人员里"),
    ({"recusals": {"外人": "原因"}}, "回避的应是出席人员"),
    ({"recusals": {"赵部长": " "}}, "回避的应是出席人员"),
    ({"votes": {"agreed": 3, "opposed": 1}}, "票数合计4"),
    ({"votes": {"agreed": 3}, "recusals": {"赵部长": "亲属"}}, "可以表决的2人"),
    ({"votes": {"agreed": -1}}, "不小于0"),
    ({"opinions": {}}, "至少勾选一个"),
    ({"state": "审核"}, "没有“审核”这个研究环节"),
]


@pytest.mark.parametrize(("wrong", "said"), FAULTS)
def test_what_does_not_add_up_is_refused_whole(county, wrong, said):
    journey = before(county, "jy-naming", "集体研究")
    more = dict(wrong)
    state = more.pop("state", "集体研究")
    with pytest.raises(BadInput, match=said):
        meet(county, journey, state, "社会公示", **more)
    assert state_of(county, journey) == "专家评审"
    with county.reading() as session:
        assert records.list_records(session, "collective_decisions") == []


def test_a_conclusion_must_be_one_of_the_ways_on(county):
    journey = before(county, "jy-naming", "集体研究")
    with pytest.raises(BadInput, match="社会公示、不予命名、缓议"):
        meet(county, journey, "集体研究", "命名")


def test_a_meeting_is_asked_only_where_one_is_at_hand(county):
    journey = before(county, "jy-naming", "审核")
    with pytest.raises(NotAllowed, match="下一步不是集体研究"):
        asked(county, journey)


def test_the_usual_paper_of_records_tells_the_meeting_on_record(county):
    journey = before(county, "jy-cycle", "集体研究")
    meet(county, journey, "集体研究", "合格", discussion="会议认为运行规范。")
    with county.reading() as session:
        drafted = document.paper_data(session, "meeting-minutes", "assessments", [journey.record_id], {}, journey.on)
    text = "".join(drafted.data["body"])
    assert "会议确定考核结果为合格" in text
    assert "会议认为运行规范。" in text
    assert drafted.missing == ()


def pool(county, count=6):
    with county.writing() as session:
        return [put(session, "experts", name=f"专家{n}", title_rank="正高级", active=True) for n in range(count)]


@pytest.mark.parametrize("regulations", [["hn-2024"], ["jy-2022"]])
def test_a_draw_for_nothing_yet_prints_its_witnessed_sheet(county, tmp_path, regulations):
    """A draw for a whole call, before any record is under review, has its sheet under whatever regulation."""
    experts = pool(county)
    with county.writing() as session:
        office = document.own_office(session)
        office.regulations = regulations
        out = {experts[0]: "本人申报"}
        made = draw.draw(session, "2026年评审", 3, "王敏", DAY, recusals=out, witnesses=["纪检张"], seed="8848")
        assert "expert-draw" in {kind.id for kind in document.kinds(session)}
        assert [one.title for one in document.subjects(session, "expert-draw", "expert_draws")] == ["2026年评审"]
        paper = document.issue(session, "expert-draw", "expert_draws", [made["id"]], tmp_path / "a.pdf", {}, None, DAY)
        kept = records.get_record(session, "expert_draws", made["id"])
        assert kept["document_id"] == paper["id"]
    data = paper["data"]
    assert (data["seed"], data["pool"], data["wanted"], data["witnesses"]) == ("8848", 6, 3, "纪检张")
    assert "专家0（本人申报）" in data["recused"]
    printed = [row["expert_id"] for row in data["pool_rows"]]
    left_out = {row["expert_id"]: "" for row in data["pool_rows"] if row.get("result") == "回避"}
    again = draw.chosen(printed, left_out, data["seed"], data["wanted"])
    assert again == made["drawn"]
    assert [row["name"] for row in data["rows"]] == [kept["names"][who] for who in again]
    assert {row["expert_id"] for row in data["pool_rows"] if row.get("result") == "抽中"} == set(again)


def test_the_sheet_of_a_replacement_says_whose_place_it_takes(county):
    pool(county)
    with county.writing() as session:
        first = draw.draw(session, "2026年评审", 2, "王敏", DAY)
        second = draw.replace_one(session, first["id"], first["drawn"][0], "出差", "王敏", DAY)
        data = document.paper_data(session, "expert-draw", "expert_draws", [second["id"]], {}, DAY).data
    assert "替补2026年9月1日的抽取" in data["purpose"]
    assert "出差" in data["recused"]


def test_a_draw_for_records_quotes_the_article_that_asks_for_it(county):
    pool(county)
    given = {"workroom_id": county.ids["room"], "regulation": "hn-2024", "year": 2026}
    record_id = county.put("applications", **given)
    with county.writing() as session:
        made = draw.draw(session, "2026年评审", 2, "王敏", DAY, subjects=[record_id])
        drafted = document.paper_data(session, "expert-draw", "expert_draws", [made["id"]], {}, DAY)
        same = document.paper_data(session, "expert-draw", "applications", [record_id], {}, DAY)
    assert any("第六条" in one for one in drafted.data["articles"])
    assert same.data["pool_rows"] == drafted.data["pool_rows"]


def test_the_sheet_of_a_draw_outlives_the_records_drawn_for(county):
    pool(county)
    record_id = county.put("applications", workroom_id=county.ids["room"], regulation="hn-2024", year=2026)
    with county.writing() as session:
        made = draw.draw(session, "2026年评审", 2, "王敏", DAY, subjects=[record_id])
        records.delete_record(session, "applications", record_id)
        drafted = document.paper_data(session, "expert-draw", "expert_draws", [made["id"]], {}, DAY)
    assert drafted.data["purpose"] == "2026年评审"
    assert len(drafted.data["rows"]) == 2


def test_a_meeting_stands_in_the_change_log_and_with_its_records_step(county):
    journey = before(county, "jy-naming", "集体研究")
    made = meet(county, journey, "集体研究", "社会公示", place="三楼会议室")
    with county.reading() as session:
        told = history.history(session, "collective_decisions", made["id"])
        (step,) = records.list_records(session, "steps", {"to_state": "集体研究"})
        assert history.history(session, "steps", step["id"])
    assert {one.operator for one in told} == {"王敏"}
    said = {one.field: one.new for one in told}
    assert (said["place"], said["chair"]) == ("三楼会议室", "王主席")
