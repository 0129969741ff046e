"""The parts of one issued regulation as frozen values: rules, money tables, workflows, papers, criteria."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from desktop.rules.check_base import Check
from desktop.rules.fact_types import Fact

STRENGTHS = ("must", "should", "prefer", "encourage", "ref")
POLARITIES = ("require", "ground", "ban")
MARKS = (
    "filed",
    "recommended",
    "draw",
    "experts",
    "publicity",
    "refused",
    "plaque",
    "supported",
    "demonstration",
    "quota",
    "received",
    "paid",
    "assessed",
    "graded",
    "rectifying",
    "looked",
    "resumed",
    "leader",
    "renamed",
    "revoked",
    "recovered",
    "exited",
    "rest",
)
"""What reaching a state means beyond the state itself, in words that no regulation owns (see Workflow.marks)."""
OFFICE_LEVELS = ("基层", "县级", "市级", "省级")
LEAVING = ("refused", "exited", "revoked")
"""Marks of states that refuse a record or end it."""
WHERE = ("state", "kind", "track", "level")
NOUNS = ("applications", "grants", "workrooms", "alliances", "assessments", "awards", "plans", "publications")


def shown_text(text: str) -> str:
    """Return a quoted sentence without the emphasis marks that a scan left in it; quotes are stored verbatim."""
    return text.replace("**", "")


@dataclass(frozen=True, slots=True)
class Guard:
    """One condition of `when` or `unless`: a fact against values, or a whole check.

    `after` and `before` compare a date fact strictly with a day; `note` is the sentence shown when an `unless` guard
    takes the rule out.
    """

    fact: str = ""
    is_: object = None
    in_: tuple[object, ...] | None = None
    not_in: tuple[object, ...] | None = None
    after: date | None = None
    before: date | None = None
    check: Check | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One numbered choice that the text lists under a rule, with its own sentence."""

    text: str
    key: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One sentence of the regulation and the check that tests it.

    `polarity`: require (the check must hold), ground (made out = a person must decide on exit), ban (made out =
    blocked). `hint_at` names stages where a failure is only advice. `tool_setting` names parameters of the check that
    are settings of the program and no figures of the text.
    """

    id: str
    article: str
    title: str
    text: str
    kind: str
    strength: str
    stage: tuple[str, ...]
    meaning: str
    boundary: str
    check: Check
    pinpoint: str = ""
    when: tuple[Guard, ...] = ()
    unless: tuple[Guard, ...] = ()
    polarity: str = "require"
    derived: bool = False
    tool_setting: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    hint_at: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """A sum that the text gives for one track; amounts in 分. `times` quotes how often (一次性 …)."""

    track: str
    cite: str
    amount_fen: int | None = None
    amount_min_fen: int | None = None
    amount_max_fen: int | None = None
    times: str = ""


@dataclass(frozen=True, slots=True)
class RewardRole:
    """A role that may be rewarded out of the grant, its cap per person in 分; the order is the precedence.

    `soft` caps warn instead of failing (一般不高于). `count_fact` names the fact that counts people of the role.
    """

    name: str
    cap_fen: int
    soft: bool
    cite: str
    count_fact: str = ""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """Which account a union books the money under, as the text says."""

    who: str
    when: str
    account: str
    cite: str


@dataclass(frozen=True, slots=True)
class Transition:
    """A step from one state to the next.

    `requires` must hold before, `ensures` are checked after and never block, at least one of `opened_by` must be made
    out. `source` is text or convention; a convention cites nothing.
    """

    from_: str
    to: str
    actor: str
    paper: str
    limit: str
    cite: str
    source: str = "text"
    requires: tuple[str, ...] = ()
    ensures: tuple[str, ...] = ()
    opened_by: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workflow:
    """States and lawful transitions of one course of business; `noun` names the kind of record it runs on.

    `where` names fields of the record and the values with which the course may begin. `marks` says what a state means:
    by mark the states that carry it. `names` gives the rank at which a state names the workroom.
    """

    id: str
    title: str
    initial: str
    states: tuple[str, ...]
    transition: tuple[Transition, ...]
    noun: str = ""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def is_marked(self, state: str, mark: str) -> bool:
        """Say whether a state carries a mark."""
        return state in self.marks.get(mark, ())

    def leaves(self, state: str) -> bool:
        """Say whether a state refuses the record or ends it, rather than leading it on."""
        return any(self.is_marked(state, mark) for mark in LEAVING)

    def is_final(self, state: str) -> bool:
        """Say whether no step leads on from a state."""
        return all(step.from_ != state for step in self.transition)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that the text names (source text) or that is needed to carry the act (implied)."""

    name: str
    issuer: str
    addressee: str
    cite: str
    source: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One page of the wizard: the rules of one condition (“有”) at one stage, in reading order.

    `tracks` limits the page to kinds of application (award kinds, 示范性 …); empty means every kind.
    """

    id: str
    stage: str
    title: str
    article: str
    rules: tuple[str, ...]
    tracks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HomeAuthority:
    """How the name of an authority of this region reads: contains one of `contains` or begins with one of `begins`."""

    contains: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Regulation:
    """One issued regulation, wholly as data; two are the same only when they are one object.

    `acts` gives, for each actor of a transition, the levels of office (基层 to 省级) that do it.
    """

    id: str
    title: str
    doc_no: str
    issuer: str
    issued_on: date | None
    effective_on: date | None
    effective_by: str
    interpreter: str
    region: str
    objects: tuple[str, ...]
    criteria_note: str
    issued_text: str
    rules: tuple[Rule, ...]
    applies_with: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    based_on: tuple[str, ...] = ()
    note: str = ""
    levels: Mapping[str, str] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)
    acts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    home: HomeAuthority = HomeAuthority()
    grants: tuple[Grant, ...] = ()
    reward_roles: tuple[RewardRole, ...] = ()
    ledger_entries: tuple[LedgerEntry, ...] = ()
    workflows: tuple[Workflow, ...] = ()
    papers: tuple[Paper, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    own_facts: tuple[Fact, ...] = ()

    def rule(self, rule_id: str) -> Rule:
        """Return the rule of this id; KeyError when the regulation has none."""
        return rules_by_id(self)[rule_id]

    def workflow(self, workflow_id: str) -> Workflow:
        """Return the workflow of this id; KeyError when the regulation has none."""
        for workflow in self.workflows:
            if workflow.id == workflow_id:
                return workflow
        raise KeyError(workflow_id)

    def stages(self) -> tuple[str, ...]:
        """Return every stage a rule is tested at, in the order the rules bring them."""
        return tuple(dict.fromkeys(stage for rule in self.rules for stage in rule.stage))

    def pages(self, stage: str) -> tuple[Criterion, ...]:
        """Return the wizard's pages of one stage, in order."""
        return tuple(page for page in self.criteria if page.stage == stage)


@lru_cache(maxsize=256)
def rules_by_id(regulation: Regulation) -> Mapping[str, Rule]:
    """Return the rules of a regulation by id, worked out once."""
    return {rule.id: rule for rule in regulation.rules}
