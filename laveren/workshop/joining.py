"""Coming in: a participant is a number with a role and a table, known by a cookie until the meeting closes."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from laveren.content.library import Library
from laveren.content.models import Role
from laveren.store import Transaction, each, tables
from laveren.workshop.preparing import CODE, tidy_code
from laveren.workshop.refusals import Gone, NotFound, Refused
from laveren.workshop.rooms import CLOSED, Room, find_room

RECEIPT_LETTERS = "ACDEFGHJKMNPQRTWXY34679"
p = tables.participant.c


@dataclass(frozen=True)
class Identity:
    """What a browser shows: the cookie's token while the meeting lasts, the receipt ever after."""

    token: str | None = None
    receipt: str | None = None


@dataclass(frozen=True)
class Arrival:
    """Somebody at the door; `fresh` is *ik ben iemand anders*."""

    library: Library
    code: str
    role: str
    group: int | None
    identity: Identity = Identity()
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


def known_as(identity: Identity) -> tuple[str | None, str | None]:
    """The hashes of a token and of a receipt."""
    token = hashlib.sha256(identity.token.encode()).hexdigest() if identity.token else None
    return token, digest(identity.receipt) if identity.receipt else None


def who(connection: Connection, identity: Identity) -> RowMapping | None:
    """The participant this browser is, or None."""
    token, receipt = known_as(identity)
    for column, value in ((p.token_hash, token), (p.receipt_hash, receipt)):
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


def come_in(tx: Transaction, arrival: Arrival) -> Welcome:
    """Lets somebody in: again as who they were, or as a new participant."""
    room = find_code(tx.connection, arrival.library, arrival.code)
    if arrival.role not in set(Role) - {Role.ROOM}:
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
    values = {"role": arrival.role, "table_no": arrival.group, "token_hash": known_as(Identity(token))[0]}
    if known:
        if known["token_hash"]:  # the cookie still works: another tab must not lose it
            del values["token_hash"]
        tx.connection.execute(update(tables.participant).where(p.id == known["id"]).values(values))
        return Welcome(room.code, token if "token_hash" in values else None, None)
    receipt = "-".join("".join(secrets.choice(RECEIPT_LETTERS) for _ in range(4)) for _ in range(3))
    number = tx.connection.scalar(select(func.coalesce(func.max(p.number), 0)).where(p.workshop == room.id))
    tx.connection.execute(
        insert(tables.participant).values(
            workshop=room.id, number=(number or 0) + 1, receipt_hash=digest(receipt), **values
        )
    )
    return Welcome(room.code, token, receipt)


def say_done(tx: Transaction, item: tuple[Library, Identity, bool]) -> None:
    """*Ik ben klaar* with the step the room is at, or not after all."""
    library, identity, done = item
    row = who(tx.connection, identity)
    if row is None:
        raise NotFound("nobody")
    room = find_room(tx.connection, library, id=row["workshop"])
    assert room is not None
    mark = f"{room.round}.{room.step}" if done else None
    tx.connection.execute(update(tables.participant).where(p.id == row["id"]).values(done=mark))
    tx.touch(room.id)


def the_room_itself(tx: Transaction, room: Room) -> int:
    """The participant number 0 that stands for the room when its facilitator writes for it; made when needed."""
    found = tx.connection.scalar(select(p.id).where(p.workshop == room.id, p.number == 0))
    if found is None:
        made = tx.connection.execute(
            insert(tables.participant).values(workshop=room.id, number=0, role=Role.ROOM)
        )
        found = made.inserted_primary_key[0]
    return int(found)


join = each(come_in)
done = each(say_done)
