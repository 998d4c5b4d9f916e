"""Which themes the same people name together more often than chance, and how sure that is.

Chance is worked out among those of a workshop who worked on the same cases: two themes that belong to the same case
come together because of the case, and that is no news. Workshops are compared, not people, for what people of one room
say depends on each other.
"""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from laveren.analysis.counting import Themes
from laveren.analysis.hiding import hide, shown
from laveren.analysis.records import Column
from laveren.analysis.selecting import beginnings, tally

#: In so many workshops somebody must name both.
TOGETHER_IN = 3

PAIR_COLUMNS = ("theme", "other", "participants", "workshops", "expected", "lift", "clear")


def together(themes: Themes) -> pd.DataFrame:
    """Per pair of themes that enough people name both: `PAIR_COLUMNS`, the highest `lift` first.

    `participants` name both, in `workshops`; `expected` would by chance, were the themes independent among those of a
    workshop who worked on the same cases; `lift` is how many times as many it are. `clear`: more often than chance, by
    the differences between observed and expected per workshop (their sum over the root of the sum of their squares, as
    in a sign-flip test of clusters), with Bonferroni's correction over all pairs that were looked at, at 5 %.
    """
    n, bits, workshop, size = len(themes.names), themes.bits, themes.workshop, themes.selection.size
    company, of_company = _companies(themes)
    named = np.ascontiguousarray(tally(bits, n, company, len(of_company)).T, float)
    shares, firsts = named / np.bincount(company), beginnings(of_company)
    present = of_company[firsts]
    has = [(bits >> np.uint64(bit)) & np.uint64(1) > 0 for bit in range(n)]
    pairs = []
    for first in range(n):
        whose = np.flatnonzero(has[first])
        for second in range(first + 1, n):
            both = whose[has[second][whose]]
            if not shown(len(both)):
                continue
            there = np.bincount(workshop[both], minlength=size)[present]
            if np.count_nonzero(there) < TOGETHER_IN:
                continue
            chance = np.add.reduceat(named[first] * shares[second], firsts)
            apart, expected = there - chance, float(chance.sum())
            sure = float(apart.sum()) / sqrt(float((apart**2).sum())) if apart.any() else 0.0
            counts = (len(both), int(np.count_nonzero(there)), expected, len(both) / expected)
            pairs.append((themes.names[first], themes.names[second], *counts, sure))
    limit = NormalDist().inv_cdf(1 - 0.05 / (2 * max(1, len(pairs))))
    rows = [(*pair[:-1], pair[-1] > limit) for pair in pairs]
    frame = pd.DataFrame(rows, columns=list(PAIR_COLUMNS)).sort_values(
        ["lift", "theme", "other"], ascending=[False, True, True]
    )
    return hide(frame, ["participants", "workshops", "expected", "lift"]).reset_index(drop=True)


def _companies(themes: Themes) -> tuple[NDArray[np.intp], Column]:
    """The company of each person, all of a workshop who worked on the same cases, and the workshop of each company."""
    answers, workshop = themes.selection, themes.workshop
    # Cases that share a bit are told apart by the other cases or not at all: chance is then of a larger company.
    cases = answers.either(np.uint64(1) << (answers["case"].astype(np.uint64) & np.uint64(63)))
    order = np.lexsort((cases, workshop))
    starts = beginnings(workshop[order], cases[order])
    company = np.empty(len(order), np.intp)
    company[order] = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(order)))
    return company, workshop[order][starts]
