"""Papers of the awards for outcomes: entry forms, ranking, publicities, commendation, payment, circular."""

import re
from datetime import date

from sqlalchemy import select

from desktop.documents.numerals import amount_text
from desktop.models.publicity import Publicity
from desktop.rules.calendar import UnknownYear
from desktop.rules.checks_time import PeriodDays
from desktop.rules.regulation import Rule, shown_text
from desktop.services.application import filing_verdict
from desktop.services.money import yuan
from desktop.services.paper.case import Case, Item
from desktop.services.paper.composing import PaperDraft, PaperField, chinese_date, quote_paragraphs
from desktop.services.paper.composing_decisions import official_draft
from desktop.services.paper.composing_review import finding_rows, gaps
from desktop.services.paper.drafts import form_draft, present
from desktop.services.publicity import PLAIN, WORKING, last_day, workday_table

HONOUR = re.compile(r"授予“([^”]+)”")
PUBLIC = "publicity"
PROJECTS = ["序号", "项目名称", "奖项", "第一完成人", "所在单位"]


def entry_form(one: Case) -> PaperDraft:
    """Fill the entry form of the award's own kind, with that kind's conditions."""
    item, person = one.one, one.one.person
    found = filing_verdict(one.session, item.record.id, one.on)
    own = {}
    if person is not None:
        born = person.birth_date
        own = {
            "person": person.name,
            "gender": person.gender,
            "born": f"{born.year}年{born.month}月" if born else "",
            "frontline": {True: "是", False: "否"}.get(person.frontline, "") if person.frontline is not None else "",
            "professional_title": person.professional_title,
            "skill_grade": person.skill_grade,
            "phone": person.phone,
        }
    data = {
        "name": item.name,
        "award_kind": item.record.award_kind,
        "award_year": one.year,
        "unit_name": item.unit_name,
        **own,
        "rows": finding_rows(found, one.law),
    }
    return form_draft(one, "award-entry", data, warnings=gaps(found))


def in_order(one: Case) -> list[Item]:
    """Return the projects award by award as the text names them, in each by its recommended order."""
    tracks = list(dict.fromkeys(grant.track for grant in one.law.grants))

    def place(item: Item) -> int:
        kind = item.record.award_kind
        return next((at for at, track in enumerate(tracks) if track in kind or kind in track), len(tracks))

    return sorted(one.items, key=place)


def _rows(one: Case) -> list[list[str]]:
    return [
        [str(number), item.name, item.record.award_kind, item.person_name, item.unit_name]
        for number, item in enumerate(in_order(one), start=1)
    ]


def ranking(one: Case) -> PaperDraft:
    """Compose 初评推荐的报告 with its ranked table."""
    body = [
        f"根据{one.basis}，我会组织开展了{one.year}年职工创新成果申报和初评工作。现将有关情况报告如下。",
        f"经初评，推荐{len(one.items)}个项目，排序见附件。",
        *one.sentences(),
        "特此报告。",
    ]
    table = {"columns": PROJECTS, "rows": _rows(one)}
    return official_draft(
        one,
        "award-ranking",
        title=f"关于推荐{one.year}年职工创新成果奖项目的报告",
        to=one.parents,
        body=body,
        attachments=[{"title": f"{one.year}年职工创新成果奖推荐项目排序汇总表", "table": table}],
        signer=one.office.chair,
    )


def unit_recommendation(one: Case) -> PaperDraft:
    """Compose 推荐意见 of a unit's union: what was public in the unit, how that ended, and that it recommends."""
    items = in_order(one)
    union = items[0].union_name or one.office.name
    above = [items[0].office.name] if items[0].office is not None and items[0].office.name != union else one.parents
    body = [
        f"根据{one.basis}，我会收到职工自主申报的{one.year}年职工创新成果项目{len(items)}个，已在本单位公示，公示情况见附件。",
        *one.sentences(),
        "经研究，同意推荐。",
    ]
    columns = [*PROJECTS[:-1], "本单位公示"]
    rows = [[*row[:-1], _publicised(one, item)] for row, item in zip(_rows(one), items, strict=True)]
    attachments = [{"title": f"{one.year}年职工创新成果推荐项目", "table": {"columns": columns, "rows": rows}}]
    title = f"关于{one.year}年职工创新成果项目的推荐意见"
    draft = official_draft(
        one, "award-opinion", title=title, to=above, body=body, attachments=attachments, numbered=False
    )
    return PaperDraft(draft.kind, {**draft.data, "issuer": union}, draft.fields, draft.warnings)


def _publicised(one: Case, item: Item) -> str:
    """Return from when to when a project was public in its unit, and how that ended."""
    query = select(Publicity).filter_by(subject_id=item.record.id, facts=f"unit_{PUBLIC}")
    held = one.session.scalars(query.order_by(Publicity.starts_on.desc())).first()
    if held is None:
        return ""
    days = f"{chinese_date(held.starts_on)}至{chinese_date(held.ends_on)}"
    return f"{days}，{held.result}" if held.result else days


def period_rule(one: Case) -> Rule | None:
    """Return the rule that gives the days of the paper's publicity; None where the text gives none."""
    cited = {rule.id for rule in one.rules()}
    found = (rule for rule in one.law.rules if rule.id in cited and isinstance(rule.check, PeriodDays))
    return next(found, None)


def publicity(one: Case) -> PaperDraft:
    """Compose 本单位公示 or 社会公示, its last day counted by the rule of the text."""
    inputs, warnings = publicity_days(one)
    start, end = (
        chinese_date(date.fromisoformat(field.value)) if field.value else "　　年　月　日" for field in inputs
    )
    unit = one.by_unit
    issuer = one.items[0].union_name if unit and one.items[0].union_name else one.office.name
    rule = period_rule(one)
    quoted = "".join(quote_paragraphs([rule] if rule is not None else []))
    body = [
        f"根据{one.basis}，现将{one.year}年拟{'推荐' if unit else '奖励'}的职工创新成果项目予以公示。{quoted}",
        f"公示时间：{start}至{end}。",
        f"公示期间，如有异议，请以书面形式向{issuer}反映，并写明真实姓名和联系方式。",
    ]
    table = {"columns": PROJECTS, "rows": _rows(one)}
    title = f"关于{one.year}年职工创新成果{'推荐' if unit else '拟奖励'}项目的公示"
    kind = "unit-publicity" if unit else "social-publicity"
    attachments = [{"title": f"{one.year}年职工创新成果项目名单", "table": table}]
    draft = official_draft(
        one, kind, title=title, body=body, attachments=attachments, numbered=False, inputs=inputs, warnings=warnings
    )
    return PaperDraft(draft.kind, {**draft.data, "issuer": issuer}, draft.fields, draft.warnings)


def publicity_days(one: Case) -> tuple[tuple[PaperField, PaperField], list[str]]:
    """Return first and last day: typed, or as registered, the last counted by the text where it gives the days."""
    rule = period_rule(one)
    # An award is public twice, in its unit and before all: each paper tells the days of its own.
    facts = (
        rule.check.start.removesuffix("_start") if rule is not None and isinstance(rule.check, PeriodDays) else PUBLIC
    )
    registered = select(Publicity).filter_by(subject_id=one.items[0].record.id, facts=facts)
    known = one.session.scalars(registered.order_by(Publicity.starts_on.desc())).first()
    start = one.given.get("publicity_start") or (known.starts_on.isoformat() if known else "")
    end = one.given.get("publicity_end") or (known.ends_on.isoformat() if known else "")
    hint, warnings = "办法没有写天数，由本次公示决定", []
    if rule is not None and isinstance(rule.check, PeriodDays):
        days, kind = rule.check.min, WORKING if rule.check.unit == "workday" else PLAIN
        hint = f"{rule.article}：{rule.title}"
        if start and not end:
            counted = last_day(date.fromisoformat(start), days, kind, workday_table(one.session))
            if isinstance(counted, UnknownYear):
                warnings.append(counted.message)
            else:
                end = counted.isoformat()
    fields = (
        PaperField("publicity_start", "公示开始日期", "date", start or None, True, not start, hint),
        PaperField("publicity_end", "公示结束日期", "date", end or None, True, not end, hint),
    )
    return fields, warnings


def amount_of(one: Case, item: Item) -> int | None:
    """Return an award's amount in 分: as recorded, else the least that the regulation gives for its kind."""
    listed = {grant.track: grant.amount_min_fen or grant.amount_fen for grant in one.law.grants}
    kind = item.record.award_kind
    near = next((amount for track, amount in listed.items() if track in kind or kind in track), None)
    return item.record.award_fen or near


def commendation(one: Case) -> PaperDraft:
    """Compose 表扬决定 with the projects of each award and the sums that go with them."""
    kinds = list(dict.fromkeys(item.record.award_kind for item in in_order(one)))
    counts = "、".join(f"{kind}{sum(1 for item in one.items if item.record.award_kind == kind)}项" for kind in kinds)
    table = {
        "columns": [*PROJECTS, "奖励金额（元）"],
        "rows": [
            [*row, amount_text(amount_of(one, item) or 0)] for row, item in zip(_rows(one), in_order(one), strict=True)
        ],
    }
    body = [
        f"根据{one.basis}，经申报、推荐、审查、评审和公示，决定对{one.year}年职工创新成果奖项目（{counts}）予以表扬，名单见附件。",
        *one.sentences(),
        "希望受到表扬的职工珍惜荣誉、再接再厉。各级工会要大力宣传，推动创新成果转化应用。",
    ]
    return official_draft(
        one,
        "commendation",
        title=f"关于表扬{one.year}年职工创新成果奖项目的决定",
        to=one.receivers,
        body=body,
        attachments=[{"title": f"{one.year}年职工创新成果奖名单", "table": table}],
    )


def award_grant(one: Case) -> PaperDraft:
    """Compose 授予决定: the honour that the regulation names, for the first completers (inventors, proposers)."""
    rules = [rule for rule in one.rules() if "授予" in rule.text]
    honour = next((found.group(1) for rule in rules if (found := HONOUR.search(shown_text(rule.text)))), "")
    honour = one.given.get("honour", honour)
    inputs = (PaperField("honour", "荣誉称号", "text", honour, True, not honour, "按办法原文，不另加称号"),)
    people = list(dict.fromkeys(item.person_name for item in in_order(one) if item.person_name))
    listed = f"{'、'.join(people)}{f'等{len(people)}名同志' if len(people) > 1 else '同志'}"
    body = [
        f"根据{one.basis}，经研究，决定授予{listed}“{honour or '　　　　'}”荣誉称号，名单见附件。",
        *one.sentences(),
        "希望获得荣誉的同志珍惜荣誉、再接再厉，继续发挥示范引领作用。",
    ]
    return official_draft(
        one,
        "award-grant",
        title=f"关于授予{listed if len(people) == 1 else f'{len(people)}名同志'}“{honour}”荣誉称号的决定",
        to=one.receivers,
        body=body,
        attachments=[{"title": f"授予“{honour}”荣誉称号人员名单", "table": {"columns": PROJECTS, "rows": _rows(one)}}],
        inputs=inputs,
    )


def payment(one: Case) -> PaperDraft:
    """Fill 奖金发放表 with room for receipt numbers."""
    rows = []
    for item in in_order(one):
        amount = amount_of(one, item)
        rows.append(
            present(
                {
                    "name": item.name,
                    "award_kind": item.record.award_kind,
                    "person": item.person_name,
                    "unit_name": item.unit_name,
                    "amount_yuan": yuan(amount) if amount else None,
                }
            )
        )
    return form_draft(one, "award-payment", {"rows": rows, "notes": one.sentences()})


def circular(one: Case) -> PaperDraft:
    """Compose 通报 of an award that was taken back."""
    item = one.one
    facts = one.given.get("facts") or []
    body = [
        f"经查，{facts[0] if facts else '　　　　'}",
        *facts[1:],
        f"根据{one.basis}，已决定撤销“{item.name}”的奖励，追回奖金、奖牌和证书。现予通报。",
        *one.sentences(),
    ]
    inputs = (PaperField("facts", "查明的事实", "paragraphs", facts, True, not facts),)
    return official_draft(one, "circular", title=f"关于撤销“{item.name}”奖励的通报", body=body, inputs=inputs)
