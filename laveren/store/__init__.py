"""What is recorded: tables, migrations, the one writer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine

from laveren.store.database import open_database
from laveren.store.writer import Change, Job, Transaction, Writer, each

__all__ = ["Change", "Job", "Store", "Transaction", "Writer", "each", "open_store"]


@dataclass(frozen=True)
class Store:
    """The database, read from by anyone and written to by the one writer."""

    engine: Engine
    writer: Writer

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one moment of the database."""
        with self.engine.connect() as connection:
            yield connection

    def close(self) -> None:
        """Writes what waits, then lets go of the file."""
        self.writer.stop()
        self.engine.dispose()


def open_store(file: Path) -> Store:
    """The store on this SQLite file, made and migrated where needed."""
    engine = open_database(file)
    return Store(engine, Writer(engine))
