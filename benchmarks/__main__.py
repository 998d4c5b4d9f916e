"""Runs the measurements one after the other: `python -m benchmarks [--only NAME …] [--method ID] [--quick]`."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path

import uvloop

from benchmarks.asking import NothingAsked
from benchmarks.crowds import answers, answers_busy, joins
from benchmarks.dashboard import dashboard
from benchmarks.door import door
from benchmarks.killing import kills
from benchmarks.listening import idle, projector, steps
from benchmarks.outcome import Outcome, table
from benchmarks.screens import memory, reruns
from benchmarks.shelves import library, paper
from benchmarks.themes import themes

METHOD = "waar-loop-je-tegenaan"
RESULTS = Path(__file__).parent / "results" / "latest.json"
ROWS: dict[str, Callable[[bool, str], Awaitable[Outcome | list[Outcome]]]] = {
    "joins": joins,
    "answers": answers,
    "busy": answers_busy,
    "projector": projector,
    "steps": steps,
    "idle": idle,
    "reruns": reruns,
    "door": door,
    "memory": memory,
    "library": library,
    "paper": paper,
    "themes": themes,
    "dashboard": dashboard,
    "kills": kills,
}


def main() -> int:
    """Measures, prints the table, writes the JSON; 1 when a promise is not kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", action="append", choices=ROWS, metavar="NAME", help=f"one of: {', '.join(ROWS)}")
    parser.add_argument("--quick", action="store_true", help="fewer rounds: to see whether it runs, not to judge")
    parser.add_argument("--method", default=METHOD, metavar="ID", help=f"which method is played; {METHOD} unless told")
    chosen = parser.parse_args()
    found: list[Outcome] = []
    for name in chosen.only or ROWS:
        began = time.monotonic()
        print(f"{name} …", end="", file=sys.stderr, flush=True)
        try:
            got = uvloop.run(_one(name, chosen.quick, chosen.method))
        except NothingAsked:
            got = [Outcome(name, "", f"{chosen.method} asks nothing of each person on their own", True)]
        except Exception as fault:  # one measurement that breaks must not hide the others
            got = [Outcome(name, "", f"broke: {type(fault).__name__}: {str(fault)[:200]}", False)]
        found += got
        print(f" {time.monotonic() - began:.0f} s", file=sys.stderr)
    RESULTS.parent.mkdir(exist_ok=True)
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "at": time.time()}
    machine |= {"quick": chosen.quick, "method": chosen.method}
    shown = {"machine": machine, "outcomes": [asdict(outcome) for outcome in found]}
    RESULTS.write_text(json.dumps(shown, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(table(found))
    return 0 if all(outcome.ok for outcome in found) else 1


async def _one(name: str, quick: bool, method: str) -> list[Outcome]:
    async with asyncio.timeout(600):
        got = await ROWS[name](quick, method)
    return got if isinstance(got, list) else [got]


if __name__ == "__main__":
    sys.exit(main())
