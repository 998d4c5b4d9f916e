"""What moves: themes over the quarters, what people say before and after a twist, and whether a meeting helped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from laveren.analysis.counting import Themes, hindrances, people_with
from laveren.analysis.hiding import hide, merge, shown
from laveren.analysis.intervals import wilson
from laveren.analysis.records import KINDS, SOURCES, STATUSES, Column
from laveren.analysis.selecting import Selection
from laveren.analysis.trends import Trend, trends
from laveren.content.methods import Kind
from laveren.content.terms import Source, Status

QUARTER_COLUMNS = ("theme", "quarter", "workshops", "of", "share", "low", "high", "participants")

#: What somebody may say after a twist when asked whether they look at the case differently now.
LOOKS = ("same", "little", "different")
LEVELS = ("1", "2", "3", "4", "5")

#: In so many workshops at least must a quarter rest for a trend.
WELL_FILLED = 3


def by_quarter(themes: Themes) -> pd.DataFrame:
    """Per theme that `theme_recurrence` shows and quarter in how many workshops it occurs (`QUARTER_COLUMNS`).

    Every quarter from first to last; `quarter` is "2025-1"; `of` counts the workshops in which at least three people
    answered, `participants` who name the theme where it occurs. `share` and its interval are missing where that is too
    few, none included: who sees that it is not none, knows that it is three or four.
    """
    frame = _quarters(themes)
    seen = hide(frame, ["workshops", "share", "low", "high", "participants"])
    return hide(seen, ["of"], "answered")[list(QUARTER_COLUMNS)]


def theme_trends(themes: Themes) -> dict[str, Trend]:
    """Which themes of `by_quarter` rise or fall; a theme with too few quarters is not in it.

    A trend is about everybody who answered in all of its quarters; it counts also those whose own number is hidden.
    """
    series: dict[str, Sequence[float | None]] = {}
    for theme, some in _quarters(themes).groupby("theme", sort=False):
        enough = some["answered"].map(shown) & (some["of"] >= WELL_FILLED)
        series[str(theme)] = some["share"].where(enough, np.nan).tolist()
    return trends(series)


def _quarters(themes: Themes) -> pd.DataFrame:
    """The same for counting on: nothing is hidden yet; `answered` are all who answered in a quarter."""
    when = themes.selection.records.workshops["quarter"]
    there = np.flatnonzero(themes.counts)
    rows = []
    hits, people = themes.occurs.sum(axis=0), (themes.named * themes.occurs).sum(axis=0)
    for bit in np.lexsort((themes.names, -people, -hits)) if len(there) else []:
        if not shown(int(people[bit])):  # all its numbers are hidden in `theme_recurrence`, too
            continue
        for quarter in range(when[there].min(), when[there].max() + 1):
            held = there[when[there] == quarter]
            occurring = held[themes.occurs[held, bit]]
            rate = wilson(len(occurring), len(held)) if len(held) else (0.0, 0.0, 0.0)
            naming, answered = int(themes.named[occurring, bit].sum()), int(themes.answered[held].sum())
            name = f"{quarter // 4}-{quarter % 4 + 1}"
            rows.append((themes.names[bit], name, len(occurring), len(held), *rate, naming, answered))
    return pd.DataFrame(rows, columns=[*QUARTER_COLUMNS, "answered"])


def looks_after_twist(answers: Selection) -> pd.DataFrame:
    """Whether people look at the case differently after a twist.

    `look` is one of `LOOKS`, or some that follow on each other ("same little"), numbered `first` to `last` from 0 (see
    `merge`); `participants`, `of`, `share`. Who was asked after several twists counts with the strongest answer.
    """
    counts = np.bincount(strongest_look(answers), minlength=len(LOOKS) + 1)[1:]
    return _scale("look", LOOKS, counts.tolist())


def strongest_look(answers: Selection) -> Column:
    """Per person the strongest answer to whether they look differently: a place in `LOOKS` from 1, 0 for none."""
    asked = (answers["twist"] > 0) & (answers["value"] > 0)
    bits = answers.either(np.where(asked, np.uint64(1) << answers["value"].astype(np.uint64), np.uint64(0)))
    found: Column = np.log2(np.maximum(bits, 1)).astype(np.intp)
    return found


def helped(answers: Selection) -> pd.DataFrame:
    """Whether the meeting helped in one's work, from `closing`: `level` "1" (not at all) to "5", and as above."""
    counts = people_with(answers.where(answers["value"] > 0), "value", 6)
    return _scale("level", LEVELS, [int(count) for count in counts[1:]])


def _scale(key: str, steps: Sequence[str], counts: Sequence[int]) -> pd.DataFrame:
    of = sum(counts)
    rows = [
        (" ".join(steps[first : last + 1]), first, last, people, of, people / of)
        for first, last in merge(counts)
        for people in [sum(counts[first : last + 1])]
    ]
    return pd.DataFrame(rows, columns=[key, "first", "last", "participants", "of", "share"])


def around_twist(answers: Selection) -> Mapping[str, pd.DataFrame]:
    """What people name before and after a twist, of those who answered both: "source" of hindrances, "status" of room.

    Frames with `source` or `status`, `before`, `after` in people and `of`; in the order of the list.
    """
    stuck = hindrances(answers)
    room = answers.where((answers["kind"] == KINDS.index(Kind.ROOM)) & (answers["status"] > 0))
    return {
        "source": _around(stuck, "source", SOURCES, [str(source) for source in Source]),
        "status": _around(room, "status", STATUSES, [str(status) for status in Status]),
    }


def _around(answers: Selection, column: str, codes: Sequence[str], order: Sequence[str]) -> pd.DataFrame:
    twisted = answers["twist"] > 0
    # In the same round: what was said an hour earlier about another case is no answer before this twist.
    rounds = np.uint64(1) << answers["round"].astype(np.uint64)
    none = np.uint64(0)
    both = answers.either(np.where(twisted, rounds, none)) & answers.either(np.where(twisted, none, rounds))
    there = (np.repeat(both, np.diff(answers.starts, append=len(answers))) & rounds) > 0
    of = answers.where(there).people
    counts = {
        name: people_with(answers.where(there & mask), column, len(codes))
        for name, mask in (("before", ~twisted), ("after", twisted))
    }
    rows = [(id, *(int(counts[name][codes.index(id)]) for name in counts), of) for id in order]
    frame = pd.DataFrame(rows, columns=[column, "before", "after", "of"])
    if not shown(of):
        return frame.iloc[:0]
    frame = frame[(frame["before"] > 0) | (frame["after"] > 0)]
    return hide(hide(frame, ["before"], "before"), ["after"], "after").reset_index(drop=True)
