"""Themes are suggested for all that was handed in: some at a time, stopped and gone on with, never over newer words."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from sqlalchemy import select

from laveren.analysis.suggesting import Suggester, Suggestion
from laveren.content.codebook import Codebook
from laveren.house import House, open_house
from laveren.store import tables
from laveren.workshop import suggesting
from laveren.workshop.suggesting import Suggesting, suggest_here, suggest_waiting, to_do
from tests.meeting import Meeting

a, s, w = tables.answer.c, tables.suggestion.c, tables.workshop.c
HINDRANCE = "1.hindernis"
PATIENCE = 20.0


def waits(house: House) -> int:
    with house.store.read() as connection:
        return to_do(connection, house.library.codebook)


def suggested(house: House) -> dict[str, list[tuple[str, str]]]:
    """Per text the themes suggested and their words, best first."""
    found = select(a.value, s.theme, s.word).join(tables.suggestion, a.id == s.answer).order_by(a.value, s.rank)
    texts: dict[str, list[tuple[str, str]]] = {}
    with house.store.read() as connection:
        for text, theme, word in connection.execute(found):
            texts.setdefault(text, []).append((theme, word))
    return texts


def until_done(work: Suggesting) -> None:
    end = time.monotonic() + PATIENCE
    while work.busy and time.monotonic() < end:
        time.sleep(0.01)
    assert not work.busy


@pytest.fixture
def written(meeting: Meeting) -> Meeting:
    """Seven answers, two of them about waiting."""
    meeting.go_to("hindernis")
    for n in range(5):
        meeting.someone().gives(HINDRANCE, f"zomaar iets {n}")
    meeting.someone().gives(HINDRANCE, "De wachttijd is te lang")
    meeting.someone().gives(HINDRANCE, "Wachtlijst van een half jaar")
    return meeting


def test_what_was_handed_in_waits_until_its_themes_were_looked_for(written: Meeting) -> None:
    house = written.house
    assert waits(house) == 7
    suggest_here(house.store, house.library.codebook)
    assert waits(house) == 0
    assert suggested(house)["De wachttijd is te lang"] == [("wachttijd", "wachttijd")]
    assert "zomaar iets 0" not in suggested(house)


def test_drafts_are_not_looked_at(meeting: Meeting) -> None:
    meeting.someone().gives(HINDRANCE, "De wachttijd", state="draft")
    assert waits(meeting.house) == 0


def test_a_process_of_its_own_finds_the_same(written: Meeting) -> None:
    house = written.house
    house.suggesting.start(house.library.codebook)
    until_done(house.suggesting)
    by_itself = suggested(house)
    progress = house.suggesting.progress
    assert (progress.done, progress.total, progress.broken) == (7, 7, False)
    suggester = Suggester(house.library.codebook)
    texts = ["De wachttijd is te lang", "Wachtlijst van een half jaar"]
    assert by_itself == {text: [(one.theme, one.word) for one in suggester.suggest(text)] for text in texts}


def test_it_stops_where_it_is_and_goes_on_there_also_in_another_process(
    written: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, looked_at = written.house, list[str]()
    monkeypatch.setattr(suggesting, "AT_ONCE", 3)

    def note(texts: Sequence[str]) -> list[list[Suggestion]]:
        looked_at.extend(texts)
        return [[] for _ in texts]

    suggest_waiting(house.store, house.library.codebook, note, lambda _: False)
    assert (len(looked_at), waits(house)) == (3, 4)
    house.store.close()
    again = open_house(house.settings)
    suggest_waiting(again.store, again.library.codebook, note)
    assert waits(again) == 0
    assert len(looked_at) == len(set(looked_at)) == 7, "none of them twice"
    again.store.close()


def test_stopped_by_somebody_it_waits_for_somebody(written: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    house = written.house
    monkeypatch.setattr(suggesting, "AT_ONCE", 1)
    house.suggesting.start(house.library.codebook)
    house.suggesting.stop()
    left = waits(house)
    assert house.suggesting.progress.stopped
    assert left > 0
    house.suggesting.wake(house.library.codebook)
    assert not house.suggesting.busy
    house.suggesting.start(house.library.codebook)
    until_done(house.suggesting)
    assert waits(house) == 0


def test_what_breaks_off_says_so_and_is_not_begun_again_by_itself(
    written: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = written.house
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    house.suggesting.start(house.library.codebook)
    until_done(house.suggesting)
    assert house.suggesting.progress.broken
    house.suggesting.wake(house.library.codebook)
    assert not house.suggesting.busy
    assert waits(house) == 7


def test_an_answer_that_was_changed_meanwhile_keeps_waiting(written: Meeting) -> None:
    house, one = written.house, written.someone()
    card = one.gives(HINDRANCE, "De wachttijd is lang")

    def slow(texts: Sequence[str]) -> list[list[Suggestion]]:
        one.gives(HINDRANCE, "Te veel papier", id=card.id, revision=2)
        return [[Suggestion("wachttijd", "wachttijd", 1.0)] if "wachttijd" in text else [] for text in texts]

    suggest_waiting(house.store, house.library.codebook, slow, lambda _: False)
    assert "Te veel papier" not in suggested(house)
    assert waits(house) == 1


def test_words_that_are_changed_or_taken_back_leave_no_word_behind(written: Meeting) -> None:
    house, one = written.house, written.someone()
    card = one.gives(HINDRANCE, "De wachttijd is lang")
    gone = one.gives(HINDRANCE, "Een wachtlijst")
    suggest_here(house.store, house.library.codebook)
    one.gives(HINDRANCE, "Te veel papier", id=card.id, revision=2)
    one.gives(HINDRANCE, None, id=gone.id, revision=2, state="withdrawn")
    with house.store.read() as connection:
        left = connection.execute(select(s.word).where(s.answer.in_([card.id, gone.id]))).all()
    assert not left
    assert waits(house) == 1
    suggest_here(house.store, house.library.codebook)
    assert suggested(house)["Te veel papier"][0][0] == "papierwinkel"


def test_other_words_of_the_codebook_make_all_of_it_be_looked_at_again_and_other_names_do_not(written: Meeting) -> None:
    house = written.house
    suggest_here(house.store, house.library.codebook)
    data = house.library.codebook.model_dump(by_alias=True)
    data["themas"][0]["nl"] = "Anders genoemd"
    with house.store.read() as connection:
        assert to_do(connection, Codebook.model_validate(data)) == 0
        data["themas"][0]["woorden"].append("zomaar")
        assert to_do(connection, Codebook.model_validate(data)) == 7
    suggest_here(house.store, Codebook.model_validate(data))
    assert suggested(house)["zomaar iets 0"] == [(data["themas"][0]["id"], "zomaar")]


def test_the_workshops_count_that_something_became_known_and_no_room_is_woken(written: Meeting) -> None:
    house, heard = written.house, list[object]()
    house.store.writer.listeners.append(heard.extend)
    with house.store.read() as connection:
        before = connection.execute(select(w.coded, w.board)).one()
    suggest_here(house.store, house.library.codebook)
    with house.store.read() as connection:
        after = connection.execute(select(w.coded, w.board)).one()
    assert (after.coded > before.coded, after.board == before.board, heard) == (True, True, [])
