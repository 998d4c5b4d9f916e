"""Coding: what a person says an answer is about. Nothing is written over; each change is a version, the newest counts.

Two coders: the first, whose codings are counted, and a second who codes some of the same answers without seeing what
the first said (`second_coder`). An answer that was changed since it was coded waits to be coded again.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, Text, cast, func, insert, or_, select

from laveren.analysis.records import Records
from laveren.analysis.suggesting import MOST
from laveren.content.codebook import Codebook
from laveren.content.library import Library
from laveren.store import Transaction, each, tables
from laveren.workshop.quotes import Quote, answer_id, read_quotes
from laveren.workshop.records import CODER
from laveren.workshop.refusals import Moved, NotFound, Refused
from laveren.workshop.shelf import Stocked, with_published
from laveren.workshop.suggesting import count_coded

FIRST, SECOND = CODER, 2
LONGEST = 1000  # characters of a memo
SAID = ("themes", "rejected", "memo", "revision", "codebook")
NEWEST, AT_ONCE = 5000, 500  # of so many texts words are counted, read so many at a time
a, c, v, w = tables.answer.c, tables.coding.c, tables.codebook_version.c, tables.workshop.c
newer = tables.coding.alias()
_later = (newer.c.answer == c.answer) & (newer.c.coder == c.coder) & (newer.c.version > c.version)
_newest = (c.revision > 0, ~select(newer.c.id).where(_later).exists())


@dataclass(frozen=True)
class Coding:
    """A version of what a coder says an answer is about; no themes: it fits nowhere.

    `revision` is that of the answer that was read; 0 when the coding was taken back and nothing was there before.
    """

    answer: str
    version: int
    themes: tuple[str, ...]
    rejected: tuple[str, ...]
    memo: str
    revision: int
    codebook: int
    at: float

    @property
    def stands(self) -> bool:
        """Whether it says anything."""
        return self.revision > 0


@dataclass(frozen=True)
class Coded:
    """What a coder says of an answer: at most three themes, and which suggested ones do not fit.

    `revision` is that of the answer that was read, `based_on` the version of the coding that was seen (0: none).
    """

    library: Library
    answer: str
    coder: int
    revision: int
    themes: tuple[str, ...]
    rejected: tuple[str, ...] = ()
    memo: str = ""
    based_on: int = 0


@dataclass(frozen=True)
class TakeBack:
    """The newest coding of an answer is to be as the one before it; `based_on` is the version that was seen."""

    answer: str
    coder: int
    based_on: int


# ---- writing ----


def code(tx: Transaction, item: Coded) -> int:
    """Adds a version, and gives its number.

    Refuses what is no answer any more, themes that cannot be chosen, too many of them, and a memo that is too long.
    Raises Moved when the answer was changed since it was read, or when somebody coded it since; then `now` of its
    values is the coding that is there.
    """
    workshop = _answer(tx, item.answer, item.revision)
    book = with_published(item.library, tx.connection)
    themes = tuple(dict.fromkeys(item.themes))
    if not set(themes) <= {theme.id for theme in book.codebook.living}:
        raise Refused("coding_theme_gone")
    if len(themes) > MOST:
        raise Refused("coding_too_many", most=MOST)
    if len(item.memo) > LONGEST:
        raise Refused("coding_memo_long", most=LONGEST)
    _seen(tx, item.answer, item.coder, item.based_on)
    known = {theme.id for theme in book.codebook.themes} - set(themes)
    rejected = [theme for theme in dict.fromkeys(item.rejected) if theme in known]
    said = {"themes": list(themes), "rejected": rejected, "memo": item.memo.strip(), "revision": item.revision}
    return _add(tx, workshop, item, said | {"codebook": book.codebook_version})


def take_back(tx: Transaction, item: TakeBack) -> int:
    """Adds a version like the one before the newest, and gives its number. Raises Moved as `code` does."""
    workshop = _answer(tx, item.answer)
    if _seen(tx, item.answer, item.coder, item.based_on) is None:
        raise NotFound("version_unknown")
    *before, now = codings_of(tx.connection, [item.answer], item.coder)[item.answer]
    was = before[-1] if before else replace(now, themes=(), rejected=(), memo="", revision=0)
    return _add(tx, workshop, item, {name: getattr(was, name) for name in SAID})


def _answer(tx: Transaction, answer: str, revision: int | None = None) -> int:
    """The workshop of an answer that is there, as it was read."""
    row = tx.connection.execute(select(a.workshop, a.state, a.revision).where(a.id == answer)).first()
    if row is None or row.state != "submitted":
        raise NotFound("answer_unknown")
    if revision not in (None, row.revision):
        raise Moved("coding_text_changed")
    return int(row.workshop)


def _seen(tx: Transaction, answer: str, coder: int, based_on: int) -> Coding | None:
    now = coding_of(tx.connection, answer, coder)
    if (now.version if now else 0) != based_on:
        raise Moved("coding_moved_on", now=now)
    return now


def _add(tx: Transaction, workshop: int, item: Coded | TakeBack, said: Mapping[str, Any]) -> int:
    version = item.based_on + 1
    own = {"answer": item.answer, "coder": item.coder, "version": version, "at": time.time()}
    tx.connection.execute(insert(tables.coding).values(**own, **said))
    count_coded(tx, {workshop})
    return version


code_answer = each(code)
take_back_coding = each(take_back)


# ---- reading ----


def coding_of(connection: Connection, answer: str, coder: int) -> Coding | None:
    """The newest coding of an answer."""
    return next(iter(_read(connection, _of([answer], coder).order_by(c.version.desc()).limit(1))), None)


def codings_of(connection: Connection, answers: Collection[str], coder: int) -> dict[str, list[Coding]]:
    """Every version for each of these answers, the oldest first."""
    found: dict[str, list[Coding]] = {answer: [] for answer in answers}
    for coding in _read(connection, _of(answers, coder).order_by(c.version)):
        found[coding.answer].append(coding)
    return found


def newest_codings(connection: Connection, coder: int, themes: Collection[str] | None = None) -> list[Coding]:
    """The newest coding of every answer that a coder has said something of; only those with one of these `themes`."""
    wanted = select(tables.coding).where(c.coder == coder, *_newest)
    if themes is not None:
        wanted = wanted.where(or_(*(cast(c.themes, Text).contains(f'"{id}"', autoescape=True) for id in themes)))
    return _read(connection, wanted)


def lost(codebook: Codebook) -> list[str]:
    """The themes that count for none today: they were split, or retired without another in their place."""
    return [theme.id for theme in codebook.themes if codebook.now(theme.id) is None]


def to_look_at_again(connection: Connection, codebook: Codebook) -> list[bytes]:
    """The ids of answers that are coded with a theme that counts for none today."""
    gone = lost(codebook)
    return [UUID(one.answer).bytes for one in newest_codings(connection, FIRST, gone)] if gone else []


def coded_since(connection: Connection, coder: int, since: float) -> int:
    """Of how many answers a coder said what counts now since a moment (seconds since the epoch)."""
    wanted = select(func.count()).where(c.coder == coder, c.at >= since, *_newest)
    return connection.scalar(wanted) or 0


def _of(answers: Collection[str], coder: int) -> Select[Any]:
    return select(tables.coding).where(c.answer.in_(list(answers)), c.coder == coder)


def _read(connection: Connection, wanted: Select[Any]) -> list[Coding]:
    fields = (c.answer, c.version, c.themes, c.rejected, c.memo, c.revision, c.codebook, c.at)
    rows = connection.execute(wanted.with_only_columns(*fields))
    return [Coding(id, version, tuple(themes), tuple(not_), *rest) for id, version, themes, not_, *rest in rows]


class Named(NamedTuple):
    """A theme as it was called when it was coded with, and `now`: what it counts for today, None for nothing."""

    then: str
    now: str | None


class Past(NamedTuple):
    """A version of a coding with the names of its themes."""

    coding: Coding
    themes: list[Named]
    rejected: list[Named]


def with_names(connection: Connection, library: Stocked, codings: Iterable[Coding], lang: str) -> list[Past]:
    """These codings with their themes as the codebook called them then, and as it does now."""
    listed, book = list(codings), library.codebook
    names = {0: {theme.id: theme.say(lang) for theme in library.base.codebook.themes}}
    wanted = select(v.version, v.content).where(v.version.in_({coding.codebook for coding in listed}))
    for number, content in connection.execute(wanted):
        names[number] = {theme["id"]: theme[lang] for theme in content["themas"]}
    today = {theme.id: theme.say(lang) for theme in book.themes}

    def named(coding: Coding, theme: str) -> Named:
        now = book.now(theme)
        return Named(
            names.get(coding.codebook, today).get(theme) or today.get(theme, theme), today[now] if now else None
        )

    return [
        Past(one, [named(one, theme) for theme in one.themes], [named(one, theme) for theme in one.rejected])
        for one in listed
    ]


# ---- answers to code ----


@dataclass(frozen=True)
class Card:
    """An answer on the desk: its words, which revision that is, and every coding of it by this coder."""

    quote: Quote
    revision: int
    codings: Sequence[Coding]

    @property
    def newest(self) -> Coding | None:
        """What the coder said last."""
        return self.codings[-1] if self.codings else None


def read_cards(connection: Connection, records: Records, places: Sequence[int], coder: int) -> list[Card]:
    """The answers at these places of the records, in their order; without those that were taken back meanwhile."""
    ids = [answer_id(records, place) for place in places]
    revisions = dict(connection.execute(select(a.id, a.revision).where(a.id.in_(ids))).all())
    codings = codings_of(connection, ids, coder)
    quotes = read_quotes(connection, records, places)
    return [Card(quote, revisions[quote.id], codings[quote.id]) for quote in quotes]


def changed_since(connection: Connection, cards: Collection[Card], coder: int) -> set[str]:
    """The ids of those cards that are not as they were read: changed, taken back, or coded by somebody else."""
    ids = [card.quote.id for card in cards]
    now = dict(connection.execute(select(a.id, a.revision).where(a.id.in_(ids), a.state == "submitted")).all())
    last = select(c.answer, func.max(c.version)).where(c.answer.in_(ids), c.coder == coder).group_by(c.answer)
    versions = dict(connection.execute(last).all())
    return {
        card.quote.id
        for card in cards
        if now.get(card.quote.id) != card.revision
        or versions.get(card.quote.id, 0) != (card.newest.version if card.newest else 0)
    }


def newest_texts(connection: Connection, records: Records, mask: NDArray[np.bool_]) -> list[tuple[int, str]]:
    """What people wrote in the answers of a mask, as (person, text): those of the newest workshops, 5,000 at most."""
    places = np.flatnonzero(mask)
    days = records.workshops["day"][records.column("workshop")[places]]
    newest = places[np.argsort(-days, kind="stable")][:NEWEST]
    ids = [str(UUID(bytes=id.tobytes())) for id in records.column("id")[newest]]
    people = dict(zip(ids, records.column("person")[newest].tolist(), strict=True))
    found: list[tuple[int, str]] = []
    for first in range(0, len(ids), AT_ONCE):
        wanted = (a.id.in_(ids[first : first + AT_ONCE]), a.state == "submitted")
        rows = connection.execute(select(a.id, a.value).where(*wanted))
        found += [(people[id], text) for id, text in rows if isinstance(text, str)]
    return found


def workshop_titles(connection: Connection, numbers: Collection[int]) -> dict[int, tuple[date, str]]:
    """The day and the title of these workshops, by their numbers."""
    rows = connection.execute(select(w.id, w.held_on, w.title).where(w.id.in_(numbers)))
    return {number: (held_on, title) for number, held_on, title in rows}
