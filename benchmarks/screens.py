"""The Streamlit side: how long console and screen take to run again, and what everything weighs in memory."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

from benchmarks.outcome import Outcome, ms, percentile, spread
from benchmarks.room import Meeting, handing_in, meeting
from benchmarks.server import Server, fresh_server
from benchmarks.streamlit_client import Page, Run, open_page
from benchmarks.wire import connect, volley

ANSWERS = 200
PEOPLE = 300
PAGES = ("scherm", "begeleiden", "bijeenkomsten", "casussen", "themas")


async def _hand_in(room: Meeting, number: int) -> None:
    connections = await connect(room.server.port, number)
    fired = await volley(connections, [handing_in(room.cookies[n], *room.answer(n)) for n in range(number)])
    assert not fired.failures, fired.failures[:3]
    for connection in connections:
        connection.close()


async def reruns(quick: bool, method: str) -> list[Outcome]:
    """Console and screen with 200 answers: a whole run, and the fragment that a new answer wakes."""
    times = 10 if quick else 40
    found = []
    with fresh_server() as server:
        # The projector is heaviest when all the words are let through, the console when all of them wait for it.
        words = False
        for name, label in (("scherm", "screen"), ("begeleiden", "console")):
            room = await meeting(server, method, ANSWERS, asked=True, moderated=words)
            words = room.words
            await _hand_in(room, ANSWERS)
            async with open_page(server.port, name, f"code={room.code}", key=room.key) as page:
                whole, woken = await _rerun(page, times)
            drawn = words and (name == "begeleiden" or room.cards)
            found.append(_rerun_outcome(label, whole, woken, "zegt nummer" if drawn else ""))
    return found


async def _rerun(page: Page, times: int) -> tuple[list[Run], list[Run]]:
    whole = [await page.run() for _ in range(max(3, times // 4))]
    [(fragment, _)] = whole[-1].fragments.most_common(1)  # the console has a small one beside it
    woken = []
    for _ in range(times):
        woken.append(await page.run(fragment))
        await asyncio.sleep(0.02)
    return whole, woken


def _rerun_outcome(label: str, whole: list[Run], woken: list[Run], words: str) -> Outcome:
    seconds, wholes = [run.seconds for run in woken], [run.seconds for run in whole[1:]]
    faults = [fault for run in [*whole, *woken] for fault in run.faults]
    drawn = all(words in run.text and str(ANSWERS) in run.text for run in woken)
    faults += [] if drawn else ["the answers are not drawn"]
    p95 = percentile(seconds, 0.95)
    return Outcome(
        f"{label}, rerun with {ANSWERS} answers",
        "≤ 100 ms on the server",
        f"fragment p95 {ms(p95):.0f} ms, whole page p95 {ms(percentile(wholes, 0.95)):.0f} ms; {len(faults)} faults",
        p95 <= 0.1 and percentile(wholes, 0.95) <= 0.1 and not faults,
        {"fragment": spread(seconds), "whole": spread(wholes), "first_ms": ms(whole[0].seconds),
         "fragment_bytes": woken[-1].bytes, "faults": faults[:5]},
    )  # fmt: skip


async def memory(quick: bool, method: str) -> Outcome:
    """Resident memory with 300 at the light door, 200 answers and five Streamlit pages open."""
    with fresh_server() as server:
        empty = server.memory_mb()
        room = await meeting(server, method, PEOPLE, asked=True)
        streams = await room.streams(lambda *_: None, PEOPLE)
        if room.prompts:
            await _hand_in(room, ANSWERS)
        at_door = server.memory_mb()
        opened, faults = await _with_pages(server, room, 3 if quick else 20)
        for stream in streams:
            stream.close()
    return Outcome(
        "RSS, 300 at the light door and 5 Streamlit pages open",
        "≤ 300 MB",
        f"{opened:.0f} MB (just started {empty:.0f}, with the 300 {at_door:.0f})",
        opened <= 300 and not faults,
        {"mb": round(opened, 1), "started_mb": round(empty, 1), "with_300_mb": round(at_door, 1), "faults": faults},
    )


async def _with_pages(server: Server, room: Meeting, times: int) -> tuple[float, list[str]]:
    """Opens the pages as an organiser, reruns each so many times: MB, and what went wrong."""
    key, faults = organiser_key(server), list[str]()
    async with AsyncExitStack() as stack:
        for name in PAGES:
            page = await stack.enter_async_context(open_page(server.port, name, f"code={room.code}", key=key))
            for _ in range(times):
                run = await page.run()
                faults += [f"{name}: {fault}" for fault in run.faults]
        await asyncio.sleep(2)
        return server.memory_mb(), faults


def organiser_key(server: Server) -> str:
    """The key that the server printed at its first start."""
    words = (server.data / "server.log").read_text().split()
    return next(word.split("#")[-1] for word in words if word.split("#")[-1].startswith("o."))
