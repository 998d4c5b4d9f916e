"""What people wrote, for who reads it together: the texts of some answers, with what may be told of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, select

from laveren.analysis.records import Records
from laveren.store import tables

a, s = tables.answer.c, tables.suggestion.c
AT_ONCE = 60  # so many texts are read at a time, until there are enough different ones


@dataclass(frozen=True)
class Quote:
    """An answer in words; nothing that leads to a table or a person. `words`: what suggested which theme."""

    id: str
    text: str
    kind: str
    source: str | None
    status: str | None
    case_title: str
    words: dict[str, str]


def read_quotes(connection: Connection, records: Records, places: Sequence[int], n: int | None = None) -> list[Quote]:
    """The answers at these places of the records, in their order; the first `n` that say something different."""
    found: list[Quote] = []
    seen: set[str] = set()
    for first in range(0, len(places), AT_ONCE):
        for quote in _read(connection, records, places[first : first + AT_ONCE]):
            said = quote.text.casefold().strip()
            if n is None or (said and said not in seen):
                found.append(quote)
                seen.add(said)
            if n is not None and len(found) == n:
                return found
    return found


def answer_id(records: Records, place: int) -> str:
    """The id of the answer at a place of the records."""
    return str(UUID(bytes=records.at("id", place).tobytes()))


def _read(connection: Connection, records: Records, places: Sequence[int]) -> list[Quote]:
    ids = [answer_id(records, place) for place in places]
    # It may have been taken back since the records were read.
    wanted = (a.id.in_(ids), a.state == "submitted")
    rows = {row.id: row for row in connection.execute(select(a.id, a.value, a.kind, a.source, a.status).where(*wanted))}
    words: dict[str, dict[str, str]] = {id: {} for id in ids}
    found = select(s.answer, s.theme, s.word).where(s.answer.in_(ids)).order_by(s.rank)
    for answer, theme, word in connection.execute(found):
        words[answer][theme] = word
    names = records.names
    return [
        Quote(id, row.value, row.kind, row.source, row.status, title, words[id])
        for id, place in zip(ids, places, strict=True)
        if (row := rows.get(id)) is not None and isinstance(row.value, str)
        for title in [names.titles.get(names.cases.texts[records.at("case", place)], "")]
    ]
