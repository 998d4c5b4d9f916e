"""Themes that go together: more often than chance would have it in the same room, and surely so."""

from __future__ import annotations

from random import Random

import pandas as pd
import pytest

from laveren.analysis.counting import themes_of
from laveren.analysis.together import PAIR_COLUMNS, together
from tests.analysis.rooms import Look, Told, room


def pairs(look: Look, *told: Told) -> pd.DataFrame:
    """What goes together, by the two themes."""
    return together(themes_of(look(*told))).set_index(["theme", "other"])


def said(workshop: int, texts: list[str], start: int = 0, **more: object) -> list[Told]:
    """A workshop in which each of these is what one person says."""
    return [row for n, text in enumerate(texts, start) for row in room(workshop, 1, text, start=n, **more)]


def both(workshop: int, people: int, of: int, *themes: str) -> list[Told]:
    """A workshop in which so many of all name these themes together, and the others nothing."""
    return said(workshop, [" ".join(themes)] * people + ["anders"] * (of - people))


def test_a_pair_says_how_many_name_both_and_how_many_would_by_chance(look: Look) -> None:
    texts = ["tijd geld"] * 3 + ["tijd"] * 2 + ["geld"] * 1 + ["anders"] * 4
    found = pairs(look, *(row for workshop in (1, 2, 3) for row in said(workshop, texts)))
    row = found.loc[("tijd", "geld")]
    assert (row["participants"], row["workshops"]) == (9, 3)
    assert row["expected"] == pytest.approx(3 * 5 * 4 / 10)
    assert row["lift"] == pytest.approx(9 / 6)
    assert [*found.index.names, *found.columns] == list(PAIR_COLUMNS)


def test_who_says_the_one_and_the_other_in_different_answers_names_both(look: Look) -> None:
    apart = [row for w in (1, 2, 3) for text in ("tijd", "geld") for row in room(w, 3, text)]
    assert pairs(look, *apart).loc[("tijd", "geld"), "participants"] == 9


def test_a_pair_that_four_people_name_or_that_two_workshops_know_is_left_out(look: Look) -> None:
    assert pairs(
        look, *both(1, 2, 9, "tijd", "geld"), *both(2, 1, 9, "tijd", "geld"), *both(3, 1, 9, "tijd", "geld")
    ).empty
    assert pairs(look, *both(1, 9, 12, "tijd", "geld"), *both(2, 9, 12, "tijd", "geld")).empty
    assert (
        len(pairs(look, *both(1, 3, 9, "tijd", "geld"), *both(2, 1, 9, "tijd", "geld"), *both(3, 1, 9, "tijd", "geld")))
        == 1
    )
    assert pairs(look).empty


def test_the_highest_lift_comes_first(look: Look) -> None:
    texts = ["tijd geld"] * 4 + ["taal zorg"] * 4 + ["taal"] * 6 + ["anders"] * 6
    found = pairs(look, *(row for workshop in (1, 2, 3) for row in said(workshop, texts)))
    assert list(found.index) == [("tijd", "geld"), ("taal", "zorg")]


# ---- more often than chance ----


def test_that_one_pair_comes_together_is_clear_in_four_workshops_and_not_in_three(look: Look) -> None:
    """Where all lie the same way and as far, the sum over its spread is the root of how many workshops there are."""
    for workshops, clear in ((3, False), (4, True)):
        told = [row for w in range(workshops) for row in both(w + 1, 6, 20, "tijd", "geld")]
        assert pairs(look, *told).loc[("tijd", "geld"), "clear"] == clear


def test_the_more_pairs_are_looked_at_the_surer_each_must_be(look: Look) -> None:
    """Of ten pairs one that is clear alone no longer is: by chance one in twenty would be."""
    five = ["tijd", "geld", "taal", "zorg", "vaak"]
    for workshops, clear in ((4, set()), (8, {True})):
        told = [row for w in range(workshops) for row in both(w + 1, 6, 20, *five)]
        found = pairs(look, *told)
        assert len(found) == 10
        assert set(found["clear"]) == (clear or {False})


def test_pairs_that_are_too_few_to_look_at_make_the_others_no_less_sure(look: Look) -> None:
    told = [row for w in range(4) for row in both(w + 1, 6, 20, "tijd", "geld")]
    rare = said(9, ["taal zorg", "taal vaak", "taal soms", "zorg vaak", "zorg soms", "vaak soms"])
    assert pairs(look, *told, *rare).loc[("tijd", "geld"), "clear"]


def test_workshops_in_which_nobody_answered_change_nothing(look: Look) -> None:
    told = [row for w in range(2, 9, 2) for row in both(w, 6, 20, "tijd", "geld")]
    closing = [row for w in (1, 3, 9) for row in room(w, 5, " ", round=0, value=3)]
    assert pairs(look, *closing[:5], *told, *closing[5:]).equals(pairs(look, *told))


def test_one_full_room_is_not_enough_to_be_sure(look: Look) -> None:
    told = [*both(1, 90, 200, "tijd", "geld"), *both(2, 3, 9, "tijd", "geld"), *both(3, 3, 9, "tijd", "geld")]
    assert not pairs(look, *told).loc[("tijd", "geld"), "clear"]


def test_two_themes_that_avoid_each_other_are_not_clear(look: Look) -> None:
    texts = ["tijd"] * 9 + ["geld"] * 9 + ["tijd geld"]
    found = pairs(look, *(row for workshop in range(1, 11) for row in said(workshop, texts)))
    assert found.loc[("tijd", "geld"), "lift"] < 1
    assert not found.loc[("tijd", "geld"), "clear"]


HALF = ["tijd geld"] * 5 + ["tijd"] * 5 + ["geld"] * 5 + ["anders"] * 5  # as chance has it


def test_themes_that_only_belong_to_the_same_case_are_not_clear(look: Look) -> None:
    """Where the one case is worked on both come up, where the other is neither does: that is the case, no news."""
    told = [row for w in range(1, 21, 2) for row in said(w, HALF) + said(w + 1, ["anders"] * 20, case="bus")]
    row = pairs(look, *told).loc[("tijd", "geld")]
    assert row["participants"] * len(told) / (100 * 100) == 2.0, "over all people it would seem twice as many"
    assert (row["lift"], row["clear"]) == (1.0, False)


def by_turns(told: list[Told]) -> list[Told]:
    """The same, where those of the one table (from 0) and of the other (from 50) came in one after the other."""
    places = [divmod(row["participant"] % 1000, 50) for row in told]
    at = [1000 * row["workshop"] + 2 * n + table for row, (table, n) in zip(told, places, strict=True)]
    return [row | {"participant": participant} for row, participant in zip(told, at, strict=True)]


def test_nor_are_they_when_the_tables_of_one_workshop_work_on_different_cases(look: Look) -> None:
    told = [row for w in range(1, 11) for row in said(w, HALF) + said(w, ["anders"] * 20, start=50, case="bus")]
    row = pairs(look, *by_turns(told)).loc[("tijd", "geld")]
    assert (row["expected"], row["lift"], row["clear"]) == (50.0, 1.0, False)
    linked = [row for w in range(1, 11) for row in both(w, 5, 20, "tijd", "geld") + said(w, HALF, start=50, case="bus")]
    assert pairs(look, *by_turns(linked)).loc[("tijd", "geld"), "clear"], "and within a case they may be"


def test_who_worked_on_two_cases_is_compared_with_who_did_the_same(look: Look) -> None:
    """Half of the room sees both cases: what comes up with the one and with the other comes together in them only."""
    two = [*said(1, HALF), *said(1, ["anders"] * 20, case="bus"), *said(1, ["anders"] * 20, start=50)]
    told = [row | {"workshop": w, "participant": 1000 * w + row["participant"]} for w in range(2, 8) for row in two]
    assert tuple(pairs(look, *told).loc[("tijd", "geld"), ["expected", "clear"]]) == (30.0, False)


def test_without_any_link_something_is_called_clear_in_one_of_twenty_times_at_most(look: Look) -> None:
    """Themes that come up much with the one case and little with the other, and have nothing to do with each other."""
    chance, wrong = Random(4), 0
    for _ in range(100):
        told = []
        for workshop in range(1, 13):
            often = 0.6 if workshop % 2 else 0.15
            texts = [" ".join(t for t in ("tijd", "geld", "taal") if chance.random() < often) for _ in range(14)]
            told += said(workshop, texts, case="erfenis" if workshop % 2 else "bus")
        wrong += bool(pairs(look, *told)["clear"].any())
    assert wrong <= 5
