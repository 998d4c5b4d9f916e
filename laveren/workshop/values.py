"""What an answer may hold, type by type: checked against its prompt, or refused with the field that is wrong."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from laveren.content.methods import WORDS, AnswerType, Kind, Prompt
from laveren.content.terms import Certainty, Source, Status
from laveren.workshop.refusals import Refused
from laveren.workshop.rooms import Room
from laveren.workshop.rounds import Asked

MAX_DRAFT = 12_000  # characters; a draft may be too long to hand in: it is not lost for that
MAX_DISSENT = 140
BLIND = "geen_zicht"  # the answer to a scale of somebody who cannot tell
MISFIT = "past_niet"  # the answer to a triangle in which somebody finds no place
WHOLE = 100  # what the three shares of a triangle make together
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class AnswerBody(BaseModel):
    """What a browser sends for one answer."""

    model_config = ConfigDict(extra="forbid")

    revision: int = Field(ge=1, le=1_000_000_000)
    state: Literal["draft", "submitted", "withdrawn"]
    prompt: str = Field(max_length=80)
    value: str | int | list[str] | dict[str, int | str] | None = None
    source: str | None = None
    status: str | None = None
    link: str | None = Field(None, max_length=36)
    domains: dict[str, str] | None = None
    dissent: str | None = Field(None, max_length=MAX_DRAFT)


def checked(body: AnswerBody, asked: Asked, room: Room, table: int | None) -> dict[str, Any]:
    """What is kept of an answer given at this table, or Refused with the field that is wrong.

    A draft may be half of it: too long, not adding up yet, but of the right kind.
    """
    prompt, final = asked.prompt, body.state == "submitted"
    value: Any = body.value
    if prompt.type in WORDS:
        value = _written(value, prompt, final)
    elif prompt.domains:
        value = None
    elif value is not None or final:
        options, rows = room.options(asked), room.rows(asked, table)
        value = _other(value, prompt, Choice(options, rows, final))
    domains = _allowed_domains(body.domains, room) if prompt.domains else None
    if final and prompt.domains and not domains:
        raise Refused("empty", field="domains")
    return {
        "value": value,
        "source": _one_of(body.source, Source, "source", asks=prompt.kind is Kind.HINDRANCE),
        "status": _one_of(body.status, Status, "status", asks=prompt.kind is Kind.ROOM),
        "link": body.link if prompt.linked and prompt.type in WORDS else None,
        "domains": domains,
        "dissent": _dissent(body.dissent, final) if prompt.type in WORDS and asked.scope == "table" else None,
    }


class Choice(NamedTuple):
    """What there is to choose from, and whether the answer is handed in."""

    options: Collection[str]
    rows: Collection[str]
    final: bool


def _written(value: Any, prompt: Prompt, final: bool) -> str | None:
    value = _clean(value) if isinstance(value, str) else value
    if value is not None and not isinstance(value, str):
        raise Refused("value_is_text", field="value")
    written, most = value or "", prompt.max_chars if final and prompt.max_chars else MAX_DRAFT
    if len(written.strip() if final else written) > most:
        raise Refused("too_long", field="value", n=len(written), most=most)
    if final and not written.strip():
        raise Refused("empty", field="value")
    return written.strip() if final else value


def _clean(text: str) -> str:
    return _CONTROL.sub("", text.encode("utf-8", "replace").decode())


def _dissent(text: str | None, final: bool) -> str | None:
    """What not everybody agrees with; a draft's is cut to what there is room for: it is one line."""
    said = _clean(text or "").strip()
    if final and len(said) > MAX_DISSENT:
        raise Refused("too_long", field="dissent", n=len(said), most=MAX_DISSENT)
    return said[:MAX_DISSENT] or None


def _other(value: Any, prompt: Prompt, among: Choice) -> Any:
    """A value that is not words."""
    match prompt.type:
        case AnswerType.SCALE5:
            return _scaled(value)
        case AnswerType.TRIANGLE:
            return _triangle(value, among)
        case AnswerType.ROWS:
            return _rows(value, prompt, among)
        case AnswerType.DOTS:
            return _dots(value, prompt, among)
        case _:
            return _chosen(value, prompt, among)


def _scaled(value: Any) -> Any:
    if value != BLIND and (not isinstance(value, int) or not 1 <= value <= 5):
        raise Refused("scale_out_of_range", field="value")
    return value


def _chosen(value: Any, prompt: Prompt, among: Choice) -> Any:
    several = prompt.type is AnswerType.CHOICES
    chosen = value if isinstance(value, list) else [value]
    known = all(isinstance(one, str) and one in among.options for one in chosen)
    wrong = not known or len(set(chosen)) != len(chosen) or (among.final and not chosen)
    if wrong or isinstance(value, list) != several:
        raise Refused("option_unknown", field="value", known=", ".join(sorted(among.options)))
    if among.final and prompt.most and len(chosen) > prompt.most:
        raise Refused("rows_too_many", field="value", n=prompt.most)
    return value


def _triangle(value: Any, among: Choice) -> Any:
    if value == MISFIT:
        return value
    shares = _pairs(value, among.options)
    if any(not isinstance(share, int) or not 0 <= share <= WHOLE for share in shares.values()):
        raise Refused("shares_out_of_range", field="value")
    if among.final and (set(shares) != set(among.options) or sum(shares.values()) != WHOLE):
        raise Refused("shares_do_not_sum", field="value", n=sum(shares.values()))
    return value


def _rows(value: Any, prompt: Prompt, among: Choice) -> Any:
    for row, said in _pairs(value, among.rows).items():
        if not among.options:
            _scaled(said)
        elif said not in among.options:
            raise Refused("option_unknown", field=f"value.{row}", known=", ".join(sorted(among.options)))
    if among.final and not value:
        raise Refused("empty", field="value")
    if among.final and prompt.most and len(value) > prompt.most:
        raise Refused("rows_too_many", field="value", n=prompt.most)
    return value


def _dots(value: Any, prompt: Prompt, among: Choice) -> Any:
    given = _pairs(value, among.options)
    if any(not isinstance(n, int) or n < 1 for n in given.values()):
        raise Refused("dots_are_counted", field="value")
    if among.final and not given:
        raise Refused("empty", field="value")
    if among.final and sum(given.values()) > (prompt.most or 0):
        raise Refused("dots_too_many", field="value", n=prompt.most)
    if among.final and max(given.values()) > prompt.most_on_one:
        raise Refused("dots_on_one", field="value", n=prompt.most_on_one)
    return value


def _pairs(value: Any, known: Collection[str]) -> Mapping[str, Any]:
    """The value as pairs, of which each key is known."""
    if not isinstance(value, dict) or not set(value) <= set(known):
        raise Refused("option_unknown", field="value", known=", ".join(sorted(known)))
    return value


def _allowed_domains(domains: dict[str, str] | None, room: Room) -> dict[str, str] | None:
    for domain, certainty in (domains or {}).items():
        if domain not in room.library.domains:
            raise Refused("option_unknown", field="domains", known=", ".join(room.library.domains))
        if certainty not in set(Certainty):
            raise Refused("option_unknown", field="domains", known=", ".join(Certainty))
    return domains


def _one_of(value: str | None, kinds: type[Source] | type[Status], field: str, *, asks: bool) -> str | None:
    if value is None or not asks:
        return None
    if value not in set(kinds):
        raise Refused("option_unknown", field=field, known=", ".join(kinds))
    return value
