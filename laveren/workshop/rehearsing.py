"""Rehearsing (`oefenen`): a copy of a workshop to play through beforehand, that counts nowhere and is soon gone."""

from __future__ import annotations

import secrets
import time

from sqlalchemy import and_, delete, insert, or_, select

from laveren.content.library import Library
from laveren.store import Transaction, each, tables
from laveren.workshop.actions import FACTS, put_note, put_rounds, rounds_of
from laveren.workshop.joining import find_code
from laveren.workshop.planning import notes_of
from laveren.workshop.preparing import free_code
from laveren.workshop.refusals import NotAllowed
from laveren.workshop.rooms import CLOSED, Room

MARK = "Oefening: "
KEPT, KEPT_CLOSED = 24 * 3600, 3600  # seconds that a rehearsal is kept after its making, and after its close
MAX_TITLE = 200
w = tables.workshop.c


def rehearse(tx: Transaction, item: tuple[Library, str]) -> str:
    """Makes a rehearsal of a workshop and gives its code: the same plan with the content as it was kept, nobody in it.

    The facilitator's notes come along. NotFound when no workshop has the code.
    """
    library, code = item
    room = find_code(tx.connection, library, code)
    # A number of its own kind, that no workshop gets when this one is gone: who still watches would see the next.
    id = -1 - secrets.randbelow(2**31 - 1)
    made = free_code(set(tx.connection.scalars(select(w.code))))
    facts = {key: getattr(room, key) for key in (*FACTS, "moderated", "sound")}
    facts["title"] = f"{MARK}{room.title.removeprefix(MARK)}"[:MAX_TITLE]
    own = {"id": id, "code": made, "salt": secrets.token_hex(8), "created_at": time.time(), "rehearsal": True}
    tx.connection.execute(insert(tables.workshop).values(facts | own))
    fresh = {"workshop": id, "twists": [], "totals": None}
    put_rounds(tx, id, [round_ | fresh for round_ in rounds_of(tx.connection, room.id)])
    for (round_, step), text in notes_of(tx.connection, room).items():
        put_note(tx, id, round_, step, text)
    tx.touch(id)
    return made


def forget(tx: Transaction, now: float) -> int:
    """Deletes the rehearsals that are over, with all that was written in them; gives how many."""
    old = or_(w.created_at < now - KEPT, and_(w.state == CLOSED, w.closed_at < now - KEPT_CLOSED))
    return tx.connection.execute(delete(tables.workshop).where(w.rehearsal, old)).rowcount


def throw_away(tx: Transaction, item: tuple[Library, str]) -> None:
    """Deletes one rehearsal at once; of anything else NotAllowed."""
    library, code = item
    room = find_code(tx.connection, library, code)
    only_rehearsals(room)
    tx.connection.execute(delete(tables.workshop).where(w.id == room.id))


def only_rehearsals(room: Room) -> None:
    """Refuses a workshop that is not a rehearsal."""
    if not room.rehearsal:
        raise NotAllowed("rehearsal_only")


make_rehearsal = each(rehearse)
forget_rehearsals = each(forget)
throw_away_rehearsal = each(throw_away)
