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


@dataclass(frozen=True)
class Short:
    """A workroom whose running period ends before long with too few outcomes published."""

    workroom_id: str
    name: str
    last: date
    published: int
    wanted: int


def short_of(session: Session, today: date, until: date) -> list[Short]:
    """Return the supported workrooms whose period ends by `until` and which lack publications; read in two goes."""
    found = _wanting(office_regulations(session, today))
    if found is None:
        return []
    wanted = found[2]
    ends: dict[str, tuple[str, date, date]] = {}
    query = select(Workroom.id, Workroom.name, Workroom.supported_on).where(Workroom.supported_on <= today)
    for room_id, name, supported_on in session.execute(query):
        assert supported_on is not None
        years = (today.year - supported_on.year) + (add_years(supported_on, today.year - supported_on.year) <= today)
        first, end = add_years(supported_on, years - 1), add_years(supported_on, years)
        if end <= until:
            ends[room_id] = (name, first, end)
    counts = _published(session, ends)
    return [
        Short(room_id, name, date.fromordinal(end.toordinal() - 1), counts.get(room_id, 0), wanted)
        for room_id, (name, _first, end) in ends.items()
        if counts.get(room_id, 0) < wanted
    ]


def _published(session: Session, ends: dict[str, tuple[str, date, date]]) -> dict[str, int]:
    if not ends:
        return {}
    since = min(first for _name, first, _end in ends.values())
    own = (Publication.workroom_id, Publication.outcome_id, Publication.id, Publication.published_on)
    seen: dict[str, set[str]] = {}
    for room_id, outcome_id, row_id, day in session.execute(select(*own).where(Publication.published_on >= since)):
        if room_id in ends and day is not None and ends[room_id][1] <= day < ends[room_id][2]:
            seen.setdefault(room_id, set()).add(outcome_id or row_id)
    return {room_id: len(outcomes) for room_id, outcomes in seen.items()}


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
