"""Opens the database: made at first start, copied before it is migrated, never half-way."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_MS = 15_000  # how long one process waits for another that is writing


def open_database(file: Path) -> Engine:
    """An engine on the SQLite file, with every migration run.

    Commits are on disk when they return (`synchronous=FULL`); a database that must be migrated is copied
    beside itself first.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{file}", pool_size=8, max_overflow=40)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    _migrate(engine, file)
    return engine


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions behind our back
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={BUSY_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # Who is going to write takes its turn at once: a reader that turns writer half-way would be refused.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _migrate(engine: Engine, file: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.connect() as connection:
        now = MigrationContext.configure(connection).get_current_revision()
    if now == ScriptDirectory.from_config(config).get_current_head():
        return
    if now is not None:
        copy_database(file, file.with_name(f"{file.stem}-{now}{file.suffix}"))
    with engine.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def copy_database(file: Path, copy: Path) -> None:
    """A whole, consistent copy of a SQLite file, also while it is being written."""
    source, target = sqlite3.connect(file), sqlite3.connect(copy)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()
