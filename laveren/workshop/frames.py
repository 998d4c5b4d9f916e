"""All workshops together, as data frames for the analysis: handed-in answers, and nothing that leads to a person.

Rehearsals are not workshops here: nothing of them is counted, nor makes anybody count again.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from laveren.analysis.frames import ANSWER_COLUMNS, WORKSHOP_COLUMNS
from laveren.content.library import Library
from laveren.store import tables
from laveren.workshop.rooms import Room, all_rooms

a, p, w = tables.answer.c, tables.participant.c, tables.workshop.c


def answer_frame(connection: Connection, library: Library) -> pd.DataFrame:
    """One row per handed-in answer of a round; see ANSWER_COLUMNS. What was parked is not an answer to a prompt."""
    rooms = {room.id: room for room in _held(connection, library)}
    found = (
        select(tables.answer, p.role)
        .join(tables.participant, a.participant == p.id)
        .join(tables.workshop, a.workshop == w.id)
        .where(~w.rehearsal, a.state == "submitted", a.round > 0, a.prompt != library.fixed.park.id)
        .order_by(a.workshop, a.created_at, a.id)
    )
    rows = [
        _answer(row, rooms[row["workshop"]])
        for row in connection.execute(found).mappings()
        if not _confidential(row, rooms[row["workshop"]])
    ]
    frame = pd.DataFrame(rows, columns=list(ANSWER_COLUMNS))
    return frame.assign(date=pd.to_datetime(frame["date"]))


def _confidential(row: Any, room: Room) -> bool:
    prompt = room.rounds[row["round"] - 1].prompts.get(row["prompt"])
    return prompt is not None and prompt.confidential


def _answer(row: Any, room: Room) -> dict[str, Any]:
    case = room.rounds[row["round"] - 1].case_of(row["scope"], row["table_no"])
    value = row["value"]
    return {
        "id": row["id"],
        "workshop": room.id,
        "participant": row["participant"],
        "date": room.held_on,
        "region": room.region,
        "organisation": room.organisation,
        "case": case.id if case else "",
        "case_title": case.title if case else "",
        "case_domains": list(case.domains) if case else [],
        "round": row["round"],
        "prompt": row["prompt"],
        "kind": row["kind"],
        "text": value if isinstance(value, str) else "",
        "source": row["source"],
        "status": row["status"],
        "link": row["link"],
        "domains": row["domains"] or {},
        "role": row["role"],
        "group": row["table_no"],
        "scope": row["scope"],
        "hidden": row["shown"] == "hidden",
        "demo": room.demo,
    }


def workshop_frame(connection: Connection, library: Library) -> pd.DataFrame:
    """One row per workshop; see WORKSHOP_COLUMNS."""
    counted = select(p.workshop, func.count()).where(p.number > 0).group_by(p.workshop)
    people: dict[int, int] = {row[0]: row[1] for row in connection.execute(counted)}
    rows = [
        {
            "id": room.id,
            "code": room.code,
            "title": room.title,
            "date": room.held_on,
            "region": room.region,
            "organisation": room.organisation,
            "participants": people.get(room.id, 0),
            "cases": [case.id for r in room.rounds for case in r.cases],
            "demo": room.demo,
        }
        for room in _held(connection, library)
    ]
    frame = pd.DataFrame(rows, columns=list(WORKSHOP_COLUMNS))
    return frame.assign(date=pd.to_datetime(frame["date"]))


def _held(connection: Connection, library: Library) -> list[Room]:
    return [room for room in all_rooms(connection, library) if not room.rehearsal]


def data_version(connection: Connection) -> tuple[int, int]:
    """Changes whenever anything in any workshop does: the key under which what is computed is kept."""
    count, boards = connection.execute(
        select(func.count(), func.coalesce(func.sum(w.board), 0)).where(~w.rehearsal)
    ).one()
    return int(count), int(boards)
