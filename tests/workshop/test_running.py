"""Rehearsals run by themselves, beside each other, and stop when they are told to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import pytest

from laveren.house import House
from laveren.store import Change, tables
from laveren.workshop.playing import Stage
from laveren.workshop.refusals import NotAllowed
from laveren.workshop.running import Rehearsals
from tests.meeting import PATIENCE, Meeting, make_meeting
from tests.workshop.stage import Door, Play, rehearsed


@dataclass
class Bell(Door):
    """Rings whenever something is written, or somebody comes or goes."""

    rang: threading.Event = field(default_factory=threading.Event)

    def changed(self, changes: Iterable[Change]) -> None:
        super().changed(changes)
        self.rang.set()

    def until(self, holds: Callable[[], bool]) -> None:
        while not holds():
            assert self.rang.wait(PATIENCE), "it never came"
            self.rang.clear()


@pytest.fixture
def bell(house: House) -> Bell:
    bell = Bell()
    house.store.writer.listeners.append(lambda _: bell.rang.set())
    return bell


@pytest.fixture
def running() -> Iterator[Rehearsals]:
    running = Rehearsals()
    yield running
    running.stop_all()


def test_it_plays_along_with_the_room_and_ends_by_itself(meeting: Meeting, bell: Bell, running: Rehearsals) -> None:
    copy, stage = rehearsed(meeting), Stage(meeting.house.store, meeting.house.library, bell, bell.changed)
    running.play(stage, copy.code, people=4, pace=0)
    running.play(stage, copy.code, people=4, pace=0)  # once is enough
    bell.until(lambda: len(copy.rows(tables.participant)) == 4)
    assert running.playing(copy.code)
    copy.go_to("hindernis")

    def given(prompt: str) -> set[int]:
        rows = copy.rows(tables.answer)
        return {row["participant"] for row in rows if (row["prompt"], row["state"]) == (prompt, "submitted")}

    bell.until(lambda: len(given("hindernis")) == 4)
    copy.steer("close")
    bell.until(lambda: not bell.here)
    assert len(given("mee")) == 4


def test_stopping_stops_and_playing_again_goes_on_with_the_same_people(
    meeting: Meeting, bell: Bell, running: Rehearsals
) -> None:
    copy, stage = rehearsed(meeting), Stage(meeting.house.store, meeting.house.library, bell, bell.changed)
    running.play(stage, copy.code, people=3, pace=0)
    bell.until(lambda: len(bell.here) == 3)
    running.stop(copy.code)
    assert not running.playing(copy.code)
    assert not bell.here
    copy.go_to("hindernis")
    assert copy.rows(tables.answer) == []
    running.play(stage, copy.code, people=3, pace=0)
    bell.until(lambda: bool(copy.rows(tables.answer)))
    assert len(copy.rows(tables.participant)) == len(bell.here) == 3


def test_rehearsals_run_beside_each_other_and_all_stop_with_the_process(
    house: House, bell: Bell, running: Rehearsals
) -> None:
    stage = Stage(house.store, house.library, bell, bell.changed)
    copies = [rehearsed(make_meeting(house)) for _ in range(3)]
    for copy in copies:
        running.play(stage, copy.code, people=2, pace=0)
    bell.until(lambda: len(bell.here) == 6)
    running.stop_all()
    assert not any(running.playing(copy.code) for copy in copies)
    assert not bell.here


def test_a_workshop_that_is_no_rehearsal_is_refused(meeting: Meeting, bell: Bell, running: Rehearsals) -> None:
    stage = Stage(meeting.house.store, meeting.house.library, bell, bell.changed)
    with pytest.raises(NotAllowed):
        running.play(stage, meeting.code)
    assert not running.playing(meeting.code)
    running.stop(meeting.code)  # stopping what does not play is nothing


def test_people_who_come_in_a_browser_are_beside_them(meeting: Meeting) -> None:
    play = Play(rehearsed(meeting), people=2)
    somebody = play.meeting.someone(1)
    play.go_to("hindernis")
    somebody.gives("1.hindernis", "Van een mens", source="wet")
    play.next()
    assert "Van een mens" in [row["value"] for row in play.given("hindernis")]
