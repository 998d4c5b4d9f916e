"""One workshop as it stands: its rounds, where the room is, and what everybody in it may see."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping, select

from laveren.content.cases import Case
from laveren.content.fields import Text
from laveren.content.library import Library
from laveren.content.methods import Kind, Method, Prompt, Step
from laveren.store import tables

State = Literal["voorbereid", "bezig", "gesloten"]
LOBBY: State = "voorbereid"
RUNNING: State = "bezig"
CLOSED: State = "gesloten"
CLOSING_ROUND = 0  # answers to the closing questions belong to no round


@dataclass(frozen=True)
class Round:
    """One method applied to one case, or to none."""

    position: int
    case: Case | None
    method: Method

    def named(self, text: Text) -> dict[str, str]:
        """A text of the method with the resident's name filled in."""
        name = self.case.resident if self.case else "…"
        return {"nl": text.nl.replace("[naam]", name), "en": text.en.replace("[naam]", name).replace("[name]", name)}


@dataclass(frozen=True)
class Asked:
    """A prompt where it is asked: `wire` is its id in this workshop, `step` is 1-based, 0 outside the steps."""

    wire: str
    prompt: Prompt
    scope: Literal["person", "table"]
    round: int
    step: int


@dataclass(frozen=True)
class Room:
    """A workshop with its rounds; `round` and `step` are 1-based and 0 in the lobby."""

    id: int
    code: str
    salt: str
    title: str
    held_on: date
    place: str
    organisation: str
    region: str
    groups: int
    moderated: bool
    demo: bool
    state: State
    round: int
    step: int
    ends_at: float | None
    remaining: float | None
    version: int
    board: int
    created_at: float
    closed_at: float | None
    rounds: tuple[Round, ...]
    library: Library

    @property
    def round_now(self) -> Round | None:
        """The round the room is in."""
        return self.rounds[self.round - 1] if self.round else None

    @property
    def step_now(self) -> Step | None:
        """The step the room is at; the closing step once it is closed."""
        if self.state == CLOSED:
            return self.library.fixed.closing
        return self.round_now.method.steps[self.step - 1] if self.round_now and self.step else None

    @property
    def last(self) -> bool:
        """Whether this is the last step of the last round."""
        here = self.round_now
        return bool(here and self.round == len(self.rounds) and self.step == len(here.method.steps))

    @property
    def position(self) -> tuple[int, int]:
        """Where the room is, to compare with where an answer belongs."""
        return (self.round, self.step)

    @property
    def asking(self) -> tuple[int, int]:
        """The round and step that are asked about now; the closing questions once it is closed."""
        return (CLOSING_ROUND, 0) if self.state == CLOSED else self.position

    def asked(self, round_: int, step: int) -> list[Asked]:
        """The prompts of one step."""
        if round_ == CLOSING_ROUND:
            return [Asked(f"slot.{p.id}", p, "person", 0, 0) for p in self.library.fixed.closing.prompts]
        here = self.rounds[round_ - 1].method.steps[step - 1]
        return [Asked(f"{round_}.{p.id}", p, here.scope, round_, step) for p in here.prompts]

    @property
    def asked_now(self) -> list[Asked]:
        """The prompts the room is at."""
        return self.asked(*self.asking) if self.step else []

    def park(self, round_: int) -> Asked:
        """Where solutions are parked in a round."""
        return Asked(f"{round_}.{self.library.fixed.park.id}", self.library.fixed.park, "person", round_, 0)

    def options(self, prompt: Prompt) -> dict[str, Text]:
        """What can be chosen, by id: the prompt's own options, or the life domains."""
        if prompt.domains:
            return {id: domain.name for id, domain in self.library.domains.items()}
        return {option.id: option.text for option in prompt.options}

    def everything_asked(self) -> dict[str, Asked]:
        """Every prompt of the workshop by its wire id."""
        found = self.asked(CLOSING_ROUND, 0)
        for round_ in self.rounds:
            found.append(self.park(round_.position))
            for step in range(1, len(round_.method.steps) + 1):
                found += self.asked(round_.position, step)
        return {asked.wire: asked for asked in found}


@lru_cache(maxsize=256)
def _read_round(position: int, case: str | None, method: str) -> Round:
    return Round(
        position,
        Case.model_validate_json(case) if case else None,
        Method.model_validate_json(method),
    )


def find_room(
    connection: Connection, library: Library, *, code: str | None = None, id: int | None = None
) -> Room | None:
    """The workshop with this code or number, or None."""
    which = tables.workshop.c.code == code if code is not None else tables.workshop.c.id == id
    row = connection.execute(select(tables.workshop).where(which)).mappings().one_or_none()
    return _room(connection, library, row) if row else None


def all_rooms(connection: Connection, library: Library) -> list[Room]:
    """Every workshop, the newest first."""
    order = (tables.workshop.c.held_on.desc(), tables.workshop.c.id.desc())
    rows = connection.execute(select(tables.workshop).order_by(*order)).mappings().all()
    return [_room(connection, library, row) for row in rows]


def _room(connection: Connection, library: Library, row: RowMapping) -> Room:
    r = tables.round_.c
    rounds = connection.execute(
        select(r.position, r.case, r.method).where(r.workshop == row["id"]).order_by(r.position)
    ).all()
    return Room(**row, rounds=tuple(_read_round(*found) for found in rounds), library=library)


def public(room: Room, *, here: int, now: float | None = None, outcome: dict[str, Any] | None = None) -> dict[str, Any]:
    """What everybody in the room may see, as it goes over the wire; `here` is how many people are here."""
    round_, step = room.round_now, room.step_now
    case = round_.case if round_ else None
    return {
        "workshop": {
            "code": room.code,
            "title": room.title,
            "state": room.state,
            "groups": room.groups,
            "rounds": len(room.rounds),
            "version": room.version,
            "here": here,
            "demo": room.demo,
        },
        "round": {"number": room.round, "method": round_.named(round_.method.name)} if round_ else None,
        "case": _case(case) if case and room.state == RUNNING else None,
        "step": _step(room, round_, step) if step else None,
        "prompts": [wire_prompt(room, asked) for asked in room.asked_now],
        "park": wire_prompt(room, room.park(room.round)) if room.state == RUNNING else None,
        "now": time.time() if now is None else now,
        "outcome": outcome,
    }


def _case(case: Case) -> dict[str, Any]:
    return {
        "title": case.title,
        "persons": [{"name": p.name, "age": p.age, "role": p.role} for p in case.persons],
        "situation": case.situation,
        "as_of": case.as_of.isoformat(),
    }


def _step(room: Room, round_: Round | None, step: Step) -> dict[str, Any]:
    def say(text: Text | None) -> dict[str, str] | None:
        return None if text is None else round_.named(text) if round_ else text.model_dump()

    return {
        "number": room.step,
        "of": len(round_.method.steps) if round_ else 1,
        "title": say(step.title),
        "hint": say(step.hint),
        "who": step.who,
        "scope": step.scope,
        "screen": step.screen,
        "minutes": step.minutes,
        "ends_at": room.ends_at,
        "paused": room.remaining is not None,
        "remaining": room.remaining,
    }


def wire_prompt(room: Room, asked: Asked) -> dict[str, Any]:
    """A prompt as it goes over the wire."""
    prompt, round_ = asked.prompt, room.rounds[asked.round - 1] if asked.round else None

    def say(text: Text) -> dict[str, str]:
        return round_.named(text) if round_ else text.model_dump()

    return {
        "id": asked.wire,
        "type": prompt.type,
        "question": say(prompt.question),
        "hint": say(prompt.hint) if prompt.hint else None,
        "max": prompt.answers,
        "max_chars": prompt.max_chars,
        "options": [{"id": id, "text": say(text)} for id, text in room.options(prompt).items()],
        "scale": [say(end) for end in prompt.scale] if prompt.scale else None,
        "required": prompt.required,
        "kind": prompt.kind,
        "source": prompt.kind is Kind.HINDRANCE,
        "status": prompt.kind is Kind.ROOM,
        "link": f"{asked.round}.{prompt.linked}" if prompt.linked else None,
        "domains": prompt.domains,
        "scope": asked.scope,
    }


def cases_of(rooms: Sequence[Room]) -> dict[str, Case]:
    """The cases these workshops used, by id."""
    return {r.case.id: r.case for room in rooms for r in room.rounds if r.case}
