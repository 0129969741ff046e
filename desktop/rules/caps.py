"""Rewards out of a grant: caps by person, live figures, splits and the planner, gathered in one place."""

from desktop.rules.allocation import (
    AllocationLine,
    AllocationState,
    LineState,
    PersonCap,
    allocation_state,
    floor_of,
    person_caps,
)
from desktop.rules.planner import Plan, Remedy, plan
from desktop.rules.splits import even_split, fill_to_floor, weighted_split

__all__ = [
    "AllocationLine",
    "AllocationState",
    "LineState",
    "PersonCap",
    "Plan",
    "Remedy",
    "allocation_state",
    "even_split",
    "fill_to_floor",
    "floor_of",
    "person_caps",
    "plan",
    "weighted_split",
]
