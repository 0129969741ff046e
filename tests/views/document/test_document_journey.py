from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from desktop.services import application, document, identity, records
from desktop.views.document.raster import Raster
from tests.views.input_method import commit_text

LEFT = Qt.MouseButton.LeftButton


def settled(view, qtbot):
    qtbot.waitUntil(lambda: view.page_desk.page_count() > 0 and not view.preview.is_busy(), timeout=20_000)


def text_of(pdf):
    import pypdfium2

    document_ = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document_)
    finally:
        document_.close()


def test_the_first_kind_and_record_are_shown_as_they_will_print(papers, qtbot):
    settled(papers, qtbot)
    assert papers.draft().kind == "application-form"
    assert papers.page_desk.page_count() >= 2
    assert papers.form.rows()


def test_publicity_lacks_its_days_takes_them_and_shows_them(papers, qtbot, application_ids, tmp_path):
    papers.open_paper("publicity", application_ids[:3])
    missing = [field.name for field in papers.draft().missing]
    assert missing == ["publicity_start", "publicity_end"]
    qtbot.mouseClick(papers.issue_button, LEFT)
    assert "缺少" in papers.strip.text()
    assert papers.confirm.isHidden()
    for name, day in (("publicity_start", "2026-09-01"), ("publicity_end", "2026-09-07")):
        qtbot.keyClicks(papers.form.row(name).editor.control, day)
    assert papers.draft().missing == ()
    settled(papers, qtbot)
    out = tmp_path / "公示.pdf"
    papers.outlet.ask = lambda _window, _words, _form: out
    with qtbot.waitSignal(papers.outlet.done, timeout=20_000):
        qtbot.mouseClick(papers.pdf_button, LEFT)
    assert "2026年9月1日" in text_of(out.read_bytes()).replace("\r\n", "")


def test_a_typed_title_is_set_and_kept_when_records_are_saved_elsewhere(papers, qtbot, application_ids):
    papers.open_paper("naming-decision", application_ids[:1])
    control = papers.form.row("title").editor.control
    control.setFocus()
    control.clear()
    commit_text(control, "关于命名的决定（试）")
    assert papers.draft().data["title"] == "关于命名的决定（试）"
    papers.refresh(frozenset({"workrooms"}))
    assert papers.draft().data["title"] == "关于命名的决定（试）"


def test_issuing_names_the_paper_takes_the_number_and_files_it(papers, qtbot, application_ids, tmp_path):
    papers.open_paper("naming-decision", application_ids[:2])
    out = tmp_path / "命名.pdf"
    papers.outlet.ask = lambda _window, _words, _form: out
    qtbot.mouseClick(papers.issue_button, LEFT)
    number = document.number_words(papers.draft())
    assert number.endswith("1号")
    assert number in papers.confirm.words()
    assert papers.draft().data["title"] in papers.confirm.words()
    qtbot.mouseClick(papers.confirm.cancel, LEFT)
    assert not out.exists()
    qtbot.mouseClick(papers.issue_button, LEFT)
    qtbot.mouseClick(papers.confirm.accept, LEFT)
    assert out.read_bytes().startswith(b"%PDF")
    assert number in papers.strip.text()
    assert not papers.operations.undo_words
    assert papers.issued.list.count() == 1
    assert document.number_words(papers.draft()).endswith("2号")


def test_an_issued_paper_is_looked_at_as_it_was_issued(papers, qtbot, application_ids, tmp_path):
    papers.open_paper("naming-decision", application_ids[:1])
    papers.outlet.ask = lambda _window, _words, _form: tmp_path / "命名.pdf"
    papers._issue()
    papers.issued.list.itemClicked.emit(papers.issued.list.item(0))
    assert document.number_words(papers.draft()).endswith("1号")
    assert not papers.issue_button.isEnabled()
    papers._compose()
    assert document.number_words(papers.draft()).endswith("2号")
    assert papers.issue_button.isEnabled()


def test_saving_a_numbered_draft_says_that_its_number_is_not_taken(papers, qtbot, application_ids, tmp_path):
    papers.open_paper("naming-decision", application_ids[:1])
    out = tmp_path / "命名.docx"
    papers.outlet.ask = lambda _window, _words, _form: out
    with qtbot.waitSignal(papers.outlet.done, timeout=20_000):
        qtbot.mouseClick(papers.word_button, LEFT)
    assert out.read_bytes().startswith(b"PK")
    assert "文号还没有占用" in papers.strip.text()


def test_printing_sends_every_page_at_true_size(papers, qtbot, application_ids, tmp_path):
    papers.open_paper("application-form", application_ids[:1])
    settled(papers, qtbot)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setResolution(300)
    papers.outlet.ask_printer = lambda _window: printer
    with qtbot.waitSignal(papers.outlet.done, timeout=60_000):
        qtbot.mouseClick(papers.print_button, LEFT)
    with Raster((tmp_path / "out.pdf").read_bytes()) as printed:
        assert printed.page_count() == papers.page_desk.page_count()
        assert printed.page_size_mm(0).width() == pytest.approx(210, abs=0.5)


def test_nothing_chosen_says_what_to_do(papers, qtbot):
    papers.open_paper("recommendation", [])
    assert papers.draft() is None
    assert papers.page_desk._words == "先在左下选择出文对象"
    assert not papers.print_button.isEnabled()
    assert not papers.issue_button.isEnabled()


def test_a_jump_from_an_application_opens_its_form(papers, qtbot, application_ids):
    papers.show_record("applications", application_ids[2])
    assert papers.chooser.ids() == [application_ids[2]]
    assert papers.draft().kind == "application-form"


def test_only_the_latest_of_quick_typing_is_set(papers, qtbot, application_ids):
    papers.open_paper("naming-decision", application_ids[:1])
    settled(papers, qtbot)
    shown = []
    papers.preview.ready.connect(shown.append)
    papers.form.row("title").editor.control.end(False)
    qtbot.keyClicks(papers.form.row("title").editor.control, "abcdefgh")
    qtbot.waitUntil(lambda: bool(shown), timeout=20_000)
    settled(papers, qtbot)
    assert len(shown) <= 2
    assert "abcdefgh" in text_of(shown[-1])


def test_another_kind_starts_from_its_own_words(papers, qtbot, application_ids):
    papers.open_paper("naming-decision", application_ids[:1])
    papers.form.row("title").editor.control.setFocus()
    commit_text(papers.form.row("title").editor.control, "改过的")
    papers.open_paper("publicity", application_ids[:1])
    assert papers.form.row("title").editor.control.text() == papers.draft().data["title"]
    assert "改过的" not in papers.draft().data["title"]


def test_a_paper_of_the_review_is_made_of_an_award_and_of_an_application(papers, qtbot):
    def put(session):
        laws = ["wx-2021-award", "hn-2024"]
        records.put_records(session, "offices", {"id": identity.own_office_id(session), "regulations": laws})
        person = records.put_records(session, "people", {"name": "李一线"})[0]["id"]
        given = {"person_id": person, "award_kind": "十佳金点子", "project_name": "换刀提醒装置", "award_year": 2026}
        award = records.put_records(session, "awards", {**given, "regulation": laws[0]})[0]["id"]
        room = records.list_records(session, "workrooms")[0]["id"]
        return award, application.start(session, room, laws[1], date(2026, 9, 1))["id"]

    made = []
    papers.operations.run("登记", put, made.extend)
    papers.show_record("awards.qualification-check", made[0])
    assert papers.chooser.ids() == made[:1]
    assert papers.draft().data["name"] == "换刀提醒装置"
    papers.show_record("applications.qualification-check", made[1])
    assert papers.chooser.ids() == made[1:]
    assert papers.draft().data["name"] != "换刀提醒装置"


def test_what_is_chosen_is_set_at_once_and_what_is_typed_when_typing_pauses(papers, qtbot, application_ids):
    papers.show_record("applications", application_ids[0])
    qtbot.waitUntil(lambda: not papers.preview.is_busy(), timeout=20_000)
    for kind in ("reasons-record", "application-form"):
        papers.kind_list.setCurrentIndex(papers.page.kinds.index(papers.page.kinds.row_of(kind)))
        assert papers.draft() is not None
        assert papers.draft().kind == kind
        assert papers.preview._waits
    assert papers.preview._timer.interval() == 0, "a click right after another must not wait as typing does"
    assert not papers.operations.is_busy(), "setting begins once the window is painted"
    qtbot.waitUntil(papers.operations.is_busy)
    papers._typed("title", "一")
    papers._typed("title", "一二")
    assert papers.preview._waits
