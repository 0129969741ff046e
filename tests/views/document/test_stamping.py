"""Sealing in the window: the keeper's passphrase, the sealed paper, its entry in the register, and what is refused."""

import pikepdf
import pytest
from PySide6.QtCore import Qt

from desktop.services import blobs, document
from desktop.services.seal import keeping, register
from desktop.views.seals.file_desk import FileDesk
from tests.documents.samples import seal_image

LEFT = Qt.MouseButton.LeftButton
KEY = "保管人自己的口令"


@pytest.fixture
def kept(papers, tmp_path):
    image = tmp_path / "公章.png"
    image.write_bytes(seal_image(600))
    made = []
    papers.operations.run(
        "登记印章",
        lambda session: keeping.keep_seal(session, image, KEY, papers.desk.office_name(), "王敏", 42),
        made.append,
        undoable=False,
    )
    return made[0]


@pytest.fixture
def decision(papers, application_ids, tmp_path):
    papers.open_paper("naming-decision", application_ids[:2])
    out = tmp_path / "命名.pdf"
    papers.outlet.ask = lambda _window, _words, _form: out
    return out


def has_seal(data):
    with pikepdf.open(data) as book:
        return any("/ExtGState" in page.Resources for page in book.pages)


def uses(papers):
    return papers.operations.read(lambda session: register.uses(session, action=register.USED))


def stamp(papers, qtbot, secret=KEY, **more):
    qtbot.mouseClick(papers.stamp_button, LEFT)
    for name, value in {"secret0": secret, **more}.items():
        papers.stamping.form.editors[name].control.setText(value)
    qtbot.mouseClick(papers.stamping.form.accept, LEFT)


def test_issuing_with_a_seal_asks_its_keeper_and_is_entered(papers, qtbot, kept, decision):
    number = document.number_words(papers.draft())
    stamp(papers, qtbot, purpose="命名", approved_by="包志强")
    assert has_seal(decision)
    (entry,) = uses(papers)
    assert entry["document_number"] == number
    assert (entry["purpose"], entry["approved_by"], entry["keeper"]) == ("命名", "包志强", "王敏")
    assert "已出文并用印" in papers.strip.text()
    assert number in papers.strip.text()
    assert papers.stamping.form is None
    assert not papers.operations.undo_words
    assert document.number_words(papers.draft()).endswith("2号")


def test_the_card_says_that_a_picture_is_no_legal_seal(papers, qtbot, kept, decision):
    from PySide6.QtWidgets import QLabel

    qtbot.mouseClick(papers.stamp_button, LEFT)
    said = "".join(label.text() for label in papers.stamping.form.findChildren(QLabel))
    assert "不是法律意义上的电子印章" in said
    qtbot.mouseClick(papers.stamping.form.cancel, LEFT)
    assert papers.stamping.form is None
    assert not decision.exists()


def test_a_wrong_passphrase_takes_no_number_and_keeps_the_card(papers, qtbot, kept, decision):
    stamp(papers, qtbot, "不是这个口令啊")
    assert "口令不对" in papers.strip.text()
    assert papers.stamping.form is not None
    assert not decision.exists()
    assert uses(papers) == []
    assert document.number_words(papers.draft()).endswith("1号")


def test_without_a_seal_one_is_told_where_to_enter_it(papers, qtbot, decision):
    qtbot.mouseClick(papers.stamp_button, LEFT)
    assert papers.stamping.form is None
    assert "用印管理" in papers.strip.text()
    with qtbot.waitSignal(papers.desk.go) as gone:
        papers.strip._button.click()
    assert gone.args[0] == "seals"


def test_a_form_has_no_place_for_a_seal(papers, qtbot, kept, application_ids):
    papers.open_paper("application-form", application_ids[:1])
    qtbot.mouseClick(papers.stamp_button, LEFT)
    assert "没有套印印章的位置" in papers.strip.text()


def test_choosing_another_kind_forgets_what_was_typed(papers, qtbot, kept, decision, application_ids):
    qtbot.mouseClick(papers.stamp_button, LEFT)
    papers.open_paper("application-form", application_ids[:1])
    assert papers.stamping.form is None


def test_an_issued_paper_is_sealed_and_what_is_shown_is_the_filed_file(papers, qtbot, kept, decision, tmp_path):
    qtbot.mouseClick(papers.issue_button, LEFT)
    qtbot.mouseClick(papers.confirm.accept, LEFT)
    plain = decision.read_bytes()
    papers.issued.list.itemClicked.emit(papers.issued.list.item(0))
    sealed = tmp_path / "用印.pdf"
    papers.outlet.ask = lambda _window, _words, _form: sealed
    stamp(papers, qtbot)
    assert has_seal(sealed)
    (entry,) = uses(papers)
    assert entry["document_number"].endswith("1号")
    filed = papers.operations.read(lambda session: blobs.read(blobs.folder(session), entry["paper_sha256"]))
    assert filed == sealed.read_bytes()
    assert decision.read_bytes() == plain
    desk = FileDesk(papers.operations, papers)
    desk.ask_save = lambda *_: tmp_path / "copy.pdf"
    with qtbot.waitSignal(desk.said, timeout=20_000):
        desk.save_copy(entry)
    assert (tmp_path / "copy.pdf").read_bytes() == sealed.read_bytes()


def test_a_sealed_paper_looked_at_again_is_the_sealed_file(papers, qtbot, kept, decision, tmp_path):
    stamp(papers, qtbot)
    papers.issued.list.itemClicked.emit(papers.issued.list.item(0))
    assert papers.draft().content == decision.read_bytes()
    copy = tmp_path / "copy.pdf"
    papers.outlet.ask = lambda _window, _words, _form: copy
    with qtbot.waitSignal(papers.outlet.done, timeout=20_000):
        qtbot.mouseClick(papers.pdf_button, LEFT)
    assert copy.read_bytes() == decision.read_bytes()
