"""The facts by which a regulation judges a record: derived from the register, attested by a person, or missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from desktop.models.application import Attestation
from desktop.services.derived import award as derived_award
from desktop.services.derived import course as derived_course
from desktop.services.derived import money as derived_money
from desktop.services.derived import review as derived_review
from desktop.services.derived import team as derived_team
from desktop.services.derived import work as derived_work
from desktop.services.derived.fact import ABSENT, DERIVATIONS, EDITED_IN
from desktop.services.derived.subject import (
    Subject,
    application_subject,
    assessment_subject,
    award_subject,
    grant_subject,
    workroom_subject,
)
from desktop.services.derived.tallies import TALLIED
from desktop.services.regulation import regulation

__all__ = [
    "DERIVED",
    "GIVEN",
    "FactSheet",
    "Source",
    "application_facts",
    "assessment_facts",
    "award_facts",
    "grant_facts",
    "workroom_facts",
]

MODULES = (derived_award, derived_course, derived_money, derived_review, derived_team, derived_work)
"""Importing these fills the table of derivations."""
DERIVED = frozenset(DERIVATIONS)
GIVEN = frozenset({"reference_date", "regulation_effective_on", "holidays", "extra_workdays"})
"""Facts that come with the record or the calendar and are never asked."""


@dataclass(frozen=True)
class Source:
    """Where a fact came from: a record (`noun`, `record_id`, `field`) or a person (`by`, `on`)."""

    kind: str
    noun: str = ""
    record_id: str = ""
    field: str = ""
    by: str = ""
    on: date | None = None


@dataclass(frozen=True)
class FactSheet:
    """Facts by name, and where each came from; what is not in `facts` is still to be supplied (待补)."""

    facts: Mapping[str, Any]
    sources: Mapping[str, Source] = field(default_factory=dict)

    def with_fact(self, name: str, value: Any) -> "FactSheet":
        """Return the sheet with one fact set, as while typing; None means not answered and takes it out."""
        facts = {key: kept for key, kept in self.facts.items() if key != name}
        if value is not None:
            facts[name] = value
        return replace(self, facts=facts)


def application_facts(session: Session, application_id: str, today: date | None = None) -> FactSheet:
    """Build the facts of a stored application."""
    return sheet_of(application_subject(session, application_id, today or date.today()))


def grant_facts(session: Session, grant_id: str, today: date | None = None) -> FactSheet:
    """Build the facts of a grant, its allocation and its spending."""
    return sheet_of(grant_subject(session, grant_id, today or date.today()))


def workroom_facts(session: Session, workroom_id: str, regulation_id: str, on: date) -> FactSheet:
    """Build the facts of a workroom as the register alone knows them."""
    return sheet_of(workroom_subject(session, workroom_id, regulation_id, on))


def award_facts(session: Session, award_id: str, today: date | None = None) -> FactSheet:
    """Build the facts of an application for an award; what concerns the outcome itself is attested to its id."""
    return sheet_of(award_subject(session, award_id, today or date.today()))


def assessment_facts(session: Session, assessment_id: str, today: date | None = None) -> FactSheet:
    """Build the facts of an assessment and its workroom."""
    return sheet_of(assessment_subject(session, assessment_id, today or date.today()))


def sheet_of(subject: Subject) -> FactSheet:
    """Build a fact sheet: the register answers first, a person answers the rest.

    Where the register merely holds nothing, or counts what may not all be in it, a person's word stands.
    """
    law = subject.law or regulation(subject.regulation)
    facts: dict[str, Any] = {"reference_date": subject.on.isoformat()}
    facts["regulation_effective_on"] = plain(law.effective_on)
    sources: dict[str, Source] = {}
    for attestation in subject.attestations:
        facts[attestation.fact] = attestation.value
        sources[attestation.fact] = attested(attestation)
    for name, derive in DERIVATIONS.items():
        value = derive(subject)
        if name in sources and (name in TALLIED or (not value and name not in EDITED_IN)):
            continue
        if value is not ABSENT:
            facts[name] = plain(value)
        # What no record can be asked for yet, as of a grant that is still to come, is left for a person to tell.
        source = _record_source(subject, name)
        if value is not ABSENT or (name in EDITED_IN and name not in facts and source.field):
            sources[name] = source
    return FactSheet(facts, sources)


def attested(attestation: Attestation) -> Source:
    """Return who attested a fact and when."""
    return Source("attested", by=attestation.attested_by, on=attestation.attested_on)


def plain(value: Any) -> Any:
    """Return a value in the words of the contract: dates as text, areas as numbers."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def _record_source(subject: Subject, name: str) -> Source:
    noun, column = EDITED_IN.get(name, ("", ""))
    record: Any = {
        "workrooms": subject.workroom,
        "units": subject.unit,
        "people": subject.awardee if subject.award is not None else subject.leader,
        "grants": subject.grant,
        "alliances": subject.alliance,
        "applications": subject.application,
        "awards": subject.award,
    }.get(noun)
    if record is not None:
        return Source("record", noun, record.id, column)
    for own, whole in (("workrooms", subject.workroom), ("awards", subject.award)):
        if whole is not None:
            return Source("record", own, whole.id, "")
    return Source("record")
