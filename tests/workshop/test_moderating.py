"""Letting words through: nothing is on the projector that the facilitator did not show, and all can be undone."""

from __future__ import annotations

from typing import Any

import pytest

from laveren.house import House
from laveren.workshop.refusals import NotFound, Refused
from tests.meeting import Kept, Meeting, Someone, make_meeting

HINDRANCE = "1.hindernis"


@pytest.fixture
def room(meeting: Meeting) -> Meeting:
    """A meeting at the step of the hindrances, moderation on."""
    meeting.go_to("hindernis")
    return meeting


def looks(meeting: Meeting) -> dict[str, tuple[str, bool]]:
    return {row["value"]: (row["shown"], bool(row["spotlight"])) for row in meeting.board.cards}


def six_cards(meeting: Meeting) -> tuple[Someone, list[Kept]]:
    people = [meeting.someone(), meeting.someone()]
    cards = [people[n % 2].gives(HINDRANCE, f"kaart {n}") for n in range(6)]
    return people[0], cards


def test_words_wait_until_they_are_shown(room: Meeting) -> None:
    card = room.someone().gives(HINDRANCE, "wacht")
    assert looks(room) == {"wacht": ("waiting", False)}
    room.moderate("show", card.id)
    assert looks(room) == {"wacht": ("shown", False)}


def test_show_four_takes_the_four_that_came_first_and_then_the_rest(room: Meeting) -> None:
    six_cards(room)
    room.moderate("show_four")
    assert [shown for shown, _ in looks(room).values()] == ["shown"] * 4 + ["waiting"] * 2
    room.moderate("show_four")
    assert [shown for shown, _ in looks(room).values()] == ["shown"] * 6
    with pytest.raises(Refused, match="nothing_waits"):
        room.moderate("show_four")


def test_show_all_shows_this_step_and_nothing_that_was_hidden(room: Meeting) -> None:
    one, cards = six_cards(room)
    elsewhere = one.gives("1.ruimte", "ruimte")
    room.moderate("hide", cards[0].id)
    room.moderate("show_all")
    assert looks(room)["kaart 0"] == ("hidden", False)
    assert {looks(room)[f"kaart {n}"] for n in range(1, 6)} == {("shown", False)}
    room.steer("next")
    assert looks(room) == {"ruimte": ("waiting", False)}
    assert elsewhere.id == room.board.cards[0]["id"]


def test_one_card_at_a_time_stands_in_the_light(room: Meeting) -> None:
    _, cards = six_cards(room)
    room.moderate("spotlight", cards[0].id)
    room.moderate("spotlight", cards[1].id)
    assert [value for value, (_, light) in looks(room).items() if light] == ["kaart 1"]
    room.moderate("dim", cards[1].id)
    assert [light for _, light in looks(room).values()] == [False] * 6


def test_what_is_hidden_leaves_the_light_too(room: Meeting) -> None:
    _, cards = six_cards(room)
    room.moderate("spotlight", cards[0].id)
    room.moderate("hide", cards[0].id)
    assert looks(room)["kaart 0"] == ("hidden", False)


def test_with_automatic_on_new_words_show_by_themselves(room: Meeting) -> None:
    one = room.someone()
    one.gives(HINDRANCE, "ervoor")
    room.moderate("auto_on")
    one.gives(HINDRANCE, "erna")
    assert looks(room) == {"ervoor": ("waiting", False), "erna": ("shown", False)}


def test_a_meeting_can_be_made_without_moderation(house: House) -> None:
    meeting = make_meeting(house, moderated=False)
    meeting.go_to("hindernis")
    meeting.someone().gives(HINDRANCE, "meteen")
    assert looks(meeting) == {"meteen": ("shown", False)}


def test_words_that_change_after_they_were_shown_wait_again(room: Meeting) -> None:
    one = room.someone()
    card = one.gives(HINDRANCE, "netjes")
    room.moderate("spotlight", card.id)
    one.gives(HINDRANCE, "niet netjes", id=card.id, revision=2)
    assert looks(room) == {"niet netjes": ("waiting", False)}


def test_another_source_alone_does_not_take_a_card_from_the_screen(room: Meeting) -> None:
    one = room.someone()
    card = one.gives(HINDRANCE, "netjes")
    room.moderate("show", card.id)
    one.gives(HINDRANCE, "netjes", id=card.id, revision=2, source="wet")
    assert looks(room) == {"netjes": ("shown", False)}


def test_what_is_hidden_stays_hidden_whatever_becomes_of_it(room: Meeting) -> None:
    one = room.someone()
    card = one.gives(HINDRANCE, "naam van een collega")
    room.moderate("hide", card.id)
    one.gives(HINDRANCE, "nog eens die naam", id=card.id, revision=2)
    one.gives(HINDRANCE, None, id=card.id, revision=3, state="withdrawn")
    one.gives(HINDRANCE, "en weer", id=card.id, revision=4)
    assert looks(room) == {"en weer": ("hidden", False)}


def test_a_card_that_is_taken_back_and_given_again_waits_again(room: Meeting) -> None:
    one = room.someone()
    card = one.gives(HINDRANCE, "twijfel")
    room.moderate("spotlight", card.id)
    one.gives(HINDRANCE, "twijfel", id=card.id, revision=2, state="withdrawn")
    one.gives(HINDRANCE, "twijfel", id=card.id, revision=3)
    assert looks(room) == {"twijfel": ("waiting", False)}


@pytest.mark.parametrize(
    "action", ["show", "show_all", "show_four", "hide", "unhide", "spotlight", "dim", "auto_on", "auto_off"]
)
def test_undo_of_any_moderation_puts_back_exactly_what_was(room: Meeting, action: str) -> None:
    _, cards = six_cards(room)
    room.moderate("spotlight", cards[1].id)
    room.moderate("hide", cards[2].id)
    if action == "auto_off":
        room.moderate("auto_on")
    was, automatic, version = looks(room), room.room.moderated, room.room.version
    card = {"unhide": cards[2], "dim": cards[1]}.get(action, cards[0])
    room.moderate(action, card.id if action in ("show", "hide", "unhide", "spotlight", "dim") else None)
    assert (looks(room), room.room.moderated) != (was, automatic)
    room.steer("undo")
    assert (looks(room), room.room.moderated) == (was, automatic)
    assert room.room.version == version  # the worksheets have nothing to redraw


def test_undo_does_not_show_words_that_were_written_after_the_facilitator_looked(room: Meeting) -> None:
    one = room.someone()
    card = one.gives(HINDRANCE, "netjes")
    room.moderate("show", card.id)
    room.moderate("hide", card.id)
    one.gives(HINDRANCE, "iets heel anders", id=card.id, revision=2)
    room.steer("undo")
    assert looks(room) == {"iets heel anders": ("waiting", False)}


def test_undo_keeps_what_came_in_since(room: Meeting) -> None:
    one = room.someone()
    card = one.gives(HINDRANCE, "eerst")
    room.moderate("show_all")
    one.gives(HINDRANCE, "daarna")
    room.steer("undo")
    assert looks(room) == {"eerst": ("waiting", False), "daarna": ("waiting", False)}
    assert one.answers[card.id]["state"] == "submitted"


@pytest.mark.parametrize("of", ["nobody", "a draft", "taken back", "another meeting"])
def test_what_is_not_handed_in_here_cannot_be_shown(house: House, room: Meeting, of: str) -> None:
    one = room.someone()
    id = "00000000-0000-4000-8000-000000000000"
    if of == "a draft":
        id = one.gives(HINDRANCE, "half", state="draft").id
    if of == "taken back":
        id = one.gives(HINDRANCE, "weg").id
        one.gives(HINDRANCE, "weg", id=id, revision=2, state="withdrawn")
    if of == "another meeting":
        id = make_meeting(house).someone().gives(HINDRANCE, "elders").id
    with pytest.raises(NotFound, match="answer_unknown"):
        room.moderate("show", id)


def test_an_unknown_action_and_an_unknown_meeting_are_refused(house: House, room: Meeting) -> None:
    with pytest.raises(Refused, match="action_unknown"):
        room.moderate("dansen")
    with pytest.raises(NotFound):
        Meeting(house, "AAAAAA").moderate("show_all")


# ---- the board ----


def counts(meeting: Meeting) -> dict[str, Any]:
    found = meeting.board.counts
    return {name: getattr(found, name) for name in ("joined", "here", "done", "writing", "away", "answers")}


def here(meeting: Meeting, *people: Someone) -> None:
    from laveren.workshop.joining import who

    with meeting.house.store.read() as connection:
        for one in people:
            meeting.house.presence.seen(meeting.room.id, who(connection, one.identity)["id"])


def test_done_is_who_said_so_or_who_gave_all_that_fits(house: House, room: Meeting) -> None:
    from laveren.workshop.joining import done

    said, full, busy, away = (room.someone() for _ in range(4))
    here(room, said, full, busy)
    house.store.writer.write(done, (house.library, said.identity, True))
    for n in range(3):
        full.gives(HINDRANCE, f"kaart {n}")
    busy.gives(HINDRANCE, "eerste")
    assert counts(room) == {"joined": 4, "here": 3, "done": 2, "writing": 1, "away": 1, "answers": 4}
    assert away.sheet["done"] is False
    assert said.sheet["done"] is True


def test_a_sheet_of_paper_is_not_away(room: Meeting) -> None:
    room.someone()
    for n in range(2):
        room.someone().gives(HINDRANCE, f"van blad {n}", on_paper=True)
    found = counts(room)
    assert (found["joined"], found["away"]) == (3, 1)


def test_done_is_with_a_step_and_is_still_so_when_one_comes_back(house: House, room: Meeting) -> None:
    from laveren.workshop.joining import done

    one = room.someone()
    house.store.writer.write(done, (house.library, one.identity, True))
    room.steer("next")
    assert one.sheet["done"] is False
    room.steer("back")
    assert one.sheet["done"] is True


def test_one_line_makes_the_whole_table_done(meeting: Meeting) -> None:
    meeting.go_to("zin")
    one, mate, elsewhere = meeting.someone(1), meeting.someone(1), meeting.someone(2)
    here(meeting, one, mate, elsewhere)
    one.gives("1.zin", "Onze zin")
    assert (counts(meeting)["done"], counts(meeting)["writing"]) == (2, 1)


def test_a_source_counts_people_and_not_cards(room: Meeting) -> None:
    one, other = room.someone(), room.someone()
    for person, source in ((one, "wet"), (one, "wet"), (other, "wet"), (other, "keten")):
        person.gives(HINDRANCE, "kaart", source=source)
    found = room.board.people_per_source()
    assert (found["wet"], found["keten"], found["twijfel"]) == (2, 1, 0)


def test_a_hindrance_is_without_room_until_somebody_links_room_to_it(room: Meeting) -> None:
    one = room.someone()
    stuck, free = one.gives(HINDRANCE, "vast"), one.gives(HINDRANCE, "los")
    link = one.gives("1.ruimte", "ik bel", link=free.id)
    assert [row["id"] for row in room.board.without_room()] == [stuck.id]
    one.gives("1.ruimte", "ik bel", id=link.id, revision=2, state="withdrawn", link=free.id)
    assert [row["id"] for row in room.board.without_room()] == [stuck.id, free.id]


def test_parked_solutions_are_kept_apart(room: Meeting) -> None:
    room.someone().gives("1.parkeer", "Bel de bank")
    assert room.board.cards == []
    assert [row["value"] for row in room.board.parked] == ["Bel de bank"]


def test_domains_are_counted_by_how_sure_people_are(meeting: Meeting) -> None:
    meeting.go_to("leefgebieden")
    meeting.someone().gives("1.leefgebieden", domains={"schulden": "weet"})
    meeting.someone().gives("1.leefgebieden", domains={"schulden": "vragen", "school": "weet"})
    found = meeting.board.domains
    assert {id: dict(counted) for id, counted in found.items()} == {
        "schulden": {"weet": 1, "vermoed": 0, "vragen": 1},
        "school": {"weet": 1, "vermoed": 0, "vragen": 0},
    }


def test_after_the_close_the_closing_words_come_in_and_wait_like_any_other(meeting: Meeting) -> None:
    meeting.go_to("zin")
    one = meeting.someone()
    one.gives("1.zin", "Kijk eerst")
    meeting.steer("close")
    one.by_receipt.gives("slot.mee", "rust")
    assert looks(meeting) == {"rust": ("waiting", False)}
    meeting.moderate("show_all")
    assert looks(meeting) == {"rust": ("shown", False)}
