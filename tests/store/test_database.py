"""The file: on disk when it says so, copied before it changes shape, never half-way."""

from __future__ import annotations

import sqlite3
import stat
import textwrap
import threading
from pathlib import Path
from shutil import copytree

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from laveren.store import database, tables
from laveren.store.database import copy_database, open_database

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table("later", sa.Column("id", sa.Integer(), primary_key=True))
"""


@pytest.fixture
def migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of migrations, in a copy that a test may add to."""
    copy = tmp_path / "migrations"
    copytree(database.MIGRATIONS, copy)
    monkeypatch.setattr(database, "MIGRATIONS", copy)
    return copy / "versions"


def table_names(file: Path) -> set[str]:
    with sqlite3.connect(file) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def with_one_workshop(file: Path) -> None:
    engine = open_database(file)
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(text(
            "INSERT INTO workshop (code, salt, title, held_on, place, organisation, region, groups, moderated, demo, "
            "state, round, step, version, board, created_at) "
            "VALUES ('K7M4PX', 's', 'Bewaard', '2026-03-01', '', '', '', 4, 1, 0, 'voorbereid', 0, 0, 1, 1, 0)"
        ))  # fmt: skip
    engine.dispose()


def titles(file: Path) -> list[str]:
    with sqlite3.connect(file) as connection:
        return [title for (title,) in connection.execute("SELECT title FROM workshop")]


def test_the_migrations_make_exactly_the_tables_that_the_code_knows(tmp_path: Path) -> None:
    with open_database(tmp_path / "new.db").connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []


def test_a_commit_is_on_disk_when_it_returns(tmp_path: Path) -> None:
    with open_database(tmp_path / "new.db").connect() as connection:
        pragmas = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in (
            "journal_mode", "synchronous", "foreign_keys", "busy_timeout",
        )}  # fmt: skip
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": database.BUSY_MS}


def test_the_folder_and_the_file_are_made_at_first_start(tmp_path: Path) -> None:
    file = tmp_path / "een map" / "laveren.db"
    open_database(file).dispose()
    assert "answer" in table_names(file)


def test_opening_again_changes_and_copies_nothing(tmp_path: Path) -> None:
    file = tmp_path / "laveren.db"
    with_one_workshop(file)
    open_database(file).dispose()
    assert titles(file) == ["Bewaard"]
    assert list(tmp_path.glob("laveren-*.db")) == []


def test_two_programs_can_make_the_database_at_the_same_moment(tmp_path: Path) -> None:
    faults: list[Exception] = []
    start = threading.Barrier(4)

    def opening() -> None:
        start.wait()
        try:
            open_database(tmp_path / "laveren.db").dispose()
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=opening) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert faults == []
    assert "answer" in table_names(tmp_path / "laveren.db")


def test_the_database_is_copied_before_it_is_migrated(tmp_path: Path, migrations: Path) -> None:
    file = tmp_path / "laveren.db"
    with_one_workshop(file)
    (migrations / "0004_later.py").write_text(textwrap.dedent(NEXT))
    open_database(file).dispose()
    assert "later" in table_names(file)
    copy = tmp_path / "laveren-0003.db"
    assert "later" not in table_names(copy)
    assert titles(file) == titles(copy) == ["Bewaard"]


def test_a_migration_that_fails_half_way_leaves_the_database_as_it_was(tmp_path: Path, migrations: Path) -> None:
    file = tmp_path / "laveren.db"
    with_one_workshop(file)
    (migrations / "0004_later.py").write_text(textwrap.dedent(NEXT) + '    raise RuntimeError("half-way")\n')
    with pytest.raises(RuntimeError, match="half-way"):
        open_database(file)
    assert "later" not in table_names(file)
    assert titles(file) == ["Bewaard"]
    (migrations / "0004_later.py").unlink()
    open_database(file).dispose()


def test_the_case_of_a_round_that_was_there_comes_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "laveren.db"
    with monkeypatch.context() as patch:
        first = tmp_path / "first"
        copytree(database.MIGRATIONS, first)
        for later in (first / "versions").glob("000[2-9]*.py"):
            later.unlink()
        patch.setattr(database, "MIGRATIONS", first)
        with_one_workshop(file)
    with sqlite3.connect(file) as old:
        old.execute("""INSERT INTO round (workshop, position, case_id, "case", method_id, method) VALUES
            (1, 1, 'bus', '{"id": "bus"}', 'a', '{}'), (1, 2, NULL, NULL, 'a', '{}')""")
    open_database(file).dispose()
    with sqlite3.connect(file) as new:
        assert new.execute("SELECT position, cases, seats, twists FROM round").fetchall() == [
            (1, '[{"id": "bus"}]', 0, "[]"), (2, "[]", 0, "[]"),
        ]  # fmt: skip


def test_a_copy_is_whole_while_the_file_is_being_written(tmp_path: Path) -> None:
    file = tmp_path / "laveren.db"
    with_one_workshop(file)
    with sqlite3.connect(file) as writing:
        writing.execute("BEGIN IMMEDIATE")
        writing.execute("UPDATE workshop SET title = 'Half'")
        copy_database(file, tmp_path / "copy.db")
        writing.rollback()
    assert titles(tmp_path / "copy.db") == ["Bewaard"]


def test_a_name_with_a_percent_sign_or_a_space_is_no_problem(tmp_path: Path) -> None:
    open_database(tmp_path / "100% van ons.db").dispose()
    assert stat.S_ISREG((tmp_path / "100% van ons.db").stat().st_mode)
