"""What a new text of rules would change, before it takes effect: whose findings, from which status to which."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.application import Application
from desktop.models.workroom import Alliance, Workroom
from desktop.rules.evaluator import Finding, Verdict
from desktop.rules.regulation import Regulation
from desktop.services.derived.subject_bulk import every_workroom
from desktop.services.facts import FactSheet, sheet_of
from desktop.services.judged import judge_sheet, judged
from desktop.services.law import law_texts

OPEN: Final = ("草稿", "已提交", "初审通过", "退回修改", "已推荐")
WORDS: Final = {"pass": "符合", "fail": "不符合", "warn": "提示", "unknown": "待补", "n/a": "不适用", "": "没有这一条"}
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Change:
    """One finding that a new text would change; an empty status stands for a rule that is not in that text."""

    noun: str
    id: str
    name: str
    rule: str
    article: str
    title: str
    before: str
    after: str
    sentence: str


@dataclass(frozen=True)
class Impact:
    """All findings that a new text would change; `looked_at` counts the workrooms and open applications judged."""

    regulation: str
    replaces: str
    looked_at: int
    changes: tuple[Change, ...]

    @property
    def affected(self) -> int:
        """How many workrooms and applications have at least one changed finding."""
        return len({(change.noun, change.id) for change in self.changes})

    def as_dict(self) -> dict[str, Any]:
        """Return the report as the command line prints it; `by_rule` counts each rule's changes."""
        counted = Counter((change.rule, change.before, change.after) for change in self.changes)
        return {
            "regulation": self.regulation,
            "replaces": self.replaces or None,
            "looked_at": self.looked_at,
            "affected": self.affected,
            "by_rule": [
                {"rule": rule, "before": before or None, "after": after or None, "count": count}
                for (rule, before, after), count in sorted(counted.items())
            ],
            "changes": [asdict(change) for change in self.changes],
        }


def impact(session: Session, law: Regulation, on: date, progress: Progress | None = None) -> Impact:
    """Judge every workroom and every open application by the text now in use and by the new one, and compare.

    Applications already decided keep the text they were decided by and are left out. Nothing is changed.
    """
    known = law_texts.applying(law_texts.texts(session), on).get(law.id)
    settings = law_texts.settings_of(session)
    old = law_texts.with_settings(known, settings) if known is not None else None
    new = law_texts.tuned_law(law, settings)
    total = session.scalar(select(func.count()).select_from(Workroom)) or 0
    changes: list[Change] = []
    looked_at = 0
    for noun, record_id, name, before, after in _judged_twice(session, old, new, on):
        changes += _differences(noun, record_id, name, before, after)
        looked_at += 1
        if progress is not None and looked_at % 50 == 0:
            progress(min(looked_at, total), total)
    return Impact(law.id, known.version if known is not None else "", looked_at, tuple(changes))


Twice = tuple[str, str, str, Verdict | None, Verdict]


def _judged_twice(session: Session, old: Regulation | None, new: Regulation, on: date) -> Iterator[Twice]:
    for subject in every_workroom(session, new, on):
        assert subject.workroom is not None
        after = judge_sheet(sheet_of(subject), new, None)
        before = None if old is None else judge_sheet(sheet_of(replace(subject, law=old)), old, None)
        yield "workrooms", subject.workroom.id, subject.workroom.name, before, after
    query = select(Application.id).filter_by(regulation=new.id).where(Application.state.in_(OPEN))
    for application_id in session.scalars(query.order_by(Application.id)).all():
        yield _application(session, application_id, old, new, on)


def _application(session: Session, application_id: str, old: Regulation | None, new: Regulation, on: date) -> Twice:
    one = judged(session, application_id, on)
    before = None if old is None else judge_sheet(one.sheet, old, one.stage)
    effective = new.effective_on.isoformat() if new.effective_on else None
    sheet: FactSheet = one.sheet.with_fact("regulation_effective_on", effective)
    return "applications", application_id, _name(session, one.record), before, judge_sheet(sheet, new, one.stage)


def _name(session: Session, application: Application) -> str:
    workroom = session.get(Workroom, application.workroom_id) if application.workroom_id else None
    alliance = session.get(Alliance, application.alliance_id) if application.alliance_id else None
    holder = alliance or workroom
    return f"{holder.name if holder is not None else ''}的申报"


def _differences(noun: str, record_id: str, name: str, before: Verdict | None, after: Verdict) -> Iterator[Change]:
    old = {finding.rule: finding for finding in before.findings} if before is not None else {}
    new = {finding.rule: finding for finding in after.findings}
    for rule in dict.fromkeys((*new, *old)):
        status_before, status_after = (found[rule].status if rule in found else "" for found in (old, new))
        if _matters(noun, status_before, status_after):
            shown = new.get(rule) or old[rule]
            sentence = _sentence(name, shown, status_before, status_after)
            yield Change(noun, record_id, name, rule, shown.article, shown.title, status_before, status_after, sentence)


def _matters(noun: str, before: str, after: str) -> bool:
    """Say whether a change is one to report: a rule that is new or gone only where it would (or did) object."""
    if before and after:
        return before != after
    weighty = ("fail", "warn", "unknown") if noun == "applications" else ("fail", "warn")
    return (before or after) in weighty


def _sentence(name: str, finding: Finding, before: str, after: str) -> str:
    said = f"{name}：{finding.article}“{finding.title}”由“{WORDS[before]}”变为“{WORDS[after]}”"
    return f"{said}。" if not after else f"{said}：{finding.message}"
