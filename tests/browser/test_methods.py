"""Every method in werkvormen/, played end to end: three participants, four who only send, a projector and a console.

What comes out is compared with golden/<method>.jsonl. When the export is meant to become another, or a method is new,
LAVEREN_GOLDEN=write writes these files anew; look at what changed before keeping it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from laveren.content.methods import Screen, Step
from laveren.settings import ROOT
from laveren.workshop.rooms import CLOSED, Room
from laveren.workshop.rounds import Round, RoundPlan
from laveren.workshop.wire import public
from tests.browser.booth import CUT
from tests.browser.playing import WORDS, Given, Guest, Player
from tests.browser.server import CASE, Server, Workshop
from tests.browser.stage import PATIENCE, Stage, console, on_screen, picture, projector, settled, sheet_of
from tests.browser.test_projector import legible

METHODS = sorted(file.stem for file in (ROOT / "werkvormen").glob("*.yaml"))
GOLDEN = Path(__file__).parent / "golden"
WRITE = os.environ.get("LAVEREN_GOLDEN") == "write"
SEATS = (("uitvoerder", 1), ("beleid", 1), ("ketenpartner", 2))  # role and table of who sits at a laptop
GUESTS = 4  # who send without one: practitioners, so that of one role there are five
EVERYBODY = len(SEATS) + GUESTS
BY_CHANCE = ("revision", "created_at", "stored_at")  # what differs from one run to the next
MODES = {
    Screen.CASE: ("case", ""),
    Screen.CARDS: ("cards", ""),
    Screen.DOMAINS: ("domains", ""),
    Screen.SPREAD: ("domains", ""),
    Screen.DOTS: ("domains", ""),
    Screen.SCATTER: ("figure", "scatter"),
    Screen.TRIANGLE: ("figure", "triangle"),
    Screen.MATRIX: ("figure", "matrix"),
    Screen.CLOCK: ("figure", "script"),
}
OVER = "[document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]"
# Counts the frames in which something of Streamlit lies over the corner of the picture, where the QR code is.
WATCH = """() => {
  window.covered = 0;
  const look = () => {
    if (!document.elementFromPoint(innerWidth - 80, 40)?.closest("[data-testid=stMain]")) window.covered += 1;
    requestAnimationFrame(look);
  };
  look();
}"""


@dataclass
class Hall:
    """Everybody who plays one method."""

    workshop: Workshop
    desk: Page
    beamer: Page
    players: list[Player]
    guests: list[Guest]

    @property
    def room(self) -> Room:
        return self.workshop.room

    @property
    def here(self) -> tuple[Round, Step]:
        """The round and the step that the room is at."""
        round_, step = self.room.round_now, self.room.step_now
        assert round_
        assert step
        return round_, step

    @property
    def screen(self) -> Locator:
        return self.beamer.locator("#screen")

    def asked(self, table: int | None) -> list[dict[str, Any]]:
        """What is asked at a table now, as it goes over the wire."""
        return list(public(self.room, table=table, here=0)["prompts"])

    def gives(self) -> list[Given]:
        """Everybody gives what is asked; of each table one writes, in each step another."""
        given: list[Given] = []
        for table in sorted({player.table for player in self.players}):
            prompts, mates = self.asked(table), [player for player in self.players if player.table == table]
            for player in mates:
                given += player.gives(prompts, writes=player is mates[(self.room.step + 1) % len(mates)])
        guests = [] if self.room.state == CLOSED else self.guests  # who has no page cannot come back with a receipt
        return given + [one for guest in guests for one in guest.gives(self.asked(1))]

    def presses(self, name: str | re.Pattern[str]) -> None:
        """The facilitator presses a button of the console."""
        settled(self.desk)
        self.desk.get_by_role("button", name=name).click()

    def goes_on(self, button: str) -> None:
        """The facilitator presses this; every worksheet is at the step that comes, with all that comes with it."""
        number = self.room.step + 1
        self.presses(re.compile(f"^{button}"))
        for player in self.players:
            expect(player.page.locator("#eyebrow")).to_contain_text(f"stap {number} van", timeout=PATIENCE)
        round_, step = self.here
        title = round_.named(step.title)["nl"] if round_.method.asks else "Kijk naar het scherm"
        for player in self.players:
            case = round_.case_at(player.table)
            expect(player.page.locator("#title")).to_have_text(title)
            expect(player.page.locator(".twist")).to_have_count(len(round_.reveals))
            expect(player.page.locator(".rule")).to_have_count(len(case.rules) if case and step.rules else 0)

    def shows(self, written: int) -> None:
        """The facilitator lets through all that was written in this step."""
        if written:
            self.presses(f"Toon alles ({written})")
            expect(self.desk.get_by_text("Wachten 0")).to_be_visible(timeout=PATIENCE)


def opens(stage: Stage, server: Server, method: str, *cases: str) -> Hall:
    """A workshop of one round; everybody is in."""
    workshop = server.prepares(rounds=[RoundPlan(method, cases)], groups=2, title="Proefzaal")
    beamer, desk = projector(stage, workshop.screen), console(stage, workshop.facilitators_link)
    players = [
        Player(sheet_of(stage, workshop.door, role=role, table=table), number, table)
        for number, (role, table) in enumerate(SEATS, 1)
    ]
    guests = [Guest(workshop.someone(group=1 + n % 2), len(SEATS) + 1 + n) for n in range(GUESTS)]
    return Hall(workshop, desk, beamer, players, guests)


@pytest.mark.parametrize("method", METHODS)
def test_a_method_is_played_from_begin_to_export(server: Server, stage: Stage, method: str) -> None:
    asks = server.house.library.methods[method].asks
    hall = opens(stage, server, method, *([CASE] if asks else []))
    given: list[Given] = []
    hall.goes_on("Begin")
    while True:
        now = hall.gives() if asks else nothing_is_asked(hall)
        hall.shows(sum(prompt["type"] in WORDS for prompt, _ in now))
        on_the_projector(hall, now)
        picture(hall.beamer, f"werkvorm-{method}-{hall.room.step}")
        given += now
        if hall.room.last:
            break
        before_the_last = hall.room.step == len(hall.here[0].steps) - 1
        hall.goes_on("Onthul de wending" if asks and before_the_last and not hall.here[0].reveals else "Verder")
    hall.presses("Sluit de bijeenkomst")
    for player in hall.players:
        expect(player.page.get_by_role("heading", name="Dank je wel")).to_be_visible(timeout=PATIENCE)
    expect(hall.screen).to_have_attribute("data-mode", "closed", timeout=PATIENCE)
    given += hall.gives() if asks else []
    is_golden(method, hall.workshop.exported(len([prompt for prompt, _ in given if not prompt["confidential"]])))
    assert bool(hall.workshop.kept()) is asks, "of talk nothing is kept, drafts neither"


def nothing_is_asked(hall: Hall) -> list[Given]:
    """Of a method that is only talk there is no sheet and no parking place."""
    for player in hall.players:
        main = player.page.get_by_role("main")
        expect(main.get_by_role("textbox")).to_have_count(0)
        expect(main.get_by_role("button")).to_have_count(0)
    return []


def on_the_projector(hall: Hall, now: Sequence[Given]) -> None:
    """What the room sees fits the step, and fits the screen."""
    room, (_, step), screen = hall.room, hall.here, hall.screen
    mode, figure = ("figure", "moved") if room.twist_now else MODES[step.screen]
    expect(screen).to_have_attribute("data-mode", mode, timeout=PATIENCE)
    expect(screen).to_have_attribute("data-figure", figure, timeout=PATIENCE)
    if now:
        said = re.compile(rf"^{len(now)} antwoord")
        expect(screen.locator("#foot .pair").first).to_have_text(said, timeout=PATIENCE)
    written = [said["value"] for prompt, said in now if prompt["type"] in WORDS]
    if mode == "cards" and written:
        expect(screen.locator(".card").first).to_be_visible(timeout=PATIENCE)
    if figure == "script":
        expect(screen.locator(".script li")).to_have_text([line.nl for line in step.script])
        assert not [text for text in written if hall.beamer.get_by_text(text).count()], "nothing is shown yet"
    everybody_is_in(hall)
    legible(hall.beamer)
    assert screen.evaluate(f"root => ({CUT})()") == []
    assert hall.beamer.evaluate(OVER) == [0, 0]


def everybody_is_in(hall: Hall) -> None:
    """The figure of the step is drawn, of everybody in the room."""
    room, (_, step), screen = hall.room, hall.here, hall.screen
    people = f"{EVERYBODY} mensen"
    note = screen.locator("#figure .note, #bars .note").first

    def total(selector: str, pattern: str = r"(\d+)") -> int:
        """The sum of the numbers in what is found."""
        texts = screen.locator(selector).all_text_contents()
        return sum(int(found[1]) for text in texts if (found := re.search(pattern, text)))

    if room.twist_now:
        expect(note).to_have_text(people, timeout=PATIENCE)
        for kind in ("hindernis", "ruimte"):
            assert total(f".moved-row.{kind} strong", r"(\d+)$") == EVERYBODY
    elif step.screen is Screen.TRIANGLE:
        expect(note).to_have_text(people, timeout=PATIENCE)
        expect(screen.locator(".people path")).to_have_count(EVERYBODY - 1)
        expect(screen.locator(".legend")).to_contain_text("1 mens zegt: past niet")
    elif step.screen is Screen.MATRIX:
        shown, few = (screen.locator(".cell").filter(has_text=text) for text in ("5+", "<5"))
        expect(shown).to_have_count(6, timeout=PATIENCE)
        expect(few).to_have_count(12)  # of policy and of the chain there is one each
    elif step.screen is Screen.SCATTER:
        expect(note).to_have_text(f"{EVERYBODY - 1} mensen", timeout=PATIENCE)
        assert total(".number") == EVERYBODY - 1
    elif step.screen is Screen.DOTS:
        expect(note).to_have_text(f"stippen van {people}", timeout=PATIENCE)
        assert total("#bars .value") == sum(asked.prompt.most or 0 for asked in room.on_screen) * EVERYBODY
    elif step.screen is Screen.DOMAINS:
        expect(note).to_have_text(f"aantal mensen, van {EVERYBODY}", timeout=PATIENCE)
        assert total("#bars .part") == 3 * EVERYBODY
    elif step.screen is Screen.SPREAD:
        expect(note).to_have_text(people, timeout=PATIENCE)
        rows = sum(len(room.rows(asked, None)) or 1 for asked in room.on_screen)
        assert total("#bars .part, #bars .value") == rows * EVERYBODY


def is_golden(method: str, rows: Iterable[dict[str, Any]]) -> None:
    """The export is what it was, but for ids, times and the order in which answers came."""
    file = GOLDEN / f"{method}.jsonl"
    lines = [json.dumps(row, ensure_ascii=False) for row in normal(rows)]
    if WRITE:
        file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    assert file.exists(), f"there is no {file.name}: LAVEREN_GOLDEN=write makes it"
    assert lines == file.read_text("utf-8").splitlines()


def normal(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """In an order that holds, with names for ids, and without what is nothing."""

    def order(row: dict[str, Any]) -> list[str]:
        place = [row["round"] or 9, row["step"] or 9, row["prompt"], row["participant"], row["value"]]
        return [str(one) for one in place]

    inorder = sorted(rows, key=order)
    names: dict[str, str] = {}
    for row in inorder:
        name = f"{row['prompt']} {row['participant']}"
        names[row["id"]] = f"{name} {list(names.values()).count(name) + 1}" if name in names.values() else name

    def named(value: Any) -> Any:
        return {names.get(key, key): said for key, said in value.items()} if isinstance(value, dict) else value

    return [
        {
            key: names.get(said, said) if key in ("id", "link") else named(said)
            for key, said in row.items()
            if key not in BY_CHANCE and said is not None and said is not False
        }
        for row in inorder
    ]


def test_every_golden_file_is_of_a_method() -> None:
    assert sorted(file.stem for file in GOLDEN.iterdir()) == METHODS


def test_nothing_lies_over_the_picture_while_it_changes(stage: Stage, workshop: Workshop) -> None:
    beamer = projector(stage, workshop.screen)
    beamer.evaluate(WATCH)
    for title in ("Waar loop je tegenaan?", "Waar pak je de ruimte?", "Wat speelt er nog meer?") * 3:
        if title.startswith("Waar loop"):
            workshop.steers(*(["next", "next"] if workshop.room.step == 0 else ["back"] * 2))
        else:
            workshop.steers("next")
        on_screen(beamer, title)
    assert beamer.evaluate("covered") == 0
