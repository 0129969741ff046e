import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDialog, QPushButton

from desktop.errors import BadInput
from desktop.services import document
from desktop.services.paper.composing import PaperDraft
from desktop.views.document import outlet as outlets
from desktop.views.document.confirm_row import ConfirmRow
from desktop.views.document.issued_list import IssuedList
from desktop.views.document.outlet import Outlet
from desktop.views.document.page_desk import PageDesk
from desktop.views.document.preview import Preview
from desktop.views.document.preview_bar import PreviewBar
from tests.views.document.test_printing import A4, pdf_with_square

LEFT = Qt.MouseButton.LeftButton
LETTER = {
    "issuer": "左旗总工会",
    "title": "关于报送材料的函",
    "to": ["甲工会"],
    "body": ["请于月底前报送。"],
    "date": "2026-09-01",
}


def test_a_confirmation_names_the_paper_and_enter_alone_does_nothing(qtbot):
    row = ConfirmRow("确认出文")
    qtbot.addWidget(row)
    told, asking = [], []
    row.confirmed.connect(lambda: told.append(True))
    row.asking.connect(asking.append)
    row.ask("将以左工发〔2026〕1号发出")
    row.activateWindow()
    qtbot.waitUntil(row.cancel.hasFocus)
    qtbot.keyClick(row.cancel, Qt.Key.Key_Space)
    assert told == []
    assert row.isHidden()
    row.ask("再问一次")
    assert row.words() == "再问一次"
    qtbot.mouseClick(row.accept, LEFT)
    assert told == [True]
    assert asking == [True, False, True, False]


PAPERS = [
    {
        "kind": "decision",
        "issued_on": "2026-09-01",
        "document_number": "左工发〔2026〕1号",
        "title": "决定",
        "short_code": "",
        "state": "已签发",
    },
    {
        "kind": "notice",
        "issued_on": "2026-09-02",
        "document_number": "",
        "title": "通知",
        "short_code": "",
        "state": "已作废",
    },
]


def test_issued_papers_of_the_kind_are_listed_and_opened(qtbot):
    listed = IssuedList()
    qtbot.addWidget(listed)
    listed.show_papers(PAPERS, "letter")
    assert listed.isHidden()
    listed.show_papers(PAPERS, "decision")
    assert [listed.list.item(row).text() for row in range(listed.list.count())] == [
        "左工发〔2026〕1号　已签发　2026年9月1日"
    ]
    opened = []
    listed.opened.connect(opened.append)
    listed.list.itemActivated.emit(listed.list.item(0))
    assert opened == [PAPERS[0]]
    listed.show_papers(PAPERS, "notice")
    assert listed.list.item(0).text() == "通知　已作废　2026年9月2日"


@pytest.fixture
def desk_and_bar(qtbot):
    page_desk = PageDesk()
    bar = PreviewBar(page_desk)
    qtbot.addWidget(page_desk, before_close_func=lambda shown: shown.clear())
    qtbot.addWidget(bar)
    page_desk.resize(600, 500)
    page_desk.show()
    bar.show()
    page_desk.set_pdf(pdf_with_square(((A4, 30),) * 3))
    return page_desk, bar


def test_the_bar_pages_and_zooms(desk_and_bar, qtbot):
    page_desk, bar = desk_and_bar
    assert bar._page.text() == "第 1 页，共 3 页"
    assert not bar.previous.isEnabled()
    qtbot.mouseClick(bar.next, LEFT)
    qtbot.mouseClick(bar.next, LEFT)
    assert bar._page.text() == "第 3 页，共 3 页"
    assert not bar.next.isEnabled()
    qtbot.mouseClick(bar.previous, LEFT)
    assert page_desk.current_page() == 1
    page_desk.set_zoom(1.0)
    qtbot.mouseClick(bar.larger, LEFT)
    assert bar._zoom.text() == "110%"
    qtbot.mouseClick(bar.smaller, LEFT)
    qtbot.mouseClick(bar.smaller, LEFT)
    assert bar._zoom.text() == "90%"
    qtbot.mouseClick(bar.page_button, LEFT)
    whole = page_desk.zoom()
    qtbot.mouseClick(bar.width_button, LEFT)
    assert page_desk.zoom() > whole
    page_desk.clear("没有")
    assert bar._page.text() == ""


def test_icon_buttons_are_named_and_none_is_without_words(desk_and_bar):
    _, bar = desk_and_bar
    for button in (bar.previous, bar.next, bar.smaller, bar.larger):
        assert button.accessibleName()
        assert button.toolTip()
    assert all(button.text() for button in bar.findChildren(QPushButton))


def test_ctrl_and_wheel_zooms_the_wheel_alone_scrolls(desk_and_bar):
    page_desk, _ = desk_and_bar
    page_desk.set_zoom(1.0)
    from PySide6.QtCore import QPoint, QPointF

    def wheel(modifier, turn):
        here = QPointF(100, 100)
        event = QWheelEvent(
            here,
            here,
            QPoint(),
            QPoint(0, turn),
            Qt.MouseButton.NoButton,
            modifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        page_desk.wheelEvent(event)

    wheel(Qt.KeyboardModifier.ControlModifier, 120)
    assert page_desk.zoom() == 1.1
    wheel(Qt.KeyboardModifier.ControlModifier, -120)
    assert page_desk.zoom() == 1.0
    top = page_desk.verticalScrollBar().value()
    wheel(Qt.KeyboardModifier.NoModifier, -120)
    assert page_desk.verticalScrollBar().value() > top
    assert page_desk.zoom() == 1.0


def test_words_stand_on_the_bare_desk(desk_and_bar):
    page_desk, _ = desk_and_bar
    page_desk.clear()
    bare = page_desk.viewport().grab().toImage()
    page_desk.clear("先选择出文对象")
    assert page_desk.viewport().grab().toImage() != bare


@pytest.fixture
def preview(desk, qtbot):
    made = Preview(desk.operations)
    yield made
    made.clear()
    qtbot.waitUntil(lambda: not made.is_busy(), timeout=20_000)


def test_a_draft_is_set_beside_the_window(preview, qtbot):
    with qtbot.waitSignal(preview.ready, timeout=20_000) as caught:
        preview.show(PaperDraft("letter", LETTER))
    assert caught.args[0].startswith(b"%PDF")


def test_what_cannot_be_set_is_told_in_words(preview, qtbot):
    with qtbot.waitSignal(preview.failed, timeout=20_000) as caught:
        preview.show(PaperDraft("letter", {**LETTER, "date": "去年"}), at_once=True)
    assert isinstance(caught.args[0], BadInput)
    with qtbot.waitSignal(preview.ready, timeout=20_000):
        preview.show(PaperDraft("letter", LETTER), at_once=True)


def test_only_the_last_of_several_drafts_is_shown(preview, qtbot):
    shown = []
    preview.ready.connect(shown.append)
    for number in range(6):
        preview.show(PaperDraft("letter", {**LETTER, "title": f"关于第{number}件事的函"}), at_once=True)
    qtbot.waitUntil(lambda: not preview.is_busy(), timeout=20_000)
    assert len(shown) == 1
    assert shown[0] == document.render("letter", {**LETTER, "title": "关于第5件事的函"}, "pdf")


@pytest.fixture
def outlet(desk, papers):
    return Outlet(desk.operations, papers)


def test_a_cancelled_save_or_print_does_nothing(outlet):
    done = []
    outlet.done.connect(done.append)
    outlet.failed.connect(done.append)
    outlet.ask = lambda *_asked: None
    outlet.ask_printer = lambda _window: None
    outlet.save(PaperDraft("letter", LETTER), "pdf")
    outlet.print_draft(PaperDraft("letter", LETTER))
    assert done == []


def test_a_file_that_cannot_be_written_is_told_in_words(outlet, qtbot, tmp_path):
    outlet.ask = lambda *_asked: tmp_path / "没有的文件夹" / "a" / "函.pdf"
    (tmp_path / "没有的文件夹").write_text("挡路")
    with qtbot.waitSignal(outlet.failed, timeout=20_000) as caught:
        outlet.save(PaperDraft("letter", LETTER), "pdf")
    assert caught.args[0].message


def test_a_paper_is_named_with_its_number(outlet, papers):
    kind = next(kind for kind in document.kinds() if kind.id == "naming-decision")
    numbered = PaperDraft(
        "decision", {"title": "关于命名的决定", "number": {"code": "左工发", "year": 2026, "serial": 3}}
    )
    assert outlet.paper_words(numbered, kind) == "将以左工发〔2026〕3号发出命名决定《关于命名的决定》"
    assert outlet.paper_words(PaperDraft("decision", {}), kind) == "将发出命名决定"


@pytest.mark.parametrize("accepted", [True, False])
def test_the_printer_is_asked_for_at_print_resolution(monkeypatch, papers, accepted):
    answer = QDialog.DialogCode.Accepted if accepted else QDialog.DialogCode.Rejected
    monkeypatch.setattr(outlets.QPrintDialog, "exec", lambda _dialog: answer)
    printer = outlets.ask_for_printer(papers)
    assert (printer is not None) is accepted
    if printer is not None:
        assert 300 <= printer.resolution() <= 600
