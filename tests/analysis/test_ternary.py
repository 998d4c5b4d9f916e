"""Shares as places in a triangle, against known points; and no centroid, nor any difference of them, of a few."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import dist, hypot, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laveren.analysis.ternary import Shares, centroid, centroids, point, shares_at, shares_of, spread

TOP, LEFT, RIGHT = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
MIDDLE = (1 / 3, 1 / 3, 1 / 3)
CORNERS = ("wet", "eigen_kracht", "efficiency")


def near(expected: Sequence[float]) -> object:
    return pytest.approx(expected, abs=1e-12)


def _division(cuts: tuple[int, int]) -> Shares:
    low, high = sorted(cuts)
    return low / 100, (high - low) / 100, (100 - high) / 100


divisions = st.tuples(st.integers(0, 100), st.integers(0, 100)).map(_division)


@pytest.mark.parametrize(
    ("shares", "place"),
    [
        (TOP, (0.5, sqrt(3) / 2)),
        (LEFT, (0, 0)),
        (RIGHT, (1, 0)),
        (MIDDLE, (0.5, sqrt(3) / 6)),
        ((0.5, 0.5, 0), (0.25, sqrt(3) / 4)),
        ((0.5, 0, 0.5), (0.75, sqrt(3) / 4)),
        ((0, 0.5, 0.5), (0.5, 0)),
        # Soils in the triangle of the USDA, clay on top, sand left, silt right: x = (2 silt + clay) / 2 and
        # y = clay √3 / 2 (the usual formula of a ternary plot).
        ((0.2, 0.4, 0.4), (0.5, 0.173205080756888)),
        ((0.5, 0.3, 0.2), (0.45, 0.433012701892219)),
        ((0.1, 0.3, 0.6), (0.65, 0.086602540378444)),
    ],
)
def test_a_division_lies_where_the_textbook_puts_it(shares: Shares, place: tuple[float, float]) -> None:
    assert point(shares) == near(place)
    assert shares_at(*place) == near(shares)


@given(divisions)
def test_from_shares_to_a_place_and_back_nothing_is_lost(shares: Shares) -> None:
    assert shares_at(*point(shares)) == near(shares)


def test_outside_the_triangle_a_share_is_below_zero() -> None:
    assert min(shares_at(0.5, -0.1)) < 0
    assert min(shares_at(0, 0.5)) < 0


@given(divisions)
def test_left_and_right_mirror_each_other_and_the_corners_turn_round_the_middle(shares: Shares) -> None:
    top, left, right = shares
    x, y = point(shares)
    assert point((top, right, left)) == near((1 - x, y))
    middle = point(MIDDLE)
    assert dist(point((left, right, top)), middle) == pytest.approx(dist((x, y), middle), abs=1e-12)


@given(divisions)
def test_a_share_is_the_distance_to_the_side_across_from_its_corner(shares: Shares) -> None:
    # Viviani: the three distances of a point in an equilateral triangle to the sides sum to its height.
    x, y = point(shares)
    to_right_side = abs(sqrt(3) * (1 - x) - y) / hypot(sqrt(3), 1)
    assert (y, to_right_side) == near((shares[0] * sqrt(3) / 2, shares[1] * sqrt(3) / 2))


def test_an_answer_becomes_shares_in_the_order_of_the_corners() -> None:
    assert shares_of({"efficiency": 20, "wet": 50, "eigen_kracht": 30}, CORNERS) == near((0.5, 0.3, 0.2))


@pytest.mark.parametrize(
    "given_",
    [
        {"legitimiteit": 50, "betrokkenheid": 30, "rendement": 20},
        {"wet": 50, "eigen_kracht": 50},
        {"wet": 50, "eigen_kracht": 30, "efficiency": 20, "rendement": 0},
    ],
)
def test_answers_to_other_labels_are_never_pooled(given_: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="corners"):
        shares_of(given_, CORNERS)


@pytest.mark.parametrize("numbers", [(0, 0, 0), (-10, 60, 50)])
def test_what_divides_nothing_has_no_shares(numbers: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="no division"):
        shares_of(dict(zip(CORNERS, numbers, strict=True)), CORNERS)


def test_the_centroid_is_the_mean_of_the_shares() -> None:
    assert centroid([TOP, LEFT, RIGHT]) == near(MIDDLE)
    assert centroid([TOP, TOP, LEFT, RIGHT]) == near((0.5, 0.25, 0.25))
    assert centroid([]) is None


@given(st.lists(divisions, min_size=1, max_size=30))
def test_the_centroid_lies_among_the_places(places: list[Shares]) -> None:
    middle = centroid(places)
    assert middle is not None
    assert sum(middle) == pytest.approx(1)
    for corner in range(3):
        shares = [place[corner] for place in places]
        assert min(shares) - 1e-12 <= middle[corner] <= max(shares) + 1e-12
    x, y = zip(*map(point, places), strict=True)
    assert point(middle) == near((sum(x) / len(x), sum(y) / len(y))), "of the shares and in the plane are one"


@pytest.mark.parametrize(
    ("places", "apart"),
    [([], 0), ([TOP], 0), ([LEFT, LEFT], 0), ([LEFT, RIGHT], 0.5), ([TOP, LEFT, RIGHT], 1 / sqrt(3))],
)
def test_spread_is_the_mean_distance_to_the_centroid(places: list[Shares], apart: float) -> None:
    assert spread(places) == pytest.approx(apart, abs=1e-12)


@given(st.lists(divisions, max_size=30))
def test_nothing_is_spread_wider_than_over_the_three_corners(places: list[Shares]) -> None:
    assert 0 <= spread(places) <= 1 / sqrt(3) + 1e-12


Placed = tuple[str, Shares | None, Shares | None]


def room(**roles: int) -> list[Placed]:
    """So many of each role: all want to go from the law to where their role stands."""
    goals = dict(zip(roles, [LEFT, RIGHT, MIDDLE, TOP], strict=False))
    return [(role, TOP, goals[role]) for role, count in roles.items() for _ in range(count)]


def test_everybody_comes_first_and_then_the_largest_role() -> None:
    found = centroids(room(beleid=5, uitvoerder=15))
    assert [(group.role, group.n) for group in found] == [("", 20), ("uitvoerder", 15), ("beleid", 5)]
    assert found[0].now == near(TOP)
    assert found[0].should == near((0, 0.25, 0.75))
    assert found[2].should == near(LEFT)


def test_of_fewer_than_five_there_is_nothing() -> None:
    assert centroids(room(uitvoerder=4)) == []
    assert [group.role for group in centroids(room(uitvoerder=3, beleid=2))] == [""]


@pytest.mark.parametrize("few", [1, 4])
def test_the_smallest_role_stays_out_when_subtraction_would_tell_of_a_few(few: int) -> None:
    assert [group.role for group in centroids(room(uitvoerder=9, beleid=6, bestuur=few))] == ["", "uitvoerder"]
    assert [group.role for group in centroids(room(uitvoerder=9, bestuur=few))] == [""]


def test_five_of_several_small_roles_together_are_enough_to_stay_out() -> None:
    found = centroids(room(uitvoerder=9, beleid=6, bestuur=3, keten=2))
    assert [group.role for group in found] == ["", "uitvoerder", "beleid"]


def test_who_has_no_role_counts_among_everybody_only() -> None:
    found = centroids([*room(beleid=7), *[("", TOP, TOP)] * 6])
    assert [(group.role, group.n) for group in found] == [("", 13), ("beleid", 7)]


def test_now_and_should_are_hidden_each_by_itself() -> None:
    found = centroids([("beleid", TOP, LEFT)] * 4 + [("beleid", TOP, None)] * 3)
    assert [(group.role, group.n, group.should) for group in found] == [("", 7, None), ("beleid", 7, None)]
    assert found[0].now == near(TOP)
    # Seven of policy say where it is now and one of the board: policy stays out there. Nobody of the board says where
    # it should be, so there policy can be shown.
    mixed = centroids([("beleid", TOP, LEFT)] * 7 + [("bestuur", RIGHT, None)])
    assert [(group.role, group.n, group.now is None) for group in mixed] == [("", 8, False), ("beleid", 7, True)]


@given(
    st.lists(
        st.tuples(st.sampled_from(["uitvoerder", "beleid", "bestuur", ""]), st.booleans(), st.booleans()), max_size=40
    )
)
def test_no_centroid_and_no_difference_of_centroids_stands_for_a_few(who: list[tuple[str, bool, bool]]) -> None:
    people: list[Placed] = [(role, TOP if now else None, LEFT if should else None) for role, now, should in who]
    found = centroids(people)
    for question in (1, 2):
        gave = [person[0] for person in people if person[question] is not None]
        seen = [group for group in found if (group.now, group.should)[question - 1] is not None]
        roles = [group.role for group in seen if group.role]
        assert [group.role for group in seen if not group.role] == ([""] if len(gave) >= 5 else [])
        for some in range(len(roles) + 1):
            for few in combinations(roles, some):
                left = len(gave) - sum(gave.count(role) for role in few)
                assert not seen or left == 0 or left >= 5
                assert all(gave.count(role) >= 5 for role in few)
    for group in found:
        assert group.n >= 5
        assert (group.now, group.should) != (None, None)


@given(st.lists(st.tuples(st.sampled_from(["uitvoerder", "beleid"]), divisions), min_size=5, max_size=25), st.data())
def test_who_said_it_first_does_not_matter(who: list[tuple[str, Shares]], data: st.DataObject) -> None:
    people: list[Placed] = [(role, place, place) for role, place in who]
    assert centroids(data.draw(st.permutations(people))) == centroids(people)
