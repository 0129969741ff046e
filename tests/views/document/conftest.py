"""The paper view over a sample county."""

import pytest

from desktop.services import application
from desktop.views.document.document_view import DocumentView
from tests.views.showing import shown


@pytest.fixture
def papers(desk, qtbot):
    def settle(view):
        # What is still being set would come back to a view that is gone.
        view.preview.clear()
        qtbot.waitUntil(lambda: not (view.preview.is_busy() or view.operations.is_busy()), timeout=20_000)
        view.page_desk.clear()

    with shown(qtbot, DocumentView(desk), settle) as view:
        yield view


@pytest.fixture
def application_ids(papers):
    return [row["id"] for row in papers.operations.read(application.drafts)]
