"""Charts with one measure per row: what recurs, where hindrances sit, where nobody sees room, whether it helped."""

from __future__ import annotations

import pandas as pd

from laveren.ui.charts.ground import (
    AXIS,
    BAR,
    BESIDE,
    MARK,
    SHOWN,
    Labels,
    Palette,
    Rows,
    Spec,
    at,
    counts,
    few,
    finish,
    ground,
    layer,
    palette,
    records,
    shares,
    text,
    to,
    words_width,
)


def recurrence(frame: pd.DataFrame, labels: Labels, dark: bool = False) -> Spec:
    """Themes by the share of workshops they occur in, with its interval; from `theme_recurrence`. Selection `theme`."""
    colours = palette(dark)
    rows = ground(records(frame), "theme", "share", labels, colours)
    free = _free(rows)
    x = shares("low", labels, free)
    spread = layer("bar", SHOWN, {"height": 6, "cornerRadius": 3, "color": colours.edge}, x=x, x2=to("high"), y=rows.y)
    look = {"shape": "diamond", "size": 300, "filled": True, "opacity": 1, "color": colours.ink}
    point = layer("point", SHOWN, look | _edge(colours), x=at("share"), y=rows.y)
    place = {"value": {"expr": f"width - {free - BESIDE}"}}
    words = layer("text", SHOWN, {"align": "left"}, x=place, y=rows.y, text=text("words"))
    return _drawn(rows, [spread, point, words], labels, colours)


def by_source(frame: pd.DataFrame, labels: Labels, dark: bool = False) -> Spec:
    """Hindrances per source, in participants; from `hindrances_by_source`. Selection `source`."""
    colours = palette(dark)
    rows = ground(records(frame), "source", "participants", labels, colours)
    x = counts("participants", labels, [row["participants"] for row in rows.values], _free(rows))
    bar = layer("bar", SHOWN, {"height": BAR, "color": colours.stuck}, x=x, y=rows.y)
    return _drawn(rows, [bar, _triangle("participants", rows, colours), _words(rows, "participants")], labels, colours)


def without_room(frame: pd.DataFrame, labels: Labels, dark: bool = False, by: str = "source") -> Spec:
    """Hindrances no room is linked to, in front of all hindrances; from `hindrances_without_room`. Selection `by`."""
    colours = palette(dark)
    rows = ground(records(frame), by, "without", labels, colours)
    x = counts("hindrances", labels, [row["hindrances"] for row in rows.values], _free(rows))
    look = {"height": BAR, "fill": colours.stuck_tint, "stroke": colours.stuck, "strokeWidth": 1}
    every = layer("bar", SHOWN, look, x=x, y=rows.y)
    bare = layer("bar", SHOWN, {"height": BAR, "color": colours.stuck}, x=at("without"), y=rows.y)
    marks = [every, bare, _triangle("without", rows, colours), _words(rows, "hindrances")]
    return _drawn(rows, marks, labels, colours)


def levels(frame: pd.DataFrame, labels: Labels, dark: bool = False, by: str = "level") -> Spec:
    """How many people gave each of a few answers, in the order of the frame: `by`, `participants`. Selection `by`."""
    colours = palette(dark)
    rows = ground(records(frame), by, "participants", labels, colours)
    x = counts("participants", labels, [row["participants"] for row in rows.values], _free(rows))
    bar = layer("bar", SHOWN, {"height": 2.5 * BAR, "color": colours.edge}, x=x, y=rows.y)
    return _drawn(rows, [bar, _words(rows, "participants")], labels, colours)


def _free(rows: Rows) -> int:
    """The pixels that the longest words take behind their mark."""
    return words_width([row["words"] for row in rows.values]) + 2 * BESIDE


def _triangle(number: str, rows: Rows, colours: Palette) -> Spec:
    """The mark that means hindrance, at the end of the bar."""
    look = {"shape": "triangle-up", "size": MARK, "filled": True, "opacity": 1, "color": colours.stuck}
    return layer("point", SHOWN, look | _edge(colours), x=at(number), y=rows.y)


def _edge(colours: Palette) -> Spec:
    """A line of paper around a mark keeps it apart from what lies under it."""
    return {"stroke": colours.paper, "strokeWidth": 2}


def _words(rows: Rows, number: str) -> Spec:
    return layer("text", SHOWN, {"align": "left", "dx": BESIDE}, x=at(number), y=rows.y, text=text("words"))


def _drawn(rows: Rows, marks: list[Spec], labels: Labels, colours: Palette) -> Spec:
    layers = [*marks, few(rows.y, colours), rows.band]
    return finish([(rows.values, layers)], max(1, len(rows.values)) * rows.height + AXIS, labels, colours)
