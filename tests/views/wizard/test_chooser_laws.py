"""Which regulations the wizard offers to an office that has chosen none."""

import pytest

from desktop.services import identity, records
from desktop.views.wizard.wizard_view import WizardView
from tests.views.showing import shown

UNDATED = "jy-2022"


def offered(desk, qtbot, **office):
    """Return the regulations in the list, as an office with these particulars finds them."""
    own = desk.operations.read(identity.own_office_id)
    desk.operations.run("改", lambda session: records.put_records(session, "offices", {"id": own, **office}))
    with shown(qtbot, WizardView(desk)) as view:
        control = view.chooser.regulation.control
        return [control.itemData(row) for row in range(control.count())], view.chooser.regulation.value()


@pytest.mark.parametrize(("region", "at"), [("揭阳市", 0), ("榕城区", -1)])
def test_one_without_a_day_of_effect_is_first_in_its_region_and_last_elsewhere(desk, qtbot, region, at):
    found, chosen = offered(desk, qtbot, region=region, name=f"{region}总工会", regulations=[])
    assert found[at] == UNDATED
    assert chosen == found[0]
    assert len(found) == len(set(found)) == 8


def test_an_office_that_chose_is_offered_its_own_alone(desk, qtbot):
    found, _chosen = offered(desk, qtbot, region="揭阳市", regulations=["hn-2024"])
    assert found == ["hn-2024"]
