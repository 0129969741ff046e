"""Limits that no regulation sets and an office may choose for itself (工具设置): listing and changing them."""

import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotFound
from desktop.models.regulation_text import ToolSetting
from desktop.rules.regulation import Regulation, Rule
from desktop.rules.tuning import read_setting, value_of
from desktop.services import identity
from desktop.services.regulation import catalogue, regulation

WORDS = {
    "min": "至少",
    "max": "至多",
    "gt": "多于",
    "lt": "少于",
    "tol": "上下浮动",
    "lookback": "往前看几年",
}
SAID = "工具提示，非规定条文"


@dataclass(frozen=True)
class Setting:
    """One limit of one rule: what the program brings (`bundled`) and what holds here (`value`)."""

    regulation: str
    rule: str
    article: str
    title: str
    parameter: str
    words: str
    bundled: int | Decimal
    value: int | Decimal

    def as_dict(self) -> dict[str, Any]:
        """Return the setting as the command line prints it."""
        return {
            "regulation": self.regulation,
            "rule": self.rule,
            "article": self.article,
            "title": self.title,
            "parameter": self.parameter,
            "words": self.words,
            "bundled": plain(self.bundled),
            "value": plain(self.value),
            "changed": self.bundled != self.value,
            "note": SAID,
        }


def plain(value: int | Decimal) -> int | float:
    """Return a limit as a JSON number."""
    return int(value) if value == int(value) else float(value)


def settings(session: Session, regulation_id: str = "", on: date | None = None) -> list[Setting]:
    """Return the settings of one regulation, or of all, as they hold here; NotFound for an unknown regulation."""
    laws = [regulation(regulation_id, session, on)] if regulation_id else list(catalogue(session, on).values())
    return [one for law in laws for rule in law.rules for one in _settings(session, law, rule, on)]


def _settings(session: Session, law: Regulation, rule: Rule, on: date | None) -> list[Setting]:
    if not rule.tool_setting:
        return []
    before = regulation(law.id, session, on, tuned=False).rule(rule.id)
    return [
        Setting(
            law.id,
            rule.id,
            rule.article,
            rule.title,
            parameter,
            WORDS.get(parameter, parameter),
            value_of(before, parameter),
            value_of(rule, parameter),
        )
        for parameter in rule.tool_setting
    ]


def change(session: Session, rule_id: str, parameter: str, value: object, by: str, on: date) -> Setting:
    """Set a limit for this office and those beneath; None goes back to what the program brings.

    NotFound for an unknown rule, BadInput for what is no setting or no number, or when nobody is named.
    """
    law, rule = _rule(session, rule_id, on)
    if not by.strip():
        raise BadInput("请写明由谁设置。", "by")
    own = identity.own_office_id(session)
    key = str(uuid.uuid5(uuid.UUID(own), f"{rule_id} {parameter}"))
    row = session.get(ToolSetting, key)
    if value is None:
        value_of(rule, parameter)
        if row is not None:
            session.delete(row)
    else:
        number = plain(Decimal(read_setting(rule, parameter, value)))
        row = row or ToolSetting(id=key, office_id=own, rule=rule_id, parameter=parameter)
        row.value, row.set_by, row.set_on = number if isinstance(number, int) else str(number), by.strip(), on
        session.add(row)
    session.flush()
    found = settings(session, law.id, on)
    return next(one for one in found if (one.rule, one.parameter) == (rule_id, parameter))


def _rule(session: Session, rule_id: str, on: date) -> tuple[Regulation, Rule]:
    for law in catalogue(session, on).values():
        for rule in law.rules:
            if rule.id == rule_id:
                return law, rule
    raise NotFound(f"没有规则“{rule_id}”。请用 regulation settings 查看可以改的规则。", rule_id)
