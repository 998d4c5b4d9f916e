"""Scherm: the projector gets its data, in the language of the page, and needs no key."""

from __future__ import annotations

import json

import pytest

from tests.meeting import Meeting
from tests.ui.visiting import Guest, drawn, sound


def test_the_projector_follows_the_room(guest: Guest, meeting: Meeting) -> None:
    window = guest.opens("screen", meeting.code)
    assert drawn(window, "screen")["mode"] == "lobby"
    meeting.go_to("hindernis")
    kept = meeting.someone().gives("1.hindernis", "de brief kwam **te laat**")
    data = drawn(sound(window.run()), "screen")
    assert data["ask"]["question"] == "Waar loop je tegenaan?"
    assert "te laat" not in json.dumps(data)
    meeting.moderate("spotlight", kept.id)
    assert drawn(sound(window.run()), "screen")["cards"]["light"]["text"] == "de brief kwam **te laat**"
    meeting.steer("close")
    assert drawn(sound(window.run()), "screen")["mode"] == "closed"


def test_the_address_to_join_at_is_the_one_the_page_was_opened_with(guest: Guest, meeting: Meeting) -> None:
    lobby = drawn(guest.opens("screen", meeting.code), "screen")["lobby"]
    assert (lobby["address"], lobby["warning"]) == ("laveren.test:8501/meedoen", "")


def test_on_this_machine_it_shows_the_address_on_the_network(
    guest: Guest, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest.address = "http://localhost:8501"
    for own, shown, warned in (("192.168.1.20", "192.168.1.20", False), (None, "localhost", True)):
        monkeypatch.setattr("laveren.ui.address.network_address", lambda own=own: own)
        lobby = drawn(guest.opens("screen", meeting.code), "screen")["lobby"]
        assert (lobby["address"], bool(lobby["warning"])) == (f"{shown}:8501/meedoen", warned)


def test_the_projector_speaks_english_when_asked(guest: Guest, meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    data = drawn(guest.speaks("en").opens("screen", meeting.code), "screen")
    assert data["ask"]["question"] == "Where do you get stuck?"


def test_the_data_are_small_enough_to_be_sent_at_every_change(guest: Guest, meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    for n in range(60):
        meeting.someone().gives("1.hindernis", f"{n} " + "x" * 137)
    meeting.moderate("show_all")
    data = drawn(guest.opens("screen", meeting.code), "screen")
    assert len(data["cards"]["cards"]) == 60
    assert len(json.dumps(data)) < 60_000
