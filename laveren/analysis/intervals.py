"""How sure we are: Wilson's interval for a share, and an interval for the difference of two paired shares."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

#: The normal deviate that leaves 2.5 % at either side.
Z95 = 1.959963984540054


class Interval(NamedTuple):
    """An estimate with its 95 % interval; shares between 0 and 1, differences between -1 and 1."""

    value: float
    low: float
    high: float

    @property
    def above_zero(self) -> bool:
        """Whether the whole interval lies above zero."""
        return self.low > 0


def wilson(hits: int, n: int, z: float = Z95) -> Interval:
    """The share `hits / n` with Wilson's score interval.

    E.B. Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22, 209-212; advised
    for small n by Brown, Cai and DasGupta (2001), Interval estimation for a binomial proportion, Statistical Science
    16, 101-133. Raises ValueError unless 0 <= hits <= n and n > 0.
    """
    if not 0 <= hits <= n or n == 0:
        raise ValueError(f"no share of {hits} in {n}")
    share = hits / n
    weight = z * z / n
    middle = (share + weight / 2) / (1 + weight)
    half = z * sqrt(share * (1 - share) / n + weight / (4 * n)) / (1 + weight)
    # At the ends the bounds are 0 and 1 exactly; rounding must not put the share outside its own interval.
    return Interval(share, 0.0 if hits == 0 else middle - half, 1.0 if hits == n else middle + half)


def paired_difference(more: int, less: int, n: int, z: float = Z95) -> Interval:
    """How much oftener one of two things occurs than the other, both looked for in the same `n` workshops.

    `more`: in how many workshops only the first occurs (or leads); `less`: in how many only the second. The value is
    the observed difference; the interval is the Laplace-adjusted Wald interval of D.G. Bonett and R.M. Price (2012),
    Adjusted Wald confidence interval for a difference of binomial proportions based on paired data, Journal of
    Educational and Behavioral Statistics 37, 479-488. Raises ValueError unless more + less <= n and n > 0.
    """
    if more < 0 or less < 0 or more + less > n or n == 0:
        raise ValueError(f"no difference of {more} and {less} in {n}")
    first, second = (more + 1) / (n + 2), (less + 1) / (n + 2)
    difference = first - second
    half = z * sqrt((first + second - difference**2) / (n + 2))
    return Interval((more - less) / n, max(-1.0, difference - half), min(1.0, difference + half))
