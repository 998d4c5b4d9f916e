"""What one answers with: the sliders of a triangle, rows of chips, dots to divide; by mouse, keyboard and touch."""

from __future__ import annotations

import random

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import findings
from tests.browser.handmade import CORNERS, TRIANGLE, Sheet, answer, both, moves_on, opens, options, prompt
from tests.browser.server import Server
from tests.browser.stage import LAPTOP, PATIENCE, PHONE, Stage, card, picture

NARROW = {"width": 320, "height": 640}
BEFORE = {"wet": 10, "eigen": 80, "efficiëntie": 10}
THEN = prompt("driehoek", "1.zou", options=CORNERS, link="1.vraag", question=both("Waar zou het moeten liggen?"))
ROLES = options("uitvoerder", "beleid", "bestuur", "inwoner")
TRUST = prompt("matrixrij", rows=ROLES, scale=[both("helemaal niet"), both("helemaal")], confidential=True)
EFFECT = prompt("matrixrij", rows=ROLES, options=options("draagt", "blokkeert", "uitzoeken"), most=2)
DOTS = prompt("stippen", options=options("wachttijd", "brieven", "mandaat"))
DOMAINS = prompt("meerkeuze", options=options("schulden", "wonen"), domains=True)


def shares(page: Page) -> list[int]:
    """Where the three sliders stand."""
    return [int(one.input_value()) for one in page.get_by_role("slider").all()]


def hand_in(page: Page) -> Locator:
    return page.get_by_role("button", name="Meegeven", exact=True).first


def sent(page: Page, sheet: Sheet, value: object) -> None:
    """Expects that this value comes to the server soon."""
    expect(page.locator("[data-part=prompts]").get_by_text("bewaard", exact=True)).to_be_visible(timeout=PATIENCE)
    assert sheet.last()["value"] == value


def taps(page: Page, right: float, down: float) -> None:
    """Clicks in the drawing of the triangle, at these shares of its width and height."""
    box = page.locator(".corners svg").bounding_box()
    assert box
    page.mouse.click(box["x"] + right * box["width"], box["y"] + down * box["height"])


# ---- the triangle ----


def test_whatever_one_presses_the_sliders_sum_to_100(stage: Stage, server: Server) -> None:
    page = opens(stage, server, Sheet([TRIANGLE]))
    sliders, chance = page.get_by_role("slider").all(), random.Random(100)
    keys = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "PageUp", "PageDown", "Home", "End"]
    for _ in range(40):
        chance.choice(sliders).focus()
        for key in chance.choices(keys, weights=[5, 5, 5, 5, 2, 2, 1, 1], k=chance.randint(1, 5)):
            page.keyboard.press(key)
            assert sum(shares(page)) == 100
            assert min(shares(page)) >= 0
    assert page.locator(".share").all_inner_texts() == [str(one) for one in shares(page)]


def test_the_sums_behind_the_sliders_and_the_drawing_hold_everywhere(stage: Stage, server: Server) -> None:
    page = opens(stage, server, Sheet([TRIANGLE]))
    wrong = page.evaluate(
        """async () => {
          const { balance, fromPoint, toPoint } = await import("/meedoen/static/editors.js");
          const wrong = [], ok = (them) => them.length === 3 && them.every((one) => Number.isInteger(one) && one >= 0)
            && them[0] + them[1] + them[2] === 100;
          for (let a = 0; a <= 100; a += 1) for (let b = 0; a + b <= 100; b += 7) {
            const them = [a, b, 100 - a - b];
            if (String(fromPoint(toPoint(them))) !== String(them)) wrong.push(["there and back", them]);
            for (const which of [0, 1, 2]) for (const to of [-5, 0, 1, 33, 50.4, 99, 100, 120]) {
              const next = balance(them, which, to);
              const share = Math.min(100, Math.max(0, Math.round(to)));
              if (!ok(next) || next[which] !== share) wrong.push([them, which, to, next]);
            }
          }
          for (let x = -50; x < 250; x += 9) for (let y = -50; y < 250; y += 9) {
            if (!ok(fromPoint([x, y]))) wrong.push([x, y]);
          }
          return [wrong.slice(0, 5), balance([20, 20, 60], 0, 60), balance([100, 0, 0], 0, 51)];
        }"""
    )
    assert wrong == [[], [60, 10, 30], [51, 25, 24]]


def test_a_slider_that_goes_and_comes_back_leaves_the_others_as_they_were(stage: Stage, server: Server) -> None:
    page = opens(stage, server, Sheet([TRIANGLE]))
    taps(page, 0.3, 0.75)
    before = shares(page)
    page.get_by_role("slider", name="wet & protocol").focus()
    for key in ["End", "Home", *["ArrowUp"] * before[0]]:
        page.keyboard.press(key)
    assert shares(page) == before


def test_an_untouched_triangle_cannot_be_handed_in_and_a_touched_one_is_kept(stage: Stage, server: Server) -> None:
    sheet = Sheet([TRIANGLE])
    page = opens(stage, server, sheet)
    assert shares(page) == [34, 33, 33]
    expect(hand_in(page)).to_have_attribute("aria-disabled", "true")
    page.get_by_role("slider", name="eigen kracht").press("ArrowRight")
    sent(page, sheet, {"wet": 33, "eigen": 34, "efficiëntie": 33})
    hand_in(page).click()
    expect(card(page, "wet & protocol 33 · eigen kracht 34 · efficiëntie 33")).to_contain_text("meegegeven")
    assert sheet.last()["state"] == "submitted"
    page.get_by_role("button", name="aanpassen").click()
    expect(page.get_by_role("slider", name="wet & protocol")).to_be_focused()
    page.keyboard.press("End")
    hand_in(page).click()
    expect(card(page, "wet & protocol 100")).to_contain_text("meegegeven")
    page.get_by_role("button", name="terugnemen").click()
    expect(page.get_by_text("teruggenomen")).to_be_visible()
    assert shares(page) == [100, 0, 0]


def test_past_niet_takes_the_point_away_and_is_an_answer(stage: Stage, server: Server) -> None:
    sheet = Sheet([TRIANGLE])
    page = opens(stage, server, sheet)
    taps(page, 0.5, 0.2)
    expect(page.locator(".point")).to_be_visible()
    page.get_by_role("checkbox", name="past niet").check()
    expect(page.locator(".point")).to_be_hidden()
    sent(page, sheet, "past_niet")
    page.get_by_role("checkbox", name="past niet").uncheck()
    expect(hand_in(page)).to_have_attribute("aria-disabled", "true")
    page.get_by_role("checkbox", name="past niet").check()
    hand_in(page).click()
    expect(card(page, "past niet")).to_contain_text("meegegeven")


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_triangle_is_tapped_and_dragged(stage: Stage, server: Server, size: dict[str, int]) -> None:
    sheet = Sheet([TRIANGLE])
    page = opens(stage, server, sheet, size)
    taps(page, 0.5, 0.04)
    assert shares(page) == [100, 0, 0]
    box = page.locator(".corners svg").bounding_box()
    assert box
    page.mouse.down()
    page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + 0.9 * box["height"], steps=5)
    page.mouse.move(box["x"] - 40, box["y"] + box["height"] + 9)  # beside it counts as at its edge
    page.mouse.up()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    assert shares(page) == [0, 100, 0]
    sent(page, sheet, {"wet": 0, "eigen": 100, "efficiëntie": 0})


def test_the_second_triangle_shows_where_one_stood_and_an_arrow_from_there(stage: Stage, server: Server) -> None:
    page = opens(stage, server, Sheet([THEN], answers=[answer("1.vraag", BEFORE)]))
    expect(page.get_by_text("wet & protocol 10 · eigen kracht 80 · efficiëntie 10")).to_be_visible()
    expect(page.locator(".was")).to_be_visible()
    expect(page.locator(".way")).to_be_hidden()
    taps(page, 0.5, 0.1)
    expect(page.locator(".way")).to_be_visible()
    assert float(page.locator(".way").get_attribute("y2") or 0) < float(page.locator(".way").get_attribute("y1") or 0)
    picture(page, "driehoek")


# ---- rows ----


def test_a_scale_per_row_is_explained_once_and_kept_per_row(stage: Stage, server: Server) -> None:
    sheet = Sheet([TRUST])
    page = opens(stage, server, sheet)
    expect(page.get_by_text("1 = helemaal niet")).to_have_count(1)
    expect(page.get_by_text("Hiervan blijven alleen totalen over")).to_be_visible()
    page.get_by_role("group", name="beleid").get_by_role("radio", name="4").check()
    page.get_by_role("group", name="bestuur").get_by_role("radio", name="geen zicht op").check()
    sent(page, sheet, {"beleid": 4, "bestuur": "geen_zicht"})
    page.get_by_role("group", name="bestuur").get_by_role("radio", name="geen zicht op").press("Delete")
    hand_in(page).click()
    expect(card(page, "beleid: 4")).to_contain_text("meegegeven")
    assert sheet.last()["value"] == {"beleid": 4}


def test_one_row_too_many_is_refused_kindly(stage: Stage, server: Server) -> None:
    sheet = Sheet([EFFECT])
    page = opens(stage, server, sheet)
    for row, option in (("uitvoerder", "draagt"), ("beleid", "blokkeert"), ("beleid", "draagt"), ("inwoner", "draagt")):
        page.get_by_role("group", name=row).get_by_role("radio", name=option).click()
    expect(page.get_by_role("group", name="inwoner")).to_contain_text("hooguit 2 rijen")
    expect(page.get_by_role("group", name="inwoner").get_by_role("radio", checked=True)).to_have_count(0)
    page.wait_for_function("() => window.said.some((one) => one.includes('hooguit 2 rijen'))")
    sent(page, sheet, {"uitvoerder": "draagt", "beleid": "draagt"})
    page.get_by_role("group", name="beleid").get_by_role("radio", name="draagt").click()
    page.get_by_role("group", name="inwoner").get_by_role("radio", name="uitzoeken").click()
    hand_in(page).click()
    expect(card(page, "draagt: uitvoerder")).to_contain_text("uitzoeken: inwoner")


def test_life_domains_are_rows_too(stage: Stage, server: Server) -> None:
    sheet = Sheet([DOMAINS])
    page = opens(stage, server, sheet)
    page.get_by_role("group", name="wonen").get_by_role("radio", name="vermoed ik").check()
    hand_in(page).click()
    expect(card(page, "vermoed ik: wonen")).to_contain_text("meegegeven")
    assert (sheet.last()["value"], sheet.last()["domains"]) == (None, {"wonen": "vermoed"})


# ---- dots ----


def test_two_quick_clicks_never_give_a_dot_too_many(stage: Stage, server: Server) -> None:
    sheet = Sheet([DOTS])
    page = opens(stage, server, sheet)
    page.evaluate(
        """() => {
          const more = [...document.querySelectorAll(".dot")].filter((one) => one.textContent === "+");
          for (let i = 0; i < 4; i += 1) more[0].click();
          for (let i = 0; i < 4; i += 1) more[1].click();
        }"""
    )
    expect(page.get_by_role("status").filter(has_text="alle stippen zijn verdeeld")).to_be_visible()
    sent(page, sheet, {"wachttijd": 2, "brieven": 1})


def test_dots_are_divided_and_taken_back_by_keyboard(stage: Stage, server: Server) -> None:
    sheet = Sheet([DOTS])
    page = opens(stage, server, sheet)
    left = page.locator(".dots-left")
    expect(left).to_have_text("nog 3 stippen")
    page.get_by_role("button", name="Stip erbij: mandaat").focus()
    for _ in range(3):
        page.keyboard.press("Enter")
    expect(left).to_have_text("nog 1 stip")
    expect(page.get_by_role("button", name="Stip erbij: mandaat")).to_be_focused()
    expect(page.get_by_role("group", name="mandaat")).to_contain_text("2 stippen")
    page.get_by_role("button", name="Stip weg: mandaat").press("Space")
    expect(left).to_have_text("nog 2 stippen")
    hand_in(page).click()
    expect(card(page, "1 × mandaat")).to_contain_text("meegegeven")
    assert sheet.last()["value"] == {"mandaat": 1}


def test_without_a_card_to_give_them_to_the_dots_wait(stage: Stage, server: Server) -> None:
    sheet = Sheet([DOTS | {"options": []}])
    page = opens(stage, server, sheet)
    expect(page.locator(".dots-left")).to_have_text("Er is nog niets om een stip aan te geven.")
    expect(hand_in(page)).to_have_attribute("aria-disabled", "true")


def test_a_card_let_through_while_one_divides_can_get_dots(stage: Stage, server: Server) -> None:
    sheet = Sheet([DOTS])
    page = opens(stage, server, sheet)
    button = page.get_by_role("button", name="Stip erbij: brieven")
    button.click()
    moves_on(page, sheet, prompts=[DOTS | {"options": options("wachttijd", "brieven", "mandaat", "wonen")}])
    expect(button).to_be_focused()
    page.get_by_role("button", name="Stip erbij: wonen").click()
    sent(page, sheet, {"brieven": 1, "wonen": 1})


# ---- all of them ----


@pytest.mark.parametrize("size", [LAPTOP, PHONE, NARROW], ids=["laptop", "phone", "narrow"])
def test_every_editor_fits_and_is_fine(stage: Stage, server: Server, size: dict[str, int]) -> None:
    asked = [TRIANGLE, TRUST | {"id": "1.b"}, EFFECT | {"id": "1.c"}, DOTS | {"id": "1.d"}, DOMAINS | {"id": "1.e"}]
    page = opens(stage, server, Sheet(asked), size)
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"], "nothing sticks out sideways"
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.evaluate("() => document.getAnimations().forEach((one) => one.transitionProperty && one.finish())")
        found = [str(one) for one in findings(page)]
        assert not found, "\n".join(found)
        picture(page, f"werkblad-antwoordsoorten-{size['width']}-{scheme}", full_page=True)
