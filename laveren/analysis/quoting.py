"""How people say it: the answers behind a mark, and a fair pick of quotes from them."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from laveren.analysis.counting import Themes
from laveren.analysis.hiding import shown
from laveren.analysis.moving import LOOKS, strongest_look
from laveren.analysis.records import KINDS, SOURCES, STATUSES
from laveren.analysis.selecting import Selection

#: So many answers behind a mark are drawn from; who asks for more quotes than that narrows the filters.
POOL = 2000


@dataclass(frozen=True)
class Mark:
    """What a mark in a picture stands for; what is None does not matter.

    `other` is a second theme of the same person; `there` keeps to the workshops in which the theme occurs; `workshop`
    is its number in the store, `quarter` is "2025-1"; `bare`: hindrances without room; `after`: after a twist or not;
    `look`: of who looks so at the case after a twist ("same little", see `looks_after_twist`).
    """

    theme: str | None = None
    other: str | None = None
    there: bool = False
    domain: str | None = None
    role: str | None = None
    seat: str | None = None
    kind: str | None = None
    source: str | None = None
    status: str | None = None
    case: str | None = None
    workshop: int | None = None
    quarter: str | None = None
    bare: bool | None = None
    after: bool | None = None
    look: str | None = None


def behind(answers: Selection, mark: Mark) -> Selection:
    """The answers of a selection that a mark stands for."""
    known = answers.read if mark.theme else answers
    names, places = known.records.names, known.records.workshops
    fits = np.ones(len(known), bool)
    for column, wanted, texts in (
        ("role", mark.role, names.roles.texts), ("seat", mark.seat, names.seats.texts), ("kind", mark.kind, KINDS),
        ("source", mark.source, SOURCES), ("status", mark.status, STATUSES), ("case", mark.case, names.cases.texts),
    ):  # fmt: skip
        if wanted is not None:
            fits &= known[column] == texts.index(wanted)
    if mark.domain is not None:
        fits &= (known["domains"] & names.domain_bits[mark.domain]) > 0
    if mark.workshop is not None:
        fits &= (places["number"] == mark.workshop)[known["workshop"]]
    if mark.quarter is not None:
        year, quarter = map(int, mark.quarter.split("-"))
        fits &= (places["quarter"] == 4 * year + quarter - 1)[known["workshop"]]
    if mark.bare:
        fits &= known["bare"]
    if mark.after is not None:
        fits &= (known["twist"] > 0) == mark.after
    if mark.look is not None:
        wanted_looks = [LOOKS.index(look) + 1 for look in mark.look.split()]
        fits &= _each(known, np.isin(strongest_look(known), wanted_looks))
    if mark.theme is not None:
        fits &= _about(known, mark.theme, mark.other, there=mark.there)
    return known.where(fits)


def _each(known: Selection, people: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What is so of people, for each of their answers."""
    return np.repeat(people, np.diff(np.append(known.starts, len(known))))


def _about(known: Selection, theme: str, other: str | None, *, there: bool) -> NDArray[np.bool_]:
    """Which answers name a theme; of people who name the other too, where there is one, either."""
    themes = Themes(known)
    bits = np.uint64(sum(1 << themes.names.index(one) for one in (theme, other) if one))
    fits: NDArray[np.bool_] = (known["themes"] & bits) > 0
    if other:
        both = (themes.bits & bits) == bits
        fits &= _each(known, both)
    if there:
        fits &= themes.occurs[:, themes.names.index(theme)][known["workshop"]]
    return fits


def quotable(behind: Selection) -> list[int]:
    """The answers from behind one mark to quote, as places in the records, in turn; none if it stands for too few.

    What a moderator kept off the screen counts for the mark and is never quoted. The order is the same each time and
    goes round: over the workshops first, then over the people of a workshop.
    """
    if not shown(behind.people):
        return []
    sayable = behind.where(behind["words"] & ~behind["hidden"])
    if len(sayable) > POOL:
        first = np.argsort(sayable["id"].view("V8").reshape(-1, 2)[:, 1].view(np.uint64))[:POOL]
        sayable = sayable.where(np.isin(np.arange(len(sayable)), first))
    chance = [blake2b(id.tobytes(), digest_size=8).digest() for id in sayable["id"]]
    drawn = sorted(range(len(chance)), key=chance.__getitem__)
    # The first quote of everybody comes before anybody's second; so too with workshops, over those.
    for column in ("person", "workshop"):
        said: dict[int, int] = {}
        turns: list[tuple[int, int, int]] = []
        for place in drawn:
            who = int(sayable[column][place])
            said[who] = said.get(who, -1) + 1
            turns.append((said[who], len(turns), place))
        drawn = [place for _, _, place in sorted(turns)]
    return [int(place) for place in sayable.rows[drawn]]
