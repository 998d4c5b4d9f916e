"""The run sheet: times that shift by themselves with all that happens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from laveren.house import House
from laveren.workshop.rounds import RoundPlan
from laveren.workshop.runsheet import end_of, run_sheet
from tests.meeting import Meeting, a_case, a_method, a_step, furnished, make_meeting, twists

ANNA = a_case("anna", "Anna", wendingen=twists("Een brief"))
CARD = {"id": "kaart", "type": "kort"}
METHOD = a_method("drie", a_step(CARD, minuten=5), a_step(minuten=10), a_step(minuten=20))
NOW = datetime(2026, 3, 2, 13, 0, tzinfo=UTC).timestamp()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """The time in seconds; a test sets it."""
    now = [NOW]
    monkeypatch.setattr("time.time", lambda: now[0])
    return now


@pytest.fixture
def room(house: House, clock: list[float]) -> Meeting:
    """A meeting of two rounds of three steps: 5, 10 and 20 minutes."""
    assert clock
    plan = RoundPlan("drie", ("anna",))
    return make_meeting(furnished(house, ANNA, METHOD), rounds=[plan, plan], held_on=date(2026, 3, 2))


def sheet(meeting: Meeting, now: float) -> list[float | str | None]:
    """In how many minutes each step begins; "now" at the present one, None at what has been."""
    lines = run_sheet(meeting.room, now)
    return ["now" if line.now else None if line.begins is None else (line.begins - now) / 60 for line in lines]


def ends_in(meeting: Meeting, now: float) -> float | None:
    end = end_of(meeting.room, now)
    return None if end is None else (end - now) / 60


def test_before_the_beginning_the_first_step_begins_now(room: Meeting, clock: list[float]) -> None:
    assert sheet(room, clock[0]) == [0, 5, 15, 35, 40, 50]
    assert ends_in(room, clock[0]) == 70


def test_with_a_planned_time_it_begins_then_on_the_day_it_is_held(room: Meeting, clock: list[float]) -> None:
    begin = datetime.fromtimestamp(clock[0]) + timedelta(minutes=30)
    room.replan(starts_at=begin.strftime("%H:%M"), held_on=begin.date())
    assert sheet(room, clock[0]) == [30, 35, 45, 65, 70, 80]
    tomorrow = begin + timedelta(days=1)
    room.replan(held_on=tomorrow.date())
    assert sheet(room, clock[0])[0] == 30 + 24 * 60


def test_a_planned_time_that_has_passed_is_now_and_once_it_began_it_says_nothing(
    room: Meeting, clock: list[float]
) -> None:
    room.replan(starts_at="00:01", held_on=date(2026, 3, 1))
    assert sheet(room, clock[0])[0] == 0
    begin = datetime.fromtimestamp(clock[0]) + timedelta(hours=2)
    room.replan(starts_at=begin.strftime("%H:%M"), held_on=begin.date())
    room.steer("next")
    assert sheet(room, clock[0]) == ["now", 5, 15, 35, 40, 50]


def test_the_present_step_ends_when_its_clock_does_and_what_has_been_has_no_time(
    room: Meeting, clock: list[float]
) -> None:
    room.steer("next")
    clock[0] += 120
    assert sheet(room, clock[0]) == ["now", 3, 13, 33, 38, 48]
    room.steer("next")
    assert sheet(room, clock[0]) == [None, "now", 10, 30, 35, 45]
    assert ends_in(room, clock[0]) == 65


def test_a_minute_more_and_a_step_back_shift_all_that_comes(room: Meeting, clock: list[float]) -> None:
    room.steer("next")
    room.steer("more_time")
    assert sheet(room, clock[0]) == ["now", 6, 16, 36, 41, 51]
    room.steer("next")
    room.steer("back")
    assert sheet(room, clock[0]) == ["now", 5, 15, 35, 40, 50]


def test_in_a_pause_everything_waits_and_a_step_over_its_time_ends_now(room: Meeting, clock: list[float]) -> None:
    room.steer("next")
    clock[0] += 60
    room.steer("pause")
    for later in (0, 600):
        assert sheet(room, clock[0] + later) == ["now", 4, 14, 34, 39, 49]
    room.steer("resume")
    clock[0] += 3600
    assert sheet(room, clock[0]) == ["now", 0, 10, 30, 35, 45]


def test_a_twist_shifts_what_comes_after_it_and_taking_it_back_shifts_it_back(
    room: Meeting, clock: list[float]
) -> None:
    room.steer("next")
    room.steer("reveal")
    assert sheet(room, clock[0]) == [None, "now", 6, 16, 36, 41, 51]
    room.steer("undo")
    assert sheet(room, clock[0]) == ["now", 5, 15, 35, 40, 50]


def test_a_changed_plan_shifts_the_end(room: Meeting, clock: list[float]) -> None:
    room.steer("next")
    room.replan([1])
    assert (sheet(room, clock[0]), ends_in(room, clock[0])) == (["now", 5, 15], 35)


def test_at_the_last_step_the_end_is_that_of_its_clock_and_after_the_close_there_is_none(
    room: Meeting, clock: list[float]
) -> None:
    room.go_to_step(3, round_=2)
    assert ends_in(room, clock[0]) == 20
    clock[0] += 300
    room.steer("pause")
    assert ends_in(room, clock[0] + 999) == 15
    room.steer("resume")
    clock[0] += 3600
    assert ends_in(room, clock[0]) == 0
    room.steer("close")
    assert sheet(room, clock[0]) == [None] * 6
    assert ends_in(room, clock[0]) is None
