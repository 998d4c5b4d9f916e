"""Moving the room: one step at a time however often one clicks, and every action can be undone."""

from __future__ import annotations

from typing import Any

import pytest

from laveren.house import House
from laveren.store import tables
from laveren.workshop.answering import REOPEN_SECONDS
from laveren.workshop.refusals import Gone, Moved, NotFound, Refused
from laveren.workshop.rooms import CLOSED, LOBBY, RUNNING, Room
from laveren.workshop.rounds import RoundPlan
from laveren.workshop.steering import Steer, settle_all, steer
from laveren.workshop.wire import public
from laveren.workshop.worksheets import outcome
from tests.meeting import CASE, METHOD, Meeting, make_meeting

HINDRANCE = "1.hindernis"
WHERE = ("state", "round", "step", "ends_at", "remaining", "closed_at", "moderated")


def where(room: Room) -> tuple[Any, ...]:
    return tuple(getattr(room, key) for key in WHERE)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time in seconds; a test sets it."""
    now = [1_800_000_000.0]
    monkeypatch.setattr("time.time", lambda: now[0])
    return now


def test_a_meeting_begins_in_its_lobby_with_nothing_asked(meeting: Meeting) -> None:
    shown = public(meeting.room, here=3)
    assert (shown["workshop"]["state"], shown["workshop"]["here"]) == (LOBBY, 3)
    assert (shown["step"], shown["prompts"], shown["case"], shown["park"]) == (None, [], None, None)


def test_next_goes_through_all_steps_of_all_rounds_and_stops_at_the_last(house: House) -> None:
    meeting = make_meeting(house, rounds=[RoundPlan(METHOD, (CASE,)), RoundPlan(METHOD)])
    places = []
    while not meeting.room.last:
        places.append(meeting.steer("next").position)
    assert places == [(round_, step) for round_ in (1, 2) for step in range(1, 8)]
    with pytest.raises(Refused, match="last_step"):
        meeting.steer("next")
    assert meeting.room.position == (2, 7)


def test_a_step_has_the_minutes_of_the_method(meeting: Meeting, clock: list[float]) -> None:
    room = meeting.steer("next")
    assert room.ends_at == clock[0] + 5 * 60


def test_time_that_runs_out_closes_nothing(meeting: Meeting, clock: list[float]) -> None:
    meeting.go_to("hindernis")
    clock[0] += 3600
    one = meeting.someone()
    kept = one.gives(HINDRANCE, "na de tijd")
    assert one.answers[kept.id]["late"] is False
    assert meeting.room.state == RUNNING


def test_two_quick_clicks_move_one_step(meeting: Meeting) -> None:
    version = meeting.room.version
    meeting.steer("next", version)
    with pytest.raises(Moved, match="room_moved_on"):
        meeting.steer("next", version)
    assert meeting.room.position == (1, 1)


def test_two_clicks_in_the_same_instant_move_one_step(house: House, meeting: Meeting) -> None:
    click = Steer(house.library, meeting.code, "next", meeting.room.version)
    results = house.store.writer.write(lambda tx, items: [steer(tx, items[0])], [click, click])
    assert [type(result) for result in results] == [Room, Moved]
    assert meeting.room.position == (1, 1)


def test_of_a_facilitator_in_two_windows_the_one_that_is_behind_is_told_and_nothing_is_done_twice(
    meeting: Meeting,
) -> None:
    left = right = meeting.room.version
    left = meeting.steer("next", left).version
    left = meeting.steer("next", left).version
    with pytest.raises(Moved):
        meeting.steer("close", right)
    assert meeting.room.state == RUNNING
    right = meeting.room.version
    assert meeting.steer("back", right).position == (1, 1)


def test_what_comes_in_does_not_make_a_click_stale(meeting: Meeting) -> None:
    version = meeting.steer("next").version
    meeting.someone().gives(HINDRANCE, "tekst")
    assert meeting.steer("next", version).position == (1, 2)


def test_a_minute_more_is_from_now_when_the_time_is_over(meeting: Meeting, clock: list[float]) -> None:
    meeting.steer("next")
    assert meeting.steer("more_time").ends_at == clock[0] + 6 * 60
    clock[0] += 3600
    assert meeting.steer("more_time").ends_at == clock[0] + 60


def test_a_pause_keeps_what_was_left(meeting: Meeting, clock: list[float]) -> None:
    meeting.steer("next")
    clock[0] += 60
    paused = meeting.steer("pause")
    assert (paused.remaining, paused.ends_at) == (240, None)
    clock[0] += 1000
    assert meeting.steer("more_time").remaining == 300
    resumed = meeting.steer("resume")
    assert (resumed.remaining, resumed.ends_at) == (None, clock[0] + 300)


@pytest.mark.parametrize(("before", "action", "key"), [
    ([], "pause", "not_in_this_state"),
    ([], "back", "not_in_this_state"),
    ([], "close", "not_in_this_state"),
    ([], "reopen", "not_in_this_state"),
    (["next"], "resume", "not_paused"),
    (["next", "pause"], "pause", "already_paused"),
    (["next", "close"], "next", "not_in_this_state"),
    (["next", "close"], "close", "not_in_this_state"),
    (["next"], "dansen", "action_unknown"),
    ([], "undo", "nothing_to_undo"),
])  # fmt: skip
def test_what_cannot_be_done_now_is_refused_and_changes_nothing(
    meeting: Meeting, before: list[str], action: str, key: str
) -> None:
    for step in before:
        meeting.steer(step)
    room = meeting.room
    with pytest.raises(Refused, match=key):
        meeting.steer(action)
    assert (where(meeting.room), meeting.room.version) == (where(room), room.version)


def test_an_unknown_workshop_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        Meeting(house, "AAAAAA").steer("next")


@pytest.mark.parametrize(("before", "action"), [
    ([], "next"),
    (["next"], "next"),
    (["next", "next"], "back"),
    (["next"], "back"),
    (["next"], "more_time"),
    (["next"], "pause"),
    (["next", "pause"], "resume"),
    (["next", "pause"], "more_time"),
    (["next"], "close"),
    (["next", "close"], "reopen"),
])  # fmt: skip
def test_undo_of_any_step_puts_the_room_back_exactly_and_is_a_step_to_everybody(
    meeting: Meeting, before: list[str], action: str
) -> None:
    for step in before:
        meeting.steer(step)
    was = where(meeting.room)
    moved = meeting.steer(action)
    assert where(moved) != was
    back = meeting.steer("undo")
    assert where(back) == was
    assert back.version == moved.version + 1


def test_undo_again_takes_the_action_before_it_back(meeting: Meeting) -> None:
    states = [where(meeting.room)]
    for action in ("next", "next", "pause", "resume", "more_time", "close"):
        states.append(where(meeting.steer(action)))
    for was in reversed(states[:-1]):
        assert where(meeting.steer("undo")) == was
    with pytest.raises(Refused, match="nothing_to_undo"):
        meeting.steer("undo")


def test_an_action_after_an_undo_is_what_the_next_undo_takes_back(meeting: Meeting) -> None:
    meeting.steer("next")
    meeting.steer("next")
    meeting.steer("undo")
    meeting.steer("pause")
    meeting.steer("undo")
    assert (meeting.room.position, meeting.room.remaining) == ((1, 1), None)


def test_back_returns_with_everything_there(meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    one = meeting.someone()
    card = one.gives(HINDRANCE, "kaart")
    draft = one.gives(HINDRANCE, "half", state="draft")
    meeting.moderate("show", card.id)
    meeting.steer("next")
    assert meeting.board.cards == []
    meeting.steer("back")
    assert [(row["value"], row["shown"]) for row in meeting.board.cards] == [("kaart", "shown")]
    assert one.answers[draft.id]["value"] == "half"


def test_back_from_the_first_step_is_the_lobby_and_from_a_second_round_the_end_of_the_first(house: House) -> None:
    meeting = make_meeting(house, rounds=[RoundPlan(METHOD, (CASE,)), RoundPlan(METHOD, (CASE,))])
    meeting.go_to("hindernis", round_=2)
    meeting.steer("back")
    assert meeting.steer("back").position == (1, 7)
    for _ in range(7):
        meeting.steer("back")
    assert meeting.room.state == LOBBY


# ---- closing ----


def test_at_close_the_way_to_a_browser_and_the_earlier_words_are_gone(meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    one = meeting.someone()
    kept = one.gives(HINDRANCE, "eerst", state="draft")
    one.gives(HINDRANCE, "later", id=kept.id, revision=2)
    assert meeting.rows(tables.revision)
    meeting.steer("close")
    assert meeting.rows(tables.revision) == []
    assert [row["token_hash"] for row in meeting.rows(tables.participant)] == [None]
    assert [row["value"] for row in meeting.rows(tables.answer)] == ["later"]


def test_another_meeting_is_not_touched_by_the_close(house: House, meeting: Meeting) -> None:
    other = make_meeting(house)
    elsewhere = other.someone()
    elsewhere.gives(HINDRANCE, "tekst")
    meeting.steer("next")
    meeting.steer("close")
    assert elsewhere.sheet["workshop"]["state"] == LOBBY
    assert len(meeting.rows(tables.revision)) == 1


def test_the_database_holds_neither_a_token_nor_a_receipt(house: House, meeting: Meeting) -> None:
    one = meeting.someone()
    house.close()
    content = b"".join(file.read_bytes() for file in house.settings.data.glob("laveren.db*"))
    assert one.identity.token
    for secret in (one.identity.token, one.receipt, one.receipt.replace("-", "")):
        assert secret.encode() not in content


def test_a_closed_meeting_asks_the_closing_questions_and_says_what_the_room_came_to(meeting: Meeting) -> None:
    meeting.go_to("zin")
    people = [meeting.someone(table) for table in (1, 2, 2)]
    shown = people[0].gives("1.zin", "Kijk eerst")
    people[1].gives("1.zin", "Nog niet getoond")
    people[2].gives("1.parkeer", "Bel")
    meeting.writes_for_the_room("1.zin", "Van de zaal")
    meeting.moderate("show", shown.id)
    meeting.steer("close")
    sheet = people[0].by_receipt.sheet
    assert [prompt["id"] for prompt in sheet["prompts"]] == ["slot.helpt", "slot.mee"]
    line = {"group": 1, "round": 1, "case": meeting.room.rounds[0].case.title, "text": "Kijk eerst", "dissent": None}
    assert sheet["outcome"] == {"participants": 3, "answers": 4, "lines": [line]}


def test_before_the_close_there_is_no_outcome(house: House, meeting: Meeting) -> None:
    with house.store.read() as connection:
        assert outcome(connection, meeting.room) is None


def test_it_can_be_reopened_until_a_day_later_with_everything_there(meeting: Meeting, clock: list[float]) -> None:
    meeting.go_to("hindernis")
    one = meeting.someone()
    kept = one.gives(HINDRANCE, "kaart")
    meeting.steer("close")
    clock[0] += REOPEN_SECONDS
    assert (meeting.steer("reopen").state, meeting.room.position) == (RUNNING, (1, 2))
    assert one.by_receipt.answers[kept.id]["value"] == "kaart"


@pytest.mark.parametrize("action", ["reopen", "undo"])
def test_after_a_day_it_stays_closed_by_whichever_way(meeting: Meeting, clock: list[float], action: str) -> None:
    meeting.go_to("hindernis")
    meeting.steer("close")
    clock[0] += REOPEN_SECONDS + 1
    with pytest.raises(Gone, match="closed_for_good"):
        meeting.steer(action)
    assert meeting.room.state == CLOSED


def test_closing_again_after_reopening_lets_go_again(meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    meeting.steer("close")
    meeting.steer("reopen")
    meeting.someone().gives(HINDRANCE, "tekst")
    meeting.steer("close")
    assert meeting.rows(tables.revision) == []
    assert [row["token_hash"] for row in meeting.rows(tables.participant)] == [None]


def settled(house: House, now: float) -> int:
    wiped: int = house.store.writer.write(settle_all, now)
    return wiped


def test_a_day_after_the_close_drafts_and_what_was_taken_back_are_wiped(
    house: House, meeting: Meeting, clock: list[float]
) -> None:
    open_meeting = make_meeting(house)
    open_meeting.someone().gives(HINDRANCE, "elders, half", state="draft")
    meeting.go_to("hindernis")
    one = meeting.someone()
    one.gives(HINDRANCE, "half", state="draft")
    one.gives(HINDRANCE, "af")
    back = one.gives(HINDRANCE, "toch niet")
    one.gives(HINDRANCE, "toch niet", id=back.id, revision=2, state="withdrawn")
    meeting.steer("close")
    assert settled(house, clock[0] + REOPEN_SECONDS) == 0
    assert settled(house, clock[0] + REOPEN_SECONDS + 1) == 2
    assert {row["value"] for row in meeting.rows(tables.answer)} == {"elders, half", "af"}
