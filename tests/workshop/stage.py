"""Rehearsals in the tests: a copy of a meeting with its players, on a clock that a test moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any

from sqlalchemy import select

from laveren.house import House
from laveren.store import Change, tables
from laveren.workshop.playing import Rehearsal, Stage
from laveren.workshop.refusals import Refused
from laveren.workshop.rehearsing import make_rehearsal
from tests.meeting import Meeting

SEED = 7


@dataclass
class Door:
    """Who came and went, and what watchers were told of."""

    here: set[tuple[int, int]] = field(default_factory=set)
    told: list[Change] = field(default_factory=list)

    def enter(self, workshop: int, participant: int) -> None:
        assert (workshop, participant) not in self.here
        self.here.add((workshop, participant))

    def leave(self, workshop: int, participant: int) -> None:
        self.here.remove((workshop, participant))

    def changed(self, changes: Iterable[Change]) -> None:
        self.told += changes


def stage_of(house: House, door: Door) -> Stage:
    return Stage(house.store, house.library, door, door.changed)


def rehearsed(meeting: Meeting) -> Meeting:
    """A rehearsal of a meeting, with nobody in it yet."""
    return Meeting(
        meeting.house, meeting.house.store.writer.write(make_rehearsal, (meeting.house.library, meeting.code))
    )


@dataclass
class Play:
    """A rehearsal with its players; time passes only when a test lets it."""

    meeting: Meeting
    people: int = 12
    pace: float = 0.0
    door: Door = field(default_factory=Door)
    now: float = 1000.0

    def __post_init__(self) -> None:
        stage = stage_of(self.meeting.house, self.door)
        self.rehearsal = Rehearsal(
            stage, self.meeting.code, self.people, pace=self.pace, clock=lambda: self.now, chance=Random(SEED)
        )
        self.rehearsal.begin()

    def settle(self) -> bool:
        """Lets time pass until nobody has anything to do; whether it goes on after that."""
        while (wait := self.rehearsal.tick()) is not None:
            if not self.rehearsal.busy:
                return True
            self.now += wait
        return False

    def next(self) -> bool:
        """Settles, moves the room on one step (or closes it after the last) and settles again."""
        self.settle()
        self.meeting.steer("close" if self.meeting.room.last else "next")
        return self.settle()

    def go_to(self, prompt: str) -> None:
        """Plays on until the room is at the step that asks this."""
        while prompt not in {asked.prompt.id for asked in self.meeting.room.asked_now}:
            self.next()

    def let_all_through(self) -> None:
        """Shows every word that waits, and lets the players look at it."""
        with suppress(Refused):  # nothing waits
            self.meeting.moderate("show_all")
        self.settle()

    def given(self, prompt: str, state: str = "submitted") -> list[Mapping[str, Any]]:
        """What is handed in here to a prompt."""
        a = tables.answer.c
        here = (a.workshop == self.meeting.room.id, a.prompt == prompt, a.state == state)
        with self.meeting.house.store.read() as connection:
            return [dict(row) for row in connection.execute(select(tables.answer).where(*here)).mappings()]

    @property
    def people_here(self) -> list[Mapping[str, Any]]:
        return [row for row in self.meeting.rows(tables.participant) if row["workshop"] == self.meeting.room.id]
