"""Three hundred open streams: how soon an answer and a step are heard, and what silence costs."""

from __future__ import annotations

import asyncio
import random
import time
from collections import defaultdict

from benchmarks.outcome import Outcome, ms, percentile, spread
from benchmarks.room import handing_in, meeting
from benchmarks.server import fresh_server
from benchmarks.wire import PATIENCE, connect

PEOPLE = 300
STEPS = 10
SETTLE = 2.0  # seconds in which what the arrivals set off comes to rest


async def projector(quick: bool, method: str) -> Outcome:
    """An answer on its way to the projector's stream, with 300 connected and answers trickling in."""
    number, lasting = (40, 8.0) if quick else (100, 20.0)
    heard: list[tuple[int, float]] = []
    with fresh_server() as server:
        room = await meeting(server, method, PEOPLE, asked=True)
        given = [room.answer(count) for count in range(number)]
        streams = await room.streams(lambda *_: None, PEOPLE)
        await asyncio.sleep(SETTLE)
        streams.append(await room.board(lambda kind, id, at: heard.append((id, at)) if kind == "board" else None))
        first = heard[-1][0]
        moments = sorted(random.uniform(0, lasting) for _ in range(number))
        sent, acknowledged, began = list[float](), list[float](), time.perf_counter()
        for count, moment in enumerate(moments):
            await asyncio.sleep(max(0.0, began + moment - time.perf_counter()))
            [connection] = await connect(server.port, 1)
            asked = handing_in(room.cookies[count], *given[count])
            sent.append(time.perf_counter())
            answer = await asyncio.wait_for(connection.send(asked), PATIENCE)
            assert answer.status == 200, answer.body
            acknowledged.append(answer.at - sent[-1])
            connection.close()
        await asyncio.sleep(SETTLE)
        last = heard[-1][0]
        for stream in streams:
            stream.close()
    # One after the other, so each answer raises the board's number by exactly one: that tells which event shows which.
    waits = [next((at for id, at in heard if id > first + k), float("inf")) - at0 for k, at0 in enumerate(sent)]
    p95 = percentile(waits, 0.95)
    return Outcome(
        "300 connected: answer → the projector's stream",
        "p95 ≤ 1000 ms (aim 500)",
        f"p95 {ms(p95):.0f} ms (acknowledged in {ms(percentile(acknowledged, 0.95)):.0f})",
        p95 <= 1.0 and last == first + number,
        spread(waits) | {"acknowledged": spread(acknowledged), "events": len(heard), "answers": number},
    )


async def steps(quick: bool, method: str) -> Outcome:
    """The facilitator moves on: when the last of 300 worksheets has the new step."""
    turns = 4 if quick else STEPS
    came: dict[int, dict[int, float]] = defaultdict(dict)

    def heard(number: int, kind: str, id: int, at: float) -> None:
        if kind == "step":
            came[id].setdefault(number, at)

    waits, missed, last = list[float](), 0, list[float]()
    with fresh_server() as server:
        room = await meeting(server, method, PEOPLE)
        streams = await room.streams(heard, PEOPLE)
        await asyncio.sleep(SETTLE)
        action = "next"
        for _ in range(turns):
            began = time.perf_counter()
            moved = await room.steer(action)
            if moved.status != 200 and action == "next":  # a short method is over: the way back is as good
                action, began = "back", time.perf_counter()
                moved = await room.steer(action)
            assert moved.status == 200, moved.body
            await asyncio.sleep(1.5)
            found = [at - began for at in came[moved.json()["version"]].values()]
            waits += found
            last.append(max(found, default=float("inf")))
            missed += PEOPLE - len(found)
        for stream in streams:
            stream.close()
    p95 = percentile(waits, 0.95)
    return Outcome(
        "next step → all 300 worksheets have it",
        "p95 ≤ 1000 ms (aim 500)",
        f"p95 {ms(p95):.0f} ms, the last of all {ms(max(last)):.0f} ms",
        p95 <= 1.0 and not missed,
        spread(waits) | {"steps": turns, "missed": missed},
    )


async def idle(quick: bool, method: str) -> Outcome:
    """300 connected, nobody does anything: what the server uses."""
    lasting = 20.0 if quick else 60.0
    with fresh_server() as server:
        room = await meeting(server, method, PEOPLE, asked=True)
        events: list[str] = []
        streams = await room.streams(lambda _number, kind, _id, _at: events.append(kind), PEOPLE)
        streams += [await room.board(lambda kind, _id, _at: events.append(kind)) for _ in range(2)]
        await asyncio.sleep(SETTLE + 1)
        events.clear()
        used, began = server.cpu_seconds(), time.monotonic()
        await asyncio.sleep(lasting)
        share = (server.cpu_seconds() - used) / (time.monotonic() - began)
        for stream in streams:
            stream.close()
    beats = events.count("beat")
    return Outcome(
        "300 connected, nobody does anything",
        "≤ 2 % of a core",
        f"{share:.1%} of a core over {lasting:.0f} s",
        share <= 0.02 and beats >= PEOPLE,
        {"share": round(share, 4), "seconds": lasting, "beats": beats, "others": len(events) - beats},
    )
