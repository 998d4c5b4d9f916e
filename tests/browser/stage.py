"""The stage: one browser, a window per person, and a watch over all of them.

Whatever a test does: no request leaves the machine, no page throws, no page shows an exception.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, FrameLocator, Locator, Page, Playwright, expect

from laveren.settings import ROOT

ARTEFACTS = ROOT / "tests/artefacts"
PROJECTOR = {"width": 1920, "height": 1080}
LAPTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
SOON = 2000  # ms: what the design promises within a second
PATIENCE = 15_000  # ms: what has no promise, on a machine that is busy
OTHER_HOST = "laveren.test"  # a name that is not loopback and leads here

Place = Page | FrameLocator


def launch(playwright: Playwright) -> Browser:
    """Debian's Chromium (without its frame if it is there: a third faster), or else Playwright's own.

    No name but this machine's leads anywhere.
    """
    path = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), None)
    rules = f"MAP {OTHER_HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"
    args = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        f"--host-resolver-rules={rules}",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        args.append("--no-sandbox")
    return playwright.chromium.launch(executable_path=path, args=args)


@dataclass
class Stage:
    """Opens windows, and remembers what went wrong in any of them."""

    browser: Browser
    hosts: set[str]
    contexts: list[BrowserContext] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def window(self, size: dict[str, int] = LAPTOP, **more: Any) -> Page:
        """A browser of somebody's own: nothing in it is shared with another."""
        context = self.browser.new_context(viewport=size, **({"locale": "nl-NL", "reduced_motion": "reduce"} | more))
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        context.on("request", lambda request: self._stays_here(request.url))
        context.on("weberror", lambda error: self.wrong.append(f"{error.page and error.page.url}: {error.error}"))
        context.on("page", lambda page: page.on("websocket", lambda socket: self._stays_here(socket.url)))
        return context.new_page()

    def _stays_here(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc not in self.hosts:
            self.wrong.append(f"a request left the machine: {url}")

    def pages(self) -> Iterator[Page]:
        for context in self.contexts:
            yield from context.pages

    def look_back(self) -> None:
        """Fails when any window asked another machine, threw an error, or shows an exception."""
        shown = [page.url for page in self.pages() if page.get_by_test_id("stException").count()]
        for context in self.contexts:
            context.close()
        assert not shown, f"an exception is on the page: {shown}"
        assert not self.wrong, "\n".join(self.wrong)


def picture(page: Page, name: str, **more: Any) -> Path:
    """Keeps what a page looks like now, as an artefact of the run."""
    file = ARTEFACTS / f"{name}.png"
    page.screenshot(path=file, **more)
    return file


# ---- what people do ----


def joins(page: Place, role: str = "uitvoerder", table: int | None = 1) -> None:
    """Chooses a role and a table on the door that stands open, and goes in."""
    expect(page.get_by_role("group", name="Aan welke tafel zit je?")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("radio", name=role, exact=True).check()
    page.get_by_role("radio", name=str(table) if table else "weet ik nog niet", exact=True).check()
    page.get_by_role("button", name="Doe mee").click()
    expect(page.get_by_role("button", name="wijzig")).to_be_visible(timeout=PATIENCE)


def sheet_of(stage: Stage, door: str, size: dict[str, int] = LAPTOP, role: str = "uitvoerder", table: int = 1) -> Page:
    """A participant who has joined by the link."""
    page = stage.window(size)
    page.goto(door)
    joins(page, role, table)
    return page


def card(page: Place, words: str) -> Locator:
    """The card on the worksheet that says this."""
    return page.locator(".card").filter(has_text=words)


def fresh_card(page: Place) -> Locator:
    """The card one writes on."""
    return page.locator("[data-part=prompts] .card:has(textarea:visible)").last


def writes(page: Place, words: str, chip: str | None = None) -> Locator:
    """Types on the fresh card, and chooses where it sits or whether one does it; gives the card."""
    found = fresh_card(page)
    found.get_by_role("textbox").fill(words)
    if chip:
        found.get_by_role("radio", name=chip, exact=True).check()
    return found


def hands_in(page: Place, words: str, chip: str | None = None) -> None:
    """Writes and hands in; waits for the server's word."""
    writes(page, words, chip)
    page.get_by_role("button", name="Meegeven", exact=True).first.click()
    expect(card(page, words)).to_contain_text("meegegeven", timeout=PATIENCE)


def projector(stage: Stage, url: str, **more: Any) -> Page:
    """The beamer."""
    page = stage.window(PROJECTOR, **more)
    page.goto(url)
    expect(page.locator("#screen #top")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#screen[data-mode]")).to_be_visible(timeout=PATIENCE)
    return page


def console(stage: Stage, link: str, size: dict[str, int] = LAPTOP, **more: Any) -> Page:
    """The facilitator, or a helper, come in by their link."""
    page = stage.window(size, **more)
    page.goto(link)
    page.wait_for_url("**/begeleiden?code=*")
    expect(page.get_by_text("hier", exact=True).first).to_be_visible(timeout=PATIENCE)
    settled(page)
    return page


def row(page: Page, words: str) -> Locator:
    """The row on the console that says this, with its three buttons."""
    return page.locator("[class*='st-key-card_']").filter(has_text=words)


def settled(page: Page) -> None:
    """Waits until Streamlit has drawn all it was going to draw, and has fetched what it draws it with."""
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_attached(timeout=PATIENCE)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=PATIENCE)


def on_screen(page: Page, words: str | re.Pattern[str]) -> None:
    """Expects these words on the projector within the promised second."""
    expect(page.locator("#screen").get_by_text(words).first).to_be_visible(timeout=SOON)
