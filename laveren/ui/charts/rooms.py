"""The same case in different rooms: how far apart they lie on each theme, a dot per workshop."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from laveren.analysis.hiding import FEW
from laveren.ui.charts.ground import (
    AXIS,
    BESIDE,
    SHOWN,
    Labels,
    Row,
    Spec,
    at,
    finish,
    ground,
    layer,
    palette,
    records,
    shares,
    text,
    tips,
    to,
    told,
    words_width,
)

DOT = 14  # pixels from the middle of a dot to that of the next
NEAR = 0.03  # shares nearer than this would lie on each other
DEEP = 5  # so many dots stand above each other; where there are more, one large dot says how many
NAMED = 3  # so many workshops of a large dot are named
NOWHERE: Row = {"least": None, "most": None}


class Place(NamedTuple):
    """Where a dot stands, how far from its line, for how many rooms, and the rows of the first few in the frame."""

    share: float
    aside: int
    many: int
    rooms: list[int]


def rooms_apart(frame: pd.DataFrame, labels: Labels, dark: bool = False) -> Spec:
    """Per theme how far apart the rooms lie, a dot each: `theme`, `workshop`, `share`. Selection `theme`.

    Dots that would lie on each other stand above and below each other; in a row where that would be more than a few,
    those that are near are one large dot with its number. Rooms whose share is hidden are counted in words.
    """
    colours = palette(dark)
    codes, themes = pd.factorize(frame["theme"])
    found = frame["share"].to_numpy(dtype="float64", na_value=np.nan)
    order = np.lexsort((found, codes))  # per theme from the lowest share to the highest, the hidden ones last
    values: list[Row] = []
    places: list[Place] = []
    for code, theme in enumerate(themes):
        mine = order[codes[order] == code]
        seen = mine[~np.isnan(found[mine])]
        hidden = f"{len(mine) - len(seen)} × {FEW}" if len(seen) < len(mine) else ""
        ends = {"least": float(found[seen[0]]), "most": float(found[seen[-1]])} if len(seen) else NOWHERE
        values.append({"theme": theme, "hidden": hidden} | ends)
        places += _places(seen, found[seen])
    dots = _dots(frame, places, labels)
    deepest = max((abs(dot["aside"]) // DOT for dot in dots), default=0) * 2 + 1
    rows = ground(values, "theme", "least", labels, colours)
    names = {row["theme"]: row["label"] for row in values}
    for dot in dots:
        dot["label"] = names[dot["theme"]]
        dot["aloud"] = f"{dot['label']}: {dot['tip_workshop']}".replace("\n", " ")
    free = words_width([word for row in values for word in (row["words"], row["hidden"])]) + 2 * BESIDE
    end = {"value": {"expr": f"width - {free - BESIDE}"}}
    over = {"align": "left", "dy": {"expr": "datum.hidden && datum.words ? -9 : 0"}}
    under = {"align": "left", "dy": {"expr": "datum.words ? 9 : 0"}, "color": colours.soft}
    alone = {"align": "left", "dx": 4, "color": colours.soft}
    rows.band["encoding"]["tooltip"] = {"value": None}  # the dots tell; the line between them has no numbers of its own
    x = shares("least", labels, free)
    lines = [
        layer("rule", SHOWN, {"color": colours.edge, "strokeWidth": 4}, x=x, x2=to("most"), y=rows.y),
        layer("text", SHOWN, over, x=end, y=rows.y, text=text("words")),
        layer("text", SHOWN, under, x=end, y=rows.y, text=text("hidden")),
        layer("text", f"!{SHOWN}", alone, x={"value": 0}, y=rows.y, text=text("hidden")),
        rows.band,
    ]
    look = {"shape": "diamond", "filled": True, "opacity": 1, "color": colours.ink, "cursor": "pointer", "aria": True}
    look |= {"stroke": colours.paper, "strokeWidth": 1.5, "yOffset": {"expr": "datum.aside"}}
    large = {"fontSize": 13, "fontWeight": 600, "color": colours.paper}
    place = {"x": at("share"), "y": rows.y}
    marks = [
        layer("point", None, look, **place, **told(labels), size=at("size") | {"scale": None}),
        layer("text", "datum.count > 1", large, **place, **told(labels), text=text("count")),
    ]
    height = max(1, len(values)) * max(rows.height, DOT * deepest + 10) + AXIS
    return finish([(values, lines), (dots, marks)], height, labels, colours)


def _places(rooms: NDArray[np.intp], shares: NDArray[np.float64]) -> list[Place]:
    """Where the dots of a theme stand; `rooms` are their rows in the frame, the lowest share first."""
    taken: list[float] = []
    places = []
    for room, share in zip(rooms, shares.tolist(), strict=True):
        lane = next((n for n, last in enumerate(taken) if share - last >= NEAR), len(taken))
        if lane == DEEP:
            return _together(rooms, shares)
        taken[lane : lane + 1] = [share]
        # The first lane is the line itself, the others go by turns below and above it.
        places.append(Place(share, (lane + 1) // 2 * DOT * (1 if lane % 2 else -1), 1, [int(room)]))
    return places


def _together(rooms: NDArray[np.intp], shares: NDArray[np.float64]) -> list[Place]:
    """One dot for the rooms that lie near each other, in their middle."""
    near = (shares / (2 * NEAR)).astype(int)
    bounds = [0, *(np.flatnonzero(np.diff(near)) + 1).tolist(), len(rooms)]
    return [
        Place(float(shares[start:stop].mean()), 0, stop - start, rooms[start : min(stop, start + NAMED)].tolist())
        for start, stop in pairwise(bounds)
    ]


def _dots(frame: pd.DataFrame, places: list[Place], labels: Labels) -> list[Row]:
    """The rows of the dots, with their size and, when it stands for more rooms than one, their number."""
    rooms = iter(records(frame.iloc[[room for place in places for room in place.rooms]]))
    dots = []
    for place in places:
        these = [next(rooms) for _ in place.rooms]
        more = " …" if place.many > NAMED else ""
        called = [{"tip_workshop": labels.names.get(room["workshop"], str(room["workshop"]))} for room in these]
        told_of = [tips(room, labels) | name for room, name in zip(these, called, strict=True)]
        dot: Row = {name: ", ".join(dict.fromkeys(tip[name] for tip in told_of)) + more for name in told_of[0]}
        size = 180 if place.many == 1 else 600 + 250 * len(str(place.many))
        dot |= {"theme": these[0]["theme"], "share": place.share, "aside": place.aside}
        dots.append(dot | {"count": place.many, "size": size})
    return dots
