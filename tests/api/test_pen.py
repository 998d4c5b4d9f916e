"""Who writes for the table, over the wire: asked with a cookie, told to table-mates and to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from laveren.house import House
from laveren.live import bus
from laveren.texts import reader
from laveren.workshop.rights import Seat
from laveren.workshop.rounds import RoundPlan
from tests.meeting import Browser, Meeting, a_case, a_method, a_step, furnished, make_meeting, twists

pytestmark = pytest.mark.anyio
Open = Callable[[], Browser]
CASES = [a_case(name.lower(), name, wendingen=twists(f"{name} belt terug")) for name in ("Anna", "Bram", "Carl")]
METHOD = a_method("tafels", a_step({"id": "zin", "type": "kort", "vraag": "Wat wil [naam]?"}, who="groep"))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bus, "GAP", 0.02)


@pytest.fixture
def three(house: House) -> Meeting:
    """Three tables, each with a case of its own, in the lobby."""
    plan = [RoundPlan("tafels", ("anna", "bram", "carl"))]
    return make_meeting(furnished(house, *CASES, METHOD), rounds=plan, groups=3)


async def test_taking_the_pen_and_letting_it_go_is_told_to_ones_own_worksheet(browser: Open, meeting: Meeting) -> None:
    phone = browser()
    await phone.joins(meeting.code)
    said = await phone.takes_the_pen()
    assert (said.status_code, said.content) == (204, b"")
    assert (await phone.sheet())["me"]["pen"] == "mine"
    await phone.takes_the_pen(False)
    assert (await phone.sheet())["me"]["pen"] == "free"


async def test_table_mates_hear_of_it_and_others_do_not(browser: Open, meeting: Meeting) -> None:
    writer, mate, elsewhere, nowhere = (browser() for _ in range(4))
    for phone, table in ((writer, 3), (mate, 3), (elsewhere, 4), (nowhere, None)):
        await phone.joins(meeting.code, group=table)
    async with (
        mate.listens(meeting.code) as near,
        elsewhere.listens(meeting.code) as far,
        nowhere.listens(meeting.code) as away,
    ):
        for stream in (near, far, away):
            await stream.next()
        await writer.takes_the_pen()
        assert (await near.until("table")).data == {}
        assert (await mate.sheet())["me"]["pen"] == "taken"
        meeting.steer("next")
        heard = []
        for stream in (far, away):
            await stream.until("step", lambda room: room["step"] is not None)
            heard += stream.heard
        assert "table" not in {event.kind for event in heard}


async def test_who_leaves_with_the_pen_is_heard_at_the_table_that_is_left(browser: Open, meeting: Meeting) -> None:
    writer, mate = browser(), browser()
    await writer.joins(meeting.code, group=3)
    await mate.joins(meeting.code, group=3)
    await writer.takes_the_pen()
    async with mate.listens(meeting.code) as near:
        await near.next()
        await writer.joins(meeting.code, group=1)
        await near.until("table")
        assert (await mate.sheet())["me"]["pen"] == "free"


async def test_without_a_table_it_is_kindly_refused(browser: Open, meeting: Meeting) -> None:
    phone = browser()
    await phone.joins(meeting.code, group=None)
    said = await phone.takes_the_pen()
    assert (said.status_code, said.json()["error"]) == (422, "invalid")
    assert said.json()["fields"]["take"] == reader("nl")("refused.no_table")


async def test_who_is_not_in_is_told_so(browser: Open, meeting: Meeting) -> None:
    assert (await browser().takes_the_pen()).status_code == 401
    assert meeting.room


@pytest.mark.parametrize("body", [{}, {"take": "misschien"}, {"take": None}, [], "ja"])
async def test_what_is_no_yes_or_no_is_refused(browser: Open, meeting: Meeting, body: Any) -> None:
    phone = browser()
    await phone.joins(meeting.code)
    said = await phone.http.post("/api/pen", json=body)
    assert (said.status_code, said.json()["message"]) == (422, reader("nl")("refused.fields_wrong"))


# ---- a stream for each table ----


async def test_each_table_hears_of_a_step_with_its_own_case(browser: Open, three: Meeting) -> None:
    phones = [browser() for _ in range(4)]
    for phone, table in zip(phones, (1, 2, 3, None), strict=True):
        await phone.joins(three.code, group=table)
    async with (
        phones[0].listens(three.code) as first,
        phones[1].listens(three.code) as second,
        phones[2].listens(three.code) as third,
        phones[3].listens(three.code) as fourth,
    ):
        for stream in (first, second, third, fourth):
            await stream.next()
        three.steer("next")
        three.steer("reveal")
        for stream, name in zip((first, second, third, fourth), ("Anna", "Bram", "Carl", "Anna"), strict=True):
            event = await stream.until("step", lambda room: bool(room["step"] and room["step"]["twist"]))
            assert event.data["case"]["title"] == f"De zaak van {name}"
            assert [twist["title"] for twist in event.data["case"]["twists"]] == [f"{name} belt terug"]


async def test_without_a_stream_the_same_address_gives_the_case_of_ones_table(browser: Open, three: Meeting) -> None:
    phone = browser()
    await phone.joins(three.code, group=2)
    three.steer("next")
    room = (await phone.http.get(f"/api/live?workshop={three.code}&topic=step")).json()
    assert room["case"]["title"] == "De zaak van Bram"
    stranger = (await browser().http.get(f"/api/live?workshop={three.code}&topic=step")).json()
    assert stranger["case"]["title"] == "De zaak van Anna"


async def test_when_a_table_goes_while_it_writes_its_people_and_all_others_still_hear(
    browser: Open, three: Meeting
) -> None:
    """The table that goes is the only one with the third case; its streams are open."""
    three.steer("next")
    left, stays = browser(), browser()
    await left.joins(three.code, group=3)
    await stays.joins(three.code, group=1)
    draft = (await left.puts("1.zin", "nog niet af", state="draft")).json()
    async with left.listens(three.code) as gone, stays.listens(three.code) as here:
        await gone.next()
        await here.next()
        three.replan(groups=2)
        version = three.room.version
        for stream in (gone, here):
            await stream.until("step", lambda room: room["workshop"]["version"] == version)
        await gone.until("table")
        sheet = await left.sheet()
        assert (sheet["me"]["group"], sheet["case"]["title"]) == (None, "De zaak van Anna")
        assert [answer["value"] for answer in sheet["answers"]] == ["nog niet af"]
    said = await left.puts("1.zin", "nu wel", id=draft["id"], revision=2)
    assert said.status_code == 200


async def test_when_adding_tables_is_undone_who_sat_down_there_hears_that_they_stand(
    browser: Open, three: Meeting
) -> None:
    three.replan(groups=5)
    phone = browser()
    await phone.joins(three.code, group=5)
    async with phone.listens(three.code) as stream:
        await stream.next()
        three.steer("undo")
        await stream.until("table")
        assert (await phone.sheet())["me"]["group"] is None


# ---- a clicker reveals ----


async def test_a_twist_can_be_revealed_and_taken_back_from_a_clicker(browser: Open, three: Meeting) -> None:
    three.steer("next")
    key = {"Authorization": f"Bearer {three.key(Seat.FACILITATOR)}"}
    clicker, path = browser(), f"/api/workshops/{three.code}/steer"
    said = await clicker.http.post(path, json={"action": "reveal"}, headers=key)
    assert (said.status_code, said.json()["step"]) == (200, 2)
    twice = await clicker.http.post(path, json={"action": "reveal"}, headers=key)
    assert (twice.status_code, twice.json()["error"], twice.json()["step"]) == (409, "twist_is_shown", 2)
    assert twice.json()["message"] == reader("nl")("refused.twist_is_shown")
    assert (await clicker.http.post(path, json={"action": "conceal"}, headers=key)).json()["step"] == 1
    nothing = await clicker.http.post(path, json={"action": "conceal"}, headers=key)
    assert (nothing.status_code, nothing.json()["message"]) == (422, reader("nl")("refused.no_twist_revealed"))
