"""Finding a case: every word counts, capitals and accents do not, titles come first, and it is quick."""

from __future__ import annotations

import time

import pytest

from laveren.content.cases import Case
from laveren.content.library import Library
from laveren.content.searching import Entry, fold, prepare, rules_named, rules_of, search

MANY = 2000


def case(id: str, title: str, situation: str = "Een verhaal.", rules: tuple[str, ...] = (), **more: object) -> Case:
    cards = [{"artikel": rule, "kaarttekst": "Kaart.", "status": "niet gecontroleerd"} for rule in rules]
    data = {
        "id": id, "titel": title, "peildatum": "2026-02-01", "fictief": True, "situatie": situation,
        "personen": [{"naam": "Renée", "rol": "inwoner"}], "domeinen": ["wonen"], "regels": cards,
    }  # fmt: skip
    return Case.model_validate(data | more)


def found(cases: list[Case], words: str, **more: str) -> list[str]:
    return [one.id for one in search(prepare(cases), words, **more)]


def test_every_word_must_occur_and_each_may_be_in_another_part() -> None:
    whole = case(
        "heel", "De brief", "Zij leest hem.", ("Awb 3:4",),
        perspectieven=["buren", {"naam": "wijkteam", "tekst": "Wij wachten."}],
    )  # fmt: skip
    for words in ("brief leest", "RENEE inwoner", "awb kaart", "buren wachten", "brief wijkteam leest", "", "  "):
        assert found([whole], words) == ["heel"], words
    assert found([whole], "brief fiets") == []


def test_capitals_and_accents_make_no_difference() -> None:
    cases = [case("a", "Eén café in Coevorden"), case("b", "Zee en land", "Ça va bien.")]
    assert found(cases, "een CAFE coëvorden") == ["a"]
    assert found(cases, "Cà") == ["a", "b"]
    assert fold("Eén CAFÉ, ÿ, ﬁets, ß") == "een cafe, y, fiets, ss"


def test_what_is_in_the_title_comes_first_and_else_the_order_stays() -> None:
    cases = [
        case("a", "Anders", "Over een huis en een brief."),
        case("b", "Het huis", "Over een brief."),
        case("c", "Huis en brief"),
        case("d", "Nog iets", "Een brief over een huis."),
    ]
    assert found(cases, "huis brief") == ["c", "b", "a", "d"]
    assert found(cases, "") == ["a", "b", "c", "d"]


def test_hints_and_twists_are_not_searched() -> None:
    hidden = case("x", "T", begeleiding=["zeldzaam"], wendingen=[{"titel": "zeldzaam", "tekst": "zeldzaam"}])
    assert found([hidden], "zeldzaam") == []


def test_a_domain_and_a_rule_narrow_what_is_found() -> None:
    cases = [
        case("a", "Huis", rules=("Awb, artikel 3:4",)),
        case("b", "Huis", rules=("Participatiewet, artikel 31 en 34",), domeinen=["werk", "taal"]),
        case("c", "Tuin", rules=("Algemene wet bestuursrecht, artikel 3:4 lid 2",), domeinen=["werk"]),
    ]
    assert found(cases, "", domain="werk") == ["b", "c"]
    assert found(cases, "huis", domain="werk") == ["b"]
    assert found(cases, "", rule="Awb 3:4") == ["a", "c"]
    assert found(cases, "", rule="Participatiewet 34") == ["b"]
    assert found(cases, "", rule="Participatiewet 3") == []
    assert found(cases, "", domain="werk", rule="Awb") == ["c"]


@pytest.mark.parametrize(
    ("article", "names"),
    [
        ("Participatiewet, artikel 31 en 34", ["Participatiewet", "Participatiewet 31", "Participatiewet 34"]),
        ("Participatiewet, artikel 58 lid 2, onderdeel f", ["Participatiewet", "Participatiewet 58"]),
        ("Pw 18 lid 1", ["Participatiewet", "Participatiewet 18"]),
        ("AVG, artikelen 5, 6 en 9", ["AVG", "AVG 5", "AVG 6", "AVG 9"]),
        ("Algemene wet bestuursrecht, artikel 4:84", ["Awb", "Awb 4:84"]),
        ("Awb 3:4", ["Awb", "Awb 3:4"]),
        ("Wmo 2015, artikel 2.3.2", ["Wmo", "Wmo 2.3.2"]),
        ("Faillissementswet, artikel 287b", ["Fw", "Fw 287b"]),
        ("Leerplichtwet 1969 art. 2", ["Leerplichtwet", "Leerplichtwet 2"]),
        ("Bbz 2004", ["Bbz"]),
        ("Jeugdwet, verlengde jeugdhulp", ["Jeugdwet"]),
        (
            "Participatiewet, artikel 31 (met de regel over giften sinds 2026)",
            ["Participatiewet", "Participatiewet 31"],
        ),
        ("Beroepsgeheim", ["Beroepsgeheim"]),
        ("3", ["3"]),
        ("(zonder wet)", ["(zonder wet)"]),
    ],
)
def test_a_card_is_found_by_its_law_and_by_each_article(article: str, names: list[str]) -> None:
    assert rules_named(article) == names


def test_the_rules_stand_by_law_and_in_the_order_of_the_articles() -> None:
    cases = [
        case("a", "A", rules=("Wmo 2.3.5", "Awb 4:84", "Awb 3:46")),
        case("b", "B", rules=("Awb 3:4", "Wmo 2.3.10")),
    ]
    expected = ["Awb", "Awb 3:4", "Awb 3:46", "Awb 4:84", "Wmo", "Wmo 2.3.5", "Wmo 2.3.10"]
    assert rules_of(prepare(cases)) == expected


def test_every_rule_of_the_cases_that_ship_can_be_chosen_and_finds_something(library: Library) -> None:
    entries = prepare(library.cases.values())
    rules = rules_of(entries)
    assert {"Awb 4:84", "Participatiewet 58", "Wmo 2.3.2"} <= set(rules)
    assert all(search(entries, "", rule=rule) for rule in rules)


def test_searching_two_thousand_cases_takes_a_tenth_of_a_second_at_most(library: Library) -> None:
    shipped = list(library.cases.values())
    cases = [shipped[n % len(shipped)].model_copy(update={"id": f"c{n}"}) for n in range(MANY)]
    entries: list[Entry] = prepare(cases)
    letters = sum(len(entry.everything) for entry in entries)
    assert letters > 5_000_000, "the cases are as long as real ones"

    def best(words: str) -> float:
        took = []
        for _ in range(5):
            start = time.perf_counter()
            search(entries, words)
            took.append(time.perf_counter() - start)
        return min(took)

    start = time.perf_counter()
    bare = sum("geen enkele casus zegt dit" in entry.everything for entry in entries)
    baseline = time.perf_counter() - start
    assert bare == 0
    for words in ("bijstand", "moeder huis brief", "e a o n", "geen enkele casus zegt dit zo"):
        assert best(words) < max(0.1, 20 * baseline), words
