"""Wilson's interval and the paired difference, against published values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laveren.analysis.intervals import paired_difference, wilson


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        # R.G. Newcombe (1998), Two-sided confidence intervals for the single proportion, Statistics in Medicine 17,
        # 857-872, table I, method 3 (the score method without continuity correction).
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval_is_the_published_one(hits: int, n: int, low: float, high: float) -> None:
    interval = wilson(hits, n)
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


def test_thirty_four_of_fifty_two_workshops_is_52_to_77_percent() -> None:
    assert [round(100 * bound) for bound in wilson(34, 52)] == [65, 52, 77]


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_lies_within_its_interval_and_the_interval_between_0_and_1(counts: tuple[int, int]) -> None:
    hits, n = counts
    interval = wilson(hits, n)
    assert 0 <= interval.low <= interval.value <= interval.high <= 1
    other = wilson(n - hits, n)
    assert other.low == pytest.approx(1 - interval.high), "what does not occur mirrors what does"


@pytest.mark.parametrize(("hits", "n"), [(0, 0), (3, 2), (-1, 5)])
def test_a_share_of_nothing_is_refused(hits: int, n: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(hits, n)


def test_the_paired_difference_follows_the_adjusted_formula() -> None:
    # By hand: n = 48, 20 only the first, 8 only the second: p = 21/50 and 9/50, d = .24, se = sqrt((.6 - .0576) / 50).
    interval = paired_difference(20, 8, 48)
    assert interval.value == pytest.approx(12 / 48)
    assert interval.low == pytest.approx(0.24 - 1.959964 * 0.1041538, abs=1e-5)
    assert interval.high == pytest.approx(0.24 + 1.959964 * 0.1041538, abs=1e-5)


def test_a_difference_seen_in_few_workshops_is_not_clear_however_large() -> None:
    assert not paired_difference(3, 0, 3).above_zero
    assert paired_difference(9, 0, 12).above_zero


def test_no_difference_is_never_clear() -> None:
    assert not paired_difference(0, 0, 500).above_zero
    assert not paired_difference(40, 40, 100).above_zero


@pytest.mark.parametrize(("more", "less", "n"), [(0, 0, 0), (3, 3, 5), (-1, 0, 5)])
def test_more_differences_than_workshops_are_refused(more: int, less: int, n: int) -> None:
    with pytest.raises(ValueError, match="no difference"):
        paired_difference(more, less, n)
