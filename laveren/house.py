"""The running program: its content, its store, its keys and who is listening, put together once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import select
from starlette.concurrency import run_in_threadpool

from laveren.analysis.records import Records
from laveren.content.library import Library, read_library
from laveren.live.bus import Bus, Event
from laveren.live.presence import Presence
from laveren.settings import ROOT, Settings, read_settings
from laveren.store import Change, Store, open_store, tables
from laveren.workshop.records import Keeper
from laveren.workshop.rights import Keys, Visitor, read_secret, visitor
from laveren.workshop.rooms import LOBBY, Room, find_room
from laveren.workshop.shelf import CASES, CODEBOOK, with_published
from laveren.workshop.suggesting import Suggesting
from laveren.workshop.wire import public
from laveren.workshop.worksheets import outcome


class Stock:
    """The library as it is now: what ships, with what was made in the browser; read again when that changes."""

    def __init__(self, shipped: Library, store: Store) -> None:
        self._store, self._now, self._stale = store, shipped, True
        store.writer.listeners.append(self._heard)

    def _heard(self, changes: Iterable[Change]) -> None:
        self._stale = self._stale or any(change.topic in (CASES, CODEBOOK) for change in changes)

    @property
    def library(self) -> Library:
        """What there is to work with."""
        if self._stale:
            self._stale = False
            with self._store.read() as connection:
                self._now = with_published(self._now, connection)
        return self._now


@dataclass(frozen=True)
class House:
    """Everything a page, a route or a command needs."""

    settings: Settings
    stock: Stock
    store: Store
    keys: Keys
    presence: Presence
    bus: Bus
    keeper: Keeper
    suggesting: Suggesting

    @property
    def library(self) -> Library:
        """The cases, methods and all else there is to work with now."""
        return self.stock.library

    @property
    def records(self) -> Records:
        """All workshops together, as they are now."""
        return self.keeper.now(self.library)

    def close(self) -> None:
        """Stops what works in the background, writes what waits, and lets go of the database."""
        self.suggesting.stop()
        self.store.close()

    def room(self, code: str) -> Room | None:
        """The workshop with this code, or None."""
        with self.store.read() as connection:
            return find_room(connection, self.library, code=code)

    def holds_demo(self) -> bool:
        """Whether this database holds the made-up workshops of `make demo`."""
        w = tables.workshop.c
        with self.store.read() as connection:
            return connection.execute(select(w.id).where(w.demo).limit(1)).first() is not None

    def visitor(self, held: Iterable[str]) -> Visitor:
        """Who holds these keys."""
        w = tables.workshop.c

        def salt_of(code: str) -> str | None:
            with self.store.read() as connection:
                return connection.scalar(select(w.salt).where(w.code == code))

        return visitor(self.keys, held, salt_of)

    def public(self, room: Room, table: int | None = None) -> dict[str, Any]:
        """What everybody at a table may see."""
        with self.store.read() as connection:
            ended = outcome(connection, room)
        return public(room, table=table, here=len(self.presence.here(room.id)), outcome=ended)


def open_house(settings: Settings) -> House:
    """Opens everything; the store's commits reach the bus."""
    store = open_store(settings.database)
    stock = Stock(read_library(ROOT, settings.cases, settings.methods), store)
    presence = Presence()

    def event(workshop: int, topic: str) -> Event:
        with store.read() as connection:
            room = find_room(connection, stock.library, id=workshop)
            ended = outcome(connection, room) if room else None
        here = len(presence.here(workshop))
        if room is None:
            return lambda _: b""
        if topic == "board":
            board = sse("board", room.board, {"version": room.board, "here": here})
            return lambda _: board
        found = {}  # what a table sees differs by its case only
        for table in range(1, room.groups + 1):
            case = room.round_now.case_at(table) if room.round_now else None
            if id(case) not in found:
                found[id(case)] = sse("step", room.version, public(room, table=table, here=here, outcome=ended))

        def at(table: int | None) -> bytes:  # who still watches from a table that is gone hears, too
            case = room.round_now.case_at(table) if room.round_now else None
            return found.get(id(case), next(iter(found.values())))

        return at

    async def render(workshop: int, topic: str) -> Event:
        return await run_in_threadpool(event, workshop, topic)

    bus = Bus(render)
    store.writer.listeners.append(bus.changed)
    keys = Keys(read_secret(settings.data))
    return House(settings, stock, store, keys, presence, bus, Keeper(store), Suggesting(store))


def sse(kind: str, id: int, data: dict[str, Any]) -> bytes:
    """One event of an event stream."""
    return f"id: {id}\nevent: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


@cache
def the_house() -> House:
    """The one house of this process, opened when first needed."""
    return open_house(read_settings())


def came_or_went(house: House, room: Room) -> None:
    """Tells the board, and in the lobby everybody, that who is here changed."""
    topics = ("board", "step") if room.state == LOBBY else ("board",)
    house.bus.changed([Change(room.id, topic) for topic in topics])
