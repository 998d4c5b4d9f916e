"""The figures of the projector and the sound of its clock: the component by itself in a browser, fed with data as the page feeds it."""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from laveren.settings import ROOT
from laveren.ui import components
from tests.browser.stage import LAPTOP, PROJECTOR, picture

Data = dict[str, Any]
Booth = Callable[..., Page]
WHERE = "http://laveren.test"
MEDIA = Path(streamlit.__file__).parent / "static/static/media"
FONTS = {
    ("Source Sans", "normal"): "SourceSansVF-Upright", ("Source Sans", "italic"): "SourceSansVF-Italic",
    ("Source Serif", "normal"): "SourceSerifVariable-Roman", ("Source Serif", "italic"): "SourceSerifVariable-Italic",
}  # fmt: skip
TOKENS = {
    "text-color": "textColor", "background-color": "backgroundColor", "link-color": "linkColor",
    "secondary-background-color": "secondaryBackgroundColor", "gray-text-color": "grayTextColor",
    "border-color": "borderColor", "red-color": "redColor", "green-color": "greenColor",
    "red-background-color": "redBackgroundColor", "green-background-color": "greenBackgroundColor",
}  # fmt: skip
# What Streamlit does with a component: a shadow root with its sheet, its tokens and its markup; `show` is one run.
START = """async ({ css, html, tokens }) => {
  const host = document.body.appendChild(document.createElement("div"));
  for (const [name, value] of Object.entries(tokens)) host.style.setProperty(name, value);
  const root = host.attachShadow({ mode: "open" });
  root.innerHTML = `<style>${css}</style>${html}`;
  window.component = await import("/component.js");
  window.show = (data) => { window.component.default({ data, parentElement: root, setTriggerValue() {} }); };
}"""
ALONE = """
window.EventSource = class { addEventListener() {} close() {} };
window.chimes = [];
window.AudioContext = class {
  constructor() { window.chimes.push(0); this.currentTime = 0; this.destination = {}; this.state = window.mute ? "suspended" : "running"; }
  createOscillator() { return { frequency: {}, connect() {}, stop() {}, start() { window.chimes[window.chimes.length - 1] += 1; } }; }
  createGain() { return { gain: { setValueAtTime() {}, exponentialRampToValueAtTime() {} }, connect() {} }; }
  async close() {}
};
"""


@pytest.fixture
def booth(chromium: Browser) -> Iterator[Booth]:
    """Opens a window with one component in it; a page that throws fails the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def opened(size: dict[str, int] = PROJECTOR, scheme: Any = "light", name: str = "screen", clock: bool = False) -> Page:
        context = chromium.new_context(viewport=size, color_scheme=scheme, locale="nl-NL", reduced_motion="reduce")
        contexts.append(context)
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        context.add_init_script(ALONE)
        page = context.new_page()
        page.route("**/*", lambda route: served(route, name))
        if clock:
            page.clock.install()
        page.goto(WHERE)
        theme = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["theme"][scheme]
        tokens = {f"--st-{token}": theme[key] for token, key in TOKENS.items()}
        fonts = {"--st-font": "'Source Sans'", "--st-heading-font": "'Source Serif'"}
        css, html = components._read(*components.SHEETS[name]), components._read(f"{name}.html")
        page.evaluate(START, {"css": css, "html": html, "tokens": tokens | fonts})
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not wrong, "\n".join(wrong)


def served(route: Route, name: str) -> None:
    """The page, the component's script, Streamlit's letters; nothing else is there."""
    asked = route.request.url.removeprefix(WHERE)
    if asked == "/component.js":
        route.fulfill(body=components._read(*components.SCRIPTS[name]), content_type="text/javascript")
    elif asked.startswith("/letters/"):
        route.fulfill(path=next(MEDIA.glob(f"{asked.removeprefix('/letters/')}.*.woff2")))
    elif asked == "/":
        faces = "".join(
            f"@font-face {{ font-family: '{family}'; font-style: {style}; font-weight: 200 900; src: url(/letters/{file}) }}"
            for (family, style), file in FONTS.items()
        )
        body = f"<!doctype html><html lang=nl><style>{faces} :root {{ color-scheme: light dark }} body {{ margin: 0 }}</style>"
        route.fulfill(body=body, content_type="text/html; charset=utf-8")
    else:
        route.abort()
