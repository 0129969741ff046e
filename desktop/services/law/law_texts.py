"""Every version of every regulation that an open database knows, and which of them applies on a day."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInput, BadRegulation
from desktop.models import capture
from desktop.models.regulation_text import RegulationText, ToolSetting
from desktop.rules.regulation import Regulation, Rule
from desktop.rules.tuning import Setting, read_setting, tuned
from desktop.services import identity
from desktop.services.journal.ownership import ancestors
from desktop.services.law.text import ADOPTED, ARCHIVED, LawText, Settings, bundled_texts, law_of, parsed, version_of


def chain(session: Session) -> list[str]:
    """Return this office and those above it, the nearest first: whose rules and settings hold here."""
    own = identity.own_office_id(session)
    return [own, *ancestors(capture.driver(session.connection()), own)]


def texts(session: Session) -> list[LawText]:
    """Return all versions that this database knows: bundled, adopted here or above, and archived ones."""
    return [*bundled_texts().values(), *(text for text in stored(session) if not fault_of(text))]


def known_ids(session: Session) -> set[str]:
    """Return the ids of all regulations held here, in force or not: those of the program and of its database."""
    return {*bundled_texts(), *session.scalars(select(RegulationText.regulation))}


def stored(session: Session) -> list[LawText]:
    """Return the versions in the database, those included that this program cannot read (see `fault_of`)."""
    offices = chain(session)
    rows = session.scalars(select(RegulationText).order_by(RegulationText.adopted_on, RegulationText.id))
    return [_row(row, row.office_id in offices) for row in rows]


@lru_cache(maxsize=64)
def fault_of(text: LawText) -> str:
    """Return in a sentence why a stored version cannot be used here; empty for one that can.

    A text from an office with a newer program may hold what this one does not know: it is left aside, not obeyed.
    """
    if version_of(text.text) != text.version:
        return "文本与它的校验值不符。"
    try:
        law = parsed(text.text, text.name)
    except BadRegulation as error:
        return error.message
    return "" if law.id == text.regulation else f"文本里的编号是“{law.id}”。"


def _row(row: RegulationText, binding: bool) -> LawText:
    origin = ADOPTED if binding and row.state == ADOPTED else ARCHIVED
    return LawText(
        row.regulation, row.version, row.text, f"{row.regulation}.toml", origin, row.effective_on, row.adopted_on
    )


def applying(known: Iterable[LawText], on: date) -> dict[str, LawText]:
    """Return for each regulation the version that applies on a day: the latest that has begun, else the earliest.

    Of two that begin on one day the adopted one replaces the bundled one, and a later adoption an earlier one.
    """
    versions: dict[str, list[LawText]] = {}
    for text in known:
        if text.origin != ARCHIVED:
            versions.setdefault(text.regulation, []).append(text)
    return {name: _applying(sorted(found, key=_precedence), on) for name, found in versions.items()}


def _applying(versions: Sequence[LawText], on: date) -> LawText:
    return next((text for text in reversed(versions) if (text.effective_on or date.min) <= on), versions[0])


def _precedence(text: LawText) -> tuple[date, bool, date]:
    return (text.effective_on or date.min, text.origin == ADOPTED, text.adopted_on or date.min)


def settings_of(session: Session) -> dict[str, Settings]:
    """Return the tool settings that hold here, by rule id; of several offices' the nearest counts."""
    offices = chain(session)
    rows: Sequence[ToolSetting] = session.scalars(select(ToolSetting).order_by(ToolSetting.id)).all()
    found: dict[tuple[str, str], Any] = {}
    for office in reversed(offices):
        found |= {(row.rule, row.parameter): row.value for row in rows if row.office_id == office}
    by_rule: dict[str, list[tuple[str, str, Any]]] = {}
    for (rule, parameter), value in sorted(found.items(), key=lambda item: item[0]):
        by_rule.setdefault(rule, []).append((rule, parameter, value))
    return {rule: tuple(settings) for rule, settings in by_rule.items()}


def with_settings(text: LawText, settings: dict[str, Settings]) -> Regulation:
    """Return a version with those of the settings that concern its rules."""
    return law_of(text, _fitting(law_of(text), settings))


def tuned_law(law: Regulation, settings: dict[str, Settings]) -> Regulation:
    """Return a regulation that is no known version yet with those of the settings that concern its rules."""
    return tuned(law, _fitting(law, settings))


def _fitting(law: Regulation, settings: dict[str, Settings]) -> Settings:
    return tuple(one for rule in law.rules for one in settings.get(rule.id, ()) if _usable(rule, one))


def _usable(rule: Rule, setting: Setting) -> bool:
    """Say whether a stored setting still fits its rule; one that a newer text outdated is passed over."""
    try:
        read_setting(rule, *setting[1:])
    except BadInput:
        return False
    return True
