"""The words of what fits nowhere: counted in people, without what says nothing, and none that stands for too few."""

from __future__ import annotations

import pytest

from laveren.analysis.hiding import THRESHOLD
from laveren.analysis.words import Word, frequent


def by(people: int, text: str, first: int = 1) -> list[tuple[int, str]]:
    """The same text of so many people."""
    return [(first + n, text) for n in range(people)]


def said(texts: list[tuple[int, str]], *names: str) -> list[str]:
    return [word for word, _ in frequent(texts, names)]


def test_a_word_is_counted_in_people_and_not_in_notes() -> None:
    assert frequent([*by(6, "de parkeerplaats"), *by(6, "parkeerplaats, parkeerplaats!")]) == [Word("parkeerplaats", 6)]


@pytest.mark.parametrize(("people", "shown"), [(THRESHOLD - 1, []), (THRESHOLD, ["spreekkamer"])])
def test_a_word_of_too_few_people_is_not_shown(people: int, shown: list[str]) -> None:
    assert said([*by(people, "spreekkamer"), *by(9, "de", first=50), (1, "spreekkamer spreekkamer")]) == shown


def test_the_word_of_most_people_comes_first_and_then_the_alphabet() -> None:
    assert said([*by(5, "tocht kou"), *by(6, "lift")]) == ["lift", "kou", "tocht"]


def test_no_more_are_given_than_asked_for() -> None:
    assert [word for word, _ in frequent(by(5, "kou lift tocht"), most=2)] == ["kou", "lift"]


def test_capitals_and_accents_make_no_other_word_and_the_commonest_spelling_is_shown() -> None:
    assert frequent([*by(4, "de financiën"), *by(1, "Financien", first=9)]) == [Word("financiën", 5)]


@pytest.mark.parametrize("text", ["en het was er ook niet", "Eén is geen", "zo'n zo’n", "drie twaalf"])
def test_what_only_holds_a_sentence_together_is_left_out(text: str) -> None:
    assert said(by(9, text)) == []


@pytest.mark.parametrize("text", ["2024", "18+", "14.000", "K7M4PX", "g4", "x", "ja!"])
def test_numbers_and_what_is_too_short_are_left_out(text: str) -> None:
    assert said(by(9, text)) == []


def test_words_with_a_hyphen_or_an_apostrophe_are_one_word() -> None:
    assert said(by(5, "Foto’s en wmo-loket.")) == ["foto’s", "wmo-loket"]


def test_names_that_are_known_are_left_out_however_they_are_written() -> None:
    assert said(by(9, "marleen belt over de erfenis"), "Marleen") == ["belt", "erfenis"]


def test_what_stands_with_a_capital_within_a_sentence_and_is_never_written_small_is_a_name() -> None:
    assert said([*by(5, "Toen belde Achmed over de lift."), *by(5, "Achmed belde.", first=20)]) == ["belde", "lift"]


def test_a_capital_where_a_sentence_begins_makes_no_name() -> None:
    assert said(by(5, "Tocht. Kou! 'Lift'\nTegels")) == ["kou", "lift", "tegels", "tocht"]


def test_what_is_written_small_somewhere_or_in_capitals_throughout_is_no_name() -> None:
    assert said([*by(5, "bij het Loket en de GGZ"), (40, "het loket")]) == ["loket", "ggz"]


def test_without_texts_there_are_no_words() -> None:
    assert frequent([]) == []
