"""A room full of people as the server sees it: joining, handing in, listening, and a facilitator who moves it on."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from benchmarks.asking import NothingAsked, Prompt, handed_in, said
from benchmarks.server import Server
from benchmarks.wire import AT_ONCE, Answer, Stream, ask, connect, listen, request, volley

AT_A_TABLE = 5
TABLES = 12  # so many tables answer what tables are asked on the way: a wall full of cards


@dataclass
class Meeting:
    """A workshop on a running server, and the cookies of who joined."""

    server: Server
    code: str
    key: str
    cookies: list[str]
    prompts: list[Prompt] = field(default_factory=list)  # what each person is asked at the step the room is at
    cards: bool = False  # whether the projector shows at that step what people wrote
    before: set[str] = field(default_factory=set)  # the ids of what tables answered before that

    @property
    def turns(self) -> list[Prompt]:
        """Each prompt as often as a person may answer it: so often can everybody hand something in."""
        self._asked()
        return [prompt for prompt in self.prompts for _ in range(prompt["max"])]

    def answer(self, number: int) -> tuple[str, dict[str, Any]]:
        """What the `number`-th person answers to the first question: an id and a body."""
        return handed_in(self._asked(), number)

    def _asked(self) -> Prompt:
        if not self.prompts:
            raise NothingAsked
        return self.prompts[0]

    @property
    def words(self) -> bool:
        """Whether the first question is answered in words."""
        return bool(self.prompts) and self.prompts[0]["type"] in ("kort", "lang")

    def arrival(self, number: int) -> bytes:
        """The request of the `number`-th person to join: five at a table."""
        body = {"code": self.code, "role": "uitvoerder", "group": number // AT_A_TABLE % 60 + 1}
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

    async def ask_on(self) -> None:
        """Moves on to the first step of the round that asks each person something, or to the last step.

        What tables are asked before that, some of them answer.
        """
        last = False
        while not self.prompts and not last:
            moved = await self.steer("next")
            assert moved.status == 200, moved.body
            sheet = await self.sheet()
            step = sheet["step"]
            last, self.cards = step["number"] == step["of"], step["screen"] == "kaarten"
            for prompt in sheet["prompts"]:
                if prompt["scope"] == "person":
                    self.prompts.append(prompt)
                    continue
                for one in range(0, min(len(self.cookies), TABLES * AT_A_TABLE), AT_A_TABLE):
                    id, body = handed_in(prompt, one)
                    answer = await ask(self.server.port, handing_in(self.cookies[one], id, body))
                    assert answer.status == 200, answer.body
                    self.before.add(id)

    async def sheet(self) -> dict[str, Any]:
        """What the worksheet of the first person shows."""
        found = await ask(self.server.port, request("GET", "/api/worksheet", Cookie=self.cookies[0]))
        assert found.status == 200, found.body
        sheet: dict[str, Any] = found.json()
        return sheet

    def found_back(self) -> dict[str, Any]:
        """What each answer says, by its id, where the facilitator finds it; of confidential ones, in the database."""
        if any(prompt["confidential"] for prompt in self.prompts):
            kept = self.server.rows("SELECT id, value FROM answer WHERE state = 'submitted'")
            return {id: json.loads(value) for id, value in kept}
        return {row["id"]: said(row) for row in self.server.export(self.code)}


async def meeting(server: Server, method: str, people: int, *, asked: bool = False, moderated: bool = False) -> Meeting:
    """A workshop with `people` joined; with `asked` it is at the first step that asks each of them something."""
    made = server.workshop(method, moderated=moderated)
    room = Meeting(server, made["code"], made["facilitator_key"], [])
    await room.join(people)
    if asked:
        await room.ask_on()
    return room


def handing_in(cookie: str, id: str, body: dict[str, Any]) -> bytes:
    """The request that hands an answer in."""
    return request("PUT", f"/api/answers/{id}", body, Cookie=cookie)
