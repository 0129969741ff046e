"""Papers of the year: plan, report, assessment sheet and report, self-assessment, opinions, results of a round."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from desktop.models.assessment import Assessment, Plan
from desktop.models.collective_decision import CollectiveDecision
from desktop.models.outcome import Activity, Outcome, Publication
from desktop.models.person import Person
from desktop.models.workroom import Member, Topic
from desktop.services.paper.case import Case, Item
from desktop.services.paper.composing import PaperDraft, chinese_date
from desktop.services.paper.composing_decisions import official_draft
from desktop.services.paper.drafts import form_draft, present
from desktop.services.paper.wording import points_of, receivers_of

PLAIN_FIELDS = frozenset(
    {"年度", "日期", "工作室名称", "领衔人", "结论", "考核单位", "工作室名单", "两年期间", "工作室", "经费使用"}
)


def parts(one: Case) -> list[str]:
    """Return the parts that the regulation's entry of the paper lists, without names, dates and conclusion."""
    found = one.recipe.paper(one.law)
    return [name for name in (found[1].fields if found else ()) if name not in PLAIN_FIELDS and "日期" not in name]


def _rows(one: Case, model: type[Any], item: Item) -> list[Any]:
    workroom = item.workroom
    assert workroom is not None
    return list(one.session.scalars(select(model).filter_by(workroom_id=workroom.id).order_by(model.id)))


def _head(item: Item) -> dict[str, Any]:
    return {"workroom_name": item.name, "unit_name": item.unit_name, "leader_name": item.person_name}


def _year_of(one: Case) -> int:
    return int(one.given.get("year", one.year))


def _people(one: Case, item: Item) -> int:
    return sum(1 for row in _rows(one, Member, item) if row.left_on is None)


def _plan(one: Case, item: Item, kind: str, year: int) -> str:
    found = [row for row in _rows(one, Plan, item) if row.kind == kind and row.year == year]
    return found[-1].content if found else ""


def annual_plan(one: Case) -> PaperDraft:
    """Fill 年度计划 with the topics that run in the year."""
    item, year = one.one, _year_of(one)
    hosts: dict[str | None, str] = {row.id: row.name for row in one.session.scalars(select(Person))}
    topics = [
        present(
            {"name": row.name, "period": _period(row), "host": hosts.get(row.host_id or "", ""), "status": row.status}
        )
        for row in _rows(one, Topic, item)
        if _runs(row, year)
    ]
    written = _plan(one, item, "年度计划", year)
    titles = ["工作目标", "主要任务", "培训和交流", "经费安排"]
    sections = [
        present({"title": title, "text": [written] if written and title == "主要任务" else []}) for title in titles
    ]
    people = _people(one, item)
    data = {**_head(item), "year": year, "people": people, "articles": one.sentences(), "topics": topics}
    return form_draft(one, "annual-plan", {**data, "sections": sections})


def _runs(topic: Topic, year: int) -> bool:
    begins = topic.started_on is None or topic.started_on.year <= year
    return begins and (topic.ended_on is None or topic.ended_on.year >= year)


def _period(topic: Topic) -> str:
    ends = [f"{day.year}年{day.month}月" if day else "" for day in (topic.started_on, topic.ended_on)]
    return "至".join(end for end in ends if end)


USUAL_PARTS = ("主要工作", "创新成果", "人才培养")
TRAINING = ("培训", "带徒", "竞赛", "比武", "练兵")
"""What the kinds of activities that train are called."""


def annual_report(one: Case) -> PaperDraft:
    """Fill 年度总结（报告）: the year's figures, and the parts that the regulation names."""
    item, year = one.one, _year_of(one)
    outcomes = [row for row in _rows(one, Outcome, item) if row.date is not None and row.date.year == year]
    activities = [row for row in _rows(one, Activity, item) if row.date is not None and row.date.year == year]
    published = [row for row in _rows(one, Publication, item) if row.published_on and row.published_on.year == year]
    titles = [title for title in parts(one) if title not in {"课题项目", "目标"}] or list(USUAL_PARTS)
    said = {
        "成果": [f"{row.name}（{row.recogniser or row.form}{row.level}）。" for row in outcomes],
        **_held(activities, titles),
        "工作": [_plan(one, item, "年度总结", year)],
    }
    found = one.recipe.paper(one.law)
    sent = found[1].addressee.split("；抄送") if found else [""]
    data = {
        **_head(item),
        "year": year,
        "people": _people(one, item),
        "topics": sum(1 for row in _rows(one, Topic, item) if _runs(row, year)),
        "outcomes": len(outcomes),
        "activities": len(activities),
        "published": len(published),
        "articles": one.sentences(),
        "sections": [present({"title": title, "text": _written(said, title)}) for title in titles],
        "sent_to": sent[0],
        "copied_to": sent[1] if len(sent) > 1 else "",
    }
    return form_draft(one, "annual-report", data)


def _held(activities: Sequence[Activity], titles: Sequence[str]) -> dict[str, list[str]]:
    """Return the year's activities, those that train under 培训 where a form has both heads."""
    both = all(any(word in title for title in titles) for word in ("培", "活动"))
    lines: dict[str, list[str]] = {"培": [], "活动": []}
    for row in activities:
        trains = not both or any(word in row.kind for word in TRAINING)
        count = f"，{row.people_count}人参加" if row.people_count else ""
        day = f"{chinese_date(row.date)}，" if row.date is not None else ""
        lines["培" if trains else "活动"].append(f"{day}{row.title}{count}。")
    return lines if both else {"培": lines["培"], "活动": lines["培"]}


def _written(said: dict[str, list[str]], title: str) -> list[str]:
    return [text for word, texts in said.items() if word in title for text in texts if text]


def assessment_sheet(one: Case) -> PaperDraft:
    """Fill 考核表: the points that the assessment or its regulation names; of a workroom before any is on record."""
    item = one.one
    record = item.record if one.noun == "assessments" else None
    room = item.workroom
    named = (room.plaque_on or room.named_on) if room is not None else None
    points = list(record.items if record is not None else ()) or assessed_points(one)
    said = _conclusion(record) if record is not None else ""
    data = {
        **_head(item),
        "named_on": named.isoformat() if named else None,
        "assessed_on": record.assessed_on.isoformat() if record is not None and record.assessed_on else None,
        "year": f"{one.year}年",
        "kind": record.kind if record is not None else "",
        "articles": one.sentences(),
        "rows": [{"title": point} for point in points],
        "opinions": [{"label": "考核结论", "text": said}] if said else [],
    }
    return form_draft(one, "assessment-sheet", data)


def assessed_points(one: Case) -> list[str]:
    """Return what an assessment looks at: as the cited sentences list it, else as the regulation's entry names it."""
    said = [point for sentence in one.sentences() for point in points_of(sentence)]
    return said or [point for point in parts(one) if "项内容" not in point and point != "考核项目"]


def _conclusion(record: Assessment) -> str:
    grade = f"等次：{record.grade}。" if record.grade else ""
    return f"{grade}{record.conclusion}"


def self_assessment(one: Case) -> PaperDraft:
    """Fill 自评报告 of an assessment period."""
    item = one.one
    room = item.workroom
    data = {
        **_head(item),
        "period": _span(one),
        "named_on": room.named_on.isoformat() if room is not None and room.named_on else None,
        "articles": one.sentences(),
        "sections": [{"title": title} for title in (*parts(one), "存在的不足")],
    }
    return form_draft(one, "self-assessment", data)


def _span(one: Case) -> str:
    year = one.year
    earlier = [row.year for row in _rows(one, Assessment, one.one) if row.kind == one.one.record.kind and row.year]
    first = max((before for before in earlier if before < year), default=year - 1)
    return f"{first}年至{year}年"


def cycle_opinion(one: Case) -> PaperDraft:
    """Fill 评价意见 of a recommending union."""
    item, record = one.one, one.one.record
    data = {**_head(item), "period": _span(one), "grade": record.grade, "articles": one.sentences()}
    return form_draft(one, "cycle-opinion", data)


ASSESSED = ["序号", "工作室名称", "所在单位", "领衔人", "考核日期", "考核结论"]


def _assessed_rows(one: Case) -> list[list[str]]:
    return [
        [
            str(number),
            item.name,
            item.unit_name,
            item.person_name,
            chinese_date(item.record.assessed_on) if item.record.assessed_on else "",
            _conclusion(item.record).rstrip("。"),
        ]
        for number, item in enumerate(one.items, start=1)
    ]


def assessment_report(one: Case) -> PaperDraft:
    """Compose 考核情况报告 to the office above."""
    body = [
        f"根据{one.basis}，我会对{one.year}年度{one.what}进行了考核。现将有关情况报告如下。",
        "一、考核依据和内容",
        *one.sentences(),
        "二、考核情况",
        f"本次共考核{len(one.items)}家，考核情况见附件。",
        "特此报告。",
    ]
    table = {"columns": ASSESSED, "rows": _assessed_rows(one)}
    return official_draft(
        one,
        "assessment-report",
        title=f"关于{one.year}年度{one.what}考核情况的报告",
        to=_department(one),
        body=body,
        attachments=[{"title": f"{one.year}年度{one.what}考核情况表", "table": table}],
        signer=one.office.chair,
    )


def _department(one: Case) -> list[str]:
    """Return the department of the office above that the text has the report go to, else that office."""
    found = one.recipe.paper(one.law)
    _whole, _union, department = (found[1].addressee if found is not None else "").partition("总工会")
    return [f"{name}{department if department.endswith('部') else ''}" for name in one.parents]


def _grade_found(one: Case, item: Item) -> str:
    """Return the grade that the latest meeting found, where the paper is made before the step; else nothing."""
    grades = {state for flow in one.law.workflows for state in flow.marks.get("graded", ())}
    query = select(CollectiveDecision).order_by(CollectiveDecision.met_on.desc(), CollectiveDecision.id)
    found = (row.opinions.get(item.record.id) or {} for row in one.session.scalars(query))
    latest = next((str(said["conclusion"]) for said in found if "conclusion" in said), "")
    return latest if latest in grades else ""


def assessment_result(one: Case) -> PaperDraft:
    """Compose 考核结果通报: the grades of a round, with what the regulation makes of them."""
    graded: dict[str, list[str]] = {}
    for item in one.items:
        graded.setdefault(item.record.grade or _grade_found(one, item), []).append(item.name)
    ungraded = graded.pop("", [])
    said = [f"{grade}（{len(names)}家）：{'、'.join(names)}。" for grade, names in graded.items()]
    body = [
        f"根据{one.basis}，经考核，现将{one.year}年{one.what}考核结果通报如下。",
        *said,
        *one.sentences(),
        "请各单位认真总结，加强建设和管理，进一步发挥作用。",
    ]
    warnings = [f"{'、'.join(ungraded)}还没有等次。"] if ungraded else []
    return official_draft(
        one,
        "assessment-result",
        title=f"关于{one.year}年{one.what}考核结果的通报",
        to=receivers_of(one.law, one.paper_name, one.office.name) or unions(one),
        body=body,
        warnings=warnings,
    )


def unions(one: Case) -> list[str]:
    """Return the unions of the units concerned, each once."""
    return list(dict.fromkeys(item.union_name for item in one.items if item.union_name))
