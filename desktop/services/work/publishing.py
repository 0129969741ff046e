"""Publication of outcomes by period: how many of those wanted are out, until when, and on which platforms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.outcome import Publication
from desktop.models.workroom import Workroom
from desktop.rules.calendar import add_years, chinese
from desktop.rules.checks_plain import Num
from desktop.rules.reading import facts_read
from desktop.rules.regulation import Regulation, Rule
from desktop.rules.words import fold
from desktop.services.derived.subject import get
from desktop.services.regulation import office_regulations

COUNTED = "published_results_in_period"
NAMED = "publications"


@dataclass(frozen=True)
class Period:
    """Twelve months of support: first and last day, how many different outcomes are published, how many are wanted.

    `elsewhere` are the platforms used that the regulation does not name. `is_over` says whether it is past.
    """

    first: date
    last: date
    published: int
    wanted: int
    article: str
    elsewhere: tuple[str, ...]
    is_over: bool

    @property
    def sentence(self) -> str:
        """How it stands, in words."""
        when = f"{chinese(self.first)}至{chinese(self.last)}"
        short = self.wanted - self.published
        state = "已满" if short <= 0 else f"还差{short}项" if not self.is_over else f"少{short}项"
        other = f"；{'、'.join(self.elsewhere)}不是列明的平台" if self.elsewhere else ""
        return f"{when}：已发布{self.published}项，应不少于{self.wanted}项（{self.article}），{state}{other}。"


def periods(session: Session, workroom_id: str, today: date) -> list[Period]:
    """Return the periods of a supported workroom up to the one that runs; none where no regulation wants any."""
    room = get(session, Workroom, workroom_id, "工作室")
    found = _wanting(office_regulations(session, today))
    if room.supported_on is None or found is None:
        return []
    law, rule, wanted = found
    rows = list(session.scalars(select(Publication).filter_by(workroom_id=workroom_id)))
    made: list[Period] = []
    while (first := add_years(room.supported_on, len(made))) <= today:
        end = add_years(room.supported_on, len(made) + 1)
        inside = [row for row in rows if row.published_on is not None and first <= row.published_on < end]
        made.append(_period(law, rule, wanted, first, end, inside, today))
    return made


def _period(
    law: Regulation, rule: Rule, wanted: int, first: date, end: date, rows: Sequence[Publication], today: date
) -> Period:
    last = date.fromordinal(end.toordinal() - 1)
    outcomes = {row.outcome_id or row.id for row in rows}
    elsewhere = sorted({row.platform for row in rows if row.platform and not is_named(law, row.platform)})
    return Period(first, last, len(outcomes), wanted, rule.article, tuple(elsewhere), today > last)


def _wanting(laws: Sequence[Regulation]) -> tuple[Regulation, Rule, int] | None:
    """Return the rule that wants publications in a period, its regulation and how many it wants."""
    for law in laws:
        for rule in law.rules:
            check = rule.check
            if isinstance(check, Num) and check.fact == COUNTED and check.min is not None:
                return law, rule, int(check.min)
    return None


def is_named(law: Regulation, platform: str) -> bool:
    """Tell whether the sentences of a regulation that speak of publications name a platform."""
    texts = "".join(rule.text for rule in law.rules if NAMED in facts_read(rule))
    return not texts or _bare(platform) in _bare(texts)


def _bare(text: str) -> str:
    return fold(text).translate(str.maketrans("", "", "“”‘’\"'《》")).upper()
