"""Which lists can be exchanged as workbooks, and the columns of each."""

import tomllib
from functools import cache
from typing import Any, Final

from desktop.errors import NotFound
from desktop.models.tables import NOUNS
from desktop.paths import resource_folder
from desktop.rules.words import common_words
from desktop.services.record.fields import FieldSpec, field_map, fields, title_of
from desktop.spreadsheets.table import Column, Table

# Lists that are also imported: the noun whose records the rows are.
KINDS: Final = {
    "workrooms": "workrooms",
    "members": "members",
    "outcomes": "outcomes",
    "allocations": "allocation_lines",
    "expenditures": "expenditures",
    "experts": "experts",
}
CODES: Final = frozenset({"phone", "id_number", "credit_code", "bank_account", "account_number", "voucher_number"})
NAMES: Final = frozenset({"name", "contact", "completed_by"})
PERSON_COLUMNS: Final = (
    "name", "id_number", "phone", "gender", "birth_date", "education", "politics", "post", "professional_title",
    "title_rank", "skill_grade", "speciality", "frontline",
)  # fmt: skip
MEMBER_COLUMNS: Final = ("role", "core", "division", "joined_on", "left_on")
LINE_COLUMNS: Final = (
    "role", "category", "amount_yuan", "tax_withheld_yuan", "result_ref", "signed_on", "note",
)  # fmt: skip
# Other words of lists for the choices of fields that no rule speaks of.
EVERYDAY: Final = {
    "参与": "其他参与人员", "参与人员": "其他参与人员", "参与成员": "其他参与人员", "一般成员": "其他参与人员",
    "普通成员": "其他参与人员", "负责人": "领衔人", "带头人": "领衔人", "核心成员": "骨干成员",
    "硕士研究生": "硕士", "博士研究生": "博士", "大学": "本科", "专科": "大专", "高职": "大专",
    "中专": "高中或中专", "高中": "高中或中专", "技校": "高中或中专", "中技": "高中或中专", "职高": "高中或中专",
    "初中": "初中及以下", "小学": "初中及以下",
    "旗级": "县级", "旗县级": "县级", "旗县区级": "县级", "县（区）级": "县级", "县(区)级": "县级", "区县级": "县级",
    "市（州）级": "市级", "市(州)级": "市级", "盟（市）级": "市级", "盟(市)级": "市级",
}  # fmt: skip
# Words that may stand for one of a few choices, so that only a person can say which.
UNSURE: Final = {"研究生": ("硕士", "博士")}
WORKROOM: Final = Column("workroom", "工作室", "name", required=True, hint="与台账中的名称一致", width=36)
YEAR: Final = Column("year", "年度", "number", hint="补助年度，如 2026")
UNIT: Final = Column("unit_name", "所在单位", "name", hint="单位全称", width=30)
ID: Final = Column("id", "编号", "code", hint="由程序填写；改已有的内容时保留，新增时留空", width=12)
LEADER: Final = Column("leader_name", "领衔人", "name", hint="一名领衔人的姓名")
PERSON: Final = Column("name", "姓名", "name", hint="奖励对象；运行支出留空")


def table_of(kind: str) -> Table:
    """Return the table of a kind; NotFound lists those there are."""
    if kind not in KINDS:
        raise NotFound(f"没有“{kind}”这种名册。可用的有：{'、'.join(KINDS)}。", kind)
    return _table(kind)


@cache
def _table(kind: str) -> Table:
    title = {"allocations": "奖励分配"}.get(kind) or title_of(kind)
    return Table(kind, title, tuple(_with_aliases(kind, column) for column in LAYOUTS[kind]()))


def offered(column: Column, word: str) -> tuple[str, ...]:
    """Return the choices of a column for a word of a list that it does not know, the likeliest first."""
    likely = next((choices for part, choices in UNSURE.items() if part in word), ())
    first = [choice for choice in likely if choice in column.choices]
    return (*first, *(choice for choice in column.choices if choice and choice not in first))


def plain_table(noun: str) -> Table:
    """Return a table of every field of a noun, for writing lists that are not imported."""
    columns = [column for spec in fields(noun) if (column := _column(spec)) is not None]
    return Table(noun, title_of(noun), (*columns, ID))


def is_known(kind: str) -> bool:
    """Tell whether a list can at least be written."""
    return kind in KINDS or kind in NOUNS


@cache
def _aliases() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((resource_folder() / "spreadsheets" / "heads.toml").read_text("utf-8"))


def _with_aliases(kind: str, column: Column) -> Column:
    known = _aliases()
    aliases = [*known[kind].get(column.name, ()), *known["common"].get(column.name, ())]
    return _replaced(column, aliases=tuple(aliases))


def _replaced(column: Column, **changes: Any) -> Column:
    return Column(**{**vars(column), **changes})


def _column(spec: FieldSpec) -> Column | None:
    kind = _kind(spec)
    if not kind:
        return None
    return Column(
        name=spec.name,
        title=spec.title,
        kind=kind,
        choices=spec.choices,
        synonyms=_synonyms(spec),
        required=spec.required,
        hint=spec.hint,
        unit=spec.unit if kind in {"money", "decimal"} else "",
    )


def _kind(spec: FieldSpec) -> str:
    if spec.type == "reference":
        return "name" if "name" in field_map(spec.target) else ""
    if spec.type == "text":
        if spec.choices:
            return "choice"
        return "code" if spec.name in CODES else "name" if spec.name in NAMES else "text"
    return {"json": ""}.get(spec.type, spec.type)


def _synonyms(spec: FieldSpec) -> dict[str, str]:
    words = common_words()
    everyday = {**words.levels, **words.roles, **EVERYDAY} if spec.choices else {}
    return {word: choice for word, choice in everyday.items() if choice in spec.choices}


def _own(noun: str, *names: str) -> list[Column]:
    chosen = [field_map(noun)[name] for name in names] if names else [s for s in fields(noun) if s.type != "reference"]
    return [column for spec in chosen if (column := _column(spec)) is not None]


def _workrooms() -> list[Column]:
    credit = _replaced(_own("units", "credit_code")[0], hint="18位，用来认出同一个单位", width=22)
    own = _own("workrooms")
    return [own[0], UNIT, credit, LEADER, *own[1:], ID]


def _members() -> list[Column]:
    person = [_replaced(column, required=column.name == "name") for column in _own("people", *PERSON_COLUMNS)]
    return [WORKROOM, *person, UNIT, *_own("members", *MEMBER_COLUMNS), ID]


def _outcomes() -> list[Column]:
    return [WORKROOM, *_own("outcomes"), ID]


def _allocations() -> list[Column]:
    return [WORKROOM, _replaced(YEAR, required=True), PERSON, *_own("allocation_lines", *LINE_COLUMNS), ID]


def _expenditures() -> list[Column]:
    return [WORKROOM, YEAR, *_own("expenditures"), ID]


def _experts() -> list[Column]:
    return [*_own("experts"), ID]


LAYOUTS: Final = {
    "workrooms": _workrooms,
    "members": _members,
    "outcomes": _outcomes,
    "allocations": _allocations,
    "expenditures": _expenditures,
    "experts": _experts,
}
