"""The steps of a record in their order, corrections worked in: done, taken back, disputed; where it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.step import Step


@dataclass(frozen=True)
class Done:
    """One step taken: when, by whom, from where to where, and why; `corrected` holds the reason of a correction."""

    id: str
    workflow: str
    from_state: str
    to_state: str
    on: date | None
    by: str
    reason: str
    document_id: str | None
    grounds: tuple[str, ...] = ()
    office_id: str | None = None
    corrected: str = ""


@dataclass(frozen=True)
class Chain:
    """The steps that stand, the state they lead to, those taken back, and those of two offices that disagree."""

    done: tuple[Done, ...]
    state: str
    taken_back: tuple[Done, ...] = ()
    disputed: tuple[Done, ...] = ()


def steps_of(session: Session, record_id: str, workflow_id: str) -> list[Step]:
    """Return every step of a record on one workflow, corrections included, in the order in which they were taken.

    Of steps that two offices recorded at one place the earlier day comes first, one without a day last.
    """
    order = (Step.position, Step.taken_on.is_(None), Step.taken_on, Step.id)
    return list(session.scalars(select(Step).filter_by(subject_id=record_id, workflow=workflow_id).order_by(*order)))


def chain(session: Session, record_id: str, workflow_id: str, otherwise: str) -> Chain:
    """Read the steps of a record on a workflow; without any it stands at `otherwise`."""
    return read_chain(steps_of(session, record_id, workflow_id), otherwise)


def read_chain(rows: Sequence[Step], otherwise: str) -> Chain:
    """Work out the chain from step rows in their order.

    Two offices may have recorded steps without knowing of each other: the same step twice counts once, one that does
    not begin where the record stands is disputed and changes nothing until a person corrects it.
    """
    corrections = {row.corrects_id: row for row in rows if row.corrects_id}
    done: list[Done] = []
    back: list[Done] = []
    disputed: list[Done] = []
    for row in (row for row in rows if not row.corrects_id):
        correction = corrections.get(row.id)
        if correction is not None and not _replaces(correction, row):
            back.append(replace(_as_done(row), corrected=correction.reason))
        elif not done or row.from_state == done[-1].to_state:
            done.append(_as_done(row) if correction is None else _amended(row, correction))
        elif (row.from_state, row.to_state) != (done[-1].from_state, done[-1].to_state):
            disputed.append(_as_done(row))
    return Chain(tuple(done), done[-1].to_state if done else otherwise, tuple(back), tuple(disputed))


def _replaces(correction: Step, row: Step) -> bool:
    """Tell a correction of day, person or paper from one that takes the step back."""
    return (correction.from_state, correction.to_state) == (row.from_state, row.to_state)


def _as_done(row: Step) -> Done:
    return Done(
        row.id,
        row.workflow,
        row.from_state,
        row.to_state,
        row.taken_on,
        row.taken_by,
        row.reason,
        row.document_id,
        tuple(row.grounds),
        row.office_id,
    )


def _amended(row: Step, correction: Step) -> Done:
    return replace(
        _as_done(row),
        on=correction.taken_on,
        by=correction.taken_by,
        document_id=correction.document_id or row.document_id,
        corrected=correction.reason,
    )


def next_position(rows: Iterable[Step]) -> int:
    """Return the position of the next step or correction."""
    return max((row.position for row in rows), default=0) + 1
