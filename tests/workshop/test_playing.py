"""Made-up participants take part as people do: at their own pace, one per table, until what is asked is given."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import pytest

from laveren.content.library import read_library
from laveren.content.terms import Role
from laveren.house import House
from laveren.settings import ROOT
from laveren.store import tables
from laveren.workshop.playing import HALVES, LONGEST, LOOK, MOST, STARTS, TYPES, Rehearsal
from laveren.workshop.refusals import Gone, NotAllowed, NotFound
from laveren.workshop.rehearsing import throw_away_rehearsal
from laveren.workshop.rounds import RoundPlan
from tests.meeting import CASE, Meeting, make_meeting
from tests.workshop.stage import Door, Play, rehearsed, stage_of

METHODS = read_library(ROOT).methods


@pytest.fixture
def play(meeting: Meeting) -> Play:
    """Twelve people in a rehearsal of one round at four tables, in the lobby."""
    return Play(rehearsed(meeting))


@pytest.mark.parametrize("method", METHODS)
def test_every_method_is_played_to_its_end_at_three_tables_with_every_case(method: str, house: House) -> None:
    cases = tuple(house.library.cases)
    rounds = [RoundPlan(method, cases[n : n + 3], seats=True) for n in range(0, len(cases), 3)]
    play = Play(rehearsed(make_meeting(house, rounds=rounds[:12], groups=3)), people=9)
    play.settle()
    while True:
        asked = play.meeting.room.asked_now
        play.let_all_through()
        for one in asked:
            everybody = all(
                play.rehearsal._repertoire.can_answer(p, one, play.meeting.room) for p in play.rehearsal.players
            )
            nobody_kept = one.prompt.confidential or not everybody
            assert nobody_kept or play.given(one.prompt.id), f"nobody answered {one.wire}"
        room = play.meeting.room
        if room.round_now and room.step == 2 and not room.round_now.reveals:
            play.meeting.steer("reveal")
            play.settle()
        elif not play.next():
            break
    assert play.meeting.room.state == "gesloten"
    assert len(play.given("helpt")) == len(play.given("mee")) == 9
    assert play.rehearsal.refused == []


def test_people_of_many_roles_come_in_over_the_tables_and_count_as_here(play: Play) -> None:
    play.settle()
    people = play.people_here
    assert Counter(row["table_no"] for row in people) == {1: 3, 2: 3, 3: 3, 4: 3}
    roles = Counter(row["role"] for row in people)
    assert roles.most_common(1) == [("uitvoerder", 5)]
    assert len(roles) == len(Role) - 1
    assert play.door.here == {(play.meeting.room.id, row["id"]) for row in people}
    assert {change.topic for change in play.door.told} == {"board", "step"}


@pytest.mark.parametrize(("asked", "come"), [(0, 1), (3, 3), (70, MOST)])
def test_at_least_one_and_at_most_forty_come(asked: int, come: int, meeting: Meeting) -> None:
    play = Play(rehearsed(meeting), people=asked)
    play.settle()
    assert len(play.people_here) == come


def test_they_take_their_time_and_type_before_they_hand_in(meeting: Meeting) -> None:
    play = Play(rehearsed(meeting), pace=1.0)
    play.settle()
    play.next()
    play.meeting.steer("next")
    began, first, handed_in = play.now, {}, []
    while (wait := play.rehearsal.tick()) is not None and play.rehearsal.busy:
        for row in play.given("hindernis", "draft"):
            first.setdefault(row["participant"], play.now - began)
        handed_in.append(len(play.given("hindernis")))
        play.now += wait
    assert len(first) == 12
    types = [HALVES[0] * most for most in TYPES]
    assert all(STARTS[0] + types[0] <= at <= STARTS[1] + types[1] for at in first.values())
    assert max(first.values()) - min(first.values()) > 25, "they do not all begin at once"
    assert handed_in == sorted(handed_in)
    assert len(set(handed_in)) > 9, "cards come one by one"
    assert 30 < play.now - began < 300
    drafts = [row for row in play.meeting.rows(tables.revision) if row["state"] == "draft"]
    final = {row["id"]: row["value"] for row in play.given("hindernis")}
    typed = [row for row in drafts if row["answer"] in final]
    assert len(typed) == 2 * len(final)
    assert all(final[row["answer"]].startswith(row["value"]) for row in typed)
    assert all(0 < len(row["value"]) < len(final[row["answer"]]) for row in typed)


def test_some_write_one_card_and_some_three_and_most_say_that_they_are_done(play: Play) -> None:
    play.go_to("hindernis")
    assert set(Counter(row["participant"] for row in play.given("hindernis")).values()) == {1, 2, 3}
    done = [row["done"] == "1.2" for row in play.people_here]
    assert 6 < sum(done) <= 12


def test_one_of_a_pair_writes(play: Play) -> None:
    play.go_to("zelfbeeld")
    assert Counter(row["table_no"] for row in play.given("zelfbeeld")) == {1: 2, 2: 2, 3: 2, 4: 2}


def test_one_of_a_table_takes_the_pen_and_writes(play: Play) -> None:
    play.go_to("tafel_hindernis")
    pens = {row["table_no"]: row["id"] for row in play.people_here if row["pen"]}
    assert set(pens) == {1, 2, 3, 4}
    assert {row["table_no"]: row["participant"] for row in play.given("tafel_hindernis")} == pens


def test_who_holds_the_pen_at_a_table_keeps_it(play: Play) -> None:
    play.settle()
    play.meeting.someone(2).writes()
    play.go_to("tafel_hindernis")
    assert {row["table_no"] for row in play.given("tafel_hindernis")} == {1, 3, 4}
    holders = [row for row in play.people_here if row["pen"] and row["table_no"] == 2]
    assert [row["number"] for row in holders] == [13]


def test_a_table_that_has_answered_is_left_alone(play: Play) -> None:
    play.go_to("zelfbeeld")
    while play.meeting.room.step < 6:
        play.meeting.steer("next")
    play.meeting.someone(3).gives("1.tafel_hindernis", "Van een mens", source="wet")
    play.settle()
    answers = {row["table_no"]: row["value"] for row in play.given("tafel_hindernis")}
    assert set(answers) == {1, 2, 3, 4}
    assert answers[3] == "Van een mens"
    assert play.rehearsal.refused == []


def test_a_twist_makes_some_look_again_and_others_not(play: Play) -> None:
    play.go_to("hindernis")
    play.meeting.steer("reveal")
    play.settle()
    looks = {row["participant"]: row["value"] for row in play.given("w1.kijk")}
    assert len(looks) == 12
    assert set(looks.values()) == {"nee", "beetje", "ja"}
    moved = {id for id, value in looks.items() if value != "nee"}
    assert {row["participant"] for row in play.given("w1.hindernis")} == moved
    assert {row["participant"] for row in play.given("w1.ruimte")} == moved


def test_dots_wait_for_the_cards_that_are_let_through(house: House) -> None:
    play = Play(rehearsed(make_meeting(house, rounds=[RoundPlan("prioriteren")])))
    play.go_to("stippen")
    assert play.given("stippen") == []
    assert not any(row["done"] for row in play.people_here if row["done"] == "1.3")
    themes = {row["id"] for row in islice(play.given("thema"), 2)}
    for id in themes:
        play.meeting.moderate("show", id)
    play.settle()
    given = [row["value"] for row in play.given("stippen")]
    assert len(given) == 12
    assert set().union(*given) == themes
    assert play.rehearsal.refused == []


def test_a_room_that_goes_back_and_on_again_finds_everything_there_and_nothing_twice(play: Play) -> None:
    play.go_to("ruimte")
    before = [row["id"] for row in play.given("hindernis") + play.given("ruimte")]
    for action in ("back", "back", "next", "next"):
        play.meeting.steer(action)
        play.settle()
    assert [row["id"] for row in play.given("hindernis") + play.given("ruimte")] == before


def test_a_room_that_moves_on_in_the_middle_takes_them_along(meeting: Meeting) -> None:
    play = Play(rehearsed(meeting), pace=1.0)
    play.settle()
    while play.meeting.room.step < 2:
        play.meeting.steer("next")
    while len(play.given("hindernis")) < 2:
        wait = play.rehearsal.tick()
        assert wait is not None
        play.now += wait
    play.meeting.steer("next")
    cards = len(play.given("hindernis"))
    play.settle()
    assert len(play.given("hindernis")) == cards
    assert len({row["participant"] for row in play.given("ruimte")}) == 12
    assert play.rehearsal.refused == []


def test_who_was_stopped_goes_on_as_who_they_were(play: Play) -> None:
    play.go_to("hindernis")
    before = [row["id"] for row in play.given("hindernis")]
    play.rehearsal.leave()
    assert not play.door.here
    play.rehearsal.begin()
    play.settle()
    assert len(play.people_here) == len(play.door.here) == 12
    assert [row["id"] for row in play.given("hindernis")] == before
    play.next()
    assert play.given("ruimte")


def test_after_the_close_they_answer_the_closing_questions_and_it_is_over(play: Play) -> None:
    play.next()
    play.meeting.steer("close")
    assert not play.settle()
    assert len(play.given("helpt")) == 12
    assert play.rehearsal.refused == []


def test_it_is_over_after_three_hours_and_when_the_rehearsal_is_gone(play: Play) -> None:
    play.settle()
    assert play.rehearsal.tick() == LOOK
    play.now += LONGEST + 1
    assert play.rehearsal.tick() is None
    play.rehearsal.leave()
    play.rehearsal.begin()
    assert play.rehearsal.tick() == LOOK
    meeting = play.meeting
    meeting.house.store.writer.write(throw_away_rehearsal, (meeting.house.library, meeting.code))
    assert play.rehearsal.tick() is None


def test_they_never_come_into_a_workshop_that_is_not_a_rehearsal(meeting: Meeting) -> None:
    stage = stage_of(meeting.house, Door())
    with pytest.raises(NotAllowed):
        Rehearsal(stage, meeting.code)
    with pytest.raises(NotFound):
        Rehearsal(stage, "AAAAAA")
    assert meeting.rows(tables.participant) == []


def test_nobody_comes_to_a_rehearsal_that_is_closed(meeting: Meeting) -> None:
    copy = rehearsed(meeting)
    copy.steer("next")
    copy.steer("close")
    with pytest.raises(Gone):
        Rehearsal(stage_of(meeting.house, Door()), copy.code)


def test_each_answers_about_the_case_of_their_table(house: House) -> None:
    rounds = [RoundPlan("omgekeerde-toets", (CASE, "de-bus-voor-de-deur"))]
    play = Play(rehearsed(make_meeting(house, rounds=rounds, groups=2)))
    play.go_to("regel")
    room = play.meeting.room
    for row in play.given("regel"):
        case = room.rounds[0].case_at(row["table_no"])
        assert case is not None
        assert set(row["value"]) <= {f"regel{n}" for n in range(1, len(case.rules) + 1)}
