"""Seats: dealt out over a table by who came first, kept while others come and go, and told with what was said."""

from __future__ import annotations

import pytest

from laveren.house import House
from laveren.store import tables
from laveren.workshop.joining import Arrival, join
from laveren.workshop.rounds import RoundPlan
from tests.meeting import Meeting, Someone, a_case, a_method, a_step, furnished, make_meeting

ANNA = a_case("anna", "Anna", perspectieven=["Anna", {"naam": "loket", "tekst": "Je telt uren."}, "beleid"])
BRAM = a_case("bram", "Bram", perspectieven=["Bram", "buur"])
METHOD = a_method(
    "stoelen",
    a_step({"id": "kaart", "type": "kort", "max": 3}),
    a_step({"id": "zin", "type": "kort"}, who="groep"),
)


def seated(house: House, *cases: str, seats: bool = True) -> Meeting:
    """A meeting at its first step, with seats dealt out."""
    plan = [RoundPlan("stoelen", cases, seats)]
    meeting = make_meeting(furnished(house, ANNA, BRAM, METHOD), rounds=plan)
    meeting.steer("next")
    return meeting


@pytest.fixture
def room(house: House) -> Meeting:
    return seated(house, "anna")


def chairs(*people: Someone) -> list[int]:
    return [one.me["chair"] for one in people]


def seat_of(one: Someone, text: str = "iets") -> str | None:
    kept = one.gives("1.kaart", text)
    seat: str | None = one.answers[kept.id]["seat"]
    return seat


def test_what_comes_from_paper_comes_from_no_seat_for_nobody_knows_which(room: Meeting) -> None:
    one = room.someone(1)
    kept = one.gives("1.kaart", "van een blad", on_paper=True)
    assert (seat_of(one, "zelf"), one.answers[kept.id]["seat"]) == ("Anna", None)


# ---- chairs ----


def test_who_comes_gets_the_first_chair_of_their_table_that_is_free(room: Meeting) -> None:
    assert chairs(*room.people(3, 1)) == [0, 1, 2]
    assert chairs(*room.people(2, 2)) == [0, 1]
    assert chairs(*room.people(2, None)) == [0, 1]


def test_who_come_in_at_the_same_instant_sit_on_different_chairs(room: Meeting) -> None:
    arrivals = [Arrival(room.house.library, room.code, "uitvoerder", table) for table in (1, 2, 1, 1, 2)]
    room.house.store.writer.write(lambda tx, items: [join(tx, items[0])], arrivals)
    assert [(row["table_no"], row["chair"]) for row in room.rows(tables.participant)] == [
        (1, 0), (2, 0), (1, 1), (1, 2), (2, 1),
    ]  # fmt: skip


def test_nobodys_chair_changes_when_another_leaves_or_comes(room: Meeting) -> None:
    people = room.people(3, 1)
    people[0].sits(2)
    assert chairs(*people) == [0, 1, 2]
    assert [one.me["group"] for one in people] == [2, 1, 1]
    newcomer = room.someone(1)
    assert chairs(newcomer, *people) == [0, 0, 1, 2]


def test_who_comes_back_to_the_same_table_or_changes_role_sits_where_they_sat(room: Meeting) -> None:
    _, one = room.people(2, 1)
    one.sits(1, role="beleid")
    assert chairs(one) == [1]


def test_who_writes_for_the_room_takes_no_chair(room: Meeting) -> None:
    room.writes_for_the_room("1.kaart", "van de zaal")
    assert chairs(room.someone(None)) == [0]


# ---- seats ----


def test_the_sheet_tells_the_perspectives_in_the_order_of_the_chairs_and_only_when_seats_are_dealt(
    house: House, room: Meeting
) -> None:
    assert room.someone().sheet["case"]["perspectives"] == [
        {"name": "Anna", "text": None}, {"name": "loket", "text": "Je telt uren."}, {"name": "beleid", "text": None},
    ]  # fmt: skip
    assert seated(house, "anna", seats=False).someone().sheet["case"]["perspectives"] == []


def test_an_answer_is_given_from_the_seat_of_ones_chair_and_the_fourth_sits_on_the_first_again(room: Meeting) -> None:
    assert [seat_of(one) for one in room.people(4)] == ["Anna", "loket", "beleid", "Anna"]


def test_each_table_deals_out_the_seats_of_its_own_case(house: House) -> None:
    meeting = seated(house, "anna", "bram")
    assert [seat_of(one) for one in meeting.people(2, 2)] == ["Bram", "buur"]
    assert [seat_of(one) for one in meeting.people(2, 3)] == ["Anna", "loket"]


def test_without_seats_and_in_a_round_without_a_case_there_is_none(house: House) -> None:
    assert seat_of(seated(house, "anna", seats=False).someone()) is None
    assert seat_of(seated(house).someone()) is None


def test_a_draft_has_no_seat_yet_and_what_was_handed_in_keeps_the_one_it_had(room: Meeting) -> None:
    _, one = room.people(2)
    draft = one.gives("1.kaart", "half", state="draft")
    assert one.answers[draft.id]["seat"] is None
    one.gives("1.kaart", "af", id=draft.id, revision=2)
    assert one.answers[draft.id]["seat"] == "loket"
    room.someone(2)
    room.someone(2)
    one.sits(2)
    assert one.me["chair"] == 2
    one.gives("1.kaart", "af, en netter", id=draft.id, revision=3)
    assert one.answers[draft.id]["seat"] == "loket", "it was said from there"
    assert seat_of(one, "nieuw") == "beleid"


def test_a_table_together_and_a_facilitator_answer_from_no_seat(room: Meeting) -> None:
    room.go_to("zin")
    room.someone().gives("1.zin", "samen")
    room.writes_for_the_room("1.kaart", "van de zaal")
    assert {row["seat"] for row in room.rows(tables.answer)} == {None}


def test_what_is_parked_or_asked_at_the_close_does_not_fail_for_want_of_a_seat(room: Meeting) -> None:
    one = room.someone()
    parked = one.gives("1.parkeer", "Bel")
    closing = one.gives("slot.mee", "rust")
    assert [one.answers[kept.id]["seat"] for kept in (parked, closing)] == ["Anna", None]


def test_a_draft_begun_at_another_table_is_handed_in_for_one_case_and_from_a_seat_of_that_case(house: House) -> None:
    meeting = seated(house, "anna", "bram")
    one = meeting.someone(1)
    draft = one.gives("1.kaart", "half", state="draft")
    one.sits(2)
    one.gives("1.kaart", "af", id=draft.id, revision=2)
    (row,) = meeting.rows(tables.answer)
    case = meeting.room.rounds[0].case_at(row["table_no"])
    assert case is not None
    assert row["seat"] in [perspective.name for perspective in case.perspectives]
