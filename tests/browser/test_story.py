"""The story that must work: one organiser, one projector, three participants, from preparing to reopening."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.server import Server, Workshop
from tests.browser.stage import (
    PATIENCE,
    PHONE,
    SOON,
    Place,
    Stage,
    card,
    console,
    fresh_card,
    hands_in,
    joins,
    on_screen,
    picture,
    projector,
    row,
    settled,
    writes,
)

STEPS = [
    "Lees de casus",
    "Waar loop je tegenaan?",
    "Waar pak je de ruimte?",
    "Wat speelt er nog meer?",
    "Hoe ziet Yara het zelf?",
    "Wat is voor jullie tafel het belangrijkst?",
    "Welke ene zin geeft jullie tafel aan de zaal?",
]
FORM = "De brief vraagt om een bewijs dat niemand meer heeft."
DEADLINE = "Ik durf de termijn niet te laten lopen."
SOLUTION = "Bel gewoon de school."
CALL = "Ik bel eerst, en schrijf daarna pas."


@dataclass
class Room:
    """Everybody in the meeting."""

    desk: Page
    beamer: Page
    anna: Page
    bas: Page
    chris: FrameLocator
    chris_page: Page
    workshop: Workshop

    @property
    def sheets(self) -> list[Place]:
        return [self.anna, self.bas, self.chris]


def forward(room: Room, to: str, within: int = SOON) -> None:
    """The facilitator presses the one filled button; projector and every worksheet are there within the second."""
    button = room.desk.get_by_role("button", name=to)
    expect(button).to_be_visible(timeout=PATIENCE)
    settled(room.desk)
    button.click()
    title = to.removeprefix("Verder: ")
    for sheet in room.sheets:
        expect(sheet.locator("#title")).to_have_text(title, timeout=within)
    if title != STEPS[0]:
        on_screen(room.beamer, title)


def test_one_workshop_from_start_to_finish(own_server: Server, stage: Stage) -> None:
    code, links = the_organiser_prepares(own_server, stage)
    room = everybody_comes_in(own_server, stage, code, links)
    they_read_the_case(room)
    they_say_what_holds_them_back(room)
    the_facilitator_lets_words_through(room)
    they_say_where_they_take_room(room)
    they_look_at_what_else_is_going_on(room)
    they_sit_in_the_residents_chair(room)
    the_tables_choose(room)
    going_back_finds_everything_there(room)
    the_facilitator_closes(room)
    the_answers_can_be_taken_along(room)
    the_meeting_can_be_opened_again(room)


def the_organiser_prepares(server: Server, stage: Stage) -> tuple[str, dict[str, str]]:
    page = stage.window()
    page.goto(server.organisers_link)
    page.wait_for_url("**/bijeenkomsten")
    assert "#" not in page.url
    assert "o." not in page.evaluate("document.cookie"), "scripts cannot read the key"
    page.get_by_role("textbox", name="Titel").fill("Rond de tafel in Zuid")
    page.get_by_label("Plaats").fill("Wijkhuis De Zwaan")
    page.get_by_label("Organisatie").fill("Gemeente Waterhoek")
    page.get_by_label("Regio").fill("Zuid-Holland Centraal")
    page.get_by_label("Aantal tafels").fill("3")
    chooses_the_case(page, "Tot mijn diploma")
    page.get_by_role("button", name="Maak de bijeenkomst").click()
    said = page.get_by_text("De bijeenkomst is gemaakt. De code is")
    expect(said).to_be_visible()
    found = re.search(r"code is ([A-Z2-9]{6})\.", said.inner_text())
    assert found, said.inner_text()
    expect(page.get_by_role("img", name="QR-code naar het werkblad")).to_be_visible()
    links = {}
    shown = page.locator("[data-testid=stCode] code")
    expect(shown).to_have_count(4, timeout=PATIENCE)
    for path in shown.all_inner_texts():
        url = re.sub(r"^http://[^/]+", server.url, path.strip())
        links["begeleiden" if "#b." in url else "helper" if "#h." in url else url.split("/")[3].split("?")[0]] = url
    picture(page, "bijeenkomsten")
    assert set(links) == {"meedoen", "scherm", "begeleiden", "helper"}
    return found[1], links


def chooses_the_case(page: Page, title: str) -> None:
    """Instead of the case that the form proposes."""
    proposed = page.get_by_role("group", name="Selected values").get_by_role("button")
    proposed.click()
    expect(proposed).to_have_count(0)
    settled(page)
    cases = page.get_by_role("combobox", name="Casus van ronde 1")
    cases.click()
    cases.press_sequentially(title)
    page.get_by_role("option", name=title).click()
    page.keyboard.press("Escape")  # the list stays open for more cases
    settled(page)


def everybody_comes_in(server: Server, stage: Stage, code: str, links: dict[str, str]) -> Room:
    beamer = projector(stage, links["scherm"])
    expect(beamer.locator("#lobby h1")).to_have_text("Rond de tafel in Zuid")
    expect(beamer.locator(".bigcode")).to_have_text(f"{code[:3]} {code[3:]}")
    desk = console(stage, links["begeleiden"])

    anna = stage.window()
    anna.goto(f"{server.url}/meedoen")
    anna.get_by_label("Code van de bijeenkomst").fill(f"{code[:3].lower()} {code[3:].lower()}")
    expect(anna.locator("#found")).to_have_text("Rond de tafel in Zuid", timeout=SOON)
    picture(anna, "meedoen-code")
    joins(anna, "uitvoerder", 2)

    bas = stage.window(PHONE)
    bas.goto(links["meedoen"])
    picture(bas, "meedoen-telefoon")
    joins(bas, "beleid", 2)

    chris_page = stage.window()
    chris_page.goto(f"{server.url}/deelnemen?code={code}")
    chris = chris_page.frame_locator("iframe")
    joins(chris, "ketenpartner", 3)
    picture(chris_page, "deelnemen")

    expect(beamer.locator("#lobby .here")).to_have_text("3 hier", timeout=SOON)
    expect(anna.locator("#here")).to_have_text("3 mensen zijn hier.", timeout=SOON)
    expect(anna.locator("#who")).to_have_text(" · tafel 2 · uitvoerder")
    picture(beamer, "scherm-lobby")
    picture(desk, "begeleiden-lobby")
    picture(bas, "werkblad-lobby-telefoon")
    return Room(desk, beamer, anna, bas, chris, chris_page, Workshop(server, code))


def they_read_the_case(room: Room) -> None:
    room.desk.get_by_role("button", name="Begin", exact=True).click()
    expect(room.beamer.locator("#case")).to_contain_text("Yara", timeout=SOON)
    for sheet in room.sheets:
        expect(sheet.locator("#title")).to_have_text(STEPS[0], timeout=SOON)
        expect(sheet.locator("#case-title")).to_have_text("Tot mijn diploma")
    expect(room.beamer.locator("#clock .time")).to_have_text(re.compile(r"^[45]:\d\d$"))
    expect(room.anna.locator("#time")).to_have_text(re.compile(r"^nog [45]:\d\d$"))
    room.bas.get_by_role("button", name="Ik heb het gelezen").click()
    expect(room.bas.get_by_role("button", name="Je bent klaar. Toch nog bezig?")).to_be_visible()
    picture(room.beamer, "scherm-casus")
    picture(room.anna, "werkblad-casus")


def they_say_what_holds_them_back(room: Room) -> None:
    forward(room, f"Verder: {STEPS[1]}")
    anna, bas, chris, desk, beamer = room.anna, room.bas, room.chris, room.desk, room.beamer

    draft = writes(anna, FORM, "werkproces of systeem")
    expect(draft).to_contain_text("bewaard")
    expect(desk.get_by_text(FORM)).to_have_count(0)  # a draft is the writer's alone
    picture(anna, "werkblad-schrijven")
    anna.get_by_role("button", name="Meegeven", exact=True).click()
    expect(row(desk, FORM)).to_contain_text("werkproces of systeem", timeout=SOON)
    expect(card(anna, FORM)).to_contain_text("meegegeven")

    hands_in(bas, DEADLINE, "eigen twijfel")
    hands_in(chris, "Niemand weet wie er beslist.", "mandaat of tijd")
    hands_in(chris, "Dit neem ik terug.", "wet")
    expect(row(desk, "Dit neem ik terug.")).to_be_visible(timeout=SOON)
    card(chris, "Dit neem ik terug.").get_by_role("button", name="terugnemen").click()
    expect(row(desk, "Dit neem ik terug.")).to_have_count(0, timeout=SOON)

    anna.get_by_role("button", name="Parkeer een oplossing").click()
    parking = anna.locator("#parking")
    parking.get_by_role("textbox").fill(SOLUTION)
    parking.get_by_role("button", name="Parkeren").click()
    expect(card(anna, SOLUTION)).to_contain_text("meegegeven")
    expect(desk.get_by_text(SOLUTION)).to_have_count(0)  # kept apart from what holds people back

    anna.get_by_role("button", name="Ik ben klaar").click()
    expect(desk.locator(".st-key-counts tr").filter(has_text="klaar")).to_contain_text("1", timeout=SOON)
    for text in (FORM, DEADLINE, "Niemand weet wie er beslist.", SOLUTION):
        assert not beamer.get_by_text(text).count(), "nothing that was typed is shown by itself"
    on_screen(beamer, "Er zijn 3 antwoorden binnen. Je ziet ze zodra ze worden getoond.")
    picture(desk, "begeleiden")
    picture(bas, "werkblad-telefoon")
    picture(room.chris_page, "deelnemen-schrijven")


def the_facilitator_lets_words_through(room: Room) -> None:
    desk, beamer = room.desk, room.beamer
    settled(desk)
    row(desk, FORM).get_by_role("button", name="Toon").click()
    on_screen(beamer, FORM)
    expect(beamer.get_by_text(DEADLINE)).to_have_count(0)
    assert "tafel 2" not in beamer.locator("#cards").inner_text(), "a person's card is nobody's"

    settled(desk)
    row(desk, DEADLINE).get_by_role("button", name="In de schijnwerper").click()
    expect(beamer.locator(".card.light")).to_contain_text(DEADLINE, timeout=SOON)
    picture(beamer, "scherm-schijnwerper")

    settled(desk)
    desk.get_by_role("button", name="Ongedaan maken").click()
    expect(beamer.locator(".card.light")).to_have_count(0, timeout=SOON)
    expect(beamer.get_by_text(DEADLINE)).to_have_count(0)
    expect(desk.get_by_text("Ongedaan gemaakt.")).to_be_visible()
    # What is said in passing once took the place of the page's own style.
    stripe = row(desk, FORM).first.evaluate("row => getComputedStyle(row).borderLeftWidth")
    assert stripe == "7px", stripe

    settled(desk)
    row(desk, DEADLINE).get_by_role("button", name="Verberg").click()
    expect(desk.get_by_text("Verborgen 1")).to_be_visible(timeout=SOON)
    settled(desk)
    desk.get_by_role("button", name=re.compile("^Toon alle")).click()
    on_screen(beamer, "Niemand weet wie er beslist.")
    expect(beamer.get_by_text(DEADLINE)).to_have_count(0)

    settled(desk)
    desk.get_by_text("Geparkeerd 1").click()
    expect(desk.get_by_text(SOLUTION)).to_be_visible()
    settled(desk)
    desk.get_by_text("Wachten 0").click()

    settled(desk)
    before = room.anna.locator("#time").inner_text()
    desk.get_by_role("button", name="+ 1 min").click()
    expect(room.anna.locator("#time")).to_have_text(re.compile(r"nog [67]:"), timeout=SOON)
    assert room.anna.locator("#time").inner_text() > before
    settled(desk)
    desk.get_by_role("button", name="Pauze").click()
    expect(room.anna.locator("#time")).to_contain_text("pauze", timeout=SOON)
    on_screen(beamer, "pauze")
    settled(desk)
    desk.get_by_role("button", name="Ga door").click()
    expect(room.anna.locator("#time")).not_to_contain_text("pauze", timeout=SOON)


def they_say_where_they_take_room(room: Room) -> None:
    forward(room, f"Verder: {STEPS[2]}")
    anna = room.anna
    mine = writes(anna, CALL, "doe ik al")
    mine.get_by_label("Bij welke hindernis hoort dit?").select_option(label=FORM)
    anna.get_by_role("button", name="Meegeven", exact=True).click()
    expect(card(anna, CALL)).to_contain_text("meegegeven · doe ik al")
    expect(row(room.desk, CALL)).to_contain_text("doe ik al", timeout=SOON)
    settled(room.desk)
    room.desk.get_by_text("Vanzelf tonen").click()
    expect(room.desk.get_by_text("Wat binnenkomt, komt vanzelf op het scherm.")).to_be_visible(timeout=SOON)
    hands_in(room.chris, "Een dag later mag ook.", "weet niet of het mag")
    on_screen(room.beamer, "Een dag later mag ook.")
    settled(room.desk)
    room.desk.get_by_text("Vanzelf tonen").click()
    picture(anna, "werkblad-ruimte")


def they_look_at_what_else_is_going_on(room: Room) -> None:
    forward(room, f"Verder: {STEPS[3]}")
    for sheet, certainty in zip(room.sheets, ("weet ik", "vermoed ik", "moet ik vragen"), strict=True):
        sheet.get_by_role("group", name="Schulden").get_by_role("radio", name=certainty).check()
        sheet.get_by_role("button", name="Meegeven", exact=True).click()
        expect(card(sheet, f"{certainty}: Schulden")).to_contain_text("meegegeven")
    picture(room.bas, "werkblad-leefgebieden-telefoon", full_page=True)
    on_screen(room.beamer, "Vanaf 5 mensen zie je hier waar het zit")
    for _ in range(2):
        room.workshop.someone().gives("1.leefgebieden", domains={"schulden": "weet", "wonen": "vermoed"})
    on_screen(room.beamer, "Volgens de meeste mensen speelt Schulden mee")
    on_screen(room.beamer, "aantal mensen, van 5")
    picture(room.beamer, "scherm-leefgebieden")


def they_sit_in_the_residents_chair(room: Room) -> None:
    forward(room, f"Verder: {STEPS[4]}")
    bas = room.bas
    bas.get_by_role("textbox", name="Wat zou Yara zelf zeggen?").fill("Ik wil gewoon mijn diploma halen.")
    bas.get_by_role("textbox", name="Welke vraag zou jij aan Yara stellen?").fill("Wie helpt jou nu?")
    bas.get_by_role("button", name="Meegeven", exact=True).click()
    expect(card(bas, "Wie helpt jou nu?")).to_contain_text("meegegeven")
    expect(row(room.desk, "Ik wil gewoon mijn diploma halen.")).to_be_visible(timeout=SOON)
    settled(room.desk)
    room.desk.get_by_role("button", name="Toon vier").click()
    on_screen(room.beamer, "Wie helpt jou nu?")


def the_tables_choose(room: Room) -> None:
    forward(room, f"Verder: {STEPS[5]}")
    anna, bas, chris = room.anna, room.bas, room.chris
    expect(bas.locator("#banner")).to_have_text("Nog niemand schrijft voor tafel 2.")
    anna.get_by_role("button", name="Ik schrijf voor de tafel").click()
    expect(bas.locator("#banner")).to_have_text("Iemand aan jullie tafel schrijft.", timeout=SOON)
    for question, text in (
        ("Wat is onze belangrijkste hindernis?", "Het bewijs dat er niet is."),
        ("Wat is onze belangrijkste ruimte?", "Eerst bellen."),
        ("Wat willen we verder uitdiepen?", "Wie mag wachten?"),
    ):
        anna.get_by_role("textbox", name=question).fill(text)
    anna.get_by_role("button", name="Meegeven", exact=True).click()
    expect(card(bas, "Het bewijs dat er niet is.")).to_contain_text("je tafel heeft dit meegegeven", timeout=SOON)
    expect(card(chris, "Het bewijs dat er niet is.")).to_have_count(0)
    settled(room.desk)
    room.desk.get_by_role("button", name=re.compile("^Toon alle")).click()
    on_screen(room.beamer, "Het bewijs dat er niet is.")
    on_screen(room.beamer, "tafel 2")
    picture(room.beamer, "scherm-tafels")

    forward(room, f"Verder: {STEPS[6]}")
    bas.get_by_role("button", name="ik neem het over").click()
    chris.get_by_role("button", name="Ik schrijf voor de tafel").click()
    for sheet, words in ((bas, "Wij bellen voordat wij schrijven."), (chris, "Wij wachten niet op toestemming.")):
        fresh_card(sheet).get_by_role("textbox").fill(words)
        sheet.get_by_role("button", name="Meegeven", exact=True).click()
        expect(card(sheet, words)).to_contain_text("meegegeven")
    expect(card(anna, "Wij bellen voordat wij schrijven.")).to_be_visible(timeout=SOON)
    settled(room.desk)
    room.desk.get_by_role("button", name=re.compile("^Toon alle")).click()
    on_screen(room.beamer, "Wij wachten niet op toestemming.")


def going_back_finds_everything_there(room: Room) -> None:
    settled(room.desk)
    room.desk.get_by_role("button", name="Stap terug").click()
    expect(card(room.bas, "Het bewijs dat er niet is.")).to_be_visible(timeout=SOON)
    expect(card(room.anna, "Eerst bellen.")).to_be_visible(timeout=SOON)
    on_screen(room.beamer, "Het bewijs dat er niet is.")
    forward(room, f"Verder: {STEPS[6]}")
    expect(card(room.bas, "Wij bellen voordat wij schrijven.")).to_be_visible()
    on_screen(room.beamer, "Wij wachten niet op toestemming.")


def the_facilitator_closes(room: Room) -> None:
    room.desk.get_by_role("button", name="Sluit de bijeenkomst").click()
    for sheet in room.sheets:
        expect(sheet.get_by_role("heading", name="Dank je wel")).to_be_visible(timeout=SOON)
        expect(sheet.locator("#outcome")).to_contain_text("Wij bellen voordat wij schrijven.")
        expect(sheet.locator("#receipt-code")).to_have_text(re.compile(r"^\w{4}-\w{4}-\w{4}$"))
    expect(room.beamer.locator("#screen")).to_contain_text("Dank je wel", timeout=SOON)
    anna = room.anna
    anna.get_by_role("radio", name="4", exact=True).check()
    anna.get_by_role("textbox").fill("Morgen bel ik eerst.")
    anna.get_by_role("button", name="Meegeven", exact=True).click()
    expect(card(anna, "Morgen bel ik eerst.")).to_contain_text("meegegeven")
    expect(card(anna, "4 van 5")).to_contain_text("meegegeven")
    picture(anna, "werkblad-gesloten", full_page=True)
    picture(room.beamer, "scherm-gesloten")
    expect(room.desk.get_by_role("heading", name="De bijeenkomst is gesloten")).to_be_visible()
    picture(room.desk, "begeleiden-gesloten")


def the_answers_can_be_taken_along(room: Room) -> None:
    settled(room.desk)
    with room.desk.expect_download() as waiting:
        room.desk.get_by_role("button", name="Download de antwoorden").click()
    text = waiting.value.path().read_text("utf-8-sig")
    found = {line["value"]: line for line in csv.DictReader(io.StringIO(text))}
    assert waiting.value.suggested_filename == f"laveren-{room.workshop.code}.csv"
    assert found[FORM]["source"] == "werkproces"
    assert found[CALL]["link"] == found[FORM]["id"]
    assert found["Het bewijs dat er niet is."]["group"] == "2"
    assert "Dit neem ik terug." not in found
    assert {SOLUTION, DEADLINE, "Morgen bel ik eerst."} <= set(found)


def the_meeting_can_be_opened_again(room: Room) -> None:
    room.desk.get_by_role("button", name="Open de bijeenkomst weer").click()
    for sheet in room.sheets:
        expect(sheet.locator("#title")).to_have_text(STEPS[6], timeout=PATIENCE)
    expect(card(room.bas, "Wij bellen voordat wij schrijven.")).to_be_visible()
    expect(room.bas.locator("#who")).to_contain_text("tafel 2 · beleid")
    card(room.bas, "Wij bellen voordat wij schrijven.").get_by_role("button", name="aanpassen").click()
    fresh_card(room.bas).get_by_role("textbox").fill("Wij bellen altijd eerst.")
    room.bas.get_by_role("button", name="Meegeven", exact=True).click()
    expect(card(room.anna, "Wij bellen altijd eerst.")).to_be_visible(timeout=PATIENCE)
