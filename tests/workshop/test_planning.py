"""Changing the plan: what has begun stays as it is, what was written is kept, and one undo puts everything back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from laveren.house import House
from laveren.store import tables
from laveren.workshop.boards import board
from laveren.workshop.planning import MAX_NOTE, Noting, Replan, fixed_rounds, keep_note, notes_of, replan
from laveren.workshop.preparing import MAX_ROUNDS, Plan
from laveren.workshop.records import Keeper
from laveren.workshop.refusals import Moved, NotFound, Refused
from laveren.workshop.rounds import RoundPlan
from tests.meeting import Meeting, Someone, a_case, a_method, a_step, furnished, make_meeting
from tests.workshop.counted import decoded, texts, workshops

ANNA, BRAM = a_case("anna", "Anna"), a_case("bram", "Bram")
CARDS = a_method("kaarten", a_step({"id": "kaart", "type": "kort", "max": 3}), a_step({"id": "wens", "type": "kort"}))
LINES = a_method("zinnen", a_step({"id": "zin", "type": "kort"}, who="groep"))
A, B, C = RoundPlan("kaarten", ("anna",)), RoundPlan("zinnen", ("bram",)), RoundPlan("kaarten", ("anna", "bram"), True)


@pytest.fixture
def room(house: House) -> Meeting:
    """A meeting of three rounds with four tables, in its lobby."""
    return make_meeting(furnished(house, ANNA, BRAM, CARDS, LINES), rounds=[A, B, C], place="Waterhoek", region="Oost")


def plan(meeting: Meeting) -> list[tuple[int, str, str, bool]]:
    return [(r.position, r.method.id, r.title, r.seats) for r in meeting.room.rounds]


def refusal(meeting: Meeting, *args: Any, **more: Any) -> Refused:
    was = [plan(meeting), meeting.room.version, meeting.room.groups]
    with pytest.raises(Refused) as caught:
        meeting.replan(*args, **more)
    assert [plan(meeting), meeting.room.version, meeting.room.groups] == was, "nothing changes"
    return caught.value


# ---- the rounds ----


def test_rounds_are_put_in_another_order_taken_out_and_added(room: Meeting) -> None:
    room.replan([3, 1, RoundPlan("zinnen")])
    assert plan(room) == [
        (1, "kaarten", "De zaak van Anna / De zaak van Bram", True),
        (2, "kaarten", "De zaak van Anna", False),
        (3, "zinnen", "", False),
    ]


def test_a_round_that_stays_keeps_its_content_when_the_files_have_changed_and_a_new_one_has_the_new(
    room: Meeting,
) -> None:
    room.house = furnished(
        room.house,
        ANNA.model_copy(update={"title": "Anna, herzien"}),
        a_method("kaarten", a_step({"id": "nieuw", "type": "kort"})),
    )
    room.replan([2, 1, A])
    assert [round_.title for round_ in room.room.rounds] == ["De zaak van Bram", "De zaak van Anna", "Anna, herzien"]
    assert [len(round_.steps) for round_ in room.room.rounds] == [1, 2, 1]


def test_a_round_stays_also_when_its_case_and_method_are_no_longer_there(room: Meeting) -> None:
    room.house = furnished(room.house, without=["anna", "bram"])
    room.replan([3, 2])
    assert [round_.method.id for round_ in room.room.rounds] == ["kaarten", "zinnen"]


def test_a_round_that_the_room_is_in_or_has_been_in_stays_where_it_is(room: Meeting) -> None:
    room.go_to_step(1, round_=2)
    for order in ([2, 1, 3], [1, 3], [1, 3, 2], [A, 2, 3], [1, B, 3], [1], [], [3, 1, 2]):
        refused = refusal(room, order)
        assert (refused.key, refused.field, refused.values) == ("rounds_begun", "rounds", {"n": 2})
    room.replan([1, 2, B, 3])
    assert [round_.method.id for round_ in room.room.rounds] == ["kaarten", "zinnen", "zinnen", "kaarten"]
    assert room.room.position == (2, 1)


def test_a_round_in_which_something_was_written_ahead_stays_too(room: Meeting) -> None:
    room.someone().gives("2.zin", "alvast", state="draft")
    with room.house.store.read() as connection:
        assert fixed_rounds(connection, room.room) == 2
    assert refusal(room, [2, 1, 3]).key == "rounds_begun"
    room.replan([1, 2])


def test_in_the_lobby_everything_can_change_also_after_going_back_to_it(room: Meeting) -> None:
    room.steer("next")
    room.steer("back")
    room.replan([B])
    assert [round_.method.id for round_ in room.room.rounds] == ["zinnen"]


@pytest.mark.parametrize(("order", "key"), [
    ([1, 1, 2], "rounds_unknown"),
    ([1, 2, 4], "rounds_unknown"),
    ([0, 1], "rounds_unknown"),
    ([-1], "rounds_unknown"),
    ([1, 2, 3, *[A] * (MAX_ROUNDS - 2)], "rounds_too_many"),
    ([A] * (MAX_ROUNDS + 1), "rounds_too_many"),
    ([], "rounds_missing"),
])  # fmt: skip
def test_an_order_that_cannot_be_is_refused(room: Meeting, order: list[Any], key: str) -> None:
    refused = refusal(room, order)
    assert (refused.key, refused.field) == (key, "rounds")


def test_as_many_rounds_as_there_may_be_are_taken(room: Meeting) -> None:
    room.replan([1, 2, 3, *[A] * (MAX_ROUNDS - 3)])
    assert len(room.room.rounds) == MAX_ROUNDS


@pytest.mark.parametrize(("round_", "field"), [
    (RoundPlan("bestaat-niet"), "method"),
    (RoundPlan("kaarten", ("anna", "bestaat-niet")), "case"),
])  # fmt: skip
def test_a_new_round_of_unknown_content_is_refused_by_field(room: Meeting, round_: RoundPlan, field: str) -> None:
    refused = refusal(room, [1, round_])
    assert (type(refused), refused.field) == (NotFound, field)


# ---- the facts ----


def test_what_a_workshop_is_changes_and_its_code_and_moderation_do_not(room: Meeting) -> None:
    was = room.room
    room.replan(title=" Nieuw ", place="", region="West", groups=6, held_on=date(2027, 1, 2), starts_at="13:30")
    now = room.room
    facts = (now.title, now.place, now.region, now.groups, now.held_on, now.starts_at)
    assert facts == ("Nieuw", "", "West", 6, date(2027, 1, 2), "13:30")
    assert (now.code, now.salt, now.moderated, now.created_at) == (was.code, was.salt, was.moderated, was.created_at)


@pytest.mark.parametrize(("facts", "key", "field"), [
    ({"title": " "}, "title_missing", "title"),
    ({"groups": 0}, "groups_out_of_range", "groups"),
    ({"groups": 61}, "groups_out_of_range", "groups"),
    ({"starts_at": "25:00"}, "time_malformed", "starts_at"),
    ({"starts_at": "half twee"}, "time_malformed", "starts_at"),
])  # fmt: skip
def test_facts_that_cannot_be_are_refused_by_field(room: Meeting, facts: dict[str, Any], key: str, field: str) -> None:
    refused = refusal(room, **facts)
    assert (refused.key, refused.field) == (key, field)


def test_of_two_who_change_the_plan_the_one_who_is_behind_is_told(room: Meeting) -> None:
    version = room.room.version
    room.replan([2, 1], expected=version)
    assert refusal(room, [1], expected=version).key == "room_moved_on"
    assert room.room.version == version + 1


def test_after_the_close_nothing_changes_any_more_and_an_unknown_workshop_is_not_found(room: Meeting) -> None:
    room.steer("next")
    room.steer("close")
    assert isinstance(refusal(room, title="Anders"), Moved)
    item = Replan(room.house.library, "AAAAAA", Plan("Anders", []), [1])
    with pytest.raises(NotFound):
        room.house.store.writer.write(replan, item)


# ---- fewer tables ----


def at_table_four(room: Meeting) -> Someone:
    """Somebody at the fourth table, with the pen and a line that is half."""
    room.go_to_step(1, round_=2)
    one = room.someone(4)
    one.writes()
    return one


def test_who_sat_at_a_table_that_goes_stands_with_all_they_wrote_and_can_hand_it_in(room: Meeting) -> None:
    one = at_table_four(room)
    draft = one.gives("2.zin", "half", state="draft")
    given = one.gives("1.kaart", "af")
    mate = room.someone(3)
    room.replan(groups=3)
    assert (one.me["group"], one.me["pen"], mate.me["group"]) == (None, None, 3)
    assert {one.answers[kept.id]["value"] for kept in (draft, given)} == {"half", "af"}
    one.gives("2.zin", "toch af", id=draft.id, revision=2)
    assert one.answers[draft.id]["state"] == "submitted"
    one.sits(2)
    assert one.me == {"role": "uitvoerder", "group": 2, "chair": 0, "pen": "free"}


def test_nobody_can_sit_at_a_table_that_went(room: Meeting) -> None:
    room.replan(groups=3)
    with pytest.raises(Refused, match="group_unknown"):
        room.someone(4)


def test_a_lines_table_is_told_also_when_that_table_is_no_more(room: Meeting) -> None:
    one = at_table_four(room)
    one.gives("2.zin", "van tafel 4")
    room.replan(groups=2)
    assert [(row["table_no"], row["value"]) for row in room.board.cards] == [(4, "van tafel 4")]


# ---- the way back ----


def everything(meeting: Meeting) -> list[Any]:
    """What undoing a plan must put back: the workshop, its rounds, who sits where."""
    same = [{k: v for k, v in row.items() if k not in ("version", "board")} for row in meeting.rows(tables.workshop)]
    rounds = [{k: v for k, v in row.items() if k != "id"} for row in meeting.rows(tables.round_)]
    sitting = [(row["id"], row["table_no"], row["chair"], row["pen"]) for row in meeting.rows(tables.participant)]
    return [same, sorted(rounds, key=lambda row: row["position"]), sitting, meeting.rows(tables.answer)]


def test_undo_of_a_plan_puts_back_facts_rounds_tables_and_who_sat_where(room: Meeting) -> None:
    one = at_table_four(room)
    one.gives("2.zin", "half", state="draft")
    room.someone(1)
    was = everything(room)
    room.replan([1, 2, B, A], groups=2, title="Anders", place="Elders", starts_at="09:00", held_on=date(2027, 1, 2))
    assert everything(room)[:3] != was[:3]
    room.steer("undo")
    assert everything(room) == was


def test_undo_of_a_plan_does_not_tear_anybody_from_the_table_they_chose_since(room: Meeting) -> None:
    one = at_table_four(room)
    room.replan(groups=3)
    one.sits(1)
    one.writes()
    room.steer("undo")
    assert (one.me["group"], one.me["pen"]) == (1, "mine")


def test_undoing_that_tables_were_added_lets_stand_who_sat_down_there_since(room: Meeting) -> None:
    room.replan(groups=6)
    one = room.someone(6)
    one.writes()
    kept = one.gives("1.kaart", "van tafel 6", state="draft")
    room.steer("undo")
    assert room.room.groups == 4
    assert (one.me["group"], one.me["pen"]) == (None, None)
    assert one.answers[kept.id]["value"] == "van tafel 6"


def test_two_never_hold_one_pen_or_sit_on_one_chair_however_tables_go_and_come_back(room: Meeting) -> None:
    first = room.someone(4)
    first.writes()
    room.replan(groups=3)
    room.replan(groups=4)
    room.someone(4).writes()
    room.steer("undo")
    room.steer("undo")
    sitting = [(row["table_no"], row["chair"], row["pen"]) for row in room.rows(tables.participant) if row["table_no"]]
    assert len({(table, chair) for table, chair, _ in sitting}) == len(sitting)
    assert sum(bool(pen) for _, _, pen in sitting) <= 1


def test_a_round_in_which_something_was_written_is_not_undone_away(room: Meeting) -> None:
    """Whatever the undo does, every page that reads this workshop, and all workshops together, must still open."""
    room.replan([1])
    room.replan([1, B])
    one = room.someone()
    one.gives("2.zin", "in de nieuwe ronde")
    room.go_to_step(1, round_=2)
    for _ in range(3):
        room.steer("undo")  # back in the lobby
    with pytest.raises(Refused, match="rounds_begun"):
        room.steer("undo")
    asked = room.room.everything_asked()
    assert all(answer["prompt"] in asked for answer in one.answers.values()), "what was written belongs somewhere"
    assert texts(room.house) == ["in de nieuwe ronde"]
    with room.house.store.read() as connection:
        board(connection, room.house.library, room.code, [])


# ---- private notes ----


def noted(meeting: Meeting) -> dict[tuple[str, str], str]:
    """The facilitator's notes by method and step."""
    with meeting.house.store.read() as connection:
        found = notes_of(connection, meeting.room)
    return {(meeting.room.rounds[round_ - 1].method.id, step): text for (round_, step), text in found.items()}


def notes(meeting: Meeting, round_: int, step: int, text: str) -> None:
    meeting.house.store.writer.write(keep_note, Noting(meeting.house.library, meeting.code, round_, str(step), text))


def test_a_note_is_kept_changed_thrown_away_and_undone(room: Meeting) -> None:
    version = room.room.version
    notes(room, 1, 2, " let op Kees ")
    notes(room, 1, 2, "let op Kees en Mia")
    assert noted(room) == {("kaarten", "2"): "let op Kees en Mia"}
    room.steer("undo")
    assert noted(room) == {("kaarten", "2"): "let op Kees"}
    notes(room, 1, 2, "  ")
    assert noted(room) == {}
    room.steer("undo")
    assert noted(room) == {("kaarten", "2"): "let op Kees"}
    assert room.room.version == version, "nobody else hears of it"


def test_a_note_that_is_too_long_is_refused_and_the_one_before_it_stays(room: Meeting) -> None:
    notes(room, 1, 1, "x" * MAX_NOTE)
    with pytest.raises(Refused, match="too_long"):
        notes(room, 1, 1, "x" * (MAX_NOTE + 1))
    assert noted(room) == {("kaarten", "1"): "x" * MAX_NOTE}


def test_a_note_goes_with_its_round_when_the_order_changes_and_back_with_it(room: Meeting) -> None:
    notes(room, 2, 1, "bij de zinnen")
    room.replan([1, 3, 2])
    assert noted(room) == {("zinnen", "1"): "bij de zinnen"}
    room.steer("undo")
    assert noted(room) == {("zinnen", "1"): "bij de zinnen"}


def test_the_sound_goes_off_and_on_again_and_no_worksheet_hears_of_it(room: Meeting) -> None:
    version = room.room.version
    room.moderate("sound_off")
    assert room.room.sound is False
    room.steer("undo")
    assert (room.room.sound, room.room.version) == (True, version)


# ---- a rehearsal ----


def test_a_rehearsal_says_so_and_counts_nowhere(house: House) -> None:
    rehearsal = make_meeting(furnished(house, ANNA, BRAM, CARDS, LINES), rounds=[A], rehearsal=True)
    rehearsal.someone().gives("1.kaart", "verzonnen")
    assert rehearsal.someone().sheet["workshop"]["rehearsal"] is True
    records = Keeper(house.store).now(house.library)
    assert (decoded(records), workshops(records)) == ({}, {})
