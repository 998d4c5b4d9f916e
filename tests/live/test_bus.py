"""Who hears of a change: how it stands now first, at most four events a second, and the last always."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from itertools import pairwise

import pytest

from laveren.live import bus as bus_module
from laveren.live.bus import Bus, Event
from laveren.store import Change
from tests.meeting import PATIENCE

pytestmark = pytest.mark.anyio


class Counting:
    """A bus whose events say how many changes there had been when they were made."""

    def __init__(self) -> None:
        self.count = 0
        self.rendered = 0
        self.bus = Bus(self._render)
        self.bus.start()

    async def _render(self, workshop: int, topic: str) -> Event:
        self.rendered += 1
        event = f"{workshop}.{topic}.{self.count}".encode()
        return lambda _: event

    def change(self, *changes: Change) -> None:
        self.count += 1
        self.bus.changed(changes or [Change(1, "step")])


@pytest.fixture
async def counting() -> AsyncIterator[Counting]:
    counting = Counting()
    yield counting
    counting.bus.stop()


async def heard(stream: AsyncIterator[bytes]) -> bytes:
    return await asyncio.wait_for(anext(stream), PATIENCE)


async def silent(stream: AsyncIterator[bytes]) -> asyncio.Task[bytes]:
    """Goes on listening; nothing may have come once all that was changed has been told."""
    return asyncio.ensure_future(anext(stream))


def test_four_events_a_second_is_the_most() -> None:
    assert 1 / bus_module.GAP <= 4


async def test_the_first_event_is_how_it_stands_now(counting: Counting) -> None:
    counting.count = 7
    async with aclosing(counting.bus.stream(1, "step")) as stream:
        assert await heard(stream) == b"1.step.7"


async def test_many_changes_are_few_events_and_the_last_is_always_told(
    counting: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bus_module, "GAP", 0.08)
    async with aclosing(counting.bus.stream(1, "step")) as stream:
        await heard(stream)
        times, event, end = [], b"", time.monotonic() + 0.4
        while time.monotonic() < end or event != f"1.step.{counting.count}".encode():
            if time.monotonic() < end:
                for _ in range(20):
                    counting.change()
            event = await heard(stream)
            times.append(time.monotonic())
        gaps = [after - before for before, after in pairwise(times)]
        assert gaps
        assert min(gaps) > 0.06
        assert counting.count >= 60


async def test_one_event_is_made_for_all_who_watch(counting: Counting) -> None:
    streams = [counting.bus.stream(1, "step") for _ in range(30)]
    for stream in streams:
        await heard(stream)
    counting.rendered = 0
    counting.change()
    assert {await heard(stream) for stream in streams} == {b"1.step.1"}
    assert counting.rendered == 1
    for stream in streams:
        await stream.aclose()


async def test_a_step_is_heard_on_the_board_but_what_comes_in_is_not_heard_by_the_worksheets(
    counting: Counting,
) -> None:
    async with aclosing(counting.bus.stream(1, "step")) as step, aclosing(counting.bus.stream(1, "board")) as board:
        await heard(step)
        await heard(board)
        waiting = await silent(step)
        counting.change(Change(1, "board"))
        assert await heard(board) == b"1.board.1"
        assert not waiting.done()
        counting.change(Change(1, "step"))
        assert await heard(board) == b"1.board.2"
        assert await asyncio.wait_for(waiting, PATIENCE) == b"1.step.2"


async def test_another_workshop_hears_nothing(counting: Counting) -> None:
    async with aclosing(counting.bus.stream(1, "step")) as ours, aclosing(counting.bus.stream(2, "step")) as theirs:
        await heard(ours)
        await heard(theirs)
        waiting = await silent(theirs)
        counting.change(Change(1, "step"))
        await heard(ours)
        assert not waiting.done()
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)


async def test_what_a_table_hands_in_is_heard_at_that_table_only(counting: Counting) -> None:
    async with (
        aclosing(counting.bus.stream(1, "step", 3)) as table_mate,
        aclosing(counting.bus.stream(1, "step", 4)) as other_table,
        aclosing(counting.bus.stream(1, "step", None)) as no_table,
    ):
        for stream in (table_mate, other_table, no_table):
            await heard(stream)
        waiting = [await silent(other_table), await silent(no_table)]
        counting.change(Change(1, "table", 3))
        assert b"event: table" in await heard(table_mate)
        assert not any(task.done() for task in waiting)
        # what they hear next is the room's step, and nothing of the table
        counting.change(Change(1, "step"))
        for task in waiting:
            assert await asyncio.wait_for(task, PATIENCE) == b"1.step.2"


async def test_a_quiet_stream_gives_signs_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bus_module, "BEAT", 0.01)
    counting = Counting()
    async with aclosing(counting.bus.stream(1, "step")) as stream:
        await heard(stream)
        assert await heard(stream) == b": here\nevent: beat\ndata: {}\n\n"
    counting.bus.stop()


async def test_changes_may_be_told_from_any_thread(counting: Counting) -> None:
    async with aclosing(counting.bus.stream(1, "step")) as stream:
        await heard(stream)
        await asyncio.to_thread(counting.change)
        assert await heard(stream) == b"1.step.1"


async def test_nothing_is_kept_of_who_went_away(counting: Counting) -> None:
    stream = counting.bus.stream(1, "step")
    await heard(stream)
    await stream.aclose()
    assert counting.bus._channels == {}
    counting.change()


def test_before_the_bus_runs_and_after_it_stopped_a_change_is_told_to_nobody() -> None:
    async def render(_workshop: int, _topic: str) -> Event:
        return lambda _: b""

    bus = Bus(render)
    bus.changed([Change(1, "step")])

    async def run() -> None:
        bus.start()
        bus.stop()

    asyncio.run(run())
    bus.changed([Change(1, "step")])
