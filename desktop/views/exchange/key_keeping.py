"""Keeping keys from the window: changed, declared void, shared out; confirmed in words where it cannot be undone."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox

if TYPE_CHECKING:
    from desktop.views.exchange.exchange_view import ExchangeView

CHANGE = "本工会将换用新密钥。以后的数据包都用新密钥签名；请重新印密钥卡，登记到纸质台账。换用不能撤销。"
VOID = "“{name}”的这把密钥将声明作废：本机还没有收到的、用它签名的修改都不再采用，并告诉其他工会。作废不能撤销。"


class KeyKeeping(QObject):
    """Joins the page of keys to the services; `confirm` and `ask_folder` can be replaced."""

    def __init__(self, view: "ExchangeView") -> None:
        super().__init__(view)
        self._view = view
        self.confirm = self._confirm
        self.ask_folder = self._ask_folder

    def connect_page(self) -> None:
        """Connect the page's signals."""
        page = self._view.key_page
        self._view.front.keys.clicked.connect(self.begin)
        page.left.connect(self._view.go_front)
        page.changed.connect(self.change)
        page.shared.connect(self.share)
        page.revoked.connect(self.revoke)

    def begin(self) -> None:
        """Show the keys."""
        self._read()
        self._view.stack.setCurrentWidget(self._view.key_page)

    def _read(self) -> None:
        from desktop.services import keyring

        self._view.key_page.show_keys(self._view.operations.read(keyring.office_keys))

    def change(self) -> None:
        """Change the office's key."""
        from desktop.services import keyring

        def done(made: dict[str, Any]) -> None:
            self._read()
            words = f"已换用新密钥，指纹 {made['fingerprint']}。请重新印密钥卡。"
            self._view.strip.show_message(words, "pass", "知道了")

        if self.confirm("换用新密钥", CHANGE):
            self._view.operations.run("换用新密钥", keyring.rotate, done, self._view.tell, undoable=False)

    def revoke(self, key: str, name: str, reason: str) -> None:
        """Declare a key void."""
        from desktop.services import keyring

        def done(_made: dict[str, Any]) -> None:
            self._read()
            self._view.strip.show_message(f"已声明“{name}”的这把密钥作废，下次带走时告诉其他工会。", "pass")

        if self.confirm("声明密钥作废", VOID.format(name=name)):
            operator = self._view.desk.operator
            self._view.operations.run_over_database(
                "声明密钥作废",
                lambda database, _progress: keyring.revoke(database, key, reason, operator),
                done,
                self._view.tell,
            )

    def share(self) -> None:
        """Write the recovery shares, two of three of which bring the office back."""
        from desktop.services import keyring

        folder = self.ask_folder()
        if folder is None:
            return

        def done(_written: Any) -> None:
            words = f"三份恢复份额已写到 {folder}。请分别交给三个人保管，凑齐任意两份就能恢复；不要放在一起。"
            self._view.strip.show_message(words, "pass", "知道了")

        self._view.operations.run(
            "写恢复份额",
            lambda session: keyring.write_shares(session, folder),
            done,
            self._view.tell,
            undoable=False,
        )

    def _confirm(self, title: str, words: str) -> bool:
        box = QMessageBox(QMessageBox.Icon.Warning, title, words, parent=self._view.window())
        yes = box.addButton(title, QMessageBox.ButtonRole.AcceptRole)
        box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return box.clickedButton() is yes

    def _ask_folder(self) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self._view, "恢复份额写到哪里")
        return Path(chosen) if chosen else None
