"""Who must hear of a change: one channel per workshop and topic, at most four events a second, the last always sent."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field

from laveren.store import Change

GAP = 0.25  # seconds between two events of a channel
BEAT = 15.0  # seconds between two signs of life on a quiet stream
Key = tuple[int, str]
Event = Callable[[int | None], bytes]  # what is sent to who watches from this table, or from none
Render = Callable[[int, str], Awaitable[Event]]


@dataclass(eq=False)
class Watcher:
    """One open stream: what is to be sent next, and a bell."""

    table: int | None = None
    pending: dict[str, bytes] = field(default_factory=dict)
    bell: asyncio.Event = field(default_factory=asyncio.Event)

    def hand(self, kind: str, event: bytes) -> None:
        """Puts an event ready; of one kind only the newest counts."""
        self.pending[kind] = event
        self.bell.set()


@dataclass(eq=False)
class Channel:
    """The watchers of one topic of one workshop."""

    watchers: set[Watcher] = field(default_factory=set)
    dirty: bool = False
    tables: set[int | None] = field(default_factory=set)
    task: asyncio.Task[None] | None = None


class Bus:
    """`render(workshop, topic)` makes, once for all watchers of a channel, the event that each gets."""

    def __init__(self, render: Render) -> None:
        self._render = render
        self._channels: dict[Key, Channel] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._heart: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins on the running loop; before that, changes are told to nobody."""
        self._loop = asyncio.get_running_loop()
        self._heart = asyncio.create_task(self._beat())

    def stop(self) -> None:
        """Ends every stream's wait."""
        if self._heart:
            self._heart.cancel()
        self._loop = None

    def changed(self, changes: Iterable[Change]) -> None:
        """Tells of changes, from any thread."""
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._mark, list(changes))

    def _mark(self, changes: list[Change]) -> None:
        for change in changes:
            # Whatever changes is seen on the board; the worksheets hear of steps and of their own table.
            for topic in {"board", "board" if change.topic == "board" else "step"}:
                channel = self._channels.get((change.workshop, topic))
                if channel is None:
                    continue
                if change.topic == "table" and topic == "step":
                    channel.tables.add(change.table)
                else:
                    channel.dirty = True
                if channel.task is None:
                    channel.task = asyncio.create_task(self._send((change.workshop, topic), channel))

    async def _send(self, key: Key, channel: Channel) -> None:
        try:
            while channel.dirty or channel.tables:
                tables, channel.tables = channel.tables, set()
                if channel.dirty:
                    channel.dirty = False
                    event = await self._render(*key)
                    for watcher in list(channel.watchers):
                        watcher.hand(key[1], event(watcher.table))
                for watcher in list(channel.watchers):
                    if watcher.table is not None and watcher.table in tables:
                        watcher.hand("table", b"event: table\ndata: {}\n\n")
                await asyncio.sleep(GAP)
        finally:
            channel.task = None

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            for channel in self._channels.values():
                for watcher in channel.watchers:
                    watcher.hand("beat", b": here\nevent: beat\ndata: {}\n\n")

    @contextlib.contextmanager
    def _watch(self, workshop: int, topic: str, table: int | None) -> Iterator[Watcher]:
        """A watcher for as long as a stream is open."""
        watcher = Watcher(table)
        channel = self._channels.setdefault((workshop, topic), Channel())
        channel.watchers.add(watcher)
        try:
            yield watcher
        finally:
            channel.watchers.discard(watcher)
            if not channel.watchers and self._channels.get((workshop, topic)) is channel:
                del self._channels[workshop, topic]

    async def stream(self, workshop: int, topic: str, table: int | None = None) -> AsyncIterator[bytes]:
        """The events of a channel: how it stands now, then each change."""
        with self._watch(workshop, topic, table) as watcher:
            yield (await self._render(workshop, topic))(table)
            while True:
                await watcher.bell.wait()
                watcher.bell.clear()
                pending, watcher.pending = watcher.pending, {}
                yield b"".join(pending.values())
