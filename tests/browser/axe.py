"""axe-core on a page: what it finds serious or critical. Nothing is excepted, not even in Streamlit's own frame."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import axe_playwright_python
from playwright.sync_api import Page

GRAVE = ("serious", "critical")


class Finding(NamedTuple):
    """One element that breaks one rule."""

    rule: str
    target: str
    html: str
    why: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.target}\n    {self.html}\n    {self.why}"


@cache
def _axe() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")


def findings(page: Page) -> Iterator[Finding]:
    """What axe finds serious or critical in the page, shadow roots included."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_axe())
    options = {"iframes": False, "resultTypes": ["violations"]}
    result: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    for violation in result["violations"]:
        if violation["impact"] not in GRAVE:
            continue
        for node in violation["nodes"]:
            target = " ".join(" ".join(one) if isinstance(one, list) else one for one in node["target"])
            yield Finding(violation["id"], target, node["html"][:300], " ".join(node["failureSummary"].split()))
