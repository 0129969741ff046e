"""Facts that the register answers by itself: one function a fact, named after the fact dictionary's word.

Each function returns the fact's value, `None` for "known to be none", or `ABSENT` when the register cannot tell.
"""

from collections.abc import Callable
from typing import Any, Final

from desktop.services.derived.subject import Subject
from desktop.services.derived.tallies import TALLIED


class _Absent:
    def __repr__(self) -> str:
        return "ABSENT"

    def __bool__(self) -> bool:
        return True


ABSENT: Final = _Absent()
Derivation = Callable[[Subject], Any]
DERIVATIONS: dict[str, Derivation] = {}


def derives(function: Derivation) -> Derivation:
    """Enter a function into the table of derivations under its own name."""
    DERIVATIONS[function.__name__] = function
    return function


def _column(source: str, column: str) -> Derivation:
    def read(subject: Subject) -> Any:
        record = getattr(subject, source)
        value = getattr(record, column) if record is not None else None
        return ABSENT if value is None or value == "" or value == [] else value

    return read


WORKROOM_COLUMNS: Final = (
    "established_on",
    "plaque_on",
    "venue_area_sqm",
    "venue_fixed",
    "venue_function_clear",
    "venue_independent",
    "venue_signs",
    "equipment_ready",
    "systems",
    "unit_funding_provided",
    "unit_guides_rules",
    "development_plan",
    "topics_defined",
    "goals_defined",
    "team_structure_reasonable",
    "supported_by_region",
    "is_existing_rd_body",
    "app_registered",
    "in_audit_scope",
    "tags",
    "workroom_category",
)
UNIT_COLUMNS: Final = ("unit_is_legal_person", "unit_union_sound", "unit_type", "unit_class")
GRANT_COLUMNS: Final = ("payee_account_type",)
AWARD_COLUMNS: Final = ("award_kind", "award_year")

DERIVATIONS.update({name: _column("workroom", name) for name in WORKROOM_COLUMNS})
DERIVATIONS.update({name: _column("unit", name) for name in UNIT_COLUMNS})
DERIVATIONS.update({name: _column("grant", name) for name in GRANT_COLUMNS})
DERIVATIONS.update({name: _column("award", name) for name in AWARD_COLUMNS})
DERIVATIONS["alliance_type"] = _column("alliance", "alliance_type")
DERIVATIONS["lead_workroom"] = _column("alliance", "lead_workroom_id")
DERIVATIONS["leader_status"] = _column("leader", "status")
DERIVATIONS["leader_name"] = _column("leader", "name")
DERIVATIONS["leader_title_rank"] = _column("leader", "title_rank")
DERIVATIONS["leader_high_skill"] = _column("leader", "high_skill")
DERIVATIONS["first_person_title_rank"] = _column("awardee", "title_rank")
DERIVATIONS["workroom_name"] = _column("workroom", "name")


def _count(name: str) -> Derivation:
    return lambda subject: subject.counts.get(name, ABSENT)


DERIVATIONS.update({name: _count(name) for name in sorted(TALLIED)})
# Where a clerk edits the record that answers a fact.
EDITED_IN: Final[dict[str, tuple[str, str]]] = {
    **{name: ("workrooms", name) for name in WORKROOM_COLUMNS},
    **{name: ("units", name) for name in UNIT_COLUMNS},
    **{name: ("grants", name) for name in GRANT_COLUMNS},
    "leader_status": ("people", "status"),
    "leader_name": ("people", "name"),
    "leader_title_rank": ("people", "title_rank"),
    "leader_high_skill": ("people", "high_skill"),
    **{name: ("awards", name) for name in AWARD_COLUMNS},
    "first_person_title_rank": ("people", "title_rank"),
    "workroom_name": ("workrooms", "name"),
    "alliance_type": ("alliances", "alliance_type"),
    "lead_workroom": ("alliances", "lead_workroom_id"),
    "application_level": ("applications", "application_level"),
}


@derives
def application_level(subject: Subject) -> Any:
    """Return what was applied for; for a grant without an application of its own, the title its sum goes by."""
    stated = _column("application", "application_level")(subject)
    room = subject.workroom
    if stated is not ABSENT or subject.grant is None or subject.law is None or room is None or subject.alliance:
        return stated
    granted = {one.track for one in subject.law.grants}
    return next((title for title in (*room.tags, room.level) if title in granted), ABSENT)
