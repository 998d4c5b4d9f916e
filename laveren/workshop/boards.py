"""What the console and the projector see of the present step: what came in, how many, who is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from laveren.content.library import Library
from laveren.content.methods import Kind
from laveren.content.terms import Certainty, Source
from laveren.store import tables
from laveren.workshop.actions import last_action
from laveren.workshop.figures import Figure, figures_of
from laveren.workshop.moderating import typed_prompts
from laveren.workshop.refusals import NotFound
from laveren.workshop.rooms import Room, find_room

a, p = tables.answer.c, tables.participant.c
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Counts:
    """People: here, done with this step, here and still at it, away; and how many answers came in.

    A sheet of paper has no laptop that could be here or away.
    """

    joined: int
    here: int
    done: int
    answers: int
    authors: int
    paper: int = 0

    @property
    def writing(self) -> int:
        """Here and not done."""
        return max(0, self.here - self.done)

    @property
    def away(self) -> int:
        """Joined and not here now."""
        return max(0, self.joined - self.here - self.paper)


@dataclass(frozen=True)
class Board:
    """The present step: `cards` are the answers in words, oldest first; `parked` the solutions set aside.

    `given` counts the answers of the whole workshop so far.
    """

    room: Room
    counts: Counts
    cards: list[Row]
    parked: list[Row]
    hindrances: list[Row]
    linked: frozenset[str]
    domains: dict[str, Counter[str]] = field(default_factory=dict)
    domain_people: int = 0
    figures: list[Figure] = field(default_factory=list)
    undoable: str | None = None
    given: int = 0

    def with_state(self, shown: str) -> list[Row]:
        """The cards that are waiting, shown or hidden."""
        return [card for card in self.cards if card["shown"] == shown]

    def people_per_source(self) -> Counter[str]:
        """How many different people placed a hindrance of the present step in each source."""
        cards = [card for card in self.cards if card["kind"] == Kind.HINDRANCE and card["scope"] != "room"]
        return _per_source({(card["source"], card["participant"]) for card in cards})

    def cards_per_source(self) -> Counter[str]:
        """How many cards were written for the room in each source: nobody knows how many people said them."""
        return _per_source((card["source"], card["id"]) for card in self.cards if card["scope"] == "room")

    def without_room(self) -> list[Row]:
        """The hindrances of this round that no answer about room is linked to."""
        return [row for row in self.hindrances if row["id"] not in self.linked]


def _per_source(pairs: Iterable[tuple[str | None, object]]) -> Counter[str]:
    return Counter(dict.fromkeys(map(str, Source), 0) | Counter(source for source, _ in pairs if source))


def board(connection: Connection, library: Library, code: str, here: Collection[int]) -> Board:
    """The board of a workshop; `here` are the participants that are connected now."""
    room = find_room(connection, library, code=code)
    if room is None:
        raise NotFound("code_unknown", field="code")
    of_round = and_(a.workshop == room.id, a.round == room.asking[0], a.state == "submitted")
    found = select(tables.answer, p.role).join(tables.participant, a.participant == p.id).where(of_round)
    rows: list[Row] = [dict(row) for row in connection.execute(found.order_by(a.created_at, a.id)).mappings()]
    asked = {item.prompt.id for item in room.asked_now}
    now = [row for row in rows if row["prompt"] in asked]
    words = set(typed_prompts(room))
    drawn = {item.prompt.id for item in room.on_screen if item.prompt.domains}
    linked = frozenset(row["link"] for row in rows if row["link"] and row["kind"] == Kind.ROOM)
    return Board(
        room=room,
        counts=_counts(connection, room, now, here),
        cards=[row for row in rows if row["prompt"] in words],
        parked=[row for row in rows if row["prompt"] == library.fixed.park.id and row["step"] == 0],
        hindrances=[row for row in rows if row["kind"] == Kind.HINDRANCE and row["scope"] != "table"],
        linked=linked,
        domains=_domains([row for row in rows if row["prompt"] in drawn]),
        domain_people=len({row["participant"] for row in rows if row["prompt"] in drawn and row["scope"] != "room"}),
        figures=figures_of(room, rows),
        undoable=last_action(connection, room.id),
        given=answers_of(connection, room),
    )


def _counts(connection: Connection, room: Room, now: list[Row], here: Collection[int]) -> Counts:
    found = select(p.id, p.done, p.table_no).where(p.workshop == room.id, p.number > 0)
    people = connection.execute(found).all()
    given = Counter((row["participant"], row["prompt"]) for row in now)
    by_table = Counter((row["table_no"], row["prompt"]) for row in now if row["scope"] == "table")
    mark, asked = room.mark, room.asked_now

    def full(id: int, table: int | None) -> bool:
        return bool(asked) and all(
            (by_table[table, item.prompt.id] if item.scope == "table" and table else given[id, item.prompt.id])
            >= item.prompt.answers
            for item in asked
        )

    done = {id for id, said, table in people if said == mark or full(id, table)}
    present = set(here) & {id for id, _, _ in people}
    paper = select(func.count(a.participant.distinct())).where(a.workshop == room.id, a.scope != "room", a.on_paper)
    return Counts(
        joined=len(people),
        here=len(present),
        done=len(done & present),
        answers=len(now),
        authors=len({row["participant"] for row in now if row["scope"] != "room"}),
        paper=connection.scalar(paper) or 0,
    )


def _domains(now: list[Row]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for row in now:
        for domain, certainty in (row["domains"] or {}).items():
            found.setdefault(domain, Counter({str(c): 0 for c in Certainty}))[certainty] += 1
    return found


def people_of(connection: Connection, room: Room) -> int:
    """How many participants a workshop has had."""
    return connection.scalar(select(func.count()).where(p.workshop == room.id, p.number > 0)) or 0


def answers_of(connection: Connection, room: Room) -> int:
    """How many answers of a workshop are handed in."""
    given = and_(a.workshop == room.id, a.state == "submitted", or_(a.round > 0, a.step == 0))
    return connection.scalar(select(func.count()).where(given)) or 0
