"""`kill -9` in the middle of bursts: what was acknowledged is there after the restart, and nothing is there twice."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from benchmarks.asking import Prompt, value_of
from benchmarks.outcome import Outcome
from benchmarks.room import Meeting, handing_in, meeting
from benchmarks.server import Server, fresh_server
from benchmarks.wire import Connection, connect

PEOPLE = 100
KILLS = 20
Said = dict[tuple[str, int], Any]  # what the server acknowledged: (id, revision) -> value


@dataclass
class Writer:
    """One participant who keeps changing one answer, as fast as the server takes it."""

    cookie: str
    number: int
    prompt: Prompt
    id: str
    body: dict[str, Any]
    said: Said
    revision: int = 0
    unsure: list[int] = field(default_factory=list)

    def next(self) -> bytes:
        """The next revision: every third a draft, the others handed in."""
        self.revision += 1
        self.unsure.append(self.revision)
        return self._put(self.revision)

    def kept(self) -> None:
        """The server said that the newest is on disk."""
        revision = self.unsure.pop()
        self.said[self.id, revision] = self._value(revision)

    def again(self) -> bytes:
        """What was not acknowledged, sent once more, or the last one if all was."""
        return self._put(self.unsure[-1] if self.unsure else self.revision)

    def _value(self, revision: int) -> Any:
        return value_of(self.prompt, self.number, revision)

    def _put(self, revision: int) -> bytes:
        state = "draft" if revision % 3 == 1 else "submitted"
        changed = {"revision": revision, "value": self._value(revision), "state": state}
        return handing_in(self.cookie, self.id, self.body | changed)


async def kills(quick: bool, method: str) -> Outcome:
    """A hundred people write without a pause; the server is killed at a random moment, started and looked into."""
    turns, said, lost, resent = 5 if quick else KILLS, Said(), list[str](), 0
    with fresh_server() as server:
        room = await meeting(server, method, PEOPLE, asked=True)
        asked = room.turns[0]
        writers = [Writer(who, n, asked, *room.answer(n), said) for n, who in enumerate(room.cookies)]
        for _ in range(turns):
            await _burst(server, writers)
            server.start()
            lost += _missing(room, said)
            resent += sum(bool(writer.unsure) for writer in writers)
            await _send_again(server, writers)
            lost += _missing(room, said)
        lost += _twice(room, writers)
    return Outcome(
        f"kill -9 in the middle of bursts, {turns} times",
        "every acknowledged revision there, none twice",
        f"{len(said)} acknowledged, {len(lost)} lost or twice; {resent} sent again after a restart",
        not lost and bool(said),
        {"acknowledged": len(said), "faults": lost[:10], "resent": resent, "kills": turns},
    )


async def _burst(server: Server, writers: list[Writer]) -> None:
    """Everybody writes on and on; in the middle of it the server is killed."""

    async def write(writer: Writer, connection: Connection) -> None:
        try:
            while True:
                answer = await connection.send(writer.next())
                assert answer.status == 200, answer.body
                assert answer.json()["revision"] == writer.revision
                writer.kept()
        except OSError:
            return

    connections = await connect(server.port, len(writers))
    busy = [asyncio.create_task(write(*pair)) for pair in zip(writers, connections, strict=True)]
    await asyncio.sleep(random.uniform(0.1, 1.2))
    await asyncio.to_thread(server.kill)
    await asyncio.wait_for(asyncio.gather(*busy), 30)
    for connection in connections:
        connection.close()


async def _send_again(server: Server, writers: list[Writer]) -> None:
    """What a browser's outbox does: each sends what was not acknowledged, twice to be sure."""
    connections = await connect(server.port, len(writers))
    for writer, connection in zip(writers, connections, strict=True):
        for _ in range(2):
            answer = await asyncio.wait_for(connection.send(writer.again()), 30)
            assert answer.status == 200, answer.body
        if writer.unsure:
            writer.kept()
        connection.close()


def _missing(room: Meeting, said: Said) -> list[str]:
    """Which acknowledged revisions are not in the database with the value that was sent."""
    rows = room.server.rows("SELECT answer, revision, value FROM revision")
    kept = {(id, revision): json.loads(value) for id, revision, value in rows}
    standing = room.server.rows("SELECT id, revision, value FROM answer")
    now = {id: revision for id, revision, _ in standing}
    last = {(id, revision): json.loads(value) for id, revision, value in standing}
    faults = [f"{key} stands there otherwise" for key in said.keys() & last.keys() if last[key] != said[key]]
    if not room.prompts[0]["confidential"]:  # of what is confidential only the last word is kept
        faults += [f"{key} is not kept" for key, value in said.items() if kept.get(key) != value]
    faults += [f"{id} stands at {now.get(id)}, not {n}" for id, n in said if now.get(id, 0) < n]
    [[health]] = room.server.rows("PRAGMA integrity_check")
    return faults + ([] if health == "ok" else [f"the database is damaged: {health}"])


def _twice(room: Meeting, writers: list[Writer]) -> list[str]:
    """Which answers or revisions stand there more than once, or that nobody wrote."""
    time.sleep(0.1)
    pairs = Counter((id, n) for id, n in room.server.rows("SELECT answer, revision FROM revision"))
    found = Counter(row["id"] for row in room.server.export(room.code))
    known = {writer.id for writer in writers} | room.before
    faults = [f"{pair} is there {n} times" for pair, n in pairs.items() if n > 1]
    faults += [f"{id} is exported {n} times" for id, n in found.items() if n > 1]
    return faults + [f"{id} was sent by nobody" for id in {id for id, _ in pairs} | set(found) if id not in known]
