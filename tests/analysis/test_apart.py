"""The same case in different workshops: which rooms are set side by side, and when they are said to differ."""

from __future__ import annotations

from typing import Any

from laveren.analysis.apart import ROOM_COLUMNS, furthest_apart, played, rooms_apart
from laveren.analysis.intervals import wilson
from tests.analysis.rooms import Look, Told, room


def split(workshop: int, named: int, people: int, theme: str = "tijd", **more: Any) -> list[Told]:
    """A workshop in which so many of all name a theme."""
    return [*room(workshop, named, theme, **more), *room(workshop, people - named, start=named, **more)]


def test_a_case_is_played_where_five_people_worked_on_it_and_told_when_that_is_twice(look: Look) -> None:
    found = played(look(
        *room(1, 6), *room(2, 7), *room(3, 4),
        *room(1, 6, case="bus"), *room(4, 9, case="bus"), *room(5, 5, case="bus"),
        *room(1, 9, case="yara"), *room(2, 4, case="yara"), *room(6, 9, case=""), *room(7, 9, case=""),
    ))  # fmt: skip
    assert [tuple(one) for one in found] == [("bus", 3, 20), ("erfenis", 2, 13)]
    assert played(look()) == []


def test_of_confirmed_themes_only_rooms_that_were_read_are_played(look: Look) -> None:
    told = [*room(1, 6, confirmed=""), *room(2, 6)]
    assert played(look(*told, basis="confirmed")) == []
    assert len(played(look(*told))) == 1


def test_each_room_has_its_share_of_those_who_worked_on_the_case(look: Look) -> None:
    found = rooms_apart(look(*split(7, 6, 9), *split(3, 5, 10), *room(3, 8, "tijd", case="bus")), "erfenis")
    assert tuple(found.columns) == ROOM_COLUMNS
    assert [tuple(row) for row in found.to_numpy()] == [
        ("tijd", 7, 6, 9, *wilson(6, 9)), ("tijd", 3, 5, 10, *wilson(5, 10)),
    ]  # fmt: skip


def test_a_room_in_which_four_worked_on_it_is_not_there_and_a_share_of_four_is_hidden(look: Look) -> None:
    found = rooms_apart(look(*split(1, 6, 9), *split(2, 5, 9), *split(3, 4, 9), *room(4, 4, "tijd")), "erfenis")
    assert found.set_index("workshop")["participants"].to_dict() == {1: 6, 2: 5, 3: None}
    assert found.set_index("workshop").loc[3, ["share", "low", "high"]].isna().all()
    assert set(found["of"]) == {9}


def test_themes_that_one_room_only_can_show_are_left_out(look: Look) -> None:
    told = [*split(1, 6, 9, "tijd geld"), *split(2, 6, 9), *room(2, 4, "geld", start=50)]
    assert set(rooms_apart(look(*told), "erfenis")["theme"]) == {"tijd"}


def test_the_theme_of_the_most_rooms_comes_first_then_the_widest_apart(look: Look) -> None:
    told = [
        *split(1, 9, 20, "tijd geld taal"),
        *split(2, 6, 20, "tijd"),
        *split(2, 20, 20, "geld"),
        *split(3, 6, 20, "taal tijd"),
    ]
    found = rooms_apart(look(*told), "erfenis")
    assert list(dict.fromkeys(found["theme"])) == ["tijd", "geld", "taal"]
    assert list(found["workshop"])[:3] == [1, 2, 3]


def test_a_case_nobody_worked_on_has_no_rooms(look: Look) -> None:
    for case in ("bus", "onbekend"):
        found = rooms_apart(look(*room(1, 9, "tijd")), case)
        assert found.empty
        assert furthest_apart(found) is None
    assert rooms_apart(look(), "erfenis").empty


# ---- which differ for sure ----


def test_rooms_that_lie_far_apart_are_told_with_the_lowest_and_the_highest_share(look: Look) -> None:
    told = [
        *split(1, 6, 40),
        *split(2, 20, 40),
        *split(3, 36, 40),
        *split(1, 20, 40, "geld"),
        *split(2, 22, 40, "geld"),
    ]
    assert furthest_apart(rooms_apart(look(*told), "erfenis")) == ("tijd", 6 / 40, 36 / 40)


def test_small_rooms_that_differ_as_much_are_not_said_to(look: Look) -> None:
    found = rooms_apart(look(*split(1, 5, 10), *split(2, 9, 10)), "erfenis")
    assert len(found) == 2
    assert furthest_apart(found) is None


def test_the_more_rooms_the_surer_the_widest_two_must_be(look: Look) -> None:
    """Of many rooms the lowest and the highest lie apart by chance alone."""
    two = [*split(1, 8, 40), *split(2, 22, 40)]
    assert furthest_apart(rooms_apart(look(*two), "erfenis")) is not None
    many = [row for workshop in range(3, 40) for row in split(workshop, 15, 40)]
    assert furthest_apart(rooms_apart(look(*two, *many), "erfenis")) is None


def test_a_room_whose_share_is_hidden_is_never_the_lowest(look: Look) -> None:
    told = [*split(1, 1, 60), *split(2, 50, 60), *split(3, 48, 60)]
    assert furthest_apart(rooms_apart(look(*told), "erfenis")) is None
