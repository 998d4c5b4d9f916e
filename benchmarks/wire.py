"""A lean HTTP client: hundreds of kept connections and event streams in one process, at next to no cost of its own."""

from __future__ import annotations

import asyncio
import gc
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import httptools

from benchmarks.server import HOST

AT_ONCE = 50  # connections opened together while getting ready
PATIENCE = 60.0  # seconds after which an answer will not come


@dataclass(frozen=True)
class Answer:
    """A response; `at` is when its last byte was read, in seconds of `time.perf_counter`."""

    status: int
    body: bytes
    cookies: tuple[str, ...]
    at: float

    def json(self) -> Any:
        """The body read as JSON."""
        return json.loads(self.body)


class Connection(asyncio.Protocol):
    """One kept connection; one request at a time."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport
        self._fresh()
        self._waiting: asyncio.Future[Answer] | None = None

    def _fresh(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self._body, self._cookies = bytearray(), list[str]()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Called by the parser."""
        if name.lower() == b"set-cookie":
            self._cookies.append(value.decode().partition(";")[0])

    def on_body(self, body: bytes) -> None:
        """Called by the parser."""
        self._body += body

    def on_message_complete(self) -> None:
        """Called by the parser."""
        answer = Answer(self._parser.get_status_code(), bytes(self._body), tuple(self._cookies), time.perf_counter())
        self._fresh()
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(answer)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(exc or ConnectionError("the server hung up"))

    def send(self, request: bytes) -> asyncio.Future[Answer]:
        """Writes a request; the future is its answer."""
        self._waiting = asyncio.get_running_loop().create_future()
        if self.transport.is_closing():
            self._waiting.set_exception(ConnectionError("the server hung up"))
        else:
            self.transport.write(request)
        return self._waiting

    def close(self) -> None:
        """Hangs up."""
        self._waiting = None
        self.transport.abort()


class Stream(Connection):
    """An event stream; `heard(kind, id, at)` is called for each event."""

    def __init__(self, heard: Callable[[str, int, float], None]) -> None:
        super().__init__()
        self._heard = heard
        self.open: asyncio.Event = asyncio.Event()

    def on_body(self, body: bytes) -> None:
        """Called by the parser: takes whole events out of what has come."""
        at = time.perf_counter()
        self._body += body
        while (end := self._body.find(b"\n\n")) >= 0:
            event, self._body = bytes(self._body[:end]), self._body[end + 2 :]
            fields = dict(line.split(b": ", 1) for line in event.split(b"\n") if line[:1] != b":" and b": " in line)
            self._heard(fields.get(b"event", b"").decode(), int(fields.get(b"id", b"0")), at)
            self.open.set()


def request(method: str, path: str, body: Any = None, **headers: str) -> bytes:
    """A request as it goes over the wire; underscores in header names become dashes."""
    data = b"" if body is None else json.dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(data)}"]
    return "\r\n".join([*lines, "", ""]).encode() + data


async def connect(port: int, number: int) -> list[Connection]:
    """So many open connections, made a few at a time."""
    made: list[Connection] = []
    loop = asyncio.get_running_loop()
    for start in range(0, number, AT_ONCE):
        count = min(AT_ONCE, number - start)
        pairs = await asyncio.gather(*(loop.create_connection(Connection, HOST, port) for _ in range(count)))
        made += [connection for _, connection in pairs]
    return made


async def ask(port: int, sent: bytes) -> Answer:
    """One request on a connection of its own."""
    _, connection = await asyncio.get_running_loop().create_connection(Connection, HOST, port)
    try:
        return await asyncio.wait_for(connection.send(sent), PATIENCE)
    finally:
        connection.close()


async def listen(port: int, path: str, heard: Callable[[str, int, float], None], **headers: str) -> Stream:
    """An open event stream, its first event heard."""
    loop = asyncio.get_running_loop()
    _, stream = await loop.create_connection(lambda: Stream(heard), HOST, port)
    stream.send(request("GET", path, Accept="text/event-stream", **headers))
    await asyncio.wait_for(stream.open.wait(), PATIENCE)
    return stream


@dataclass(frozen=True)
class Volley:
    """Requests sent in the same instant: seconds until each answer, the answers, and what went wrong."""

    seconds: list[float]
    answers: list[Answer]
    failures: list[str]


async def volley(connections: Sequence[Connection], requests: Sequence[bytes]) -> Volley:
    """Sends every request at once, each on its own connection; the clock of all starts before the first is sent."""
    gc.collect()
    gc.disable()
    try:
        began = time.perf_counter()
        sent = [connection.send(one) for connection, one in zip(connections, requests, strict=True)]
        done, late = await asyncio.wait(sent, timeout=PATIENCE)
    finally:
        gc.enable()
    failures = ["no answer"] * len(late) + [repr(one.exception()) for one in done if one.exception()]
    answers = [one.result() for one in sent if one in done and not one.exception()]
    failures += [f"{answer.status} {answer.body[:80]!r}" for answer in answers if answer.status != 200]
    return Volley([answer.at - began for answer in answers], answers, failures)
