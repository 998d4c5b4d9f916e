"""Our own small pages: whole, light, in two languages, and nothing in them from outside."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from laveren.api.doors import FOLDER, asset
from laveren.api.front import Front
from laveren.house import House
from tests.meeting import Browser, Meeting

pytestmark = pytest.mark.anyio
Open = Callable[[], Browser]
MOST = 60_000  # bytes, gzipped, of all that the light door loads
MOST_REQUESTS = 6
PAGES = ("door", "access", "receipt")


@pytest.mark.parametrize("path", ["/meedoen", "/meedoen/K7M4PX", "/toegang", "/ontvangst"])
async def test_a_page_is_in_the_language_of_the_browser_with_the_texts_of_both(browser: Open, path: str) -> None:
    phone = browser()
    page = (await phone.http.get(path)).text
    assert '<html lang="nl"' in page
    assert "{{" not in page
    found = re.search(r'<script[^>]*id="texts"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found is not None
    assert set(json.loads(found[1])) == {"nl", "en"}
    await phone.http.get("/taal/en")
    assert '<html lang="en"' in (await phone.http.get(path)).text


def scripts_of(page: str) -> set[str]:
    """Every script of ours that a page loads, by itself or through another."""
    found, todo = set(), set(re.findall(r"/meedoen/static/([\w.]+)", page))
    while todo:
        name = todo.pop()
        found.add(name)
        script = asset(name)
        assert script is not None, name
        todo |= set(re.findall(r'from "\./([\w.]+)"', script.body.decode())) - found
    return found


async def test_the_light_door_is_light(browser: Open) -> None:
    phone = browser()
    page = await phone.http.get("/meedoen")
    names = scripts_of(page.text)
    assert {"door.js", "sheet.js", "outbox.js"} <= names
    sizes = [len(gzip.compress(page.content))] + [len(asset(name).packed) for name in names]  # type: ignore[union-attr]
    assert sum(sizes) <= MOST
    assert len(sizes) <= MOST_REQUESTS


async def test_nothing_in_our_pages_comes_from_outside(browser: Open) -> None:
    phone = browser()
    for path in ("/meedoen", "/toegang"):
        said = await phone.http.get(path)
        texts = said.text + "".join(asset(name).body.decode() for name in scripts_of(said.text))  # type: ignore[union-attr]
        assert set(re.findall(r"https?://[\w.]+", texts)) <= {"http://www.w3.org"}
        assert "default-src 'none'" in said.headers["content-security-policy"]


async def test_what_the_browser_has_already_is_not_sent_again(browser: Open) -> None:
    phone = browser()
    tag = (await phone.http.get("/meedoen/static/door.js")).headers["etag"]
    again = await phone.http.get("/meedoen/static/door.js", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", [
    "door.css", "door.html", "nergens.js", "..%2fdoors.py", "..%2F..%2Fcli.py", "%00.js",
])  # fmt: skip
async def test_only_scripts_of_ours_are_served(browser: Open, name: str) -> None:
    assert (await browser().http.get(f"/meedoen/static/{name}")).status_code == 404


def test_every_file_of_the_door_is_used() -> None:
    pages = [(FOLDER / f"{name}.html").read_text("utf-8") for name in PAGES]
    scripts = set().union(*(scripts_of(page) for page in pages))
    used = scripts | {f"{name}.html" for name in PAGES} | {"door.css", "plain.css"}
    assert {file.name for file in FOLDER.iterdir() if file.is_file()} == used


# ---- the front of the server ----


async def streamlit(scope: Any, _receive: Any, send: Any) -> None:
    """Stands in for Streamlit: its page, its settings, its socket."""
    page = b'<!doctype html><html lang="en"><title>Streamlit</title><script>let a = 1</script></html>'
    body = b'{"allowedOrigins": ["https://x"], "other": 1}' if "host-config" in scope["path"] else page
    headers = [(b"content-type", b"text/html"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body[:10], "more_body": True})
    await send({"type": "http.response.body", "body": body[10:]})


@pytest.fixture
def front(house: House) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(Front(streamlit, house)), base_url="http://laveren")


async def test_our_routes_are_answered_before_streamlits_with_safe_headers(
    front: httpx.AsyncClient, meeting: Meeting
) -> None:
    said = await front.get(f"/api/live?workshop={meeting.code}")
    assert said.json()["workshop"]["code"] == meeting.code
    assert (said.headers["x-content-type-options"], said.headers["referrer-policy"]) == ("nosniff", "no-referrer")


async def test_streamlits_page_gets_its_language_title_and_policy(front: httpx.AsyncClient) -> None:
    front.cookies.set("laveren_taal", "nl")
    said = await front.get("/begeleiden")
    assert '<html lang="nl"><title>Laveren</title>' in said.text
    assert int(said.headers["content-length"]) == len(said.content)
    policy = said.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy
    assert "'sha256-" in policy
    assert "script-src" in policy
    assert "'unsafe-inline'" not in policy.split("style-src")[0]


async def test_streamlit_shows_no_modal_and_trusts_no_other_origin(front: httpx.AsyncClient) -> None:
    said = (await front.get("/_stcore/host-config")).json()
    assert said == {"allowedOrigins": [], "other": 1, "blockErrorDialogs": True}
