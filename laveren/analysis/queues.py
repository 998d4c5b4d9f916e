"""Which answers wait to be coded, and in what order they come: over all workshops, in numbers only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from laveren.analysis.records import Column, Records
from laveren.analysis.selecting import beginnings

#: `new`: themes are suggested; `nowhere`: no word suggests any; `again`: coded with a theme that counts for none any
#: more; `differ`: the second coder chose otherwise; `done`: a person said what it is about.
Queue = Literal["new", "nowhere", "again", "differ", "done"]
Mask = NDArray[np.bool_]

#: Which half of an answer's id decides its turn; one is as much by chance as the other.
CODING, SAMPLE = 1, 0


def queues(records: Records, again: Iterable[bytes], differ: Iterable[bytes]) -> dict[Queue, Mask]:
    """Which answers stand in which queue, as masks over the records; `again` and `differ` are ids of coded answers.

    Answers for which no themes were looked for yet stand in none.
    """
    words, coded, suggested = (records.column(name) for name in ("words", "coded", "suggested"))
    left, coded = words & ~coded, words & coded
    return {
        "new": left & (suggested > 0),
        "nowhere": left & (suggested == 0) & ~records.column("waiting"),
        "again": among(records, coded, again),
        "differ": among(records, coded, differ),
        "done": coded,
    }


def among(records: Records, where: Mask, ids: Iterable[bytes]) -> Mask:
    """Those of the answers in `where` that have one of these ids (16 bytes each)."""
    wanted, found = set(ids), np.zeros(len(where), bool)
    if wanted:
        places = np.flatnonzero(where)
        found[places] = [id.tobytes() in wanted for id in records.column("id")[places]]
    return found


def fits(records: Records, *, theme: str | None, by: str, case: str | None = None, workshop: int | None = None) -> Mask:
    """Which answers a filter leaves; None leaves it open. `by`: whose word says the theme, "suggested" or "confirmed".

    `workshop` is its number in the store.
    """
    names, left = records.names, np.ones(len(records), bool)
    if theme is not None:
        left &= (records.column(by) & np.uint64(names.bits.get(theme, 0))) > 0
    if case is not None:
        left &= records.column("case") == names.cases.find(case)
    if workshop is not None:
        left &= (records.workshops["number"] == workshop)[records.column("workshop")]
    return left


def in_turn(records: Records, wanted: Mask, half: int = CODING) -> NDArray[np.intp]:
    """The places of the wanted answers in the order in which they come: one of each workshop, then a second of each.

    Turns are dealt over all that was written, so that an answer keeps its own whatever becomes of the others, and who
    goes on later goes on where it stopped.
    """
    places = np.flatnonzero(records.column("words"))
    workshop = records.column("workshop")[places].astype(np.uint64)
    chance = np.frombuffer(records.column("id").tobytes(), ">u8")[half::2][places].astype(np.uint64) >> np.uint64(32)
    order = np.argsort(workshop << np.uint64(32) | chance, kind="stable")
    starts = beginnings(workshop[order])
    turn = np.empty(len(places), np.uint64)
    turn[order] = np.arange(len(places)) - np.repeat(starts, np.diff(np.append(starts, len(places))))
    stays = wanted[places]
    return places[stays][np.argsort(turn[stays] << np.uint64(32) | chance[stays], kind="stable")]


def sample(records: Records, drawn_from: Mask, already: Iterable[bytes], size: int) -> NDArray[np.intp]:
    """The places of a fair sample of so many answers, those that were `already` looked at first.

    It depends on nothing but chance and the workshop; a larger sample holds the smaller one.
    """
    begun = in_turn(records, among(records, drawn_from, already), SAMPLE)
    order = in_turn(records, drawn_from, SAMPLE)
    return np.concatenate([begun, order[~np.isin(order, begun)]])[: max(size, len(begun))]


def used_most(records: Records, themes: Iterable[str]) -> list[str]:
    """These themes, the most used first: what people confirmed and, where nobody looked yet, what words suggest."""
    bits = np.where(records.column("coded"), records.column("confirmed"), records.column("suggested"))
    often = {id: int(np.count_nonzero(bits & np.uint64(bit))) for id, bit in records.names.bits.items()}
    return sorted(themes, key=lambda id: -often.get(id, 0))


def workshops_in(records: Records, mask: Mask, most: int) -> list[int]:
    """The numbers of the workshops that have an answer in `mask`: the newest, so many at most."""
    places: Column = np.unique(records.column("workshop")[mask])
    newest = places[np.argsort(-records.workshops["day"][places], kind="stable")][:most]
    return [int(number) for number in records.workshops["number"][newest]]


def cases_in(records: Records, mask: Mask) -> dict[str, str]:
    """The cases that have an answer in `mask`: their titles by id, in the order of the titles."""
    names = records.names
    ids = [names.cases.texts[code] for code in np.unique(records.column("case")[mask]) if code]
    return dict(sorted(((id, names.titles.get(id, id)) for id in ids), key=lambda pair: pair[1]))
