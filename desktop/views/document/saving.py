"""Asking where a file goes, and names that every file system takes."""

import re
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

FILTERS = {"pdf": "PDF 文件 (*.pdf)", "docx": "Word 文档 (*.docx)", "xlsx": "Excel 工作簿 (*.xlsx)"}
FORBIDDEN = re.compile(r'[\\/:*?"<>|\s]+')


def file_name(words: str, form: str) -> str:
    """Return a file name made of words: no character that Windows forbids, at most 80 characters."""
    return f"{FORBIDDEN.sub('_', words).strip('_.')[:80] or '公文'}.{form}"


def ask_for_file(parent: QWidget, words: str, form: str, folder: Path | None = None) -> Path | None:
    """Ask where to save, proposing a name in the folder last used; None when the person thinks better of it."""
    start = (folder or Path.home()) / file_name(words, form)
    chosen, _ = QFileDialog.getSaveFileName(parent, "保存到", str(start), FILTERS[form])
    if not chosen:
        return None
    return Path(chosen) if chosen.lower().endswith(f".{form}") else Path(f"{chosen}.{form}")
