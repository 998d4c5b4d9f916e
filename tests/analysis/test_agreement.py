"""Krippendorff's alpha against published values and a count of pairs by hand, its interval, and the words for it."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations, product
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laveren.analysis.agreement import Agreement, agreement, alpha, masi, nominal, words


def units(*coders: str) -> list[list[str]]:
    """One string per coder, one character per unit; a dot where the coder gave nothing."""
    return [[value for value in unit if value != "."] for unit in zip(*coders, strict=True)]


def by_pairs(given_values: list[list[str]]) -> Fraction | None:
    """Nominal alpha from its definition, in fractions: pairs within units against pairs of all values."""
    pairable = [unit for unit in given_values if len(unit) > 1]
    everything = [value for unit in pairable for value in unit]
    n = len(everything)
    differing = sum(one != other for one, other in permutations(everything, 2))
    if not differing:
        return None
    within = sum(Fraction(sum(a != b for a, b in permutations(unit, 2)), len(unit) - 1) for unit in pairable)
    return 1 - within / n / Fraction(differing, n * (n - 1))


@pytest.mark.parametrize(
    ("coders", "published"),
    [
        # K. Krippendorff (2011), Computing Krippendorff's alpha-reliability, sections A (binary), B (nominal, two
        # observers) and C (nominal, four observers, missing data).
        (("0100000010", "1110010000"), 0.095),
        (("aabbdcccedda", "babbbccceddd"), 0.692),
        (("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743),
        # The example of three coders and fifteen units in the encyclopedia's article on alpha.
        ((".....34121133.3", "1.213343.......", "..21344.21133.4"), 0.691),
    ],
)
def test_nominal_alpha_is_the_published_one(coders: tuple[str, ...], published: float) -> None:
    value = alpha(units(*coders))
    assert value is not None
    assert round(value, 3) == published


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=4), max_size=12))
def test_alpha_is_what_counting_all_pairs_gives(given_values: list[list[str]]) -> None:
    expected = by_pairs(given_values)
    assert alpha(given_values) == (None if expected is None else pytest.approx(float(expected)))


@pytest.mark.parametrize("nothing", [[], [[], ["a"], ["b"]], [["a", "a"]], [["a", "a"], ["a", "a"], ["b"]]])
def test_nothing_is_said_without_pairs_or_without_variation(nothing: list[list[str]]) -> None:
    assert alpha(nothing) is None
    assert agreement(nothing) is None


def test_full_agreement_is_one_and_agreeing_less_than_chance_is_below_zero() -> None:
    assert alpha(units("abcabc", "abcabc")) == 1
    assert (alpha(units("ababab", "bababa")) or 0) < 0


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("ab", "ab", 0),
        ("ab", "cd", 1),
        ("a", "ab", 1 - 1 / 2 * 2 / 3),
        ("abc", "a", 1 - 1 / 3 * 2 / 3),
        ("ab", "bc", 1 - 1 / 3 * 1 / 3),
        ("", "", 0),
        ("", "a", 1),
    ],
)
def test_masi_is_jaccard_times_how_the_sets_lie(one: str, other: str, distance: float) -> None:
    assert masi(frozenset(one), frozenset(other)) == pytest.approx(distance)
    assert masi(frozenset(other), frozenset(one)) == pytest.approx(distance)


def test_alpha_of_sets_gives_part_for_what_is_shared() -> None:
    a, ab, none = frozenset("a"), frozenset("ab"), frozenset[str]()
    coded = [(a, a), (a, ab), (none, none)]
    # By hand: 3 × a, 1 × ab, 2 × none; a to ab is 2/3, all else 1. Within: 2 × 2/3 of 6 values. By chance: the ordered
    # pairs a-ab 2 × 3 × 2/3, a-none 2 × 6, ab-none 2 × 2, together 20, of 6 × 5.
    assert alpha(coded, masi) == pytest.approx(1 - (4 / 3 / 6) / (20 / 30))
    assert (alpha(coded, masi) or 0) > (alpha(coded, nominal) or 0), "all or nothing is harder"


def test_the_interval_is_that_of_whole_units_drawn_again() -> None:
    coded = units("aaaac", "abaaa", "abbcc")
    found = agreement(coded, draws=40_000)
    # Every way to draw five of the five units; all the same is no variation, and counts as zero.
    every = [float(by_pairs(list(drawn)) or 0) for drawn in product(coded, repeat=5)]
    assert found is not None
    assert (found.value, found.units) == (pytest.approx(float(by_pairs(coded) or 0)), 5)
    assert (found.low, found.high) == pytest.approx(tuple(np.percentile(every, (2.5, 97.5))))


def test_draws_without_variation_count_as_zero() -> None:
    found = agreement([(False, False)] * 299 + [(True, True)])
    assert found is not None
    assert (found.value, found.low, found.high) == (1, 0, 1)


def test_single_values_change_nothing() -> None:
    coded = units("aabbdcccedda", "babbbccceddd")
    assert agreement([*coded, ["a"], []]) == agreement(coded)


def test_the_interval_is_the_same_every_time_and_another_with_another_seed() -> None:
    coded = units("aabbdcccedda" * 5, "babbbccceddd" * 5)
    assert agreement(coded) == agreement(coded)
    assert agreement(coded) != agreement(coded, seed=2)


def test_the_interval_narrows_with_more_units() -> None:
    few, many = (agreement(units("aabbdcccedda" * times, "babbbccceddd" * times)) for times in (4, 40))
    assert few is not None
    assert many is not None
    assert few.low < many.low < many.value < many.high < few.high


@pytest.mark.parametrize(
    ("low", "high", "word"),
    [
        (0.80, 0.95, "reliable"),
        (0.79, 0.99, "tentative"),
        (0.667, 0.70, "tentative"),
        (0.66, 0.99, "unsure"),
        (0.10, 0.667, "unsure"),
        (-0.10, 0.66, "low"),
    ],
)
def test_a_word_is_borne_by_the_whole_interval(low: float, high: float, word: str) -> None:
    assert words(Agreement((low + high) / 2, low, high, units=86, needed=86)) == word
    assert words(Agreement((low + high) / 2, low, high, units=85, needed=86)) == "unsure"


def test_thirty_units_are_needed_of_two_even_values_and_more_of_a_rare_one() -> None:
    # D.A. Bloch and H.C. Kraemer's formula, for alpha .667 and 5 % one-sided, worked out by hand: 29.8, 86.0, 270.
    for each, all_units, needed in ((500, 1000, 30), (100, 1000, 86), (30, 1000, 270)):
        found = agreement([(True, True)] * each + [(False, False)] * (all_units - each), draws=10)
        assert found is not None
        assert found.needed == pytest.approx(needed, abs=1)


def test_a_few_answers_on_which_coders_agree_are_not_called_reliable() -> None:
    fifteen, thirty = (agreement([(True, True), (False, False)] * half) for half in (7, 15))
    rare = agreement([(True, True)] * 8 + [(False, False)] * 52)
    assert fifteen is not None
    assert thirty is not None
    assert rare is not None
    assert (fifteen.low, thirty.low, rare.low) == (1, 1, 1)
    assert (words(fifteen), words(thirty), words(rare)) == ("unsure", "reliable", "unsure")


def test_three_hundred_answers_and_twenty_six_themes_take_less_than_a_second() -> None:
    rng = np.random.default_rng(4)
    themes = [f"theme {number}" for number in range(26)]

    def some() -> frozenset[str]:
        return frozenset(rng.choice(themes, size=rng.integers(0, 4), replace=False).tolist())

    coded = [(first, first if rng.random() < 0.7 else some()) for first in (some() for _ in range(300))]
    start = perf_counter()
    agreement(coded, masi)
    for theme in themes:
        agreement([tuple(theme in chosen for chosen in unit) for unit in coded])
    assert perf_counter() - start < 1
