"""Heat maps: numbers in the cells, one hue, names whole however long, a triangle for pairs."""

from __future__ import annotations

from typing import Any

import pytest

from laveren.ui.charts import DARK, LIGHT, Labels, Palette, Spec, heat
from tests.ui.drawn import frame, layers, rows, written
from tests.ui.test_charts import colours
from tests.ui.test_colours import contrast

PLAIN = Labels({}, {}, "aantal mensen", "…", {"people": "Mensen"})
STATUS = {"mag": "mag, doe ik niet", "nodig": "mag niet, wel nodig"}


def cells(*numbers: int | float | None, **asked: Any) -> Spec:
    """One row with these numbers."""
    given = [("tijd", f"d{n}", number) for n, number in enumerate(numbers)]
    return heat(frame("theme domain people", *given), PLAIN, "theme", "domain", "people", **asked)


def axis(chart: Spec, place: str) -> dict[str, Any]:
    found: dict[str, Any] = chart["layer"][0]["layer"][0]["encoding"][place]
    return found


def columns(*names: str) -> dict[str, Any]:
    """The axis with these names above the columns."""
    called = {f"d{n}": name for n, name in enumerate(names)}
    given = frame("theme domain people", *(("tijd", id, 9) for id in called))
    return axis(heat(given, Labels(called, {}, "", "…"), "theme", "domain", "people"), "x")


def test_every_cell_has_its_number_or_says_that_it_is_hidden() -> None:
    assert [word for word, _ in written(cells(12, None, 5))][:3] == ["12", "5", "<5"]


def test_more_people_is_darker_in_the_light_and_lighter_in_the_dark() -> None:
    numbers = [10, 20, 30, 40, 50, 60]
    for dark, palette in ((False, LIGHT), (True, DARK)):
        assert [row["fill"] for row in rows(cells(*numbers, dark=dark))] == list(palette.heat)
        steps = [contrast(one, palette.paper) for one in palette.heat]
        assert steps == sorted(steps)


def test_the_colour_begins_where_the_numbers_do() -> None:
    from_none, from_chance = (rows(cells(1.5, 3.0, start=start)) for start in (0, 1))
    assert from_none[0]["fill"] == LIGHT.heat[2]
    assert from_chance[0]["fill"] == LIGHT.heat[1], "a quarter of the way from 1 to 3"
    assert from_none[1]["fill"] == from_chance[1]["fill"] == LIGHT.heat[-1]


def test_a_hidden_cell_is_an_outline_and_has_no_colour_in_its_data() -> None:
    hidden = rows(cells(12, None))[1]
    assert not colours(LIGHT) & set(map(str, hidden.values()))
    (empty,) = [
        layer["mark"]
        for drawn, layer in layers(cells(12, None))
        if layer["mark"].get("fill", "") is None and drawn == [hidden]
    ]
    assert empty["stroke"] == LIGHT.line


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_a_number_can_be_read_on_the_colour_of_its_cell(palette: Palette) -> None:
    for row in rows(cells(10, 20, 30, 40, 50, 60, dark=palette is DARK)):
        assert contrast(row["ink"], row["fill"]) >= 4.5


def test_the_number_is_written_as_asked_and_what_is_not_clear_may_be_left_empty() -> None:
    chart = cells(1.8, None, spell=lambda lift: f"{lift:.1f}×".replace(".", ","), hidden="")
    assert [word for word, _ in written(chart)] == ["1,8×", "aantal mensen"]
    assert [row["tip_people"] for row in rows(chart)] == ["1,8×", "–"]


def test_pairs_make_a_triangle_in_the_order_in_which_they_come() -> None:
    pairs = [("b", "a", 2.0), ("c", "a", None), ("c", "b", 1.5)]
    chart = heat(frame("one other lift", *pairs), PLAIN, "one", "other", "lift", hidden="")
    assert [(row["one"], row["other"]) for row in rows(chart)] == [("b", "a"), ("c", "a"), ("c", "b")]
    assert (axis(chart, "y")["sort"], axis(chart, "x")["sort"]) == (["b", "c"], ["a", "b"])


def test_a_name_above_a_column_stands_in_lines_that_end_alike() -> None:
    found = columns("doe ik al", *STATUS.values())
    assert found["sort"] == ["\ndoe ik al", "mag, doe ik\nniet", "mag niet,\nwel nodig"]
    assert found["axis"]["labelAngle"] == 0


def test_names_are_tilted_and_whole_where_a_word_is_wider_than_its_column() -> None:
    found = columns("ervaringsdeskundige", "Veiligheid & justitie", *"abcdefghij")
    assert found["axis"]["labelAngle"] < 0
    assert found["sort"][:2] == ["ervaringsdeskundige", "Veiligheid & justitie"]
    assert found["axis"]["labelLimit"] == 0


def test_the_same_name_for_a_row_and_a_column_is_told_apart_in_the_words_of_a_cell() -> None:
    chart = heat(frame("theme domain people", ("wonen", "wonen", 9)), PLAIN, "theme", "domain", "people")
    assert rows(chart)[0]["aloud"] == "wonen · wonen: 9"


def test_many_columns_need_most_of_a_page_and_few_do_not() -> None:
    assert cells(*range(5, 17))["usermeta"] == {"wide": True}
    assert cells(5, 6, 7, 8)["usermeta"] == {"wide": False}
