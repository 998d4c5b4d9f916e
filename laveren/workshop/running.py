"""The rehearsals that run in this process: each in a thread of its own, begun and stopped from any other."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass

from laveren.workshop.playing import DOZEN, LOOK, Rehearsal, Stage

log = logging.getLogger(__name__)


@dataclass
class _Run:
    rehearsal: Rehearsal
    stopped: threading.Event
    thread: threading.Thread


class Rehearsals:
    """The rehearsals that run in this process, by code; may be asked from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._runs: dict[str, _Run] = {}

    def play(self, stage: Stage, code: str, people: int = DOZEN, *, pace: float = 1.0) -> None:
        """Lets made-up participants take part, or go on; does nothing while they do."""
        with self._lock:
            before = self._runs.get(code)
            if before and before.thread.is_alive():
                return
            rehearsal = before.rehearsal if before else Rehearsal(stage, code, people, pace=pace)
            stopped = threading.Event()
            thread = threading.Thread(target=_run, args=(rehearsal, stopped), name=f"rehearsal {code}", daemon=True)
            self._runs[code] = _Run(rehearsal, stopped, thread)
            thread.start()

    def stop(self, code: str) -> None:
        """They stop where they are; returns once nothing more is written."""
        with self._lock:
            run = self._runs.get(code)
        if run:
            run.stopped.set()
            run.thread.join()

    def playing(self, code: str) -> bool:
        """Whether made-up participants take part at the moment."""
        run = self._runs.get(code)
        return run is not None and run.thread.is_alive() and not run.stopped.is_set()

    def stop_all(self) -> None:
        """Before the process ends."""
        for code in list(self._runs):
            self.stop(code)


def _run(rehearsal: Rehearsal, stopped: threading.Event) -> None:
    try:
        rehearsal.begin()
        while not stopped.is_set() and (wait := rehearsal.tick()) is not None:
            stopped.wait(min(wait, LOOK))
    except Exception:
        log.exception("a rehearsal broke off")
    finally:
        rehearsal.leave()


rehearsals = Rehearsals()
