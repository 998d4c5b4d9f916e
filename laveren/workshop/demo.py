"""Plays the lived-in example workshops of `data/demo/` into an empty database, by the same doors as a real room."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select, update

from laveren.content.library import Library
from laveren.store import Store, Transaction, each, tables
from laveren.workshop.answering import Put, save_answers
from laveren.workshop.joining import Arrival, Identity, join
from laveren.workshop.preparing import Plan, create_workshop
from laveren.workshop.rooms import CLOSED, Room, find_room
from laveren.workshop.rounds import RoundPlan
from laveren.workshop.values import AnswerBody

METHOD = "waar-loop-je-tegenaan"
TABLE_LINES = {
    "hindernis": "tafel_hindernis",
    "ruimte": "tafel_ruimte",
    "verdieping": "verdieping",
    "zin": "zin",
}
START = 13.5 * 3600  # half past one in the afternoon
HOUR = 3600.0


def load_demo(store: Store, library: Library, folder: Path) -> int:
    """Plays every file of `folder` in; does nothing when there already are workshops. Gives how many were made."""
    with store.read() as connection:
        if connection.execute(select(tables.workshop.c.id).limit(1)).first():
            return 0
    files = sorted(folder.glob("*.yaml"))
    for file in files:
        _Play(store, library, yaml.safe_load(file.read_text("utf-8"))).all()
    return len(files)


@dataclass
class _Play:
    store: Store
    library: Library
    told: dict[str, Any]
    code: str = ""
    people: list[tuple[dict[str, Any], Identity]] = field(default_factory=list)

    def all(self) -> None:
        told = self.told
        rounds = [RoundPlan(METHOD, (case,)) for case in told["rondes"]]
        plan = Plan(
            told["titel"], rounds, told["tafels"], told["datum"], told["plaats"], told["organisatie"], told["regio"],
            demo=True,
        )  # fmt: skip
        self.code = self.store.writer.write(create_workshop, (self.library, plan))
        for person in told["deelnemers"]:
            arrival = Arrival(self.library, self.code, person["rol"], person["tafel"])
            welcome = self.store.writer.write(join, arrival)
            self.people.append((person, Identity(token=welcome.token)))
        futures = [self.store.writer.submit(save_answers, put) for put in self._puts()]
        for future in futures:
            future.result()
        self.store.writer.write(_finish, (self.library, self.code, told["datum"], told.get("verborgen") or []))

    def _puts(self) -> Iterable[Put]:
        for person, identity in self.people:
            for number, given in enumerate(person["rondes"], start=1):
                yield from self._given(identity, number, given or {})
            yield from self._words(identity, "slot.helpt", [person.get("helpt")])
            yield from self._words(identity, "slot.mee", [person.get("mee")])
        for line in self.told["tafelregels"]:
            writer = next(identity for person, identity in self.people if person["tafel"] == line["tafel"])
            for key, prompt in TABLE_LINES.items():
                yield from self._words(writer, f"{line['ronde']}.{prompt}", [line.get(key)])

    def _given(self, who: Identity, number: int, given: dict[str, Any]) -> Iterable[Put]:
        own: list[str] = []
        for card in given.get("hindernissen") or []:
            put = self._put(who, f"{number}.hindernis", value=card["tekst"], source=card["bron"])
            own.append(put.id)
            yield put
        for card in given.get("ruimtes") or []:
            link = own[card["bij"] - 1] if card.get("bij") else None
            yield self._put(who, f"{number}.ruimte", value=card["tekst"], status=card["status"], link=link)
        if given.get("leefgebieden"):
            yield self._put(who, f"{number}.leefgebieden", domains=given["leefgebieden"])
        for key, prompt in (("zelf", "zelfbeeld"), ("vraag", "vraag")):
            yield from self._words(who, f"{number}.{prompt}", [given.get(key)])
        yield from self._words(who, f"{number}.parkeer", given.get("parkeer") or [])

    def _words(self, who: Identity, prompt: str, values: Iterable[Any]) -> Iterable[Put]:
        for value in values:
            if value:
                yield self._put(who, prompt, value=value)

    def _put(self, who: Identity, prompt: str, **given: Any) -> Put:
        body = AnswerBody(revision=1, state="submitted", prompt=prompt, **given)
        return Put(self.library, str(uuid.uuid4()), body, who)


def _close(tx: Transaction, item: tuple[Library, str, Any, list[str]]) -> None:
    """Leaves the workshop as it stood an hour after its end: shown what was shown, closed, nobody's browser known."""
    library, code, held_on, hidden = item
    room = find_room(tx.connection, library, code=code)
    assert room is not None
    began = datetime(held_on.year, held_on.month, held_on.day).timestamp() + START
    a, p = tables.answer.c, tables.participant.c
    for n, (id, value) in enumerate(tx.connection.execute(select(a.id, a.value).where(a.workshop == room.id)).all()):
        shown = "hidden" if value in hidden else "shown"
        at = began + n * HOUR / 100
        tx.connection.execute(update(tables.answer).where(a.id == id).values(shown=shown, created_at=at, stored_at=at))
    tx.connection.execute(update(tables.participant).where(p.workshop == room.id).values(token_hash=None))
    tx.connection.execute(
        update(tables.workshop)
        .where(tables.workshop.c.id == room.id)
        .values(state=CLOSED, closed_at=min(began + 3 * HOUR, time.time()), created_at=began - HOUR, **_end(room))
    )
    tx.touch(room.id)


def _end(room: Room) -> dict[str, int]:
    return {"round": len(room.rounds), "step": len(room.rounds[-1].steps)}


_finish = each(_close)
