"""This office: the one whose database this is, and the regulations it works under."""

from datetime import date

from sqlalchemy.orm import Session

from desktop.models.office import Office
from desktop.rules.regulation import Regulation
from desktop.services import identity
from desktop.services.regulation import catalogue, current
from desktop.services.subject import get


def own_office(session: Session) -> Office:
    """Return this office's record; BadInput when the database has no identity yet."""
    return get(session, Office, identity.own_office_id(session), "本工会")


def regulations(session: Session, on: date) -> list[Regulation]:
    """Return the regulations this office works under; one that chose none works under all in force."""
    chosen = own_office(session).regulations
    known = catalogue()
    return [known[name] for name in chosen if name in known] or current(on)
