"""What a facilitator did, and the way back: each action keeps how it was before."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Column, Connection, Table, insert, select, update

from laveren.store import Transaction, tables
from laveren.workshop.refusals import Refused
from laveren.workshop.rooms import Room

WATCHED = {
    "workshop": ("state", "round", "step", "ends_at", "remaining", "closed_at", "moderated"),
    "answer": ("shown", "spotlight"),
}
a = tables.answer.c
_TABLES: dict[str, tuple[Table, Column[Any]]] = {
    "workshop": (tables.workshop, tables.workshop.c.id),
    "answer": (tables.answer, tables.answer.c.id),
}


def remember(tx: Transaction, room: Room, kind: str, *, answers: Iterable[str] = ()) -> None:
    """Writes down how the workshop and these answers are now, before `kind` changes them."""
    before: dict[str, Any] = {"workshop": {str(room.id): {key: getattr(room, key) for key in WATCHED["workshop"]}}}
    found = select(tables.answer).where(tables.answer.c.id.in_(list(answers)))
    before["answer"] = {
        row["id"]: {key: row[key] for key in WATCHED["answer"]} for row in tx.connection.execute(found).mappings()
    }
    tx.connection.execute(insert(tables.action).values(workshop=room.id, at=time.time(), kind=kind, before=before))


def undo(tx: Transaction, room: Room) -> str:
    """Takes the last action back, whatever it was, and gives its kind."""
    c = tables.action.c
    newest = select(tables.action).where(c.workshop == room.id, ~c.undone).order_by(c.id.desc()).limit(1)
    last = tx.connection.execute(newest).mappings().one_or_none()
    if last is None:
        raise Refused("nothing_to_undo")
    for name, rows in last["before"].items():
        table, key = _TABLES[name]
        for id, values in rows.items():
            tx.connection.execute(update(table).where(key == (int(id) if name == "workshop" else id)).values(values))
    if room.moderated:  # what was written after a facilitator looked, nobody let through
        rewritten = (a.id.in_(last["before"]["answer"]), a.shown == "shown", a.stored_at > last["at"])
        tx.connection.execute(update(tables.answer).where(*rewritten).values(shown="waiting", spotlight=False))
    tx.connection.execute(update(tables.action).where(c.id == last["id"]).values(undone=True))
    tx.touch(room.id, "step" if _moved(last["before"], room) else "board")
    return str(last["kind"])


def last_action(connection: Connection, workshop: int) -> str | None:
    """The kind of action that *ongedaan maken* would take back, or None."""
    c = tables.action.c
    found = select(c.kind).where(c.workshop == workshop, ~c.undone).order_by(c.id.desc()).limit(1)
    kind = connection.scalar(found)
    return str(kind) if kind else None


def _moved(before: Mapping[str, Any], room: Room) -> bool:
    was = before["workshop"][str(room.id)]
    return any(was[key] != getattr(room, key) for key in WATCHED["workshop"] if key != "moderated")
