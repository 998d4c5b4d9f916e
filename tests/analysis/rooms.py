"""Rooms full of people for the tests of analysis: answers by what tells them apart, as small dicts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from laveren.analysis.records import Records
from laveren.analysis.selecting import Selection

Told = dict[str, Any]
Answers = Callable[..., Records]
Look = Callable[..., Selection]


def room(workshop: int, people: int, text: str = "anders", *, start: int = 0, **more: Any) -> list[Told]:
    """An answer of so many people of a workshop, the `start`th and on; `text` names the themes."""
    return [
        {"workshop": workshop, "participant": 1000 * workshop + start + n, "text": text, **more} for n in range(people)
    ]


def rooms(text: str, *workshops: int, people: int = 5, **more: Any) -> list[Told]:
    """The same in several workshops."""
    return [row for workshop in workshops for row in room(workshop, people, text, **more)]


def numbers(some: Selection) -> list[int]:
    """Which answers are in a selection: 1 for a1."""
    return sorted(int.from_bytes(id.tobytes()) for id in some["id"])
