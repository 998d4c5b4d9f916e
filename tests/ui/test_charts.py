"""All charts of Thema's: nothing hidden in their data, names whole, clicks that come back, colours one can read."""

from __future__ import annotations

import json
from typing import Any

import altair as alt
import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from laveren.ui import charts
from laveren.ui.charts import DARK, LIGHT, Labels, Palette, draw, heat, recurrence
from laveren.ui.charts.ground import lines
from tests.ui.drawn import KEYS, LONG, SAID, example, labels, layers, rows, written
from tests.ui.test_colours import contrast

each = pytest.mark.parametrize("name", KEYS)
LENGTHS = {"bar", "rule", "line", "area", "point", "rect"}


@each
def test_it_is_the_vega_lite_that_altair_knows(name: str) -> None:
    alt.LayerChart.from_dict(example(name))
    assert json.dumps(example(name), allow_nan=False)


@each
def test_a_click_gives_the_columns_that_say_what_it_was(name: str) -> None:
    (click,) = [param for _, layer in layers(example(name)) for param in layer.get("params", [])]
    assert (click["name"], click["select"]["clear"]) == ("picked", "dblclick")
    assert click["select"]["fields"] == KEYS[name]
    assert all(set(KEYS[name]) <= set(row) for row in rows(example(name)))


@each
def test_what_is_hidden_is_grey_words(name: str) -> None:
    few = [(word, colour) for word, colour in written(example(name)) if "<5" in word]
    assert few
    assert {colour for _, colour in few} == {LIGHT.soft}


@each
def test_what_is_hidden_has_no_length_and_no_colour(name: str) -> None:
    for drawn, layer in layers(example(name)):
        mark = layer["mark"]
        if mark["type"] in LENGTHS and mark.get("fillOpacity") != 0 and mark.get("fill", "") is not None:
            numbers = [layer["encoding"].get(place, {}).get("field", "shown") for place in ("x", "x2", "y", "y2")]
            assert not [row for row in drawn for number in numbers if row.get(number, "") is None], mark
            assert not [row for row in drawn if row.get("shown") is False], mark


@each
def test_the_data_the_browser_gets_hold_no_hidden_number(name: str) -> None:
    told = [row for part in example(name)["layer"] for row in part["data"]["values"] if "tip_participants" in row]
    hidden = [row for row in told if row["tip_participants"] == "<5"]
    assert hidden or name == "rooms_apart", "a room that hides its share has no dot"
    for row in hidden:
        numbers = {key for key, value in row.items() if type(value) in (int, float)}
        assert numbers <= {"x", "from", "to", "top", "base", "end"}, "only where the quarter stands"


@each
def test_names_are_whole_and_the_order_is_that_of_the_frame(name: str) -> None:
    first, second = (row.get("side", row["label"]) for row in rows(example(name)))
    assert first.replace("\n", " ") == LONG
    axes = [place for _, layer in layers(example(name)) for place in layer["encoding"].values() if "sort" in place]
    assert all(place["axis"]["labelLimit"] == 0 for place in axes)
    assert name == "quarters" or [first, second] in [place["sort"] for place in axes]


@each
def test_it_says_itself_in_words_row_by_row_too(name: str) -> None:
    chart = example(name)
    assert chart["description"] == SAID
    assert chart["config"]["font"].startswith("Source Sans"), "the letters of the screens"
    told = [layer for _, layer in layers(chart) if layer["mark"].get("aria")]
    assert all(layer["encoding"]["description"]["field"] == "aloud" for layer in told)
    assert all(LONG in row["aloud"] for row in rows(chart)[:1])
    titles = [tip["title"] for layer in told for tip in layer["encoding"]["tooltip"] if isinstance(tip, dict)]
    assert "Deelnemers" in titles


@each
@pytest.mark.parametrize("dark", [False, True])
def test_light_and_dark_use_their_own_colours_only(name: str, dark: bool) -> None:
    chart = json.dumps(example(name, dark))
    mine, others = (DARK, LIGHT) if dark else (LIGHT, DARK)
    assert mine.ink in chart
    assert not [colour for colour in colours(others) - colours(mine) if colour in chart]


@each
def test_a_frame_without_rows_draws_nothing_and_is_no_error(name: str) -> None:
    columns = set(rows(example(name))[0]) | {"workshop", "quarter", "share", "direction"}
    empty = pd.DataFrame({column: [] for column in columns}, dtype="object")
    if name == "heat":
        chart = heat(empty, labels("tijd"), "theme", "domain", "participants")
    elif name == "without_room":
        chart = charts.without_room(empty, labels("tijd"), by="case")
    else:
        chart = getattr(charts, name)(empty, labels("tijd"))
    assert rows(chart) == []
    alt.LayerChart.from_dict(chart)


def colours(palette: Palette) -> set[str]:
    return {colour for value in vars(palette).values() for colour in ([value] if isinstance(value, str) else value)}


def test_two_rows_of_the_same_name_stay_two_rows() -> None:
    one, other = lines(["De bus", "De bus"])
    assert one != other
    assert other.rstrip("\u200b") == one


def test_a_number_is_written_as_the_language_writes_it() -> None:
    given = pd.DataFrame({"theme": ["tijd"], "share": [0.654], "low": [0.5], "high": [0.8], "expected": [2.34]})
    for percent, comma in (("\u00a0%", ","), ("%", ".")):
        wanted = Labels({}, {}, "deel", "…", {"share": "Deel", "expected": "Door toeval"}, percent, comma)
        chart = recurrence(given, wanted)
        (row,) = rows(chart)
        assert (row["tip_share"], row["tip_expected"]) == (f"65{percent}", f"2{comma}3")
        assert f"'{percent}'" in json.dumps(chart, ensure_ascii=False)


# Drawing it.


def test_a_chart_is_sent_with_its_data_in_it_and_nothing_is_picked_yet() -> None:
    def page() -> None:
        import streamlit as st

        from laveren.ui.charts import draw
        from tests.ui.drawn import KEYS, example

        for name in KEYS:
            st.text(f"{name} {draw(example(name), f'chart_{name}')}")

    window = AppTest.from_function(page).run()
    assert not window.exception
    assert [one.value for one in window.text] == [f"{name} {{}}" for name in KEYS]
    for chart, name in zip(window.get("vega_lite_chart"), KEYS, strict=True):
        assert json.loads(chart.proto.spec) == example(name)


@pytest.mark.parametrize(
    ("clicked", "picked"),
    [
        ([], {}),
        ([{"theme": "tijd", "domain": "werk"}], {"theme": "tijd", "domain": "werk"}),
        ([{"theme": "wonen", "domain": "werk"}], {}),
    ],
    ids=["nothing", "a cell", "a cell that a filter took away since"],
)
def test_what_was_clicked_comes_back_while_it_is_there(
    clicked: list[dict[str, str]], picked: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def drawn(*_: Any, **__: Any) -> dict[str, Any]:
        return {"selection": {"picked": clicked} if clicked else {}}

    monkeypatch.setattr(st, "vega_lite_chart", drawn)
    assert draw(example("heat"), "chart") == picked


def test_what_needs_most_of_a_page_is_told_from_what_half_a_page_can_hold() -> None:
    one, other = (example(name)["usermeta"] for name in ("recurrence", "quarters"))
    assert (one, other) == ({"wide": False}, {"wide": True})


# Colours.


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_words_and_marks_can_be_read_on_the_paper(palette: Palette) -> None:
    for background in (palette.paper, palette.foam):
        assert contrast(palette.ink, background) >= 4.5
        assert contrast(palette.soft, background) >= 4.5
        for mark in (palette.stuck, palette.room, palette.edge):
            assert contrast(mark, background) >= 3
    assert contrast(palette.stuck, palette.stuck_tint) >= 2.5, "the filled part stands out from the whole"
    assert contrast(palette.ink, palette.edge) >= 3, "the point stands out from its interval"
