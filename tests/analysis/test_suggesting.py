"""Suggestions by the codebook's words: a golden set of short answers, and what each rule of a pattern does."""

from __future__ import annotations

from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laveren.analysis.suggesting import MOST, Suggester
from laveren.content.codebook import Codebook


def theme(ident: str, words: list[str], exclude: list[str] | None = None, second: list[str] | None = None) -> Any:
    both = {"nl": "hoort", "en": "belongs"}
    return {
        "id": ident,
        "nl": ident,
        "en": ident,
        "hoort": both,
        "voorbeeld": "voorbeeld",
        "woorden": words,
        "uitsluiten": exclude or [],
        "tweede_treffer": second or [],
    }


def book(*themes: Any) -> Suggester:
    return Suggester(Codebook.model_validate({"themas": list(themes)}))


TINY = book(
    theme("wachttijd", ["wacht*", "termijn*", "te lang"], ["wachtwoord*", "verwacht*"], ["weken", "maanden"]),
    theme("leefvorm", ["*norm", "samenwon*", "één huishouden"], ["enorm"], ["delen"]),
    theme("privacy", ["avg", "privacy*", "mo*en niet delen", "beroepsgeheim"], [], ["delen", "gegevens"]),
    theme("schulden", ["schuld*", "*schuld", "deurwaarder*"], ["schuldig*", "onschuld"]),
    theme("kinderen", ["kinderen", "ivrk"], ["kinderopvang*"], ["kind*", "school*"]),
    theme("18plus", ["18+", "achttien*", "verlengde jeugdhulp"], [], ["jeugd*"]),
    theme("mandaat", ["mandaat*", "rug*steun", "café*"]),
)

GOLDEN = [
    ("De wachtlijst is negen maanden.", "wachttijd"),
    ("Negen maanden, en dan nog eens zes weken.", "wachttijd"),
    ("Over zes weken wordt ze achttien.", "18plus"),
    ("Negen maanden later.", ""),
    ("Ze is haar wachtwoord kwijt.", ""),
    ("Wachten op een nieuw wachtwoord.", "wachttijd"),
    ("Dat had ik niet verwacht.", ""),
    ("Duurt TE   LANG voor haar", "wachttijd"),
    ("te-lang gewacht", "wachttijd"),
    ("De beslistermijn loopt af", "wachttijd"),
    ("Er is lang op gewacht", "wachttijd"),
    ("Wij worden verwacht", ""),
    ("Een belachelijke norm, die normen van ons", "leefvorm"),
    ("De gerechtsdeurwaarder belt", "schulden"),
    ("Zomerkinderopvang bestaat hier niet", ""),
    ("Termijnen halen we nooit", "wachttijd"),
    ("De kostendelersnorm treft haar zoon", "leefvorm"),
    ("Dat is normaal bij ons", ""),
    ("Een enorm dossier", ""),
    ("Samenwonen of logeren?", "leefvorm"),
    ("Samen wonen mag", ""),
    ("Zij vormen een huishouden", "leefvorm"),
    ("Kosten delen volgens de norm", "leefvorm"),
    ("We mogen niet delen wat we weten", "privacy"),
    ("Dat mag ik niet met ze delen", ""),
    ("Gegevens delen met de ggz", "privacy"),
    ("Gegevens opvragen", ""),
    ("Delen, delen, delen", ""),
    ("AVG!", "privacy"),
    ("De havg bestaat niet", ""),
    ("Geen beroepsgeheim hier", "privacy"),
    ("Schuldhulp zegt nee", "schulden"),
    ("Een huurschuld van drie maanden", "schulden"),
    ("Hij voelt zich schuldig", ""),
    ("De onschuld zelve", ""),
    ("Twee deurwaarders en een hond", "schulden"),
    ("Het kind gaat niet naar school", "kinderen"),
    ("Het kind en nog een kind", ""),
    ("De kinderen horen alles", "kinderen"),
    ("De kinderopvang is duur", ""),
    ("Kinderopvang en school sluiten niet aan", ""),
    ("Van 18- naar 18+ stopt alles", "18plus"),
    ("Achttien? Dan is de jeugd voorbij", "18plus"),
    ("Ik heb geen ruggensteun van boven", "mandaat"),
    ("In het CAFE durven we wel", "mandaat"),
]


@pytest.mark.parametrize(("text", "expected"), GOLDEN, ids=[text for text, _ in GOLDEN])
def test_a_short_answer_gets_the_theme_a_reader_expects(text: str, expected: str) -> None:
    assert " ".join(suggestion.theme for suggestion in TINY.suggest(text)) == expected


def test_the_reason_is_the_word_as_it_was_written() -> None:
    assert TINY.suggest("De Kostendelersnorm.")[0].word == "Kostendelersnorm"
    assert TINY.suggest("Wij mogen niet\n delen")[0].word == "mogen niet\n delen"
    assert TINY.suggest("lange Wacht\u00adtijd")[0].word == "Wacht\u00adtijd", "soft hyphens do not hide a word"


def test_diacritics_make_no_difference_either_way() -> None:
    assert TINY.suggest("in cafés")[0] == ("mandaat", "cafés", 1.0)
    assert TINY.suggest("e\u0301e\u0301n huishouden")[0].theme == "leefvorm"
    assert book(theme("taal", ["taalbarriere*"])).suggest("Taalbarrière")[0].word == "Taalbarrière"


def test_the_strong_word_is_the_reason_when_a_weak_one_comes_first() -> None:
    assert TINY.suggest("Zes weken wachten")[0].word == "wachten"


def test_at_most_three_themes_and_the_one_with_most_words_first() -> None:
    found = TINY.suggest("AVG, mandaat, deurwaarder, een schuld bij kinderen, rugsteun en schulden en termijn")
    assert len(found) == MOST == 3
    assert found[0].theme == "schulden"
    assert {suggestion.theme for suggestion in found[1:]} <= {"mandaat", "privacy", "kinderen", "wachttijd"}
    assert found[1].theme == "mandaat"


def test_the_same_word_under_two_patterns_is_one_hit() -> None:
    doubled = book(theme("brieven", [], [], ["brief", "brie*", "*brief"]))
    assert doubled.suggest("de brief") == ()
    assert doubled.suggest("de brief en de brieven") != ()


def test_a_word_that_is_both_plain_and_weak_is_weak() -> None:
    both = book(theme("brieven", ["brief", "jargon"], [], ["brief"]))
    assert both.suggest("een brief") == ()
    assert len(both.suggest("een brief vol jargon")) == 1


def test_an_excluded_word_takes_away_its_own_hit_and_no_other() -> None:
    assert book(theme("regie", ["regie", "trekker"], ["eigen regie"])).suggest("eigen regie, geen trekker") == (
        ("regie", "trekker", 1.0),
    )


def test_a_star_inside_a_word_stands_for_any_letters_or_none() -> None:
    found = ["rugsteun", "ruggensteun", "ruggenprik", "geruggensteund"]
    assert [bool(TINY.suggest(word)) for word in found] == [True, True, False, False]


def test_a_word_is_found_in_all_its_forms_and_is_the_reason_as_it_was_written() -> None:
    deciding = book(theme("mandaat", ["beslissen", "mandaat"]))
    assert [deciding.suggest(text)[0].word for text in ("Wie Beslist?", "ik besliste", "Mandaten")] == [
        "Beslist",
        "besliste",
        "Mandaten",
    ]
    assert deciding.suggest("Negen beslissingen") == (), "another word, however like it"


def test_an_inflected_pattern_finds_only_that_form() -> None:
    numbers = book(theme("leefwereld", ["nummers"]))
    assert numbers.suggest("Wij zijn nummers") != ()
    assert numbers.suggest("Wat is uw nummer?") == ()


def test_a_pattern_of_several_words_finds_only_those() -> None:
    fitting = book(theme("wachttijd", ["wacht* op", "past in"]))
    assert fitting.suggest("Zij wachten op ons")[0].word == "wachten op"
    assert fitting.suggest("Er is gewacht op ons") == ()
    assert fitting.suggest("Wij passen in geen hokje") == ()


def test_a_compound_is_found_by_its_last_part_where_no_word_says_more() -> None:
    both = book(theme("wachttijd", ["termijn*"]), theme("papierwinkel", ["bewijs", "bezwaar", "formulier"]))
    assert both.suggest("De Bezwaartermijn") == (("wachttijd", "Bezwaartermijn", 1.0),)
    assert both.suggest("Stopformulieren!") == (("papierwinkel", "Stopformulieren", 1.0),)
    assert both.suggest("Elk bewijs, elke bezwaartermijn") == (("papierwinkel", "bewijs", 1.0),)
    assert both.suggest("Bewijslast") == (), "the first part does not say what it is"


def test_an_exclusion_goes_before_a_lemma_and_before_the_part_of_a_compound() -> None:
    children = theme("kinderen", ["kinder*", "opvangen", "norm"], ["kinderopvang", "vang*", "opgevangen", "gezinsnorm"])
    suggester = book(children)
    assert suggester.suggest("Zij worden opgevangen") == (), "excluded as it was written"
    assert suggester.suggest("Zij vingen hen") == (), "excluded as its lemma"
    assert suggester.suggest("Zomerkinderopvang") == (), "excluded as the part that would be found"
    assert suggester.suggest("De gezinsnormen") == ()
    assert suggester.suggest("De jongerennormen")[0].word == "jongerennormen"


def test_what_a_theme_says_of_a_word_as_written_goes_before_what_it_says_of_another_form() -> None:
    broad = book(theme("caseload", ["dossier", "wachttijd"], ["tijd"], ["dossiers"]))
    assert broad.suggest("Een dossier") != ()
    assert broad.suggest("Alle dossiers") == (), "too broad, as the codebook says"
    assert broad.suggest("Wachttijd") != (), "another word than what is excluded"


@given(st.text(max_size=140))
def test_no_text_whatever_breaks_it_and_every_reason_is_in_the_text(text: str) -> None:
    for suggestion in TINY.suggest(text):
        assert suggestion.word in text


@given(st.sampled_from([text for text, expected in GOLDEN if expected]), st.sampled_from([str.upper, str.title]))
def test_capitals_change_nothing(text: str, change: Any) -> None:
    themes = [suggestion.theme for suggestion in TINY.suggest(text)]
    assert [suggestion.theme for suggestion in TINY.suggest(change(text))] == themes


def test_ten_thousand_answers_take_well_under_two_seconds() -> None:
    patterns = [[f"woord{n}{a}*" for a in "abcdefghij"] + [f"*eind{n}", f"in*en{n}", "twee woorden"] for n in range(26)]
    many = book(*(theme(f"thema{n}", words) for n, words in enumerate(patterns)))
    texts = [f"{GOLDEN[n % len(GOLDEN)][0]} Nog een antwoord, het is {n}, met woord{n % 26}c." for n in range(10_000)]
    begin = perf_counter()
    found = [many.suggest(text) for text in texts]
    assert perf_counter() - begin < 2
    assert all(found)
