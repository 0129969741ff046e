"""Papers for many records in one go: files, names, what is left out, stopping half-way, numbers in sequence."""

import pypdfium2
import pytest

from desktop.errors import BadInput
from desktop.services import records
from desktop.services.paper.batch import issue_all, write_drafts
from desktop.services.paper.names import file_name, free_file
from tests.services.counties import DAY
from tests.services.paper_county import PaperCounty


class StopError(Exception):
    """What a person pressing 取消 raises."""


@pytest.fixture
def county(tmp_path):
    made = PaperCounty(tmp_path)
    room = made.ids["room"]
    for year in (2024, 2025):
        made.put(
            "applications",
            workroom_id=room,
            regulation="jy-2022",
            year=year,
            reference_date=f"{year}-09-01",
            state="已提交",
        )
        made.add_grant(regulation="nm-2026-fund", year=year, quota_number=f"某工办发〔{year}〕9号")
    yield made
    made.database.close()


@pytest.fixture
def folder(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    return out


def ids_of(county, noun, law):
    with county.reading() as session:
        return [row["id"] for row in records.list_records(session, noun, {"regulation": law})]


def heard():
    said = []
    return said, lambda *what: said.append(what)


def test_each_record_gets_its_file_and_progress_is_told(county, folder):
    ids = ids_of(county, "applications", "jy-2022")
    said, report = heard()
    with county.reading() as session:
        made = write_drafts(session, "application-form", "applications", ids, folder, report)
    assert made.papers == len(ids) == 3
    assert sorted(folder.iterdir()) == sorted(made.files)
    assert all(file.read_bytes().startswith(b"%PDF") for file in made.files)
    assert len({file.name for file in made.files}) == 3
    assert said[0] == (1, 6, "读取")
    assert said[-1] == (6, 6, "排版")


def test_merged_they_are_one_file_with_every_page(county, folder):
    ids = ids_of(county, "applications", "jy-2022")
    with county.reading() as session:
        single = write_drafts(session, "application-form", "applications", ids, folder, heard()[1])
        whole = write_drafts(session, "application-form", "applications", ids, folder, heard()[1], merge=True)
    counts = []
    for file in (*single.files, *whole.files):
        with pypdfium2.PdfDocument(file) as book:
            counts.append(len(book))
    assert len(whole.files) == 1
    assert counts[-1] == sum(counts[:-1])


def test_what_lacks_something_is_left_out_and_named(county, folder):
    rooms = [county.ids["room"]]
    with county.reading() as session:
        made = write_drafts(session, "change-request", "workrooms", rooms, folder, heard()[1])
    assert made.papers == 0
    assert made.files == ()
    assert "缺少变更种类" in made.left_out[0]


def test_numbered_papers_are_no_drafts_of_a_batch(county, folder):
    ids = ids_of(county, "grants", "nm-2026-fund")
    with county.reading() as session, pytest.raises(BadInput, match="成批出文"):
        write_drafts(session, "disbursement-notice", "grants", ids, folder, heard()[1])
    with county.reading() as session, pytest.raises(BadInput, match="没有可以"):
        write_drafts(session, "application-form", "applications", [], folder, heard()[1])


def test_a_batch_is_issued_with_numbers_in_sequence(county, folder):
    ids = ids_of(county, "grants", "nm-2026-fund")
    with county.writing() as session:
        made = issue_all(session, "disbursement-notice", "grants", ids, folder, heard()[1], DAY)
    with county.reading() as session:
        filed = records.list_records(session, "documents")
    assert sorted(paper["number_serial"] for paper in filed) == list(range(1, len(ids) + 1))
    assert {paper["subject_id"] for paper in filed} == set(ids)
    assert sorted(folder.iterdir()) == sorted(made.files)


def test_a_batch_that_is_stopped_leaves_no_file_and_no_number(county, folder):
    ids = ids_of(county, "grants", "nm-2026-fund")

    def report(done, _total, _words):
        if done == 2:
            raise StopError

    with pytest.raises(StopError), county.writing() as session:
        issue_all(session, "disbursement-notice", "grants", ids, folder, report, DAY)
    assert list(folder.iterdir()) == []
    with county.reading() as session:
        assert records.list_records(session, "documents") == []


def test_a_batch_with_one_incomplete_paper_issues_none(county, folder):
    rooms = [county.ids["room"]]
    with pytest.raises(BadInput, match="第1件"), county.writing() as session:
        issue_all(session, "change-reply", "workrooms", rooms, folder, heard()[1], DAY)
    assert list(folder.iterdir()) == []


def test_names_of_files_suit_every_system_and_never_meet(tmp_path):
    assert file_name('a/b:c*"<>|?\\ d', "pdf") == "a_b_c_d.pdf"
    assert file_name("。" * 0, "pdf") == "公文.pdf"
    assert len(file_name("长" * 300, "pdf")) == 84
    first = free_file(tmp_path, "名单", "pdf")
    first.write_bytes(b"")
    second = free_file(tmp_path, "名单", "pdf")
    second.write_bytes(b"")
    assert [first.name, second.name, free_file(tmp_path, "名单", "pdf").name] == [
        "名单.pdf",
        "名单（2）.pdf",
        "名单（3）.pdf",
    ]
