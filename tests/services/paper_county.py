"""A county that works under every regulation, with a record of each noun under each of them, for its papers."""

from pathlib import Path
from typing import Any

from desktop.services import document, records
from desktop.services.paper.composing import PaperDraft
from desktop.services.paper.kinds import COMPOSERS
from desktop.services.paper.recipes import regulations_of
from desktop.services.regulation import bundled
from tests.services.counties import DAY, County

LAWS = bundled()
AWARDS = ("十大科技创新成果", "十大先进操作法", "十大发明专利", "十佳金点子")
AWARD_LAW = next(name for name, law in LAWS.items() if any(flow.noun == "awards" for flow in law.workflows))
PAIRS = [(kind, law) for kind in COMPOSERS for law in regulations_of(kind, LAWS)]
GIVEN: dict[str, Any] = {
    "publicity_start": "2026-09-01",
    "publicity_end": "2026-09-08",
    "present": ["包志强", "王敏"],
    "absent": ["李喆"],
    "problems": ["台账不全。", "活动不正常。"],
    "deadline": "2026-10-31",
    "facts": ["申报的专利号与登记不符，经查证属实。"],
    "change": "更换领衔人",
    "cause": "退休",
    "new_leader": "骨干0",
    "to": ["某某机械有限公司工会"],
    "reasons": ["团队人数不足。"],
    "self_check": ["经逐条对照，未发生禁用支出。"],
}


class PaperCounty(County):
    """The county with its papers' records in `made`, by noun and regulation."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.made: dict[tuple[str, str], list[str]] = {}
        self._add_office()
        for law in LAWS:
            self._add_records(law)
        self._add_rest()

    def _add_office(self) -> None:
        with self.writing() as session:
            office = records.list_records(session, "offices")[0]["id"]
            above = records.put_records(session, "offices", {"name": "某盟总工会", "level": "市级"})[0]["id"]
            own = {"id": office, "document_code": "左中工发", "chair": "包志强", "parent_id": above}
            records.put_records(session, "offices", {**own, "regulations": list(LAWS)})

    def _add_records(self, law: str) -> None:
        room = self.ids["room"]
        about = {"workroom_id": room, "regulation": law, "year": 2026}
        day = {"reference_date": "2026-09-01"}
        self.made["applications", law] = [self.put("applications", **about, **day, state="已提交")]
        self.made["grants", law] = [self.add_grant(regulation=law, quota_number="某工办发〔2026〕9号")]
        graded = {"kind": "周期考核", "assessed_on": "2026-08-30", "grade": "合格", "conclusion": "正常开展活动"}
        self.made["assessments", law] = [self.put("assessments", **about, **graded)]

    def _add_rest(self) -> None:
        room = self.ids["room"]
        person = {"person_id": self.ids["leader"], "unit_id": self.ids["unit"], "regulation": AWARD_LAW}
        self.made["awards", AWARD_LAW] = [
            self.put("awards", **person, award_kind=kind, award_year=2026, project_name=f"{kind}项目", rank=place + 1)
            for place, kind in enumerate(AWARDS)
        ]
        with self.reading() as session:
            self.made["offices", ""] = [document.own_office(session).id]
        self.made["alliances", ""] = [self.put("alliances", name="煤炭产业联盟", lead_workroom_id=room)]
        problem = {"problem": "台账不全；活动不正常", "ordered_on": "2026-08-01", "due_on": "2026-10-31"}
        self.put("rectifications", workroom_id=room, **problem, measures="补齐台账")
        for grant in [ids[0] for (noun, _), ids in self.made.items() if noun == "grants"]:
            bought = {"category": "设备购置", "amount_yuan": "12000.50", "paid_on": "2026-08-20"}
            self.put("expenditures", grant_id=grant, workroom_id=room, **bought, voucher_number="记-202608-01")

    def records_for(self, kind: str, law: str) -> tuple[str, list[str]]:
        """The noun and the records of a kind under a regulation."""
        maker = COMPOSERS[kind]
        noun = "awards" if law == AWARD_LAW and "awards" in maker.nouns else maker.nouns[0]
        if noun == "workrooms":
            return noun, [self.ids["room"]]
        found = self.made.get((noun, law)) or self.made[noun, ""]
        return noun, found if maker.many else found[:1]

    def draft(self, kind: str, law: str, **typed: Any) -> PaperDraft:
        """The draft of a kind with nothing typed but the regulation where it is a choice."""
        noun, ids = self.records_for(kind, law)
        chosen = {"regulation": law} if noun in {"workrooms", "alliances", "offices"} else {}
        with self.reading() as session:
            return document.paper_data(session, kind, noun, ids, {**chosen, **typed}, DAY)

    def filled(self, kind: str, law: str) -> PaperDraft:
        """The draft with every field typed that it misses."""
        first = self.draft(kind, law)
        asked = {field.name for field in first.fields}
        typed = {name: value for name, value in GIVEN.items() if name in asked}
        for field in first.fields:
            if field.name == "ground":
                typed["ground"] = field.choices[1]
        return self.draft(kind, law, **typed)
