"""What a step asks of a person besides the day, before it is taken."""

from dataclasses import dataclass
from typing import Final

from desktop.rules.regulation import Workflow


@dataclass(frozen=True)
class Asked:
    """One thing that a step needs besides the day: its name among the details, its title, how it is entered."""

    name: str
    title: str
    type: str = "text"
    required: bool = False
    target: str = ""
    choices: tuple[str, ...] = ()


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


def asked(workflow: Workflow, state: str) -> tuple[Asked, ...]:
    """Return what entering a state asks of a person besides the day."""
    return tuple(one for mark, wanted in ASKED.items() if workflow.is_marked(state, mark) for one in wanted)
