"""Charts with more than one measure per row: hindrance beside room, before and after, rooms that lie apart."""

from __future__ import annotations

from typing import Any

import pandas as pd

from laveren.analysis.hiding import FEW, cell
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
    few,
    finish,
    ground,
    kept_free,
    layer,
    palette,
    records,
    text,
    to,
    whole_numbers,
    words_width,
)

HEAD = 34  # pixels above the rows for the words that say which mark is which


def side_by_side(frame: pd.DataFrame, labels: Labels, dark: bool = False) -> Spec:
    """People with a hindrance to the left, with room to the right: `theme`, `hindrance`, `room`. Selection `theme`.

    `labels.values` has the words of the two sides, under "hindrance" and "room".
    """
    colours = palette(dark)
    values = records(frame)
    for row in values:
        row["least"], row["most"] = _span([row["hindrance"], row["room"]])
        row["left"] = None if row["hindrance"] is None else -row["hindrance"]
    rows = ground(values, "theme", "most", labels, colours)
    sides = {side: labels.values.get(side, "") for side in ("hindrance", "room")}
    _aloud(rows, sides)
    top, free = max([5, *_known(rows, "most")]), words_width([str(n) for n in _known(rows, "most")]) + 2 * BESIDE
    scale = {"domain": [-top, top], "nice": False, "rangeMin": free} | kept_free(free)
    middle = {"datum": 0, "type": "quantitative"}
    x = at("left") | {"axis": whole_numbers(labels.axis) | {"labelExpr": "abs(datum.value)"}, "scale": scale}
    marks, head = [], [layer("rule", None, {"color": colours.edge}, x=middle)]
    for side, place, sign, shape, colour in (
        ("hindrance", x, -1, "triangle-up", colours.stuck),
        ("room", at("room"), 1, "circle", colours.room),
    ):
        mark = {"shape": shape, "size": MARK, "filled": True, "opacity": 1, "color": colour}
        mark |= {"stroke": colours.paper, "strokeWidth": 2}
        known, hidden = f"datum.{side} !== null", f"datum.{side} === null"
        beside = {"align": "left" if sign > 0 else "right"}
        grey = beside | {"dx": 6 * sign, "color": colours.soft}
        marks += [
            layer("bar", known, {"height": BAR, "color": colour}, x=place, x2={"datum": 0}, y=rows.y),
            layer("point", known, mark, x=place, y=rows.y),
            layer("text", known, beside | {"dx": sign * BESIDE}, x=place, y=rows.y, text=text(side)),
            layer("text", hidden, grey, x=middle, y=rows.y, text={"value": FEW}),
        ]
        head += _heading(sides[side], mark, middle, sign * BESIDE, sign)
    return _drawn(rows, marks, head, labels, colours)


def before_after(frame: pd.DataFrame, labels: Labels, dark: bool = False, by: str = "key") -> Spec:
    """How many people before (hollow) and after (filled): `by`, `before`, `after`. Selection `by`.

    `labels.values` has what the two are called, under "before" and "after". Of a row that hides one of the two the
    other is shown, and words say which is hidden.
    """
    colours = palette(dark)
    values = records(frame)
    ends = {end: labels.values.get(end, "") for end in ("before", "after")}
    for row in values:
        row["least"], row["most"] = _span([row["before"], row["after"]])
        hidden = [name for end, name in ends.items() if row[end] is None]
        row["left"] = "" if hidden or row["least"] == row["most"] else str(row["least"])
        row["right"] = str(row["most"])
        row["hidden"] = f"{FEW} {hidden[0]}" if hidden else ""
    rows = ground(values, by, "most", labels, colours)
    _aloud(rows, ends)
    top, free = max([5, *_known(rows, "most")]), words_width([str(row["most"]) for row in values]) + 2 * BESIDE
    beside = free - BESIDE  # where the words about a hidden end begin, behind the number
    free += words_width([row["hidden"] for row in values])
    scale = {"domain": [0, top], "nice": False, "rangeMin": 2 * BESIDE} | kept_free(free)
    x = at("least") | {"axis": whole_numbers(labels.axis) | {"grid": True}, "scale": scale}
    full = {"shape": "diamond", "size": 150, "opacity": 1, "fill": colours.ink, "stroke": None}
    hollow = full | {"size": 340, "fill": colours.paper, "stroke": colours.ink, "strokeWidth": 2.5}
    grey = {"align": "left", "dx": beside, "color": colours.soft}
    marks = [
        layer("rule", SHOWN, {"color": colours.edge, "strokeWidth": 3}, x=x, x2=to("most"), y=rows.y),
        layer("point", "datum.before !== null", hollow, x=at("before"), y=rows.y),
        layer("point", "datum.after !== null", full, x=at("after"), y=rows.y),
        layer("text", SHOWN, {"align": "right", "dx": -BESIDE}, x=at("least"), y=rows.y, text=text("left")),
        layer("text", SHOWN, {"align": "left", "dx": BESIDE}, x=at("most"), y=rows.y, text=text("right")),
        layer("text", SHOWN, grey, x=at("most"), y=rows.y, text=text("hidden")),
        few(rows.y, colours),
    ]
    start = {"value": 0}
    second = words_width([ends["before"]]) + 4 * BESIDE
    head = [*_heading(ends["before"], hollow, start, BESIDE), *_heading(ends["after"], full, start, second)]
    return _drawn(rows, marks, head, labels, colours)


def _span(numbers: list[Any]) -> tuple[Any, Any]:
    """The lowest and the highest that are not hidden."""
    known = [number for number in numbers if number is not None]
    return (min(known), max(known)) if known else (None, None)


def _aloud(rows: Rows, ends: dict[str, str]) -> None:
    """Both numbers of each row with what they are, for who hears the chart."""
    for row in rows.values:
        said = ", ".join(f"{name} {cell(row[end])}" for end, name in ends.items())
        row["aloud"] = f"{row['label']}: {said}".replace("\n", " ")


def _known(rows: Rows, number: str) -> list[Any]:
    return [row[number] for row in rows.values if row[number] is not None]


def _heading(word: str, mark: Spec, x: Spec, start: int, sign: int = 1) -> list[Spec]:
    """Above the rows: a mark and what it means."""
    above = {"value": BESIDE - HEAD}
    look = {"align": "left" if sign > 0 else "right", "dx": start + sign * BESIDE, "fontWeight": 600}
    return [
        layer("point", None, mark | {"xOffset": start}, x=x, y=above),
        layer("text", None, look, x=x, y=above, text={"value": word}),
    ]


def _drawn(rows: Rows, marks: list[Spec], head: list[Spec], labels: Labels, colours: Palette) -> Spec:
    rows.y["axis"]["domain"] = False  # nothing begins there
    height = max(1, len(rows.values)) * rows.height + AXIS + HEAD
    return finish([(rows.values, [*marks, rows.band]), ([{}], head)], height, labels, colours)
