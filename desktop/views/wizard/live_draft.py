"""A draft application as it stands on the screen: saved answers, what is being typed, and the verdict over both."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop.errors import BadInput
from desktop.rules.evaluator import Finding, Verdict
from desktop.rules.reading import facts_read
from desktop.rules.regulation import Regulation
from desktop.services import application
from desktop.services.application import Blocker, Draft
from desktop.services.facts import FactSheet
from desktop.services.questions import CriterionPage
from desktop.views.wizard.step_list_model import Step

SUMMARY = "summary"
GRAVITY = ("fail", "unknown", "warn", "pass", "n/a")
"""Statuses, the gravest first: a page and a field show the gravest of their findings."""


@dataclass(frozen=True)
class Beside:
    """How the application stands under a regulation that applies beside its own; its blockers forbid nothing."""

    regulation: Regulation
    verdict: Verdict
    blockers: Sequence[Blocker]


class LiveDraft:
    """Judges the facts in memory after each keystroke; nothing here reads or writes the database."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.sheet = draft.sheet
        self._typed: dict[str, Any] = {}
        self._reads = _reads(draft)
        self.verdict: Verdict = self._judge(self.sheet)
        self._index()

    @property
    def id(self) -> str:
        """The application's id."""
        return str(self.draft.application["id"])

    def type(self, fact: str, value: Any) -> str:
        """Take a value as typed (None = emptied) and judge anew; return a sentence when it cannot be taken."""
        sheet = self.sheet.with_fact(fact, value)
        try:
            verdict = self._judge(sheet)
        except BadInput as error:
            return error.message
        self._typed[fact] = value
        self.sheet, self.verdict = sheet, verdict
        self._index()
        return ""

    def saved(self, draft: Draft) -> None:
        """Take the draft as it now stands in the database; what is typed and not yet saved stands over it."""
        self.draft, self.sheet = draft, draft.sheet
        self._reads = _reads(draft)
        pending = {fact: value for fact, value in self._typed.items() if value != draft.sheet.facts.get(fact)}
        self._typed = {}
        self.verdict = self._judge(self.sheet)
        self._index()
        for fact, value in pending.items():
            self.type(fact, value)

    def forget(self, fact: str) -> None:
        """The value of this fact is in the database (or was refused): it is no longer only typed."""
        self._typed.pop(fact, None)

    def pages(self) -> Sequence[CriterionPage]:
        """Return the pages in the regulation's order."""
        return self.draft.pages

    def page(self, page_id: str) -> CriterionPage:
        """Return one page."""
        return next(page for page in self.draft.pages if page.id == page_id)

    def has_page(self, page_id: str) -> bool:
        """Whether the kind of application chosen has this page."""
        return any(page.id == page_id for page in self.draft.pages)

    def findings(self, page: CriterionPage) -> list[Finding]:
        """Return the page's findings in the order of its rules."""
        return [self._found[rule] for rule in page.rules if rule in self._found]

    def finding(self, rule: str) -> Finding:
        """Return the finding of one rule."""
        return self._found[rule]

    def steps(self) -> list[Step]:
        """Return the steps with verdict and count, the whole verdict last."""
        steps = [Step(page.id, page.title, gravest(self.findings(page)), self._count(page)) for page in self.pages()]
        left = len(self.blockers())
        total = Step(SUMMARY, "总体结论", gravest(self.verdict.findings), f"{left} 项未办" if left else "可提交")
        return [*steps, total]

    def field_statuses(self, page: CriterionPage) -> dict[str, str]:
        """Return for each fact the gravest status of this page's rules that read it."""
        statuses: dict[str, list[Finding]] = {}
        for finding in self.findings(page):
            for fact in finding.missing or self._reads[finding.rule]:
                statuses.setdefault(fact, []).append(finding)
        return {fact: gravest(findings) for fact, findings in statuses.items()}

    def blockers(self) -> list[Blocker]:
        """Return what forbids submitting now."""
        return application.blockers(self.verdict, self.draft.reasons)

    def beside(self) -> list[Beside]:
        """Judge what is on the screen by each regulation beside the application's own."""
        return [self._beside(law) for law in self.draft.beside]

    def _beside(self, law: Regulation) -> Beside:
        verdict = self._judge(self.sheet, law)
        return Beside(law, verdict, application.blockers(verdict, {}))

    def asked(self, rule: str) -> tuple[str, str] | None:
        """Return the page and the fact where a rule of a regulation beside can be cured; None if no page asks it."""
        read = next((facts_read(one) for law in self.draft.beside for one in law.rules if one.id == rule), ())
        places = ((page.id, one.fact) for page in self.pages() for one in page.inputs)
        return next((place for place in places if place[1] in read), None)

    def place_of(self, rule: str) -> tuple[str, str]:
        """Return the page that holds a rule, and the fact to fill in there (the first missing, else the first read)."""
        # A kind just typed may need a page that comes only once it is saved.
        page = next((page for page in self.pages() if rule in page.rules), self.pages()[0])
        asked = [one.fact for one in page.inputs]
        wanted = [*self._found[rule].missing, *self._reads.get(rule, ())]
        return page.id, next((fact for fact in wanted if fact in asked), asked[0] if asked else "")

    def _judge(self, sheet: FactSheet, law: Regulation | None = None) -> Verdict:
        draft = self.draft
        return application.judge_live(sheet, law or draft.regulation, draft.stage, draft.noun)

    def _count(self, page: CriterionPage) -> str:
        judged = [finding for finding in self.findings(page) if finding.status != "n/a"]
        return f"{sum(finding.status == 'pass' for finding in judged)}/{len(judged)}"

    def _index(self) -> None:
        self._found = {finding.rule: finding for finding in self.verdict.findings}


def _reads(draft: Draft) -> dict[str, tuple[str, ...]]:
    return {rule: facts_read(draft.regulation.rule(rule)) for page in draft.pages for rule in page.rules}


def gravest(findings: Sequence[Finding]) -> str:
    """Return the gravest status among findings; with none, not applicable."""
    statuses = {finding.status for finding in findings}
    return next((status for status in GRAVITY if status in statuses), "n/a")
