"""Around the story: a helper on a phone, a facilitator in two windows, a room without laptops, bars from five."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from sqlalchemy import select

from laveren.store import tables
from laveren.workshop.rights import Seat
from tests.browser.server import Workshop
from tests.browser.stage import (
    PATIENCE,
    PHONE,
    SOON,
    Stage,
    console,
    hands_in,
    on_screen,
    picture,
    projector,
    row,
    settled,
    sheet_of,
)


def test_a_helper_moderates_on_a_phone_and_cannot_steer(stage: Stage, workshop: Workshop) -> None:
    workshop.goes_to_step(2)
    for text in ("Eerste ding", "Tweede ding", "Derde ding"):
        workshop.someone().gives("1.hindernis", text, source="wet")
    beamer = projector(stage, workshop.screen)
    phone = console(stage, f"{workshop.server.url}/toegang#{workshop.key(Seat.HELPER)}", PHONE)
    expect(row(phone, "Derde ding")).to_be_visible(timeout=PATIENCE)
    for steering in ("+ 1 min", "Pauze", "Stap terug", re.compile("^Verder")):
        expect(phone.get_by_role("button", name=steering)).to_have_count(0)
    for secret in ("Schrijf voor de zaal", "Download de antwoorden", "Laat iemand meekijken"):
        expect(phone.get_by_text(secret)).to_have_count(0)
    settled(phone)
    row(phone, "Tweede ding").get_by_role("button", name="Toon").click()
    on_screen(beamer, "Tweede ding")
    settled(phone)
    row(phone, "Tweede ding").get_by_role("button", name="Verberg").click()
    expect(beamer.get_by_text("Tweede ding")).to_have_count(0, timeout=SOON)
    settled(phone)
    phone.get_by_role("button", name="Ongedaan maken").click()
    on_screen(beamer, "Tweede ding")
    settled(phone)
    phone.get_by_role("button", name="Toon vier").click()
    on_screen(beamer, "Derde ding")
    picture(phone, "begeleiden-telefoon", full_page=True)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], "nothing sticks out sideways"
    # What somebody else steers is theirs: a helper cannot undo it.
    workshop.steers("more_time")
    expect(phone.get_by_role("button", name="Ongedaan maken")).to_have_count(0, timeout=SOON)


def test_two_windows_and_two_quick_clicks_never_skip_a_step(stage: Stage, workshop: Workshop) -> None:
    workshop.goes_to_step(1)
    one = console(stage, workshop.facilitators_link)
    other = console(stage, workshop.facilitators_link)
    participant = sheet_of(stage, workshop.door)
    forward = re.compile("^Verder: Waar loop je tegenaan")
    for window in (one, other):
        expect(window.get_by_role("button", name=forward)).to_be_visible(timeout=PATIENCE)
        settled(window)
    other.get_by_role("button", name=forward).evaluate("button => { button.click(); button.click(); }")
    one.get_by_role("button", name=forward).evaluate("button => button.click()")
    for window in (one, other):
        expect(window.get_by_role("button", name="Verder: Waar pak je de ruimte?")).to_be_visible(timeout=PATIENCE)
        settled(window)
    expect(participant.locator("#title")).to_have_text("Waar loop je tegenaan?")
    for window in (one, other):
        expect(window.get_by_role("button", name="Verder: Waar pak je de ruimte?")).to_be_visible()


def test_what_was_pressed_can_be_undone_and_nothing_else(stage: Stage, workshop: Workshop) -> None:
    desk = console(stage, workshop.facilitators_link)
    after = (
        ("Begin", "Verder: Waar loop je tegenaan?"),
        ("Verder: Waar loop je tegenaan?", "Verder: Waar pak je de ruimte?"),
        ("Onthul de wending", "Neem de wending terug"),
        ("Stap terug", "Verder: Wat verandert er door deze wending?"),
        ("Pauze", "Ga door"),
    )
    for button, comes in after:
        settled(desk)
        desk.get_by_role("button", name=button, exact=True).click()
        expect(desk.get_by_role("button", name=comes, exact=True)).to_be_visible(timeout=PATIENCE)
    workshop.steers(*["next"] * (len(workshop.room.rounds[0].steps) - workshop.room.step))
    settled(desk)
    desk.get_by_role("button", name="Sluit de bijeenkomst").click()
    expect(desk.get_by_role("heading", name="De bijeenkomst is gesloten")).to_be_visible(timeout=PATIENCE)
    settled(desk)
    kinds = select(tables.action.c.kind).where(tables.action.c.workshop == workshop.room.id)
    with workshop.server.house.store.read() as connection:
        found = [kind for kind in connection.scalars(kinds.order_by(tables.action.c.id)) if kind != "next"]
    assert found == ["reveal", "back", "pause", "close"]


def test_bars_appear_from_five_people_and_nobody_can_be_counted_before(stage: Stage, workshop: Workshop) -> None:
    workshop.goes_to_step(2)
    beamer = projector(stage, workshop.screen)
    people = [workshop.someone(group=1 + n % 4) for n in range(5)]
    for person in people[:4]:
        person.gives("1.hindernis", "Een ding", source="werkproces")
    on_screen(beamer, "Vanaf 5 mensen zie je hier waar het zit")
    expect(beamer.locator("#bars li")).to_have_count(0)
    first = people[4].gives("1.hindernis", "Nog een ding", source="keten")
    on_screen(beamer, "De meeste mensen noemen werkproces of systeem")
    expect(beamer.locator("#bars li")).to_have_count(2)
    expect(beamer.locator("#bars li").first).to_contain_text("4")
    assert not beamer.get_by_text("Een ding").count(), "words still wait for the facilitator"

    workshop.steers("next")
    for person in people:
        person.gives("1.ruimte", "Hier is ruimte", status="mag")
    people[4].gives("1.ruimte", "Dit hoort bij de keten", status="doe_ik", link=first)
    on_screen(beamer, "Waar ziet nog niemand ruimte?")
    on_screen(beamer, "4 van 5 hindernissen zijn nog zonder ruimte")
    picture(beamer, "scherm-zonder-ruimte")


def test_without_laptops_the_facilitator_writes_for_the_room(stage: Stage, workshop: Workshop) -> None:
    workshop.goes_to_step(2)
    beamer = projector(stage, workshop.screen)
    desk = console(stage, workshop.facilitators_link)
    desk.get_by_text("Schrijf voor de zaal").click()
    desk.get_by_role("textbox", name="Antwoord").fill("Van het papier op tafel vier")
    desk.get_by_text("Overgenomen van papier").click()
    picture(desk, "begeleiden-voor-de-zaal")
    desk.get_by_role("button", name="Geef mee").click()
    expect(row(desk, "Van het papier op tafel vier")).to_contain_text("van de zaal", timeout=PATIENCE)
    settled(desk)
    row(desk, "Van het papier op tafel vier").get_by_role("button", name="Toon").click()
    on_screen(beamer, "Van het papier op tafel vier")
    on_screen(beamer, "van de zaal")
    (given,) = workshop.exported(1)
    assert (given["role"], given["scope"], given["on_paper"]) == ("zaal", "room", True)


def test_the_time_ends_softly_and_a_minute_more_is_one_click(stage: Stage, workshop: Workshop) -> None:
    workshop.goes_to_step(2)
    workshop.has_left(3.0)
    participant, beamer = sheet_of(stage, workshop.door), projector(stage, workshop.screen)
    desk = console(stage, workshop.facilitators_link)
    expect(participant.locator("#time")).to_have_text("tijd is om, rond rustig af")
    on_screen(beamer, "tijd is om, rond rustig af")
    expect(desk.get_by_text("tijd is om, rond rustig af")).to_be_visible()
    hands_in(participant, "Dit kan nog steeds.", "wet")
    assert [one["late"] for one in workshop.exported(1)] == [False], "late is who comes when the room has moved on"
    settled(desk)
    desk.get_by_role("button", name="+ 1 min").click()
    expect(participant.locator("#time")).to_have_text(re.compile(r"^nog (1:00|0:5\d)$"), timeout=SOON)
    on_screen(beamer, re.compile(r"^(1:00|0:5\d)$"))
