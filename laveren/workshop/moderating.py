"""Letting words through to the projector: one, all, four, or automatically; hide, put in the spotlight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select, update

from laveren.content.library import Library
from laveren.content.methods import WORDS
from laveren.store import Transaction, each, tables
from laveren.workshop.actions import remember
from laveren.workshop.refusals import NotFound, Refused
from laveren.workshop.rooms import Room, find_room

FOUR = 4
a = tables.answer.c


@dataclass(frozen=True)
class Moderate:
    """What is asked: an action, on one answer or on all that wait at the step shown."""

    library: Library
    code: str
    action: str
    answer: str | None = None


def moderate_one(tx: Transaction, asked: Moderate) -> None:
    """Carries out one action of moderation; unknown answers and actions are refused."""
    room = find_room(tx.connection, asked.library, code=asked.code)
    if room is None:
        raise NotFound("code_unknown", field="code")
    if asked.action in SWITCHES:
        remember(tx, room, asked.action)
        here = update(tables.workshop).where(tables.workshop.c.id == room.id)
        tx.connection.execute(here.values(SWITCHES[asked.action]))
        tx.touch(room.id)
        return
    ids = _which(tx, room, asked)
    dimmed = _in_the_light(tx, room) if asked.action == "spotlight" else []
    remember(tx, room, asked.action, answers=[*ids, *dimmed])
    if dimmed:
        tx.connection.execute(update(tables.answer).where(a.id.in_(dimmed)).values(spotlight=False))
    tx.connection.execute(update(tables.answer).where(a.id.in_(ids)).values(_VALUES[asked.action]))
    tx.touch(room.id, "step" if room.divides else "board")


SWITCHES = {
    "auto_on": {"moderated": False},
    "auto_off": {"moderated": True},
    "sound_on": {"sound": True},
    "sound_off": {"sound": False},
}
_VALUES: dict[str, dict[str, object]] = {
    "show": {"shown": "shown"},
    "show_all": {"shown": "shown"},
    "show_four": {"shown": "shown"},
    "hide": {"shown": "hidden", "spotlight": False},
    "unhide": {"shown": "waiting"},
    "spotlight": {"shown": "shown", "spotlight": True},
    "dim": {"spotlight": False},
}
MODERATIONS = (*_VALUES, "auto_on", "auto_off")  # what a helper may do, and so undo


def _which(tx: Transaction, room: Room, asked: Moderate) -> list[str]:
    if asked.action not in _VALUES:
        raise Refused("action_unknown", field="action", known=", ".join([*_VALUES, *SWITCHES]))
    if asked.action in ("show_all", "show_four"):
        limit = FOUR if asked.action == "show_four" else None
        order = select(a.id).where(*_waiting_here(room)).order_by(a.created_at, a.id).limit(limit)
        found = list(tx.connection.scalars(order))
        if not found:
            raise Refused("nothing_waits")
        return found
    one = select(a.id).where(a.id == asked.answer, a.workshop == room.id, a.state == "submitted")
    found = list(tx.connection.scalars(one))
    if not found:
        raise NotFound("answer_unknown")
    return found


def typed_prompts(room: Room) -> list[str]:
    """The ids of the prompts, of the present step or shown in it, that are answered in words."""
    return [asked.prompt.id for asked in (*room.asked_now, *room.on_screen) if asked.prompt.type in WORDS]


def _waiting_here(room: Room) -> Sequence[ColumnElement[bool]]:
    here = (a.workshop == room.id, a.round == room.asking[0])
    return (*here, a.prompt.in_(typed_prompts(room)), a.state == "submitted", a.shown == "waiting")


def _in_the_light(tx: Transaction, room: Room) -> list[str]:
    return list(tx.connection.scalars(select(a.id).where(a.workshop == room.id, a.spotlight)))


moderate = each(moderate_one)
