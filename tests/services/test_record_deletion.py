"""Deleting under every reference of the schema: what depends goes along or forbids it, nothing is left pointing."""

import pytest
from sqlalchemy import text

from desktop.errors import DesktopError, NotAllowed, NotFound
from desktop.models.fields import nouns
from desktop.models.tables import NOUNS
from desktop.services import records
from desktop.services.record.deletion import (
    OWNED,
    OWNED_DRAFTS,
    OWNED_LOOSELY,
    delete_record,
    references,
)
from tests.models.rows import least_row

REFERENCES = [pair for pair in references() if pair[0] != pair[2]]
KEPT = [
    (child, field, target)
    for child, field, target in REFERENCES
    if (child, field) not in OWNED and target != "documents"
]
DRAFTS = {("applications", "workroom_id"), ("applications", "alliance_id"), ("allocations", "grant_id")}


def count_records(session, noun):
    return session.execute(text(f"SELECT count(*) FROM {noun}")).scalar()


@pytest.fixture
def raw(session):
    """Rows as they may have come from elsewhere: written past the checks of entry."""
    session.execute(text("PRAGMA defer_foreign_keys=ON"))

    def write(noun, record_id, **given):
        row = least_row(noun, record_id, **given)
        for field in nouns()[noun].fields:
            if field.name not in row and field.default is not None:
                row[field.name] = field.default
        columns, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
        session.execute(text(f"INSERT INTO {noun} ({columns}) VALUES ({marks})"), row)
        return record_id

    return write


def is_there(session, noun, record_id):
    return session.execute(text(f"SELECT count(*) FROM {noun} WHERE id = :id"), {"id": record_id}).scalar() == 1


@pytest.mark.parametrize(("child", "field", "target"), REFERENCES, ids=lambda word: word)
def test_what_refers_to_a_record_goes_with_it_or_keeps_it(session, raw, child, field, target):
    raw(target, "parent")
    draft = {"state": "草稿"} if (child, field) in DRAFTS else {}
    raw(child, "child", **{field: "parent", **draft})
    owned = (child, field) in (*OWNED, *OWNED_DRAFTS)
    if target == "documents" or not owned:
        with pytest.raises(NotAllowed):
            delete_record(session, target, "parent")
        assert is_there(session, target, "parent")
        assert is_there(session, child, "child")
    else:
        removed = delete_record(session, target, "parent")
        assert set(removed) >= {target, child}
        assert not is_there(session, target, "parent")
        assert not is_there(session, child, "child")


@pytest.mark.parametrize(("child", "field", "target"), KEPT, ids=lambda word: word)
def test_a_refusal_names_what_depends_and_changes_nothing(session, raw, child, field, target):
    raw(target, "parent")
    raw(child, "child", **{field: "parent"}, **({"state": "已提交"} if (child, field) in DRAFTS else {}))
    before = {noun: count_records(session, noun) for noun in NOUNS}
    with pytest.raises(NotAllowed) as told:
        delete_record(session, target, "parent")
    assert f"1条{records.title_of(child)}" in told.value.message
    assert "请先处理" in told.value.message
    assert {noun: count_records(session, noun) for noun in NOUNS} == before


@pytest.mark.parametrize("child", sorted({noun for noun, _ in OWNED_LOOSELY}))
def test_what_was_said_of_a_record_goes_with_it(session, raw, child):
    field = dict(OWNED_LOOSELY)[child]
    raw("workrooms", "gone")
    raw("workrooms", "stays")
    for owner in ("gone", "stays"):
        raw(child, f"of-{owner}", **{field: owner})
    removed = delete_record(session, "workrooms", "gone")
    assert [row["id"] for row in removed[child]] == ["of-gone"]
    assert is_there(session, child, "of-stays")


def test_what_belongs_to_what_belongs_goes_along(session, raw):
    raw("workrooms", "w")
    raw("outcomes", "o", workroom_id="w")
    raw("publications", "p", workroom_id="elsewhere", outcome_id="o")
    raw("attachments", "a", owner_id="p")
    raw("applications", "x", workroom_id="w", state="草稿")
    raw("attestations", "f", subject_id="x")
    removed = delete_record(session, "workrooms", "w")
    assert {noun: [row["id"] for row in rows] for noun, rows in removed.items()} == {
        "workrooms": ["w"],
        "outcomes": ["o"],
        "publications": ["p"],
        "attachments": ["a"],
        "applications": ["x"],
        "attestations": ["f"],
    }


def test_one_that_depends_far_below_keeps_the_whole(session, raw):
    raw("grants", "g")
    raw("allocations", "a", grant_id="g", state="草稿")
    raw("allocation_lines", "l", allocation_id="a")
    raw("workrooms", "w")
    raw("outcomes", "o", workroom_id="w")
    raw("allocation_lines", "m", allocation_id="a", outcome_id="o")
    with pytest.raises(NotAllowed, match="奖励的成果"):
        delete_record(session, "workrooms", "w")
    assert is_there(session, "outcomes", "o")
    removed = delete_record(session, "grants", "g")
    assert sorted(row["id"] for row in removed["allocation_lines"]) == ["l", "m"]
    assert set(delete_record(session, "workrooms", "w")) == {"workrooms", "outcomes"}


def test_an_issued_paper_keeps_its_subject(session, raw):
    raw("workrooms", "w")
    raw("documents", "d", subject_noun="workrooms", subject_id="w")
    with pytest.raises(NotAllowed, match="1条公文"):
        delete_record(session, "workrooms", "w")


@pytest.mark.parametrize("noun", sorted(set(NOUNS) - {"documents", "seal_uses"}))
def test_a_record_alone_can_be_deleted_and_counted(session, raw, noun):
    raw(noun, "x")
    raw(noun, "y")
    assert count_records(session, noun) == 2
    removed = delete_record(session, noun, "x")
    assert [row["id"] for row in removed[noun]] == ["x"]
    assert count_records(session, noun) == 1
    with pytest.raises(NotFound, match="可能已被删除"):
        delete_record(session, noun, "x")


def test_an_unknown_noun_is_refused_in_words(session):
    with pytest.raises(DesktopError):
        delete_record(session, "inventions", "x")
