"""Taking answers in: checked, counted once, never lost, many at a time.

An answer's id and revision come from the browser, so that sending again is harmless: an older revision changes
nothing and gets the newer one back.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import bindparam, insert, select, update

from laveren.content.library import Library
from laveren.content.methods import AnswerType, Kind
from laveren.content.terms import Certainty, Source, Status
from laveren.store import Transaction, tables
from laveren.workshop.joining import NOBODY, Identity, known_as, the_room_itself
from laveren.workshop.refusals import Gone, NotAllowed, Refused, Unknown
from laveren.workshop.rooms import CLOSED, Asked, Room, find_room

MAX_DRAFT = 12_000  # characters; a draft may be too long to hand in: it is not lost for that
REOPEN_SECONDS = 24 * 3600  # so long a closed meeting can be opened again, and takes what comes late
BLIND = "geen_zicht"  # the answer to a scale of somebody who cannot tell
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
a = tables.answer.c
Row = dict[str, Any]


class AnswerBody(BaseModel):
    """What a browser sends for one answer."""

    model_config = ConfigDict(extra="forbid")

    revision: int = Field(ge=1, le=1_000_000_000)
    state: Literal["draft", "submitted", "withdrawn"]
    prompt: str = Field(max_length=80)
    value: str | int | list[str] | None = None
    source: str | None = None
    status: str | None = None
    link: str | None = Field(None, max_length=36)
    domains: dict[str, str] | None = None


@dataclass(frozen=True)
class Put:
    """One answer on its way in; `room` is the workshop's number when its facilitator writes for the room."""

    library: Library
    id: str
    body: AnswerBody
    identity: Identity = NOBODY
    room: int | None = None
    on_paper: bool = False


def wire_answer(row: Mapping[str, Any], wire: str, *, mine: bool) -> dict[str, Any]:
    """An answer as it goes to a browser that may see it whole."""
    same = ("id", "state", "revision", "value", "source", "status", "link", "domains", "late", "stored_at", "scope")
    return {"prompt": wire, "mine": mine} | {key: row[key] for key in same}


def wire_id(row: Mapping[str, Any]) -> str:
    """The id of the prompt an answer belongs to, as the workshop knows it."""
    return f"{row['round']}.{row['prompt']}" if row["round"] else f"slot.{row['prompt']}"


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
            return {"id": the_room_itself(self.tx, room), "workshop": room.id, "table_no": None}
        for known in known_as(put.identity):
            if known in self.people:
                return self.people[known]
        raise Unknown("nobody")

    def take(self, put: Put) -> dict[str, Any]:
        """Judges one answer and keeps it."""
        author = self._author(put)
        room, body, old = self.rooms[author["workshop"]], put.body, self.answers.get(put.id)
        asked = self.prompts[room.id].get(body.prompt)
        if asked is None:
            raise Refused("prompt_unknown", field="prompt")
        if old and not _may_change(old, author):
            raise NotAllowed("not_yours", field="id")
        if old and (old["round"], old["prompt"]) != (asked.round, asked.prompt.id):
            raise Refused("prompt_changed", field="prompt")
        if old and old["revision"] >= body.revision:
            return wire_answer(old, wire_id(old), mine=old["participant"] == author["id"])
        if room.state == CLOSED and body.state != "withdrawn" and self.now > (room.closed_at or 0) + REOPEN_SECONDS:
            raise Gone("closed")
        row = self._row(put, author, room, asked, old)
        self._check_number(row, asked)
        self.answers[put.id] = row
        (self.changed if old and put.id not in self.new else self.new).add(put.id)
        if room.state != CLOSED:
            kept = {key: row[key] for key in ("revision", "state", "value", "stored_at")}
            self.revisions.append({"answer": put.id} | kept)
        self.tx.touch(room.id)
        if row["scope"] == "table" and (row["state"] != "draft" or (old and old["state"] != "draft")):
            self.tx.touch(room.id, "table", row["table_no"])
        return {"id": put.id, "revision": body.revision, "stored_at": self.now}

    def _row(self, put: Put, author: Row, room: Room, asked: Asked, old: Row | None) -> Row:
        body = put.body
        kept = checked(body, asked, room)
        if body.state == "withdrawn" and room.state == CLOSED:
            kept |= {"value": None, "source": None, "status": None, "domains": None, "link": None}
        scope = "room" if put.room is not None else asked.scope
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
            "created_at": self.now,
            "value": None,
        }
        first = body.state == "submitted" and row["state"] != "submitted"
        passed = asked.step > 0 and (asked.round, asked.step) < room.position
        left = asked.round > 0 and (room.state == CLOSED or passed)
        # What the facilitator let through is not what it says now: it waits again, unless nothing has to.
        rewritten = (first or row["value"] != kept["value"]) and row["shown"] != "hidden"
        unseen = {"shown": "waiting" if room.moderated else "shown", "spotlight": False}
        return (
            row
            | kept
            | {"state": body.state, "revision": body.revision, "stored_at": self.now}
            | ({"late": row["late"] or left} if first else {})
            | (unseen if rewritten else {})
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
        """Writes the batch in three statements."""
        connection = self.tx.connection
        if self.new:
            connection.execute(insert(tables.answer), [self.answers[id] for id in self.new])
        if self.changed:
            late = ("state", "revision", "value", "source", "status", "link", "domains", "late", "shown", "spotlight")
            fields = (*late, "stored_at")
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


def checked(body: AnswerBody, asked: Asked, room: Room) -> Row:
    """What is kept of an answer, or Refused with the field that is wrong."""
    prompt, final = asked.prompt, body.state == "submitted"
    value: Any = body.value
    if prompt.max_chars is not None:
        value = _CONTROL.sub("", value.encode("utf-8", "replace").decode()) if isinstance(value, str) else value
        if value is not None and not isinstance(value, str):
            raise Refused("value_is_text", field="value")
        written, most = value or "", prompt.max_chars if final else MAX_DRAFT
        if len(written.strip() if final else written) > most:
            raise Refused("too_long", field="value", n=len(written), most=most)
        if final and not written.strip():
            raise Refused("empty", field="value")
        value = written.strip() if final else value
    elif prompt.domains:
        value = None
    elif value is not None or final:
        value = _chosen(value, prompt.type, room.options(prompt), final)
    domains = _allowed_domains(body.domains, room) if prompt.domains else None
    if final and prompt.domains and not domains:
        raise Refused("empty", field="domains")
    return {
        "value": value,
        "source": _one_of(body.source, Source, "source", asks=prompt.kind is Kind.HINDRANCE),
        "status": _one_of(body.status, Status, "status", asks=prompt.kind is Kind.ROOM),
        "link": body.link if prompt.linked else None,
        "domains": domains,
    }


def _chosen(value: Any, type_: AnswerType, options: Iterable[str], final: bool) -> Any:
    if type_ is AnswerType.SCALE5:
        if value != BLIND and (not isinstance(value, int) or not 1 <= value <= 5):
            raise Refused("scale_out_of_range", field="value")
        return value
    allowed = set(options)
    chosen = value if isinstance(value, list) else [value]
    wrong = not set(chosen) <= allowed or len(set(chosen)) != len(chosen) or (final and not chosen)
    if wrong or isinstance(value, list) != (type_ is AnswerType.CHOICES):
        raise Refused("option_unknown", field="value", known=", ".join(sorted(allowed)))
    return value


def _allowed_domains(domains: dict[str, str] | None, room: Room) -> dict[str, str] | None:
    for domain, certainty in (domains or {}).items():
        if domain not in room.library.domains:
            raise Refused("option_unknown", field="domains", known=", ".join(room.library.domains))
        if certainty not in set(Certainty):
            raise Refused("option_unknown", field="domains", known=", ".join(Certainty))
    return domains


def _one_of(value: str | None, kinds: type[Source] | type[Status], field: str, *, asks: bool) -> str | None:
    if value is None or not asks:
        return None
    if value not in set(kinds):
        raise Refused("option_unknown", field=field, known=", ".join(kinds))
    return value
