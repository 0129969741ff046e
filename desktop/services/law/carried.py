"""The regulations that come with the program: found by id, told in a list or whole; all of it without a database."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any

from desktop.errors import NotFound
from desktop.rules.regulation import Regulation, Rule
from desktop.services.law.text import bundled_texts, law_of


@cache
def bundled() -> dict[str, Regulation]:
    """Return the regulations that come with the program, by id; read once."""
    return {name: law_of(text) for name, text in bundled_texts().items()}


def find(regulation_id: str) -> Regulation:
    """Return one of them; NotFound lists those there are."""
    found = bundled().get(regulation_id)
    if found is None:
        raise missing(regulation_id, bundled())
    return found


def missing(regulation_id: str, known: Iterable[str]) -> NotFound:
    """Return the refusal of an id that none of the known regulations bears."""
    return NotFound(f"没有这个办法：{regulation_id}。现有：{'、'.join(sorted(known))}。", regulation_id)


def summaries() -> list[dict[str, Any]]:
    """Return what the list of regulations says of each."""
    return [summary(law) for law in bundled().values()]


def summary(law: Regulation) -> dict[str, Any]:
    """Return what the command line tells of a regulation in a list."""
    return {
        "id": law.id,
        "title": law.title,
        "document_number": law.doc_no,
        "issuer": law.issuer,
        "effective_on": law.effective_on.isoformat() if law.effective_on else None,
        "rules": len(law.rules),
    }


def describe(regulation_id: str) -> dict[str, Any]:
    """Return a whole regulation: its rules, workflows and papers; NotFound lists those there are."""
    law = find(regulation_id)
    return {
        **summary(law),
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
