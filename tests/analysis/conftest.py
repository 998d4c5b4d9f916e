"""Small workshops for the tests of analysis: answers by their few telling columns, the rest filled in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import numpy as np
import pytest

from laveren.analysis.records import (
    ANSWER,
    Given,
    Held,
    Records,
    encode,
    encode_workshop,
    names_for,
    no_records,
    splice,
)
from laveren.analysis.selecting import Basis, Selection, everything
from laveren.content.codebook import Codebook
from tests.analysis.rooms import Answers, Look, Told

# Not in the order of the alphabet, and one that went into another.
THEMES = ("tijd", "geld", "taal", "zorg", "vaak", "soms", "zelden", "bijna", "amper")
CASES = {"erfenis": ("inkomen", "schulden"), "bus": ("schulden", "wonen")}


def a_theme(id: str, **more: Any) -> dict[str, Any]:
    """A theme with the keys of the file."""
    return {"id": id, "nl": id, "en": id, "hoort": {"nl": id, "en": id}, "voorbeeld": id} | more


CODEBOOK = Codebook.model_validate(
    {"themas": [a_theme("wachten", vervallen=True, opgegaan_in=["tijd"]), *(a_theme(id) for id in THEMES)]}
)


def _id(number: int) -> bytes:
    """The id of the answer that a test calls a1, a2 …"""
    return UUID(int=number).bytes


def _given(number: int, told: Told) -> Given:
    kind, text, link = told.get("kind", "hindernis"), told.get("text", "anders"), told.get("link")
    stuck, for_all = kind == "hindernis", told.get("scope") == "room"
    return Given(
        id=_id(number),
        # What is written for a room is written by the one participant who stands for it.
        participant=-told.get("workshop", 1) if for_all else told.get("participant", number),
        round=told.get("round", 1),
        twist=told.get("twist", 0),
        kind=kind,
        scope=told.get("scope", "person"),
        case=told.get("case", "erfenis"),
        role="zaal" if for_all else told.get("role", "uitvoerder"),
        seat=told.get("seat"),
        source=told.get("source", "wet" if stuck else None),
        status=told.get("status"),
        link=_id(int(link[1:])) if link else None,
        domains=CASES.get(told.get("case", "erfenis"), ()),
        value=told.get("value", 0),
        words=bool(text.strip()),
        hidden=told.get("hidden", False),
        waiting=told.get("waiting", False),
        suggested=text.split(),
        confirmed=told["confirmed"].split() if "confirmed" in told else None,
    )


@pytest.fixture(scope="session")
def answers() -> Answers:
    """`answers({"workshop": 2, "participant": 7, "text": "tijd geld"}, …)`: one answer per dict, called a1, a2 …

    `text` and `confirmed` are lists of themes: suggested, and coded by a person. A word that is no theme suggests
    nothing. What is told of a workshop (`date`, `region`, `organisation`) is told with its first answer.
    """

    def make(*given: Told) -> Records:
        names = names_for(CODEBOOK, ("inkomen", "schulden", "wonen"))
        names.titles = {id: f"De {id}" for id in CASES}
        by_workshop: dict[int, list[tuple[int, Told]]] = {}
        for number, told in enumerate(given, start=1):
            by_workshop.setdefault(told.get("workshop", 1), []).append((number, told))
        workshops, blocks = {}, []
        for place, (workshop, some) in enumerate(by_workshop.items()):
            first = some[0][1]
            held = first.get("date", date(2025, 1, 1) + timedelta(days=workshop - 1))
            region = first.get("region", "Oost" if workshop % 2 else "West")
            facts = Held(workshop, held, region, first.get("organisation", "Gemeente Waterhoek"))
            workshops[place] = encode_workshop(facts, names)
            blocks.append(encode(place, [_given(*one) for one in some], names))
        return splice(no_records(names), workshops, np.concatenate([np.empty(0, ANSWER), *blocks]))

    return make


@pytest.fixture(scope="session")
def look(answers: Answers) -> Look:
    """The same, as the selection of all that was answered in rounds."""

    def make(*given: Told, basis: Basis = "suggested") -> Selection:
        return everything(answers(*given), basis)

    return make
