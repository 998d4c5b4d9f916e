"""Recurrence in workshops, hindrances per source and without room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from laveren.analysis.counting import (
    askable,
    hindrances_by_source,
    hindrances_without_room,
    lead,
    people_with,
    theme_recurrence,
    themes_of,
    unmatched,
    without_room,
)
from laveren.analysis.intervals import wilson
from laveren.analysis.records import SOURCES
from laveren.analysis.selecting import Filters, narrow
from tests.analysis.rooms import Answers, Look, Told, numbers, room, rooms

Count = Callable[..., pd.DataFrame]
WET, KETEN = SOURCES.index("wet"), SOURCES.index("keten")


@pytest.fixture
def recur(look: Look) -> Count:
    def count(*rows: Told, **more: Any) -> pd.DataFrame:
        return theme_recurrence(themes_of(look(*rows, **more))).set_index("theme")

    return count


# ---- themes ----


def test_a_theme_occurs_where_three_participants_name_it_and_not_where_two_do(recur: Count) -> None:
    found = recur(*room(1, 3, "tijd"), *room(2, 2, "tijd"), *room(2, 3, start=50), *room(3, 5, "tijd")).loc["tijd"]
    assert (found["workshops"], found["of"]) == (2, 3)
    assert found["participants"] == 8, "of the two workshops in which it occurs"
    assert tuple(found[["share", "low", "high"]]) == wilson(2, 3)


def test_one_person_who_names_it_three_times_is_one_person(recur: Count) -> None:
    thrice = room(1, 1, "tijd") * 3
    found = recur(*thrice, *room(1, 8, start=50), *room(2, 6, "tijd")).loc["tijd"]
    assert (found["workshops"], found["of"]) == (1, 2)


def test_a_table_counts_for_who_wrote_and_a_room_for_one(recur: Count) -> None:
    tables = room(1, 5, "tijd", scope="table")
    for_all = room(2, 5, "tijd", scope="room")
    found = recur(*tables, *for_all, *room(2, 5, start=50)).loc["tijd"]
    assert (found["workshops"], found["of"], found["participants"]) == (1, 2, 5)


def test_workshops_with_fewer_than_three_who_answered_are_not_counted_at_all(recur: Count) -> None:
    found = recur(*room(1, 5, "tijd"), *room(2, 2, "tijd"), *room(3, 3)).loc["tijd"]
    assert (found["workshops"], found["of"]) == (1, 2)


def test_it_says_over_how_many_cases_regions_organisations_and_roles(recur: Count) -> None:
    found = recur(
        *room(1, 5, "tijd"),
        *room(2, 3, "tijd", case="bus", role="beleid"),
        *room(3, 2, "tijd", case="bus", role="beleid"),
        *room(3, 4, case="yara", start=50),
        *room(4, 6, "tijd", case="", organisation="Gemeente Kromme Rijn"),
        *room(5, 6, "tijd", case="", organisation="", region=""),
    ).loc["tijd"]
    assert found["workshops"] == 4
    assert (found["cases"], found["of_cases"]) == (2, 3), "a round without a case is no case"
    assert (found["regions"], found["organisations"]) == (2, 2), "a workshop without a region is in none"
    assert found["roles"] == 1, "three people of policy are too few to say that policy names it"


def test_a_theme_occurs_with_a_case_where_three_name_it_there(recur: Count) -> None:
    """Three people name it, two of them with the bus: with the bus it does not occur, nor with another room's bus."""
    split = [*room(1, 5, "tijd"), *room(1, 2, "tijd", case="bus", start=50), *room(2, 2, "tijd", case="bus", start=50)]
    found = recur(*split, *room(1, 5, case="bus", start=70)).loc["tijd"]
    assert (found["cases"], found["of_cases"]) == (1, 2)


def test_moderated_answers_count(recur: Count) -> None:
    assert recur(*room(1, 5, "tijd", hidden=True)).loc["tijd", "workshops"] == 1


def test_the_commonest_theme_comes_first_and_hidden_ones_last_in_alphabet(recur: Count) -> None:
    found = recur(
        *room(1, 5, "vaak soms zelden"), *room(1, 4, "bijna"), *room(2, 5, "vaak"), *room(3, 9, "vaak soms"),
        *room(3, 1, "amper"),
    )  # fmt: skip
    assert list(found.index) == ["vaak", "soms", "zelden", "amper", "bijna"]
    assert found.loc[["amper", "bijna"]].isna().all(axis=None), "four people or one look the same"


def test_a_theme_that_two_people_of_many_workshops_name_recurs_nowhere_and_shows_no_number(recur: Count) -> None:
    spread = [row for workshop in range(1, 8) for row in room(workshop, 2, "tijd") + room(workshop, 3, start=50)]
    assert recur(*spread).loc["tijd"].isna().all()


def test_without_answers_there_are_no_themes_and_no_error(recur: Count) -> None:
    assert recur().empty
    assert recur(*room(1, 5)).empty


def test_a_theme_counts_once_for_an_answer_that_names_it_twice_also_by_the_name_of_one_that_went_into_it(
    recur: Count,
) -> None:
    found = recur(*room(1, 5, "tijd tijd wachten"), *room(2, 5, "wachten"))
    assert list(found.index) == ["tijd"]
    assert (found.loc["tijd", "workshops"], found.loc["tijd", "participants"]) == (2, 10)


def test_of_confirmed_themes_only_what_was_coded_counts(recur: Count) -> None:
    """Also among how many: a workshop of which nobody has read the answers says nothing yet."""
    coded = [*room(1, 5, "geld", confirmed="tijd"), *room(2, 5, "tijd", confirmed="")]
    found = recur(*coded, *rooms("tijd geld", 3, 4), basis="confirmed")
    assert list(found.index) == ["tijd"]
    assert (found.loc["tijd", "workshops"], found.loc["tijd", "of"]) == (1, 2)


def test_in_a_selection_only_its_own_workshops_are_among_how_many(answers: Answers) -> None:
    records = answers(*room(1, 5, "tijd"), *rooms("anders", 2, 4), *rooms("tijd", 3, 5))
    found = theme_recurrence(themes_of(narrow(records, Filters(region="Oost")))).set_index("theme").loc["tijd"]
    assert (found["workshops"], found["of"]) == (3, 3)


# ---- hindrances ----


def test_all_sources_are_there_the_most_named_first(look: Look) -> None:
    found = hindrances_by_source(look(
        *room(1, 6, source="keten"), *room(1, 6, source="keten"), *room(1, 8, source="wet", start=20),
        *room(1, 4, source="twijfel"),
    )).set_index("source")  # fmt: skip
    assert list(found.index) == ["wet", "keten", "beleid", "gewoonte", "mandaat", "twijfel", "werkproces"]
    assert tuple(found.loc["keten"]) == (6, 14, 6 / 14, 12)
    assert found.loc["twijfel"].isna().all(), "four people are too few"


def test_only_hindrances_that_say_where_they_sit_are_counted_per_source(look: Look) -> None:
    found = look(*room(1, 5), *room(1, 7, kind="ruimte", source="wet", start=20), *room(1, 7, source=None, start=40))
    assert hindrances_by_source(found).set_index("source").loc["wet", "participants"] == 5


def test_people_are_counted_per_value_of_a_column(look: Look) -> None:
    found = look(*room(1, 3), *room(1, 2, source="keten"), *room(1, 2))
    counts = people_with(found, "source", len(SOURCES))
    assert (counts[WET], counts[KETEN], counts.sum()) == (3, 2, 5)


def linked(bare: int, with_room: int) -> list[Told]:
    """Hindrances a1, a2 … of different people; room is linked to the last of them, and once to none."""
    given = room(1, with_room, kind="ruimte", start=bare)
    for n, row in enumerate(given):
        row["link"] = f"a{bare + n + 1}"
    return [*room(1, bare + with_room), *given, *room(1, 1, kind="ruimte", start=99)]


def test_a_hindrance_is_without_room_when_nobody_links_room_to_it(look: Look) -> None:
    found = hindrances_without_room(look(*linked(5, 3))).set_index("source")
    assert tuple(found.loc["wet"]) == (8, 5, 5 / 8, 5)
    assert hindrances_without_room(look(*linked(4, 9))).set_index("source").loc["wet"].isna().all()


def test_without_any_room_that_was_asked_for_there_is_a_row_for_each_source_and_no_error(look: Look) -> None:
    found = hindrances_without_room(look(*room(1, 9)))
    assert len(found) == len(SOURCES) - 1
    assert found["share"].isna().all()


def test_a_round_that_never_came_to_asking_for_room_says_nothing_about_room(look: Look) -> None:
    asked = [*room(1, 5), *room(1, 1, kind="ruimte", start=90)]
    never = [*room(2, 9), *room(1, 9, round=2, start=50)]
    assert numbers(without_room(look(*asked, *never))) == [1, 2, 3, 4, 5]
    at_tables = room(2, 1, kind="ruimte", scope="table")
    assert len(without_room(look(*asked, *never, *at_tables))) == 5, "the tables' line is another question"


def test_in_a_selection_everyones_answers_say_whether_room_was_asked_for_and_given(answers: Answers) -> None:
    stuck = room(1, 6, role="beleid")
    given = room(1, 5, kind="ruimte", start=50, link="a1")
    policy = narrow(answers(*stuck, *given), Filters(role="beleid"))
    assert len(askable(policy)) == 6
    assert numbers(without_room(policy)) == [2, 3, 4, 5, 6]


# ---- what is left, and what leads ----


def test_answers_no_theme_was_found_for_are_a_queue(look: Look) -> None:
    told = [{"text": "tijd"}, {"text": " "}, {"text": "iets"}, {"text": "iets", "waiting": True}]
    assert numbers(unmatched(look(*told))) == [3]


def test_of_what_was_coded_those_that_fit_nowhere_are_left(look: Look) -> None:
    told = [{"text": "tijd", "confirmed": ""}, {"text": "iets", "confirmed": "tijd"}, {"text": "iets"}]
    assert numbers(unmatched(look(*told, basis="confirmed"))) == [1]


def test_a_lead_compares_workshops_not_people(look: Look) -> None:
    one_full_room = look(*room(1, 200, source="wet"), *room(2, 4, source="keten"), *room(3, 4, source="keten"))
    found = lead(one_full_room, "source", WET, KETEN)
    assert found.value == pytest.approx(-1 / 3)
    assert not found.above_zero
    everywhere = look(*rooms("anders", *range(1, 13), people=2))
    assert lead(everywhere, "source", WET, KETEN).above_zero
    assert not lead(look(), "source", WET, KETEN).above_zero


def test_a_lead_is_of_the_workshops_of_the_selection(answers: Answers) -> None:
    records = answers(*rooms("anders", *range(1, 25), people=5), *rooms("anders", 1, people=5, kind="ruimte"))
    assert lead(narrow(records, Filters(region="Oost")), "source", WET, KETEN).value == 1.0
