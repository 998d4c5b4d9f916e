"""The table as a place to work: one pen, own notes, cases and seats of its own, and a plan that changes on the day."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from laveren.workshop.rounds import RoundPlan
from tests.browser.server import CASE, METHOD, Server, Workshop
from tests.browser.stage import (
    PATIENCE,
    PROJECTOR,
    SOON,
    Stage,
    card,
    console,
    hands_in,
    on_screen,
    picture,
    projector,
    settled,
    sheet_of,
    writes,
)
from tests.browser.test_projector import TURN

OTHER_CASE = "erfenis-die-later-kwam"
SENTENCE = "Wij bellen voordat wij schrijven."
TO_THE_SENTENCE = 7  # the step in which each table gives its sentence


def takes_the_pen(page: Page, button: str = "Ik schrijf voor de tafel") -> None:
    page.get_by_role("button", name=button).click()
    expect(page.locator("#banner")).to_contain_text("Jij schrijft voor tafel", timeout=PATIENCE)


def test_two_laptops_at_one_table(server: Server, stage: Stage) -> None:
    workshop = server.prepares(moderated=False)
    workshop.goes_to_step(TO_THE_SENTENCE)
    beamer = projector(stage, workshop.screen)
    anna, bas = (sheet_of(stage, workshop.door, table=2) for _ in range(2))
    takes_the_pen(anna)
    expect(bas.locator("#banner")).to_have_text("Iemand aan jullie tafel schrijft.", timeout=SOON)
    expect(bas.get_by_role("textbox", name="Wat is onze zin voor de zaal?")).to_have_count(0)
    expect(writes(anna, "Half af.")).to_contain_text("bewaard", timeout=PATIENCE)
    bas.get_by_role("textbox", name="Mijn eigen notities").fill("Vraag dit aan Kees.")
    expect(bas.locator("#noting")).to_contain_text("bewaard", timeout=PATIENCE)

    takes_the_pen(bas, "ik neem het over")
    expect(anna.locator("#banner")).to_have_text("Iemand aan jullie tafel schrijft.", timeout=SOON)
    expect(card(anna, "Half af.")).to_be_visible()
    ours = writes(bas, SENTENCE)
    ours.get_by_role("button", name="niet iedereen vindt dit").click()
    ours.get_by_role("textbox", name="Niet iedereen:").fill("Bellen kost tijd.")
    bas.get_by_role("button", name="Meegeven", exact=True).click()
    for page in (anna, bas):
        expect(card(page, SENTENCE)).to_contain_text("Niet iedereen: Bellen kost tijd.", timeout=SOON)
        expect(card(page, SENTENCE)).to_contain_text("je tafel heeft dit meegegeven")
    on_screen(beamer, SENTENCE)
    on_screen(beamer, "niet iedereen: Bellen kost tijd.")
    on_screen(beamer, "tafel 2")
    picture(beamer, "tafel-niet-iedereen")
    (given,) = workshop.exported(1)
    assert (given["value"], given["dissent"], given["group"]) == (SENTENCE, "Bellen kost tijd.", 2)
    assert "Vraag dit aan Kees." in workshop.kept(), "notes are kept, as a draft"
    for page in (anna, beamer):
        expect(page.get_by_text("Vraag dit aan Kees.")).to_have_count(0)

    anna.locator("#me").click()
    anna.get_by_role("radio", name="1", exact=True).check()
    anna.get_by_role("button", name="Bewaar").click()
    expect(anna.locator("#who")).to_contain_text("tafel 1", timeout=PATIENCE)
    expect(card(anna, SENTENCE)).to_have_count(0)  # what the table gave stays the table's


def test_two_cases_in_one_round(server: Server, stage: Stage) -> None:
    workshop = server.prepares(rounds=[RoundPlan(METHOD, (CASE, OTHER_CASE))], groups=2, moderated=False)
    titles = ("Tot mijn diploma", "De erfenis die later kwam")
    beamer = projector(stage, workshop.screen)
    sheets = [sheet_of(stage, workshop.door, table=table) for table in (1, 2)]
    workshop.steers("next")
    for sheet, title in zip(sheets, titles, strict=True):
        expect(sheet.locator("#case-title")).to_have_text(title, timeout=SOON)
    expect(beamer.locator(".tables li")).to_have_text([f"Tafel {n}{title}" for n, title in enumerate(titles, 1)])
    picture(beamer, "tafels-eigen-casus")
    workshop.goes_to_step(TO_THE_SENTENCE - 1)
    for sheet, title in zip(sheets, titles, strict=True):
        expect(sheet.locator("#title")).to_have_text("Welke ene zin geeft jullie tafel aan de zaal?", timeout=SOON)
        takes_the_pen(sheet)
        hands_in(sheet, f"Over {title.lower()}.")
    for number, title in enumerate(titles, 1):
        about = beamer.locator(".card", has_text=f"Over {title.lower()}.").locator(".about")
        expect(about).to_have_text(f"tafel {number} · {title}", timeout=SOON)
    picture(beamer, "tafels-eigen-casus-zinnen")
    assert [(row["group"], row["case"]) for row in workshop.exported(2)] == [(1, CASE), (2, OTHER_CASE)]


def test_seats_around_a_table(server: Server, stage: Stage) -> None:
    workshop = server.prepares(rounds=[RoundPlan(METHOD, (CASE,), seats=True)], groups=1, moderated=False)
    workshop.goes_to_step(2)
    beamer = stage.window(PROJECTOR)
    beamer.clock.install()
    beamer.goto(workshop.screen)
    seats = ("Yara", "Tom")
    for seat in seats:
        sheet = sheet_of(stage, workshop.door)
        expect(sheet.locator("#seat-name")).to_have_text(f"Jij kijkt vanuit: {seat}")
        hands_in(sheet, f"Zo ziet {seat} het.", "keten")
    for number, seat in enumerate(seats, 1):
        expect(beamer.locator("#screen .turn")).to_have_text(f"{number} / 2", timeout=PATIENCE)
        expect(beamer.locator("#screen h2.group")).to_have_text(f"Vanuit: {seat}")
        expect(beamer.locator("#screen .say")).to_have_text([f"Zo ziet {seat} het."])
        picture(beamer, f"stoel-{number}")
        beamer.clock.fast_forward(TURN)
    assert [row["seat"] for row in workshop.exported(2)] == list(seats)


def test_a_table_is_taken_away_while_it_writes(server: Server, stage: Stage) -> None:
    workshop = server.prepares(groups=2)
    workshop.goes_to_step(TO_THE_SENTENCE)
    anna = sheet_of(stage, workshop.door, table=2)
    takes_the_pen(anna)
    expect(writes(anna, SENTENCE)).to_contain_text("bewaard", timeout=PATIENCE)

    desk = console(stage, workshop.facilitators_link)
    desk.goto(f"{server.url}/plan?code={workshop.code}")
    tables = desk.get_by_label("Aantal tafels")
    tables.fill("1")
    tables.press("Tab")
    expect(desk.get_by_text("Alleen tafel 1 tot en met 1 blijven.")).to_be_visible(timeout=PATIENCE)
    settled(desk)
    picture(desk, "plan-tafel-weg")
    desk.get_by_role("button", name="Bewaar het plan").click()

    gone = "Jullie tafel is opgeheven. Kies een andere tafel; wat je schreef is bewaard."
    expect(anna.locator("#banner")).to_have_text(gone, timeout=PATIENCE)
    sentence = anna.get_by_role("textbox", name="Wat is onze zin voor de zaal?")
    expect(sentence).to_have_value(SENTENCE)
    picture(anna, "werkblad-tafel-weg")
    anna.get_by_role("button", name="Kies een tafel").click()
    anna.get_by_role("radio", name="1", exact=True).check()
    anna.get_by_role("button", name="Bewaar").click()
    takes_the_pen(anna)
    expect(sentence).to_have_value(SENTENCE)
    anna.get_by_role("button", name="Meegeven", exact=True).click()
    expect(card(anna, SENTENCE)).to_contain_text("je tafel heeft dit meegegeven", timeout=PATIENCE)
    assert [(row["value"], row["group"]) for row in workshop.exported(1)] == [(SENTENCE, 1)]


def test_a_reveal_is_taken_back(stage: Stage, workshop: Workshop) -> None:
    workshop.goes_to_step(2)
    beamer, desk = projector(stage, workshop.screen), console(stage, workshop.facilitators_link)
    anna = sheet_of(stage, workshop.door)
    desk.get_by_role("button", name="Onthul de wending").click()
    expect(anna.locator("#title")).to_have_text("Wat verandert er door deze wending?", timeout=SOON)
    expect(anna.locator(".twist.newest")).to_contain_text("Wending: De bakker biedt een baan")
    on_screen(beamer, "De bakker biedt een baan")
    picture(beamer, "wending")
    change = anna.get_by_role("textbox", name="Wat verandert er aan je hindernis?")
    change.fill("Dan valt de studiefinanciering weg.")
    expect(anna.locator("[data-part=prompts]").get_by_text("bewaard", exact=True)).to_be_visible(timeout=PATIENCE)

    settled(desk)
    desk.get_by_role("button", name="Ongedaan maken").click()
    expect(anna.locator("#title")).to_have_text("Waar loop je tegenaan?", timeout=SOON)
    expect(anna.locator(".twist")).to_have_count(0)
    on_screen(beamer, "Waar loop je tegenaan?")
    expect(beamer.get_by_text("De bakker biedt een baan")).to_have_count(0)
    picture(anna, "werkblad-wending-terug")

    settled(desk)
    desk.get_by_role("button", name="Onthul de wending").click()
    expect(anna.locator("#title")).to_have_text("Wat verandert er door deze wending?", timeout=SOON)
    expect(change).to_have_value("Dan valt de studiefinanciering weg.")
    anna.get_by_role("button", name="Meegeven", exact=True).click()
    expect(card(anna, "Dan valt de studiefinanciering weg.").first).to_contain_text("meegegeven", timeout=PATIENCE)
    assert [row["prompt"] for row in workshop.exported(1)] == ["1.w1.hindernis"]


def test_of_trust_only_totals_stay_when_its_round_is_over(server: Server, stage: Stage) -> None:
    workshop = server.prepares(rounds=[RoundPlan("vertrouwensmatrix"), RoundPlan("prioriteren")], groups=1)
    workshop.steers("next")
    anna = sheet_of(stage, workshop.door)
    expect(anna.get_by_text("Hiervan blijven alleen totalen over")).to_be_visible()
    anna.get_by_role("group", name="bestuur").get_by_role("radio", name="2", exact=True).check()
    anna.get_by_role("button", name="Meegeven", exact=True).click()
    expect(anna.get_by_text("bestuur: 2")).to_be_visible(timeout=PATIENCE)
    for _ in range(4):
        workshop.someone(group=1).gives("1.vertrouwen", {"bestuur": 4})
    workshop.goes_to_step(4)
    expect(anna.locator("#title")).to_have_text("Welk thema verdient de volgende keer tijd?", timeout=PATIENCE)
    workshop.steers(*["back"] * 4)
    for again in (False, True):  # what this page remembers goes, and so does what the server kept
        if again:
            anna.reload()
        expect(anna.locator("#title")).to_have_text(re.compile("^Op wie durf jij te rekenen"), timeout=PATIENCE)
        expect(anna.get_by_text("bestuur: 2")).to_have_count(0)
    (kept,) = workshop.exported(0)
    assert (kept["scope"], kept["role"], kept["value"]) == ("totals", "uitvoerder", {"bestuur": 3.5, "n": "5+"})
