"""Our routes as a browser meets them: clear answers to whatever is sent, and nothing lost."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from laveren.api import guessing
from laveren.api.asking import KEY_COOKIE, MAX_BODY, PARTICIPANT_COOKIE
from laveren.api.routes import api_routes
from laveren.house import House
from laveren.store import tables
from laveren.workshop.rights import Seat
from tests.meeting import Browser, Meeting, make_meeting

pytestmark = pytest.mark.anyio
Open = Callable[[], Browser]
HINDRANCE = "1.hindernis"


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


# ---- joining ----


async def test_with_the_code_one_is_in_and_the_cookie_is_out_of_reach_of_scripts(
    browser: Open, meeting: Meeting
) -> None:
    phone = browser()
    said = await phone.joins(meeting.code.lower())
    assert said.status_code == 200
    assert said.json()["code"] == meeting.code
    assert re.fullmatch(r"(\w{4}-){2}\w{4}", said.json()["receipt"])
    cookie = said.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert (await phone.sheet())["me"] == {"role": "uitvoerder", "group": 1, "chair": 0, "pen": "free"}


async def test_joining_again_is_the_same_participant_with_everything_they_wrote(
    browser: Open, meeting: Meeting
) -> None:
    phone = browser()
    await phone.joins(meeting.code)
    await phone.puts(HINDRANCE, "van mij")
    again = await phone.joins(meeting.code, role="beleid", group=3)
    assert again.json() == {"code": meeting.code}
    sheet = await phone.sheet()
    assert sheet["me"] == {"role": "beleid", "group": 3, "chair": 0, "pen": "free"}
    assert [answer["value"] for answer in sheet["answers"]] == ["van mij"]
    assert len(meeting.rows(tables.participant)) == 1


async def test_somebody_else_on_the_same_laptop_finds_an_empty_sheet(browser: Open, meeting: Meeting) -> None:
    laptop = browser()
    await laptop.joins(meeting.code)
    await laptop.puts(HINDRANCE, "van de eerste")
    said = await laptop.joins(meeting.code, fresh=True)
    assert "receipt" in said.json()
    assert (await laptop.sheet())["answers"] == []
    assert len(meeting.rows(tables.participant)) == 2


async def test_after_reopening_a_browser_comes_back_with_its_receipt_to_its_role_table_and_answers(
    browser: Open, meeting: Meeting
) -> None:
    phone = browser()
    receipt = (await phone.joins(meeting.code, role="beleid", group=2)).json()["receipt"]
    await phone.puts(HINDRANCE, "van mij")
    meeting.steer("next")
    meeting.steer("close")
    assert (await phone.http.get("/api/worksheet")).status_code == 401
    meeting.steer("reopen")
    assert (await phone.http.post("/api/join", json={"code": meeting.code, "receipt": receipt})).status_code == 200
    sheet = await phone.sheet()
    assert sheet["me"] == {"role": "beleid", "group": 2, "chair": 0, "pen": "free"}
    assert [answer["value"] for answer in sheet["answers"]] == ["van mij"]


async def test_a_code_nobody_knows_is_kindly_refused(browser: Open, meeting: Meeting) -> None:
    said = await browser().joins("AAAAAA" if meeting.code != "AAAAAA" else "CCCCCC")
    assert said.status_code == 404
    assert said.json()["error"] == "code_unknown"
    assert "Deze code kennen we niet" in said.json()["fields"]["code"]


async def test_the_refusal_is_in_the_language_of_the_browser(browser: Open) -> None:
    phone = browser()
    dutch = (await phone.http.get("/api/worksheet")).json()["message"]
    await phone.http.get("/taal/en")
    from laveren.texts import reader

    assert dutch == reader("nl")("refused.nobody")
    assert (await phone.http.get("/api/worksheet")).json()["message"] == reader("en")("refused.nobody")


async def test_a_closed_meeting_says_so(browser: Open, meeting: Meeting) -> None:
    meeting.steer("next")
    meeting.steer("close")
    said = await browser().joins(meeting.code)
    assert (said.status_code, said.json()["error"]) == (410, "closed")


@pytest.mark.parametrize(("body", "field"), [
    ({"role": "burgemeester"}, "role"),
    ({"group": 99}, "group"),
    ({"group": "een"}, "group"),
    ({"code": 7}, "code"),
    ({"code": "x" * 41}, "code"),
    ({"naam": "Piet"}, "naam"),
])  # fmt: skip
async def test_what_cannot_be_is_refused_by_the_name_of_the_field(
    browser: Open, meeting: Meeting, body: dict[str, Any], field: str
) -> None:
    said = await browser().http.post("/api/join", json={"code": meeting.code, "role": "anders"} | body)
    assert (said.status_code, said.json()["error"]) == (422, "invalid")
    assert list(said.json()["fields"]) == [field]
    assert meeting.rows(tables.participant) == []


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"\x00", b"\xff\xfe", b'"x"', b'{"code": "\\ud800"}', b"null"])
async def test_what_is_no_json_is_refused_and_breaks_nothing(browser: Open, raw: bytes) -> None:
    said = await browser().http.post("/api/join", content=raw)
    assert (said.status_code, said.json()["error"]) == (422, "invalid")


async def test_a_whole_room_behind_one_address_gets_in(browser: Open, meeting: Meeting) -> None:
    people = [browser() for _ in range(guessing.WrongCodes.LIMIT + 20)]
    assert {(await one.joins(meeting.code)).status_code for one in people} == {200}


async def test_who_keeps_guessing_has_to_wait_a_minute(
    browser: Open, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    guesser, inside = browser(), browser()
    await inside.joins(meeting.code)
    for _ in range(guessing.WrongCodes.LIMIT):
        assert (await guesser.joins("AAAAAA")).status_code == 404
    said = await guesser.joins("AAAAAA")
    assert (said.status_code, said.json()["error"]) == (429, "too_many_tries")
    assert (await guesser.http.get("/api/live?workshop=AAAAAA&topic=step")).status_code == 429
    assert (await guesser.http.post("/api/key", json={"key": "b.AAAAAA.x"})).status_code == 429
    # who is in already, at the same address, notices nothing
    assert (await inside.http.get(f"/api/live?workshop={meeting.code}&topic=step")).status_code == 200
    assert (await inside.puts(HINDRANCE, "gaat door")).status_code == 200
    assert (await inside.sheet())["answers"]
    later = guessing.time.monotonic() + guessing.WrongCodes.WINDOW + 1
    monkeypatch.setattr("laveren.api.guessing.time.monotonic", lambda: later)
    assert (await guesser.joins(meeting.code)).status_code == 200


# ---- the cookie ----


@pytest.mark.parametrize("cookie", ["x", "", "a" * 5000, "%00", "'; --", "null"])
async def test_a_cookie_that_was_tampered_with_is_nobody_and_loses_nothing(
    browser: Open, meeting: Meeting, cookie: str
) -> None:
    phone = browser()
    await phone.joins(meeting.code)
    true = phone.http.cookies[PARTICIPANT_COOKIE]
    await phone.puts(HINDRANCE, "van mij")
    phone.http.cookies.clear()
    phone.http.cookies.set(PARTICIPANT_COOKIE, cookie)
    for said in (
        await phone.http.get("/api/worksheet"),
        await phone.puts(HINDRANCE, "van een ander"),
        await phone.http.post("/api/done", json={"done": True}),
    ):
        assert (said.status_code, said.json()["error"]) == (401, "nobody")
    phone.http.cookies.clear()
    phone.http.cookies.set(PARTICIPANT_COOKIE, true)
    assert [answer["value"] for answer in (await phone.sheet())["answers"]] == ["van mij"]


async def test_two_tabs_of_one_participant_see_the_same_and_the_last_word_counts(
    browser: Open, meeting: Meeting
) -> None:
    tab = browser()
    await tab.joins(meeting.code)
    other = browser()
    other.http.cookies.update(tab.http.cookies)
    id = str(uuid.uuid4())
    await tab.puts(HINDRANCE, "uit tab een", id=id, revision=1, state="draft")
    assert [answer["id"] for answer in (await other.sheet())["answers"]] == [id]
    await other.puts(HINDRANCE, "uit tab twee", id=id, revision=2)
    behind = await tab.puts(HINDRANCE, "nog steeds tab een", id=id, revision=2)
    assert behind.status_code == 200
    assert (behind.json()["revision"], behind.json()["value"]) == (2, "uit tab twee")
    await tab.puts(HINDRANCE, "nog steeds tab een", id=id, revision=3)
    for one in (tab, other):
        assert [answer["value"] for answer in (await one.sheet())["answers"]] == ["nog steeds tab een"]


# ---- answers ----


async def test_an_answer_is_acknowledged_with_its_id_and_revision_once_it_is_kept(
    browser: Open, meeting: Meeting
) -> None:
    phone, id = browser(), str(uuid.uuid4())
    await phone.joins(meeting.code)
    said = await phone.puts(HINDRANCE, "kaart", id=id, source="wet")
    assert said.status_code == 200
    assert set(said.json()) == {"id", "revision", "stored_at"}
    assert (said.json()["id"], said.json()["revision"]) == (id, 1)


async def test_an_older_revision_gets_the_newer_back(browser: Open, meeting: Meeting) -> None:
    phone, id = browser(), str(uuid.uuid4())
    await phone.joins(meeting.code)
    await phone.puts(HINDRANCE, "nieuw", id=id, revision=5)
    said = await phone.puts(HINDRANCE, "oud", id=id, revision=4)
    assert said.status_code == 200
    assert (said.json()["revision"], said.json()["value"], said.json()["state"]) == (5, "nieuw", "submitted")


@pytest.mark.parametrize(("more", "field"), [
    ({"prompt": "1.bestaat_niet"}, "prompt"),
    ({"prompt": "9.hindernis"}, "prompt"),
    ({"value": "x" * 10_000}, "value"),
    ({"value": 7}, "value"),
    ({"value": {"a": 1}}, "value"),
    ({"value": " "}, "value"),
    ({"source": "zomaar"}, "source"),
    ({"state": "weg"}, "state"),
    ({"revision": 0}, "revision"),
    ({"revision": 10**12}, "revision"),
    ({"link": "x" * 37}, "link"),
    ({"extra": 1}, "extra"),
])  # fmt: skip
async def test_what_cannot_be_kept_names_the_field_and_leaves_what_was_there(
    browser: Open, meeting: Meeting, more: dict[str, Any], field: str
) -> None:
    phone, id = browser(), str(uuid.uuid4())
    await phone.joins(meeting.code)
    await phone.puts(HINDRANCE, "eerst", id=id, revision=1)
    said = await phone.puts(**({"prompt": HINDRANCE, "value": "daarna", "id": id, "revision": 2} | more))
    assert (said.status_code, said.json()["error"]) == (422, "invalid")
    assert list(said.json()["fields"]) == [field]
    assert said.json()["fields"][field]
    assert [answer["value"] for answer in (await phone.sheet())["answers"]] == ["eerst"]


async def test_a_fourth_card_says_how_many_fit(browser: Open, meeting: Meeting) -> None:
    phone = browser()
    await phone.joins(meeting.code)
    for n in range(3):
        assert (await phone.puts(HINDRANCE, f"kaart {n}")).status_code == 200
    said = await phone.puts(HINDRANCE, "vierde")
    assert said.status_code == 422
    assert "3" in said.json()["fields"]["prompt"]
    assert len((await phone.sheet())["answers"]) == 3


async def test_an_id_that_is_no_uuid_is_refused(browser: Open, meeting: Meeting) -> None:
    phone = browser()
    await phone.joins(meeting.code)
    said = await phone.puts(HINDRANCE, "kaart", id="zomaar")
    assert (said.status_code, list(said.json()["fields"])) == (422, ["id"])


async def test_more_than_any_answer_needs_is_too_much(browser: Open, meeting: Meeting) -> None:
    phone = browser()
    await phone.joins(meeting.code)
    assert (await phone.puts(HINDRANCE, "x" * MAX_BODY)).status_code == 413

    async def chunks() -> Any:
        for _ in range(MAX_BODY // 1000 + 2):
            yield b"x" * 1000

    said = await phone.http.put(f"/api/answers/{uuid.uuid4()}", content=chunks())
    assert said.status_code == 413


async def test_ten_thousand_emoji_are_kept_as_a_draft(browser: Open, meeting: Meeting) -> None:
    phone = browser()
    await phone.joins(meeting.code)
    assert (await phone.puts(HINDRANCE, "🙃" * 10_000, state="draft")).status_code == 200
    assert [len(answer["value"]) for answer in (await phone.sheet())["answers"]] == [10_000]


async def test_somebody_elses_answer_is_refused(browser: Open, meeting: Meeting) -> None:
    phone, other, id = browser(), browser(), str(uuid.uuid4())
    await phone.joins(meeting.code)
    await other.joins(meeting.code)
    await phone.puts(HINDRANCE, "van mij", id=id)
    said = await other.puts(HINDRANCE, "van jou", id=id, revision=2)
    assert (said.status_code, said.json()["error"]) == (403, "not_yours")


async def test_after_the_close_the_receipt_still_reads_and_takes_back(browser: Open, meeting: Meeting) -> None:
    phone, id = browser(), str(uuid.uuid4())
    receipt = (await phone.joins(meeting.code)).json()["receipt"]
    await phone.puts(HINDRANCE, "spijt", id=id)
    meeting.steer("next")
    meeting.steer("close")
    assert (await phone.puts(HINDRANCE, None, id=id, revision=2, state="withdrawn")).status_code == 401
    sheet = (await phone.http.get("/api/worksheet", headers=bearer(receipt))).json()
    assert [prompt["id"] for prompt in sheet["prompts"]] == ["slot.helpt", "slot.mee"]
    said = await phone.puts(HINDRANCE, None, id=id, revision=2, state="withdrawn", headers=bearer(receipt))
    assert said.status_code == 200
    assert [row["value"] for row in meeting.rows(tables.answer)] == [None]
    wrong = receipt[:-1] + ("A" if receipt[-1] != "A" else "C")
    assert (await phone.http.get("/api/worksheet", headers=bearer(wrong))).status_code == 401


async def test_done_is_said_and_unsaid(browser: Open, meeting: Meeting) -> None:
    phone = browser()
    await phone.joins(meeting.code)
    meeting.go_to("hindernis")
    for done in (True, False):
        assert (await phone.http.post("/api/done", json={"done": done})).status_code == 204
        assert (await phone.sheet())["done"] is done


# ---- keys and steering ----


async def test_a_key_becomes_a_cookie_out_of_reach_of_scripts_and_says_where_it_leads(
    browser: Open, meeting: Meeting
) -> None:
    desk = browser()
    said = await desk.http.post("/api/key", json={"key": meeting.key(Seat.FACILITATOR)})
    assert said.json() == {"to": f"/begeleiden?code={meeting.code}"}
    assert "HttpOnly" in said.headers["set-cookie"]
    said = await desk.http.post("/api/key", json={"key": meeting.key(Seat.ORGANISER)})
    assert said.json() == {"to": "/bijeenkomsten"}
    assert len(desk.http.cookies[KEY_COOKIE].strip('"').split("~")) == 2


@pytest.mark.parametrize("seat", [Seat.ORGANISER, Seat.FACILITATOR])
@pytest.mark.parametrize("how", ["cookie", "bearer"])
async def test_facilitator_and_organiser_may_steer(browser: Open, meeting: Meeting, seat: Seat, how: str) -> None:
    desk, headers = browser(), {}
    if how == "cookie":
        await desk.http.post("/api/key", json={"key": meeting.key(seat)})
    else:
        headers = bearer(meeting.key(seat))
    said = await desk.http.post(
        f"/api/workshops/{meeting.code.lower()}/steer", json={"action": "next"}, headers=headers
    )
    assert said.status_code == 200
    assert {key: said.json()[key] for key in ("code", "state", "round", "step", "paused")} == {
        "code": meeting.code, "state": "bezig", "round": 1, "step": 1, "paused": False,
    }  # fmt: skip


@pytest.mark.parametrize("who", ["nobody", "a participant", "a helper", "another meeting", "a changed key"])
async def test_nobody_else_may_steer(browser: Open, house: House, meeting: Meeting, who: str) -> None:
    desk = browser()
    if who == "a participant":
        await desk.joins(meeting.code)
    key = meeting.key(Seat.FACILITATOR)
    keys = {
        "a helper": meeting.key(Seat.HELPER),
        "another meeting": make_meeting(house).key(Seat.FACILITATOR),
        "a changed key": key[:-1] + ("a" if key[-1] != "a" else "b"),
    }
    headers = bearer(keys[who]) if who in keys else {}
    said = await desk.http.post(f"/api/workshops/{meeting.code}/steer", json={"action": "next"}, headers=headers)
    assert (said.status_code, said.json()["error"]) == (403, "no_key")
    assert meeting.room.state == "voorbereid"


@pytest.mark.parametrize("key", ["", "x", "b.AAAAAA.abc"])
async def test_a_key_that_fits_nowhere_gets_no_cookie(browser: Open, key: str) -> None:
    said = await browser().http.post("/api/key", json={"key": key})
    assert (said.status_code, said.json()["error"]) == (403, "key_unknown")
    assert "set-cookie" not in said.headers


async def test_two_quick_clicks_move_one_step_and_the_second_hears_where_the_room_is(
    browser: Open, meeting: Meeting
) -> None:
    desk = browser()
    await desk.http.post("/api/key", json={"key": meeting.key(Seat.FACILITATOR)})
    click = {"action": "next", "expected_version": meeting.room.version}
    to = f"/api/workshops/{meeting.code}/steer"
    first, second = await desk.http.post(to, json=click), await desk.http.post(to, json=click)
    assert (first.status_code, second.status_code) == (200, 409)
    said = second.json()
    assert (said["error"], said["step"], said["version"]) == ("room_moved_on", 1, first.json()["version"])
    assert said["message"]


@pytest.mark.parametrize(("action", "status"), [("dansen", 422), ("undo", 422), ("back", 409)])
async def test_an_action_that_cannot_be_says_why(browser: Open, meeting: Meeting, action: str, status: int) -> None:
    said = await browser().http.post(
        f"/api/workshops/{meeting.code}/steer",
        json={"action": action},
        headers=bearer(meeting.key(Seat.FACILITATOR)),
    )
    assert said.status_code == status
    assert said.json()["message"]


async def test_the_organiser_hears_that_a_workshop_is_not_there(browser: Open, meeting: Meeting) -> None:
    key = meeting.key(Seat.ORGANISER)
    said = await browser().http.post("/api/workshops/AAAAAA/steer", json={"action": "next"}, headers=bearer(key))
    assert said.status_code == 404


# ---- language ----


@pytest.mark.parametrize(("back", "to"), [
    ("/themas?regio=Oost", "/themas?regio=Oost"),
    ("//evil.example", "/"),
    ("/\\evil.example", "/"),
    ("\\\\evil.example", "/"),
    ("https://evil.example", "/"),
    ("evil.example", "/"),
    ("javascript:alert(1)", "/"),
    ("", "/"),
])  # fmt: skip
async def test_the_language_is_kept_and_the_way_back_never_leaves_this_house(browser: Open, back: str, to: str) -> None:
    phone = browser()
    said = await phone.http.get("/taal/en", params={"terug": back})
    assert (said.status_code, said.headers["location"]) == (303, to)
    assert phone.http.cookies["laveren_taal"] == "en"


@pytest.mark.parametrize("trick", ["/\t/evil.example", "/\n/evil.example", "/\r\n/evil.example"])
async def test_a_blank_that_browsers_skip_does_not_make_another_host_of_it(browser: Open, trick: str) -> None:
    to = (await browser().http.get("/taal/nl", params={"terug": trick})).headers["location"]
    assert not re.match(r"/[\s/\\]", to)


async def test_a_language_we_do_not_speak_is_not_found(browser: Open) -> None:
    assert (await browser().http.get("/taal/fr")).status_code == 404


# ---- what the server says of itself ----


async def test_health_says_whether_the_database_answers(browser: Open) -> None:
    said = await browser().http.get("/api/health")
    assert (said.status_code, said.json()["status"], said.json()["database"]) == (200, "ok", "ok")


async def test_health_is_503_when_the_database_does_not_answer(browser: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_self: object) -> None:
        raise OSError("no disk")

    monkeypatch.setattr("laveren.store.Store.read", broken)
    said = await browser().http.get("/api/health")
    assert (said.status_code, said.json()["status"]) == (503, "down")


async def test_openapi_describes_every_route_there_is(browser: Open) -> None:
    described = (await browser().http.get("/api/openapi.json")).json()
    assert described["openapi"].startswith("3.1")
    there = {(route.path, method.lower()) for route in api_routes() for method in (route.methods or ())}
    told = {(path, method) for path, methods in described["paths"].items() for method in methods}
    assert there - {(path, "head") for path, _ in there} - {("/api/openapi.json", "get")} == told
    put = described["paths"]["/api/answers/{id}"]["put"]
    assert set(put["requestBody"]["content"]["application/json"]["schema"]["required"]) == {
        "revision", "state", "prompt",
    }  # fmt: skip


async def test_no_answer_of_ours_carries_a_token_a_salt_or_a_hash(browser: Open, meeting: Meeting) -> None:
    phone = browser()
    await phone.joins(meeting.code)
    meeting.go_to("hindernis")
    await phone.puts(HINDRANCE, "kaart")
    said = json.dumps(await phone.sheet()) + (await phone.http.get(f"/api/live?workshop={meeting.code}")).text
    row = meeting.rows(tables.participant)[0]
    for secret in (meeting.room.salt, row["token_hash"], row["receipt_hash"], meeting.key(Seat.FACILITATOR)):
        assert secret not in said
