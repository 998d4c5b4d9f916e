"""What the room puts first: the dots that people divided over options, and who shares a place.

It counts, and hides nothing: dots are shown when the step closes, and only once enough people have put theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple


class Tally(NamedTuple):
    """How many `dots` an option got, and from how many `people`."""

    option: str
    dots: int
    people: int


def tally(people: Iterable[Mapping[str, int]], options: Sequence[str]) -> list[Tally]:
    """Every option with its dots, most dots first, then from most people, then in the order of `options`.

    `people` gives per person what each option got. Dots on what is no longer among the options do not count.
    """
    given = list(people)
    counted = [
        Tally(option, sum(dots.get(option, 0) for dots in given), sum(dots.get(option, 0) > 0 for dots in given))
        for option in options
    ]
    return sorted(counted, key=lambda one: (-one.dots, -one.people))


def ties(counted: Sequence[Tally]) -> list[list[Tally]]:
    """The groups of two or more that share a place, the highest place first; `counted` as `tally` gives it.

    Only dots decide a place: more people behind as many dots is for the room to weigh, aloud, and no rule of ours.
    What got no dots shares nothing.
    """
    places = (list(group) for _, group in groupby((one for one in counted if one.dots), key=lambda one: one.dots))
    return [group for group in places if len(group) > 1]


def shared_first(counted: Sequence[Tally]) -> list[Tally]:
    """Those that share the first place; none when one has it alone, or nobody put a dot."""
    return next((group for group in ties(counted) if group[0].dots == counted[0].dots), [])
