"""Deelnemen: the light door inside the frame of the app."""

from __future__ import annotations

import pytest

from laveren.texts import reader
from tests.ui.visiting import Guest


def framed(guest: Guest, code: str = "") -> tuple[str, str]:
    (frame,) = guest.opens("join", code).get("iframe")
    return frame.proto.src, frame.proto.alt


def test_the_page_frames_the_one_worksheet_there_is(guest: Guest) -> None:
    assert framed(guest) == ("/meedoen", reader("nl")("join.frame"))
    assert framed(guest.speaks("en"))[1] == reader("en")("join.frame")


def test_a_code_in_the_address_goes_with_it(guest: Guest) -> None:
    assert framed(guest, "k7m-4px")[0] == "/meedoen/K7M4PX"


@pytest.mark.parametrize("code", ["../api", "K7M4PX/x", "javascript:alert(1)", "K7M4P", "//elders.nl", "É" * 6])
def test_what_is_no_code_leads_to_the_open_door(guest: Guest, code: str) -> None:
    assert framed(guest, code)[0] == "/meedoen"
