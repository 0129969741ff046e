"""Asking where a file goes, and names that every file system takes."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.services.paper.names import file_name

FILTERS = {"pdf": "PDF 文件 (*.pdf)", "docx": "Word 文档 (*.docx)", "xlsx": "Excel 工作簿 (*.xlsx)"}


def ask_for_file(parent: QWidget, words: str, form: str, folder: Path | None = None) -> Path | None:
    """Ask where to save, proposing a name in the folder last used; None when the person thinks better of it."""
    start = (folder or Path.home()) / file_name(words, form)
    chosen, _ = QFileDialog.getSaveFileName(parent, "保存到", str(start), FILTERS[form])
    if not chosen:
        return None
    return Path(chosen) if chosen.lower().endswith(f".{form}") else Path(f"{chosen}.{form}")


def ask_for_folder(parent: QWidget) -> Path | None:
    """Ask for the folder that takes the files of a batch; None when the person thinks better of it."""
    chosen = QFileDialog.getExistingDirectory(parent, "存到文件夹", str(Path.home()))
    return Path(chosen) if chosen else None
