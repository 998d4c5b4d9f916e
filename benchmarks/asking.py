"""Answers that fit, whatever the method asks: made from a prompt as the worksheet gets it, and told apart by number."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

WORDS = (
    "De brief komt pas na de vakantie", "Ik mag de schuld niet zien", "Er is geen plek bij de kinderopvang",
    "Het systeem laat één uitkering toe", "Niemand voelt zich eigenaar", "De termijn past niet bij deze vrouw",
)  # fmt: skip
SOURCES = ("wet", "beleid", "werkproces", "keten", "gewoonte", "mandaat", "twijfel")
Prompt = dict[str, Any]


class NothingAsked(Exception):
    """The method asks nobody anything on their own: there is nothing to hand in."""


def handed_in(prompt: Prompt, number: int) -> tuple[str, dict[str, Any]]:
    """An id made as a browser makes it, and the answer that the `number`-th person hands in."""
    body = {"revision": 1, "state": "submitted", "prompt": prompt["id"], "value": value_of(prompt, number)}
    body |= {"source": SOURCES[number % 7]} if prompt["source"] else {}
    body |= {"status": "mag"} if prompt["status"] else {}
    return str(uuid4()), body | ({"domains": _domains(prompt, number)} if prompt["domains"] else {})


def value_of(prompt: Prompt, number: int, turn: int = 0) -> Any:
    """What a person says to it; something else in another turn, where there is so much to say."""
    options, shift = [option["id"] for option in prompt["options"]], number + turn
    match prompt["type"]:
        case "keuze":
            return options[shift % len(options)]
        case "meerkeuze":
            return None if prompt["domains"] else [options[shift % len(options)]]
        case "schaal5":
            return shift % 5 + 1
        case "driehoek":
            first = shift * 7 % 101
            second = shift * 3 % (101 - first)
            return dict(zip(options, (first, second, 100 - first - second), strict=True))
        case "matrixrij":
            rows = [row["id"] for row in prompt["rows"]][: prompt["most"]]
            said = [options[(shift + n) % len(options)] if options else (shift + n) % 5 + 1 for n in range(len(rows))]
            return dict(zip(rows, said, strict=True))
        case "stippen":
            return {options[shift % len(options)]: 1, options[(shift + 1) % len(options)]: 1}
        case _:
            return f"{WORDS[shift % len(WORDS)]}, zegt nummer {number}" + (f" ({turn})" if turn else "")


def said(body: dict[str, Any]) -> Any:
    """What of an answer is to be found back."""
    return body["value"] if body["value"] is not None else body["domains"]


def _domains(prompt: Prompt, number: int) -> dict[str, str]:
    options = prompt["options"]
    return {options[number % len(options)]["id"]: "weet"}
