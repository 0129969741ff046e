"""Account entries: what each union books when the money reaches or leaves it, as the regulation names the accounts."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from desktop.models.grant import Grant
from desktop.services.derived.subject import get
from desktop.services.funds.trail import Hop, trail
from desktop.services.regulation import regulation


@dataclass(frozen=True)
class Entry:
    """One entry: who books, on what occasion, in which account, the day and amount once known, and the article."""

    who: str
    when: str
    account: str
    cite: str
    on: date | None
    amount_fen: int


def entries(session: Session, grant_id: str, today: date) -> list[Entry]:
    """Return the entries of a grant; none where its regulation names no accounts."""
    grant = get(session, Grant, grant_id, "补助资金")
    law = regulation(grant.regulation, session, today)
    hops = [hop for hop in trail(session, grant_id, today).hops if hop.status == "done"]
    found = []
    for place, one in enumerate(law.ledger_entries):
        hop = hops[place] if place < len(hops) else None
        found.append(Entry(one.who, one.when, one.account, one.cite, hop.on if hop else None, _amount(grant, hop)))
    return found


def _amount(grant: Grant, hop: Hop | None) -> int:
    known = hop.amount_fen if hop is not None else None
    return known or grant.transferred_fen or grant.received_fen or grant.grant_total_fen
