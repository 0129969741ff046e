"""What judging gives back: findings, one for each rule, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

STATUSES = ("pass", "fail", "warn", "n/a", "unknown")


@dataclass(frozen=True, slots=True)
class Finding:
    """How one rule came out, in words for the clerk.

    `missing` names the facts an unknown lacks; `hint` marks limits that are the program's settings and no figure of
    the text; `advice` marks a finding that is only a hint at this stage.
    """

    rule: str
    regulation: str
    article: str
    title: str
    status: str
    strength: str
    polarity: str
    actual: str
    required: str
    message: str
    cure: str
    text: str
    missing: tuple[str, ...] = ()
    pinpoint: str = ""
    hint: str = ""
    derived: bool = False
    advice: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as the command line prints it."""
        return {
            "rule": self.rule,
            "regulation": self.regulation,
            "article": self.article,
            "title": self.title,
            "status": self.status,
            "strength": self.strength,
            "actual": self.actual,
            "required": self.required,
            "message": self.message,
            "text": self.text,
            "missing": list(self.missing),
            "cure": self.cure,
            "polarity": self.polarity,
            "pinpoint": self.pinpoint,
            "hint": self.hint,
            "derived": self.derived,
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """All findings of one regulation on one set of facts.

    `eligible`: no finding fails, and no `must` finding waits for a fact (advice at this stage aside). `stage` is empty
    when every rule was judged; `on` is the reference date, None when nobody gave one.
    """

    regulation: str
    stage: str
    on: date | None
    eligible: bool
    findings: tuple[Finding, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """Return how many findings have each status."""
        counted = dict.fromkeys(STATUSES, 0)
        for finding in self.findings:
            counted[finding.status] += 1
        return counted

    def finding(self, rule_id: str) -> Finding:
        """Return the finding of one rule; KeyError when it was not judged."""
        for finding in self.findings:
            if finding.rule == rule_id:
                return finding
        raise KeyError(rule_id)


def to_json(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict in the form the command line prints."""
    return {
        "regulation": verdict.regulation,
        "on": verdict.on.isoformat() if verdict.on else None,
        "stage": verdict.stage or None,
        "eligible": verdict.eligible,
        "counts": dict(verdict.counts),
        "findings": [finding.as_dict() for finding in verdict.findings],
    }
