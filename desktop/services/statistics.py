"""The statistics of the register by one door: breakdowns, the lists behind them, targets, coverage and reports."""

from desktop.services.figures.counting import Breakdown, Figure, breakdown, breakdowns
from desktop.services.figures.groups import GROUPS, PARTS, group_of
from desktop.services.figures.lists import columns_of, export_list, records_of
from desktop.services.figures.report import export_report, print_report
from desktop.services.figures.targets import Coverage, Target, coverage, targets

__all__ = [
    "GROUPS",
    "PARTS",
    "Breakdown",
    "Coverage",
    "Figure",
    "Target",
    "breakdown",
    "breakdowns",
    "columns_of",
    "coverage",
    "export_list",
    "export_report",
    "group_of",
    "print_report",
    "records_of",
    "targets",
]
