"""Every page asks for its own key: without it, it says so and shows nothing."""

from __future__ import annotations

import pytest

from laveren.workshop.rights import Seat
from tests.meeting import Meeting, make_meeting
from tests.ui.visiting import SAY, Guest, says, sent, titles

LOCKED = ["facilitate", "workshops", "cases", "themes", "codebook"]
OPEN = ["home", "join", "screen", "guide"]
OPENS = {
    Seat.ORGANISER: LOCKED,
    Seat.FACILITATOR: ["facilitate", "cases"],
    Seat.HELPER: ["facilitate"],
}
SECRET = "wat niemand zonder sleutel leest"


@pytest.fixture
def written(meeting: Meeting) -> Meeting:
    """A meeting in which something was written."""
    meeting.go_to("hindernis")
    meeting.someone().gives("1.hindernis", SECRET)
    return meeting


def shut(guest: Guest, meeting: Meeting, page: str) -> bool:
    window = guest.opens(page, meeting.code)
    if titles(window) != [SAY("access.title")]:
        return False
    shown = sent(window)
    assert SAY("page.no_key") in shown
    assert "/toegang" in shown
    assert not [text for text in (SECRET, meeting.room.title, "Yara") if text in shown]
    assert not window.button
    assert not window.sidebar
    return True


@pytest.mark.parametrize("page", LOCKED)
def test_without_a_key_a_page_says_so_and_shows_nothing(guest: Guest, written: Meeting, page: str) -> None:
    assert shut(guest, written, page)


@pytest.mark.parametrize("page", OPEN)
def test_the_pages_of_the_room_ask_for_no_key(guest: Guest, written: Meeting, page: str) -> None:
    assert not shut(guest, written, page)
    assert SECRET not in sent(guest.opens(page, written.code))


@pytest.mark.parametrize("seat", OPENS)
def test_each_key_opens_its_own_pages_and_no_other(guest: Guest, written: Meeting, seat: Seat) -> None:
    guest.holds(written.key(seat))
    assert [page for page in LOCKED if not shut(guest, written, page)] == OPENS[seat]


@pytest.mark.parametrize("seat", [Seat.FACILITATOR, Seat.HELPER])
def test_the_key_of_another_meeting_does_not_open_this_one(guest: Guest, written: Meeting, seat: Seat) -> None:
    guest.holds(make_meeting(written.house).key(seat))
    assert shut(guest, written, "facilitate")


def test_a_key_that_was_tampered_with_opens_nothing(guest: Guest, written: Meeting) -> None:
    helper, organiser = written.key(Seat.HELPER), written.key(Seat.ORGANISER)
    for forged in ("b" + helper[1:], organiser[:-1], "é~o.~b." + written.code):
        guest.holds(forged)
        assert [page for page in LOCKED if not shut(guest, written, page)] == [], forged


def test_one_browser_may_hold_the_keys_of_several_meetings(guest: Guest, written: Meeting) -> None:
    other = make_meeting(written.house, title="De andere")
    guest.holds(written.key(Seat.HELPER), other.key(Seat.FACILITATOR))
    assert not says(guest.opens("facilitate", written.code), SAY("console.back"))
    assert says(guest.opens("facilitate", other.code), SAY("console.begin"))


@pytest.mark.parametrize("page", ["facilitate", "screen"])
def test_a_page_asks_which_meeting_when_the_address_does_not_say(guest: Guest, meeting: Meeting, page: str) -> None:
    guest.holds(meeting.key(Seat.ORGANISER))
    window = guest.opens(page)
    assert titles(window) == [SAY("page.which_code")]
    assert not window.warning
    typed = f" {meeting.code[:3].lower()}-{meeting.code[3:]}"
    window.text_input[0].input(typed)
    window.button[0].click().run()
    assert window.query_params["code"] == meeting.code
    assert titles(window) != [SAY("page.which_code")]


@pytest.mark.parametrize("page", ["facilitate", "screen"])
@pytest.mark.parametrize("code", ["AAAAAA", "<b>", "K7M4PX" * 40, "é\x00"])
def test_a_code_that_is_not_known_says_so_kindly(guest: Guest, page: str, code: str) -> None:
    window = guest.opens(page, code)
    assert [warning.value for warning in window.warning] == [SAY("refused.code_unknown")]
    assert window.text_input[0].label == SAY("page.code_label")
