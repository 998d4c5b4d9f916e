"""The players of a rehearsal: made-up participants who come in, type and hand in at a human pace, as browsers would.

A `Rehearsal` does what is due whenever its `tick` is called, which `workshop/running.py` does. It ends by itself: when
the workshop is closed and the closing questions are answered, when the workshop is gone, after three hours.
"""

from __future__ import annotations

import heapq
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from random import Random
from typing import Any, Protocol

from sqlalchemy import select

from laveren.content.library import Library
from laveren.content.methods import WORDS, AnswerType, Who
from laveren.store import Change, Job, Store, tables
from laveren.workshop.answering import Put, save_answers
from laveren.workshop.joining import Arrival, Identity, Welcome, done, find_code, join, pen, who
from laveren.workshop.players import ROLES, Player, Repertoire, Said
from laveren.workshop.refusals import Gone, Refused
from laveren.workshop.rehearsing import only_rehearsals
from laveren.workshop.rooms import CLOSED, LOBBY, Room, find_room
from laveren.workshop.rounds import Asked
from laveren.workshop.values import AnswerBody

DOZEN, MOST = 12, 40  # made-up participants, unless said otherwise and at most
LONGEST = 3 * 3600.0  # seconds that they play
LOOK = 1.0  # seconds between two looks at the room, however long nothing is due
# How long things take, as (least, most) seconds: coming in, the first word, reading, a card, a choice, what is between.
COMES, STARTS, READS, TYPES, CHOOSES, THINKS = (1, 25), (5, 40), (15, 60), (5, 15), (2, 8), (3, 12)
CARDS = (1, 1, 2, 3)  # how many cards somebody writes where there is room for more
HALVES = (0.4, 0.8)  # how much of a card is there when it is kept as a draft
# How often somebody says to be done, sees something change after a twist, parks a solution.
SAYS_DONE, MOVED, PARKS = 0.85, 0.7, 0.06
#: How many write one answer together; in the other steps a table does.
TOGETHER = {Who.ALONE: 1, Who.PAIR: 2, Who.FOUR: 4}
a, p = tables.answer.c, tables.participant.c
Sending = tuple[Job, Any]
Act = Callable[[Room], Iterable[Sending]]


class Presence(Protocol):
    """Who is here, as far as players say so."""

    def enter(self, workshop: int, participant: int) -> None:
        """Somebody came."""

    def leave(self, workshop: int, participant: int) -> None:
        """Somebody went."""


@dataclass(frozen=True)
class Stage:
    """What players need: `changed` tells watchers of what no commit tells, that somebody came or went."""

    store: Store
    library: Library
    presence: Presence
    changed: Callable[[Iterable[Change]], None]


@dataclass(order=True)
class _Due:
    at: float
    number: int
    act: Act = field(compare=False)
    stays: bool = field(compare=False)  # whether it is still to be done when the room has moved on


@dataclass(eq=False)
class _Card:
    """An answer that is being written."""

    player: Player
    asked: Asked
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    said: Said | None = None
    revision: int = 0


class Rehearsal:
    """One rehearsal and those who play in it. Refuses a workshop that is none, and one that is closed.

    `pace` 1 is a human's, 0 does everything at once; `clock` gives seconds. `refused` is what was not taken.
    """

    def __init__(
        self, stage: Stage, code: str, people: int = DOZEN, *, pace: float = 1.0,
        clock: Callable[[], float] = time.monotonic, chance: Random | None = None,
    ) -> None:  # fmt: skip
        self._stage, self._pace, self._clock = stage, pace, clock
        self._chance = chance or Random()
        self._repertoire = Repertoire(stage.library, self._chance)
        self._people = min(max(people, 1), MOST)
        roles = [ROLES[n % len(ROLES)] for n in range(MOST)]
        self._roles = [*self._chance.sample(roles[:DOZEN], DOZEN), *roles[DOZEN:]]
        self.players: list[Player] = []
        self.refused: list[Refused] = []
        self._agenda: list[_Due] = []
        self._number = count()
        self._place: tuple[Any, ...] = ()
        self._begun: set[tuple[int, str]] = (
            set()
        )  # (participant, prompt) of this step, and (participant, "") at its end
        self._until = 0.0
        with stage.store.read() as connection:
            room = find_code(connection, stage.library, code)
        only_rehearsals(room)
        if room.state == CLOSED:
            raise Gone("closed")
        self._workshop = room.id

    def begin(self) -> None:
        """Who was here is here again; who was not yet comes in soon."""
        self._until = self._clock() + LONGEST
        self._place, self._agenda = (), []
        for player in self.players:
            self._stage.presence.enter(self._workshop, player.id)
        for n in range(len(self.players), self._people):
            self._later(self._pause(COMES), self._arrival(n), stays=True)

    def tick(self) -> float | None:
        """Does what is due; gives the seconds until something is, or None when it is over."""
        room = self._room()
        if room is None or not room.rehearsal or self._clock() > self._until:
            return None
        place = (room.state, room.round, room.step, room.twist_now)
        if place != self._place[:-1]:
            self._agenda = [due for due in self._agenda if due.stays]
            heapq.heapify(self._agenda)
            self._begun.clear()
            for player in self.players:
                player.moved = self._chance.random() < MOVED
        if (*place, room.version) != self._place:
            self._place = (*place, room.version)
            self._plan(room, self.players)
        self._act(room)
        if room.state == CLOSED and not self._agenda:
            return None
        return max(0.0, self._agenda[0].at - self._clock()) if self._agenda else LOOK

    def leave(self) -> None:
        """Nobody is here any more."""
        for player in self.players:
            self._stage.presence.leave(self._workshop, player.id)
        self._stage.changed([Change(self._workshop, "board")])

    @property
    def busy(self) -> bool:
        """Whether anybody still has something to do in the present step."""
        return bool(self._agenda)

    def _room(self) -> Room | None:
        with self._stage.store.read() as connection:
            return find_room(connection, self._stage.library, id=self._workshop)

    def _pause(self, between: tuple[float, float]) -> float:
        return self._chance.uniform(*between) * self._pace

    def _later(self, delay: float, act: Act, *, stays: bool = False) -> None:
        heapq.heappush(self._agenda, _Due(self._clock() + delay, next(self._number), act, stays))

    def _act(self, room: Room) -> None:
        """Sends all that is due, in its order, and waits until it is on disk."""
        now, sent = self._clock(), []
        while self._agenda and self._agenda[0].at <= now:
            with self._noting():
                for job, item in heapq.heappop(self._agenda).act(room):
                    sent.append(self._stage.store.writer.submit(job, item))
        for future in sent:
            with self._noting():
                future.result()

    @contextmanager
    def _noting(self) -> Iterator[None]:
        """Keeps what is refused: the room may have moved on in between, as it does for anybody."""
        try:
            yield
        except Refused as refusal:
            self.refused.append(refusal)

    def _arrival(self, n: int) -> Act:
        def act(room: Room) -> Iterable[Sending]:
            if room.state == CLOSED:
                return []
            arrival = Arrival(self._stage.library, room.code, self._roles[n], n % room.groups + 1)
            welcome: Welcome = self._stage.store.writer.write(join, arrival)
            identity = Identity(welcome.token, welcome.receipt)
            with self._stage.store.read() as connection:
                me = who(connection, identity)
            if me is None:  # thrown away in the meantime
                return []
            player = Player(me["id"], identity, self._roles[n], me["table_no"])
            self.players.append(player)
            self._stage.presence.enter(room.id, player.id)
            topics = ("board", "step") if room.state == LOBBY else ("board",)
            self._stage.changed([Change(room.id, topic) for topic in topics])
            self._plan(room, [player])
            return []

        return act

    # ---- what each is going to do at the present step ----

    def _plan(self, room: Room, players: Iterable[Player]) -> None:
        """Puts on the agenda what these have not begun yet."""
        if room.step_now is None:
            return
        with self._stage.store.read() as connection:
            sitting = connection.execute(select(p.id, p.table_no).where(p.workshop == room.id))
            tables_of = {row.id: row.table_no for row in sitting}
            here = (a.workshop == room.id, a.round == room.asking[0], a.state == "submitted")
            rows = connection.execute(select(a.scope, a.participant, a.table_no, a.prompt).where(*here)).all()
        given = {(_by(scope, id, table), prompt) for scope, id, table, prompt in rows}
        for player in self.players:
            player.table = tables_of.get(player.id)
        for player in players:
            self._plan_one(room, player, given)

    def _plan_one(self, room: Room, player: Player, given: set[tuple[str, str]]) -> None:
        at, writes, waits = self._pause(STARTS if room.asked_now else READS), self._writes(room, player), False
        for asked in room.asked_now:
            unmoved = room.twist_now and not player.moved and asked.prompt.type is not AnswerType.CHOICE
            by = _by(asked.scope, player.id, player.table)
            if not writes or unmoved or (by, asked.prompt.id) in given or (player.id, asked.wire) in self._begun:
                continue
            if self._repertoire.can_answer(player, asked, room):
                self._begun.add((player.id, asked.wire))
                for _ in range(min(asked.prompt.answers, self._chance.choice(CARDS))):
                    at = self._write(_Card(player, asked), at) + self._pause(THINKS)
            else:
                waits |= asked.prompt.type is AnswerType.DOTS  # cards may still be let through
        if waits or room.state == CLOSED or (player.id, "") in self._begun:
            return
        self._begun.add((player.id, ""))
        park = room.park(room.round)
        has_parked = (_by(park.scope, player.id, player.table), park.prompt.id) in given
        if room.asked_now and not has_parked and self._chance.random() < PARKS:
            at = self._write(_Card(player, park), at) + self._pause(THINKS)
        if self._chance.random() < SAYS_DONE:
            self._later(at, lambda _: [(done, (self._stage.library, player.identity, True))])

    def _writes(self, room: Room, player: Player) -> bool:
        """Whether this one writes: for a pair or a four the first of it, for a table the first of them all."""
        together = TOGETHER.get(room.step_now.who, MOST) if room.step_now else 1
        mates = [one for one in self.players if one.table == player.table]
        return player.table is None or mates.index(player) % together == 0

    def _write(self, card: _Card, at: float) -> float:
        """Puts a card on the agenda, its drafts first; gives when it is handed in."""
        words = card.asked.prompt.type in WORDS
        takes = self._pause(TYPES if words else CHOOSES)
        for part in HALVES if words else HALVES[:1]:
            self._later(at + part * takes, partial(self._put, card, part))
        self._later(at + takes, partial(self._put, card, None))
        return at + takes

    # ---- doing it ----

    def _put(self, card: _Card, part: float | None, room: Room) -> Iterator[Sending]:
        """A part of a card as a draft, or the whole handed in."""
        player, asked, library = card.player, card.asked, self._stage.library
        if asked.scope == "table" and player.table is not None:
            holder = self._holder(room, player.table)
            if holder not in (None, player.id):
                return  # somebody else writes for this table
            if holder is None:
                yield pen, (player.identity, True)
        dots = asked.prompt.type is AnswerType.DOTS  # divided over the cards that are there when it is handed in
        if not self._repertoire.can_answer(player, asked, room) or (dots and part):
            return
        card.said = card.said or self._repertoire.answer(player, asked, room)
        said: Said = card.said
        if part and asked.prompt.type in WORDS:
            said = {"value": said["value"][: round(len(said["value"]) * part)]}
        if part is None:
            player.given.setdefault(asked.wire, []).append(card.id)
        card.revision += 1
        state = "draft" if part else "submitted"
        body = AnswerBody.model_validate({"revision": card.revision, "state": state, "prompt": asked.wire, **said})
        yield save_answers, Put(library, card.id, body, player.identity)

    def _holder(self, room: Room, table: int) -> int | None:
        """Who writes for a table."""
        with self._stage.store.read() as connection:
            return connection.scalar(select(p.id).where(p.workshop == room.id, p.table_no == table, p.pen).limit(1))


def _by(scope: str, participant: int, table: int | None) -> str:
    """Whose an answer is: a table's, or a person's."""
    return f"table {table}" if scope == "table" and table is not None else f"person {participant}"
