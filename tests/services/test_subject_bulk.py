"""A whole register read table by table tells of each workroom what reading it alone tells."""

from datetime import date

import pytest
from sqlalchemy import event

from desktop.services import identity, records, store
from desktop.services.derived import subject_bulk
from desktop.services.derived.subject_bulk import every_workroom
from desktop.services.facts import sheet_of, workroom_facts
from desktop.services.regulation import regulation
from desktop.services.sample import fill_sample

DAY = date(2026, 9, 1)


@pytest.fixture
def desk(tmp_path):
    made = identity.initialise(tmp_path / "desk.db", "某旗总工会", "县级", "某旗")
    with store.writing(made, "王敏") as session:
        fill_sample(session, 30)
    yield made
    made.close()


@pytest.mark.parametrize("law", ["nm-2026-build", "wx-2021-model", "jy-2022"])
@pytest.mark.parametrize("at_once", [7, 400])
def test_many_at_once_and_one_by_one_agree(desk, law, at_once, monkeypatch):
    monkeypatch.setattr(subject_bulk, "AT_ONCE", at_once)
    with store.reading(desk) as session:
        together = {one.workroom.id: sheet_of(one).facts for one in every_workroom(session, regulation(law), DAY)}
        assert set(together) == {row["id"] for row in records.list_records(session, "workrooms")}
        for workroom_id, facts in together.items():
            assert facts == workroom_facts(session, workroom_id, law, DAY).facts


def test_the_number_of_queries_does_not_grow_with_the_workrooms(desk):
    asked = []
    event.listen(desk.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    with store.reading(desk) as session:
        assert len(list(every_workroom(session, regulation("nm-2026-build"), DAY))) == 30
    assert len(asked) < 40
