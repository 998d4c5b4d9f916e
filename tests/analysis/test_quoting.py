"""Quotes behind a mark: only where it stands for five, never what was kept off the screen, fairly picked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from laveren.analysis.quoting import QUOTE_COLUMNS, behind_theme, quotes

Frame = Callable[..., pd.DataFrame]


def said(workshop: int, participant: int, text: str, **more: Any) -> dict[str, Any]:
    return {"workshop": workshop, "participant": participant, "text": text, **more}


def test_no_quote_where_the_mark_stands_for_four_people_however_much_they_wrote(answers: Frame) -> None:
    four = [said(1, n % 4, f"zin {n}") for n in range(20)]
    assert quotes(answers(*four)).empty
    assert len(quotes(answers(*four, said(1, 4, "en nog een")))) == 3


def test_what_was_kept_off_the_screen_counts_and_is_never_quoted(answers: Frame) -> None:
    frame = answers(*(said(1, n, f"zin {n}", hidden=n > 0) for n in range(5)))
    assert list(quotes(frame)["text"]) == ["zin 0"]


def test_a_quote_does_not_tell_who_said_it_or_at_which_table(answers: Frame) -> None:
    columns = set(quotes(answers(*(said(1, n, f"zin {n}") for n in range(5)))).columns)
    assert columns == set(QUOTE_COLUMNS)
    assert not columns & {"participant", "group", "role", "workshop", "organisation", "date"}


def test_the_quotes_go_round_the_workshops_and_then_the_people(answers: Frame) -> None:
    busy = [said(1, n % 2, f"druk {n}") for n in range(40)]
    frame = answers(*busy, said(2, 10, "twee"), said(3, 11, "drie"), said(4, 12, "vier"))
    first = quotes(frame, 4)["text"]
    assert {"twee", "drie", "vier"} < set(first)
    where = frame.set_index("id")["participant"]
    assert set(quotes(frame, 5)["id"].map(where)) == {0, 1, 10, 11, 12}


def test_the_same_answers_in_another_order_give_the_same_quotes(answers: Frame) -> None:
    frame = answers(*(said(n % 3 + 1, n, f"zin {n}") for n in range(30)))
    assert quotes(frame).equals(quotes(frame.sample(frac=1, random_state=1)))


def test_nothing_is_quoted_twice_and_nothing_empty(answers: Frame) -> None:
    frame = answers(*(said(1, n, text) for n, text in enumerate(["Geen tijd", "geen tijd ", "", "  ", "Anders"])))
    assert {text.strip().casefold() for text in quotes(frame)["text"]} == {"geen tijd", "anders"}
    assert len(quotes(frame)) == 2


def test_behind_a_theme_are_its_answers_of_the_workshops_it_occurs_in(answers: Frame, about: Frame) -> None:
    frame = answers(*(said(1, n, "tijd") for n in range(5)), said(1, 8, "geld"), said(2, 9, "tijd"))
    assert list(behind_theme(frame, about(frame), "tijd")["participant"]) == [0, 1, 2, 3, 4]
