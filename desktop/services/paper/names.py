"""Names for files of papers: words that every file system takes, and never a file that is there already."""

import re
from pathlib import Path

FORBIDDEN = re.compile(r'[\\/:*?"<>|\s]+')
LONGEST_NAME = 80


def file_name(words: str, form: str) -> str:
    """Return a file name made of words: no character that Windows forbids, at most 80 characters."""
    return f"{FORBIDDEN.sub('_', words).strip('_.')[:LONGEST_NAME] or '公文'}.{form}"


def free_file(folder: Path, words: str, form: str) -> Path:
    """Return a file in a folder that is not there yet; a number in brackets tells it from its namesakes."""
    plain = folder / file_name(words, form)
    file, number = plain, 2
    while file.exists():
        file, number = plain.with_stem(f"{plain.stem}（{number}）"), number + 1
    return file
