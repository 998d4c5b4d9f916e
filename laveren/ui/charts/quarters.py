"""Themes over time: a small chart each, on one scale, with how sure each quarter is and over how many meetings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import pandas as pd

from laveren.analysis.hiding import FEW, cell
from laveren.ui.charts.ground import (
    LINE,
    Labels,
    Palette,
    Row,
    Spec,
    at,
    band,
    finish,
    layer,
    lines,
    measured,
    palette,
    records,
    text,
    tips,
    to,
    told,
)

PAGE = 1050  # pixels that a laptop of 1366 has for the charts in one row
QUARTER = 20  # pixels that the number under a quarter takes
LETTER = 8.5  # pixels of a letter of a name
LEFT = 0.14  # the part of a small chart where its scale is written
SCALE = 96  # pixels from none to all
UNDER = 3 * LINE + 8  # pixels for what is written under it
AIR = 20
SMALL = 14
ARROWS = {"rises": 45, "falls": 135, "none": 90}


@dataclass(frozen=True)
class Grid:
    """Where everything stands: across in small charts, down in pixels."""

    themes: Sequence[str]
    every: Sequence[str]
    across: int
    head: int

    @property
    def tall(self) -> int:
        return self.head + SCALE + UNDER + AIR

    @property
    def step(self) -> float:
        return (0.97 - LEFT) / max(1, len(self.every))

    def left(self, theme: str) -> int:
        return self.themes.index(theme) % self.across

    def up(self, theme: str) -> int:
        return self.themes.index(theme) // self.across * self.tall

    def x(self, theme: str, quarter: str) -> float:
        return round(self.left(theme) + LEFT + self.step * (self.every.index(quarter) + 0.5), 4)

    def y(self, theme: str, share: float | None) -> float | None:
        return None if share is None else round(self.up(theme) + self.head + SCALE * (1 - share), 1)


def quarters(frame: pd.DataFrame, labels: Labels, dark: bool = False) -> Spec:
    """A line per theme: `theme`, `quarter` ("2025-1"), `share`, `low`, `high`, `of`, `direction`. Selection `theme`.

    `direction` is that of `laveren.analysis.trends`, the same in all rows of a theme, missing where nothing can be
    said. `labels.values` has the words for each direction, the short name of each quarter by its number ("1": "K1"),
    and what the numbers under the quarters are ("of": "n"). A quarter without a share leaves a gap.
    """
    colours = palette(dark)
    points = sorted(records(frame), key=lambda point: str(point["quarter"]))
    themes = list(dict.fromkeys(map(str, frame["theme"])))
    every = _every([point["quarter"] for point in points])
    across = _across(len(themes), len(every))
    written = lines([labels.names.get(theme, theme) for theme in themes], int(PAGE / across / LETTER))
    names = dict(zip(themes, written, strict=True))
    grid = Grid(themes, every, across, LINE * (max((name.count("\n") for name in written), default=0) + 3) + 10)
    directions = {point["theme"]: point["direction"] for point in points}
    heads = [_head(theme, names[theme], directions[theme], grid, labels) for theme in themes]
    scale = [_mark(theme, share, grid, labels) for theme in themes for share in (0, 0.5, 1)]
    ticks = [_tick(theme, quarter, not nth, grid, labels) for theme in themes for nth, quarter in enumerate(every)]
    _place(points, names, grid, labels)
    x = at("left") | {"axis": None, "scale": {"domain": [0, across], "nice": False}}
    rows = ceil(len(themes) / across) if themes else 1
    y = at("up") | {"axis": None, "scale": {"domain": [0, rows * grid.tall], "nice": False, "reverse": True}}
    panel = band(["theme"], labels, colours, x=x, x2=to("right"), y=y, y2=to("down"))
    panel["encoding"]["tooltip"] = {"value": None}
    parts = [(heads, [panel, *_headed(colours)]), (scale, _scaled(colours)), (ticks, _ticked(colours))]
    parts += [(points, _drawn(labels, colours)), measured(labels, colours)]
    return finish(parts, rows * grid.tall + 2 * LINE, labels, colours, wide=across > 1)


def _every(known: list[str]) -> list[str]:
    """All quarters from the first to the last: time goes on where nobody met."""
    if not known:
        return []
    first, last = (int(quarter[:4]) * 4 + int(quarter[5:]) - 1 for quarter in (known[0], known[-1]))
    return [f"{number // 4}-{number % 4 + 1}" for number in range(first, last + 1)]


def _across(themes: int, every: int) -> int:
    """How many stand in a row: as many as leave room for the numbers, and no row much emptier than another."""
    fit = min(4, max(1, int(PAGE / (QUARTER * every / (0.97 - LEFT) + 10))))
    rows = ceil(themes / fit) or 1
    return ceil(themes / rows) or 1


def _head(theme: str, name: str, direction: str | None, grid: Grid, labels: Labels) -> Row:
    said = labels.values.get(direction, "") if direction else ""
    left, up = grid.left(theme), grid.up(theme)
    place = {"left": left, "right": left + 0.99, "up": up, "down": up + grid.tall - AIR + 4, "start": left + 0.02}
    written = {
        "label": name,
        "said": said,
        "of": labels.values.get("of", ""),
        "aloud": f"{name}: {said}".replace("\n", " "),
    }
    turned = {"angle": ARROWS.get(direction) if direction else None, "word": up + grid.head - LINE - 4}
    return place | written | turned | {"theme": theme, "base": grid.y(theme, 0), "scale": left + LEFT}


def _headed(colours: Palette) -> list[Spec]:
    """The name of each theme, and under it where it goes: an arrow and a word."""
    x, word = at("start"), at("word")
    arrow = {"shape": "arrow", "size": 260, "filled": True, "opacity": 1, "color": colours.ink, "xOffset": 8}
    turned = at("angle") | {"scale": None}
    bold = {"align": "left", "baseline": "top", "dy": 10, "fontWeight": 600, "lineBreak": "\n"}
    below = {"align": "right", "dx": -6, "dy": 14 + 2 * LINE, "fontSize": SMALL, "color": colours.soft}
    return [
        layer("text", None, bold, x=x, y=at("up"), text=text("label")),
        layer("point", "datum.angle !== null", arrow, x=x, y=word, angle=turned),
        layer("text", None, {"align": "left", "dx": 24}, x=x, y=word, text=text("said")),
        layer("text", None, below, x=at("scale"), y=at("base"), text=text("of")),
    ]


def _mark(theme: str, share: float, grid: Grid, labels: Labels) -> Row:
    left = grid.left(theme)
    return {
        "x": left + LEFT,
        "x2": left + 0.97,
        "y": grid.y(theme, share),
        "said": f"{100 * share:.0f}{labels.percent}",
    }


def _scaled(colours: Palette) -> list[Spec]:
    """The lines of the scale, each with its share."""
    place, look = {"x": at("x"), "y": at("y")}, {"align": "right", "dx": -6, "fontSize": SMALL, "color": colours.soft}
    return [
        layer("rule", None, {"color": colours.line}, **place, x2=to("x2")),
        layer("text", None, look, **place, text=text("said")),
    ]


def _tick(theme: str, quarter: str, first: bool, grid: Grid, labels: Labels) -> Row:
    year, number = quarter.split("-")
    x = grid.x(theme, quarter)
    # A year that begins with its last quarter has no room for its number before that of the next year.
    named = number == "1" or (first and (number != "4" or len(grid.every) == 1))
    said = {"quarter": labels.values.get(number, number), "year": year if named else ""}
    return said | {"x": x, "between": x - grid.step / 2, "y": grid.y(theme, 0), "top": grid.y(theme, 1)}


def _ticked(colours: Palette) -> list[Spec]:
    """Under each quarter its name, under the first of a year that year, and a line where a year begins."""
    small = {"fontSize": SMALL, "color": colours.ink}
    year = {"align": "left", "dy": 14 + LINE, "dx": 2}
    return [
        layer("rule", "datum.year", {"color": colours.line}, x=at("between"), y=at("y"), y2=to("top")),
        layer("text", None, small | {"dy": 14}, x=at("x"), y=at("y"), text=text("quarter")),
        layer("text", None, small | year, x=at("between"), y=at("y"), text=text("year")),
    ]


def _place(points: list[Row], names: dict[str, str], grid: Grid, labels: Labels) -> None:
    """Gives each point its place, its words, and the run of quarters it belongs to; only a run is joined by a line."""
    lengths: Counter[tuple[str, int]] = Counter()
    for theme in grid.themes:
        run, before = 0, -2
        for point in (point for point in points if point["theme"] == theme):
            quarter, share = point["quarter"], point["share"]
            place, x = grid.every.index(quarter), grid.x(theme, quarter)
            run += place != before + 1
            if share is not None:
                before = place
                lengths[theme, run] += 1
            name = f"{names[theme]} · {labels.names.get(quarter, quarter)}".replace("\n", " ")
            said = FEW if share is None else f"{100 * share:.0f}{labels.percent}"
            point |= {"x": x, "from": x - grid.step / 2, "to": x + grid.step / 2, "run": f"{theme} {run}", "few": FEW}
            point |= {
                end: grid.y(theme, point[share]) for end, share in (("y", "share"), ("y1", "low"), ("y2", "high"))
            }
            point |= {"top": grid.y(theme, 1), "base": grid.y(theme, 0), "end": grid.up(theme) + grid.tall - AIR}
            point |= {"n": cell(point["of"]), "label": name, "aloud": f"{name}: {said}", "at": (theme, run)}
            direction = labels.values.get(point["direction"] or "", "–")
            point |= tips(point, labels) | {"tip_direction": direction}
    for point in points:
        point["alone"] = lengths[point.pop("at")] == 1


def _drawn(labels: Labels, colours: Palette) -> list[Spec]:
    """The line, how sure it is, the number under each quarter; a gap where nothing may be shown."""
    seen = "datum.share !== null"
    x, y, sure, run = at("x"), at("y"), {"y": at("y1"), "y2": to("y2")}, text("run")
    number = {"fontSize": SMALL, "dy": 14 + 2 * LINE, "color": colours.soft}
    grey = {"fontSize": SMALL, "dy": -10, "color": colours.soft}
    hover = layer("rect", None, {"fill": colours.ink, "fillOpacity": 0, "cursor": "pointer", "aria": True})
    hover["encoding"] = {"x": at("from"), "x2": to("to"), "y": at("top"), "y2": to("end")} | told(labels)
    return [
        layer("area", seen, {"color": colours.edge, "opacity": 0.45}, x=x, **sure, detail=run),
        layer("rule", f"{seen} && datum.alone", {"color": colours.edge, "strokeWidth": 3}, x=x, **sure),
        layer("line", seen, {"color": colours.ink, "strokeWidth": 2}, x=x, y=y, detail=run),
        layer("point", seen, {"filled": True, "size": 60, "opacity": 1, "color": colours.ink}, x=x, y=y),
        layer("text", "datum.share === null", grey, x=x, y=at("base"), text=text("few")),
        layer("text", None, number, x=x, y=at("base"), text=text("n")),
        hover,
    ]
