"""Gates by the command line: what a step requires holds it, a 原则上 wants its reason, what is lacking is named."""

import pytest

from tests.services.journeys import BUILD

# What just suffices for the building rules.
FACTS = {
    **{name: value for name, value in BUILD.items() if name != "activity_normal"},
    "frontline_members": 3,
    "leader_honours": [{"kind": "劳动模范", "level": "自治区级"}],
    "team_total_incl_leader": 5,
    "established_on": "2024-09-01",
    "projects": [{"year": 2025}],
    "results": [{"date": "2024-09-01", "level": "盟市级"}],
}


@pytest.fixture
def desk(run, tmp_path):
    """The command line of the city's union, which recommends; only the folder's name is odd."""
    database = tmp_path / "数 据" / "市.db"
    assert (
        run("--database", database, "init", "--office", "通辽市总工会", "--level", "市级", "--region", "通辽").code == 0
    )
    return lambda *arguments: run("--database", database, *arguments)


@pytest.fixture
def apply(desk, write):
    """Store a workroom's application with these facts; return its id."""

    def put(**facts):
        told = {name: value for name, value in {**FACTS, **facts}.items() if value != "not told"}
        workroom = desk("put", "workrooms", write("w.json", {"name": "巴特尔劳模工匠创新工作室"})).json["workrooms"][0]
        one = {
            "workroom_id": workroom["id"],
            "regulation": "nm-2026-build",
            "track": "工作室",
            "year": 2026,
            "reference_date": "2026-09-01",
            "facts": told,
        }
        return desk("put", "applications", write("a.json", one)).json["applications"][0]["id"]

    return put


def take(desk, application, *options):
    return desk("advance", "applications", application, "--to", "拟推荐", "--on", "2026-09-02", *options)


def test_facts_at_every_limit_are_eligible_and_go_on(desk, apply):
    application = apply()
    verdict = desk("judge", application).json
    assert verdict["eligible"] is True
    assert verdict["on"] == "2026-09-01"
    assert verdict["counts"]["fail"] == verdict["counts"]["unknown"] == 0
    assert take(desk, application).code == 0
    again = take(desk, application)
    assert again.code == 1
    assert "拟推荐" in again.json["error"]["message"]


@pytest.mark.parametrize(
    ("fact", "value", "words"),
    [
        ("team_total_incl_leader", 4, "第七条（二）"),
        ("established_on", "2024-09-02", "第七条（二）"),
        ("results", [{"date": "2024-08-31", "level": "盟市级"}], "第七条（八）"),
        ("results", [{"date": "2026-09-01", "level": "旗县级"}], "第七条（八）"),
        ("systems", FACTS["systems"][:4], "第七条（五）"),
        ("leader_count", 0, "第七条（一）"),
        ("venue_fixed", False, "第五条"),
    ],
)
def test_what_fails_holds_and_no_reason_helps(desk, apply, fact, value, words):
    application = apply(**{fact: value})
    before = desk("state").json
    assert desk("judge", application).json["eligible"] is False
    answer = take(desk, application, "--reason", "情况特殊")
    assert answer.code == 1
    assert words in answer.json["error"]["message"]
    assert answer.err.strip() == answer.json["error"]["message"]
    assert desk("state").json == before


@pytest.mark.parametrize("fact", ["development_plan", "orientation_confirmed", "team_structure_reasonable"])
def test_what_is_not_told_holds_and_is_named(desk, apply, fact):
    application = apply(**{fact: "not told"})
    verdict = desk("judge", application).json
    assert verdict["eligible"] is False
    assert fact in {name for one in verdict["findings"] for name in one["missing"]}
    before = desk("state").json
    assert take(desk, application, "--reason", "情况特殊").code == 1
    assert desk("state").json == before


def test_in_principle_wants_its_reason_once(desk, apply):
    application = apply(leader_count=2)
    verdict = desk("judge", application).json
    assert verdict["eligible"] is True
    bare = take(desk, application)
    assert bare.code == 1
    assert "理由" in bare.json["error"]["message"]
    for blank in ("", "   "):
        assert take(desk, application, "--reason", blank).code == 1
    assert take(desk, application, "--reason", "两名领衔人分管两个专业，经研究同意").code == 0
    changes = desk("history", "applications", application).json["changes"]
    assert changes


@pytest.fixture
def county(run, tmp_path):
    """The command line of a county's union under one regulation of its own."""

    def desk(regulation):
        database = ("--database", tmp_path / f"{regulation}.db")
        office = ("--office", "奈曼旗总工会", "--level", "县级", "--region", "通辽", "--regulations", regulation)
        assert run(*database, "init", *office).code == 0
        return lambda *arguments: run(*database, *arguments)

    return desk


def store(desk, write, noun, **fields):
    return desk("put", noun, write(f"{noun}.json", fields)).json[noun][0]["id"]


@pytest.fixture
def fruitless(county, write):
    """Return a workroom named on a day and found without outcomes for three years, and the command line about it."""

    def made(day):
        desk = county("tl-2020")
        named = {"level": "县级", "state": "已命名", "named_on": day, "plaque_on": day}
        room = store(desk, write, "workrooms", name="甲创新工作室", **named)
        for state in ("评估考核", "连续3年无成果"):
            assert desk("advance", "workrooms", room, "--to", state, "--on", "2026-09-01").code == 0
        leave = ("advance", "workrooms", room, "--to", "按程序取消称号", "--on", "2026-09-02")
        return lambda *reason: desk(*leave, *reason), lambda: desk("get", "workrooms", room).json["state"]

    return made


def test_an_exit_is_taken_on_the_word_of_its_reason(fruitless):
    leave, state = fruitless("2020-03-01")
    refused = leave()
    assert refused.code == 1
    assert all(words in refused.json["error"]["message"] for words in ("连续3年没有创新成果", "理由"))
    assert state() == "已命名"
    assert leave("--reason", "经核查，挂牌后三年没有成果，主席办公会研究决定").code == 0
    assert state() == "已撤销"


def test_no_reason_opens_an_exit_without_a_ground(fruitless):
    leave, state = fruitless("2026-03-01")
    refused = leave("--reason", "领导要求")
    assert refused.code == 1
    assert "事由" in refused.json["error"]["message"]
    assert state() == "已命名"


def test_the_offices_above_are_recorded_and_the_new_leader_is_the_one_of_the_record(county, write):
    desk = county("jy-2022")
    first, second = (store(desk, write, "people", name=name) for name in ("张三", "李四"))
    named = {"level": "市级", "state": "已命名", "named_on": "2025-03-01", "leader_id": first}
    room = store(desk, write, "workrooms", name="张三创新工作室", **named)
    assert desk("put", "workrooms", write("w.json", {"id": room, "leader_id": second})).code == 0
    for state in ("原申报单位工会上报", "县级或市直基层工会审核", "市总工会审批", "更换领衔人"):
        taken = desk("advance", "workrooms", room, "--to", state, "--on", "2026-09-01")
        assert (taken.code, taken.json["to"]) == (0, state), taken.json
    assert desk("get", "workrooms", room).json["leader_id"] == second
