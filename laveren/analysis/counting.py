"""What recurs, counted in workshops and people, not in notes; what stands for too few people is hidden already.

A theme occurs in a workshop when at least three of its participants name it: one note in a room of 300 proves little,
and the notes of one room depend on each other. So workshops are counted, with Wilson's interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from laveren.analysis.hiding import hide, shown
from laveren.analysis.intervals import Interval, paired_difference, wilson
from laveren.analysis.records import KINDS, SOURCES, Column
from laveren.analysis.selecting import Selection, beginnings, people_per_bit, tally
from laveren.content.methods import Kind
from laveren.content.terms import Role

#: So many participants of a workshop must name a theme there.
NAMED_BY = 3

RECURRENCE_COLUMNS = (
    "theme", "workshops", "of", "share", "low", "high", "cases", "of_cases", "regions", "organisations", "roles",
    "participants",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Themes:
    """Who names which theme, in a selection: per person the bits of all they said, and what follows from that.

    For counting on, not for showing: nothing is hidden yet. Arrays per workshop have the length of the records'
    workshops, those per theme the order of the codebook.
    """

    selection: Selection

    @property
    def names(self) -> list[str]:
        """The themes, in the order of the columns."""
        return self.selection.records.names.themes

    @cached_property
    def workshop(self) -> Column:
        """The workshop of each person."""
        return self.selection.first("workshop")

    @cached_property
    def bits(self) -> Column:
        """The themes that each person names."""
        return self.selection.either(self.selection["themes"])

    @cached_property
    def named(self) -> NDArray[Any]:
        """How many people name each theme: workshops × themes."""
        return tally(self.bits, len(self.names), self.workshop, self.selection.size)

    @cached_property
    def answered(self) -> NDArray[Any]:
        """How many people answered, per workshop."""
        return np.bincount(self.workshop, minlength=self.selection.size)

    @cached_property
    def counts(self) -> NDArray[np.bool_]:
        """The workshops in which at least three people answered: elsewhere nothing can occur."""
        return self.answered >= NAMED_BY

    @cached_property
    def occurs(self) -> NDArray[np.bool_]:
        """Whether each theme occurs: workshops × themes."""
        return self.named >= NAMED_BY

    @cached_property
    def behind(self) -> Column:
        """The themes that each person names in a workshop in which they occur."""
        there = np.zeros(self.selection.size, np.uint64)
        for bit in range(len(self.names)):
            there |= self.occurs[:, bit].astype(np.uint64) << np.uint64(bit)
        return self.bits & there[self.workshop]


def themes_of(selection: Selection) -> Themes:
    """Who names which theme in the answers whose themes are known."""
    return Themes(selection.read)


def theme_recurrence(themes: Themes) -> pd.DataFrame:
    """Per theme that anybody names: in how many workshops it occurs, and how sure that is; the commonest first.

    `workshops` of `of` (those in which at least three people answered), `share`, `low`, `high` (Wilson, 95 %);
    `cases` of `of_cases` (those with which it occurs in some workshop), `regions` and `organisations` (of the
    workshops it occurs in), `roles` (named there by enough people with that role) and `participants` (who name it
    there). Numbers that stand for too few people are missing; those rows come last, in the order of their ids.
    """
    of = int(themes.counts.sum())
    cases, case_people, of_cases = _per_case(themes)
    roles, role_people = _per_role(themes)
    places = themes.selection.records.workshops
    rows = []
    for bit, theme in enumerate(themes.names):
        there = themes.occurs[:, bit]
        if not themes.named[:, bit].any():
            continue
        hits = int(there.sum())
        rate = wilson(hits, of) if of else Interval(0.0, 0.0, 0.0)
        where = [len(set(places[name][there].tolist()) - {0}) for name in ("region", "organisation")]
        people = int(themes.named[there, bit].sum())
        rows.append(
            (theme, hits, of, *rate, cases[bit], of_cases, *where, roles[bit], people, case_people[bit],
             role_people[bit])
        )  # fmt: skip
    counts = pd.DataFrame(rows, columns=[*RECURRENCE_COLUMNS, "case_people", "role_people"])
    counts = counts.astype({"theme": "str", "share": "float64", "low": "float64", "high": "float64"})
    hidden = hide(counts, ["cases", "of_cases"], "case_people")
    hidden = hide(hidden, ["roles"], "role_people")
    hidden = hide(hidden, [name for name in RECURRENCE_COLUMNS if name not in ("theme", "cases", "of_cases", "roles")])
    return ordered(hidden, "theme", ["workshops", "participants"])[list(RECURRENCE_COLUMNS)]


def _per_case(themes: Themes) -> tuple[Sequence[int], Sequence[int], int]:
    """Per theme with how many cases it occurs in some workshop and who names it so; and how many cases there were."""
    there = themes.selection.where(themes.selection["case"] > 0)
    starts = beginnings(there["person"], there["case"])
    workshop, case, person = (there[name][starts] for name in ("workshop", "case", "person"))
    bits = there.either(there["themes"], starts)
    pairs, where = np.unique(workshop.astype(np.int64) << 16 | case, return_inverse=True)
    named = tally(bits, len(themes.names), where, len(pairs))
    done = np.bincount(where, minlength=len(pairs)) >= NAMED_BY
    occurs, case_of_pair = named >= NAMED_BY, pairs & 0xFFFF
    cases = [len(np.unique(case_of_pair[occurs[:, bit]])) for bit in range(len(themes.names))]
    people = []
    for bit in range(len(themes.names)):
        counts = ((bits >> np.uint64(bit)) & 1 > 0) & occurs[where, bit]  # and so it occurs in the workshop, too
        people.append(len(beginnings(person[counts])))
    return cases, people, len(np.unique(case_of_pair[done]))


def _per_role(themes: Themes) -> tuple[Sequence[int], Sequence[int]]:
    """Per theme in how many roles enough people name it, of the workshops in which it occurs; and who those are."""
    role = themes.selection.first("role")
    roles = themes.selection.records.names.roles
    by_role = tally(themes.behind, len(themes.names), role, len(roles.texts))
    by_role[max(roles.find(Role.ROOM), 0)] = 0  # what is written for a whole room is nobody's role
    enough = np.vectorize(shown, otypes=[bool])(by_role) if by_role.size else by_role.astype(bool)
    return enough.sum(axis=0).tolist(), (by_role * enough).sum(axis=0).tolist()


def hindrances(answers: Selection) -> Selection:
    """The hindrances that say where they sit (`bron`); a table's lines do not, so they are not among them."""
    return answers.where((answers["kind"] == KINDS.index(Kind.HINDRANCE)) & (answers["source"] > 0))


def hindrances_by_source(answers: Selection) -> pd.DataFrame:
    """Per source: `participants` who name it, `of` (all who say where a hindrance sits), `share`, and `answers`.

    All sources are there, those named by most people first; what stands for too few is missing and comes last.
    """
    stuck = hindrances(answers)
    of, people = stuck.people, people_with(stuck, "source", len(SOURCES))
    notes = np.bincount(stuck["source"], minlength=len(SOURCES))
    rows = [
        (source, people[code], of, people[code] / of if of else 0.0, notes[code])
        for code, source in enumerate(SOURCES)
        if code
    ]
    counts = pd.DataFrame(rows, columns=["source", "participants", "of", "share", "answers"])
    return ordered(hide(counts, ["participants", "of", "share", "answers"]), "source", ["participants"])


def people_with(answers: Selection, column: str, size: int) -> NDArray[Any]:
    """How many different people have each of `size` (64 at most) values in a column."""
    return people_per_bit(answers.either(np.uint64(1) << answers[column].astype(np.uint64)), size)


def askable(answers: Selection) -> Selection:
    """The hindrances of the rounds in which somebody gave room: those that room could have been linked to.

    Where nobody did, the meeting had not come that far, and nothing can be said about it.
    """
    return answers.where(answers["asked"])


def without_room(answers: Selection) -> Selection:
    """The hindrances, of those that room could have been linked to, to which nobody's room is linked."""
    return answers.where(answers["bare"])


def hindrances_without_room(answers: Selection) -> pd.DataFrame:
    """Per source: `hindrances`, how many are `without` room, the `share`, and `participants` behind those.

    As `without_room` counts them. Most participants first; what stands for too few is missing and comes last.
    """
    stuck, bare = askable(answers), without_room(answers)
    every, without = (np.bincount(some["source"], minlength=len(SOURCES)) for some in (stuck, bare))
    people = people_with(bare, "source", len(SOURCES))
    rows = [
        (source, every[code], without[code], without[code] / every[code] if every[code] else 0.0, people[code])
        for code, source in enumerate(SOURCES)
        if code
    ]
    counts = pd.DataFrame(rows, columns=["source", "hindrances", "without", "share", "participants"])
    hidden = hide(counts.astype({"share": "float64"}), ["hindrances", "without", "share", "participants"])
    return ordered(hidden, "source", ["participants"])


def unmatched(answers: Selection) -> Selection:
    """The written answers about which nothing is said: no theme suggested, or coded as fitting nowhere."""
    known = answers.read
    return known.where(known["words"] & ~known["waiting"] & (known["themes"] == 0))


def lead(answers: Selection, column: str, first: int, second: int) -> Interval:
    """How much oftener a workshop has more people with `first` in `column` than with `second`: the paired difference.

    Workshops are compared, not people: what people of one room say depends on each other.
    """
    if not len(answers):
        return Interval(0.0, -1.0, 1.0)
    bits = answers.either(np.uint64(1) << answers[column].astype(np.uint64))
    counted = tally(bits, max(first, second) + 1, answers.first("workshop"), answers.size)
    there = np.unique(answers["workshop"])
    one, other = counted[there, first], counted[there, second]
    return paired_difference(int((one > other).sum()), int((one < other).sum()), len(there))


def ordered(frame: pd.DataFrame, key: str, numbers: list[str]) -> pd.DataFrame:
    """Highest numbers first, hidden rows last, alike by key: the order of hidden rows must not tell their numbers."""
    in_order = frame.sort_values([*numbers, key], ascending=[False] * len(numbers) + [True], na_position="last")
    return in_order.reset_index(drop=True)
