"""采用: the one change of the page, undone while the text is not in force yet, else asked about in words first."""

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from desktop.services.law import pack as regulation_pack
from desktop.views import formats

if TYPE_CHECKING:
    from desktop.services.law.pack import Pack
    from desktop.views.regulations.regulations_view import RegulationsView


def may_be_undone(pack: "Pack", on: date) -> bool:
    """Say whether adopting can be taken back: only while nothing can have been judged by the text."""
    return pack.law.effective_on is not None and pack.law.effective_on > on


def adopt(view: "RegulationsView") -> None:
    """Adopt the text that was weighed, at once or after asking."""
    assert view.weighed is not None
    pack = view.weighed[0].pack
    if may_be_undone(pack, date.today()):
        _take(view, pack, undoable=True)
    else:
        question(view, pack).open()


def question(view: "RegulationsView", pack: "Pack") -> QMessageBox:
    """Return the box that names what cannot be undone; nothing waits for its answer."""
    changes = len(view.weighed[1].changes) if view.weighed is not None else 0
    since = formats.date_text((pack.law.effective_on or date.today()).isoformat())
    box = QMessageBox(view)
    box.setObjectName("adopting")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle("采用办法文件")
    box.setText(f"采用“{pack.law.title}”？")
    box.setInformativeText(
        f"自{since}起按它审核，有 {changes} 项结论会变；此前已经定下的仍按原文本。\n"
        "这份文本已到施行日期，采用后就可能据以作出决定，所以不能撤销；要改，只能再采用一份新的文本。"
    )
    yes = box.addButton("采用", QMessageBox.ButtonRole.AcceptRole)
    no = box.addButton("不采用", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    yes.clicked.connect(lambda: _take(view, pack, undoable=False))
    return box


def _take(view: "RegulationsView", pack: "Pack", *, undoable: bool) -> None:
    words = f"采用{pack.law.title}"

    def done(record: dict[str, Any]) -> None:
        view.go_back()
        said = f"已采用“{record['title']}”，自{formats.date_text(record['effective_on'])}起执行。"
        if undoable:
            view.strip.show_message(said, "pass", "撤销", lambda: _undo(view, words))
        else:
            view.strip.show_message(said, "pass")

    view.operations.run(
        words,
        lambda session: regulation_pack.adopt(session, pack, view.desk.operator, date.today()),
        done,
        view.tell,
        undoable=undoable,
    )


def _undo(view: "RegulationsView", words: str) -> None:
    # Something else may have been done since: then only the window's own 撤销 goes back step by step.
    if view.operations.undo_words == words:
        view.operations.undo()
        view.strip.show_message(f"已撤销：{words}", "info")
