"""Document numbers from the command line."""

import pytest

CODE = "左中工发"


@pytest.fixture
def call(run, county):
    return lambda *arguments: run("--database", county, *arguments)


def issue(call, out):
    grant = call("list", "grants", "--lines").lines[0]["id"]
    return call("issue", "quota-notice", "grants", grant, out).json


def test_the_register_explains_every_gap(call, tmp_path):
    assert call("numbers", "explain", CODE, 1, 17, "--reason", "上半年纸质发文", "--by-hand").code == 0
    year = issue(call, tmp_path / "p.pdf")["number_year"]
    found = call("numbers", "list", CODE, "--year", year).json
    assert [line["serial"] for line in found["numbers"]] == list(range(1, 19))
    assert found["counts"]["手工用号"] == 17
    assert found["counts"]["已用"] == 1
    assert found["next"] == 19
    assert call("numbers", "sequences").json["sequences"] == [{"code": CODE, "year": year}]


def test_a_reserved_range_is_taken_from_and_a_refusal_is_said(call, tmp_path):
    made = call("numbers", "reserve", CODE, 30, 31, "--holder", "二号电脑").json
    assert issue(call, tmp_path / "a.pdf")["number_serial"] == 1
    assert call("numbers", "take", made["id"]).json["holder"] == "二号电脑"
    assert [issue(call, tmp_path / f"{n}.pdf")["number_serial"] for n in range(3)] == [30, 31, 2]
    assert call("numbers", "reserve", CODE, 31, 40, "--holder", "三号电脑").json["error"]["where"] == "first"
    spare = call("numbers", "reserve", CODE, 60, 69, "--holder", "三号电脑").json
    assert call("numbers", "withdraw", spare["id"]).json["last"] == 69
    assert call("numbers", "withdraw", made["id"]).code == 1
    assert call("numbers", "explain", CODE, 5, 4, "--reason", "x").code == 1
    assert call("numbers", "reserve", CODE, 50, 60).code == 2


def test_the_register_as_files(call, tmp_path):
    issue(call, tmp_path / "p.pdf")
    for name in ("r.pdf", "r.xlsx"):
        assert call("numbers", "list", CODE, "--out", tmp_path / name).json["entries"] == 1
        assert (tmp_path / name).stat().st_size > 1000
    assert call("numbers", "list", CODE, "--out", tmp_path / "r.doc").code == 1


@pytest.mark.parametrize("year", ["0", "26", "-1", "20260"])
def test_a_year_is_four_digits(desk, year):
    answer = desk("numbers", "list", "左中工发", f"--year={year}")
    assert answer.code == 1
    assert answer.json["error"]["where"] == "year"
