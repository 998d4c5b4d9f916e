"""The run sheet: when which step begins, by the plan and by how it goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from laveren.content.methods import Step
from laveren.workshop.rooms import CLOSED, LOBBY, Room

MINUTE = 60.0


@dataclass(frozen=True)
class Line:
    """One step on the run sheet: `begins` in seconds since the epoch, None for what has been."""

    round: int
    step: int
    what: Step
    begins: float | None
    now: bool


def run_sheet(room: Room, now: float) -> list[Line]:
    """Every step with the time it begins: what is ahead shifts with every minute more, pause, twist and step back.

    A step that is over its time ends now; before the beginning the first step begins at the planned time, or now.
    """
    lines, at = [], _first(room, now)
    for round_ in room.rounds:
        for number, step in enumerate(round_.steps, start=1):
            here = (round_.position, number)
            present = room.state != LOBBY and room.state != CLOSED and here == room.position
            past = room.state == CLOSED or (room.state != LOBBY and here < room.position)
            lines.append(Line(*here, step, None if past or present else at, present))
            if present:
                at = now + room.remaining if room.remaining is not None else max(room.ends_at or now, now)
            elif not past:
                at += step.minutes * MINUTE
    return lines


def end_of(room: Room, now: float) -> float | None:
    """When the last step ends, or None once it is over."""
    lines = run_sheet(room, now)
    if room.state == CLOSED or not lines:
        return None
    last = lines[-1]
    if last.begins is not None:
        return last.begins + last.what.minutes * MINUTE
    return now + room.remaining if room.remaining is not None else max(room.ends_at or now, now)


def _first(room: Room, now: float) -> float:
    """When the first step begins as long as nothing has: at the planned time if that is still to come."""
    if not room.starts_at:
        return now
    hours, minutes = map(int, room.starts_at.split(":"))
    return max(now, datetime.combine(room.held_on, time(hours, minutes)).timestamp())
