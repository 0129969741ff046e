"""Exporting the register to a workbook."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from desktop.views.background import Progress

if TYPE_CHECKING:
    from desktop.views.registry.registry_view import RegistryView


def export_workrooms(view: "RegistryView") -> None:
    """Ask where to, then write the workrooms that are listed now; the strip says how many and where."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    chosen, _filter = QFileDialog.getSaveFileName(
        view, "导出工作室台账", str(Path(folder) / "工作室台账.xlsx"), "表格文件 (*.xlsx)"
    )
    if chosen:
        write_workrooms(view, Path(chosen))


def write_workrooms(view: "RegistryView", out: Path) -> None:
    """Write the workbook beside the window."""
    text, level, state = view.tools.question()
    where = {"level": level, "state": state}
    where = {name: value for name, value in where.items() if value}

    def work(session: Any, _progress: Progress) -> int:
        from desktop.services import spreadsheet

        return int(spreadsheet.export(session, "workrooms", out, where, text))

    def told(count: int) -> None:
        view.strip.show_message(f"已导出 {count} 个工作室：{out}", "pass", "打开文件夹", lambda: _open(out.parent))

    view.operations.read_long("导出台账", work, told)


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
