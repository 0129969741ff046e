"""The registry of every kind of paper."""

from collections.abc import Callable, Iterator

from desktop.documents.composer import compose_book
from desktop.documents.forms.form_kinds import FORM_KINDS
from desktop.documents.kind import Data, Kind, Setting
from desktop.documents.official import OFFICIAL_KINDS, from_json, schema
from desktop.documents.page import Book
from desktop.errors import NotFound


def _book(kind: str) -> Callable[[Data, Setting], Book]:
    return lambda data, setting: compose_book(from_json(kind, data), setting)


def _word(kind: str) -> Callable[[Data, Setting], bytes]:
    def render(data: Data, setting: Setting) -> bytes:
        # python-docx is slow to import and only this road needs it.
        from desktop.documents.word import write_word

        return write_word(from_json(kind, data), setting)

    return render


def _official() -> Iterator[Kind]:
    for identity, (name, _) in OFFICIAL_KINDS.items():
        yield Kind(identity, name, schema(identity), _book(identity), word=_word(identity), seals=True)


KINDS: dict[str, Kind] = {kind.id: kind for kind in (*_official(), *FORM_KINDS)}


def find_kind(identity: str) -> Kind:
    """Return a kind by its id, or refuse with the list of ids."""
    kind = KINDS.get(identity)
    if kind is None:
        raise NotFound(f"没有“{identity}”这种文书，可用的有：{'、'.join(KINDS)}。", "kind")
    return kind
