"""Files of the page of seals: the register written out, a locked image carried, a paper verified."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.errors import DesktopError
from desktop.views.operation import Operations
from desktop.views.saving import ask_for_file

PAPERS: Final = "公文 (*.pdf *.docx *.xlsx)"


class FileDesk(QObject):
    """Asks for files and works beside the window; `said(words, kind)` tells the outcome, `failed` a refusal."""

    said = Signal(str, str)
    failed = Signal(object)

    def __init__(self, operations: Operations, window: QWidget) -> None:
        super().__init__(window)
        self._operations, self._window = operations, window
        self.ask_open, self.ask_save = QFileDialog.getOpenFileName, ask_for_file

    def carry(self, seal: Mapping[str, Any] | None) -> None:
        """Write a seal's locked image where the person says."""
        from desktop.services.seal import vault

        out = self.ask_save(self._window, str(seal["name"]), "seal") if seal is not None else None
        if seal is None or out is None:
            return
        seal_id = str(seal["id"])
        self._operations.read_long(
            "带出印章",
            lambda session, _progress: vault.carry(session, seal_id, out),
            lambda _none: self.said.emit(f"已带出到 {out}，仍然加着锁。", "pass"),
            self.failed.emit,
        )

    def write(self, form: str) -> None:
        """Write the register as xlsx, or this year's as pdf."""
        from desktop.services.seal import register

        year = date.today().year
        out = self.ask_save(self._window, f"{year}年用印登记", form)
        if out is None:
            return
        self._operations.read_long(
            "写用印登记",
            lambda session, _progress: register.write(session, out, year),
            lambda count: self.said.emit(f"已写到 {out}，共 {count} 条。", "pass"),
            self.failed.emit,
        )

    def sign(self, file: Path, certificate: Path, passphrase: str) -> None:
        """Write a signed copy of a PDF where the person says."""
        from desktop.services.paper import signing

        out = self.ask_save(self._window, f"{file.stem}（已签名）", "pdf")
        if out is not None:
            self._operations.in_background(
                "签名",
                lambda _progress: signing.sign_file(file, certificate, passphrase, out),
                lambda made: self.said.emit(f"已由“{made['signer']}”签名，写到 {out}。", "pass"),
                self.failed.emit,
            )

    def save_copy(self, entry: Mapping[str, Any]) -> None:
        """Write the file that a seal was set on, as it was then, where the person says."""
        from desktop.services import blobs
        from desktop.services.seal import register

        use_id = str(entry["id"])
        try:
            content = self._operations.read(lambda session: register.sealed_copy(session, use_id))
        except DesktopError as error:
            self.failed.emit(error)
            return
        out = self.ask_save(self._window, entry["title"] or entry["purpose"] or "用印文件", "pdf")
        if out is not None:
            self._operations.in_background(
                "另存",
                lambda _progress: blobs.write_whole(out, content),
                lambda _none: self.said.emit(f"盖章的那一份已另存到 {out}。", "pass"),
                self.failed.emit,
            )

    def ask_file(self) -> None:
        """Ask for a file and verify it."""
        chosen, _kind = self.ask_open(self._window, "选择要核验的文件", "", PAPERS)
        if chosen:
            self.verify(Path(chosen))

    def verify(self, file: Path) -> None:
        """Tell whether a file's signature holds and whether it is the one that was filed."""
        from desktop.services.paper import verifying

        self._operations.read_long(
            f"核验 {file.name}",
            lambda session, _progress: verifying.verify_file(file, session),
            lambda found: self.said.emit(*_verdict(file.name, found)),
            self.failed.emit,
        )


def _verdict(name: str, found: Mapping[str, Any]) -> tuple[str, str]:
    """Return what to say of a verified file, and in which colour."""
    signed, filed = found["signature"]["verdict"], found["filed"]["verdict"]
    certificates = [one["certificate"] for one in found["signature"]["signatures"]]
    prints = "".join(f"证书指纹：{one['fingerprint']}。" for one in certificates if one)
    if signed == "altered":
        kind = "fail"
    elif filed == "changed":
        kind = "warn"
    else:
        kind = "info" if (signed, filed) == ("unsigned", "unknown") else "pass"
    return f"{name}：{found['message']}{prints}", kind
