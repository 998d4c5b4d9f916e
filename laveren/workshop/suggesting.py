"""Suggests themes for what was handed in: some answers at a time, going on where it stopped, also after a restart.

What is still to do is read off the answers themselves: each says by which codebook's words themes were looked for.
The work is done by `laveren suggest` in a process of its own, so that a room that is answering does not notice it, and
the word list it needs is not in the memory of the process that serves.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, select, update

from laveren.analysis.suggesting import Suggester, Suggestion
from laveren.content.codebook import Codebook, fingerprint
from laveren.content.writing import as_file
from laveren.store import Store, Transaction, each, tables

AT_ONCE = 1000  # answers in one transaction
IN_PIPE = 100  # answers sent before their themes are read: neither pipe may ever be full
a, s, w = tables.answer.c, tables.suggestion.c, tables.workshop.c
log = logging.getLogger(__name__)


#: Gives the themes of each of some texts, best first.
Suggest = Callable[[Sequence[str]], Sequence[Sequence[Suggestion]]]


def to_do(connection: Connection, codebook: Codebook) -> int:
    """For how many handed-in answers themes were not looked for yet with the words of this codebook."""
    return connection.scalar(select(func.count()).where(_waits(fingerprint(codebook)))) or 0


def _waits(print_: str) -> ColumnElement[bool]:
    other = a.suggested.is_(None) | (a.suggested < print_) | (a.suggested > print_)  # as the index can find it
    return other & (a.state == "submitted")


def suggest_waiting(
    store: Store, codebook: Codebook, suggest: Suggest, go_on: Callable[[int], bool] = lambda _: True
) -> None:
    """Suggests themes for all that waits, and tells `go_on` after each batch how many those were; False stops it."""
    print_ = fingerprint(codebook)
    while True:
        with store.read() as connection:
            found = select(a.id, a.workshop, a.revision, a.value).where(_waits(print_)).limit(AT_ONCE)
            rows = connection.execute(found).all()
        if not rows:
            return
        texts = [row.value if isinstance(row.value, str) else "" for row in rows]
        themes = suggest(texts)
        store.writer.write(_keep, _Batch(print_, [row[:3] for row in rows], themes))
        if not go_on(len(rows)):
            return


def suggest_here(store: Store, codebook: Codebook) -> None:
    """Suggests themes for all that waits, in this process: for a command line, not for one that serves."""
    suggester = Suggester(codebook)
    suggest_waiting(store, codebook, lambda texts: [suggester.suggest(text) for text in texts])


class _Batch(NamedTuple):
    print_: str
    answers: Sequence[Sequence[Any]]  # id, workshop and revision of each
    themes: Sequence[Sequence[Suggestion]]


def _keep_batch(tx: Transaction, batch: _Batch) -> None:
    """Keeps what was suggested for answers that are still as they were read."""
    ids = [id for id, _, _ in batch.answers]
    now = {row.id: row.revision for row in tx.connection.execute(select(a.id, a.revision).where(a.id.in_(ids)))}
    same = [n for n, (id, _, revision) in enumerate(batch.answers) if now.get(id) == revision]
    tx.connection.execute(delete(tables.suggestion).where(s.answer.in_([batch.answers[n][0] for n in same])))
    rows = [
        {"answer": batch.answers[n][0], "rank": rank, "theme": found.theme, "word": found.word, "score": found.score}
        for n in same
        for rank, found in enumerate(batch.themes[n], start=1)
    ]
    if rows:
        tx.connection.execute(insert(tables.suggestion), rows)
    if same:
        change = update(tables.answer).where(a.id == bindparam("b_id")).values(suggested=batch.print_)
        tx.connection.execute(change, [{"b_id": batch.answers[n][0]} for n in same])
    count_coded(tx, {batch.answers[n][1] for n in same})


_keep = each(_keep_batch)


def count_coded(tx: Transaction, workshops: set[int]) -> None:
    """Says that what is known about answers of these workshops changed. Nobody in a room has to hear of it."""
    tx.connection.execute(update(tables.workshop).where(w.id.in_(workshops)).values(coded=w.coded + 1))


class Suggesting:
    """The work in the background of this process; may be asked from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._print = ""
        self.progress = Progress()

    def start(self, codebook: Codebook) -> None:
        """Begins, or goes on, when there is something to do; nothing while it is busy with this codebook."""
        print_ = fingerprint(codebook)
        if self.busy and print_ != self._print:
            self.stop()
        with self._lock:
            if self.busy:
                return
            self._print = print_
            with self._store.read() as connection:
                total = to_do(connection, codebook)
            if not total:
                self.progress = Progress()
                return
            self._stop.clear()
            self.progress = Progress(total=total)
            self._thread = threading.Thread(target=self._run, args=(codebook,), name="suggesting", daemon=True)
            self._thread.start()

    def wake(self, codebook: Codebook) -> None:
        """The same, unless somebody has stopped it or it broke off: then it waits for them."""
        if not (self.progress.stopped or self.progress.broken):
            self.start(codebook)

    def stop(self) -> None:
        """It stops after what it is doing; returns once nothing more is written."""
        self._stop.set()
        thread = self._thread
        if thread and thread.is_alive():
            thread.join()
            self.progress.stopped = True

    @property
    def busy(self) -> bool:
        """Whether it is at work."""
        return self._thread is not None and self._thread.is_alive()

    def _run(self, codebook: Codebook) -> None:
        def go_on(done: int) -> bool:
            self.progress.done += done
            return not self._stop.is_set()

        try:
            with tempfile.TemporaryDirectory(prefix="laveren-") as place:
                file = Path(place) / "codebook.yaml"
                file.write_bytes(as_file(codebook))
                with _Child(file) as child:
                    suggest_waiting(self._store, codebook, child.suggest, go_on)
        except Exception:
            log.exception("suggesting themes broke off; what was suggested stays")
            self.progress.broken = True


@dataclass
class Progress:
    """How far it is: `done` of `total` answers; stopped by somebody, or broken off by a fault."""

    total: int = 0
    done: int = 0
    stopped: bool = False
    broken: bool = False


class _Child:
    """`laveren suggest` as a process: lines of JSON in, lines of JSON out."""

    def __init__(self, codebook: Path) -> None:
        command = [sys.executable, "-m", "laveren", "suggest", "--codebook", str(codebook)]
        root = Path(__file__).parents[2]
        # A session of its own: who stops the server with Ctrl-C stops this by closing its input, not half-way.
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root, start_new_session=True
        )

    def __enter__(self) -> _Child:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._process.communicate()  # closes its input, and it ends
        self._process.wait()

    def suggest(self, texts: Sequence[str]) -> list[list[Suggestion]]:
        """The themes of each text."""
        found: list[list[Suggestion]] = []
        for first in range(0, len(texts), IN_PIPE):
            found += self._some(texts[first : first + IN_PIPE])
        return found

    def _some(self, texts: Sequence[str]) -> list[list[Suggestion]]:
        into, out = self._process.stdin, self._process.stdout
        assert into is not None
        assert out is not None
        into.write(b"".join(json.dumps({"id": n, "text": text}).encode() + b"\n" for n, text in enumerate(texts)))
        into.flush()
        answers = [json.loads(out.readline()) for _ in texts]
        return [[Suggestion(one["theme"], one["because"], one["score"]) for one in said["themes"]] for said in answers]
