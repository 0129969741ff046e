"""Data for every form, built from its own schema so that no field is forgotten, in words that tell the field."""

from typing import Any

WORDS = {
    "workroom_name": "李喆劳模和工匠人才创新工作室",
    "name": "张珺智能截割装备创新工作室",
    "unit_name": "左河旗宏昌机械制造有限责任公司",
    "person": "李喆",
    "leader_name": "李喆",
    "leader_honours": "省级劳动模范、市级五一劳动奖章",
    "title": "有固定的活动场所和必要的设备设施",
    "article": "第五条（二）",
    "actual": "场地120㎡，设备37台（套）",
    "status": "符合",
    "basis": "《劳模和工匠人才创新工作室管理办法》（某工发〔2026〕12号）第六条",
    "filled_by": "左河旗总工会",
    "account": "上级补助收入—专项补助",
    "who": "市（县）区级工会",
    "when": "收到补助资金",
    "receipt": "20260903-0012",
    "voucher": "记-202609-012",
    "paid_on": "2026年9月3日",
    "published_on": "2026年9月3日",
    "link": "20260903-7",
    "people": "6人",
    "seed": "20260903",
    "award_kind": "十大先进操作法",
    "quantity": "1块",
    "item": "牌匾",
    "gender": "男",
    "frontline": "是",
    "rank": "1",
}
LONG = (
    "围绕智能截割装备的可靠性，开展技术攻关12项，获国家专利3项，节约成本5.34亿元；"
    "“师带徒”37对，培养高级工26人，其中张珺、赟、䶮3人取得技师资格。"
)


def value_of(name: str, schema: dict[str, Any], rows: int) -> Any:
    """A value that a field takes."""
    if schema.get("type") == "array":
        return [item_of(name, schema["items"], index) for index in range(rows)]
    if schema.get("type") == "object":
        return item_of(name, schema, 0)
    if "maxLength" in schema:
        return "2345"
    if "oneOf" in schema:
        return [LONG, LONG] if name in {"text", "facts", "summary"} else [LONG]
    if schema.get("type") == "integer":
        return {"year": 2026, "award_year": 2026, "width_mm": 600, "height_mm": 400}.get(name, 12)
    if schema.get("type") == ["string", "number"]:
        return "12345.67"
    if schema.get("format") == "date":
        return "2026-09-03"
    return WORDS.get(name, schema.get("title", name) + "：写明情况")


def item_of(name: str, schema: dict[str, Any], index: int) -> Any:
    """An item of an array."""
    if "oneOf" in schema:
        return {"label": f"意见栏{index + 1}", "text": LONG}
    if schema.get("type") == "string":
        return f"说明{index + 1}：{LONG}"
    return {field: value_of(field, part, 1) for field, part in schema["properties"].items()}


def full(schema: dict[str, Any], count: int = 3, /, **changes: Any) -> dict[str, Any]:
    """Data with every field of a kind filled; `count` items in each list."""
    data = {name: value_of(name, part, count) for name, part in schema["properties"].items()}
    data |= changes
    return {name: value for name, value in data.items() if value is not None}


def least(schema: dict[str, Any]) -> dict[str, Any]:
    """Data with the required fields alone."""
    return {name: value_of(name, schema["properties"][name], 1) for name in schema["required"]}
