"""What moves: themes over the quarters, what changes after a twist, and whether the meeting helped."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from laveren.analysis.counting import themes_of
from laveren.analysis.intervals import wilson
from laveren.analysis.moving import LOOKS, around_twist, by_quarter, helped, looks_after_twist, theme_trends
from laveren.analysis.selecting import closing, everything
from tests.analysis.rooms import Look, Told, room, rooms


def held(workshop: int, quarter: int, *texts: str, people: int = 5) -> list[Told]:
    """A workshop in the so manieth quarter of 2024 and after, in which five people name each of these."""
    on = date(2024 + quarter // 4, 3 * (quarter % 4) + 2, 15)
    return [row for text in texts for row in room(workshop, people, text, date=on)]


# ---- quarters ----


def test_each_quarter_says_in_how_many_of_its_workshops_a_theme_occurs(look: Look) -> None:
    told = [
        *held(1, 0, "tijd"),
        *held(2, 0, "anders"),
        *held(3, 0, "tijd"),
        *held(4, 1, "tijd"),
        *held(5, 1, "tijd", people=2),
    ]
    found = by_quarter(themes_of(look(*told))).set_index("quarter")
    assert list(found.index) == ["2024-1", "2024-2"]
    first = found.loc["2024-1"]
    assert (first["theme"], first["workshops"], first["of"], first["participants"]) == ("tijd", 2, 3, 10)
    assert tuple(first[["share", "low", "high"]]) == wilson(2, 3)
    assert found.loc["2024-2", "of"] == 1, "two people answered: nothing can occur there"


def test_a_quarter_without_workshops_is_empty_and_not_a_share_of_nothing(look: Look) -> None:
    found = by_quarter(themes_of(look(*held(1, 3, "tijd"), *held(2, 6, "anders")))).set_index("quarter")
    assert list(found.index) == ["2024-4", "2025-1", "2025-2", "2025-3"]
    assert found.loc[["2025-1", "2025-2"]].drop(columns="theme").isna().all(axis=None)
    last = found.loc["2025-3"]
    assert last["of"] == 1
    assert last[["share", "participants"]].isna().all(), "none looks like a few"


def test_a_quarter_in_which_four_people_answered_says_nothing(look: Look) -> None:
    found = by_quarter(themes_of(look(*held(1, 0, "tijd"), *held(2, 1, "tijd", people=4)))).set_index("quarter")
    assert found.loc["2024-2"].drop("theme").isna().all()


def test_a_theme_that_is_hidden_as_a_whole_is_in_no_quarter(look: Look) -> None:
    """Its name beside a quarter would say what the hidden numbers do not."""
    found = by_quarter(
        themes_of(look(*held(1, 0, "tijd", "anders"), *held(2, 0, "geld", people=4), *held(2, 0, "anders")))
    )
    assert set(found["theme"]) == {"tijd"}


def test_the_commonest_theme_comes_first_and_without_any_there_is_no_error(look: Look) -> None:
    told = [row for n in range(3) for row in held(n + 1, n, *("tijd", "geld", "taal")[n:])]
    assert list(dict.fromkeys(by_quarter(themes_of(look(*told)))["theme"])) == ["taal", "geld", "tijd"]
    level = [*held(1, 0, "tijd", "geld"), *held(2, 0, "taal", people=6)]
    assert list(by_quarter(themes_of(look(*level)))["theme"]) == ["taal", "geld", "tijd"], "as in the recurrence"
    assert by_quarter(themes_of(look())).empty
    assert theme_trends(themes_of(look())) == {}


def series(hits: list[int]) -> list[Told]:
    """Ten workshops in each quarter, in so many of which time comes up."""
    return [
        row
        for quarter, some in enumerate(hits)
        for n in range(10)
        for row in held(100 * quarter + n, quarter, "tijd" if n < some else "geld")
    ]


@pytest.mark.parametrize(
    ("hits", "direction"),
    [([1, 2, 3, 4, 5, 6, 7, 8], "rises"), ([9, 8, 7, 6, 4, 3, 2, 1], "falls"), ([5, 3, 6, 4, 5, 3, 6, 4], "none")],
)
def test_a_theme_rises_falls_or_does_neither(look: Look, hits: list[int], direction: str) -> None:
    assert theme_trends(themes_of(look(*series(hits))))["tijd"].direction == direction


def test_of_seven_quarters_nothing_is_said(look: Look) -> None:
    assert theme_trends(themes_of(look(*series([1, 2, 3, 4, 5, 6, 7])))) == {}


# ---- twists ----


def looks(people: int, value: int, twist: int = 1, **more: Any) -> list[Told]:
    return room(1, people, " ", twist=twist, value=value, kind="overig", **more)


def told(frame: pd.DataFrame, key: str) -> dict[Any, int | None]:
    """How many people each row says, None where that is hidden."""
    return {row[key]: None if pd.isna(row["participants"]) else row["participants"] for row in frame.to_dict("records")}


def test_it_says_how_many_look_at_the_case_differently_after_a_twist(look: Look) -> None:
    found = looks_after_twist(look(*looks(6, 1), *looks(7, 3, start=50), *looks(5, 2, start=70), *room(1, 20)))
    assert told(found, "look") == dict(zip(LOOKS, (6, 5, 7), strict=True))
    assert found.set_index("look").loc[LOOKS[-1], ["of", "share"]].tolist() == [18, 7 / 18]


def test_what_is_hidden_after_a_twist_cannot_be_worked_out_from_the_rest(look: Look) -> None:
    """Four of seventeen: who sees the six and the seven knows the four; so they are told together with a neighbour."""
    found = looks_after_twist(look(*looks(6, 1), *looks(7, 3, start=50), *looks(4, 2, start=70)))
    assert told(found, "look") == {"same": 6, "little different": 11}
    few_first = looks_after_twist(look(*looks(4, 1), *looks(7, 3, start=50), *looks(6, 2, start=70)))
    assert told(few_first, "look") == {"same little": 10, "different": 7}


def test_who_was_asked_after_two_twists_counts_once_with_the_strongest(look: Look) -> None:
    found = looks_after_twist(
        look(*looks(6, 3), *looks(6, 1, twist=2), *looks(5, 1, start=50), *looks(5, 2, 2, start=50))
    )
    assert told(found, "look") == {"same little": 5, "different": 6}
    assert set(found["of"].dropna()) == {11}


def test_without_a_twist_or_of_four_people_nothing_is_told(look: Look) -> None:
    assert looks_after_twist(look(*room(1, 9))).empty
    assert looks_after_twist(look(*looks(2, 1), *looks(2, 3, start=50))).empty


def test_before_and_after_a_twist_are_of_those_who_answered_both(look: Look) -> None:
    found = around_twist(look(
        *room(1, 6, source="wet"), *room(1, 6, source="keten", twist=1),
        *room(1, 9, source="wet", start=50), *room(1, 9, source="beleid", twist=1, start=70),
    ))["source"]  # fmt: skip
    assert [tuple(row) for row in found.astype("object").where(found.notna(), None).to_numpy()] == [
        ("wet", 6, None, 6), ("keten", None, 6, 6),
    ]  # fmt: skip


def test_of_room_the_status_is_told_before_and_after(look: Look) -> None:
    told = [*room(1, 6, kind="ruimte", status="nodig"), *room(1, 6, kind="ruimte", status="mag", twist=1)]
    found = around_twist(look(*told))["status"].set_index("status")
    assert list(found.index) == ["mag", "nodig"]
    assert (found.loc["mag", "after"], found.loc["nodig", "before"]) == (6, 6)


def test_around_a_twist_to_which_four_people_answered_twice_nothing_is_told(look: Look) -> None:
    found = around_twist(look(*room(1, 4), *room(1, 4, twist=1), *room(1, 9, start=50)))
    assert [frame.empty for frame in found.values()] == [True, True]


def test_before_a_twist_is_before_it_in_the_same_round(look: Look) -> None:
    """What was said about another case an hour earlier is no answer before this twist."""
    earlier = [*room(1, 6, source="wet", round=1), *room(1, 6, source="keten", round=2, twist=1)]
    assert around_twist(look(*earlier))["source"].empty
    both = [*earlier, *room(1, 6, source="beleid", round=2)]
    assert list(around_twist(look(*both))["source"]["source"]) == ["beleid", "keten"]


# ---- did it help ----


def test_whether_the_meeting_helped_is_told_per_level(look: Look) -> None:
    def after(**people: int) -> pd.DataFrame:
        rows = [row for level, n in people.items() for row in room(int(level[1:]), n, round=0, value=int(level[1:]))]
        everyone = everything(look(*rows, *rooms("anders", 1, 2, 3, 4, 5, people=9)).records)
        return helped(closing(everyone))

    found = after(l1=5, l2=5, l3=8, l4=6, l5=7)
    assert told(found, "level") == {"1": 5, "2": 5, "3": 8, "4": 6, "5": 7}
    assert found.set_index("level").loc["5", ["of", "share"]].tolist() == [31, 7 / 31]
    assert told(after(l2=3, l3=8, l4=9, l5=7), "level") == {"1 2 3": 11, "4": 9, "5": 7}
    assert told(after(l4=6, l5=3), "level") == {"1 2 3 4 5": 9}
    assert after(l4=2, l5=2).empty
