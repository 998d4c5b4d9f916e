"""What rises and falls: Kendall's test against tables and all orders counted, Sen's slope, and the correction."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise, permutations
from math import erfc, sqrt
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laveren.analysis.trends import QUARTERS, Trend, trends

RISING = [0.10, 0.14, 0.15, 0.21, 0.24, 0.26, 0.31, 0.33]


def alone(shares: Sequence[float | None]) -> Trend:
    """The trend of a theme that is the only one, so that p is not corrected."""
    return trends({"theme": shares})["theme"]


def score(shares: list[float]) -> int:
    return sum((later > now) - (later < now) for now, later in combinations(shares, 2))


def order_with(n: int, wanted: int) -> list[float]:
    """n different shares that score `wanted`: from a rising order neighbours are swapped, each swap taking two off."""
    shares = [place / 100 for place in range(1, n + 1)]
    swaps = (n * (n - 1) // 2 - wanted) // 2
    for end in range(n - 1, 0, -1):
        for place in range(end):
            if swaps == 0:
                return shares
            shares[place], shares[place + 1] = shares[place + 1], shares[place]
            swaps -= 1
    return shares


def scores_of_all_orders(shares: list[float]) -> np.ndarray:
    orders = np.array(list(permutations(shares)))
    return sum(np.sign(orders[:, j] - orders[:, i]) for i, j in combinations(range(len(shares)), 2))


@pytest.mark.parametrize(
    ("n", "kendall", "tail"),
    [
        # Upper tails of Kendall's S, as tabled in M.G. Kendall (1975), Rank correlation methods, table 1, and R.O.
        # Gilbert (1987), table A18.
        (8, 10, 0.138), (8, 16, 0.031), (8, 18, 0.016), (8, 20, 0.0071), (8, 24, 0.00087),
        (9, 12, 0.130), (9, 18, 0.038), (9, 20, 0.022), (9, 26, 0.0029), (9, 30, 0.00043),
        (10, 11, 0.190), (10, 21, 0.036), (10, 23, 0.023), (10, 29, 0.0046), (10, 35, 0.00047),
    ],
)  # fmt: skip
def test_up_to_ten_quarters_p_is_that_of_the_tables(n: int, kendall: int, tail: float) -> None:
    shares = order_with(n, kendall)
    assert score(shares) == kendall
    digits = 3 if tail >= 0.01 else 4 if tail >= 0.001 else 5
    assert round(alone(shares).p / 2, digits) == tail
    assert alone(shares[::-1]).p == alone(shares).p, "falling is as likely as rising"


def test_p_is_the_share_of_all_orders_that_score_as_high() -> None:
    scores = scores_of_all_orders(order_with(8, 28))
    for wanted in range(0, 29, 2):
        assert alone(order_with(8, wanted)).p == pytest.approx((np.abs(scores) >= wanted).mean())


def test_hollander_and_wolfes_tuna_has_its_published_p() -> None:
    # M. Hollander and D.A. Wolfe (1973), Nonparametric statistical methods, p. 185 on: how light canned tuna is, and
    # how a panel liked it; here the second in the order of the first. S = 16, two-sided p = .1194.
    assert alone([2.5, 4.0, 2.6, 3.6, 2.8, 3.1, 5.2, 5.0, 3.8]).p == pytest.approx(0.1194, abs=5e-5)


@pytest.mark.parametrize(
    "shares",
    [
        [0.1, 0.1, 0.2, 0.2, 0.2, 0.3, 0.3, 0.4],
        [0.0, 0.0, 0.0, 0.0, 0.2, 0.0, 0.1, 0.1],
        [0.5, 0.4, 0.4, 0.3, 0.3, 0.3, 0.3, 0.1],
    ],
)
def test_with_ties_the_variance_is_that_of_all_orders(shares: list[float]) -> None:
    deviation = scores_of_all_orders(shares).std()
    assert alone(shares).p == pytest.approx(erfc((abs(score(shares)) - 1) / deviation / sqrt(2)))


def test_beyond_ten_quarters_p_is_normal_with_a_correction_for_continuity() -> None:
    # n = 12: the variance is 12 · 11 · 29 / 18 = 212.67; S = 30, so z = 29 / 14.583 = 1.9886, two-sided p = .0467.
    assert alone(order_with(12, 30)).p == pytest.approx(0.0467, abs=5e-5)
    assert alone(order_with(12, 28)).p > 0.05


def test_a_theme_rises_or_falls_by_its_median_slope() -> None:
    rises, falls = alone(RISING), alone(RISING[::-1])
    slopes = sorted((RISING[j] - RISING[i]) / (j - i) for i, j in combinations(range(8), 2))
    assert rises.direction == "rises"
    assert rises.slope == pytest.approx((slopes[13] + slopes[14]) / 2)
    assert falls == Trend("falls", -rises.slope, -rises.high, -rises.low, rises.p)


def test_the_slope_is_that_of_sens_own_example(monkeypatch: pytest.MonkeyPatch) -> None:
    # P.K. Sen (1968), JASA 63, 1379-1389: seven points, unevenly spaced; the slope is 4. His interval is
    # for 93 %; for 95 % the fourth slope from either end is the bound (Kendall's S of 7: 15 is beyond, 13 is not).
    monkeypatch.setattr("laveren.analysis.trends.QUARTERS", 7)
    points = {1: 9.0, 2: 15.0, 3: 19.0, 4: 20.0, 10: 45.0, 12: 55.0, 18: 78.0}
    slopes = sorted((points[j] - points[i]) / (j - i) for i, j in combinations(points, 2))
    found = alone([points.get(place) for place in range(19)])
    assert (found.slope, found.low, found.high) == pytest.approx((4, slopes[3], slopes[-4]))


@given(st.permutations(range(9)), st.floats(0.5, 2))
def test_the_interval_holds_the_slopes_that_the_test_would_not_reject(order: list[int], bend: float) -> None:
    shares = [(place + 1) ** bend for place in order]
    found = alone(shares)
    slopes = sorted({(shares[j] - shares[i]) / (j - i) for i, j in combinations(range(9), 2)})
    for lower, upper in pairwise(slopes):
        if upper - lower > 1e-6:
            between = (lower + upper) / 2
            rejected = alone([share - between * place for place, share in enumerate(shares)]).p < 0.05
            assert rejected != (found.low < between < found.high)


@given(st.permutations(range(9)))
def test_a_theme_alone_has_a_direction_exactly_when_its_interval_leaves_out_zero(order: list[int]) -> None:
    found = alone([place / 10 for place in order])
    assert (found.direction != "none") == (found.low > 0 or found.high < 0)


def test_a_gap_leaves_the_quarters_after_it_where_they_are() -> None:
    even: list[float | None] = [0.02 * place for place in range(12)]
    holed = [None if place in (2, 5, 6) else share for place, share in enumerate(even)]
    found = alone(holed)
    assert (found.slope, found.low, found.high) == pytest.approx((0.02, 0.02, 0.02))
    assert found.direction == "rises"
    assert alone([float("nan") if share is None else share for share in holed]) == found


def test_a_theme_with_too_few_quarters_is_not_there_and_not_corrected_for() -> None:
    short: list[float | None] = [*RISING[: QUARTERS - 1], None, None, None]
    assert trends({}) == trends({"short": short}) == {}
    assert trends({"short": short, "theme": RISING}) == {"theme": alone(RISING)}


def test_a_constant_theme_has_no_trend_and_no_width() -> None:
    assert alone([0.3] * 12) == Trend("none", 0, 0, 0, 1)


def test_no_direction_without_a_slope() -> None:
    # Thirty quarters without the theme, then ten with ever more of it: Kendall's test finds that, but more than half of
    # all pairs of quarters are alike.
    found = alone([0.0] * 30 + [0.01 * place for place in range(1, 11)])
    assert found.p < 0.001
    assert (found.slope, found.direction) == (0, "none")


def test_what_one_theme_may_claim_is_withheld_among_twenty_six() -> None:
    others = {f"flat {number}": [0.2] * 8 for number in range(25)}
    clear, fair = order_with(8, 24), order_with(8, 22)
    assert [alone(clear).direction, alone(fair).direction] == ["rises", "rises"]
    assert trends({"theme": clear, **others})["theme"].p == pytest.approx(26 * alone(clear).p)
    assert trends({"theme": clear, **others})["theme"].direction == "rises"
    assert trends({"theme": fair, **others})["theme"].direction == "none"


def test_among_twenty_six_themes_of_noise_one_would_often_rise_and_is_withheld() -> None:
    random = Random(1)
    by_chance = claimed = 0
    for _ in range(40):
        noise = {f"theme {number}": [random.random() for _ in range(12)] for number in range(26)}
        by_chance += any(alone(shares).direction != "none" for shares in noise.values())
        claimed += any(trend.direction != "none" for trend in trends(noise).values())
    assert by_chance > 20, "most of the forty would show something"
    assert claimed <= 4, "at most one in twenty is to be expected"


def test_the_correction_is_holms() -> None:
    # One-theme p of S = 24, 20, 18 and 2, all rising: the first times four, the second times three, and so on.
    series = {str(wanted): order_with(8, wanted) for wanted in (2, 20, 24, 18)}
    p = {name: alone(shares).p for name, shares in series.items()}
    found = trends(series)
    assert list(found) == list(series), "in the order they came in"
    assert {name: trend.p for name, trend in found.items()} == pytest.approx(
        {"24": 4 * p["24"], "20": 3 * p["20"], "18": 2 * p["18"], "2": p["2"]}
    )
    assert [found[name].direction for name in ("24", "20", "18", "2")] == ["rises", "rises", "none", "none"]


def test_a_corrected_p_is_never_below_that_of_a_clearer_theme() -> None:
    found = trends({"first": order_with(8, 18), "second": order_with(8, 18), "third": order_with(8, 16)})
    assert found["first"].p == found["second"].p == 3 * alone(order_with(8, 18)).p
    assert found["third"].p == found["first"].p, "by itself it would be lower"
