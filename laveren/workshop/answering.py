"""Taking answers in: checked, counted once, never lost, many at a time.

An answer's id and revision come from the browser, so that sending again is harmless: an older revision changes
nothing and gets the newer one back.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from laveren.content.library import Library
from laveren.content.terms import SPEAKS_AS, Role
from laveren.store import Transaction, tables
from laveren.workshop.joining import NOBODY, Identity, known_as, the_room_itself
from laveren.workshop.refusals import Gone, NotAllowed, Refused, Unknown
from laveren.workshop.rooms import CLOSED, Room, find_room
from laveren.workshop.rounds import Asked
from laveren.workshop.values import AnswerBody, checked
from laveren.workshop.wire import wire_answer

REOPEN_SECONDS = 24 * 3600  # so long a closed meeting can be opened again, and takes what comes late
a = tables.answer.c
Row = dict[str, Any]


@dataclass(frozen=True)
class Put:
    """One answer on its way in; `room` is the workshop's number when its facilitator writes for the room."""

    library: Library
    id: str
    body: AnswerBody
    identity: Identity = NOBODY
    room: int | None = None
    on_paper: bool = False


def save_answers(tx: Transaction, puts: Sequence[Put]) -> list[dict[str, Any] | Exception]:
    """The job: for each answer what is kept of it now, or why it was refused."""
    desk = _Desk(tx, puts)
    results: list[dict[str, Any] | Exception] = []
    for put in puts:
        try:
            results.append(desk.take(put))
        except Refused as refusal:
            results.append(refusal)
    desk.write()
    return results


class _Desk:
    """Everything needed to judge a batch of answers, read in a few queries, and what to write of it."""

    def __init__(self, tx: Transaction, puts: Sequence[Put]) -> None:
        self.tx, self.now = tx, time.time()
        self.people = self._people(puts)
        self.rooms = self._rooms(puts)
        self.prompts = {id: room.everything_asked() for id, room in self.rooms.items()}
        found = select(tables.answer).where(a.id.in_({put.id for put in puts}))
        self.answers: dict[str, Row] = {row["id"]: dict(row) for row in tx.connection.execute(found).mappings()}
        self.handed_in = self._handed_in(puts)
        self.new: set[str] = set()
        self.changed: set[str] = set()
        self.reworded: set[str] = set()
        self.revisions: list[Row] = []

    def _people(self, puts: Sequence[Put]) -> dict[str, Row]:
        hashes = {h for put in puts for h in known_as(put.identity) if h}
        p = tables.participant.c
        found = select(tables.participant).where(p.token_hash.in_(hashes) | p.receipt_hash.in_(hashes))
        people: dict[str, Row] = {}
        for row in self.tx.connection.execute(found).mappings():
            people |= {row[key]: dict(row) for key in ("token_hash", "receipt_hash") if row[key]}
        return people

    def _rooms(self, puts: Sequence[Put]) -> dict[int, Room]:
        ids = {person["workshop"] for person in self.people.values()} | {put.room for put in puts if put.room}
        rooms = {id: find_room(self.tx.connection, puts[0].library, id=id) for id in ids}
        return {id: room for id, room in rooms.items() if room}

    def _handed_in(self, puts: Sequence[Put]) -> dict[tuple[Any, ...], set[str]]:
        """Which answers are handed in, by who gave them and to what."""
        if all(put.body.state != "submitted" for put in puts):
            return defaultdict(set)
        authors = {person["id"] for person in self.people.values()}
        columns = select(a.id, a.workshop, a.participant, a.round, a.prompt, a.scope, a.table_no)
        theirs = a.participant.in_(authors) | (a.scope != "person")
        found = columns.where(a.workshop.in_(self.rooms), a.state == "submitted", theirs)
        given: dict[tuple[Any, ...], set[str]] = defaultdict(set)
        for row in map(dict, self.tx.connection.execute(found).mappings()):
            given[_giver(row)].add(row["id"])
        return given

    def _author(self, put: Put) -> Row:
        if put.room is not None:
            room = self.rooms[put.room]
            return {
                "id": the_room_itself(self.tx, room),
                "workshop": room.id,
                "table_no": None,
                "chair": 0,
                "role": str(Role.ROOM),
            }
        for known in known_as(put.identity):
            if known in self.people:
                return self.people[known]
        raise Unknown("nobody")

    def take(self, put: Put) -> dict[str, Any]:
        """Judges one answer and keeps it."""
        author = self._author(put)
        room, body, old = self.rooms[author["workshop"]], put.body, self.answers.get(put.id)
        asked = self.prompts[room.id].get(body.prompt)
        if asked is None or not (asked.open or old):
            raise Refused("prompt_unknown", field="prompt")
        if old and not _may_change(old, author):
            raise NotAllowed("not_yours", field="id")
        if old and (old["round"], old["prompt"]) != (asked.round, asked.prompt.id):
            raise Refused("prompt_changed", field="prompt")
        if old and old["revision"] >= body.revision:
            return wire_answer(old, mine=old["participant"] == author["id"])
        if room.state == CLOSED and body.state != "withdrawn" and self.now > (room.closed_at or 0) + REOPEN_SECONDS:
            raise Gone("closed")
        over = room.state == CLOSED or (asked.round and room.rounds[asked.round - 1].totals.get("closed"))
        if asked.prompt.confidential and over:
            raise Gone("only_totals", field="prompt")
        if body.state == "submitted":
            _may_hand_in(room, asked, author)
        row = self._row(put, author, room, asked, old)
        self._check_number(row, asked)
        self.answers[put.id] = row
        (self.changed if old and put.id not in self.new else self.new).add(put.id)
        if room.state != CLOSED and not asked.prompt.confidential:
            kept = {key: row[key] for key in ("revision", "state", "value", "stored_at")}
            self.revisions.append({"answer": put.id} | kept)
        self.tx.touch(room.id)
        if row["scope"] == "table" and (row["state"] != "draft" or (old and old["state"] != "draft")):
            self.tx.touch(room.id, "table", row["table_no"])
        return {"id": put.id, "revision": body.revision, "stored_at": self.now}

    def _row(self, put: Put, author: Row, room: Room, asked: Asked, old: Row | None) -> Row:
        body = put.body
        # What is taken back may be anything that was kept, also what could not be given now.
        if old and body.state == "withdrawn" and body.value == old["value"]:
            kept = dict(old)
        else:
            kept = checked(body, asked, room, author["table_no"])
        if body.state == "withdrawn" and room.state == CLOSED:
            kept |= {"value": None, "source": None, "status": None, "domains": None, "link": None, "dissent": None}
        scope = "room" if put.room is not None else asked.scope
        # What is confidential is kept without its time.
        now = 0.0 if asked.prompt.confidential else self.now
        row = old or {
            "id": put.id,
            "workshop": room.id,
            "participant": author["id"],
            "round": asked.round,
            "step": asked.step,
            "prompt": asked.prompt.id,
            "kind": str(asked.prompt.kind),
            "scope": scope,
            "table_no": author["table_no"],
            "state": "draft",
            "late": False,
            "on_paper": put.on_paper,
            "shown": "waiting",
            "spotlight": False,
            "created_at": now,
            "value": None,
            "seat": None,
            "suggested": None,
        }
        first = body.state == "submitted" and row["state"] != "submitted"
        passed = asked.step > 0 and (asked.round, asked.step) < room.position
        left = asked.round > 0 and (room.state == CLOSED or passed)
        # What the facilitator let through is not what it says now: it waits again, unless nothing has to.
        changed = any(row.get(key) != kept[key] for key in ("value", "dissent"))
        rewritten = (first or changed) and row["shown"] != "hidden"
        if row["suggested"] and row["value"] != kept["value"]:  # what was suggested holds a word of the old text
            self.reworded.add(put.id)
        unseen = {"shown": "waiting" if room.moderated else "shown", "spotlight": False}
        return (
            row
            | kept
            | {"state": body.state, "revision": body.revision, "stored_at": now}
            | (_at_hand_in(room, row, author) | {"late": row["late"] or left} if first else {})
            | (unseen if rewritten else {})
            | ({"suggested": None} if put.id in self.reworded else {})
        )

    def _check_number(self, row: Row, asked: Asked) -> None:
        given = self.handed_in[_giver(row)]
        given.discard(row["id"])
        if row["state"] != "submitted":
            return
        # The maximum is a person's or a table's; who takes over a room's paper has many in hand.
        if row["scope"] != "room" and len(given) >= asked.prompt.answers:
            raise Refused("too_many_answers", field="prompt", n=asked.prompt.answers)
        given.add(row["id"])

    def write(self) -> None:
        """Writes the batch in a few statements."""
        connection = self.tx.connection
        if self.reworded:
            connection.execute(delete(tables.suggestion).where(tables.suggestion.c.answer.in_(self.reworded)))
        if self.new:
            connection.execute(insert(tables.answer), [self.answers[id] for id in self.new])
        if self.changed:
            fields = (
                "state", "revision", "value", "source", "status", "link", "domains", "dissent", "seat", "table_no",
                "late", "shown", "spotlight", "suggested", "stored_at",
            )  # fmt: skip
            rows = [{"b_id": id} | {f"b_{f}": self.answers[id][f] for f in fields} for id in self.changed]
            change = update(tables.answer).where(a.id == bindparam("b_id"))
            connection.execute(change.values({f: bindparam(f"b_{f}") for f in fields}), rows)
        if self.revisions:
            connection.execute(insert(tables.revision), self.revisions)


def _giver(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Who may give how many answers to what: a person, or a table together."""
    by = row["participant"] if row["scope"] != "table" or row["table_no"] is None else f"table {row['table_no']}"
    return (row["workshop"], row["round"], row["prompt"], by)


def _may_change(old: Row, author: Row) -> bool:
    if old["participant"] == author["id"]:
        return True
    same_table = old["table_no"] is not None and old["table_no"] == author["table_no"]
    return old["scope"] == "table" and old["workshop"] == author["workshop"] and same_table


def _may_hand_in(room: Room, asked: Asked, author: Row) -> None:
    """Refuses what stays with its writer, and what is confidential of somebody who has no row."""
    if asked.prompt.id == room.library.fixed.note.id:
        raise Refused("note_is_yours", field="state")
    if asked.prompt.confidential and author["role"] not in SPEAKS_AS:
        raise Refused("role_has_no_row", field="prompt")


def _at_hand_in(room: Room, row: Row, author: Row) -> Row:
    """Where somebody sits who hands in: what is one's own is about the case of the table one is at now.

    A table's answer stays the table's, also when its writer has left, unless that table is gone; it comes from no seat.
    Nor does one on paper: nobody knows which seat that was.
    """
    table = author["table_no"]
    if not row["round"] or row["scope"] == "room":
        return {}
    if row["scope"] == "table":
        return {} if row["table_no"] and row["table_no"] <= room.groups else {"table_no": table}
    seat = None if row["on_paper"] else room.rounds[row["round"] - 1].seat(table, author["chair"])
    return {"table_no": table, "seat": seat}
