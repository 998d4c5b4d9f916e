"""Confidential answers: no trace of when, wiped with their round whatever way it ends, and only totals ever after."""

from __future__ import annotations

import json
from typing import Any

import pytest

from laveren.house import House
from laveren.reports.answers import answers_csv, answers_jsonl
from laveren.store import tables
from laveren.texts import reader
from laveren.workshop.answering import REOPEN_SECONDS
from laveren.workshop.figures import Trust
from laveren.workshop.refusals import Gone, Refused
from laveren.workshop.rounds import RoundPlan
from laveren.workshop.totals import totals_of
from tests.meeting import Meeting, Someone, a_case, a_method, a_step, furnished, make_meeting, options, twists
from tests.workshop.counted import counted

TRUST = {"id": "vertrouwen", "type": "matrixrij", "rijen_uit": "rollen", "vertrouwelijk": True}
WHY = {
    "id": "doorslag", "type": "matrixrij", "rijen_uit": "rollen", "opties": options("kan", "wil"), "max": 2,
    "vertrouwelijk": True,
}  # fmt: skip
SECRET = a_method(
    "stil",
    a_step(TRUST, WHY, scherm="klok"),
    a_step(scherm="matrix", toont=["vertrouwen"], who="plenair"),
    a_step({"id": "zin", "type": "kort"}),
)
CARDS = a_method("kaarten", a_step({"id": "kaart", "type": "kort"}))
ANNA = a_case("anna", "Anna", wendingen=twists("Een brief"))
P = "1.vertrouwen"


@pytest.fixture
def room(house: House) -> Meeting:
    """A meeting of the confidential method and then another, at the first step."""
    plan = [RoundPlan("stil", ("anna",)), RoundPlan("kaarten")]
    meeting = make_meeting(furnished(house, SECRET, CARDS, ANNA), rounds=plan)
    meeting.steer("next")
    return meeting


def five(meeting: Meeting, value: Any, role: str = "uitvoerder", prompt: str = P) -> list[Someone]:
    """Five people of one role who all give this."""
    people = meeting.people(5, role=role)
    for one in people:
        one.gives(prompt, value)
    return people


def kept(meeting: Meeting, round_: int = 1) -> dict[str, Any]:
    (row,) = [row for row in meeting.rows(tables.round_) if row["position"] == round_]
    return dict(row["totals"] or {})


def raw(meeting: Meeting) -> list[Any]:
    """What is still there of confidential answers, in any state."""
    return [row for row in meeting.rows(tables.answer) if row["prompt"] in ("vertrouwen", "doorslag")]


def matrix(meeting: Meeting) -> Trust:
    (figure,) = meeting.board.figures
    assert isinstance(figure, Trust)
    return figure


MEAN = {"uitvoerder": {"n": 5, "cells": {"beleid": 4.0}}}


# ---- while the round lasts ----


def test_a_confidential_answer_is_kept_without_its_time_and_without_its_earlier_words(room: Meeting) -> None:
    one = room.someone()
    row = one.gives(P, {"beleid": 2}, state="draft")
    one.gives(P, {"beleid": 4}, id=row.id, revision=2)
    assert room.rows(tables.revision) == []
    assert [(one["created_at"], one["stored_at"]) for one in raw(room)] == [(0.0, 0.0)]
    assert one.answers[row.id]["value"] == {"beleid": 4}


def test_it_can_be_changed_and_taken_back_while_the_round_lasts(room: Meeting) -> None:
    one = room.someone()
    row = one.gives(P, {"beleid": 4})
    room.steer("next")
    one.gives(P, {"beleid": 1}, id=row.id, revision=2)
    one.gives(P, {"beleid": 1}, id=row.id, revision=3, state="withdrawn")
    assert one.answers[row.id]["state"] == "withdrawn"


def test_who_has_no_row_is_kindly_sent_to_choose_a_role(room: Meeting) -> None:
    one = room.someone(role="anders")
    with pytest.raises(Refused, match="role_has_no_row") as caught:
        one.gives(P, {"beleid": 4})
    assert caught.value.field == "prompt"
    assert "rol" in reader("nl")("refused.role_has_no_row")
    one.sits(1, role="uitvoerder")
    assert one.gives(P, {"beleid": 4})


def test_a_facilitator_has_no_row_either(room: Meeting) -> None:
    with pytest.raises(Refused, match="role_has_no_row"):
        room.writes_for_the_room(P, {"beleid": 4})


def test_nothing_is_shown_below_five_and_nothing_before_the_room_moves_on(room: Meeting) -> None:
    people = room.people(4)
    for one in people:
        one.gives(P, {"beleid": 4})
    room.steer("next")
    assert all(cell.mean is None for line in matrix(room).cells or [] for cell in line)
    room.steer("back")
    room.someone().gives(P, {"beleid": 4})
    assert totals_of(room.room.rounds[0], "vertrouwen") == {"uitvoerder": {"n": None, "cells": {}}}
    room.steer("next")
    assert totals_of(room.room.rounds[0], "vertrouwen") == MEAN


def test_a_fifth_that_comes_while_the_matrix_is_on_the_screen_moves_nothing_there(room: Meeting) -> None:
    five(room, {"beleid": 4})
    room.steer("next")
    before = matrix(room)
    for one in room.people(4):
        one.gives(P, {"beleid": 1})
    assert matrix(room) == before


def test_who_speaks_from_experience_is_a_resident(room: Meeting) -> None:
    five(room, {"beleid": 2}, role="ervaringsdeskundige")
    room.steer("next")
    assert totals_of(room.room.rounds[0], "vertrouwen") == {"inwoner": {"n": 5, "cells": {"beleid": 2.0}}}


def test_the_follow_up_keeps_bands_of_options(room: Meeting) -> None:
    five(room, {"beleid": "kan"}, prompt="1.doorslag")
    room.steer("next")
    told = totals_of(room.room.rounds[0], "doorslag")
    assert told == {"uitvoerder": {"n": 5, "cells": {"beleid": {"kan": 5}}}}


def test_it_is_in_no_export_and_in_no_count_while_the_round_lasts(room: Meeting) -> None:
    five(room, {"beleid": 4})
    room.someone().gives("1.zin", "een zin")
    with room.house.store.read() as connection:
        csv, lines = answers_csv(connection, room.room).decode(), answers_jsonl(connection, room.room)
    assert "een zin" in csv
    assert "vertrouwen" not in csv + lines
    assert [row["prompt"] for row in counted(room.house).values()] == ["zin"]


# ---- when the round closes ----


def test_when_the_room_leaves_the_round_only_totals_are_left(room: Meeting) -> None:
    five(room, {"beleid": 4})
    half = room.someone().gives(P, {"beleid": 1}, state="draft")
    room.go_to_step(1, round_=2)
    assert raw(room) == []
    assert half.id not in {row["id"] for row in room.rows(tables.answer)}
    assert kept(room) == {"kept": {"vertrouwen": MEAN, "doorslag": {"uitvoerder": {"n": None, "cells": {}}}},
                          "closed": True}  # fmt: skip


def test_when_the_workshop_closes_in_the_round_only_totals_are_left(room: Meeting) -> None:
    five(room, {"beleid": 4})
    room.steer("close")
    assert raw(room) == []
    assert kept(room)["kept"]["vertrouwen"] == MEAN


def test_when_the_workshop_closes_elsewhere_nothing_is_left_of_what_was_given_ahead(house: House) -> None:
    plan = [RoundPlan("kaarten"), RoundPlan("stil")]
    meeting = make_meeting(furnished(house, SECRET, CARDS), rounds=plan)
    meeting.steer("next")
    five(meeting, {"beleid": 4}, prompt="2.vertrouwen")
    meeting.steer("close")
    assert raw(meeting) == []


def test_when_the_workshop_closes_after_going_back_nothing_is_left_of_the_round_that_was_left(house: House) -> None:
    plan = [RoundPlan("kaarten"), RoundPlan("stil")]
    meeting = make_meeting(furnished(house, SECRET, CARDS), rounds=plan)
    meeting.go_to_step(1, round_=2)
    five(meeting, {"beleid": 4}, prompt="2.vertrouwen")
    meeting.steer("back")
    meeting.steer("close")
    assert raw(meeting) == []


def test_a_close_too_early_does_not_end_a_round_that_nobody_has_been_in(house: House) -> None:
    meeting = make_meeting(furnished(house, SECRET, CARDS), rounds=[RoundPlan("kaarten"), RoundPlan("stil")])
    one = meeting.someone()
    meeting.steer("next")
    meeting.steer("close")
    with pytest.raises(Gone, match="only_totals"):
        one.by_receipt.gives("2.vertrouwen", {"beleid": 4})
    meeting.steer("reopen")
    meeting.go_to_step(1, round_=2)
    five(meeting, {"beleid": 4}, prompt="2.vertrouwen")
    meeting.steer("next")
    assert totals_of(meeting.room.rounds[1], "vertrouwen") == MEAN


@pytest.mark.parametrize("ways", [["close"], ["next", "next", "next"]])
@pytest.mark.parametrize("state", ["submitted", "draft", "withdrawn"])
def test_after_that_nothing_of_it_is_taken_in_any_more(room: Meeting, ways: list[str], state: str) -> None:
    """A browser that was away sends what it has, first as an answer and, refused, as a draft."""
    one = room.someone()
    for way in ways:
        room.steer(way)
    with pytest.raises(Gone, match="only_totals") as caught:
        one.by_receipt.gives(P, {"beleid": 4}, state=state)
    assert caught.value.field == "prompt"
    assert raw(room) == []


def test_of_the_same_round_all_other_answers_stay(room: Meeting) -> None:
    one = five(room, {"beleid": 4})[0]
    line = one.gives("1.zin", "blijft")
    room.go_to_step(1, round_=2)
    assert [answer["id"] for answer in one.sheet["answers"]] == [line.id]


@pytest.mark.parametrize("ways", [
    ["back"],
    ["undo"],
    ["close", "reopen"],
    ["close", "undo"],
    ["back", "back", "back", "back"],
    ["back", "next", "undo"],
])  # fmt: skip
def test_totals_stay_whichever_way_the_room_goes_back(room: Meeting, ways: list[str]) -> None:
    five(room, {"beleid": 4})
    room.go_to_step(1, round_=2)
    was = kept(room)
    for way in ways:
        room.steer(way)
    assert kept(room) == was
    assert totals_of(room.room.rounds[0], "vertrouwen") == MEAN
    with pytest.raises(Gone, match="only_totals"):
        room.someone().gives(P, {"beleid": 1})


def test_totals_stay_when_a_twist_in_their_round_is_undone(room: Meeting) -> None:
    room.steer("reveal")
    five(room, {"beleid": 4})
    room.go_to_step(1, round_=2)
    for _ in range(4):
        room.steer("undo")
    assert [len(room.room.rounds[0].steps), room.room.position] == [3, (1, 1)]
    assert totals_of(room.room.rounds[0], "vertrouwen") == MEAN


def test_totals_stay_when_the_plan_changes_and_when_that_is_undone(room: Meeting) -> None:
    five(room, {"beleid": 4})
    room.go_to_step(1, round_=2)
    room.replan([1, 2, RoundPlan("kaarten")], groups=2)
    assert totals_of(room.room.rounds[0], "vertrouwen") == MEAN
    room.steer("undo")
    assert totals_of(room.room.rounds[0], "vertrouwen") == MEAN


def test_the_matrix_is_drawn_from_the_totals_after_going_back_to_it(room: Meeting) -> None:
    five(room, {"beleid": 4})
    room.go_to_step(1, round_=2)
    room.steer("back")
    room.steer("back")
    figure = matrix(room)
    shown = {
        (row, column): cell.mean
        for row, line in zip(figure.labels, figure.cells or [], strict=True)
        for column, cell in zip(figure.labels, line, strict=True)
        if cell.mean is not None
    }
    assert shown == {("uitvoerder", "beleid"): 4.0}


@pytest.mark.parametrize("change", ["reveal", "plan"])
def test_no_exact_number_is_left_anywhere_once_the_round_has_closed(room: Meeting, change: str) -> None:
    """What an action keeps for its undo must not keep what goes when the round closes."""
    for one in room.people(7):
        one.gives(P, {"beleid": 4})
    room.steer("next")
    if change == "reveal":
        room.steer("reveal")
    else:
        room.replan([1, 2, RoundPlan("kaarten")])
    room.go_to_step(1, round_=2)
    assert "published" not in kept(room)
    for row in room.rows(tables.action):
        assert '"n": 7' not in json.dumps(row["before"])
        assert "published" not in json.dumps(row["before"])


def test_after_the_day_of_grace_the_totals_are_still_there(room: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    from laveren.workshop.steering import settle_all

    five(room, {"beleid": 4})
    room.steer("close")
    closed_at = room.room.closed_at or 0
    monkeypatch.setattr("time.time", lambda: closed_at + REOPEN_SECONDS + 1)
    room.house.store.writer.write(settle_all, closed_at + REOPEN_SECONDS + 1)
    assert kept(room)["kept"]["vertrouwen"] == MEAN


def test_a_round_without_confidential_prompts_keeps_no_totals(room: Meeting) -> None:
    room.go_to_step(1, round_=2)
    room.someone().gives("2.kaart", "gewoon")
    room.steer("close")
    assert kept(room, 2) == {}
    assert [row["value"] for row in room.rows(tables.answer)] == ["gewoon"]
