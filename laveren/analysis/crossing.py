"""Who names what where: themes beside domains, roles, seats and kinds, and room per domain; in people.

Each frame is long: a row for each theme (or status) and each column of the picture, with `participants` and `of`, how
many people the column stands for. What stands for too few people is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from laveren.analysis.counting import Themes
from laveren.analysis.hiding import hide, shown
from laveren.analysis.records import KINDS, STATUSES, Column
from laveren.analysis.selecting import Selection, beginnings, people_per_bit, tally
from laveren.content.methods import Kind
from laveren.content.terms import Role, Status

#: So many seats at most stand beside each other, those with most people first.
SEATS = 8


def by_domain(themes: Themes) -> pd.DataFrame:
    """Per theme and life domain of the case: `theme`, `domain`, `participants` who name it there, `of`."""
    names = themes.selection.records.names
    parts = []
    for domain, (bits, _) in zip(names.domains, _per_domain(themes.selection, themes.selection["themes"]), strict=True):
        parts.append((domain, people_per_bit(bits, len(themes.names)), len(bits)))
    return _long("theme", themes.names, "domain", parts)


def _per_domain(answers: Selection, bits: Column) -> Iterable[tuple[Column, Column]]:
    """Per domain the bits of each person who worked on a case in it, and those people."""
    starts = beginnings(answers["person"], answers["domains"])
    person, domains = answers["person"][starts], answers["domains"][starts]
    whole = answers.either(bits, starts)
    for place in range(len(answers.records.names.domains)):
        there = domains & (1 << place) > 0
        some, who = whole[there], person[there]
        again = beginnings(who)
        yield answers.either(some, again), who[again]


def by_role(themes: Themes) -> pd.DataFrame:
    """Per theme and role: `theme`, `role`, `participants` with that role who name it, `of`; the largest role first."""
    roles = ["" if role == Role.ROOM else role for role in themes.selection.records.names.roles.texts]
    role = themes.selection.first("role")
    counts, of = tally(themes.bits, len(themes.names), role, len(roles)), np.bincount(role, minlength=len(roles))
    return _long("theme", themes.names, "role", _largest(roles, counts, of, len(roles)))


def by_seat(themes: Themes) -> pd.DataFrame:
    """Per theme and seat of the case that was looked from: `theme`, `seat`, `participants`, `of`; the largest first."""
    seats = themes.selection.records.names.seats.texts
    seated = themes.selection.where(themes.selection["seat"] > 0)
    order = np.lexsort((seated["seat"], seated["person"]))
    person, seat = seated["person"][order], seated["seat"][order]
    starts = beginnings(person, seat)
    bits = seated.either(seated["themes"][order], starts)
    counts = tally(bits, len(themes.names), seat[starts], len(seats))
    return _long(
        "theme", themes.names, "seat", _largest(seats, counts, np.bincount(seat[starts], minlength=len(seats)), SEATS)
    )


def by_kind(themes: Themes) -> pd.DataFrame:
    """Per theme how many people name it as a hindrance and how many as room: `theme`, `hindrance`, `room`.

    In the order of both together; a theme of which neither may be shown comes last.
    """
    counts = {}
    for name, kind in (("hindrance", Kind.HINDRANCE), ("room", Kind.ROOM)):
        some = themes.selection.where(themes.selection["kind"] == KINDS.index(kind))
        counts[name] = people_per_bit(some.either(some["themes"]), len(themes.names))
    frame = pd.DataFrame({"theme": themes.names, **counts})
    frame = frame[(frame["hindrance"] > 0) | (frame["room"] > 0)]
    hidden = hide(hide(frame, ["hindrance"], "hindrance"), ["room"], "room")
    seen = hidden["hindrance"].fillna(0) + hidden["room"].fillna(0)
    order = np.lexsort((hidden["theme"].to_numpy(str), -seen.to_numpy(np.int64)))
    return hidden.iloc[order].reset_index(drop=True)


def room_by_domain(answers: Selection) -> pd.DataFrame:
    """The map of room: per life domain of the case and status `participants` who say so, `of` who say anything.

    Domains in the order of the list, statuses from *doe ik al* to *mag niet, wel nodig*; domains without any are not
    there.
    """
    room = answers.where((answers["kind"] == KINDS.index(Kind.ROOM)) & (answers["status"] > 0))
    statuses = np.uint64(1) << room["status"].astype(np.uint64)
    parts = []
    for domain, (bits, _) in zip(room.records.names.domains, _per_domain(room, statuses), strict=True):
        if len(bits):
            parts.append((domain, people_per_bit(bits, len(STATUSES))[1:], len(bits)))
    return _long("status", [str(status) for status in Status], "domain", parts)


def _largest(
    names: Sequence[str], counts: NDArray[Any], of: NDArray[Any], most: int
) -> list[tuple[str, NDArray[Any], int]]:
    """The columns that stand for enough people, the largest first."""
    there = [place for place, name in enumerate(names) if name and shown(int(of[place]))]
    there.sort(key=lambda place: (-of[place], names[place]))
    return [(names[place], counts[place], int(of[place])) for place in there[:most]]


def _long(key: str, names: Sequence[str], column: str, parts: Sequence[tuple[str, NDArray[Any], int]]) -> pd.DataFrame:
    """One row for each name that anybody has and each part."""
    rows = [
        (names[place], part, int(counts[place]), of)
        for place in range(len(names))
        if any(counts[place] for _, counts, _ in parts)
        for part, counts, of in parts
    ]
    frame = pd.DataFrame(rows, columns=[key, column, "participants", "of"])
    return hide(hide(frame, ["participants"]), ["of"], "of")
