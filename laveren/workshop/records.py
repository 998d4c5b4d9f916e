"""All workshops together, for the analysis: read once, then only what changed, and shared by all who look.

Nothing in it leads to a person, and it holds no text: what people wrote is read when it is quoted. Rehearsals are not
workshops here: nothing of them is counted.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from sqlalchemy import Connection, Text, func, select, type_coerce

from laveren.analysis.records import (
    ANSWER,
    PART,
    Given,
    Held,
    Names,
    Records,
    encode,
    encode_workshop,
    names_for,
    no_records,
    splice,
)
from laveren.content.library import Library
from laveren.content.methods import WORDS
from laveren.store import Store, tables
from laveren.workshop.rounds import Round, read_round

a, c, p, r, s, w = (
    tables.answer.c, tables.coding.c, tables.participant.c, tables.round_.c, tables.suggestion.c, tables.workshop.c,
)  # fmt: skip

CODER = 1  # whose codings count; the second coder's are for the agreement only
HELPED = "helpt"  # the closing question whether the meeting helped


class Keeper:
    """The records as they are now. Who asks waits for one reading, and shares it with all who ask."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._seen: tuple[Any, ...] = ()
        self._versions: dict[int, tuple[int, int]] = {}
        self._places: dict[int, int] = {}
        self._records: Records | None = None

    def now(self, library: Library) -> Records:
        """The records of this moment, under the codebook of this library."""
        with self._lock, self._store.read() as connection:
            seen, names = _seen(connection), names_for(library.codebook, library.domains)
            if self._records is None or not self._records.names.same_bits(names):
                records = self._afresh(names)
            elif seen == self._seen:
                return self._records
            else:
                records = self._records
            versions = _versions(connection)
            if not self._places.keys() <= versions.keys():  # one is gone: what came after it stands elsewhere now
                records = self._afresh(names)
            changed = [number for number, version in versions.items() if self._versions.get(number) != version]
            for number in changed:
                self._places.setdefault(number, len(self._places))
            for first in range(0, len(changed), PART):
                records = self._with(connection, library, records, changed[first : first + PART])
            self._records, self._seen, self._versions = records, seen, versions
            return records

    def _afresh(self, names: Names) -> Records:
        self._versions, self._places = {}, {}
        return no_records(names)

    def _with(self, connection: Connection, library: Library, records: Records, changed: Sequence[int]) -> Records:
        names, places = records.names, self._places
        held = {places[one.number]: encode_workshop(one, names) for one in _held(connection, changed)}
        blocks = [
            encode(places[number], given, names) for number, given in read_answers(connection, library, names, changed)
        ]
        return splice(records, held, np.concatenate([np.empty(0, ANSWER), *blocks]))


def _seen(connection: Connection) -> tuple[Any, ...]:
    """Changes whenever anything in any workshop does."""
    sums = (func.coalesce(func.sum(counter), 0) for counter in (w.board, w.coded))
    return tuple(connection.execute(select(func.count(), func.max(w.id), *sums).where(~w.rehearsal)).one())


def _versions(connection: Connection) -> dict[int, tuple[int, int]]:
    found = connection.execute(select(w.id, w.board, w.coded).where(~w.rehearsal).order_by(w.id))
    return {number: (board, coded) for number, board, coded in found}


def _held(connection: Connection, numbers: Sequence[int]) -> list[Held]:
    found = select(w.id, w.held_on, w.region, w.organisation).where(w.id.in_(numbers))
    return [Held(*row) for row in connection.execute(found)]


def read_answers(
    connection: Connection, library: Library, names: Names, numbers: Sequence[int]
) -> Iterator[tuple[int, list[Given]]]:
    """Every answer handed in at these workshops that counts, workshop by workshop.

    What was parked is no answer to a prompt, of what is confidential only totals stay, and of the closing questions
    only counts whether the meeting helped.
    """
    rounds = _rounds(connection, library, names, numbers)
    codings = _codings(connection, numbers)
    themes = select(func.aggregate_strings(s.theme, " ")).where(s.answer == a.id).scalar_subquery()
    found = (
        select(
            a.workshop, a.id, a.participant, p.role, a.round, a.prompt, a.kind, a.scope, a.table_no, a.source, a.status,
            a.link, a.seat, a.shown, a.suggested, a.revision, type_coerce(a.value, Text), themes,
        )
        .join(tables.participant, a.participant == p.id)
        .where(a.workshop.in_(numbers), a.state == "submitted")
        .order_by(a.workshop)
    )  # fmt: skip
    for number, some in groupby(connection.execute(found), key=itemgetter(0)):
        given = (_given(row, rounds.get((number, row[4])), codings) for row in some)
        yield number, [one for one in given if one]


def _given(row: Any, round_: Round | None, codings: dict[str, tuple[int, list[str]]]) -> Given | None:
    (
        _, id, participant, role, position, name, kind, scope, table, source, status, link, seat, shown, suggested,
        revision, value, themes,
    ) = row  # fmt: skip
    prompt = round_.prompts.get(name) if round_ else None
    if round_ is None:
        if name != HELPED:
            return None
    elif prompt is None or prompt.confidential:
        return None
    case = round_.case_of(scope, table) if round_ else None
    words = prompt is not None and prompt.type in WORDS and value not in (None, '""')
    read, coded = codings.get(id, (0, []))
    known = themes.split() if themes and suggested and words else ()
    return Given(
        _bytes(id), participant, position, _twist(name), kind, scope, case.id if case else "", role, seat, source,
        status, _linked(link), case.domains if case else (), _value(name, value), words, shown == "hidden",
        words and not suggested, known, coded if read >= revision else None,
    )  # fmt: skip


def _bytes(id: str) -> bytes:
    return bytes.fromhex(id.replace("-", ""))


def _linked(link: str | None) -> bytes | None:
    """The answer that something is linked to. What a browser sends as that may be anything."""
    try:
        return _bytes(link) if link else None
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def _twist(prompt: str) -> int:
    """After which twist a prompt was asked: "w2.hindernis" is of the second."""
    before, dot, _ = prompt.partition(".")
    return int(before[1:]) if dot and before[1:].isdigit() else 0


LOOKS = {'"nee"': 1, '"beetje"': 2, '"ja"': 3}  # whether one looks at the case differently after a twist


def _value(prompt: str, kept: str | int | None) -> int:
    """What was chosen, as it is kept; SQLite makes a number of what looks like one."""
    value = str(kept)
    if prompt == HELPED:
        return int(value) if value.isdigit() else 0
    return LOOKS.get(value, 0) if prompt.endswith(".kijk") else 0


def _rounds(
    connection: Connection, library: Library, names: Names, numbers: Sequence[int]
) -> dict[tuple[int, int], Round]:
    found: dict[tuple[int, int], Round] = {}
    rows = connection.execute(select(tables.round_).where(r.workshop.in_(numbers))).mappings()
    for row in rows:
        found[row["workshop"], row["position"]] = round_ = read_round(dict(row), library.fixed.twist)
        for case in round_.cases:
            names.titles[case.id] = case.title
    return found


def _codings(connection: Connection, numbers: Sequence[int]) -> dict[str, tuple[int, list[str]]]:
    """What each answer is about by its newest coding, and which revision of the answer was read."""
    found = select(c.answer, c.revision, c.themes).where(c.coder == CODER).order_by(c.version)
    among = found.join(tables.answer, c.answer == a.id).where(a.workshop.in_(numbers))
    return {answer: (revision, themes) for answer, revision, themes in connection.execute(among)}
