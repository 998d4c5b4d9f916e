"""Whether two coders mean the same: Krippendorff's alpha with an interval, and the word that it bears."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import chain, combinations
from math import ceil
from typing import Literal, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

#: K. Krippendorff (2004), Content analysis, 2nd ed., Sage, p. 241: rely on what is at least .800; between .667 and
#: .800 draw tentative conclusions only.
RELIABLE, TENTATIVE = 0.800, 0.667

#: The normal deviate that leaves 5 % at one side.
Z_ONE_SIDED = 1.6448536269514722

Value = TypeVar("Value", bound=Hashable)
Floats = NDArray[np.float64]


class Agreement(NamedTuple):
    """Alpha with its 95 % interval, from `units` to which at least two coders gave a value; 1 is full, 0 is chance.

    `needed`: how many units there must be before a word may be put to it.
    """

    value: float
    low: float
    high: float
    units: int
    needed: int


def nominal(one: Hashable, other: Hashable) -> float:
    """The distance of two values that are the same (0) or not (1)."""
    return float(one != other)


def masi(one: frozenset[str], other: frozenset[str]) -> float:
    """The distance of two sets: 0 the same, 1 nothing in common, less where one contains the other than where not.

    One less Jaccard's share times 1, 2/3 (one contains the other), 1/3 (each has something of its own) or 0: R.J.
    Passonneau (2006), Measuring agreement on set-valued items (MASI) for semantic and pragmatic annotation, LREC. It
    goes into alpha as it is, not squared. Two empty sets are the same; an empty set has nothing in common with others.
    """
    if one == other:
        return 0.0
    shared = len(one & other) / len(one | other)
    return 1 - shared * (2 / 3 if one <= other or other <= one else 1 / 3)


def alpha(units: Sequence[Sequence[Value]], distance: Callable[[Value, Value], float] = nominal) -> float | None:
    """Krippendorff's alpha: one less the disagreement that is there over that which chance would give.

    `units` gives per unit the values that coders gave it; who gave none is left out, and a unit with fewer than two
    values does not count. `distance` is symmetric, and 0 from a value to itself. None where alpha is 0 / 0: no unit
    has two values, or all values are the same. To agree on the only value there is shows nothing of whether coders
    would see another one where it is, so that is neither 1 nor 0 here.

    K. Krippendorff (2011), Computing Krippendorff's alpha-reliability, University of Pennsylvania.
    """
    return _alpha(*_counted(units, distance))


def agreement(
    units: Sequence[Sequence[Value]],
    distance: Callable[[Value, Value], float] = nominal,
    draws: int = 1000,
    seed: int = 1,
) -> Agreement | None:
    """Alpha as `alpha` gives it, with a 95 % bootstrap interval; None where alpha is None.

    Whole units are drawn again, as many as there are, alpha is worked out anew from each draw, and the interval runs
    from the 2.5th to the 97.5th percentile of these: B. Efron and R.J. Tibshirani (1993), An introduction to the
    bootstrap, ch. 13; for alpha A. Zapf, S. Castell, L. Morawietz and A. Karch (2016), Measuring inter-rater
    reliability for nominal data, BMC Medical Research Methodology 16:93. A.F. Hayes and K. Krippendorff (2007),
    Communication Methods and Measures 1, 77-89, draw single pairs instead and keep what chance gives as it was. That
    takes the pairs within a unit as independent and the frequencies of the values as known; we do not.

    A draw in which all values are the same counts as 0: it holds nothing that speaks for the coders. Were it left out,
    a theme that both gave once, to the same answer, would be certain to be reliable. Where nobody ever differs and no
    value is rare the interval is one point, 1 to 1: no draw can show a difference that is not there. That, and that
    a bootstrap of few is too narrow, is why `needed` is there.

    The same units and seed give the same interval.
    """
    given, apart = _counted(units, distance)
    value = _alpha(given, apart)
    if value is None:
        return None
    margins = given.sum(axis=0)
    chance = float(margins @ apart @ margins / (margins.sum() * (margins.sum() - 1)))
    # Units that got the same values are interchangeable: how often each kind of unit is drawn is all there is to draw.
    kinds, times = np.unique(given, axis=0, return_counts=True)
    drawn = np.random.default_rng(seed).multinomial(len(given), times / len(given), size=draws)
    low, high = np.percentile(np.nan_to_num(_alphas(kinds, apart, drawn), nan=0.0), (2.5, 97.5))
    return Agreement(value, float(low), float(high), len(given), _needed(chance))


def words(found: Agreement) -> Literal["reliable", "tentative", "low", "unsure"]:
    """The word that the whole interval bears, by Krippendorff's limits.

    The low end decides what may be claimed: "reliable" from .800, "tentative" from .667. "low" is a claim too, and
    needs the high end below .667. An interval with .667 inside bears neither ("unsure": code more answers twice),
    nor does one from fewer units than needed.
    """
    if found.units < found.needed:
        return "unsure"
    if found.low >= TENTATIVE:
        return "reliable" if found.low >= RELIABLE else "tentative"
    return "low" if found.high < TENTATIVE else "unsure"


def _needed(chance: float) -> int:
    """How many units it takes to tell alpha from .667, one-sided at 5 %, where coders differ so often by chance.

    30 where two values occur equally often, 86 where one is a tenth of all, 270 where it is 3 %: of a rare theme
    nearly all agreement is on its absence, and says little. D.A. Bloch and H.C. Kraemer (1989), 2 x 2 kappa
    coefficients, Biometrics 45, 269-287, eq. 3.7, which Krippendorff (2004, ch. 11) uses for alpha, with p(1 - p) of a
    value; here half the disagreement by chance is in its place, at most 1/4, so that it can be said of sets too.
    """
    spread = 4 * min(chance / 2, 1 / 4)
    return ceil(Z_ONE_SIDED**2 * ((1 + TENTATIVE) * (3 - TENTATIVE) / (spread * (1 - TENTATIVE)) - TENTATIVE))


def _counted(units: Sequence[Sequence[Value]], distance: Callable[[Value, Value], float]) -> tuple[Floats, Floats]:
    """How often each value was given, per unit with two or more (units x values), and the distances between values."""
    pairable = [unit for unit in units if len(unit) > 1]
    place = {value: number for number, value in enumerate(dict.fromkeys(chain.from_iterable(pairable)))}
    given = np.zeros((len(pairable), len(place)))
    for row, unit in zip(given, pairable, strict=True):
        for value in unit:
            row[place[value]] += 1
    apart = np.zeros((len(place), len(place)))
    for (one, i), (other, j) in combinations(place.items(), 2):
        apart[i, j] = apart[j, i] = distance(one, other)
    return given, apart


def _alpha(given: Floats, apart: Floats) -> float | None:
    found = float(_alphas(given, apart, np.ones((1, len(given))))[0])
    return None if np.isnan(found) else found


def _alphas(given: Floats, apart: Floats, often: NDArray[np.float64 | np.int64]) -> Floats:
    """Alpha of the units of `given`, per row of `often` (how often each unit is in); nan where nothing differs.

    A unit of m values adds the pairs within it, over m - 1, to the matrix of coincidences. Both disagreements are sums
    over that matrix and its margins, times the distances, so the matrix itself need not be made.
    """
    within = ((given @ apart) * given).sum(axis=1) / (given.sum(axis=1) - 1)
    margins = often @ given
    chance = ((margins @ apart) * margins).sum(axis=1) / (margins.sum(axis=1) - 1)
    ratio = np.divide(often @ within, chance, out=np.full(len(often), np.nan), where=chance > 0)
    return np.asarray(1 - ratio)
