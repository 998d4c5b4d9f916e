"""With a receipt code, and with nothing else, somebody takes back what they gave, also after the meeting."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.server import Server, Workshop
from tests.browser.stage import PATIENCE, Stage, hands_in, picture, sheet_of


def test_the_receipt_takes_an_answer_back_after_the_meeting(stage: Stage, server: Server, workshop: Workshop) -> None:
    workshop.goes_to_step(2)
    page = sheet_of(stage, workshop.door)
    hands_in(page, "Dit wil ik later niet meer.")
    hands_in(page, "Dit mag blijven.")
    workshop.steers("close")
    expect(page.locator("#receipt-code")).to_be_visible(timeout=PATIENCE)
    code = page.locator("#receipt-code").inner_text()

    elsewhere = stage.window()
    elsewhere.goto(f"{server.url}/meedoen")
    elsewhere.get_by_role("link", name="Terugnemen met een ontvangstcode").click()  # the only one
    elsewhere.wait_for_url("**/ontvangst")
    elsewhere.get_by_label("Jouw ontvangstcode").fill("AAAA-CCCC-DDDD")
    elsewhere.get_by_role("button", name="Zoek op").click()
    expect(elsewhere.get_by_text("Deze code kennen we niet")).to_be_visible()
    elsewhere.get_by_label("Jouw ontvangstcode").fill(code.lower())
    elsewhere.keyboard.press("Enter")
    expect(elsewhere.get_by_role("listitem")).to_have_count(2)
    picture(elsewhere, "ontvangst")
    elsewhere.get_by_role("button", name="Verwijder: Dit wil ik later niet meer.").click()
    expect(elsewhere.get_by_text("Verwijderd.")).to_be_visible()
    expect(elsewhere.get_by_role("listitem")).to_have_count(1)
    assert [row["value"] for row in workshop.exported(1)] == ["Dit mag blijven."]
    assert workshop.kept() == ["Dit mag blijven."]
