"""The light door brings the room of its address along, and tells a guesser no more than the other routes do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from laveren.api.guessing import WrongCodes
from tests.meeting import Browser, Meeting, make_meeting

pytestmark = pytest.mark.anyio
Open = Callable[[], Browser]


def brought_along(page: str) -> tuple[bool, str]:
    """Whether the page takes its reader for a newcomer, and what it says of the room."""
    (found,) = re.findall(r'<script type="application/json"( data-new)? id="room">(.*?)</script>', page, re.DOTALL)
    return bool(found[0]), found[1]


async def test_the_page_of_a_code_holds_what_everybody_may_see_of_the_room(browser: Open, meeting: Meeting) -> None:
    phone = browser()
    said = await phone.http.get(f"/meedoen/{meeting.code.lower()}")
    asked = (await phone.http.get(f"/api/live?workshop={meeting.code}&topic=step")).json()
    new, room = brought_along(said.text)
    assert new
    assert {key: value for key, value in json.loads(room).items() if key != "now"} == {
        key: value for key, value in asked.items() if key != "now"
    }
    assert said.headers["cache-control"] == "no-store", "a room that moved on must not come from a cache"


async def test_who_joined_is_no_newcomer(browser: Open, meeting: Meeting) -> None:
    phone = browser()
    await phone.joins(meeting.code)
    assert not brought_along((await phone.http.get(f"/meedoen/{meeting.code}")).text)[0]


async def test_a_title_cannot_end_the_script_it_stands_in(browser: Open, house: Any) -> None:
    title = '</script><script>alert(1)</script> id="room"> {{style}}'
    meeting = make_meeting(house, title=title)
    page = (await browser().http.get(f"/meedoen/{meeting.code}")).text
    assert json.loads(brought_along(page)[1])["workshop"]["title"] == title
    assert "<script>alert" not in page


async def test_a_code_nobody_knows_is_said_and_counts_as_a_guess(browser: Open, meeting: Meeting) -> None:
    guesser = browser()
    for _ in range(WrongCodes.LIMIT):
        assert brought_along((await guesser.http.get("/meedoen/AAAAAA")).text)[1] == "null"
    assert brought_along((await guesser.http.get(f"/meedoen/{meeting.code}")).text)[1] == ""
    assert (await guesser.joins(meeting.code)).status_code == 429


async def test_without_a_code_the_page_knows_of_no_room(browser: Open) -> None:
    said = await browser().http.get("/meedoen")
    assert brought_along(said.text) == (False, "")
    assert said.headers["cache-control"] == "no-cache"
