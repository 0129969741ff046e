"""Uniting two records of one workroom, person or unit: everything that names the one comes to name the other."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed
from desktop.models.application import Attestation
from desktop.models.document import Document
from desktop.models.grant import Grant
from desktop.models.office import Office
from desktop.services import attestations
from desktop.services.duplicates import NOUNS
from desktop.services.record.deletion import OWNED_LOOSELY, delete_record, references
from desktop.services.record.fields import FieldSpec, fields, model_of, title_of
from desktop.services.record.handing_down import Handing
from desktop.services.records import get_record, put_records
from desktop.services.search.text import plain

Row = dict[str, Any]
# Moved through the field, a record meets its twin where these values are the same: the two become one, whose gaps the
# moved one fills. In this order, so that what belongs to a twin is moved before it is compared.
TWINS: Final = {
    ("members", "person_id"): ("workroom_id",),
    ("members", "workroom_id"): ("person_id",),
    ("alliance_members", "workroom_id"): ("alliance_id",),
    ("topics", "workroom_id"): ("name",),
    ("outcomes", "workroom_id"): ("name",),
    ("publications", "workroom_id"): ("outcome_id", "platform", "title", "published_on"),
    ("activities", "workroom_id"): ("title", "kind", "date"),
    ("plans", "workroom_id"): ("year", "kind", "content"),
}


@dataclass(frozen=True)
class Difference:
    """A field in which two records differ, with both values in JSON form; `take` proposes the other record's.

    In what belongs to both (a member, an outcome) `noun` is that record's, `name` is `noun/id/field` and `title` says
    whose field it is.
    """

    noun: str
    name: str
    title: str
    keep: Any
    other: Any
    take: bool


@dataclass(frozen=True)
class United:
    """What uniting did: the record kept, how many records now name it, and the id that is gone (its history stays).

    `notices` say what a person should look at: grants of one year, which are never united by themselves.
    """

    noun: str
    kept: Row
    gone: str
    moved: int
    notices: tuple[str, ...] = ()


def differences(session: Session, noun: str, keep_id: str, other_id: str) -> list[Difference]:
    """Return the fields in which two records differ; what only the other one has is proposed to be taken.

    Of a list the other value is both together. After their own fields follow those of what belongs to both: the same
    member, topic or outcome with different values.
    """
    keep, other = get_record(session, noun, keep_id), get_record(session, noun, other_id)
    own = [
        Difference(noun, spec.name, spec.title, keep[spec.name], other[spec.name], _proposed(spec, keep, other))
        if not isinstance(other[spec.name], list)
        else Difference(
            noun, spec.name, spec.title, keep[spec.name], _both(keep[spec.name], other[spec.name]), take=True
        )
        for spec in fields(noun)
        if keep[spec.name] != other[spec.name]
        and not _is_empty(spec, other[spec.name])
        and not _holds(keep[spec.name], other[spec.name])
    ]
    return own + list(_inner_differences(session, noun, keep_id, other_id))


def _proposed(spec: FieldSpec, keep: Row, other: Row) -> bool:
    """Propose what only the other record says, and the higher of two levels: a list of the county's tells the lower."""
    if spec.noun == "workrooms" and spec.name == "level":
        return spec.choices.index(other["level"]) > spec.choices.index(keep["level"])
    return _is_empty(spec, keep[spec.name])


def _holds(keep: Any, other: Any) -> bool:
    return isinstance(keep, list) and isinstance(other, list) and all(one in keep for one in other)


def _both(keep: list[Any], other: list[Any]) -> list[Any]:
    return keep + [one for one in other if one not in keep]


def _inner_differences(session: Session, noun: str, keep_id: str, other_id: str) -> Iterator[Difference]:
    for (child, name), same in TWINS.items():
        if (child, name, noun) not in references():
            continue
        for row in _naming(session, child, name, other_id):
            twin = _twin(session, row, name, keep_id, same)
            if twin is None:
                continue
            kept, given = get_record(session, child, twin.id), get_record(session, child, row.id)
            for spec in fields(child):
                told = spec.attribute != name and not (
                    _is_empty(spec, kept[spec.name]) or _is_empty(spec, given[spec.name])
                )
                if told and kept[spec.name] != given[spec.name]:
                    title = f"{title_of(child)}“{_called(session, child, kept)}”的{spec.title}"
                    values = kept[spec.name], given[spec.name]
                    yield Difference(child, f"{child}/{twin.id}/{spec.name}", title, *values, take=False)


def _called(session: Session, child: str, row: Row) -> str:
    if child in ("members", "alliance_members"):
        noun, key = ("people", "person_id") if child == "members" else ("alliances", "alliance_id")
        return str(get_record(session, noun, row[key])["name"])
    return str(row.get("name") or row.get("title") or row.get("year") or "")


def _is_empty(spec: FieldSpec, value: Any) -> bool:
    # A choice that nobody changed says nothing.
    return value in (None, "", []) or (bool(spec.choices) and value == spec.default)


def unite(session: Session, noun: str, keep_id: str, other_id: str, take: Collection[str] = ()) -> United:
    """Let `keep_id` take the place of `other_id` everywhere, with the other's values of the differences `take`.

    The other record is deleted. What this office wrote about its own workroom goes down to the office whose workroom is
    kept: it is closed here and made anew there. All of it is one change that can be undone; what the deleted record
    said stays in its history. NotFound, NotAllowed (a paper is about it, or an office beneath would lose it) and
    BadInput name what stands against it.
    """
    if noun not in NOUNS or keep_id == other_id:
        raise BadInput(f"只能合并两条不同的{'或'.join(map(title_of, NOUNS))}记录。", noun)
    keep, other = get_record(session, noun, keep_id), get_record(session, noun, other_id)
    different = {one.name: one for one in differences(session, noun, keep_id, other_id)}
    unknown = set(take) - set(different) - {spec.name for spec in fields(noun)}
    if unknown:
        raise BadInput(f"{title_of(noun)}没有“{min(unknown)}”这个字段。", noun)
    _refuse_papers(session, noun, other)
    handing = Handing(session)
    _refuse_taking_from_beneath(handing, noun, keep, other)
    handing.office = handing.owner(noun, keep_id) if noun == "workrooms" else None
    moved = _absorb(handing, noun, keep_id, other_id)
    own = {name: one.other for name, one in different.items() if name in take and "/" not in name}
    for name in (name for name in take if "/" in name):
        child, row_id, field = name.split("/")
        put_records(session, child, {"id": row_id, field: different[name].other})
    kept = put_records(session, noun, {"id": keep_id, **own})[0]
    return United(noun, kept, other_id, moved, tuple(_notices(handing, noun, keep_id)))


def _refuse_papers(session: Session, noun: str, other: Row) -> None:
    count = session.scalar(
        select(func.count()).select_from(Document).filter_by(subject_noun=noun, subject_id=other["id"])
    )
    if count:
        raise NotAllowed(
            f"“{other['name']}”这一条已签发{count}件公文，公文不能改到另一条名下。请点“对调”，保留有公文的这一条；"
            "两条都有公文时不能合并。",
            noun,
        )


def _refuse_taking_from_beneath(handing: Handing, noun: str, keep: Row, other: Row) -> None:
    """An office beneath must not lose a record, or what its records name, to one that it never receives."""
    own = handing.owners.office
    rows = [(noun, other["id"]), *((child, row.id) for child, row in _named_by(handing.session, noun, other["id"]))]
    owners = {handing.owner(*row) for row in rows} - {None, own}
    losing = {one for one in owners if one is not None and not handing.reaches(one, noun, keep["id"])}
    if noun == "workrooms" and keep["office_id"] in (None, own) and other["office_id"] not in (None, own):
        losing.add(other["office_id"])
    for owner in sorted(losing):
        office = handing.session.get(Office, owner)
        raise NotAllowed(
            f"“{other['name']}”这一条归“{office.name if office else '下级工会'}”管理，或由它的记录引用；合并掉它，"
            f"对方的台账里就没有这个{title_of(noun)}了。请点“对调”，保留对方的这一条；两条归两个下级工会时不能合并。",
            noun,
        )


def _named_by(session: Session, noun: str, record_id: str) -> Iterator[tuple[str, Any]]:
    for child, name, target in references():
        if target == noun:
            yield from ((child, row) for row in _naming(session, child, name, record_id))


def _notices(handing: Handing, noun: str, keep_id: str) -> Iterator[str]:
    session = handing.session
    if handing.kept_back:
        yield f"{handing.kept_back}条已签发公文或已拨付的记录仍归本级，保留的这一条所属的工会收不到它们"
    if noun == "workrooms":
        years = select(Grant.year).filter_by(workroom_id=keep_id).group_by(Grant.year).having(func.count() > 1)
        for year in session.scalars(years.order_by(Grant.year)):
            yield f"{year}年的补助有不止一笔，请核对是否重复登记"


def _absorb(handing: Handing, noun: str, keep_id: str, other_id: str) -> int:
    """Let every record that names the other name the one that is kept, and delete the other; return how many."""
    session = handing.session
    named = [(child, name) for child, name, target in references() if target == noun]
    order = {place: number for number, place in enumerate(TWINS)}
    moved = sum(
        _repoint(handing, *place, keep_id, other_id)
        for place in sorted(named, key=lambda place: order.get(place, len(order)))
    )
    moved += sum(_repoint(handing, *place, keep_id, other_id) for place in OWNED_LOOSELY if place[0] != "attestations")
    moved += _move_facts(session, keep_id, other_id)
    session.flush()
    delete_record(session, noun, other_id)
    return moved


def _naming(session: Session, child: str, name: str, record_id: str) -> list[Any]:
    model: Any = model_of(child)
    return list(session.scalars(select(model).where(getattr(model, name) == record_id).order_by(model.id)))


def _repoint(handing: Handing, child: str, name: str, keep_id: str, other_id: str) -> int:
    session = handing.session
    rows = _naming(session, child, name, other_id)
    same = TWINS.get((child, name))
    for row in rows:
        twin = same and _twin(session, row, name, keep_id, same)
        if twin:
            _fill_gaps(child, twin, row)
            _absorb(handing, child, twin.id, row.id)
        elif handing.goes_down(child, row):
            _hand_down(handing, child, row, {name: keep_id})
        else:
            setattr(row, name, keep_id)
            session.flush()
    return len(rows)


def _hand_down(handing: Handing, child: str, row: Any, changes: Row) -> None:
    """Close a record of this office and make it anew where the office beneath receives it, with whom it names."""
    _take_along(handing, child, row)
    _absorb(handing, child, handing.copied(row, **changes).id, row.id)


def _take_along(handing: Handing, child: str, row: Any) -> None:
    for noun, named in list(handing.taken_along(child, row)):
        _take_along(handing, noun, named)
        made = handing.copied(named, office_id=handing.office)
        _absorb(Handing(handing.session), noun, made.id, named.id)


def _twin(session: Session, row: Any, name: str, keep_id: str, same: Collection[str]) -> Any:
    """Return the record beneath the kept one that is the same as a row beneath the other; None when there is none."""
    wanted = [_compared(getattr(row, one)) for one in same]
    return next(
        (
            one
            for one in _naming(session, row.__tablename__, name, keep_id)
            if [_compared(getattr(one, key)) for key in same] == wanted
        ),
        None,
    )


def _compared(value: Any) -> Any:
    return plain(value).replace(" ", "") if isinstance(value, str) else value


def _fill_gaps(child: str, twin: Any, row: Any) -> None:
    for spec in fields(child):
        given = getattr(row, spec.attribute)
        if _is_empty(spec, getattr(twin, spec.attribute)) and not _is_empty(spec, given):
            setattr(twin, spec.attribute, given)


def _move_facts(session: Session, keep_id: str, other_id: str) -> int:
    """Attested facts have the id of their subject in their own, so they are written anew."""
    known = attestations.facts_of(session, [keep_id])[keep_id]
    rows = list(session.scalars(select(Attestation).filter_by(subject_id=other_id)))
    for row in rows:
        if row.fact not in known and row.attested_on is not None:
            attestations.write_facts(session, keep_id, {row.fact: row.value}, row.attested_on, row.attested_by)
    return len(rows)
