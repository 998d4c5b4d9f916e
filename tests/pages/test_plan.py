"""Plan: the run sheet of a workshop, and changing on the day what is still to come."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from laveren.workshop.rights import Seat
from laveren.workshop.rounds import RoundPlan
from tests.meeting import CASE, METHOD, Meeting, make_meeting
from tests.ui.visiting import SAY, Guest, press, says, titles, toasts

BUS, PAUL = "de-bus-voor-de-deur", "zes-stukjes-van-paul"


@pytest.fixture
def three(guest: Guest) -> Meeting:
    """A workshop of three rounds."""
    return make_meeting(guest.house, rounds=[RoundPlan(METHOD, (case,)) for case in (CASE, BUS, PAUL)])


@pytest.fixture
def facilitator(guest: Guest, three: Meeting) -> Guest:
    return guest.holds(three.key(Seat.FACILITATOR))


def field(window: AppTest, kind: str, label: str, **values: Any) -> Any:
    (found,) = [one for one in getattr(window, kind) if one.label == SAY(label, **values)]
    return found


def cases(meeting: Meeting) -> list[list[str]]:
    return [[case.id for case in round_.cases] for round_ in meeting.room.rounds]


def test_only_who_steers_sees_the_plan(guest: Guest, three: Meeting) -> None:
    assert titles(guest.opens("plan", three.code)) == [SAY("access.title")]
    assert titles(guest.holds(three.key(Seat.HELPER)).opens("plan", three.code)) == [SAY("access.title")]
    assert titles(guest.holds(three.key(Seat.FACILITATOR)).opens("plan", three.code)) == ["Netwerkbijeenkomst"]


def test_the_run_sheet_has_every_step_and_the_time_it_ends(facilitator: Guest, three: Meeting) -> None:
    window = facilitator.opens("plan", three.code)
    (sheet,) = [one.value for one in window.markdown if SAY("plan.minutes") in one.value]
    assert sheet.count("Waar loop je tegenaan?") == 3
    assert all(SAY("plan.round", n=n) in sheet for n in (1, 2, 3))
    assert any(caption.value.startswith("Klaar om ") for caption in window.caption)


def test_rounds_can_be_put_in_another_order_taken_out_and_added(facilitator: Guest, three: Meeting) -> None:
    window = facilitator.opens("plan", three.code)
    press(window, SAY("plan.up", n=3))
    press(window, SAY("plan.remove", n=3))
    press(window, SAY("plan.add"))
    field(window, "multiselect", "plan.cases", n=3).set_value(["wat-nour-weglaat"]).run()
    press(window, SAY("plan.save"))
    assert SAY("plan.saved") in toasts(window)
    assert cases(three) == [[CASE], [PAUL], ["wat-nour-weglaat"]]


def test_a_round_that_has_begun_stands_fast(facilitator: Guest, three: Meeting) -> None:
    three.steer("next")
    window = facilitator.opens("plan", three.code)
    assert SAY("plan.begun") in [caption.value for caption in window.caption]
    assert not says(window, SAY("plan.remove", n=1))
    press(window, SAY("plan.remove", n=2))
    press(window, SAY("plan.save"))
    assert cases(three) == [[CASE], [PAUL]]


def test_what_was_saved_can_be_undone(facilitator: Guest, three: Meeting) -> None:
    window = facilitator.opens("plan", three.code)
    field(window, "text_input", "workshops.name").input("Anders")
    press(window, SAY("plan.remove", n=1))
    press(window, SAY("plan.save"))
    assert (three.room.title, len(three.room.rounds)) == ("Anders", 2)
    press(window, SAY("console.undo"))
    assert (three.room.title, cases(three)) == ("Netwerkbijeenkomst", [[CASE], [BUS], [PAUL]])


def test_what_cannot_be_is_refused_and_stays_in_the_form(facilitator: Guest, three: Meeting) -> None:
    window = facilitator.opens("plan", three.code)
    field(window, "text_input", "workshops.place").input("Waterhoek")
    field(window, "text_input", "workshops.starts_at").input("half2")
    press(window, SAY("plan.save"))
    assert SAY("refused.time_malformed") in [error.value for error in window.error]
    assert field(window, "text_input", "workshops.place").value == "Waterhoek"
    assert three.room.place == ""


def test_fewer_tables_are_warned_of_before_they_are_saved(facilitator: Guest, three: Meeting) -> None:
    sits = three.someone(group=4)
    window = facilitator.opens("plan", three.code)
    field(window, "number_input", "workshops.groups").set_value(2).run()
    assert SAY("plan.fewer_tables", n=2) in [warning.value for warning in window.warning]
    assert sits.sheet["me"]["group"] == 4
    press(window, SAY("plan.save"))
    assert sits.sheet["me"]["group"] is None


def test_a_closed_workshop_keeps_its_plan(facilitator: Guest, three: Meeting) -> None:
    three.steer("next")
    three.steer("close")
    window = facilitator.opens("plan", three.code)
    assert SAY("plan.closed") in [info.value for info in window.info]
    assert not says(window, SAY("plan.save"))
