"""Each sentence of the story is told when the numbers bear it, and withheld when they do not."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from laveren.analysis.apart import ROOM_COLUMNS
from laveren.analysis.intervals import wilson
from laveren.analysis.moving import QUARTER_COLUMNS
from laveren.analysis.saying import Finding, Name, Share
from laveren.analysis.story import (
    UNTOLD,
    apart_title,
    domains_title,
    helped_title,
    looks_title,
    moving_title,
    room_title,
    story,
    together_title,
)
from laveren.analysis.together import PAIR_COLUMNS
from laveren.analysis.trends import Trend


def trend(direction: Any) -> Trend:
    return Trend(direction, 0.1, 0.05, 0.2, 0.01)


def people(**columns: Any) -> pd.DataFrame:
    """A frame whose missing numbers are hidden ones."""
    frame = pd.DataFrame(columns)
    return frame.astype({name: "Int64" for name in frame if frame[name].dtype == object and name in NUMBERS})


NUMBERS = ("participants", "of")
NO_QUARTERS = pd.DataFrame(columns=list(QUARTER_COLUMNS))


def test_what_rises_and_what_falls_is_named() -> None:
    both = moving_title(NO_QUARTERS, {"taal": trend("rises"), "regie": trend("falls"), "wonen": trend("none")})
    assert both.key == "themes.quarters.title.both"
    rises, falls = both.values["rises"], both.values["falls"]
    assert isinstance(rises, Finding)
    assert isinstance(falls, Finding)
    assert rises.values["themes"] == (Name("theme", "taal"),)
    assert falls.values["themes"] == (Name("theme", "regie"),)
    assert moving_title(NO_QUARTERS, {"taal": trend("rises")}).key == "themes.quarters.title.rises"


def test_of_many_that_move_only_the_number_is_told() -> None:
    found = moving_title(NO_QUARTERS, {f"thema{n}": trend("falls") for n in range(5)})
    assert found.values["themes"] == Finding("themes.quarters.many", {"n": 5})


def test_without_a_clear_trend_nothing_is_said_to_move() -> None:
    assert moving_title(NO_QUARTERS, {"taal": trend("none")}).key == "themes.quarters.title.none"


def test_with_too_few_quarters_it_says_how_many_there_are() -> None:
    row = {"theme": "taal", "quarter": "2025-1", "of": 3}
    quarters = pd.DataFrame([row, row | {"quarter": "2025-2"}, row | {"quarter": "2025-3", "of": 2}])
    found = moving_title(quarters, {})
    assert (found.key, found.values["n"]) == ("themes.quarters.title.short.shown", 2)


def pair(theme: str, other: str, lift: float, clear: bool) -> tuple[Any, ...]:
    return (theme, other, 9, 4, 9 / lift, lift, clear)


def test_two_themes_come_together_only_when_that_is_clear() -> None:
    pairs = pd.DataFrame([pair("taal", "regie", 3.0, False), pair("taal", "wonen", 2.0, True)], columns=PAIR_COLUMNS)
    assert together_title(pairs).values == {"theme": Name("theme", "taal"), "other": Name("theme", "wonen")}
    assert together_title(pairs.iloc[:1]).key == "themes.together.title.shown"
    assert together_title(pairs.iloc[:0]).key == "themes.together.title.shown"


def test_the_largest_cell_is_named_unless_another_is_as_large() -> None:
    cells = people(theme=["a", "b", "c"], domain=["wonen", "werk", "werk"], participants=[9, 8, None])
    assert domains_title(cells).values == {"theme": Name("theme", "a"), "domain": Name("domain", "wonen")}
    level = people(theme=["a", "b"], domain=["wonen", "werk"], participants=[9, 9])
    assert domains_title(level).key == "themes.domains.title.shown"
    assert domains_title(people(theme=["a"], domain=["werk"], participants=[None])).key == "themes.domains.title.shown"


def test_most_people_say_it_only_above_half() -> None:
    room = people(domain=["wonen", "werk"], status=["mag", "mag"], participants=[6, 5], of=[10, 10])
    assert room_title(room).values == {"domain": Name("domain", "wonen"), "status": Name("status", "mag")}
    assert room_title(room.assign(participants=[5, 5])).key == "themes.room.title.shown"
    assert room_title(room.assign(participants=[6, 6])).key == "themes.room.title.shown", "neither stands out"


def scale(*rows: tuple[int, int, int]) -> pd.DataFrame:
    """Some steps of a scale told together: first, last and how many people."""
    frame = pd.DataFrame(rows, columns=["first", "last", "participants"])
    return frame.assign(of=frame["participants"].sum())


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (scale((0, 0, 5), (1, 1, 6), (2, 2, 7)), "most"),
        (scale((0, 0, 20), (1, 2, 13)), "some"),
        (scale((0, 1, 20), (2, 2, 13)), "shown"),
        (scale((0, 2, 20)), "shown"),
        (scale(), "shown"),
    ],
)
def test_after_a_twist_a_sum_is_told_only_where_no_is_told_by_itself(steps: pd.DataFrame, said: str) -> None:
    found = looks_title(steps)
    assert found.key == f"themes.looks.title.{said}"
    if said != "shown":
        assert (found.values["hits"], found.values["n"]) == (13, steps["of"].iloc[0])


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (scale((0, 2, 12), (3, 3, 9), (4, 4, 9)), "most"),
        (scale((0, 2, 19), (3, 4, 11)), "some"),
        (scale((0, 1, 12), (2, 3, 9), (4, 4, 9)), "shown"),
    ],
)
def test_that_it_helped_is_told_of_fours_and_fives_together(steps: pd.DataFrame, said: str) -> None:
    found = helped_title(steps)
    assert found.key == f"themes.helped.title.{said}"
    if said == "most":
        assert found.values == {"hits": 18, "n": 30, "share": Share(0.6)}


def rooms(*hits: int, of: int = 40) -> pd.DataFrame:
    rows = [("taal", number, hit, of, *wilson(hit, of)) for number, hit in enumerate(hits, start=1)]
    return pd.DataFrame(rows, columns=list(ROOM_COLUMNS))


def test_rooms_lie_apart_only_when_their_uncertainties_do_not_touch() -> None:
    found = apart_title(rooms(5, 20, 35))
    assert found.key == "themes.apart.title.wide"
    assert (found.values["low"], found.values["high"]) == (Share(5 / 40), Share(35 / 40))
    assert apart_title(rooms(15, 20, 25)).key == "themes.apart.title.shown"
    assert apart_title(rooms().iloc[:0]).key == "themes.apart.title.shown"


def test_the_story_leaves_out_what_only_says_what_is_shown_and_what_is_told_elsewhere() -> None:
    claims = {name: Finding(f"themes.{name}.title.most") for name in (*UNTOLD, "sources", "helped")}
    told = story(claims | {"kinds": Finding("themes.kinds.title.shown")})
    assert [one.key for one in told] == ["themes.sources.title.most", "themes.helped.title.most"]
