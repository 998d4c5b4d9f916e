"""The trust matrix: no shown cell, and no sum of shown cells, tells what fewer than five people said.

Where a test says that all that is shown is the same, so is every sum, difference or other sum to be made of it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from copy import deepcopy
from fractions import Fraction
from itertools import combinations_with_replacement, product
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laveren.analysis.trust import (
    Asymmetry,
    Cell,
    Person,
    Published,
    Totals,
    asymmetries,
    matrix,
    publish,
    publish_choices,
    reasons,
    totals,
)

ROLES = ["beleid", "bestuur", "keten"]
BLIND = "geen_zicht"
whatever = settings(max_examples=200, deadline=None)

marks = st.one_of(st.integers(1, 5), st.just(BLIND))
one_person = st.fixed_dictionaries(
    {"role": st.sampled_from(ROLES), "cells": st.dictionaries(st.sampled_from(ROLES), marks, max_size=3)}
)


def _crowd(groups: list[tuple[Any, int]]) -> list[Any]:
    return [deepcopy(one) for one, count in groups for _ in range(count)]


# A few people say the same, so that there are cells of four, five, ten and twenty in many rooms.
rooms = st.lists(st.tuples(one_person, st.integers(1, 6)), max_size=14).map(_crowd)


def person(role: str, **cells: int | str) -> Person:
    return {"role": role, "cells": cells}


def people(role: str, target: str, *values: int | str) -> list[Person]:
    return [person(role, **{target: value}) for value in values]


def kept(room: list[Any]) -> Totals[float]:
    return totals(publish(None, room))


def views(room: list[Any]) -> dict[tuple[str, str], list[int]]:
    """The marks per cell, worked out here without the package."""
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for one in room:
        for target, value in one["cells"].items():
            if value != BLIND:
                found[one["role"], target].append(value)
    return found


def numbers(found: object) -> list[int | float]:
    if isinstance(found, dict):
        return [number for value in found.values() for number in numbers(value)]
    return [found] if isinstance(found, int | float) else []


def test_a_cell_shows_the_mean_in_halves_from_five_answers() -> None:
    row = people("beleid", "bestuur", 3, 3, 4, 4, 4) + people("beleid", "keten", 1, 1, 1, 1)
    assert kept(row) == {"beleid": {"n": 5, "cells": {"bestuur": 3.5}}}


@pytest.mark.parametrize(
    ("marks_given", "mean"),
    [
        ([1, 1, 1, 1, 1, 1, 1, 2], 1.0),  # 1.125
        ([3, 3, 3, 3, 3, 3, 4, 4], 3.5),  # 3.25: a quarter goes up
        ([3, 3, 4, 4, 4, 4, 4, 4], 4.0),  # 3.75
        ([5, 5, 5, 5, 5, 5, 4, 4], 5.0),  # 4.75
        ([2, 2, 3, 3, 2], 2.5),  # 2.4
    ],
)
def test_halves_are_rounded_with_a_quarter_up(marks_given: list[int], mean: float) -> None:
    assert kept(people("beleid", "keten", *marks_given))["beleid"]["cells"]["keten"] == mean


@pytest.mark.parametrize(("count", "band"), [(5, 5), (9, 5), (10, 10), (19, 10), (20, 20), (300, 20)])
def test_how_many_is_only_said_in_bands(count: int, band: int) -> None:
    assert kept(people("beleid", "keten", *[4] * count))["beleid"]["n"] == band


def test_the_cells_of_a_row_say_the_same_number_of_people() -> None:
    room = people("beleid", "keten", *[4] * 10) + people("beleid", "bestuur", *[4] * 9)
    assert kept(room)["beleid"]["n"] == 5


def test_a_row_nobody_was_asked_is_not_asked_and_one_with_few_is_hidden() -> None:
    room = [*people("beleid", "keten", *[4] * 12), person("keten", beleid=5), person("bestuur")]
    assert matrix(kept(room), [*ROLES, "inwoner"], ["beleid", "keten"]) == [
        [Cell(True, "", None), Cell(True, "10+", 4.0)],
        [Cell(True, "", None), Cell(True, "", None)],
        [Cell(True, "", None), Cell(True, "", None)],
        [Cell(False, "", None), Cell(False, "", None)],
    ]
    assert [cell.hidden for cell in (Cell(True, "", None), Cell(True, "5+", 2.0), Cell(False, "", None))] == [
        True,
        False,
        False,
    ]


def test_an_asymmetry_is_a_whole_point_between_two_cells_that_are_shown() -> None:
    room = [
        *(person("beleid", bestuur=2, keten=3) for _ in range(5)),
        *(person("bestuur", beleid=4, keten=5) for _ in range(5)),
        *(person("keten", beleid=4) for _ in range(5)),
        *people("keten", "bestuur", 1, 1, 1, 1),
    ]
    assert asymmetries(kept(room)) == [
        Asymmetry("bestuur", "beleid", 4.0, 2.0),
        Asymmetry("keten", "beleid", 4.0, 3.0),
    ]
    halves = people("beleid", "keten", 3, 3, 3, 3, 3) + people("keten", "beleid", 3, 3, 4, 4, 3)
    assert asymmetries(kept(halves)) == []


@whatever
@given(rooms)
def test_every_shown_cell_stands_for_five_and_every_cell_of_five_is_shown(room: list[Any]) -> None:
    found, counted = kept(room), views(room)
    assert set(found) == {one["role"] for one in room}
    for role, row in found.items():
        assert set(row["cells"]) == {target for target in ROLES if len(counted[role, target]) >= 5}
        for target, mean in row["cells"].items():
            given_ = counted[role, target]
            assert abs(Fraction(mean) - Fraction(sum(given_), len(given_))) <= Fraction(1, 4)
            assert row["n"] is not None
            assert len(given_) >= row["n"]


@whatever
@given(rooms)
def test_what_stays_is_plain_json_with_no_number_but_bands_and_halves(room: list[Any]) -> None:
    found = kept(room)
    assert json.loads(json.dumps(found)) == found
    for number in numbers(found):
        if isinstance(number, int):
            assert number in (5, 10, 20)
        else:
            assert 1 <= number <= 5
            assert (2 * number).is_integer()


@whatever
@given(rooms, st.data())
def test_within_a_cell_it_does_not_matter_who_said_what_nor_who_had_no_view(
    room: list[Any], data: st.DataObject
) -> None:
    other = deepcopy(room)
    for role, target in product(ROLES, ROLES):
        row = [one for one in other if one["role"] == role]
        said = data.draw(st.permutations([one["cells"].pop(target, None) for one in row]))
        for one, value in zip(row, said, strict=True):
            if value is not None:
                one["cells"][target] = value
    shuffled = data.draw(st.permutations(other))
    # As text: not even the order in which it is written says who came first.
    assert json.dumps(kept(shuffled)) == json.dumps(kept(room))


def test_the_order_of_the_cells_does_not_say_which_filled_first() -> None:
    first, then = people("beleid", "keten", *[4] * 5), people("beleid", "bestuur", *[4] * 5)
    other = people("keten", "bestuur", *[4] * 5)
    assert json.dumps(kept([*first, *then, *other])) == json.dumps(kept([*other, *then, *first]))


@whatever
@given(rooms, st.data())
def test_an_answer_touches_its_own_cell_and_no_other_number(room: list[Any], data: st.DataObject) -> None:
    given_ = [
        (place, target) for place, one in enumerate(room) for target, value in one["cells"].items() if value != BLIND
    ]
    if not given_:
        return
    place, target = data.draw(st.sampled_from(given_))
    other = deepcopy(room)
    other[place]["cells"][target] = data.draw(st.integers(1, 5))
    before, after = kept(room), kept(other)
    for found in (before, after):
        found[room[place]["role"]]["cells"].pop(target, None)
    assert before == after


@whatever
@given(rooms, st.data())
def test_a_cell_of_fewer_than_five_leaves_nothing_whatever_was_said_in_it(room: list[Any], data: st.DataObject) -> None:
    small = {cell for cell, given_ in views(room).items() if len(given_) < 5}
    emptied, otherwise = deepcopy(room), deepcopy(room)
    for one, same in zip(emptied, otherwise, strict=True):
        for target in [target for target in one["cells"] if (one["role"], target) in small]:
            del one["cells"][target]
            if same["cells"][target] != BLIND:
                same["cells"][target] = data.draw(marks)
    assert kept(emptied) == kept(otherwise) == kept(room)


@whatever
@given(rooms, st.lists(one_person, max_size=9), st.data())
def test_who_gives_no_view_leaves_no_trace(room: list[Any], blind: list[Any], data: st.DataObject) -> None:
    roles = sorted({one["role"] for one in room})
    if not roles:
        return
    for one in blind:
        one["role"] = data.draw(st.sampled_from(roles))
        one["cells"] = dict.fromkeys(one["cells"], BLIND)
    assert kept(room + blind) == kept(room)
    silent = [{**one, "cells": {t: v for t, v in one["cells"].items() if v != BLIND}} for one in room]
    assert kept(silent) == kept(room), "no view is no answer"


@pytest.mark.parametrize("count", [5, 6, 7, 8, 9, 10])
def test_nobodys_view_is_certain_even_when_it_is_known_how_many_they_are(count: int) -> None:
    # Every cell of so many people there can be, by what is shown of it: what may somebody in it have said?
    possible: defaultdict[str, set[int]] = defaultdict(set)
    every = list(combinations_with_replacement(range(1, 6), count))
    for room in every:
        possible[json.dumps(kept(people("beleid", "keten", *room)))] |= set(room)
    assert len(possible) == 9, "from 1.0 to 5.0"
    assert all(len(said) >= 2 for said in possible.values())
    for room in every:
        # For each of them, not only for some: someone else said it, or a neighbouring mark gives the same mean.
        if len(set(room)) == 1:
            shown = kept(people("beleid", "keten", *room))
            near = [kept(people("beleid", "keten", mark, *room[1:])) for mark in range(1, 6) if mark != room[0]]
            assert shown in near


@pytest.mark.parametrize("count", [6, 9])
def test_one_more_or_less_with_the_same_view_is_not_seen(count: int) -> None:
    assert kept(people("beleid", "keten", *[4] * count)) == kept(people("beleid", "keten", *[4] * (count - 1)))


def test_what_was_shown_stays_until_five_answers_more() -> None:
    first = publish(None, people("beleid", "keten", 3, 3, 3, 3, 3))
    later = people("beleid", "keten", 3, 3, 3, 3, 3, 5, 5, 5, 5)
    assert publish(first, later) == first
    assert totals(publish(first, [*later, *people("beleid", "keten", 5)])) == {
        "beleid": {"n": 10, "cells": {"keten": 4.0}}
    }


def test_what_was_shown_stays_when_answers_are_changed_or_taken_back() -> None:
    first = publish(None, people("beleid", "keten", 3, 3, 3, 3, 3))
    assert publish(first, people("beleid", "keten", 3, 3, 3, 3, 5)) == first
    assert publish(first, people("beleid", "keten", 3, 3, 3, 3)) == first
    assert publish(publish(first, people("beleid", "keten", 3, 3, 3, 3)), people("beleid", "keten", 3, 3, 3, 3, 5)) == (
        first
    )
    assert publish(first, []) == first


def test_what_was_shown_before_is_left_as_it_was() -> None:
    first = publish(None, people("beleid", "keten", 3, 3, 3, 3, 3))
    before = deepcopy(first)
    publish(first, people("beleid", "keten", *[5] * 10) + people("beleid", "bestuur", *[5] * 10))
    assert first == before


@whatever
@given(
    st.lists(
        # So many join who have a view, so many join who have none, so many change theirs, so many take theirs back.
        st.tuples(st.integers(0, 7), st.integers(0, 2), st.integers(0, 3), st.integers(0, 3)),
        max_size=8,
    ),
    st.randoms(use_true_random=False),
)
def test_between_any_two_that_differ_at_least_five_people_gave_a_new_view(
    course: list[tuple[int, int, int, int]], chance: Random
) -> None:
    state: Published[float] = {}
    said: dict[int, int | str] = {}
    shown_of: list[set[int]] = []
    for moment, (views_new, blind, changes, gone) in enumerate(course):
        for who in chance.sample(sorted(said), min(gone, len(said))):
            del said[who]
        for who in chance.sample(sorted(said), min(changes, len(said))):
            said[who] = BLIND if chance.random() < 0.3 else chance.choice([1, 5])
        said |= {100 * moment + number: chance.randint(1, 5) for number in range(views_new)}
        said |= {100 * moment + 50 + number: BLIND for number in range(blind)}
        before, state = state, publish(state, people("beleid", "keten", *said.values()))
        if state.get("beleid", {}) != before.get("beleid", {}):
            behind = {who for who, value in said.items() if value != BLIND}
            assert len(behind) >= 5
            assert all(len(behind - earlier) >= 5 for earlier in shown_of)
            shown_of.append(behind)


def choices(*chosen: str) -> Totals[dict[str, int]]:
    return totals(publish_choices(None, people("beleid", "keten", *chosen)))


def test_what_tips_the_balance_is_the_one_that_stands_out_and_a_draw_is_nothing() -> None:
    kept = publish_choices(None, [*people("beleid", "keten", *["kan"] * 5, *["wil"] * 12)])
    kept |= publish_choices(None, people("bestuur", "keten", *["kan"] * 6, *["wil"] * 6))
    kept |= publish_choices(None, people("inwoner", "keten", *["kan"] * 4))
    assert reasons(totals(kept)) == [("beleid", "keten", "wil")]


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"kan": 4}, None),
        ({"kan": 2, "wil": 2, "woord": 1}, {}),
        ({"kan": 5}, {"kan": 5}),
        ({"kan": 5, "wil": 4}, {}),
        ({"kan": 6, "wil": 5}, {"kan": 5, "wil": 5}),
        ({"kan": 12, "wil": 4, "woord": 1}, {"kan": 10}),
        ({"kan": 12, "wil": 4}, {}),
        ({"kan": 25, "wil": 11, "woord": 2}, {"kan": 20, "wil": 10}),
    ],
)
def test_an_option_is_told_when_five_chose_it_and_the_others_are_none_or_five(
    chosen: dict[str, int], told: dict[str, int] | None
) -> None:
    found = choices(*[option for option, count in chosen.items() for _ in range(count)])["beleid"]["cells"]
    assert found == ({} if told is None else {"keten": told})


@whatever
@given(st.lists(st.sampled_from(["kan", "wil", "woord"]), max_size=45), st.data())
def test_of_the_follow_up_only_bands_stay_and_never_who_chose_what(chosen: list[str], data: st.DataObject) -> None:
    found = choices(*chosen)
    assert json.dumps(choices(*data.draw(st.permutations(chosen)))) == json.dumps(found)
    assert set(numbers(found)) <= {5, 10, 20}
    for option, band in (found["beleid"]["cells"].get("keten", {}) if chosen else {}).items():
        assert chosen.count(option) >= band
        assert len(chosen) - chosen.count(option) not in (1, 2, 3, 4)


def test_the_follow_up_too_stays_as_it_was_shown_until_five_more_chose() -> None:
    first = publish_choices(None, people("beleid", "keten", *["kan"] * 9))
    assert publish_choices(first, people("beleid", "keten", *["kan"] * 13)) == first
    assert totals(publish_choices(first, people("beleid", "keten", *["kan"] * 14))) == {
        "beleid": {"n": 10, "cells": {"keten": {"kan": 10}}}
    }
