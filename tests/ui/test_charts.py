"""The charts of Thema's: nothing hidden in their data, names whole, clicks that come back, colours one can read."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import altair as alt
import pandas as pd
import pytest

from laveren.ui.charts import DARK, LIGHT, ROW, Labels, Palette, by_source, recurrence, without_room
from tests.ui.test_colours import contrast

LONG = "Administratie en digitaal, maar dan heel uitgebreid opgeschreven"


def labels(*ids: str) -> Labels:
    return Labels(
        names={ident: LONG if ident == ids[0] else ident.title() for ident in ids},
        values={ids[0]: "6 van 12"},
        axis="deel van 12",
        description="Zes van twaalf.",
        columns={"participants": "Deelnemers"},
    )


def themes(dark: bool) -> alt.LayerChart:
    frame = pd.DataFrame(
        {
            "theme": ["tijd", "geld"],
            "workshops": [6, None],
            "share": [0.5, None],
            "low": [0.25, None],
            "high": [0.75, None],
            "participants": [21, None],
        }
    ).convert_dtypes()
    return recurrence(frame, labels("tijd", "geld"), dark)


def sources(dark: bool) -> alt.LayerChart:
    frame = pd.DataFrame({"source": ["wet", "keten"], "participants": [21, None]}).convert_dtypes()
    return by_source(frame, labels("wet", "keten"), dark)


def bare(dark: bool) -> alt.LayerChart:
    frame = pd.DataFrame(
        {"case": ["bus", "yara"], "hindrances": [40, None], "without": [21, None], "participants": [21, None]}
    ).convert_dtypes()
    return without_room(frame, labels("bus", "yara"), dark, by="case")


CHARTS = [(themes, "theme"), (sources, "source"), (bare, "case")]
each = pytest.mark.parametrize(("draw", "key"), CHARTS, ids=["recurrence", "by_source", "without_room"])
Draw = Callable[[bool], alt.LayerChart]


def rows(spec: dict[str, Any]) -> list[dict[str, Any]]:
    (only,) = spec["datasets"].values()
    return list(only)


@each
def test_a_click_on_a_row_comes_back_under_its_own_name(draw: Draw, key: str) -> None:
    (pick,) = draw(False).to_dict()["params"]
    assert (pick["name"], pick["select"]["fields"]) == (key, [key])


@each
def test_a_hidden_row_is_grey_words_and_no_mark_with_a_length(draw: Draw, key: str) -> None:
    spec = draw(False).to_dict()
    assert key in rows(spec)[0]
    drawn = [layer for layer in spec["layer"] if layer["mark"]["type"] != "rect"]
    words = [layer for layer in drawn if layer["transform"] == [{"filter": "!datum.shown"}]]
    assert [layer["mark"]["type"] for layer in words] == ["text"]
    assert words[0]["mark"]["color"] == LIGHT.soft
    assert all(layer["transform"] == [{"filter": "datum.shown"}] for layer in drawn if layer not in words)
    assert [row["few"] for row in rows(spec) if not row["shown"]] == ["<5"]


@each
def test_the_data_the_browser_gets_hold_no_hidden_number(draw: Draw, key: str) -> None:
    (hidden,) = [row for row in rows(draw(False).to_dict()) if not row["shown"]]
    assert hidden["tip_participants"] == "<5"
    assert not [value for value in hidden.values() if isinstance(value, int | float) and value is not False]
    assert key in hidden


@each
def test_names_are_whole_and_the_order_is_that_of_the_frame(draw: Draw, key: str) -> None:
    spec = draw(False).to_dict()
    assert rows(spec)[0]["label"] == LONG
    y = spec["layer"][0]["encoding"]["y"]
    assert y["axis"]["labelLimit"] == 0
    assert y["sort"] == [row["label"] for row in rows(spec)]
    assert key in rows(spec)[0]


@each
def test_each_says_itself_in_words_and_uses_the_font_of_the_screens(draw: Draw, key: str) -> None:
    spec = draw(False).to_dict()
    assert spec["description"] == "Zes van twaalf."
    assert spec["config"]["font"].startswith("Source Sans")
    assert spec["layer"][0]["encoding"]["tooltip"][1]["title"] == "Deelnemers"
    assert key in rows(spec)[0]


@each
@pytest.mark.parametrize("dark", [False, True])
def test_light_and_dark_use_their_own_colours_only(draw: Draw, key: str, dark: bool) -> None:
    spec = json.dumps(draw(dark).to_dict())
    mine, others = (DARK, LIGHT) if dark else (LIGHT, DARK)
    assert mine.ink in spec
    assert not [colour for colour in vars(others).values() if colour in spec]
    assert key in spec


@pytest.mark.parametrize("draw", [sources, bare])
def test_a_hindrance_is_a_warm_triangle_not_a_colour_alone(draw: Draw) -> None:
    marks = [layer["mark"] for layer in draw(False).to_dict()["layer"]]
    (triangle,) = [mark for mark in marks if mark["type"] == "point"]
    assert (triangle["shape"], triangle["color"]) == ("triangle-up", LIGHT.stuck)


def test_the_chart_grows_with_its_rows_and_a_frame_without_rows_draws_nothing() -> None:
    empty = pd.DataFrame({"source": [], "participants": []}, dtype="object")
    spec = by_source(empty, labels("wet")).to_dict()
    assert rows(spec) == []
    assert sources(False).to_dict()["height"] - spec["height"] == ROW


def test_a_percentage_is_written_as_the_language_writes_it() -> None:
    frame = pd.DataFrame({"theme": ["tijd"], "workshops": [6], "share": [0.654], "low": [0.5], "high": [0.8]})
    for percent in ("\u00a0%", "%"):
        wanted = Labels({}, {}, "deel", "…", {"share": "Deel"}, percent)
        spec = recurrence(frame, wanted).to_dict()
        assert rows(spec)[0]["tip_share"] == f"65{percent}"
        assert f"'{percent}'" in json.dumps(spec, ensure_ascii=False)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_words_and_marks_can_be_read_on_the_paper(palette: Palette) -> None:
    for background in (palette.paper, palette.foam):
        assert contrast(palette.ink, background) >= 4.5
        assert contrast(palette.soft, background) >= 4.5
        assert contrast(palette.stuck, background) >= 3
    assert contrast(palette.stuck, palette.stuck_tint) >= 2.5, "the filled part stands out from the whole"
