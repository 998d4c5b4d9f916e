"""Who is here: an open stream, or a sign of life in the last half minute."""

from __future__ import annotations

import pytest

from laveren.live import presence as presence_module
from laveren.live.presence import STAY, Presence


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(presence_module, "time", clock)
    return clock


@pytest.mark.usefixtures("clock")
def test_nobody_is_here_at_first() -> None:
    assert Presence().here(1) == set()


def test_who_fetched_something_is_here_for_half_a_minute(clock: Clock) -> None:
    presence = Presence()
    presence.seen(1, 7)
    clock.now += STAY
    assert presence.here(1) == {7}
    clock.now += 1
    assert presence.here(1) == set()


def test_who_holds_a_stream_is_here_however_long_nothing_happens(clock: Clock) -> None:
    presence = Presence()
    presence.enter(1, 7)
    clock.now += 3600
    assert presence.here(1) == {7}


def test_who_closes_the_lid_is_here_for_half_a_minute_more(clock: Clock) -> None:
    presence = Presence()
    presence.enter(1, 7)
    clock.now += 3600
    presence.leave(1, 7)
    assert presence.here(1) == {7}
    clock.now += STAY + 1
    assert presence.here(1) == set()


def test_two_tabs_are_one_person_until_both_are_closed(clock: Clock) -> None:
    presence = Presence()
    presence.enter(1, 7)
    presence.enter(1, 7)
    assert presence.here(1) == {7}
    presence.leave(1, 7)
    clock.now += STAY + 1
    assert presence.here(1) == {7}
    presence.leave(1, 7)
    clock.now += STAY + 1
    assert presence.here(1) == set()


@pytest.mark.usefixtures("clock")
def test_each_workshop_has_its_own_people() -> None:
    presence = Presence()
    presence.seen(1, 7)
    presence.enter(2, 8)
    assert (presence.here(1), presence.here(2)) == ({7}, {8})
