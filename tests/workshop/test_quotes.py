"""The words behind a mark: in turn, none twice, with what suggested which theme, and nothing of who wrote them."""

from __future__ import annotations

from dataclasses import fields

import pytest

from laveren.analysis.quoting import Mark, behind, quotable
from laveren.analysis.records import Records
from laveren.analysis.selecting import everything
from laveren.workshop import quotes as module
from laveren.workshop.quotes import Quote, answer_id, read_quotes
from tests.meeting import CASE, Meeting
from tests.workshop.counted import suggest

HINDRANCE = "1.hindernis"


def written(meeting: Meeting, *texts: str) -> list[str]:
    """The ids of these, each written by somebody else."""
    return [meeting.someone().gives(HINDRANCE, text, source="wet").id for text in texts]


def place_of(records: Records, id: str) -> int:
    return next(place for place in range(len(records)) if answer_id(records, place) == id)


def read(meeting: Meeting, records: Records, places: list[int], n: int | None = None) -> list[Quote]:
    with meeting.house.store.read() as connection:
        return read_quotes(connection, records, places, n)


def said(meeting: Meeting, *ids: str, n: int | None = None) -> list[str]:
    """What is read of these answers, in this order."""
    records = meeting.house.records
    return [quote.text for quote in read(meeting, records, [place_of(records, id) for id in ids], n)]


def test_a_quote_tells_the_text_its_kind_and_what_suggested_its_themes(meeting: Meeting) -> None:
    (id,) = written(meeting, "Lang wachten op een brief")
    suggest(meeting.house, id, "wachttijd", "papierwinkel")
    (quote,) = read(meeting, meeting.house.records, [0])
    assert quote == Quote(
        id, "Lang wachten op een brief", "hindernis", "wet", None, meeting.house.library.cases[CASE].title,
        {"wachttijd": "woord van wachttijd", "papierwinkel": "woord van papierwinkel"},
    )  # fmt: skip


def test_a_quote_does_not_tell_who_said_it_or_at_which_table_or_meeting() -> None:
    assert {field.name for field in fields(Quote)} == {
        "id", "text", "kind", "source", "status", "case_title", "words",
    }  # fmt: skip


def test_quotes_come_in_the_order_that_is_asked_for(meeting: Meeting) -> None:
    first, second, third = written(meeting, "een", "twee", "drie")
    assert said(meeting, third, first, second) == ["drie", "een", "twee"]


def test_of_some_quotes_none_says_what_another_says(meeting: Meeting) -> None:
    ids = written(meeting, "Geen tijd", "geen tijd", "GEEN TIJD", "Anders", "Nog iets")
    assert said(meeting, *ids, n=2) == ["Geen tijd", "Anders"]
    assert said(meeting, *ids, n=9) == ["Geen tijd", "Anders", "Nog iets"]
    assert len(said(meeting, *ids)) == 5, "who reads them all reads them all"


@pytest.mark.parametrize("at_once", [1, 2, 7])
def test_so_many_are_read_as_are_needed_for_different_ones(
    meeting: Meeting, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AT_ONCE", at_once)
    ids = written(meeting, "een", "een", "een", "twee", "een", "drie", "vier")
    assert said(meeting, *ids, n=3) == ["een", "twee", "drie"]


def test_what_was_taken_back_since_it_was_counted_is_not_quoted(meeting: Meeting) -> None:
    one = meeting.someone()
    card = one.gives(HINDRANCE, "naam van een collega")
    (other,) = written(meeting, "blijft")
    records = meeting.house.records
    one.gives(HINDRANCE, "naam van een collega", id=card.id, revision=2, state="withdrawn")
    assert [quote.text for quote in read(meeting, records, [place_of(records, id) for id in (card.id, other)])] == [
        "blijft"
    ]


def test_what_is_not_in_words_is_no_quote(meeting: Meeting) -> None:
    meeting.someone().gives("1.leefgebieden", domains={"schulden": "weet"})
    assert len(meeting.house.records) == 1
    assert read(meeting, meeting.house.records, [0]) == []


def test_what_a_mark_stands_for_can_be_read_and_what_was_hidden_cannot(meeting: Meeting) -> None:
    ids = written(meeting, *(f"Lang wachten {n}" for n in range(5)), "naam van een collega")
    for id in ids:
        suggest(meeting.house, id, "wachttijd")
    meeting.moderate("hide", ids[5])
    records = meeting.house.records
    places = quotable(behind(everything(records), Mark("wachttijd", there=True)))
    assert {quote.text for quote in read(meeting, records, places, 12)} == {f"Lang wachten {n}" for n in range(5)}
