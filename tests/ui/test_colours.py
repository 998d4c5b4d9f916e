"""Every pair of colours by calculation, light and dark: text 4.5 to 1, borders of what one operates 3 to 1."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from laveren.settings import ROOT
from laveren.ui.charts import DARK, LIGHT

TEXT, SHAPE = 4.5, 3.0
MODES = ["light", "dark"]
THEME: dict[str, Any] = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["theme"]
GROUNDS = ("backgroundColor", "secondaryBackgroundColor")
each_mode = pytest.mark.parametrize("mode", MODES)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_calculation_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def theme(mode: str, place: str = "main") -> dict[str, str]:
    """The tokens of a mode, in the page or in the sidebar."""
    found: dict[str, str] = THEME[mode] | (THEME[mode]["sidebar"] if place == "sidebar" else {})
    return found


Rule = tuple[str, dict[str, str]]


def rules(css: str) -> list[Rule]:
    """The rules outside media queries, as selector and declarations."""
    plain = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    plain = re.sub(r"@(media|supports|keyframes)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", plain)
    found = []
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", plain):
        pairs = [line.split(":", 1) for line in body.split(";") if ":" in line]
        found.append((selector.strip(), {name.strip(): value.strip() for name, value in pairs}))
    return found


def tokens(css: str, mode: str) -> dict[str, str]:
    """The custom properties of `:root` that are colours."""
    light, dark = re.findall(r":root\s*\{([^}]*)\}", css)
    found = dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})", light))
    return found | (dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})", dark)) if mode == "dark" else {})


def colour(value: str, mode: str, known: dict[str, str]) -> str | None:
    """The colour in a declaration, or None when it has none of its own."""
    both = re.search(r"light-dark\((#\w{6}), (#\w{6})\)", value)
    if both:
        return both[1 + MODES.index(mode)]
    named = re.search(r"var\(--([\w-]+)\)", value)
    if named:
        return known.get(named[1])
    fixed = re.search(r"#[0-9A-Fa-f]{6}\b", value)
    return fixed[0] if fixed else {"white": "#FFFFFF"}.get(value)


NO_WORDS = re.compile(r"\.fill|\.track|\.part|\.qr|\.progress|::before")  # a shape or a picture


def unreadable(found: list[Rule], mode: str, known: dict[str, str], ink: str, grounds: list[str]) -> list[str]:
    """What is written less than 4.5 to 1 from its ground: its own, or that without `:focus`, or any it may stand on."""
    texts: dict[str, str] = {}
    own: dict[str, str] = {}
    for selectors, rule in found:
        for part in map(str.strip, selectors.split(",")):
            for name, kept in (("color", texts), ("background", own)):
                if name in rule and (value := colour(rule[name], mode, known)):
                    kept[part] = value
    wrong = []
    for part in sorted({*texts, *own}):
        if NO_WORDS.search(part):
            continue
        base = re.sub(r":[a-z-]+$", "", part)
        text, ground = texts.get(part) or texts.get(base, ink), own.get(part) or own.get(base)
        pairs = [(text, one) for one in ([ground] if ground else grounds)]
        wrong += [f"{part}: {one} on {other}" for one, other in pairs if contrast(one, other) < TEXT]
    return wrong


# Streamlit's theme.


@each_mode
@pytest.mark.parametrize("place", ["main", "sidebar"])
@pytest.mark.parametrize("token", ["textColor", "grayTextColor", "linkColor"])
def test_text_can_be_read_in_the_page_and_beside_it(mode: str, place: str, token: str) -> None:
    colours = theme(mode, place)
    for ground in GROUNDS:
        assert contrast(colours[token], colours[ground]) >= TEXT, ground


@each_mode
@pytest.mark.parametrize("name", ["red", "green"])
def test_hindrance_and_room_can_be_read_on_paper_and_on_their_tint(mode: str, name: str) -> None:
    colours = theme(mode)
    tint = colours[f"{name}BackgroundColor"]
    for ground in (*(colours[ground] for ground in GROUNDS), tint):
        assert contrast(colours[f"{name}TextColor"], ground) >= TEXT
        assert contrast(colours[f"{name}Color"], ground) >= SHAPE
    assert contrast(colours["textColor"], tint) >= TEXT
    assert contrast(colours["grayTextColor"], tint) >= TEXT


@each_mode
def test_the_one_filled_button_can_be_read_and_seen(mode: str) -> None:
    colours = theme(mode)
    assert contrast("#FFFFFF", colours["primaryColor"]) >= TEXT, "Streamlit writes white on it"
    for ground in GROUNDS:
        assert contrast(colours["primaryColor"], colours[ground]) >= SHAPE


@each_mode
def test_the_border_of_an_input_can_be_seen(mode: str) -> None:
    colours = theme(mode)
    assert THEME["showWidgetBorder"]
    for ground in GROUNDS:
        assert contrast(colours["borderColor"], colours[ground]) >= SHAPE


@each_mode
def test_the_charts_stand_on_the_paper_they_are_made_for(mode: str) -> None:
    colours, palette = theme(mode), {"light": LIGHT, "dark": DARK}[mode]
    assert (palette.ink, palette.soft, palette.paper) == (
        colours["textColor"], colours["grayTextColor"], colours["backgroundColor"],
    )  # fmt: skip
    assert (palette.foam, palette.stuck) == (colours["secondaryBackgroundColor"], colours["redColor"])


# What we add to it.


STYLE = (ROOT / "laveren/ui/style.css").read_text("utf-8")


@each_mode
def test_what_our_own_style_writes_can_be_read(mode: str) -> None:
    colours = theme(mode)
    grounds = [colours[ground] for ground in GROUNDS]
    assert unreadable(rules(STYLE), mode, {}, colours["textColor"], grounds) == []


@each_mode
def test_what_our_own_style_draws_can_be_seen(mode: str) -> None:
    colours = theme(mode)
    drawn = [
        (selector, found)
        for selector, rule in rules(STYLE)
        for name, value in rule.items()
        if name in ("border-left-color", "border-color", "outline") and (found := colour(value, mode, {}))
        if not selector.endswith('"st-key-way_"]')  # the hairline of containers, which nobody operates
    ]
    assert len(drawn) >= 3
    for selector, found in drawn:
        for ground in GROUNDS:
            assert contrast(found, colours[ground]) >= SHAPE, selector


def test_no_text_is_made_faint() -> None:
    sheets = [
        f"laveren/ui/{name}.css" for name in ("style", "components/screen", "components/clock", "components/figures")
    ]
    found = [(sheet, *rule) for sheet in sheets for rule in rules((ROOT / sheet).read_text("utf-8"))]
    assert not [(sheet, selector) for sheet, selector, rule in found if rule.get("opacity", "1") != "1"]


# The projector.


SCREEN = (ROOT / "laveren/ui/components/screen.css").read_text("utf-8")


def projector_colours(mode: str) -> dict[str, str]:
    """The tokens of the screen as a browser resolves them."""
    colours = theme(mode)
    known = {
        f"st-{name}-color": colours[token]
        for name, token in {
            "text": "textColor", "background": "backgroundColor", "secondary-background": "secondaryBackgroundColor",
            "link": "linkColor", "gray-text": "grayTextColor", "border": "borderColor", "red": "redColor",
            "green": "greenColor", "red-background": "redBackgroundColor", "green-background": "greenBackgroundColor",
        }.items()
    }  # fmt: skip
    for name, value in re.findall(r"--([\w-]+):\s*(var\([^;]*\));", SCREEN):
        known[name] = known[value[len("var(--") : -1]]
    return known | {"card": card_colour(mode, known)}


def card_colour(mode: str, known: dict[str, str]) -> str:
    mix = r"color-mix\(in srgb, var\(--st-background-color\) (\d+)%, white\)"
    wanted = re.search(rf"--card: light-dark\({mix}, var\(--([\w-]+)\)\);", SCREEN)
    assert wanted, "a card has a colour of its own in the light and in the dark"
    if mode == "dark":
        return known[wanted[2]]
    part, paper = int(wanted[1]) / 100, known["st-background-color"]
    return "#" + "".join(f"{round(int(paper[at : at + 2], 16) * part + 255 * (1 - part)):02X}" for at in (1, 3, 5))


@each_mode
def test_the_back_row_can_read_every_word_on_the_projector(mode: str) -> None:
    known = projector_colours(mode)
    grounds = [known[name] for name in ("st-background-color", "foam", "card", "stuck-tint", "room-tint")]
    found = [(selector, rule) for selector, rule in rules(SCREEN) if "address" not in selector]
    assert unreadable(found, mode, known, known["st-text-color"], grounds) == []
    assert contrast(known["st-link-color"], known["st-background-color"]) >= TEXT, "the address in the lobby"


@each_mode
def test_bars_and_the_edges_of_cards_can_be_seen_on_the_projector(mode: str) -> None:
    known = projector_colours(mode)
    for name in ("stuck", "room", "soft"):
        for ground in ("st-background-color", "card"):
            assert contrast(known[name], known[ground]) >= SHAPE


# The light door.


DOOR = (ROOT / "laveren/api/door/door.css").read_text("utf-8")
ACCESS = (ROOT / "laveren/api/door/plain.css").read_text("utf-8")


@each_mode
def test_every_word_of_the_light_door_can_be_read_wherever_it_stands(mode: str) -> None:
    known = tokens(DOOR, mode)
    grounds = [known[name] for name in ("paper", "foam", "card")]
    assert unreadable(rules(DOOR), mode, known, known["ink"], grounds) == []


@each_mode
def test_the_borders_of_its_inputs_chips_and_buttons_can_be_seen(mode: str) -> None:
    known = tokens(DOOR, mode)
    operated = ("textarea", ".chip", ".go", ".small", ".over textarea", ":focus-visible")
    drawn = [
        (selector, found)
        for selector, rule in rules(DOOR)
        for name, value in rule.items()
        if selector.split(",")[0].split("[")[0] in operated
        and name in ("border", "border-color", "outline")
        and (found := colour(value, mode, known))
    ]
    assert {selector.split(",")[0] for selector, _ in drawn} >= {"textarea", ".chip", ".go", ":focus-visible"}
    for selector, found in drawn:
        for ground in ("paper", "foam", "card"):
            assert contrast(found, known[ground]) >= SHAPE, selector


@each_mode
def test_its_triangle_and_its_circle_can_be_seen(mode: str) -> None:
    known = tokens(DOOR, mode)
    for shape in ("stuck", "room", "edge", "sail"):
        for ground in ("paper", "foam", "card"):
            assert contrast(known[shape], known[ground]) >= SHAPE, shape


@each_mode
def test_the_page_for_a_key_can_be_read_and_its_field_seen(mode: str) -> None:
    known = tokens(ACCESS, mode)
    assert unreadable(rules(ACCESS), mode, known, known["ink"], [known["paper"]]) == []
    for name in ("edge", "deep"):
        assert contrast(known[name], known["paper"]) >= SHAPE


@each_mode
def test_the_light_door_and_the_pages_have_the_same_colours(mode: str) -> None:
    door, colours = tokens(DOOR, mode), theme(mode)
    same = {
        "ink": "textColor", "soft": "grayTextColor", "paper": "backgroundColor", "foam": "secondaryBackgroundColor",
        "stuck": "redColor", "stuck-tint": "redBackgroundColor", "room": "greenColor",
        "room-tint": "greenBackgroundColor", "deep": "linkColor",
    }  # fmt: skip
    assert {name: door[name] for name in same} == {name: colours[token] for name, token in same.items()}
