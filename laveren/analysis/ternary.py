"""Three shares that sum to one, as a place in a triangle: the plane, the middle of many places, and per role.

The triangle has sides of 1: the first corner on top at (½, ½√3), the second left at (0, 0), the third right at (1, 0).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import dist, fsum, sqrt
from typing import NamedTuple

from laveren.analysis.hiding import shown

#: What the corners get, in the order top, left, right: each 0..1, together 1.
Shares = tuple[float, float, float]

HEIGHT = sqrt(3) / 2


class Centroid(NamedTuple):
    """Where a group stands; `role` is "" for everybody.

    `n` people are behind it, who gave one place or both; a place is None when too few people gave it to show it.
    """

    role: str
    n: int
    now: Shares | None
    should: Shares | None


def shares_of(given: Mapping[str, float], corners: Sequence[str]) -> Shares:
    """An answer (what each corner gets, whatever it sums to) as shares, in the order of the three `corners`.

    Raises ValueError for other corners than these, so that two sets of labels are never pooled by accident, and for
    what is no division: a share below zero, or nothing at all.
    """
    if set(given) != set(corners):
        raise ValueError(f"corners {sorted(given)} where {list(corners)} were expected")
    top, left, right = (given[corner] for corner in corners)
    total = top + left + right
    if min(top, left, right) < 0 or total <= 0:
        raise ValueError(f"no division over three corners: {dict(given)}")
    return top / total, left / total, right / total


def point(shares: Shares) -> tuple[float, float]:
    """The place in the plane (x, y) of shares: the corners, weighed by what each gets (barycentric)."""
    top, _, right = shares
    return top / 2 + right, top * HEIGHT


def shares_at(x: float, y: float) -> Shares:
    """The shares of a place in the plane, the inverse of `point`; outside the triangle a share is below zero."""
    top = y / HEIGHT
    right = x - top / 2
    return top, 1 - top - right, right


def centroid(places: Sequence[Shares]) -> Shares | None:
    """The mean of the shares, which is the centroid of the places in the plane; None of no places."""
    if not places:
        return None
    top, left, right = (fsum(corner) / len(places) for corner in zip(*places, strict=True))
    return top, left, right


def spread(places: Sequence[Shares]) -> float:
    """How far apart the places lie: their mean distance to the centroid, in sides of the triangle.

    0 when all stand in one place (or nobody stands anywhere), ½ when half stand in one corner and half in another, and
    at most 1/√3 (0.577): everybody in a corner, each corner as often.
    """
    middle = centroid(places)
    if middle is None:
        return 0.0
    return fsum(dist(point(place), point(middle)) for place in places) / len(places)


def centroids(people: Iterable[tuple[str, Shares | None, Shares | None]]) -> list[Centroid]:
    """Where everybody stands, then every role of which enough people gave a place, the largest first.

    `people` are (role, now, should), a place None where it was not given. Now and should are counted and hidden each by
    itself; nothing is in the list when too few gave either. When the roles that can be shown leave one to four people
    out, everybody minus those roles would tell where these few stand; then the smallest role is left out as well.

    The means are exact. Where single places are drawn beside them, unnamed, one can puzzle in a small room which of
    them may be the places of a role: its mean tells the role of a place, never whose it is. And what is drawn again
    after every answer tells the last one's: draw it when the step is done.
    """
    given = list(people)
    now = _groups([(number, role) for number, (role, place, _) in enumerate(given) if place is not None])
    should = _groups([(number, role) for number, (role, _, place) in enumerate(given) if place is not None])
    found = []
    for role in now.keys() | should.keys():
        here, there = now.get(role, []), should.get(role, [])
        found.append(
            Centroid(
                role,
                len({*here, *there}),
                centroid([place for number in here if (place := given[number][1]) is not None]),
                centroid([place for number in there if (place := given[number][2]) is not None]),
            )
        )
    return sorted(found, key=lambda group: (group.role != "", -group.n, group.role))


def _groups(placed: Sequence[tuple[int, str]]) -> dict[str, list[int]]:
    """The groups to show of the people who gave one place, by role ("" is everybody): the numbers of their people."""
    everybody = [number for number, _ in placed]
    if not shown(len(everybody)):
        return {}
    roles: defaultdict[str, list[int]] = defaultdict(list)
    for number, role in placed:
        roles[role].append(number)
    roles.pop("", None)  # whose role is not known is among everybody, and in no role
    large = sorted((role for role, group in roles.items() if shown(len(group))), key=lambda r: (-len(roles[r]), r))
    outside = len(everybody) - sum(len(roles[role]) for role in large)
    if large and outside and not shown(outside):
        large.pop()  # at least the threshold by itself: no second one has to go
    return {"": everybody} | {role: roles[role] for role in large}
