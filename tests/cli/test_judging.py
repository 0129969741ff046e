"""regulations, check and plan, as the contract has them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

NM = "nm-2026-build"


def test_the_list_of_regulations(run):
    answer = run("regulations")
    assert answer.code == 0
    found = {one["id"]: one for one in answer.json["regulations"]}
    assert found[NM]["document_number"] == "内工办发〔2026〕12号"
    assert found[NM]["effective_on"] == "2026-05-26"
    assert found[NM]["rules"] >= 52
    assert set(found[NM]) == {"id", "title", "document_number", "issuer", "effective_on", "rules"}


def test_a_whole_regulation(run):
    law = run("regulations", NM).json
    rule = next(one for one in law["rules"] if one["id"] == "nm-2026-build-7.2a")
    assert rule["article"] == "第七条（二）"
    assert rule["strength"] == "must"
    assert "5人以上" in rule["text"]
    assert "申报" in rule["stages"]
    assert law["workflows"]
    assert law["papers"]


def test_an_unknown_regulation_is_refused_by_name(run):
    answer = run("regulations", "no-such")
    assert answer.code == 1
    assert answer.json["error"]["where"] == "no-such"
    assert "no-such" in answer.json["error"]["message"]


def test_an_empty_name_is_no_regulation(run):
    answer = run("regulations", "")
    assert answer.code == 1
    assert answer.json["error"]["code"] == "not_found"


RUNNING = {"established_on": "2024-06-02"}


def day_and_status(verdict):
    finding = next(one for one in verdict["findings"] if one["rule"] == "nm-2026-build-7.2b")
    return verdict["on"], finding["status"]


def test_the_day_asked_for_stands_over_the_facts_own(run, write):
    facts = write("facts.json", {**RUNNING, "reference_date": "2026-06-01"})
    assert day_and_status(run("check", facts, "--regulation", NM).json) == ("2026-06-01", "fail")
    asked = run("check", facts, "--regulation", NM, "--on", "2026-06-02")
    assert day_and_status(asked.json) == ("2026-06-02", "pass")


def test_of_many_cases_each_keeps_its_own_day(run, write):
    dated = {**RUNNING, "reference_date": "2026-06-01"}
    cases = [
        {"regulation": NM, "facts": RUNNING},
        {"regulation": NM, "facts": dated},
        {"regulation": NM, "facts": dated, "on": "2026-06-03"},
        {"regulation": NM, "facts": {**RUNNING, "reference_date": None}},
    ]
    answer = run("check", write("cases.json", cases), "--lines", "--on", "2026-06-02")
    assert [day_and_status(line) for line in answer.lines] == [
        ("2026-06-02", "pass"),
        ("2026-06-01", "fail"),
        ("2026-06-03", "pass"),
        ("2026-06-02", "pass"),
    ]


def test_check_gives_status_sentence_and_source(run, write):
    facts = write("facts.json", {"team_total_incl_leader": 4})
    answer = run("check", facts, "--regulation", NM, "--on", "2026-09-01")
    assert answer.code == 0
    verdict = answer.json
    assert verdict["on"] == "2026-09-01"
    assert verdict["eligible"] is False
    assert sum(verdict["counts"].values()) == len(verdict["findings"])
    assert set(verdict["counts"]) == {"pass", "fail", "warn", "n/a", "unknown"}
    finding = next(one for one in verdict["findings"] if one["rule"] == "nm-2026-build-7.2a")
    assert finding["status"] == "fail"
    assert finding["article"] == "第七条（二）"
    assert "4人" in finding["actual"]
    assert "5人" in finding["required"]
    assert "1人" in finding["message"]
    assert finding["missing"] == []


def test_a_missing_fact_is_unknown_and_named(run, write):
    answer = run("check", write("facts.json", {}), "--regulation", NM)
    finding = next(one for one in answer.json["findings"] if one["rule"] == "nm-2026-build-7.2a")
    assert finding["status"] == "unknown"
    assert finding["missing"] == ["team_total_incl_leader"]


def test_a_stage_limits_the_rules(run, write):
    facts = write("facts.json", {})
    every = run("check", facts, "--regulation", NM).json["findings"]
    some = run("check", facts, "--regulation", NM, "--stage", "申报").json["findings"]
    assert {one["rule"] for one in some} < {one["rule"] for one in every}
    wrong = run("check", facts, "--regulation", NM, "--stage", "没有")
    assert wrong.code == 1
    assert "申报" in wrong.json["error"]["message"]


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({"team_total": 5}, "team_total"),
        ({"team_total_incl_leader": "五"}, "team_total_incl_leader"),
        ({"venue_fixed": "yes"}, "venue_fixed"),
        ({"established_on": "2024-13-01"}, "established_on"),
        ([1, 2], "facts"),
    ],
)
def test_wrong_facts_are_refused_by_name(run, write, facts, where):
    answer = run("check", write("facts.json", facts), "--regulation", NM)
    assert answer.code == 1
    assert where in answer.json["error"]["where"]
    assert answer.err.strip() == answer.json["error"]["message"]


@pytest.mark.parametrize("day", ["2026-9-1", "20260901", "yesterday", "2026-02-30"])
def test_a_wrong_day_is_refused(run, write, day):
    answer = run("check", write("f.json", {}), "--regulation", NM, "--on", day)
    assert answer.code == 1
    assert day in answer.json["error"]["message"]


def test_files_that_cannot_be_read(run, write, tmp_path: Path):
    assert run("check", tmp_path / "none.json", "--regulation", NM).json["error"]["code"] == "bad_input"
    broken = run("check", write("f.json", '{"a": 1,\n'), "--regulation", NM)
    assert "第2行" in broken.json["error"]["message"]
    deep = run("check", write("deep.json", "[" * 100_000), "--regulation", NM)
    assert deep.code == 1


CASES = [
    {"id": "a", "regulation": NM, "facts": {"team_total_incl_leader": 5}, "on": "2026-09-01"},
    {"id": "b", "regulation": "none", "facts": {}},
    {"id": "c", "regulation": NM, "facts": {"nonsense": 1}},
    {"id": "d", "regulation": NM},
    {"id": "e", "regulation": NM, "facts": {"team_total_incl_leader": 4}, "stage": "申报"},
]


@pytest.mark.parametrize("form", ["array", "lines"])
def test_lines_answer_in_order_and_a_bad_one_carries_its_own_error(run, write, form):
    text = json.dumps(CASES) if form == "array" else "\n".join(json.dumps(case) for case in CASES) + "\n"
    answer = run("check", write("cases.json", text), "--lines")
    assert answer.code == 0
    assert [line["id"] for line in answer.lines] == ["a", "b", "c", "d", "e"]
    assert ["error" in line for line in answer.lines] == [False, True, True, True, False]
    assert answer.lines[2]["error"]["where"] == "nonsense"


def test_a_line_that_is_no_json_does_not_stop_the_rest(run, write):
    text = '{"id": "a", "regulation": "nm-2026-build", "facts": {}}\nnot json\n'
    answer = run("check", write("cases.jsonl", text), "--lines")
    assert answer.code == 0
    assert "findings" in answer.lines[0]
    assert "error" in answer.lines[1]


def test_the_planner_says_what_would_help(run, write):
    facts = {"grant_total_yuan": "50000", "leader_count": 1, "backbone_count": 3, "other_count": 2}
    answer = run("plan", write("team.json", facts), "--regulation", "nm-2026-fund")
    assert answer.code == 0
    plan = answer.json
    assert plan["capacity"] == "29000.00"
    assert plan["floor"] == "30000.00"
    assert plan["floor_reachable"] is False
    assert plan["shortfall"] == "1000.00"
    assert {"text", "backbone", "other"} <= set(plan["remedies"][0])


def test_the_planner_splits_a_named_team(run, write):
    roles = ["领衔人", *["骨干成员"] * 4, "其他参与人员"]
    roster = [{"name": f"人{n}", "role": role} for n, role in enumerate(roles)]
    facts = {"grant_total_yuan": 50000, "roster": roster, "leader_count": 1, "backbone_count": 4, "other_count": 1}
    plan = run("plan", write("team.json", facts), "--regulation", "nm-2026-fund").json
    assert plan["floor_reachable"] is True
    assert sum(float(line["amount"]) for line in plan["split"]) >= 30000
    caps = {"领衔人": 10000, "骨干成员": 5000, "其他参与人员": 2000}
    assert all(float(line["amount"]) <= caps[line["role"]] for line in plan["split"])


def test_no_planner_where_rewards_are_banned(run, write):
    answer = run("plan", write("team.json", {}), "--regulation", "jy-2022")
    assert answer.code == 1
    assert "第十三条" in answer.json["error"]["message"]


def test_the_calls_shape(run):
    assert run().code == 2
    wrong = run("chek")
    assert wrong.code == 2
    assert wrong.out == ""
    assert "命令写法不对" in wrong.err
    assert run("plan").code == 2
    assert run("check", "--nonsense").code == 2


def test_help_is_in_chinese(run):
    said = run("--help")
    assert said.code == 0
    for word in ("用法：", "选项", "命令", "regulations", "package"):
        assert word in said.out
    assert "show this help" not in said.out
    assert "--stage" in run("check", "--help").out


def test_as_a_process(tmp_path: Path):
    """The real program: UTF-8 on standard output under a plain locale, exit code, no traceback."""
    facts = tmp_path / "f.json"
    facts.write_text('{"nonsense": 1}', "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "check", str(facts), "--regulation", NM],
        capture_output=True,
        env={"LC_ALL": "C", "PATH": "", "HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
    )
    assert done.returncode == 1
    error = json.loads(done.stdout.decode("utf-8"))["error"]
    assert error["where"] == "nonsense"
    assert b"Traceback" not in done.stdout


def test_plain_facts_are_judged_without_what_a_database_needs(tmp_path):
    facts = tmp_path / "facts.json"
    facts.write_text("{}", "utf-8")
    code = "import sys; from desktop.__main__ import main; code = main(sys.argv[1:]); "
    code += "sys.exit(code or [name for name in ('sqlalchemy', 'cryptography', 'PySide6') if name in sys.modules])"
    for words in (["regulations"], ["check", str(facts), "--regulation", "nm-2026-build"]):
        command = [sys.executable, "-c", code, *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path.cwd())
        assert done.stderr.strip() in ("", "[]"), done.stderr
        assert json.loads(done.stdout)
