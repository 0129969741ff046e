"""The regulations that this program knows, and those that an office works under."""

from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from desktop.errors import NotFound
from desktop.models.office import Office
from desktop.paths import resource_folder
from desktop.rules.catalogue import in_force, load_all
from desktop.rules.regulation import Regulation, Rule
from desktop.services import identity


@cache
def catalogue() -> dict[str, Regulation]:
    """Return all bundled regulations by id; read once."""
    return dict(load_all(resource_folder() / "regulations"))


def regulation(regulation_id: str) -> Regulation:
    """Return one regulation, or raise NotFound listing those that exist."""
    found = catalogue().get(regulation_id)
    if found is None:
        known = "、".join(sorted(catalogue()))
        raise NotFound(f"没有这个办法：{regulation_id}。现有：{known}。", regulation_id)
    return found


def current(on: date) -> list[Regulation]:
    """Return the regulations in force on a day."""
    return list(in_force(catalogue(), on))


def office_regulations(session: Session, on: date | None = None) -> list[Regulation]:
    """Return the regulations this office works under; one that chose none works under all in force on the day."""
    own = session.get(Office, identity.own_office_id(session))
    chosen = [catalogue()[name] for name in (own.regulations if own is not None else []) if name in catalogue()]
    return chosen or current(on or date.today())


def summaries() -> list[dict[str, Any]]:
    """Return what the list of regulations says of each."""
    return [
        {
            "id": law.id,
            "title": law.title,
            "document_number": law.doc_no,
            "issuer": law.issuer,
            "effective_on": law.effective_on.isoformat() if law.effective_on else None,
            "rules": len(law.rules),
        }
        for law in catalogue().values()
    ]


def describe(regulation_id: str) -> dict[str, Any]:
    """Return a whole regulation: its rules, workflows and papers."""
    law = regulation(regulation_id)
    summary = next(one for one in summaries() if one["id"] == law.id)
    return {
        **summary,
        "region": law.region,
        "applies_with": list(law.applies_with),
        "supersedes": list(law.supersedes),
        "rules": [_rule(rule) for rule in law.rules],
        "criteria": [plain(page) for page in law.criteria],
        "workflows": [plain(workflow) for workflow in law.workflows],
        "papers": [plain(paper) for paper in law.papers],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "article": rule.article,
        "title": rule.title,
        "text": rule.text,
        "strength": rule.strength,
        "stages": list(rule.stage),
        "kind": rule.kind,
        "meaning": rule.meaning,
    }


def plain(value: Any) -> Any:
    """Return a value of the regulation as JSON; names drop the underscore that only Python needs."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name.rstrip("_"): plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value
