"""Who plays in the tests: a meeting that can be steered, people who write in it, and the browsers they hold."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import httpx
from sqlalchemy import Table, select

from laveren.content.cases import Case
from laveren.content.methods import Method
from laveren.house import House, Stock
from laveren.workshop.answering import Put, save_answers
from laveren.workshop.boards import Board, board
from laveren.workshop.joining import Arrival, Identity, done, join, pen
from laveren.workshop.moderating import Moderate, moderate
from laveren.workshop.planning import Replan, replan
from laveren.workshop.preparing import Plan, create_workshop
from laveren.workshop.rights import Seat
from laveren.workshop.rooms import Room
from laveren.workshop.rounds import RoundPlan
from laveren.workshop.shelf import Stocked
from laveren.workshop.steering import Steer, steer
from laveren.workshop.values import AnswerBody
from laveren.workshop.worksheets import worksheet

CASE = "tot-mijn-diploma"
METHOD = "waar-loop-je-tegenaan"
FACTS = ("title", "held_on", "place", "organisation", "region", "groups", "starts_at")
PATIENCE = 5.0  # seconds that a test waits for what must come


class Kept(NamedTuple):
    """An answer that was sent: its id and what the server said."""

    id: str
    said: dict[str, Any]


@dataclass
class Meeting:
    """One workshop in a house."""

    house: House
    code: str

    @property
    def room(self) -> Room:
        room = self.house.room(self.code)
        assert room is not None
        return room

    @property
    def board(self) -> Board:
        with self.house.store.read() as connection:
            return board(connection, self.house.library, self.code, self.house.presence.here(self.room.id))

    def key(self, seat: Seat) -> str:
        if seat is Seat.ORGANISER:
            return self.house.keys.make(seat)
        return self.house.keys.make(seat, self.code, self.room.salt)

    def steer(self, action: str, expected_version: int | None = None) -> Room:
        item = Steer(self.house.library, self.code, action, expected_version)
        room: Room = self.house.store.writer.write(steer, item)
        return room

    def go_to(self, prompt: str, round_: int = 1) -> None:
        """Moves the room on until it is at the step that asks this."""
        method = self.room.rounds[round_ - 1]
        step = next(n for n in range(1, len(method.steps) + 1) if prompt in {a.prompt.id for a in method.asked(n)})
        self.go_to_step(step, round_)

    def go_to_step(self, step: int, round_: int = 1) -> None:
        """Moves the room on until it is at this step."""
        while self.room.position < (round_, step):
            self.steer("next")

    def moderate(self, action: str, answer: str | None = None) -> None:
        self.house.store.writer.write(moderate, Moderate(self.house.library, self.code, action, answer))

    def replan(self, rounds: Sequence[int | RoundPlan] | None = None, *, expected: int | None = None,
               **facts: Any) -> None:  # fmt: skip
        """Makes this of the workshop; what is not said stays as it is."""
        room = self.room
        facts = {fact: getattr(room, fact) for fact in FACTS} | facts
        order = list(range(1, len(room.rounds) + 1)) if rounds is None else rounds
        item = Replan(self.house.library, self.code, Plan(rounds=[], **facts), order, expected)
        self.house.store.writer.write(replan, item)

    def someone(self, group: int | None = 1, role: str = "uitvoerder") -> Someone:
        welcome = self.house.store.writer.write(join, Arrival(self.house.library, self.code, role, group))
        return Someone(self, Identity(token=welcome.token), welcome.receipt)

    def rows(self, table: Table) -> list[Mapping[str, Any]]:
        """Everything in a table of the database."""
        with self.house.store.read() as connection:
            return [dict(row) for row in connection.execute(select(table)).mappings()]

    def people(self, number: int, group: int | None = 1, role: str = "uitvoerder") -> list[Someone]:
        """So many people at one table."""
        return [self.someone(group, role) for _ in range(number)]

    def writes_for_the_room(self, prompt: str, value: Any, *, on_paper: bool = False, **more: Any) -> Kept:
        body = AnswerBody(revision=1, state="submitted", prompt=prompt, value=value, **more)
        put = Put(self.house.library, str(uuid.uuid4()), body, room=self.room.id, on_paper=on_paper)
        return Kept(put.id, self.house.store.writer.write(save_answers, put))


@dataclass
class Someone:
    """A participant, by what their browser holds."""

    meeting: Meeting
    identity: Identity
    receipt: str

    def put(self, prompt: str, value: Any = None, *, id: str | None = None, revision: int = 1,
            state: str = "submitted", on_paper: bool = False, **more: Any) -> Put:  # fmt: skip
        sent = {"revision": revision, "state": state, "prompt": prompt, "value": value, **more}
        body = AnswerBody.model_validate(sent)
        return Put(self.meeting.house.library, id or str(uuid.uuid4()), body, self.identity, on_paper=on_paper)

    def gives(self, prompt: str, value: Any = None, **more: Any) -> Kept:
        put = self.put(prompt, value, **more)
        return Kept(put.id, self.meeting.house.store.writer.write(save_answers, put))

    def sits(self, group: int | None, role: str = "uitvoerder") -> None:
        """Goes to another table, or takes another role."""
        arrival = Arrival(self.meeting.house.library, self.meeting.code, role, group, self.identity)
        self.meeting.house.store.writer.write(join, arrival)

    def writes(self, take: bool = True) -> None:
        """Takes the pen of the table, or lets go of it."""
        self.meeting.house.store.writer.write(pen, (self.identity, take))

    def is_done(self) -> None:
        self.meeting.house.store.writer.write(done, (self.meeting.house.library, self.identity, True))

    @property
    def me(self) -> dict[str, Any]:
        """My role, table, chair and pen."""
        me: dict[str, Any] = self.sheet["me"]
        return me

    def fills_in(self) -> list[Kept]:
        """Answers everything that the worksheet asks now, knowing nothing but the worksheet."""
        return [self.gives(prompt["id"], **an_answer(prompt)) for prompt in self.sheet["prompts"]]

    @property
    def sheet(self) -> dict[str, Any]:
        with self.meeting.house.store.read() as connection:
            return worksheet(connection, self.meeting.house.library, self.identity, 0)

    @property
    def answers(self) -> dict[str, dict[str, Any]]:
        return {answer["id"]: answer for answer in self.sheet["answers"]}

    @property
    def by_receipt(self) -> Someone:
        return Someone(self.meeting, Identity(receipt=self.receipt), self.receipt)


def make_meeting(house: House, **plan: Any) -> Meeting:
    """A workshop with the shipped method and, unless said otherwise, one round with one case and four tables."""
    wanted = {"title": "Netwerkbijeenkomst", "rounds": [RoundPlan(METHOD, (CASE,))], "groups": 4} | plan
    return Meeting(house, house.store.writer.write(create_workshop, (house.library, Plan(**wanted))))


def an_answer(prompt: Mapping[str, Any]) -> dict[str, Any]:
    """An answer to a prompt as the wire has it, of whatever type: what a sensible participant would send."""
    options, rows = ([one["id"] for one in prompt[key]] for key in ("options", "rows"))
    if prompt["domains"]:
        return {"domains": {options[0]: "weet"}}
    match prompt["type"]:
        case "kort" | "lang":
            about = {"source": "wet"} if prompt["source"] else {"status": "mag"} if prompt["status"] else {}
            return {"value": f"Mijn antwoord op {prompt['id']}"} | about
        case "keuze":
            return {"value": options[0]}
        case "meerkeuze":
            return {"value": options[:2]}
        case "schaal5":
            return {"value": 4}
        case "driehoek":
            return {"value": dict(zip(options, (50, 30, 20), strict=True))}
        case "matrixrij":
            return {"value": dict.fromkeys(rows[: prompt["most"]], options[0] if options else 3)}
        case "stippen":
            return {"value": {options[0]: prompt["most_on_one"]}}
    raise NotImplementedError(prompt["type"])


def a_case(id: str, name: str = "Noor", **more: Any) -> Case:
    """A small case about somebody; every part of it can be said with the keys of the file."""
    whole = {
        "titel": f"De zaak van {name}", "peildatum": "2026-02-01", "fictief": True, "situatie": f"{name} belt.",
        "personen": [{"naam": name, "rol": "inwoner"}], "domeinen": ["werk"],
    }  # fmt: skip
    return Case.model_validate({"id": id} | whole | more)


def twists(*titles: str) -> list[dict[str, str]]:
    return [{"titel": title, "tekst": f"{title}, zo blijkt nu."} for title in titles]


def rules(*articles: str) -> list[dict[str, str]]:
    return [{"artikel": one, "kaarttekst": f"Wat {one} zegt.", "status": "niet gecontroleerd"} for one in articles]


def a_step(*prompts: Mapping[str, Any], who: str = "individueel", **more: Any) -> dict[str, Any]:
    """A step of five minutes that asks these, with the keys of the file."""
    asked = [{"vraag": f"Wat is {prompt['id']}?"} | dict(prompt) for prompt in prompts]
    return {"titel": "Een stap", "minuten": 5, "wie": who, "vragen": asked} | more


def a_method(id: str, *steps: Mapping[str, Any]) -> Method:
    """A method of these steps."""
    about = {"naam": f"Werkvorm {id}", "doel": "Proberen.", "bron": "Verzonnen", "groep": {"min": 2, "max": 8}}
    return Method.model_validate({"id": id} | about | {"stappen": list(steps)})


def options(*ids: str) -> list[dict[str, str]]:
    return [{"id": id, "tekst": f"de {id}"} for id in ids]


def furnished(house: House, *content: Case | Method, without: Sequence[str] = ()) -> House:
    """The same house with these cases and methods beside what ships, or without these cases."""
    library = house.library.base if isinstance(house.library, Stocked) else house.library
    cases = library.cases | {one.id: one for one in content if isinstance(one, Case)}
    methods = library.methods | {one.id: one for one in content if isinstance(one, Method)}
    cases = {id: case for id, case in cases.items() if id not in without}
    return replace(house, stock=Stock(replace(library, cases=cases, methods=methods), house.store))


def together(house: House, puts: Iterable[Put]) -> list[Any]:
    """What comes of answers that arrive in the same instant: kept, or the refusal."""
    said: list[Any] = house.store.writer.write(lambda tx, items: [save_answers(tx, items[0])], list(puts))
    return said


class Event(NamedTuple):
    """One event of a stream."""

    kind: str
    id: str | None
    data: Any


@dataclass
class Stream:
    """An open event stream, read as a browser reads it."""

    app: Any
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    _events: asyncio.Queue[Event] = field(default_factory=asyncio.Queue)
    _gone: asyncio.Event = field(default_factory=asyncio.Event)
    _text: str = ""

    async def __aenter__(self) -> Stream:
        path, _, query = self.path.partition("?")
        asked = {"accept": "text/event-stream", **self.headers}
        scope = {
            "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1", "method": "GET",
            "scheme": "http", "path": path, "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
            "headers": [(k.encode(), v.encode()) for k, v in asked.items()], "client": ("testclient", 1),
            "server": ("test", 80),
        }  # fmt: skip
        self._task = asyncio.create_task(self.app(scope, self._receive, self._send))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._gone.set()
        await asyncio.wait_for(self._task, PATIENCE)

    async def _receive(self) -> dict[str, Any]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        self._text += message.get("body", b"").decode()
        *whole, self._text = self._text.split("\n\n")
        for lines in whole:
            parts = dict(line.split(": ", 1) for line in lines.split("\n") if not line.startswith(":"))
            self._events.put_nowait(Event(parts["event"], parts.get("id"), json.loads(parts["data"])))

    async def next(self) -> Event:
        """The next event, which must come soon."""
        return await asyncio.wait_for(self._events.get(), PATIENCE)

    async def until(self, kind: str, wanted: Callable[[Any], bool] | None = None) -> Event:
        """The first event of this kind, with data as wanted."""
        while True:
            event = await self.next()
            if event.kind == kind and (wanted is None or wanted(event.data)):
                return event

    @property
    def heard(self) -> list[Event]:
        """What came and was not looked at yet."""
        return [self._events.get_nowait() for _ in range(self._events.qsize())]


@dataclass
class Browser:
    """One browser with its own cookies, at our routes."""

    http: httpx.AsyncClient
    app: Any

    async def joins(self, code: str, **more: Any) -> httpx.Response:
        return await self.http.post("/api/join", json={"code": code, "role": "uitvoerder", "group": 1} | more)

    async def puts(self, prompt: str, value: Any = None, *, id: str | None = None, revision: int = 1,
                   state: str = "submitted", headers: Any = None, **more: Any) -> httpx.Response:  # fmt: skip
        body = {"revision": revision, "state": state, "prompt": prompt, "value": value} | more
        return await self.http.put(f"/api/answers/{id or uuid.uuid4()}", json=body, headers=headers)

    async def takes_the_pen(self, take: bool = True) -> httpx.Response:
        return await self.http.post("/api/pen", json={"take": take})

    async def sheet(self) -> dict[str, Any]:
        response = await self.http.get("/api/worksheet")
        assert response.status_code == 200, response.text
        return response.json()

    def listens(self, code: str, topic: str = "step") -> Stream:
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.http.cookies.jar)
        return Stream(self.app, f"/api/live?workshop={code}&topic={topic}", {"cookie": cookies})
