"""Thema's over very many workshops: the first view, each section, each filter, what it weighs; beside an empty page."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from benchmarks.large import fill
from benchmarks.outcome import Outcome, ms, percentile, spread
from benchmarks.screens import organiser_key
from benchmarks.server import ROOT, Server
from benchmarks.streamlit_client import Run, open_page
from laveren.content.library import read_library
from laveren.texts import reader

SIZES = ((1000, 0.5, 0.3), (10_000, 1.5, 1.0))  # workshops, the first view and a filter in seconds
SECTIONS = ("where", "recurs", "who", "time", "cases", "helped")  # the one with the most charts first
FILTERS = (("region", "Oost"), ("organisation", "Gemeente 7"), ("domain", "Schulden"), ("role", "beleid"))
RSS = 400.0
COLD = 120.0  # seconds within which everything is read after a start


async def dashboard(quick: bool, _method: str) -> list[Outcome]:
    """The page with all its sections, for both sizes; the smaller only when it has to be quick."""
    return [await _measure(*size, 2 if quick else 5) for size in SIZES[: 1 if quick else 2]]


async def _measure(workshops: int, view: float, narrow: float, times: int) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="laveren-large-") as place:
        answers = fill(Path(place) / "laveren.db", read_library(ROOT), workshops)
        server = Server(Path(place))
        try:
            server.start()
            return await _looked_at(server, workshops, answers, view, narrow, times)
        finally:
            server.stop()


async def _looked_at(server: Server, workshops: int, answers: int, view: float, narrow: float, times: int) -> Outcome:
    empty, key, faults = server.memory_mb(), organiser_key(server), list[str]()
    async with open_page(server.port, "uitleg", key=key) as page:
        bare = [(await page.run()).seconds for _ in range(times)]
    async with open_page(server.port, "themas", key=key) as page:
        cold = await page.run(patience=COLD)
        views, wholes, filters, narrowed = list[float](), list[float](), list[float](), list[float]()
        for turn in range(times):
            _change(server, turn + 1)  # what was counted before is of no use any more
            drawn = [await page.run(chosen=_section(cold, name)) for name in SECTIONS]
            views.append(drawn[0].seconds)
            wholes.append(sum(run.seconds for run in drawn))
            faults += [fault for run in drawn for fault in run.faults]
        for name, value in FILTERS:
            drawn = [
                await page.run(typed=(_id(cold, f"filter_{name}"), value), chosen=_section(cold, section))
                for section in SECTIONS
            ]
            filters.append(drawn[0].seconds)
            narrowed.append(sum(run.seconds for run in drawn))
            faults += [fault for run in drawn for fault in run.faults]
        weight = server.memory_mb()
    faults += cold.faults + ([] if "bijeenkomsten" in cold.text else ["nothing was counted"])
    whole, filtered = percentile(wholes, 0.95), percentile(filters, 0.95)
    return Outcome(
        f"Thema's with all its charts, {answers:,} answers in {workshops:,} workshops",
        f"first view ≤ {ms(view):.0f} ms, a filter ≤ {ms(narrow):.0f} ms, RSS ≤ {RSS:.0f} MB",
        f"all six sections p95 {ms(whole):.0f} ms (of which the counting and the five charts of the fullest"
        f" {ms(percentile(views, 0.95)):.0f}), a filter p95 {ms(filtered):.0f} ms (drawing all six again"
        f" {ms(percentile(narrowed, 0.95)):.0f}), RSS {weight:.0f} MB ({empty:.0f} before); read after a start in"
        f" {cold.seconds:.1f} s; a page with text only {ms(percentile(bare, 0.5)):.0f} ms; {len(faults)} faults",
        whole <= view and filtered <= narrow and weight <= RSS and not faults,
        {"cold_s": cold.seconds, "view": spread(views), "whole": spread(wholes), "filter": spread(filters),
         "filter_all": spread(narrowed),
         "bare": spread(bare), "mb": weight, "mb_before": empty, "faults": faults[:5]},
    )  # fmt: skip


def _change(server: Server, workshop: int) -> None:
    """Says that something about a workshop changed, as another process would."""
    with closing(sqlite3.connect(server.data / "laveren.db", timeout=30)) as base, base:
        base.execute("UPDATE workshop SET coded = coded + 1 WHERE id = ?", (workshop,))


def _id(run: Run, key: str) -> str:
    found = re.search(rf'id: "(\$\$ID-[^"]*-{key})"', run.text)
    assert found, f"no {key} on the page"
    return found[1]


def _section(run: Run, name: str) -> tuple[str, str]:
    return _id(run, "section"), reader("nl")(f"themes.sections.{name}")
