"""Which records a list shows: conditions on fields, a search over names, and a stable order."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, String, or_, select, type_coerce
from sqlalchemy.orm import Session

from desktop.errors import BadInput
from desktop.models.base import Base, canonical_json
from desktop.services.record import values as record_values
from desktop.services.record.fields import FieldSpec, field_map, fields, model_of, title_of
from desktop.services.search import keys as search_keys
from desktop.services.search.pinyin import name_reading
from desktop.services.search.text import latin_key, matches, native_key, terms

# Fields by which a record is called, in the order of preference.
NAMES: Final = ("name", "title", "project_name", "document_number", "union_name", "payee", "category", "speciality")
ORDER: Final = ("position", "rank", "name", "title", "year", "paid_on", "date", "started_on", "awarded_on")
TRUTHS: Final = {"true": True, "1": True, "是": True, "false": False, "0": False, "否": False}


def conditions(texts: Sequence[str]) -> dict[str, str]:
    """Read conditions written `FIELD=VALUE`; BadInput names one that is not."""
    found = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise BadInput(f"筛选条件应写成 字段=值；给出的是“{text}”。", "where")
        found[name.strip()] = value.strip()
    return found


def listed(session: Session, noun: str, where: dict[str, str], search: str) -> Sequence[Base]:
    """Return the records of a noun that meet every condition and the search text."""
    model: Any = model_of(noun)
    query = select(model).where(*(_condition(noun, name, text) for name, text in where.items()))
    columns = [getattr(model, name) for name in ORDER if name in field_map(noun)]
    records = list(session.scalars(query.order_by(*columns, model.id)))
    return _found(session, noun, records, search) if terms(search) else records


def _condition(noun: str, name: str, text: str) -> ColumnElement[bool]:
    model: Any = model_of(noun)
    if name == "id":
        return _equals_text(model.id, text)
    specs = field_map(noun)
    if name in specs:
        return _equals(specs[name], getattr(model, specs[name].attribute), text)
    by_name = specs.get(f"{name}_id")
    if by_name is not None and "name" in field_map(by_name.target):
        target: Any = model_of(by_name.target)
        column: Any = getattr(model, by_name.attribute)
        named: ColumnElement[bool] = column.in_(select(target.id).where(target.name == text))
        return named
    raise BadInput(
        f"{title_of(noun)}没有“{name}”这个字段，不能按它筛选。可用的有：{'、'.join(specs)}。", f"where.{name}"
    )


def _equals_text(column: Any, text: str) -> ColumnElement[bool]:
    return type_coerce(column, String) == text


def _equals(spec: FieldSpec, column: Any, text: str) -> ColumnElement[bool]:
    if spec.type == "json":
        raise BadInput(f"不能按“{spec.title}”（{spec.name}）筛选。", f"where.{spec.name}")
    if text == "":
        return or_(column.is_(None), type_coerce(column, String) == ("[]" if spec.type == "list" else ""))
    if spec.type == "list":
        return type_coerce(column, String).contains(canonical_json(text), autoescape=True)
    found: ColumnElement[bool] = column == _value(spec, text)
    return found


def _value(spec: FieldSpec, text: str) -> Any:
    if spec.type == "bool":
        if text.lower() not in TRUTHS:
            raise record_values.refuse(spec, text, "应为是或否")
        return TRUTHS[text.lower()]
    if spec.type == "number" and text.isascii() and text.isdigit():
        return int(text)
    return record_values.read(spec, text)


def _found(session: Session, noun: str, records: list[Base], search: str) -> list[Base]:
    if noun == "workrooms":
        ids = search_keys.matching(session, search)
        return [record for record in records if record.id in ids]  # type: ignore[attr-defined]
    words = terms(search)
    related = _related_names(session, noun, records) if records else {}
    own: list[str] = [name for name in NAMES if name in field_map(noun)]
    return [record for record in records if _matches(record, own, related, words)]


def _matches(record: Base, own: Sequence[str], related: dict[str, dict[str, str]], words: tuple[str, ...]) -> bool:
    texts = [getattr(record, name) for name in own]
    texts += [names.get(getattr(record, attribute) or "", "") for attribute, names in related.items()]
    # Pinyin is worked out only for a search that needs it.
    spoken = texts if any(map(str.isascii, words)) else ()
    readings = [text for name in spoken if name for text in name_reading(name).name_words]
    return matches(native_key(texts), latin_key(texts, readings), words)


def _related_names(session: Session, noun: str, records: list[Base]) -> dict[str, dict[str, str]]:
    """Return, by reference field, the names of the records it points to."""
    found: dict[str, dict[str, str]] = {}
    for spec in fields(noun):
        if spec.type == "reference" and "name" in field_map(spec.target):
            target: Any = model_of(spec.target)
            wanted = {getattr(record, spec.attribute) for record in records} - {None}
            query = select(target.id, target.name)
            if len(wanted) <= 500:
                query = query.where(target.id.in_(sorted(wanted)))
            found[spec.attribute] = {row.id: row.name for row in session.execute(query)}
    return found
