"""What a kind of paper is: its name, its fields as JSON Schema, and how it becomes a file."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from desktop.documents.embedding import FontStore
from desktop.documents.fonts import font_book
from desktop.documents.page import Book, Picture
from desktop.documents.text import Typesetter
from desktop.errors import DesktopError

Data = Mapping[str, Any]
Schema = dict[str, Any]


@dataclass(frozen=True)
class Seal:
    """A seal image and its true diameter in mm."""

    picture: Picture
    diameter: float


@dataclass(frozen=True)
class Setting:
    """What surrounds a paper: the office's font folder, seals in the issuers' order, a form's short code.

    `store` is given to papers of one batch that share their font subsets.
    """

    fonts: Path | None = None
    seals: Sequence[Seal] = ()
    code: str = ""
    store: FontStore | None = None

    def setter(self) -> Typesetter:
        """Return the typesetter over the office's fonts."""
        return typesetter(self.fonts)


_SETTERS: dict[Path | None, Typesetter] = {}


def typesetter(fonts: Path | None = None) -> Typesetter:
    """Return the shared typesetter for an office's font folder (or none)."""
    if fonts not in _SETTERS:
        _SETTERS[fonts] = Typesetter(font_book(fonts))
    return _SETTERS[fonts]


@dataclass(frozen=True)
class Kind:
    """A kind of paper; `regulations` is empty for kinds that every regulation may use.

    `book` and `word` take the plain data (checked by them, refused with BadInput naming the field) and return the
    finished pages and the .docx file.
    """

    id: str
    name: str
    fields: Schema
    book: Callable[[Data, Setting], Book]
    regulations: tuple[str, ...] = ()
    word: Callable[[Data, Setting], bytes] | None = None
    sheet: Callable[[Data], bytes] | None = None
    seals: bool = field(default=False)

    def pdf(self, data: Data, setting: Setting) -> bytes:
        """Return one paper as a PDF/A-2b file."""
        return self.book(data, setting).finish()

    def pdfs(self, papers: Iterable[Data], setting: Setting) -> Iterator[bytes]:
        """Yield a file for each paper; they share their font subsets, so all are set before the first is written.

        An error says which paper it is about.
        """
        shared = replace(setting, store=FontStore())
        books = [self._counted(number, data, shared) for number, data in enumerate(papers, start=1)]
        for book in books:
            yield book.finish()

    def _counted(self, number: int, data: Data, setting: Setting) -> Book:
        try:
            return self.book(data, setting)
        except DesktopError as error:
            raise type(error)(f"第{number}份：{error.message}", f"[{number - 1}].{error.where}") from error

    def as_dict(self) -> dict[str, Any]:
        """Return the kind as the command line lists it."""
        formats = ["PDF", *(["DOCX"] if self.word else []), *(["XLSX"] if self.sheet else [])]
        return {
            "id": self.id,
            "name": self.name,
            "regulations": list(self.regulations),
            "formats": formats,
            "fields": self.fields,
        }
