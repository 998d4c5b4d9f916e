"""What changed between two versions, as a person reads it."""

from __future__ import annotations

from typing import Any

import pytest

from laveren.content.cases import Case
from laveren.content.comparing import Part, compare
from laveren.content.library import Library
from laveren.content.writing import as_data


@pytest.fixture
def data(library: Library) -> dict[str, Any]:
    return as_data(library.cases["tot-mijn-diploma"])


def read(data: dict[str, Any]) -> Case:
    return Case.model_validate(data | {"id": "proef"})


def test_two_equal_cases_have_no_differences(data: dict[str, Any]) -> None:
    assert compare(read(data), read(data)) == []


def test_only_the_paragraph_that_changed_is_shown(data: dict[str, Any]) -> None:
    paragraphs = data["situatie"].split("\n\n")
    changed = "\n\n".join([paragraphs[0], "Iets nieuws.", *paragraphs[2:]])
    assert compare(read(data), read(data | {"situatie": changed})) == [
        Part("situatie", [paragraphs[1]], ["Iets nieuws."])
    ]


CHANGES: dict[str, tuple[Any, list[str]]] = {
    "titel": ("Iets anders", ["Iets anders"]),
    "peildatum": ("2026-03-01", ["2026-03-01"]),
    "personen": ([{"naam": "Yara", "leeftijd": 18, "rol": "inwoner"}], ["Yara, 18, inwoner"]),
    "domeinen": (["school", "werk"], ["werk"]),
    "perspectieven": (["Yara", {"naam": "bakker", "tekst": "Ik wil haar."}], ["Yara", "bakker: Ik wil haar."]),
    "begeleiding": (["Wacht even."], ["Wacht even."]),
    "wendingen": ([{"titel": "Weg", "tekst": "Een.\n\nTwee."}], ["Weg: Een.", "Weg: Twee."]),
}


@pytest.mark.parametrize("key", CHANGES)
def test_each_part_says_what_came(data: dict[str, Any], key: str) -> None:
    value, came = CHANGES[key]
    (part,) = compare(read(data), read(data | {key: value}))
    assert (part.key, part.come) == (key, came)
    assert part.gone


@pytest.mark.parametrize(
    ("more", "came"),
    [
        ({"ruimte": "Nieuwe ruimte."}, "X, ruimte: Nieuwe ruimte."),
        ({"peildatum": "2026-05-01"}, "X, peildatum: 2026-05-01"),
        ({"gecontroleerd_door": "M. de Vries"}, "X, gecontroleerd door: M. de Vries"),
        ({"status": "gecontroleerd", "gecontroleerd_door": "M. de Vries"}, "X, status: gecontroleerd"),
        ({"kaarttekst": "Anders."}, "X: Anders."),
    ],
)
def test_everything_on_a_rule_card_counts(data: dict[str, Any], more: dict[str, str], came: str) -> None:
    card = {"artikel": "X", "kaarttekst": "Kaart.", "status": "niet gecontroleerd"}
    (part,) = compare(read(data | {"regels": [card]}), read(data | {"regels": [card | more]}))
    assert part.key == "regels"
    assert came in part.come


def test_the_parts_stand_in_the_order_of_a_file(data: dict[str, Any]) -> None:
    parts = compare(read(data), read(data | {key: value for key, (value, _) in reversed(CHANGES.items())}))
    assert [part.key for part in parts] == list(CHANGES)
