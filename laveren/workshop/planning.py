"""Changing a workshop that is there already: what it is called, its tables, and the rounds that are still to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from laveren.content.library import Library
from laveren.store import Transaction, each, tables
from laveren.workshop.actions import fixed_rounds, put_note, put_notes, put_rounds, remember, rounds_of
from laveren.workshop.preparing import MAX_ROUNDS, Plan, check_rounds, round_row, tidy_facts
from laveren.workshop.refusals import Moved, NotFound, Refused
from laveren.workshop.rooms import CLOSED, Room, find_room
from laveren.workshop.rounds import RoundPlan

MAX_NOTE = 2000
p, n = tables.participant.c, tables.note.c


@dataclass(frozen=True)
class Replan:
    """What a workshop is to be: `plan` without its rounds, and the rounds in order.

    A number stands for the round that is at that position now (1-based) and stays as it was planned, with the case as
    it was then; a RoundPlan is a new round, with its content as the library has it now.
    """

    library: Library
    code: str
    plan: Plan
    rounds: Sequence[int | RoundPlan]
    expected_version: int | None = None


def change(tx: Transaction, asked: Replan) -> str:
    """Carries a new plan out and gives the code. Who sat at a table that goes sits at none, with all they wrote."""
    room = _room(tx, asked.library, asked.code)
    if asked.expected_version is not None and asked.expected_version != room.version:
        raise Moved("room_moved_on")
    if room.state == CLOSED:
        raise Moved("not_in_this_state")
    facts = tidy_facts(asked.plan)
    rows = _rounds(tx, asked, room)
    without = select(p.id, p.table_no).where(p.workshop == room.id, p.table_no > facts["groups"])
    gone = tx.connection.execute(without).all()
    remember(tx, room, "plan", plan=True, people=[id for id, _ in gone])
    put_rounds(tx, room.id, rows)
    moved = {old: new for new, old in enumerate(asked.rounds, start=1) if isinstance(old, int)}
    notes = notes_of(tx.connection, room).items()
    put_notes(tx, room.id, [(moved[at], step, text) for (at, step), text in notes if at in moved])
    tx.connection.execute(update(tables.workshop).where(tables.workshop.c.id == room.id).values(facts))
    if gone:
        standing = update(tables.participant).where(p.id.in_([id for id, _ in gone]))
        tx.connection.execute(standing.values(table_no=None, pen=False))
    tx.touch(room.id, "step")
    for table in {table for _, table in gone}:
        tx.touch(room.id, "table", table)
    return room.code


def _rounds(tx: Transaction, asked: Replan, room: Room) -> list[dict[str, Any]]:
    """The rows of the rounds as they are to be."""
    fixed, now = fixed_rounds(tx.connection, room), rounds_of(tx.connection, room.id)
    kept = [place for place in asked.rounds if isinstance(place, int)]
    if kept[:fixed] != list(range(1, fixed + 1)) or list(asked.rounds[:fixed]) != kept[:fixed]:
        raise Refused("rounds_begun", field="rounds", n=fixed)
    if len(set(kept)) != len(kept) or not set(kept) <= set(range(1, len(now) + 1)):
        raise Refused("rounds_unknown", field="rounds")
    if len(asked.rounds) > MAX_ROUNDS:
        raise Refused("rounds_too_many", field="rounds", most=MAX_ROUNDS)
    new = [place for place in asked.rounds if isinstance(place, RoundPlan)]
    if new or not kept:
        check_rounds(asked.library, new)
    return [
        round_row(asked.library, room.id, position, place)
        if isinstance(place, RoundPlan)
        else now[place - 1] | {"position": position}
        for position, place in enumerate(asked.rounds, start=1)
    ]


@dataclass(frozen=True)
class Noting:
    """What a facilitator writes down at a step, for nobody else."""

    library: Library
    code: str
    round: int
    step: str  # its key, see Round.key
    text: str


def note(tx: Transaction, asked: Noting) -> None:
    """Keeps a private note; an empty one is thrown away."""
    room = _room(tx, asked.library, asked.code)
    text = asked.text.strip()
    if len(text) > MAX_NOTE:
        raise Refused("too_long", field="text", n=len(text), most=MAX_NOTE)
    if text == notes_of(tx.connection, room).get((asked.round, asked.step), ""):
        return  # nobody wrote anything: there is nothing to undo
    remember(tx, room, "note", note=(asked.round, asked.step))
    put_note(tx, room.id, asked.round, asked.step, text)
    tx.touch(room.id)


def notes_of(connection: Connection, room: Room) -> dict[tuple[int, str], str]:
    """The facilitator's notes by (round, key of the step)."""
    found = connection.execute(select(n.round, n.step, n.text).where(n.workshop == room.id))
    return {(round_, step): text for round_, step, text in found}


def _room(tx: Transaction, library: Library, code: str) -> Room:
    room = find_room(tx.connection, library, code=code)
    if room is None:
        raise NotFound("code_unknown", field="code")
    return room


replan = each(change)
keep_note = each(note)
