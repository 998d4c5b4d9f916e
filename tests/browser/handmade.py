"""A worksheet made by hand: the real page of the light door, with a server that says what the test wants."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route, expect

from tests.browser.server import Server
from tests.browser.stage import LAPTOP, PATIENCE, Stage

CODE = "K7M4PX"
# Streams that the test speaks through; those that were closed stay in the list. And all that is said aloud.
STREAMS = """
window.streams = [];
window.EventSource = class extends EventTarget {
  constructor(url) { super(); Object.assign(this, { url, readyState: 1 }); window.streams.push(this); }
  close() { this.readyState = 2; }
};
window.said = [];
addEventListener("DOMContentLoaded", () => {
  const say = document.getElementById("say");
  new MutationObserver(() => say.textContent && window.said.push(say.textContent)).observe(say, { childList: true });
});
window.hears = (kind, data) => {
  window.streams.at(-1).dispatchEvent(new MessageEvent(kind, { data: JSON.stringify(data) }));
};
"""
CASE = {
    "title": "De erfenis die later kwam",
    "persons": [
        {"name": "Marleen", "age": 52, "role": "heeft bijstand"},
        {"name": "Kees", "age": None, "role": "broer"},
    ],
    "situation": "Marleen heeft al zes jaar bijstand. Haar moeder overlijdt in maart 2022.\n\n"
    "Drie maanden later krijgt ze een brief. ‘Ik had dat geld toen toch nog niet?’ Ze slaapt slecht.",
    "as_of": "2026-01-15",
    "twists": [],
    "rules": [],
    "perspectives": [],
}
TWISTS = [
    {"title": "Elf dossiers", "text": "Vorig jaar waren er elf zaken zoals deze."},
    {"title": "De buurgemeente", "text": "De buurgemeente telt vanaf de dag van ontvangst.\n\nDat staat in een brief."},
]
RULES = [
    {
        "article": "Awb 4:84",
        "text": "Het bestuur mag afwijken van een beleidsregel bij bijzondere omstandigheden.",
        "room": "Kijk naar deze persoon, niet naar de groep.",
        "as_of": "2026-02-01",
        "checked_by": None,
    },
    {
        "article": "Participatiewet 58 lid 8",
        "text": "Bij dringende redenen hoeft terugvorderen niet.",
        "room": None,
        "as_of": "2026-03-01",
        "checked_by": "mr. A. de Wit",
    },
]
SEATS = [
    {"name": "Marleen", "text": "Je hebt het geld al uitgegeven."},
    {"name": "beleid", "text": None},
    {"name": "accountant", "text": "Je kijkt of het klopt."},
]


def both(text: str) -> dict[str, str]:
    return {"nl": text, "en": f"{text} (en)"}


def options(*names: str) -> list[dict[str, Any]]:
    return [{"id": name.split()[0], "text": both(name)} for name in names]


CORNERS = options("wet & protocol", "eigen kracht", "efficiëntie")


def prompt(type_: str, id: str = "1.vraag", **more: Any) -> dict[str, Any]:
    """A prompt as it goes over the wire."""
    return {
        "id": id,
        "type": type_,
        "question": both("Waar ligt hier het gewicht?"),
        "hint": None,
        "max": 1,
        "max_chars": {"kort": 140, "lang": 400}.get(type_),
        "options": [],
        "rows": [],
        "most": 3 if type_ == "stippen" else None,
        "most_on_one": 2,
        "scale": None,
        "required": False,
        "kind": "overig",
        "source": False,
        "status": False,
        "link": None,
        "domains": False,
        "confidential": False,
        "scope": "person",
    } | more


TRIANGLE = prompt("driehoek", options=CORNERS)
NOTE = prompt("lang", "1.notitie", question=both("Mijn eigen notities"), hint=both("Alleen jij ziet dit."))
SENTENCE = prompt("kort", "1.zin", question=both("Wat is onze zin?"), scope="table")


def answer(prompt_: str, value: Any, id: str = "a-1", **more: Any) -> dict[str, Any]:
    """An answer as it comes with the worksheet."""
    return {
        "id": f"00000000-0000-4000-8000-0000000000{id[-1]:0>2}",
        "prompt": prompt_,
        "state": "submitted",
        "revision": 1,
        "value": value,
        "source": None,
        "status": None,
        "link": None,
        "domains": None,
        "dissent": None,
        "seat": None,
        "late": False,
        "stored_at": 0,
        "scope": "person",
        "mine": True,
    } | more


@dataclass
class Sheet:
    """A worksheet made by hand, and what the page sends."""

    prompts: list[dict[str, Any]]
    step: dict[str, Any] = field(default_factory=dict)
    case: dict[str, Any] = field(default_factory=dict)
    me: dict[str, Any] = field(default_factory=dict)
    note: dict[str, Any] | None = field(default_factory=lambda: NOTE)
    answers: list[dict[str, Any]] = field(default_factory=list)
    groups: int = 4
    workshop: dict[str, Any] = field(default_factory=dict)
    sent: list[dict[str, Any]] = field(default_factory=list)
    pens: list[bool] = field(default_factory=list)
    asked: int = 0

    @property
    def room(self) -> dict[str, Any]:
        step = {
            "number": 2,
            "of": 4,
            "title": both("Waar ligt het gewicht?"),
            "hint": both("Doe dit alleen."),
            "script": [],
            "twist": None,
            "who": "groep" if any(one["scope"] == "table" for one in self.prompts) else "individueel",
            "scope": "table" if any(one["scope"] == "table" for one in self.prompts) else "person",
            "screen": "klok",
            "minutes": 5,
            "ends_at": None,
            "paused": True,
            "remaining": 245,
        }
        park = prompt("kort", "1.parkeer", question=both("Parkeer een oplossing"), max=20)
        flags = {"here": 3, "demo": False, "rehearsal": False}
        workshop = {
            "code": CODE,
            "title": "Proef",
            "state": "bezig",
            "groups": self.groups,
            "rounds": 1,
            "version": 1,
        } | flags
        return {
            "workshop": workshop | self.workshop,
            "round": {"number": 1, "method": both("Proef")},
            "case": CASE | self.case,
            "step": step | self.step,
            "prompts": self.prompts,
            "park": park if self.note else None,
            "note": self.note,
            "now": 0,
            "outcome": None,
        }

    @property
    def worksheet(self) -> dict[str, Any]:
        me = {"role": "uitvoerder", "group": 2, "chair": None, "pen": None}
        return self.room | {"me": me | self.me, "answers": self.answers, "done": False}

    def last(self) -> dict[str, Any]:
        """The newest state of the newest answer that was sent."""
        return self.sent[-1]

    def answers_to(self, route: Route) -> None:
        """Stands in for the server."""
        path, method = urlsplit(route.request.url).path, route.request.method
        if path == "/api/worksheet":
            self.asked += 1
            route.fulfill(json=self.worksheet)
        elif path == "/api/live":
            route.fulfill(json=self.room)
        elif path.startswith("/api/answers/"):
            body = json.loads(route.request.post_data or "{}")
            self.sent.append(body | {"id": path.rsplit("/")[-1]})
            self.answers = [one for one in self.answers if one["id"] != self.last()["id"]]
            self.answers.append(answer("", None) | self.last())
            route.fulfill(json={"id": path.rsplit("/")[-1], "revision": body["revision"], "stored_at": 0})
        elif path == "/api/pen" and method == "POST":
            self.pens.append(json.loads(route.request.post_data or "{}")["take"])
            self.me["pen"] = "mine" if self.pens[-1] else "free"
            route.fulfill(status=204)
        elif path == "/api/join":
            route.fulfill(json={"code": CODE})
        else:
            route.fulfill(status=204)


def opens(stage: Stage, server: Server, sheet: Sheet, size: dict[str, int] = LAPTOP, **more: Any) -> Page:
    """The door, with this worksheet on it."""
    page = stage.window(size, **more)
    page.add_init_script(STREAMS)
    page.route("**/api/**", sheet.answers_to)
    page.goto(f"{server.url}/meedoen")
    expect(page.locator("#title")).to_be_visible(timeout=PATIENCE)
    return page


def moves_on(page: Page, sheet: Sheet, **changes: Any) -> None:
    """The room is at something else; the page hears it from its stream."""
    for name, value in changes.items():
        setattr(sheet, name, value)
    page.evaluate("room => window.hears('step', room)", sheet.room)


def hears_of_the_table(page: Page, sheet: Sheet, **me: Any) -> None:
    """Something changed at the table: the page asks for its worksheet again."""
    sheet.me |= me
    with page.expect_response("**/api/worksheet"):
        page.evaluate("window.hears('table', {})")
