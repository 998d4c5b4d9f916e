"""Begeleiden: the lobby, what leads in and out of it, and that the page follows the room."""

from __future__ import annotations

import pytest

from laveren.house import House
from laveren.settings import Settings
from laveren.workshop.rights import Seat
from tests.meeting import Meeting, make_meeting
from tests.ui.conftest import receive
from tests.ui.visiting import SAY, Guest, drawn, press, sent, sound, titles


@pytest.fixture
def facilitator(guest: Guest, meeting: Meeting) -> Guest:
    return guest.holds(meeting.key(Seat.FACILITATOR))


def test_the_lobby_says_how_the_room_comes_in_and_opens_the_screen(facilitator: Guest, meeting: Meeting) -> None:
    window = facilitator.opens("facilitate", meeting.code)
    wanted = SAY("console.join_address", address="laveren.test:8501/meedoen", code=meeting.code)
    assert wanted in [one.value for one in window.subheader]
    assert f'href="/scherm?code={meeting.code}"' in sent(window).replace('\\"', '"')
    assert SAY("console.begin_hint", n=0) in sent(window)
    assert not window.segmented_control


def test_an_empty_step_says_that_nothing_came_in_yet(facilitator: Guest, meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    window = facilitator.opens("facilitate", meeting.code)
    assert titles(window) == ["Waar loop je tegenaan?"]
    assert SAY("console.headline_none") in [caption.value for caption in window.caption]
    assert SAY("console.nothing_waiting") in sent(window)


def test_a_step_without_questions_says_that_nothing_is_written(facilitator: Guest, meeting: Meeting) -> None:
    meeting.steer("next")
    window = facilitator.opens("facilitate", meeting.code)
    assert SAY("console.no_words") in [caption.value for caption in window.caption]
    assert SAY("console.still_writing") not in sent(window)


def test_the_page_follows_a_room_that_somebody_else_moved(facilitator: Guest, meeting: Meeting) -> None:
    window = facilitator.opens("facilitate", meeting.code)
    meeting.go_to("ruimte")
    assert titles(sound(window.run())) == ["Waar pak je de ruimte?"]
    (table,) = [text.value for text in window.sidebar.markdown if text.value.startswith("| |")]
    assert ":material/play_arrow:" in table.splitlines()[4]


def test_the_clock_wakes_the_console_of_this_meeting(facilitator: Guest, meeting: Meeting) -> None:
    assert drawn(facilitator.opens("facilitate", meeting.code), "clock")["code"] == meeting.code


def test_the_link_for_a_helper_carries_the_helpers_key_only(facilitator: Guest, meeting: Meeting) -> None:
    window = facilitator.opens("facilitate", meeting.code)
    assert [code.value for code in window.sidebar.code] == [f"{facilitator.address}/toegang#{meeting.key(Seat.HELPER)}"]
    assert meeting.key(Seat.FACILITATOR) not in sent(window)


def test_the_answers_can_be_taken_along_once_there_are_some(facilitator: Guest, meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    window = facilitator.opens("facilitate", meeting.code)
    assert not window.get("download_button")
    meeting.someone().gives("1.hindernis", "iets")
    (download,) = sound(window.run()).get("download_button")
    assert download.proto.label == SAY("console.export")
    meeting.steer("close")
    assert sound(window.run()).get("download_button")


def test_a_closed_room_can_be_opened_again_but_not_after_a_day(facilitator: Guest, meeting: Meeting) -> None:
    meeting.go_to("zin")
    meeting.steer("close")
    window = facilitator.opens("facilitate", meeting.code)
    assert SAY("console.reopen_hint") in sent(window)
    assert not [one for one in window.button if one.proto.type == "primary"], "after the end nothing has to be done"
    press(window, SAY("console.reopen"))
    assert meeting.room.state == "bezig"


def test_the_address_that_was_set_stands_in_the_lobby(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    object.__setattr__(house, "settings", Settings(data=house.settings.data, url="https://laveren.gemeente.nl"))
    meeting = make_meeting(house)
    window = receive(house, monkeypatch).holds(meeting.key(Seat.FACILITATOR)).opens("facilitate", meeting.code)
    wanted = SAY("console.join_address", address="laveren.gemeente.nl/meedoen", code=meeting.code)
    assert wanted in [one.value for one in window.subheader]


@pytest.mark.parametrize("prompt", ["hindernis", "leefgebieden", "tafel_hindernis", "zin"])
def test_the_console_speaks_english_in_every_kind_of_step(facilitator: Guest, meeting: Meeting, prompt: str) -> None:
    meeting.go_to(prompt)
    step = meeting.room.step_now
    assert step is not None
    window = facilitator.speaks("en").opens("facilitate", meeting.code)
    assert titles(window) == [meeting.room.rounds[0].named(step.title)["en"]]
    assert SAY("console.back") not in [one.label for one in window.button]
