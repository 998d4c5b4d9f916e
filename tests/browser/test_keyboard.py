"""The whole story once by keyboard alone: Tab, arrows, Space, Enter, Ctrl+Enter; and one always sees where one is."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.server import Server, Workshop
from tests.browser.stage import PATIENCE, SOON, Stage, card, console, on_screen, projector, row, settled

MOST_TABS = 80
HERE = "node => node === node.getRootNode().activeElement"
# The focus ring is on the element, on the chip around it, or drawn as a shadow.
RING = """node => {
  const drawn = (one) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
  };
  for (let one = node, i = 0; one && i < 4; one = one.parentElement, i += 1) if (drawn(one)) return true;
  return false;
}"""


def tabs_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Presses Tab until this has the focus, and expects to see that it has."""
    expect(wanted).to_be_visible(timeout=PATIENCE)
    for _ in range(MOST_TABS):
        if wanted.evaluate(HERE):
            break
        page.keyboard.press(key)
    assert wanted.evaluate(HERE), f"{MOST_TABS} times {key} does not reach {wanted}"
    assert wanted.evaluate(RING), f"one does not see that {wanted} has the focus"


def presses(page: Page, name: str | re.Pattern[str], key: str = "Enter") -> None:
    """Goes to a button and presses it."""
    tabs_to(page, page.get_by_role("button", name=name, exact=isinstance(name, str)).first)
    page.keyboard.press(key)


def chooses(page: Page, group: str, chip: str) -> None:
    """Goes into a group of chips, and with the arrows to one of them."""
    chips = page.get_by_role("group", name=group).first
    wanted = chips.get_by_role("radio", name=chip, exact=True)
    chosen, first = chips.get_by_role("radio", checked=True), chips.get_by_role("radio").first
    tabs_to(page, chosen if chosen.count() else first)
    page.keyboard.press("Space")
    tabs_to(page, wanted, "ArrowRight")
    expect(wanted).to_be_checked()


def test_a_participant_needs_no_mouse(stage: Stage, server: Server, workshop: Workshop) -> None:
    page = stage.window()
    page.goto(f"{server.url}/meedoen")
    expect(page.get_by_label("Code van de bijeenkomst")).to_be_focused()
    page.keyboard.type(workshop.code.lower())
    expect(page.locator("#found")).to_have_text("Netwerkbijeenkomst Laveren", timeout=SOON)
    chooses(page, "Wat is je rol?", "beleid")
    chooses(page, "Aan welke tafel zit je?", "3")
    page.keyboard.press("Enter")
    expect(page.locator("#who")).to_have_text(" · tafel 3 · beleid")

    workshop.steers("next")
    presses(page, "Ik heb het gelezen", "Space")
    expect(page.get_by_role("button", name="Je bent klaar. Toch nog bezig?")).to_be_visible()

    workshop.steers("next")
    question = "Waar loop jij in deze casus tegenaan?"
    tabs_to(page, page.get_by_role("textbox", name=question))
    page.keyboard.type("Met het toetsenbord geschreven.")
    chooses(page, "Waar zit dat in?", "keten")
    page.keyboard.press("Control+Enter")
    expect(card(page, "Met het toetsenbord geschreven.")).to_contain_text("meegegeven · keten")
    expect(page.get_by_role("textbox", name=question)).to_be_focused()  # on to the next one
    page.keyboard.type("En nog een.")
    presses(page, "Meegeven")
    expect(card(page, "En nog een.")).to_contain_text("meegegeven")

    tabs_to(page, card(page, "En nog een.").get_by_role("button", name="aanpassen"), "Shift+Tab")
    page.keyboard.press("Enter")
    page.keyboard.type(" Beter.")
    page.keyboard.press("Control+Enter")
    expect(card(page, "En nog een. Beter.")).to_contain_text("meegegeven")
    tabs_to(page, card(page, "En nog een. Beter.").get_by_role("button", name="terugnemen"), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("teruggenomen, alleen jij ziet dit nog")).to_be_visible()
    presses(page, "weggooien")
    presses(page, "Parkeer een oplossing", "Space")
    page.keyboard.type("Bel de school.")
    page.keyboard.press("Control+Enter")
    expect(card(page, "Bel de school.")).to_contain_text("meegegeven")

    workshop.steers("next")
    expect(page.locator("#title")).to_have_text("Waar pak je de ruimte?", timeout=SOON)
    tabs_to(page, page.get_by_role("textbox", name=re.compile("^Waar pak jij de ruimte")))
    page.keyboard.type("Ik bel.")
    chooses(page, "Doe je dit al?", "mag, doe ik niet")
    tabs_to(page, page.get_by_label("Bij welke hindernis hoort dit?"))
    page.keyboard.type("Met")
    presses(page, "Meegeven")
    expect(card(page, "Ik bel.")).to_contain_text("meegegeven · mag, doe ik niet")

    workshop.steers("next")
    expect(page.locator("#title")).to_have_text("Wat speelt er nog meer?", timeout=SOON)
    chooses(page, "Wonen", "moet ik vragen")
    presses(page, "Meegeven")
    expect(card(page, "moet ik vragen: Wonen")).to_contain_text("meegegeven")

    workshop.steers("next", "next", "next")
    expect(page.locator("#title")).to_have_text("Welke ene zin geeft jullie tafel aan de zaal?", timeout=SOON)
    presses(page, "Ik schrijf voor de tafel")
    expect(page.get_by_role("textbox", name="Wat is onze zin voor de zaal?")).to_be_focused()
    page.keyboard.type("Wij bellen eerst.")
    page.keyboard.press("Control+Enter")
    expect(card(page, "Wij bellen eerst.")).to_contain_text("meegegeven")

    workshop.steers("close")
    expect(page.get_by_role("heading", name="Dank je wel")).to_be_visible(timeout=SOON)
    chooses(page, "Helpt deze bijeenkomst je in je werk?", "5")
    presses(page, "Meegeven")
    expect(card(page, "5 van 5")).to_contain_text("meegegeven")
    rows = {one["value"]: one for one in workshop.exported(6) if isinstance(one["value"], str)}
    assert rows["Ik bel."]["link"] == rows["Met het toetsenbord geschreven."]["id"]
    assert "En nog een. Beter." not in rows
    assert rows["Bel de school."]["prompt"] == "1.parkeer"


def test_a_chip_chosen_by_mistake_is_cleared_by_keyboard(stage: Stage, workshop: Workshop) -> None:
    workshop.goes_to_step(2)
    page = stage.window()
    page.goto(workshop.door)
    expect(page.get_by_role("group", name="Aan welke tafel zit je?")).to_be_visible()
    chooses(page, "Wat is je rol?", "anders")
    presses(page, "Doe mee")
    tabs_to(page, page.get_by_role("textbox"))
    page.keyboard.type("Zonder bron.")
    chooses(page, "Waar zit dat in?", "wet")
    page.keyboard.press("Delete")
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    page.keyboard.press("Control+Enter")
    expect(card(page, "Zonder bron.")).to_contain_text("meegegeven")
    assert [one["source"] for one in workshop.exported(1)] == [None]


def test_a_facilitator_needs_no_mouse(stage: Stage, workshop: Workshop) -> None:
    beamer = projector(stage, workshop.screen)
    page = console(stage, workshop.facilitators_link)
    settled(page)
    presses(page, "Begin")
    expect(beamer.locator("#case")).to_be_visible(timeout=SOON)
    settled(page)
    presses(page, re.compile("^Verder: Waar loop je tegenaan"))
    on_screen(beamer, "Waar loop je tegenaan?")
    someone = workshop.someone()
    for text in ("Eerste ding", "Tweede ding", "Derde ding"):
        someone.gives("1.hindernis", text, source="wet")
    expect(row(page, "Derde ding")).to_be_visible(timeout=SOON)
    settled(page)
    tabs_to(page, row(page, "Eerste ding").get_by_role("button", name="Toon"))
    page.keyboard.press("Enter")
    on_screen(beamer, "Eerste ding")
    settled(page)
    tabs_to(page, row(page, "Tweede ding").get_by_role("button", name="In de schijnwerper"))
    page.keyboard.press("Space")
    expect(beamer.locator(".card.light")).to_contain_text("Tweede ding", timeout=SOON)
    settled(page)
    presses(page, re.compile("^Toon alle"))
    on_screen(beamer, "Derde ding")
    settled(page)
    presses(page, "Ongedaan maken")
    expect(beamer.get_by_text("Derde ding")).to_have_count(0, timeout=SOON)
    settled(page)
    presses(page, "Pauze", "Space")
    on_screen(beamer, "pauze")
    settled(page)
    presses(page, "Stap terug")
    expect(beamer.locator("#case")).to_be_visible(timeout=SOON)


def test_the_key_is_typed_and_enter_goes_in(stage: Stage, server: Server, workshop: Workshop) -> None:
    page = stage.window()
    page.goto(f"{server.url}/toegang")
    expect(page.get_by_label("Jouw sleutel")).to_be_focused()
    page.keyboard.type("b.ONZIN2.abc")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Deze sleutel past nergens op.")
    page.get_by_label("Jouw sleutel").press("Control+a")
    page.keyboard.type(workshop.facilitators_link.split("#")[1])
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/begeleiden?code={workshop.code}")
