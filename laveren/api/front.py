"""The front of the server: our own routes before Streamlit's, and what Streamlit's answers lack."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from laveren.api.asking import language
from laveren.api.doors import door_routes
from laveren.api.routes import api_routes
from laveren.house import House

OURS = ("/api/", "/meedoen", "/toegang", "/ontvangst", "/taal/")
HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"SAMEORIGIN",
    b"referrer-policy": b"no-referrer",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
}
# What Streamlit's page needs: components load as blobs, charts make functions of expressions, styles are inline.
POLICY = (
    "default-src 'self'; script-src 'self' blob: 'unsafe-eval' 'wasm-unsafe-eval' {hashes}; worker-src 'self' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self' ws: wss: data: blob:; frame-src 'self'; object-src 'none'; base-uri 'self'; "
    "frame-ancestors 'self'"
)
_INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


def our_app(house: House) -> Starlette:
    """Our routes as an app of their own."""
    app = Starlette(routes=[*api_routes(), *door_routes()])
    app.state.house = house
    return app


class Front:
    """Outermost middleware: answers our addresses itself, and mends Streamlit's page and settings on the way out."""

    def __init__(self, app: ASGIApp, house: House) -> None:
        self.app, self.ours = app, our_app(house)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        if path.startswith(OURS):
            await self.ours(scope, receive, _with_headers(send))
        elif path.endswith("/_stcore/host-config"):
            await self.app(scope, receive, _rewritten(send, _quiet_host_config))
        elif "/_stcore/" in path or path.startswith(("/static/", "/media/", "/component/")):
            await self.app(scope, receive, _with_headers(send))
        else:
            lang = language(_cookies(scope)).encode()
            scope = dict(scope, headers=[h for h in scope["headers"] if h[0] not in _UNPACKED])
            await self.app(scope, receive, _with_headers(_rewritten(send, lambda body: _in_language(body, lang))))


# The page itself is rewritten, so it must come plain and whole.
_UNPACKED = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")


def _cookies(scope: Scope) -> dict[str, str]:
    raw = next((value for key, value in scope["headers"] if key == b"cookie"), b"").decode("latin-1")
    return dict(part.strip().split("=", 1) for part in raw.split(";") if "=" in part)


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            have = {key.lower() for key, _ in message["headers"]}
            message["headers"] = [*message["headers"], *((k, v) for k, v in HEADERS.items() if k not in have)]
        await send(message)

    return sending


def _rewritten(send: Send, change: Callable[[bytes], bytes]) -> Send:
    """Holds a small answer back until it is whole, and sends it changed."""
    start: Message = {}
    body = bytearray()

    async def sending(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start":
            start = message
            return
        body.extend(message.get("body", b""))
        if message.get("more_body"):
            return
        new = change(bytes(body))
        headers = [(k, v) for k, v in start["headers"] if k.lower() not in (b"content-length", b"etag")]
        headers.append((b"content-length", str(len(new)).encode()))
        if b"<html" in new[:2000]:
            headers.append((b"content-security-policy", _policy(new).encode()))
        await send(dict(start, headers=headers))
        await send({"type": "http.response.body", "body": new})

    return sending


def _policy(page: bytes) -> str:
    seals = (base64.b64encode(hashlib.sha256(found).digest()).decode() for found in _INLINE.findall(page))
    return POLICY.format(hashes=" ".join(f"'sha256-{seal}'" for seal in seals))


def _in_language(page: bytes, lang: bytes) -> bytes:
    title = b"<title>Laveren</title>"
    return page.replace(b'<html lang="en">', b'<html lang="' + lang + b'">').replace(b"<title>Streamlit</title>", title)


def _quiet_host_config(body: bytes) -> bytes:
    """No modal over the page when the connection goes, and no other origin may talk to it."""
    try:
        settings = json.loads(body)
    except ValueError:
        return body
    return json.dumps(settings | {"blockErrorDialogs": True, "allowedOrigins": []}).encode()
