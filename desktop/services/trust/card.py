"""The key card: this office's fingerprint on paper, in print and as a QR code, to be compared by people."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from desktop.documents.forms import identity_card
from desktop.documents.kind import Setting
from desktop.models import capture
from desktop.models.office import Office
from desktop.services.trust.identity_document import document_of


def key_card(session: Session, on: date) -> bytes:
    """Return the key card of this office as a PDF/A-2b file, dated `on`."""
    return identity_card.KIND.pdf(card_data(session, on), Setting())


def card_data(session: Session, on: date) -> dict[str, Any]:
    """Return what the card says; its code holds name, id and fingerprint in plain words."""
    document = document_of(capture.driver(session.connection()))
    office = session.get(Office, document["id"])
    lines = (document["name"], document["id"], document["fingerprint"])
    return {
        "filled_by": document["name"],
        "date": on.isoformat(),
        "name": document["name"],
        "level": document["level"],
        "region": office.region if office is not None else "",
        "office_id": document["id"],
        "fingerprint": document["fingerprint"],
        "code": list(lines),
    }
