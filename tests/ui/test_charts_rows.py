"""The charts with a row per theme, source or answer: what stands where, and which shape means what."""

from __future__ import annotations

from typing import Any

import pytest

from laveren.ui.charts import LIGHT, Labels, Spec, before_after, by_source, levels, rooms_apart, side_by_side
from laveren.ui.charts.ground import ROW
from tests.ui.drawn import LONG, example, frame, layers, rows, written

PLAIN = Labels({}, {}, "aantal mensen", "…", {"share": "Deel"})
SIDES = Labels({}, {"hindrance": "hindernis", "room": "ruimte"}, "aantal mensen", "…")
ENDS = Labels({}, {"before": "vooraf", "after": "achteraf"}, "aantal mensen", "…")


def points(chart: Spec) -> list[tuple[list[dict[str, Any]], dict[str, Any]]]:
    return [(drawn, layer["mark"]) for drawn, layer in layers(chart) if layer["mark"]["type"] == "point"]


@pytest.mark.parametrize("name", ["by_source", "without_room", "side_by_side"])
def test_a_hindrance_is_a_warm_triangle_not_a_colour_alone(name: str) -> None:
    triangle = points(example(name))[0][1]
    assert (triangle["shape"], triangle["color"]) == ("triangle-up", LIGHT.stuck)


def test_room_is_a_green_circle_and_words_say_which_side_is_which() -> None:
    chart = example("side_by_side")
    shapes = [(mark["shape"], mark["color"]) for _, mark in points(chart)]
    assert set(shapes) == {("triangle-up", LIGHT.stuck), ("circle", LIGHT.room)}
    assert {"hindernis", "ruimte"} <= {word for word, _ in written(chart)}


def test_what_means_neither_is_neither_triangle_nor_circle() -> None:
    for name in ("recurrence", "before_after", "rooms_apart"):
        assert {mark["shape"] for _, mark in points(example(name))} == {"diamond"}


def test_both_sides_have_one_scale() -> None:
    chart = side_by_side(frame("theme hindrance room", ("tijd", 120, 30), ("geld", 5, 70)), SIDES)
    scales = [layer["encoding"].get("x", {}).get("scale") for _, layer in layers(chart)]
    assert {tuple(scale["domain"]) for scale in scales if scale} == {(-120, 120)}
    assert [row["left"] for row in rows(chart)] == [-120, -5]


def test_a_side_that_is_hidden_says_so_on_its_own_side() -> None:
    chart = side_by_side(frame("theme hindrance room", ("tijd", 34, None), ("geld", None, 21)), SIDES)
    few = [
        (drawn, layer["mark"]["align"])
        for drawn, layer in layers(chart)
        if layer["encoding"].get("text") == {"value": "<5"}
    ]
    assert [([row["theme"] for row in drawn], align) for drawn, align in few] == [
        (["geld"], "right"),
        (["tijd"], "left"),
    ]
    assert [row["aloud"] for row in rows(chart)] == ["tijd: hindernis 34, ruimte <5", "geld: hindernis <5, ruimte 21"]


def test_before_is_hollow_and_after_is_filled_and_both_have_their_number() -> None:
    chart = before_after(frame("key before after", ("wet", 34, 21)), ENDS)
    (_, hollow), (_, full) = points(chart)[:2]
    assert (hollow["fill"], hollow["stroke"], full["fill"]) == (LIGHT.paper, LIGHT.ink, LIGHT.ink)
    assert hollow["size"] > full["size"], "where nothing changed both are seen"
    assert [word for word, _ in written(chart)] == ["21", "34", "vooraf", "achteraf"]


def test_of_a_row_that_hides_one_end_the_other_is_shown_and_words_say_which_is_hidden() -> None:
    chart = before_after(frame("key before after", ("wet", None, 21), ("keten", 34, None)), ENDS)
    assert [word for word, _ in written(chart)][:4] == ["21", "34", "<5 vooraf", "<5 achteraf"]
    assert [[row["key"] for row in drawn] for drawn, _ in points(chart)[:2]] == [["keten"], ["wet"]]


def test_a_chart_grows_with_its_rows_and_with_the_lines_of_a_name() -> None:
    def height(*names: str) -> int:
        found: int = by_source(frame("source participants", *((name, 9) for name in names)), PLAIN)["height"]
        return found

    assert height("wet", "keten", "beleid") - height("wet", "keten") == ROW
    assert height(LONG + " " + LONG) > height("wet")


def test_answers_stand_in_the_order_of_the_frame_not_of_their_size() -> None:
    chart = levels(frame("look participants", ("nee", 5), ("ja", 30), ("beetje", 12)), PLAIN, by="look")
    assert [row["look"] for row in rows(chart)] == ["nee", "ja", "beetje"]


# Rooms.


def apart(*shares: float | None) -> Spec:
    given = [("tijd", f"w{n}", share) for n, share in enumerate(shares)]
    return rooms_apart(frame("theme workshop share", *given), PLAIN)


def dots(chart: Spec) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = chart["layer"][1]["data"]["values"]
    return found


def test_the_line_goes_from_the_lowest_room_to_the_highest() -> None:
    (row,) = rows(apart(0.4, 0.1, None, 0.7))
    assert (row["least"], row["most"]) == (0.1, 0.7)


@pytest.mark.parametrize("shares", [[0.5] * 5, [0.5, 0.51, 0.52], [0.1, 0.4, 0.405, 0.9]])
def test_dots_that_would_lie_on_each_other_stand_apart(shares: list[float]) -> None:
    found = [(dot["share"], dot["aside"]) for dot in dots(apart(*shares))]
    assert len(found) == len(shares)
    for n, (share, aside) in enumerate(found):
        for other, beside in found[:n]:
            assert abs(share - other) >= 0.03 or abs(aside - beside) >= 14


def test_where_too_many_lie_near_they_are_one_large_dot_with_their_number() -> None:
    chart = apart(*[0.5] * 40, 0.9)
    many, alone = dots(chart)
    assert (many["count"], alone["count"], many["aside"]) == (40, 1, 0)
    assert many["size"] > alone["size"]
    assert many["tip_workshop"] == "w0, w1, w2 …"
    assert "40" in {word for word, _ in written(chart)}
    assert chart["height"] <= apart(*[0.5] * 5)["height"], "however many there are"


def test_rooms_that_hide_their_share_are_counted_in_words() -> None:
    assert ("2 × <5", LIGHT.soft) in written(apart(0.4, None, None))
    assert [dot["tip_workshop"] for dot in dots(apart(0.4, None))] == ["w0"]
    assert ("2 × <5", LIGHT.soft) in written(apart(None, None)), "also where nothing else is shown"


def test_a_dot_tells_which_room_it_is_by_name() -> None:
    called = Labels({7: "Gouda"}, {}, "deel", "…", {"workshop": "Bijeenkomst", "share": "Deel", "said": "Mensen"})
    (dot,) = dots(rooms_apart(frame("theme workshop share said", ("tijd", 7, 0.5, 7)), called))
    assert (dot["tip_workshop"], dot["tip_share"], dot["tip_said"]) == ("Gouda", "50\u00a0%", "7")
    assert dot["aloud"] == "tijd: Gouda"
