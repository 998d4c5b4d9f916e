"""The frame around every page: which pages this visitor sees, the other language, and a bare projector."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
import streamlit as st

from laveren.workshop.rights import Seat
from tests.meeting import Meeting, make_meeting
from tests.ui.visiting import PATHS, SAY, Guest, sent

FOR_ALL = ["home", "join", "screen", "facilitate", "guide"]


@dataclass
class Frame:
    """What Streamlit was told to draw around the page."""

    seen: list[str]
    position: str


@pytest.fixture
def frame(monkeypatch: pytest.MonkeyPatch) -> Frame:
    found, navigation = Frame([], ""), st.navigation

    def watched(pages: Any, *, position: Any) -> Any:
        names = {title: name for name in PATHS if (title := SAY(f"nav.{name}"))}
        found.seen = [names[page.title] for page in pages if page.visibility == "visible"]
        found.position = position
        return navigation(pages, position=position)

    monkeypatch.setattr(st, "navigation", watched)
    return found


def test_without_a_key_the_menu_has_what_the_room_needs(guest: Guest, frame: Frame) -> None:
    guest.opens("home")
    assert frame.seen == FOR_ALL


@pytest.mark.parametrize(
    ("seat", "more"),
    [
        (Seat.ORGANISER, {"workshops", "cases", "themes", "codebook", "coding"}),
        (Seat.FACILITATOR, {"cases"}),
        (Seat.HELPER, set()),
    ],
)
def test_a_key_adds_to_the_menu_what_it_opens(
    guest: Guest, frame: Frame, meeting: Meeting, seat: Seat, more: set[str]
) -> None:
    guest.holds(meeting.key(seat)).opens("home")
    assert set(frame.seen) - set(FOR_ALL) == more


@pytest.mark.parametrize("page", PATHS)
def test_the_projector_and_the_door_have_no_menu_around_them(guest: Guest, frame: Frame, page: str) -> None:
    window = guest.opens(page)
    bare = page in ("screen", "join")
    assert frame.position == ("hidden" if bare else "top")
    assert ("/taal/en" in sent(window)) is not bare


def test_the_other_language_is_one_click_and_leads_back_here(guest: Guest, meeting: Meeting) -> None:
    guest.holds(meeting.key(Seat.FACILITATOR))
    assert f'href="/taal/en?terug=/begeleiden%3Fcode%3D{meeting.code}"' in _links(guest, "facilitate", meeting.code)
    assert 'href="/taal/en?terug=/uitleg"' in _links(guest, "guide")
    assert 'href="/taal/nl?terug=/"' in _links(guest.speaks("en"), "home")


def test_the_way_back_cannot_carry_markup(guest: Guest) -> None:
    assert "<b>" not in _links(guest, "home", '"><b>')


def _links(guest: Guest, page: str, code: str = "") -> str:
    return "\n".join(str(one.proto.body) for one in guest.opens(page, code).get("html"))


def test_a_database_with_examples_says_so_on_every_page(guest: Guest) -> None:
    assert SAY("demo_banner") not in sent(guest.opens("home"))
    make_meeting(guest.house, demo=True)
    assert SAY("demo_banner") in sent(guest.opens("home"))
    assert SAY("demo_banner") in sent(guest.opens("guide"))
