"""Whether this PC's date can be right, by what was done here last: papers and publicities take their days from it."""

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from desktop.models import capture
from desktop.services.journal.ledger import Ledger

LONG_AWAY: Final = timedelta(days=2 * 365)
"""Longer than an office leaves its register alone; a date so far ahead is rather a wrong one."""
LAST: Final = """
SELECT c.id FROM sync_commit c JOIN sync_stream s ON s.id = c.stream
WHERE s.own AND c.applied IS NOT NULL ORDER BY c.applied DESC LIMIT 1
"""


def last_change(session: Session) -> date | None:
    """Return the day of the last change made on this PC; None before the first."""
    ledger = Ledger(capture.driver(session.connection()))
    row = ledger.raw.execute(LAST).fetchone()
    if row is None:
        return None
    return datetime.fromisoformat(ledger.commit(row[0]).time).date()


def alarm(session: Session, today: date) -> str:
    """Return what to tell the user of a date that cannot be right, or is hardly so; empty when it may be right."""
    last = last_change(session)
    if last is None or last - timedelta(days=1) <= today <= last + LONG_AWAY:
        return ""
    there, then = _words(today), _words(last)
    if today < last:
        doubt = f"这台电脑的日期是{there}，比上一次修改的日期（{then}）还早。"
    else:
        doubt = f"这台电脑的日期是{there}，离上一次修改（{then}）已过{(today - last).days // 365}年。"
    return f"{doubt}如果日期不对，请先在系统里改正：公文、公示的日期都从这里取。"


def _words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
