"""Who sees little, sees nothing or has no mouse can use every page; axe-core finds nothing serious, light and dark."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from laveren.settings import ROOT
from laveren.workshop.demo import load_demo
from laveren.workshop.suggesting import suggest_here
from tests.browser.axe import findings
from tests.browser.server import Server, Workshop
from tests.browser.stage import (
    PATIENCE,
    PHONE,
    SOON,
    Stage,
    card,
    console,
    fresh_card,
    hands_in,
    joins,
    picture,
    projector,
    row,
    settled,
    sheet_of,
    writes,
)

PAPER = {"light": "rgb(252, 250, 245)", "dark": "rgb(14, 27, 38)"}
FADED = "() => document.getAnimations().forEach((one) => one.transitionProperty && one.finish())"
GROUND = "() => getComputedStyle(document.querySelector('[data-testid=stApp]') ?? document.body).backgroundColor"
SAID = """() => {
  const say = document.getElementById('say');
  window.said = [];
  new MutationObserver(() => say.textContent && window.said.push(say.textContent)).observe(say, { childList: true });
}"""


def is_fine(page: Page, name: str, charts: int = 0) -> None:
    """Expects that axe finds nothing serious or critical on this page, light and dark; keeps a picture of each.

    So many `charts` are drawn on the server, in the colours that the page had when it was opened.
    """
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        if charts:
            page.reload()
            expect(page.locator("[role=graphics-document]")).to_have_count(charts, timeout=PATIENCE)
            settled(page)
        page.wait_for_function(f"ground => ({GROUND})() === ground", arg=PAPER[scheme])
        page.evaluate(FADED)
        picture(page, f"{name}-{scheme}")
        found = [str(one) for one in findings(page)]
        assert not found, f"{name}, {scheme}:\n" + "\n".join(found)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Laveren with the twelve made-up workshops."""
    serving = Server(tmp_path_factory.mktemp("demo") / "data")
    load_demo(serving.house.store, serving.house.library, ROOT / "data/demo")
    suggest_here(serving.house.store, serving.house.library.codebook)
    serving.start()
    yield serving
    serving.stop()
    serving.house.close()


@pytest.fixture
def organiser(chromium: Browser, demo: Server) -> Iterator[Page]:
    """The organiser of the demonstration, signed in."""
    stage = Stage(chromium, {f"localhost:{demo.port}"})
    page = stage.window()
    page.goto(demo.organisers_link)
    page.wait_for_url("**/bijeenkomsten")
    yield page
    stage.look_back()


@pytest.mark.parametrize(
    ("address", "name", "last"),
    [
        ("", "start", "Ik organiseer"),
        ("bijeenkomsten", "bijeenkomsten-veel", "Bereid een bijeenkomst voor"),
        ("casussen", "casussen", "De bus voor de deur"),
        ("casussen?casus=de-bus-voor-de-deur", "casus", "casussen/de-bus-voor-de-deur.yaml"),
        ("themas", "themas", "Geen twee thema's komen duidelijk vaker samen"),
        ("codeboek", "codeboek", "Ieder zijn eigen stukje"),
        ("codeboek?thema=wachttijd", "codeboek-thema", "Bewaar"),
        ("coderen", "coderen", "Nog te bekijken"),
        ("uitleg", "uitleg", "."),
        ("begeleiden?code=QQQQQQ", "begeleiden-welke", "Welke bijeenkomst?"),
    ],
)
def test_the_organisers_pages(organiser: Page, demo: Server, address: str, name: str, last: str) -> None:
    organiser.goto(f"{demo.url}/{address}")
    expect(organiser.get_by_role("main").get_by_text(re.compile(last)).first).to_be_visible(timeout=PATIENCE)
    settled(organiser)
    is_fine(organiser, name, charts=int(name == "themas"))


def test_the_charts_also_say_what_they_show_and_lead_to_quotes_and_files(organiser: Page, demo: Server) -> None:
    organiser.goto(f"{demo.url}/themas")
    organiser.get_by_role("radio", name="Waar het zit").click()
    expect(organiser.locator("[role=graphics-document]")).to_have_count(5)
    settled(organiser)
    by_hand = organiser.get_by_role("combobox", name="Klik in de grafiek, of kies hier").first
    by_hand.click()
    by_hand.press_sequentially("Keten")
    organiser.get_by_role("option", name="Keten").click()
    expect(organiser.locator("[class*='_quote_sources_']")).to_have_count(3)
    organiser.get_by_role("button", name="Meenemen").first.click()
    for file, begin in (("Tabel (CSV)", b"\xef\xbb\xbf"), ("Plaatje (PNG)", b"\x89PNG")):
        with organiser.expect_download() as download:
            organiser.get_by_role("button", name=file).click()
        assert download.value.path().read_bytes().startswith(begin)
    organiser.keyboard.press("Escape")
    organiser.get_by_text("Als tabel").first.click()
    expect(organiser.locator("[data-testid=stDataFrame]")).to_be_visible()
    is_fine(organiser, "themas-tabel")


def test_the_pages_to_prepare_with(stage: Stage, server: Server, workshop: Workshop) -> None:
    page = stage.window()
    page.goto(server.organisers_link)
    page.wait_for_url("**/bijeenkomsten")
    for address, name, last in (
        (f"plan?code={workshop.code}", "plan", "Oefen deze bijeenkomst"),
        (f"eigen-praktijk?code={workshop.code}", "eigen-praktijk", "Herkent de buurvrouw dit?"),
        ("casussen", "casus-nieuw", "Nieuwe casus"),
    ):
        page.goto(f"{server.url}/{address}")
        expect(page.get_by_role("main").get_by_text(last).first).to_be_visible()
        if name == "casus-nieuw":
            page.get_by_role("button", name=last).click()
            expect(page.get_by_role("textbox", name="Titel")).to_be_visible()
        settled(page)
        is_fine(page, name)


@pytest.mark.parametrize("address", ["toegang", "ontvangst", "begeleiden", "deelnemen"])
def test_the_ways_in(stage: Stage, server: Server, address: str) -> None:
    page = stage.window()
    page.goto(f"{server.url}/{address}")
    if address in ("begeleiden", "deelnemen"):
        settled(page)
    else:
        expect(page.get_by_role("button").first).to_be_visible()
    is_fine(page, address)


def test_the_worksheet_from_door_to_receipt(stage: Stage, workshop: Workshop) -> None:
    page = stage.window()
    page.goto(workshop.door)
    expect(page.get_by_role("group", name="Aan welke tafel zit je?")).to_be_visible()
    is_fine(page, "meedoen")
    joins(page)
    is_fine(page, "werkblad-lobby")
    for number in range(1, 8):
        workshop.steers("next")
        expect(page.locator("#eyebrow")).to_contain_text(f"tap {number} van 7", timeout=SOON)
        if number == 2:
            hands_in(page, "De wet zegt iets anders.", "wet")
            writes(page, "Nog niet af", "keten")
            page.get_by_role("button", name="Parkeer een oplossing").click()
            expect(page.locator("#parking").get_by_role("textbox")).to_be_focused()
        is_fine(page, f"werkblad-stap-{number}")
    workshop.steers("close")
    expect(page.get_by_role("heading", name="Dank je wel")).to_be_visible(timeout=SOON)
    is_fine(page, "werkblad-tot-slot")


def test_the_worksheet_on_a_phone(stage: Stage, workshop: Workshop) -> None:
    workshop.goes_to_step(2)
    page = sheet_of(stage, workshop.door, PHONE)
    hands_in(page, "Op een telefoon getypt.", "wet")
    is_fine(page, "werkblad-telefoon")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], "nothing sticks out sideways"
    small = page.locator("button:visible, .chip:visible").evaluate_all(
        "all => all.map((one) => [one.textContent, one.getBoundingClientRect().height]).filter(([, high]) => high < 24)"
    )
    assert not small, f"too small for a finger: {small}"


def test_console_and_projector(stage: Stage, workshop: Workshop) -> None:
    beamer, desk = projector(stage, workshop.screen), console(stage, workshop.facilitators_link)
    is_fine(beamer, "scherm-lobby")
    is_fine(desk, "begeleiden-lobby")
    workshop.steers("next")
    expect(beamer.locator("#case")).to_be_visible(timeout=SOON)
    is_fine(beamer, "scherm-casus")
    workshop.steers("next")
    people = [workshop.someone(group=1 + n % 4) for n in range(6)]
    for number, person in enumerate(people):
        person.gives("1.hindernis", f"Ding nummer {number}.", source="wet" if number % 3 else "keten")
    expect(row(desk, "Ding nummer 5.")).to_be_visible(timeout=PATIENCE)
    for button in ("Toon", "Verberg", "In de schijnwerper"):
        settled(desk)
        row(desk, f"Ding nummer {len(button) % 5}.").get_by_role("button", name=button).click()
    expect(beamer.locator(".card.light")).to_be_visible(timeout=PATIENCE)
    for more in ("Schrijf voor de zaal", "Laat iemand meekijken", "Voor jou als begeleider"):
        settled(desk)
        desk.get_by_text(more).click()
    expect(desk.get_by_label("Bij welke vraag?")).to_be_visible()
    settled(desk)
    is_fine(desk, "begeleiden")
    is_fine(beamer, "scherm-schijnwerper")
    settled(desk)
    desk.get_by_text("Verborgen 1").click()
    expect(desk.get_by_role("button", name="Niet meer verbergen")).to_be_visible()
    settled(desk)
    is_fine(desk, "begeleiden-verborgen")
    workshop.steers("next", "next")
    for person in people:
        person.gives("1.leefgebieden", domains={"schulden": "weet", "wonen": "vragen"})
    expect(beamer.locator("#bars li")).to_have_count(2, timeout=PATIENCE)
    is_fine(beamer, "scherm-leefgebieden")
    workshop.steers("close")
    expect(beamer.locator("#screen")).to_have_attribute("data-mode", "closed", timeout=PATIENCE)
    expect(desk.get_by_role("button", name="Open de bijeenkomst weer")).to_be_visible(timeout=PATIENCE)
    settled(desk)
    is_fine(beamer, "scherm-gesloten")
    is_fine(desk, "begeleiden-gesloten")


def test_everything_on_the_worksheet_has_a_name_in_a_sensible_order(stage: Stage, workshop: Workshop) -> None:
    workshop.goes_to_step(3)
    page = sheet_of(stage, workshop.door)
    writes(page, "Ik bel eerst.", "doe ik al")
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", level=1)).to_have_text("Waar pak je de ruimte?")
    expect(main.get_by_role("textbox", name="Waar pak jij de ruimte, of waar zou je dat willen?")).to_be_visible()
    expect(main.get_by_role("group", name="Doe je dit al?").get_by_role("radio")).to_have_count(4)
    heard = main.aria_snapshot()
    order = ["heading", "textbox", "radio", "Meegeven", "Ik ben klaar", "Parkeer een oplossing"]
    places = [heard.index(one) for one in order]
    assert places == sorted(places), heard


def test_what_happens_is_said_to_who_does_not_see_it(stage: Stage, workshop: Workshop) -> None:
    workshop.goes_to_step(2)
    page = sheet_of(stage, workshop.door)
    page.evaluate(SAID)

    def says(words: str) -> None:
        page.wait_for_function("words => window.said.some((one) => one.includes(words))", arg=words)

    writes(page, "Iets om te bewaren", "wet")
    page.get_by_role("button", name="Meegeven", exact=True).click()
    says("meegegeven")
    expect(card(page, "Iets om te bewaren")).to_contain_text("meegegeven")
    page.context.set_offline(True)
    fresh_card(page).get_by_role("textbox").press_sequentially("Zonder wifi")
    says("wacht op verbinding")
    page.context.set_offline(False)
    says("bewaard")
    page.get_by_role("button", name="Ik ben klaar").click()
    says("Je bent klaar")
    workshop.steers("next")
    says("Waar pak je de ruimte?")
    assert not any("Zonder" in one for one in page.evaluate("window.said")), "keystrokes are not read out"


def test_a_mistake_at_the_door_is_said_and_pointed_at(stage: Stage, server: Server, workshop: Workshop) -> None:
    page = stage.window()
    page.goto(f"{server.url}/meedoen")
    page.get_by_role("button", name="Doe mee").click()
    expect(page.get_by_role("alert")).to_have_text("Vul eerst de code in.")
    expect(page.get_by_label("Code van de bijeenkomst")).to_be_focused()
    page.get_by_label("Code van de bijeenkomst").fill(workshop.code)
    expect(page.locator("#found")).to_have_text("Netwerkbijeenkomst Laveren", timeout=SOON)
    page.get_by_role("button", name="Doe mee").click()
    expect(page.get_by_role("alert")).to_have_text("Kies nog wat je rol is.")
    expect(page.get_by_role("radio", name="uitvoerder")).to_be_focused()


def test_the_pages_say_which_language_they_speak(stage: Stage, server: Server, workshop: Workshop) -> None:
    workshop.goes_to_step(2)
    page = sheet_of(stage, workshop.door)
    assert page.evaluate("document.documentElement.lang") == "nl"
    writes(page, "Dit blijft staan.")
    page.get_by_role("button", name="English").click()
    expect(page.locator("#title")).to_have_text("Where do you get stuck?")
    expect(fresh_card(page).get_by_role("textbox")).to_have_value("Dit blijft staan.")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.goto(f"{server.url}/")
    expect(page.get_by_role("link", name="Nederlands")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "en"
    is_fine(page, "start-engels")
