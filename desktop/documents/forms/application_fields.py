"""The fields of the application form, as JSON Schema."""

from desktop.documents.kind import Schema

TEXT: Schema = {"type": "string"}
DAY: Schema = {"type": "string", "format": "date"}


def _object(titles: dict[str, str], required: tuple[str, ...] = (), **special: Schema) -> Schema:
    properties = {name: {**special.get(name, TEXT), "title": title} for name, title in titles.items()}
    return {"type": "object", "additionalProperties": False, "required": list(required), "properties": properties}


def _list_of(schema: Schema, title: str) -> Schema:
    return {"type": "array", "title": title, "items": schema}


WORKROOM = _object(
    {
        "name": "工作室名称",
        "unit_name": "所在单位",
        "credit_code": "统一社会信用代码",
        "unit_type": "单位性质",
        "industry": "行业",
        "level": "现有级别",
        "established_on": "开始运行日期",
        "venue_area": "场地面积",
        "venue_address": "场地地址",
        "equipment": "主要设备设施",
        "systems": "工作制度",
        "contact": "联系人",
        "phone": "联系电话",
    },
    ("name",),
    established_on=DAY,
)
LEADER = _object(
    {
        "name": "姓名",
        "gender": "性别",
        "born": "出生年月",
        "ethnicity": "民族",
        "education": "学历",
        "politics": "政治面貌",
        "post": "职务或岗位",
        "professional_title": "职称",
        "skill_grade": "技能等级",
        "phone": "电话",
        "speciality": "专业特长",
        "honours": "获得荣誉",
    },
    honours={"type": "array", "items": TEXT},
)
MEMBER = _object(
    {
        "name": "姓名",
        "gender": "性别",
        "age": "年龄",
        "education": "学历",
        "title": "职称或技能等级",
        "role": "角色",
        "division": "分工",
    }
)
TOPIC = _object({"name": "名称", "period": "起止时间", "status": "进展"})
OUTCOME = _object({"name": "名称", "kind": "种类", "date": "日期", "recognised": "认定部门及级别", "benefit": "效益"})
CRITERION = _object(
    {"group": "所属条件", "title": "条件", "article": "依据", "actual": "实际情况", "status": "结论"}, ("title",)
)
REASON = _object(
    {"article": "依据", "title": "标准", "actual": "实际情况", "reason": "理由"}, required=("title", "reason")
)
FIELDS: Schema = {
    "type": "object",
    "additionalProperties": False,
    "required": ["title", "workroom"],
    "properties": {
        "title": {**TEXT, "title": "标题"},
        "basis": {**TEXT, "title": "依据"},
        "applicant": {**TEXT, "title": "申报单位"},
        "date": {**DAY, "title": "申报日期"},
        "workroom": {**WORKROOM, "title": "工作室"},
        "leader": {**LEADER, "title": "领衔人"},
        "members": _list_of(MEMBER, "团队成员"),
        "topics": _list_of(TOPIC, "课题"),
        "outcomes": _list_of(OUTCOME, "成果"),
        "criteria": _list_of(CRITERION, "条件对照"),
        "reasons": _list_of(REASON, "理由"),
        "opinions": {"type": "array", "title": "意见栏", "items": TEXT},
    },
}
