"""The fields of every noun as forms, the command line and the workbooks see them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final

from sqlalchemy import Column, Date
from sqlalchemy.types import Boolean, Integer

from desktop.errors import NotFound
from desktop.models.base import Base, CanonicalJson, Hundredths
from desktop.models.tables import NOUNS
from desktop.services.money import yuan

NOUN_TITLES: Final = {
    "offices": "工会",
    "units": "单位",
    "people": "人员",
    "honours": "荣誉",
    "workrooms": "工作室",
    "members": "成员",
    "topics": "课题",
    "alliances": "联盟",
    "alliance_members": "联盟成员",
    "outcomes": "成果",
    "publications": "成果发布",
    "activities": "活动",
    "applications": "申报",
    "attestations": "确认的事实",
    "overrides": "理由记录",
    "steps": "办理步骤",
    "holds": "退回与撤回",
    "publicities": "公示",
    "objections": "异议",
    "calendar_days": "放假调休",
    "expert_draws": "专家抽取",
    "expert_scores": "专家评审",
    "collective_decisions": "集体研究",
    "plaques": "牌匾",
    "assessment_rounds": "考核轮次",
    "rectifications": "整改",
    "grants": "补助资金",
    "expenditures": "支出",
    "allocations": "奖励分配",
    "allocation_lines": "分配明细",
    "assessments": "考核",
    "plans": "计划与总结",
    "experts": "专家",
    "awards": "成果奖励",
    "documents": "公文",
    "attachments": "附件",
    "regulation_texts": "办法文本",
    "tool_settings": "工具设置",
    "seals": "印章",
    "seal_uses": "用印登记",
    "number_ranges": "文号号段",
    "quotas": "推荐名额",
    "award_payments": "奖金发放",
    "receipts": "回执",
    "receipt_items": "回执退回项",
    "declarations": "密钥与作废声明",
}
# Nouns whose attested facts are shown as one object `facts`.
WITH_FACTS: Final = frozenset({"applications", "assessments", "awards", "grants", "workrooms"})
# Reversals of paid money are entered as negative lines; nothing else may be below zero.
SIGNED: Final = frozenset({("expenditures", "amount_fen"), ("allocation_lines", "amount_fen")})
DATE_PATTERN: Final = r"^\d{4}-\d{2}-\d{2}$"
MONEY_PATTERN: Final = r"^-?\d+(\.\d{1,2})?$"
# Names and the like stand in one line of every paper and list.
ONE_LINE: Final = frozenset(
    {"name", "title", "project_name", "union_name", "account_name", "contact", "chair", "phone", "document_code"}
)
LONGEST_LINE, LONGEST_TEXT = 300, 20_000
"""Characters of a line and of a text, as many as a paper takes."""
UUID_PATTERN: Final = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"


@dataclass(frozen=True)
class FieldSpec:
    """One field: `name` outside the program, `attribute` in the models.

    `type` is text, date, money, number, decimal, bool, list, reference or json; `target` the noun a reference names.
    """

    noun: str
    name: str
    attribute: str
    title: str
    type: str
    required: bool = False
    nullable: bool = True
    choices: tuple[str, ...] = ()
    unit: str = ""
    hint: str = ""
    target: str = ""
    sensitive: bool = False
    default: Any = None

    @property
    def signed(self) -> bool:
        """Whether the value may be below zero."""
        return (self.noun, self.attribute) in SIGNED

    @property
    def one_line(self) -> bool:
        """Whether a text must not hold a line break."""
        return self.name in ONE_LINE

    @property
    def longest(self) -> int:
        """How many characters a text may have; 0 for the text of a regulation, which is as long as it was issued."""
        if self.noun == "regulation_texts":
            return 0
        return LONGEST_LINE if self.one_line else LONGEST_TEXT

    def fresh(self) -> Any:
        """Return the value a new record gets when nothing is given; a new list or object each time."""
        return type(self.default)(self.default) if isinstance(self.default, list | dict) else self.default


def model_of(noun: str) -> type[Base]:
    """Return the model of a noun; an unknown one is refused (NotFound)."""
    if noun not in NOUNS:
        raise NotFound(f"没有“{noun}”这种记录。可用的有：{'、'.join(NOUNS)}。", noun)
    return NOUNS[noun]


def title_of(noun: str) -> str:
    """Return the Chinese name of a noun."""
    return NOUN_TITLES.get(noun, noun)


def fields(noun: str) -> list[FieldSpec]:
    """Return a noun's fields in their order, without the id."""
    return list(_fields(noun))


@cache
def _fields(noun: str) -> tuple[FieldSpec, ...]:
    columns = model_of(noun).__mapper__.columns
    return tuple(_spec(noun, key, column) for key, column in columns.items() if key != "id")


@cache
def field_map(noun: str) -> dict[str, FieldSpec]:
    """Return a noun's fields by their outside names."""
    return {spec.name: spec for spec in _fields(noun)}


def _spec(noun: str, attribute: str, column: Column[Any]) -> FieldSpec:
    info = column.info
    kind = _kind(attribute, column)
    default = _default(column)
    return FieldSpec(
        noun=noun,
        name=attribute.removesuffix("_fen") + "_yuan" if kind == "money" else attribute,
        attribute=attribute,
        title=info.get("title", attribute),
        type=kind,
        required=not column.nullable and default is None,
        nullable=bool(column.nullable),
        choices=tuple(info.get("choices", ())),
        unit="元" if kind == "money" else info.get("unit", ""),
        hint=info.get("hint", ""),
        target=info.get("target", ""),
        sensitive=bool(info.get("sensitive", False)),
        default=default,
    )


def _kind(attribute: str, column: Column[Any]) -> str:
    if "target" in column.info:
        return "reference"
    if attribute.endswith("_fen"):
        return "money"
    if isinstance(column.type, CanonicalJson):
        return "list" if callable(_raw_default(column)) and _default(column) == [] else "json"
    for kind, types in (("date", Date), ("bool", Boolean), ("decimal", Hundredths), ("number", Integer)):
        if isinstance(column.type, types):
            return kind
    return "text"


def _raw_default(column: Column[Any]) -> Any:
    return getattr(column.default, "arg", None)


def _default(column: Column[Any]) -> Any:
    value = _raw_default(column)
    # SQLAlchemy wraps a callable default so that it takes an execution context.
    return value(None) if callable(value) else value


def nouns() -> dict[str, Any]:
    """Return every noun with its JSON Schema, as `workroom-desk nouns` prints it."""
    return {"nouns": {noun: schema(noun) for noun in NOUNS}}


def schema(noun: str) -> dict[str, Any]:
    """Return the JSON Schema of one noun's records."""
    specs = fields(noun)
    properties: dict[str, Any] = {"id": {"type": "string", "pattern": UUID_PATTERN, "title": "编号"}}
    properties.update({spec.name: _property(spec) for spec in specs})
    if noun in WITH_FACTS:
        properties["facts"] = {"type": "object", "title": "确认的事实"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "title": title_of(noun),
        "properties": properties,
        "required": [spec.name for spec in specs if spec.required],
        "additionalProperties": False,
    }


SHAPES: Final[dict[str, dict[str, Any]]] = {
    "text": {"type": "string"},
    "date": {"type": "string", "format": "date", "pattern": DATE_PATTERN},
    "money": {"type": ["string", "number"], "pattern": MONEY_PATTERN},
    "number": {"type": "integer"},
    "decimal": {"type": ["number", "string"]},
    "bool": {"type": "boolean"},
    "list": {"type": "array", "items": {"type": "string"}},
    "reference": {"type": "string", "pattern": UUID_PATTERN},
    "json": {},
}


def _property(spec: FieldSpec) -> dict[str, Any]:
    shape: dict[str, Any] = {"title": spec.title, **SHAPES[spec.type]}
    if spec.type == "text" and spec.longest:
        shape["maxLength"] = spec.longest
    if "type" in shape and spec.nullable:
        kinds = shape["type"] if isinstance(shape["type"], list) else [shape["type"]]
        shape["type"] = [*kinds, "null"]
    if spec.choices and spec.type == "list":
        shape["items"] = {"type": "string", "enum": list(spec.choices)}
    elif spec.choices:
        shape["enum"] = [*spec.choices, *([None] if spec.nullable else [])]
    extras = {"x-unit": spec.unit, "x-noun": spec.target, "description": spec.hint}
    shape.update({key: value for key, value in extras.items() if value})
    if spec.default not in (None, "", [], {}):
        shape["default"] = to_json_value(spec, spec.default)
    return shape


def to_json_value(spec: FieldSpec, value: Any) -> Any:
    """Return a stored value in JSON form: dates as text, 分 as 元 with two places, decimals as numbers."""
    if value is None:
        return None
    if spec.type == "money":
        return yuan(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral() else float(value)
    return value
