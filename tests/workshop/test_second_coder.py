"""The second coder: only what two people said without knowing of each other is agreement."""

from __future__ import annotations

from uuid import UUID

import pytest

from laveren.analysis.agreement import alpha, masi
from laveren.house import House
from laveren.workshop.codebooks import merge, retire
from laveren.workshop.coding import FIRST, SECOND, Coded, TakeBack, code_answer, take_back_coding
from laveren.workshop.second_coder import Twice, agreements, coded_twice, differing
from tests.codebooks import Desk


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)


def says(desk: Desk, coder: int, answer: str, *themes: str, based_on: int = 0) -> None:
    item = Coded(desk.house.library, answer, coder, 1, themes, based_on=based_on)
    desk.house.store.writer.write(code_answer, item)


def both(desk: Desk, answer: str, first: str, second: str) -> None:
    """The first codes it, and then the second."""
    says(desk, FIRST, answer, *first.split())
    says(desk, SECOND, answer, *second.split())


def twice(desk: Desk) -> list[Twice]:
    with desk.house.store.read() as connection:
        return coded_twice(connection, desk.book)


def test_only_what_both_coded_is_compared_in_the_order_of_the_second(desk: Desk) -> None:
    one, other, alone = desk.answers(3)
    says(desk, FIRST, other, "taal")
    both(desk, one, "regie taal", "taal regie")
    says(desk, SECOND, other)
    says(desk, FIRST, alone, "taal")
    found = twice(desk)
    assert [(pair.answer, pair.differs) for pair in found] == [(one, False), (other, True)]
    assert (found[1].first, found[1].second) == ({"taal"}, frozenset())
    assert differing(found) == [UUID(other).bytes]


def test_what_the_first_says_after_talking_about_it_is_no_agreement(desk: Desk) -> None:
    (answer,) = desk.answers(1)
    both(desk, answer, "regie", "taal")
    says(desk, FIRST, answer, "taal", based_on=1)
    (pair,) = twice(desk)
    assert (pair.first, pair.second, pair.differs, pair.settled) == ({"regie"}, {"taal"}, True, True)
    assert differing([pair]) == [], "it was talked about"


def test_what_the_first_changed_before_the_second_looked_is_what_is_compared(desk: Desk) -> None:
    (answer,) = desk.answers(1)
    says(desk, FIRST, answer, "regie")
    says(desk, FIRST, answer, "taal", based_on=1)
    says(desk, SECOND, answer, "taal")
    (pair,) = twice(desk)
    assert (pair.differs, pair.settled) == (False, False)


def test_what_was_taken_back_is_not_compared(desk: Desk) -> None:
    one, other = desk.answers(2)
    both(desk, one, "regie", "taal")
    desk.house.store.writer.write(take_back_coding, TakeBack(one, SECOND, 1))
    says(desk, FIRST, other, "taal")
    desk.house.store.writer.write(take_back_coding, TakeBack(other, FIRST, 1))
    says(desk, SECOND, other, "taal")
    assert twice(desk) == []


def test_a_merged_theme_counts_as_the_other_and_a_retired_one_cannot_be_compared(desk: Desk) -> None:
    one, other = desk.answers(2)
    both(desk, one, "wachttijd", "brieven")
    both(desk, other, "regie", "taal")
    desk.does(merge, "wachttijd", "brieven")
    desk.does(retire, "regie", knowing=True)
    assert [(pair.answer, pair.differs) for pair in twice(desk)] == [(one, False)]


def test_alpha_is_worked_out_over_the_sets_and_for_each_theme_that_was_used(desk: Desk) -> None:
    pairs = [("regie", "regie"), ("regie taal", "taal"), ("", ""), ("taal", "regie"), ("", "taal")]
    for answer, (first, second) in zip(desk.answers(5), pairs, strict=True):
        both(desk, answer, first, second)
    found = twice(desk)
    whole, *themes = agreements(found, desk.book)
    assert whole.found is not None
    assert whole.found.value == alpha([(one.first, one.second) for one in found], masi)
    assert (whole.theme, whole.found.units, whole.both, whole.first, whole.second) == ("", 5, 2, 3, 3)
    assert [(row.theme, row.both, row.first, row.second) for row in themes] == [("taal", 1, 1, 1), ("regie", 1, 1, 1)]
    taal = [("taal" in one.first, "taal" in one.second) for one in found]
    assert [row.found.value for row in themes if row.found and row.theme == "taal"] == [alpha(taal)]


def test_where_all_say_the_same_alpha_says_nothing(desk: Desk) -> None:
    for answer in desk.answers(2):
        both(desk, answer, "taal", "taal")
    assert [(row.theme, row.found, row.both) for row in agreements(twice(desk), desk.book)] == [
        ("", None, 2), ("taal", None, 2),
    ]  # fmt: skip
