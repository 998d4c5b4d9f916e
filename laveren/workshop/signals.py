"""Candidates for a signal: what a room says does not fit, remembered so that somebody can take it further."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from laveren.content.fields import Text
from laveren.store import tables
from laveren.workshop.rooms import Room
from laveren.workshop.rounds import Round

a = tables.answer.c


@dataclass(frozen=True)
class Candidate:
    """One answer that means a signal, by the tables or the number of people that gave it."""

    round: Round
    case: str
    answer: Text
    tables: tuple[int, ...]
    people: int


def means_signal(round_: Round, row: Mapping[str, Any]) -> bool:
    """Whether an answer is one that its method marks as a candidate for a signal."""
    prompt = round_.prompts.get(row["prompt"])
    value = row["value"]
    chosen = value if isinstance(value, list) else [value]
    return prompt is not None and any(option.signal and option.id in chosen for option in prompt.options)


def candidates(connection: Connection, room: Room) -> list[Candidate]:
    """What the rooms of this workshop say does not fit, per round, case and answer."""
    marked = {
        (round_.position, id)
        for round_ in room.rounds
        for id, prompt in round_.prompts.items()
        if any(option.signal for option in prompt.options)
    }
    if not marked:
        return []
    rows = connection.execute(
        select(a.round, a.prompt, a.value, a.scope, a.table_no, a.participant)
        .where(a.workshop == room.id, a.state == "submitted", a.prompt.in_({id for _, id in marked}))
        .order_by(a.round, a.table_no)
    ).mappings()
    found: defaultdict[tuple[int, str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in map(dict, rows):
        round_ = room.rounds[row["round"] - 1]
        if means_signal(round_, row):
            case = round_.case_of(row["scope"], row["table_no"])
            found[row["round"], case.title if case else "", str(row["value"])].append(row)
    return [
        Candidate(
            room.rounds[number - 1],
            case,
            _answer(room.rounds[number - 1], given[0]),
            tuple(sorted({row["table_no"] for row in given if row["scope"] == "table" and row["table_no"]})),
            len({row["participant"] for row in given if row["scope"] == "person"}),
        )
        for (number, case, _), given in found.items()
    ]


def _answer(round_: Round, row: Mapping[str, Any]) -> Text:
    prompt = round_.prompts[row["prompt"]]
    chosen = row["value"] if isinstance(row["value"], list) else [row["value"]]
    return next(option.text for option in prompt.options if option.signal and option.id in chosen)
