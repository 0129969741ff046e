"""Amending a filed paper: the old stays as it was issued and is void with its reason, the new one refers to it."""

import hashlib

import pypdfium2
import pytest

from desktop.errors import BadInput, NotAllowed, NotFound
from desktop.services import blobs, document, records
from desktop.services.paper.reissue import reissue, void
from tests.services.counties import DAY
from tests.services.paper_county import PaperCounty


@pytest.fixture
def county(tmp_path):
    made = PaperCounty(tmp_path)
    yield made
    made.database.close()


def filed(county, kind="naming-decision", law="jy-2022", **given):
    noun, ids = county.records_for(kind, law)
    with county.writing() as session:
        return document.issue(session, kind, noun, ids, county.path.with_name("old.pdf"), given, on=DAY)


def again(county, old, reason="名单有误", **given):
    with county.writing() as session:
        return reissue(session, old["id"], county.path.with_name("new.pdf"), reason, given, on=DAY)


def content(county, paper):
    with county.reading() as session:
        return blobs.read(blobs.folder(session), paper["sha256"])


def text_of(pdf):
    with pypdfium2.PdfDocument(pdf) as book:
        return "".join("".join(page.get_textpage().get_text_range() for page in book).split())


def test_a_reissued_paper_takes_its_own_number_and_ends_the_old_one(county):
    old = filed(county)
    before = content(county, old)
    new = again(county, old)
    assert (old["number_serial"], new["number_serial"]) == (1, 2)
    assert new["replaces_id"] == old["id"]
    said = text_of(content(county, new))
    assert f"自本文印发之日起，《{old['title']}》（{old['document_number']}）废止。" in said
    kept = county.get("documents", old["id"])
    assert kept["state"] == "已作废"
    assert kept["voided_on"] == DAY.isoformat()
    assert kept["void_reason"] == f"名单有误（由{new['document_number']}替换）"
    # What was filed stays as it was: the same data, the same bytes.
    assert kept["data"] == {**old["data"]}
    assert kept["sha256"] == old["sha256"] == hashlib.sha256(before).hexdigest()
    assert content(county, kept) == before


def test_what_is_amended_stands_in_the_new_paper_alone(county):
    old = filed(county)
    new = again(county, old, title="关于命名2026年创新工作室的决定（更正）")
    assert new["title"].endswith("（更正）")
    assert not county.get("documents", old["id"])["title"].endswith("（更正）")
    assert county.get("documents", new["id"])["replaces_id"] == old["id"]


def test_the_ending_sentence_stands_before_the_closing_words_and_only_once(county):
    old = filed(county, "recommendation", "jy-2022", to=["某市总工会"])
    first = again(county, old)
    second = again(county, first)
    body = second["data"]["body"]
    assert body[-1] == "特此报告。"
    assert body[-2] == f"自本文印发之日起，《{first['title']}》（{first['document_number']}）废止。"
    assert sum("废止" in text for text in body) == 1


def test_a_form_is_reissued_without_a_number(county):
    noun, ids = county.records_for("first-review", "jy-2022")
    with county.writing() as session:
        old = document.issue(session, "first-review", noun, ids, county.path.with_name("old.pdf"), {}, on=DAY)
    new = again(county, old, filled_by="某县总工会")
    assert new["replaces_id"] == old["id"]
    assert new["document_number"] == ""
    assert new["short_code"] != old["short_code"]


def test_a_paper_can_be_voided_alone_and_its_number_is_not_taken_again(county):
    old = filed(county)
    with county.writing() as session:
        paper = void(session, old["id"], "  重复印发。 ", DAY)
    assert paper["void_reason"] == "重复印发"
    assert filed(county)["number_serial"] == old["number_serial"] + 1


@pytest.mark.parametrize("reason", ["", "　　", " 。 "])
def test_a_reason_is_asked_for(county, reason):
    old = filed(county)
    with pytest.raises(BadInput, match="理由"):
        again(county, old, reason)
    assert county.get("documents", old["id"])["state"] == "已签发"


def test_a_reason_has_a_length(county):
    with pytest.raises(BadInput, match="201个字"):
        again(county, filed(county), "误" * 201)


def test_a_void_paper_is_not_voided_or_reissued_again(county):
    old = filed(county)
    again(county, old)
    with pytest.raises(NotAllowed, match="已经作废：名单有误"):
        again(county, old)
    with county.writing() as session, pytest.raises(NotAllowed, match="已经作废"):
        void(session, old["id"], "再次", DAY)


def test_papers_of_other_offices_and_unknown_ones_are_refused(county):
    with county.writing() as session, pytest.raises(NotFound):
        void(session, "00000000-0000-0000-0000-000000000000", "误", DAY)
    with county.writing() as session:
        above = next(one for one in records.list_records(session, "offices") if one["name"] == "某盟总工会")
        theirs = records.put_records(
            session, "documents", {"kind": "notice", "title": "通知", "office_id": above["id"]}
        )
    with county.writing() as session, pytest.raises(NotAllowed, match="别的工会"):
        void(session, theirs[0]["id"], "误", DAY)


def test_a_refused_reissue_changes_nothing(county):
    old = filed(county)
    with pytest.raises(BadInput):
        again(county, old, date="不是日期")
    with county.reading() as session:
        papers = records.list_records(session, "documents")
    assert [(paper["id"], paper["state"]) for paper in papers] == [(old["id"], "已签发")]
