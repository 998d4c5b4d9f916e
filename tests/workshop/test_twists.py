"""A twist: a step of its own, revealed once, taken back with nothing lost, and never asked about before its time."""

from __future__ import annotations

from typing import Any

import pytest

from laveren.house import House
from laveren.store import tables
from laveren.workshop.refusals import Moved, NotAllowed, Refused
from laveren.workshop.rounds import RoundPlan
from laveren.workshop.wire import public
from tests.meeting import Meeting, a_case, a_method, a_step, furnished, make_meeting, options, rules, twists

CASE = a_case("anna", "Anna", wendingen=twists("Een brief", "Een buur"), regels=rules("Wet 1"))
STEPS = (
    a_step({"id": "kaart", "type": "kort", "soort": "hindernis"}),
    a_step({"id": "plek", "type": "driehoek", "opties": options("a", "b", "c")}, minuten=7),
    a_step({"id": "zin", "type": "kort"}, who="groep"),
)
PLACES = a_method("plaatsen", *STEPS)
TALK = a_method("praten", a_step(scherm="klok"), a_step(scherm="klok"))
WHERE = ("state", "round", "step", "ends_at", "remaining")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time in seconds; a test sets it."""
    now = [1_800_000_000.0]
    monkeypatch.setattr("time.time", lambda: now[0])
    return now


@pytest.fixture
def room(house: House) -> Meeting:
    """A meeting of two rounds at the first step of the first; its case has two twists."""
    plan = RoundPlan("plaatsen", ("anna",))
    meeting = make_meeting(furnished(house, CASE, PLACES, TALK), rounds=[plan, plan])
    meeting.steer("next")
    return meeting


def course(meeting: Meeting) -> list[str]:
    """The steps of the first round by what they ask, twists by their number."""
    round_ = meeting.room.rounds[0]
    found = [(round_.twist_at(n), round_.asked(n)) for n in range(1, len(round_.steps) + 1)]
    return [f"wending {n}" if n else asked[0].prompt.id for n, asked in found]


def seen(meeting: Meeting) -> list[str]:
    return [twist["title"] for twist in public(meeting.room, here=0)["case"]["twists"]]


# ---- revealing ----


def test_a_revealed_twist_is_a_step_of_its_own_after_the_present_one_and_the_room_is_there(room: Meeting) -> None:
    room.steer("next")
    assert room.steer("reveal").position == (1, 3)
    assert course(room) == ["kaart", "plek", "wending 1", "zin"]
    told = public(room.room, here=0)
    assert (told["step"]["number"], told["step"]["of"], told["step"]["twist"]) == (3, 4, 1)
    assert [prompt["id"] for prompt in told["prompts"]] == ["1.w1.kijk", "1.w1.hindernis", "1.w1.ruimte", "1.w1.plek"]
    assert {prompt["id"]: prompt["link"] for prompt in told["prompts"] if prompt["link"]} == {
        "1.w1.ruimte": "1.w1.hindernis", "1.w1.plek": "1.plek",
    }  # fmt: skip
    assert seen(room) == ["Een brief"]


def test_before_that_nobody_sees_anything_of_it(room: Meeting) -> None:
    assert seen(room) == []
    assert public(room.room, here=0)["step"]["twist"] is None


def test_a_twist_has_the_minutes_of_its_step_also_out_of_a_pause(room: Meeting, clock: list[float]) -> None:
    room.steer("pause")
    revealed = room.steer("reveal")
    assert (revealed.ends_at, revealed.remaining) == (clock[0] + 6 * 60, None)
    assert room.steer("next").ends_at == clock[0] + 7 * 60


def test_a_twist_cannot_be_revealed_twice_in_a_row_however_quick_one_clicks(room: Meeting) -> None:
    version = room.room.version
    room.steer("reveal", version)
    with pytest.raises(Moved, match="room_moved_on"):
        room.steer("reveal", version)
    with pytest.raises(Moved, match="twist_is_shown"):
        room.steer("reveal")
    assert course(room) == ["kaart", "wending 1", "plek", "zin"]


def test_the_second_twist_comes_later_and_a_third_there_is_not(room: Meeting) -> None:
    room.steer("reveal")
    room.steer("next")
    room.steer("reveal")
    assert course(room) == ["kaart", "wending 1", "plek", "wending 2", "zin"]
    assert seen(room) == ["Een brief", "Een buur"]
    room.steer("next")
    with pytest.raises(Refused, match="no_twist_left"):
        room.steer("reveal")


def test_a_twist_at_the_end_is_the_last_step_and_the_close_comes_after_it(room: Meeting) -> None:
    room.go_to_step(3, round_=2)
    assert room.room.last
    room.steer("reveal")
    assert (room.room.position, room.room.last) == ((2, 4), True)
    with pytest.raises(Refused, match="last_step"):
        room.steer("next")
    room.steer("close")
    assert room.steer("reopen").position == (2, 4)


def test_in_the_lobby_and_after_the_close_there_is_nothing_to_reveal_or_to_take_back(house: House) -> None:
    meeting = make_meeting(furnished(house, CASE, PLACES), rounds=[RoundPlan("plaatsen", ("anna",))])
    for action in ("reveal", "conceal"):
        with pytest.raises(Moved, match="not_in_this_state"):
            meeting.steer(action)
    meeting.steer("next")
    meeting.steer("close")
    for action in ("reveal", "conceal"):
        with pytest.raises(Moved, match="not_in_this_state"):
            meeting.steer(action)
    assert course(meeting) == ["kaart", "plek", "zin"]


def test_a_round_without_a_case_has_no_twist(house: House) -> None:
    meeting = make_meeting(furnished(house, PLACES), rounds=[RoundPlan("plaatsen")])
    meeting.steer("next")
    with pytest.raises(Refused, match="no_twist_left"):
        meeting.steer("reveal")


def test_each_round_has_its_own_twists(room: Meeting) -> None:
    room.steer("reveal")
    room.go_to_step(1, round_=2)
    assert seen(room) == []
    with pytest.raises(Refused, match="no_twist_revealed"):
        room.steer("conceal")
    room.steer("reveal")
    assert [len(round_.steps) for round_ in room.room.rounds] == [4, 4]


# ---- going through it ----


def test_next_and_back_go_over_a_twist_like_over_any_step(room: Meeting) -> None:
    room.steer("reveal")
    places = [room.steer("next").position for _ in range(3)]
    assert places == [(1, 3), (1, 4), (2, 1)]
    places = [room.steer("back").position for _ in range(4)]
    assert places == [(1, 4), (1, 3), (1, 2), (1, 1)]
    assert seen(room) == ["Een brief"], "what is known stays known"


def test_a_twist_revealed_at_an_earlier_step_than_the_one_before_comes_before_it(room: Meeting) -> None:
    room.go_to_step(3)
    room.steer("reveal")
    room.go_to_step(4)
    for _ in range(3):
        room.steer("back")
    room.steer("reveal")
    assert course(room) == ["kaart", "wending 2", "plek", "zin", "wending 1"]
    room.steer("conceal")
    assert (course(room), room.room.position) == (["kaart", "plek", "zin", "wending 1"], (1, 1))


# ---- taking it back ----


def test_conceal_at_the_twist_goes_back_to_the_step_before_it_with_its_whole_time(
    room: Meeting, clock: list[float]
) -> None:
    room.steer("next")
    room.steer("reveal")
    clock[0] += 100
    back = room.steer("conceal")
    assert (back.position, back.ends_at) == ((1, 2), clock[0] + 7 * 60)
    assert (course(room), seen(room)) == (["kaart", "plek", "zin"], [])


@pytest.mark.parametrize(("steps_on", "at"), [(1, "plek"), (2, "zin")])
def test_conceal_later_on_leaves_the_room_and_its_clock_where_they_are(room: Meeting, steps_on: int, at: str) -> None:
    room.steer("reveal")
    for _ in range(steps_on):
        room.steer("next")
    before = room.room
    assert course(room)[before.step - 1] == at
    after = room.steer("conceal")
    assert course(room)[after.step - 1] == at
    assert (after.step, after.ends_at) == (before.step - 1, before.ends_at)


def test_conceal_from_before_the_twist_leaves_the_room_where_it_is(room: Meeting) -> None:
    room.steer("next")
    room.steer("reveal")
    room.steer("back")
    room.steer("back")
    assert room.steer("conceal").position == (1, 1)
    assert course(room) == ["kaart", "plek", "zin"]


@pytest.mark.parametrize("action", ["reveal", "conceal"])
@pytest.mark.parametrize("steps_on", [0, 1, 2])
def test_undo_of_a_reveal_or_conceal_puts_room_and_round_back_exactly(
    room: Meeting, action: str, steps_on: int
) -> None:
    if action == "conceal":
        room.steer("reveal")
    for _ in range(steps_on):
        room.steer("next")
    was = [course(room), *(getattr(room.room, key) for key in WHERE)]
    moved = room.steer(action)
    assert course(room) != was[0]
    back = room.steer("undo")
    assert [course(room), *(getattr(back, key) for key in WHERE)] == was
    assert back.version == moved.version + 1, "the worksheets hear of it"


# ---- what was written about it ----


def test_what_a_twist_asks_cannot_be_answered_before_it_is_revealed(room: Meeting) -> None:
    one = room.someone()
    for state in ("draft", "submitted"):
        with pytest.raises(Refused, match="prompt_unknown") as caught:
            one.gives("1.w1.hindernis", "te vroeg", state=state)
        assert caught.value.field == "prompt"
    room.steer("reveal")
    assert one.gives("1.w1.hindernis", "nu wel")
    with pytest.raises(Refused, match="prompt_unknown"):
        one.gives("1.w2.hindernis", "te vroeg")
    with pytest.raises(Refused, match="prompt_unknown"):
        one.gives("1.w3.hindernis", "die is er niet")


@pytest.mark.parametrize("back", ["undo", "conceal"])
def test_what_was_written_about_a_twist_stays_and_comes_back_with_it(room: Meeting, back: str) -> None:
    one = room.someone()
    room.steer("reveal")
    card = one.gives("1.w1.hindernis", "Die brief", source="wet")
    draft = one.gives("1.w1.ruimte", "half", state="draft")
    room.steer(back)
    assert {id: answer["value"] for id, answer in one.answers.items()} == {card.id: "Die brief", draft.id: "half"}
    one.gives("1.w1.ruimte", "bijna", id=draft.id, revision=2, state="draft")
    room.steer("next")
    room.steer("reveal")
    assert [row["value"] for row in room.board.cards] == ["Die brief"]
    one.gives("1.w1.ruimte", "af", id=draft.id, revision=3)
    assert one.answers[draft.id]["state"] == "submitted"
    assert one.answers[draft.id]["late"] is False


def test_who_had_begun_may_hand_in_what_they_had_when_the_twist_is_taken_back_and_others_may_not_begin(
    room: Meeting,
) -> None:
    one, other = room.someone(), room.someone()
    room.steer("reveal")
    draft = one.gives("1.w1.hindernis", "half", state="draft")
    room.steer("conceal")
    one.gives("1.w1.hindernis", "af", id=draft.id, revision=2)
    assert (one.answers[draft.id]["state"], one.answers[draft.id]["late"]) == ("submitted", False)
    with pytest.raises(Refused, match="prompt_unknown"):
        other.gives("1.w1.hindernis", "begin")
    with pytest.raises(NotAllowed):
        other.gives("1.w1.hindernis", "van jou", id=draft.id, revision=9)


def test_late_marks_stay_right_when_a_twist_moves_the_steps_after_it(room: Meeting) -> None:
    one = room.someone()
    room.steer("reveal")
    told = {}
    told["ahead"] = one.gives("1.plek", {"a": 100, "b": 0, "c": 0})
    told["behind"] = one.gives("1.kaart", "over de vorige stap")
    told["here"] = one.gives("1.w1.hindernis", "bij de wending")
    room.steer("next")
    told["of the twist"] = one.gives("1.w1.ruimte", "na de wending")
    told["now"] = one.gives("1.zin", "nu")
    late = {what: one.answers[kept.id]["late"] for what, kept in told.items()}
    assert late == {"ahead": False, "behind": True, "here": False, "of the twist": True, "now": False}


@pytest.mark.parametrize("moves", [["reveal", "conceal", "next"], ["reveal", "undo", "next"]])
def test_who_was_done_with_a_twist_is_not_done_with_the_step_that_takes_its_place(
    room: Meeting, moves: list[str]
) -> None:
    one = room.someone()
    for move in moves:
        room.steer(move)
        if move == "reveal":
            one.is_done()
            assert one.sheet["done"] is True
    assert course(room)[room.room.step - 1] == "plek"
    assert one.sheet["done"] is False


def test_who_was_done_with_the_next_step_is_not_done_with_the_twist_that_comes_before_it(room: Meeting) -> None:
    one = room.someone()
    room.steer("next")
    one.is_done()
    room.steer("back")
    room.steer("reveal")
    assert one.sheet["done"] is False


def test_a_facilitators_note_stays_with_its_step_when_a_twist_comes_before_it(room: Meeting) -> None:
    from laveren.workshop.planning import Noting, keep_note, notes_of

    house = room.house
    house.store.writer.write(keep_note, Noting(house.library, room.code, 1, "2", "vraag naar de plek"))
    room.steer("reveal")
    with house.store.read() as connection:
        noted = notes_of(connection, room.room)
    keys = [room.room.rounds[0].key(step) for step in range(1, len(course(room)) + 1)]
    assert {course(room)[keys.index(step)]: text for (_, step), text in noted.items()} == {"plek": "vraag naar de plek"}


def test_the_rows_of_an_answer_name_the_prompt_whatever_the_steps_are(room: Meeting) -> None:
    room.steer("reveal")
    one = room.someone()
    one.gives("1.w1.hindernis", "Die brief")
    (row,) = room.rows(tables.answer)
    assert (row["prompt"], row["kind"], row["scope"]) == ("w1.hindernis", "hindernis", "person")


def test_a_method_that_is_only_talk_asks_nothing_about_a_twist_either(house: House) -> None:
    """Nothing of it is kept, whatever is revealed: so nothing may be asked."""
    meeting = make_meeting(furnished(house, CASE, TALK), rounds=[RoundPlan("praten", ("anna",))])
    meeting.steer("next")
    meeting.steer("reveal")
    assert seen(meeting) == ["Een brief"]
    assert public(meeting.room, here=0)["prompts"] == []


@pytest.mark.parametrize("prompt", ["1.parkeer", "1.notitie"])
def test_a_method_that_is_only_talk_keeps_nothing_that_is_sent(house: House, prompt: str) -> None:
    meeting = make_meeting(furnished(house, TALK), rounds=[RoundPlan("praten")])
    meeting.steer("next")
    with pytest.raises(Refused, match="prompt_unknown"):
        meeting.someone().gives(prompt, "toch iets", state="draft")


def test_the_place_asked_about_a_twist_may_come_before_the_triangle_itself(house: House) -> None:
    """The first step asks cards only: a twist right after it asks for a place that nobody gave yet."""
    meeting = make_meeting(furnished(house, CASE, PLACES), rounds=[RoundPlan("plaatsen", ("anna",))])
    meeting.steer("next")
    meeting.steer("reveal")
    one: Any = meeting.someone()
    one.gives("1.w1.plek", {"a": 0, "b": 50, "c": 50})
    assert len(meeting.board.figures) == 1
