"""The one rule for what may be seen."""

import pandas as pd
import pytest

from laveren.analysis.hiding import FEW, THRESHOLD, cell, hide, merge, shown


def test_five_different_participants_are_enough_and_four_are_not() -> None:
    assert THRESHOLD == 5
    assert shown(5)
    assert not shown(4)
    assert FEW == "<5"


@pytest.mark.parametrize("few", [0, 1, 4])
def test_nothing_is_left_of_a_number_that_stands_for_too_few(few: int) -> None:
    frame = pd.DataFrame({"participants": [few, 5], "answers": [9, 8], "share": [0.5, 0.25]})
    hidden = hide(frame, ["participants", "answers", "share"])
    assert hidden.loc[0].isna().all()
    assert list(hidden.loc[1]) == [5, 8, 0.25]
    assert list(frame["participants"]) == [few, 5], "the frame that was given is left as it was"


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((5, 6, 7), [(0, 0), (1, 1), (2, 2)]),
        ((4, 6, 7), [(0, 1), (2, 2)]),
        ((6, 7, 4), [(0, 0), (1, 2)]),
        ((0, 3, 23, 84, 33), [(0, 2), (3, 3), (4, 4)]),
        ((2, 2, 0), []),
        ((), []),
    ],
)
def test_steps_of_too_few_are_told_together_with_their_neighbours(
    counts: tuple[int, ...], told: list[tuple[int, int]]
) -> None:
    assert merge(counts) == told


def test_a_table_says_less_than_five_where_a_number_was_hidden() -> None:
    assert cell(pd.NA) == "<5"
    assert cell(2914, lambda number: f"{number:,}".replace(",", ".")) == "2.914"
