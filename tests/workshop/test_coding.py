"""Coding an answer: nothing is written over, two at once lose nothing, and what was coded can be traced for ever."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
import pytest

from laveren.house import House
from laveren.store import Change, tables
from laveren.workshop import coding
from laveren.workshop.codebooks import merge, retire, rewrite, split
from laveren.workshop.coding import (
    FIRST,
    LONGEST,
    SECOND,
    Card,
    Coded,
    Coding,
    TakeBack,
    changed_since,
    code_answer,
    coded_since,
    coding_of,
    codings_of,
    newest_codings,
    newest_texts,
    read_cards,
    take_back_coding,
    to_look_at_again,
    with_names,
    workshop_titles,
)
from laveren.workshop.refusals import Moved, NotFound, Refused
from laveren.workshop.suggesting import suggest_here
from tests.codebooks import Desk, like_rent
from tests.meeting import Kept, Meeting


@dataclass
class Coder:
    """Who codes the answers of a meeting."""

    meeting: Meeting
    number: int = FIRST

    @property
    def house(self) -> House:
        return self.meeting.house

    def says(self, answer: str, *themes: str, based_on: int = 0, revision: int = 1, **more: Any) -> int:
        item = Coded(self.house.library, answer, self.number, revision, themes, based_on=based_on, **more)
        version: int = self.house.store.writer.write(code_answer, item)
        return version

    def takes_back(self, answer: str, based_on: int) -> int:
        version: int = self.house.store.writer.write(take_back_coding, TakeBack(answer, self.number, based_on))
        return version

    def said(self, answer: str) -> list[Coding]:
        """Every version of what this coder said, the oldest first."""
        with self.house.store.read() as connection:
            return codings_of(connection, [answer], self.number)[answer]

    def now(self, answer: str) -> Coding:
        with self.house.store.read() as connection:
            found = coding_of(connection, answer, self.number)
        assert found is not None
        return found

    def names(self, answer: str, lang: str = "nl") -> list[list[tuple[str, str | None]]]:
        """The themes of each version: as they were called then, and what they count for now."""
        with self.house.store.read() as connection:
            past = with_names(connection, Desk(self.house).stock, codings_of(connection, [answer], FIRST)[answer], lang)
        return [[tuple(named) for named in one.themes] for one in past]  # type: ignore[misc]

    def cards(self, *answers: str) -> list[Card]:
        records = self.house.records
        ids = [str(UUID(bytes=id.tobytes())) for id in records.column("id")]
        with self.house.store.read() as connection:
            return read_cards(connection, records, [ids.index(answer) for answer in answers], self.number)


@pytest.fixture
def coder(meeting: Meeting) -> Coder:
    meeting.go_to("hindernis")
    return Coder(meeting)


@pytest.fixture
def answer(coder: Coder) -> str:
    """An answer about waiting."""
    return coder.meeting.someone().gives("1.hindernis", "De wachttijd is te lang", source="keten").id


def counted(house: House) -> tuple[bool, list[str]]:
    """Whether the only answer is coded, and with which themes, as everything is counted."""
    records = house.records
    (coded,), (bits,) = records.column("coded"), records.column("confirmed")
    return bool(coded), [theme for bit, theme in enumerate(records.names.themes) if int(bits) >> bit & 1]


# ---- saying it ----


def test_what_a_person_says_is_kept_and_counts_from_then_on(coder: Coder, answer: str) -> None:
    assert counted(coder.house) == (False, [])
    assert coder.says(answer, "wachttijd", "regie", rejected=("brieven",), memo=" Gaat over het loket ") == 1
    now = coder.now(answer)
    assert (now.themes, now.rejected, now.memo) == (("wachttijd", "regie"), ("brieven",), "Gaat over het loket")
    assert (now.revision, now.codebook, now.version, now.stands) == (1, 0, 1, True)
    assert now.at > 0
    assert counted(coder.house) == (True, ["wachttijd", "regie"])


def test_without_themes_it_fits_nowhere_and_that_counts_as_coded(coder: Coder, answer: str) -> None:
    coder.says(answer, rejected=("wachttijd",))
    assert counted(coder.house) == (True, [])


def test_each_change_is_a_version_and_the_newest_counts(coder: Coder, answer: str) -> None:
    coder.says(answer, "wachttijd")
    coder.says(answer, "regie", based_on=1, memo="Toch niet")
    assert [(one.version, one.themes, one.memo) for one in coder.said(answer)] == [
        (1, ("wachttijd",), ""), (2, ("regie",), "Toch niet"),
    ]  # fmt: skip
    assert counted(coder.house) == (True, ["regie"])


def test_what_is_rejected_is_a_theme_and_was_not_chosen(coder: Coder, answer: str) -> None:
    coder.says(answer, "wachttijd", "wachttijd", rejected=("brieven", "wachttijd", "verzonnen", "brieven"))
    assert (coder.now(answer).themes, coder.now(answer).rejected) == (("wachttijd",), ("brieven",))


def test_the_version_of_the_codebook_is_kept_with_it(coder: Coder, answer: str) -> None:
    Desk(coder.house).does(rewrite, "regie", like_rent(nl="Wie is aan zet"))
    coder.says(answer, "regie")
    assert coder.now(answer).codebook == 1


def test_nobody_in_the_room_has_to_hear_of_it(coder: Coder, answer: str) -> None:
    told: list[Change] = []

    def hear(changes: Iterable[Change]) -> None:
        told.extend(changes)

    coder.house.store.writer.listeners.append(hear)
    before = coder.meeting.room
    coder.says(answer, "wachttijd")
    assert told == []
    assert (coder.meeting.room.version, coder.meeting.room.board) == (before.version, before.board)


# ---- what is refused ----


def test_who_comes_second_is_told_what_the_first_said_and_nothing_is_written_over(coder: Coder, answer: str) -> None:
    coder.says(answer, "wachttijd")
    with pytest.raises(Moved) as refused:
        coder.says(answer, "regie")
    assert refused.value.key == "coding_moved_on"
    assert refused.value.values["now"] == coder.now(answer)
    assert [one.themes for one in coder.said(answer)] == [("wachttijd",)]
    assert coder.says(answer, "regie", based_on=1) == 2, "having seen it, one may still say otherwise"


def test_two_at_the_same_instant_lose_nothing(coder: Coder, answer: str) -> None:
    items = [Coded(coder.house.library, answer, FIRST, 1, (theme,)) for theme in ("wachttijd", "regie")]
    said = coder.house.store.writer.write(lambda tx, batch: [code_answer(tx, batch[0])], items)
    assert said[0] == 1
    assert isinstance(said[1], Moved)
    assert said[1].values["now"].themes == ("wachttijd",)


def test_the_second_coder_is_not_in_the_way_of_the_first(coder: Coder, answer: str) -> None:
    coder.says(answer, "wachttijd")
    other = Coder(coder.meeting, SECOND)
    assert other.says(answer, "regie") == 1
    assert counted(coder.house) == (True, ["wachttijd"]), "what the second says is not counted"


def test_an_answer_that_was_taken_back_cannot_be_coded(coder: Coder) -> None:
    someone = coder.meeting.someone()
    kept: Kept = someone.gives("1.hindernis", "Toch maar niet")
    someone.gives("1.hindernis", "Toch maar niet", id=kept.id, revision=2, state="withdrawn")
    for id in (kept.id, "00000000-0000-4000-8000-000000000000"):
        with pytest.raises(NotFound, match="answer_unknown"):
            coder.says(id, "regie")


def test_an_answer_that_was_changed_since_it_was_read_is_to_be_read_again(coder: Coder) -> None:
    someone = coder.meeting.someone()
    kept: Kept = someone.gives("1.hindernis", "Het duurt lang")
    coder.says(kept.id, "wachttijd")
    someone.gives("1.hindernis", "De brief is onleesbaar", id=kept.id, revision=2)
    with pytest.raises(Moved, match="coding_text_changed"):
        coder.says(kept.id, "regie", based_on=1)
    assert counted(coder.house) == (False, []), "the old coding is of another text"
    coder.says(kept.id, "brieven", based_on=1, revision=2)
    assert counted(coder.house) == (True, ["brieven"])


@pytest.mark.parametrize(
    ("themes", "more", "key"),
    [
        (("verzonnen",), {}, "coding_theme_gone"),
        (("wachttijd", "regie", "brieven", "taal"), {}, "coding_too_many"),
        (("wachttijd",), {"memo": "m" * (LONGEST + 1)}, "coding_memo_long"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    coder: Coder, answer: str, themes: tuple[str, ...], more: Mapping[str, Any], key: str
) -> None:
    with pytest.raises(Refused, match=key):
        coder.says(answer, *themes, **more)
    assert coder.said(answer) == []


def test_a_theme_that_was_retired_meanwhile_cannot_be_chosen(coder: Coder, answer: str) -> None:
    old = coder.house.library
    Desk(coder.house).does(retire, "regie")
    with pytest.raises(Refused, match="coding_theme_gone"):
        coder.house.store.writer.write(code_answer, Coded(old, answer, FIRST, 1, ("regie",)))


# ---- taking it back ----


def test_what_was_said_first_can_be_taken_back_and_then_nothing_is_said(coder: Coder, answer: str) -> None:
    coder.says(answer, "wachttijd")
    assert coder.takes_back(answer, 1) == 2
    assert not coder.now(answer).stands
    assert counted(coder.house) == (False, [])
    assert [one.themes for one in coder.said(answer)] == [("wachttijd",), ()]
    assert coder.says(answer, "regie", based_on=2) == 3


def test_taking_back_a_change_gives_what_was_there_before(coder: Coder, answer: str) -> None:
    coder.says(answer, "wachttijd", rejected=("taal",), memo="Eerst dit")
    Desk(coder.house).does(rewrite, "taal", like_rent(nl="Spraak"))
    coder.says(answer, "regie", based_on=1)
    coder.takes_back(answer, 2)
    first, _, now = coder.said(answer)
    assert (now.themes, now.rejected, now.memo, now.codebook) == (first.themes, ("taal",), "Eerst dit", 0)
    assert counted(coder.house) == (True, ["wachttijd"])


def test_only_what_one_has_seen_can_be_taken_back(coder: Coder, answer: str) -> None:
    with pytest.raises(NotFound, match="version_unknown"):
        coder.takes_back(answer, 0)
    coder.says(answer, "wachttijd")
    coder.says(answer, "regie", based_on=1)
    with pytest.raises(Moved, match="coding_moved_on"):
        coder.takes_back(answer, 1)
    assert counted(coder.house) == (True, ["regie"])


# ---- how it came to be ----


def test_the_history_calls_a_theme_as_it_was_called_and_says_what_it_is_now(coder: Coder, answer: str) -> None:
    codebook = Desk(coder.house)
    coder.says(answer, "regie", "wachttijd")
    codebook.does(rewrite, "regie", like_rent(nl="Wie is aan zet", en="Whose move"))
    coder.says(answer, "regie", based_on=1)
    codebook.does(merge, "wachttijd", "brieven")
    codebook.does(retire, "regie", knowing=True)
    assert coder.names(answer) == [[("Regie", None), ("Wachttijd", "Moeilijke brieven")], [("Wie is aan zet", None)]]
    assert coder.names(answer, "en")[1] == [("Whose move", None)]


def test_what_is_coded_with_a_split_or_retired_theme_is_to_be_looked_at_again(coder: Coder) -> None:
    codebook = Desk(coder.house)
    ids = codebook.answers(4)
    for id, theme in zip(ids, ("regie", "wachttijd", "brieven", "taal"), strict=True):
        coder.says(id, theme)
    codebook.does(retire, "regie", knowing=True)
    codebook.does(split, "wachttijd", [like_rent(nl="Kort"), like_rent(nl="Lang", woorden=["jarenlang"])], knowing=True)
    codebook.does(merge, "brieven", "papierwinkel")

    def again() -> list[str]:
        with coder.house.store.read() as connection:
            return [str(UUID(bytes=id)) for id in to_look_at_again(connection, codebook.book)]

    assert sorted(again()) == sorted(ids[:2])
    coder.says(ids[0], "taal", based_on=1)
    assert again() == [ids[1]], "coded anew it need not be looked at again"
    coder.takes_back(ids[1], 1)
    assert again() == []


def test_nothing_is_looked_at_again_while_every_theme_counts(coder: Coder, answer: str) -> None:
    coder.says(answer, "regie")
    with coder.house.store.read() as connection:
        assert to_look_at_again(connection, coder.house.library.codebook) == []


def test_what_was_coded_since_a_moment_is_counted_in_answers_and_per_coder(coder: Coder) -> None:
    ids = Desk(coder.house).answers(3)
    for id in ids:
        coder.says(id, "regie")
    coder.says(ids[0], "taal", based_on=1)
    coder.takes_back(ids[1], 1)
    Coder(coder.meeting, SECOND).says(ids[0], "taal")
    latest = max(one.at for id in ids for one in coder.said(id))
    with coder.house.store.read() as connection:
        counts = [coded_since(connection, number, since) for number in (FIRST, SECOND) for since in (0.0, latest + 1)]
        assert counts == [2, 0, 1, 0]
        assert {one.answer: one.themes for one in newest_codings(connection, FIRST)} == {
            ids[0]: ("taal",), ids[2]: ("regie",),
        }  # fmt: skip
        assert [one.answer for one in newest_codings(connection, FIRST, ["taal", "brieven"])] == [ids[0]]


# ---- what lies on the desk ----


def test_a_card_has_the_words_why_a_theme_is_suggested_and_what_was_said(coder: Coder, answer: str) -> None:
    suggest_here(coder.house.store, coder.house.library.codebook)
    coder.says(answer, "regie")
    (card,) = coder.cards(answer)
    assert (card.quote.text, card.quote.source, card.revision) == ("De wachttijd is te lang", "keten", 1)
    assert card.quote.words == {"wachttijd": "wachttijd"}
    assert card.newest == coder.now(answer)
    assert Coder(coder.meeting, SECOND).cards(answer)[0].newest is None


def test_a_card_is_stale_once_it_is_coded_changed_or_taken_back(coder: Coder) -> None:
    people = [coder.meeting.someone() for _ in range(4)]
    kept = [one.gives("1.hindernis", f"kaart {n}").id for n, one in enumerate(people)]
    cards = coder.cards(*kept)
    coder.says(kept[1], "regie")
    people[2].gives("1.hindernis", "anders", id=kept[2], revision=2)
    people[3].gives("1.hindernis", "kaart 3", id=kept[3], revision=2, state="withdrawn")
    with coder.house.store.read() as connection:
        assert changed_since(connection, cards, FIRST) == set(kept[1:])
        assert changed_since(connection, cards, SECOND) == set(kept[2:])


def test_the_newest_texts_are_read_with_who_wrote_them_and_no_more_than_enough(
    coder: Coder, monkeypatch: pytest.MonkeyPatch
) -> None:
    someone = coder.meeting.someone()
    someone.gives("1.hindernis", "een")
    someone.gives("1.hindernis", "twee")
    coder.meeting.someone().gives("1.hindernis", "drie")

    def texts(mask: bool = True) -> list[tuple[int, str]]:
        records = coder.house.records
        with coder.house.store.read() as connection:
            return newest_texts(connection, records, np.full(len(records), mask))

    found = texts()
    assert sorted(text for _, text in found) == ["drie", "een", "twee"]
    people = {text: person for person, text in found}
    assert people["een"] == people["twee"] != people["drie"]
    assert texts(False) == []
    monkeypatch.setattr(coding, "AT_ONCE", 1)
    assert sorted(texts()) == sorted(found)
    monkeypatch.setattr(coding, "NEWEST", 2)
    assert len(texts()) == 2


def test_a_workshop_is_named_by_its_day_and_title(coder: Coder) -> None:
    (row,) = coder.meeting.rows(tables.workshop)
    with coder.house.store.read() as connection:
        assert workshop_titles(connection, [row["id"], 99]) == {row["id"]: (row["held_on"], "Netwerkbijeenkomst")}
