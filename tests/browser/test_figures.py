"""The figures of the projector and the sound of its clock, each component by itself in a browser."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.axe import findings
from tests.browser.booth import CONTRAST, CUT, Booth, lines, opened, shows
from tests.browser.scenes import (
    CASE,
    SAYING,
    SCENES,
    SCRIPT,
    TABLES,
    TITLE,
    TWIST,
    WITHOUT,
    card,
    cards,
    matrix,
    moved,
    scatter,
    screen,
    spread,
    triangle,
)
from tests.browser.stage import LAPTOP, PROJECTOR, picture
from tests.browser.test_projector import MARK, MARKED, SMALLEST, TEXTS, TURN


@pytest.fixture
def booth(chromium: Browser) -> Iterator[Booth]:
    """Opens a window with one component in it; a page that throws fails the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def window(size: Any = PROJECTOR, scheme: Any = "light", name: str = "screen", clock: bool = False) -> Page:
        context = chromium.new_context(viewport=size, color_scheme=scheme, locale="nl-NL", reduced_motion="reduce")
        contexts.append(context)
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        return opened(context, name, scheme, clock)

    yield window
    for context in contexts:
        context.close()
    assert not wrong, "\n".join(wrong)


# For the back row.


@pytest.mark.parametrize("size", [PROJECTOR, LAPTOP], ids=["projector", "laptop"])
def test_every_figure_can_be_read_from_the_back_row(booth: Booth, size: dict[str, int]) -> None:
    page = booth(size)
    smallest = SMALLEST * size["height"] / PROJECTOR["height"] - 0.1
    for name, data in SCENES.items():
        shows(page, data)
        texts: list[dict[str, Any]] = page.evaluate(TEXTS)
        assert len(texts) > 10, name
        assert [one["text"] for one in texts if one["size"] < smallest] == [], f"{name}: too small"
        assert [one["text"] for one in texts if not one["inside"]] == [], f"{name}: falls out of the picture"
        assert [(one["text"], one["over"]) for one in texts if one["over"]] == [], f"{name}: one text over another"
        assert page.evaluate(CUT) == [], f"{name}: cut off"
        if size == PROJECTOR:
            picture(page, f"figuur-{name}")


def test_letters_in_a_drawing_are_as_large_as_beside_it(booth: Booth) -> None:
    page = booth(LAPTOP)
    for figure in (triangle(), scatter()):
        shows(page, screen(figure=figure))
        units = page.locator(".drawing").evaluate("node => [node.getScreenCTM().a, node.getScreenCTM().d]")
        assert units == pytest.approx([LAPTOP["height"] / PROJECTOR["height"]] * 2, rel=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_number_in_the_matrix_stands_out_from_its_cell(booth: Booth, scheme: str) -> None:
    page = booth(scheme=scheme)
    levels = [i / 40 for i in range(41)]
    row = [{"text": "3,5", "n": "5+", "level": level, "asked": True} for level in levels]
    figure = matrix() | {"rows": ["a"], "columns": ["b"] * 41, "cells": [row]}
    shows(page, screen(figure=figure))
    found = page.locator(".cell").evaluate_all(CONTRAST)
    assert len(found) == 41
    assert min(found) >= 4.5
    grounds = page.locator(".cell").evaluate_all("nodes => nodes.map((node) => getComputedStyle(node).backgroundColor)")
    assert len(set(grounds)) == 41, "each level has a tone of its own"


def test_nothing_is_told_by_colour_alone(booth: Booth) -> None:
    page = booth()
    shows(page, screen(figure=triangle()))
    shape = "nodes => nodes.map((node) => node.getAttribute('d'))"
    marks = page.locator(".centroids .key .face")
    assert len(set(marks.evaluate_all(shape))) == 8
    assert len(set(marks.evaluate_all("nodes => nodes.map((node) => getComputedStyle(node).fill)"))) == 8
    shows(page, screen(figure=moved()))
    expect(page.locator(".moved-row.hindernis .kind path").first).to_have_attribute("d", "M16 3 30 29H2Z")
    assert len(set(page.locator(".moved-row .kind path").evaluate_all(shape))) == 2
    shows(page, screen(mode="domains", bars=spread()))
    fill = "nodes => nodes.map((node) => getComputedStyle(node).background)"
    assert len(set(page.locator(".legend .part").evaluate_all(fill))) == 6


# What a figure says.


def test_a_triangle_shows_who_would_go_where(booth: Booth) -> None:
    page = booth()
    shows(page, screen(figure=triangle()))
    assert lines(page, ".centroids tr")[:3] == [
        " | n | wet & protocol | eigen kracht | efficiency",
        "iedereen | 60 | 50 → 20\u00a0% | 30 → 50\u00a0% | 20 → 30\u00a0%",
        "leidinggevende | 55 | 50 → 20\u00a0% | 28 → 50\u00a0% | 22 → 30\u00a0%",
    ]
    expect(page.get_by_role("img", name=f"{TITLE['title']}. van 43 mensen")).to_be_visible()
    expect(page.locator(".people path")).to_have_count(257)
    expect(page.locator(".people circle")).to_have_count(43)
    expect(page.locator(".legend")).to_contain_text("2 zeggen: past niet")
    shows(page, screen(figure=triangle(), cards=cards(card(SAYING))))
    assert lines(page, ".marks li")[0] == "iedereen60"
    assert len(lines(page, ".unseen tr")) == 9, "beside cards the numbers are still read out"


def test_the_other_figures_show_their_numbers(booth: Booth) -> None:
    page = booth()
    shows(page, screen(figure=matrix()))
    assert lines(page, ".cell")[:3] == ["<5", "2,0n 12", "3,0n 12"]
    assert lines(page, ".cell.unasked") == ["niet gevraagd"], "once for the whole row"
    assert lines(page, ".unseen tr")[1].startswith("leidinggevende | <5 | 2,0 (n 12) | 3,0 (n 12)")
    shows(page, screen(figure=scatter({"x": 3, "y": 3})))
    assert lines(page, ".number")[-1] == "26"
    areas = page.locator("circle").evaluate_all("nodes => nodes.map((node) => node.getAttribute('r') ** 2)")
    assert areas[-1] / areas[0] == pytest.approx(26 / 2)
    assert lines(page, ".unseen tr")[:2] == ["Hoe haalbaar is dit? | Hoe wenselijk is dit? | n", "1 | 1 | 2"]
    expect(page.locator(".mean")).to_have_count(2)
    shows(page, screen(figure=moved()))
    assert lines(page, ".moved-row strong")[:2] == ["0 → 22", "1 → 21"]
    assert lines(page, ".unseen tr")[1] == "Werkproces of systeem | 0 | 22"
    shows(page, screen(figure=moved(triangle(40))))
    assert lines(page, ".drawing text") == ["iedereen"], "beside the rows there is room for one"
    assert len(lines(page, ".side .unseen tr")) == 9
    shows(page, screen(figure=TABLES))
    assert lines(page, ".tables li")[0] == "Tafel 1, 3, 5De erfenis die later kwam"
    shows(page, screen(mode="domains", bars=spread(1)))
    assert [page.locator(".part span").nth(i).is_visible() for i in (0, 1, 5)] == [False, True, True]
    expect(page.get_by_role("img", name="past 10, schuurt 11, weet niet 12")).to_be_visible()
    shows(page, SCENES["vragen"])
    assert lines(page, ".questions > li")[0].startswith("Hoe wenselijk is dit voor de inwoner?1324")


def test_each_figure_passes_what_a_screen_reader_needs(booth: Booth) -> None:
    page = booth()
    for name in ("driehoek", "matrix", "spreiding", "verschuiving", "klok", "tafels", "verdeling"):
        shows(page, SCENES[name])
        assert not list(map(str, findings(page))), name


def test_by_a_script_the_time_is_what_one_looks_at(booth: Booth) -> None:
    page = booth()
    shows(page, screen(figure=SCRIPT | {"lines": SCRIPT["lines"][:3]}))
    size = "node => parseFloat(getComputedStyle(node).fontSize)"
    assert page.locator(".time").evaluate(size) >= 240
    assert page.locator(".script li").first.evaluate(size) >= 46
    expect(page.locator(".time")).to_have_text("3:40")


def test_a_twist_stands_large_instead_of_the_story(booth: Booth) -> None:
    page = booth()
    shows(page, SCENES["wending"])
    assert lines(page, "#case > *") == ["Wending", TWIST["title"], TWIST["paragraphs"][0]]
    assert page.locator(".paragraphs").evaluate("node => parseFloat(getComputedStyle(node).fontSize)") >= 52
    shows(page, screen(mode="case", case=CASE))
    assert lines(page, "#case > *") == ["Marleen (52)", CASE["paragraphs"][0]]


def test_a_figure_does_not_blink_and_moves_when_its_data_do(booth: Booth) -> None:
    page = booth()
    for name in ("driehoek-kaarten", "matrix", "spreiding", "verschuiving-driehoek", "klok", "tafels"):
        shows(page, SCENES[name])
        steady = page.locator("#figure, #figure *, .card")
        steady.evaluate_all(MARK)
        foot = {"left": [["48", "antwoorden"]], "right": []}
        shows(page, SCENES[name] | {"foot": foot})
        expect(page.locator("#foot")).to_have_text("48 antwoorden")
        assert all(steady.evaluate_all(MARKED)), name
    shows(page, SCENES["tafels"] | {"figure": TABLES | {"rows": TABLES["rows"][:1]}})
    expect(page.locator(".tables li")).to_have_count(1)
    shows(page, screen())
    expect(page.locator("#figure")).to_be_hidden()


# Cards.


def test_a_page_never_holds_two_seats_and_stays_when_an_earlier_one_grows(booth: Booth) -> None:
    page = booth(clock=True)
    seats = [card(f"{seat} {i}", group=seat) for i in range(5) for seat in ("Marleen", "accountant")]
    shows(page, screen(mode="cards", cards=cards(*seats)))
    seen = []
    for number in range(1, 5):
        expect(page.locator(".turn")).to_have_text(f"{number} / 4")
        heading = page.locator("h2.group").inner_text()
        assert all(said.startswith(heading) for said in lines(page, ".say"))
        seen.append((heading, page.locator(".card").count()))
        if number < 4:
            page.clock.fast_forward(TURN)
    assert seen == [("Marleen", 4), ("Marleen", 1), ("accountant", 4), ("accountant", 1)]
    more = [card(f"Marleen {i}", group="Marleen") for i in range(5, 9)]
    shows(page, screen(mode="cards", cards=cards(*seats, *more)))
    expect(page.locator(".turn")).to_have_text("5 / 5")
    assert lines(page, ".say") == ["accountant 4"]


def test_a_card_says_from_which_seat_and_who_sees_it_differently(booth: Booth) -> None:
    page = booth()
    table = card(SAYING, seat="vanuit: Marleen", case="De erfenis", dissent=WITHOUT)
    shows(page, screen(mode="cards", cards=cards(card("Een."), table, card("Twee."), card("Drie."))))
    assert lines(page, ".about")[1] == "vanuit: Marleen · werkproces of systeem · De erfenis"
    assert lines(page, ".dissent") == [WITHOUT]
    expect(page.locator(".card")).to_have_count(3)
    assert page.evaluate(CUT) == []


# The sound.


@pytest.mark.parametrize("name", ["screen", "clock"])
def test_the_end_of_the_time_is_heard_once(booth: Booth, name: str) -> None:
    page = booth(name=name, clock=True)
    around = screen() | {"idle": "", "away": "weg"}

    def sets(seconds: float, skew: float = 0, **more: Any) -> float:
        """The clock ends this many seconds from now; the server's is ahead by `skew`; gives the end."""
        now = page.evaluate("Date.now() / 1000")
        clock = around["clock"] | {"remaining": None, "sound": True, "ends_at": now + seconds} | more
        page.evaluate("data => show(data)", around | {"clock": clock, "now": now + skew})
        return float(clock["ends_at"])

    def heard() -> list[int]:
        page.clock.run_for(1000)
        return list(page.evaluate("chimes"))

    sets(-1)
    assert heard() == [], "not at load"
    sets(3, sound=False)
    page.clock.run_for(4000)
    assert heard() == [], "only when it is asked for"
    sets(3, remaining=3)
    page.clock.run_for(4000)
    assert heard() == [], "not while the time stands still"
    end = sets(3)
    assert heard() == []
    page.clock.run_for(3000)
    assert heard() == [2], "one chime of two tones"
    sets(0, skew=-4, ends_at=end)
    page.clock.run_for(4000)
    assert heard() == [2], "a clock that is set right rings no second time"
    sets(3)
    page.clock.run_for(1000)
    page.evaluate("window.deaf = true")
    page.clock.run_for(3000)
    assert heard() == [2], "a browser without sound goes on"
    page.evaluate("window.deaf = false")
    sets(3)
    page.clock.fast_forward(60_000)
    assert heard() == [2], "what ended while the machine slept is no news"


# The arithmetic.


def test_shares_lie_where_they_should_in_the_triangle(booth: Booth) -> None:
    page = booth()

    def spot(*shares: float) -> list[float]:
        return list(page.evaluate("shares => Object.values(component.spot(shares, 2))", shares))

    height = math.sqrt(3)
    corners = [spot(1, 0, 0), spot(0, 1, 0), spot(0, 0, 1)]
    assert corners == [pytest.approx(place) for place in ([1, 0], [0, height], [2, height])]
    assert spot(1 / 3, 1 / 3, 1 / 3) == pytest.approx([1, height * 2 / 3])
    assert spot(0.5, 0.5, 0) == pytest.approx([0.5, height / 2])
    ends = page.evaluate("[0, 1, 2].map((corner) => component.level(corner, 0.25, 2).map(Object.values))")
    assert sorted(ends[0]) == sorted([spot(0.25, 0.75, 0), spot(0.25, 0, 0.75)])
    assert sorted(ends[1]) == sorted([spot(0.75, 0.25, 0), spot(0, 0.25, 0.75)])
    assert sorted(ends[2]) == sorted([spot(0.75, 0, 0.25), spot(0, 0.75, 0.25)])


def test_arrows_and_names_find_their_place(booth: Booth) -> None:
    page = booth()
    way = "([to, short]) => component.arrow({ x: 0, y: 0 }, { x: to, y: 0 }, 10, short)"
    assert page.evaluate(way, [100, 10]).startswith("M10.0 0.0L90.0 0.0M81.3 ")
    assert page.evaluate(way, [0, 0]) == "", "where nobody goes anywhere, there is no arrow"
    assert page.evaluate(way, [15, 10]) == ""
    few, many = page.evaluate("[5, 300].map(component.strength)")
    assert few == 0.75
    assert 0.1 < many < 0.2
    box = {"x": 0, "y": 0, "width": 10, "height": 10}
    boxes = [box, box | {"x": -1}, box | {"x": 95}, box | {"x": 20}]
    free = "([boxes, taken]) => component.free(boxes, taken, { width: 100, height: 100 })"
    assert page.evaluate(free, [boxes, [box]]) == boxes[3], "the others are taken, or outside"
    assert page.evaluate(free, [[box], [box]]) is None
