"""What made-up participants say when a workshop is rehearsed (`oefenen`): sentences that fit whatever the case is."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from laveren.content.fields import Edited, Ident
from laveren.content.methods import MAX_CHARS, AnswerType
from laveren.content.terms import Source, Status

Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_CHARS[AnswerType.SHORT])]
Long = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_CHARS[AnswerType.LONG])]


class HindranceLine(Edited):
    """A hindrance and where it sits."""

    text: Short = Field(alias="tekst")
    source: Source = Field(alias="bron")


class RoomLine(Edited):
    """A piece of room and how much of it is taken."""

    text: Short = Field(alias="tekst")
    status: Status


class Replies(Edited):
    """Answers to the questions with these ids, in whatever method they stand."""

    to: list[Ident] = Field(alias="bij", min_length=1)
    texts: list[Long] = Field(alias="teksten", min_length=1)


class Lines(Edited):
    """All of it; `short` and `long` answer what nothing else fits."""

    hindrances: list[HindranceLine] = Field(alias="hindernissen", min_length=1)
    rooms: list[RoomLine] = Field(alias="ruimtes", min_length=1)
    parked: list[Short] = Field(alias="oplossingen", min_length=1)
    short: list[Short] = Field(alias="kort", min_length=1)
    long: list[Long] = Field(alias="lang", min_length=1)
    dissents: list[Short] = Field(alias="verdeeld", min_length=1)
    replies: list[Replies] = Field([], alias="antwoorden")
