"""What the analysis is handed: all that was handed in, with everything it counts by, kept up to date, and no names."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest

from laveren.house import House
from laveren.store import tables
from laveren.workshop.records import Keeper
from laveren.workshop.rounds import RoundPlan
from tests.meeting import (
    CASE,
    Meeting,
    furnished,
    make_meeting,
)
from tests.workshop.counted import (
    ALL,
    ANNA,
    BRAM,
    FIRST,
    SECOND,
    THIRD,
    code,
    counted,
    decoded,
    suggest,
    with_codebook,
    workshops,
)
from tests.workshop.stage import rehearsed

HINDRANCE = "1.hindernis"


def only(house: House) -> dict[str, Any]:
    """The one answer there is."""
    (row,) = counted(house).values()
    return row


# ---- what is an answer ----


def test_an_answer_says_all_that_it_is_counted_by(house: House) -> None:
    meeting = make_meeting(house, region="Oost", organisation="Waterhoek", held_on=date(2026, 3, 2))
    card = meeting.someone(3, "beleid").gives(HINDRANCE, "Het loket is dicht", source="wet")
    case = house.library.cases[CASE]
    ((id, row),) = counted(house).items()
    assert id == card.id
    assert {key: row[key] for key in row if key not in ("person", "domains")} == {
        "workshop": meeting.room.id, "day": date(2026, 3, 2), "quarter": "2026-1", "region": "Oost",
        "organisation": "Waterhoek", "case": CASE, "title": case.title, "round": 1, "twist": 0, "prompt": "hindernis",
        "kind": "hindernis", "text": "Het loket is dicht", "source": "wet", "status": "", "role": "beleid", "seat": "",
        "scope": "person", "value": 0, "words": True, "hidden": False, "asked": False, "bare": False, "waiting": True,
        "suggested": [], "confirmed": [], "coded": False,
    }  # fmt: skip


def test_drafts_what_was_taken_back_and_what_was_parked_are_not_in_it(meeting: Meeting) -> None:
    one = meeting.someone()
    one.gives(HINDRANCE, "half", state="draft")
    back = one.gives(HINDRANCE, "weg")
    one.gives(HINDRANCE, "weg", id=back.id, revision=2, state="withdrawn")
    one.gives("1.parkeer", "Bel de bank")
    assert counted(meeting.house) == {}


def test_of_the_closing_questions_only_whether_it_helped_is_counted_and_in_no_round(meeting: Meeting) -> None:
    one = meeting.someone().by_receipt
    meeting.steer("next")
    meeting.steer("close")
    one.gives("slot.mee", "rust")
    one.gives("slot.helpt", 4)
    row = only(meeting.house)
    assert (row["prompt"], row["round"], row["value"], row["case"], row["words"]) == ("helpt", 0, 4, "", False)


def test_what_was_hidden_counts_and_says_so(meeting: Meeting) -> None:
    card = meeting.someone().gives(HINDRANCE, "naam van een collega")
    meeting.moderate("hide", card.id)
    assert only(meeting.house)["hidden"] is True


def test_people_are_told_apart_over_all_meetings(house: House) -> None:
    for meeting in (make_meeting(house), make_meeting(house)):
        one = meeting.someone()
        one.gives(HINDRANCE, "a")
        one.gives(HINDRANCE, "b")
    assert len({row["person"] for row in counted(house).values()}) == 2


def test_a_rehearsal_is_nowhere(meeting: Meeting) -> None:
    rehearsed(meeting).someone().gives(HINDRANCE, "verzonnen")
    records = Keeper(meeting.house.store).now(meeting.house.library)
    assert (list(workshops(records)), len(records)) == ([meeting.room.id], 0)


def test_who_takes_another_role_has_it_in_all_they_said(meeting: Meeting) -> None:
    one = meeting.someone(role="beleid")
    one.gives(HINDRANCE, "a")
    one.sits(1, role="bestuur")
    assert only(meeting.house)["role"] == "bestuur"


@pytest.fixture
def room(house: House) -> Meeting:
    """Four tables, the odd ones with Anna's case and the even ones with Bram's, at the first step."""
    plan = [RoundPlan("alles", ("anna", "bram"), seats=True), RoundPlan("alles")]
    meeting = make_meeting(furnished(house, ANNA, BRAM, ALL), rounds=plan)
    meeting.steer("next")
    return meeting


@pytest.mark.parametrize(("table", "case", "domains"), [(1, "anna", {"werk", "schulden"}), (2, "bram", {"wonen"})])
def test_an_answer_is_about_the_case_of_its_table_and_its_domains(
    room: Meeting, table: int, case: str, domains: set[str]
) -> None:
    room.someone(table).gives("1.kaart", "zin")
    row = only(room.house)
    assert (row["case"], set(row["domains"])) == (case, domains)


def test_a_tables_answer_is_its_writers_and_a_rooms_is_the_rooms_and_about_no_one_of_several_cases(
    room: Meeting,
) -> None:
    room.go_to("zin")
    writer = room.someone(2)
    writer.gives("1.zin", "van tafel 2")
    room.writes_for_the_room("1.zin", "van ons allen")
    room.writes_for_the_room("1.kaart", "en nog een")
    told = {row["text"]: row for row in counted(room.house).values()}
    assert (told["van tafel 2"]["scope"], told["van tafel 2"]["case"]) == ("table", "bram")
    assert {(row["scope"], row["case"], row["role"]) for text, row in told.items() if text != "van tafel 2"} == {
        ("room", "", "zaal")
    }
    assert len({row["person"] for row in told.values()}) == 2


def test_a_round_without_a_case_is_about_none(room: Meeting) -> None:
    room.someone().gives("2.kaart", "zin")
    row = only(room.house)
    assert (row["case"], row["domains"], row["round"]) == ("", [], 2)


def test_the_seat_somebody_looks_from_is_told(room: Meeting) -> None:
    for one in room.people(2, 1):
        one.gives("1.kaart", "zin")
    assert {row["seat"] for row in counted(room.house).values()} == {"Anna", "loket"}


def test_what_was_asked_after_a_twist_says_after_which(room: Meeting) -> None:
    one = room.someone(1)
    one.gives("1.kaart", "voor")
    for action in ("reveal", "next", "reveal"):
        room.steer(action)
    one.gives("1.w1.kijk", "nee")
    one.gives("1.w2.kijk", "ja")
    one.gives("1.w2.hindernis", "na", source="wet")
    told = {row["prompt"]: (row["twist"], row["value"], row["words"]) for row in counted(room.house).values()}
    assert told == {
        "kaart": (0, 0, True), "w1.kijk": (1, 1, False), "w2.kijk": (2, 3, False), "w2.hindernis": (2, 0, True),
    }  # fmt: skip


def test_what_is_chosen_counts_for_who_answered_and_has_no_words_to_suggest_by(room: Meeting) -> None:
    one = room.someone(1)
    one.gives("1.keus", "a")
    one.gives("1.helpt", 4)
    assert {(row["words"], row["waiting"], row["round"]) for row in counted(room.house).values()} == {(False, False, 1)}


def test_what_is_confidential_is_not_in_it(room: Meeting) -> None:
    room.someone(1).gives("1.stil", {"beleid": 4})
    assert counted(room.house) == {}


def test_a_hindrance_says_whether_room_could_be_and_is_linked_to_it(room: Meeting) -> None:
    one = room.someone(1)
    bare, linked = (one.gives("1.kaart", text, source="wet") for text in ("kaal", "met ruimte"))
    other = one.gives("2.kaart", "andere ronde", source="wet")
    one.gives("1.ruimte", "hier", status="mag", link=linked.id.upper())
    told = counted(room.house)
    assert {id: (told[id]["asked"], told[id]["bare"]) for id in (bare.id, linked.id, other.id)} == {
        bare.id: (True, True), linked.id: (True, False), other.id: (False, False),
    }  # fmt: skip


def test_a_link_to_what_is_no_answer_is_one_to_nothing(room: Meeting) -> None:
    """What a browser sends as a link is not looked at when it comes in: nothing may break on it."""
    one = room.someone(1)
    one.gives("1.kaart", "kaal", source="wet")
    for link in ("onzin", str(uuid.uuid4()), "é"):
        one.gives("1.ruimte", "hier", status="mag", link=link)
    assert [row["bare"] for row in counted(room.house).values() if row["kind"] == "hindernis"] == [True]


# ---- suggestions and codings ----


def themes(house: House) -> tuple[list[str], list[str], bool, bool]:
    """What the one answer is about: suggested and confirmed, whether it waits, whether it was coded."""
    row = only(house)
    return sorted(row["suggested"]), sorted(row["confirmed"]), row["waiting"], row["coded"]


def test_an_answer_waits_until_themes_were_looked_for(meeting: Meeting) -> None:
    card = meeting.someone().gives(HINDRANCE, "lang wachten")
    assert themes(meeting.house) == ([], [], True, False)
    suggest(meeting.house, card.id, FIRST, SECOND)
    assert themes(meeting.house) == ([SECOND, FIRST], [], False, False)
    suggest(meeting.house, card.id)
    assert themes(meeting.house) == ([], [], False, False), "looked for, and nothing found"


def test_a_changed_text_loses_its_suggestions_and_another_source_does_not(meeting: Meeting) -> None:
    one = meeting.someone()
    card = one.gives(HINDRANCE, "lang wachten", source="wet")
    suggest(meeting.house, card.id, FIRST)
    one.gives(HINDRANCE, "lang wachten", id=card.id, revision=2, source="keten")
    assert themes(meeting.house) == ([FIRST], [], False, False)
    one.gives(HINDRANCE, "veel papier", id=card.id, revision=3, source="keten")
    assert themes(meeting.house) == ([], [], True, False)
    assert meeting.rows(tables.suggestion) == [], "nor is a word of the old text kept anywhere"


def test_the_newest_coding_counts_also_one_that_says_it_fits_nowhere(meeting: Meeting) -> None:
    card = meeting.someone().gives(HINDRANCE, "lang wachten")
    suggest(meeting.house, card.id, FIRST)
    code(meeting.house, card.id, SECOND, THIRD)
    assert themes(meeting.house) == ([FIRST], [SECOND, THIRD], False, True)
    code(meeting.house, card.id)
    assert themes(meeting.house) == ([FIRST], [], False, True)


def test_what_the_second_coder_says_never_counts(meeting: Meeting) -> None:
    card = meeting.someone().gives(HINDRANCE, "lang wachten")
    code(meeting.house, card.id, FIRST, coder=2)
    assert themes(meeting.house)[1:] == ([], True, False)
    code(meeting.house, card.id, SECOND)
    code(meeting.house, card.id, THIRD, coder=2)
    assert themes(meeting.house)[1] == [SECOND]


def test_a_coding_of_an_older_revision_does_not_count_any_more(meeting: Meeting) -> None:
    one = meeting.someone()
    card = one.gives(HINDRANCE, "lang wachten")
    code(meeting.house, card.id, FIRST)
    one.gives(HINDRANCE, "veel papier", id=card.id, revision=2)
    assert themes(meeting.house)[1::2] == ([], False)
    code(meeting.house, card.id, SECOND, revision=1)
    assert themes(meeting.house)[1::2] == ([], False)
    code(meeting.house, card.id, SECOND)
    assert themes(meeting.house)[1::2] == ([SECOND], True)


def test_a_codebook_that_changes_changes_what_was_said_before(meeting: Meeting) -> None:
    """Merged counts as what it went into, retired and split as nothing; and nothing has to be said again."""
    card = meeting.someone().gives(HINDRANCE, "lang wachten")
    suggest(meeting.house, card.id, FIRST, SECOND)
    code(meeting.house, card.id, FIRST, THIRD)
    keeper, library = Keeper(meeting.house.store), meeting.house.library

    def said(change: dict[str, list[str]]) -> tuple[list[str], list[str]]:
        row = decoded(keeper.now(with_codebook(library, change)))[card.id]
        assert (row["waiting"], row["coded"]) == (False, True)
        return sorted(row["suggested"]), sorted(row["confirmed"])

    assert said({}) == ([SECOND, FIRST], [THIRD, FIRST])
    assert said({FIRST: [SECOND]}) == ([SECOND], [SECOND, THIRD])
    assert said({FIRST: []}) == ([SECOND], [THIRD])
    assert said({FIRST: [SECOND], SECOND: [THIRD]}) == ([THIRD], [THIRD])
    assert said({FIRST: [SECOND, THIRD]}) == ([SECOND], [THIRD])
    assert said({}) == ([SECOND, FIRST], [THIRD, FIRST]), "and undone, all is as it was"
