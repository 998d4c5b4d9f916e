"""Our Streamlit components: the projector's screen and the console's clock, which both wake, and the coding desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

HERE = Path(__file__).parent
# Each component is one module and one sheet for the browser, made of these files.
SCRIPTS = {
    "screen": ("wake.js", "time.js", "triangle.js", "figures.js", "bars.js", "screen.js"),
    "clock": ("wake.js", "time.js", "clock.js"),
    "coding": ("coding.js", "keys.js", "card.js"),
}
SHEETS = {"screen": ("screen.css", "figures.css"), "clock": ("clock.css",), "coding": ("coding.css",)}


def _read(*names: str) -> str:
    return "".join((HERE / name).read_text("utf-8") for name in names)


@cache
def _component(name: str) -> Callable[..., Any]:
    made: Callable[..., Any] = st.components.v2.component(
        f"laveren_{name}", html=_read(f"{name}.html"), css=_read(*SHEETS[name]), js=_read(*SCRIPTS[name])
    )
    return made


def screen(data: dict[str, Any]) -> None:
    """The whole projector; `data` as `laveren.ui.projector` makes it."""
    _component("screen")(key="screen", data=data, on_wake_change=lambda: None)


def clock(data: dict[str, Any]) -> None:
    """The time left, large; reruns the fragment it stands in when something came in."""
    _component("clock")(key="clock", data=data, on_wake_change=lambda: None)


def coding(data: dict[str, Any], key: str, on_done: Callable[[], object]) -> Any:
    """The desk for coding; `data` as `laveren.ui.coding_cards` makes it. Gives what is finished, after `on_done`."""
    return _component("coding")(key=key, data=data, on_done_change=on_done).done
