"""The one writer: many at a time, each told for itself, and watchers told only of what is on disk."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, insert, select, text

from laveren.house import House
from laveren.store import Change, Transaction, each, tables
from tests.meeting import PATIENCE, Meeting


def _new_participant(tx: Transaction, workshop: int) -> int:
    count = len(tx.connection.execute(select(tables.participant.c.id)).all())
    tx.connection.execute(insert(tables.participant).values(workshop=workshop, number=count + 1, role="anders"))
    tx.touch(workshop)
    return count + 1


def _break_halfway(tx: Transaction, workshop: int) -> int:
    _new_participant(tx, workshop)
    raise ValueError("half-way")


def _broken_job(tx: Transaction, items: Sequence[Any]) -> Sequence[Any]:
    for item in items:
        _new_participant(tx, item)
    raise ValueError("the whole job")


come, break_halfway = each(_new_participant), each(_break_halfway)


@contextmanager
def held_back(house: House) -> Iterator[Callable[[], None]]:
    """Keeps the writer busy, so that what is handed in meanwhile waits together; call it to let go."""
    go, busy = threading.Event(), threading.Event()

    def wait(_tx: Transaction, items: Sequence[Any]) -> Sequence[Any]:
        busy.set()
        go.wait(PATIENCE)
        return items

    house.store.writer.submit(wait, None)
    assert busy.wait(PATIENCE)
    yield go.set
    go.set()


def numbers(meeting: Meeting) -> list[int]:
    return [row["number"] for row in meeting.rows(tables.participant)]


def test_all_that_waits_goes_into_one_transaction(house: House, meeting: Meeting) -> None:
    commits: list[object] = []
    with held_back(house) as let_go:
        futures = [house.store.writer.submit(come, meeting.room.id) for _ in range(50)]
        assert not any(future.done() for future in futures)
        event.listen(house.store.engine, "commit", commits.append)
        let_go()
        assert [future.result(PATIENCE) for future in futures] == list(range(1, 51))
    # the one that kept the writer busy, and the fifty together
    assert len(commits) == 2


def test_a_sender_is_answered_only_after_the_commit(house: House, meeting: Meeting) -> None:
    seen: list[int] = []

    def look(_future: object) -> None:
        # An own connection sees only what is committed; the callback runs at the moment the sender is answered.
        with sqlite3.connect(house.settings.database) as other:
            seen.append(other.execute("SELECT count(*) FROM participant").fetchone()[0])

    with held_back(house) as let_go:
        future = house.store.writer.submit(come, meeting.room.id)
        future.add_done_callback(look)
        let_go()
        future.result(PATIENCE)
    house.store.writer.write(come, meeting.room.id)
    assert seen == [1]


def test_what_fails_is_told_why_and_leaves_nothing_behind_while_the_others_are_kept(
    house: House, meeting: Meeting
) -> None:
    id = meeting.room.id
    with held_back(house) as let_go:
        before, broken, after = (house.store.writer.submit(job, id) for job in (come, break_halfway, come))
        let_go()
        with pytest.raises(ValueError, match="half-way"):
            broken.result(PATIENCE)
        assert (before.result(PATIENCE), after.result(PATIENCE)) == (1, 2)
    assert numbers(meeting) == [1, 2]


def test_a_job_that_breaks_whole_does_not_take_the_others_with_it(
    house: House, meeting: Meeting, caplog: pytest.LogCaptureFixture
) -> None:
    id = meeting.room.id
    with held_back(house) as let_go:
        before, broken, after = (house.store.writer.submit(job, id) for job in (come, _broken_job, come))
        let_go()
        with pytest.raises(ValueError, match="the whole job"):
            broken.result(PATIENCE)
        assert (before.result(PATIENCE), after.result(PATIENCE)) == (1, 2)
    assert numbers(meeting) == [1, 2]
    assert "rolled back" in caplog.text


def test_listeners_hear_after_the_commit_and_once_for_all_that_came_together(house: House, meeting: Meeting) -> None:
    heard: list[tuple[set[Change], int]] = []
    listening = threading.Event()

    def listen(changes: Any) -> None:
        with sqlite3.connect(house.settings.database) as other:
            heard.append((set(changes), other.execute("SELECT count(*) FROM participant").fetchone()[0]))
        listening.set()

    house.store.writer.listeners.append(listen)
    with held_back(house) as let_go:
        for _ in range(3):
            house.store.writer.submit(come, meeting.room.id)
        let_go()
        assert listening.wait(PATIENCE)
    assert heard == [({Change(meeting.room.id, "board")}, 3)]


def test_listeners_hear_nothing_of_what_was_rolled_back(house: House, meeting: Meeting) -> None:
    heard: list[Any] = []
    house.store.writer.listeners.append(heard.append)
    with pytest.raises(ValueError, match="half-way"):
        house.store.writer.write(break_halfway, meeting.room.id)
    house.store.writer.write(each(lambda _tx, _item: None), None)
    assert heard == []


def test_a_listener_that_breaks_stops_neither_the_writer_nor_the_other_listeners(
    house: House, meeting: Meeting
) -> None:
    heard, told = [], threading.Event()

    def break_down(_changes: Any) -> None:
        raise RuntimeError("no loop any more")

    def listen(changes: Any) -> None:
        heard.extend(changes)
        told.set()

    house.store.writer.listeners[:] = [break_down, listen]
    house.store.writer.write(come, meeting.room.id)
    assert house.store.writer.submit(come, meeting.room.id).result(PATIENCE) == 2
    assert told.wait(PATIENCE)
    assert heard[0] == Change(meeting.room.id, "board")


@pytest.mark.anyio
async def test_a_sender_who_goes_away_stops_neither_the_writer_nor_what_they_sent(
    house: House, meeting: Meeting
) -> None:
    with held_back(house) as let_go:
        waiting = asyncio.wrap_future(house.store.writer.submit(come, meeting.room.id))
        waiting.cancel()
        await asyncio.sleep(0)
        let_go()
        assert await asyncio.to_thread(house.store.writer.submit(come, meeting.room.id).result, PATIENCE) == 2
    assert numbers(meeting) == [1, 2]


def test_the_board_counts_each_commit_once_and_the_version_only_steps(house: House, meeting: Meeting) -> None:
    before = meeting.room
    with held_back(house) as let_go:
        futures = [house.store.writer.submit(come, meeting.room.id) for _ in range(5)]
        let_go()
        [future.result(PATIENCE) for future in futures]
    assert (meeting.room.version, meeting.room.board) == (before.version, before.board + 1)
    meeting.steer("next")
    assert (meeting.room.version, meeting.room.board) == (before.version + 1, before.board + 2)


def test_what_still_waits_is_written_when_the_store_closes(house: House, meeting: Meeting) -> None:
    with held_back(house) as let_go:
        futures = [house.store.writer.submit(come, meeting.room.id) for _ in range(20)]
        let_go()
        house.store.writer.stop()
    assert all(future.done() for future in futures)
    with sqlite3.connect(house.settings.database) as other:
        assert other.execute("SELECT count(*) FROM participant").fetchone() == (20,)


@pytest.mark.usefixtures("meeting")
def test_somebody_can_read_while_the_writer_is_writing(house: House) -> None:
    with held_back(house), house.store.read() as connection:
        assert connection.scalar(text("SELECT count(*) FROM workshop")) == 1
