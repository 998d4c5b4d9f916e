"""Serves our own small pages: the light door, one for a key, one for a receipt; read once, kept compressed."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from laveren.api.asking import language
from laveren.texts import LANGUAGES, all_texts

FOLDER = Path(__file__).parent / "door"


@dataclass(frozen=True)
class Page:
    """Something served as it is, plain and gzipped, with the policy it needs."""

    body: bytes
    packed: bytes
    media_type: str
    policy: str | None = None

    def answer(self, request: Request) -> Response:
        """The response; nothing when the browser has this very page already."""
        tag = f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding, Cookie"}
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


@cache
def html_page(name: str, lang: str) -> Page:
    """`name`.html with the texts of both languages and its style put in."""
    style = (FOLDER / ("door.css" if name == "door" else "plain.css")).read_text("utf-8")
    section = {one: all_texts(one)[name] for one in LANGUAGES}
    texts = json.dumps(section, ensure_ascii=False).replace("<", "\\u003c")
    page = (FOLDER / f"{name}.html").read_text("utf-8")
    for mark, text in {"lang": lang, "texts": texts, "style": style}.items():
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
    """The light door; the code in the address is read by the page itself."""
    return html_page("door", language(request.cookies)).answer(request)


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
