"""The cases that ship are twelve or more, over all domains, whole, honest about the law and plain to read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from laveren.content.cases import Case
from laveren.content.library import read_library
from laveren.settings import ROOT

LIBRARY = read_library(ROOT)
CASES = LIBRARY.cases
NEW_LAW = date(2026, 1, 1)  # the Participatiewet changed on this day: cards from before it may be out of date

each_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())


def sentences(text: str) -> list[str]:
    """A sentence ends at . ! or ? (and a quote that closes there) before a blank, or with its paragraph."""
    return [part for paragraph in text.split("\n\n") for part in re.split(r"(?<=[.!?])['’]?\s+", paragraph.strip())]


def words(sentence: str) -> int:
    return len(re.findall(r"\S*\w\S*", sentence))


def texts_to_read(case: Case) -> Iterator[str]:
    """What the room reads: the story, the cards, the seats and the twists."""
    yield case.situation
    for rule in case.rules:
        yield rule.text
        yield rule.room or ""
    yield from (seat.text or "" for seat in case.perspectives)
    yield from (twist.text for twist in case.twists)


def test_the_splitter_knows_amounts_quotes_and_paragraphs() -> None:
    text = "Het is € 2.300. 'Weg!' zegt hij. Hij zegt: 'Ik blijf.' 's Nachts ook?\n\nJa"
    assert sentences(text) == [
        "Het is € 2.300.",
        "'Weg!",
        "zegt hij.",
        "Hij zegt: 'Ik blijf.",
        "'s Nachts ook?",
        "Ja",
    ]
    assert [words(part) for part in sentences(text)] == [3, 1, 2, 4, 3, 1]


def test_there_are_twelve_cases_or_more() -> None:
    assert len(CASES) >= 12
    assert len({case.title for case in CASES.values()}) == len(CASES)


def test_every_domain_is_in_two_cases_or_more() -> None:
    found = Counter(domain for case in CASES.values() for domain in case.domains)
    assert {domain: found[domain] for domain in LIBRARY.domains if found[domain] < 2} == {}


@each_case
def test_a_case_touches_three_to_five_domains(case: Case) -> None:
    assert 3 <= len(set(case.domains)) == len(case.domains) <= 5


@each_case
def test_a_case_has_twists_and_hints(case: Case) -> None:
    assert len({twist.title for twist in case.twists}) == len(case.twists) >= 2
    assert 3 <= len(case.guidance) <= 5


@each_case
def test_a_case_can_be_seen_from_four_to_six_seats_that_say_who_you_are(case: Case) -> None:
    assert 4 <= len({seat.name for seat in case.perspectives}) == len(case.perspectives) <= 6
    for seat in case.perspectives:
        assert 2 <= len(sentences(seat.text or "")) <= 3, seat.name
        assert (seat.text or "").startswith("Je "), seat.name


@each_case
def test_the_resident_comes_first_and_has_a_seat(case: Case) -> None:
    assert case.persons[0].role.startswith("inwoner")
    assert case.resident in [seat.name for seat in case.perspectives]
    assert case.resident in case.situation


@each_case
def test_a_rule_card_says_what_room_it_gives_and_from_what_day_it_is(case: Case) -> None:
    assert 3 <= len({rule.article for rule in case.rules}) == len(case.rules) <= 6
    for rule in case.rules:
        assert 1 <= len(sentences(rule.room or "")) <= 2, rule.article
        assert rule.room, rule.article
        assert "Ruimte:" not in rule.text, rule.article
        assert rule.as_of is not None, rule.article
        assert rule.as_of > NEW_LAW, rule.article
    assert case.as_of > NEW_LAW


@each_case
def test_no_rule_card_claims_to_be_checked_before_a_lawyer_read_it(case: Case) -> None:
    assert {(rule.status, rule.checked_by) for rule in case.rules} == {("niet gecontroleerd", None)}


@each_case
def test_a_situation_is_short_and_says_who_you_are(case: Case) -> None:
    assert 100 <= words(case.situation) <= 170
    assert re.search(r"\b[Jj]ij\b", case.situation.split("\n\n")[-1])


@each_case
def test_sentences_are_short(case: Case) -> None:
    lengths = [words(sentence) for sentence in sentences(case.situation)]
    assert sum(lengths) / len(lengths) <= 13
    assert [part for text in texts_to_read(case) for part in sentences(text) if words(part) > 25] == []
