"""Which answers are looked at: the filters, whether enough people are in it and out of it, and how people are counted.

A selection gives the columns of its answers in the order of people, so that what somebody said in several answers is
put together where the next person begins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from laveren.analysis.hiding import shown
from laveren.analysis.records import Column, Records

#: Whose word counts for what an answer is about: the codebook's words or a person's. Never both in one count.
Basis = Literal["suggested", "confirmed"]


class TooFew(Exception):
    """A selection that may not be shown: it stands for too few people, or what it leaves out (`left_out`) does.

    `without`: the filter that leaves out too few, or "keep" when all of them together do; None when the selection
    itself is too small.
    """

    def __init__(self, without: str | None = None) -> None:
        super().__init__(without)
        self.without = without


@dataclass(frozen=True, eq=False)
class Selection:
    """Some of the answers, in the order of the records, and whose word counts for their themes."""

    records: Records
    rows: NDArray[np.int32]
    basis: Basis = "suggested"
    _within: tuple[Selection, NDArray[np.bool_]] | None = None  # what it was taken from, and which of that
    _taken: dict[str, Column] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, name: str) -> Column:
        """A column of the answers; "themes" are the bits of the basis."""
        if name not in self._taken:
            if self._within:
                whole, which = self._within
                self._taken[name] = whole[name][which]
            else:
                column = self.records.column(self.basis if name == "themes" else name)
                self._taken[name] = column if len(column) == len(self.rows) else column[self.rows]
        return self._taken[name]

    def where(self, mask: NDArray[np.bool_]) -> Selection:
        """The answers for which `mask` is true; the same object when that is all of them."""
        return self if mask.all() else Selection(self.records, self.rows[mask], self.basis, (self, mask))

    @property
    def read(self) -> Selection:
        """The answers whose themes are known: all, or those that a person has coded."""
        return self if self.basis == "suggested" else self.where(self["coded"])

    @cached_property
    def starts(self) -> NDArray[np.intp]:
        """Where each next person begins."""
        return beginnings(self["person"])

    @property
    def people(self) -> int:
        """How many different people the answers stand for; what was written for a room stands for one."""
        return len(self.starts)

    def first(self, name: str) -> Column:
        """A column that is the same in all answers of a person, once for each person."""
        return self[name][self.starts]

    def either(self, bits: Column, starts: NDArray[np.intp] | None = None) -> Column:
        """The bits of all answers of a person together, or of each group that begins at `starts`."""
        at = self.starts if starts is None else starts
        return np.bitwise_or.reduceat(bits, at) if len(at) else bits[:0]

    @property
    def workshop_count(self) -> int:
        """How many workshops the answers come from."""
        return len(np.unique(self["workshop"]))

    @cached_property
    def size(self) -> int:
        """How many workshops there are in the records: the length of a count per workshop."""
        return len(self.records.workshops["number"])


def beginnings(*by: Column) -> NDArray[np.intp]:
    """Where a next group begins in columns that stand in order."""
    if not len(by[0]):
        return np.empty(0, np.intp)
    changes = np.zeros(len(by[0]), bool)
    changes[0] = True
    for column in by:
        changes[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(changes)


def everything(records: Records, basis: Basis = "suggested") -> Selection:
    """Every answer given in a round; the closing questions are `closing`."""
    return Selection(records, np.flatnonzero(records.column("round") > 0).astype(np.int32), basis)


@dataclass(frozen=True)
class Filters:
    """What is looked at; None leaves a filter open. `period` is first and last day, both included.

    `domain` looks at the domains of the case that was worked on.
    """

    period: tuple[date | None, date | None] = (None, None)
    region: str | None = None
    organisation: str | None = None
    case: str | None = None
    domain: str | None = None
    role: str | None = None

    def masks(self, answers: Selection) -> Mapping[str, NDArray[np.bool_]]:
        """For each filter that is set, by name, which of the answers fit it."""
        names, workshops = answers.records.names, answers.records.workshops
        found: dict[str, NDArray[np.bool_]] = {}
        first, last = self.period
        day = workshops["day"]
        if first is not None or last is not None:
            after = day >= (first.toordinal() if first else 0)
            found["period"] = (after & (day <= (last.toordinal() if last else day)))[answers["workshop"]]
        for name, vocabulary in (("region", names.regions), ("organisation", names.organisations)):
            if (wanted := getattr(self, name)) is not None:
                found[name] = (workshops[name] == vocabulary.find(wanted))[answers["workshop"]]
        for name, vocabulary in (("case", names.cases), ("role", names.roles)):
            if (wanted := getattr(self, name)) is not None:
                found[name] = answers[name] == vocabulary.find(wanted)
        if self.domain is not None:
            found["domain"] = (answers["domains"] & names.domain_bits[self.domain]) > 0
        return found


def narrow(records: Records, filters: Filters, basis: Basis = "suggested") -> Selection:
    """The answers that fit all the filters.

    Raises TooFew when they stand for too few people, or when one of the filters leaves out a few: who looks with and
    without it would see what those few said.
    """
    whole = everything(records, basis)
    masks = filters.masks(whole)
    fits = _all(masks, len(whole))
    chosen = whole.where(fits)
    if not shown(chosen.people):
        raise TooFew
    for name in [*masks, *(["keep"] if len(masks) > 1 else [])]:
        wider = {} if name == "keep" else {other: mask for other, mask in masks.items() if other != name}
        others = whole.where(_all(wider, len(whole)) & ~fits).people
        if others and not shown(others):
            raise TooFew(name)
    return chosen


def _all(masks: Mapping[str, NDArray[np.bool_]], size: int) -> NDArray[np.bool_]:
    fits = np.ones(size, bool)
    for mask in masks.values():
        fits &= mask
    return fits


def closing(chosen: Selection) -> Selection:
    """Whether the meeting helped, as the people of a selection say it."""
    records = chosen.records
    asked = np.flatnonzero(records.column("round") == 0).astype(np.int32)
    said = Selection(records, asked, chosen.basis)
    return said.where(np.isin(said["person"], chosen.first("person"), kind="sort"))


def people_per_bit(bits: Column, n: int) -> NDArray[Any]:
    """How many of `bits` have each of the first `n` bits."""
    return np.array([np.count_nonzero(bits & np.uint64(1 << bit)) for bit in range(n)], np.int64)


def tally(bits: Column, n: int, where: Column, size: int) -> NDArray[Any]:
    """How many of `bits` have each of `n` bits, at each place: an array of `size` × `n` for places in `where`."""
    counts = np.zeros((size, n), np.int32)
    for bit in range(n):
        counts[:, bit] = np.bincount(where[(bits >> bit) & 1 > 0], minlength=size)
    return counts
