"""数据库口令: encrypting the database file, changing its passphrase, taking the encryption away."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.views.icons import Button
from desktop.views.passphrase_box import PassphraseBox
from desktop.views.seals.editors import SecretEditor

PLAIN_WORDS: Final = (
    "给数据库加上口令：整个文件加密，没有口令谁也打不开，电脑或硬盘丢了也读不出身份证号和银行账号。"
    "口令不能找回，忘了就只能靠没有加密的备份：请把它写下来，锁在柜子里。附件和已存的公文文件不在加密之内。"
)
SECRET_WORDS: Final = "数据库已加口令。可以换一个口令，或者去掉口令；先输入现在的口令。"


class ProtectBox(PassphraseBox):
    """`wanted(work)` carries what is to be done with the closed file: a function of its path, returning a sentence."""

    wanted = Signal(object)

    def __init__(self, path: Path, encrypted: bool, parent: QWidget | None) -> None:
        self._path, self._encrypted = path, encrypted
        words = SECRET_WORDS if encrypted else PLAIN_WORDS
        super().__init__("数据库口令", words, "更换口令" if encrypted else "加上口令", parent)

    def _add_fields(self) -> None:
        self.fresh, self.again = SecretEditor(), SecretEditor()
        self.take_away = Button("去掉口令…")
        if self._encrypted:
            self._add("现在的口令", self.passphrase)
            self.form.addRow("", self.take_away)
        else:
            self.passphrase.hide()
        self._add("新口令", self.fresh)
        self._add("再输一次", self.again)

    def _connect_signals(self) -> None:
        super()._connect_signals()
        self.take_away.clicked.connect(self._decrypt)

    def _take(self) -> None:
        if not self._known() or not self._agreed(self.fresh, self.again):
            return
        secret = str(self.fresh.value())

        def encrypt(path: Path) -> str:
            from desktop.services import store

            clear = store.encrypt(path, secret)["clear_copies"]
            left = f"旁边还有没加密的旧备份，请自行收好或删除：{'、'.join(clear)}" if clear else ""
            return f"数据库已加上口令，下次打开要输入它。{left}"

        self.wanted.emit(encrypt)
        self.accept()

    def _decrypt(self) -> None:
        if not self._known():
            return

        def decrypt(path: Path) -> str:
            from desktop.services import store

            store.decrypt(path)
            return "数据库的口令已去掉。"

        self.wanted.emit(decrypt)
        self.accept()

    def _known(self) -> bool:
        """Tell whether the present passphrase was given, where there is one."""
        from desktop.errors import BadInput
        from desktop.services import store

        if not self._encrypted:
            return True
        if self._wants(self.passphrase, "请输入现在的口令"):
            return False
        try:
            store.unlock(self._path, str(self.passphrase.value()))
        except BadInput as error:
            self.passphrase.set_error(error.message)
            return False
        return True
