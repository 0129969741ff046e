"""Asking where a file goes: a name that every file system takes, in the person's documents, with its ending."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.services.paper.names import file_name

FILTERS: Final = {
    "pdf": "PDF 文件 (*.pdf)",
    "docx": "Word 文档 (*.docx)",
    "xlsx": "Excel 工作簿 (*.xlsx)",
    "json": "身份文件 (*.json)",
    "seal": "加锁的印章 (*.seal)",
    "enrol": "加入文件 (*.enrol)",
    "wrpack": "数据包 (*.wrpack)",
}


def ask_for_file(
    parent: QWidget | None, words: str, form: str, folder: Path | None = None, title: str = "保存到"
) -> Path | None:
    """Ask where to save, proposing a name in a folder, else among the documents; None when one thinks better of it."""
    place = (folder or documents()) / file_name(words, form)
    while True:
        chosen, _ = QFileDialog.getSaveFileName(parent, title, str(place), FILTERS[form])
        if not chosen:
            return None
        place = Path(chosen) if chosen.lower().endswith(f".{form}") else Path(f"{chosen}.{form}")
        # The dialog asked whether to replace the name as it was typed: with its ending it may be another file.
        if str(place) == chosen or not place.exists():
            return place


def ask_for_folder(parent: QWidget) -> Path | None:
    """Ask for the folder that takes the files of a batch; None when the person thinks better of it."""
    chosen = QFileDialog.getExistingDirectory(parent, "存到文件夹", str(documents()))
    return Path(chosen) if chosen else None


def documents() -> Path:
    """Return the person's folder of documents."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
