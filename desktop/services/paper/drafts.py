"""Finishing a form: its head, what a person typed over it, and the fields that may be filled in."""

from collections.abc import Mapping, Sequence
from typing import Any

from desktop.documents.kinds import KINDS
from desktop.services.paper.case import Case
from desktop.services.paper.composing import PaperDraft, PaperField, overlaid
from desktop.services.paper.wording import GENERAL_WORD
from desktop.services.regulation import office_regulations


def form_draft(
    one: Case,
    kind: str,
    data: Mapping[str, Any],
    needed: Sequence[str] = (),
    inputs: Sequence[PaperField] = (),
    title: str = "",
    warnings: Sequence[str] = (),
) -> PaperDraft:
    """Finish a form: head, what a person typed over it, and the fields that may be filled in."""
    head = {
        "title": title or _title(one),
        "basis": one.basis,
        "filled_by": one.filled_by,
        "date": one.on.isoformat(),
    }
    known = KINDS[kind].fields["properties"]
    composed = {**{name: value for name, value in head.items() if name in known}, **present(data)}
    feeding = (*inputs, *law_fields(one))
    merged = overlaid(composed, one.given, feeding)
    return PaperDraft(kind, merged, (*feeding, *form_fields(kind, merged, needed)), (*one.warnings, *warnings))


def _title(one: Case) -> str:
    name = one.paper_name
    if not name:
        return ""
    about = one.items[0].record.award_kind if one.noun == "awards" and len(one.items) == 1 else one.what
    plain = f"{one.year}年" if one.noun == "awards" and len(one.items) > 1 else about
    return name if GENERAL_WORD in name else f"{plain}{name}"


def law_fields(one: Case) -> tuple[PaperField, ...]:
    """Return the choice of regulation where the record itself does not decide it."""
    if getattr(one.items[0].record, "regulation", ""):
        return ()
    fitting = tuple(law.title for law in office_regulations(one.session, one.on) if one.recipe.used_by(law))
    if len(fitting) < 2:
        return ()
    return (PaperField("regulation", "适用办法", "choice", one.law.title, True, False, choices=fitting),)


def present(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that are there: no empty texts, lists or nothing."""
    return {name: value for name, value in values.items() if value not in (None, "", [], ())}


TYPES = {"date": "date", "integer": "number", "string": "text"}


def form_fields(kind: str, data: Mapping[str, Any], needed: Sequence[str] = ()) -> tuple[PaperField, ...]:
    """Return the fields of a form that a person may fill in: all but its lists of several columns."""
    found = []
    layout = KINDS[kind].fields
    for name, schema in layout["properties"].items():
        shown = _type(schema)
        value = data.get(name)
        if shown and (value is None or not _holds_objects(value)):
            required = name in needed or name in layout["required"]
            missing = required and value in (None, "", [])
            found.append(PaperField(name, schema["title"], shown, value, required, missing))
    return tuple(found)


def _type(schema: Mapping[str, Any]) -> str:
    if schema.get("type") == "array":
        items = schema["items"]
        return "names" if items.get("type") == "string" or "oneOf" in items else ""
    if "oneOf" in schema:
        return "paragraphs"
    if isinstance(schema.get("type"), list):
        return "text"
    return TYPES.get(schema.get("format") or str(schema.get("type")), "")


def _holds_objects(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)
