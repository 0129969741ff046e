"""年度计划 at the office that issues quotas: a workroom planned by name, its quota issued, the sums told."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.services import identity, records, store
from desktop.services.attestations import write_facts
from desktop.settings import Settings
from desktop.views.allocation.allocation_view import AllocationView
from desktop.views.desk import Desk
from desktop.views.operation import Operations
from tests.services.journeys import OPENING
from tests.views.showing import shown

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot, tmp_path):
    path = tmp_path / "region.db"
    made = identity.initialise(
        path, "内蒙古自治区总工会", "省级", "内蒙古自治区", regulations=["nm-2026-fund"], operator="王敏"
    )
    with store.writing(made, "王敏") as session:
        for name in ("甲创新工作室", "乙创新工作室"):
            (lead,) = records.put_records(session, "workrooms", {"name": name})
        records.put_records(session, "alliances", {"name": "装备联盟", "lead_workroom_id": lead["id"]})
    made.close()
    operations = Operations(path, operator="王敏")
    operations.open_now()
    with shown(qtbot, AllocationView(Desk(operations, Settings()))) as found:
        yield found
    operations.close()


def rooms(view):
    return {row["name"]: row["id"] for row in view.operations.read(lambda s: records.list_records(s, "workrooms"))}


def test_a_workroom_is_planned_once_with_the_texts_amount(qtbot, view):
    bar = view.list.plan
    assert bar.isVisible()
    assert "工作室 0 个（每年支持50个左右（第四条））" in bar.words.text()
    bar.workroom.set_value(rooms(view)["甲创新工作室"])
    qtbot.mouseClick(bar.add, LEFT)
    assert "工作室 1 个" in bar.words.text()
    assert "共 50,000.00 元，已下达 0.00 元" in bar.words.text()
    assert view.list.model.rowCount() == 1
    bar.workroom.set_value(rooms(view)["甲创新工作室"])
    qtbot.mouseClick(bar.add, LEFT)
    assert "已在" in view.strip.text()
    assert view.list.model.rowCount() == 1


def test_quotas_are_issued_for_the_grants_selected(qtbot, view):
    bar = view.list.plan
    for name in ("甲创新工作室", "乙创新工作室"):
        bar.workroom.set_value(rooms(view)[name])
        qtbot.mouseClick(bar.add, LEFT)
    qtbot.mouseClick(bar.issue, LEFT)
    assert "先在下面的表里选中" in bar.words.text()
    grants = [view.list.model.record(row)["id"] for row in range(2)]

    def confirm(session):
        for grant in grants:
            write_facts(session, grant, OPENING["nm-2026-fund"], date.today(), "王敏")

    view.operations.run("试", confirm)
    view.list.table.selectAll()
    bar.number.set_value("内工发〔2026〕31号")
    qtbot.mouseClick(bar.issue, LEFT)
    assert "已下达 100,000.00 元" in bar.words.text(), view.strip.text()


def test_a_county_issues_no_quotas(qtbot, desk):
    with shown(qtbot, AllocationView(desk)) as county:
        assert not county.list.plan.isVisible()


def test_an_alliance_is_planned_beside_its_lead_workroom(qtbot, view):
    """The alliance's money stands beside its lead workroom's own (第四条)."""
    bar = view.list.plan
    assert bar.workroom.isVisible()
    assert not bar.alliance.isVisible()
    bar.workroom.set_value(rooms(view)["乙创新工作室"])
    qtbot.mouseClick(bar.add, LEFT)
    bar.track.set_value("联盟")
    bar.track.edited.emit("联盟")
    assert bar.alliance.isVisible()
    assert not bar.workroom.isVisible()
    bar.alliance.control.setText("装备")
    bar.alliance.choose_first()
    qtbot.mouseClick(bar.add, LEFT)
    assert "联盟 1 个" in bar.words.text(), view.strip.text()
    assert "共 150,000.00 元" in bar.words.text()
    names = {view.list.model.record(row)["workroom_name"] for row in range(view.list.model.rowCount())}
    assert names == {"乙创新工作室", "装备联盟"}
    assert not bar.alliance.value()
    bar.alliance.set_value(next(iter(view.operations.read(lambda s: records.list_records(s, "alliances"))))["id"])
    qtbot.mouseClick(bar.add, LEFT)
    assert "“装备联盟”已在" in view.strip.text()
    view.operations.undo()
    assert "联盟 0 个" in bar.words.text()
