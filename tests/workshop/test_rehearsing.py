"""A rehearsal is a copy of a plan, is counted nowhere, and is gone without a trace."""

from __future__ import annotations

import time
from typing import Any

import pytest
from sqlalchemy import func, select, update

from laveren.analysis.counting import hindrances_by_source, theme_recurrence, themes_of
from laveren.analysis.selecting import everything
from laveren.house import House
from laveren.store import each, tables
from laveren.workshop.boards import answers_of, people_of
from laveren.workshop.planning import Noting, keep_note, notes_of
from laveren.workshop.records import Keeper
from laveren.workshop.refusals import NotAllowed, NotFound
from laveren.workshop.rehearsing import (
    KEPT,
    KEPT_CLOSED,
    MARK,
    forget_rehearsals,
    make_rehearsal,
    throw_away_rehearsal,
)
from laveren.workshop.rooms import LOBBY, RUNNING
from laveren.workshop.rounds import RoundPlan
from tests.meeting import CASE, METHOD, Meeting, furnished, make_meeting
from tests.workshop.counted import code, decoded, suggest, workshops
from tests.workshop.stage import Play, rehearsed

PLAN = ("held_on", "place", "organisation", "region", "groups", "moderated", "starts_at", "sound")


def counted(house: House) -> dict[str, int]:
    """How many rows there are in each table."""
    with house.store.read() as connection:
        every = tables.metadata.tables.values()
        return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in every}


def made_at(meeting: Meeting, **times: Any) -> None:
    """Changes when a workshop was made or closed."""
    change = update(tables.workshop).where(tables.workshop.c.id == meeting.room.id).values(times)
    meeting.house.store.writer.write(each(lambda tx, _: tx.connection.execute(change)), None)


def played(meeting: Meeting) -> Play:
    """A rehearsal played to its end."""
    play = Play(rehearsed(meeting))
    while play.next():
        pass
    return play


def test_a_rehearsal_has_the_same_plan_and_nobody_in_it(house: House) -> None:
    rounds = [RoundPlan(METHOD, (CASE,), seats=True), RoundPlan("waardendriehoek", (CASE, "de-bus-voor-de-deur"))]
    meeting = make_meeting(house, rounds=rounds, groups=7, place="Waterhoek", starts_at="13:30", demo=True)
    meeting.steer("next")
    meeting.steer("reveal")
    meeting.someone().gives("1.hindernis", "Het loket is dicht")
    room = rehearsed(meeting).room
    assert (room.title, room.rehearsal, room.demo, room.state) == (f"{MARK}Netwerkbijeenkomst", True, False, LOBBY)
    assert [getattr(room, key) for key in PLAN] == [getattr(meeting.room, key) for key in PLAN]
    for kept, round_ in zip(meeting.room.rounds, room.rounds, strict=True):
        assert (round_.cases, round_.method, round_.seats) == (kept.cases, kept.method, kept.seats)
        assert (round_.reveals, round_.totals) == ((), {})
    with house.store.read() as connection:
        assert (people_of(connection, room), answers_of(connection, room)) == (0, 0)
    assert meeting.room.state == RUNNING


def test_a_rehearsal_keeps_the_content_that_the_plan_was_made_with(meeting: Meeting) -> None:
    meeting.house = furnished(meeting.house, without=[CASE])
    assert CASE not in meeting.house.library.cases
    assert rehearsed(meeting).room.rounds[0].cases == meeting.room.rounds[0].cases


def test_the_notes_of_the_facilitator_come_along(meeting: Meeting) -> None:
    writer, library = meeting.house.store.writer, meeting.house.library
    writer.write(keep_note, Noting(library, meeting.code, 1, "2", "Vraag door"))
    copy = rehearsed(meeting)
    writer.write(keep_note, Noting(library, copy.code, 1, "2", "Alleen hier"))
    with meeting.house.store.read() as connection:
        assert notes_of(connection, meeting.room) == {(1, "2"): "Vraag door"}
        assert notes_of(connection, copy.room) == {(1, "2"): "Alleen hier"}


def test_a_rehearsal_of_a_rehearsal_is_called_so_once(meeting: Meeting) -> None:
    assert rehearsed(rehearsed(meeting)).room.title == f"{MARK}Netwerkbijeenkomst"


def test_a_long_title_still_fits(house: House) -> None:
    title = rehearsed(make_meeting(house, title="x" * 200)).room.title
    assert title == f"{MARK}{'x' * 190}"


def test_only_what_there_is_can_be_rehearsed(house: House) -> None:
    with pytest.raises(NotFound):
        house.store.writer.write(make_rehearsal, (house.library, "AAAAAA"))


def test_nothing_of_a_rehearsal_is_counted_but_on_its_own_console(meeting: Meeting) -> None:
    house = meeting.house
    for one in meeting.people(5):
        suggest(house, one.gives("1.hindernis", "De brief is onduidelijk", source="wet").id, "papierwinkel")

    def counts() -> list[Any]:
        records = Keeper(house.store).now(house.library)
        everyone = everything(records)
        frames = [theme_recurrence(themes_of(everyone)), hindrances_by_source(everyone)]
        return [decoded(records), workshops(records), *(frame.to_csv() for frame in frames), house.holds_demo()]

    before, kept = counts(), house.records
    play = played(meeting)
    (card, *_) = play.given("hindernis")
    suggest(house, card["id"], "papierwinkel")
    code(house, card["id"], "papierwinkel")
    assert counts() == before
    assert house.records is kept, "nor makes it anybody count again"
    with house.store.read() as connection:
        assert people_of(connection, play.meeting.room) == 12
        assert answers_of(connection, play.meeting.room) > 40


def test_a_rehearsal_thrown_away_leaves_no_row_anywhere(meeting: Meeting) -> None:
    meeting.someone().gives("1.hindernis", "Het loket is dicht")
    before = counted(meeting.house)
    play = played(meeting)
    for table in ("workshop", "round", "participant", "answer", "action"):
        assert counted(meeting.house)[table] > before[table]
    writer, library = meeting.house.store.writer, meeting.house.library
    writer.write(keep_note, Noting(library, play.meeting.code, 1, 1, "Nu"))
    writer.write(throw_away_rehearsal, (library, play.meeting.code))
    assert counted(meeting.house) == before


def test_a_rehearsal_is_forgotten_a_day_after_its_making_or_an_hour_after_its_close(meeting: Meeting) -> None:
    new, old, open_, just_closed, closed = (rehearsed(meeting) for _ in range(5))
    now = time.time()
    for one in (just_closed, closed):
        one.steer("next")
        one.steer("close")
    made_at(new, created_at=now - KEPT + 60)
    made_at(old, created_at=now - KEPT - 60)
    made_at(just_closed, closed_at=now - KEPT_CLOSED + 60)
    made_at(closed, closed_at=now - KEPT_CLOSED - 60)
    made_at(meeting, created_at=0.0, closed_at=0.0, state="gesloten")
    assert meeting.house.store.writer.write(forget_rehearsals, now) == 2
    left = {row["code"] for row in meeting.rows(tables.workshop)}
    assert left == {meeting.code, new.code, open_.code, just_closed.code}


def test_only_a_rehearsal_can_be_thrown_away(meeting: Meeting) -> None:
    with pytest.raises(NotAllowed):
        meeting.house.store.writer.write(throw_away_rehearsal, (meeting.house.library, meeting.code))
    assert meeting.room


def test_no_later_workshop_gets_the_number_of_one_that_was_thrown_away(meeting: Meeting) -> None:
    """Who still watches a rehearsal that is gone must not see the next meeting."""
    copy = rehearsed(meeting)
    gone = copy.room.id
    meeting.house.store.writer.write(throw_away_rehearsal, (meeting.house.library, copy.code))
    later = [rehearsed(meeting), make_meeting(meeting.house)]
    assert gone not in {one.room.id for one in later}
