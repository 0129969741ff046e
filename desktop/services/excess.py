"""Rewards above a soft cap: the notes beside the rows are the reasons recorded for the rule."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from desktop.rules.checks_money import RoleCap
from desktop.rules.regulation import Regulation
from desktop.services import allocation, allotment, application
from desktop.services.allotment import AllocationSheet, Line


def cap_rules(law: Regulation) -> dict[str, str]:
    """Return the rule that caps each role, by role; empty where the regulation caps none."""
    found: dict[str, str] = {}
    for rule in law.rules:
        if allotment.STAGE in rule.stage and isinstance(rule.check, RoleCap):
            found.setdefault(rule.check.for_role, rule.id)
    return found


def save_line(session: Session, grant_id: str, line: Line, by: str, on: date) -> str:
    """Save one row and keep the reasons for rows above their caps in step with their notes; return the row's id."""
    before = allocation.worksheet(session, grant_id, on)
    row_id = allocation.save_line(session, grant_id, line)
    after = allocation.worksheet(session, grant_id, on)
    for role, rule in cap_rules(after.regulation).items():
        _keep_reason(session, grant_id, rule, (_noted(before, role), _noted(after, role)), after, by, on)
    return row_id


def _keep_reason(
    session: Session, grant_id: str, rule: str, noted: tuple[str, str], sheet: AllocationSheet, by: str, on: date
) -> None:
    """Follow the notes, unless a person wrote the rule's reason in words of their own."""
    was, now = noted
    standing = sheet.reasons.get(rule, "")
    if now != standing and standing in ("", was):
        finding = allotment.verdict(sheet, sheet.lines).finding(rule)
        application.give_reason(session, grant_id, finding, now, by, on)


def _noted(sheet: AllocationSheet, role: str) -> str:
    """Return the notes of all rows of a role above the cap as one reason; empty while one of them lacks a note."""
    over = _above_cap(sheet, sheet.lines, role)
    return "；".join(f"{line.name}：{line.note}" for line in over) if all(line.note for line in over) else ""


def _above_cap(sheet: AllocationSheet, lines: Sequence[Line], role: str) -> list[Line]:
    states = allotment.live_state(sheet, lines).lines
    over = [lines[state.index] for state in states if state.over_fen > 0]
    return [line for line in over if line.role == role]
