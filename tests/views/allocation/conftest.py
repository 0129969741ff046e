"""The allocation view over a sample county."""

import pytest

from desktop.services import allocation, records
from desktop.views.allocation.allocation_view import AllocationView
from tests.views.showing import shown

TEAM = (("领衔人", 1), ("骨干成员", 4), ("其他参与人员", 0))


@pytest.fixture
def allotting(desk, qtbot):
    with shown(qtbot, AllocationView(desk)) as view:
        yield view


@pytest.fixture
def grant_id(allotting):
    """A grant of 50,000 元 for a leader and four 骨干 and one other, with nothing shared out yet."""
    made = []
    allotting.operations.run("新的补助", lambda session: made.append(new_grant(session, "nm-2026-fund")))
    return made[0]


def new_grant(session, law, roles=("骨干成员",) * 4 + ("其他参与人员",)):
    """Make a workroom with a team and its grant; return the grant's id."""
    (unit,) = records.put_records(session, "units", {"name": "北原钢铁有限公司"})
    people = records.put_records(
        session, "people", [{"name": name} for name in ("张𠮷", *"甲乙丙丁戊己庚辛"[: len(roles)])]
    )
    (room,) = records.put_records(
        session,
        "workrooms",
        {
            "name": "北原钢铁张𠮷劳模创新工作室",
            "unit_id": unit["id"],
            "leader_id": people[0]["id"],
            "established_on": "2020-01-01",
        },
    )
    members = [{"workroom_id": room["id"], "person_id": people[0]["id"], "role": "领衔人"}]
    members += [
        {"workroom_id": room["id"], "person_id": person["id"], "role": role}
        for person, role in zip(people[1:], roles, strict=True)
    ]
    records.put_records(session, "members", members)
    records.put_records(session, "outcomes", {"workroom_id": room["id"], "name": "快换工具"})
    (grant,) = records.put_records(
        session,
        "grants",
        {"workroom_id": room["id"], "regulation": law, "grant_total_yuan": "50000.00", "year": 2026},
    )
    return grant["id"]


def amounts(view, grant_id):
    """Return the stored amounts in 分 by name."""
    sheet = view.operations.read(lambda session: allocation.worksheet(session, grant_id))
    return {line.name: line.amount_fen for line in sheet.lines}
