"""Bad wifi, a dead server, a closed lid: nobody loses a word, and nobody has to do anything."""

from __future__ import annotations

import re

from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.server import Server, Workshop
from tests.browser.stage import (
    PATIENCE,
    Stage,
    card,
    console,
    fresh_card,
    hands_in,
    joins,
    picture,
    projector,
    settled,
    sheet_of,
    writes,
)

AWAY = 40_000  # ms: a stream that went has to be missed first, and a server that starts takes a while
GONE = 20  # seconds that the server is away


def test_a_reload_in_mid_sentence_brings_back_words_and_choices(stage: Stage, workshop: Workshop) -> None:
    workshop.goes_to_step(2)
    page = sheet_of(stage, workshop.door)
    writes(page, "De brief zegt niet waar", "keten")
    page.reload()
    found = fresh_card(page)
    expect(found.get_by_role("textbox")).to_have_value("De brief zegt niet waar", timeout=PATIENCE)
    expect(found.get_by_role("radio", name="keten", exact=True)).to_be_checked()


def test_without_network_the_text_is_safe_here_and_goes_when_it_is_back(stage: Stage, workshop: Workshop) -> None:
    workshop.goes_to_step(2)
    page = sheet_of(stage, workshop.door)
    page.context.set_offline(True)
    found = writes(page, "Getypt zonder wifi")
    expect(found).to_contain_text("wacht op verbinding", timeout=PATIENCE)
    picture(page, "werkblad-zonder-wifi")
    page.context.set_offline(False)
    expect(found.get_by_text("bewaard", exact=True)).to_be_visible(timeout=PATIENCE)
    assert workshop.kept() == ["Getypt zonder wifi"]


def console_at_work(stage: Stage, workshop: Workshop) -> Page:
    """A console that has loaded whole: what a page has not fetched before the server goes, it cannot show."""
    desk = console(stage, workshop.facilitators_link)
    for part in (desk.get_by_role("timer"), desk.get_by_role("button", name=re.compile("^Verder"))):
        expect(part).to_be_visible(timeout=PATIENCE)
    settled(desk)
    return desk


def typing_through_a_dead_server(page: Page, place: Page | FrameLocator, server: Server, workshop: Workshop) -> None:
    """Kills the server, types on for twenty seconds, starts it, types on: every key is there, in the same field."""
    field = fresh_card(place).get_by_role("textbox")
    field.click()
    page.keyboard.type("Voor. ")
    server.kill()
    for second in range(GONE):
        page.keyboard.type(f"{second} ", delay=1000 / len(f"{second} "))
    expect(page.get_by_role("dialog")).to_have_count(0)
    server.start()
    page.keyboard.type("Na.")
    words = "Voor. " + "".join(f"{second} " for second in range(GONE)) + "Na."
    expect(field).to_have_value(words)
    expect(field).to_be_focused()
    expect(fresh_card(place).get_by_text("bewaard", exact=True)).to_be_visible(timeout=AWAY)
    assert workshop.kept() == [words]


def test_a_dead_server_costs_no_key_in_the_light_door(stage: Stage, own_server: Server) -> None:
    workshop = own_server.prepares()
    workshop.goes_to_step(2)
    page = sheet_of(stage, workshop.door)
    beamer = projector(stage, workshop.screen)
    desk = console_at_work(stage, workshop)
    typing_through_a_dead_server(page, page, own_server, workshop)
    # Projector and console said so in their own words, and come back by themselves.
    page.get_by_role("button", name="Meegeven", exact=True).first.click()
    expect(desk.get_by_text("1 antwoord, 1 wacht op jou")).to_be_visible(timeout=AWAY)
    desk.get_by_role("button", name="Toon", exact=True).first.click()
    expect(beamer.locator("#screen").get_by_text("Voor. 0 1 2")).to_be_visible(timeout=AWAY)
    for window in (beamer, desk):
        expect(window.get_by_role("dialog")).to_have_count(0)


def test_a_dead_server_costs_no_key_in_deelnemen_either(stage: Stage, own_server: Server) -> None:
    workshop = own_server.prepares()
    workshop.goes_to_step(2)
    page = stage.window()
    page.goto(f"{own_server.url}/deelnemen?code={workshop.code}")
    inside = page.frame_locator("iframe")
    joins(inside)
    typing_through_a_dead_server(page, inside, own_server, workshop)


def test_console_and_projector_say_that_the_connection_is_away(stage: Stage, own_server: Server) -> None:
    workshop = own_server.prepares()
    workshop.goes_to_step(2)
    beamer = projector(stage, workshop.screen)
    desk = console_at_work(stage, workshop)
    own_server.kill()
    words = "De verbinding is even weg. We proberen het opnieuw."
    for window, name in ((beamer, "scherm"), (desk, "begeleiden")):
        expect(window.get_by_text(words)).to_be_visible(timeout=AWAY)
        picture(window, f"{name}-verbinding-weg")
    expect(beamer.locator("#screen").get_by_role("heading", level=1)).to_be_visible()
    own_server.start()
    for window in (beamer, desk):
        expect(window.get_by_text(words)).to_be_hidden(timeout=AWAY)
    workshop.steers("next")
    # Just after its return a page gets some seconds to find its way before anything is asked of it.
    expect(beamer.locator("#screen").get_by_text("Waar pak je de ruimte?")).to_be_visible(timeout=PATIENCE)


def test_two_tabs_of_one_participant_lose_nothing(stage: Stage, workshop: Workshop) -> None:
    workshop.goes_to_step(2)
    first = sheet_of(stage, workshop.door)
    hands_in(first, "Uit het eerste tabblad")
    second = first.context.new_page()
    second.goto(workshop.door)
    expect(card(second, "Uit het eerste tabblad")).to_contain_text("meegegeven", timeout=PATIENCE)
    hands_in(second, "Uit het tweede tabblad")
    first.reload()
    expect(card(first, "Uit het tweede tabblad")).to_contain_text("meegegeven", timeout=PATIENCE)
    given = {(row["participant"], row["value"]) for row in workshop.exported(2)}
    assert given == {(1, "Uit het eerste tabblad"), (1, "Uit het tweede tabblad")}


def test_a_step_that_ends_asks_once_what_to_do_with_a_draft(stage: Stage, workshop: Workshop) -> None:
    workshop.goes_to_step(2)
    page = sheet_of(stage, workshop.door)
    writes(page, "Nog niet af")
    workshop.steers("next")
    asked = page.get_by_text(re.compile("Je had nog iets staan"))
    expect(asked).to_have_count(1, timeout=PATIENCE)
    picture(page, "werkblad-nog-iets-staan")
    page.get_by_role("button", name="Meegeven", exact=True).first.click()
    expect(asked).to_be_hidden(timeout=PATIENCE)
    (row,) = workshop.exported(1)
    assert (row["value"], row["late"], row["step"]) == ("Nog niet af", True, 2)


def test_a_laptop_handed_on_starts_with_an_empty_sheet(stage: Stage, workshop: Workshop) -> None:
    workshop.goes_to_step(2)
    page = sheet_of(stage, workshop.door)
    hands_in(page, "Van de eerste")
    page.get_by_role("button", name="wijzig").click()
    page.get_by_role("button", name="Ik ben iemand anders").click()
    page.get_by_role("button", name="Ja, begin opnieuw").click()
    joins(page, role="beleid", table=2)
    expect(page.get_by_text("Van de eerste")).to_have_count(0)
    hands_in(page, "Van de tweede")
    assert {(row["participant"], row["role"]) for row in workshop.exported(2)} == {(1, "uitvoerder"), (2, "beleid")}


def test_a_cookie_that_was_tampered_with_leads_to_the_door(stage: Stage, workshop: Workshop) -> None:
    workshop.goes_to_step(2)
    page = sheet_of(stage, workshop.door)
    page.evaluate("localStorage.clear()")
    (cookie,) = [one for one in page.context.cookies() if one["name"] == "laveren_deelnemer"]
    page.context.add_cookies([cookie | {"value": cookie["value"][:-2] + "xx"}])
    page.reload()
    expect(page.get_by_role("button", name="Doe mee")).to_be_visible(timeout=PATIENCE)


def test_a_wrong_code_and_a_closed_meeting_are_said_kindly(stage: Stage, server: Server, workshop: Workshop) -> None:
    page = stage.window()
    page.goto(f"{server.url}/meedoen")
    page.get_by_label("Code van de bijeenkomst").fill("QQQQQQ")
    expect(page.get_by_text("Deze code kennen we niet").first).to_be_visible(timeout=PATIENCE)
    workshop.steers("next", "close")
    page.goto(workshop.door)
    expect(page.get_by_text("afgelopen").first).to_be_visible(timeout=PATIENCE)
