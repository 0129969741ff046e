"""What a paper is about: its records, the regulation it stands under, and what that regulation's file says of it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInput
from desktop.models.application import Application
from desktop.models.assessment import Assessment, Award
from desktop.models.grant import Grant
from desktop.models.office import Office
from desktop.models.person import Honour, Person
from desktop.models.unit import Unit
from desktop.models.workroom import Alliance, Workroom
from desktop.rules.regulation import Paper, Regulation, Rule
from desktop.services.derived.subject import get
from desktop.services.office import own_office
from desktop.services.paper.composing import Given, cite, honours_of, quote_paragraphs
from desktop.services.paper.wording import SMALL_PARTS, by_unit, cited, issuer_of, kept, object_of
from desktop.services.regulation import office_regulations, regulation

MODELS: dict[str, tuple[type[Any], str]] = {
    "applications": (Application, "申报"),
    "grants": (Grant, "补助资金"),
    "workrooms": (Workroom, "工作室"),
    "assessments": (Assessment, "考核"),
    "awards": (Award, "成果奖励"),
    "alliances": (Alliance, "联盟"),
}
ARTICLE = re.compile(r"第[一二三四五六七八九十百]+条")


@dataclass(frozen=True)
class Recipe:
    """How the regulations name a paper, words that its sentences of law hold, and kinds of rules that bind it.

    A regulation whose file names none of `names` uses the paper only where `also` says so; `steps` are names that
    only courses of business have for it, and `by_hand` kinds are made without a step that leads to them.
    """

    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    rule_kinds: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    also: Callable[[Regulation], bool] | None = None
    fits: Callable[[Paper], bool] | None = None
    steps: tuple[str, ...] = ()
    by_hand: bool = False

    @property
    def step_names(self) -> tuple[str, ...]:
        """The names under which the steps of the courses of business know the paper."""
        return () if self.by_hand else (*self.names, *self.steps)

    def paper(self, law: Regulation) -> tuple[str, Paper] | None:
        """Return the regulation's own name of the paper and its entry; the name that comes first is asked first."""
        for name in self.names:
            for paper in law.papers:
                for part in paper.name.split("／"):
                    if name in part and (self.fits is None or self.fits(paper)):
                        return SMALL_PARTS.sub("", part), paper
        return None

    def used_by(self, law: Regulation) -> bool:
        """Tell whether a regulation uses the paper for records of the recipe's nouns."""
        if self.nouns and not any(has_noun(law, noun) for noun in self.nouns):
            return False
        return self.paper(law) is not None or (self.also is not None and self.also(law))


def has_noun(law: Regulation, noun: str) -> bool:
    """Tell whether a regulation is about records of a noun: a course of business runs on them."""
    about_workrooms = {"applications", "workrooms", "assessments", "plans"}
    nouns = {workflow.noun for workflow in law.workflows}
    return noun in nouns or (noun in about_workrooms and bool(nouns & {*about_workrooms, "grants"}))


@dataclass(frozen=True)
class Item:
    """One record of a paper with the people and bodies around it; `name` is the workroom's, project's or alliance's."""

    record: Any
    name: str
    unit: Unit | None = None
    person: Person | None = None
    office: Office | None = None
    workroom: Workroom | None = None
    honours: Sequence[Honour] = ()

    @property
    def unit_name(self) -> str:
        """Name of the unit, empty when none is recorded."""
        return self.unit.name if self.unit is not None else ""

    @property
    def union_name(self) -> str:
        """Name of the unit's union, empty when no unit is recorded."""
        return (self.unit.union_name or f"{self.unit.name}工会") if self.unit is not None else ""

    @property
    def person_name(self) -> str:
        """Name of the leader or first completer, empty when none is recorded."""
        return self.person.name if self.person is not None else ""

    @property
    def honours_text(self) -> str:
        """The leader's honours in force, the highest first."""
        return honours_of(self.honours)


@dataclass(frozen=True)
class Case:
    """A paper to be composed: session, records, day, what a person typed, and the regulation with its entry."""

    session: Session
    noun: str
    items: Sequence[Item]
    on: date
    given: Given
    law: Regulation
    recipe: Recipe
    warnings: tuple[str, ...] = ()

    @property
    def one(self) -> Item:
        """The only record; BadInput when several were chosen for a paper about one."""
        if len(self.items) != 1:
            raise BadInput(f"这种文书一次只写一份，现在选了{len(self.items)}份。请只选一份，或用成批输出。", "ids")
        return self.items[0]

    @property
    def office(self) -> Office:
        """This office."""
        return own_office(self.session)

    @property
    def year(self) -> int:
        """The year of the record, else of the paper."""
        record = self.items[0].record
        return getattr(record, "year", None) or getattr(record, "award_year", None) or self.on.year

    @property
    def paper_name(self) -> str:
        """The regulation's own name of the paper, empty when it names none."""
        found = self.recipe.paper(self.law)
        return found[0] if found is not None else ""

    @property
    def what(self) -> str:
        """What the regulation calls the workrooms."""
        return object_of(self.law)

    @property
    def basis(self) -> str:
        """The regulation with the article of the paper, as forms name it; no article where the text gives none."""
        return cite(self.law) + SMALL_PARTS.sub(kept, self.cited)

    @property
    def cited(self) -> str:
        """The articles that the paper rests on for these records, as the regulation's file writes them."""
        found = self.recipe.paper(self.law)
        return cited(self.law, found[0], found[1], self.noun) if found is not None else ""

    @property
    def by_unit(self) -> bool:
        """Tell whether the unit or workroom makes the paper, not a union office above it."""
        found = self.recipe.paper(self.law)
        return found is not None and by_unit(issuer_of(found[1], found[0]))

    @property
    def filled_by(self) -> str:
        """Who fills the form in."""
        return self.items[0].union_name if self.by_unit and self.items[0].union_name else self.office.name

    @property
    def parents(self) -> list[str]:
        """The office above, as an addressee; nobody where none is recorded."""
        above = self.session.get(Office, self.office.parent_id) if self.office.parent_id else None
        return [above.name] if above is not None else []

    @property
    def above(self) -> list[str]:
        """The office that the text names as the one that receives the report, else the office above."""
        found = self.recipe.paper(self.law)
        if found is not None and found[1].issuer in self.office.name and found[1].addressee.endswith("总工会"):
            return [found[1].addressee]
        return self.parents

    @property
    def receivers(self) -> list[str]:
        """Whom a paper on several records goes to: the offices they came from, else the units' own unions."""
        own = self.office.id
        below = dict.fromkeys(item.office.name for item in self.items if item.office and item.office.id != own)
        return list(below or dict.fromkeys(item.union_name for item in self.items if item.union_name))

    def rules(self, anywhere: bool = False) -> list[Rule]:
        """Return the rules that the paper quotes: of the articles its entry names, or of the whole text."""
        articles = self.cited
        seen: dict[str, Rule] = {}
        for rule in self.law.rules:
            wanted = rule.kind in self.recipe.rule_kinds or any(word in rule.text for word in self.recipe.words)
            if wanted and not rule.derived and (anywhere or _names(articles, rule.article)):
                seen.setdefault(rule.text, rule)
        return list(seen.values())

    def sentences(self, anywhere: bool = False) -> list[str]:
        """Return what the regulation says about the paper, one paragraph an article, word for word."""
        return quote_paragraphs(self.rules(anywhere))


def _names(cited: str, article: str) -> bool:
    found = ARTICLE.match(article)
    return bool(cited) and (article in cited or (found is not None and found.group() in cited))


def case(session: Session, noun: str, ids: Sequence[str], on: date, given: Given, recipe: Recipe, title: str) -> Case:
    """Read the records of a paper and find its regulation; BadInput when that regulation does not use the paper."""
    model, what = MODELS[noun]
    if not ids:
        raise BadInput(f"还没有选择{what}。请至少选择一份。", "ids")
    records = [get(session, model, one, what) for one in ids]
    if noun in {"applications", "awards"}:
        records.sort(key=lambda one: (one.rank is None, one.rank or 0, one.id))
    items = [item(session, noun, record) for record in records]
    law, warnings = _law(session, noun, records, on, given, recipe, title)
    return Case(session, noun, items, on, given, law, recipe, warnings)


def item(session: Session, noun: str, record: Any) -> Item:
    """Read what papers say of a record."""
    office = session.get(Office, record.office_id) if record.office_id else None
    if noun == "awards":
        person = session.get(Person, record.person_id) if record.person_id else None
        unit = session.get(Unit, record.unit_id) if record.unit_id else None
        return Item(record, record.project_name, unit, person, office)
    alliance = record if noun == "alliances" else None
    if alliance is None and getattr(record, "alliance_id", None):
        alliance = session.get(Alliance, record.alliance_id)
    workroom_id = alliance.lead_workroom_id if alliance is not None else getattr(record, "workroom_id", record.id)
    workroom = record if noun == "workrooms" else session.get(Workroom, workroom_id) if workroom_id else None
    if workroom is None:
        return Item(record, alliance.name if alliance is not None else "", office=office)
    leader = session.get(Person, workroom.leader_id) if workroom.leader_id else None
    honours = select(Honour).where(Honour.person_id == (leader.id if leader else None)).order_by(Honour.id)
    return Item(
        record,
        alliance.name if alliance is not None else workroom.name,
        session.get(Unit, workroom.unit_id) if workroom.unit_id else None,
        leader,
        office,
        workroom,
        list(session.scalars(honours)),
    )


def _law(
    session: Session, noun: str, records: Sequence[Any], on: date, given: Given, recipe: Recipe, title: str
) -> tuple[Regulation, tuple[str, ...]]:
    named = {record.regulation for record in records if getattr(record, "regulation", "")}
    if len(named) > 1:
        raise BadInput(f"所选{MODELS[noun][1]}依据的办法不同，不能写在同一份公文里。请按办法分别选择。", "ids")
    if named:
        law = regulation(named.pop(), session, on)
        if not recipe.used_by(law):
            raise BadInput(f"《{law.title}》没有“{title}”这种文书，不能照别处的办法制作。", "regulation")
        return law, ()
    return _workroom_law(session, noun, records, on, given, recipe, title)


def _workroom_law(
    session: Session, noun: str, records: Sequence[Any], on: date, given: Given, recipe: Recipe, title: str
) -> tuple[Regulation, tuple[str, ...]]:
    """Find the regulation of a workroom: the one typed, that of its latest application, the office's own."""
    fitting = [law for law in office_regulations(session, on) if recipe.used_by(law)]
    wanted = given.get("regulation")
    chosen = [law for law in fitting if wanted in (law.id, law.title)]
    if wanted and not chosen:
        raise BadInput(f"“{wanted}”没有“{title}”这种文书，或不是本会适用的办法。", "regulation")
    if not fitting:
        raise BadInput(f"本会适用的办法都没有“{title}”这种文书。", "regulation")
    applied = select(Application.regulation).where(Application.workroom_id.in_([one.id for one in records]))
    used = list(session.scalars(applied.order_by(Application.reference_date.desc())))
    own = [law for name in used for law in fitting if law.id == name]
    law = (chosen or own or fitting)[0]
    doubtful = not chosen and not own and len(fitting) > 1
    return law, ((f"有{len(fitting)}部办法都有这种文书，暂按{cite(law)}，请核对适用办法。",) if doubtful else ())
