"""The files of papers: kept with their records, gone when these never come to be, and never one that is named."""

import hashlib
import sqlite3

import pypdfium2
import pytest
from sqlalchemy import event, text

from desktop.errors import StorageFault
from desktop.services import attachments, blobs, document, records
from desktop.services.paper import storing
from desktop.services.paper.batch import issue_all
from tests.services.counties import DAY
from tests.services.journeys import filled
from tests.services.paper_county import PaperCounty

KIND = "disbursement-notice"


class StopError(Exception):
    """What a person pressing 取消 raises."""


@pytest.fixture
def county(tmp_path):
    made = PaperCounty(tmp_path)
    for year in (2024, 2025):
        made.add_grant(regulation="nm-2026-fund", year=year, quota_number=f"某工办发〔{year}〕9号")
    yield made
    made.database.close()


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def grants(county):
    with county.reading() as session:
        return [row["id"] for row in records.list_records(session, "grants", {"regulation": "nm-2026-fund"})]


def kept(county):
    """The digests of the files beside the database."""
    with county.reading() as session:
        return {path.name for path in blobs.folder(session).glob("??/*")}


def stopping(after):
    def report(done, _total, _words):
        if done == after:
            raise StopError

    return report


def stop(county, out, after=2):
    with pytest.raises(StopError), county.writing() as session:
        issue_all(session, KIND, "grants", grants(county), out, stopping(after), DAY)


def store_and_stop(county, content):
    """Store a file in work that is given up; return its digest."""

    def work():
        with county.writing() as session:
            session.execute(text("SELECT 1"))
            storing.store(session, content)
            raise StopError

    with pytest.raises(StopError):
        work()
    return hashlib.sha256(content).hexdigest()


def test_a_stopped_batch_leaves_no_file_beside_the_database(county, out):
    before = kept(county)
    stop(county, out)
    assert kept(county) == before


def test_what_was_issued_before_stays_when_a_batch_is_stopped(county, out):
    (first, *_) = grants(county)
    with county.writing() as session:
        filed = document.issue(session, KIND, "grants", [first], out / "a.pdf", {}, on=DAY)
    stop(county, out)
    assert filed["sha256"] in kept(county)
    with county.reading() as session:
        assert blobs.read(blobs.folder(session), filed["sha256"]) == (out / "a.pdf").read_bytes()


def test_an_issued_batch_keeps_the_file_of_every_paper(county, out):
    before = kept(county)
    with county.writing() as session:
        made = issue_all(session, KIND, "grants", grants(county), out, lambda *_: None, DAY)
    digests = {hashlib.sha256(file.read_bytes()).hexdigest() for file in made.files}
    assert kept(county) - before == digests
    with county.reading() as session:
        assert {paper["sha256"] for paper in records.list_records(session, "documents")} == digests


def test_the_same_batch_can_be_issued_after_it_was_stopped(county, out):
    stop(county, out, after=1)
    with county.writing() as session:
        made = issue_all(session, KIND, "grants", grants(county), out, lambda *_: None, DAY)
    assert len(made.files) == len(grants(county))
    assert len(kept(county)) >= len(made.files)


def test_a_paper_whose_copy_cannot_be_written_leaves_nothing(county, out):
    before = kept(county)
    (out / "taken.pdf").mkdir()
    with pytest.raises(StorageFault), county.writing() as session:
        document.issue(session, KIND, "grants", grants(county)[:1], out / "taken.pdf", {}, on=DAY)
    assert kept(county) == before
    with county.reading() as session:
        assert records.list_records(session, "documents") == []


def test_a_file_that_an_attachment_names_is_never_taken_back(county, tmp_path):
    source = tmp_path / "proof.pdf"
    source.write_bytes(b"proof")
    with county.writing() as session:
        room = county.ids["room"]
        attached = attachments.attach(session, blobs.folder(session), "workrooms", room, source)
        where = blobs.folder(session)
    # The file is still to come (附件待补), and a stopped paper happens to have the same content.
    blobs.path_of(where, attached["sha256"]).unlink()
    assert store_and_stop(county, b"proof") == attached["sha256"]
    assert attached["sha256"] in kept(county)


def test_a_file_that_a_package_wants_is_never_taken_back(county):
    digest = hashlib.sha256(b"wanted").hexdigest()
    with county.writing() as session:
        session.execute(
            text("INSERT INTO sync_blob (sha256, size, present) VALUES (:digest, 6, 0)"), {"digest": digest}
        )
        session.commit()
    assert store_and_stop(county, b"wanted") == digest
    assert digest in kept(county)


def test_a_file_that_was_there_before_is_never_taken_back(county):
    with county.reading() as session:
        digest = blobs.keep(blobs.folder(session), b"old")
    assert store_and_stop(county, b"old") == digest
    assert digest in kept(county)


def test_a_file_taken_back_is_stored_anew_and_then_stays(county):
    content = b"the same paper"
    digest = store_and_stop(county, content)
    assert digest not in kept(county)
    with county.writing() as session:
        session.execute(text("SELECT 1"))
        storing.store(session, content)
        session.commit()
    assert store_and_stop(county, content) == digest
    assert digest in kept(county)


def test_who_cannot_have_the_write_lock_leaves_the_file(county, monkeypatch):
    """While another desk writes, nobody can tell whether it names the file."""
    path = str(county.database.path)
    other = sqlite3.connect(path, isolation_level=None)

    def busy(session):
        other.execute("BEGIN IMMEDIATE")

    monkeypatch.setattr("desktop.models.database.BUSY_SECONDS", 0)
    county.database.engine.dispose()
    with county.writing() as session:
        session.execute(text("SELECT 1"))
        digest = storing.store(session, b"left")
        event.listen(session, "after_rollback", busy)
        session.rollback()
    other.close()
    assert digest in kept(county)


def test_a_session_goes_on_after_a_rollback(county):
    with county.writing() as session:
        session.execute(text("SELECT 1"))
        lost = storing.store(session, b"lost")
        session.rollback()
        session.execute(text("SELECT 1"))
        stays = storing.store(session, b"stays")
        session.commit()
    assert lost not in kept(county)
    assert stays in kept(county)


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_a_filed_paper_says_how_many_pages_it_has_where_its_file_does(county, out, ending):
    path = out / f"一.{ending}"
    with county.writing() as session:
        filed = document.issue(session, KIND, "grants", grants(county)[:1], path, None, None, DAY)
    if ending == "pdf":
        with pypdfium2.PdfDocument(path) as book:
            assert filed["pages"] == len(book) > 0
    else:
        assert filed["pages"] is None


def test_the_list_of_an_archive_tells_the_pages_of_its_papers(county, out):
    room = county.ids["room"]
    with county.writing() as session:
        missing = document.paper_data(session, "annual-plan", "workrooms", [room], None, DAY).missing
        given = {one.name: filled(one) for one in missing}
        filed = document.issue(session, "annual-plan", "workrooms", [room], out / "一.pdf", given, None, DAY)
        draft = document.paper_data(session, "archive-catalogue", "workrooms", [room], None, DAY)
    told = {row["title"]: row.get("pages") for row in draft.data["rows"]}
    assert told[filed["title"] or filed["kind"]] == str(filed["pages"])
