"""Any record that a regulation judges, with its facts, its stage, and the regulations that judge beside it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop.errors import NotFound
from desktop.models.application import Application
from desktop.models.assessment import Assessment, Award
from desktop.models.base import Base
from desktop.models.grant import Grant
from desktop.rules.catalogue import in_force
from desktop.rules.evaluator import Verdict, judge
from desktop.rules.facts import dictionary
from desktop.rules.regulation import Regulation
from desktop.services.derived import subject as subjects
from desktop.services.derived.subject import Subject
from desktop.services.facts import FactSheet, sheet_of
from desktop.services.regulation import catalogue, chosen_regulations

APPLYING: Final = "申报"
Reader = Callable[[Session, str, date], Subject]
READERS: Final[tuple[tuple[str, type[Base], Reader], ...]] = (
    ("applications", Application, subjects.application_subject),
    ("awards", Award, subjects.award_subject),
    ("assessments", Assessment, subjects.assessment_subject),
    ("grants", Grant, subjects.grant_subject),
)


@dataclass(frozen=True)
class Judged:
    """One record under one regulation: an application, an award, an assessment or a grant.

    `stage` is None where every rule is judged, as of a grant, whose stages follow one another.
    """

    noun: str
    record: Any
    law: Regulation
    stage: str | None
    sheet: FactSheet

    def verdict(self, law: Regulation | None = None) -> Verdict:
        """Judge by the record's own regulation, or by another beside it."""
        return judge_sheet(self.sheet, law or self.law, self.stage)


def judge_sheet(sheet: FactSheet, law: Regulation, stage: str | None, leaving: Collection[str] = ()) -> Verdict:
    """Judge a sheet, `leaving` out the rules named; facts that only another regulation knows are left out."""
    known = dictionary().with_facts(law.own_facts).facts
    facts = {name: value for name, value in sheet.facts.items() if name in known}
    return judge(law, facts, stage=stage, leaving=leaving)


def judged(session: Session, record_id: str, today: date | None = None) -> Judged:
    """Read a record that can be judged; NotFound when no application, award, assessment or grant has the id."""
    for noun, model, read in READERS:
        record = session.get(model, record_id)
        if record is not None:
            subject = read(session, record_id, today or date.today())
            assert subject.law is not None
            return Judged(noun, record, subject.law, _stage(noun, record), sheet_of(subject))
    raise NotFound(f"找不到申报：{record_id or '（未填）'}。请刷新列表后再试。", record_id)


def _stage(noun: str, record: Any) -> str | None:
    return {"applications": getattr(record, "stage", None), "awards": APPLYING, "assessments": "考核"}.get(noun)


def beside(session: Session, one: Judged, today: date | None = None) -> list[Regulation]:
    """Return the regulations that judge a record beside its own at the same stage.

    Those that its regulation names itself, and those of the office's profile that another issuer made about the same
    kind of record: a city's title and a region's grant add up, two titles of one issuer are a choice.
    """
    on = getattr(one.record, "reference_date", None) or today or date.today()
    known = catalogue(session, on)
    named = [known[name] for name in one.law.applies_with if name in known]
    profile = in_force({law.id: law for law in chosen_regulations(session, on)}, on)
    joined = [law for law in profile if law.issuer != one.law.issuer and _about(law, one.noun)]
    along = [known[name] for law in joined for name in law.applies_with if name in known]
    found = {law.id: law for law in (*named, *joined, *along) if law.id != one.law.id}
    return [law for law in found.values() if one.stage is None or one.stage in law.stages()]


def _about(law: Regulation, noun: str) -> bool:
    return noun in {workflow.noun for workflow in law.workflows}
