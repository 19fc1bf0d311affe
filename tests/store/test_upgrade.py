"""Migrations: the models are what they make, they undo themselves whole, and a newer store is refused."""

import io
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from competition_app import __version__, paths
from competition_app.domain.errors import Refusal
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.workspace import Workspace, open_workspace
from competition_app.store import backup, database, upgrade
from competition_app.store.models import Table

PLAN = """{"stages": [{"code": "final", "name": "决赛", "modules": [
    {"code": "theory", "name": "理论", "kind": "direct", "full": 100}]}]}"""

NOW = upgrade.HEAD
NEXT = f"{int(NOW) + 1:04}"


def test_the_migrations_make_what_the_models_say(store_path: Path) -> None:
    engine = database.migrating(store_path)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []
    engine.dispose()


def test_the_programs_revision_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(paths.migrations()))
    assert ScriptDirectory.from_config(config).get_current_head() == upgrade.HEAD


def test_the_migrations_can_be_written_for_another_database() -> None:
    out = io.StringIO()
    config = Config(output_buffer=out)
    config.set_main_option("script_location", str(paths.migrations()))
    config.set_main_option("dialect", "postgresql")
    command.upgrade(config, "head", sql=True)
    written = out.getvalue()
    assert "CREATE TRIGGER history_no_update BEFORE UPDATE ON history FOR EACH ROW" in written
    assert "PRAGMA" not in written
    assert "RAISE(ABORT" not in written


def test_a_new_store_is_made_where_none_is(tmp_path: Path, organiser: Actor) -> None:
    path = tmp_path / "新 文件夹" / "库.db"
    with open_workspace(path) as opened:
        opened.do(organiser, competitions.create_competition, "C", "竞赛")
    assert upgrade.revision(path) == upgrade.HEAD
    assert [copy.kind for copy in backup.copies(path)] == [], "an empty store is not copied"


def test_a_missing_store_is_refused_where_none_is_to_be_made(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no store at"):
        open_workspace(tmp_path / "x.db", create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_newer_store_is_refused_with_both_versions(workspace: Workspace, organiser: Actor) -> None:
    workspace.do(organiser, competitions.create_competition, "C", "竞赛")
    workspace.close()
    _run(workspace.path, "UPDATE alembic_version SET version_num = '0999'")
    before = workspace.path.read_bytes()
    with pytest.raises(Refusal) as caught:
        open_workspace(workspace.path)
    for said in (__version__, "0999", upgrade.HEAD):
        assert said in str(caught.value)
    assert workspace.path.read_bytes() == before


@pytest.fixture
def migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of migrations with room for one more."""
    folder = Path(shutil.copytree(paths.migrations(), tmp_path / "migrations"))
    monkeypatch.setattr(paths, "migrations", lambda: folder)
    monkeypatch.setattr(upgrade, "HEAD", NEXT)
    return folder


def _next(folder: Path, body: str) -> None:
    text = f'from alembic import op\nimport sqlalchemy as sa\nrevision = "{NEXT}"\ndown_revision = "{NOW}"\n'
    text += f"def upgrade():\n    {body}\n"
    (folder / "versions" / f"{NEXT}_next.py").write_text(text, encoding="utf-8")


def _run(path: Path, statement: str) -> list[Any]:
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        return raw.execute(statement).fetchall()


@pytest.fixture
def older(store_path: Path, organiser: Actor) -> Path:
    """A closed store of the program's own revision with a competition and an event."""
    with open_workspace(store_path, copies=False) as opened:
        key = opened.do(organiser, competitions.create_competition, "C", "竞赛")
        opened.do(organiser, competitions.create_event, key, code="E", name="赛项", plan=PLAN)
    return store_path


def test_an_older_store_is_copied_and_brought_up(older: Path, migrations: Path) -> None:
    _next(migrations, 'op.add_column("events", sa.Column("colour", sa.String()))')
    open_workspace(older, copies=False).close()
    assert upgrade.revision(older) == NEXT
    (copy,) = backup.copies(older)
    assert copy.kind == "upgrade"
    assert upgrade.revision(copy.path) == NOW


def test_rebuilding_a_parent_table_keeps_its_children(older: Path, migrations: Path) -> None:
    body = (
        'with op.batch_alter_table("competitions", recreate="always") as batch: '
        'batch.alter_column("theme", new_column_name="motto")'
    )
    _next(migrations, body)
    open_workspace(older, copies=False).close()
    assert _run(older, "SELECT count(*) FROM events") == [(1,)]
    assert _run(older, "PRAGMA foreign_key_check") == []


@pytest.mark.parametrize("body", ['op.execute("DELETE FROM competitions")', 'op.drop_table("x")'])
def test_an_upgrade_that_fails_changes_nothing(older: Path, migrations: Path, body: str) -> None:
    _next(migrations, f'op.execute("UPDATE events SET name = 1"); {body}')
    with pytest.raises(Exception, match=r"would point nowhere|no such table"):
        open_workspace(older, copies=False)
    assert upgrade.revision(older) == NOW
    assert _run(older, "SELECT name FROM events") == [("赛项",)]
    assert _run(older, "SELECT count(*) FROM competitions") == [(1,)]


def test_a_store_of_the_first_revision_is_brought_up(store_path: Path) -> None:
    open_workspace(store_path, copies=False).close()
    later = (
        "history_at",
        "history_use_case_actor",
        "mark_versions_judge_person_id_version",
        "sheets_counted_at",
    )
    for index in later:
        _run(store_path, f"DROP INDEX ix_{index}")
    _run(store_path, "DROP TABLE schedule_items")
    _run(store_path, "UPDATE alembic_version SET version_num = '0001'")
    open_workspace(store_path, copies=False).close()
    engine = database.migrating(store_path)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []
    engine.dispose()
