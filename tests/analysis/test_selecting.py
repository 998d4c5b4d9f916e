"""The filters, and what is left when they leave too few people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest

from laveren.analysis.selecting import narrow

Frame = Callable[..., pd.DataFrame]


def room(workshop: int, people: int, **more: Any) -> list[dict[str, Any]]:
    return [{"workshop": workshop, "participant": 100 * workshop + n, **more} for n in range(people)]


def test_without_filters_everything_is_there(answers: Frame, workshops: Frame) -> None:
    frame = answers(*room(1, 6), *room(2, 2))
    selection = narrow(frame, workshops(frame))
    assert selection.enough
    assert (len(selection.answers), len(selection.workshops), selection.participants) == (8, 2, 8)


@pytest.mark.parametrize(
    "filters",
    [
        {"period": (date(2025, 1, 2), date(2025, 1, 2))},
        {"period": (date(2025, 1, 2), None)},
        {"region": "West"},
        {"case": "bus"},
        {"domain": "wonen"},
        {"role": "beleid"},
    ],
    ids=str,
)
def test_each_filter_keeps_what_fits_and_the_workshops_of_that(
    answers: Frame, workshops: Frame, filters: dict[str, Any]
) -> None:
    frame = answers(*room(1, 6), *room(2, 5, case="bus", role="beleid"))
    selection = narrow(frame, workshops(frame), **filters)
    assert set(selection.answers["workshop"]) == {2}
    assert list(selection.workshops["id"]) == [2]


def test_the_last_day_of_a_period_is_part_of_it(answers: Frame, workshops: Frame) -> None:
    late = pd.Timestamp(2025, 1, 31, 20, 30)
    frame = answers(*room(1, 5, date=late))
    assert narrow(frame, workshops(frame), period=(None, date(2025, 1, 31))).enough
    assert not narrow(frame, workshops(frame), period=(None, date(2025, 1, 30))).enough


def test_four_people_are_not_enough_and_nothing_of_them_is_handed_on(answers: Frame, workshops: Frame) -> None:
    frame = answers(*room(1, 4), *room(1, 4), *room(2, 20, role="beleid"))
    selection = narrow(frame, workshops(frame), role="uitvoerder")
    assert not selection.enough
    assert selection.answers.empty
    assert selection.workshops.empty
    assert selection.participants == 0


def test_what_is_written_for_a_room_counts_as_one_person_of_that_workshop(answers: Frame, workshops: Frame) -> None:
    frame = answers(*room(1, 9, scope="room"), *room(2, 3), *room(3, 4, scope="room"))
    assert narrow(frame, workshops(frame)).enough, "one room, three people and another room"
    assert narrow(frame, workshops(frame)).participants == 5
    assert not narrow(frame, workshops(frame), period=(None, date(2025, 1, 2))).enough


def test_no_answers_at_all_are_too_few(answers: Frame, workshops: Frame) -> None:
    assert not narrow(answers(), workshops(answers()), domain="wonen", period=(date(2025, 1, 1), None)).enough
