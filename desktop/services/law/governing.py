"""Which of an office's regulations govern a workroom: of the titles that one issuer tells apart, the one it bears."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.application import Application
from desktop.models.workroom import Workroom
from desktop.rules.regulation import Regulation
from desktop.services.regulation import office_regulations

NAMED = "已命名"
ENDED = ("未通过", "已撤回")
KINDS = ("劳模", "工匠", "职工")
"""Of whom a workroom is: so its kind says, and so the objects of regulations are called."""


def applied_under(session: Session, room_id: str = "") -> dict[str, set[str]]:
    """Return for one workroom, or for all, under which regulations it was named; else under which it applies."""
    columns = (Application.workroom_id, Application.regulation, Application.state)
    query = select(*columns).where(Application.workroom_id.is_not(None), Application.state.not_in(ENDED))
    named: dict[str, set[str]] = {}
    applied: dict[str, set[str]] = {}
    for one, regulation, state in session.execute(query.filter_by(workroom_id=room_id) if room_id else query):
        (named if state == NAMED else applied).setdefault(str(one), set()).add(regulation)
    return {**applied, **named}


def governing(session: Session, room: Workroom) -> list[Regulation]:
    """Return the regulations of this office that speak of a workroom, in their order."""
    applied = applied_under(session, room.id).get(room.id, set())
    laws = office_regulations(session)
    return [law for law in laws if governs(law, laws, room.kind, applied)]


def governs(law: Regulation, laws: Sequence[Regulation], kind: str, applied: Collection[str]) -> bool:
    """Tell whether a regulation speaks of a workroom of a kind that was named, or applied, under some of the laws.

    Only titles of one issuer shut each other out; without an application the kind decides, where it fits one of them.
    """
    titles = [one for one in laws if one.issuer == law.issuer and _names_rooms(one)]
    if law not in titles or len(titles) < 2:
        return True
    if any(one.id in applied for one in titles):
        return law.id in applied
    return _is_of(law, kind) or not any(_is_of(one, kind) for one in titles)


def _names_rooms(law: Regulation) -> bool:
    return any(flow.noun == "applications" for flow in law.workflows)


def _is_of(law: Regulation, kind: str) -> bool:
    return any(word in kind and any(word in thing for thing in law.objects) for word in KINDS)
