"""Finding a few records to choose from, by part of a name or its pinyin, however many there are."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, literal_column, or_, select
from sqlalchemy.orm import Session

from desktop.models.person import Person
from desktop.models.search import WorkroomKey
from desktop.models.unit import Unit
from desktop.models.workroom import Workroom
from desktop.services.record.search import listed
from desktop.services.search.pinyin import name_reading, reading
from desktop.services.search.text import FOLDED, folded, terms

AT_ONCE: Final = 2000
NOTHING: Final[ColumnElement[str]] = literal_column("''")
WITH_SIGNS: Final = "*[]{}-]*".format("".join(sorted({*map(chr, FOLDED), *"（）"} - {*"]-"})))
"""Texts with any sign that a search folds."""


@dataclass(frozen=True)
class FoundRecord:
    """A record that may be meant; `beside` and `number` tell it from others of its name: a person's unit and phone."""

    id: str
    name: str
    beside: str = ""
    number: str = ""


@dataclass(frozen=True)
class _Kind:
    """How a noun is found: its rows with what tells them apart, the columns looked in, what its names are typed as."""

    query: Any
    name: Any
    others: tuple[Any, ...]
    said: Callable[[str], tuple[str, ...]] = lambda name: reading(name).words


def find_some(session: Session, noun: str, text: str, limit: int) -> list[FoundRecord]:
    """Return at most `limit` records of a noun whose name (a person's also by the unit) holds every word of a text.

    Those whose name begins with the text come first, those that only the pinyin finds last. An empty text finds none.
    """
    words = terms(text)
    if not words:
        return []
    session.connection().connection.driver_connection.create_function("folded", 1, _folded, deterministic=True)  # type: ignore[union-attr]
    if noun not in KINDS:
        found: list[Any] = list(listed(session, noun, {}, text)[:limit])
        return [FoundRecord(row.id, row.name) for row in found]
    kind, known, some = KINDS[noun], set[str](), list[FoundRecord]()
    # Each way costs more than the one before: it is gone only when that found too few.
    ways = (
        _named(session, kind, words, limit),
        _spoken(session, noun, words, limit),
        _beside(session, kind, words, limit),
    )
    for row in chain(*ways):
        if row.id not in known and len(some) < limit:
            known.add(row.id)
            some.append(row)
        if len(some) == limit:
            break
    return some


def _holds(column: Any, word: str) -> ColumnElement[bool]:
    """Tell whether a text holds a word of a search; only a text with signs that a search folds is folded for it."""
    spelled = and_(column.op("GLOB")(WITH_SIGNS), func.instr(func.folded(column), word) > 0)
    return or_(func.instr(func.lower(column), word) > 0, spelled)


def _folded(text: str | None) -> str | None:
    return text if text is None else folded(text)


def _in_key(word: str) -> ColumnElement[bool]:
    return func.instr(WorkroomKey.latin if word.isascii() else WorkroomKey.native, word) > 0


def _rows(
    session: Session, kind: _Kind, conditions: Iterable[Any], order: Sequence[Any], limit: int
) -> Iterator[FoundRecord]:
    for row in session.execute(kind.query.where(*conditions).order_by(*order).limit(limit)):
        yield FoundRecord(*row)


def _named(session: Session, kind: _Kind, words: Sequence[str], limit: int) -> Iterator[FoundRecord]:
    order = (func.instr(func.lower(kind.name), words[0]) != 1, func.length(kind.name), kind.name)
    yield from _rows(session, kind, [_holds(kind.name, word) for word in words], order, limit)


def _beside(session: Session, kind: _Kind, words: Sequence[str], limit: int) -> Iterator[FoundRecord]:
    held = [or_(*(_holds(column, word) for column in (kind.name, *kind.others))) for word in words]
    yield from _rows(session, kind, held, (kind.name,), limit) if kind.others else ()


def _spoken(session: Session, noun: str, words: Sequence[str], limit: int) -> Iterator[FoundRecord]:
    """Yield the records that a text in Latin letters means; words in Chinese must stand in the name."""
    kind = KINDS[noun]
    latin = [word for word in words if word.isascii()]
    if not latin:
        return
    if noun == "workrooms":
        yield from _rows(session, kind, map(_in_key, words), (WorkroomKey.name_sort,), limit)
        return
    held = [_holds(kind.name, word) for word in words if not word.isascii()]
    names = session.scalars(select(kind.name).where(*held).distinct().execution_options(yield_per=AT_ONCE))
    # The readings are worked out for the names alone; only the records of those that fit are read.
    fitting = list(islice((name for name in names if _is_said(kind.said(name), name, latin)), limit))
    yield from _rows(session, kind, [kind.name.in_(fitting)], (kind.name,), limit)


def _is_said(said: Sequence[str], name: str, latin: Sequence[str]) -> bool:
    return all(any(word in one for one in said) or word in folded(name) for word in latin)


KINDS: Final = {
    "people": _Kind(
        select(Person.id, Person.name, func.coalesce(Unit.name, ""), Person.phone).outerjoin(
            Unit, Unit.id == Person.unit_id
        ),
        Person.name,
        (Unit.name,),
        lambda name: name_reading(name).name_words,
    ),
    "units": _Kind(select(Unit.id, Unit.name, NOTHING, Unit.credit_code), Unit.name, (Unit.credit_code,)),
    "workrooms": _Kind(
        select(Workroom.id, Workroom.name).join(WorkroomKey, WorkroomKey.workroom_id == Workroom.id), Workroom.name, ()
    ),
}
