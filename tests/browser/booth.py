"""A component by itself in a browser: its files as Streamlit loads them, its letters and tokens, and no server."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit
from playwright.sync_api import BrowserContext, Page, Route

from laveren.settings import ROOT
from laveren.ui import components
from tests.browser.test_projector import DRAWN

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
# What Streamlit does with a component: a shadow root with its sheet, tokens and markup; `show` is one run of it.
START = """async ({ css, html, tokens }) => {
  const host = document.body.appendChild(document.createElement("main"));
  for (const [name, value] of Object.entries(tokens)) host.style.setProperty(name, value);
  window.root = host.attachShadow({ mode: "open" });
  root.innerHTML = `<style>${css}</style><div>${html}</div>`;
  window.component = await import("/component.js");
  window.show = (data) => {
    component.default({ data: { now: Date.now() / 1000, ...data }, parentElement: root, setTriggerValue() {} });
  };
}"""
# No server to listen to, and an ear instead of a loudspeaker: of each chime, how many tones it had.
ALONE = """
window.EventSource = class { addEventListener() {} close() {} };
window.chimes = [];
window.AudioContext = class {
  constructor() { if (window.deaf) throw new Error("no sound here"); chimes.push(0); this.currentTime = 0; }
  createOscillator() { return { frequency: {}, connect() {}, stop() {}, start() { chimes[chimes.length - 1] += 1; } }; }
  createGain() { return { gain: { setValueAtTime() {}, exponentialRampToValueAtTime() {} }, connect() {} }; }
  async close() {}
};
"""
# The frames that hold more than they show.
CUT = """() => [...root.querySelectorAll("#figure, .plot, .side, .card, #cards, #bars, #case, #clock, #body")]
  .map((node) => [node, node.scrollWidth, node.clientWidth, node.scrollHeight, node.clientHeight])
  .filter(([, width, room, height, space]) => space && (width > room + 3 || height > space + 3))
  .map(([node, ...sizes]) => `${node.id} ${node.className} ${sizes}`)"""

# How far the letters of a node stand out from its ground; both drawn, for a mix of colours has no plain number.
CONTRAST = """nodes => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d");
  const light = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const part = (one) => (one <= 10.31 ? one / 3294.6 : ((one / 255 + 0.055) / 1.055) ** 2.4);
    const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map(part);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  };
  return nodes.map((node) => getComputedStyle(node)).map(({ color, backgroundColor }) => (
    [light(color), light(backgroundColor)].sort((a, b) => b - a))).map(([high, low]) => high / low);
}"""


def opened(context: BrowserContext, name: str, scheme: str, clock: bool) -> Page:
    """A page with one component in it, which has not run yet: `show(data)` in the page is one run."""
    context.set_default_timeout(5000)
    context.add_init_script(ALONE)
    page = context.new_page()
    page.route("**/*", lambda route: _served(route, name))
    if clock:
        page.clock.install()
    page.goto(WHERE)
    theme = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["theme"][scheme]
    tokens = {f"--st-{token}": theme[key] for token, key in TOKENS.items()}
    fonts = {"--st-font": "'Source Sans'", "--st-heading-font": "'Source Serif'"}
    css, html = components._read(*components.SHEETS[name]), components._read(f"{name}.html")
    page.evaluate(START, {"css": css, "html": html, "tokens": tokens | fonts})
    return page


def _served(route: Route, name: str) -> None:
    """The page, the component's script, Streamlit's letters; nothing else is there."""
    asked = route.request.url.removeprefix(WHERE)
    if asked == "/component.js":
        route.fulfill(body=components._read(*components.SCRIPTS[name]), content_type="text/javascript")
    elif asked.startswith("/letters/"):
        route.fulfill(path=next(MEDIA.glob(f"{asked.removeprefix('/letters/')}.*.woff2")))
    elif asked == "/":
        faces = "".join(
            f"@font-face {{ font-family: '{family}'; font-style: {style}; font-weight: 200 900;"
            f" src: url(/letters/{file}) }}"
            for (family, style), file in FONTS.items()
        )
        style = f"<style>{faces} :root {{ color-scheme: light dark }} body {{ margin: 0 }}</style>"
        body = f"<!doctype html><html lang=nl><title>Laveren</title>{style}"
        route.fulfill(body=body, content_type="text/html; charset=utf-8")
    else:
        route.abort()


def shows(page: Page, data: dict[str, Any]) -> None:
    """One run of the component, measured with the letters it is drawn with."""
    page.evaluate("data => show(data)", data)
    page.evaluate(DRAWN)


def lines(page: Page, selector: str) -> list[str]:
    """The rows of a table, or what else is found, each as one line."""
    said: list[str] = page.locator(selector).evaluate_all(
        "nodes => nodes.map((node) => [...(node.cells ?? [node])].map((one) => one.textContent).join(' | '))"
    )
    return said
