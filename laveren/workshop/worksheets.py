"""What one participant sees: the room, and of the answers only what is theirs or their table's."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from laveren.content.library import Library
from laveren.content.methods import Who
from laveren.store import tables
from laveren.workshop.joining import Identity, pen_of, who
from laveren.workshop.refusals import Unknown
from laveren.workshop.rooms import CLOSED, Room, find_room
from laveren.workshop.wire import public, wire_answer

a = tables.answer.c


def worksheet(connection: Connection, library: Library, identity: Identity, here: int) -> dict[str, Any]:
    """The room and this participant's own answers; Unknown when nobody is known by this identity."""
    me = who(connection, identity)
    room = find_room(connection, library, id=me["workshop"]) if me else None
    if me is None or room is None:
        raise Unknown("nobody")
    table_mates = and_(
        a.workshop == room.id,
        a.scope == "table",
        a.table_no == me["table_no"],
        a.state == "submitted",
    )
    mine = a.participant == me["id"]
    ours = mine if me["table_no"] is None else or_(mine, table_mates)  # without a table one has no table-mates
    found = select(tables.answer).where(ours).order_by(a.created_at, a.id)
    answers = [
        wire_answer(row, mine=row["participant"] == me["id"]) for row in map(dict, connection.execute(found).mappings())
    ]
    seen = public(room, table=me["table_no"], here=here, outcome=outcome(connection, room))
    return seen | {
        "me": {"role": me["role"], "group": me["table_no"], "chair": me["chair"], "pen": pen_of(connection, me)},
        "answers": answers,
        "done": me["done"] == room.mark and room.step > 0,
    }


def outcome(connection: Connection, room: Room) -> dict[str, Any] | None:
    """What the room came to, once it is closed: how much, and the tables' sentences that were let through."""
    if room.state != CLOSED:
        return None
    given = and_(a.workshop == room.id, a.state == "submitted", a.round > 0)
    people = func.count(a.participant.distinct()).filter(a.scope != "room")  # the room itself is nobody
    participants, answers = connection.execute(select(people, func.count()).where(given)).one()
    plenary = [
        asked
        for round_ in room.rounds
        for number, step in enumerate(round_.steps, start=1)
        if step.who is Who.PLENARY
        for asked in room.asked(round_.position, number)
    ]
    places = {(asked.round, asked.prompt.id) for asked in plenary}
    order = select(a.table_no, a.round, a.prompt, a.value, a.dissent, a.scope).where(
        given, a.shown == "shown", a.scope != "person"
    )
    rows = connection.execute(order.order_by(a.round, a.table_no, a.created_at)).all()
    lines = [
        {
            "group": table,
            "round": round_,
            "case": case.title if (case := room.rounds[round_ - 1].case_of(scope, table)) else "",
            "text": value,
            "dissent": dissent,
        }
        for table, round_, prompt, value, dissent, scope in rows
        if (round_, prompt) in places and isinstance(value, str)
    ]
    return {"participants": participants, "answers": answers, "lines": lines}
