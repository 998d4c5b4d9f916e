"""The example workshops: every text that ships fits through the same doors as a real room's."""

from __future__ import annotations

import pytest

from laveren.house import House
from laveren.settings import ROOT
from laveren.store import tables
from laveren.workshop.demo import load_demo
from laveren.workshop.rooms import CLOSED, all_rooms
from laveren.workshop.worksheets import outcome
from tests.meeting import Meeting
from tests.workshop.counted import counted

DEMO = ROOT / "data" / "demo"


def test_twelve_meetings_play_in_whole_marked_as_examples_and_closed(house: House) -> None:
    assert load_demo(house.store, house.library, DEMO) == 12
    with house.store.read() as connection:
        rooms = all_rooms(connection, house.library)
        lines = [outcome(connection, room) for room in rooms]
    assert len(rooms) == 12
    assert {(room.state, room.demo) for room in rooms} == {(CLOSED, True)}
    assert all(room.closed_at for room in rooms)
    answers = counted(house).values()
    assert len(answers) >= 300
    assert len({row["workshop"] for row in answers}) == 12
    assert {row["value"] for row in answers if row["prompt"] == "helpt"} <= {1, 2, 3, 4, 5}
    assert sum(row["bare"] for row in answers) > 50
    assert all(told and told["lines"] for told in lines)
    people = Meeting(house, rooms[0].code).rows(tables.participant)
    assert not [row for row in people if row["token_hash"]]


@pytest.mark.usefixtures("meeting")
def test_nothing_is_played_into_a_database_that_holds_a_meeting(house: House) -> None:
    assert load_demo(house.store, house.library, DEMO) == 0
    with house.store.read() as connection:
        assert len(all_rooms(connection, house.library)) == 1
