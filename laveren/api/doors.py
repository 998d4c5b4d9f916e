"""Serves our own small pages: the light door, one for a key, one for a receipt; read once, kept compressed."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from laveren.api import routes
from laveren.api.asking import PARTICIPANT_COOKIE, house_of, language
from laveren.texts import LANGUAGES, all_texts
from laveren.workshop.joining import find_code
from laveren.workshop.refusals import NotFound, Refused

FOLDER = Path(__file__).parent / "door"
ROOM = b' id="room">'  # where the page holds what the room of its address is at


@dataclass(frozen=True)
class Page:
    """Something served as it is, plain and gzipped, with the policy it needs."""

    body: bytes
    packed: bytes
    media_type: str
    policy: str | None = None
    cache: str = "no-cache"

    def answer(self, request: Request) -> Response:
        """The response; nothing when the browser has this very page already."""
        tag = f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'
        headers = {"ETag": tag, "Cache-Control": self.cache, "Vary": "Accept-Encoding, Cookie"}
        if self.policy:
            headers["Content-Security-Policy"] = self.policy
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            return Response(self.packed, headers=headers, media_type=self.media_type)
        return Response(self.body, headers=headers, media_type=self.media_type)


def _page(text: str, media_type: str, policy: str | None = None) -> Page:
    body = text.encode()
    return Page(body, gzip.compress(body, 9, mtime=0), media_type, policy)


def _in_script(data: Any) -> str:
    """JSON that stays inside its script element, whatever people typed."""
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")


@cache
def html_page(name: str, lang: str) -> Page:
    """`name`.html with the texts of both languages and its style put in."""
    style = (FOLDER / ("door.css" if name == "door" else "plain.css")).read_text("utf-8")
    section = {one: all_texts(one)[name] for one in LANGUAGES}
    page = (FOLDER / f"{name}.html").read_text("utf-8")
    for mark, text in {"lang": lang, "texts": _in_script(section), "style": style}.items():
        page = page.replace("{{" + mark + "}}", text)
    seal = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
        f"style-src 'sha256-{seal}'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    )
    return _page(page, "text/html", policy)


@cache
def asset(name: str) -> Page | None:
    """A script of ours, or None."""
    file = FOLDER / name
    known = file.parent == FOLDER and file.suffix == ".js" and file.is_file()
    return _page(file.read_text("utf-8"), "text/javascript") if known else None


async def door(request: Request) -> Response:
    """The light door; with a code in the address it brings the room along, which saves a newcomer two requests."""
    page = html_page("door", language(request.cookies))
    code = request.path_params.get("code")
    return (await run_in_threadpool(_with_room, page, request, code) if code else page).answer(request)


def _with_room(page: Page, request: Request, code: str) -> Page:
    """The page with the public room in it, null when there is none, and whether the browser may be known already."""
    house, address = house_of(request), request.client.host if request.client else ""
    try:
        routes.wrong_codes.check(address)
        with house.store.read() as connection:
            room = find_code(connection, house.library, code)
        found = _in_script(house.public(room))
    except NotFound:
        routes.wrong_codes.note(address)  # or one could guess here what one may not guess elsewhere
        found = "null"
    except Refused:
        found = ""  # too many tries: the page asks for itself, and hears it
    newcomer = b"" if PARTICIPANT_COOKIE in request.cookies else b" data-new"
    body = page.body.replace(ROOM, newcomer + ROOM + found.encode())
    return Page(body, gzip.compress(body, 6, mtime=0), page.media_type, page.policy, cache="no-store")


async def access(request: Request) -> Response:
    """Where a key is exchanged for a cookie."""
    return html_page("access", language(request.cookies)).answer(request)


async def receipt(request: Request) -> Response:
    """Where answers are taken back with a receipt code."""
    return html_page("receipt", language(request.cookies)).answer(request)


async def script(request: Request) -> Response:
    """A script of ours."""
    found = asset(request.path_params["name"])
    return found.answer(request) if found else Response(status_code=404)


def door_routes() -> list[Route]:
    """The addresses of our own pages."""
    return [
        Route("/meedoen", door),
        Route("/meedoen/static/{name}", script),
        Route("/meedoen/{code}", door),
        Route("/toegang", access),
        Route("/ontvangst", receipt),
    ]
