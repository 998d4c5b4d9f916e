"""What a facilitator did, and the way back: each action keeps how it was before."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from laveren.store import Transaction, tables
from laveren.workshop.refusals import Refused
from laveren.workshop.rooms import Room

PLACE = ("state", "round", "step", "ends_at", "remaining", "closed_at")
SWITCHED = ("moderated", "sound")  # what changes no worksheet
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
    note: tuple[int, str] | None = None,
) -> None:
    """Writes down how things are before `kind` changes them.

    Always where the room is; besides that these answers' showing, where these participants sit, the whole `plan` (what
    the workshop is, and its rounds), or the note of a (round, step).
    """
    ids, sitting = list(answers), list(people)
    before: dict[str, Any] = {"workshop": {key: getattr(room, key) for key in (*PLACE, *SWITCHED)}}
    before["answer"] = _rows(tx.connection, tables.answer, ids, SHOWN) if ids else {}
    before["participant"] = _rows(tx.connection, tables.participant, sitting, SITTING) if sitting else {}
    if plan:
        before["facts"] = {key: getattr(room, key) for key in FACTS} | {"held_on": room.held_on.isoformat()}
        # Without totals: nothing exact may outlive its round, and totals are never taken back.
        before["rounds"] = [row | {"totals": None} for row in rounds_of(tx.connection, room.id)]
        before["notes"] = _notes(tx.connection, room.id)
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


def put_note(tx: Transaction, workshop: int, round_: int, step: str, text: str | None) -> None:
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
    if last["kind"] == "plan":
        _may_go_back(tx.connection, room, before["rounds"])
    values = before["workshop"] | _facts(before)
    tx.connection.execute(update(tables.workshop).where(tables.workshop.c.id == room.id).values(values))
    for id, kept in before["answer"].items():
        tx.connection.execute(update(tables.answer).where(a.id == id).values(kept))
    _sit_down(tx, room, before)
    if "notes" in before:
        put_notes(tx, room.id, before["notes"])
    if "rounds" in before:
        put_rounds(tx, room.id, _with_totals(before["rounds"], rounds_of(tx.connection, room.id)))
    if "note" in before:
        put_note(tx, room.id, *before["note"])
    if room.moderated and before["answer"]:  # what was written after a facilitator looked, nobody let through
        rewritten = (a.id.in_(before["answer"]), a.shown == "shown", a.stored_at > last["at"])
        tx.connection.execute(update(tables.answer).where(*rewritten).values(shown="waiting", spotlight=False))
    tx.connection.execute(update(tables.action).where(c.id == last["id"]).values(undone=True))
    tx.touch(room.id, "step" if _moved(before, room) or (before["answer"] and room.divides) else "board")
    for table_no in {kept["table_no"] for kept in before["participant"].values() if kept["table_no"]}:
        tx.touch(room.id, "table", table_no)
    return str(last["kind"])


def fixed_rounds(connection: Connection, room: Room) -> int:
    """How many rounds, from the first, can no longer be changed: the room has been there, or something was written."""
    written = connection.scalar(select(func.max(a.round)).where(a.workshop == room.id))
    return max(room.round, int(written or 0))


def _may_go_back(connection: Connection, room: Room, rounds: list[dict[str, Any]]) -> None:
    """Refuses to undo a plan when a round that it brought has begun since."""
    fixed, now = fixed_rounds(connection, room), rounds_of(connection, room.id)
    content = ("method", "cases")
    were = [[row[key] for key in content] for row in rounds[:fixed]]
    if were != [[row[key] for key in content] for row in now[:fixed]]:
        raise Refused("rounds_begun", field="rounds", n=fixed)


def _sit_down(tx: Transaction, room: Room, before: Mapping[str, Any]) -> None:
    """Back to their tables go those who have not chosen another since; who sits at a table that goes stands up.

    Everybody keeps a chair of their own, and nobody comes back with a pen that somebody else holds by now.
    """
    groups = before.get("facts", {}).get("groups", room.groups)
    gone = (p.workshop == room.id, p.table_no > groups)
    for table in set(tx.connection.scalars(select(p.table_no).where(*gone))):
        tx.touch(room.id, "table", table)
    standing = update(tables.participant).where(*gone)
    tx.connection.execute(standing.values(table_no=None, pen=False))
    for id, kept in before["participant"].items():
        sit = select(p.chair).where(p.workshop == room.id, p.number > 0, p.table_no == kept["table_no"])
        taken = set(tx.connection.scalars(sit))
        chairs = [kept["chair"], *range(len(taken) + 1)]
        chair = next(chair for chair in chairs if chair not in taken)
        held = select(p.id).where(p.workshop == room.id, p.table_no == kept["table_no"], p.pen).limit(1)
        pen = kept["pen"] and tx.connection.scalar(held) is None
        back = update(tables.participant).where(p.id == int(id), p.table_no.is_(None))
        tx.connection.execute(back.values(table_no=kept["table_no"], chair=chair, pen=pen))


def _notes(connection: Connection, workshop: int) -> list[list[Any]]:
    return [list(row) for row in connection.execute(select(n.round, n.step, n.text).where(n.workshop == workshop))]


def put_notes(tx: Transaction, workshop: int, notes: Iterable[Sequence[Any]]) -> None:
    """Makes these (round, step, text) all the notes of a workshop."""
    tx.connection.execute(delete(tables.note).where(n.workshop == workshop))
    for round_, step, text in notes:
        put_note(tx, workshop, round_, step, text)


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
