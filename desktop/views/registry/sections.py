"""What stands in which section of a workroom's page: fields in their order, and the columns of the tables."""

from typing import Any, Final

from desktop.views.record_table_model import Column

# (id, title): also the order of the page and of the index beside it.
SECTIONS: Final = (
    ("basic", "基本情况"),
    ("leader", "领衔人"),
    ("members", "成员"),
    ("topics", "课题"),
    ("outcomes", "成果"),
    ("publications", "成果发布"),
    ("activities", "活动"),
    ("plans", "计划总结"),
    ("venue", "场地与制度"),
    ("funds", "经费"),
    ("honours", "荣誉"),
    ("attachments", "附件"),
    ("history", "历程"),
)
BASIC: Final = (
    "name", "unit_id", "office_id", "kind", "workroom_category", "level", "state", "established_on", "named_on",
    "plaque_on", "industry", "region", "contact", "phone", "named_levels", "tags", "note",
)  # fmt: skip
LEADER_OF: Final = ("leader_id",)
LEADER: Final = (
    "gender", "birth_date", "education", "politics", "post", "professional_title", "title_rank", "skill_grade",
    "speciality", "status", "frontline", "high_skill", "phone", "id_number",
)  # fmt: skip
VENUE: Final = (
    "venue_address", "venue_area_sqm", "venue_fixed", "venue_function_clear", "venue_independent", "venue_signs",
    "equipment_ready", "equipment_note", "systems", "development_plan", "goals_defined", "topics_defined",
    "team_structure_reasonable", "app_registered", "is_existing_rd_body",
)  # fmt: skip
FUNDS: Final = (
    "unit_funding_provided", "unit_funding_yuan", "unit_guides_rules", "in_audit_scope", "supported_by_region",
    "supported_on",
)  # fmt: skip
MEMBERS: Final = (
    ("person", "姓名", 80), ("role", "", 108), ("core", "核心", 56), ("division", "", 0),
    ("joined_on", "", 120), ("left_on", "", 120),
)  # fmt: skip
TOPICS: Final = (
    ("name", "", 0), ("status", "", 76), ("started_on", "", 120), ("ended_on", "", 120), ("registered", "", 70),
)  # fmt: skip
OUTCOMES: Final = (
    ("name", "", 0), ("kind", "", 92), ("date", "日期", 120), ("form", "", 60), ("level", "级别", 70),
    ("benefit_yuan", "效益（元）", 110),
)  # fmt: skip
PUBLICATIONS: Final = (
    ("title", "", 0), ("platform", "", 150), ("published_on", "", 120), ("link", "", 120), ("conversion", "", 120),
)  # fmt: skip
ACTIVITIES: Final = (("title", "", 0), ("kind", "", 92), ("date", "", 120), ("people_count", "", 84), ("note", "", 120))
PLANS: Final = (("year", "", 72), ("kind", "", 92), ("filed_on", "", 120), ("content", "", 0))
HONOURS: Final = (
    ("title", "", 0), ("kind", "", 120), ("level", "", 70), ("awarded_on", "", 120),
    ("status", "", 70),
)  # fmt: skip
GRANTS: Final = (("year", "", 72), ("track", "", 0), ("state", "", 140), ("grant_total_yuan", "", 120))
READ_ONLY: Final = frozenset({"person"})


def section_of(field: str) -> str:
    """Return the section in which a field of the workroom stands."""
    for names, section in ((LEADER_OF, "leader"), (VENUE, "venue"), (FUNDS, "funds")):
        if field in names:
            return section
    return "basic"


def _name_of_person(record: dict[str, Any]) -> str:
    return str(record["person"]["name"])


def table_columns(noun: str, layout: tuple[tuple[str, str, int], ...], *, editable: bool = True) -> list[Column]:
    """Return a table's columns: titles, kinds and choices from the noun's own fields, unless a title is given."""
    from desktop.services import records

    specs = {spec.name: spec for spec in records.fields(noun)}
    columns = []
    for name, title, width in layout:
        spec = specs.get(name)
        if spec is None:
            columns.append(Column(name, title, width, show=_name_of_person))
            continue
        kind = {"decimal": "number", "reference": "text"}.get(spec.type, spec.type)
        can_edit = editable and name not in READ_ONLY
        columns.append(Column(name, title or spec.title, width, kind, can_edit, spec.choices))
    return columns
