"""A room full of people as the server sees it: joining, handing in, listening, and a facilitator who moves it on."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import uuid4

from benchmarks.server import Server
from benchmarks.wire import AT_ONCE, Answer, Stream, ask, connect, listen, request, volley

WORDS = (
    "De brief komt pas na de vakantie", "Ik mag de schuld niet zien", "Er is geen plek bij de kinderopvang",
    "Het systeem laat één uitkering toe", "Niemand voelt zich eigenaar", "De termijn past niet bij deze vrouw",
)  # fmt: skip
SOURCES = ("wet", "beleid", "werkproces", "keten", "gewoonte", "mandaat", "twijfel")


@dataclass
class Meeting:
    """A workshop on a running server, and the cookies of who joined."""

    server: Server
    code: str
    key: str
    cookies: list[str]

    def arrival(self, number: int) -> bytes:
        """The request of the `number`-th person to join: five at a table."""
        body = {"code": self.code, "role": "uitvoerder", "group": number // 5 % 60 + 1}
        return request("POST", "/api/join", body)

    async def steer(self, action: str) -> Answer:
        """A facilitator's action."""
        path, key = f"/api/workshops/{self.code}/steer", f"Bearer {self.key}"
        return await ask(self.server.port, request("POST", path, {"action": action}, Authorization=key))

    async def join(self, people: int) -> None:
        """So many people come in, a few at a time."""
        for start in range(0, people, AT_ONCE):
            some = range(start, min(people, start + AT_ONCE))
            connections = await connect(self.server.port, len(some))
            came = await volley(connections, [self.arrival(number) for number in some])
            assert not came.failures, came.failures[:3]
            self.cookies += [answer.cookies[0] for answer in came.answers]
            for connection in connections:
                connection.close()

    async def streams(self, heard: Any, people: int) -> list[Stream]:
        """The step streams of the first `people`; `heard(number, kind, id, at)`."""
        path, opened = f"/api/live?workshop={self.code}&topic=step", list[Stream]()
        for start in range(0, people, AT_ONCE):
            some = range(start, min(people, start + AT_ONCE))
            opened += await asyncio.gather(
                *(listen(self.server.port, path, partial(heard, n), Cookie=self.cookies[n]) for n in some)
            )
        return opened

    async def board(self, heard: Any) -> Stream:
        """The stream that a console and a projector have; `heard(kind, id, at)`."""
        return await listen(self.server.port, f"/api/live?workshop={self.code}&topic=board", heard)


async def meeting(server: Server, people: int, *, steps: int = 0, moderated: bool = False) -> Meeting:
    """A workshop with `people` joined, moved on `steps` steps (step 2 asks for what holds people back)."""
    made = server.workshop(moderated=moderated)
    room = Meeting(server, made["code"], made["facilitator_key"], [])
    await room.join(people)
    for _ in range(steps):
        assert (await room.steer("next")).status == 200
    return room


def written(number: int, *, state: str = "submitted") -> tuple[str, dict[str, Any]]:
    """An id made as a browser makes it, and an answer in words to the second step."""
    text = f"{random.choice(WORDS)}, zegt nummer {number}"
    body = {"revision": 1, "state": state, "prompt": "1.hindernis", "value": text, "source": SOURCES[number % 7]}
    return str(uuid4()), body


def handing_in(cookie: str, id: str, body: dict[str, Any]) -> bytes:
    """The request that hands an answer in."""
    return request("PUT", f"/api/answers/{id}", body, Cookie=cookie)
