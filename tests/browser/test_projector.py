"""The projector: what a back row can read, with a room that writes a lot; and that it never blinks."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from laveren.workshop.moderating import Moderate, moderate
from laveren.workshop.rounds import RoundPlan
from tests.browser.server import METHOD, Server, Workshop
from tests.browser.stage import PATIENCE, SOON, Stage, console, on_screen, picture, projector, settled

SMALLEST = 32  # px at 1920x1080: look.md
TURN = 12_000  # ms that one page of cards stays
SOURCES = ["wet", "beleid", "werkproces", "keten", "gewoonte", "mandaat", "twijfel"]
LONG = [
    "arbeidsongeschiktheidsverzekeringsmaatschappij",
    "kinderopvangtoeslagbeschikkingen",
    "schuldhulpverleningstrajectbegeleider",
    "jeugdbeschermingsorganisatie-overstijgende",
    "woonruimteverdelingsverordening",
]
STRANGE = [
    "<script>window.taken = 1</script> <img src=x onerror='window.taken = 1'>",
    "Soms helpt alleen een 👩‍👩‍👧‍👦 en een 🙂.",
    "لا أعرف من الذي يقرر.",
]
# Every piece of text that is seen: its words, its size, whether its letters lie in the frame that should hold them, and
# what it lies over. A line's box is taller than its letters: 0.15 em above and below is air.
TEXTS = """() => {
  const roots = [...document.querySelectorAll('*')].map((node) => node.shadowRoot);
  const root = roots.find((one) => one?.querySelector('#screen'));
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const all = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  const holds = (f, r) => r.left >= f.left - 2 && r.right <= f.right + 2
    && r.top >= f.top - 2 && r.bottom <= f.bottom + 2;
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
  const found = [];
  while (walker.nextNode()) {
    const { parentElement: parent, data: text } = walker.currentNode;
    const style = getComputedStyle(parent);
    if (!text.trim() || parent.closest('style')) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const size = parseFloat(style.fontSize);
    const cut = style.textOverflow === 'ellipsis'; // the only text that may be cut, and one sees that it is
    const rects = [...(cut ? parent : range).getClientRects()].map(({ left, top, right, bottom }) => (
      { left, top: top + 0.15 * size, right, bottom: bottom - 0.15 * size }));
    if (!rects.length) continue;
    const frame = parent.closest('.card, #bars, #case, #lobby, #head, #top, #screen').getBoundingClientRect();
    found.push({ text, size, rects, inside: rects.every((r) => holds(all, r) && holds(frame, r)) });
  }
  return found.map(({ text, size, inside, rects }, i) => {
    const hit = (other) => other.rects.some((a) => rects.some((b) => over(a, b)));
    return { text, size, inside, over: found.slice(i + 1).filter(hit).map((one) => one.text) };
  });
}"""
# The letters are there, and what was measured with others is measured anew.
DRAWN = "document.fonts.ready.then(() => new Promise((done) => setTimeout(done)))"
MARK = "nodes => nodes.forEach((node) => { node.marked = true; })"
MARKED = "nodes => nodes.map((node) => Boolean(node.marked))"


def legible(page: Page) -> None:
    """Expects that nothing on the projector is small, cut off, or over something else."""
    page.evaluate(DRAWN)
    texts: list[dict[str, Any]] = page.evaluate(TEXTS)
    assert texts
    small = [(found["text"], found["size"]) for found in texts if found["size"] < SMALLEST]
    assert not small, f"smaller than {SMALLEST} px: {small}"
    outside = [found["text"] for found in texts if not found["inside"]]
    assert not outside, f"falls out of its frame: {outside}"
    over = [(found["text"], found["over"]) for found in texts if found["over"]]
    assert not over, f"one text over another: {over}"


def long_words(number: int) -> str:
    """Up to 140 characters that do not break easily."""
    words = [LONG[(number + i) % len(LONG)] for i in range(4)]
    return f"{number}: {' '.join(words)}"[:140]


def moderates(workshop: Workshop, action: str, answer: str | None = None) -> None:
    """What the facilitator does with the words, beside the serving process: a page that is open hears of it later."""
    house = workshop.server.house
    house.store.writer.write(moderate, Moderate(house.library, workshop.code, action, answer))


def seventy(workshop: Workshop) -> None:
    """Seventy cards from twenty-four people, as long as cards may be."""
    left = iter(range(70))
    for _ in range(24):
        person = workshop.someone()
        for number in [n for _, n in zip(range(3), left, strict=False)]:
            person.gives("1.hindernis", long_words(number), source=SOURCES[number % 8 % 7])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_seventy_cards_are_legible_and_turn_by_themselves(own_server: Server, stage: Stage, scheme: Any) -> None:
    workshop = own_server.prepares(demo=True, moderated=False, title="Netwerkbijeenkomst over bestaanszekerheid " * 3)
    workshop.goes_to_step(2)
    seventy(workshop)
    page = stage.window({"width": 1920, "height": 1080}, color_scheme=scheme)
    page.clock.install()
    page.goto(workshop.screen)
    turn = page.locator("#screen .turn")
    expect(turn).to_have_text("1 / 18", timeout=PATIENCE)
    expect(page.locator("#screen .demo")).to_be_visible()
    expect(page.locator("#bars li")).to_have_count(len(SOURCES))
    for number in range(2, 20):
        expect(page.locator("#cards .card")).to_have_count(2 if number == 19 else 4)
        legible(page)
        page.clock.fast_forward(TURN)
        expect(turn).to_have_text(f"{number if number < 19 else 1} / 18")
    picture(page, f"scherm-zeventig-{scheme}")


def test_a_spotlight_leaves_room_for_two_cards(stage: Stage, server: Server) -> None:
    workshop = server.prepares()
    workshop.goes_to_step(2)
    people = [workshop.someone() for _ in range(5)]
    first = people[0].gives("1.hindernis", long_words(1), source="keten")
    for number, person in enumerate(people):
        person.gives("1.hindernis", long_words(number + 2), source=SOURCES[number])
    moderates(workshop, "show_all")
    moderates(workshop, "spotlight", first)
    page = projector(stage, workshop.screen)
    expect(page.locator(".card.light")).to_be_visible()
    expect(page.locator("#cards .card")).to_have_count(3)
    legible(page)
    picture(page, "scherm-lange-woorden-schijnwerper")


def test_what_people_type_is_shown_as_text(stage: Stage, server: Server) -> None:
    workshop = server.prepares(moderated=False)
    workshop.goes_to_step(2)
    for text in STRANGE:
        workshop.someone().gives("1.hindernis", text, source="wet")
    page = projector(stage, workshop.screen)
    expect(page.locator("#cards .say")).to_have_text(STRANGE)
    assert page.evaluate("window.taken") is None
    assert page.locator("#cards script, #cards img").count() == 0
    right_to_left = page.locator("#cards .say").filter(has_text=STRANGE[2])
    assert right_to_left.evaluate("node => getComputedStyle(node).direction") == "rtl"
    legible(page)
    picture(page, "scherm-vreemde-tekens")


def test_an_answer_that_comes_in_does_not_make_it_blink(stage: Stage, server: Server) -> None:
    workshop = server.prepares(moderated=False)
    workshop.goes_to_step(2)
    workshop.someone().gives("1.hindernis", "Deze staat er al.", source="wet")
    page = projector(stage, workshop.screen)
    on_screen(page, "Deze staat er al.")
    steady = page.locator("#screen, #ask h1, #top .mark, #cards .card")
    steady.evaluate_all(MARK)
    assert steady.evaluate_all(MARKED) == [True] * 4
    page.locator("#screen").evaluate(
        "screen => { window.gone = 0; new MutationObserver((all) => all.forEach(({ removedNodes }) => {"
        " window.gone += [...removedNodes].filter((node) => node.marked || node.querySelector?.('.card')).length; }))"
        ".observe(screen, { childList: true, subtree: true }); }"
    )
    for number in range(2, 7):  # the fifth opens a second page, of which only the number is seen
        workshop.someone().gives("1.hindernis", f"Nieuw, nummer {number}.", source="keten")
        expect(page.locator("#foot strong").first).to_have_text(str(number), timeout=SOON)
        expect(page.locator("#cards .card")).to_have_count(min(4, number))
    expect(page.locator("#screen .turn")).to_have_text("1 / 2")
    expect(page.locator("#bars h2")).to_have_text(re.compile("."))
    assert page.locator("#screen, #ask h1, #top .mark").evaluate_all(MARKED) == [True] * 3
    assert page.locator("#cards .card").evaluate_all(MARKED) == [True, False, False, False]
    assert page.evaluate("window.gone") == 0, "nothing that stood there was taken away, not even for a moment"


def test_every_case_fits_on_the_projector(stage: Stage, server: Server) -> None:
    cases = sorted(server.house.library.cases)
    workshop = server.prepares(rounds=[RoundPlan(METHOD, (case,)) for case in cases])
    workshop.goes_to_step(1)
    page = projector(stage, workshop.screen)
    steps = len(server.house.library.methods[METHOD].steps)
    for number, case in enumerate(cases):
        if number:
            workshop.steers(*["next"] * steps)
        on_screen(page, server.house.library.cases[case].title)
        expect(page.locator("#screen")).to_have_attribute("data-mode", "case")
        legible(page)


def test_lobby_domains_and_close_are_legible(stage: Stage, server: Server) -> None:
    workshop = server.prepares(title="Waar samenwerken in de schuldhulpverlening vastloopt, en wat wij zelf al doen")
    page = projector(stage, workshop.screen)
    expect(page.locator("#lobby h1")).to_be_visible()
    legible(page)
    workshop.goes_to_step(4)
    domains = list(server.house.library.domains)
    for number in range(6):
        ways = ["weet", "vermoed", "vragen"]
        given = {domain: ways[(number + i) % 3] for i, domain in enumerate(domains) if (number + i) % 4}
        workshop.someone().gives("1.leefgebieden", domains=given)
    expect(page.locator("#bars li")).to_have_count(len(domains), timeout=PATIENCE)
    on_screen(page, "aantal mensen, van 6")
    legible(page)
    picture(page, "scherm-leefgebieden-alle")
    workshop.steers("next", "next", "next")
    for table in range(1, 5):
        workshop.someone(group=table).gives("1.zin", long_words(table))
    moderates(workshop, "show_all")
    workshop.steers("close")
    expect(page.locator("#screen")).to_have_attribute("data-mode", "closed", timeout=PATIENCE)
    expect(page.locator("#cards .card")).to_have_count(4)
    legible(page)


def test_the_console_follows_what_another_window_steered(stage: Stage, server: Server) -> None:
    workshop = server.prepares()
    page = console(stage, workshop.facilitators_link)
    here = page.locator("[class*='st-key-steps_'] tr:has(strong)")
    expect(here).to_have_count(0)
    workshop.steers("next")
    expect(here).to_contain_text("Lees de casus", timeout=SOON)
    workshop.steers("next")
    expect(here).to_contain_text("Waar loop je tegenaan?", timeout=SOON)
    expect(page.get_by_role("button", name="Verder: Waar pak je de ruimte?")).to_be_visible()
    workshop.steers("back")
    expect(here).to_contain_text("Lees de casus", timeout=SOON)
    settled(page)
    expect(here).to_have_count(1)
