"""Document numbers: in sequence, never twice, across PCs of one office, and every gap explained."""

import re
import threading
from datetime import date

import openpyxl
import pypdfium2
import pytest
from hypothesis import given as property_given
from hypothesis import settings
from hypothesis import strategies as st

from desktop.errors import BadInput, NotAllowed
from desktop.models.document import Document
from desktop.models.number_range import NumberRange
from desktop.services import document, identity, records, store, tasks
from desktop.services.numbering import register as numbers
from desktop.services.numbering.sequence import cautions, next_serial, other_pcs, own_device
from desktop.services.paper import reissue
from desktop.services.trust import enrolment
from tests.services.counties import DAY, County
from tests.services.desks import Desk, carry

CODE, YEAR = "左中工发", 2026
WORDS = "一二三四五六七八"


@pytest.fixture
def county(county):
    county.office = county.set_office(document_code=CODE)
    county.grant = county.add_grant(
        received_yuan="50000", received_on="2026-08-01", quota_number="内工办发〔2026〕12号"
    )
    return county


def issue(database, grant, folder, **given):
    with store.writing(database, "王敏") as session:
        out = folder / f"{database.path.stem}-{len(list(folder.glob('*.pdf')))}.pdf"
        return document.issue(session, "quota-notice", "grants", [grant], out, given, on=DAY)["number_serial"]


def lines_of(database, code=CODE, year=YEAR):
    with store.reading(database) as session:
        return numbers.register(session, code, year)


def states(database):
    return [(line["serial"], line["state"]) for line in lines_of(database)]


def change(county, function, *arguments, **named):
    with county.writing() as session:
        return function(session, CODE, YEAR, *arguments, **named)


@pytest.fixture
def second(county, tmp_path):
    with county.reading() as session:
        enrolment.enrol(session, tmp_path / "s.enrol", WORDS)
    first = Desk(county.path, county.database)
    other = Desk(tmp_path / "second.db", enrolment.join(tmp_path / "second.db", tmp_path / "s.enrol", WORDS, "李娜"))
    carry(first, other, tmp_path)
    carry(other, first, tmp_path)
    yield first, other
    other.database.close()


def test_numbers_follow_each_other_and_a_voided_one_is_not_taken_again(county, tmp_path):
    assert [issue(county.database, county.grant, tmp_path) for _ in range(3)] == [1, 2, 3]
    last = next(line for line in lines_of(county.database) if line["serial"] == 3)
    with county.writing() as session:
        reissue.void(session, last["document_id"], "金额写错", DAY)
    assert lines_of(county.database)[2]["reason"] == "金额写错"
    assert issue(county.database, county.grant, tmp_path) == 4
    assert states(county.database) == [(1, "已用"), (2, "已用"), (3, "已作废"), (4, "已用")]


def test_each_year_and_code_has_its_own_sequence(county, tmp_path):
    issue(county.database, county.grant, tmp_path)
    county.put("offices", id=county.office, document_code="左中工办")
    assert issue(county.database, county.grant, tmp_path) == 1
    assert issue(county.database, county.grant, tmp_path, date="2027-01-04") == 1
    with county.reading() as session:
        assert numbers.sequences(session) == [
            {"code": "左中工办", "year": 2027},
            {"code": "左中工办", "year": 2026},
            {"code": CODE, "year": 2026},
        ]


def test_a_number_given_by_hand_is_refused_when_it_is_taken(county, tmp_path):
    issue(county.database, county.grant, tmp_path)
    number = {"code": CODE, "year": YEAR, "serial": 1}
    with pytest.raises(NotAllowed, match="已经用于"), county.writing() as session:
        document.issue(
            session, "quota-notice", "grants", [county.grant], tmp_path / "x.pdf", {"number": number}, on=DAY
        )
    assert not (tmp_path / "x.pdf").exists()
    assert issue(county.database, county.grant, tmp_path, number={**number, "serial": 5}) == 5
    assert issue(county.database, county.grant, tmp_path) == 6


def test_two_windows_on_one_database_never_take_the_same_number(county, tmp_path):
    folders = [tmp_path / name for name in ("a", "b")]
    taken = []

    def work(folder):
        folder.mkdir()
        database = identity.open_desk(county.path)
        try:
            taken.extend(issue(database, county.grant, folder) for _ in range(4))
        finally:
            database.close()

    threads = [threading.Thread(target=work, args=(folder,)) for folder in folders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(1, 9))
    assert {state for _, state in states(county.database)} == {"已用"}


def test_gaps_stand_in_the_register_until_they_are_explained(county, tmp_path):
    issue(county.database, county.grant, tmp_path)
    issue(county.database, county.grant, tmp_path, number={"code": CODE, "year": YEAR, "serial": 4})
    assert states(county.database) == [(1, "已用"), (2, "空缺待说明"), (3, "空缺待说明"), (4, "已用")]
    change(county, numbers.explain, 2, 2, "打印错误，未发出")
    change(county, numbers.explain, 3, 3, "纸质发文", by_hand=True)
    assert states(county.database) == [(1, "已用"), (2, "空号"), (3, "手工用号"), (4, "已用")]
    assert lines_of(county.database)[1]["reason"] == "打印错误，未发出"
    assert numbers.counts(lines_of(county.database))["空缺待说明"] == 0


def test_numbers_used_on_paper_before_the_program_are_passed(county, tmp_path):
    change(county, numbers.explain, 1, 17, "上半年已用于纸质发文", by_hand=True)
    assert issue(county.database, county.grant, tmp_path) == 18
    with pytest.raises(NotAllowed, match="手工用号"):
        issue(county.database, county.grant, tmp_path, number={"code": CODE, "year": YEAR, "serial": 9})


def test_ranges_that_cannot_be(county, tmp_path):
    issue(county.database, county.grant, tmp_path)
    change(county, numbers.reserve, 50, 59, "二号电脑", False)
    wrong = [
        (numbers.explain, (3, 2, "x"), BadInput),
        (numbers.explain, (0, 2, "x"), BadInput),
        (numbers.explain, (2, 2, " "), BadInput),
        (numbers.explain, (2, 5000, "x"), BadInput),
        (numbers.explain, (1, 1, "x"), NotAllowed),
        (numbers.explain, (45, 55, "x"), NotAllowed),
        (numbers.reserve, (59, 70, "三号电脑", False), NotAllowed),
        (numbers.reserve, (60, 70, " ", False), BadInput),
    ]
    for function, arguments, error in wrong:
        with pytest.raises(error):
            change(county, function, *arguments)
    with county.reading() as session:
        assert len(records.list_records(session, "number_ranges")) == 1


def test_a_reserved_range_keeps_two_pcs_apart(county, second, tmp_path):
    first, other = second
    change(county, numbers.reserve, 50, 52, "二号电脑", False)
    carry(first, other, tmp_path)
    with other.database.reading() as session:
        span = records.list_records(session, "number_ranges")[0]["id"]
    with store.writing(other.database, "李娜") as session:
        numbers.take_range(session, span)
    here = [issue(first.database, county.grant, tmp_path) for _ in range(3)]
    there = [issue(other.database, county.grant, tmp_path) for _ in range(3)]
    assert (here, there) == ([1, 2, 3], [50, 51, 52])
    carry(other, first, tmp_path)
    carry(first, other, tmp_path)
    for desk in (first, other):
        lines = lines_of(desk.database)
        assert [line["serial"] for line in lines] == [1, 2, 3, 50, 51, 52]
        assert {line["state"] for line in lines} == {"已用"}
    assert issue(first.database, county.grant, tmp_path) == 4, "the main sequence goes on where it was"
    with other.database.reading() as session:
        assert any("已用完" in words for words in cautions(session, CODE, YEAR))


def test_ranges_reserved_apart_that_overlap_are_told_and_one_is_withdrawn(county, second, tmp_path):
    first, other = second
    change(county, numbers.reserve, 20, 29, "一号电脑", True)
    with store.writing(other.database, "李娜") as session:
        mine = numbers.reserve(session, CODE, YEAR, 25, 34, "二号电脑", True)["id"]
    carry(other, first, tmp_path)
    carry(first, other, tmp_path)
    for desk in (first, other):
        with desk.database.reading() as session:
            assert any("20至29与25至34重叠" in words for words in cautions(session, CODE, YEAR))
    with store.writing(other.database, "李娜") as session:
        assert numbers.withdraw(session, mine)["first"] == 25
        numbers.reserve(session, CODE, YEAR, 30, 39, "二号电脑", True)
        assert not any("重叠" in words for words in cautions(session, CODE, YEAR))
    assert issue(other.database, county.grant, tmp_path) == 30
    with store.writing(other.database, "李娜") as session, pytest.raises(NotAllowed, match="已经用过"):
        numbers.withdraw(session, records.list_records(session, "number_ranges", {"first": "30"})[0]["id"])


def test_a_range_has_one_pc(county, second, tmp_path):
    first, other = second
    change(county, numbers.reserve, 20, 29, "一号电脑", True)
    carry(first, other, tmp_path)
    with store.writing(other.database, "李娜") as session, pytest.raises(NotAllowed, match="一号电脑"):
        numbers.take_range(session, records.list_records(session, "number_ranges")[0]["id"])
    assert issue(first.database, county.grant, tmp_path) == 20
    assert issue(other.database, county.grant, tmp_path) == 1
    with pytest.raises(NotAllowed, match="预留给"):
        issue(other.database, county.grant, tmp_path, number={"code": CODE, "year": YEAR, "serial": 25})


def test_without_ranges_a_number_taken_twice_is_shown_on_both_pcs(county, second, tmp_path):
    first, other = second
    with first.database.reading() as session:
        assert other_pcs(session) == 1
        assert any("不止一台电脑" in words for words in cautions(session, CODE, YEAR))
    assert issue(first.database, county.grant, tmp_path) == issue(other.database, county.grant, tmp_path) == 1
    carry(other, first, tmp_path)
    carry(first, other, tmp_path)
    for desk in (first, other):
        assert states(desk.database) == [(1, "重号"), (1, "重号")]
        assert "作废" in lines_of(desk.database)[0]["reason"]
        with desk.database.reading() as session:
            assert any("重号" in words and "左中工发〔2026〕1号" in words for words in cautions(session, CODE, YEAR))
    with first.database.reading() as session:
        (alarm,) = [one for one in tasks.waiting(session, DAY) if one.title == "发文字号重号"]
    assert "左中工发〔2026〕1号" in alarm.detail
    assert (alarm.view, alarm.record_id) == ("numbers", f"{CODE}{YEAR}")
    county.put("documents", id=lines_of(first.database)[0]["document_id"], state="已作废")
    with first.database.reading() as session:
        assert not [one for one in tasks.waiting(session, DAY) if one.title == "发文字号重号"]
    assert sorted(state for _, state in states(first.database)) == ["已作废", "已用"]
    assert issue(first.database, county.grant, tmp_path) == 2


def test_one_pc_alone_is_told_nothing(county):
    with county.reading() as session:
        assert other_pcs(session) == 0
        assert cautions(session, CODE, YEAR) == ()


def test_a_copied_database_does_not_take_from_the_original_s_range(county, tmp_path):
    change(county, numbers.reserve, 20, 29, "一号电脑", True)
    with county.writing() as session:
        assert next_serial(session, CODE, YEAR) == 20
        before = own_device(session)
        from sqlalchemy import text

        session.execute(text("UPDATE sync_identity SET former = device, device = 'another incarnation'"))
        assert own_device(session) != before
        assert next_serial(session, CODE, YEAR) == 1


def test_the_draft_warns_and_shows_the_number_it_would_take(county, second, tmp_path):
    first, _ = second
    with first.database.reading() as session:
        draft = document.paper_data(session, "quota-notice", "grants", [county.grant], {}, DAY)
    assert any("不止一台电脑" in words for words in draft.warnings)
    assert draft.data["number"]["serial"] == 1


def test_the_register_as_paper_and_workbook(county, tmp_path):
    issue(county.database, county.grant, tmp_path)
    change(county, numbers.explain, 2, 3, "打印错误")
    issue(county.database, county.grant, tmp_path)
    with county.reading() as session:
        assert numbers.write_paper(session, CODE, YEAR, tmp_path / "r.pdf") == 4
        assert numbers.write_workbook(session, CODE, YEAR, tmp_path / "r.xlsx") == 4
    kinds = {
        cell.number_format for cell in openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets[0]["C"][1:] if cell.value
    }
    assert kinds == {"yyyy-mm-dd"}
    with pypdfium2.PdfDocument(tmp_path / "r.pdf") as book:
        text = re.sub(r"\s", "", "".join(page.get_textpage().get_text_bounded() for page in book))
    for words in ("2026年发文字号登记簿", "左中工发〔2026〕4号", "打印错误", "空号"):
        assert words in text
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "r.xlsx").active.values for cell in row]
    assert cells.count("打印错误") == 2


acts = st.lists(
    st.one_of(
        st.just(("issue",)),
        st.tuples(st.sampled_from(["reserve", "here", "empty"]), st.integers(1, 30), st.integers(0, 4)),
        st.tuples(st.just("void"), st.integers(0, 10)),
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None)
@property_given(acts)
def test_whatever_is_done_no_number_comes_twice(tmp_path_factory, done):
    county = County(tmp_path_factory.mktemp("numbers"))
    issued = []
    try:
        with county.writing() as session:
            for act in done:
                if act[0] == "issue":
                    serial = next_serial(session, CODE, YEAR)
                    issued.append(serial)
                    paper = Document(kind="notice", number_code=CODE, number_year=YEAR, number_serial=serial)
                    session.add(paper)
                    session.flush()
                elif act[0] == "void" and issued:
                    session.query(Document).filter_by(number_serial=issued[act[1] % len(issued)]).one().state = "已作废"
                    session.flush()
                elif len(act) == 3:
                    try:
                        kept(session, *act)
                    except NotAllowed:
                        continue
            lines = numbers.register(session, CODE, YEAR)
            closed = {
                serial
                for one in session.query(NumberRange)
                if not (one.kind == "预留" and one.device)
                for serial in range(one.first, one.last + 1)
            }
    finally:
        county.database.close()
    assert len(issued) == len(set(issued))
    assert not closed & set(issued)
    assert [line["serial"] for line in lines] == sorted({line["serial"] for line in lines})
    assert {line["serial"] for line in lines if line["state"] in ("已用", "已作废")} == set(issued)
    assert all(line["state"] != "重号" for line in lines)


def kept(session, what, first, more):
    if what == "empty":
        return numbers.explain(session, CODE, YEAR, first, first + more, "空号")
    return numbers.reserve(session, CODE, YEAR, first, first + more, "某台电脑", what == "here")


def test_every_line_of_a_year_is_dated_today_when_noted(county):
    change(county, numbers.explain, 1, 1, "空号")
    with county.reading() as session:
        assert records.list_records(session, "number_ranges")[0]["noted_on"] == date.today().isoformat()


@pytest.mark.parametrize("year", [1999, 2100, 26, 0, -1])
def test_a_year_that_no_number_can_bear_is_refused(year):
    with pytest.raises(BadInput, match=str(year)) as refused:
        numbers.year_of(year)
    assert refused.value.where == "year"


def test_without_a_year_this_one_is_meant():
    assert numbers.year_of(None) == date.today().year
    assert numbers.year_of(2000) == 2000


def test_the_ending_says_how_the_register_is_written(county, tmp_path):
    issue(county.database, county.grant, tmp_path)
    with county.reading() as session:
        for name, start in (("册.PDF", b"%PDF"), ("册.xlsx", b"PK")):
            assert numbers.write(session, CODE, YEAR, tmp_path / name) == 1
            assert (tmp_path / name).read_bytes().startswith(start)
        with pytest.raises(BadInput, match="发文字号登记可存为"):
            numbers.write(session, CODE, YEAR, tmp_path / "册.doc")
    assert not (tmp_path / "册.doc").exists()
