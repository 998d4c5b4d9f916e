"""The coding desk by its keys: each works at once, none while somebody types, and what is finished is on disk."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Page, expect

from laveren.workshop.coding import FIRST, Coding, newest_codings
from laveren.workshop.suggesting import suggest_here
from tests.browser.server import WRITING, Server
from tests.browser.stage import Stage, picture, settled

TEXTS = ("De wachttijd is tien weken.", "Onleesbare brieven van drie kantjes.", "De deurwaarder was er eerder dan wij.")


def kept(server: Server, wanted: dict[str, tuple[str, ...]]) -> dict[str, Coding]:
    """What is coded by the text of each answer, which may still be on its way to the disk."""
    end = time.monotonic() + WRITING
    while True:
        with server.house.store.read() as connection:
            found = {one.answer: one for one in newest_codings(connection, FIRST)}
        if {id: one.themes for id, one in found.items()} == wanted or time.monotonic() > end:
            assert {id: one.themes for id, one in found.items()} == wanted
            return found
        time.sleep(0.05)


def chosen(page: Page) -> list[str]:
    return [chip.replace("✓ ", "") for chip in page.locator(".chip[aria-pressed=true] span").all_inner_texts()]


def test_three_answers_are_coded_without_a_mouse(stage: Stage, own_server: Server) -> None:
    workshop = own_server.prepares()
    workshop.goes_to_step(2)
    ids = {text: workshop.someone().gives("1.hindernis", text) for text in TEXTS}
    suggest_here(own_server.house.store, own_server.house.library.codebook)
    page = stage.window()
    page.goto(own_server.organisers_link)
    page.wait_for_url("**/bijeenkomsten")
    page.goto(f"{own_server.url}/coderen")
    text, said = page.locator("#card .text"), page.locator("#card .said")
    expect(text).to_have_text(re.compile("|".join(TEXTS)))
    settled(page)
    first = text.inner_text()
    picture(page, "coderen")

    page.keyboard.press("Enter")
    expect(said).to_have_text("Kies een thema, of druk op 0: past nergens.")
    assert chosen(page) == [], "what is suggested is not chosen"
    page.keyboard.press("1")
    (theme,) = chosen(page)
    page.keyboard.press("m")
    page.keyboard.type("1 2 3 0 n z u")
    page.keyboard.press("Escape")
    assert (text.inner_text(), chosen(page)) == (first, [theme]), "what is typed is no key"
    page.keyboard.press("Enter")
    expect(text).not_to_have_text(first)
    expect(said).to_have_text(f"Gekozen: {theme}")

    second = text.inner_text()
    page.keyboard.press("a")
    page.keyboard.type("digi")
    page.keyboard.press("Enter")
    assert chosen(page) == ["Digitale drempels"]
    page.keyboard.press("Enter")
    third = text.inner_text()
    page.keyboard.press("0")
    expect(page.get_by_text("Hier ligt niets meer.")).to_be_visible()
    assert {first, second, third} == set(TEXTS)
    suggested = {TEXTS[0]: "wachttijd", TEXTS[1]: "brieven", TEXTS[2]: "incasso"}
    wanted = {ids[first]: (suggested[first],), ids[second]: ("digitaal",), ids[third]: ()}
    found = kept(own_server, wanted)
    assert found[ids[first]].memo == "1 2 3 0 n z u"
    assert [found[ids[one]].rejected for one in (first, second)] == [(), (suggested[second],)]

    page.keyboard.press("z")
    expect(text).to_have_text(third)
    page.keyboard.press("z")
    expect(text).to_have_text(second)
    page.keyboard.press("u")
    expect(said).to_have_text(re.compile("^Teruggenomen"))
    del wanted[ids[second]]
    kept(own_server, wanted)
    expect(page.get_by_text("Door een mens gecodeerd: 2 van 3 antwoorden")).to_be_visible()
