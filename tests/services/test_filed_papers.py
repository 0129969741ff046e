"""Filed papers known again by bytes, short code or number; shown as the very file; finished as asked."""

import pytest

from desktop.documents.kinds import find_kind
from desktop.errors import BadInput, NotFound, StorageFault
from desktop.services import blobs, document
from desktop.services.paper import reissue
from desktop.services.paper.filed import content_of, filed_paper
from desktop.services.paper.finish import Finish, read_secret
from desktop.services.paper.kinds import layout
from desktop.services.paper.signing import sign_file
from desktop.services.paper.verifying import match, verify_file
from tests.documents.certificates import PASSPHRASE, pkcs12_file
from tests.documents.samples import seal_image
from tests.services.counties import DAY

CODE = "左中工发"


@pytest.fixture
def county(county):
    county.set_office(document_code=CODE)
    county.grant = county.add_grant(
        received_yuan="50000", received_on="2026-08-01", quota_number="内工办发〔2026〕12号"
    )
    return county


def issue(county, out):
    with county.writing() as session:
        return document.issue(session, "quota-notice", "grants", [county.grant], out, on=DAY)


def known(county, file):
    with county.reading() as session:
        return verify_file(file, session)


@pytest.mark.parametrize("name", ["p.pdf", "p.docx"])
def test_a_file_is_known_by_its_bytes_whatever_its_form(county, tmp_path, name):
    filed = issue(county, tmp_path / name)
    found = known(county, tmp_path / name)
    assert found["filed"]["verdict"] == "same"
    assert found["filed"]["documents"][0]["id"] == filed["id"]
    assert filed["document_number"] in found["message"]
    assert found["verdict"] == "unsigned"


def test_a_paper_set_anew_with_other_words_bears_our_number(county, tmp_path):
    filed = issue(county, tmp_path / "p.pdf")
    with county.reading() as session:
        paper = session.get(document.Document, filed["id"])
        data = {key: value for key, value in paper.data.items() if key != "subjects"}
        forged = document.render("quota-notice", {**data, "body": ["每家拨付500000元。"]}, "pdf")
        found = match(session, forged)
    assert found["verdict"] == "changed"
    assert found["documents"][0]["document_number"] == filed["document_number"]


def test_another_office_s_paper_that_cites_our_number_is_not_taken_for_ours(county, tmp_path):
    filed = issue(county, tmp_path / "p.pdf")
    paper = {
        "issuer": "别的旗总工会",
        "number": {"code": "别工发", "year": 2026, "serial": 7},
        "title": "关于转发文件的通知",
        "to": ["各基层工会"],
        "body": [f"现将{filed['document_number']}转发给你们。"],
        "date": "2026-09-02",
    }
    with county.reading() as session:
        assert match(session, document.render("notice", paper, "pdf"))["verdict"] == "unknown"


def test_a_voided_paper_is_known_and_said_to_be_void(county, tmp_path):
    filed = issue(county, tmp_path / "p.pdf")
    with county.writing() as session:
        reissue.void(session, filed["id"], "金额写错", DAY)
    found = known(county, tmp_path / "p.pdf")
    assert found["filed"]["verdict"] == "same"
    assert "已作废" in found["message"]


def test_only_a_signature_that_holds_leads_back_to_the_filed_copy(county, tmp_path):
    issue(county, tmp_path / "p.pdf")
    (tmp_path / "c.p12").write_bytes(pkcs12_file())
    sign_file(tmp_path / "p.pdf", tmp_path / "c.p12", PASSPHRASE, tmp_path / "s.pdf")
    assert known(county, tmp_path / "s.pdf")["filed"]["verdict"] == "signed"
    data = (tmp_path / "s.pdf").read_bytes()
    (tmp_path / "s.pdf").write_bytes(data.replace(b"OfficeSignature", b"officeSignature"))
    found = known(county, tmp_path / "s.pdf")
    assert (found["verdict"], found["filed"]["verdict"]) == ("altered", "changed")


def test_a_filed_paper_is_shown_as_the_file_that_was_issued(county, tmp_path):
    filed = issue(county, tmp_path / "p.pdf")
    with county.reading() as session:
        paper = filed_paper(session, filed)
    assert content_of(paper, "pdf") == (tmp_path / "p.pdf").read_bytes()
    assert content_of(paper, "docx").startswith(b"PK")


def test_where_the_copy_has_not_arrived_it_is_set_anew_and_where_it_is_damaged_that_is_said(county, tmp_path):
    filed = issue(county, tmp_path / "p.pdf")
    with county.reading() as session:
        path = blobs.path_of(blobs.folder(session), filed["sha256"])
        kept = path.read_bytes()
        path.unlink()
        assert content_of(filed_paper(session, filed), "pdf") == kept, "the same data is always set alike"
        path.write_bytes(kept + b" ")
        with pytest.raises(StorageFault, match="损坏"):
            filed_paper(session, filed)
        with pytest.raises(NotFound):
            blobs.read(blobs.folder(session), "0" * 64)


def test_what_cannot_be_finished_so_is_refused_before_it_is_made(tmp_path):
    image, file = tmp_path / "s.png", tmp_path / "c.p12"
    image.write_bytes(seal_image())
    file.write_bytes(pkcs12_file())
    cases = [
        (Finish(seals=(image,)), layout("budget"), "pdf", "没有套印印章的位置"),
        (Finish(sign=file, passphrase=PASSPHRASE), find_kind("notice"), "docx", "只有PDF可以签名"),
        (Finish(sign=file, passphrase="不对"), find_kind("notice"), "pdf", "口令不对"),
        (Finish(sign=tmp_path / "none.p12"), find_kind("notice"), "pdf", "打不开签名证书"),
    ]
    for finish, kind, form, words in cases:
        with pytest.raises(BadInput, match=words):
            finish.require(kind, form)
    Finish(sign=file, passphrase=PASSPHRASE).require(find_kind("notice"), "pdf")
    assert Finish().closed(b"as it is") == b"as it is"


def test_a_certificate_s_passphrase_file_may_be_short_but_must_be_text(tmp_path):
    for content, secret in ((b"1234\nmore", "1234"), (b"", ""), ("\ufeff口令".encode(), "口令")):
        (tmp_path / "s.txt").write_bytes(content)
        assert read_secret(tmp_path / "s.txt") == secret
    (tmp_path / "s.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="UTF-8"):
        read_secret(tmp_path / "s.txt")
    with pytest.raises(BadInput, match="打不开口令文件"):
        read_secret(tmp_path / "none.txt")
