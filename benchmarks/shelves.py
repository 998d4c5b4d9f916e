"""Two thousand cases and two hundred methods on the shelves: what they cost beside the shipped ones; and paper."""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
import time
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

from benchmarks.outcome import Outcome, ms, percentile, spread
from benchmarks.screens import organiser_key
from benchmarks.server import ROOT, Server, fresh_server
from benchmarks.streamlit_client import Page, open_page
from laveren.content.library import read_library
from laveren.reports.paper import case_cards
from laveren.texts import flat

CASES, METHODS, CARDS = 2000, 200, 20
PROGRAM = ("laveren", "pages", ".streamlit", "data/reference", "casussen", "werkvormen")
SEARCHES = ("nummer 770", "bijstand", "schuld brief", "een de het", "Éen", "m", "komt niet voor")


async def library(quick: bool, _method: str) -> Outcome:
    """Start, memory and searching with large shelves, beside the same program with the shipped ones."""
    starts, cpu, weights = ({"shipped": list[float](), "large": list[float]()} for _ in range(3))
    seconds, faults = list[float](), list[str]()
    with tempfile.TemporaryDirectory(prefix="laveren-shelves-") as place:
        roots = {name: _program(Path(place) / name) for name in starts}
        _fill(roots["large"])
        for _ in range(2 if quick else 5):
            for name, root in roots.items():
                began = time.perf_counter()
                with fresh_server(root) as server:
                    starts[name].append(time.perf_counter() - began)
                    cpu[name].append(server.cpu_seconds())
                    took, wrong = await _searches(server, 2 if quick else 5, found=int(name == "large"))
                    weights[name].append(server.memory_mb())
                faults += wrong
                seconds += took if name == "large" else []
    more, busier, heavier = (_middle(all_["large"]) - _middle(all_["shipped"]) for all_ in (starts, cpu, weights))
    p95 = percentile(seconds, 0.95)
    return Outcome(
        f"{CASES} cases and {METHODS} methods, beside the shipped ones",
        "start ≤ 2 s more, search ≤ 100 ms, RSS ≤ 100 MB more",
        f"start {more:.1f} s more ({busier:.1f} s of a core), search p95 {ms(p95):.0f} ms, RSS {heavier:.0f} MB more "
        f"({_middle(weights['large']):.0f}); {len(faults)} faults",
        more <= 2 and p95 <= 0.1 and heavier <= 100 and not faults,
        {"start_s": starts, "cpu_s": cpu, "mb": weights, "search": spread(seconds), "faults": faults[:5]},
    )


def _middle(values: Sequence[float]) -> float:
    return percentile(values, 0.5)


def _program(root: Path) -> Path:
    """The program and its content, without anything recorded."""
    for folder in PROGRAM:
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy2(ROOT / "app.py", root)
    return root


def _fill(root: Path) -> None:
    """Fills the shelves with what ships, varied: each with a title and an id of its own."""
    for folder, number, title in (("casussen", CASES, r"^titel: "), ("werkvormen", METHODS, r'^  nl: "?')):
        shipped = sorted((root / folder).glob("*.yaml"))
        for n, file in islice(enumerate(cycle(shipped)), len(shipped), number):
            text = re.sub(title, rf"\g<0>Nummer {n} ", file.read_text("utf-8"), count=1, flags=re.MULTILINE)
            (file.parent / f"{file.stem[:50]}-{n}.yaml").write_text(text, "utf-8")


async def _searches(server: Server, times: int, found: int) -> tuple[list[float], list[str]]:
    """An organiser looks for cases: seconds for each run of the page on the server, and what went wrong.

    The first search has `found` cases.
    """
    async with open_page(server.port, "casussen", key=organiser_key(server)) as page:
        first = await page.run()
        field = re.search(r'text_input \{\s+id: "([^"]+)"', first.text)
        if field is None or first.faults:
            return [], [*first.faults, "no field to search in"]
        await asyncio.sleep(0.2)
        return await _type(page, field[1], times, found)


async def _type(page: Page, field: str, times: int, found: int) -> tuple[list[float], list[str]]:
    seconds, faults = list[float](), list[str]()
    for words in SEARCHES * times:
        run = await page.run(typed=(field, words))
        seconds.append(run.seconds)
        faults += run.faults
        seen = len(re.findall(r"Nummer 770\b", run.text))
        faults += [f"seen {seen} times, not {found}"] if words == SEARCHES[0] and seen != found else []
    return seconds, faults


async def paper(quick: bool, _method: str) -> Outcome:
    """A PDF of twenty case cards, the shipped cases over and over."""
    cases = list(islice(cycle(read_library(ROOT).cases.values()), CARDS))
    seconds, pdf = list[float](), b""
    for _ in range(3 if quick else 10):
        began = time.perf_counter()
        pdf = await asyncio.to_thread(case_cards, cases, flat("nl"), "K7M4PX", "https://laveren.example.nl")
        seconds.append(time.perf_counter() - began)
    p95 = percentile(seconds, 0.95)
    return Outcome(
        f"a PDF of {CARDS} case cards",
        "≤ 2 s",
        f"p95 {p95:.2f} s, {len(pdf) / 1000:.0f} kB",
        p95 <= 2 and pdf.startswith(b"%PDF"),
        spread(seconds) | {"bytes": len(pdf)},
    )
