"""The charts of the page Thema's: Altair, light and dark, every mark with its number, nothing by colour alone.

Each takes a frame of `laveren.analysis.counting` and words that are translated already, and gives a chart for
`st.altair_chart(chart, theme=None, width="stretch", on_select="rerun", key=…)`; its description is the accessible
name, so `alt=` is not needed. A click on a row comes back under the chart's selection, named after what was chosen:
`event.selection["theme"]` is `[{"theme": "wachttijd"}]`, or empty; a double click lets go.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import altair as alt
import pandas as pd

from laveren.analysis.hiding import FEW, cell

FONT = "Source Sans, sans-serif"
ROW = 36
BAR = 10
AXIS = 60

# On a scale of shares the words stand in a column of their own, beyond 100 %.
WORDS_AT, WORDS_TO = 1.03, 1.2


@dataclass(frozen=True)
class Palette:
    """The colours of `look.md` that charts use."""

    ink: str
    soft: str
    paper: str
    foam: str
    line: str
    stuck: str
    stuck_tint: str


LIGHT = Palette("#12304A", "#4A6072", "#FCFAF5", "#E9F0F2", "#D5DEE3", "#B5431A", "#E3B39E")
DARK = Palette("#E8EEF1", "#A9BAC6", "#0E1B26", "#162836", "#2A3E4D", "#F0925F", "#6E4531")


@dataclass(frozen=True)
class Labels:
    """What a chart says, translated already.

    `names`: what each theme, source or case is called, by id. `values`: what stands at the end of each row that is
    shown, by id ("34 van 52"). `axis`: what is measured, under the scale. `description`: the whole in a sentence or two
    for who does not see it. `columns`: what the tooltip calls each column of the frame; only those are in it.
    `percent`: what follows the number of a percentage, " %" in Dutch, "%" in English.
    """

    names: Mapping[str, str]
    values: Mapping[str, str]
    axis: str
    description: str
    columns: Mapping[str, str] = field(default_factory=dict)
    percent: str = "\u00a0%"


def recurrence(frame: pd.DataFrame, labels: Labels, dark: bool = False) -> alt.LayerChart:
    """Themes by the share of workshops they occur in, with its interval; from `theme_recurrence`. Selection `theme`."""
    colours = DARK if dark else LIGHT
    rows, pick, base, y = _ground(frame, "theme", "share", labels)
    seen = base.transform_filter("datum.shown")
    faded = alt.condition(pick, alt.value(1.0), alt.value(0.3))
    interval = seen.mark_bar(height=6, cornerRadius=3, color=colours.ink).encode(
        x=_scale("low", labels.axis, top=WORDS_TO, percent=labels.percent),
        x2="high:Q",
        y=y,
        opacity=alt.condition(pick, alt.value(0.35), alt.value(0.15)),
    )
    point = seen.mark_point(size=110, filled=True, opacity=1, color=colours.ink, shape="diamond").encode(
        x="share:Q", y=y, opacity=faded
    )
    words = seen.mark_text(align="left", color=colours.ink)
    said = words.encode(x=alt.datum(WORDS_AT), y=y, text="said:N", opacity=faded)
    return _finish([_band(base, y, pick, labels), interval, point, said, _few(base, y, colours)], rows, labels, colours)


def by_source(frame: pd.DataFrame, labels: Labels, dark: bool = False) -> alt.LayerChart:
    """Hindrances per source, in participants; from `hindrances_by_source`. Selection `source`."""
    colours = DARK if dark else LIGHT
    rows, pick, base, y = _ground(frame, "source", "participants", labels)
    seen = base.transform_filter("datum.shown")
    x = _scale("participants", labels.axis, top=_room_for_words(rows["participants"]))
    faded = alt.condition(pick, alt.value(1.0), alt.value(0.3))
    bar = seen.mark_bar(height=BAR, color=colours.stuck).encode(x=x, y=y, opacity=faded)
    layers = [_band(base, y, pick, labels), bar, *_ends(seen, "participants", y, faded, colours)]
    return _finish([*layers, _few(base, y, colours)], rows, labels, colours)


def without_room(frame: pd.DataFrame, labels: Labels, dark: bool = False, by: str = "source") -> alt.LayerChart:
    """Hindrances no room is linked to, in front of all hindrances; from `hindrances_without_room`. Selection `by`."""
    colours = DARK if dark else LIGHT
    rows, pick, base, y = _ground(frame, by, "without", labels)
    seen = base.transform_filter("datum.shown")
    x = _scale("hindrances", labels.axis, top=_room_for_words(rows["hindrances"]))
    faded = alt.condition(pick, alt.value(1.0), alt.value(0.3))
    every = seen.mark_bar(height=BAR, fill=colours.stuck_tint, stroke=colours.stuck, strokeWidth=1).encode(
        x=x, y=y, opacity=faded
    )
    bare = seen.mark_bar(height=BAR, color=colours.stuck).encode(x="without:Q", y=y, opacity=faded)
    mark, said = _ends(seen, "without", y, faded, colours)
    said = said.encode(x="hindrances:Q")
    layers = [_band(base, y, pick, labels), every, bare, mark, said, _few(base, y, colours)]
    return _finish(layers, rows, labels, colours)


def _ground(
    frame: pd.DataFrame, key: str, number: str, labels: Labels
) -> tuple[pd.DataFrame, alt.Parameter, alt.Chart, alt.Y]:
    """The rows with their words, the selection, the chart to draw on, and the axis with the names in order."""
    rows = frame.copy()
    rows["shown"] = rows[number].notna()
    rows["label"] = [labels.names.get(ident, ident) for ident in rows[key]]
    rows["said"] = [labels.values.get(ident, "") for ident in rows[key]]
    rows["few"] = FEW
    for column in labels.columns:
        rows[f"tip_{column}"] = [_tip(value, labels.percent) for value in rows[column]]
    pick = alt.selection_point(name=key, fields=[key], on="click", clear="dblclick")
    axis = alt.Axis(title=None, ticks=False, labelLimit=0, labelPadding=12, labelFontSize=15)
    y = alt.Y("label:N", sort=list(rows["label"]), axis=axis, scale=alt.Scale(paddingInner=0))
    return rows, pick, alt.Chart(rows), y


def _band(base: alt.Chart, y: alt.Y, pick: alt.Parameter, labels: Labels) -> alt.Chart:
    """The whole row takes the click and tells its numbers: a dot is small to hit."""
    tips = [alt.Tooltip(f"tip_{column}:N", title=title) for column, title in labels.columns.items()]
    tooltip = [alt.Tooltip("label:N", title=" "), *tips] if tips else alt.value(None)
    band: alt.Chart = base.mark_rect(opacity=0, cursor="pointer").encode(y=y, tooltip=tooltip).add_params(pick)
    return band


def _ends(seen: alt.Chart, number: str, y: alt.Y, faded: Any, colours: Palette) -> tuple[alt.Chart, alt.Chart]:
    """The triangle that means hindrance, at the end of the bar, and the row's words behind it."""
    triangle = seen.mark_point(
        shape="triangle-up",
        size=260,
        filled=True,
        opacity=1,
        color=colours.stuck,
        stroke=colours.paper,
        strokeWidth=2,
    )
    mark = triangle.encode(x=f"{number}:Q", y=y, opacity=faded)
    said = seen.mark_text(align="left", dx=16, color=colours.ink).encode(
        x=f"{number}:Q", y=y, text="said:N", opacity=faded
    )
    return mark, said


def _few(base: alt.Chart, y: alt.Y, colours: Palette) -> alt.Chart:
    """What stands for too few people: grey words, no mark that has a length."""
    words = base.transform_filter("!datum.shown").mark_text(align="left", dx=4, color=colours.soft)
    few: alt.Chart = words.encode(x=alt.value(0), y=y, text="few:N")
    return few


def _scale(number: str, title: str, top: float, percent: str | None = None) -> alt.X:
    values = [0, 0.2, 0.4, 0.6, 0.8, 1.0]
    label = f"round(datum.value * 100) + '{percent}'"
    axis = (
        alt.Axis(title=title, values=values, labelExpr=label, domain=False, ticks=False)
        if percent
        else alt.Axis(title=title, tickMinStep=1, format="d", tickCount=5, domain=False, ticks=False, grid=False)
    )
    return alt.X(f"{number}:Q", axis=axis, scale=alt.Scale(domain=[0, top], nice=False), title=title)


def _room_for_words(numbers: pd.Series[Any]) -> float:
    """The end of the scale: a quarter is left for the words behind the longest bar."""
    return max(5.0, float(numbers.max() if numbers.notna().any() else 0) * 1.25)


def _tip(value: Any, percent: str) -> str:
    """A share is the only number with decimals here."""
    return cell(value, lambda number: f"{100 * number:.0f}{percent}" if isinstance(number, float) else str(number))


def _finish(layers: list[alt.Chart], rows: pd.DataFrame, labels: Labels, colours: Palette) -> alt.LayerChart:
    text = {"font": FONT, "fontSize": 15}
    chart: alt.LayerChart = (
        alt.layer(*layers)
        .properties(width="container", height=max(1, len(rows)) * ROW + AXIS, description=labels.description)
        .configure(
            autosize=alt.AutoSizeParams(type="fit", contains="padding"),
            background="transparent",
            font=FONT,
            padding={"left": 4, "top": 4, "right": 12, "bottom": 4},
        )
        .configure_view(stroke=None)
        .configure_text(**text)
        .configure_axis(
            labelColor=colours.ink,
            titleColor=colours.soft,
            gridColor=colours.line,
            domainColor=colours.soft,
            labelFont=FONT,
            titleFont=FONT,
            labelFontSize=14,
            titleFontSize=14,
            titleFontWeight="normal",
            titlePadding=10,
            titleAnchor="start",
            labelLimit=0,
        )
        .configure_axisY(grid=False)
    )
    return chart
