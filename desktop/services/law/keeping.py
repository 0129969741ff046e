"""Keeping the text that a decision was made by, so that a later text never changes what was judged."""

import uuid
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.regulation_text import RegulationText
from desktop.services import identity
from desktop.services.law.text import ARCHIVED, law_of
from desktop.services.regulation import text_of


def text_id(office_id: str, version: str) -> str:
    """Return the id under which an office keeps a version: the same at each of its PCs, so that rows meet."""
    return str(uuid.uuid5(uuid.UUID(office_id), version))


def keep_version(session: Session, regulation_id: str, on: date) -> str:
    """Keep the text that applies on a day, unless it is kept already, and return its version."""
    text = text_of(session, regulation_id, on)
    if session.scalar(select(RegulationText.id).filter_by(version=text.version).limit(1)) is None:
        own, law = identity.own_office_id(session), law_of(text)
        kept = RegulationText(
            id=text_id(own, text.version),
            office_id=own,
            regulation=regulation_id,
            title=law.title,
            version=text.version,
            text=text.text,
            state=ARCHIVED,
            effective_on=text.effective_on,
            note="按本文本作过审核，存档备查",
        )
        session.add(kept)
        session.flush()
    return text.version
