"""A second PC of one office: writing the file it starts from, and starting from it."""

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import DesktopError
from desktop.views import theme
from desktop.views.background import Background, Progress
from desktop.views.desk import Desk
from desktop.views.editors import TextEditor
from desktop.views.field_editor import FieldEditor
from desktop.views.icons import Button
from desktop.views.message_strip import MessageStrip
from desktop.views.seals.editors import FileEditor, SecretEditor

KIND: Final = "加入文件 (*.enrol)"
ENROL_WORDS: Final = (
    "第二台电脑从这个文件开始，用同一个工会的身份。文件里有本工会的密钥，用下面的口令锁住："
    "口令请当面或在电话里告诉，不要和文件放在一起；用完把文件删掉。"
)
JOIN_WORDS: Final = "选第一台电脑写出的加入文件，输入它的口令。之后两台电脑用“带走”“带回”交换数据。"


class PassphraseBox(QDialog):
    """A few fields, a strip for what is wrong, and two buttons."""

    def __init__(self, title: str, words: str, action: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._texts = (title, words, action)
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        title, words, action = self._texts
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.strip = MessageStrip()
        self.passphrase = SecretEditor()
        self.leave, self.accept_button = Button("取消"), Button(action, role="primary")
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(theme.px(12))
        self.form.setVerticalSpacing(theme.px(8))
        self._add_fields()
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.accept_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(theme.label(words, "quiet", wrap=True))
        layout.addWidget(self.strip)
        layout.addLayout(self.form)
        layout.addLayout(buttons)
        self.setMinimumWidth(theme.px(480))

    def _add_fields(self) -> None:
        raise NotImplementedError

    def _add(self, title: str, editor: FieldEditor) -> None:
        editor.setAccessibleName(title)
        self.form.addRow(theme.label(title, "quiet"), editor)

    def _connect_signals(self) -> None:
        self.leave.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self._take)

    def _take(self) -> None:
        raise NotImplementedError

    def _wants(self, editor: FieldEditor, words: str) -> bool:
        """Tell whether a field is empty, and say at it what is wanted."""
        editor.commit()
        if editor.value():
            return False
        editor.set_error(words)
        editor.setFocus()
        return True


class EnrolBox(PassphraseBox):
    """Writes the file from which another PC of this office starts; `written(path)` follows."""

    written = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        self._desk = desk
        self.ask = QFileDialog.getSaveFileName
        super().__init__("给本工会的另一台电脑", ENROL_WORDS, "写出加入文件…", parent)

    def _add_fields(self) -> None:
        self.again = SecretEditor()
        self._add("口令", self.passphrase)
        self._add("再输一次", self.again)

    def _take(self) -> None:
        if self._wants(self.passphrase, "请写一个口令") or self._wants(self.again, "请再输一次"):
            return
        if self.passphrase.value() != self.again.value():
            self.again.set_error("两次输入的口令不同")
            return
        name, _kind = self.ask(self, "写到哪里", "本工会.enrol", KIND)
        if name:
            self._write(Path(name), str(self.passphrase.value()))

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
