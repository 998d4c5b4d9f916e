"""Coming in: a participant is a number with a role and a table, known by a cookie until the meeting closes."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from laveren.content.library import Library
from laveren.content.terms import Role
from laveren.store import Transaction, each, tables
from laveren.workshop.preparing import CODE, tidy_code
from laveren.workshop.refusals import Gone, NotFound, Refused, Unknown
from laveren.workshop.rooms import CLOSED, Room, find_room

RECEIPT_LETTERS = "ACDEFGHJKMNPQRTWXY34679"
p = tables.participant.c


@dataclass(frozen=True)
class Identity:
    """What a browser shows: the cookie's token while the meeting lasts, the receipt ever after."""

    token: str | None = None
    receipt: str | None = None


NOBODY = Identity()


@dataclass(frozen=True)
class Arrival:
    """Somebody at the door, as who they were when no role is said; `fresh` is *ik ben iemand anders*."""

    library: Library
    code: str
    role: str | None = None
    group: int | None = None
    identity: Identity = NOBODY
    fresh: bool = False


@dataclass(frozen=True)
class Welcome:
    """Let in; `token` goes into the cookie; `receipt` only when this participant is new."""

    code: str
    token: str | None
    receipt: str | None


def digest(secret: str) -> str:
    """How a token or a receipt is kept: it cannot be read back."""
    return hashlib.sha256(secret.replace("-", "").upper().encode()).hexdigest()


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def known_as(identity: Identity) -> tuple[str | None, str | None]:
    """The hashes of a receipt and of a token: who shows a receipt means it, a cookie may be of the next meeting."""
    receipt = digest(identity.receipt) if identity.receipt else None
    return receipt, _token_hash(identity.token) if identity.token else None


def who(connection: Connection, identity: Identity) -> RowMapping | None:
    """The participant this browser is, or None."""
    for column, value in zip((p.receipt_hash, p.token_hash), known_as(identity), strict=True):
        if value:
            row = connection.execute(select(tables.participant).where(column == value)).mappings().one_or_none()
            if row:
                return row
    return None


def find_code(connection: Connection, library: Library, code: str) -> Room:
    """The workshop somebody typed the code of; NotFound with a kind sentence otherwise."""
    tidy = tidy_code(code)
    room = find_room(connection, library, code=tidy) if CODE.fullmatch(tidy) else None
    if room is None:
        raise NotFound("code_unknown", field="code")
    return room


def join(tx: Transaction, arrivals: Sequence[Arrival]) -> list[Welcome | Exception]:
    """The job: lets in everybody who is at the door, in a few queries; a refusal is that one's alone."""
    porch = _Porch(tx)
    results: list[Welcome | Exception] = []
    for arrival in arrivals:
        try:
            results.append(porch.let_in(arrival))
        except Refused as refusal:
            results.append(refusal)
    if porch.new:
        tx.connection.execute(insert(tables.participant), porch.new)
    return results


class _Porch:
    """Where those who come at the same instant wait: what they share is looked up once."""

    def __init__(self, tx: Transaction) -> None:
        self.tx = tx
        self.new: list[dict[str, Any]] = []
        self._rooms: dict[str, Room] = {}
        self._last: dict[int, int] = {}
        self._chairs: dict[tuple[int, int | None], set[int]] = {}

    def _room(self, arrival: Arrival) -> Room:
        code = tidy_code(arrival.code)
        if code not in self._rooms:
            self._rooms[code] = find_code(self.tx.connection, arrival.library, code)
        return self._rooms[code]

    def _number(self, room: Room) -> int:
        if room.id not in self._last:
            highest = select(func.coalesce(func.max(p.number), 0)).where(p.workshop == room.id)
            self._last[room.id] = self.tx.connection.scalar(highest) or 0
        self._last[room.id] += 1
        return self._last[room.id]

    def _chair(self, room: Room, table: int | None) -> int:
        """The first chair of a table that nobody sits on, 0-based: with it goes a seat of the case."""
        taken = self._chairs.get((room.id, table))
        if taken is None:
            sit = select(p.chair).where(p.workshop == room.id, p.number > 0, p.table_no.is_not_distinct_from(table))
            taken = self._chairs[room.id, table] = set(self.tx.connection.scalars(sit))
        chair = next(n for n in range(len(taken) + 1) if n not in taken)
        taken.add(chair)
        return chair

    def let_in(self, arrival: Arrival) -> Welcome:
        """Again as who they were, or as a new participant."""
        tx, room = self.tx, self._room(arrival)
        if arrival.role is not None and arrival.role not in set(Role) - {Role.ROOM}:
            raise Refused("role_unknown", field="role")
        if arrival.group is not None and not 1 <= arrival.group <= room.groups:
            raise Refused("group_unknown", field="group", most=room.groups)
        known = None if arrival.fresh else who(tx.connection, arrival.identity)
        if known and known["workshop"] != room.id:
            known = None
        if room.state == CLOSED:
            raise Gone("closed", field="code")
        tx.touch(room.id)
        token = secrets.token_urlsafe(24)
        values: dict[str, Any] = {"role": arrival.role or Role.OTHER, "table_no": arrival.group}
        values["token_hash"] = _token_hash(token)
        if known:
            if arrival.role is None:
                values |= {"role": known["role"], "table_no": arrival.group or known["table_no"]}
            if values["table_no"] != known["table_no"]:
                values |= {"chair": self._chair(room, values["table_no"]), "pen": False}
                self.tx.touch(room.id, "table", known["table_no"])
            keeps = known["token_hash"] is not None and known["token_hash"] == known_as(arrival.identity)[1]
            if keeps:  # the cookie still works: another tab must not lose it
                del values["token_hash"]
            tx.connection.execute(update(tables.participant).where(p.id == known["id"]).values(values))
            return Welcome(room.code, None if keeps else token, None)
        receipt = "-".join("".join(secrets.choice(RECEIPT_LETTERS) for _ in range(4)) for _ in range(3))
        person = {"workshop": room.id, "number": self._number(room), "receipt_hash": digest(receipt), "done": None}
        person |= {"chair": self._chair(room, arrival.group), "pen": False}
        self.new.append(person | values)
        return Welcome(room.code, token, receipt)


def pen_of(connection: Connection, me: RowMapping) -> str | None:
    """Who writes for the table of this participant: "mine", "taken" or "free"; None without a table."""
    if me["table_no"] is None:
        return None
    if me["pen"]:
        return "mine"
    held = select(p.id).where(p.workshop == me["workshop"], p.table_no == me["table_no"], p.pen).limit(1)
    return "free" if connection.scalar(held) is None else "taken"


def take_pen(tx: Transaction, item: tuple[Identity, bool]) -> None:
    """*Ik schrijf voor de tafel*, from whoever did until now; or not any more."""
    identity, take = item
    me = who(tx.connection, identity)
    if me is None:
        raise Unknown("nobody")
    if me["table_no"] is None:
        raise Refused("no_table", field="take")
    if take:
        at_table = (p.workshop == me["workshop"], p.table_no == me["table_no"])
        tx.connection.execute(update(tables.participant).where(*at_table).values(pen=False))
    tx.connection.execute(update(tables.participant).where(p.id == me["id"]).values(pen=take))
    tx.touch(me["workshop"], "table", me["table_no"])


def say_done(tx: Transaction, item: tuple[Library, Identity, bool]) -> None:
    """*Ik ben klaar* with the step the room is at, or not after all."""
    library, identity, done = item
    row = who(tx.connection, identity)
    if row is None:
        raise Unknown("nobody")
    room = find_room(tx.connection, library, id=row["workshop"])
    assert room is not None
    mark = room.mark if done else None
    tx.connection.execute(update(tables.participant).where(p.id == row["id"]).values(done=mark))
    tx.touch(room.id)


def the_room_itself(tx: Transaction, room: Room) -> int:
    """The participant number 0 that stands for the room when its facilitator writes for it; made when needed."""
    found = tx.connection.scalar(select(p.id).where(p.workshop == room.id, p.number == 0))
    if found is None:
        room_itself = insert(tables.participant).values(workshop=room.id, number=0, role=Role.ROOM)
        found = tx.connection.execute(room_itself.returning(p.id)).scalar_one()
    return int(found)


done = each(say_done)
pen = each(take_pen)
