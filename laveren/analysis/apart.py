"""The same case in different workshops: how far apart the rooms lie."""

from __future__ import annotations

from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import pandas as pd

from laveren.analysis.counting import Themes, themes_of
from laveren.analysis.hiding import hide, shown
from laveren.analysis.intervals import wilson
from laveren.analysis.selecting import Selection, beginnings

ROOM_COLUMNS = ("theme", "workshop", "participants", "of", "share", "low", "high")


class Played(NamedTuple):
    """A case, in how many workshops enough people worked on it, and how many those are."""

    case: str
    workshops: int
    participants: int


def played(answers: Selection) -> list[Played]:
    """The cases that enough people worked on in two workshops or more, the most played first."""
    known = answers.read.where(answers.read["case"] > 0)
    starts = beginnings(known["person"], known["case"])
    case, workshop = known["case"][starts].astype(np.int64), known["workshop"][starts]
    pairs, people = np.unique(workshop.astype(np.int64) << 16 | case, return_counts=True)
    found = []
    for code in np.unique(case):
        rooms = [int(count) for count in people[pairs & 0xFFFF == code] if shown(int(count))]
        if len(rooms) > 1:
            found.append(Played(answers.records.names.cases.texts[code], len(rooms), sum(rooms)))
    return sorted(found, key=lambda one: (-one.workshops, one.case))


def rooms_apart(answers: Selection, case: str) -> pd.DataFrame:
    """Per theme and workshop the share of those who worked on a case that name it (`ROOM_COLUMNS`).

    `workshop` is its number in the store. Only workshops in which enough people worked on the case; a share that stands
    for too few people is missing. Themes of which the most rooms can be shown come first, then the widest apart.
    """
    themes = _on(answers, case)
    there = [place for place in np.unique(themes.workshop) if shown(int(themes.answered[place]))]
    numbers = answers.records.workshops["number"]
    rows = []
    for bit, theme in enumerate(themes.names):
        for place in there:
            hits, of = int(themes.named[place, bit]), int(themes.answered[place])
            rows.append((theme, int(numbers[place]), hits, of, *wilson(hits, of)))
    frame = hide(pd.DataFrame(rows, columns=list(ROOM_COLUMNS)), ["participants", "share", "low", "high"])
    seen = frame.dropna(subset=["share"]).groupby("theme")["share"].agg(["size", "max", "min"])
    seen = seen[seen["size"] > 1]
    seen["width"] = seen["max"] - seen["min"]
    order = list(seen.sort_values(["size", "width"], ascending=False).index)
    kept = frame[frame["theme"].isin(order)]
    return kept.sort_values("theme", key=lambda names: names.map(order.index), kind="stable").reset_index(drop=True)


def furthest_apart(rooms: pd.DataFrame) -> tuple[str, float, float] | None:
    """The theme on which rooms surely differ the most, with the lowest and the highest share; None when none does.

    From `rooms_apart`. Sure: the intervals of the lowest and the highest room do not touch, each at a level that is
    corrected (Bonferroni) for all the rooms and themes it was picked from.
    """
    seen = rooms.dropna(subset=["share"])
    if seen.empty:
        return None
    z = NormalDist().inv_cdf(1 - 0.05 / (2 * len(seen)))
    widest: tuple[str, float, float] | None = None
    for theme, some in seen.groupby("theme", sort=False):
        counts = some.sort_values("share")[["participants", "of"]].astype("int64").to_numpy()
        low, high = (wilson(int(hits), int(of), z) for hits, of in (counts[0], counts[-1]))
        if low.high < high.low and (widest is None or high.value - low.value > widest[2] - widest[1]):
            widest = (str(theme), low.value, high.value)
    return widest


def _on(answers: Selection, case: str) -> Themes:
    names = answers.records.names
    code = names.cases.texts.index(case) if case in names.cases.texts else -1
    return themes_of(answers.where(answers["case"] == code))
