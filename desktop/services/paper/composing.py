"""What every composed paper shares: its parts, the office's own entries, lists of workrooms, sentences of law."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInput
from desktop.models.application import Application
from desktop.models.grant import Grant
from desktop.models.office import Office
from desktop.models.person import Honour, Person
from desktop.models.unit import Unit
from desktop.models.workroom import Workroom
from desktop.rules.regulation import Regulation, Rule, shown_text
from desktop.rules.words import RANKS
from desktop.services.derived.subject import get
from desktop.services.regulation import regulation


@dataclass(frozen=True)
class PaperField:
    """One thing a paper needs that a person may see and change.

    `type` is text, paragraphs, date, number, names or choice; `missing` marks one that must be given before issue.
    """

    name: str
    title: str
    type: str
    value: Any = None
    required: bool = False
    missing: bool = False
    hint: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class PaperDraft:
    """A paper before it is issued: the data its layout takes, what can be filled in, and what to look at."""

    kind: str
    data: dict[str, Any]
    fields: tuple[PaperField, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[PaperField, ...]:
        """What must be given before the paper can be issued."""
        return tuple(one for one in self.fields if one.missing)


@dataclass(frozen=True)
class Given:
    """What a person has typed for a paper so far, by field name; it stands over what was composed."""

    values: Mapping[str, Any] = field(default_factory=dict)

    def get(self, name: str, default: Any = None) -> Any:
        """Return the typed value, else the composed one."""
        value = self.values.get(name)
        return default if value in (None, "", []) else value


LISTS = frozenset({"facts", "problems", "reasons", "present", "absent", "self_check", "to", "copy_to", "body", "notes"})
DAYS = frozenset({"date", "deadline", "publicity_start", "publicity_end"})


def read_given(values: Mapping[str, Any] | None) -> Given:
    """Return what was typed, checked: texts for lists are split at line ends; BadInput names a wrong day or list."""
    return Given({name: _read(name, value) for name, value in (values or {}).items()})


def _read(name: str, value: Any) -> Any:
    if value in (None, "", []):
        return value
    if name in LISTS:
        return _read_list(name, value)
    if name in DAYS or name.endswith("_on"):
        return _read_day(name, value)
    return value


def _read_list(name: str, value: Any) -> list[str]:
    lines = value.splitlines() if isinstance(value, str) else value
    if not isinstance(lines, list | tuple) or not all(isinstance(one, str) for one in lines):
        raise BadInput(f"“{name}”应是一段或几段文字。", name)
    return [line for line in lines if line.strip()]


def _read_day(name: str, value: Any) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError as error:
        raise BadInput(f"“{name}”应是日期，例如2026-09-01，现在是“{str(value)[:20]}”。", name) from error


@dataclass(frozen=True)
class Entry:
    """One workroom on a list, with what lists say of it."""

    workroom: Workroom
    unit: Unit | None
    leader: Person | None
    honours: Sequence[Honour]
    office: Office | None
    application: Application | None = None
    grant: Grant | None = None

    @property
    def unit_name(self) -> str:
        """Name of the unit, empty when none is recorded."""
        return self.unit.name if self.unit is not None else ""

    @property
    def leader_name(self) -> str:
        """Name of the leader, empty when none is recorded."""
        return self.leader.name if self.leader is not None else ""

    def application_year(self, on: date) -> int:
        """The year of the application, else of the paper."""
        return (self.application.year if self.application is not None else None) or on.year

    @property
    def honours_text(self) -> str:
        """The leader's honours in force, the highest first."""
        return honours_of(self.honours)


def honours_of(honours: Iterable[Honour]) -> str:
    """Return the honours in force as lists name them, the highest first."""
    held = sorted((h for h in honours if h.status == "有效"), key=lambda h: -RANKS.get(h.level, 0))
    return "、".join(dict.fromkeys(honour_text(h) for h in held))


def honour_text(honour: Honour) -> str:
    """Return an honour as a list names it."""
    return honour.title or f"{honour.level}{honour.kind}"


def chinese_date(day: date) -> str:
    """Return a day as papers write it: 2026年9月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def entry(session: Session, workroom_id: str | None, **more: Any) -> Entry:
    """Read what lists say of a workroom."""
    workroom = get(session, Workroom, workroom_id, "工作室")
    leader = session.get(Person, workroom.leader_id) if workroom.leader_id else None
    held = select(Honour).where(Honour.person_id == (leader.id if leader else None)).order_by(Honour.id)
    return Entry(
        workroom=workroom,
        unit=session.get(Unit, workroom.unit_id) if workroom.unit_id else None,
        leader=leader,
        honours=list(session.scalars(held)),
        office=session.get(Office, workroom.office_id) if workroom.office_id else None,
        **more,
    )


def application_entries(session: Session, ids: Iterable[str]) -> tuple[Regulation, list[Entry]]:
    """Read applications for one list, in rank order; BadInput when they stand under different regulations."""
    applications = [get(session, Application, one, "申报") for one in ids]
    if not applications:
        raise BadInput("还没有选择申报。请至少选择一份。", "ids")
    if len({one.regulation for one in applications}) > 1:
        raise BadInput("所选申报依据的办法不同，不能写在同一份公文里。请按办法分别选择。", "ids")
    applications.sort(key=lambda one: (one.rank is None, one.rank or 0, one.id))
    entries = [entry(session, one.workroom_id, application=one) for one in applications]
    return regulation(applications[0].regulation, session, applications[0].reference_date), entries


def cite(law: Regulation) -> str:
    """Return the regulation as papers name it: 《title》（文号）."""
    return f"《{law.title}》（{law.doc_no}）"


def law_rules(law: Regulation, kinds: Sequence[str], stages: Sequence[str], track: str) -> list[Rule]:
    """Return the rules of some kinds and stages that always bind a track; each sentence once, no mere lead-in."""
    seen: dict[str, Rule] = {}
    for rule in law.rules:
        wanted = rule.kind in kinds and not rule.derived and any(stage in rule.stage for stage in stages)
        if wanted and _binds(rule, track) and not rule.text.rstrip().endswith("："):
            seen.setdefault(rule.text, rule)
    return list(seen.values())


def _binds(rule: Rule, track: str) -> bool:
    """Tell whether a rule binds a track without any further condition."""
    return all(guard.fact == "track" and guard.is_ == track for guard in rule.when)


ITEM_NUMBER = re.compile(r"^(?:[（(][一二三四五六七八九十]+[)）]|\d+\s*[.．])\s*")


def quoted(rule: Rule) -> str:
    """Return a rule's sentence between quotation marks, its own marks single, its item's number in the citation."""
    text = ITEM_NUMBER.sub("", shown_text(rule.text).strip()).rstrip("。；：")
    return "“" + text.replace("“", "‘").replace("”", "’") + "”"


def quote_paragraphs(rules: Sequence[Rule]) -> list[str]:
    """Return the rules' sentences as papers quote them, a paragraph for each article."""
    said: dict[str, list[str]] = {}
    for rule in rules:
        said.setdefault(rule.article, []).append(quoted(rule))
    return [f"{article}规定：{'；'.join(sentences)}。" for article, sentences in said.items()]


def quotes(rules: Sequence[Rule]) -> str:
    """Return the rules' sentences in one paragraph, each article named once."""
    return "".join(quote_paragraphs(rules))


def names(entries: Sequence[Entry]) -> str:
    """Return the workrooms' names for a running sentence."""
    return "、".join(one.workroom.name for one in entries)


def head_fields(data: Mapping[str, Any], *, numbered: bool, signer: bool = False) -> list[PaperField]:
    """Return the fields that every letterhead paper lets a person fill in."""
    fields = [
        _plain("title", "标题", "text", data, required=True),
        _plain("to", "主送", "names", data, required=numbered),
        _plain("body", "正文", "paragraphs", data, required=True),
        _plain("date", "成文日期", "date", data, required=True),
    ]
    if signer:
        fields.insert(1, _plain("signer", "签发人", "text", data, required=True, hint="上行文要写签发人"))
    if numbered:
        fields.append(_plain("copy_to", "抄送", "names", data))
        fields.append(_plain("printed_by", "印发机关", "text", data))
    return fields


def _plain(
    name: str, title: str, kind: str, data: Mapping[str, Any], required: bool = False, hint: str = ""
) -> PaperField:
    value = data.get(name)
    return PaperField(name, title, kind, value, required, required and value in (None, "", []), hint)


def overlaid(data: dict[str, Any], given: Given, inputs: Sequence[PaperField]) -> dict[str, Any]:
    """Return composed data with what a person typed put over it, except what only feeds the composition."""
    # Which regulation applies is decided before composing; no layout has a place for it.
    feeding = {one.name for one in inputs} | {"regulation"}
    typed = {name: value for name, value in given.values.items() if name not in feeding and value not in (None, "")}
    return {**data, **typed}
