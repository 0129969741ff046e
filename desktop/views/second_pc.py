"""A second PC of one office: writing the file it starts from, and starting from it."""

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.errors import DesktopError
from desktop.views.background import Background, Progress
from desktop.views.desk import Desk
from desktop.views.editors import TextEditor
from desktop.views.passphrase_box import PassphraseBox
from desktop.views.saving import ask_for_file
from desktop.views.seals.editors import FileEditor, SecretEditor

KIND: Final = "加入文件 (*.enrol)"
ENROL_WORDS: Final = (
    "第二台电脑从这个文件开始，用同一个工会的身份。文件里有本工会的密钥，用下面的口令锁住："
    "口令请当面或在电话里告诉，不要和文件放在一起；用完把文件删掉。"
)
JOIN_WORDS: Final = "选第一台电脑写出的加入文件，输入它的口令。之后两台电脑用“带走”“带回”交换数据。"


class EnrolBox(PassphraseBox):
    """Writes the file from which another PC of this office starts; `written(path)` follows."""

    written = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        self._desk = desk
        self.ask = ask_for_file
        super().__init__("给本工会的另一台电脑", ENROL_WORDS, "写出加入文件…", parent)

    def _add_fields(self) -> None:
        self.again = SecretEditor()
        self._add("口令", self.passphrase)
        self._add("再输一次", self.again)

    def _take(self) -> None:
        if not self._agreed(self.passphrase, self.again):
            return
        out = self.ask(self, "本工会", "enrol")
        if out is not None:
            self._write(out, str(self.passphrase.value()))

    def _write(self, path: Path, passphrase: str) -> None:
        from desktop.services.trust import enrolment

        try:
            self._desk.operations.read(lambda session: enrolment.enrol(session, path, passphrase))
        except DesktopError as error:
            self.strip.show_error(error)
            return
        self.written.emit(path)
        self.accept()


class JoinBox(PassphraseBox):
    """Makes this PC's database from an enrolment file; `made(operator)` follows when it is there."""

    made = Signal(str)

    def __init__(self, path: Path, parent: QWidget | None) -> None:
        self._path = path
        super().__init__("加入本工会", JOIN_WORDS, "加入", parent)
        self._background = Background(self)

    def _add_fields(self) -> None:
        self.file, self.operator = FileEditor("选择加入文件", KIND), TextEditor()
        self._add("加入文件", self.file)
        self._add("口令", self.passphrase)
        self._add("您的姓名", self.operator)

    def _take(self) -> None:
        wanted = ((self.file, "请选择加入文件"), (self.passphrase, "请输入口令"), (self.operator, "请填写您的姓名"))
        if any(self._wants(editor, words) for editor, words in wanted):
            return
        path, file = self._path, Path(str(self.file.value()))
        passphrase, operator = str(self.passphrase.value()), str(self.operator.value())

        def join(_progress: Progress) -> Any:
            from desktop.services import store

            path.parent.mkdir(parents=True, exist_ok=True)
            return store.joined(path, file, passphrase, operator)

        self.accept_button.setEnabled(False)
        self._background.start("加入", join, lambda _office: self._joined(operator), self._refused, writes=True)

    def _joined(self, operator: str) -> None:
        self.made.emit(operator)
        self.accept()

    def _refused(self, error: DesktopError) -> None:
        self.accept_button.setEnabled(True)
        self.strip.show_error(error)
