"""Papers from the command line: from plain data, from records, in batches."""

from pathlib import Path

import pytest
from PIL import Image

NOTICE = {
    "issuer": "左翼中旗总工会",
    "number": {"code": "左中工发", "year": 2026, "serial": 18},
    "title": "关于做好2026年劳模工匠创新工作室申报工作的通知",
    "to": ["各基层工会"],
    "body": ["现将有关事项通知如下。", "一、申报条件", "按办法执行。"],
    "date": "2026-09-01",
}


def test_every_kind_is_listed_with_its_fields(run):
    kinds = {one["id"]: one for one in run("papers").json["papers"]}
    official = {"notice", "letter", "publicity", "decision", "reply", "report", "request", "minutes"}
    assert official <= set(kinds)
    assert {"application-form", "recommendation", "naming-decision", "disbursement-notice"} <= set(kinds)
    assert {"reward-table", "signature-sheet"} <= set(kinds)
    assert all(one["name"] and one["fields"]["properties"] for one in kinds.values())


@pytest.mark.parametrize("kind", ["notice", "letter", "publicity", "decision", "reply", "minutes"])
def test_an_official_paper_as_pdf(run, write, tmp_path: Path, kind):
    out = tmp_path / "p.pdf"
    answer = run("paper", kind, write("n.json", NOTICE), out)
    assert answer.code == 0, answer.err
    assert out.read_bytes().startswith(b"%PDF-")


def test_the_same_as_docx(run, write, tmp_path: Path):
    out = tmp_path / "p.docx"
    assert run("paper", "notice", write("n.json", NOTICE), out).code == 0
    assert out.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("change", "where"),
    [({"title": ""}, "title"), ({"nonsense": 1}, "nonsense"), ({"date": "2026.9.1"}, "date"), ({"body": 5}, "body")],
)
def test_bad_data_is_refused_by_field_and_no_file_is_left(run, write, tmp_path: Path, change, where):
    out = tmp_path / "p.pdf"
    answer = run("paper", "notice", write("n.json", {**NOTICE, **change}), out)
    assert answer.code == 1
    assert where in answer.json["error"]["where"]
    assert not out.exists()


def test_an_unknown_kind_or_ending(run, write, tmp_path: Path):
    data = write("n.json", NOTICE)
    assert run("paper", "nonsense", data, tmp_path / "p.pdf").json["error"]["code"] == "not_found"
    assert "后缀" in run("paper", "notice", data, tmp_path / "p.txt").json["error"]["message"]


def test_a_batch_writes_all_or_says_which_is_wrong(run, write, tmp_path: Path):
    several = [{**NOTICE, "title": f"关于第{n}项工作的通知"} for n in range(1, 4)]
    assert len(run("batch", "notice", write("b.json", several), tmp_path / "out").json["files"]) == 3
    merged = run("batch", "notice", write("b.json", several), tmp_path / "one", "--merge").json["files"]
    assert Path(merged[0]).is_file()
    several[1]["title"] = ""
    bad = run("batch", "notice", write("b.json", several), tmp_path / "bad")
    assert "第2份" in bad.json["error"]["message"]
    assert not (tmp_path / "bad").exists()


def first(desk, noun: str, **where) -> str:
    rows = desk("list", noun).json[noun]
    return next(row["id"] for row in rows if all(row[name] == value for name, value in where.items()))


def test_issuing_takes_the_next_number_and_files_the_paper(desk, tmp_path: Path):
    grant = first(desk, "grants")
    numbers = [
        desk("issue", "disbursement-notice", "grants", grant, tmp_path / f"{n}.pdf").json["document_number"]
        for n in range(2)
    ]
    assert numbers[0].endswith("1号")
    assert numbers[1].endswith("2号")
    assert numbers[0][:-2] == numbers[1][:-2]
    filed = desk("list", "documents").json["documents"]
    assert {one["document_number"] for one in filed} >= set(numbers)
    changed = desk("put", "documents", _file(tmp_path, {"id": filed[0]["id"], "title": "改"}))
    assert changed.json["error"]["code"] == "not_allowed"


def _file(folder: Path, value: object) -> Path:
    import json

    path = folder / "data.json"
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return path


def test_the_application_form_carries_its_short_code(desk, tmp_path: Path):
    application = first(desk, "applications")
    out = tmp_path / "form.pdf"
    filed = desk("issue", "application-form", "applications", application, out).json
    assert len(filed["short_code"]) == 9
    import pypdfium2

    with pypdfium2.PdfDocument(out) as book:
        text = "".join(page.get_textpage().get_text_range() for page in book)
    assert filed["short_code"] in text


def test_what_is_missing_is_named_before_a_number_is_taken(desk, tmp_path: Path):
    application = first(desk, "applications")
    answer = desk("issue", "publicity", "applications", application, tmp_path / "p.pdf")
    assert answer.code == 1
    assert "公示开始日期" in answer.json["error"]["message"]
    assert not (tmp_path / "p.pdf").exists()
    days = _file(tmp_path, {"publicity_start": "2026-09-01", "publicity_end": "2026-09-07"})
    given = desk("issue", "publicity", "applications", application, tmp_path / "p.pdf", "--data", days)
    assert given.code == 0, given.err


def test_a_paper_of_the_wrong_noun(desk, tmp_path: Path):
    answer = desk("issue", "application-form", "grants", first(desk, "grants"), tmp_path / "p.pdf")
    assert answer.code == 1
    assert "applications" in answer.json["error"]["message"]


def test_a_paper_is_measured_by_the_clauses(run, write, tmp_path: Path):
    for ending in ("pdf", "docx"):
        out = tmp_path / f"p.{ending}"
        run("paper", "notice", write("n.json", NOTICE), out)
        answer = run("inspect-paper", out)
        assert answer.code == 0, answer.err
        assert answer.json["failed"] == 0
        assert all(check["clause"] and check["required"] for check in answer.json["checks"])
    refused = run("inspect-paper", write("n.json", NOTICE))
    assert refused.json["error"]["where"] == "file"


@pytest.mark.parametrize("secrecy", ["绝密", "机密", "秘密", "机密★1年", "秘密★6个月", "绝密★长期", "秘密★启用前"])
def test_the_three_degrees_of_secrecy_with_their_term(run, write, tmp_path: Path, secrecy):
    answer = run("paper", "notice", write("n.json", {**NOTICE, "secrecy": secrecy}), tmp_path / "p.pdf")
    assert answer.code == 0, answer.err


@pytest.mark.parametrize("secrecy", ["内部", "机密1年", "机密★", "机密★一年", "机密★ 1年", "秘密★1年★", "绝密件"])
def test_any_other_secrecy_is_refused(run, write, tmp_path: Path, secrecy):
    answer = run("paper", "notice", write("n.json", {**NOTICE, "secrecy": secrecy}), tmp_path / "p.pdf")
    assert answer.code == 1
    assert answer.json["error"]["where"] == "secrecy"
    assert "绝密、机密或秘密" in answer.json["error"]["message"]


@pytest.mark.parametrize(
    ("kind", "change", "warned"),
    [
        ("report", {}, True),
        ("request", {}, True),
        ("report", {"signer": "王珺"}, False),
        ("report", {"number": None}, False),
        ("notice", {}, False),
    ],
)
def test_upward_papers_without_a_signer_are_warned_of(run, write, tmp_path: Path, kind, change, warned):
    data = {name: value for name, value in {**NOTICE, **change}.items() if value is not None}
    made = run("paper", kind, write("n.json", data), tmp_path / "p.pdf")
    assert made.code == 0, made.err
    assert any("签发人" in words for words in made.json["warnings"]) is warned
    together = run("batch", kind, write("b.json", [data]), tmp_path / "out", "--merge").json
    assert any(words.startswith("第1份：") for words in together["warnings"]) is warned


EVERYTHING = {
    "signer": "王珺",
    "secrecy": "机密★5年",
    "urgency": "特急",
    "printed_by": "左翼中旗总工会办公室",
    "printed_on": "2026-09-02",
}


@pytest.mark.parametrize(
    ("kind", "change", "told"),
    [
        ("request", {}, []),
        ("notice", {}, ["签发人"]),
        ("notice", {"signer": None}, []),
        ("letter", {}, ["签发人", "印发机关"]),
        ("publicity", {"number": None}, ["签发人", "份号、密级"]),
        ("report", {"number": None}, ["签发人", "份号、密级"]),
        ("notice", {"number": None, "mark": "左翼中旗总工会文件"}, ["签发人"]),
    ],
)
def test_what_is_given_and_has_no_place_in_the_paper_is_told(run, write, tmp_path: Path, kind, change, told):
    data = {name: value for name, value in {**NOTICE, **EVERYTHING, **change}.items() if value is not None}
    made = run("paper", kind, write("n.json", data), tmp_path / "p.pdf")
    assert made.code == 0, made.err
    warnings = made.json["warnings"]
    assert len(warnings) == len(told)
    assert all(word in words for word, words in zip(told, warnings, strict=True))
    together = run("batch", kind, write("b.json", [data]), tmp_path / "out", "--merge").json
    assert together["warnings"] == [f"第1份：{words}" for words in warnings]


def test_a_file_that_can_be_edited_bears_no_seal_and_says_so(run, write, tmp_path: Path):
    Image.new("RGBA", (400, 400), (220, 0, 0, 255)).save(tmp_path / "seal.png")
    call = ("paper", "notice", write("n.json", NOTICE))
    word = run(*call, tmp_path / "p.docx", "--seal", tmp_path / "seal.png")
    assert word.code == 0, word.err
    assert any("印章图片" in words for words in word.json["warnings"])
    assert run(*call, tmp_path / "p.pdf", "--seal", tmp_path / "seal.png").json["warnings"] == []


@pytest.mark.parametrize(
    ("diameter", "told"), [(42, False), (45, False), (46, False), (48, True), (50, False), (55, True)]
)
def test_a_seal_of_a_size_that_no_rule_knows_is_told(run, write, tmp_path: Path, diameter, told):
    Image.new("RGBA", (400, 400), (220, 0, 0, 255)).save(tmp_path / "seal.png")
    image = ("--seal", tmp_path / "seal.png", "--seal-diameter", diameter)
    made = run("paper", "notice", write("n.json", NOTICE), tmp_path / "p.pdf", *image)
    assert made.code == 0, made.err
    assert any("印章直径" in words for words in made.json["warnings"]) is told
    batch = run("batch", "notice", write("b.json", [NOTICE, NOTICE]), tmp_path / "out", *image).json
    assert len(batch["warnings"]) == int(told)
