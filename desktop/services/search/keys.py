"""Making the search keys of workrooms: by which words each is found, and how it sorts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, bindparam, func, literal_column, select, update
from sqlalchemy.orm import Session

from desktop.models import refresh as after_changes
from desktop.models.document import Document
from desktop.models.outcome import Outcome
from desktop.models.person import Person
from desktop.models.search import WorkroomKey
from desktop.models.unit import Unit
from desktop.models.workroom import Member, Workroom
from desktop.services.search.pinyin import Reading, name_reading, reading, reading_around
from desktop.services.search.text import latin_key, matches, native_key, terms

Source = Session | Connection
AT_ONCE: Final = 500
# A commit makes this many keys itself; after a larger import they are made in the background.
WITHIN_COMMIT: Final = 1000


@dataclass
class Words:
    """What a workroom is found by: names that are also read in pinyin, and texts that are found as they stand."""

    workroom_id: str
    name: str
    unit: str = ""
    leader: str = ""
    people: list[str] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def refresh(session: Source, limit: int | None = None) -> int:
    """Make the keys of workrooms whose texts changed, at most `limit`; return how many were made."""
    made = 0
    while limit is None or made < limit:
        ids = _stale_ids(session, AT_ONCE if limit is None else min(AT_ONCE, limit - made))
        if not ids:
            break
        make(session, ids)
        made += len(ids)
    return made


def make(session: Source, ids: Sequence[str]) -> None:
    """Make the keys of some workrooms."""
    if ids:
        _write(session, [_key(words) for words in _words(session, ids)])


def rebuild(session: Source) -> int:
    """Make every key again; return how many."""
    session.execute(update(WorkroomKey).values(stale=1))
    return refresh(session)


def refresh_small(session: Source) -> None:
    """Make the keys of a small change within its own transaction; a large one is left to `refresh`."""
    if len(_stale_ids(session, WITHIN_COMMIT + 1)) <= WITHIN_COMMIT:
        refresh(session, WITHIN_COMMIT)


@after_changes.register
def _keep_up(connection: Connection, _changed: after_changes.Changed) -> None:
    refresh_small(connection)


def stale_count(session: Source) -> int:
    """Return how many workrooms wait for a new key."""
    return session.scalar(select(func.count()).where(_is_stale())) or 0


def matching(session: Source, text: str) -> set[str]:
    """Return the ids of workrooms that a search text finds; those with a stale key are judged by their records."""
    words = terms(text)
    query = select(WorkroomKey.workroom_id).where(WorkroomKey.stale == 0)
    for word in words:
        query = query.where(func.instr(WorkroomKey.latin if word.isascii() else WorkroomKey.native, word) > 0)
    found = set(session.scalars(query))
    stale = list(session.scalars(select(WorkroomKey.workroom_id).where(_is_stale())))
    for start in range(0, len(stale), AT_ONCE):
        for words_of in _words(session, stale[start : start + AT_ONCE]):
            key = _key(words_of)
            if matches(key["native"], key["latin"], words):
                found.add(words_of.workroom_id)
    return found


def _is_stale() -> ColumnElement[bool]:
    # Written out, so that SQLite takes the partial index.
    return WorkroomKey.stale == literal_column("1")


def _stale_ids(session: Source, limit: int) -> list[str]:
    return list(session.scalars(select(WorkroomKey.workroom_id).where(_is_stale()).limit(limit)))


def _words(session: Source, ids: Sequence[str]) -> Iterable[Words]:
    query = (
        select(Workroom.id, Workroom.name, Unit.name, Person.name, Workroom.contact, Workroom.phone, Person.phone)
        .outerjoin(Unit, Unit.id == Workroom.unit_id)
        .outerjoin(Person, Person.id == Workroom.leader_id)
        .where(Workroom.id.in_(ids))
    )
    found = {
        row[0]: Words(row[0], row[1], row[2] or "", row[3] or "", texts=[text for text in row[4:] if text])
        for row in session.execute(query)
    }
    for workroom_id, name in _grouped(session, ids):
        found[workroom_id].people.append(name)
    for workroom_id, *texts in session.execute(
        select(Outcome.workroom_id, Outcome.name, Outcome.certificate_number, Outcome.patent_number).where(
            Outcome.workroom_id.in_(ids)
        )
    ):
        found[workroom_id].outcomes.append(texts[0])
        found[workroom_id].texts.extend(filter(None, texts[1:]))
    for workroom_id, number in session.execute(
        select(Document.subject_id, Document.document_number).where(Document.subject_id.in_(ids))
    ):
        found[workroom_id].texts.append(number)
    return found.values()


def _grouped(session: Source, ids: Sequence[str]) -> Iterable[tuple[str, str]]:
    query = (
        select(Member.workroom_id, Person.name)
        .join(Person, Person.id == Member.person_id)
        .where(Member.workroom_id.in_(ids))
        .order_by(Member.id)
    )
    return [(workroom_id, name) for workroom_id, name in session.execute(query)]


def _key(words: Words) -> dict[str, Any]:
    name, unit, leader = _name_reading(words), reading(words.unit), name_reading(words.leader)
    readings = [*name.words, *unit.words]
    for person in (leader, *map(name_reading, words.people)):
        readings += person.name_words
    readings += [reading(outcome).initials for outcome in words.outcomes]
    texts = [words.name, words.unit, words.leader, *words.people, *words.outcomes, *words.texts]
    return {
        "of": words.workroom_id,
        "native": native_key([text for text in texts if not text.isascii()]),
        "latin": latin_key(texts, readings),
        "name_sort": name.full,
        "unit_sort": unit.full,
        "leader_sort": leader.full,
        "stale": 0,
    }


def _name_reading(words: Words) -> Reading:
    """Read the workroom's name, in which the unit's and the leader's names usually stand."""
    if words.unit and words.name.startswith(words.unit):
        return reading(words.unit).then(reading_around(words.name[len(words.unit) :], words.leader))
    return reading_around(words.name, words.leader)


def _write(session: Source, keys: list[dict[str, Any]]) -> None:
    table: Any = WorkroomKey.__table__
    names = ("native", "latin", "name_sort", "unit_sort", "leader_sort", "stale")
    statement = update(table).where(table.c.workroom_id == bindparam("of")).values({n: bindparam(n) for n in names})
    session.execute(statement, keys)
