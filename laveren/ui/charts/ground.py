"""What every chart of Thema's stands on: colours, words, rows, the click, and the Vega-Lite around the marks.

A chart is Vega-Lite as a plain dict with its data in it. The same of Altair's objects takes 60 to 100 ms a chart on one
core, this 1 to 3; the tests hold each chart against Altair's schema.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from textwrap import wrap
from typing import Any

import pandas as pd

from laveren.analysis.hiding import FEW, cell

Spec = dict[str, Any]
Row = dict[str, Any]

FONT = "Source Sans, sans-serif"
ROW = 36
AXIS = 60
SIZE = 15
LINE = 17
BAR = 9
MARK = 400
BESIDE = 18  # pixels from the middle of a mark to the words beside it
NAME = (24, 34)  # characters in one line of a name: so few, and more where two lines would not hold it

#: What a click is called in the chart; `draw` hands on what was clicked.
PICK = "picked"
SHOWN = "datum.shown"
#: The columns that are parts of a whole.
SHARES = ("share", "low", "high")

#: A name beside a row, in lines, the middle of which stands at the middle of the row.
IN_LINES = {
    "labelExpr": "split(datum.label, '\\n')",
    "labelOffset": {
        "condition": [
            {"test": f"length(split(datum.label, '\\n')) === {count}", "value": (1 - count) * LINE / 2}
            for count in (2, 3, 4)
        ],
        "value": 0,
    },
}


@dataclass(frozen=True)
class Palette:
    """The colours of `look.md` that charts use. `edge` has 3 to 1 with the paper; `heat` goes from little to much."""

    ink: str
    soft: str
    paper: str
    foam: str
    line: str
    edge: str
    stuck: str
    stuck_tint: str
    room: str
    heat: tuple[str, ...]


LIGHT = Palette(
    ink="#12304A", soft="#4A6072", paper="#FCFAF5", foam="#E9F0F2", line="#D5DEE3", edge="#6F8796",
    stuck="#B5431A", stuck_tint="#E3B39E", room="#00694B",
    heat=("#DDE8EE", "#B4CCDA", "#8DB0C5", "#3F7396", "#24557A", "#12304A"),
)  # fmt: skip
DARK = Palette(
    ink="#E8EEF1", soft="#A9BAC6", paper="#0E1B26", foam="#162836", line="#2A3E4D", edge="#6F8796",
    stuck="#F0925F", stuck_tint="#6E4531", room="#5CC49E",
    heat=("#1F3B51", "#2A5475", "#356A94", "#6FA3CB", "#9CC6E6", "#D3E8F7"),
)  # fmt: skip


@dataclass(frozen=True)
class Labels:
    """What a chart says, translated already.

    `names`: what each theme, source, case, quarter … is called, by id. `values`: what stands at the end of each row
    that is shown, by id ("34 van 52"), and the few words of a chart's own, as its docstring says. `axis`: what is
    measured, under the scale. `description`: the whole in a sentence or two for who does not see it. `columns`: what
    the tooltip calls each column of the frame; only those are in it. `percent`: what follows the number of a
    percentage, " %" in Dutch, "%" in English; `comma`: what stands before decimals.
    """

    names: Mapping[Any, str]
    values: Mapping[str, str]
    axis: str
    description: str
    columns: Mapping[str, str] = field(default_factory=dict)
    percent: str = "\u00a0%"
    comma: str = ","


def palette(dark: bool) -> Palette:
    """The colours of the page as it stands now."""
    return DARK if dark else LIGHT


def records(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame as Vega-Lite takes them; what is hidden or missing is None."""
    columns = [[None if pd.isna(value) else value for value in frame[name].tolist()] for name in frame.columns]
    return [dict(zip(map(str, frame.columns), values, strict=True)) for values in zip(*columns, strict=True)]


def tips(row: Row, labels: Labels) -> Row:
    """What the tooltip says of a row: a share as a percentage, an id by its name."""

    def spelled(name: str, value: Any) -> str:
        if isinstance(value, str):
            return labels.names.get(value, value)
        if name in SHARES:
            return f"{100 * value:.0f}{labels.percent}"
        return f"{value:.1f}".replace(".", labels.comma) if isinstance(value, float) else str(value)

    return {f"tip_{name}": cell(row[name], partial(spelled, name)) for name in labels.columns if name in row}


def lines(names: Sequence[str], width: int | None = None) -> list[str]:
    """Names in lines of at most so many characters, whole; two that are alike stay two rows, by what nobody sees."""
    if width is None:
        width = next((one for one in range(*NAME) if all(len(wrap(name, one)) <= 2 for name in names)), NAME[1])
    before: Counter[str] = Counter()
    found = []
    for name in names:
        found.append("\n".join(wrap(name, width, break_long_words=False)) + "\u200b" * before[name])
        before[name] += 1
    return found


def words_width(words: Sequence[str], size: int = SIZE) -> int:
    """The room these words take, in pixels: half a letter's height a character, and a little air."""
    return round(max(map(len, words), default=0) * size * 0.53)


@dataclass(frozen=True)
class Rows:
    """Rows of a chart: their data, the axis with their names in order, the layer that takes the click, the height."""

    values: list[Row]
    y: Spec
    band: Spec
    height: int


def ground(rows: list[Row], key: str, number: str, labels: Labels, colours: Palette) -> Rows:
    """Gives each row its name, its words and its tooltip; a row without `number` is not `shown`."""
    written = lines([labels.names.get(row[key], row[key]) for row in rows])
    for row, name in zip(rows, written, strict=True):
        words = labels.values.get(row[key], "")
        row |= {"label": name, "words": words, "few": FEW, "shown": row[number] is not None} | tips(row, labels)
        row["aloud"] = f"{name}: {words if row['shown'] else FEW}".replace("\n", " ")
    axis = IN_LINES | {"title": None, "ticks": False, "labelPadding": 12, "labelFontSize": SIZE, "labelLimit": 0}
    y = text("label") | {"sort": written, "axis": axis, "scale": {"paddingInner": 0}}
    most = max((name.count("\n") + 1 for name in written), default=1)
    height = max(ROW, most * LINE + 6)
    return Rows(rows, y, band([key], labels, colours, y=y), height)


def told(labels: Labels) -> Spec:
    """What a mark tells who points at it, and what it is called for who hears the chart."""
    columns = [{"field": f"tip_{name}", "type": "nominal", "title": title} for name, title in labels.columns.items()]
    tooltip = [{"field": "label", "type": "nominal", "title": " "}, *columns] if columns else {"value": None}
    return {"tooltip": tooltip, "description": text("aloud")}


def band(fields: list[str], labels: Labels, colours: Palette, **place: Any) -> Spec:
    """The whole row or cell takes the click and tells its numbers: a dot is small to hit. Lies on top of all marks.

    What was clicked gets an outline; nothing is made faint.
    """
    look = {"type": "rect", "fill": colours.ink, "fillOpacity": 0, "strokeWidth": 2.5, "cornerRadius": 4}
    outline = {"condition": {"param": PICK, "empty": False, "value": colours.ink}, "value": None}
    return {
        "mark": look | {"cursor": "pointer", "aria": True},
        "params": [{"name": PICK, "select": {"type": "point", "fields": fields, "on": "click", "clear": "dblclick"}}],
        "encoding": place | told(labels) | {"stroke": outline},
    }


def layer(mark: str, where: str | None = None, look: Spec | None = None, **encoding: Any) -> Spec:
    """A mark and where it stands, for the rows `where` this is so."""
    found: Spec = {"mark": {"type": mark} | (look or {}), "encoding": encoding}
    return found | ({"transform": [{"filter": where}]} if where else {})


def at(name: str) -> Spec:
    """The place that a column of numbers says."""
    return {"field": name, "type": "quantitative"}


def to(name: str) -> Spec:
    """Where what begins at another place ends."""
    return {"field": name}


def text(name: str) -> Spec:
    """The words in a column."""
    return {"field": name, "type": "nominal"}


def shares(name: str, labels: Labels, words: int) -> Spec:
    """A scale from none to all; `words`: the pixels that are kept free at the end for words."""
    axis = {
        "title": labels.axis,
        "values": [0, 0.2, 0.4, 0.6, 0.8, 1],
        "labelExpr": f"round(datum.value * 100) + '{labels.percent}'",
        "domain": False,
        "ticks": False,
    }
    return at(name) | {"axis": axis, "scale": {"domain": [0, 1], "nice": False} | kept_free(words)}


def counts(name: str, labels: Labels, numbers: Sequence[float | None], words: int) -> Spec:
    """A scale of whole numbers, from 0 to the largest (at least 5)."""
    axis = whole_numbers(labels.axis)
    top = max([5, *(number for number in numbers if number is not None)])
    return at(name) | {"axis": axis, "scale": {"domain": [0, top], "nice": False} | kept_free(words)}


def whole_numbers(title: str) -> Spec:
    """An axis that has no halves of people on it."""
    quiet = {"domain": False, "ticks": False, "grid": False}
    return {"title": title, "tickMinStep": 1, "format": "d", "tickCount": 5} | quiet


def kept_free(words: int) -> Spec:
    """What ends a scale so many pixels before the edge, whatever the width."""
    return {"rangeMax": {"expr": f"max(width - {words}, 40)"}}


def measured(labels: Labels, colours: Palette) -> tuple[list[Row], list[Spec]]:
    """What is measured, under a chart that has no scale there."""
    look = {"align": "left", "baseline": "top", "dy": 10, "fontSize": 14, "color": colours.soft}
    place = {"x": {"value": 0}, "y": {"value": {"expr": "height"}}}
    return [{}], [layer("text", None, look, **place, text={"value": labels.axis})]


def few(y: Spec, colours: Palette) -> Spec:
    """What stands for too few people: grey words, no mark that has a length."""
    look = {"align": "left", "dx": 4, "color": colours.soft}
    return layer("text", f"!{SHOWN}", look, x={"value": 0}, y=y, text=text("few"))


def finish(
    parts: Sequence[tuple[list[Row], list[Spec]]],
    height: int,
    labels: Labels,
    colours: Palette,
    wide: bool = False,
) -> Spec:
    """The chart of these parts, each its rows and their layers.

    `wide`: it needs most of a page to be read. The data stand inside the layers, where Streamlit
    leaves them alone: those beside them it turns into Arrow, at five times the price.
    """
    return {
        "layer": [{"data": {"values": rows}, "layer": layers} for rows, layers in parts],
        "width": "container",
        "height": height,
        "description": labels.description,
        "background": "transparent",
        "padding": {"left": 4, "top": 4, "right": 12, "bottom": 4},
        "autosize": {"type": "fit", "contains": "padding"},
        "usermeta": {"wide": wide},
        "config": {
            "font": FONT,
            "mark": {"aria": False},
            "view": {"stroke": None},
            "text": {"font": FONT, "fontSize": SIZE, "color": colours.ink},
            "axis": {
                "aria": False,
                "labelColor": colours.ink,
                "titleColor": colours.soft,
                "gridColor": colours.line,
                "domainColor": colours.soft,
                "labelFont": FONT,
                "titleFont": FONT,
                "labelFontSize": 14,
                "titleFontSize": 14,
                "titleFontWeight": "normal",
                "titlePadding": 10,
                "titleAnchor": "start",
                "labelLimit": 0,
            },
            "axisY": {"grid": False},
        },
    }
