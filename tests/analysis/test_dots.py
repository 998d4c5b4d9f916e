"""What the room puts first, and who shares a place."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from laveren.analysis.dots import Tally, shared_first, tally, ties

OPTIONS = ["wachttijd", "privacy", "mandaat", "brieven"]

one_persons_dots = st.dictionaries(st.sampled_from(OPTIONS), st.integers(1, 2), min_size=1, max_size=3)


def test_most_dots_come_first_then_most_people_then_the_order_of_the_options() -> None:
    people = [{"mandaat": 2, "brieven": 1}, {"mandaat": 2, "privacy": 1}, {"brieven": 2, "privacy": 1}, {"privacy": 1}]
    assert tally(people, OPTIONS) == [
        Tally("mandaat", 4, 2),
        Tally("privacy", 3, 3),
        Tally("brieven", 3, 2),
        Tally("wachttijd", 0, 0),
    ]
    assert [one.option for one in tally([{"brieven": 1, "privacy": 1}], OPTIONS)][:2] == ["privacy", "brieven"]


def test_dots_on_what_is_no_longer_an_option_do_not_count() -> None:
    assert tally([{"taal": 2, "brieven": 1}], ["brieven"]) == [Tally("brieven", 1, 1)]


def test_as_many_dots_share_a_place_whoever_put_them() -> None:
    counted = tally([{"mandaat": 2}, {"brieven": 1, "privacy": 1}, {"brieven": 1}], OPTIONS)
    assert [[one.option for one in group] for group in ties(counted)] == [["brieven", "mandaat"]]
    assert [one.option for one in shared_first(counted)] == ["brieven", "mandaat"]


def test_a_tie_lower_down_does_not_share_the_first_place() -> None:
    counted = tally([{"mandaat": 2, "brieven": 1}, {"privacy": 1}], OPTIONS)
    assert [[one.option for one in group] for group in ties(counted)] == [["privacy", "brieven"]]
    assert shared_first(counted) == []


def test_without_dots_nothing_is_shared() -> None:
    assert ties(tally([], OPTIONS)) == []
    assert shared_first(tally([], OPTIONS)) == []
    assert shared_first(tally([], [])) == []


@given(st.lists(one_persons_dots, max_size=30))
def test_no_dot_is_lost_and_every_tie_is_named(people: list[dict[str, int]]) -> None:
    counted = tally(people, OPTIONS)
    assert sum(one.dots for one in counted) == sum(sum(dots.values()) for dots in people)
    assert {one.option for one in counted} == set(OPTIONS)
    assert all(first.dots >= second.dots for first, second in pairwise(counted))
    assert all(one.people <= one.dots <= 2 * one.people for one in counted)
    tied = {one.option for group in ties(counted) for one in group}
    for one in counted:
        same = [other for other in counted if other.dots == one.dots]
        assert (one.option in tied) == (one.dots > 0 and len(same) > 1)
