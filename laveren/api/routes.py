"""Our HTTP routes: joining, the worksheet, answers, the stream, steering. One table, from which OpenAPI is made."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import text
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from laveren import __version__
from laveren.api.asking import (
    KEY_COOKIE,
    LANGUAGE_COOKIE,
    MAX_KEYS,
    PARTICIPANT_COOKIE,
    as_json,
    held_keys,
    house_of,
    identity,
    read_body,
    refuse,
    visitor,
)
from laveren.api.guessing import WrongCodes
from laveren.house import came_or_went
from laveren.texts import LANGUAGES
from laveren.workshop.answering import Put, save_answers
from laveren.workshop.joining import Arrival, Identity, done, find_code, join, pen, who
from laveren.workshop.refusals import NotAllowed, NotFound, Refused
from laveren.workshop.rights import Act, Seat
from laveren.workshop.rooms import Room
from laveren.workshop.steering import Steer, steer
from laveren.workshop.values import AnswerBody
from laveren.workshop.worksheets import worksheet

YEAR = 365 * 24 * 3600
DAY = 24 * 3600
Handler = Callable[[Request], Awaitable[Response]]


class JoinBody(BaseModel):
    """Somebody at the door; without a role one comes back as who one was."""

    model_config = ConfigDict(extra="forbid")
    code: str = Field(max_length=40)
    role: str | None = None
    group: int | None = None
    fresh: bool = False
    receipt: str | None = Field(None, max_length=40)


class DoneBody(BaseModel):
    """*Ik ben klaar*, or not after all."""

    done: bool


class PenBody(BaseModel):
    """*Ik schrijf voor de tafel*, or not any more."""

    take: bool


class SteerBody(BaseModel):
    """A facilitator's action."""

    model_config = ConfigDict(extra="forbid")
    action: str
    expected_version: int | None = None


class KeyBody(BaseModel):
    """A key, to be exchanged for a cookie."""

    key: str = Field(max_length=80)


wrong_codes = WrongCodes()


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


async def health(request: Request) -> Response:
    """Whether the program and its database answer."""
    house = house_of(request)

    def ask() -> None:
        with house.store.read() as connection:
            connection.execute(text("SELECT 1"))

    try:
        await run_in_threadpool(ask)
    except Exception:
        return as_json({"status": "down", "version": __version__, "database": "no answer"}, 503)
    return as_json({"status": "ok", "version": __version__, "database": "ok"})


async def join_room(request: Request) -> Response:
    """Lets somebody in by the code; the participant is in an HttpOnly cookie."""
    house, body = house_of(request), await read_body(request, JoinBody)
    wrong_codes.check(_address(request))
    shown = identity(request)
    shown = Identity(shown.token, body.receipt or shown.receipt)
    arrival = Arrival(house.library, body.code, body.role, body.group, shown, body.fresh)
    try:
        welcome = await asyncio.wrap_future(house.store.writer.submit(join, arrival))
    except NotFound:
        wrong_codes.note(_address(request))
        raise
    response = as_json({"code": welcome.code} | ({"receipt": welcome.receipt} if welcome.receipt else {}))
    if welcome.token:
        response.set_cookie(PARTICIPANT_COOKIE, welcome.token, max_age=DAY, httponly=True, samesite="lax", path="/")
    return response


async def my_worksheet(request: Request) -> Response:
    """The room and this participant's own answers."""
    house, shown = house_of(request), identity(request)

    def read() -> dict[str, Any]:
        with house.store.read() as connection:
            me = who(connection, shown)
            if me:
                house.presence.seen(me["workshop"], me["id"])
            here = len(house.presence.here(me["workshop"])) if me else 0
            return worksheet(connection, house.library, shown, here)

    return as_json(await run_in_threadpool(read))


async def put_answer(request: Request) -> Response:
    """Keeps one answer; 200 only once it is on disk."""
    house, body = house_of(request), await read_body(request, AnswerBody)
    try:
        id = str(UUID(request.path_params["id"]))
    except ValueError:
        raise Refused("id_malformed", field="id") from None
    put = Put(house.library, id, body, identity(request))
    return as_json(await asyncio.wrap_future(house.store.writer.submit(save_answers, put)))


async def say_done(request: Request) -> Response:
    """*Ik ben klaar* with the present step."""
    house, body = house_of(request), await read_body(request, DoneBody)
    await asyncio.wrap_future(house.store.writer.submit(done, (house.library, identity(request), body.done)))
    return Response(status_code=204)


async def take_pen(request: Request) -> Response:
    """*Ik schrijf voor de tafel*, in the place of who did."""
    house, body = house_of(request), await read_body(request, PenBody)
    await asyncio.wrap_future(house.store.writer.submit(pen, (identity(request), body.take)))
    return Response(status_code=204)


async def live(request: Request) -> Response:
    """The event stream of one workshop; asked for as JSON, how it stands now."""
    house, topic = house_of(request), request.query_params.get("topic", "step")
    if topic not in ("step", "board"):
        raise Refused("topic_unknown", field="topic")

    def look() -> tuple[Room, Any]:
        with house.store.read() as connection:
            room = find_code(connection, house.library, request.query_params.get("workshop", ""))
            me = who(connection, identity(request)) if topic == "step" else None
            return room, me if me and me["workshop"] == room.id else None

    try:
        room, me = await run_in_threadpool(look)
    except NotFound:
        wrong_codes.check(_address(request))
        wrong_codes.note(_address(request))
        raise
    if me:
        house.presence.seen(room.id, me["id"])
    elif topic == "step":
        wrong_codes.check(_address(request))  # who is in already is never kept from their stream
    if "text/event-stream" not in request.headers.get("accept", ""):
        if topic == "board":
            return as_json({"version": room.board, "here": len(house.presence.here(room.id))})
        return as_json(await run_in_threadpool(house.public, room, me["table_no"] if me else None))

    async def events() -> AsyncIterator[bytes]:
        if me:
            house.presence.enter(room.id, me["id"])
            came_or_went(house, room)
        try:
            async for event in house.bus.stream(room.id, topic, me["table_no"] if me else None):
                yield event
        finally:
            if me:
                house.presence.leave(room.id, me["id"])
                came_or_went(house, room)

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(events(), media_type="text/event-stream", headers=headers)


async def steer_room(request: Request) -> Response:
    """The use case behind the console's buttons, for a clicker or a script."""
    house, code = house_of(request), request.path_params["code"].upper()
    if not (await visitor(request)).may(Act.STEER, code):
        raise NotAllowed("no_key")
    body = await read_body(request, SteerBody)
    item = Steer(house.library, code, body.action, body.expected_version)
    try:
        room: Room = await asyncio.wrap_future(house.store.writer.submit(steer, item))
    except Refused as refusal:
        response = refuse(request, refusal)
        now = await run_in_threadpool(house.room, code)
        if refusal.status != 409 or now is None:
            return response
        return as_json({"error": refusal.key, "message": _message(response), "fields": {}} | _where(now), 409)
    return as_json(_where(room))


def _message(response: Response) -> str:
    return str(json.loads(bytes(response.body))["message"])


def _where(room: Room) -> dict[str, Any]:
    return {
        "code": room.code,
        "state": room.state,
        "round": room.round,
        "step": room.step,
        "version": room.version,
        "ends_at": room.ends_at,
        "paused": room.remaining is not None,
    }


async def exchange_key(request: Request) -> Response:
    """Takes a key for a cookie and says where it leads."""
    house, body = house_of(request), await read_body(request, KeyBody)
    wrong_codes.check(_address(request))
    found = await run_in_threadpool(house.visitor, [body.key])
    if not found.seats:
        wrong_codes.note(_address(request))
        raise NotAllowed("key_unknown", field="key")
    seat, code = found.seats[0]
    response = as_json({"to": "/bijeenkomsten" if seat is Seat.ORGANISER else f"/begeleiden?code={code}"})
    key = body.key.strip()
    held = [key, *(one for one in held_keys(request.cookies) if one != key)][:MAX_KEYS]
    response.set_cookie(KEY_COOKIE, "~".join(held), max_age=YEAR, httponly=True, samesite="lax", path="/")
    return response


async def choose_language(request: Request) -> Response:
    """Keeps the language in a cookie and goes back to where one was."""
    lang, back = request.path_params["lang"], request.query_params.get("terug", "/")
    if lang not in LANGUAGES:
        raise NotFound("page_unknown")
    here = back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"
    response = RedirectResponse(here, 303)
    response.set_cookie(LANGUAGE_COOKIE, lang, max_age=YEAR, samesite="lax", path="/")
    return response


@dataclass(frozen=True)
class Spec:
    """A route and what OpenAPI says of it."""

    method: str
    path: str
    handler: Handler
    body: type[BaseModel] | None = None
    errors: tuple[int, ...] = ()


ROUTES = [
    Spec("GET", "/api/health", health, errors=(503,)),
    Spec("POST", "/api/join", join_room, JoinBody, (404, 410, 422, 429)),
    Spec("GET", "/api/worksheet", my_worksheet, errors=(401,)),
    Spec("PUT", "/api/answers/{id}", put_answer, AnswerBody, (401, 403, 410, 413, 422)),
    Spec("POST", "/api/done", say_done, DoneBody, (401, 422)),
    Spec("POST", "/api/pen", take_pen, PenBody, (401, 422)),
    Spec("GET", "/api/live", live, errors=(404, 422, 429)),
    Spec("POST", "/api/workshops/{code}/steer", steer_room, SteerBody, (403, 404, 409, 410, 422)),
    Spec("POST", "/api/key", exchange_key, KeyBody, (403, 422, 429)),
    Spec("GET", "/taal/{lang}", choose_language, errors=(404,)),
]


async def openapi(_request: Request) -> Response:
    """The description of these routes, made from the same table."""
    paths: dict[str, Any] = {}
    for spec in ROUTES:
        about = (spec.handler.__doc__ or "").strip()
        entry: dict[str, Any] = {"summary": about, "responses": {"200": {"description": "OK"}}}
        entry["responses"] |= {str(code): {"description": "refused"} for code in spec.errors}
        names = [part[1:-1] for part in spec.path.split("/") if part.startswith("{")]
        if names:
            entry["parameters"] = [
                {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names
            ]
        if spec.body:
            schema = {"application/json": {"schema": spec.body.model_json_schema()}}
            entry["requestBody"] = {"required": True, "content": schema}
        paths.setdefault(spec.path, {})[spec.method.lower()] = entry
    return as_json({"openapi": "3.1.0", "info": {"title": "Laveren", "version": __version__}, "paths": paths})


def api_routes() -> list[Route]:
    """The routes as Starlette takes them; a refusal becomes its answer."""

    def guarded(handler: Handler) -> Handler:
        async def answer(request: Request) -> Response:
            try:
                return await handler(request)
            except Refused as refusal:
                return refuse(request, refusal)

        return answer

    routes = [Route(spec.path, guarded(spec.handler), methods=[spec.method]) for spec in ROUTES]
    return [*routes, Route("/api/openapi.json", openapi)]
