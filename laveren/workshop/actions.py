"""What a facilitator did, and the way back: each action keeps how it was before."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from laveren.store import Transaction, tables
from laveren.workshop.refusals import Refused
from laveren.workshop.rooms import Room

PLACE = ("state", "round", "step", "ends_at", "remaining", "closed_at", "sound")
FACTS = ("title", "held_on", "place", "organisation", "region", "groups", "starts_at")
SHOWN = ("shown", "spotlight")
SITTING = ("table_no", "chair", "pen")
a, p, r, n = tables.answer.c, tables.participant.c, tables.round_.c, tables.note.c


def remember(
    tx: Transaction,
    room: Room,
    kind: str,
    *,
    answers: Iterable[str] = (),
    people: Iterable[int] = (),
    plan: bool = False,
    note: tuple[int, int] | None = None,
) -> None:
    """Writes down how things are before `kind` changes them.

    Always where the room is; besides that these answers' showing, where these participants sit, the whole `plan` (what
    the workshop is, and its rounds), or the note of a (round, step).
    """
    ids, sitting = list(answers), list(people)
    before: dict[str, Any] = {"workshop": {key: getattr(room, key) for key in (*PLACE, "moderated")}}
    before["answer"] = _rows(tx.connection, tables.answer, ids, SHOWN) if ids else {}
    before["participant"] = _rows(tx.connection, tables.participant, sitting, SITTING) if sitting else {}
    if plan:
        before["facts"] = {key: getattr(room, key) for key in FACTS} | {"held_on": room.held_on.isoformat()}
        before["rounds"] = rounds_of(tx.connection, room.id)
    if note:
        text = tx.connection.scalar(select(n.text).where(n.workshop == room.id, n.round == note[0], n.step == note[1]))
        before["note"] = [*note, text]
    tx.connection.execute(insert(tables.action).values(workshop=room.id, at=time.time(), kind=kind, before=before))


def rounds_of(connection: Connection, workshop: int) -> list[dict[str, Any]]:
    """The rounds of a workshop as they are kept, without their numbers in the table."""
    found = connection.execute(select(tables.round_).where(r.workshop == workshop).order_by(r.position)).mappings()
    return [{key: value for key, value in row.items() if key != "id"} for row in found]


def put_rounds(tx: Transaction, workshop: int, rounds: list[dict[str, Any]]) -> None:
    """Makes these the rounds of a workshop."""
    tx.connection.execute(delete(tables.round_).where(r.workshop == workshop))
    tx.connection.execute(insert(tables.round_), rounds)


def put_note(tx: Transaction, workshop: int, round_: int, step: int, text: str | None) -> None:
    """Makes this the note at a step; an empty one is none."""
    tx.connection.execute(delete(tables.note).where(n.workshop == workshop, n.round == round_, n.step == step))
    if text:
        tx.connection.execute(insert(tables.note).values(workshop=workshop, round=round_, step=step, text=text))


def _rows(connection: Connection, table: Any, ids: list[Any], keys: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    found = connection.execute(select(table).where(table.c.id.in_(ids))).mappings()
    return {str(row["id"]): {key: row[key] for key in keys} for row in found}


def undo(tx: Transaction, room: Room) -> str:
    """Takes the last action back, whatever it was, and gives its kind."""
    c = tables.action.c
    newest = select(tables.action).where(c.workshop == room.id, ~c.undone).order_by(c.id.desc()).limit(1)
    last = tx.connection.execute(newest).mappings().one_or_none()
    if last is None:
        raise Refused("nothing_to_undo")
    before = last["before"]
    values = before["workshop"] | _facts(before)
    tx.connection.execute(update(tables.workshop).where(tables.workshop.c.id == room.id).values(values))
    for table, key in ((tables.answer, "answer"), (tables.participant, "participant")):
        for id, kept in before[key].items():
            tx.connection.execute(update(table).where(table.c.id == (int(id) if key != "answer" else id)).values(kept))
    if "rounds" in before:
        put_rounds(tx, room.id, _with_totals(before["rounds"], rounds_of(tx.connection, room.id)))
    if "note" in before:
        put_note(tx, room.id, *before["note"])
    if room.moderated and before["answer"]:  # what was written after a facilitator looked, nobody let through
        rewritten = (a.id.in_(before["answer"]), a.shown == "shown", a.stored_at > last["at"])
        tx.connection.execute(update(tables.answer).where(*rewritten).values(shown="waiting", spotlight=False))
    tx.connection.execute(update(tables.action).where(c.id == last["id"]).values(undone=True))
    tx.touch(room.id, "step" if _moved(before, room) else "board")
    for table_no in {kept["table_no"] for kept in before["participant"].values() if kept["table_no"]}:
        tx.touch(room.id, "table", table_no)
    return str(last["kind"])


def _facts(before: Mapping[str, Any]) -> dict[str, Any]:
    facts = dict(before.get("facts", {}))
    if facts:
        facts["held_on"] = tables.workshop.c.held_on.type.python_type.fromisoformat(facts["held_on"])
    return facts


def _with_totals(rounds: list[dict[str, Any]], now: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Totals are never taken back: what they were made from is gone."""
    kept = {(row["position"], row["method_id"]): row["totals"] for row in now if row["totals"]}
    return [row | {"totals": kept.get((row["position"], row["method_id"]), row["totals"])} for row in rounds]


def last_action(connection: Connection, workshop: int) -> str | None:
    """The kind of action that *ongedaan maken* would take back, or None."""
    c = tables.action.c
    found = select(c.kind).where(c.workshop == workshop, ~c.undone).order_by(c.id.desc()).limit(1)
    kind = connection.scalar(found)
    return str(kind) if kind else None


def _moved(before: Mapping[str, Any], room: Room) -> bool:
    """Whether taking this back changes what the worksheets show."""
    return "rounds" in before or any(before["workshop"][key] != getattr(room, key) for key in PLACE)
