"""Seals, signatures and verification from the command line."""

import json
from pathlib import Path

import pikepdf
import pytest

from tests.cli.test_papers import NOTICE
from tests.documents.certificates import PASSPHRASE, pkcs12_file
from tests.documents.samples import seal_image

OFFICE = "左翼中旗总工会"


@pytest.fixture
def files(tmp_path: Path):
    made = {
        "seal.png": seal_image(700),
        "key.txt": "保管人自己的口令\n".encode(),
        "new.txt": "接手人另外的口令\n".encode(),
        "short.txt": b"1234\n",
        "office.p12": pkcs12_file(OFFICE),
        "short.p12": pkcs12_file(OFFICE, passphrase="1234"),
        "sign.txt": f"{PASSPHRASE}\n".encode(),
        "data.json": json.dumps(NOTICE).encode(),
        "several.json": json.dumps([NOTICE, {**NOTICE, "title": "关于第二项工作的通知"}]).encode(),
    }
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


@pytest.fixture
def sealed(run, county, files):
    """The sample county with a kept seal, and a function that runs a command on it."""

    def call(*arguments):
        return run("--database", county, *arguments)

    key = ("--seal-passphrase-file", files / "key.txt")
    answer = call("seal", "keep", files / "seal.png", "--issuer", OFFICE, "--keeper", "王敏", *key)
    assert answer.code == 0, answer.err
    call.id, call.key = answer.json["id"], key
    return call


def a_grant(call):
    return call("list", "grants", "--lines").lines[0]["id"]


def issue(call, out, *options):
    return call("issue", "quota-notice", "grants", a_grant(call), out, *options)


def test_keeping_a_seal_says_that_a_picture_is_no_legal_seal(sealed, files):
    (kept,) = sealed("list", "seals", "--lines").lines
    assert (kept["issuer"], kept["keeper"], kept["state"], kept["diameter_mm"]) == (OFFICE, "王敏", "在用", 42)
    answer = sealed("seal", "keep", files / "seal.png", "--issuer", OFFICE, "--keeper", "王敏", *sealed.key)
    assert any("不是国家标准的电子印章" in words for words in answer.json["warnings"])
    assert "不是法律意义上的电子印章" in sealed("seal", "keep", "--help").out


@pytest.mark.parametrize("content", [b"no image", b"", seal_image()[:3000]])
def test_a_bad_image_is_refused(sealed, files, content):
    (files / "bad.png").write_bytes(content)
    answer = sealed("seal", "keep", files / "bad.png", "--issuer", OFFICE, "--keeper", "王敏", *sealed.key)
    assert answer.code == 1
    assert answer.json["error"]["where"] == "seal"
    assert len(sealed("list", "seals", "--lines").lines) == 1


def test_issuing_with_a_kept_seal_is_entered_in_the_register(sealed, files):
    out = files / "p.pdf"
    answer = issue(sealed, out, "--seal-id", sealed.id, *sealed.key, "--purpose", "下达指标", "--approved-by", "包志强")
    assert answer.code == 0, answer.err
    with pikepdf.open(out) as book:
        assert any("/XObject" in page.Resources for page in book.pages)
    entry = next(one for one in sealed("seal", "uses").json["uses"] if one["action"] == "用印")
    assert entry["document_id"] == answer.json["id"]
    assert entry["paper_sha256"] == answer.json["sha256"]
    assert (entry["purpose"], entry["approved_by"], entry["keeper"]) == ("下达指标", "包志强", "王敏")
    assert answer.json["seal_uses"] == [entry["id"]]


def test_a_wrong_passphrase_takes_no_number(sealed, files):
    answer = issue(sealed, files / "p.pdf", "--seal-id", sealed.id, "--seal-passphrase-file", files / "new.txt")
    assert answer.code == 1
    assert answer.json["error"]["where"] == "passphrase"
    assert not (files / "p.pdf").exists()
    assert issue(sealed, files / "q.pdf").json["number_serial"] == 1


def test_a_seal_without_its_passphrase_is_a_wrong_call(sealed, files):
    assert issue(sealed, files / "p.pdf", "--seal-id", sealed.id).code == 2


def test_a_plain_image_is_not_entered_and_said(sealed, files):
    answer = issue(sealed, files / "p.pdf", "--seal", files / "seal.png")
    assert answer.code == 0, answer.err
    assert any("没有记入用印登记" in words for words in answer.json["warnings"])


def test_sealing_a_filed_paper(sealed, files):
    filed = issue(sealed, files / "p.pdf").json
    answer = sealed("seal", "set", filed["id"], files / "s.pdf", "--seal-id", sealed.id, *sealed.key)
    assert answer.code == 0, answer.err
    assert sealed("verify-paper", files / "s.pdf").json["filed"]["verdict"] == "sealed"


def test_the_life_of_a_seal(sealed, files):
    new = ("--new-passphrase-file", files / "new.txt")
    former = ("--seal-passphrase-file", files / "new.txt")
    assert sealed("seal", "passphrase", sealed.id, *sealed.key, *new).code == 0
    back = ("--new-passphrase-file", files / "key.txt")
    assert sealed("seal", "hand-over", sealed.id, "--keeper", "李娜", *former, *back).json["keeper"] == "李娜"
    assert sealed("seal", "carry", sealed.id, files / "x.seal").code == 0
    assert sealed("seal", "bring", sealed.id, files / "x.seal", *former).code == 1
    assert sealed("seal", "bring", sealed.id, files / "x.seal", *sealed.key).json["here"]
    assert sealed("seal", "stop", sealed.id, "--reason", "更名").json["state"] == "已停用"
    assert sealed("seal", "stop", sealed.id, "--reason", "更名").code == 1
    told = [one["action"] for one in sealed("seal", "uses").json["uses"]]
    assert told == ["停用", "移交", "更换口令", "启用"]


def test_the_register_as_files(sealed, files):
    for name in ("r.xlsx", "r.pdf"):
        assert sealed("seal", "uses", "--out", files / name).code == 0
        assert (files / name).stat().st_size > 1000
    assert sealed("seal", "uses", "--out", files / "r.txt").json["error"]["where"] == "out"


def test_signing_a_paper_and_verifying_it(run, files):
    out = files / "p.pdf"
    answer = run(
        "paper",
        "notice",
        files / "data.json",
        out,
        "--sign",
        files / "office.p12",
        "--passphrase-file",
        files / "sign.txt",
    )
    assert answer.code == 0, answer.err
    found = run("--database", files / "none.db", "verify-paper", out)
    assert found.code == 0
    assert found.json["signature"]["verdict"] == "intact"
    assert found.json["verdict"] == "intact"
    assert found.json["signature"]["signatures"][0]["signer"] == OFFICE
    assert found.json["filed"] is None
    assert OFFICE in found.json["message"]
    out.write_bytes(out.read_bytes().replace(b"/MediaBox[0 0 595", b"/MediaBox[0 0 596", 1))
    assert run("--database", files / "none.db", "verify-paper", out).json["signature"]["verdict"] == "altered"


def test_the_passphrase_may_stand_before_the_command_and_be_short(run, files):
    out = files / "p.pdf"
    answer = run(
        "--passphrase-file",
        files / "short.txt",
        "paper",
        "notice",
        files / "data.json",
        out,
        "--sign",
        files / "short.p12",
    )
    assert answer.code == 0, answer.err
    assert run("--database", files / "none.db", "verify-paper", out).json["signature"]["verdict"] == "intact"


def test_a_wrong_certificate_passphrase_writes_nothing(run, files):
    sign = ("--sign", files / "office.p12", "--passphrase-file", files / "key.txt")
    assert run("paper", "notice", files / "data.json", files / "p.pdf", *sign).json["error"]["where"] == "sign"
    assert run("batch", "notice", files / "several.json", files / "out", *sign).code == 1
    assert run("paper", "notice", files / "data.json", files / "p.docx", *sign).code == 1
    assert not (files / "p.pdf").exists()
    assert not (files / "out").exists()


def test_signing_a_batch_and_a_merged_one(run, files):
    sign = ("--sign", files / "office.p12", "--passphrase-file", files / "sign.txt")
    several = run("batch", "notice", files / "several.json", files / "out", *sign).json["files"]
    merged = run("batch", "notice", files / "several.json", files / "one", "--merge", *sign).json["files"]
    for file in (*several, *merged):
        found = run("--database", files / "none.db", "verify-paper", file).json["signature"]
        assert found["verdict"] == "intact"
        assert len(found["signatures"]) == 1


def test_issued_signed_and_matched(sealed, files):
    sign = ("--sign", files / "office.p12", "--passphrase-file", files / "sign.txt")
    filed = issue(sealed, files / "p.pdf", *sign).json
    found = sealed("verify-paper", files / "p.pdf").json
    assert (found["signature"]["verdict"], found["filed"]["verdict"]) == ("intact", "same")
    assert found["filed"]["documents"][0]["id"] == filed["id"]
    (files / "p.pdf").write_bytes((files / "p.pdf").read_bytes() + b"\n")
    found = sealed("verify-paper", files / "p.pdf").json
    assert (found["signature"]["verdict"], found["filed"]["verdict"]) == ("altered", "changed")
    assert filed["document_number"] in found["message"]


def test_a_form_is_matched_by_its_short_code(sealed, files):
    application = sealed("list", "applications", "--lines").lines[0]
    filed = sealed("issue", "application-form", "applications", application["id"], files / "f.pdf")
    assert filed.code == 0, filed.out
    data = (files / "f.pdf").read_bytes()
    assert sealed("verify-paper", files / "f.pdf").json["filed"]["verdict"] == "same"
    (files / "f.pdf").write_bytes(data + b"%")
    found = sealed("verify-paper", files / "f.pdf").json["filed"]
    assert found["verdict"] == "changed"
    assert found["documents"][0]["short_code"] == filed.json["short_code"]


def test_strangers_and_unreadable_files(sealed, run, files):
    run("paper", "notice", files / "data.json", files / "p.docx")
    found = sealed("verify-paper", files / "p.docx").json
    assert (found["signature"]["verdict"], found["filed"]["verdict"]) == ("unsigned", "unknown")
    (files / "x.pdf").write_bytes(b"hello")
    assert sealed("verify-paper", files / "x.pdf").json["error"]["where"] == "file"
    assert sealed("verify-paper", files / "none.pdf").code == 1


def test_signing_a_filed_paper_afterwards(sealed, files):
    filed = issue(sealed, files / "p.pdf").json
    sign = ("--sign", files / "office.p12", "--passphrase-file", files / "sign.txt")
    assert sealed("sign-paper", files / "p.pdf", files / "s.pdf", *sign).json["signer"] == OFFICE
    found = sealed("verify-paper", files / "s.pdf").json
    assert (found["signature"]["verdict"], found["filed"]["verdict"]) == ("intact", "signed")
    assert found["filed"]["documents"][0]["id"] == filed["id"]
    again = sealed("sign-paper", files / "s.pdf", files / "t.pdf", *sign)
    assert "已经有签名" in again.json["error"]["message"]
    assert sealed("sign-paper", files / "p.pdf", files / "t.docx", *sign).json["error"]["where"] == "out"
    assert sealed("sign-paper", files / "none.pdf", files / "t.pdf", *sign).json["error"]["where"] == "file"
    assert not (files / "t.pdf").exists()
    (files / "s.pdf").write_bytes((files / "p.pdf").read_bytes() + b"\n")
    found = sealed("verify-paper", files / "s.pdf").json
    assert (found["signature"]["verdict"], found["filed"]["verdict"]) == ("unsigned", "changed")
