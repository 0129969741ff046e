"""Checks on entry: numbers that cannot be right and fields of one record that contradict each other."""

import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from desktop.errors import BadInput
from desktop.rules import identity_numbers
from desktop.services.record.fields import field_map

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Remark:
    """What a check found in a field; a `blocking` one refuses the record, any other is shown beside the field."""

    noun: str
    field: str
    message: str
    blocking: bool


@dataclass(frozen=True)
class Check:
    """A check of a noun over some of its fields; `find` returns the reason, or "" when all is well."""

    noun: str
    fields: tuple[str, ...]
    find: Callable[[Row], str]
    blocking: bool = False


def _number(field: str, fault: Callable[[str], str]) -> Callable[[Row], str]:
    return lambda row: fault(row[field]) if row.get(field) else ""


def _in_order(earlier: str, later: str, words: str) -> Callable[[Row], str]:
    def find(row: Row) -> str:
        first, second = row.get(earlier), row.get(later)
        return f"{words}（{first}、{second}）" if first and second and second < first else ""

    return find


def _id_fault(number: str) -> str:
    return identity_numbers.id_number_fault(number, date.today())


def _birth_differs(row: Row) -> str:
    number, born = row.get("id_number"), row.get("birth_date")
    if not number or not born or _id_fault(number):
        return ""
    told = identity_numbers.birth_date_in(number)
    return f"与身份证号中的{told}不一致" if told != born else ""


def _gender_differs(row: Row) -> str:
    number, gender = row.get("id_number"), row.get("gender")
    if not number or not gender or _id_fault(number):
        return ""
    told = identity_numbers.gender_in(number)
    return f"与身份证号所示的{told}不一致" if told != gender else ""


def _age_doubted(row: Row) -> str:
    born = row.get("birth_date")
    return identity_numbers.age_doubt(born, date.today()) if born else ""


def _yet_to_come(field: str) -> Callable[[Row], str]:
    def find(row: Row) -> str:
        day = row.get(field)
        return f"在今天之后（{day}），请核对" if day and day > date.today() else ""

    return find


def _phone(noun: str) -> Check:
    return Check(noun, ("phone",), _number("phone", identity_numbers.phone_fault))


# Days of what has happened: one that is yet to come is a slip of the hand.
DONE: Final = (
    ("workrooms", "established_on"),
    ("workrooms", "named_on"),
    ("workrooms", "plaque_on"),
    ("members", "joined_on"),
    ("outcomes", "date"),
    ("honours", "awarded_on"),
    ("expenditures", "paid_on"),
    ("grants", "received_on"),
)
CHECKS: Final = (
    Check("people", ("id_number",), _number("id_number", _id_fault), blocking=True),
    Check("people", ("birth_date", "id_number"), _birth_differs),
    Check("people", ("gender", "id_number"), _gender_differs),
    Check("people", ("bank_account",), _number("bank_account", identity_numbers.bank_card_fault)),
    Check("units", ("credit_code",), _number("credit_code", identity_numbers.credit_code_fault), blocking=True),
    Check("members", ("left_on", "joined_on"), _in_order("joined_on", "left_on", "早于加入日期"), blocking=True),
    Check("topics", ("ended_on", "started_on"), _in_order("started_on", "ended_on", "早于开始日期"), blocking=True),
    Check(
        "alliance_members", ("left_on", "joined_on"), _in_order("joined_on", "left_on", "早于加入日期"), blocking=True
    ),
    Check("workrooms", ("named_on", "established_on"), _in_order("established_on", "named_on", "早于开始运行日期")),
    Check("workrooms", ("plaque_on", "named_on"), _in_order("named_on", "plaque_on", "早于命名日期")),
    Check("grants", ("transferred_on", "received_on"), _in_order("received_on", "transferred_on", "早于收款日期")),
    Check("grants", ("received_on", "quota_issued_on"), _in_order("quota_issued_on", "received_on", "早于指标下达")),
    Check("people", ("birth_date",), _age_doubted),
    *(Check(noun, (field,), _yet_to_come(field)) for noun, field in DONE),
    *(_phone(noun) for noun in ("people", "units", "workrooms", "experts", "offices")),
)
CHECKS_OF: Final = {
    noun: tuple((check, frozenset(check.fields)) for check in CHECKS if check.noun == noun)
    for noun in {check.noun for check in CHECKS}
}
CHECKED: Final = {noun: frozenset[str]().union(*(names for _, names in checks)) for noun, checks in CHECKS_OF.items()}
# Written in any of these ways, the number is the same one.
TIDIED: Final = frozenset({("people", "id_number"), ("people", "bank_account"), ("units", "credit_code")})


def tidy(noun: str, row: dict[str, Any]) -> None:
    """Write identifying numbers in one way: half-width, capitals, no spaces or hyphens."""
    for field in row:
        row[field] = tidied(noun, field, row[field])


def tidied(noun: str, field: str, value: Any) -> Any:
    """Return an identifying number in its one way of writing; any other value as it is."""
    if (noun, field) not in TIDIED or not value:
        return value
    return unicodedata.normalize("NFKC", value).upper().replace(" ", "").replace("-", "")


def remarks(noun: str, row: Row, changed: Collection[str] | None = None) -> list[Remark]:
    """Return what the checks find in a record of stored values; only checks that touch `changed` fields, if given."""
    found = []
    for check, names in CHECKS_OF.get(noun, ()):
        if changed is None or not names.isdisjoint(changed):
            reason = check.find(row)
            if reason:
                title = field_map(noun)[check.fields[0]].title
                found.append(Remark(noun, check.fields[0], f"“{title}”{reason}", check.blocking))
    return found


def refuse_impossible(noun: str, row: Row, changed: set[str]) -> None:
    """Raise BadInput for the first check that forbids the record."""
    for remark in remarks(noun, row, changed):
        if remark.blocking:
            value = row.get(remark.field)
            raise BadInput(
                f"{remark.message}；给出的是{value}（{remark.field}）。请核对后改正，不清楚时先留空。",
                f"{noun}.{remark.field}",
            )
