"""What rises or falls over the quarters: Kendall's test and Theil-Sen's slope per theme, corrected over all themes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from math import ceil, erfc, factorial, isnan, sqrt
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

#: With fewer quarters that can be used nothing is said of a theme.
QUARTERS = 8

#: How often, at most, any theme at all may be said to rise or fall while none does.
LEVEL = 0.05

#: Up to so many quarters, all different, the distribution under chance is counted out; above it is near enough normal.
COUNTED_OUT = 10


class Trend(NamedTuple):
    """Where a theme goes: the `slope` is in shares per quarter, `low` to `high` is its own 95 % interval.

    `p` is corrected over all themes, the interval is not: it may leave out zero while the direction is "none".
    """

    direction: Literal["rises", "falls", "none"]
    slope: float
    low: float
    high: float
    p: float


def trends(series: Mapping[str, Sequence[float | None]]) -> dict[str, Trend]:
    """Per theme its trend, from its share in each quarter, in order; None (or nan) where a quarter says nothing.

    A theme with fewer than `QUARTERS` shares is not in the result, and not among the themes that are corrected for. An
    empty quarter is no share of zero: it is left out, and the quarters after it stay where they are in time.

    The test is Kendall's, of a series against time: H.B. Mann (1945), Nonparametric tests against trend, Econometrica
    13, 245-259; M.G. Kendall (1975), Rank correlation methods. It takes the quarters as independent, and each as sure
    as another. The p values are corrected so that the chance of any false claim over all themes is at most `LEVEL`: S.
    Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6, 65-70.

    A theme rises or falls only when the corrected p is below `LEVEL` and the slope is not zero: where most quarters
    are alike the test may see a trend whose size cannot be told.
    """
    usable = {
        theme: [(quarter, share) for quarter, share in enumerate(shares) if share is not None and not isnan(share)]
        for theme, shares in series.items()
    }
    found = {theme: _alone(points) for theme, points in usable.items() if len(points) >= QUARTERS}
    adjusted = _holm({theme: trend.p for theme, trend in found.items()})
    return {
        theme: trend._replace(direction=_direction(trend.slope, adjusted[theme]), p=adjusted[theme])
        for theme, trend in found.items()
    }


def _direction(slope: float, p: float) -> Literal["rises", "falls", "none"]:
    if p >= LEVEL or slope == 0:
        return "none"
    return "rises" if slope > 0 else "falls"


def _alone(points: Sequence[tuple[int, float]]) -> Trend:
    """One theme by itself, not corrected, so without a direction yet: the median of the slopes between two quarters.

    P.K. Sen (1968), Estimates of the regression coefficient based on Kendall's tau, JASA 63, 1379-1389. The interval
    holds the slopes that could be taken out of the series without the test finding a trend in what is left. So it uses
    the counted-out distribution where the test does; R.O. Gilbert (1987), Statistical methods for environmental
    pollution monitoring, ch. 16, takes the normal one throughout.
    """
    shares = [share for _, share in points]
    slopes = np.sort([(later - share) / (then - now) for (now, share), (then, later) in combinations(points, 2)])
    score = abs(int(np.sign(slopes).sum()))
    chances = _chances(shares)
    # The highest score that is no trend; so many slopes lie outside at either end. (None do in a constant series,
    # where it does not matter which slope is the bound: all are zero.)
    widest = int(np.flatnonzero(chances > LEVEL)[-1])
    outside = ceil((len(slopes) - widest) / 2)
    return Trend(
        direction="none",
        slope=float(np.median(slopes)),
        low=float(slopes[outside - 1]),
        high=float(slopes[-outside]),
        p=float(chances[score]),
    )


def _chances(shares: Sequence[float]) -> NDArray[np.float64]:
    """Per score from 0 up how likely one at least as far from 0, at either side, is in a series without trend.

    The score (Kendall's S) is how many pairs of quarters rise, less how many fall. Counted out for few quarters that
    all differ; else normal, with Kendall's correction for ties and one for continuity.
    """
    n = len(shares)
    pairs = n * (n - 1) // 2
    # Equal shares are equal as floats too: a division of whole numbers is rounded right, so 1/3 is 2/6.
    ties = Counter(shares).values()
    if n <= COUNTED_OUT and len(ties) == n:
        # How many of the n! orders have 0, 1, 2 … pairs that fall: a quarter more adds none to as many as were there.
        orders = np.ones(1, dtype=np.int64)
        for quarter in range(2, n + 1):
            orders = np.convolve(orders, np.ones(quarter, dtype=np.int64))
        at_least = np.cumsum(orders)[(pairs - np.arange(pairs + 1)) // 2]
        return np.asarray(np.minimum(2 * at_least / factorial(n), 1.0))
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    if variance == 0:
        return np.ones(pairs + 1)
    return np.array([erfc(max(score - 1, 0) / sqrt(2 * variance)) for score in range(pairs + 1)])


def _holm(chances: Mapping[str, float]) -> dict[str, float]:
    """The p values corrected for how many there are: the smallest times all, the next times one fewer, never less."""
    adjusted: dict[str, float] = {}
    highest = 0.0
    for place, theme in enumerate(sorted(chances, key=lambda theme: chances[theme])):
        highest = max(highest, min(1.0, (len(chances) - place) * chances[theme]))
        adjusted[theme] = highest
    return adjusted
