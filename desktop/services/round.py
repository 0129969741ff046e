"""Assessment rounds by a regulation's items and grades: opening one for the workrooms it reaches, and its progress."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotAllowed
from desktop.models.assessment import Assessment
from desktop.models.rectification import AssessmentRound, Rectification
from desktop.models.workroom import STANDING, Workroom
from desktop.rules.reading import choices_of
from desktop.rules.regulation import Regulation, Rule
from desktop.services import identity, records
from desktop.services.derived.subject import get
from desktop.services.law.governing import applied_under, governs
from desktop.services.paper.case import ARTICLE
from desktop.services.paper.wording import points_of
from desktop.services.regulation import office_regulations, regulation

KINDS = ("年度考核", "周期考核", "专项考核")


@dataclass(frozen=True)
class Progress:
    """How far a round has come: workrooms in it, those assessed, grades by count, those still open."""

    total: int
    assessed: int
    grades: dict[str, int]
    open: tuple[tuple[str, str], ...]


def items_of(law: Regulation, kind: str = "") -> tuple[str, ...]:
    """Return the items that a regulation's assessment looks at; none where its text lists none.

    One of a kind (年度考核, 周期考核 …) looks at what the articles of its own course list, never at another kind's.
    """
    flows = [flow for flow in law.workflows if flow.noun == "assessments" and kind in flow.where.get("kind", ())]
    if not kind or not flows:
        return _words(law.rules, "assessment_items")
    cited = {article for flow in flows for step in flow.transition for article in ARTICLE.findall(step.cite)}
    own = [rule for rule in law.rules if any(rule.article.startswith(article) for article in cited)]
    listed = dict.fromkeys(point for rule in own for point in points_of(rule.text))
    return _words(own, "assessment_items") or tuple(listed)


def grades_of(law: Regulation) -> tuple[str, ...]:
    """Return the grades that a regulation's text gives; none where it gives none (nothing is borrowed)."""
    graded = (state for flow in law.workflows for state in flow.marks.get("graded", ()))
    return tuple(dict.fromkeys((*graded, *_words(law.rules, "assessment_grade"))))


def _words(rules: Sequence[Rule], fact: str) -> tuple[str, ...]:
    found = (choices_of(rule).get(fact, ()) for rule in rules)
    return tuple(dict.fromkeys(word for words in found for word in words))


def open_round(
    session: Session, regulation_id: str, kind: str, year: int, due_on: date | None = None, only: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Open a round once a year and kind, with an assessment for every named workroom that the regulation governs.

    Or for those in `only` (抽查), which a person names.
    """
    law = regulation(regulation_id, session)
    if kind not in KINDS:
        raise BadInput(f"类别应为：{'、'.join(KINDS)}。", "kind")
    held = session.scalars(select(AssessmentRound).filter_by(regulation=law.id, kind=kind, year=year)).first()
    if held is not None:
        raise NotAllowed(f"{year}年的{kind}已经开始，不必再开。", held.id)
    own = identity.own_office_id(session)
    made = AssessmentRound(
        office_id=own,
        regulation=law.id,
        kind=kind,
        year=year,
        title=f"{year}年{kind}",
        items=list(items_of(law, kind)),
        grades=list(grades_of(law)) if kind != "年度考核" else [],
        due_on=due_on,
    )
    session.add(made)
    session.flush()
    given = {"office_id": own, "regulation": law.id, "kind": kind, "year": year, "round_id": made.id}
    rooms = sorted(room_id for room_id, _name in reached(session, "" if only else law.id))
    session.add_all(Assessment(workroom_id=one, **given) for one in rooms if not only or one in only)
    session.flush()
    return records.to_json(made)


def record(
    session: Session, assessment_id: str, on: date, scores: dict[str, str], grade: str = "", conclusion: str = ""
) -> dict[str, Any]:
    """Record what an assessment found by item; a grade only where the regulation knows it."""
    found = get(session, Assessment, assessment_id, "考核")
    held = session.get(AssessmentRound, found.round_id) if found.round_id else None
    known = tuple(held.grades) if held is not None else grades_of(regulation(found.regulation, session))
    if grade and grade not in known:
        listed = "、".join(known) or "本办法没有规定等次，请留空"
        raise BadInput(f"等次应为：{listed}。", "grade")
    found.assessed_on, found.scores, found.items = on, dict(scores), [item for item, words in scores.items() if words]
    found.grade, found.conclusion = grade or found.grade, conclusion.strip()
    session.flush()
    return records.to_json(found)


def progress(session: Session, round_id: str) -> Progress:
    """Say how far a round has come, and which workrooms are still to be assessed (id of the assessment, name)."""
    query = (
        select(Assessment.id, Assessment.assessed_on, Assessment.grade, Workroom.name)
        .join(Workroom, Workroom.id == Assessment.workroom_id)
        .where(Assessment.round_id == round_id)
        .order_by(Workroom.name, Assessment.id)
    )
    rows = session.execute(query).all()
    done = [grade for _id, assessed_on, grade, _name in rows if assessed_on is not None]
    grades = Counter(grade for grade in done if grade)
    still = tuple((row_id, name) for row_id, assessed_on, _grade, name in rows if assessed_on is None)
    return Progress(len(rows), len(done), dict(grades), still)


def laws_with_assessments(session: Session) -> list[tuple[str, str]]:
    """Return the regulations of this office (id, title) that know an assessment; all of its own where none does."""
    laws = office_regulations(session)
    knowing = [law for law in laws if items_of(law) or any(flow.noun == "assessments" for flow in law.workflows)]
    return [(law.id, law.title) for law in (knowing or laws)]


def reached(session: Session, regulation_id: str = "") -> list[tuple[str, str]]:
    """Return the workrooms (id, name) that a round of a regulation reaches, or of any at all, by name."""
    columns = (Workroom.id, Workroom.name, Workroom.kind)
    rooms = session.execute(select(*columns).where(Workroom.state.in_(STANDING)).order_by(Workroom.name)).all()
    if not regulation_id:
        return [(room_id, name) for room_id, name, _kind in rooms]
    laws, law = office_regulations(session), regulation(regulation_id, session)
    applied = applied_under(session)
    known = laws if law in laws else [*laws, law]
    return [(one, name) for one, name, kind in rooms if governs(law, known, kind, applied.get(one, ()))]


def named_by(words: Sequence[str], rooms: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return the workrooms meant by words of their names; BadInput when a word means none or several."""
    found = []
    for word in words:
        meant = [room_id for room_id, name in rooms if word == name] or [one for one, name in rooms if word in name]
        if len(meant) != 1:
            why = "没有这样的工作室" if not meant else f"有{len(meant)}个工作室的名称含有它，请写全"
            raise BadInput(f"“{word}”：{why}。", "only")
        found += meant
    return tuple(dict.fromkeys(found))


def all_rounds(session: Session) -> list[dict[str, Any]]:
    """Return every round, the latest first, with how many it has (`total`) and how many are assessed (`assessed`)."""
    query = select(AssessmentRound).order_by(AssessmentRound.year.desc(), AssessmentRound.title, AssessmentRound.id)
    counted = select(Assessment.round_id, func.count(), func.count(Assessment.assessed_on)).group_by(
        Assessment.round_id
    )
    counts = {round_id: (total, assessed) for round_id, total, assessed in session.execute(counted)}
    made = [(row, counts.get(row.id, (0, 0))) for row in session.scalars(query)]
    return [{**records.to_json(row), "total": total, "assessed": assessed} for row, (total, assessed) in made]


def assessments_of(session: Session, round_id: str) -> list[dict[str, Any]]:
    """Return the assessments of a round with `workroom_name`, those still open first, then by name."""
    query = (
        select(Assessment, Workroom.name)
        .join(Workroom, Workroom.id == Assessment.workroom_id)
        .where(Assessment.round_id == round_id)
        .order_by(Assessment.assessed_on.is_not(None), Workroom.name, Assessment.id)
    )
    found = session.execute(query).all()
    rows = records.all_to_json(session, "assessments", [row for row, _name in found])
    return [{**row, "workroom_name": name} for row, (_row, name) in zip(rows, found, strict=True)]


def close_round(session: Session, round_id: str) -> dict[str, Any]:
    """Record that a round is over: only when every workroom in it is assessed."""
    held = get(session, AssessmentRound, round_id, "考核轮次")
    still = progress(session, round_id).open
    if still:
        raise NotAllowed(f"还有{len(still)}个工作室没有考核，如“{still[0][1]}”。全部登记后再办结。", round_id)
    held.state = "已办结"
    session.flush()
    return records.to_json(held)


def rectification(session: Session, rectification_id: str) -> Rectification:
    """Return one order to put something right."""
    return get(session, Rectification, rectification_id, "整改")


def report_rectification(session: Session, rectification_id: str, measures: str, on: date) -> dict[str, Any]:
    """Record what the unit did and when it reported."""
    found = rectification(session, rectification_id)
    if not measures.strip():
        raise BadInput("请写明整改措施。", "measures")
    found.measures, found.reported_on = measures.strip(), on
    session.flush()
    return records.to_json(found)
