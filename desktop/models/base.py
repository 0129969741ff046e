"""The declarative base, the column types and the columns that every exchanged record has."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from os import urandom
from typing import Any, ClassVar, Final

from sqlalchemy import Boolean, Date, ForeignKey, Integer, MetaData, String, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column

NAMING: Final = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


def new_id() -> str:
    """Return a fresh record id: a random UUID (version 4) in its usual form."""
    # Four times as fast as uuid.uuid4, which long imports feel.
    digits = urandom(16).hex()
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


class Hundredths(TypeDecorator[Decimal]):
    """A decimal with at most two places, stored as an integer of hundredths, because the change log holds no floats."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> int | None:
        """Store hundredths."""
        return None if value is None else int((Decimal(value) * 100).to_integral_exact())

    def process_result_value(self, value: int | None, dialect: Any) -> Decimal | None:
        """Read hundredths back as a decimal."""
        return None if value is None else Decimal(value) / 100


class CanonicalJson(TypeDecorator[Any]):
    """JSON as text with sorted keys, so that equal values are equal bytes in the change log."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        """Write canonical JSON."""
        return None if value is None else canonical_json(value)

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        """Read JSON."""
        return None if value is None else json.loads(value)


def canonical_json(value: Any) -> str:
    """Return JSON with sorted keys, no spaces and no escapes of Chinese."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar = {
        str: String,
        int: Integer,
        bool: Boolean,
        date: Date,
        Decimal: Hundredths,
        list[str]: CanonicalJson,
        dict[str, Any]: CanonicalJson,
    }


class Synced:
    """A record that travels between offices: UUID key; every other column is one field of the change log.

    The table's name is the record's noun on the command line. Column `info` carries the field's Chinese `title`,
    its `choices`, `sensitive` (masked outside its office) and `hint`.
    """

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)


def field(
    title: str,
    *columns: Any,
    choices: Sequence[str] | None = None,
    sensitive: bool = False,
    unit: str = "",
    hint: str = "",
    **options: Any,
) -> MappedColumn[Any]:
    """Declare a column with what the forms, the command line and the workbooks need to know of it."""
    info = {"title": title, "choices": tuple(choices or ()), "sensitive": sensitive, "unit": unit, "hint": hint}
    return mapped_column(*columns, info=info, **options)


def reference(title: str, target: str, *, nullable: bool = True, **options: Any) -> MappedColumn[Any]:
    """Declare a column that names a record of the table `target`; checked when the transaction commits."""
    key = ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")
    return mapped_column(
        String(36), key, nullable=nullable, index=True, info={"title": title, "target": target}, **options
    )
