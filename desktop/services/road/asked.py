"""What a step asks of a person besides the day, before it is taken."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from desktop.errors import BadInput
from desktop.rules.regulation import Workflow
from desktop.services.money import fen, yuan


@dataclass(frozen=True)
class Asked:
    """One thing that a step needs besides the day: its name among the details, its title, how it is entered.

    `value` is what is offered to begin with, in its JSON form.
    """

    name: str
    title: str
    type: str = "text"
    required: bool = False
    target: str = ""
    choices: tuple[str, ...] = ()
    value: str = ""


ASKED: Final[dict[str, tuple[Asked, ...]]] = {
    "leader": (Asked("leader_id", "新领衔人", "reference", True, "people"), Asked("name", "变更后的名称")),
    "renamed": (Asked("name", "变更后的名称", "text", True),),
    "rectifying": (Asked("problem", "存在问题"), Asked("due_on", "整改期限", "date")),
    "looked": (Asked("second_look_by", "回头看人员"),),
    "plaque": (Asked("plaque_number", "牌匾编号"), Asked("received_by", "领取人")),
    "publicity": (
        Asked("starts_on", "公示开始日", "date"),
        Asked("days", "公示天数", "number"),
        Asked("day_kind", "按", "text", choices=("工作日", "自然日")),
    ),
}


HOPS: Final[dict[str, Asked]] = {
    "quota": Asked("quota_number", "指标文号"),
    "received": Asked("received_yuan", "收款金额（元）", "money"),
    "paid": Asked("transferred_yuan", "拨付金额（元）", "money"),
}
"""What each hop of a grant's money asks: a field of the grant, under its name outside the program."""


def asked(workflow: Workflow, state: str) -> tuple[Asked, ...]:
    """Return what entering a state asks of a person besides the day."""
    found = [one for mark, wanted in ASKED.items() if workflow.is_marked(state, mark) for one in wanted]
    if workflow.noun == "grants":
        found += [one for mark, one in HOPS.items() if workflow.is_marked(state, mark)]
    return tuple(found)


def offered(workflow: Workflow, state: str, record: Any) -> tuple[Asked, ...]:
    """Return what entering a state asks, a grant's hops with what it says: as much as was granted, or came in."""
    if workflow.noun != "grants":
        return asked(workflow, state)
    came = record.received_fen or record.grant_total_fen
    said = {
        "quota_number": record.quota_number,
        "received_yuan": yuan(came),
        "transferred_yuan": yuan(record.transferred_fen or came),
    }
    return tuple(replace(one, value=said.get(one.name, "")) for one in asked(workflow, state))


def hop_values(workflow: Workflow, state: str, details: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a grant that a hop's answers fill, amounts in 分; BadInput for one not above zero."""
    found: dict[str, Any] = {}
    for one in (one for one in HOPS.values() if one in asked(workflow, state) and details.get(one.name)):
        if one.type == "money":
            amount = fen(details[one.name])
            if amount <= 0:
                raise BadInput(f"{one.title}要大于零。请核对金额。", one.name)
            found[one.name.removesuffix("_yuan") + "_fen"] = amount
        else:
            found[one.name] = str(details[one.name]).strip()
    return found
