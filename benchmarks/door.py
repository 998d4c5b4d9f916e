"""The light door in a real browser: what it weighs, how many requests it makes, how soon one can type."""

from __future__ import annotations

import os
import time
from typing import Any

from playwright.async_api import Browser, Response, async_playwright

from benchmarks.outcome import Outcome, ms, percentile, spread
from benchmarks.server import HOST, fresh_server

CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if os.path.exists(path)), None)
FLAGS = ["--no-sandbox", "--disable-background-networking"]
# In the page itself, so that the browser's driver does not count: the form's button has its words (they come from
# the script), it is shown, and that has been painted. Milliseconds since the visit began.
READY = """
new MutationObserver((_, watch) => {
  const button = document.getElementById("join-go");
  if (!button?.textContent || !button.offsetParent) return;
  watch.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.usableAt = performance.now(); }, 0));
}).observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
"""


async def door(quick: bool, method: str) -> Outcome:
    """A first visit with an empty cache, several times: bytes over the wire, requests, milliseconds until usable."""
    visits: list[dict[str, Any]] = []
    with fresh_server() as server:
        code = server.workshop(method)["code"]
        async with async_playwright() as play:
            browser = await play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for _ in range(4 if quick else 21):
                visits.append(await _visit(browser, f"http://{HOST}:{server.port}/meedoen/{code}"))
            await browser.close()
    cold, later = visits[0], visits[1:]  # the first visit also pays for the browser's own start
    most = max(visit["bytes"] for visit in visits)
    requests = max(visit["requests"] for visit in visits)
    usable, pressed = ([visit[name] for visit in later] for name in ("usable", "pressed"))
    p95 = percentile(usable, 0.95)
    packed = all(visit["packed"] for visit in visits)
    return Outcome(
        "the light door: all it loads, until usable",
        "≤ 60 kB gzipped, ≤ 6 requests, ≤ 500 ms",
        f"{most / 1000:.1f} kB, {requests} requests, p95 {ms(p95):.0f} ms (middle {ms(percentile(usable, 0.5)):.0f}; "
        f"pressed by a driver p95 {ms(percentile(pressed, 0.95)):.0f})",
        most <= 60_000 and requests <= 6 and p95 <= 0.5 and packed,
        {"bytes": most, "requests": requests, "usable": spread(usable), "pressed": spread(pressed),
         "first_ms": ms(cold["usable"]), "all_gzipped": packed, "loaded": cold["loaded"]},
    )  # fmt: skip


async def _visit(browser: Browser, address: str) -> dict[str, Any]:
    """One visit; `usable` is the page's own word, `pressed` is when a driver could click."""
    context = await browser.new_context(service_workers="block")
    page = await context.new_page()
    wire = await context.new_cdp_session(page)
    await wire.send("Network.enable")
    sizes: dict[str, float] = {}
    urls: dict[str, str] = {}
    seen: list[Response] = []
    page.on("response", lambda response: seen.append(response))
    wire.on("Network.requestWillBeSent", lambda event: urls.update({event["requestId"]: event["request"]["url"]}))
    wire.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    await page.add_init_script(READY)
    began = time.perf_counter()
    await page.goto(address, wait_until="commit")
    await page.locator("#join-go:not(:empty)").click(trial=True)  # its text comes from the script: the page lives
    pressed = time.perf_counter() - began
    await page.wait_for_timeout(400)
    usable = float(await page.evaluate("window.usableAt ?? Infinity")) / 1000
    files = [one for one in seen if one.request.resource_type in ("document", "script")]
    packed = all([await one.header_value("content-encoding") == "gzip" for one in files])
    ours = {id: url for id, url in urls.items() if url.startswith("http")}
    await context.close()
    loaded = {url.partition("/meedoen")[2] or url: round(sizes.get(id, 0)) for id, url in ours.items()}
    return {
        "bytes": sum(sizes.get(id, 0) for id in ours),
        "requests": len(ours),
        "usable": usable,
        "pressed": pressed,
        "packed": packed,
        "loaded": loaded,
    }
