"""The paper view: a filed paper voided or issued anew, papers for a whole list, with real clicks."""

import pypdfium2
import pytest
from PySide6.QtCore import Qt

from desktop.services import records
from desktop.services.paper.batch import Batch
from desktop.views.document.batching import said

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def filed(papers, application_ids, tmp_path):
    """The view with one naming decision issued and its entry chosen."""
    papers.open_paper("naming-decision", application_ids[:1])
    papers.outlet.ask = lambda _window, words, _form: tmp_path / f"{len(list(tmp_path.iterdir()))}.pdf"
    papers._issue()
    papers.issued.list.setCurrentRow(0)
    return papers


def documents(view):
    return view.operations.read(lambda session: records.list_records(session, "documents"))


def texts(view):
    return [view.issued.list.item(row).text() for row in range(view.issued.list.count())]


def test_a_paper_is_replaced_only_with_a_reason(filed, qtbot):
    qtbot.mouseClick(filed.issued.replace_button, LEFT)
    row = filed.replacing.row
    assert "原样留档" in row._words.text()
    assert not row.again.isEnabled()
    assert not row.only_void.isEnabled()
    qtbot.keyClicks(row.reason, "mingdan")
    assert row.again.isEnabled()
    qtbot.mouseClick(row.cancel, LEFT)
    assert filed.replacing.row is None
    assert [one["state"] for one in documents(filed)] == ["已签发"]


def test_reissuing_keeps_the_old_takes_a_new_number_and_shows_both(filed, qtbot):
    control = filed.form.row("title").editor.control
    control.setText("关于命名的决定（更正）")
    control.textEdited.emit(control.text())
    filed.issued.list.setCurrentRow(0)
    qtbot.mouseClick(filed.issued.replace_button, LEFT)
    filed.replacing.row.reason.setText("名单有误")
    qtbot.mouseClick(filed.replacing.row.again, LEFT)
    by_serial = {one["number_serial"]: one for one in documents(filed)}
    assert by_serial[1]["state"] == "已作废"
    assert by_serial[2]["title"] == "关于命名的决定（更正）"
    assert by_serial[2]["replaces_id"] == by_serial[1]["id"]
    assert "已作废，重发为" in filed.strip.text()
    assert len(texts(filed)) == 2
    assert sum("已作废" in text for text in texts(filed)) == 1


def test_a_void_paper_cannot_be_replaced_again(filed, qtbot):
    qtbot.mouseClick(filed.issued.replace_button, LEFT)
    filed.replacing.row.reason.setText("重复印发")
    qtbot.mouseClick(filed.replacing.row.only_void, LEFT)
    assert "已作废" in filed.strip.text()
    filed.issued.list.setCurrentRow(0)
    assert not filed.issued.replace_button.isEnabled()
    assert "重复印发" in filed.issued.list.item(0).toolTip()


def test_a_whole_list_is_made_in_files_or_in_one(papers, qtbot, tmp_path):
    papers.open_paper("application-form", [])
    count = len(papers.chooser.model.matching())
    assert count > 1
    papers.batching.ask_folder = lambda _window: tmp_path
    for merge in (False, True):
        qtbot.mouseClick(papers.chooser.batch_button, LEFT)
        row = papers.batching.row
        assert row.issue.isHidden()
        with qtbot.waitSignal(papers.batching.done, timeout=60_000):
            qtbot.mouseClick(row.together if merge else row.apart, LEFT)
    files = sorted(tmp_path.glob("*.pdf"))
    assert len(files) == count + 1
    with pypdfium2.PdfDocument(next(file for file in files if f"{count}份" in file.name)) as whole:
        assert len(whole) >= 2 * count
    assert f"已制作{count}份" in papers.strip.text()


def test_numbered_papers_of_a_list_are_issued_in_turn(papers, qtbot, tmp_path):
    papers.open_paper("disbursement-notice", [])
    count = len(papers.chooser.model.matching())
    papers.batching.ask_folder = lambda _window: tmp_path
    qtbot.mouseClick(papers.chooser.batch_button, LEFT)
    row = papers.batching.row
    assert row.apart.isHidden()
    assert "依次占用文号" in row._words.text()
    with qtbot.waitSignal(papers.batching.done, timeout=60_000):
        qtbot.mouseClick(row.issue, LEFT)
    made = [one for one in documents(papers) if one["kind"] == "disbursement-notice"]
    assert sorted(one["number_serial"] for one in made) == list(range(1, count + 1))
    assert len(list(tmp_path.glob("*.pdf"))) == count


def test_nothing_happens_without_a_folder(papers, qtbot):
    papers.open_paper("application-form", [])
    papers.batching.ask_folder = lambda _window: None
    qtbot.mouseClick(papers.chooser.batch_button, LEFT)
    qtbot.mouseClick(papers.batching.row.apart, LEFT)
    assert papers.batching.row is not None
    qtbot.mouseClick(papers.batching.row.cancel, LEFT)
    assert papers.batching.row is None


def test_a_cancelled_batch_leaves_nothing_filed(papers, qtbot, tmp_path):
    papers.open_paper("disbursement-notice", [])
    papers.batching.ask_folder = lambda _window: tmp_path
    qtbot.mouseClick(papers.chooser.batch_button, LEFT)
    qtbot.mouseClick(papers.batching.row.issue, LEFT)
    papers.operations.cancel()
    qtbot.waitUntil(lambda: not papers.operations.is_busy(), timeout=60_000)
    made = [one for one in documents(papers) if one["kind"] == "disbursement-notice"]
    assert len(made) == len(list(tmp_path.glob("*.pdf")))
    assert len(made) in (0, len(papers.chooser.model.matching()))


def test_kinds_over_several_records_offer_no_batch(papers, application_ids):
    papers.open_paper("naming-decision", application_ids[:2])
    assert papers.chooser.batch_button.isHidden()


def test_what_was_left_out_is_counted(tmp_path):
    words = said(Batch((), 3, ("甲：缺少日期", "乙：缺少日期", "丙：缺少日期", "丁：缺少日期")), tmp_path)
    assert "已制作3份" in words
    assert "有4件没有制作" in words
    assert "丁" not in words


def test_while_a_question_stands_there_is_one_red_button(filed, qtbot):
    qtbot.mouseClick(filed.issued.replace_button, LEFT)
    assert filed.issue_button.isHidden()
    qtbot.mouseClick(filed.replacing.row.cancel, LEFT)
    assert not filed.issue_button.isHidden()
    filed.open_paper("application-form", [])
    qtbot.mouseClick(filed.chooser.batch_button, LEFT)
    assert filed.issue_button.isHidden()
    filed.open_paper("disbursement-notice", [])
    assert filed.batching.row is None
    assert not filed.issue_button.isHidden()


def test_a_kind_without_records_says_what_comes_first(papers, qtbot):
    papers.chooser.show_subjects([], many=False)
    assert "先办理相应的业务" in papers.chooser.what_to_do()
    papers.chooser.line.setText("没有的名字")
    assert papers.chooser.what_to_do() == "先在左下选择出文对象"


def test_a_click_on_a_kind_composes_its_paper_once(papers, qtbot, monkeypatch):
    composed = []
    compose = papers._compose
    monkeypatch.setattr(papers, "_compose", lambda: (composed.append(1), compose()))
    papers._choose_kind("disbursement-notice")
    assert composed == [1]
    assert papers.draft().kind == "disbursement-notice"
