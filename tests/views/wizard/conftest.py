"""The wizard over a sample county."""

from datetime import date

import pytest

from desktop.services import application
from desktop.views.wizard.wizard_view import WizardView
from tests.views.showing import shown

LACKING = "venue_area_suitable"


@pytest.fixture
def wizard(desk, qtbot):
    with shown(qtbot, WizardView(desk)) as view:
        yield view


@pytest.fixture
def draft_id(wizard):
    """A draft that is in order but for one answer not yet given (场所面积适当)."""
    read = wizard.operations.read
    for row in read(application.drafts):
        found = read(lambda session, row=row: application.verdict(session, row["id"]))
        if (row["state"], row["regulation"], found.counts["fail"]) == ("草稿", "nm-2026-build", 0):
            missing = {fact for finding in found.findings for fact in finding.missing} - {LACKING}
            wizard.operations.run(
                "答齐", lambda session, row=row, missing=missing: _answer(session, row["id"], missing)
            )
            return row["id"]
    raise AssertionError("the sample holds no such draft")


def _answer(session, draft_id, missing):
    for fact in sorted(missing):
        application.set_fact(session, draft_id, fact, True, "王敏", date(2026, 9, 1))
    application.set_fact(session, draft_id, LACKING, None, "王敏", date(2026, 9, 1))
