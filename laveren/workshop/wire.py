"""What everybody in the room may see, as it goes over the wire: the room, its step, its prompts, an answer."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from laveren.content.cases import Case
from laveren.content.fields import Text
from laveren.content.methods import Kind, Step
from laveren.workshop.rooms import RUNNING, Room
from laveren.workshop.rounds import Asked, Round


def public(
    room: Room,
    *,
    table: int | None = None,
    here: int,
    now: float | None = None,
    outcome: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """What everybody at a table may see; `here` is how many people are here. Tables may have cases of their own."""
    round_, step = room.round_now, room.step_now
    case = round_.case_at(table) if round_ else None
    running = room.state == RUNNING and round_ is not None
    asks = running and round_ is not None and round_.method.asks
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
            "rehearsal": room.rehearsal,
        },
        "round": {"number": room.round, "method": round_.named(round_.method.name, case)} if round_ else None,
        "case": _case(round_, case, step) if case and round_ and running else None,
        "step": _step(room, round_, step, case) if step else None,
        "prompts": [wire_prompt(room, asked, table) for asked in room.asked_now],
        "park": wire_prompt(room, room.park(room.round), table) if asks else None,
        "note": wire_prompt(room, room.note(room.round), table) if asks else None,
        "now": time.time() if now is None else now,
        "outcome": outcome,
    }


def _case(round_: Round, case: Case, step: Step | None) -> dict[str, Any]:
    """A case as far as the room knows it: twists when they are revealed, rules when a step opens them."""
    opened = case.rules if step and step.rules else []
    return {
        "title": case.title,
        "persons": [{"name": p.name, "age": p.age, "role": p.role} for p in case.persons],
        "situation": case.situation,
        "as_of": case.as_of.isoformat(),
        "twists": [{"title": twist.title, "text": twist.text} for twist in round_.twists_of(case)],
        "rules": [
            {
                "article": rule.article,
                "text": rule.text,
                "room": rule.room,
                "as_of": case.day_of(rule).isoformat(),
                "checked_by": rule.checked_by,
            }
            for rule in opened
        ],
        "perspectives": [{"name": p.name, "text": p.text} for p in case.perspectives] if round_.seats else [],
    }


def _step(room: Room, round_: Round | None, step: Step, case: Case | None) -> dict[str, Any]:
    def say(text: Text | None) -> dict[str, str] | None:
        return None if text is None else round_.named(text, case) if round_ else text.model_dump()

    return {
        "number": room.step,
        "key": round_.key(room.step) if round_ and room.state == RUNNING else "",
        "of": len(round_.steps) if round_ else 1,
        "title": say(step.title),
        "hint": say(step.hint),
        "script": [say(line) for line in step.script],
        "twist": room.twist_now,
        "who": step.who,
        "scope": step.scope,
        "screen": step.screen,
        "minutes": step.minutes,
        "ends_at": room.ends_at,
        "paused": room.remaining is not None,
        "remaining": room.remaining,
    }


def wire_prompt(room: Room, asked: Asked, table: int | None = None) -> dict[str, Any]:
    """A prompt as it goes over the wire to somebody at this table."""
    prompt, round_ = asked.prompt, room.rounds[asked.round - 1] if asked.round else None
    case = round_.case_at(table) if round_ else None

    def say(text: Text) -> dict[str, str]:
        return round_.named(text, case) if round_ else text.model_dump()

    def list_(texts: Mapping[str, Text]) -> list[dict[str, Any]]:
        return [{"id": id, "text": say(text)} for id, text in texts.items()]

    return {
        "id": asked.wire,
        "type": prompt.type,
        "question": say(prompt.question),
        "hint": say(prompt.hint) if prompt.hint else None,
        "max": prompt.answers,
        "max_chars": prompt.max_chars,
        "options": list_(room.options(asked)),
        "rows": list_(room.rows(asked, table)),
        "most": prompt.most,
        "most_on_one": prompt.most_on_one,
        "scale": [say(end) for end in prompt.scale] if prompt.scale else None,
        "required": prompt.required,
        "kind": prompt.kind,
        "source": prompt.kind is Kind.HINDRANCE,
        "status": prompt.kind is Kind.ROOM,
        "link": f"{asked.round}.{prompt.linked}" if prompt.linked else None,
        "domains": prompt.domains,
        "confidential": prompt.confidential,
        "scope": asked.scope,
    }


def wire_answer(row: Mapping[str, Any], *, mine: bool) -> dict[str, Any]:
    """An answer as it goes to a browser that may see it whole."""
    same = (
        "id", "state", "revision", "value", "source", "status", "link", "domains", "dissent", "seat", "late",
        "stored_at", "scope",
    )  # fmt: skip
    return {"prompt": wire_id(row), "mine": mine} | {key: row[key] for key in same}


def wire_id(row: Mapping[str, Any]) -> str:
    """The id of the prompt an answer belongs to, as the workshop knows it."""
    return f"{row['round']}.{row['prompt']}" if row["round"] else f"slot.{row['prompt']}"
