"""What an application may be begun for: which subjects and kinds a regulation knows, and who or what can apply."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed
from desktop.models.assessment import Award
from desktop.models.person import Person
from desktop.models.unit import Unit
from desktop.models.workroom import Alliance, Workroom
from desktop.rules.regulation import Regulation
from desktop.services import application, records
from desktop.services.questions import kinds_of
from desktop.services.regulation import regulation
from desktop.services.search.pinyin import name_reading
from desktop.services.search.text import latin_key, matches, native_key, plain, terms

WORKROOM: Final = "工作室"
ALLIANCE: Final = "联盟"
OUTCOME: Final = "成果"
SHOWN: Final = 50
"""How many of those found are listed at once."""


@dataclass(frozen=True)
class Beginning:
    """What is to be begun: for whom (`subject` is 工作室, 联盟 or 成果, `record_id` the workroom, alliance or person).

    `kind` is the level or award applied for, where the regulation knows several; `project` names the outcome.
    """

    regulation: str
    on: date
    subject: str
    record_id: str
    kind: str = ""
    project: str = ""


@dataclass(frozen=True)
class Candidate:
    """One alliance or person that an application can be begun for."""

    id: str
    name: str
    detail: str


def subjects_of(law: Regulation) -> tuple[str, ...]:
    """Return for whom applications are made under a regulation: 工作室, 联盟 beside it, or 成果 alone."""
    if {workflow.noun for workflow in law.workflows} == {"awards"}:
        return (OUTCOME,)
    joint = any(guard.fact == "track" and guard.is_ == ALLIANCE for rule in law.rules for guard in rule.when)
    return (WORKROOM, ALLIANCE) if joint else (WORKROOM,)


def default_kind(law: Regulation) -> str:
    """Return the kind that most applications are for: that which needs no pages of its own, else the first."""
    kinds = kinds_of(law)
    tracked = {track for page in law.criteria for track in page.tracks}
    plain_kinds = [kind for kind in kinds if kind not in tracked]
    return (plain_kinds[-1:] or list(kinds[:1]) or [""])[0]


def begin(session: Session, wanted: Beginning) -> dict[str, Any]:
    """Begin the application, or return the draft already open for the same; BadInput names what is not yet chosen."""
    law = regulation(wanted.regulation, session, wanted.on)
    if wanted.subject not in subjects_of(law):
        raise NotAllowed(f"“{law.title}”不受理{wanted.subject}的申报。请另选办法。", "subject")
    if wanted.kind and wanted.kind not in kinds_of(law):
        raise BadInput(f"“{law.title}”没有“{wanted.kind}”。可选：{'、'.join(kinds_of(law)) or '不分级别'}。", "kind")
    if wanted.subject == ALLIANCE:
        return application.start_alliance(session, wanted.record_id, law.id, wanted.on)
    if wanted.subject == WORKROOM:
        return application.start(session, wanted.record_id, law.id, wanted.on, level=wanted.kind)
    return _begin_award(session, law, wanted)


def _begin_award(session: Session, law: Regulation, wanted: Beginning) -> dict[str, Any]:
    if not wanted.kind:
        raise BadInput("请选要申报的奖项。", "kind")
    if not wanted.project.strip():
        raise BadInput("请填写成果（项目）名称。", "project")
    project = wanted.project.strip()
    same = {"person_id": wanted.record_id, "award_kind": wanted.kind, "project_name": project, "state": "草稿"}
    query = select(Award).filter_by(**same, regulation=law.id, award_year=wanted.on.year)
    found = session.scalars(query.order_by(Award.id)).first()
    if found is not None:
        return records.to_json(found)
    return application.start_award(session, law.id, wanted.on, wanted.kind, project, wanted.record_id)


def find_candidates(session: Session, subject: str, text: str) -> list[Candidate]:
    """Return the alliances (联盟) or people (成果) whose names, or whose workroom's or unit's, hold the words typed."""
    if subject == ALLIANCE:
        query = select(Alliance.id, Alliance.name, Workroom.name)
        query = query.outerjoin(Workroom, Workroom.id == Alliance.lead_workroom_id).order_by(Alliance.name, Alliance.id)
        return _found(session, query, text, Alliance.name, Workroom.name)
    query = select(Person.id, Person.name, Unit.name)
    query = query.outerjoin(Unit, Unit.id == Person.unit_id).order_by(Person.name, Person.id)
    return _found(session, query, text, Person.name, Unit.name)


def _found(session: Session, query: Any, text: str, name: Any, detail: Any) -> list[Candidate]:
    words = terms(text)
    if not any(word.isascii() for word in words):
        held = [or_(name.contains(word, autoescape=True), detail.contains(word, autoescape=True)) for word in words]
        return [_candidate(*row) for row in session.execute(query.where(*held).limit(SHOWN))]
    # Pinyin is worked out only for a search that needs it.
    rows_read = (_candidate(*row) for row in session.execute(query))
    return [one for one in rows_read if _matches(one, words)][:SHOWN]


def _candidate(record_id: str, name: str, detail: str | None) -> Candidate:
    return Candidate(record_id, name, detail or "")


def _matches(one: Candidate, words: tuple[str, ...]) -> bool:
    texts = [plain(one.name), plain(one.detail)]
    return matches(native_key(texts), latin_key(texts, name_reading(one.name).name_words), words)
