"""This office: the one whose database this is."""

from sqlalchemy.orm import Session

from desktop.models.office import Office
from desktop.services import identity
from desktop.services.derived.subject import get


def own_office(session: Session) -> Office:
    """Return this office's record; BadInput when the database has no identity yet."""
    return get(session, Office, identity.own_office_id(session), "本工会")
