"""Files that are odd but real: each wrong thing is one plain message and spoils nothing beside it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

NM = "nm-2026-build"
GOOD = {"id": "good", "regulation": NM, "facts": {"team_total_incl_leader": 5}}
BAD = [
    ('{"id": NaN, "regulation": "nm-2026-build", "facts": {}}', "id"),
    ('{"id": 1e999, "regulation": "nm-2026-build", "facts": {}}', "id"),
    ('{"id": ["a"], "regulation": "nm-2026-build", "facts": {}}', "id"),
    ('{"id": "n", "regulation": "nm-2026-build", "facts": {"team_total_incl_leader": NaN}}', "team_total_incl_leader"),
    ('{"id": "i", "regulation": "nm-2026-build", "facts": {"grant_total_yuan": -1e999}}', "grant_total_yuan"),
    ('{"id": "t", "regulation": "nm-2026-build", "facts": {"venue_fixed": true, "venue_fixed": false}}', "venue_fixed"),
    ('{"id": "\\ud800", "regulation": "nm-2026-build", "facts": {}}', ""),
    ('{"id": "h", "regulation": "nm-2026-build", "facts": {"\\udfff": 1}}', ""),
    ('{"id": "f", "regulation": "nm-2026-build", "facts": null}', "facts"),
    ('{"id": "r", "regulation": null, "facts": {}}', "regulation"),
    ('{"id": "d", "regulation": "nm-2026-build", "facts": {}, "on": "2026-W01-1"}', "on"),
    ('{"id": "e", "regulation": "nm-2026-build", "facts": {}, "on": 20260901}', "on"),
    ('{"id": "s", "regulation": "nm-2026-build", "facts": {}, "stage": ["申报"]}', "stage"),
    ("7", ""),
]


@pytest.mark.parametrize("form", ["array", "lines", "windows lines"])
@pytest.mark.parametrize(("bad", "where"), BAD)
def test_a_bad_case_spoils_no_other(run, write, form, bad, where):
    good = json.dumps(GOOD, ensure_ascii=False)
    text = {
        "array": f"[{good} ,\n{bad}, {good}\n]",
        "lines": f"{good}\n{bad}\n{good}",
        "windows lines": f"\ufeff{good}\r\n{bad}\r\n\r\n{good}\r\n",
    }[form]
    answer = run("check", write("cases.json", text), "--lines")
    assert answer.code == 0
    first, second, third = answer.lines
    assert first == third
    assert first["id"] == "good"
    assert second["error"]["where"] == where
    assert second["error"]["message"].endswith("。")


def test_other_line_separators_inside_a_text_end_no_line(run, write):
    ids = ["甲\u2028乙", "丙\u0085丁", "戊\u2029己"]
    text = "\n".join(json.dumps({**GOOD, "id": name}, ensure_ascii=False) for name in ids)
    answer = run("check", write("cases.jsonl", text), "--lines")
    assert [json.loads(line)["id"] for line in answer.out.split("\n") if line] == ids


def test_options_stand_in_for_what_a_case_leaves_out(run, write):
    cases = [{"id": 1, "facts": {}}, {"id": 2, "facts": {}, "on": "2026-01-01", "stage": "年度"}]
    answer = run(
        "check", write("c.json", cases), "--lines", "--regulation", NM, "--on", "2026-09-01", "--stage", "申报"
    )
    assert [line["on"] for line in answer.lines] == ["2026-09-01", "2026-01-01"]
    assert [line["stage"] for line in answer.lines] == ["申报", "年度"]


@pytest.mark.parametrize("text", ["", "[]", "\ufeff[ ]\r\n", "\n\n"])
def test_no_cases_are_no_fault(run, write, text):
    answer = run("check", write("c.json", text), "--lines")
    assert (answer.code, answer.out, answer.err) == (0, "", "")


@pytest.mark.parametrize("text", ["[", "[{},", '[{"id": 1}', "[" * 50_000])
def test_an_array_that_is_no_json_is_refused_whole(run, write, text):
    answer = run("check", write("c.json", text), "--lines")
    assert answer.code == 1
    assert len(answer.lines) == 1
    assert "不是正确的 JSON" in answer.json["error"]["message"]


def test_a_call_without_a_regulation_is_a_wrong_call(run, write):
    answer = run("check", write("f.json", {}))
    assert answer.code == 2
    assert answer.out == ""
    assert "--regulation" in answer.err


@pytest.mark.parametrize("day", ["2026-W01-1", "２０２６-09-01", "2026-09-1 ", "2026-02-29", "0000-01-01", ""])
def test_only_a_day_written_in_full_is_a_day(run, write, day):
    answer = run("check", write("f.json", {}), "--regulation", NM, "--on", day)
    assert answer.code == 1
    assert answer.json["error"]["where"] == "on"


@pytest.mark.parametrize("settings", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "gbk"}, {"PYTHONIOENCODING": "cp1252"}])
def test_utf8_whatever_the_machine_speaks(tmp_path: Path, settings: dict[str, str]):
    folder = tmp_path / "事 实"
    folder.mkdir()
    (folder / "甲 乙.json").write_text('{"leader_name": "王\U00020b9f"}', "utf-8")
    call = [sys.executable, "-m", "desktop", "check", str(folder / "甲 乙.json"), "--regulation", NM, "--stage", "年初"]
    env = {"PATH": "", "HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2]), **settings}
    done = subprocess.run(call, capture_output=True, env=env, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode("utf-8"))["findings"][0]["title"] == "年初有计划"


@pytest.mark.skipif(os.name == "nt", reason="a name of arbitrary bytes")
def test_a_file_name_that_is_no_text_is_still_named(tmp_path: Path):
    call = [sys.executable, "-m", "desktop", "check", os.fsencode(tmp_path) + b"/\xff.json", "--regulation", NM]
    env = {"PATH": "", "HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(call, capture_output=True, env=env, check=False)
    assert done.returncode == 1
    assert json.loads(done.stdout.decode("utf-8"))["error"]["where"].endswith("\udcff.json")
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="pipes of a shell")
def test_a_reader_that_leaves_early_is_no_fault(tmp_path: Path):
    cases = tmp_path / "c.json"
    cases.write_text(json.dumps([GOOD] * 40), "utf-8")
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])}
    line = f'"{sys.executable}" -m desktop check "{cases}" --lines | head -c 20; echo "${{PIPESTATUS[0]}}" >&2'
    done = subprocess.run(["bash", "-c", line], capture_output=True, env=env, check=True)
    assert done.stderr == b"0\n"
