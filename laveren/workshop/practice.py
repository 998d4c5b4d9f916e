"""Stories from practice (`eigen praktijk`): made unrecognisable by their writers, drafts until somebody reads them."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sqlalchemy import func, select

from laveren.content.cases import Case
from laveren.content.library import Library
from laveren.store import Transaction, each, tables
from laveren.workshop.answering import REOPEN_SECONDS
from laveren.workshop.joining import find_code
from laveren.workshop.refusals import Gone, Refused, TooMany
from laveren.workshop.rooms import CLOSED, Room
from laveren.workshop.shelf import Origin, Pick, Save, save

#: What can be changed about a story so that nobody is known by it, and how many of these must be.
FEATURES = ("naam", "leeftijd", "geslacht", "gezin", "plaats", "werk", "herkomst", "gezondheid", "bedragen", "tijd")
LEAST_CHANGED = 3
#: Whether the neighbour would know who it is about; only with the first may a story be sent.
NEIGHBOUR = ("nee", "misschien", "ja")
MOST, HOUR = 20, 3600.0  # so many stories from one workshop in an hour: a room has no more, a machine has
v = tables.case_version.c


@dataclass(frozen=True)
class Story:
    """A case from somebody's own practice, told in the workshop with this code; nothing says by whom.

    `changed` names what was changed, from FEATURES or in the writer's own words; `neighbour` is one of NEIGHBOUR.
    """

    library: Library
    code: str
    case: Case
    changed: tuple[str, ...]
    neighbour: str | None


def takes_stories(room: Room) -> bool:
    """Whether a workshop still takes stories: until it can no longer be opened again, and never a rehearsal."""
    return not room.rehearsal and (room.state != CLOSED or time.time() <= (room.closed_at or 0) + REOPEN_SECONDS)


def bring_in(tx: Transaction, story: Story) -> Pick:
    """Keeps a story as a draft. Refuses one that somebody may be known by, and too many in an hour."""
    room = find_code(tx.connection, story.library, story.code)
    if not takes_stories(room):
        raise Gone("practice_closed")
    if len(set(story.changed)) < LEAST_CHANGED:
        raise Refused("practice_changed", field="changed", least=LEAST_CHANGED)
    if story.neighbour != NEIGHBOUR[0]:
        raise Refused("practice_neighbour", field="neighbour")
    of_this_room = (v.origin == Origin.PRACTICE, v.version == 1, v.remarks["workshop"].as_string() == room.code)
    lately = select(func.count()).where(*of_this_room, v.at > time.time() - HOUR)
    if (tx.connection.scalar(lately) or 0) >= MOST:
        raise TooMany("practice_flood", most=MOST)
    remarks = {"workshop": room.code, "changed": list(story.changed), "neighbour": story.neighbour}
    return save(tx, Save(story.library, story.case, origin=Origin.PRACTICE, remarks=remarks))


bring_in_story = each(bring_in)
