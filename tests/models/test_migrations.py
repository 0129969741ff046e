"""The schema: made whole or by the revisions, it is the same; foreign and newer files are refused."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from desktop.errors import StorageFault
from desktop.models import capture, database, schema, search
from desktop.models.migrations import running

# Neither the places of columns nor their defaults: a filled file takes new columns last, with a value for its rows.
PRAGMAS = {
    "table_xinfo": 'name, type, "notnull", pk, hidden',
    "foreign_key_list": '"table", "from", "to", on_update, on_delete',
}


def described(path):
    """Everything of a schema but the spelling of its statements."""
    with closing(sqlite3.connect(path)) as raw:
        objects = raw.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
        tables = sorted(name for kind, name, _ in objects if kind == "table")
        found = {
            (table, pragma): sorted(map(repr, raw.execute(f"SELECT {columns} FROM pragma_{pragma}('{table}')")))
            for table in tables
            for pragma, columns in PRAGMAS.items()
        }
        found["indexes"] = sorted(
            (
                table,
                unique,
                partial,
                repr(raw.execute(f"SELECT name, desc FROM pragma_index_xinfo('{name}')").fetchall()),
            )
            for table in tables
            for _, name, unique, _, partial in raw.execute(f"SELECT * FROM pragma_index_list('{table}')")
        )
        found["rowless"] = sorted(name for kind, name, sql in objects if kind == "table" and "WITHOUT ROWID" in sql)
        found["deferred"] = sorted((name, sql.count("DEFERRED")) for kind, name, sql in objects if kind == "table")
        found["triggers"] = sorted((name, sql) for kind, name, sql in objects if kind == "trigger")
    return found


def test_the_revisions_make_the_same_schema_as_the_models(tmp_path):
    database.create_database(tmp_path / "whole.db").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'revised.db'}")
    with engine.begin() as connection:
        running.upgrade(connection)
        capture.install_triggers(connection)
        search.install_triggers(connection)
    engine.dispose()
    whole, revised = described(tmp_path / "whole.db"), described(tmp_path / "revised.db")
    assert whole.keys() == revised.keys()
    for part in whole:
        assert whole[part] == revised[part], part


def test_the_revisions_read_without_alembic_are_those_that_it_knows(tmp_path):
    with create_engine("sqlite://").connect() as connection:
        scripts = ScriptDirectory.from_config(running.configured(connection))
    assert schema.revisions() == {one.revision: one.down_revision or "" for one in scripts.walk_revisions()}
    assert schema.head_revision() == scripts.get_current_head()


def test_a_later_revision_becomes_the_head(tmp_path, monkeypatch):
    for path in schema.VERSIONS.glob("*.py"):
        shutil.copy(path, tmp_path)
    before = schema.head_revision()
    (tmp_path / "later.py").write_text(f'revision = "later"\ndown_revision = "{before}"\n', "utf-8")
    monkeypatch.setattr(schema, "VERSIONS", tmp_path)
    assert schema.head_revision() == "later"


def test_a_file_that_is_up_to_date_opens_without_alembic(tmp_path):
    database.create_database(tmp_path / "a.db").close()
    code = "import sys; from pathlib import Path; from desktop.models import database; "
    code += "database.open_database(Path(sys.argv[1])).close(); print('alembic' in sys.modules)"
    command = [sys.executable, "-c", code, str(tmp_path / "a.db")]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert told.stdout.strip() == "False"


def test_reinstalling_the_triggers_changes_nothing(tmp_path):
    made = database.create_database(tmp_path / "a.db")
    before = described(tmp_path / "a.db")
    with made.engine.begin() as connection:
        capture.install_triggers(connection)
    made.close()
    assert described(tmp_path / "a.db") == before


def test_an_older_file_is_upgraded_over_a_copy(tmp_path, monkeypatch):
    database.create_database(tmp_path / "a.db").close()
    with closing(sqlite3.connect(tmp_path / "a.db")) as raw:
        raw.execute("UPDATE alembic_version SET version_num = 'before'")
        raw.execute("DROP TRIGGER capture_units_update")
        raw.commit()
    known = schema.revisions()
    monkeypatch.setattr(schema, "revisions", lambda: {**known, "before": "", "initial": "before"})
    monkeypatch.setattr(running, "upgrade", lambda connection: None)
    database.open_database(tmp_path / "a.db").close()
    (kept,) = tmp_path.glob("a-升级前-*.db")
    assert "capture_units_update" not in dict(described(kept)["triggers"])
    assert "capture_units_update" in dict(described(tmp_path / "a.db")["triggers"])


def test_foreign_and_newer_files_are_refused(tmp_path):
    with closing(sqlite3.connect(tmp_path / "foreign.db")) as raw:
        raw.execute("CREATE TABLE t (a)")
    with pytest.raises(StorageFault, match="不是本程序"):
        database.open_database(tmp_path / "foreign.db")
    database.create_database(tmp_path / "newer.db").close()
    with closing(sqlite3.connect(tmp_path / "newer.db")) as raw:
        raw.execute("UPDATE alembic_version SET version_num = 'future'")
        raw.commit()
    with pytest.raises(StorageFault, match="先升级本程序"):
        database.open_database(tmp_path / "newer.db")
    (tmp_path / "junk.db").write_bytes(b"no database" * 100)
    with pytest.raises(StorageFault):
        database.open_database(tmp_path / "junk.db")
