"""附件: the files of a workroom; added with the button or by dropping them, opened with a double click."""

import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.errors import DesktopError
from desktop.views.background import Progress
from desktop.views.desk import Desk
from desktop.views.message_strip import MessageStrip
from desktop.views.record_table_model import Column
from desktop.views.registry.child_table import ChildTable


def size_text(size: int | None) -> str:
    """Return a file's size as people say it: 640 KB, 2.3 MB."""
    if not size:
        return ""
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(1, round(size / 1024))} KB"


COLUMNS = (
    Column("name", "文件名", 0, editable=True),
    Column("note", "说明", 200, editable=True),
    Column("size", "大小", 90, show=lambda record: size_text(record.get("size"))),
)


def copy_under_name(kept: Path, name: str) -> Path:
    """Copy a kept file under its own name for another program to open, so that the kept one stays as it is."""
    # The name may come from another office's package: only its last part is used, without what no system takes.
    last = re.sub(r'[\x00-\x1f<>:"|?*]', "", name.replace("\\", "/").rstrip("/").rpartition("/")[2]).strip(". ")
    copy = Path(tempfile.mkdtemp(prefix="workroom-desk-")) / (last or "附件")
    shutil.copyfile(kept, copy)
    return copy


class AttachmentList(ChildTable):
    """The attachments of one workroom."""

    def __init__(self, desk: Desk, strip: MessageStrip, parent: QWidget | None = None) -> None:
        self._workroom_id = ""
        super().__init__(desk, strip, "attachments", "附件", COLUMNS, parent=parent)
        self.setAcceptDrops(True)

    def _connect_signals(self) -> None:
        super()._connect_signals()
        self.table.doubleClicked.connect(lambda index: self._open(index.row()))

    def show_attachments(self, workroom_id: str, rows: Sequence[dict[str, Any]]) -> None:
        """Show the files of a workroom."""
        self._workroom_id = workroom_id
        self.show_rows(rows)
        self.add_button.show()

    def add(self) -> None:
        """Ask for files and attach them."""
        chosen, _filter = QFileDialog.getOpenFileNames(self, "添加附件")
        self.attach([Path(name) for name in chosen])

    def attach(self, files: Sequence[Path]) -> None:
        """Attach files by their content."""
        if not files:
            return

        def change(session: Any, progress: Progress) -> None:
            from desktop.services import attachments

            folder = attachments.attachment_folder(self._desk.operations.path)
            for number, file in enumerate(files):
                progress.report(number, len(files), f"添加附件 {file.name}")
                attachments.attach(session, folder, "workrooms", self._workroom_id, file)

        self._desk.operations.run_long("添加附件", change, None, self._strip.show_error)

    def _open(self, row: int) -> None:
        from desktop.services import attachments

        record = self.model.record(row)
        folder = attachments.attachment_folder(self._desk.operations.path)
        try:
            kept = self._desk.operations.read(lambda session: attachments.attached_file(session, folder, record["id"]))
        except DesktopError as error:
            self._strip.show_error(error)
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy_under_name(kept, record["name"]))))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped."""
        self.attach([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
