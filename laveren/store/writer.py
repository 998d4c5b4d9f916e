"""The one writer: a thread that gathers what is waiting into one transaction, and answers after the commit.

Three hundred people hand in at the same instant; a commit that is really on disk takes milliseconds. So the
writer takes all that waits, writes it in one transaction, and only then tells each sender that it is safe.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Engine, update

from laveren.store import tables

BATCH = 1000  # at most so many in one transaction
T = TypeVar("T")
R = TypeVar("R")
log = logging.getLogger(__name__)


class Change(NamedTuple):
    """What a commit changed: `topic` is "step" (the room moved on), "board" (something came in) or "table"."""

    workshop: int
    topic: str
    table: int | None = None


@dataclass
class Transaction:
    """The connection a job writes on, and what it says it changed."""

    connection: Connection
    changes: set[Change] = field(default_factory=set)

    def touch(self, workshop: int, topic: str = "board", table: int | None = None) -> None:
        """Says that `topic` of this workshop changed: watchers hear of it after the commit."""
        if topic == "step":
            self._count(workshop, "version")
        self.changes.add(Change(workshop, topic, table))

    def count_boards(self) -> None:
        """Counts, once for each workshop, that something that is seen has changed."""
        for workshop in {change.workshop for change in self.changes}:
            self._count(workshop, "board")

    def _count(self, workshop: int, counter: str) -> None:
        w = tables.workshop.c
        self.connection.execute(update(tables.workshop).where(w.id == workshop).values({counter: w[counter] + 1}))


# A job gets all that waits for it at once and gives one result, or one exception, for each.
Job = Callable[[Transaction, Sequence[Any]], Sequence[Any]]
Listener = Callable[[Iterable[Change]], None]


class _Waiting(NamedTuple):
    job: Job
    item: Any
    future: Future[Any]


def each(one: Callable[[Transaction, T], R]) -> Callable[[Transaction, Sequence[T]], list[R | Exception]]:
    """Makes a job of a function for one item: what fails is rolled back alone."""

    def job(tx: Transaction, items: Sequence[T]) -> list[R | Exception]:
        results: list[R | Exception] = []
        for item in items:
            inner = Transaction(tx.connection)
            try:
                with tx.connection.begin_nested():
                    results.append(one(inner, item))
                tx.changes |= inner.changes
            except Exception as fault:
                results.append(fault)
        return results

    return job


class Writer:
    """Takes jobs from any thread; `listeners` hear after each commit, on the writer's thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(writes=True)
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self.listeners: list[Listener] = []
        self._thread.start()

    def submit(self, job: Job, item: Any) -> Future[Any]:
        """Hands in `item` for `job`; the future is done once it is on disk, or carries why it is not."""
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()  # what was handed in is written, also when the sender has gone
        self._queue.put(_Waiting(job, item, future))
        return future

    def write(self, job: Job, item: Any) -> Any:
        """The same, waiting for the result."""
        return self.submit(job, item).result()

    def stop(self) -> None:
        """Writes what still waits, then ends."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        going = True
        while going:
            batch: list[_Waiting] = []
            waiting = self._queue.get()
            while True:
                if waiting is None:
                    going = False
                    break
                batch.append(waiting)
                if len(batch) == BATCH:
                    break
                try:
                    waiting = self._queue.get_nowait()
                except queue.Empty:
                    break
            if batch:
                self._commit(batch)

    def _commit(self, batch: list[_Waiting]) -> None:
        done: list[tuple[Future[Any], Any]] = []
        try:
            with self._engine.begin() as connection:
                tx = Transaction(connection)
                for job, group in groupby(batch, key=lambda waiting: waiting.job):
                    members = list(group)
                    results = job(tx, [member.item for member in members])
                    done += zip((member.future for member in members), results, strict=True)
                tx.count_boards()
        except Exception as fault:
            if len(batch) > 1:  # one job that breaks must not take the others with it
                for waiting in batch:
                    self._commit([waiting])
                return
            log.exception("a write failed and was rolled back")
            batch[0].future.set_exception(fault)
            return
        for future, result in done:
            if isinstance(result, Exception):
                future.set_exception(result)
            else:
                future.set_result(result)
        for listener in self.listeners if tx.changes else []:
            try:
                listener(tx.changes)
            except Exception:
                log.exception("a listener failed; what was written stays")
