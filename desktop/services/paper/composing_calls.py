"""The yearly call (申报评选通知) with which an office opens a round of awards."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from desktop.errors import BadInput
from desktop.models.office import Office
from desktop.rules.regulation import Regulation, Rule
from desktop.services.derived.subject import get
from desktop.services.office import own_office
from desktop.services.paper.case import Case, Item
from desktop.services.paper.composing import Given, PaperDraft, PaperField, chinese_date, cite, quote_paragraphs
from desktop.services.paper.composing_decisions import official_draft
from desktop.services.paper.recipes import RECIPES
from desktop.services.regulation import chosen_regulations, of_place, office_regulations

KIND, CALL, NOUN = "award-call", "评选通知", "offices"
COURSE = ("第九条", "第十条")


def award_call(session: Session, noun: str, ids: Sequence[str], on: date, given: Given) -> PaperDraft:
    """Compose 申报评选通知 of this office: what is awarded, how it goes on, until when; the law in its own words."""
    office = get(session, Office, ids[0] if ids else None, "本工会")
    one = Case(session, NOUN, [Item(office, office.name)], on, given, _law(session, on, given), RECIPES[KIND])
    what, year = _what(one.law), int(given.get("call_year") or on.year)
    until = given.get("deadline", "")
    inputs = (
        PaperField("call_year", "评选年度", "number", year, True),
        PaperField("deadline", "申报截止日期", "date", until, True, not until),
        PaperField("enclosed", "报送材料", "names", given.get("enclosed", [])),
        PaperField("contact", "联系人及电话", "text", given.get("contact", "")),
    )
    return official_draft(
        one,
        KIND,
        title=f"关于开展{year}年{what}申报评选工作的通知",
        body=_body(one, what, year),
        inputs=inputs,
    )


def _law(session: Session, on: date, given: Given) -> Regulation:
    fitting = _calling(session, on)
    wanted = given.get("regulation")
    chosen = [law for law in fitting if wanted in (law.id, law.title)] if wanted else fitting
    if not chosen:
        raise BadInput("本会适用的办法没有以评选通知开始的评选。", "regulation")
    return chosen[0]


def called(session: Session, on: date | None = None) -> list[Regulation]:
    """Return the regulations under which this office itself gives the awards, and calls for entries."""
    level = own_office(session).level
    return [law for law in _calling(session, on or date.today()) if level in _awarding(law)]


def _calling(session: Session, on: date) -> list[Regulation]:
    """Return the regulations, chosen or of this office's place, whose course begins with a call."""
    own = own_office(session)
    near = {law.id for law in (*chosen_regulations(session, on), *of_place(f"{own.region}{own.name}", on))}
    return [law for law in office_regulations(session, on) if RECIPES[KIND].used_by(law) and law.id in near]


def _awarding(law: Regulation) -> set[str]:
    """Return the levels of the office that the regulation's awards are made by."""
    authority = law.actors.get("authority", "")
    return {level for actor, levels in law.acts.items() if actor and authority.endswith(actor) for level in levels}


def _body(one: Case, what: str, year: int) -> list[str]:
    given, law = one.given, one.law
    kinds = "、".join(dict.fromkeys(grant.track for grant in law.grants))
    deadline, enclosed, contact = given.get("deadline"), given.get("enclosed"), given.get("contact")
    until = chinese_date(date.fromisoformat(deadline)) if deadline else "　　年　月　日"
    along = f"，并报送{'、'.join(enclosed)}" if enclosed else ""
    return [
        f"根据{cite(law)}，现组织开展{year}年{what}申报评选工作。有关事项通知如下。",
        f"一、评选奖项：{kinds}。",
        "二、申报和评选程序",
        *quote_paragraphs(_sentences(law, COURSE)),
        "三、奖励标准",
        *quote_paragraphs(_sentences(law, tuple(dict.fromkeys(grant.cite for grant in law.grants)))),
        f"四、请于{until}前将申报材料报送本会{along}。",
        f"联系人及电话：{contact}。" if contact else "",
    ]


def _what(law: Regulation) -> str:
    """Return what is awarded, by the name of the course that the call begins."""
    return next(flow.title for flow in law.workflows if CALL in flow.initial).removesuffix("评选")


def _sentences(law: Regulation, articles: Sequence[str]) -> list[Rule]:
    """Return the rules that quote these articles, each sentence once, the one that speaks of the call first."""
    found = {rule.text: rule for rule in law.rules if rule.article in articles and not rule.derived}
    return sorted(found.values(), key=lambda rule: (articles.index(rule.article), CALL not in rule.text))
