"""Records from the command line: making, changing, finding, judging, undoing nothing by half."""

import json
from pathlib import Path

import pytest

from desktop.cli import main


def test_init_makes_the_database_once(run, tmp_path: Path):
    path = tmp_path / "new.db"
    call = ("--database", path, "init", "--office", "甲旗总工会", "--level", "县级", "--region", "甲旗")
    first = run(*call, "--regulations", "nm-2026-build,nm-2026-fund")
    assert first.code == 0
    assert first.json["name"] == "甲旗总工会"
    assert len(first.json["public_key"]) == 64
    before = path.read_bytes()
    again = run(*call)
    assert again.code == 1
    assert "不会覆盖" in again.json["error"]["message"]
    assert path.read_bytes() == before


def test_init_refuses_an_unknown_regulation_before_anything_is_made(run, tmp_path: Path):
    path = tmp_path / "new.db"
    office = ("--office", "甲", "--level", "县级", "--region", "甲")
    answer = run("--database", path, "init", *office, "--regulations", "none")
    assert answer.code == 1
    assert not path.exists()
    assert run("--database", path, "init", "--office", "甲", "--level", "乡级", "--region", "甲").code == 2


def test_a_missing_database_is_said_so(run, tmp_path: Path):
    answer = run("--database", tmp_path / "none.db", "list", "units")
    assert answer.code == 1
    assert "找不到数据库" in answer.json["error"]["message"]


def test_the_demo_is_the_same_for_the_same_seed(run, tmp_path: Path):
    found = []
    for name in ("a.db", "b.db"):
        call = ("--database", tmp_path / name)
        run(*call, "init", "--office", "甲旗总工会", "--level", "县级", "--region", "甲旗")
        assert run(*call, "demo", "--workrooms", "5", "--seed", "7").code == 0
        found.append([_without_ids(one) for one in run(*call, "list", "workrooms").json["workrooms"]])
    assert found[0] == found[1]
    assert len(found[0]) == 5


def _without_ids(record: dict) -> dict:
    return {name: value for name, value in record.items() if name != "id" and not name.endswith("_id")}


def test_the_demo_has_years_behind_it_when_asked(run, tmp_path: Path):
    call = ("--database", tmp_path / "life.db")
    run(*call, "init", "--office", "示例市总工会", "--level", "市级", "--region", "示例市")
    made = run(*call, "demo", "--workrooms", "6", "--years", "5")
    assert made.code == 0
    plans = run(*call, "list", "plans").json["plans"]
    assert {row["year"] for row in plans} >= set(range(2021, 2027))
    assert run(*call, "demo", "--workrooms", "1", "--years", "-2").code != 0


def test_two_counties_that_tried_the_demo_can_meet(run, tmp_path: Path):
    ids = []
    for name in ("a.db", "b.db"):
        call = ("--database", tmp_path / name)
        run(*call, "init", "--office", f"{name}总工会", "--level", "县级", "--region", name)
        run(*call, "demo", "--workrooms", "3")
        ids.append({one["id"] for one in run(*call, "list", "workrooms").json["workrooms"]})
    assert not ids[0] & ids[1]


def test_the_demo_wants_an_empty_database(desk):
    answer = desk("demo")
    assert answer.code == 1
    assert answer.json["error"]["message"]


def test_nouns_are_json_schema(run):
    nouns = run("nouns").json
    for noun in ("offices", "units", "people", "workrooms", "members", "outcomes", "applications", "grants"):
        assert noun in json.dumps(nouns, ensure_ascii=False)


def test_put_creates_updates_and_returns_records(desk, write):
    made = desk("put", "units", write("u.json", {"name": "蒙东重工有限公司"})).json["units"][0]
    assert made["name"] == "蒙东重工有限公司"
    changed = desk("put", "units", write("u.json", {"id": made["id"], "industry": "装备制造"})).json["units"][0]
    assert changed == {**made, "industry": "装备制造"}
    assert desk("get", "units", made["id"]).json == changed


def test_put_is_all_or_nothing(desk, write):
    before = desk("list", "units").json["units"]
    answer = desk("put", "units", write("u.json", [{"name": "好的"}, {"name": "坏的", "nonsense": 1}]))
    assert answer.code == 1
    assert "nonsense" in answer.json["error"]["where"]
    assert desk("list", "units").json["units"] == before


@pytest.mark.parametrize(
    ("noun", "data", "where"),
    [
        ("workrooms", {"name": "甲", "venue_area_sqm": "大"}, "venue_area_sqm"),
        ("workrooms", {"name": "甲", "established_on": "2024/1/1"}, "established_on"),
        ("workrooms", {"name": "甲", "level": "乡级"}, "level"),
        ("workrooms", {"name": "甲", "unit_id": "11111111-1111-4111-8111-111111111111"}, "unit_id"),
        ("grants", {"regulation": "nm-2026-fund", "grant_total_yuan": "50000.001"}, "grant_total_yuan"),
        ("workrooms", {"kind": "劳模"}, "name"),
    ],
)
def test_bad_records_are_refused_by_field(desk, write, noun, data, where):
    answer = desk("put", noun, write("r.json", data))
    assert answer.code == 1
    assert where in answer.json["error"]["where"]


def test_money_goes_in_as_text_or_number_and_comes_out_with_two_places(desk, write):
    room = desk("list", "workrooms").json["workrooms"][0]["id"]
    for given in ("50000", 50000, "50000.00", 50000.0):
        data = {"regulation": "nm-2026-fund", "workroom_id": room, "grant_total_yuan": given}
        assert desk("put", "grants", write("g.json", data)).json["grants"][0]["grant_total_yuan"] == "50000.00"


def test_search_finds_by_part_of_a_name_and_by_initials(desk, write):
    leader = desk("put", "people", write("p.json", {"name": "曾䶮"})).json["people"][0]
    room = {"name": "䶮光创新工作室", "leader_id": leader["id"]}
    made = desk("put", "workrooms", write("w.json", room)).json["workrooms"][0]
    for text in ("䶮光", "光创", "zy", "曾"):
        assert made["id"] in [one["id"] for one in desk("list", "workrooms", "--search", text).json["workrooms"]], text
    assert desk("list", "workrooms", "--search", "没有这样的").json["workrooms"] == []


def test_list_filters_and_writes_lines(desk):
    every = desk("list", "workrooms").json["workrooms"]
    level = every[0]["level"]
    some = desk("list", "workrooms", "--where", f"level={level}", "--lines").lines
    assert [one["id"] for one in some] == [one["id"] for one in every if one["level"] == level]
    assert desk("list", "workrooms", "--where", "nonsense=1").code == 1
    for wrong in ("level", "=县级", ""):
        answer = desk("list", "workrooms", "--where", wrong)
        assert (answer.code, answer.out) == (2, "")
        assert "字段=值" in answer.err
    assert desk("list", "nonsense").json["error"]["where"]


def test_delete_and_its_refusal(desk, write):
    made = desk("put", "units", write("u.json", {"name": "要删的"})).json["units"][0]
    assert desk("delete", "units", made["id"]).json == {"deleted": made["id"]}
    assert desk("get", "units", made["id"]).code == 1
    assert desk("delete", "units", made["id"]).code == 1


def test_judge_builds_facts_from_records(desk, write):
    """Four people and a leader pass; one leaves before the day, and the team is one short."""
    people = desk("put", "people", write("p.json", [{"name": f"人{n}"} for n in range(5)])).json["people"]
    room = {"name": "判定用工作室", "leader_id": people[0]["id"], "established_on": "2024-09-01"}
    made = desk("put", "workrooms", write("w.json", room)).json["workrooms"][0]
    members = [{"workroom_id": made["id"], "person_id": one["id"]} for one in people[1:]]
    rows = desk("put", "members", write("m.json", members)).json["members"]
    data = {"workroom_id": made["id"], "regulation": "nm-2026-build", "reference_date": "2026-09-01"}
    application = desk("put", "applications", write("a.json", data)).json["applications"][0]

    def status(rule: str) -> tuple[str, str]:
        findings = desk("judge", application["id"]).json["findings"]
        return next((one["status"], one["message"]) for one in findings if one["rule"] == rule)

    assert status("nm-2026-build-7.2a")[0] == "pass"
    assert status("nm-2026-build-7.2b")[0] == "pass"
    desk("put", "members", write("m.json", {"id": rows[0]["id"], "left_on": "2026-08-31"}))
    assert status("nm-2026-build-7.2a")[0] == "fail"
    assert "1人" in status("nm-2026-build-7.2a")[1]
    desk("put", "workrooms", write("w.json", {"id": made["id"], "established_on": "2024-09-02"}))
    assert status("nm-2026-build-7.2b")[0] == "fail"


def test_facts_given_with_the_application_are_attested(desk, write):
    room = desk("list", "workrooms").json["workrooms"][0]["id"]
    data = {"workroom_id": room, "regulation": "nm-2026-build", "facts": {"orientation_confirmed": True}}
    made = desk("put", "applications", write("a.json", data)).json["applications"][0]
    findings = {one["rule"]: one["status"] for one in desk("judge", made["id"]).json["findings"]}
    assert findings["nm-2026-build-7.0"] == "pass"
    wrong = {"id": made["id"], "facts": {"no_such_fact": True}}
    assert "no_such_fact" in desk("put", "applications", write("a.json", wrong)).json["error"]["where"]


def test_history_says_who_when_and_what(desk, write, run, county):
    made = desk("put", "units", write("u.json", {"name": "旧名"})).json["units"][0]
    run("--database", county, "--operator", "王敏", "put", "units", write("u.json", {"id": made["id"], "name": "新名"}))
    changes = desk("history", "units", made["id"]).json["changes"]
    last = next(one for one in reversed(changes) if one["field"] == "name")
    assert (last["old"], last["new"], last["operator"]) == ("旧名", "新名", "王敏")
    assert last["title"] == "单位名称"


def test_verify_backup_and_restore(desk, write, tmp_path: Path):
    assert desk("verify").code == 0
    copy = tmp_path / "copy.db"
    assert desk("backup", copy).code == 0
    made = desk("put", "units", write("u.json", {"name": "备份之后"})).json["units"][0]
    assert desk("restore", copy).code == 0
    assert desk("get", "units", made["id"]).code == 1
    assert desk("verify").code == 0


def test_a_file_that_is_no_database(run, tmp_path: Path):
    path = tmp_path / "x.db"
    path.write_text("这不是数据库" * 500, "utf-8")
    answer = run("--database", path, "list", "units")
    assert answer.code == 1
    assert answer.json["error"]["code"] == "storage"
    assert path.read_text("utf-8").startswith("这不是数据库")


def test_a_fault_of_the_program_is_three_without_a_traceback_on_standard_output(monkeypatch, capsys):
    from desktop.cli import judging

    def broken(_: object) -> None:
        raise RuntimeError("bug")

    monkeypatch.setattr(judging.carried, "summaries", lambda: broken(None))
    assert main(["regulations"]) == 3
    assert capsys.readouterr().out == ""
