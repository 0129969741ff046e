"""The page of seals by hand: keeping, relocking, handing over, stopping, carrying, the register, verifying a file."""

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop.services import document
from desktop.services.seal import keeping, vault
from desktop.views.seals.seal_view import SealView
from tests.documents.certificates import PASSPHRASE, pkcs12_file
from tests.views.seals.conftest import OFFICE_KEY
from tests.views.showing import shown

LEFT = Qt.MouseButton.LeftButton
NEW_KEY = "接手人另外的口令"


@pytest.fixture
def view(qtbot, desk):
    with shown(qtbot, SealView(desk)) as found:
        yield found


@pytest.fixture
def kept_view(qtbot, desk, kept):
    with shown(qtbot, SealView(desk)) as found:
        yield found


def fill(view, **values):
    for name, value in values.items():
        view.form.editors[name].control.setText(value)


def accept(qtbot, view):
    qtbot.mouseClick(view.form.accept, LEFT)


def opens(view, seal_id, passphrase):
    return view.operations.read(lambda session: bool(vault.take(session, seal_id, passphrase)))


def waited(qtbot, view):
    qtbot.waitUntil(lambda: not view.operations.is_busy(), timeout=20_000)


def test_a_seal_is_kept_from_the_empty_page(qtbot, view, image):
    assert view.stack.currentWidget() is view.nothing
    qtbot.mouseClick(view.nothing.action, LEFT)
    assert view.form.editors["secret"].control.echoMode() == QLineEdit.EchoMode.Password
    assert view.form.editors["issuer"].value() == view.desk.office_name()
    view.form.editors["image"].ask = lambda *_: (str(image), "")
    view.form.editors["image"].choose.trigger()
    fill(view, secret=OFFICE_KEY, again=OFFICE_KEY)
    accept(qtbot, view)
    (row,) = view.model.rows()
    assert row["keeper"] == "王敏"
    assert "电子印章" in view.strip.text()
    assert view.entries.rows()[0]["action"] == "启用"
    assert opens(view, row["id"], OFFICE_KEY)
    assert view.form is None
    assert not view.operations.undo_words


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"secret": OFFICE_KEY, "again": "别的口令一二三四"}, "两遍口令不一样"),
        ({"secret": "short", "again": "short"}, "口令太短"),
        ({"secret": OFFICE_KEY, "again": OFFICE_KEY, "diameter": "四十二"}, "填数字"),
        ({"secret": OFFICE_KEY, "again": OFFICE_KEY, "diameter": "100"}, "不合常规"),
        ({"secret": OFFICE_KEY, "again": OFFICE_KEY, "keeper": " "}, "保管人"),
        ({"secret": OFFICE_KEY, "again": OFFICE_KEY, "image": "/no/such.png"}, "打不开"),
    ],
)
def test_what_cannot_be_kept_is_said_and_what_was_typed_stays(qtbot, view, image, given, said):
    view.add()
    fill(view, image=str(image), **{name: value for name, value in given.items() if name != "image"})
    if "image" in given:
        fill(view, image=given["image"])
    accept(qtbot, view)
    assert said in view.strip.text()
    assert view.form is not None
    assert view.model.rows() == []


def test_spaces_belong_to_a_passphrase(qtbot, view, image):
    view.add()
    fill(view, image=str(image), secret=f" {OFFICE_KEY} ", again=f" {OFFICE_KEY} ")
    accept(qtbot, view)
    assert opens(view, view.model.rows()[0]["id"], f" {OFFICE_KEY} ")


def test_the_passphrase_changes_and_the_keeper(qtbot, kept_view, kept):
    view = kept_view
    qtbot.mouseClick(view.passphrase, LEFT)
    fill(view, old="不是这个口令啊", new=NEW_KEY, again=NEW_KEY)
    accept(qtbot, view)
    assert "口令不对" in view.strip.text()
    fill(view, old=OFFICE_KEY)
    accept(qtbot, view)
    assert "口令已更换" in view.strip.text()
    assert opens(view, kept["id"], NEW_KEY)
    qtbot.mouseClick(view.hand_over, LEFT)
    fill(view, keeper="李娜", old=NEW_KEY, new=OFFICE_KEY, again=OFFICE_KEY)
    accept(qtbot, view)
    assert view.model.rows()[0]["keeper"] == "李娜"
    assert [one["action"] for one in view.entries.rows()] == ["移交", "更换口令", "启用"]


def test_a_seal_goes_out_of_use(qtbot, kept_view, kept):
    view = kept_view
    qtbot.mouseClick(view.stop, LEFT)
    accept(qtbot, view)
    assert "停用原因" in view.strip.text()
    fill(view, reason="机关更名")
    accept(qtbot, view)
    assert view.model.rows()[0]["state"] == "已停用"
    assert view.model.index(0, 5).data() == "不在本机"
    for button in (view.stop, view.passphrase, view.hand_over, view.carry, view.bring):
        assert not button.isEnabled()


def test_a_seal_is_carried_and_brought(qtbot, kept_view, kept, tmp_path):
    view, out = kept_view, tmp_path / "x.seal"
    assert not view.bring.isEnabled()
    view.files.ask_save = lambda *_: out
    qtbot.mouseClick(view.carry, LEFT)
    waited(qtbot, view)
    assert out.read_bytes().startswith(b"WRDLOCK1")
    view.operations.read(lambda session: vault.path_of(session, kept["id"])).unlink()
    view.arrive()
    assert not view.passphrase.isEnabled()
    qtbot.mouseClick(view.bring, LEFT)
    fill(view, file=str(out), secret=OFFICE_KEY)
    accept(qtbot, view)
    assert view.model.rows()[0]["here"]


def test_the_register_is_written_out(qtbot, kept_view, tmp_path):
    view = kept_view
    for button, name in ((view.export, "r.xlsx"), (view.print_register, "r.pdf")):
        view.files.ask_save = lambda *_, name=name: tmp_path / name
        qtbot.mouseClick(button, LEFT)
        waited(qtbot, view)
        assert "已写到" in view.strip.text()
    assert openpyxl.load_workbook(tmp_path / "r.xlsx").active.max_row == 2
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")


def test_a_file_is_verified(qtbot, kept_view, tmp_path):
    view, file = kept_view, tmp_path / "p.pdf"
    grant = view.operations.read(lambda session: document.subjects(session, "quota-notice")[0].id)
    view.operations.run(
        "出文",
        lambda session: document.issue(session, "quota-notice", "grants", [grant], file),
        undoable=False,
    )
    view.files.ask_open = lambda *_: (str(file), "")
    qtbot.mouseClick(view.verify, LEFT)
    waited(qtbot, view)
    assert "逐字节相同" in view.strip.text()
    file.write_bytes(file.read_bytes() + b" ")
    qtbot.mouseClick(view.verify, LEFT)
    waited(qtbot, view)
    assert "与归档的那一份不同" in view.strip.text()
    file.write_bytes(b"no paper")
    qtbot.mouseClick(view.verify, LEFT)
    waited(qtbot, view)
    assert "不是PDF" in view.strip.text()


def test_a_form_needs_no_more_height_than_a_small_screen_has(qtbot, kept_view):
    kept_view.resize(1260, 600)
    kept_view.add()
    qtbot.wait(20)
    assert kept_view.minimumSizeHint().height() <= 600
    assert kept_view.height() == 600
    qtbot.mouseClick(kept_view.form.cancel, LEFT)
    assert kept_view.register_pane.isVisible()


def test_a_filed_paper_is_signed_and_still_known(qtbot, kept_view, tmp_path):
    view, plain, signed = kept_view, tmp_path / "p.pdf", tmp_path / "s.pdf"
    grant = view.operations.read(lambda session: document.subjects(session, "quota-notice")[0].id)
    view.operations.run(
        "出文", lambda session: document.issue(session, "quota-notice", "grants", [grant], plain), undoable=False
    )
    (tmp_path / "c.p12").write_bytes(pkcs12_file("左翼中旗总工会"))
    view.files.ask_save = lambda *_: signed
    qtbot.mouseClick(view.sign, LEFT)
    fill(view, file=str(plain), certificate=str(tmp_path / "c.p12"), secret="错的口令")
    accept(qtbot, view)
    waited(qtbot, view)
    assert "口令不对" in view.strip.text()
    assert not signed.exists()
    fill(view, secret=PASSPHRASE)
    accept(qtbot, view)
    waited(qtbot, view)
    assert "已由“左翼中旗总工会”签名" in view.strip.text()
    view.files.verify(signed)
    waited(qtbot, view)
    assert "未被改动" in view.strip.text()
    assert "去掉签名与归档的" in view.strip.text()
    assert "证书指纹" in view.strip.text()


def test_an_entry_without_a_paper_has_nothing_to_save(kept_view):
    kept_view.register.opened.emit(0)
    assert "没有盖章的文件" in kept_view.strip.text()


def test_choosing_no_file_does_nothing(qtbot, kept_view):
    kept_view.files.ask_open, kept_view.files.ask_save = lambda *_: ("", ""), lambda *_: None
    for button in (kept_view.verify, kept_view.export, kept_view.print_register, kept_view.carry):
        qtbot.mouseClick(button, LEFT)
    assert kept_view.strip.text() == ""


def test_keepers_are_listed_with_what_they_keep(kept_view, kept):
    row = [kept_view.model.index(0, column).data() for column in range(6)]
    assert row == [kept["name"], kept["issuer"], "42", "王敏", "在用", "在本机，已加锁"]
    assert kept_view.operations.read(keeping.seals)[0]["here"]
