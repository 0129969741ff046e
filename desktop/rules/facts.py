"""The fact dictionary and the checking of a set of facts against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NoReturn

from desktop.errors import BadInput
from desktop.paths import resource_folder
from desktop.rules.fact_types import FACT_TYPES, Fact
from desktop.rules.fact_values import SIMPLE, read_date, read_text, refuse, shown
from desktop.rules.table_reader import Source, Table, parse
from desktop.rules.table_reader import read_text as read_file

Item = dict[str, Any]
MAX_ITEMS: Final = 20_000
ITEM_LABELS: Final[Mapping[str, str]] = {
    "year": "年度",
    "end_year": "结束年度",
    "date": "日期",
    "level": "级别",
    "form": "形式",
    "status": "状态",
    "kind": "类别",
    "title": "称号",
    "authority": "授予机关",
    "name": "姓名",
    "role": "角色",
    "category": "类别",
    "source": "资金来源",
    "result_ref": "对应成果",
    "regulation": "所依办法",
    "track": "补助对象",
    "step": "步骤",
    "person_id": "人员编号",
    "platform": "发布平台",
    "recognised": "是否获认定",
    "registered": "是否立项",
    "same_year": "是否同一年度",
    "same_title": "是否同一称号",
    "platform_listed": "是否列明的平台",
    "bank_receipt": "是否有银行回执",
    "amount_yuan": "金额",
    "tax_withheld_yuan": "代扣税款",
}


class Absent:
    """The value of a fact that was not given; unlike null it says nothing."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent()


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Every fact the program knows, and the types of the fields that list items may carry."""

    facts: Mapping[str, Fact]
    item_fields: Mapping[str, str]

    def with_facts(self, more: Iterable[Fact]) -> Dictionary:
        """Return a dictionary that also knows the facts a regulation declares itself."""
        extra = {fact.name: fact for fact in more}
        return Dictionary({**self.facts, **extra}, self.item_fields) if extra else self

    def label(self, name: str) -> str:
        """Return the Chinese name of a fact or of a field of one row, e.g. 奖励分配第2行的金额."""
        if "[" not in name:
            fact = self.facts.get(name)
            return fact.label if fact else name
        listed, _, rest = name.partition("[")
        row, _, fieldname = rest.partition("].")
        words = ITEM_LABELS.get(fieldname, fieldname)
        return f"{self.label(listed)}第{row}行的{words}"


class Facts:
    """A checked set of facts: `get` gives the parsed value, None for known none, ABSENT when nothing was said.

    `raw` is the set as it was given, fit for storing.
    """

    __slots__ = ("_values", "dictionary", "raw")

    def __init__(self, values: Mapping[str, Any], dictionary: Dictionary, raw: Mapping[str, object]) -> None:
        self._values = values
        self.dictionary = dictionary
        self.raw = raw

    def get(self, name: str) -> Any:
        """Return the parsed value of a fact."""
        return self._values.get(name, ABSENT)

    def given(self) -> tuple[str, ...]:
        """Return the names of the facts that were given."""
        return tuple(self._values)

    def assuming(self, **more: Any) -> Facts:
        """Return these facts with further parsed values where nothing was said, or none known."""
        new = {name: value for name, value in more.items() if value is not None and self._values.get(name) is None}
        return Facts({**self._values, **new}, self.dictionary, self.raw)


def read_fact(table: Table) -> Fact:
    """Read one `[[fact]]` or `[fact.<name>]` entry."""
    fact = Fact(
        name=table.word("name"),
        type=table.choice("type", FACT_TYPES),
        label=table.word("label"),
        unit=table.word("unit", ""),
        question=table.word("question", ""),
        choices=table.words("choices", ()),
    )
    table.done()
    if not fact.name.isidentifier():
        table.refuse(f"事实名“{fact.name}”只能用英文字母、数字和下划线。", "name")
    return fact


def load_dictionary(path: Path) -> Dictionary:
    """Read a fact dictionary file or raise BadRegulation."""
    data, source = parse(path.name, read_file(path))
    table = Table(source, data, "")
    fields = {key: value for key, value in table.mapping("item_field").items() if _field_type(source, key, value)}
    facts: dict[str, Fact] = {}
    for name, entry in table.take("fact").items():
        facts[name] = read_fact(Table(source, {"name": name, **entry}, name))
    table.done()
    return Dictionary(facts, fields)


def _field_type(source: Source, key: str, value: str) -> bool:
    if value not in SIMPLE:
        source.refuse(f"不认识的类型“{value}”。", "item_field", key)
    return True


@lru_cache(maxsize=1)
def dictionary() -> Dictionary:
    """Return the program's own fact dictionary, read once."""
    return load_dictionary(resource_folder() / "regulations" / "facts.toml")


def fact(name: str) -> Fact:
    """Return one entry of the program's own dictionary; BadInput when there is none."""
    found = dictionary().facts.get(name)
    return found if found is not None else _unknown(name, dictionary())


def check_facts(facts: Mapping[str, object] | Facts, known: Dictionary | None = None) -> Facts:
    """Check names and types of a flat set of facts and parse the values (dates, 分).

    Raises BadInput naming the first unknown fact or wrong value. A Facts object that was checked against this
    dictionary is returned as it is.
    """
    if isinstance(facts, Facts):
        if known is None or facts.dictionary is known:
            return facts
        facts = facts.raw
    if not isinstance(facts, Mapping):
        raise BadInput("事实应是一个对象（名称: 值）。", "facts")
    known = known or dictionary()
    values: dict[str, Any] = {}
    for name, value in facts.items():
        fact = known.facts.get(name) if isinstance(name, str) else None
        if fact is None:
            _unknown(str(name), known)
        values[name] = None if value is None else _read(fact, value, known)
    return Facts(values, known, facts)


def _unknown(name: str, known: Dictionary) -> NoReturn:
    near = get_close_matches(name, known.facts, n=1, cutoff=0.75)
    hint = f"是不是“{near[0]}”（{known.facts[near[0]].label}）？" if near else "请对照事实词典。"
    raise BadInput(f"没有名为{shown(name)}的事实，{hint}", name)


def _read(fact: Fact, value: object, known: Dictionary) -> Any:
    if fact.type in SIMPLE:
        return SIMPLE[fact.type](value, fact.name, fact.label)
    if not isinstance(value, (list, tuple)):
        refuse(fact.name, fact.label, f"应是一组值，现为{shown(value)}。")
    if len(value) > MAX_ITEMS:
        refuse(fact.name, fact.label, f"有{len(value)}行，太多了。")
    if fact.type == "list<str>":
        return tuple(read_text(part, f"{fact.name}[{n}]", fact.label) for n, part in enumerate(value, 1))
    if fact.type == "list<date>":
        return tuple(read_date(part, f"{fact.name}[{n}]", fact.label) for n, part in enumerate(value, 1))
    return tuple(_row(fact, part, n, known) for n, part in enumerate(value, 1))


def _row(fact: Fact, row: object, number: int, known: Dictionary) -> Item:
    where = f"{fact.name}[{number}]"
    if fact.type == "roster" and isinstance(row, str):
        return {"name": row.strip()}
    if not isinstance(row, Mapping):
        refuse(where, f"{fact.label}第{number}行", f"应是一行（字段: 值），现为{shown(row)}。")
    item: Item = {}
    for name, value in row.items():
        kind = known.item_fields.get(name)
        if kind is None:
            _misspelt(str(name), where, fact, known)
            item[name] = value
        elif value is None:
            item[name] = None
        else:
            item[name] = SIMPLE[kind](value, f"{where}.{name}", f"{fact.label}第{number}行的{ITEM_LABELS[name]}")
    return item


def _misspelt(name: str, where: str, fact: Fact, known: Dictionary) -> None:
    near = get_close_matches(name, known.item_fields, n=1, cutoff=0.82)
    if near:
        refuse(f"{where}.{name}", fact.label, f"没有字段{shown(name)}，是不是“{near[0]}”（{ITEM_LABELS[near[0]]}）？")
