"""Papers from bad data, through the command line: a clear refusal that names the field, or a right page."""

import io
import json
import resource
from contextlib import contextmanager

import pypdfium2
import pytest

from desktop.documents.kinds import KINDS
from desktop.documents.measure import Status, check_pdf
from tests.documents.form_samples import full

NOTICE = {
    "issuer": "左翼中旗总工会",
    "number": {"code": "左中工发", "year": 2026, "serial": 18},
    "title": "关于做好2026年劳模工匠创新工作室申报工作的通知",
    "to": ["各基层工会"],
    "body": ["现将有关事项通知如下。", "请认真组织落实。"],
    "date": "2026-09-01",
}
MARKUP = "<b>甲&乙</b>&amp;<font size=99>丙</font>{\\rtf}%s\\n"
LONG = "技术攻关创新工作室" * 33 + "甲乙丙"
STRANGE = {
    "control": "通知\x07如下",
    "null": "通知\x00如下",
    "escape": "通知\x1b[31m如下",
    "right-to-left": "通知\u202e如下",
    "isolate": "通知\u2067如下",
    "byte order": "通知\ufeff如下",
    "private use": "通知\ue000如下",
    "unassigned": "通知\U000e0fff如下",
}


def text_of(content: bytes) -> str:
    with pypdfium2.PdfDocument(io.BytesIO(content)) as book:
        return "".join("".join(page.get_textpage().get_text_range() for page in book).split())


def made(run, write, tmp_path, kind, data):
    out = tmp_path / "p.pdf"
    return run("paper", kind, write("d.json", data), out), out


@pytest.mark.parametrize("strange", STRANGE.values(), ids=list(STRANGE))
@pytest.mark.parametrize("field", ["title", "body", "to", "issuer"])
def test_characters_that_cannot_be_printed_are_refused_by_field(run, write, tmp_path, field, strange):
    value = strange if field in ("title", "issuer") else [strange]
    file, out = tmp_path / "d.json", tmp_path / "p.pdf"
    file.write_text(json.dumps({**NOTICE, field: value}), "ascii")
    answer = run("paper", "notice", file, out)
    assert answer.code == 1
    assert answer.json["error"]["where"].startswith(field)
    assert not out.exists()


@pytest.mark.parametrize("field", ["title", "body"])
def test_half_a_character_is_refused_before_any_field_is_read(run, tmp_path, field):
    file, out = tmp_path / "d.json", tmp_path / "p.pdf"
    value = "通知\ud842如下" if field == "title" else ["通知\ud842如下"]
    # It can only stand in a file as its escape.
    file.write_text(json.dumps({**NOTICE, field: value}), "ascii")
    answer = run("paper", "notice", file, out)
    assert answer.code == 1
    assert "不完整的字符" in answer.json["error"]["message"]
    assert not out.exists()


@pytest.mark.parametrize("kind", ["notice", "letter", "minutes", "report"])
def test_markup_is_printed_as_it_stands(run, write, tmp_path, kind):
    answer, out = made(
        run, write, tmp_path, kind, {**NOTICE, "body": [MARKUP, "正文。"], "title": f"关于{MARKUP}的通知"}
    )
    assert answer.code == 0, answer.err
    said = text_of(out.read_bytes())
    assert said.count("".join(MARKUP.split())) == 2


@pytest.mark.parametrize("field", sorted(NOTICE))
@pytest.mark.parametrize("empty", ["", None, [], {}, "　　"], ids=["text", "null", "list", "object", "blanks"])
def test_an_empty_field_is_refused_or_left_out(run, write, tmp_path, field, empty):
    answer, out = made(run, write, tmp_path, "notice", {**NOTICE, field: empty})
    assert answer.code in (0, 1), answer.err
    if answer.code == 0:
        assert field in ("to", "number")
        assert not [check for check in check_pdf(out.read_bytes()) if check.status is Status.FAIL]
    else:
        assert answer.json["error"]["where"].split(".")[0].split("[")[0] in (field, "issuer", "issuers")


def test_names_of_300_characters_are_set_or_refused_in_words(run, write, tmp_path):
    answer, out = made(run, write, tmp_path, "notice", {**NOTICE, "to": [LONG]})
    assert answer.code == 0, answer.err
    assert LONG in text_of(out.read_bytes())
    assert not [check for check in check_pdf(out.read_bytes()) if check.status is Status.FAIL]
    for field in ("issuer", "title"):
        answer, out = made(run, write, tmp_path, "notice", {**NOTICE, field: LONG})
        assert answer.code == 1
        assert answer.json["error"]["where"] in (field, "mark")
        assert answer.json["error"]["message"]


@pytest.mark.parametrize("kind", ["application-form", "first-review", "expense-detail", "reward-table", "expert-draw"])
def test_a_form_takes_names_of_300_characters_whole(run, write, tmp_path, kind):
    data = full(KINDS[kind].fields)
    name = "workroom_name" if "workroom_name" in data else "purpose"
    if kind == "application-form":
        data["workroom"]["name"] = LONG
    else:
        data[name] = LONG
    answer, out = made(run, write, tmp_path, kind, data)
    if answer.code == 1:
        assert answer.json["error"]["where"]
    else:
        assert LONG in text_of(out.read_bytes())


def test_a_table_of_500_rows_is_whole(run, write, tmp_path):
    rows = [[str(number), f"第{number}创新工作室", "某某机械制造有限公司"] for number in range(1, 501)]
    table = {"columns": ["序号", "工作室", "单位"], "rows": rows}
    answer, out = made(run, write, tmp_path, "notice", {**NOTICE, "attachments": [{"title": "名单", "table": table}]})
    assert answer.code == 0, answer.err
    said = text_of(out.read_bytes())
    assert all(f"第{number}创新工作室" in said for number in range(1, 501))
    assert not [check for check in check_pdf(out.read_bytes()) if check.status is Status.FAIL]


def test_a_table_with_a_row_of_another_length_is_refused_by_row(run, write, tmp_path):
    table = {"columns": ["序号", "工作室"], "rows": [["1", "甲"], ["2"]]}
    answer, _ = made(run, write, tmp_path, "notice", {**NOTICE, "attachments": [{"title": "名单", "table": table}]})
    assert answer.code == 1
    assert answer.json["error"]["where"] == "attachments[0].table.rows[1]"


@contextmanager
def full_disk(size: int):
    """No file may grow past `size` bytes, as on a disk without room."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_the_old_file_and_says_so(run, write, tmp_path):
    data, out = write("d.json", NOTICE), tmp_path / "p.pdf"
    out.write_bytes(b"old")
    with full_disk(4096):
        answer = run("paper", "notice", data, out)
    assert answer.code == 1
    assert "磁盘" in answer.json["error"]["message"] or "空间" in answer.json["error"]["message"]
    assert out.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir() if file.suffix not in (".json", ".pdf")] == []


def test_a_folder_that_is_not_there_or_is_a_file_is_refused(run, write, tmp_path):
    data = write("d.json", NOTICE)
    blocked = tmp_path / "file"
    blocked.write_text("x", "utf-8")
    answer = run("paper", "notice", data, blocked / "p.pdf")
    assert answer.code == 1
    assert answer.json["error"]["message"]


@pytest.mark.parametrize("content", ["", "{", "[1, 2", "\ufeff{}", "null", "3", '"text"', "[]"])
def test_a_file_that_holds_no_paper_is_refused(run, tmp_path, content):
    file = tmp_path / "d.json"
    file.write_text(content, "utf-8")
    answer = run("paper", "notice", file, tmp_path / "p.pdf")
    assert answer.code == 1
    assert answer.json["error"]["message"]
    assert not (tmp_path / "p.pdf").exists()


def test_reissue_and_void_through_the_command_line(run, tmp_path):
    run(
        "--database", tmp_path / "d.db", "init", "--office", "左翼中旗总工会", "--level", "县级", "--region", "左翼中旗"
    )
    base = ("--database", tmp_path / "d.db")
    run(*base, "demo", "--workrooms", "3")
    grants = run(*base, "list", "grants").json.get("grants", None)
    listed = grants if grants is not None else run(*base, "list", "grants").json["records"]
    made = run(*base, "issue", "disbursement-notice", "grants", listed[0]["id"], tmp_path / "a.pdf")
    assert made.code == 0, made.json
    old = made.json["id"]
    assert run(*base, "reissue", old, tmp_path / "b.pdf", "--reason", " ").code == 1
    again = run(*base, "reissue", old, tmp_path / "b.pdf", "--reason", "金额有误")
    assert again.code == 0, again.json
    assert again.json["replaces_id"] == old
    assert again.json["replaced"]["state"] == "已作废"
    assert run(*base, "void", old, "--reason", "再次").code == 1
    assert run(*base, "void", again.json["id"], "--reason", "不再需要").json["void_reason"] == "不再需要"
