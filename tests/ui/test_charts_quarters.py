"""Themes over time: gaps stay gaps, every quarter says over how many meetings, the word of a trend has its arrow."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from laveren.ui.charts import LIGHT, Labels, Spec, quarters
from tests.ui.drawn import LONG, frame, layers, rows, written

WORDS = {"rises": "stijgt", "falls": "daalt", "none": "geen duidelijke trend", "of": "n"} | {
    str(n): f"K{n}" for n in range(1, 5)
}
SAID = Labels({"tijd": LONG}, WORDS, "deel van de bijeenkomsten", "…", {"share": "Deel", "direction": "Richting"})
TEN = [f"{year}-{number}" for year in (2022, 2023, 2024) for number in range(1, 5)][:10]


def over(
    shares: dict[str, float | None], theme: str = "tijd", direction: str | None = "rises"
) -> list[tuple[Any, ...]]:
    return [
        (theme, quarter, share, share and share - 0.1, share and share + 0.1, 9, direction)
        for quarter, share in shares.items()
    ]


def drawn(*given: tuple[Any, ...]) -> Spec:
    return quarters(frame("theme quarter share low high of direction", *given), SAID)


def points(chart: Spec) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = chart["layer"][3]["data"]["values"]
    return found


def words(chart: Spec) -> list[str]:
    return [word for word, _ in written(chart)]


def test_a_quarter_without_a_share_leaves_a_gap_that_no_line_joins() -> None:
    chart = drawn(*over({"2025-1": 0.5, "2025-2": 0.6, "2025-3": None, "2025-4": 0.4}))
    runs = [point["run"] for point in points(chart) if point["share"] is not None]
    assert runs[0] == runs[1] != runs[2]
    for rows_, layer in layers(chart):
        if layer["mark"]["type"] in ("line", "area"):
            assert layer["encoding"]["detail"]["field"] == "run"
            assert [row["quarter"] for row in rows_] == ["2025-1", "2025-2", "2025-4"]


def test_a_quarter_in_which_nobody_met_takes_its_place_in_time() -> None:
    chart = drawn(*over({"2024-4": 0.5, "2025-2": 0.6, "2025-3": 0.4}))
    one, other, last = (point["x"] for point in points(chart))
    assert other - one == pytest.approx(2 * (last - other), abs=0.001)
    assert len({point["run"] for point in points(chart)}) == 2
    assert [word for word in words(chart) if word.startswith("K")] == ["K4", "K1", "K2", "K3"]


def test_a_quarter_on_its_own_shows_how_sure_it_is_too() -> None:
    chart = drawn(*over({"2025-1": 0.5, "2025-2": 0.6, "2025-4": 0.4}))
    (lone,) = [rows_ for rows_, layer in layers(chart) if layer["mark"]["type"] == "rule" and "y1" in str(layer)]
    assert [row["quarter"] for row in lone] == ["2025-4"]


def test_every_quarter_says_over_how_many_meetings_it_is_and_what_is_hidden_says_so() -> None:
    chart = drawn(
        *over({"2025-1": 0.5}),
        ("tijd", "2025-2", None, None, None, 7, "rises"),
        ("tijd", "2025-3", None, None, None, None, "rises"),
    )
    assert [point["n"] for point in points(chart)] == ["9", "7", "<5"]
    assert words(chart).count("<5") == 3, "two without a share, one without a number"
    assert "n" in words(chart)


@pytest.mark.parametrize(
    ("direction", "word", "angle"),
    [("rises", "stijgt", 45), ("falls", "daalt", 135), ("none", "geen duidelijke trend", 90)],
)
def test_where_a_theme_goes_is_a_word_and_an_arrow(direction: str, word: str, angle: int) -> None:
    chart = drawn(*over({"2025-1": 0.5, "2025-2": 0.6}, direction=direction))
    (arrows,) = [rows_ for rows_, layer in layers(chart) if layer["mark"].get("shape") == "arrow"]
    assert [row["angle"] for row in arrows] == [angle]
    assert word in words(chart)
    assert rows(chart)[0]["aloud"] == f"{LONG}: {word}"


def test_where_nothing_can_be_said_nothing_is_said() -> None:
    chart = drawn(*over({"2025-1": 0.5, "2025-2": 0.6}, direction=None))
    assert [rows_ for rows_, layer in layers(chart) if layer["mark"].get("shape") == "arrow"] == [[]]
    assert not set(words(chart)) & {"stijgt", "daalt", "geen duidelijke trend"}
    assert points(chart)[0]["tip_direction"] == "–", "not <5: nothing is hidden"


@pytest.mark.parametrize(
    ("every", "years"),
    [
        (["2024-3", "2024-4", "2025-1", "2025-2"], {"2024": "K3", "2025": "K1"}),
        (["2024-4", "2025-1", "2025-2"], {"2025": "K1"}),
        (["2024-4"], {"2024": "K4"}),
    ],
    ids=["under its first quarter", "no two on each other", "a quarter alone"],
)
def test_the_year_stands_under_its_first_quarter_where_there_is_room(every: list[str], years: dict[str, str]) -> None:
    ticks = drawn(*over(dict.fromkeys(every, 0.5)))["layer"][2]["data"]["values"]
    assert {tick["year"]: tick["quarter"] for tick in ticks if tick["year"]} == years


@pytest.mark.parametrize(("themes", "across"), [(1, 1), (2, 2), (4, 4), (5, 3), (6, 3), (9, 3), (12, 4)])
def test_rows_are_as_full_as_they_can_be(themes: int, across: int) -> None:
    chart = drawn(*(point for n in range(themes) for point in over(dict.fromkeys(TEN[:8], 0.5), f"t{n}")))
    assert 1 + max(int(head["left"]) for head in rows(chart)) == across


def test_no_two_themes_lie_on_each_other_and_every_point_is_in_its_own() -> None:
    chart = drawn(*(point for n in range(12) for point in over(dict.fromkeys(TEN, 0.9), f"t{n}")))
    heads = rows(chart)
    for one, other in combinations(heads, 2):
        apart = one["right"] <= other["left"] or other["right"] <= one["left"]
        assert apart or one["down"] <= other["up"] or other["down"] <= one["up"]
    places = {head["theme"]: head for head in heads}
    for point in points(chart):
        own = places[point["theme"]]
        assert own["left"] < point["x"] < own["right"]
        assert own["up"] < point["y2"] < point["y"] < point["y1"] < own["down"]


def test_the_band_is_grey_and_the_line_is_ink() -> None:
    marks = {layer["mark"]["type"]: layer["mark"].get("color") for _, layer in layers(drawn(*over({"2025-1": 0.5})))}
    assert (marks["area"], marks["line"]) == (LIGHT.edge, LIGHT.ink)
