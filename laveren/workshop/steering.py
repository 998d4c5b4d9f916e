"""Moving the room: on, back, more time, a pause, a twist, closing and opening again; every one can be undone."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, update

from laveren.content.library import Library
from laveren.store import Transaction, each, tables
from laveren.workshop.actions import remember, undo
from laveren.workshop.answering import REOPEN_SECONDS
from laveren.workshop.refusals import Gone, Moved, NotFound, Refused
from laveren.workshop.rooms import CLOSED, LOBBY, RUNNING, Room, find_room
from laveren.workshop.rounds import Reveal
from laveren.workshop.totals import keep_totals

MINUTE = 60.0


@dataclass(frozen=True)
class Steer:
    """A facilitator's action; with `expected_version` it is refused when the room has moved on since."""

    library: Library
    code: str
    action: str
    expected_version: int | None = None


def _at(room: Room, round_: int, step: int, now: float) -> dict[str, Any]:
    minutes = room.rounds[round_ - 1].steps[step - 1].minutes
    ends_at = now + minutes * MINUTE
    return {"state": RUNNING, "round": round_, "step": step, "ends_at": ends_at, "remaining": None, "closed_at": None}


def _next(room: Room, now: float) -> dict[str, Any]:
    _in(room, LOBBY, RUNNING)
    if room.last:
        raise Refused("last_step")
    if room.state == LOBBY:
        return _at(room, 1, 1, now)
    steps = len(room.rounds[room.round - 1].steps)
    return _at(room, room.round, room.step + 1, now) if room.step < steps else _at(room, room.round + 1, 1, now)


def _back(room: Room, now: float) -> dict[str, Any]:
    _in(room, RUNNING)
    if room.step > 1:
        return _at(room, room.round, room.step - 1, now)
    if room.round > 1:
        return _at(room, room.round - 1, len(room.rounds[room.round - 2].steps), now)
    return {"state": LOBBY, "round": 0, "step": 0, "ends_at": None, "remaining": None}


def _more_time(room: Room, now: float) -> dict[str, Any]:
    _in(room, RUNNING)
    if room.remaining is not None:
        return {"remaining": room.remaining + MINUTE}
    return {"ends_at": max(room.ends_at or now, now) + MINUTE}


def _pause(room: Room, now: float) -> dict[str, Any]:
    _in(room, RUNNING)
    if room.remaining is not None:
        raise Refused("already_paused")
    return {"ends_at": None, "remaining": max(0.0, (room.ends_at or now) - now)}


def _resume(room: Room, now: float) -> dict[str, Any]:
    _in(room, RUNNING)
    if room.remaining is None:
        raise Refused("not_paused")
    return {"ends_at": now + room.remaining, "remaining": None}


def _close(room: Room, now: float) -> dict[str, Any]:
    _in(room, RUNNING)
    return {"state": CLOSED, "ends_at": None, "remaining": None, "closed_at": now}


def _reopen(room: Room, now: float) -> dict[str, Any]:
    _in(room, CLOSED)
    return _at(room, room.round, room.step, now)


ACTIONS: dict[str, Callable[[Room, float], dict[str, Any]]] = {
    "next": _next,
    "back": _back,
    "more_time": _more_time,
    "pause": _pause,
    "resume": _resume,
    "close": _close,
    "reopen": _reopen,
}


def _reveal(room: Room, now: float) -> tuple[dict[str, Any], list[Reveal]]:
    """The next twist of this round's cases, as a step of its own, here and now."""
    _in(room, RUNNING)
    round_ = room.rounds[room.round - 1]
    if room.twist_now:
        raise Moved("twist_is_shown")
    left = [n for n in range(1, round_.most_twists + 1) if n not in round_.revealed]
    if not left:
        raise Refused("no_twist_left")
    ends_at = now + round_.turn.minutes * MINUTE
    return {"step": room.step + 1, "ends_at": ends_at, "remaining": None}, [*round_.reveals, Reveal(left[0], room.step)]


def _conceal(room: Room, now: float) -> tuple[dict[str, Any], list[Reveal]]:
    """The last twist was never revealed; what was written about it stays, and comes back when it does."""
    _in(room, RUNNING)
    round_ = room.rounds[room.round - 1]
    if not round_.reveals:
        raise Refused("no_twist_revealed")
    last = round_.reveals[-1]
    if room.step == last.after + 1:
        values = _at(room, room.round, last.after, now)
    else:
        values = {"step": room.step - 1 if room.step > last.after else room.step}
    return values, list(round_.reveals[:-1])


def put_reveals(tx: Transaction, room: Room, reveals: Sequence[Reveal]) -> None:
    """Keeps which twists the room knows in its present round."""
    r = tables.round_.c
    here = update(tables.round_).where(r.workshop == room.id, r.position == room.round)
    tx.connection.execute(here.values(twists=[reveal._asdict() for reveal in reveals]))


TWISTS: dict[str, Callable[[Room, float], tuple[dict[str, Any], list[Reveal]]]] = {
    "reveal": _reveal,
    "conceal": _conceal,
}


def _in(room: Room, *states: str) -> None:
    if room.state not in states:
        raise Moved("not_in_this_state")


def move(tx: Transaction, steer: Steer) -> Room:
    """Carries out one action and gives the workshop as it is then."""
    room = _room(tx, steer)
    if steer.expected_version is not None and steer.expected_version != room.version:
        raise Moved("room_moved_on")
    if steer.action == "undo":
        undo(tx, room)
    elif steer.action in TWISTS:
        remember(tx, room, steer.action, plan=True)
        values, reveals = TWISTS[steer.action](room, time.time())
        put_reveals(tx, room, reveals)
        tx.connection.execute(update(tables.workshop).where(tables.workshop.c.id == room.id).values(values))
        tx.touch(room.id, "step")
    elif steer.action in ACTIONS:
        values = ACTIONS[steer.action](room, time.time())
        remember(tx, room, steer.action)
        tx.connection.execute(update(tables.workshop).where(tables.workshop.c.id == room.id).values(values))
        tx.touch(room.id, "step")
    else:
        raise Refused("action_unknown", field="action", known=", ".join([*ACTIONS, *TWISTS, "undo"]))
    moved = _room(tx, steer)
    if moved.position > room.position or moved.state == CLOSED:
        keep_totals(tx, room, moved)
    if moved.state == CLOSED and room.state != CLOSED:
        _let_go(tx, room)
    if room.state == CLOSED and moved.state != CLOSED:
        _not_for_good(room)  # undoing the close is opening again
    return moved


def _not_for_good(room: Room) -> None:
    if time.time() > (room.closed_at or 0) + REOPEN_SECONDS:
        raise Gone("closed_for_good")


def _room(tx: Transaction, steer: Steer) -> Room:
    room = find_room(tx.connection, steer.library, code=steer.code)
    if room is None:
        raise NotFound("code_unknown", field="code")
    return room


def _let_go(tx: Transaction, room: Room) -> None:
    """At close the way from a participant to their browser goes, and what they wrote before their last word."""
    p, a = tables.participant.c, tables.answer.c
    tx.connection.execute(update(tables.participant).where(p.workshop == room.id).values(token_hash=None, done=None))
    own = tables.answer.select().with_only_columns(a.id).where(a.workshop == room.id)
    tx.connection.execute(delete(tables.revision).where(tables.revision.c.answer.in_(own)))


def settle(tx: Transaction, now: float) -> int:
    """Wipes drafts and what was taken back in workshops that can no longer be opened again; gives how many."""
    w, a = tables.workshop.c, tables.answer.c
    over = tables.workshop.select().with_only_columns(w.id).where(w.state == CLOSED, w.closed_at < now - REOPEN_SECONDS)
    wiped = tx.connection.execute(delete(tables.answer).where(a.workshop.in_(over), a.state != "submitted"))
    return wiped.rowcount


steer = each(move)
settle_all = each(settle)
