"""The charts of the page Thema's: light and dark, every mark with its number, nothing by colour alone.

Each takes a small frame of `laveren.analysis` and words that are translated already, and gives a chart for `draw`: a
dict of Vega-Lite, data and all. What stands for too few people is missing in the frame, and grey words in the chart.
"""

from __future__ import annotations

import streamlit as st

from laveren.ui.charts.ground import DARK, LIGHT, PICK, Labels, Palette, Spec
from laveren.ui.charts.heat import heat
from laveren.ui.charts.pairs import before_after, side_by_side
from laveren.ui.charts.quarters import quarters
from laveren.ui.charts.rooms import rooms_apart
from laveren.ui.charts.rows import by_source, levels, recurrence, without_room

__all__ = [
    "DARK",
    "LIGHT",
    "Labels",
    "Palette",
    "Spec",
    "before_after",
    "by_source",
    "draw",
    "heat",
    "levels",
    "quarters",
    "recurrence",
    "rooms_apart",
    "side_by_side",
    "without_room",
]


def draw(chart: Spec, key: str) -> dict[str, str]:
    """Draws a chart as wide as there is room; gives what was clicked: `{"theme": "wachttijd"}`, of a heat map two.

    Empty when nothing was, or when a double click let go. The description is the accessible name. Where there is less
    room than it needs to be read it is not squeezed: one moves it sideways (`style.css`).
    """
    with st.container(key=f"sideways_{'wide_' if chart['usermeta']['wide'] else ''}{key}"):
        event = st.vega_lite_chart(chart, theme=None, width="stretch", on_select="rerun", key=key)
    chosen = (event["selection"].get(PICK) or [{}])[0]
    rows = chart["layer"][0]["data"]["values"]
    return dict(chosen) if any(chosen.items() <= row.items() for row in rows) else {}  # a filter may have taken it away
