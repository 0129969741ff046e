"""First contact with another office: handing over one's identity, accepting the other's by its fingerprint."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QFileDialog, QMessageBox

from desktop.errors import DesktopError
from desktop.views.saving import ask_for_file

if TYPE_CHECKING:
    from desktop.views.exchange.exchange_view import ExchangeView

IDENTITY: Final = "身份文件 (*.json)"
RELATIONS: Final = (("parent", "上级"), ("child", "下级"), ("peer", "平级"))


def hand_over_identity(view: "ExchangeView") -> None:
    """Write this office's identity file and show its fingerprint."""
    out = ask_for_file(view, "身份文件", "json", title="本机的身份文件")
    if out is not None:
        write_identity(view, out)


def write_identity(view: "ExchangeView", out: Path) -> None:
    """Write the identity file."""
    from desktop.services import identity

    try:
        document = view.operations.read(lambda session: identity.write_identity(session, out))
    except DesktopError as error:
        view.tell(error)
        return
    words = f"身份文件已写好：{out}。请当面或打电话核对指纹：{document['fingerprint']}"
    view.strip.show_message(words, "pass", "知道了")


def accept_identity(view: "ExchangeView") -> None:
    """Ask for the other office's identity file, and in words whether its fingerprint was compared."""
    from desktop.services import identity

    chosen, _filter = QFileDialog.getOpenFileName(view, "认可对方", "", IDENTITY)
    if not chosen:
        return
    try:
        document = identity.load_identity(Path(chosen))
    except DesktopError as error:
        view.tell(error)
        return
    relation = _ask_relation(view, document)
    if relation:
        trust(view, document, relation)


def _ask_relation(view: "ExchangeView", document: dict[str, Any]) -> str:
    # A wrong key accepted here would let a stranger write into the register: this one question is asked.
    box = QMessageBox(view)
    box.setWindowTitle("认可对方")
    box.setText(f"认可“{document['name']}”的密钥？")
    box.setInformativeText(f"请先与对方核对指纹：\n{document['fingerprint']}\n核对一致后，选择它与本工会的关系。")
    buttons = {box.addButton(words, QMessageBox.ButtonRole.AcceptRole): relation for relation, words in RELATIONS}
    box.addButton("不认可", QMessageBox.ButtonRole.RejectRole)
    box.exec()
    clicked: Any = box.clickedButton()
    return buttons.get(clicked, "")


def trust(view: "ExchangeView", document: dict[str, Any], relation: str) -> None:
    """Accept the other office's key."""
    from desktop.services import identity

    def done(accepted: dict[str, Any]) -> None:
        view.strip.show_message(f"已认可 {accepted['name']}，可以交换数据包了。", "pass")
        view.refresh(frozenset())

    view.operations.run(
        f"认可{document['name']}",
        lambda session: identity.trust(session, document, relation),
        done,
        view.tell,
        undoable=False,
    )
