"""A mistake in a method is told with its file, line and key, and leaves the other methods working."""

from __future__ import annotations

from pathlib import Path

import pytest

from laveren.content.library import read_library
from laveren.content.methods import Method

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "werkvormen"
DOTS, TRIANGLE, TRUST = "prioriteren", "waardendriehoek", "vertrouwensmatrix"
#: Of which method, what is replaced by what, a piece of the line that is to be named, and what is told there.
SPOILED = {
    "an unknown answer type": (
        DOTS,
        "type: stippen",
        "type: stipen",
        "type: stipen",
        "stappen[3].vragen[1].type: 'stipen' kan hier niet (bedoel je 'stippen'?). Toegestaan: kort, lang, keuze",
    ),
    "a link to a later prompt": (
        "dilemmamethode",
        "gekoppeld: perspectief",
        "gekoppeld: norm",
        "gekoppeld: norm",
        "stappen[5].vragen[2].gekoppeld: 'norm' is geen eerdere vraag. Toegestaan: startvraag, feiten",
    ),
    "two prompts with one id": (
        "dilemmamethode",
        "id: rest",
        "id: norm",
        "id: norm\n        vraag:\n          nl: Wat blijft",
        "stappen[9].vragen[3].id: de id 'norm' staat al bij een andere vraag",
    ),
    "minutes below zero": (
        DOTS,
        "minuten: 4",
        "minuten: -4",
        "minuten: -4",
        "stappen[3].minuten: '-4' is te laag. Minstens 1",
    ),
    "500 steps": (
        DOTS,
        "stappen:\n",
        "stappen:\n" + "  - {titel: Kijk, minuten: 1, wie: plenair}\n" * 496,
        "stappen:",
        "stappen: heeft 500 regels; hooguit 40",
    ),
    "a triangle with two corners": (
        TRIANGLE,
        "          - {id: efficientie, tekst: {nl: efficiëntie, en: efficiency}}\n",
        "",
        "opties:",
        "stappen[1].vragen[1].opties: bij type driehoek horen precies drie opties, de hoeken; er staan er 2",
    ),
    "dots over the answers to a choice": (
        "dilemmamethode",
        "type: schaal5\n        schaal:\n          - {nl: helemaal niet zeker, en: not sure at all}\n"
        "          - {nl: heel zeker, en: very sure}",
        "type: stippen\n        gekoppeld: afweging",
        "gekoppeld: afweging",
        "stappen[7].vragen[2].gekoppeld: 'afweging' past niet: stippen worden verdeeld over kaartjes, dus over een",
    ),
    "a screen with nothing to draw": (
        DOTS,
        "scherm: klok",
        "scherm: matrix",
        "scherm: matrix",
        "stappen[3].scherm: 'matrix' heeft een vraag nodig van type matrixrij: in deze stap, of bij toont",
    ),
    "a screen that draws another type": (
        TRUST,
        "scherm: matrix",
        "scherm: driehoek",
        "scherm: driehoek",
        "stappen[3].scherm: 'driehoek' heeft een vraag nodig van type driehoek: in deze stap, of bij toont",
    ),
    "a screen that shows an unknown prompt": (
        DOTS,
        "toont: [stippen]",
        "toont: [strepen]",
        "toont: [strepen]",
        "stappen[4].toont[1]: 'strepen' is geen vraag tot hier. Toegestaan: thema, stippen",
    ),
    "a matrix without rows": (
        TRUST,
        "        rijen_uit: rollen\n        schaal:",
        "        schaal:",
        "- id: vertrouwen",
        "stappen[1].vragen[1].rijen: bij type matrixrij hoort een lijst rijen, of rijen_uit, en niet allebei",
    ),
    "words that would be confidential": (
        DOTS,
        "        type: kort\n",
        "        type: kort\n        vertrouwelijk: ja\n",
        "vertrouwelijk: ja",
        "stappen[1].vragen[1].vertrouwelijk: ja hoort alleen bij type matrixrij: daarvan blijven alleen totalen over",
    ),
    "no group that does a step": (
        DOTS,
        "wie: plenair",
        "wie: trio",
        "wie: trio",
        "stappen[2].wie: 'trio' kan hier niet. Toegestaan: individueel, duo, viertal, groep, plenair",
    ),
}


@pytest.mark.parametrize("kind", SPOILED)
def test_a_mistake_in_a_method_is_told_where_it_stands_and_the_others_still_work(kind: str, tmp_path: Path) -> None:
    ident, old, new, piece, expected = SPOILED[kind]
    good = (FOLDER / f"{ident}.yaml").read_text("utf-8")
    assert old in good
    spoiled = good.replace(old, new, 1)
    found, told = read_with(tmp_path, spoiled)
    line = spoiled[: spoiled.index(piece)].count("\n") + 1
    assert [fault for fault in told if fault.startswith(f"{tmp_path / 'proef.yaml'}:{line}: {expected}")], told
    assert list(found) == ["goed"]


def test_only_what_is_wrong_is_told_so_that_nobody_searches_in_vain(tmp_path: Path) -> None:
    spoiled = (FOLDER / f"{DOTS}.yaml").read_text("utf-8").replace("minuten: 4", "minuten: -4")
    assert len(read_with(tmp_path, spoiled)[1]) == 1


def read_with(folder: Path, text: str) -> tuple[dict[str, Method], list[str]]:
    """The methods and the faults of a folder that holds this method as `proef`, and a sound one as `goed`."""
    (folder / "proef.yaml").write_text(text, encoding="utf-8")
    (folder / "goed.yaml").write_text((FOLDER / "balint.yaml").read_text("utf-8"), encoding="utf-8")
    (folder / "casussen").mkdir()
    library = read_library(ROOT, cases_dir=folder / "casussen", methods_dir=folder)
    return library.methods, [str(fault) for fault in library.faults]
