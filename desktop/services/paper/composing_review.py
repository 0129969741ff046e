"""Papers of the review: consent, first review, checks, opinions of experts, visits, suggested lists."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from desktop.models.assessment import Expert
from desktop.models.expert_draw import ExpertScore
from desktop.models.outcome import Outcome
from desktop.models.workroom import Member
from desktop.rules.evaluator import Verdict
from desktop.rules.regulation import Criterion, Regulation
from desktop.rules.verdict import Finding
from desktop.services.application import verdict
from desktop.services.money import yuan
from desktop.services.paper.case import Case, Item
from desktop.services.paper.composing import PaperDraft, PaperField, chinese_date
from desktop.services.paper.drafts import form_draft, present

STATUS_WORDS = {"pass": "符合", "fail": "不符合", "warn": "提示", "unknown": "待补", "n/a": "不适用"}
CHECKED = ("must", "should")


def finding_rows(found: Verdict, law: Regulation, stage: str = "申报") -> list[dict[str, Any]]:
    """Return the conditions that bind with what was found, under the regulation's own heads (the eight “有”)."""
    heads = {rule: page for page in reversed(law.pages(stage)) for rule in page.rules}
    order = [page.id for page in law.pages(stage)]
    rows = [(finding, heads.get(finding.rule)) for finding in found.findings if _listed(finding)]
    rows.sort(key=lambda row: order.index(row[1].id) if row[1] is not None else len(order))
    return [
        present(
            {
                "group": head_of(page),
                "title": finding.title,
                "article": finding.article,
                "actual": finding.actual,
                "status": STATUS_WORDS[finding.status],
            }
        )
        for finding, page in rows
    ]


def _listed(finding: Finding) -> bool:
    """Tell whether a form lists a finding: what binds, but not on which day the text itself came into force."""
    return finding.strength in CHECKED and finding.status != "n/a" and not finding.title.startswith("施行")


def head_of(page: Criterion | None) -> str:
    """Return the head under which forms list the rules of a condition, with its article."""
    if page is None:
        return "其他条件"
    return f"{page.title}（{page.article}）" if page.article else page.title


def gaps(found: Verdict) -> list[str]:
    """Return what is still open in a verdict, for the margin of the preview."""
    return [
        f"{STATUS_WORDS[finding.status]}：{finding.title}（{finding.article}）。{_why(finding)}"
        for finding in found.findings
        if finding.status in {"fail", "unknown"} and finding.strength in CHECKED
    ]


def _why(finding: Finding) -> str:
    """Return the finding's sentence behind its own status word, which it does not say again."""
    word = f"{STATUS_WORDS[finding.status]}："
    return f"缺{finding.message.removeprefix(word)}" if finding.message.startswith(word) else finding.message


def _workroom_lines(item: Item) -> dict[str, Any]:
    return {"workroom_name": item.name, "unit_name": item.unit_name, "leader_name": item.person_name}


def consent(one: Case) -> PaperDraft:
    """Fill 党政组织同意意见 for an application."""
    item = one.one
    data = {
        **_workroom_lines(item),
        "leader_honours": item.honours_text,
        "applied_title": f"{one.year}年{item.record.application_level}{one.what}",
        "summary": [_summary(one, item)],
        "notes": one.sentences(),
    }
    return form_draft(one, "consent-opinion", data)


def _summary(one: Case, item: Item) -> str:
    room = item.workroom
    if room is None:
        return ""
    people = len(_rows(one, Member, item))
    said = [
        f"{chinese_date(room.established_on)}开始运行" if room.established_on else "",
        f"团队{people}人" if people else "",
        f"取得创新成果{len(_rows(one, Outcome, item))}项",
    ]
    return f"{room.name}{'，'.join(part for part in said if part)}。"


def _rows(one: Case, model: type[Any], item: Item) -> list[Any]:
    if item.workroom is None:
        return []
    rows = one.session.scalars(select(model).filter_by(workroom_id=item.workroom.id).order_by(model.id))
    return [row for row in rows if getattr(row, "left_on", None) is None]


def first_review(one: Case) -> PaperDraft:
    """Fill 初审（考核）意见 with every condition as the program found it."""
    item, found = one.one, verdict(one.session, one.one.record.id, one.on)
    rank = item.record.rank
    opinion = getattr(item.record, "review_opinion", "")
    data = {
        **_workroom_lines(item),
        "applied_title": getattr(item.record, "award_kind", "") or one.what,
        "rank": f"第{rank}" if rank else "",
        "rows": finding_rows(found, one.law),
        "opinions": [{"label": "初审意见", "text": opinion}] if opinion else [],
    }
    return form_draft(one, "first-review", data, warnings=gaps(found))


def qualification_check(one: Case) -> PaperDraft:
    """Fill 资格审查（复查）表 for an application or award."""
    found = verdict(one.session, one.one.record.id, one.on)
    data = checking_sheet(one, finding_rows(found, one.law))
    return form_draft(one, "qualification-check", data, warnings=gaps(found))


def checking_sheet(one: Case, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what stands on a sheet by which conditions are checked: whose they are, by whom, when, the conditions."""
    item = one.one
    return {
        "name": item.name,
        "unit_name": item.unit_name,
        "person": item.person_name,
        "recommended_by": item.office.name if item.office is not None else "",
        "checked_on": one.on.isoformat(),
        "rows": rows,
    }


def site_visit(one: Case) -> PaperDraft:
    """Fill 实地验证记录: the points that the regulation names, with what was declared."""
    item = one.one
    data = {
        **_workroom_lines(item),
        "place": item.workroom.venue_address if item.workroom is not None else "",
        "articles": one.sentences(),
        "rows": [
            present({"title": point, "declared": _declared(one, item, point)}) for point in _points(one, ("考核表",))
        ],
    }
    return form_draft(one, "site-visit", data)


GENERAL_POINTS = ("日期", "结论", "签名", "盖章日期", "验证人", "意见")


def _points(one: Case, names: Sequence[str]) -> list[str]:
    """Return the points that the regulation's entry of a paper lists, without date, conclusion and signatures."""
    own = [paper for paper in one.law.papers if any(name in paper.name for name in names)]
    return [point for paper in own[:1] for point in paper.fields if point not in GENERAL_POINTS]


def _declared(one: Case, item: Item, point: str) -> str:
    """Return what the register says about a point of a visit; empty where it says nothing of it."""
    room = item.workroom
    if room is None:
        return ""
    outcomes = _rows(one, Outcome, item)
    patents = sum(1 for row in outcomes if "专利" in row.kind or row.patent_number)
    funding = f"单位年度经费{yuan(room.unit_funding_fen)}元" if room.unit_funding_fen else ""
    area = f"场地{room.venue_area_sqm:g}㎡" if room.venue_area_sqm else ""
    known = {
        "团队": f"团队{len(_rows(one, Member, item))}人",
        "条件": "；".join(part for part in (area, room.equipment_note) if part),
        "资金": funding,
        "成果": f"登记成果{len(outcomes)}项",
        "专利": f"{patents}项",
    }
    return next((said for word, said in known.items() if word in point), "")


def candidate_row(item: Item) -> dict[str, Any]:
    """Return a candidate as lists of the review name it."""
    return present({"name": item.name, "unit_name": item.unit_name, "person": item.person_name})


def expert_review(one: Case) -> PaperDraft:
    """Fill 专家评审意见表: every candidate; the opinions of the expert named, else room for them."""
    experts = {row.name: row for row in one.session.scalars(select(Expert).order_by(Expert.name))}
    wanted = one.given.get("expert", "")
    expert = experts.get(wanted)
    rows = [{**candidate_row(item), **_scored(one, item, expert)} for item in one.items]
    data = {
        "group": expert.speciality if expert is not None else "",
        "expert": wanted,
        "articles": one.sentences(),
        "rows": rows,
    }
    hint = PaperField("expert", "评审专家", "choice", wanted, choices=("", *experts), hint="空着则印空白表")
    draft = form_draft(one, "expert-review", data)
    fields = tuple(hint if field.name == "expert" else field for field in draft.fields)
    return PaperDraft(draft.kind, draft.data, fields, draft.warnings)


def _scored(one: Case, item: Item, expert: Expert | None) -> dict[str, Any]:
    if expert is None:
        return {}
    query = select(ExpertScore).filter_by(subject_id=item.record.id, expert_id=expert.id).order_by(ExpertScore.id)
    score = one.session.scalars(query).first()
    if score is None:
        return {}
    points = f"{score.score.normalize():f}分" if score.score is not None else ""
    said = {"grade": score.vote or points, "opinion": score.opinion, "recused": "是" if score.vote == "回避" else ""}
    return present(said)


def suggested_list(one: Case) -> PaperDraft:
    """Fill 建议名单 with the candidates chosen, in their order."""
    rows = [
        {**candidate_row(item), **({"recommended_by": item.office.name} if item.office is not None else {})}
        for item in one.items
    ]
    quota = [rule for rule in one.law.rules if rule.kind == "quota" and not rule.derived]
    data = {"count": len(rows), "articles": one.sentences(), "rows": rows}
    warnings = [f"{rule.article}规定了名额，请核对数量：{rule.title}。" for rule in quota[:1]]
    return form_draft(one, "suggested-list", data, warnings=warnings)


def industry_opinion(one: Case) -> PaperDraft:
    """Fill 行业咨询意见 for a project to be awarded."""
    item = one.one
    data = {
        "name": item.name,
        "award_kind": item.record.award_kind,
        "person": item.person_name,
        "unit_name": item.unit_name,
        "industry": item.unit.industry if item.unit is not None else "",
        "articles": one.sentences(),
    }
    return form_draft(one, "industry-opinion", data)
