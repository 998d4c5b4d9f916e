"""What a participant does on the worksheet, by the type of what is asked: through the page, or without a browser.

What somebody answers follows from who they are and what is asked, so that a method plays the same each time. A prompt
is what goes over the wire (`workshop/wire.py`), an answer what the page would send of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page, expect

from laveren.content.terms import Certainty, Source, Status
from laveren.texts import reader
from laveren.workshop.values import BLIND, MISFIT
from tests.browser.server import Someone
from tests.browser.stage import PATIENCE

Prompt = Mapping[str, Any]
Answer = dict[str, Any]
Given = tuple[Prompt, Answer]
WORDS = ("kort", "lang")
NAMES = ("Anna", "Bas", "Chris", "Dora", "Eva", "Finn", "Guus")
SAID = (
    "Eerst bellen, dan pas schrijven.",
    "Niemand weet wie er beslist.",
    "De termijn loopt door terwijl wij zoeken.",
    "Het formulier vraagt wat er niet is.",
    "Ik vraag het eerst aan een collega.",
)
MORE = " Dat kost tijd, en het geeft rust. We leggen het vast en kijken over een maand of het klopt."
TALKER, DOUBTER = 1, 3  # who gives a second answer where one may; who has no view, and no place in a triangle
say = reader("nl")


# ---- what somebody answers ----


def words(prompt: Prompt, who: int, turn: int = 0) -> str:
    """What this person writes; nobody writes the same twice."""
    said = SAID[(who + turn) % len(SAID)] + (MORE if prompt["type"] == "lang" else "")
    return f"{said} ({NAMES[who - 1]}, {prompt['id']})"


def answer(prompt: Prompt, who: int, turn: int = 0) -> Answer:
    """What this person gives to a prompt, but for what it is linked to."""
    given: Answer = {"value": None if prompt["domains"] else value(prompt, who, turn)}
    if prompt["source"]:
        given["source"] = str(list(Source)[(who + turn) % len(Source)])
    if prompt["status"]:
        given["status"] = str(list(Status)[(who + turn) % len(Status)])
    if prompt["domains"]:
        options, sure = [option["id"] for option in prompt["options"]], list(Certainty)
        given["domains"] = {options[(who + 3 * i) % len(options)]: str(sure[(who + i) % len(sure)]) for i in range(3)}
    return given


def value(prompt: Prompt, who: int, turn: int) -> Any:
    """A value of the prompt's type."""
    options, rows = ([one["id"] for one in prompt[part]] for part in ("options", "rows"))
    match prompt["type"]:
        case "kort" | "lang":
            return words(prompt, who, turn)
        case "keuze":
            return options[who % len(options)]
        case "meerkeuze":
            return [option for i, option in enumerate(options) if i in (0, who % len(options))]
        case "schaal5":
            return BLIND if who == DOUBTER else 1 + who % 5
        case "driehoek":
            if who == DOUBTER and not prompt["link"]:
                return MISFIT
            most = 60 + 10 * (who % 4)
            corner = options[(who + bool(prompt["link"])) % 3]
            return {option: most if option == corner else (100 - most) // 2 for option in options}
        case "matrixrij":
            if prompt["most"]:  # everybody says the same of the same rows: of few nothing would be shown
                return {row: options[i % len(options)] for i, row in enumerate(rows[: prompt["most"]])}
            pick = options or [BLIND if who == DOUBTER else 1, 2, 3, 4, 5]
            return {row: pick[(who + i) % len(pick)] for i, row in enumerate(rows)}
        case "stippen":
            left, dots = prompt["most"], {}
            for i in range(len(options)):
                dots[options[(who + i) % len(options)]] = min(left, prompt["most_on_one"])
                left -= min(left, prompt["most_on_one"])
            return {option: n for option, n in dots.items() if n}
    raise NotImplementedError(f"nobody knows how to answer {prompt['type']}")


# ---- through the page ----


@dataclass
class Player:
    """A participant at a laptop."""

    page: Page
    number: int
    table: int

    def gives(self, prompts: Sequence[Prompt], *, writes: bool) -> list[Given]:
        """Answers all that is asked, and hands it in; says so where nothing is. `writes`: for the table too."""
        mine = [prompt for prompt in prompts if writes or prompt["scope"] != "table"]
        if any(prompt["scope"] == "table" for prompt in mine):
            self.takes_the_pen()
        given: list[Given] = []
        for turn in range(2 if self.number == TALKER else 1):
            asked = [prompt for prompt in mine if turn < prompt["max"]]
            for prompt in asked:
                section, said = self.section(prompt, prompts), answer(prompt, self.number, turn)
                enter(section, prompt, said)
                if prompt["link"] and prompt["type"] in WORDS:
                    links(section, prompt["link"], NAMES[self.number - 1])
                given.append((prompt, said))
            if asked:
                self.page.locator("#hand-in").click()
            for prompt in asked:
                handed_in = self.section(prompt, prompts).locator("[data-word=handed_in]")
                expect(handed_in).to_have_count(turn + 1, timeout=PATIENCE)
        if not mine:
            self.page.locator("#done").click()
            expect(self.page.locator("#done")).to_have_attribute("aria-pressed", "true")
        return given

    def section(self, prompt: Prompt, prompts: Sequence[Prompt]) -> Locator:
        """The part of the worksheet where this is asked."""
        found = self.page.locator("[data-part=prompts] > section").nth(prompts.index(prompt))
        expect(found.locator("h2")).to_have_text(prompt["question"]["nl"], timeout=PATIENCE)
        return found

    def takes_the_pen(self) -> None:
        """Writes for the table from now on, also when somebody else did."""
        banner = self.page.locator("#banner")
        expect(banner).not_to_be_empty(timeout=PATIENCE)
        if self.page.locator("#take").is_visible():
            self.page.locator("#take").click()
        expect(banner).to_have_text(f"Jij schrijft voor tafel {self.table}.", timeout=PATIENCE)


def enter(section: Locator, prompt: Prompt, given: Answer) -> None:
    """Fills in one answer: types, chooses chips, slides by keyboard, gives dots."""
    chosen = given["value"]
    options, rows = ({one["id"]: one["text"]["nl"] for one in prompt[part]} for part in ("options", "rows"))

    def chip(name: str, place: Locator = section) -> None:
        place.get_by_role("radio", name=name, exact=True).check()

    def of(group: str) -> Locator:
        return section.get_by_role("group", name=group, exact=True).last

    if prompt["domains"]:
        for domain, certainty in given["domains"].items():
            chip(say(f"door.certainty_{certainty}"), of(options[domain]))
    elif prompt["type"] in WORDS:
        section.get_by_role("textbox", name=prompt["question"]["nl"]).fill(chosen)
    elif prompt["type"] == "keuze":
        chip(options[chosen])
    elif prompt["type"] == "meerkeuze":
        for option in chosen:
            section.get_by_role("checkbox", name=options[option], exact=True).check()
    elif prompt["type"] == "schaal5":
        chip(on_scale(chosen))
    elif prompt["type"] == "driehoek":
        weigh(section, options, chosen)
    elif prompt["type"] == "matrixrij":
        for row, said in chosen.items():
            chip(options[said] if options else on_scale(said), of(rows[row]))
    elif prompt["type"] == "stippen":
        for option, dots in chosen.items():
            for _ in range(dots):
                section.get_by_role("button", name=say("door.dot_here", option=options[option]), exact=True).click()
    if given.get("source"):
        chip(say(f"door.source_{given['source']}"), of(say("door.where_is_it")))
    if given.get("status"):
        chip(say(f"door.status_{given['status']}"), of(say("door.do_you")))


def on_scale(said: int | str) -> str:
    """The chip of a scale."""
    return say("door.no_view") if said == BLIND else str(said)


def weigh(section: Locator, corners: Mapping[str, str], shares: Mapping[str, int] | str) -> None:
    """Slides one corner to its share by keyboard: the others follow. Or says that no place fits."""
    if isinstance(shares, str):
        section.get_by_role("checkbox", name=say("door.misfit"), exact=True).check()
        return
    most = max(shares, key=lambda corner: shares[corner])
    slider = section.get_by_role("slider", name=corners[most], exact=True)
    slider.press("End")
    for _ in range((100 - shares[most]) // 10):
        slider.press("PageDown")


def links(section: Locator, to: str, name: str) -> None:
    """Says which of one's own earlier answers this goes with: the first, when there is one."""
    own = section.locator("select").last
    earlier = own.locator("option").filter(has_text=f"({name}, {to})").first
    if earlier.count():
        own.select_option(earlier.get_attribute("value"))


# ---- without a browser ----


@dataclass
class Guest:
    """A participant who sends what the page would send."""

    someone: Someone
    number: int
    sent: dict[str, str] = field(default_factory=dict)  # the ids of answers, by prompt

    def gives(self, prompts: Sequence[Prompt]) -> list[Given]:
        """Answers all that is asked of a person."""
        given = [(prompt, answer(prompt, self.number)) for prompt in prompts if prompt["scope"] == "person"]
        for prompt, said in given:
            self.sent[prompt["id"]] = self.someone.gives(prompt["id"], **said, link=self.sent.get(prompt["link"]))
        return given
