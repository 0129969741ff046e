"""New revisions: written from a change of the models, they lose nothing of a filled file; released ones stand."""

from decimal import Decimal
from hashlib import sha256
from runpy import run_path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, create_engine, text

from desktop.models import database, schema
from desktop.models.base import CanonicalJson, Hundredths
from desktop.models.migrations import generate
from desktop.models.tables import Base
from desktop.models.unit import Unit
from desktop.models.workroom import Workroom

RELEASED = {"initial": "4ef20e2049498cb17443a2c2c4bd017aab1246ba916fde2a13e1232cf4411d61"}
"""The revisions of each release, by the digest of their text: offices hold files made by them."""


@pytest.fixture
def filled(tmp_path):
    """An open connection to a database of the last revision with a unit and its workroom."""
    made = database.create_database(tmp_path / "desk.db")
    with made.writing() as session:
        unit = Unit(name="察右前旗供电公司")
        session.add(unit)
        session.flush()
        session.add(Workroom(name="𬬭工创新工作室", unit_id=unit.id))
        session.flush()
        yield session.connection()
    made.close()


def later_models():
    """The models with a column, a table and an index more."""
    metadata = generate.copied(Base.metadata)
    for column in (
        Column("motto", String, default="", nullable=False),
        Column("is_open", Boolean, default=True, nullable=False),
        Column("rooms", Integer, default=3, nullable=False),
        Column("height_m", Hundredths, default=Decimal("2.5"), nullable=False),
        Column("colours", CanonicalJson, default=list, nullable=False),
        Column("seen_on", Date),
    ):
        metadata.tables["workrooms"].append_column(column)
    Table("mottos", metadata, Column("id", String, primary_key=True), Column("words", String), Index("ix_w", "words"))
    return metadata


def carry_out(revision, connection):
    """Do what a revision's file says as the upgrade would."""
    with Operations.context(MigrationContext.configure(connection)):
        run_path(str(revision))["upgrade"]()


def test_the_models_are_what_the_revisions_lead_to():
    with create_engine("sqlite://").begin() as connection:
        generate.revised(connection)
        assert generate.difference(connection, Base.metadata).as_diffs() == []


@pytest.mark.parametrize("name", RELEASED)
def test_a_released_revision_is_never_touched_again(name):
    source = (generate.VERSIONS / f"{name}.py").read_text(encoding="utf-8")
    assert sha256(source.encode()).hexdigest() == RELEASED[name]


def test_a_change_becomes_a_revision_that_keeps_every_row(filled, tmp_path):
    changes = generate.difference(filled, later_models())
    source = generate.source("mottos", "Mottos of workrooms.", changes)
    assert f'down_revision = "{schema.head_revision()}"' in source
    assert "desktop" not in source
    (tmp_path / "mottos.py").write_text(source, encoding="utf-8")
    carry_out(tmp_path / "mottos.py", filled)
    columns = "name, motto, is_open, rooms, height_m, colours, seen_on"
    (row,) = filled.execute(text(f"SELECT {columns} FROM workrooms")).all()
    assert row == ("𬬭工创新工作室", "", 1, 3, 250, "[]", None), "what a row holds in a field that nobody wrote"
    assert filled.execute(text("SELECT count(*) FROM mottos")).scalar() == 0
    assert generate.difference(filled, later_models()).is_empty()


def test_a_column_that_filled_files_could_not_take_is_refused_by_its_name(filled):
    metadata = generate.copied(Base.metadata)
    metadata.tables["units"].append_column(Column("motto", String, nullable=False))
    with pytest.raises(ValueError, match=r"units\.motto.*default"):
        generate.source("mottos", "Mottos of units.", generate.difference(filled, metadata))


def test_a_revision_imports_only_what_it_needs(filled):
    metadata = generate.copied(Base.metadata)
    Index("ix_units_motto", metadata.tables["units"].c.union_name)
    changes = generate.difference(filled, metadata)
    assert "sqlalchemy" not in generate.source("later", "An index.", changes)
    changes = generate.difference(filled, later_models())
    assert "import sqlalchemy as sa" in generate.source("mottos", "Columns.", changes)


def test_writing_a_revision_leaves_the_models_as_they_are(filled):
    defaults = {column: column.server_default for table in Base.metadata.sorted_tables for column in table.columns}
    generate.source("later", "Later.", generate.difference(filled, later_models()))
    assert defaults == {
        column: column.server_default for table in Base.metadata.sorted_tables for column in table.columns
    }


def test_nothing_is_written_when_nothing_changed_or_the_name_is_bad(monkeypatch, tmp_path):
    monkeypatch.setattr(generate, "VERSIONS", tmp_path)
    assert generate.write("same", "Nothing.") is None
    assert list(tmp_path.iterdir()) == []
    for name in ("Bad name", "../up", ""):
        with pytest.raises(ValueError, match="snake_case"):
            generate.write(name, "Nothing.")
