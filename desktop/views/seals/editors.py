"""The fields that seals need: a secret that is never shown, and a file that is chosen."""

from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QLineEdit

from desktop.views import icons
from desktop.views.editors import TextEditor

IMAGES = "印章图片 (*.png *.jpg *.jpeg)"
CERTIFICATES = "签名证书 (*.p12 *.pfx)"
PDFS = "PDF 文件 (*.pdf)"


class SecretEditor(TextEditor):
    """A passphrase as it was typed, spaces too; dots on the screen."""

    def _make_control(self) -> QLineEdit:
        control = super()._make_control()
        control.setEchoMode(QLineEdit.EchoMode.Password)
        return control

    def _read(self) -> Any:
        return self.control.text()


class FileEditor(TextEditor):
    """The path of a file, typed or chosen; `ask` is the dialog."""

    def __init__(self, title: str, kinds: str) -> None:
        self._title, self._kinds = title, kinds
        self.ask = QFileDialog.getOpenFileName
        super().__init__()

    def _make_control(self) -> QLineEdit:
        control = super()._make_control()
        self.choose = QAction(icons.icon(control, "folder"), "选择文件", control)
        control.addAction(self.choose, QLineEdit.ActionPosition.TrailingPosition)
        return control

    def _connect_signals(self) -> None:
        super()._connect_signals()
        self.choose.triggered.connect(self._choose)

    def _choose(self) -> None:
        chosen, _kind = self.ask(self, self._title, "", self._kinds)
        if chosen:
            self.control.setText(chosen)
            self._typed()
