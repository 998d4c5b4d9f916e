"""Everybody in the same instant: 500 who join, 600 who hand in, also while the machine is busy with something else."""

from __future__ import annotations

import asyncio
import gc
import time
from contextlib import nullcontext
from typing import Any

from benchmarks.asking import handed_in, said
from benchmarks.outcome import Outcome, ms, percentile, spread
from benchmarks.room import Meeting, handing_in, meeting
from benchmarks.server import HOST, bare_server, busy_processes, fresh_server
from benchmarks.wire import PATIENCE, Answer, Connection, connect, volley

JOINERS, WRITERS = 500, 600
WRITTEN = {"id": "1.hindernis", "type": "kort", "options": [], "source": True, "status": False, "domains": False}


async def joins(quick: bool, method: str) -> Outcome:
    """500 people join in the same instant, each opening a connection; the worst of the rounds counts."""
    rounds, seconds, failures = 1 if quick else 3, list[list[float]](), list[str]()
    for _ in range(rounds):
        with fresh_server() as server:
            room = await meeting(server, method, 0)
            took, wrong, cookies = await _stampede(room)
            seconds.append(took)
            failures += wrong
            failures += ["two people share a cookie"] * (len(took) - len(cookies))
            listed = server.command("workshop", "list", "--json")
            failures += [] if f'"participants": {JOINERS}' in listed else [f"not all found back: {listed.strip()}"]
    worst = max(percentile(one, 0.95) for one in seconds)
    return Outcome(
        "500 people join in the same instant",
        "p95 ≤ 1000 ms, 0 errors",
        f"p95 {ms(worst):.0f} ms, {len(failures)} errors",
        worst <= 1.0 and not failures,
        {"rounds": [spread(one) for one in seconds], "failures": failures[:5]},
    )


async def _stampede(room: Meeting) -> tuple[list[float], list[str], set[str]]:
    """Opens a connection and joins, 500 times at once: seconds, failures, cookies."""
    loop = asyncio.get_running_loop()

    async def one(number: int) -> Answer:
        _, connection = await loop.create_connection(Connection, HOST, room.server.port)
        try:
            return await asyncio.wait_for(connection.send(room.arrival(number)), PATIENCE)
        finally:
            connection.close()

    gc.collect()
    began = time.perf_counter()
    came = await asyncio.gather(*(one(number) for number in range(JOINERS)), return_exceptions=True)
    good = [answer for answer in came if isinstance(answer, Answer) and answer.status == 200]
    wrong = [repr(answer)[:120] for answer in came if answer not in good]
    return [answer.at - began for answer in good], wrong, {cookie for a in good for cookie in a.cookies}


async def answers(quick: bool, method: str) -> Outcome:
    """600 answers in the same instant, beside a bare route that does the same; the worst round counts."""
    rounds = await _answers(method, 1 if quick else 3)
    bare = await _bare(3 if quick else 9)
    p95s = [one["p95_ms"] for one in rounds["rounds"]]
    bare_p95 = percentile([one["p95_ms"] for one in bare], 0.5)
    middle = percentile(p95s, 0.5)
    return Outcome(
        "600 hand in an answer in the same instant",
        "p95 ≤ 400 ms (aim 250), 0 errors, 600 found back",
        f"p95 {max(p95s):.0f} ms (middle round {middle:.0f}), {len(rounds['failures'])} errors, "
        f"{rounds['found']} of {rounds['sent']} found back; {middle / bare_p95:.1f} × bare ({bare_p95:.0f})",
        max(p95s) <= 400 and not rounds["failures"] and rounds["found"] == rounds["sent"],
        rounds | {"bare": bare, "times_bare": round(middle / bare_p95, 2)},
    )


async def answers_busy(quick: bool, method: str) -> Outcome:
    """The same while two other processes keep both cores busy."""
    rounds = await _answers(method, 1 if quick else 2, busy=2)
    p95 = max(one["p95_ms"] for one in rounds["rounds"])
    return Outcome(
        "the same while two processes keep both cores busy",
        "nothing refused, nothing lost",
        f"p95 {p95:.0f} ms, {len(rounds['failures'])} errors, {rounds['found']} of {rounds['sent']} found back",
        not rounds["failures"] and rounds["found"] == rounds["sent"],
        rounds,
    )


async def _answers(method: str, meetings: int, busy: int = 0) -> dict[str, Any]:
    """Everybody to each prompt of the step, in so many meetings on fresh servers, console and projector listening."""
    out: dict[str, Any] = {"rounds": [], "failures": [], "sent": 0, "found": 0}
    for _ in range(meetings):
        with fresh_server() as server:
            room = await meeting(server, method, WRITERS, asked=True)
            turns = room.turns
            boards = [await room.board(lambda *_: None) for _ in range(2)]
            sent: dict[str, Any] = {}
            with busy_processes(busy) if busy else nullcontext():
                for prompt in turns:
                    connections = await connect(server.port, WRITERS)
                    given = [handed_in(prompt, number) for number in range(WRITERS)]
                    sent |= {id: said(body) for id, body in given}
                    requests = [handing_in(room.cookies[n], *one) for n, one in enumerate(given)]
                    fired = await volley(connections, requests)
                    out["rounds"].append(spread(fired.seconds))
                    out["failures"] += fired.failures
                    for connection in connections:
                        connection.close()
                    await asyncio.sleep(1)
            back = room.found_back()
            out["sent"] += len(sent)
            out["found"] += sum(back.get(id) == value for id, value in sent.items())
            for stream in boards:
                stream.close()
    out["failures"] = out["failures"][:20]
    return out


async def _bare(rounds: int) -> list[dict[str, float]]:
    with bare_server() as server:
        found = []
        for _ in range(rounds):
            connections = await connect(server.port, WRITERS)
            fired = await volley(connections, [handing_in("none=1", *handed_in(WRITTEN, n)) for n in range(WRITERS)])
            assert not fired.failures, fired.failures[:3]
            found.append(spread(fired.seconds))
            for connection in connections:
                connection.close()
        return found
