"""Start: three kinds of people, three ways in; and who holds a key finds their meetings back."""

from __future__ import annotations

from laveren.workshop.rights import Seat
from tests.meeting import Meeting, make_meeting
from tests.ui.visiting import SAY, Guest, sent


def ways(guest: Guest) -> str:
    return "\n".join(str(one.proto.body) for one in guest.opens("home").get("html"))


def test_everybody_finds_a_way_in(guest: Guest) -> None:
    window = guest.opens("home")
    everybody = ("participant", "facilitator", "organiser")
    assert [one.value for one in window.subheader] == [SAY(f"home.{who}") for who in everybody]
    found = ways(guest)
    assert f'class="way" href="/meedoen" target="_self">{SAY("home.participant_go")}' in found
    assert found.count('href="/toegang"') == 2
    assert "/bijeenkomsten" not in found


def test_the_organiser_goes_straight_to_the_meetings(guest: Guest) -> None:
    guest.holds(guest.house.keys.make(Seat.ORGANISER))
    assert f'href="/bijeenkomsten" target="_self">{SAY("home.prepare_go")}' in ways(guest)


def test_who_holds_a_key_finds_that_meeting_and_no_other(guest: Guest, meeting: Meeting) -> None:
    mine = make_meeting(meeting.house, title="De *mijne*")
    guest.holds(mine.key(Seat.FACILITATOR))
    window = guest.opens("home")
    assert [text.value for text in window.text] == [f"De *mijne* · {mine.code}"]
    assert f"/begeleiden?code={mine.code}" in ways(guest)
    assert f"/scherm?code={mine.code}" in ways(guest)
    assert meeting.code not in sent(window)


def test_in_english_the_ways_are_the_same(guest: Guest) -> None:
    assert ways(guest.speaks("en")).count("href=") == ways(guest.speaks("nl")).count("href=")
    assert SAY("home.title") not in sent(guest.speaks("en").opens("home"))
