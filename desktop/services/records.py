"""Every noun's records by one door: list, get, put and delete, in JSON form, strict and all or nothing."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed, NotFound
from desktop.models.base import Base, new_id
from desktop.models.tables import NOUNS
from desktop.rules.facts import Dictionary
from desktop.services import attestations
from desktop.services.law import law_texts
from desktop.services.record import checks as record_checks
from desktop.services.record import values as record_values
from desktop.services.record.deletion import delete_record
from desktop.services.record.fields import WITH_FACTS, FieldSpec, field_map, fields, model_of, nouns, title_of
from desktop.services.record.json import all_to_json, to_json
from desktop.services.record.search import conditions, listed
from desktop.services.regulation import fact_words

__all__ = [
    "FieldSpec",
    "all_to_json",
    "conditions",
    "delete_record",
    "fields",
    "get_record",
    "list_records",
    "nouns",
    "put_records",
    "restore_records",
    "store_records",
    "title_of",
    "to_json",
]

Row = dict[str, Any]
AT_ONCE: Final = 500
# What stands for good once it is stored: the fields that may still change, and what to do instead.
FIXED: Final = {
    "documents": (frozenset({"state"}), "已签发的公文不能再改“{}”。请作废后重新签发。"),
    "seals": (frozenset({"name", "issuer", "note"}), "印章的“{}”不能直接改。请办理移交、更换口令或停用。"),
    "seal_uses": (frozenset[str](), "用印登记只增不改，不能改“{}”。"),
    "receipts": (frozenset[str](), "回执由上级出具，不能改“{}”。请在数据交换中重新出具。"),
    "receipt_items": (frozenset[str](), "回执由上级出具，不能改“{}”。请在数据交换中重新出具。"),
}


def list_records(
    session: Session, noun: str, where: dict[str, str] | None = None, search: str = ""
) -> list[dict[str, Any]]:
    """Return the records of a noun that match all of `where` and the search text, in a stable order."""
    return all_to_json(session, noun, listed(session, noun, where or {}, search))


def get_record(session: Session, noun: str, record_id: str) -> dict[str, Any]:
    """Return one record; NotFound when there is none."""
    record = session.get(model_of(noun), record_id)
    if record is None:
        raise NotFound(f"找不到{title_of(noun)}：{record_id}。它可能已被删除，请刷新后再试。", f"{noun}.{record_id}")
    return all_to_json(session, noun, [record])[0]


def put_records(session: Session, noun: str, data: Any) -> list[dict[str, Any]]:
    """Create records, or change the given fields of existing ones; an object or an array of them.

    All or nothing: BadInput names the first field that cannot be taken, and nothing is written then.
    """
    return _in_order(session, noun, store_records(session, noun, data))


def store_records(session: Session, noun: str, data: Any, *, restored: bool = False) -> list[str]:
    """Do what `put_records` does and return only the ids, for long lists.

    What is `restored` may name a regulation that is not known here: it was brought so by a package.
    """
    model = model_of(noun)
    items = data if isinstance(data, list) else [data]
    several = len(items) > 1
    with_facts = noun in WITH_FACTS and any(isinstance(item, dict) and "facts" in item for item in items)
    known = fact_words(session) if with_facts else None
    given = [_numbered(index, several, noun, _read_item, noun, item, known) for index, item in enumerate(items)]
    _refuse_repeated(noun, [row["id"] for row, _ in given])
    existing = _existing(session, model, [row["id"] for row, _ in given])
    for index, (row, _) in enumerate(given):
        _numbered(index, several, noun, _complete, noun, row, existing.get(row["id"]))
    _refuse_dangling(session, noun, [row for row, _ in given])
    if not restored:
        _refuse_unknown_law(session, noun, [row for row, _ in given], existing)
    _write(session, noun, [row for row, _ in given], existing)
    for row, facts in given:
        attestations.write_facts(session, row["id"], facts, date.today(), session.info.get("operator", ""))
    session.flush()
    return [row["id"] for row, _ in given]


def restore_records(session: Session, removed: dict[str, list[dict[str, Any]]]) -> None:
    """Put back what `delete_record` returned, under the same ids."""
    for noun in NOUNS:
        rows = [{key: value for key, value in row.items() if key != "facts"} for row in removed.get(noun, [])]
        if rows:
            store_records(session, noun, rows, restored=True)


def _numbered(index: int, several: bool, noun: str, function: Any, *arguments: Any) -> Any:
    """Run a step for one item; with several items its refusal says which one."""
    try:
        return function(*arguments)
    except BadInput as error:
        if not several:
            raise
        where = error.where.replace(noun, f"{noun}[{index}]", 1)
        raise BadInput(f"第{index + 1}条：{error.message}", where) from error


def _read_item(noun: str, item: Any, known: Dictionary | None) -> tuple[Row, dict[str, Any]]:
    """Return a record's id and given fields in stored form, and its facts."""
    if not isinstance(item, dict):
        raise BadInput(f"{title_of(noun)}应为一个对象（字段名对应内容）；给出的是{record_values.shown(item)}。", noun)
    specs = field_map(noun)
    facts = attestations.read_facts(noun, item["facts"], known) if noun in WITH_FACTS and "facts" in item else {}
    row: Row = {"id": _read_id(noun, item.get("id"))}
    for name, value in item.items():
        if name == "id" or (name == "facts" and noun in WITH_FACTS):
            continue
        if name not in specs:
            raise BadInput(f"{title_of(noun)}没有“{name}”这个字段。可用的有：{'、'.join(specs)}。", f"{noun}.{name}")
        row[specs[name].attribute] = record_values.read(specs[name], value)
    record_checks.tidy(noun, row)
    return row, facts


def _read_id(noun: str, value: Any) -> str:
    if value is None or value == "":
        return new_id()
    if not isinstance(value, str) or not record_values.is_id(value):
        raise BadInput(f"编号（id）应为UUID；给出的是{record_values.shown(value)}。不填则自动编号。", f"{noun}.id")
    return value.lower()


def _refuse_repeated(noun: str, ids: list[str]) -> None:
    seen: set[str] = set()
    for record_id in ids:
        if record_id in seen:
            raise BadInput(f"同一个编号出现了两次：{record_id}。请合并为一条。", f"{noun}.id")
        seen.add(record_id)


def _existing(session: Session, model: type[Base], ids: list[str]) -> dict[str, Base]:
    found: dict[str, Base] = {}
    for part in _parts(ids):
        query = select(model).where(model.id.in_(part))  # type: ignore[attr-defined]
        found.update({record.id: record for record in session.scalars(query)})  # type: ignore[attr-defined]
    return found


def _parts(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def _complete(noun: str, row: Row, existing: Base | None) -> None:
    """Check a whole record; a new one also gets the values of fields not given."""
    changed = set(row) - {"id"}
    if existing is None:
        _fill(noun, row)
        whole = row
    else:
        changed = {name for name in changed if getattr(existing, name) != row[name]}
        _refuse_frozen(noun, changed)
        whole = {spec.attribute: getattr(existing, spec.attribute) for spec in fields(noun)} | row
    record_checks.refuse_impossible(noun, whole, changed)


def _fill(noun: str, row: Row) -> None:
    for spec in fields(noun):
        if spec.attribute not in row:
            if spec.required:
                raise BadInput(f"{title_of(noun)}缺少“{spec.title}”（{spec.name}），请填写。", f"{noun}.{spec.name}")
            row[spec.attribute] = spec.fresh()


def _refuse_frozen(noun: str, changed: set[str]) -> None:
    if noun not in FIXED:
        return
    changeable, words = FIXED[noun]
    frozen = sorted(changed - changeable)
    if frozen:
        raise NotAllowed(words.format(field_map(noun)[frozen[0]].title), f"{noun}.{frozen[0]}")


def _refuse_dangling(session: Session, noun: str, rows: list[Row]) -> None:
    """Refuse a reference to a record that is neither stored nor among those being put."""
    own = {row["id"] for row in rows}
    for spec in fields(noun):
        if spec.type == "reference":
            wanted = {row[spec.attribute] for row in rows if row.get(spec.attribute)}
            wanted -= own if spec.target == noun else set()
            for missing in sorted(wanted - _known_ids(session, spec.target, sorted(wanted))):
                raise record_values.refuse(spec, missing, f"所指的{title_of(spec.target)}不存在")


def _refuse_unknown_law(session: Session, noun: str, rows: list[Row], existing: dict[str, Base]) -> None:
    """Refuse a regulation that is not known here: nothing could be judged by it."""
    # A regulation's own text is what makes it known.
    for name in () if noun == "regulation_texts" else ("regulation", "regulations"):
        spec = field_map(noun).get(name)
        if spec is None:
            continue
        wanted: set[str] = set()
        for row in rows:
            wanted |= _named(row.get(name)) - _named(getattr(existing.get(row["id"]), name, None))
        known = law_texts.known_ids(session) if wanted else set()
        for missing in sorted(wanted - known):
            raise record_values.refuse(spec, missing, f"不是已有的办法。现有：{'、'.join(sorted(known))}")


def _named(value: Any) -> set[str]:
    """Return the ids in a field that names one regulation or a list of them."""
    return {value} if isinstance(value, str) and value else {*(value or ())}


def _known_ids(session: Session, noun: str, ids: list[str]) -> set[str]:
    column = model_of(noun).id  # type: ignore[attr-defined]
    return {found for part in _parts(ids) for found in session.scalars(select(column).where(column.in_(part)))}


def _write(session: Session, noun: str, rows: list[Row], existing: dict[str, Base]) -> None:
    new = [row for row in rows if row["id"] not in existing]
    for row in rows:
        record = existing.get(row["id"])
        for attribute, value in row.items() if record is not None else ():
            if getattr(record, attribute) != value:
                setattr(record, attribute, value)
    session.flush()
    if new:
        table = model_of(noun).__table__
        assert isinstance(table, Table)
        session.execute(insert(table), new)


def _in_order(session: Session, noun: str, ids: list[str]) -> list[dict[str, Any]]:
    found = _existing(session, model_of(noun), ids)
    return all_to_json(session, noun, [found[record_id] for record_id in ids])
