"""A name that is not this machine's own, without https: what a room with a laptop for a server has."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.server import Server, Workshop
from tests.browser.stage import OTHER_HOST, PATIENCE, SOON, Stage, hands_in, joins, picture, projector, writes

INSECURE = (
    "[window.isSecureContext, location.protocol, typeof crypto.randomUUID, navigator.serviceWorker === undefined]"
)


@pytest.fixture
def elsewhere(server: Server) -> str:
    """The shared server by its other name."""
    return f"http://{OTHER_HOST}:{server.port}"


def test_joining_and_handing_in_work_without_https(stage: Stage, workshop: Workshop, elsewhere: str) -> None:
    workshop.goes_to_step(2)
    page = stage.window()
    page.goto(f"{elsewhere}/meedoen")
    assert page.evaluate(INSECURE) == [False, "http:", "undefined", True]
    page.get_by_label("Code van de bijeenkomst").fill(workshop.code)
    joins(page)
    hands_in(page, "Het werkt ook zonder slotje.", "keten")
    expect(writes(page, "Dit is nog een concept.")).to_contain_text("bewaard", timeout=PATIENCE)
    page.reload()
    expect(page.get_by_text("Het werkt ook zonder slotje.")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("textarea:visible").first).to_have_value("Dit is nog een concept.")
    assert [row["value"] for row in workshop.exported(1)] == ["Het werkt ook zonder slotje."]
    workshop.steers("next")
    expect(page.locator("#title")).to_have_text("Waar pak je de ruimte?", timeout=SOON)


def test_the_streamlit_page_around_the_door_works_without_https(
    stage: Stage, workshop: Workshop, elsewhere: str
) -> None:
    workshop.goes_to_step(2)
    page = stage.window()
    page.goto(f"{elsewhere}/deelnemen?code={workshop.code}")
    assert page.evaluate("window.isSecureContext") is False
    door = page.frame_locator("iframe")
    joins(door)
    hands_in(door, "Ook in Deelnemen.", "wet")
    assert [row["value"] for row in workshop.exported(1)] == ["Ook in Deelnemen."]


def test_the_projector_shows_the_name_it_was_opened_with(
    stage: Stage, workshop: Workshop, server: Server, elsewhere: str
) -> None:
    page = projector(stage, f"{elsewhere}/scherm?code={workshop.code}")
    assert page.evaluate("window.isSecureContext") is False
    expect(page.locator("#lobby .address")).to_have_text(f"{OTHER_HOST}:{server.port}/meedoen")
    picture(page, "scherm-lobby-andere-naam")
    workshop.goes_to_step(2)
    expect(page.locator("#top")).to_contain_text(f"{OTHER_HOST}:{server.port}/meedoen", timeout=SOON)
    expect(page.locator("#top .code")).to_have_text(f"{workshop.code[:3]} {workshop.code[3:]}")


def test_a_key_opens_the_console_without_https(
    stage: Stage, workshop: Workshop, server: Server, elsewhere: str
) -> None:
    page = stage.window()
    page.goto(workshop.facilitators_link.replace(server.url, elsewhere))
    page.wait_for_url("**/begeleiden?code=*")
    begin = page.get_by_role("button", name="Begin", exact=True)
    expect(begin).to_be_visible(timeout=PATIENCE)
    begin.click()
    expect(page.get_by_role("button", name="Verder: Waar loop je tegenaan?")).to_be_visible(timeout=PATIENCE)
