"""What every route needs: the language, the keys and the person behind a request, and how it is refused."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from laveren.house import House
from laveren.texts import LANGUAGES, Say, reader
from laveren.workshop.joining import Identity
from laveren.workshop.refusals import Refused
from laveren.workshop.rights import Visitor

PARTICIPANT_COOKIE = "laveren_deelnemer"
KEY_COOKIE = "laveren_sleutel"
LANGUAGE_COOKIE = "laveren_taal"
MAX_BODY = 64 * 1024
MAX_KEYS = 8
Body = TypeVar("Body", bound=BaseModel)


class TooLarge(Refused):
    """More was sent than any answer needs."""

    status = 413


def house_of(request: Request) -> House:
    """The house this request came to."""
    house: House = request.app.state.house
    return house


def language(cookies: Any) -> str:
    """The language chosen with one click, else Dutch."""
    chosen = cookies.get(LANGUAGE_COOKIE)
    return chosen if chosen in LANGUAGES else "nl"


def say(request: Request) -> Say:
    """The texts in the language of this request."""
    return reader(language(request.cookies))


def bearer(request: Request) -> str | None:
    """What was sent as `Authorization: Bearer …`."""
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    return value.strip() or None if kind.lower() == "bearer" else None


def identity(request: Request) -> Identity:
    """The participant's cookie, or after the close their receipt."""
    return Identity(token=request.cookies.get(PARTICIPANT_COOKIE), receipt=bearer(request))


def held_keys(cookies: Any) -> list[str]:
    """The keys in somebody's cookie."""
    return [key for key in (cookies.get(KEY_COOKIE) or "").split("~") if key][:MAX_KEYS]


async def visitor(request: Request) -> Visitor:
    """Who this is by their keys: the cookie's, or one sent as bearer."""
    sent = bearer(request)
    return await run_in_threadpool(house_of(request).visitor, [*held_keys(request.cookies), *([sent] if sent else [])])


async def read_body(request: Request, model: type[Body]) -> Body:
    """The body as `model`; refuses what is too large, what is no JSON, and names each field that is wrong."""
    size = request.headers.get("content-length", "")
    if size.isdigit() and int(size) > MAX_BODY:
        raise TooLarge("too_large")
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > MAX_BODY:
            raise TooLarge("too_large")
    try:
        return model.model_validate_json(bytes(raw))
    except ValidationError as fault:
        raise WrongFields(fault) from fault


class WrongFields(Refused):
    """A body whose fields are not as they should be."""

    def __init__(self, fault: ValidationError) -> None:
        super().__init__("fields_wrong")
        self.fields = [".".join(str(part) for part in error["loc"][:1]) or "body" for error in fault.errors()]


def refuse(request: Request, refusal: Refused) -> Response:
    """A refusal as JSON: its name, a sentence for a person, and the fields it is about."""
    tell = say(request)
    message = tell(f"refused.{refusal.key}", **refusal.values)
    fields = {refusal.field: message} if refusal.field else {}
    if isinstance(refusal, WrongFields):
        fields = {field: tell("refused.field_wrong") for field in refusal.fields}
    name = "invalid" if refusal.status == 422 else refusal.key
    return JSONResponse({"error": name, "message": message, "fields": fields}, refusal.status)


def as_json(data: Any, status: int = 200) -> Response:
    """JSON that keeps its letters."""
    return Response(json.dumps(data, ensure_ascii=False), status, media_type="application/json")
