"""Walking whole workflows through the services: paths over every transition, and the facts that open each gate."""

import json
from collections import deque
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from desktop.services import allocation, course, document, identity, records
from desktop.services.allotment import Line
from desktop.services.attestations import write_facts
from desktop.services.regulation import regulation
from desktop.services.road import page as course_page
from tests.services.counties import put

ROOT = Path(__file__).parents[2]
WHOLE = json.loads((ROOT / "tests" / "data" / "whole_workrooms.json").read_text(encoding="utf-8"))
LETTER = "依据：来文〔2026〕8号"
EXPENSES = [{"category": "技术研究", "amount_yuan": 3000, "source": "补助资金"}]
BUILD = {
    "orientation_confirmed": True,
    "frontline_members": 4,
    "venue_fixed": True,
    "venue_function_clear": True,
    "venue_area_suitable": True,
    "equipment_ready": True,
    "unit_funding_provided": True,
    "unit_guides_rules": True,
    "leader_count": 1,
    "leader_expertise": True,
    "leader_led_result": True,
    "leader_high_skill": False,
    "leader_honours": [{"kind": "劳动模范", "level": "省级", "authority": "内蒙古自治区人民政府"}],
    "team_total_incl_leader": 6,
    "established_on": "2022-03-01",
    "team_structure_reasonable": True,
    "systems": ["创新成果评估奖励与转化推广", "设备设施管理", "资金（经费）使用", "创新活动记录", "技能培训台账"],
    "development_plan": True,
    "topics_defined": True,
    "goals_defined": True,
    "projects": [{"year": 2024}, {"year": 2025}],
    "results": [{"date": "2025-06-01", "form": "认定", "level": "市级"}],
    "results_effective": True,
    "activity_normal": True,
}
# What opens the gates besides the facts of the whole workrooms, by regulation.
OPENING = {
    "nm-2026-build": BUILD,
    "nm-2026-fund": {
        "supported_by_region": True,
        "leader_honours": BUILD["leader_honours"],
        "core_members_excl_leader": 5,
        "prior_grants": [],
        "misuse_findings": [],
        "expenses": [],
    },
    "hn-2024": {"expenses": [], "misuse_findings": []},
    "jy-2022": {
        "expenses": [],
        "misuse_findings": [],
        "assessor": "某县总工会",
        "recommender": "某县总工会",
        "assessment_items": ["制度建设", "经费保障", "人员培训", "成果转化", "示范作用发挥"],
    },
    "wx-2021-model": {
        "expenses": [],
        "reassessment_grade": "合格",
        "report_sections": ["建设发展", "目标完成", "创新创造", "人才培养", "单位支持保障", "工会指导服务"],
    },
    "wx-2021-staff": {"expenses": []},
}
# What makes an exit's ground out, by regulation; told only when the exit is at hand.
GROUNDS = {
    "nm-2026-build": {"leader_status": "退休", "activity_normal": False},
    "tl-2020": {"plaque_on": "2022-05-01", "results": []},
    "jy-2022": {"fraud_found": True, "assessment_grade": "不合格", "rectification_result": "整改不力"},
    "wx-2021-model": {
        "leader_status": "退休",
        "change_impossible": True,
        "assessment_grade": "不达标",
        "rectification_deadline_set": True,
        "second_look": "不达标",
        "other_removal_ground": True,
    },
    "wx-2021-staff": {"role_not_played": True},
    "wx-2021-award": {"fraud_found": True, "fraud_verified": True},
    "hn-2024": {"role_not_obvious": True, "rectification_insufficient": True},
}
AMOUNTS = (1_000_000, 500_000, 500_000, 500_000, 500_000)
LEVELS = ("省级", "市级", "县级")


def paths(flow):
    """Return walks from the beginning that together take every transition, each on to a final state where it can."""
    found, covered = [], set()
    for step in flow.transition:
        if (step.from_, step.to) in covered:
            continue
        to_it = walk(flow, (flow.initial,), lambda way, step=step: way[-2:] == (step.from_, step.to))
        whole = walk(flow, to_it, lambda way: flow.is_final(way[-1])) or to_it
        found.append(whole)
        covered |= set(pairwise(whole))
    return found


def walk(flow, start, arrived):
    """Return the shortest lawful walk that goes on from `start` until `arrived`."""
    queue, seen = deque([start]), set()
    while queue:
        way = queue.popleft()
        if len(way) >= len(start) and arrived(way):
            return way
        here = (way[-2:], frozenset(way))
        if here in seen:
            continue
        seen.add(here)
        for step in flow.transition:
            if step.from_ == way[-1] and set(step.after) <= set(way):
                queue.append((*way, step.to))
    return None


def whole_facts(law_id, flow_id, way=()):
    """Return facts by which the whole way of a flow is open."""
    fitting = [one for one in WHOLE if one["regulation"] == law_id]
    same = [one for one in fitting if one["flow"] == flow_id]
    passed = set(way)
    best = max(same or fitting or [None], key=lambda one: len(passed & set(one["path"])) if one else 0)
    return {**(best["facts"] if best else {}), **OPENING.get(law_id, {})}


def first_day(facts):
    return date.fromisoformat(facts.get("reference_date", "2026-06-01"))


class Journey:
    """One record on its way; the office stands where the regulation's authority stands."""

    def __init__(self, county, law_id, flow, way, papers=True):
        self.county, self.law_id, self.flow, self.way, self.issues = county, law_id, flow, way, papers
        self.facts = whole_facts(law_id, flow.id, way)
        self.on = first_day(self.facts)
        self.by = "王敏"
        self.name = self.facts.get("workroom_name", "周建成创新工作室")
        self.folder = county.path.parent
        self.papers, self.made, self.before = [], [], []
        with county.writing() as session:
            self.room, self.record_id = self._make(session)
            self._know(session, self.facts)

    def _make(self, session):
        level = next(level for level in LEVELS if any(level in acts for acts in regulation(self.law_id).acts.values()))
        put(session, "offices", id=identity.own_office_id(session), level=level, regulations=[self.law_id])
        room = self._room(session)
        if self.flow.noun == "workrooms":
            return room, room
        year = self.on.year
        given = {
            "applications": {"workroom_id": room, "reference_date": self.on.isoformat(), "year": year},
            "grants": self._grant(session, room),
            "assessments": {"workroom_id": room, "year": year},
            "awards": self._award(session),
            "plans": {"workroom_id": room, "year": year},
            "publications": {"workroom_id": room, "platform": "单位网站"},
        }[self.flow.noun]
        law = {} if self.flow.noun in ("plans", "publications") else {"regulation": self.law_id}
        return room, put(session, self.flow.noun, **given, **law, **self._where(self.flow.noun))

    def _room(self, session):
        """Return a workroom of which the register knows nothing, or for a grant with rewards one with its people."""
        if self.law_id == "nm-2026-fund":
            return self.county.ids["room"]
        unit = put(session, "units", name="宏昌机械制造有限公司", union_name="宏昌机械制造有限公司工会")
        return put(session, "workrooms", name=self.name, unit_id=unit, **self._where("workrooms"))

    def _award(self, session):
        if self.flow.noun != "awards":
            return {}
        person = put(session, "people", name="李一线")
        kind = self.facts.get("award_kind", "十佳金点子")
        more = {"award_yuan": self.facts["award_yuan"]} if "award_yuan" in self.facts else {}
        day = self.on.isoformat()
        return {"person_id": person, "award_kind": kind, "project_name": "甲", "reference_date": day, **more}

    def _grant(self, session, room):
        if self.flow.noun != "grants":
            return {}
        if self._where("grants").get("track") != "联盟":
            total = self.facts.get("grant_total_yuan", 50000)
            return {"workroom_id": room, "year": self.on.year, "grant_total_yuan": total}
        alliance = put(session, "alliances", name="甲联盟", lead_workroom_id=room)
        return {"alliance_id": alliance, "workroom_id": room, "year": self.on.year, "grant_total_yuan": 100000}

    def _where(self, noun):
        if self.flow.noun != noun:
            return {"state": "已命名"} if noun == "workrooms" and self.flow.noun != "applications" else {}
        return {name: words[0] for name, words in self.flow.where.items()}

    def _know(self, session, facts):
        derived = {"reference_date", "award_kind", "award_yuan"}
        if self._where("grants").get("track") == "联盟":
            facts = {**facts, "rewards": []}
        told = {name: value for name, value in facts.items() if name not in derived}
        leader = records.get_record(session, "workrooms", self.room).get("leader_id") if hasattr(self, "room") else None
        if leader and "leader_status" in told:
            put(session, "people", id=leader, status=told["leader_status"])
        write_facts(session, self.record_id, told, self.on, self.by)
        session.flush()

    def take(self, to):
        """Take one step with its papers; an exit's ground is told first, and found made out by the person."""
        with self.county.writing() as session:
            step = self._step(session, to)
            if step.gate.grounds:
                self._know(session, GROUNDS[self.law_id])
                step = self._step(session, to)
            if step.gate.transition.paper.endswith("奖励分配表"):
                self._allot(session)
                step = self._step(session, to)
            if self.issues:
                self._issue(session, step)
            reasons, leader = LETTER, ""
            if self._asks(step, "leader_id"):
                leader, self.name = put(session, "people", name="赵继任"), "赵继任劳模和工匠人才创新工作室"
            details = {
                "leader_id": leader,
                "name": self.name,
                "due_on": (self.on + timedelta(days=30)).isoformat(),
            }
            self.before.append(standing(session, self.flow.noun))
            return course.advance(
                session,
                self.flow.noun,
                self.record_id,
                to,
                self.by,
                self.on,
                reasons,
                workflow=self.flow.id,
                grounds=[one.rule for one in step.gate.opened_by],
                details=details,
            )

    def _allot(self, session):
        """Share the grant out to the people of the workroom, as the reward view does."""
        people = self.county.ids["people"]
        lines = [
            Line(person, f"甲{number}", "骨干成员" if number else "领衔人", amount, result_ref="节能改造")
            for number, (person, amount) in enumerate(zip(people[:5], AMOUNTS, strict=True))
        ]
        allocation.save_lines(session, self.record_id, lines)

    def _asks(self, step, name):
        return any(one.name == name for one in step.asks)

    def _step(self, session, to):
        page = course_page.page(session, self.flow.noun, self.record_id, self.on)
        way = next(way for way in page.ways if way.road.workflow.id == self.flow.id)
        return next(one for one in way.ahead if one.gate.transition.to == to)

    def _issue(self, session, step):
        """Issue every paper of the step that records can make; what only a person knows is given."""
        for paper in step.papers:
            if not paper.kind:
                continue
            ids = [self.record_id if paper.noun == self.flow.noun else self.room]
            given = {}
            # What one choice asks for further (a new leader, say) is missing only once it is made.
            while missing := document.paper_data(session, paper.kind, paper.noun, ids, given, self.on).missing:
                given |= {one.name: filled(one) for one in missing}
            out = self.folder / f"{len(self.papers)}.pdf"
            made = document.issue(session, paper.kind, paper.noun, ids, out, given, None, self.on)
            assert out.read_bytes().startswith(b"%PDF")
            self.papers.append(made["kind"])
            self.made.append((out, made))

    def go(self):
        """Walk the whole way; return what each step gave."""
        return [self.take(to) for to in self.way[1:]]


def standing(session, noun):
    """Return what the records hold that steps change."""
    tables = ("workrooms", "plaques", "rectifications", noun)
    listed = {each: records.list_records(session, each) for each in tables}
    # What is attested is told between steps, by people.
    return {each: {row["id"]: {**row, "facts": None} for row in rows} for each, rows in listed.items()}


def filled(field):
    """Return what a person would type into a field of a paper."""
    day = "2026-06-01"
    plain = {"date": day, "number": 5, "names": ["张三"], "paragraphs": ["情况属实。"]}
    chosen = [choice for choice in field.choices if choice]
    return chosen[0] if chosen else plain.get(field.type, "情况属实")
