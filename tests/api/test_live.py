"""The event stream: how it stands at once, then what changes, to those whom it concerns."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from laveren.house import House
from laveren.live import bus, presence
from tests.meeting import Browser, Meeting, make_meeting

pytestmark = pytest.mark.anyio
Open = Callable[[], Browser]
HINDRANCE = "1.hindernis"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bus, "GAP", 0.02)


async def test_the_first_event_is_the_room_as_it_is_with_its_version_as_id(browser: Open, meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    async with browser().listens(meeting.code) as stream:
        event = await stream.next()
    assert (event.kind, event.id) == ("step", str(meeting.room.version))
    assert (event.data["workshop"]["code"], event.data["step"]["number"]) == (meeting.code, 2)


async def test_a_step_reaches_every_worksheet_and_the_board(browser: Open, meeting: Meeting) -> None:
    async with (
        browser().listens(meeting.code) as one,
        browser().listens(meeting.code) as other,
        browser().listens(meeting.code, "board") as board,
    ):
        for stream in (one, other, board):
            await stream.next()
        version = meeting.steer("next").version
        for stream in (one, other):
            event = await stream.until("step", lambda room: room["workshop"]["version"] == version)
            assert event.data["step"]["number"] == 1
        assert (await board.next()).kind == "board"


async def test_what_comes_in_reaches_the_board_and_no_other_worksheet(browser: Open, meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    writer = browser()
    await writer.joins(meeting.code)
    async with browser().listens(meeting.code) as sheet, browser().listens(meeting.code, "board") as board:
        await sheet.next()
        before = (await board.next()).data["version"]
        await writer.puts(HINDRANCE, "geheim")
        event = await board.until("board", lambda data: data["version"] > before)
        assert "geheim" not in str(event)
        assert sheet.heard == []


async def test_what_a_table_hands_in_is_told_to_that_table_and_a_draft_is_not(browser: Open, meeting: Meeting) -> None:
    meeting.go_to("tafel_hindernis")
    writer, mate, elsewhere = browser(), browser(), browser()
    await writer.joins(meeting.code, group=3)
    await mate.joins(meeting.code, group=3)
    await elsewhere.joins(meeting.code, group=4)
    async with mate.listens(meeting.code) as near, elsewhere.listens(meeting.code) as far:
        await near.next()
        await far.next()
        await writer.puts("1.verdieping", "nog niet af", state="draft")
        await writer.puts("1.tafel_hindernis", "de wachttijd")
        assert (await near.until("table")).data == {}
        meeting.steer("next")
        await near.until("step", lambda room: room["step"]["number"] == 7)
        await far.until("step", lambda room: room["step"]["number"] == 7)
        assert "table" not in {event.kind for event in [*near.heard, *far.heard]}
    values = [answer["value"] for answer in (await mate.sheet())["answers"]]
    assert values == ["de wachttijd"]


async def test_another_meeting_is_not_heard(browser: Open, house: House, meeting: Meeting) -> None:
    other = make_meeting(house)
    async with browser().listens(meeting.code) as ours, browser().listens(other.code) as theirs:
        await ours.next()
        await theirs.next()
        meeting.steer("next")
        await ours.next()
        assert theirs.heard == []


async def test_without_a_stream_the_same_address_gives_how_it_stands_once(browser: Open, meeting: Meeting) -> None:
    meeting.go_to("hindernis")
    phone = browser()
    room = (await phone.http.get(f"/api/live?workshop={meeting.code}&topic=step")).json()
    assert (room["step"]["number"], room["workshop"]["version"]) == (2, meeting.room.version)
    board = (await phone.http.get(f"/api/live?workshop={meeting.code}&topic=board")).json()
    assert board == {"version": meeting.room.board, "here": 0}


async def test_in_the_lobby_everybody_sees_who_comes_in(browser: Open, meeting: Meeting) -> None:
    first, second = browser(), browser()
    await first.joins(meeting.code)
    await second.joins(meeting.code)
    async with first.listens(meeting.code) as waiting:
        await waiting.until("step", lambda room: room["workshop"]["here"] == 1)
        async with second.listens(meeting.code):
            await waiting.until("step", lambda room: room["workshop"]["here"] == 2)


async def test_who_looks_without_having_joined_does_not_count(browser: Open, meeting: Meeting) -> None:
    async with browser().listens(meeting.code) as stream:
        assert (await stream.next()).data["workshop"]["here"] == 0


async def test_who_closes_the_page_is_gone_after_a_while(
    browser: Open, house: House, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = browser()
    await phone.joins(meeting.code)
    async with phone.listens(meeting.code) as stream:
        await stream.next()
        assert len(house.presence.here(meeting.room.id)) == 1
    later = presence.time.monotonic() + presence.STAY + 1
    monkeypatch.setattr(presence.time, "monotonic", lambda: later)
    assert house.presence.here(meeting.room.id) == set()
    assert house.bus._channels == {}


@pytest.mark.parametrize(("query", "status"), [("workshop=AAAAAA", 404), ("", 404), ("topic=alles", 422)])
async def test_a_stream_of_nothing_is_refused(browser: Open, query: str, status: int) -> None:
    said = await browser().http.get(f"/api/live?{query}", headers={"accept": "text/event-stream"})
    assert said.status_code == status
    assert said.json()["message"]


async def test_at_the_close_everybody_hears_what_the_room_came_to(browser: Open, meeting: Meeting) -> None:
    meeting.go_to("zin")
    phone = browser()
    await phone.joins(meeting.code)
    async with phone.listens(meeting.code) as stream:
        await stream.next()
        line = meeting.someone(2).gives("1.zin", "Kijk eerst")
        meeting.moderate("show", line.id)
        meeting.steer("close")
        event = await stream.until("step", lambda room: room["workshop"]["state"] == "gesloten")
    assert event.data["outcome"]["lines"][0]["text"] == "Kijk eerst"
    assert [prompt["id"] for prompt in event.data["prompts"]] == ["slot.helpt", "slot.mee"]
